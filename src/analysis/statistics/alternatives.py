"""Intervals that the project does not use, kept so that their coverage can be shown beside Wilson's."""

import numpy as np

from analysis.statistics.binomial import at_least, fewer_than
from analysis.statistics.bisection import crossing
from analysis.statistics.checks import check_counts, check_share
from analysis.statistics.proportions import Interval
from analysis.statistics.verdicts import critical_z


def wald_interval(charged, recorded, *, confidence=0.95):
    """Return the textbook interval, which has no width where none or all are charged.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``, ``recorded >= 1``.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        Cut off at 0 and 1.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Newcombe 1998, Stat Med 17:857, method 1.

    Examples
    --------
    >>> low, high = wald_interval(21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0462 to 0.1105'
    """
    k, n = check_counts(charged, recorded)
    return _around(k / n, n, confidence)


def agresti_coull_interval(charged, recorded, *, confidence=0.95):
    """Return the textbook interval after adding about two charged and two not charged.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``, ``recorded >= 1``.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        Cut off at 0 and 1.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Agresti & Coull 1998, Am Stat 52:119.

    Examples
    --------
    >>> low, high = agresti_coull_interval(21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0513 to 0.1173'
    """
    k, n = check_counts(charged, recorded)
    added = critical_z(confidence) ** 2
    return _around((k + added / 2) / (n + added), n + added, confidence)


def mid_p_interval(charged, recorded, *, confidence=0.95):
    """Return the rates that the central mid-P test does not reject.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``, ``recorded >= 1``.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        Exactly 0 below none charged, exactly 1 above all charged.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223; Newcombe 1998, Stat Med 17:857, method 6.

    Examples
    --------
    >>> low, high = mid_p_interval(21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0505 to 0.1153'
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    tail = (1 - check_share(confidence, "confidence")) / 2
    low = crossing(lambda rate: 2 * tail - at_least(k, n, rate) - at_least(k + 1, n, rate), np.zeros(k.shape), 1)
    high = crossing(lambda rate: fewer_than(k, n, rate) + fewer_than(k + 1, n, rate) - 2 * tail, np.zeros(k.shape), 1)
    return Interval(np.where(k == 0, 0.0, low)[()], np.where(k == n, 1.0, high)[()])


def _around(centre, size, confidence):
    """Return centre plus and minus its normal margin, cut off at 0 and 1."""
    half = critical_z(confidence) * np.sqrt(centre * (1 - centre) / size)
    return Interval(np.maximum(centre - half, 0), np.minimum(centre + half, 1))
