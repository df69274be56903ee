"""Cases without an outcome on the day of the figures: which forces have too many to be compared, and two readings.

"Never" takes no open case to end in the outcome, "as closed" takes them to end as the closed ones did; the two are no
bounds. Where they lead to different verdicts, the verdict depends on the open cases.
"""

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.statistics.arrays import Flags, Floats
from analysis.statistics.checks import check_counts, check_whole

SCREENED_SHARE = 5
"""A screened force has more than one in so many of its cases open,"""
SCREENED_TIMES = 3
"""and more than so many times the share of all forces together,"""
SCREENED_FEWEST = 10
"""and at least so many open cases."""


def screen_open_cases(recorded: ArrayLike, open_cases: ArrayLike) -> Flags:
    """Return which forces have so many open cases that their counts so far say little.

    Parameters
    ----------
    recorded, open_cases : array_like
        One force each, the last axis, whole numbers; NaN where unknown.

    Returns
    -------
    numpy.ndarray of bool
        Compared in whole numbers with all forces whose two numbers are known, the force included; False where unknown.

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> screen_open_cases([1195, 3654, 9216], [918, 30, 800])
    array([ True, False, False])
    """
    n, u = np.broadcast_arrays(check_whole(recorded, "recorded"), check_whole(open_cases, "open"))
    known: Flags = ~np.isnan(n) & ~np.isnan(u)
    all_n, all_u = (np.sum(count, axis=-1, where=known, keepdims=True) for count in (n, u))
    many: Flags = (SCREENED_SHARE * u > n) & (u * all_n > SCREENED_TIMES * all_u * n) & (u >= SCREENED_FEWEST)
    return np.logical_and(known, many)


def count_closed(charged: ArrayLike, recorded: ArrayLike, open_cases: ArrayLike) -> Floats:
    """Return how many cases are closed.

    Parameters
    ----------
    charged, recorded, open_cases : array_like
        One force each, whole numbers; NaN where unknown.

    Returns
    -------
    numpy.ndarray
        NaN where unknown.

    Raises
    ------
    InputError
        For an impossible count, and where more are charged than closed.

    Examples
    --------
    >>> count_closed([13], [1195], [918])
    array([277.])
    """
    k, n = check_counts(charged, recorded)
    k, n, u = np.broadcast_arrays(k, n, check_whole(open_cases, "open"))
    if (wrong := k > n - u).any():
        at = np.flatnonzero(wrong)[0]
        raise InputError(
            f"{k.flat[at]:.0f} of {n.flat[at]:.0f} are charged and {u.flat[at]:.0f} open: "
            "an open case has no outcome, so the two cannot be more than are recorded"
        )
    closed: Floats = n - u
    return closed
