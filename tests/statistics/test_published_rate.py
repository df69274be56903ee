import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from reference_tables import quantities, rows
from scipy.stats import binom
from statsmodels.stats.proportion import proportions_ztest

from analysis.statistics.funnel import funnel_limits
from analysis.statistics.mid_p import break_even_rates, mid_p_against_rate
from analysis.statistics.power import charges_to_turn
from analysis.statistics.proportions import wilson_interval
from analysis.statistics.published_rate import compare_with_rate, score_against_rate

GWENT = quantities("gwent_answers")
MIDP = {(row["k"], row["n"]): row for row in rows("v2_midp_interval") if row["alpha"] == 0.05}
rates = st.sampled_from([0.001, 0.055, 0.06, 0.065, 0.23, 0.5, 0.77, 0.999])
confidences = st.sampled_from([0.8, 0.95, 0.998])


@st.composite
def ranges(draw, most=80):
    recorded = draw(st.integers(1, most))
    low = draw(st.integers(0, recorded))
    return low, draw(st.integers(low, recorded)), recorded


@pytest.mark.parametrize("row", rows("one_sample_tests", test="score_two_sided"), ids=str)
def test_score_p(row):
    assert_allclose(score_against_rate(row["k"], row["n"], row["p0"]).p, row["pvalue"], rtol=1e-11)


@pytest.mark.parametrize("row", rows("one_sample_tests", test="midp_central"), ids=str)
def test_mid_p(row):
    assert_allclose(mid_p_against_rate(row["k"], row["n"], row["p0"]).p, row["pvalue"], rtol=1e-11)


@pytest.mark.parametrize("rate", [0.04, 0.045, 0.05, 0.055, 0.06, 0.065, 0.07])
def test_gwent_against_each_rate(rate):
    score = score_against_rate(21, 268, rate)
    assert_allclose(score.p, GWENT[f"p_score_two_sided_p0_{rate:g}"], rtol=1e-11)
    assert_allclose(mid_p_against_rate(21, 268, rate).p, GWENT[f"p_midp_two_sided_p0_{rate:g}"], rtol=1e-11)
    if (z := GWENT.get(f"z_score_p0_{rate:g}")) is not None:
        assert_allclose(score.z, z, rtol=1e-12)


def test_gwent_against_about_six_per_cent():
    result = compare_with_rate(21, 21, 268, 0.055, 0.065)
    assert result.verdict == "not distinguishable"
    assert np.isnan(result.z)
    assert_allclose(result.p, [GWENT["p_score_two_sided_p0_0.055"], GWENT["p_score_two_sided_p0_0.065"]], rtol=1e-11)
    assert_allclose(result.mid_p, [GWENT["p_midp_two_sided_p0_0.055"], GWENT["p_midp_two_sided_p0_0.065"]], rtol=1e-11)
    assert_allclose(result.break_even, [MIDP[21, 268]["lower"], MIDP[21, 268]["upper"]], atol=1e-9)


def test_gwent_four_more_charges_turn_the_verdict():
    result = compare_with_rate(21, 21, 268, 0.06, 0.06)
    assert_allclose(result.z, GWENT["z_score_p0_0.06"], rtol=1e-12)
    first = int(GWENT["min_k_midp_sig_p0_.06"])
    assert 21 + result.charges_to_turn.higher == first
    assert mid_p_against_rate(first, 268, 0.06).p < 0.05 < mid_p_against_rate(first - 1, 268, 0.06).p


@given(st.integers(1, 3000), st.data(), rates)
def test_score_is_statsmodels_with_the_variance_of_the_rate(recorded, data, rate):
    charged = data.draw(st.integers(0, recorded))
    assert_allclose(
        score_against_rate(charged, recorded, rate),
        proportions_ztest(charged, recorded, rate, prop_var=rate),
        rtol=1e-9,
        atol=1e-9,
    )


@given(st.integers(1, 3000), st.data(), rates)
def test_mid_p_is_its_definition(recorded, data, rate):
    k = data.draw(st.integers(0, recorded))
    half = binom.pmf(k, recorded, rate) / 2
    expected = 2 * min(binom.sf(k, recorded, rate) + half, binom.cdf(k - 1, recorded, rate) + half)
    assert_allclose(mid_p_against_rate(k, recorded, rate).p, min(1, expected), rtol=1e-8, atol=1e-250)


@given(st.integers(1, 3000), st.data(), st.floats(0.001, 0.999), confidences)
def test_interval_test_and_funnel_agree(recorded, data, rate, confidence):
    charged = data.draw(st.integers(0, recorded))
    low, high = wilson_interval(charged, recorded, confidence=confidence)
    assume(min(abs(rate - low), abs(rate - high)) > 1e-12)
    p = score_against_rate(charged, recorded, rate).p
    assert (p < 1 - confidence) == (not low < rate < high)
    funnel = funnel_limits(recorded, rate)
    if confidence == 0.95:
        assert (p < 1 - confidence) == (not funnel.low_95 <= charged / recorded <= funnel.high_95)
    if confidence == 0.998:
        assert (p < 1 - confidence) == (not funnel.low_998 <= charged / recorded <= funnel.high_998)


def words(counts, recorded, rates, confidence):
    """Every verdict by the definition of the central mid-P test, one count and one rate at a time."""
    for count in counts:
        for rate in rates:
            yield word(count, recorded, rate, confidence)


