"""A force's offence mix, against exact fractions and 40-digit values made outside the project."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.answer import compare_study
from analysis.answer.catalogue import studies_table
from analysis.answer.mix import answer_mix
from analysis.cli import main
from analysis.counts.studies import read_study
from analysis.errors import InputError
from analysis.presentation import mix as words
from analysis.presentation.explorer_words import mix_fields

STUDY = "home-office-2018-19/all/charged"
REFERENCE = Path(__file__).parents[1] / "reference"
with (REFERENCE / "v2_standardised_ratio.csv").open(encoding="utf-8", newline="") as _file:
    RATIOS = {
        row["force"]: row
        for row in csv.DictReader(_file)
        if (row["outcome"], row["left_out"]) == ("charged", "North Yorkshire")
    }


@pytest.fixture(scope="module")
def forces():
    return {row.force: row for row in compare_study(STUDY).forces}


def test_every_ratio_is_that_of_the_reference(forces):
    assert len(RATIOS) == 43
    for force, row in RATIOS.items():
        mix = forces[force].mix
        assert (mix.observed, mix.codes, mix.codes_left_out) == (
            int(row["observed"]),
            int(row["codes"]),
            int(row["codes_left_out"]),
        )
        found = [getattr(mix, name) for name in ("expected", "ratio", "low", "high", "z")]
        expected = [float(row[name]) for name in ("expected", "ratio", "lower", "upper", "z")]
        assert found == pytest.approx(expected, rel=1e-9)
        assert mix.among.p == pytest.approx(float(row["p_among"]), rel=1e-7)
        assert mix.among.bh == pytest.approx(float(row["bh_among"]), rel=1e-7)
        assert mix.among.outside == (row["outside"] or None)


def test_the_force_with_too_many_open_cases_is_set_aside(forces):
    assert forces["North Yorkshire"].mix is None
    answer = answer_mix("home-office-2018-19", "charged", "North Yorkshire")
    assert answer.mix is None
    assert "cannot be said" in repr(words.finding(answer))
    assert words.offences_table(answer).rows == []
    assert "cannot be said" in repr(words.mix_table(answer))


@pytest.mark.parametrize(
    ("force", "ratio", "outside"),
    [
        ("Gwent", "1.00 (0.98 to 1.03)", None),
        ("Lancashire", "0.89", None),
        ("Gloucestershire", "1.19", None),
        ("Kent", "0.57 (0.56 to 0.58)", "99.8"),
    ],
)
def test_ratios_as_they_are_printed_with_the_methods(force, ratio, outside):
    mix = answer_mix("home-office-2018-19", "charged", force).mix
    assert words.ratio_text(mix).startswith(ratio)
    assert mix.among.outside == outside
    assert not mix.among.named  # Kent's value over many forces is .055.


def test_gwents_answer_in_words():
    answer = answer_mix("home-office-2018-19", "charged", "Gwent")
    text = repr(words.finding(answer))
    assert "8.1%, cannot be told from what its mix of offences gives" in text
    assert "would be 8.1%, a ratio of 1.00 (0.98 to 1.03)" in text
    assert "The other forces' share of all their crimes is 8.6%. North Yorkshire is set aside" in text


def test_the_ten_offences_are_those_that_differ_most():
    # Shoplifting, 849 of 3,547, beside all others but the one set aside.
    answer = answer_mix("home-office-2018-19", "charged", "Gwent")
    differences = [abs(one.count - one.expected) for one in answer.offences]
    assert len(differences) == 10
    assert differences == sorted(differences, reverse=True)
    first = answer.offences[0]
    assert (first.offence, first.count, first.recorded) == ("46", 849, 3547)
    study = read_study("home-office-2018-19/46/charged").forces.set_index("force").drop(["Gwent", "North Yorkshire"])
    others = study["count_low"].sum() / study["recorded"].sum()
    assert first.expected == pytest.approx(3547 * others, rel=1e-12)


def test_the_headline_of_the_study_names_nobody(forces):
    said = words.study_sentence(list(forces.values()))
    outside = sum(row["outside"] != "" for row in RATIOS.values())
    assert said.endswith(f"{outside} of 43 lie outside the 95% limits, about 2 would by chance alone.")


def test_the_studies_are_listed_and_compared():
    listed = [row.study for row in studies_table("home-office-2018-19")]
    assert sum("/all/" in study for study in listed) == 11
    assert not any("/all/" in row.study for row in studies_table("bbc-2016"))
    result = CliRunner().invoke(main, ["compare", "--study", STUDY, "--force", "Gwent", "--json"])
    (gwent,) = json.loads(result.stdout)["forces"]
    assert gwent["recorded"] == 58_479
    assert set(gwent["mix"]) >= {"observed", "expected", "ratio", "low", "high", "z", "p", "among"}


def test_a_release_of_one_offence_has_no_mix():
    with pytest.raises(InputError, match="there is no offence 'all' in radar-2022"):
        answer_mix("radar-2022", "charged", "Gwent")


def test_a_release_of_totals_has_no_mix():
    assert {row.mix for row in compare_study("home-office-all-offences-2023-24/all/charged").forces} == {None}


@pytest.mark.parametrize(
    ("outcome", "force", "says"),
    [
        # 0.9743 (0.9514 to 0.9978), p 0.032: at two decimals the interval would reach the 1 that it does not hold.
        ("charged", "Northamptonshire", "8.5%, is lower than"),
        ("taken-into-consideration", "British Transport Police", "0.09%, is higher than"),
    ],
)
def test_a_ratio_that_is_told_from_one_prints_so(outcome, force, says):
    answer = answer_mix("home-office-2018-19", outcome, force)
    text = str(words.finding(answer))
    assert says in text
    shown = re.search(r"it would be ([\d.]+)%, a ratio of ([\d.]+) \(([\d.]+) to ([\d.]+)\)", text)
    rate, ratio, low, high = map(float, shown.groups())
    own = float(re.search(r"”, ([\d.]+)%", text)[1])
    higher = answer.mix.verdict == "higher"
    assert [value > 1 for value in (ratio, low, high)] == [higher] * 3
    assert 1.0 not in (ratio, low, high)
    assert own != rate
    assert (own > rate) == higher


def test_a_ratio_without_an_interval_says_so():
    """24,658 of North Yorkshire's 45,557 crimes were open: 18 times as many as expected."""
    answer = answer_mix("home-office-2018-19", "not-yet-assigned", "North Yorkshire")
    assert (answer.mix.observed, answer.mix.low, answer.mix.high) == (24_658, None, None)
    assert "54.1%, is higher than" in str(words.finding(answer))
    assert "3.0%, a ratio of 18.21 (no interval)." in str(words.finding(answer))


