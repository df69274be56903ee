"""Which true rates a number of crimes could have told apart: exact power of the central mid-P test.

Every count is enumerated through the binomial tails; nothing is approximated or simulated.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainccinv, betaincinv, ndtri

from analysis.errors import InputError
from analysis.statistics.arrays import Flags, Floats, Indices
from analysis.statistics.binomial import at_least, fewer_than
from analysis.statistics.bisection import first_count
from analysis.statistics.checks import check_counts, check_order, check_share, check_whole
from analysis.statistics.tails import binomial_above, binomial_below
from analysis.statistics.verdicts import is_below, level


class Detectable(NamedTuple):
    """True rates beyond which a force would be told apart with a given power; None where no rate reaches it."""

    low: float | None
    high: float | None
    power: float


class ChargesToTurn(NamedTuple):
    """How many charges more, or fewer, first make the verdict "higher", or "lower"; None where no number does."""

    higher: int | None
    lower: int | None


def power_of_mid_p(recorded: float, rate: float, true_rate: ArrayLike, *, confidence: float = 0.95) -> Floats:
    """Return the chance that the two-sided mid-P test tells a true rate from a fixed one.

    Parameters
    ----------
    recorded : int
        Number of crimes.
    rate : float
        The rate compared with, strictly between 0 and 1.
    true_rate : array_like of float
        True rates, strictly between 0 and 1.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    numpy.ndarray or float
        Of the shape of `true_rate`, either direction counted; NaN where `recorded` is 0 or NaN.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223, for the test.

    Examples
    --------
    >>> f"{power_of_mid_p(268, 0.06, 0.10):.4f}"
    '0.6725'
    """
    n, true_rate = check_whole(recorded, "recorded"), check_share(true_rate, "true rate")
    if not n > 0:
        return np.full(true_rate.shape, np.nan)[()]
    highest_low, lowest_high = told_apart(n, rate, rate, confidence=confidence)
    return at_least(lowest_high, n, true_rate) + fewer_than(highest_low + 1, n, true_rate)


def detectable(
    recorded: float, national_low: float, national_high: float, *, confidence: float = 0.95, power: float = 0.8
) -> Detectable:
    """Return the true rates beyond which a force would be told from every rate in a range.

    Parameters
    ----------
    recorded : int
        Number of crimes; NaN where unknown.
    national_low, national_high : float
        Ends of the published rate, strictly between 0 and 1; equal where it is one number.
    confidence : float
        Strictly between 0 and 1.
    power : float
        Strictly between ``1 - confidence`` and 1.

    Returns
    -------
    Detectable
        `high`: the smallest true rate that the mid-P test would find above all of them with that power; `low`: the
        largest that it would find below. The count that suffices is a quantile, so both are quantiles of a beta
        distribution. None where not even all, or none, charged would do.

    Raises
    ------
    InputError
        For an impossible count, rate, confidence or power.

    Examples
    --------
    >>> low, high, power = detectable(268, 0.06, 0.06)
    >>> f"{low:.4f} or {high:.4f}"
    '0.0241 or 0.1075'
    """
    n = check_whole(recorded, "recorded")
    check_order(national_low, national_high, "the published rate")
    if check_share(power, "power") <= 1 - check_share(confidence, "confidence"):
        raise InputError(
            f"at a confidence of {confidence:g} chance alone tells rates apart with a power of {1 - confidence:g}, not "
            f"below the {power:g} asked for: raise the confidence above {1 - power:g}"
        )
    if not n > 0:
        return Detectable(None, None, power)
    highest_low, lowest_high = told_apart(n, national_low, national_high, confidence=confidence)
    return Detectable(
        low=float(betainccinv(highest_low + 1, n - highest_low, power)) if highest_low >= 0 else None,
        high=float(betaincinv(lowest_high, n - lowest_high + 1, power)) if lowest_high <= n else None,
        power=power,
    )


def charges_to_turn(
    charged: float, recorded: float, national_low: float, national_high: float, *, confidence: float = 0.95
) -> ChargesToTurn:
    """Return how many charges more, or fewer, would first set a force apart from every rate in a range.

    Parameters
    ----------
    charged, recorded : int
        ``0 <= charged <= recorded``; NaN where unknown.
    national_low, national_high : float
        Ends of the published rate, strictly between 0 and 1; equal where it is one number.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    ChargesToTurn
        By the mid-P test. 0 where the verdict already stands, None where no count of `recorded` reaches it.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence, or a range whose lower end comes second.

    Examples
    --------
    >>> charges_to_turn(21, 268, 0.06, 0.06)
    ChargesToTurn(higher=4, lower=13)
    """
    k, n = check_counts(charged, recorded)
    check_order(national_low, national_high, "the published rate")
    if not n > 0 or np.isnan(k):
        return ChargesToTurn(None, None)
    highest_low, lowest_high = told_apart(n, national_low, national_high, confidence=confidence)
    return ChargesToTurn(
        higher=max(0, int(lowest_high - k)) if lowest_high <= n else None,
        lower=max(0, int(k - highest_low)) if highest_low >= 0 else None,
    )


def told_apart(
    recorded: ArrayLike, rate_low: float, rate_high: float, *, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the largest count that the mid-P test finds below one rate, and the smallest that it finds above another.

    Parameters
    ----------
    recorded : array_like
        Numbers of crimes, whole.
    rate_low, rate_high : float
        The two rates, strictly between 0 and 1; equal where there is one.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    tuple of numpy.ndarray or float
        Of the shape of `recorded`; the first is -1 and the second ``recorded + 1`` where there is none.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223, for the test.

    Examples
    --------
    >>> told_apart([10, 268], 0.06, 0.06)
    (array([-1.,  8.]), array([ 3., 25.]))
    """
    n = check_whole(recorded, "recorded")
    error = level(confidence)
    lower, upper = check_share(rate_low, "rate"), check_share(rate_high, "rate")
    none, turn_up, turn_down = np.zeros_like(n), _quantile(n, upper, error), _quantile(n, 1 - lower, error)
    above = first_count(lambda k: is_below(2 * binomial_above(k, n, upper), error), none, n, turn_up)
    from_top = first_count(lambda m: is_below(2 * binomial_below(n - m, n, lower), error), none, n, turn_down)
    return n - from_top, above


