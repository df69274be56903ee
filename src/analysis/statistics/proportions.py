"""The interval of a rate: Wilson, Clopper-Pearson, and how often any interval holds the true rate.

Closed forms on `scipy.special` and not `statsmodels.stats.proportion`: the values are the same (the tests compare
them), impossible counts are refused, the limits are exactly 0 and 1 at the ends, and `scipy.stats`, which takes longer
to import than everything computed here, is not loaded.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import betainccinv, betaincinv

from analysis.statistics.binomial import probability
from analysis.statistics.checks import check_counts, check_order, check_share
from analysis.statistics.verdicts import critical_z


class Interval(NamedTuple):
    """A lower and an upper limit, each a number or an array."""

    low: float
    high: float


class Coverage(NamedTuple):
    """How an interval behaves at one true rate, or at an array of them."""

    coverage: float
    """Chance that the interval holds the true rate."""
    below: float
    """Chance that it lies wholly below the true rate."""
    above: float
    """Chance that it lies wholly above the true rate."""
    expected_width: float
    """Its mean width."""


def wilson_interval(charged, recorded, *, confidence=0.95):
    """Return the Wilson score interval of a rate.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``, broadcast; NaN where unknown.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        Proportions. Exactly 0 below none charged, exactly 1 above all charged; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Wilson 1927, J Am Stat Assoc 22:209; Newcombe 1998, Stat Med 17:857, method 3.

    Examples
    --------
    >>> low, high = wilson_interval(21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0518 to 0.1168'
    """
    k, n = check_counts(charged, recorded)
    z = critical_z(confidence)
    weight = n + z**2
    centre = (k + z**2 / 2) / weight
    with np.errstate(invalid="ignore"):
        half = np.sqrt(k * (n - k) / n + z**2 / 4) * (z / weight)
    return Interval(*_exact_ends(k, n, centre - half, centre + half))


def clopper_pearson_interval(charged, recorded, *, confidence=0.95):
    """Return the Clopper-Pearson ("exact") interval of a rate, which is never too short.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``, broadcast; NaN where unknown.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        Proportions. Exactly 0 below none charged, exactly 1 above all charged; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Clopper & Pearson 1934, Biometrika 26:404, as quantiles of beta distributions.

    Examples
    --------
    >>> low, high = clopper_pearson_interval(21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0492 to 0.1173'
    """
    k, n = check_counts(charged, recorded)
    tail = (1 - check_share(confidence, "confidence")) / 2
    low = betaincinv(np.maximum(k, 1), np.maximum(n - k + 1, 1), tail)
    high = betainccinv(k + 1, np.maximum(n - k, 1), tail)
    return Interval(*_exact_ends(k, n, low, high))


def interval_of_range(low, high, recorded, *, confidence=0.95, interval=wilson_interval):
    """Return the interval of a rate whose count is only known to lie in a range.

    Both limits grow with the count, so it covers the interval of every count in the range.

    Parameters
    ----------
    low, high : array_like
        Lowest and highest possible count, whole numbers; NaN where unknown.
    recorded : array_like
        Whole numbers, at least `high`.
    confidence : float
        Strictly between 0 and 1.
    interval : callable
        The interval of a single count: `wilson_interval` or `clopper_pearson_interval`.

    Returns
    -------
    Interval
        From the lower limit of `low` to the upper limit of `high`.

    Raises
    ------
    InputError
        For an impossible count or confidence, or ``low > high``.

    References
    ----------
    Horowitz & Manski 2000, J Am Stat Assoc 95:77.

    Examples
    --------
    >>> low, high = interval_of_range(0, 4, 40)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0000 to 0.2305'
    """
    check_order(low, high, "charged")
    lowest = interval(low, recorded, confidence=confidence)
    highest = interval(high, recorded, confidence=confidence)
    return Interval(lowest.low, highest.high)


def exact_coverage(interval, recorded, rate, *, confidence=0.95):
    """Return how often an interval holds the true rate, summed over every possible count.

    Parameters
    ----------
    interval : callable
        Called as ``interval(charged, recorded, confidence=confidence)``; gives lower and upper limits.
    recorded : int
        Number of crimes, at least 1.
    rate : array_like of float
        True rates, strictly between 0 and 1.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Coverage
        Each part of the shape of `rate`.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence.

    References
    ----------
    Newcombe 1998, Stat Med 17:857, section 4.

    Examples
    --------
    >>> result = exact_coverage(wilson_interval, 268, 0.06)
    >>> f"{result.coverage:.4f}"
    '0.9479'
    """
    rates = check_share(rate, "rate")[..., np.newaxis]
    counts = np.arange(recorded + 1)
    low, high = interval(counts, recorded, confidence=confidence)
    chance = probability(counts, recorded, rates)
    below = (chance * (high < rates)).sum(axis=-1)
    above = (chance * (low > rates)).sum(axis=-1)
    return Coverage(1 - below - above, below, above, (chance * (high - low)).sum(axis=-1))


def _exact_ends(k, n, low, high):
    """Make the limits exactly 0 where none, exactly 1 where all are charged, and NaN where nothing is recorded."""
    known = np.where(n > 0, 0.0, np.nan)
    return np.where(k == 0, 0.0, low)[()] + known, np.where(k == n, 1.0, high)[()] + known
