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
