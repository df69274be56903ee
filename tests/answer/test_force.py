"""One answer per force: the joined numbers, held against what statistics and sources say outside this code."""

import json
from math import sqrt

import numpy as np
import pytest
from scipy.stats import beta, binom

from analysis.answer import (
    answer_force,
    compare_study,
    estimate,
    estimate_from_text,
    other_forces,
    outcomes,
    p_value_curve,
)
from analysis.answer.comparisons import compare_forces
from analysis.counts.studies import list_studies, read_study
from analysis.presentation.force_sentences import force_sentences
from analysis.results.compared_forces import AgainstRest, Verdicts
from analysis.results.count_ranges import CountRange, RateRange
from analysis.results.estimated_rate import OtherCrimes
from analysis.results.force_answer import OutcomeShare, PValueCurve
from analysis.results.json_form import as_json

GWENT_8R = ("home-office-2018-19", "8R", "charged", "Gwent")


def test_gwent_equals_the_estimate_from_the_printed_percentage_key_by_key():
    report = answer_force("radar-2022", "8/71", "charged", "Gwent")
    typed = as_json(estimate_from_text("7.8%", "268", national="5.5%..7%"))
    assert {key: as_json(report)[key] for key in typed} == typed


def test_gwent_8r_is_higher_than_the_rest_and_not_unusual_among_forces():
    gwent = answer_force(*GWENT_8R)
    assert gwent.count == CountRange(105, 105)
    # 4,781 of 204,257 without North Yorkshire's 13 of 1,195, most of which were open.
    assert gwent.comparison.rest.count == CountRange(4768, 4768)
    assert (gwent.recorded, gwent.comparison.rest.recorded) == (3654, 203062)
    assert gwent.comparison.tests.mid_p.p[0] == pytest.approx(0.043, abs=0.0005)
    row = gwent.row
    assert row.rest.p_holm == pytest.approx(0.99, abs=0.005)
    assert row.among_forces.p == pytest.approx(0.69, abs=0.005)
    assert (gwent.verdict, row.verdict.among_forces) == ("higher", "not unusual")


@pytest.mark.parametrize(
    ("force", "word", "p"),
    [("Gloucestershire", "higher", 0.031), ("Kent", "lower", 0.023), ("Bedfordshire", "lower", 0.046)],
)
def test_8r_the_forces_outside_the_limits(force, word, p):
    row = answer_force("home-office-2018-19", "8R", "charged", force).row
    assert row.among_forces.p == pytest.approx(p, abs=0.0005)
    assert (row.verdict.among_forces, row.among_forces.named) == (word, False)
    assert row.open_readings.as_closed.among_forces == word


def test_8r_north_yorkshire_cannot_be_said():
    answer = answer_force("home-office-2018-19", "8R", "charged", "North Yorkshire")
    row = answer.row
    assert (row.count, row.recorded, row.open) == (CountRange(13, 931), 1195, 918)
    assert row.screened
    assert row.verdict == Verdicts("depends on the open cases", None)
    assert set(as_json(row.rest).values()) == set(as_json(row.among_forces).values()) == {None}
    assert row.funnel is row.adjusted is row.shrunk is None
    assert answer.verdict == "depends"
    assert "918 of its 1,195 crimes had no outcome when the figures were made" in force_sentences(answer)[0]


def test_nottinghamshire_depends_on_the_open_cases():
    answer = answer_force("home-office-2018-19", "8R", "charged", "Nottinghamshire")
    readings = answer.row.open_readings
    assert readings.never.rest != readings.as_closed.rest
    assert answer.row.verdict.rest == "depends on the open cases"


def test_crimes_that_are_still_open_have_one_reading():
    row = answer_force("home-office-2018-19", "8R", "not-yet-assigned", "North Yorkshire").row
    assert (row.screened, row.count) == (False, CountRange(918, 918))
    assert row.open_readings.as_closed is None


def test_8r_together():
    # Expected: the figures that were computed with R from the official table.
    country = compare_forces(read_study("home-office-2018-19/8R/charged").forces.assign(open=None))
    together = country.country
    assert together.tau2 == pytest.approx(5.81e-5, abs=5e-8)
    assert together.mu == pytest.approx(0.0259, abs=5e-5)
    assert together.x2 == pytest.approx(436.5, abs=0.05)
    rows = country.forces
    assert sum(row.rest.p < 0.05 for row in rows) == 24
    assert sum(row.rest.mid_p < 0.05 for row in rows) == 24
    assert sum(row.rest.p_holm < 0.05 for row in rows) == 13
    assert sum(row.adjusted.outside is not None for row in rows) == 1


def test_the_force_is_subtracted_from_a_published_count():
    gwent = answer_force("radar-2022", "8/71", "victim-does-not-support", "Gwent")
    assert gwent.count == CountRange(113, 113)
    rate = (11761 - 113) / (28201 - 268)
    others = OtherCrimes(CountRange(11761 - 113, 11761 - 113), recorded=28201 - 268, rate=RateRange(rate, rate))
    assert gwent.comparison.rest == others
    assert gwent.verdict == "not distinguishable"
    assert gwent.row.adjusted is None


