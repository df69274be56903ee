"""All forces of a study together: the same numbers as `compare`, and what is said beside them."""

import csv
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from scipy.stats import hypergeom

from analysis.answer import answer_country, answer_force, compare_file, compare_study
from analysis.answer.comparisons import compare_forces
from analysis.answer.country import about_forces
from analysis.answer.study import why_not_judged
from analysis.answer.usual import usual_limits
from analysis.cli import main
from analysis.counts.studies import list_studies, read_study
from analysis.errors import InputError
from analysis.presentation.country_sentences import finding_sentences
from analysis.presentation.force_sentences import force_sentences
from analysis.results.compared_forces import Verdicts
from analysis.results.count_ranges import CountRange
from analysis.results.json_form import as_json
from analysis.results.windows import FigureWindow
from made_up import changed

REFERENCE = Path(__file__).parents[1] / "reference"
STUDIES = [entry.id for entry in list_studies()]


def country_of(study_id):
    study = read_study(study_id)
    return answer_country(study.release, study.offence, study.outcome)


@pytest.mark.parametrize("study", STUDIES)
def test_it_is_what_compare_prints_and_what_is_said_about_it(study):
    answer = json.loads(json.dumps(as_json(country_of(study)), allow_nan=False))
    printed = json.loads(CliRunner().invoke(main, ["compare", "--study", study, "--json"]).stdout)
    assert answer == printed | {"about": answer["about"]}


def test_8r_says_21_13_and_three_outside_and_names_none():
    # Expected: statistics of the second version, with North Yorkshire, 918 of whose 1,195 crimes were open, set aside.
    about = country_of("home-office-2018-19/8R/charged").about
    assert about.screened == ("North Yorkshire",)
    assert (len(about.different_from_rest), len(about.different_after_holm)) == (21, 13)
    assert about.outside == ("Bedfordshire", "Gloucestershire", "Kent")
    assert about.named == ()
    assert set(about.different_after_holm) <= set(about.different_from_rest)


def test_a_p_that_is_too_small_for_a_float_is_a_test_like_any_other():
    # Code 46 has forces whose p underflows to 0; before the open cases are looked at, 37 of them differ after Holm.
    rows = read_study("home-office-2018-19/46/charged").forces.assign(open=None)
    found = compare_forces(rows).forces
    assert min(row.rest.mid_p for row in found if row.rest.mid_p is not None) < 1e-300
    assert sum(row.rest.p_holm is not None and row.rest.p_holm < 0.05 for row in found) == 37


def test_a_holm_p_at_the_level_but_for_rounding_is_not_below_it():
    country = compare_study("home-office-2018-19/8R/charged")
    at_level = [
        replace(row, rest=replace(row.rest, p_holm=0.05 * (1 - 1e-14))) if row.rest.p_holm is not None else row
        for row in country.forces
    ]
    assert about_forces(replace(country, forces=tuple(at_level))).different_after_holm == ()


def test_8r_curves_by_hand():
    answer = country_of("home-office-2018-19/8R/charged")
    # North Yorkshire's 13 of 1,195 set aside.
    about, theta = answer.about, (4886 - 13) / (207911 - 1195)
    funnel = about.funnel
    for place in (0, 30, -1):
        error = (theta * (1 - theta) / funnel.recorded[place]) ** 0.5
        assert funnel.chance.high_95[place] == pytest.approx(theta + 1.959964 * error, abs=1e-8)
        assert funnel.chance.low_998[place] == pytest.approx(max(theta - 3.090232 * error, 0), abs=1e-8)
    sizes = [row.recorded for row in answer.forces]
    assert funnel.recorded[0] < min(sizes) < max(sizes) < funnel.recorded[-1]


def test_drawn_limits_are_those_computed_elsewhere():
    # 95% and 99.8% limits of the 43 synthetic forces at sizes up to 20,000, to 40 digits.
    rows = compare_file(str(REFERENCE / "synthetic_43_forces.csv")).forces
    with open(REFERENCE / "v2_drawn_limits.csv", encoding="utf-8") as file:
        known = [row for row in csv.DictReader(file) if row["study"] == "synthetic-43"]
    assert len(known) >= 4
    for row in known:
        limits = usual_limits(rows, [int(row["n"])], alpha=float(row["alpha_promised"]))
        found = limits.low if row["limit"] == "lower" else limits.high
        assert found[0] == pytest.approx(float(row["rate"]), abs=1e-8)


