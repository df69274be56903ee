"""Intervals that the project does not use, kept so that their coverage can be shown beside Wilson's."""

import numpy as np

from analysis.statistics.checks import check_counts
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


def _around(centre, size, confidence):
    """Return centre plus and minus its normal margin, cut off at 0 and 1."""
    half = critical_z(confidence) * np.sqrt(centre * (1 - centre) / size)
    return Interval(np.maximum(centre - half, 0), np.minimum(centre + half, 1))
