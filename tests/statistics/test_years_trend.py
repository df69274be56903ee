import numpy as np
import pytest
from numpy.testing import assert_allclose
from reference_tables import rows

from analysis.errors import InputError
from analysis.statistics.trend import trend_test
from analysis.statistics.years_trend import compare_trend, fit_trend, judge_trend

SERIES = rows("v2_quasi_trend")
FITTED = [row for row in SERIES if not row["verdict"].startswith("refused")]
E3 = [120, 147, 68, 40, 162], [1872, 2687, 918, 896, 2731], range(2016, 2021)
E3_OPEN = [0, 0, 176, 0, 48]


def series(row, *names):
    return [[float(value) for value in row[name].split(";")] for name in names]


@pytest.mark.parametrize("row", FITTED, ids=lambda row: row["name"])
def test_one_force(row):
    k, n, years = series(row, "k", "n", "years")
    found = fit_trend(k, n, years)
    slope = found.slope
    assert (slope.years, slope.degrees, found.verdict) == (row["T"], row["df"], row["verdict"])
    ours = slope.slope, slope.standard_error, slope.pearson_x2, slope.scale, slope.t, slope.p
    assert_allclose(ours, [row[name] for name in ("slope", "se", "pearson_x2", "scale", "t", "p")], rtol=1e-7)
    assert_allclose((found.common_x2, found.common_p), (row["common_x2"], row["common_p"]), rtol=1e-7, atol=1e-300)
    assert_allclose(trend_test(k, n, years).z, row["cochran_armitage_z"], rtol=1e-7)


@pytest.mark.parametrize("row", FITTED, ids=lambda row: row["name"])
def test_against_the_others(row):
    found = compare_trend(*series(row, "k", "n", "rest_k", "rest_n", "years"))
    assert found.years == row["rest_T"]
    ours = found.slope, found.scale, found.standard_error, found.t, found.p
    assert_allclose(ours, [row[f"rest_{name}"] for name in ("slope_difference", "scale", "se", "t", "p")], rtol=1e-7)


@pytest.mark.parametrize("row", [row for row in SERIES if row not in FITTED], ids=lambda row: row["name"])
def test_too_little_is_refused(row):
    with pytest.raises(InputError, match="show no trend: give at least 4 years, 10 crimes with the outcome and 10"):
        fit_trend(*series(row, "k", "n", "years"))


def test_ten_without_the_outcome_are_needed_too():
    with pytest.raises(InputError, match="795 of 800 in 4 known years"):
        fit_trend([199, 199, 199, 198], [200] * 4, range(4))


def test_a_series_that_falls_and_rises_again_does_not_rise():
    # 8.9, 7.4, 4.1, 3.8, 4.1, 5.6, 8.1, 9.2% of 2,000 crimes a year.
    k = [178, 148, 82, 76, 82, 112, 162, 184]
    assert fit_trend(k, [2000] * 8, range(8)).verdict == "changes, but in no one direction"


def test_charges_in_the_last_year_alone_are_no_direction():
    assert fit_trend([0, 0, 0, 30], [100] * 4, range(4)).verdict == "changes, but in no one direction"


def test_open_cases_may_turn_a_trend():
    k, n = [200, 180, 160, 140, 120, 100], [1000] * 6
    assert judge_trend(k, n, [0] * 6, range(6)) == "falls"
    # Of the closed cases as many ended in the outcome in every year.
    closed = np.array(k) * 5
    assert judge_trend(k, n, n - closed, range(6)) == "depends on the open cases"
    assert judge_trend(k, n, [np.nan] * 6, range(6)) == "falls"
    assert judge_trend(k, n, [800, 820, 840, 860, 880, 900], range(6)) == "depends on the open cases"


def test_open_cases_that_move_two_years_turn_this_one():
    assert fit_trend(*E3).verdict == "no change shown"
    assert fit_trend(E3[0], np.subtract(E3[1], E3_OPEN), E3[2]).verdict == "changes, but in no one direction"
    assert judge_trend(*E3[:2], E3_OPEN, E3[2]) == "depends on the open cases"


def test_fewer_than_four_years_with_both_sides_tell_nothing_against_the_others():
    found = compare_trend([5, 6, 7, 8], [100] * 4, [0, 50, 50, 50], [0, 900, 900, 900], range(4))
    assert (found.years, np.isnan(found.p)) == (3, True)
