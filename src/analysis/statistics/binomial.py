"""Exact binomial probabilities, also for hundreds of thousands of crimes.

Tails are incomplete beta functions (Johnson, Kemp & Kotz 2005, equation 3.37), each computed from its own end, so
that a tail of 1e-30 is as exact as one of 0.3.
"""

import numpy as np
from scipy.special import betainc, betaincc, gammaln, xlog1py, xlogy


def probability(charged, recorded, rate):
    """Return the chance of exactly so many charged.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``.
    rate : array_like of float
        The true rate, 0 to 1.

    Returns
    -------
    numpy.ndarray or float
        P(X = charged), broadcast over the arguments.

    Examples
    --------
    >>> round(float(probability(1, 2, 0.5)), 12)
    0.5
    """
    k, n = np.asarray(charged), np.asarray(recorded)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.exp(ways + xlogy(k, rate) + xlog1py(n - k, np.negative(rate)))


def at_least(charged, recorded, rate):
    """Return the chance of so many charged or more.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers; `charged` may also be ``recorded + 1``, which has the chance 0.
    rate : array_like of float
        The true rate, 0 to 1.

    Returns
    -------
    numpy.ndarray or float
        P(X >= charged), broadcast over the arguments; NaN where a count is NaN.

    Examples
    --------
    >>> round(float(at_least(1, 2, 0.5)), 12)
    0.75
    """
    return _tail(betainc, charged, recorded, rate, sure=1.0)


def fewer_than(charged, recorded, rate):
    """Return the chance of fewer charged than so many.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers; `charged` may also be ``recorded + 1``, which has the chance 1.
    rate : array_like of float
        The true rate, 0 to 1.

    Returns
    -------
    numpy.ndarray or float
        P(X < charged), broadcast over the arguments; NaN where a count is NaN.

    Examples
    --------
    >>> round(float(fewer_than(1, 2, 0.5)), 12)
    0.25
    """
    return _tail(betaincc, charged, recorded, rate, sure=0.0)


def _tail(incomplete_beta, charged, recorded, rate, sure):
    """Evaluate one tail; `sure` is its value where every possible count is charged 0 or more."""
    k, n = np.asarray(charged, float), np.asarray(recorded, float)
    tail = incomplete_beta(np.maximum(k, 1), np.maximum(n - k + 1, 1), rate)
    return np.where(k <= 0, sure, np.where(k > n, 1 - sure, tail))[()]
