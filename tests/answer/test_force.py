"""One answer per force: the joined numbers, held against what statistics and sources say outside this code."""

import json

import pytest

from analysis.answer import answer_force, compare_study, estimate_from_text, other_forces, outcomes, p_value_curve
from analysis.counts.studies import list_studies, read_study

GWENT_8R = ("home-office-2018-19", "8R", "charged", "Gwent")


def test_gwent_equals_the_estimate_from_the_printed_percentage_key_by_key():
    report = answer_force("radar-2022", "8/71", "charged", "Gwent")
    typed = estimate_from_text("7.8%", "268", national="5.5%..6.5%")
    assert {key: report[key] for key in typed} == typed


def test_gwent_8r_is_higher_than_the_rest_and_not_unusual_among_forces():
    gwent = answer_force(*GWENT_8R)
    assert gwent["count"] == {"low": 105, "high": 105}
    assert gwent["rest"]["count"] == {"low": 4781, "high": 4781}
    assert (gwent["recorded"], gwent["rest"]["recorded"]) == (3654, 204257)
    assert gwent["tests"]["score"]["z"] == pytest.approx(2.11, abs=0.005)
    assert gwent["compare"]["adjusted"]["z"] == pytest.approx(0.35, abs=0.005)
    assert (gwent["verdict"], gwent["compare"]["verdict"]["among_forces"]) == ("higher", "not distinguishable")


def test_8r_together():
    # Expected: the figures that were computed with R from the official table.
    country = compare_study("home-office-2018-19/8R/charged")
    together = country["country"]
    assert together["tau2"] == pytest.approx(5.81e-5, abs=5e-8)
    assert together["mu"] == pytest.approx(0.0259, abs=5e-5)
    assert together["x2"] == pytest.approx(436.5, abs=0.05)
    rows = country["forces"]
    assert sum(row["rest"]["p"] < 0.05 for row in rows) == 24
    assert sum(row["rest"]["p_holm"] < 0.05 for row in rows) == 13
    assert sum(row["adjusted"]["outside"] is not None for row in rows) == 1
    for row in rows:
        side = "higher" if row["rate"]["low"] > 0.0259 else "lower"
        assert row["verdict"]["among_forces"] == (side if row["adjusted"]["outside"] else "not distinguishable")


def test_the_force_is_subtracted_from_a_published_count():
    gwent = answer_force("radar-2022", "8/71", "victim-does-not-support", "Gwent")
    assert gwent["count"] == {"low": 113, "high": 113}
    assert gwent["rest"] == {
        "count": {"low": 11761 - 113, "high": 11761 - 113},
        "recorded": 28201 - 268,
        "rate": {"low": (11761 - 113) / (28201 - 268), "high": (11761 - 113) / (28201 - 268)},
    }
    assert gwent["verdict"] == "not distinguishable"
    assert gwent["compare"]["adjusted"] is None


def test_a_range_is_compared_over_every_count_and_takes_no_part_in_what_forces_show_together():
    country = compare_study("bbc-2016/8-71/charged")
    assert (country["country"]["count"], country["country"]["recorded"], country["country"]["forces"]) == (50, 652, 17)
    derbyshire = next(row for row in country["forces"] if row["force"] == "Derbyshire")
    assert derbyshire["count"] == {"low": 5, "high": 11}
    assert derbyshire["rest"] == {"z": None, "p": None, "p_holm": None}
    assert derbyshire["p_range"][0] < derbyshire["p_range"][1]
    assert derbyshire["funnel"] is derbyshire["adjusted"] is derbyshire["shrunk"] is None


def test_figures_that_cannot_all_be_right_are_unknown():
    study = read_study("home-office-2018-19/37.1/charged")
    row = next(row for row in compare_study(study.id)["forces"] if row["force"] == "Cambridgeshire")
    assert row["count"] == {"low": None, "high": None}
    assert "-2 of type 0 remain" in row["why_unknown"]


@pytest.mark.parametrize("study", [entry.id for entry in list_studies() if entry.default])
def test_every_reportable_force_has_an_answer_that_json_can_carry(study):
    found = read_study(study)
    for force in found.reportable_forces():
        answer = answer_force(found.release, found.offence, found.outcome, force)
        json.dumps(answer, allow_nan=False)
        low, high = answer["intervals"]["wilson"]
        assert 0 <= low <= answer["rate"]["low"] <= answer["rate"]["high"] <= high <= 1
        assert answer["sentence"]
        assert len(other_forces(answer)) == len(found.forces) - 1


def test_outcomes_are_shares_of_the_same_crimes():
    shares = {row["outcome_type"]: row["count"]["low"] for row in outcomes(answer_force(*GWENT_8R))}
    assert shares["1"] == 105
    assert sum(shares.values()) == 3654


def test_the_curve_crosses_five_per_cent_at_the_break_even_rates():
    curve = p_value_curve(answer_force("radar-2022", "8/71", "charged", "Gwent"))
    marks = {mark["what"]: mark for mark in curve["marks"]}
    for end in ("break-even, lower", "break-even, upper"):
        assert marks[end]["p_max"] == pytest.approx(0.05, abs=1e-9)
    assert curve["p_max"].max() <= 1
