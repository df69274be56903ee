"""Counts that are only known to lie in a range, and what becomes of a p-value over them."""

import numpy as np

from analysis.statistics.checks import check_counts, check_order
from analysis.statistics.proportions import Interval


def possible_counts(low, high, recorded):
    """Return every whole number of a range of counts.

    Parameters
    ----------
    low, high : int
        Lowest and highest possible count; NaN where unknown.
    recorded : int
        At least `high`.

    Returns
    -------
    numpy.ndarray
        One NaN where an end is unknown.

    Raises
    ------
    InputError
        For an impossible count, or ``low > high``.

    Examples
    --------
    >>> possible_counts(3, 5, 40)
    array([3., 4., 5.])
    """
    check_counts([low, high], recorded)
    check_order(low, high, "charged")
    if np.isnan(low) or np.isnan(high):
        return np.array([np.nan])
    return np.arange(low, high + 1, dtype=float)


def smallest_and_largest(p):
    """Return the smallest and the largest of several p-values, both NaN where one is unknown.

    Parameters
    ----------
    p : numpy.ndarray

    Returns
    -------
    Interval

    Examples
    --------
    >>> low, high = smallest_and_largest(np.array([0.3, 0.1, 0.2]))
    >>> f"{low} to {high}"
    '0.1 to 0.3'
    """
    return Interval(p.min(), p.max())
