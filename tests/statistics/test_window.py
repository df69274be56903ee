import numpy as np
import pytest
from numpy.testing import assert_allclose
from reference_tables import column, rows

from analysis.errors import InputError
from analysis.statistics.window import KnownRate, bound_rate

PATHS = {name: [row["crimes"] for row in rows("v2_window_paths", path=name)]
         for name in dict.fromkeys(column(rows("v2_window_paths"), "path"))}  # fmt: skip
SETS = {row["set"]: row for row in rows("v2_window_assumptions")}
BOUNDS = rows("v2_window_bounds")
# Periods: April to December 2015, 2016 to 2021, January to July 2022.
RADAR, EARLY, REFUGE = [1] * 7 + [0], [1] + [0] * 7, [0] * 4 + [1] * 4
FINANCIAL_2018 = [0, 0, 0, 0.75, 0.25, 0, 0, 0]
GWENT = [0, 0, 1, 1, 1, 1, 1, 0]


def known_rates(bound):
    chosen, within = SETS[bound["set"]], SETS[bound["set"]]["within"]
    rates = [KnownRate(RADAR, bound["total_low"], bound["total_high"])]
    for shares, low, high in (
        (EARLY, "apr_dec_2015_low", "apr_dec_2015_high"),
        (REFUGE, "jan2019_jul2022_low", "jan2019_jul2022_high"),
        (FINANCIAL_2018, "apr2018_mar2019", "apr2018_mar2019"),
    ):
        if chosen[low] != "":
            rates.append(KnownRate(shares, chosen[low] * (1 - within), chosen[high] * (1 + within)))
    return rates


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda row: f"{row['total_high']} {row['set']} {row['path']}")
def test_rates_over_gwents_years(bound):
    rises = SETS[bound["set"]]["rate_never_rises"] == "no"
    if bound["path"] in PATHS:
        found = bound_rate(PATHS[bound["path"]], GWENT, known_rates(bound), never_rose=not rises)
    else:
        each = [bound_rate(path, GWENT, known_rates(bound), never_rose=not rises) for path in PATHS.values()]
        found = np.nanmin(column_of(each, 0)), np.nanmax(column_of(each, 1))
    assert_allclose(found, (bound["rate_low"], bound["rate_high"]), atol=1e-6)


def column_of(intervals, end):
    return [interval[end] for interval in intervals]


def test_every_path_has_the_published_number_of_crimes():
    assert {sum(path[:7]) for path in PATHS.values()} == {28_201}


def test_figures_that_contradict_each_other_allow_no_rate():
    assert np.isnan(bound_rate([10, 10], [1, 0], [KnownRate([1, 1], 0.5, 0.6), KnownRate([1, 1], 0.1, 0.2)])).all()


def test_shares_are_one_for_each_period():
    with pytest.raises(InputError, match="1 shares cover 2 periods"):
        bound_rate([10, 10], [1], [])
    with pytest.raises(InputError, match="a known rate runs from"):
        bound_rate([10, 10], [1, 1], [KnownRate([1, 1], 0.2, 0.1)])