def test_there_is_a_funnel_only_where_the_forces_have_a_rate_to_lie_around():
    assert country_of("radar-2022/8-71/charged").about.funnel is None
    counted = country_of("radar-2022/8-71/victim-does-not-support").about.funnel
    assert counted.theta == 11761 / 28201
    assert counted.usual is None
    assert country_of("home-office-2018-19/15/charged").about.funnel is None


def test_nobody_is_judged_where_only_one_force_is_large_enough():
    answer = country_of("bbc-2016/8-71/charged")
    about = answer.about
    # One crime, charged; 50 of 652 make 0.08 expected. 273 crimes of the Metropolitan Police are the only ones of which
    # at least 5 (20.9) would be expected, so the others cannot show how forces differ either.
    assert (about.outside, about.judged, about.named) == ((), (), ())
    assert len(about.few_expected) == 16
    assert "Metropolitan Police" not in about.few_expected
    words = {row.force: row.verdict for row in answer.forces}
    assert words["Durham"] == Verdicts("not distinguishable", "too few")
    assert words["Metropolitan Police"] == Verdicts("lower", "too few")


def test_few_expected_not_to_have_it_are_as_few():
    # Death by dangerous driving: 426 of 584 are charged (431 of 601 without Humberside's 5 of 17, 12 of them open), so
    # of Gwent's 10 about 10 * 158 / 584 = 2.7 are not.
    about = country_of("home-office-2018-19/4.4/charged").about
    assert about.screened == ("Humberside",)
    assert "Gwent" in about.few_expected
    force = answer_force("home-office-2018-19", "4.4", "charged", "Gwent")
    assert force.about.expected_crimes == pytest.approx(force.recorded * 158 / 584)
    assert "would be expected not to have this outcome" in force_sentences(force)[0]


def test_a_force_far_below_the_others_is_lower():
    # Assault on a constable: Hampshire's 411 of 752 (54.7%) beside 68.3% of all, and 70.1% of the average force.
    answer = country_of("home-office-2018-19/104/charged")
    hampshire = next(row for row in answer.forces if row.force == "Hampshire")
    assert (hampshire.count.low, hampshire.recorded) == (411, 752)
    assert hampshire.among_forces.outside == "95"
    assert hampshire.verdict == Verdicts("lower", "lower")
    assert "Hampshire" in answer.about.outside


def test_an_unknown_study_is_refused():
    with pytest.raises(InputError, match="8R"):
        answer_country("radar-2022", "8R", "charged")


def test_a_range_is_taken_out_of_a_published_count_each_possible_count_from_the_same_total():
    rows = country_of("radar-2022/8-71/victim-does-not-support").forces
    cleveland = next(row for row in rows if row.force == "Cleveland")
    assert cleveland.count == CountRange(241, 244)
    # k of 433 when 11,761 of 28,201 have the outcome: by the definition of the central mid-P test.
    table = hypergeom(28201, 11761, 433)
    p = [2 * (table.sf(k) + table.pmf(k) / 2) for k in (244, 241)]
    assert cleveland.p_range == pytest.approx(p, rel=1e-6)
    assert cleveland.verdict.rest == "higher"


def test_what_is_said_beside_the_numbers_of_8r():
    answer = country_of("home-office-2018-19/8R/charged")
    about = answer.about
    assert about.study == "home-office-2018-19/8R/charged"
    assert about.window == FigureWindow("2018-04-01", "2019-03-31")
    assert about.less_frequent == "with"
    # 4,873 of 206,716: at least 5 are expected where 213 crimes or more were recorded.
    assert about.few_expected == tuple(row.force for row in answer.forces if row.recorded < 213)
    assert about.outside_by_chance == pytest.approx(0.05 * (43 - len(about.few_expected)))
    funnel = as_json(about.funnel)
    assert set(funnel) == {"theta", "recorded", "chance", "usual"}
    assert set(funnel["usual"]) == set(funnel["chance"]) == {"low_95", "high_95", "low_998", "high_998"}


