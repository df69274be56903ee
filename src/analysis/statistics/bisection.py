"""Find where a falling function crosses zero, and the first count for which something holds, on whole arrays."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arrays import Flags, Floats

PARTS = 16
"""A range is cut into so many parts at a time: asking for many counts at once costs little more than for one."""

NEARBY = 2
"""Counts on either side of one that is thought to be near."""


def crossing(function: Callable[[Floats], Floats], low: ArrayLike, high: ArrayLike) -> Floats:
    """Return where a function that falls from left to right crosses zero.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `low` and `high`; positive to the left of the crossing.
    low, high : array_like of float
        Ends that enclose it.

    Returns
    -------
    numpy.ndarray or float
        The crossings, to the last bits of a float.

    Examples
    --------
    >>> round(float(crossing(lambda x: 2 - x * x, 0, 2)), 12)
    1.414213562373
    """
    low, high = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
    # Each step wins one bit and a float has 53; the rest are for crossings that are small beside their bracket.
    for _ in range(80):
        middle: Floats = (low + high) / 2
        left = function(middle) > 0
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    ends: Floats = low + high
    return (ends / 2)[()]


def first_count(
    holds: Callable[[Floats], Flags], low: ArrayLike, high: ArrayLike, near: ArrayLike | None = None
) -> Floats:
    """Return the first whole number of a range for which something holds that then holds for all greater ones.

    Parameters
    ----------
    holds : callable
        Takes an array with one axis more than `low` and `high`, the first: it is asked for many counts at once.
    low, high : array_like of float
        Ends of the range, whole numbers.
    near : array_like of float, optional
        Where the first such number is thought to be: looked at before the whole range.

    Returns
    -------
    numpy.ndarray or float
        ``high + 1`` where it holds for none.

    Examples
    --------
    >>> float(first_count(lambda count: count * count > 50, 0, 100))
    8.0
    """
    first, beyond = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float) + 1)
    parts = np.arange(1, PARTS).reshape(-1, *[1] * first.ndim) / PARTS
    around = None if near is None else np.floor(near) + np.arange(-NEARBY, NEARBY + 1.0).reshape(-1, *[1] * first.ndim)
    while (first < beyond).any():
        counts = np.floor(first + (beyond - first) * parts) if around is None else np.clip(around, first, beyond - 1)
        around = None
        held = holds(counts) | (first >= beyond)
        first = np.maximum(first, np.where(held, first, counts + 1).max(axis=0))
        beyond = np.where(held, counts, beyond).min(axis=0)
    return first[()]
