"""Counts that are only known to lie in a range, and what becomes of a p-value over them."""

import numpy as np

from analysis.statistics.checks import check_counts, check_order
from analysis.statistics.proportions import Interval


def deciding_counts(low, high, recorded, rates):
    """Return the counts of a range that decide: among them are its smallest and largest p-value and every verdict.

    z grows with the count, so p is smallest at one end of the range and largest beside the count that the rate expects:
    for the score test at one of its two neighbours, for mid-P at most one further (the median lies between those two).

    Parameters
    ----------
    low, high : int
        Lowest and highest possible count; NaN where unknown.
    recorded : int
        At least `high`.
    rates : array_like of float
        The rates compared with; NaN where there is none.

    Returns
    -------
    numpy.ndarray
        Sorted, from `low` to `high`; one NaN where an end is unknown.

    Raises
    ------
    InputError
        For an impossible count, or ``low > high``.

    References
    ----------
    Hamza 1995, Stat Probab Lett 23:21, for the median.

    Examples
    --------
    >>> deciding_counts(0, 40, 40, 0.06)
    array([ 0.,  1.,  2.,  3.,  4., 40.])
    """
    check_counts([low, high], recorded)
    check_order(low, high, "charged")
    if np.isnan(low) or np.isnan(high):
        return np.array([np.nan])
    expected = np.ravel(recorded * np.asarray(rates))
    near = np.floor(expected[np.isfinite(expected)])[:, np.newaxis] + np.arange(-1, 3)
    return np.unique(np.clip([low, high, *near.flat], low, high))


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
