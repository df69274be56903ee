"""P-values when many forces are compared at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.statistics.arrays import Floats


def holm(p: ArrayLike) -> Floats:
    """Return p-values adjusted so that one false alarm among all of them has at most the stated chance.

    Parameters
    ----------
    p : array_like of float
        One a force, the last axis; NaN where unknown, which counts as no test.

    Returns
    -------
    numpy.ndarray
        Of the same shape, at most 1; NaN where `p` is.

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
    order = np.argsort(p, axis=-1)
    tests_left = np.count_nonzero(~np.isnan(p), axis=-1, keepdims=True) - np.arange(p.shape[-1])
    adjusted = np.maximum.accumulate(tests_left * np.take_along_axis(p, order, axis=-1), axis=-1)
    return _in_order_of(order, np.minimum(adjusted, 1))


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return p-values adjusted so that of the tests called at most the stated share are expected to be false.

    Parameters
    ----------
    p : array_like of float
        One a force, the last axis; NaN where unknown, which counts as no test.

    Returns
    -------
    numpy.ndarray
        Of the same shape, at most 1; NaN where `p` is.

    References
    ----------
    Benjamini & Hochberg 1995, J R Stat Soc B 57:289.

    Examples
    --------
    >>> benjamini_hochberg([0.01, float("nan"), 0.04, 0.03]).round(6)
    array([0.03,  nan, 0.04, 0.04])
    """
    p = np.asarray(p, float)
    # NaN sorts last, and of it and a number `fmin` takes the number.
    order = np.argsort(p, axis=-1)
    tests = np.count_nonzero(~np.isnan(p), axis=-1, keepdims=True)
    each = np.take_along_axis(p, order, axis=-1) * tests / np.arange(1, p.shape[-1] + 1)
    adjusted = np.fmin.accumulate(each[..., ::-1], axis=-1)[..., ::-1]
    return _in_order_of(order, np.minimum(adjusted, 1))


def _in_order_of(order: NDArray[np.intp], values: Floats) -> Floats:
    """Put sorted values back to where they came from."""
    found = np.empty(values.shape)
    np.put_along_axis(found, order, values, axis=-1)
    return found
