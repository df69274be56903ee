"""The four words a comparison can end with."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from analysis.statistics.checks import check_share

HIGHER, LOWER, NOT_DISTINGUISHABLE, DEPENDS = "higher", "lower", "not distinguishable", "depends"


class Score(NamedTuple):
    """A standard normal statistic and its two-sided p-value, each a number or an array."""

    z: float
    p: float


def two_sided_p(z):
    """Return the two-sided p-value of a standard normal statistic.

    Parameters
    ----------
    z : array_like of float

    Returns
    -------
    numpy.ndarray or float
        0 to 1; NaN where z is.

    Examples
    --------
    >>> round(float(two_sided_p(1.959964)), 6)
    0.05
    """
    return 2 * ndtr(-np.abs(z))


def critical_z(confidence):
    """Return the standard normal statistic beyond which a comparison counts.

    Parameters
    ----------
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    float
        Its two-sided p-value is ``1 - confidence``.

    Raises
    ------
    InputError
        For an impossible confidence.

    Examples
    --------
    >>> f"{critical_z(0.95):.6f}"
    '1.959964'
    """
    return -ndtri((1 - check_share(confidence, "confidence")) / 2)


def verdict(z, p, *, confidence=0.95):
    """Return the word for one comparison, or for a set of possible ones.

    Parameters
    ----------
    z : array_like of float
        One statistic, or one for every count and rate that is possible; its sign says on which side the force lies.
    p : array_like of float
        Their p-values.
    confidence : float
        Strictly between 0 and 1; a comparison counts where ``p < 1 - confidence``.

    Returns
    -------
    str or None
        "higher", "lower" or "not distinguishable" where all possible comparisons say so, "depends" where they say
        different things, None where one of them is unknown.

    Raises
    ------
    InputError
        For an impossible confidence.

    Examples
    --------
    >>> verdict([2.3, 2.0], [0.021, 0.046])
    'higher'
    >>> verdict([2.3, 1.9], [0.021, 0.057])
    'depends'
    """
    p = np.asarray(p, float)
    if np.isnan(p).any():
        return None
    sides = set(np.where(p < 1 - check_share(confidence, "confidence"), np.sign(z), 0).flat)
    if len(sides) > 1:
        return DEPENDS
    return {1: HIGHER, -1: LOWER, 0: NOT_DISTINGUISHABLE}[sides.pop()]