def test_a_range_is_compared_over_every_count_and_takes_no_part_in_what_forces_show_together():
    country = compare_study("bbc-2016/8-71/charged")
    assert (country.country.count, country.country.recorded, country.country.forces) == (50, 652, 17)
    derbyshire = next(row for row in country.forces if row.force == "Derbyshire")
    assert derbyshire.count == CountRange(5, 11)
    assert derbyshire.rest == AgainstRest(None, None, None, None)
    assert derbyshire.p_range[0] < derbyshire.p_range[1]
    assert derbyshire.funnel is derbyshire.adjusted is derbyshire.shrunk is None


def test_figures_that_cannot_all_be_right_are_unknown():
    study = read_study("home-office-2018-19/37.1/charged")
    row = next(row for row in compare_study(study.id).forces if row.force == "Cambridgeshire")
    assert row.count == CountRange(None, None)
    assert "-2 of type 0 remain" in row.why_unknown


@pytest.mark.parametrize("study", [entry.id for entry in list_studies() if entry.default])
def test_every_reportable_force_has_an_answer_that_json_can_carry(study):
    found = read_study(study)
    for force in found.reportable_forces():
        answer = answer_force(found.release, found.offence, found.outcome, force)
        json.dumps(as_json(answer), allow_nan=False)
        low, high = answer.intervals.wilson
        assert 0 <= low <= answer.rate.low <= answer.rate.high <= high <= 1
        assert answer.sentence
        assert len(other_forces(answer)) == len(found.forces) - 1


def test_outcomes_are_shares_of_the_same_crimes():
    shares = {row.outcome_type: row.count.low for row in outcomes(answer_force(*GWENT_8R))}
    assert shares["1"] == 105
    assert sum(shares.values()) == 3654


def test_the_curve_crosses_five_per_cent_at_the_break_even_rates():
    curve = p_value_curve(answer_force("radar-2022", "8/71", "charged", "Gwent"))
    marks = {mark.what: mark for mark in curve.marks}
    for end in ("break-even, lower", "break-even, upper"):
        assert marks[end].p_max == pytest.approx(0.05, abs=1e-9)
    assert max(curve.p_max) <= 1


def mid_p(count: int, recorded: int, rate: float) -> float:
    """Two-sided central mid-P value, from its definition."""
    half = binom.pmf(count, recorded, rate) / 2
    return min(1, 2 * min(binom.sf(count, recorded, rate) + half, binom.cdf(count - 1, recorded, rate) + half))


def test_the_curve_of_a_count_beside_a_quoted_range():
    # The mid-P limits of 21 of 268, to 50 digits (reference/v2_midp_interval.csv); Wilson's upper limit is beyond them.
    low, high, wilson = 0.050473270100848844, 0.11531828711946181, 0.11681322322467746
    curve = p_value_curve(answer_force("radar-2022", "8/71", "charged", "Gwent"))
    assert curve.break_even.ends == pytest.approx((low, high), rel=1e-9)
    marks = {"break-even, lower": low, "break-even, upper": high, "quoted, lowest": 0.055, "quoted, highest": 0.07}
    assert [mark.what for mark in curve.marks] == list(marks)
    for mark, rate in zip(curve.marks, marks.values(), strict=True):
        assert mark.rate == pytest.approx(rate, rel=1e-9)
        assert (mark.p_min, mark.p_max) == pytest.approx([mid_p(21, 268, rate)] * 2, rel=1e-9)
    # The rates go a quarter of the way beyond what matters, in even steps.
    quarter = (wilson - low) / 4
    assert [curve.rates[0], curve.rates[-1]] == pytest.approx([low - quarter, wilson + quarter], rel=1e-9)
    assert np.diff(curve.rates) == pytest.approx([(wilson - low) * 1.5 / 240] * 240, rel=1e-9)
    assert list(curve.p_min) == pytest.approx([mid_p(21, 268, rate) for rate in curve.rates], rel=1e-9)
    assert curve.p_max == curve.p_min


def test_the_curve_of_a_range_of_counts_beside_the_rest():
    # Hertfordshire, 2 to 22 of 23; the other 16 exact forces charged 50 of 652.
    curve = p_value_curve(answer_force("bbc-2016", "8/71", "charged", "Hertfordshire"), points=11)
    assert curve.break_even == RateRange(None, None)
    (mark,) = curve.marks
    possible = [mid_p(count, 23, 50 / 652) for count in range(2, 23)]
    assert mark.what == "the rest, taken as fixed"
    assert (mark.rate, mark.p_min, mark.p_max) == pytest.approx((50 / 652, min(possible), max(possible)), rel=1e-9)
    # The range reaches from 0 to 1, which no rate can be.
    assert list(curve.rates) == pytest.approx(np.linspace(1e-4, 1 - 1e-4, 11), rel=1e-12)
    for rate, p_min, p_max in zip(curve.rates, curve.p_min, curve.p_max, strict=True):
        possible = [mid_p(count, 23, rate) for count in range(2, 23)]
        assert (p_min, p_max) == pytest.approx((min(possible), max(possible)), rel=1e-9)


