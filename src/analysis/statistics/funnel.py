"""All forces against their common rate: the funnel.

The common rate contains the force, so a force's z here is smaller than against the rest, by the factor
``sqrt(1 - n/N)``: ``z_rest = z_funnel / sqrt(1 - n/N)`` exactly. A force may fall between the two.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from analysis.statistics.arrays import NOTHING, Floats, Number, Words
from analysis.statistics.checks import check_counts, check_whole

Z_95, Z_998 = ndtri(0.975), ndtri(0.999)


class FunnelLimits(NamedTuple):
    """Rates between which chance keeps 95%, and 99.8%, of forces; numbers or arrays."""

    low_95: Number
    high_95: Number
    low_998: Number
    high_998: Number


def funnel_z(
    charged: ArrayLike, recorded: ArrayLike, theta: Number, *, mu: float | None = None, tau2: float = 0.0
) -> Floats:
    """Return how many standard errors each rate lies from the common rate.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``; NaN where unknown.
    theta : float or numpy.ndarray
        The common rate, 0 to 1.
    mu, tau2 : float
        Mean rate and variance of the forces' own rates, where their usual spread is allowed for
        (`overdispersion.measure_overdispersion`).

    Returns
    -------
    numpy.ndarray or float
        ``(rate - mu) / sqrt(theta (1 - theta) / n + tau2)``, with `theta` for `mu` where that is not given; NaN where
        nothing is recorded, and where `theta` is 0 or 1 or NaN and no spread can be told.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Spiegelhalter 2005, Stat Med 24:1185; with tau2: Spiegelhalter 2005, Qual Saf Health Care 14:347.

    Examples
    --------
    >>> f"{funnel_z(105, 3654, 4886 / 207911):.2f}"
    '2.09'
    """
    k, n = check_counts(charged, recorded)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(theta * (1 - theta) / n + tau2)
        return np.where(error > 0, (k / n - (theta if mu is None else mu)) / error, np.nan)[()]


def funnel_limits(recorded: ArrayLike, theta: float, *, mu: float | None = None, tau2: float = 0.0) -> FunnelLimits:
    """Return the funnel's limits.

    Parameters
    ----------
    recorded : array_like
        Whole numbers; NaN where unknown.
    theta : float
        The common rate, 0 to 1.
    mu, tau2 : float
        As in `funnel_z`.

    Returns
    -------
    FunnelLimits
        Proportions, cut off at 0 and 1, each of the shape of `recorded`; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Spiegelhalter 2005, Stat Med 24:1185; with tau2: Spiegelhalter 2005, Qual Saf Health Care 14:347.

    Examples
    --------
    >>> limits = funnel_limits(268, 0.06)
    >>> f"{limits.low_95:.4f} to {limits.high_95:.4f}"
    '0.0316 to 0.0884'
    """
    n = check_whole(recorded, "recorded")
    error = np.sqrt(theta * (1 - theta) / np.where(n > 0, n, np.nan) + tau2)
    centre = theta if mu is None else mu
    return FunnelLimits(*(np.clip(centre + z * error, 0, 1) for z in (-Z_95, Z_95, -Z_998, Z_998)))


def outside(z: ArrayLike) -> Words | str | None:
    """Return which limits each force lies outside of.

    Parameters
    ----------
    z : array_like of float
        From `funnel_z`, alone or with the usual spread allowed for.

    Returns
    -------
    numpy.ndarray or str or None
        "99.8", "95", or None within both or unknown.

    Examples
    --------
    >>> outside([1.9, -2.5, 3.5, float("nan")]).tolist()
    [None, '95', '99.8', None]
    """
    distance = np.abs(z)
    return np.where(distance > Z_998, "99.8", np.where(distance > Z_95, "95", NOTHING))[()]
