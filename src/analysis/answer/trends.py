"""Whether rates over years move in one direction: alone, beside the other forces, and however the open cases end."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analysis.answer.fields import number
from analysis.errors import InputError
from analysis.results.year_series import OtherForces, Trend, TrendBesideOthers, TrendTest, Year
from analysis.statistics.arrays import Floats
from analysis.statistics.open_cases import count_closed
from analysis.statistics.trend import FEWEST_CHARGED, FEWEST_YEARS, trend_test
from analysis.statistics.verdicts import ALPHA_95, is_below
from analysis.statistics.years_trend import Slope, compare_trend, fit_trend, judge_trend


class _Counted(NamedTuple):
    """The years that have exact counts: when, crimes with the outcome, recorded, and still open (NaN where unknown)."""

    when: Floats
    charged: Floats
    recorded: Floats
    still_open: Floats

    @property
    def closed(self) -> Floats:
        return count_closed(self.charged, self.recorded, np.nan_to_num(self.still_open))

    @property
    def open_known(self) -> bool:
        return not np.isnan(self.still_open).any()


def find_trend(starts: Sequence[int], counted: Sequence[Year | OtherForces]) -> Trend:
    """Return the trend over the years with exact counts, by the counts so far and by the closed cases alone.

    Parameters
    ----------
    starts : sequence of int
        The calendar year in which each year begins.
    counted : sequence of Year or OtherForces
        What was counted in each.
    """
    years = _exact(starts, counted)
    if why := _why_none(years):
        return Trend(None, None, None, None, None, None, None, None, years=years.when.size, why_none=why)
    found = fit_trend(years.charged, years.recorded, years.when)
    score = trend_test(years.charged, years.recorded, years.when)
    return Trend(
        z=number(score.z),
        p=number(score.p),
        test=_trend_test(found.slope),
        common_p=number(found.common_p),
        so_far=found.verdict,
        as_closed=_as_closed(years),
        verdict=judge_trend(years.charged, years.recorded, years.still_open, years.when),
        open_known=years.open_known,
        years=years.when.size,
        why_none=None,
    )


def compare_trends(
    starts: Sequence[int], own: Sequence[Year], others: Sequence[OtherForces]
) -> TrendBesideOthers | None:
    """Return how much faster a force's rate rises than that of the other forces, None where too few years have both."""
    both = [place for place in range(len(starts)) if own[place].count.is_exact and others[place].count.is_exact]
    force, rest = (_exact([starts[place] for place in both], [of[place] for place in both]) for of in (own, others))
    if _why_none(force) or _why_none(rest) or force.when.size != rest.when.size:
        return None
    never = compare_trend(force.charged, force.recorded, rest.charged, rest.recorded, force.when)
    if np.isnan(never.p):
        return None
    as_closed = compare_trend(force.charged, force.closed, rest.charged, rest.closed, force.when)
    differs, differs_closed = (bool(is_below(found.p, ALPHA_95)) for found in (never, as_closed))
    return TrendBesideOthers(_trend_test(never), int(never.years), differs if differs == differs_closed else None)


def _exact(starts: Sequence[int], counted: Sequence[Year | OtherForces]) -> _Counted:
    rows = [
        (start, one.count.low, one.recorded, np.nan if one.open is None else one.open)
        for start, one in zip(starts, counted, strict=True)
        if one.recorded and one.count.is_exact
    ]
    return _Counted(*np.array(rows, dtype=float).reshape(-1, 4).T)


def _why_none(years: _Counted) -> str | None:
    if years.when.size < FEWEST_YEARS:
        has = "has an exact count" if years.when.size == 1 else "have exact counts"
        return f"{years.when.size} of at least {FEWEST_YEARS} years {has}"
    for crimes, how in ((years.charged.sum(), "with"), ((years.recorded - years.charged).sum(), "without")):
        if crimes < FEWEST_CHARGED:
            return f"there {_are(crimes)} {how} the outcome, of at least {FEWEST_CHARGED}"
    return None


def _are(crimes: float) -> str:
    return "is 1 crime" if crimes == 1 else f"are {crimes:.0f} crimes"


def _as_closed(years: _Counted) -> str | None:
    try:
        return fit_trend(years.charged, years.closed, years.when).verdict
    except InputError:  # Too few of the cases are closed.
        return None


def _trend_test(slope: Slope) -> TrendTest:
    return TrendTest(*(number(one) for one in (slope.slope, slope.standard_error, slope.scale, slope.t, slope.p)))
