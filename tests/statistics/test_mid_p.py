import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from reference_tables import column, rows
from scipy.stats import betabinom, binom, hypergeom

from analysis.errors import InputError
from analysis.statistics.mid_p import (
    break_even_rates,
    deciding_mid_p,
    mid_p_against_rate,
    mid_p_against_rest,
    mid_p_interval,
)
from analysis.statistics.multiplicity import holm
from analysis.statistics.power import charges_to_turn, detectable, told_apart
from analysis.statistics.tails import beta_binomial_tails

ONE, TWO, INTERVALS = rows("v2_midp_one_sample"), rows("v2_midp_two_group"), rows("v2_midp_interval")
TURNS = rows("v2_midp_turn_and_detect")
SIDES = ("k", "n", "rest_k", "rest_n")
confidences = st.sampled_from([0.8, 0.95, 0.998])


def central(below, at, above):
    return min(1, 2 * min(below + at / 2, above + at / 2))


def test_against_a_published_rate():
    found = mid_p_against_rate(*(column(ONE, name) for name in ("k", "n", "p0")))
    # One p of the table, 6e-566, is too small for a float.
    assert_allclose(found.p, column(ONE, "pvalue"), rtol=1e-10)
    assert (found.p == 0).sum() == 1
    assert_allclose(found.side, column(ONE, "below") - column(ONE, "above"), atol=1e-12)


def test_against_the_rest():
    found = mid_p_against_rest(*(column(TWO, name) for name in SIDES))
    assert_allclose(found.p, column(TWO, "pvalue"), rtol=1e-9)
    assert_allclose(found.side, column(TWO, "below") - column(TWO, "above"), atol=1e-12)
    assert found.p.min() < 1e-180


@pytest.mark.parametrize("row", INTERVALS, ids=str)
def test_interval(row):
    low, high = mid_p_interval(row["k"], row["n"], confidence=1 - row["alpha"])
    assert_allclose((low, high), (row["lower"], row["upper"]), atol=1e-9)
    assert (low == 0) == (row["k"] == 0)
    assert (high == 1) == (row["k"] == row["n"])


@pytest.mark.parametrize("row", TURNS, ids=str)
def test_what_turns_a_verdict(row):
    options = {"confidence": 1 - row["alpha"]}
    rates = row["rate_low"], row["rate_high"]
    assert told_apart(row["n"], *rates, **options) == (row["highest_count_below"], row["lowest_count_above"])
    turn = charges_to_turn(row["k"], row["n"], *rates, **options)
    assert turn == tuple(row[f"charges_to_turn_{word}"] if row[f"charges_to_turn_{word}"] != "" else None
                         for word in ("higher", "lower"))  # fmt: skip
    for side in ("low", "high"):
        rate = getattr(detectable(row["n"], *rates, power=row["power"], **options), side)
        expected = row[f"detectable_{side}"]
        assert (rate is None) == (expected == "")
        assert rate is None or abs(rate - expected) < 1e-9
    even = break_even_rates(row["k"], row["k"], row["n"], **options)
    assert_allclose(even, (row["break_even_low"], row["break_even_high"]), atol=1e-9)


def test_a_p_too_small_for_a_float_is_the_smallest_test_and_not_a_missing_one():
    found = mid_p_against_rest([10, 100_000, 3], [20, 200_000, 10], [50_000, 10, 300], [1_000_000, 100_000, 1_000])
    assert found.p[1] == 0
    assert_allclose(holm([*found.p, np.nan]), [2 * found.p[0], 0, found.p[2], np.nan])


@pytest.mark.parametrize("charged", [0, 1])
def test_where_only_one_table_is_possible_p_is_one(charged):
    assert mid_p_against_rest(charged * 5, 5, charged * 60, 60).p == 1


