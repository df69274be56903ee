"""How numbers become fields of an answer: unknown, undefined and infinite are None, and a field has one type always."""

import math
from collections.abc import Iterable

import numpy as np

from analysis.results.count_ranges import CountRange, Limits, RateRange
from analysis.statistics.arrays import Number


def unknown(value: float | None) -> float:
    """Return a number as the statistics take it: NaN where it is None."""
    return math.nan if value is None else value


def whole(value: Number) -> int | None:
    """Return a count as an int, or None where it is NaN."""
    return None if math.isnan(value) else int(value)


def number(value: Number | None) -> float | None:
    """Return a float, or None where it is unknown, undefined or infinite.

    Examples
    --------
    >>> number(0.06), number(float("inf")), number(None)
    (0.06, None, None)
    """
    return None if value is None or not math.isfinite(value) else float(value)


def limits(ends: Iterable[Number | None]) -> Limits:
    """Return the two ends of an interval as a field.

    Examples
    --------
    >>> limits((0.05, float("nan")))
    (0.05, None)
    """
    low, high = ends
    return number(low), number(high)


def limits_of_each(ends: tuple[Number, Number]) -> list[Limits]:
    """Return the two ends of the interval of each force as a field.

    Examples
    --------
    >>> limits_of_each((np.array([0.05, np.nan]), np.array([0.12, np.nan])))
    [(0.05, 0.12), (None, None)]
    """
    return [limits(pair) for pair in np.stack(ends, axis=-1)]


def counts(low: Number, high: Number) -> CountRange:
    """Return the two ends of a count as a field, unknown where they are NaN.

    Examples
    --------
    >>> counts(2.0, 22.0)
    CountRange(low=2, high=22)
    """
    return CountRange(whole(low), whole(high))


def rate_range(ends: Iterable[Number | None]) -> RateRange:
    """Return the two ends of a range of rates as a field."""
    return RateRange(*limits(ends))


def rates(low: Number, high: Number, recorded: float | None) -> RateRange:
    """Return the rates of a range of counts as a field, unknown where nothing is recorded or that is not known.

    Examples
    --------
    >>> rates(1, 3, 4), rates(0, 0, 0)
    (RateRange(low=0.25, high=0.75), RateRange(low=None, high=None))
    """
    return RateRange(number(low / recorded), number(high / recorded)) if recorded else RateRange(None, None)