def _quantile(recorded: Floats, rate: Floats, error: float) -> Floats:
    """Return about the count above which half of `error` lies (Cornish & Fisher 1938, first term)."""
    z, skew = -ndtri(error / 2), 1 - 2 * rate
    about: Floats = np.ceil(recorded * rate + z * np.sqrt(recorded * rate * (1 - rate)) + (z**2 - 1) * skew / 6)
    return about


def crimes_to_tell(
    true_rates: Sequence[float], rate_low: float, rate_high: float, *, power: float = 0.8, most: int = 6000
) -> list[int | None]:
    """Return how many crimes it takes until the mid-P test tells each of some rates from a range of others.

    Parameters
    ----------
    true_rates : sequence of float
        Proportions outside the range.
    rate_low, rate_high : float
        Ends of the range, strictly between 0 and 1; equal where it is one number.
    power : float
        Chance with which the test at 5% must tell it.
    most : int
        Largest number of crimes looked at.

    Returns
    -------
    list of int or None
        The number from which on the chance never falls short, up to `most`; it goes up and down a little as crimes are
        added, so fewer may do too. None where `most` are too few.

    Raises
    ------
    InputError
        For an impossible rate.

    Examples
    --------
    >>> crimes_to_tell([0.10, 0.061], 0.06, 0.06)
    [364, None]
    """
    sizes = np.arange(1, most + 1)
    below, above = told_apart(sizes, rate_low, rate_high)
    chances = [
        at_least(above, sizes, rate) if rate > rate_high else fewer_than(below + 1, sizes, rate) for rate in true_rates
    ]
    return [_from_then_on(sizes, chance >= power) for chance in chances]


def _from_then_on(sizes: Indices, suffices: Flags) -> int | None:
    """Return the size from which on all suffice; None if the largest does not."""
    short = np.flatnonzero(~suffices)
    at = int(short[-1]) + 1 if short.size else 0
    return int(sizes[at]) if at < sizes.size else None
