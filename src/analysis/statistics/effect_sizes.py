"""How far one rate is from another: their difference and their ratio, each with a score interval."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arrays import Floats, Number
from analysis.statistics.bisection import crossing
from analysis.statistics.checks import check_counts
from analysis.statistics.proportions import wilson_interval
from analysis.statistics.verdicts import critical_z


class Estimate(NamedTuple):
    """An estimate and its limits, each a number or an array."""

    estimate: Number
    low: Number
    high: Number


def difference_interval(
    charged: ArrayLike,
    recorded: ArrayLike,
    rest_charged: ArrayLike,
    rest_recorded: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """Return the difference between a rate and that of the rest with Newcombe's hybrid score interval.

    Parameters
    ----------
    charged, recorded, rest_charged, rest_recorded : array_like
        Whole numbers, broadcast; NaN where unknown.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Estimate
        Proportions, -1 to 1; NaN where one side has nothing recorded.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Newcombe 1998, Stat Med 17:873, method 10.

    Examples
    --------
    >>> difference, low, high = difference_interval(56, 70, 48, 80)
    >>> f"{difference:.2f} ({low:.4f} to {high:.4f})"
    '0.20 (0.0524 to 0.3339)'
    """
    own = wilson_interval(charged, recorded, confidence=confidence)
    rest = wilson_interval(rest_charged, rest_recorded, confidence=confidence)
    with np.errstate(invalid="ignore"):
        own_rate = np.asarray(charged, float) / np.asarray(recorded, float)
        rest_rate = np.asarray(rest_charged, float) / np.asarray(rest_recorded, float)
    difference = own_rate - rest_rate
    return Estimate(
        difference,
        difference - np.hypot(own_rate - own.low, rest.high - rest_rate),
        difference + np.hypot(own.high - own_rate, rest_rate - rest.low),
    )


def ratio_interval(
    charged: ArrayLike,
    recorded: ArrayLike,
    rest_charged: ArrayLike,
    rest_recorded: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """Return the ratio of a rate to that of the rest with its score interval.

    Parameters
    ----------
    charged, recorded, rest_charged, rest_recorded : array_like
        Whole numbers, broadcast; NaN where unknown.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Estimate
        The ratio is infinite where only the rest has none charged, and undefined (NaN) where neither has any. The lower
        limit is 0 where the force has none charged, the upper infinite where the rest has none. All NaN where one side
        has nothing recorded.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    Notes
    -----
    `statsmodels.stats.proportion.confint_proportions_2indep` gives the same limits, but one row at a time, and raises
    where a side has none or all charged.

    References
    ----------
    Koopman 1984, Biometrics 40:513; Miettinen & Nurminen 1985, Stat Med 4:213, equation 10.

    Examples
    --------
    >>> ratio, low, high = ratio_interval(56, 70, 48, 80)
    >>> f"{ratio:.2f} ({low:.4f} to {high:.4f})"
    '1.33 (1.0790 to 1.6721)'
    """
    sides = (*check_counts(charged, recorded), *check_counts(rest_charged, rest_recorded))
    k, n, rest_k, rest_n = np.broadcast_arrays(*sides)
    z = critical_z(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = (k / n) / (rest_k / rest_n)
        # Bisected on the logarithm, which no possible ratio takes beyond 60.
        middle = np.nan_to_num(np.log(ratio), posinf=60, neginf=-60)
        low = np.exp(crossing(lambda log: _ratio_excess(k, n, rest_k, rest_n, np.exp(log), z), -60, middle))
        high = np.exp(crossing(lambda log: _ratio_excess(k, n, rest_k, rest_n, np.exp(log), -z), middle, 60))
    known = np.where((n > 0) & (rest_n > 0) & (k >= 0) & (rest_k >= 0), 0.0, np.nan)
    return Estimate(ratio[()], np.where(k == 0, 0.0, low)[()] + known, np.where(rest_k == 0, np.inf, high)[()] + known)


def _ratio_excess(k: Floats, n: Floats, rest_k: Floats, rest_n: Floats, ratio: Floats, z: float) -> Floats:
    """How far the rates exceed what a ratio and z standard errors allow, at the rates most likely under that ratio."""
    total = n + rest_n
    likely = n * ratio + k + rest_n + rest_k * ratio
    rest_rate = 2 * (k + rest_k) / (likely + np.sqrt(np.maximum(likely**2 - 4 * total * ratio * (k + rest_k), 0)))
    rate = ratio * rest_rate
    variance = rate * (1 - rate) / n + ratio**2 * rest_rate * (1 - rest_rate) / rest_n
    return k / n - ratio * rest_k / rest_n - z * np.sqrt(np.maximum(variance, 0) * total / (total - 1))
