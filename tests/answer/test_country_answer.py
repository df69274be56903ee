"""All forces of a study together: the same numbers as `compare`, and what is said beside them."""

import itertools
import json
import math

import pytest
from click.testing import CliRunner

from analysis.answer import answer_country, answer_force
from analysis.cli import main
from analysis.counts.studies import list_studies, read_study
from analysis.errors import InputError
from analysis.presentation.force_sentences import force_sentences

STUDIES = [entry.id for entry in list_studies()]


def country_of(study_id):
    study = read_study(study_id)
    return answer_country(study.release, study.offence, study.outcome)


@pytest.mark.parametrize("study", STUDIES)
def test_it_is_what_compare_prints_and_what_is_said_about_it(study):
    answer = json.loads(json.dumps(country_of(study), allow_nan=False))
    printed = json.loads(CliRunner().invoke(main, ["compare", "--study", study, "--json"]).stdout)
    assert answer == printed | {"about": answer["about"]}


def test_8r_says_24_13_and_1():
    # Expected: printed with the methods (reference/README.md, 8R_2018-19.csv), computed with R.
    different = country_of("home-office-2018-19/8R/charged")["about"]["different"]
    assert {sense: len(names) for sense, names in different.items()} == {
        "rest": 24,
        "holm": 13,
        "usual": 1,
        "usual_but_few": 0,
    }
    assert set(different["usual"]) <= set(different["holm"]) <= set(different["rest"])


def test_8r_curves_and_usual_rates_by_hand():
    answer = country_of("home-office-2018-19/8R/charged")
    about, theta = answer["about"], 4886 / 207911
    funnel = about["funnel"]
    for place in (0, 30, -1):
        error = (theta * (1 - theta) / funnel["recorded"][place]) ** 0.5
        assert funnel["chance"]["high_95"][place] == pytest.approx(theta + 1.959964 * error, abs=1e-8)
        assert funnel["chance"]["low_998"][place] == pytest.approx(max(theta - 3.090232 * error, 0), abs=1e-8)
        wide = (error**2 + 5.806e-5) ** 0.5
        assert funnel["usual"]["high_95"][place] == pytest.approx(0.025917 + 1.959964 * wide, abs=1e-5)
    # 2.59% give or take 1.96 times the root of 5.81e-5, which is 1.49 points.
    assert about["own_rates"] == pytest.approx({"low": 0.0259 - 0.0149, "high": 0.0259 + 0.0149}, abs=1e-4)
    sizes = [row["recorded"] for row in answer["forces"]]
    assert funnel["recorded"][0] < min(sizes) < max(sizes) < funnel["recorded"][-1]


def test_there_is_a_funnel_only_where_the_forces_have_a_rate_to_lie_around():
    assert country_of("radar-2022/8-71/charged")["about"]["funnel"] is None
    counted = country_of("radar-2022/8-71/victim-does-not-support")["about"]["funnel"]
    assert counted["theta"] == 11761 / 28201
    assert counted["usual"] is None
    assert country_of("home-office-2018-19/15/charged")["about"]["funnel"] is None


def test_a_force_with_few_expected_crimes_is_never_among_the_unusual():
    about = country_of("bbc-2016/8-71/charged")["about"]
    # One crime, charged; 50 of 652 make 0.08 expected.
    assert about["different"]["usual"] == []
    assert about["different"]["usual_but_few"] == ["Durham"]
    # 273 crimes of the Metropolitan Police are the only ones of which at least 5 (20.9) would be expected.
    assert len(about["few_expected"]) == 16
    assert "Metropolitan Police" not in about["few_expected"]


def test_few_expected_not_to_have_it_are_as_few():
    # Death by dangerous driving: 431 of 601 are charged, so of Humberside's 17 about 17 * 170 / 601 = 4.8 are not.
    about = country_of("home-office-2018-19/4.4/charged")["about"]
    assert {"Humberside", "Avon and Somerset"} <= set(about["different"]["usual_but_few"])
    assert not {"Humberside", "Avon and Somerset"} & set(about["different"]["usual"])
    force = answer_force("home-office-2018-19", "4.4", "charged", "Humberside")
    assert force["about"]["expected"] == pytest.approx(17 * 170 / 601)
    assert (
        "fewer than 5 of its crimes (about 4.8) would be expected not to have this outcome" in force_sentences(force)[0]
    )


