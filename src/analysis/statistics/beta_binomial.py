"""The likelihood of counts whose rates are drawn from Beta(a, b), and its slopes, exact also where a and b are huge.

A distribution is given by the logit `x` of its mean and the log `t` of its size a + b. Differences of log gamma
functions and of their derivatives are taken by Stirling's series where the functions would agree in all their digits.
"""

from typing import NamedTuple

import numpy as np
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
    # A start is mostly that of many rises: what it alone decides is worked out once for each.
    start = np.asarray(start, float)
    start_at, by_itself, log_start, steps = np.broadcast_arrays(start, gammaln(start), np.log(start), steps)
    found = np.empty(steps.shape)
    large = start_at > 1000
    at, rise = start_at[large], steps[large]
    end = at + rise
    found[large] = (end - 0.5) * np.log1p(rise / at) - rise + (1 / end - 1 / at) / 12
    at, rise = start_at[~large], steps[~large]
    found[~large] = gammaln(at + rise) - by_itself[~large] - rise * log_start[~large]
    return found


def rises(start: Floats, steps: Floats) -> Floats:
    """Return how much the first two derivatives of log gamma rise from `start` over whole steps.

    Parameters
    ----------
    start : numpy.ndarray of float
        Above 0; its last axis has length 1.
    steps : numpy.ndarray of float
        Whole numbers from 0; as many axes as `start`.

    Returns
    -------
    numpy.ndarray
        The rises of digamma and trigamma stacked, with one axis more than the broadcast arguments, the first; digamma
        to all digits, trigamma to six, enough for the direction of a step.

    References
    ----------
    Abramowitz & Stegun 1964, 6.3.18 and 6.4.12.

    Examples
    --------
    >>> rises(np.array([2.0]), np.array([2.0])).ravel().round(4)
    array([ 0.8333, -0.3611])
    """
    start_at, steps = np.broadcast_arrays(start, steps)
    found = np.empty((2, *steps.shape))
    large = start[..., 0] > SERIES_FROM
    for some, rise in ((large, _large_rises), (~large, _small_rises)):
        if some.any():
            found[:, some] = rise(start_at[some][:, :1], steps[some])
    return found


def slopes(x: Floats, t: Floats, sums: Floats) -> Slopes:
    """Return the slopes of a log-likelihood from the summed rises of its three gamma functions.

    Parameters
    ----------
    x, t : numpy.ndarray of float
        One distribution each.
    sums : numpy.ndarray of float
        2 x 3 x distributions: `rises` of a by charged, b by not charged and a + b by recorded, summed over forces.

    Returns
    -------
    Slopes

    Examples
    --------
    >>> slopes(np.zeros(1), np.zeros(1), np.zeros((2, 3, 1))).x
    array([0.])
    """
    (a, b), mu = shape(x, t), expit(x)
    (a1, b1, s1), (a2, b2, s2) = sums
    size, by_mean = a + b, a * (1 - mu)
    return Slopes(
        x=by_mean * (a1 - b1),
        t=a * a1 + b * b1 - size * s1,
        xx=by_mean**2 * (a2 + b2) + by_mean * (1 - 2 * mu) * (a1 - b1),
        xt=by_mean * (a1 - b1 + a * a2 - b * b2),
        tt=a * a1 + b * b1 - size * s1 + a**2 * a2 + b**2 * b2 - size**2 * s2,
    )


def _large_rises(start: Floats, steps: Floats) -> Floats:
    """Return the rises by the series in 1 / z."""
    at, end = 1 / start, 1 / (start + steps)
    first = np.log1p(steps * at) - _digamma_rest(end) + _digamma_rest(at)
    return np.stack([first, _trigamma_series(end) - _trigamma_series(at)])


def _small_rises(start: Floats, steps: Floats) -> Floats:
    """Return the rises from the functions themselves."""
    end = start + steps
    return np.stack([psi(end) - psi(start), _trigamma(end) - _trigamma(start)])


def _digamma_rest(one: Floats) -> Floats:
    """Return log z - digamma(z) for a large z = 1 / one."""
    square = one * one
    return one / 2 + square * (1 / 12 - square * (1 / 120 - square / 252))


def _trigamma(z: Floats) -> Floats:
    """Return the second derivative of log gamma, to six digits, by three steps up and the series there."""
    return 1 / (z * z) + 1 / np.square(z + 1) + 1 / np.square(z + 2) + _trigamma_series(1 / (z + 3))


def _trigamma_series(one: Floats) -> Floats:
    """Return the second derivative of log gamma at z = 1 / one."""
    square = one * one
    return one * (1 + one / 2 + square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30))))
