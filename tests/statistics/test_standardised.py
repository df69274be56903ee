from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from reference_tables import rows

from analysis.statistics.standardised import standardise

COUNTS = Path(__file__).parents[2] / "data" / "counts" / "home-office-2018-19.parquet"
RATIOS = rows("v2_standardised_ratio")


@cache
def of_2018_19(left_out):
    """Return the forces and their ratios, one force set aside."""
    table = pd.read_parquet(COUNTS)
    cells = {"index": "force", "columns": "offence", "values": "count", "aggfunc": "sum", "fill_value": 0}
    n = table.pivot_table(**cells)
    k = table[table["outcome_type"] == "1"].pivot_table(**cells).reindex_like(n).fillna(0)
    # A cell in which corrections have left any outcome's number negative is unknown.
    lowest = table.pivot_table("count", "force", "offence", aggfunc="min", fill_value=0)
    keep = n.index != left_out
    found = standardise(k.mask(lowest < 0)[keep], n.mask(lowest < 0)[keep])
    return list(n.index[keep]), found


@pytest.mark.parametrize("left_out", ["", "North Yorkshire"])
@pytest.mark.parametrize(
    ("name", "column", "rtol"),
    [
        ("codes", "codes", 0),
        ("codes_left_out", "codes_left_out", 0),
        ("recorded", "recorded", 0),
        ("observed", "observed", 0),
        ("expected", "expected", 1e-9),
        ("variance", "null_variance", 1e-9),
        ("z", "z", 1e-9),
        ("ratio", "ratio", 1e-9),
        ("low", "lower", 1e-9),
        ("high", "upper", 1e-9),
        ("p", "p", 1e-8),
    ],
)
def test_ratios_of_2018_19(left_out, name, column, rtol):
    forces, found = of_2018_19(left_out)
    table = {row["force"]: row for row in RATIOS if row["left_out"] == left_out}
    assert sorted(table) == forces
    assert_allclose(getattr(found, name), [table[force][column] for force in forces], rtol=rtol, atol=1e-300)


@pytest.mark.parametrize("left_out", ["", "North Yorkshire"])
@pytest.mark.parametrize(
    ("name", "column"),
    [("mu", "mu_others"), ("tau2", "tau2_others"), ("t", "t"), ("p", "p_among"), ("benjamini_hochberg", "bh_among")],
)
def test_unusual_among_the_ratios_of_2018_19(left_out, name, column):
    forces, found = of_2018_19(left_out)
    table = {row["force"]: row for row in RATIOS if row["left_out"] == left_out}
    assert_allclose(getattr(found.among, name), [table[force][column] for force in forces], rtol=1e-7)
    for force, outside in zip(forces, found.among.outside, strict=True):
        assert str(table[force]["outside"]) == (outside or "")


def test_interval_and_test_agree_at_one():
    k, n = [[30, 50], [31, 61], [40, 80]], [[300, 400], [300, 400], [300, 400]]
    for confidence in (0.5, 0.8, 0.95):
        found = standardise(k, n, confidence=confidence)
        assert ((found.p < 1 - confidence) == ((found.low > 1) | (found.high < 1))).all()


def test_nobody_charged_is_a_ratio_of_zero_without_a_logarithm():
    k = np.full((13, 2), 5)
    k[0] = 0
    found = standardise(k, np.full((13, 2), 100))
    assert (found.ratio[0], found.low[0]) == (0, 0)
    assert np.isnan(found.among.p[0])
    assert found.among.verdict[0] is None


def test_what_others_do_not_record_and_what_is_unknown_is_left_out():
    found = standardise([[5, 9, 5], [5, 0, np.nan], [5, 0, 5]], [[50, 9, 50], [50, 0, 50], [50, 0, 50]])
    assert (found.codes[0], found.codes_left_out[0], found.observed[0], found.expected[0]) == (2, 1, 10, 10)
    assert np.isnan(found.expected_by_code[0, 1])
    assert (found.codes[1], found.recorded[1]) == (1, 50)


def test_fewer_than_ten_others_show_no_spread():
    found = standardise([[5], [6], [7]], [[50], [50], [50]])
    assert np.isnan(found.among.p).all()
    assert found.among.verdict.tolist() == [None] * 3


def accepts(ratio, charged, recorded, z):
    """Return whether the score test does not reject a ratio, written down anew: one force against each other one."""
    observed = expected = variance = 0.0
    others = charged[1:].sum(axis=0), recorded[1:].sum(axis=0)
    for k, n, others_k, others_n in zip(charged[0], recorded[0], *others, strict=True):
        rate = others_k / others_n
        observed, expected = observed + k, expected + n * rate
        # Binomial at the tried ratio, and what the others' rate, a count too, adds.
        variance += n * ratio * rate * (1 - ratio * rate) + ratio**2 * n**2 * rate * (1 - rate) / others_n
    return variance >= 0 and (observed - ratio * expected) ** 2 <= z**2 * variance


def test_an_interval_is_that_of_the_ratios_which_the_test_does_not_reject_or_unknown():
    draw, z, shapes = np.random.default_rng(7), 1.959963984540054, {"interval": 0, "no end": 0, "not at the ratio": 0}
    for _ in range(600):
        n = draw.integers(1, 30, (3, 4)) * np.array([[1], [9], [9]])
        own, others = draw.choice([0.01, 0.1, 0.95]), draw.choice([0.005, 0.05, 0.6], 4) ** draw.choice([1, 1.5])
        k = draw.binomial(n, np.stack([np.full(4, own), others, others]))
        found = standardise(k, n)
        ratio, low, high = found.ratio[0], found.low[0], found.high[0]
        if not k[1:].sum():
            assert np.isnan([ratio, low, high, found.z[0], found.p[0]]).all()
            continue
        if np.isnan(low):
            assert np.isnan(high)
            no_end = accepts(1e6, k, n, z)
            shapes["no end" if no_end else "not at the ratio"] += 1
            assert no_end or not accepts(ratio, k, n, z)
            continue
        shapes["interval"] += 1
        assert low <= ratio <= high
        inside, outside = (low * 1.0001, high * 0.9999), (low * 0.9999, high * 1.0001)
        assert all(accepts(one, k, n, z) for one in inside)
        assert not any(accepts(one, k, n, z) for one in outside if one)
    assert min(shapes.values()) > 10


@pytest.mark.parametrize(
    ("charged", "recorded", "verdict"),
    [
        # One crime, which the only other force did not clear: no chance in its rate, so no test, whatever z would say.
        ([[1], [0]], [[1], [1]], "too few"),
        ([[0], [1]], [[1], [1]], "too few"),
        # 0.02 expected, 1 found: two in a hundred such forces have it, though (1 - .02) / sqrt(.02) is 7.
        ([[1], [20]], [[1], [1000]], "too few"),
        # 4.9 and 5 expected; 98 and 95 of 100, so that 2 and 5 are expected without the outcome.
        ([[20], [490]], [[10 * 10], [10_000]], "too few"),
        ([[20], [500]], [[10 * 10], [10_000]], "higher"),
        ([[100], [9_800]], [[100], [10_000]], "too few"),
        ([[100], [9_500]], [[100], [10_000]], "higher"),
    ],
)
def test_a_ratio_of_few_expected_crimes_is_no_verdict(charged, recorded, verdict):
    assert standardise(charged, recorded).verdict[0] == verdict


def test_a_force_with_no_offence_that_others_recorded_has_no_verdict():
    assert standardise([[1, 0], [0, 1]], [[3, 0], [0, 3]]).verdict.tolist() == [None, None]
