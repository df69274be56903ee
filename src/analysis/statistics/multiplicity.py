"""P-values when many forces are compared at once."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arrays import Floats


def holm(p: ArrayLike) -> Floats:
    """Return p-values adjusted so that one false alarm among all of them has at most the stated chance.

    Parameters
    ----------
    p : array_like of float
        One a force; NaN where unknown, which counts as no test.

    Returns
    -------
    numpy.ndarray
        In the same order, at most 1; NaN where `p` is.

    References
    ----------
    Holm 1979, Scand J Stat 6:65.

    Examples
    --------
    >>> holm([0.01, float("nan"), 0.04, 0.03]).round(6)
    array([0.03,  nan, 0.06, 0.06])
    """
    p = np.asarray(p, float)
    # NaN sorts last, so the known ones keep their ranks.
    order = np.argsort(p)
    tests_left = np.count_nonzero(~np.isnan(p)) - np.arange(p.size)
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.maximum.accumulate(tests_left * p[order]), 1)
    return adjusted


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return p-values adjusted so that of the tests called at most the stated share are expected to be false.

    Parameters
    ----------
    p : array_like of float
        One a force; NaN where unknown, which counts as no test.

    Returns
    -------
    numpy.ndarray
        In the same order, at most 1; NaN where `p` is.

    References
    ----------
    Benjamini & Hochberg 1995, J R Stat Soc B 57:289.

    Examples
    --------
    >>> benjamini_hochberg([0.01, float("nan"), 0.04, 0.03]).round(6)
    array([0.03,  nan, 0.04, 0.04])
    """
    p = np.asarray(p, float)
    order = np.argsort(p)
    tests = np.count_nonzero(~np.isnan(p))
    each = p[order[:tests]] * tests / np.arange(1, tests + 1)
    adjusted = np.full(p.size, np.nan)
    adjusted[order[:tests]] = np.minimum(np.minimum.accumulate(each[::-1])[::-1], 1)
    return adjusted