def test_the_funnel_reaches_from_below_the_smallest_force_to_beyond_the_largest():
    answer = country_of("home-office-2018-19/8R/charged")
    funnel, sizes = answer.about.funnel, [row.recorded for row in answer.forces]
    assert (funnel.recorded[0], funnel.recorded[-1]) == (round(0.8 * min(sizes)), round(1.25 * max(sizes)))
    assert len(funnel.recorded) == len(funnel.chance.low_95) == len(funnel.usual.high_998) == 61
    steps = [later / earlier for earlier, later in itertools.pairwise(funnel.recorded)]
    assert steps == pytest.approx([(funnel.recorded[-1] / funnel.recorded[0]) ** (1 / 60)] * 60, rel=0.05)
    middle = (funnel.chance.low_95[-1] + funnel.chance.high_95[-1]) / 2
    assert middle == pytest.approx(4873 / 206716, abs=1e-6)


def test_a_force_without_crimes_makes_no_funnel_narrower():
    # Somebody recorded no crime of this code, and 0.8 of the smallest force's crimes is less than one.
    answer = country_of("bbc-2016/8-71/charged")
    sizes = [row.recorded for row in answer.forces if row.recorded]
    assert min(sizes) == 1
    assert answer.about.funnel.recorded[0] == 1
    assert answer.about.funnel.recorded[-1] == round(1.25 * max(sizes))


def table(rows):
    """Return a table of forces from count, recorded and open."""
    names = [f"Force {place:02}" for place in range(len(rows))]
    charged, recorded, still_open = zip(*rows, strict=True)
    columns = {"force": names, "count_low": charged, "count_high": charged, "recorded": recorded, "open": still_open}
    return pd.DataFrame(columns | {"why_unknown": None})


@pytest.mark.parametrize(
    ("rows", "first", "all_together"),
    [
        # 5 expected in each, and 11 others: who is judged lacks nothing.
        ([(5, 50, 0), (9, 50, 0), (2, 50, 0), *[(5, 50, 0)] * 9], None, None),
        # 4.9 expected, of 12 forces that have them.
        ([(5, 49, 0), *[(5, 50, 0)] * 11], "own crimes", None),
        # 9 others have 5 expected.
        ([*[(6, 50, 0)] * 10, (0, 1, 0), (0, 1, 0)], "others' crimes", "crimes"),
        # 10 expected with and 10 without, everywhere; but all or none charged, so Beta(a, b) has no inner maximum.
        ([*[(20, 20, 0)] * 6, *[(0, 20, 0)] * 6], "others' rates", "rates"),
        # 6 of 60 each; of the closed ones 6 of 10, so 4 are expected without.
        ([(6, 60, 50)] * 12, "own crimes", "closed cases"),
        # 20 and 19 of 100 each; of the closed ones 20 of 100 and 19 of 19, so 4.9 are expected without.
        ([(20, 100, 0), *[(19, 100, 81)] * 11], "others' crimes", "closed cases"),
        # Nothing to tell apart: 0 crimes are expected with the outcome.
        ([(0, 500, 0)] * 12, "own crimes", "crimes"),
    ],
)  # fmt: skip
def test_what_a_force_lacks_to_be_judged(rows, first, all_together):
    country = compare_forces(table(rows))
    assert why_not_judged(country, country.forces[0]) == first
    assert about_forces(country).why_none_judged == all_together


def test_a_force_that_takes_no_part_lacks_nothing():
    country = compare_forces(table([(5, 50, 0)] * 3))
    assert {why_not_judged(country, row) for row in country.forces} == {None}
    assert about_forces(country).why_none_judged is None


def test_what_a_page_says_of_forces_that_show_no_rates():
    answer = country_of("home-office-2018-19/8R/charged")
    answer = changed(answer, about={"judged": (), "why_none_judged": "rates"})
    assert finding_sentences(answer)[0] == (
        "No force can be called unusual among forces, or usual: almost all had this outcome in all of their crimes or "
        "in none, which shows no rates to set a force beside."
    )