@pytest.mark.parametrize(
    ("observed", "expected", "ratio", "says"),
    [
        (3, 0.0, None, "is that of too few crimes to be set against what its mix of offences gives: at the other "
         "forces' rates for the offences that it recorded it would be 0.0%."),
        (3, 4.0, 0.75, "it would be 4.0%, a ratio of 0.75 (no interval)."),
    ],
)  # fmt: skip
def test_too_few_crimes_are_said_and_nothing_is_made_up(observed, expected, ratio, says):
    gwent = answer_mix("home-office-2018-19", "charged", "Gwent")
    nothing = dict.fromkeys(("low", "high", "z", "p"))
    few = replace(
        gwent.mix, observed=observed, recorded=100, expected=expected, ratio=ratio, verdict="too few", **nothing
    )
    text = str(words.finding(replace(gwent, mix=few)))
    assert says in text
    rows = dict(words.mix_table(replace(gwent, mix=few)).rows)
    assert (rows["p of a ratio of 1"], rows["beside its mix"]) == ("not known", "too few")
    # The explorer's script fills the same sentence.
    shown, expects, said, beside, _ = mix_fields(few)
    what = words.WHAT.format(force="Gwent", outcome=gwent.about.outcome)
    lead = words.LEAD.format(what=what, observed=shown, expected=expects, ratio=said, beside=words.BESIDE[beside])
    assert lead in text
