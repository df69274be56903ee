"""P-values when many forces are compared at once."""

import numpy as np


def holm(p):
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
    p = np.asarray(p)
    # NaN sorts last, so the known ones keep their ranks.
    order = np.argsort(p)
    tests_left = np.count_nonzero(~np.isnan(p)) - np.arange(p.size)
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.maximum.accumulate(tests_left * p[order]), 1)
    return adjusted
