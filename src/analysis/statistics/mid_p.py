"""The test behind every verdict: central mid-P, exact, against a published rate and against the other forces.

Half of the chance of the count itself goes to each side, and p is twice the smaller side. Both sides change in one
direction with the count and with the rate, so test and interval never disagree, and the ends of a range of rates decide
for all rates between them.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arrays import Floats
from analysis.statistics.bisection import crossing, first_count
from analysis.statistics.checks import check_counts, check_order, check_share
from analysis.statistics.proportions import Interval
from analysis.statistics.tails import Tails, binomial_above, binomial_below, binomial_tails, hypergeometric_tails
from analysis.statistics.verdicts import level


class MidP(NamedTuple):
    """A central mid-P test, numbers or arrays; NaN where it is unknown."""

    p: Floats
    """Two-sided p-value, at most 1. One that is too small for a float is 0, which is a test like any other."""
    side: Floats
    """``P(X < k) - P(X > k)``: above 0 where the count is high."""


def mid_p_against_rate(charged: ArrayLike, recorded: ArrayLike, rate: ArrayLike) -> MidP:
    """Return the central mid-P test of a force against a fixed rate.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``; NaN where unknown.
    rate : array_like of float
        The rate compared with, strictly between 0 and 1.

    Returns
    -------
    MidP
        Broadcast over the arguments; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count or rate.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223.

    Examples
    --------
    >>> test = mid_p_against_rate(21, 268, 0.06)
    >>> f"{test.p:.3f}", test.side > 0
    ('0.215', np.True_)
    """
    k, n = check_counts(charged, recorded)
    tails = binomial_tails(k, n, check_share(rate, "rate"))
    return _two_sided(Tails(*(np.where(n > 0, part, np.nan) for part in tails)))


def mid_p_against_rest(
    charged: ArrayLike, recorded: ArrayLike, rest_charged: ArrayLike, rest_recorded: ArrayLike
) -> MidP:
    """Return the central mid-P test of a force against the other forces, their total given.

    Parameters
    ----------
    charged, recorded, rest_charged, rest_recorded : array_like
        Whole numbers, broadcast; NaN where unknown. The rest does not contain the force.

    Returns
    -------
    MidP
        NaN where one side has nothing recorded. 1 where nobody, or everybody, is charged on both sides: only these
        counts are possible then.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223; the distribution of Fisher's exact test.

    Examples
    --------
    >>> test = mid_p_against_rest(105, 3654, 4781, 204257)
    >>> f"{test.p:.3f}"
    '0.040'
    """
    sides = (*check_counts(charged, recorded), *check_counts(rest_charged, rest_recorded))
    k, n, rest_k, rest_n = np.broadcast_arrays(*sides)
    known = (n > 0) & (rest_n > 0) & (k >= 0) & (rest_k >= 0)
    found = hypergeometric_tails(k[known], n[known], (k + rest_k)[known], (n + rest_n)[known])
    below, above = (np.full(k.shape, np.nan) for _ in found)
    below[known], above[known] = found
    return _two_sided(Tails(below, above))


def deciding_mid_p(test: Callable[[Floats], MidP], low: ArrayLike, high: ArrayLike) -> MidP:
    """Return a test at those counts of a range that decide: its smallest and largest p and every verdict are there.

    Parameters
    ----------
    test : callable
        Takes counts of the shape of `low` and returns their `MidP`; a larger count is never further down.
    low, high : array_like
        Lowest and highest possible count, whole numbers; NaN where unknown.

    Returns
    -------
    MidP
        With one axis more than `low`, the first, of length 4: the two ends, and the two counts between which the test
        changes its side, where p is largest. NaN where an end is unknown.

    Raises
    ------
    InputError
        If ``low > high``.

    Examples
    --------
    >>> found = deciding_mid_p(lambda charged: mid_p_against_rate(charged, 40, 0.06), 0, 40)
    >>> f"{found.p.min():.3f} to {found.p.max():.3f}"
    '0.000 to 0.866'
    """
    low, high = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
    check_order(low, high, "charged")
    turn = first_count(lambda count: test(np.minimum(count, high)).side > 0, low, high)
    counts = [low, np.clip(turn - 1, low, high), np.clip(turn, low, high), high]
    found = [test(count + 0 * (low + high)) for count in counts]
    return MidP(np.array([each.p for each in found]), np.array([each.side for each in found]))


def mid_p_interval(charged: ArrayLike, recorded: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Return the rates that the central mid-P test does not reject.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``; NaN where unknown.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        Exactly 0 below none charged, exactly 1 above all charged; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223; Newcombe 1998, Stat Med 17:857, method 6.

    Examples
    --------
    >>> low, high = mid_p_interval(21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0505 to 0.1153'
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    tail, zero = level(confidence) / 2, np.zeros(k.shape)
    low = crossing(lambda rate: tail - binomial_above(k, n, rate), zero, 1)
    high = crossing(lambda rate: binomial_below(k, n, rate) - tail, zero, 1)
    known = np.where((n > 0) & (k >= 0), 0.0, np.nan)
    return Interval((np.where(k == 0, 0.0, low) + known)[()], (np.where(k == n, 1.0, high) + known)[()])


def break_even_rates(low: ArrayLike, high: ArrayLike, recorded: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Return the rates from which no possible count of a force can be distinguished.

    Parameters
    ----------
    low, high : array_like
        Lowest and highest possible count, whole numbers; NaN where unknown.
    recorded : array_like
        At least `high`.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        From the mid-P limit below the highest count to the one above the lowest; outside, some count is higher or
        lower. Both NaN where the range of counts is too wide for any such rate.

    Raises
    ------
    InputError
        For an impossible count or confidence, or ``low > high``.

    Examples
    --------
    >>> low, high = break_even_rates(21, 21, 268)
    >>> f"{low:.5f} to {high:.5f}"
    '0.05047 to 0.11532'
    """
    check_order(low, high, "charged")
    lowest = mid_p_interval(high, recorded, confidence=confidence).low
    highest = mid_p_interval(low, recorded, confidence=confidence).high
    some = np.where(lowest <= highest, 0.0, np.nan)
    return Interval((lowest + some)[()], (highest + some)[()])


def _two_sided(tails: Tails) -> MidP:
    """Return twice the smaller side, and which one it is."""
    below, above = tails
    return MidP(np.minimum(2 * np.minimum(below, above), 1)[()], (below - above)[()])