def word(count, recorded, rate, confidence):
    half = binom.pmf(count, recorded, rate) / 2
    above, below = binom.sf(count, recorded, rate) + half, binom.cdf(count - 1, recorded, rate) + half
    if 2 * min(above, below) >= 1 - confidence:
        return "not distinguishable"
    return "higher" if above < below else "lower"


@given(ranges(), rates, rates, confidences)
def test_verdict_and_p_are_those_of_every_count_and_rate(counts, one, other, confidence):
    low, high, recorded = counts
    ends = sorted([one, other])
    result = compare_with_rate(low, high, recorded, *ends, confidence=confidence)
    every = set(words(range(low, high + 1), recorded, np.linspace(*ends, 5), confidence))
    assert result.verdict == (every.pop() if len(every) == 1 else "depends")
    p = [score_against_rate(k, recorded, rate).p for k in range(low, high + 1) for rate in ends]
    assert tuple(result.p) == (min(p), max(p))
    exact = [mid_p_against_rate(k, recorded, rate).p for k in range(low, high + 1) for rate in ends]
    assert tuple(result.mid_p) == (min(exact), max(exact))


@given(st.integers(1, 400), st.data(), rates, rates, confidences)
def test_charges_to_turn_is_what_a_scan_finds(recorded, data, one, other, confidence):
    charged = data.draw(st.integers(0, recorded))
    ends = sorted([one, other])
    found = [set(words([k], recorded, ends, confidence)) for k in range(recorded + 1)]
    higher = [k for k, verdicts in enumerate(found) if verdicts == {"higher"}]
    lower = [k for k, verdicts in enumerate(found) if verdicts == {"lower"}]
    assert charges_to_turn(charged, recorded, *ends, confidence=confidence) == (
        max(0, higher[0] - charged) if higher else None,
        max(0, charged - lower[-1]) if lower else None,
    )


@given(ranges(), confidences)
def test_break_even_rates_are_those_that_no_count_differs_from(counts, confidence):
    low, high, recorded = counts
    rates = break_even_rates(low, high, recorded, confidence=confidence)
    for rate in np.linspace(0.013, 0.987, 12):
        every = set(words(range(low, high + 1), recorded, [rate], confidence))
        assert (rates.low <= rate <= rates.high) == (every == {"not distinguishable"})


@pytest.mark.parametrize(
    ("count", "national", "word"),
    [
        ((21, 21, 268), (0.06, 0.06), "not distinguishable"),
        ((24, 24, 268), (0.06, 0.06), "not distinguishable"),
        ((25, 25, 268), (0.06, 0.06), "higher"),
        ((21, 25, 268), (0.06, 0.06), "depends"),
        ((21, 21, 268), (0.04, 0.06), "depends"),
        ((30, 30, 268), (0.06, 0.20), "depends"),
        ((0, 0, 268), (0.06, 0.07), "lower"),
        ((0, 1, 5), (0.06, 0.07), "not distinguishable"),
        ((0, 268, 268), (0.06, 0.06), "depends"),
        ((0, 0, 0), (0.06, 0.06), None),
        ((np.nan, np.nan, 268), (0.06, 0.06), None),
    ],
)
def test_verdicts(count, national, word):
    # 25 of 268 is the first count that is higher than 6% and 21 of 268 has a lower limit of 5.05% (reference); of 5 at
    # 6% none are charged with 0.94^5 = 0.73 and one with 5 * 0.06 * 0.94^4 = 0.23: mid-P 0.73 and 0.30, so undecided.
    assert compare_with_rate(*count, *national).verdict == word


@pytest.mark.parametrize("count", [(0, 0, 0), (np.nan, np.nan, 268), (0, 0, np.nan)])
def test_unknown_stays_unknown(count):
    result = compare_with_rate(*count, 0.055, 0.065)
    assert np.isnan([result.z, *result.p, *result.mid_p, *result.break_even]).all()
    assert result.verdict is None
    assert result.charges_to_turn == (None, None)


def test_large_counts_are_exact():
    # Summed term by term with 40 digits (mpmath).
    assert_allclose(mid_p_against_rate(18_500, 300_000, 0.06).p, 0.0001289227793733772886, rtol=1e-10)
    turn = charges_to_turn(18_000, 300_000, 0.055, 0.065)
    assert word(18_000 + turn.higher, 300_000, 0.065, 0.95) == "higher"
    assert word(18_000 + turn.higher - 1, 300_000, 0.065, 0.95) == "not distinguishable"


@pytest.mark.parametrize(("level", "confidence"), [(0.05, 0.95), (0.01, 0.99), (0.1, 0.9)])
def test_a_p_of_exactly_the_level_is_no_verdict(level, confidence):
    # All of 1 charged: p is twice half the rate, exactly the level. None of 1 beside the mirrored rate is the same.
    high = compare_with_rate(1, 1, 1, level, level, confidence=confidence)
    low = compare_with_rate(0, 0, 1, 1 - level, 1 - level, confidence=confidence)
    assert {high.verdict, low.verdict} == {"not distinguishable"}
    assert high.charges_to_turn == low.charges_to_turn == (None, None)
    assert high.break_even.low == pytest.approx(level, rel=1e-15)
