"""Find where a falling function crosses zero, and the first count for which something holds, on whole arrays."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arrays import Flags, Floats


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
        middle = (low + high) / 2
        left = function(middle) > 0
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    return ((low + high) / 2)[()]


def first_count(holds: Callable[[Floats], Flags], low: ArrayLike, high: ArrayLike) -> Floats:
    """Return the first whole number of a range for which something holds that then holds for all greater ones.

    Parameters
    ----------
    holds : callable
        Takes an array of the shape of `low` and `high`.
    low, high : array_like of float
        Ends of the range, whole numbers.

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
    while (first < beyond).any():
        middle = (first + beyond) // 2
        held = holds(middle) | (first >= beyond)
        first, beyond = np.where(held, first, middle + 1), np.where(held, middle, beyond)
    return first[()]