@pytest.mark.parametrize(("confidence", "z"), [(0.95, 1.959963984540054), (0.9, 1.6448536269514722)])
def test_all_outcomes_of_a_force(confidence, z):
    def wilson(count):
        share, size = count / 268, 268 + z**2
        middle, half = (count + z**2 / 2) / size, z * sqrt(268 * share * (1 - share) + z**2 / 4) / size
        return middle - half, middle + half

    found = outcomes(answer_force("radar-2022", "8/71", "charged", "Gwent", confidence=confidence))
    printed = {
        "1": (21, "charged or summonsed"),
        "14": (12, "victim does not support, no suspect identified"),
        "16": (101, "victim does not support, suspect identified"),
    }
    assert found == [
        OutcomeShare(
            outcome_type=kind,
            label=label,
            count=CountRange(count, count),
            recorded=268,
            rate=RateRange(count / 268, count / 268),
            wilson=pytest.approx(wilson(count), rel=1e-12),
        )
        for kind, (count, label) in printed.items()
    ]
    assert all(isinstance(value, int) for row in found for value in (*row.count.ends, row.recorded))


def test_an_unknown_count_has_an_empty_curve():
    for force, study in (("Cleveland", ("radar-2022", "8/71")), ("City of London", ("home-office-2018-19", "4.4"))):
        curve = p_value_curve(answer_force(*study, "charged", force))
        assert curve == PValueCurve((), (), (), RateRange(None, None), ())


def test_the_curve_keeps_the_confidence_of_the_answer():
    curve = p_value_curve(answer_force("radar-2022", "8/71", "charged", "Gwent", confidence=0.9))
    assert [mid_p(21, 268, rate) for rate in curve.break_even.ends] == pytest.approx([0.1, 0.1], rel=1e-9)


def test_a_rate_of_the_rest_that_cannot_be_fixed_is_not_marked():
    answer = estimate(3, 3, 10, rest=(0, 50))
    assert [mark.what for mark in p_value_curve(answer).marks] == ["break-even, lower", "break-even, upper"]
    answer = estimate(3, 3, 10, rest=(50, 50))
    assert [mark.what for mark in p_value_curve(answer).marks] == ["break-even, lower", "break-even, upper"]


def test_the_other_forces_have_the_confidence_of_the_answer():
    gwent = answer_force(*GWENT_8R, confidence=0.9)
    rows = compare_study(gwent.study, confidence=0.9).forces
    assert other_forces(gwent) == [row for row in rows if row.force != "Gwent"]


def test_a_usual_force_of_its_size():
    # By the distribution that the 43 forces show: Gwent's limits are where the corrected mid-P value is 5%.
    usual = answer_force(*GWENT_8R).about.usual_rates
    assert usual.low < 105 / 3654 < usual.high
    rows = compare_study("home-office-2018-19/8R/charged").forces
    exact = [row for row in rows if row.count.low == row.count.high and not row.screened]
    outside = [row for row in exact if 3000 < row.recorded < 4500 and row.among_forces.outside]
    assert all(not usual.low < row.rate.low < usual.high for row in outside)


def test_every_number_has_the_confidence_that_was_asked_for():
    usual, less = (estimate(21, 21, 268, rest=(1700, 28000), confidence=confidence) for confidence in (0.95, 0.9))
    assert less.intervals.clopper_pearson == pytest.approx([beta.ppf(0.05, 21, 248), beta.ppf(0.95, 22, 247)], rel=1e-9)
    quoted = [estimate(21, 21, 268, national=(0.055, 0.065), confidence=confidence) for confidence in (0.95, 0.9)]
    for answer, error in zip(quoted, (0.05, 0.1), strict=True):
        ends = [mid_p(21, 268, rate) for rate in answer.comparison.break_even.ends]
        assert ends == pytest.approx([error, error], rel=1e-9)
    assert quoted[0].comparison.break_even.low < quoted[1].comparison.break_even.low
    country = estimate(21, 21, 268, country=(1721, 28268), confidence=0.9)
    assert country == less
    for part in ("difference", "ratio"):
        wide, narrow = (getattr(answer.comparison, part) for answer in (usual, less))
        assert wide.low < narrow.low < narrow.estimate < narrow.high < wide.high


def test_nothing_is_usual_where_nothing_is_recorded_or_no_rate_is_known():
    nobody = answer_force("home-office-2018-19", "4.4", "charged", "City of London")
    assert nobody.about.expected_crimes is nobody.about.usual_rates is None
    assert answer_force("radar-2022", "8/71", "charged", "Gwent").about.usual_rates is None