@pytest.mark.parametrize("four", [(0, 0, 5, 10), (5, 10, 0, 0), (np.nan, 10, 5, 10), (5, 10, np.nan, 10)])
def test_nothing_recorded_or_known_on_one_side_is_unknown(four):
    assert np.isnan(mid_p_against_rest(*four)).all()
    assert np.isnan(mid_p_against_rate(*four[:2], 0.06)).all() == (not four[0] > 0)


def test_nothing_recorded_has_no_interval():
    assert np.isnan(mid_p_interval([0, np.nan], [0, 10])).all()


@given(st.integers(1, 150), st.integers(1, 150), st.data())
def test_the_rest_is_scipys_hypergeometric(n, rest_n, data):
    k, rest_k = data.draw(st.integers(0, n)), data.draw(st.integers(0, rest_n))
    # scipy's letters: M all, n with the outcome, N drawn.
    chance = hypergeom(M=n + rest_n, n=k + rest_k, N=n)
    expected = central(chance.cdf(k - 1), chance.pmf(k), chance.sf(k))
    assert_allclose(mid_p_against_rest(k, n, rest_k, rest_n).p, expected, rtol=1e-8)


@given(st.integers(1, 150), st.data(), st.floats(0.001, 0.999))
def test_a_rate_is_scipys_binomial(n, data, rate):
    k = data.draw(st.integers(0, n))
    expected = central(binom.cdf(k - 1, n, rate), binom.pmf(k, n, rate), binom.sf(k, n, rate))
    assert_allclose(mid_p_against_rate(k, n, rate).p, expected, rtol=1e-8)


@given(st.integers(1, 200), st.data(), st.floats(0.05, 500), st.floats(0.05, 500))
def test_a_drawn_rate_is_scipys_beta_binomial(n, data, a, b):
    k = data.draw(st.integers(0, n))
    chance = betabinom(n, a, b)
    found = beta_binomial_tails(*(np.array([float(number)]) for number in (k, n, a, b)))
    at = chance.pmf(k) / 2
    assert_allclose([found.below[0], found.above[0]], [chance.cdf(k - 1) + at, chance.sf(k) + at], atol=1e-9)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_deciding_counts_of_a_range_decide_it(n, rest_n, data):
    low = data.draw(st.integers(0, n))
    high, rest_k = data.draw(st.integers(low, n)), data.draw(st.integers(0, rest_n))
    every = mid_p_against_rest(np.arange(low, high + 1), n, rest_k, rest_n)
    found = deciding_mid_p(lambda count: mid_p_against_rest(count, n, rest_k, rest_n), low, high)
    assert found.p.shape == (4,)
    assert (found.p.min(), found.p.max()) == (every.p.min(), every.p.max())
    assert set(np.sign(found.side[found.p < 0.05])) == set(np.sign(every.side[every.p < 0.05]))


def test_forces_with_ranges_are_decided_together():
    found = deciding_mid_p(lambda count: mid_p_against_rest(count, [40, 30], [10, 5], 100), [3, 2], [9, np.nan])
    assert found.p.shape == (4, 2)
    assert np.isnan(found.p[:, 1]).all()
    with pytest.raises(InputError, match="charged runs from"):
        deciding_mid_p(lambda count: mid_p_against_rate(count, 10, 0.06), 9, 3)


@given(st.integers(1, 120), st.data(), confidences)
def test_interval_and_test_never_disagree(n, data, confidence):
    k = data.draw(st.integers(0, n))
    low, high = mid_p_interval(k, n, confidence=confidence)
    for edge, outwards in ((low, -1e-6), (high, 1e-6)):
        if 1e-5 < edge < 1 - 1e-5:
            outside, inside = mid_p_against_rate(k, n, [edge + outwards, edge - outwards]).p
            assert outside < 1 - confidence < inside


def test_a_range_of_counts_has_the_rates_that_no_count_is_told_from():
    low, high = break_even_rates([3, 0], [5, 40], [40, 40])
    assert_allclose((low[0], high[0]), (mid_p_interval(5, 40).low, mid_p_interval(3, 40).high))
    assert np.isnan([low[1], high[1]]).all()
