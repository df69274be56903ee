"""The national rate over a force's own years, against bounds that two solvers gave outside the project."""

import csv
from pathlib import Path

import pytest

from analysis.answer.national_window import bound_national_rate
from analysis.presentation.window_words import bounds_table, bounds_words, sensitivity_sentence

REFERENCE = Path(__file__).parents[1] / "reference"
SETS = {
    "total": "total",
    "order": "order",
    "order-2015": "order+2015",
    "order-2015-refuge": "order+2015+refuge",
    "alike": "order+2015+refuge+2018",
    "alike-20": "order+2015+refuge+2018, 20%",
    "alike-other-2015-20": "order+24.3%+refuge+2018, 20%",
    "no-order-20": "no order, 20%",
}


def reference(force):
    with (REFERENCE / "v2_window_bounds.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["set"]: row
            for row in csv.DictReader(file)
            if (row["force"], row["total_high"], row["path"]) == (force, "0.07", "all feasible paths")
        }


def test_bounds_and_sides_are_those_of_the_reference():
    expected = reference("Gwent")
    found = bound_national_rate("Gwent")
    assert [bound.id for bound in found.bounds] == list(SETS)
    for bound in found.bounds:
        row = expected[SETS[bound.id]]
        assert (bound.low, bound.high) == pytest.approx((float(row["rate_low"]), float(row["rate_high"])), abs=1e-6)
        assert bound.side == row["verdict_over_range"]


def test_break_evens_are_the_mid_p_limits():
    # Printed with the methods: 5.047% for Gwent's 21 of 268, and 3.27% as the upper one of Lancashire's 22 of 995.
    assert bound_national_rate("Gwent").break_even == pytest.approx((0.0504733, 0.1153183), abs=1e-7)
    assert bound_national_rate("Lancashire").break_even[1] == pytest.approx(0.0327, abs=5e-5)


def test_words_say_where_the_force_would_stand_and_where_it_cannot():
    gwent, lancashire = (bound_national_rate(force) for force in ("Gwent", "Lancashire"))
    said = sensitivity_sentence(gwent)
    assert said.startswith("A sensitivity, not a verdict: ")
    assert "lay between 3.2% and 6.9%" in said
    assert said.endswith("Gwent would stand above it where it was below 5.0%, and cannot stand below it.")
    assert "between 3.5% and 6.6%" in sensitivity_sentence(lancashire)
    assert "below it where it was above 3.3%, which is all of the second range." in sensitivity_sentence(lancashire)
    assert "no national rate above 9.1% over 2017 to 2021" in repr(bounds_words(gwent))
    assert bounds_table(lancashire).rows[3][1:] == ("3.5% to 6.6%", "below all of these")
    assert bounds_table(gwent).rows[4][2] == "not distinguishable from any of these"
