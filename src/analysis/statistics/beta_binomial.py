"""The likelihood of counts whose rates are drawn from Beta(a, b), and its slopes, exact also where a and b are huge.

A distribution is given by the logit `x` of its mean and the log `t` of its size a + b. Differences of log gamma
functions and of their derivatives are taken by Stirling's series where the functions would agree in all their digits.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln, psi

from analysis.statistics.arrays import Floats

SERIES_FROM = 50.0
"""Series in 1 / z are exact to all digits of a float from here."""


class Slopes(NamedTuple):
    """First and second derivatives of a log-likelihood by the logit of the mean and the log of the size."""

    x: Floats
    t: Floats
    xx: Floats
    xt: Floats
    tt: Floats


def shape(x: Floats, t: Floats) -> tuple[Floats, Floats]:
    """Return a and b of the distribution whose mean has the logit `x` and whose size has the log `t`.

    Parameters
    ----------
    x, t : array_like of float

    Returns
    -------
    tuple of numpy.ndarray or float

    Examples
    --------
    >>> a, b = shape(0.0, np.log(6))
    >>> f"{a:.1f} {b:.1f}"
    '3.0 3.0'
    """
    return expit(x) * np.exp(t), expit(np.negative(x)) * np.exp(t)


def log_rising(start: Floats, steps: Floats) -> Floats:
    """Return the log of ``start (start + 1) ... (start + steps - 1) / start**steps``, exact for large starts too.

    Parameters
    ----------
    start : numpy.ndarray of float
        Above 0.
    steps : numpy.ndarray of float
        Whole numbers from 0; broadcast.

    Returns
    -------
    numpy.ndarray

    References
    ----------
    Abramowitz & Stegun 1964, 6.1.41, whose large parts cancel on paper.

    Examples
    --------
    >>> f"{np.exp(log_rising(2.0, 3.0)):.1f}"
    '3.0'
    """
    end = start + steps
    series = (end - 0.5) * np.log1p(steps / start) - steps + (1 / end - 1 / start) / 12
    return np.where(start > 1000, series, gammaln(end) - gammaln(start) - steps * np.log(start))


def rises(start: Floats, steps: Floats) -> NDArray[np.float64]:
    """Return how much the first two derivatives of log gamma rise from `start` over whole steps.

    Parameters
    ----------
    start : numpy.ndarray of float
        One column, above 0.
    steps : numpy.ndarray of float
        One row, whole numbers from 0.

    Returns
    -------
    numpy.ndarray
        The rises of digamma and trigamma stacked, 2 x rows x columns; digamma to all digits, trigamma to six, enough
        for the direction of a step.

    References
    ----------
    Abramowitz & Stegun 1964, 6.3.18 and 6.4.12.

    Examples
    --------
    >>> rises(np.array([[2.0]]), np.array([2.0])).ravel().round(4)
    array([ 0.8333, -0.3611])
    """
    end = start + steps
    first = psi(end) - psi(start)
    large = start[:, 0] > SERIES_FROM
    if large.any():
        low, high = start[large], end[large]
        first[large] = np.log1p(steps / low) - _digamma_rest(high) + _digamma_rest(low)
    return np.stack([first, _trigamma(end) - _trigamma(start)])


def slopes(x: Floats, t: Floats, sums: Floats) -> Slopes:
    """Return the slopes of a log-likelihood from the summed rises of its three gamma functions.

    Parameters
    ----------
    x, t : numpy.ndarray of float
        One distribution each.
    sums : numpy.ndarray of float
        3 x 2 x distributions: `rises` of a by charged, b by not charged and a + b by recorded, summed over forces.

    Returns
    -------
    Slopes

    Examples
    --------
    >>> slopes(np.zeros(1), np.zeros(1), np.zeros((3, 2, 1))).x
    array([0.])
    """
    (a, b), mu = shape(x, t), expit(x)
    (a1, a2), (b1, b2), (s1, s2) = sums
    size, by_mean = a + b, a * (1 - mu)
    return Slopes(
        x=by_mean * (a1 - b1),
        t=a * a1 + b * b1 - size * s1,
        xx=by_mean**2 * (a2 + b2) + by_mean * (1 - 2 * mu) * (a1 - b1),
        xt=by_mean * (a1 - b1 + a * a2 - b * b2),
        tt=a * a1 + b * b1 - size * s1 + a**2 * a2 + b**2 * b2 - size**2 * s2,
    )


def _digamma_rest(z: Floats) -> Floats:
    """Return log z - digamma(z) for large z."""
    square = 1 / (z * z)
    return 1 / (2 * z) + square * (1 / 12 - square * (1 / 120 - square / 252))


def _trigamma(z: Floats) -> Floats:
    """Return the second derivative of log gamma, to six digits, by three steps up and the series there."""
    below = 1 / (z * z) + 1 / (z + 1) ** 2 + 1 / (z + 2) ** 2
    one = 1 / (z + 3)
    square = one * one
    return below + one * (1 + one / 2 + square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30))))
