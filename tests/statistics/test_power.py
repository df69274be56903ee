from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from reference_tables import quantities, rows
from scipy.stats import binom

from analysis.errors import InputError
from analysis.statistics.mid_p import mid_p_against_rate
from analysis.statistics.power import detectable, power_of_mid_p, told_apart
from analysis.statistics.proportions import exact_coverage, wilson_interval
from analysis.statistics.published_rate import score_against_rate

GWENT = quantities("gwent_answers")
rates = st.sampled_from([0.003, 0.055, 0.06, 0.065, 0.4, 0.97])


@pytest.mark.parametrize("true_rate", ["0.08", "0.09", "0.1", "0.11", "0.12"])
def test_power_for_gwent(true_rate):
    power = power_of_mid_p(268, 0.06, float(true_rate))
    assert_allclose(power, GWENT[f"power_midp_true_{true_rate}"], rtol=1e-10)


@pytest.mark.parametrize("row", rows("test_size_exact", rule="midp"), ids=str)
def test_size_of_the_mid_p_test(row):
    assert_allclose(power_of_mid_p(row["n"], 0.06, 0.06), row["size_at_06"], atol=5.1e-5)


@pytest.mark.parametrize("row", rows("test_size_exact", rule="score"), ids=str)
def test_size_of_the_score_test(row):
    counts = np.arange(row["n"] + 1)
    rejected = score_against_rate(counts, row["n"], 0.06).p < 0.05
    assert_allclose(binom.pmf(counts, row["n"], 0.06)[rejected].sum(), row["size_at_06"], atol=5.1e-5)


def test_what_268_crimes_can_tell_from_six_per_cent():
    low, high, power = detectable(268, 0.06, 0.06)
    # The table rounds outwards to the next rate with four decimals on one side and to the nearest on the other.
    assert_allclose(high, GWENT["mde80_upper"], atol=1e-4)
    assert_allclose(low, GWENT["mde80_lower"], atol=1e-4)
    assert 0.107 < high < 0.108
    assert power == 0.8


@given(st.integers(0, 200), rates, st.floats(0.001, 0.999), st.sampled_from([0.8, 0.95]))
def test_power_is_the_chance_of_every_count_that_the_test_rejects(recorded, rate, true_rate, confidence):
    if recorded == 0:
        assert np.isnan(power_of_mid_p(0, rate, true_rate))
        return
    counts = np.arange(recorded + 1)
    rejected = mid_p_against_rate(counts, recorded, rate).p < 1 - confidence
    assert_allclose(
        power_of_mid_p(recorded, rate, true_rate, confidence=confidence),
        binom.pmf(counts, recorded, true_rate)[rejected].sum(),
        atol=1e-11,
    )


@given(st.integers(1, 200), rates, rates, st.sampled_from([0.5, 0.8, 0.95]))
def test_detectable_rates_reach_the_power_and_no_nearer_rate_does(recorded, one, other, power):
    ends = sorted([one, other])
    counts = np.arange(recorded + 1)
    p = np.array([mid_p_against_rate(counts, recorded, end).p for end in ends])
    told_above = (p < 0.05).all(axis=0) & (counts > recorded * ends[1])
    told_below = (p < 0.05).all(axis=0) & (counts < recorded * ends[0])
    low, high, _ = detectable(recorded, *ends, power=power)
    assert (high is None) == (not told_above.any())
    assert (low is None) == (not told_below.any())
    if high is not None:
        assert high > ends[1]
        assert_allclose(binom.pmf(counts, recorded, high)[told_above].sum(), power, atol=1e-9)
    if low is not None:
        assert low < ends[0]
        assert_allclose(binom.pmf(counts, recorded, low)[told_below].sum(), power, atol=1e-9)


def test_too_few_crimes_tell_nothing_apart():
    assert detectable(5, 0.06, 0.06).low is None
    assert detectable(1, 0.4, 0.4)[:2] == (None, None)
    assert detectable(0, 0.06, 0.06)[:2] == (None, None)
    assert detectable(np.nan, 0.06, 0.06)[:2] == (None, None)


def test_less_confidence_tells_more():
    usual, less = (detectable(268, 0.06, 0.06, confidence=confidence) for confidence in (0.95, 0.8))
    assert usual.low < less.low < 0.06 < less.high < usual.high
    for true_rate in (less.low, less.high):
        assert 0.8 - 1e-9 <= power_of_mid_p(268, 0.06, true_rate, confidence=0.8) < 0.801


def test_more_crimes_tell_more():
    near = [detectable(n, 0.055, 0.065) for n in (268, 3_000, 30_000, 300_000)]
    assert all(a.high > b.high > 0.065 and a.low < b.low < 0.055 for a, b in pairwise(near))


def test_a_power_that_chance_alone_reaches_is_refused():
    with pytest.raises(
        InputError,
        match=r"at a confidence of 0\.95 chance .* a power of 0\.05, not below the 0\.04 .* confidence above 0\.96$",
    ):
        detectable(268, 0.06, 0.06, power=0.04)


def test_one_crime_has_the_power_of_its_own_chance():
    # Charged, it is told from 6% at 80% confidence: 2 * 0.06 / 2 = 0.06 < 0.2. Not charged, it is not: 0.94.
    assert power_of_mid_p(1, 0.06, 0.3, confidence=0.8) == pytest.approx(0.3, abs=1e-15)


@pytest.mark.parametrize(
    ("function", "named"),
    [
        (lambda: power_of_mid_p(-1, 0.06, 0.1), "recorded is -1"),
        (lambda: power_of_mid_p(10, 6, 0.1), "rate is 6"),
        (lambda: detectable(2.5, 0.06, 0.06), r"recorded is 2\.5"),
        (lambda: told_apart(-1, 0.06, 0.06), "recorded is -1"),
        (lambda: told_apart(10, 0, 0.06), "rate is 0"),
        (lambda: told_apart(10, 0.06, 0.06, confidence=95), "confidence is 95"),
        (lambda: exact_coverage(wilson_interval, 10, 6), "rate is 6"),
    ],
)
def test_what_is_impossible_is_named(function, named):
    with pytest.raises(InputError, match=f"^{named}: "):
        function()