def test_a_force_far_below_the_others_is_lower():
    # Assault on a constable: Hampshire's 411 of 752 (54.7%) beside 68.3% of all, and 70.1% of the average force.
    answer = country_of("home-office-2018-19/104/charged")
    hampshire = next(row for row in answer["forces"] if row["force"] == "Hampshire")
    assert (hampshire["count"]["low"], hampshire["recorded"]) == (411, 752)
    assert hampshire["adjusted"]["outside"] == "95"
    assert hampshire["verdict"] == {"rest": "lower", "among_forces": "lower"}
    assert "Hampshire" in answer["about"]["different"]["usual"]


def test_an_unknown_study_is_refused():
    with pytest.raises(InputError, match="8R"):
        answer_country("radar-2022", "8R", "charged")


def test_a_range_is_taken_out_of_a_published_count_each_possible_count_from_the_same_total():
    rows = country_of("radar-2022/8-71/victim-does-not-support")["forces"]
    cleveland = next(row for row in rows if row["force"] == "Cleveland")
    assert cleveland["count"] == {"low": 241, "high": 244}
    # By hand: k of 433 against 11,761 - k of 28,201 - 433; pooled, that is always 11,761 of 28,201.
    pooled = 11761 / 28201
    error = (pooled * (1 - pooled) * (1 / 433 + 1 / 27768)) ** 0.5
    p = [math.erfc((k / 433 - (11761 - k) / 27768) / error / 2**0.5) for k in (244, 241)]
    assert cleveland["p_range"] == pytest.approx(p, rel=1e-6)
    assert cleveland["verdict"]["rest"] == "higher"


def test_what_is_said_beside_the_numbers_of_8r():
    answer = country_of("home-office-2018-19/8R/charged")
    about = answer["about"]
    assert about["study"] == "home-office-2018-19/8R/charged"
    assert about["window"] == {"start": "2018-04-01", "end": "2019-03-31"}
    assert about["rarer"] == "with"
    # 4,886 of 207,911: at least 5 are expected where 213 crimes or more were recorded.
    assert about["few_expected"] == [row["force"] for row in answer["forces"] if row["recorded"] < 213]
    assert about["outside_by_chance"] == pytest.approx(0.05 * (44 - len(about["few_expected"])))
    assert set(about["funnel"]) == {"theta", "recorded", "chance", "usual"}
    assert (
        set(about["funnel"]["usual"]) == set(about["funnel"]["chance"]) == {"low_95", "high_95", "low_998", "high_998"}
    )


def test_the_funnel_reaches_from_below_the_smallest_force_to_beyond_the_largest():
    answer = country_of("home-office-2018-19/8R/charged")
    funnel, sizes = answer["about"]["funnel"], [row["recorded"] for row in answer["forces"]]
    assert (funnel["recorded"][0], funnel["recorded"][-1]) == (round(0.8 * min(sizes)), round(1.25 * max(sizes)))
    assert len(funnel["recorded"]) == len(funnel["chance"]["low_95"]) == len(funnel["usual"]["high_998"]) == 61
    steps = [later / earlier for earlier, later in itertools.pairwise(funnel["recorded"])]
    assert steps == pytest.approx([(funnel["recorded"][-1] / funnel["recorded"][0]) ** (1 / 60)] * 60, rel=0.05)
    # The usual spread lies around mu, 2.59%, and chance around all crimes together, 2.35%.
    middle = [sum(funnel[sense][end][-1] for end in ("low_95", "high_95")) / 2 for sense in ("chance", "usual")]
    assert middle == pytest.approx([4886 / 207911, 0.025917], abs=1e-6)


def test_a_force_without_crimes_makes_no_funnel_narrower():
    # Somebody recorded no crime of this code, and 0.8 of the smallest force's crimes is less than one.
    answer = country_of("bbc-2016/8-71/charged")
    sizes = [row["recorded"] for row in answer["forces"] if row["recorded"]]
    assert min(sizes) == 1
    assert answer["about"]["funnel"]["recorded"][0] == 1
    assert answer["about"]["funnel"]["recorded"][-1] == round(1.25 * max(sizes))
