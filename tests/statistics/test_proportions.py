import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from reference_tables import column, rows
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from analysis.statistics.alternatives import agresti_coull_interval, wald_interval
from analysis.statistics.mid_p import mid_p_interval
from analysis.statistics.proportions import (
    clopper_pearson_interval,
    exact_coverage,
    interval_of_range,
    wilson_interval,
)

INTERVALS = {
    "wilson": wilson_interval,
    "clopper_pearson": clopper_pearson_interval,
    "mid_p": mid_p_interval,
    "agresti_coull": agresti_coull_interval,
    "wald": wald_interval,
}
in_use = pytest.mark.parametrize("interval", [wilson_interval, clopper_pearson_interval])
confidences = st.sampled_from([0.5, 0.8, 0.95, 0.998])


@st.composite
def counts(draw, most=5000):
    recorded = draw(st.integers(1, most))
    return draw(st.integers(0, recorded)), recorded


@pytest.mark.parametrize("row", [row for row in rows("single_proportion") if row["method"] in INTERVALS], ids=str)
def test_limits_are_those_of_40_digit_arithmetic(row):
    limits = INTERVALS[row["method"]](row["k"], row["n"], confidence=1 - row["alpha"])
    # The table gives Agresti-Coull before it is cut off at 0 and 1.
    assert_allclose(limits, np.clip([row["lower"], row["upper"]], 0, 1), rtol=1e-12, atol=1e-14)


def test_printed_limits():
    printed = [row for row in rows("single_proportion") if row["published_lower"] != "" and row["method"] in INTERVALS]
    assert len(printed) == 8
    for row in printed:
        limits = INTERVALS[row["method"]](row["k"], row["n"])
        assert_allclose(limits, [row["published_lower"], row["published_upper"]], atol=5.1e-5)


@pytest.mark.parametrize("row", rows("bounds"), ids=str)
def test_a_range_of_counts(row):
    limits = interval_of_range(row["k_low"], row["k_high"], row["n"])
    assert_allclose(limits, [row["union_wilson_lower"], row["union_wilson_upper"]], rtol=1e-12)


@pytest.mark.parametrize("method", INTERVALS)
def test_exact_coverage(method):
    table = rows("coverage_exact", method=method)
    assert len(table) == 50
    for n in sorted(set(column(table, "n"))):
        expected = [row for row in table if row["n"] == n]
        result = exact_coverage(INTERVALS[method], n, column(expected, "p"))
        for part in ("coverage", "below", "above"):
            assert_allclose(getattr(result, part), column(expected, part), atol=1e-6)
        # Widths of intervals that reach beyond 0 and 1 are tabulated before they are cut off.
        if method not in ("wald", "agresti_coull"):
            assert_allclose(result.expected_width, column(expected, "expected_width"), atol=1e-6)


def test_coverage_counts_both_ends_as_inside():
    # Half of 2 crimes charged: all three intervals [0, 0.5], [0, 1], [0.5, 1] hold 0.5.
    def touching(charged, recorded, *, confidence):
        return np.array([0, 0, 0.5]), np.array([0.5, 1, 1])

    assert exact_coverage(touching, 2, 0.5) == (1, 0, 0, 0.75)


@given(counts(), confidences)
@in_use
def test_same_as_statsmodels(interval, count, confidence):
    method = {wilson_interval: "wilson", clopper_pearson_interval: "beta"}[interval]
    theirs = proportion_confint(*count, alpha=1 - confidence, method=method)
    assert_allclose(interval(*count, confidence=confidence), theirs, atol=1e-12)


@given(counts(), confidences)
@in_use
def test_limits_enclose_the_rate_and_mirror(interval, count, confidence):
    charged, recorded = count
    low, high = interval(charged, recorded, confidence=confidence)
    assert 0 <= low <= charged / recorded <= high <= 1
    mirrored = interval(recorded - charged, recorded, confidence=confidence)
    assert_allclose([low, high], [1 - mirrored.high, 1 - mirrored.low], atol=1e-14)


@given(st.integers(1, 300), confidences)
@in_use
def test_limits_grow_with_the_count(interval, recorded, confidence):
    low, high = interval(np.arange(recorded + 1), recorded, confidence=confidence)
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) > 0).all()
    assert (low[0], high[-1]) == (0, 1)


@given(counts(), st.integers(0, 50))
def test_a_range_covers_every_completion(count, still_open):
    charged, recorded = count
    most = min(charged + still_open, recorded)
    low, high = interval_of_range(charged, most, recorded)
    every = wilson_interval(np.arange(charged, most + 1), recorded)
    assert low == every.low.min()
    assert high == every.high.max()


@given(counts(most=300), confidences)
def test_clopper_pearson_leaves_half_the_error_on_each_side(count, confidence):
    charged, recorded = count
    low, high = clopper_pearson_interval(charged, recorded, confidence=confidence)
    if charged > 0:
        assert_allclose(binom.sf(charged - 1, recorded, low), (1 - confidence) / 2, rtol=1e-9)
    if charged < recorded:
        assert_allclose(binom.cdf(charged, recorded, high), (1 - confidence) / 2, rtol=1e-9)


@in_use
def test_unknown_stays_unknown(interval):
    low, high = interval([0, np.nan, 3, 5], [0, 10, np.nan, 10])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, True, False]
    assert np.isnan(interval(0, 0)).all()


@in_use
def test_arrays_give_what_single_counts_give(interval):
    charged, recorded = np.array([0, 3, 268]), np.array([5, 50, 268])
    low, high = interval(charged, recorded)
    assert [tuple(pair) for pair in zip(low, high, strict=True)] == [
        tuple(interval(k, n)) for k, n in zip(charged, recorded, strict=True)
    ]
    assert charged.dtype == int


@in_use
def test_nearly_certain_is_still_an_interval(interval):
    low, high = interval(21, 268, confidence=1 - 1e-16)
    assert 0 < low < 0.02
    assert 0.25 < high < 1


@pytest.mark.parametrize("n", [1, 10, 268])
def test_the_mid_p_interval_ends_exactly_at_0_and_1(n):
    assert mid_p_interval(0, n).low == 0
    assert mid_p_interval(n, n).high == 1
