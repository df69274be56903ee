"""One force against a published rate, where the counts behind that rate are not known.

A published rate is often rounded or belongs to another time, so that only a range of rates can be given. The rates from
which a count cannot be distinguished form one interval (Wilson's), and a larger count moves it up. So a verdict that
holds at both ends of a range holds at every rate between them.
"""

from typing import NamedTuple

import numpy as np

from analysis.statistics.checks import check_counts, check_order, check_share
from analysis.statistics.mid_p import mid_p_against_rate
from analysis.statistics.power import ChargesToTurn, Detectable, detectable
from analysis.statistics.proportions import Interval, wilson_interval
from analysis.statistics.ranges import deciding_counts, smallest_and_largest
from analysis.statistics.verdicts import HIGHER, LOWER, Score, critical_z, two_sided_p, verdict


class RateComparison(NamedTuple):
    """A force against a published rate or a range of rates."""

    z: float
    """Score statistic; NaN where the count or the rate is a range."""
    p: Interval
    """Smallest and largest score p-value over every possible count, at both ends of the rates."""
    mid_p: Interval
    """The same of the central mid-P value."""
    verdict: str | None
    break_even: Interval
    charges_to_turn: ChargesToTurn
    detectable: Detectable


def score_against_rate(charged, recorded, rate):
    """Return the score test of a rate against a fixed one.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``; NaN where unknown.
    rate : array_like of float
        The rate compared with, strictly between 0 and 1.

    Returns
    -------
    Score
        Broadcast over the arguments; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count or rate.

    References
    ----------
    Agresti 2013, Categorical Data Analysis, section 1.4.1; the test that Wilson's interval inverts.

    Examples
    --------
    >>> z, p = score_against_rate(21, 268, 0.06)
    >>> f"z {z:.2f}, p {p:.3f}"
    'z 1.27, p 0.206'
    """
    k, n = check_counts(charged, recorded)
    rate = check_share(rate, "rate")
    with np.errstate(invalid="ignore"):
        z = (k - n * rate) / np.sqrt(n * rate * (1 - rate))
    return Score(z, two_sided_p(z))


def mid_p(charged, recorded, rate):
    """Return the central mid-P value of a rate against a fixed one.

    Parameters
    ----------
    charged, recorded : array_like
        Whole numbers, ``0 <= charged <= recorded``; NaN where unknown.
    rate : array_like of float
        The rate compared with, strictly between 0 and 1.

    Returns
    -------
    numpy.ndarray or float
        ``2 min(P(X > k) + P(X = k)/2, P(X < k) + P(X = k)/2)``; NaN where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count or rate.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223.

    Examples
    --------
    >>> f"{mid_p(21, 268, 0.06):.3f}"
    '0.215'
    """
    return mid_p_against_rate(charged, recorded, rate).p


def break_even(low, high, recorded, *, confidence=0.95):
    """Return the rates from which no possible count can be distinguished.

    Parameters
    ----------
    low, high : int
        Lowest and highest possible count; NaN where unknown.
    recorded : int
        At least `high`.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Interval
        From Wilson's lower limit of the highest count to his upper limit of the lowest; outside, some count is higher
        or lower. Both NaN where the range of counts is too wide for any such rate.

    Raises
    ------
    InputError
        For an impossible count or confidence, or ``low > high``.

    Examples
    --------
    >>> low, high = break_even(21, 21, 268)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0518 to 0.1168'
    >>> break_even(0, 40, 40)
    Interval(low=nan, high=nan)
    """
    check_order(low, high, "charged")
    rates = Interval(
        wilson_interval(high, recorded, confidence=confidence).low,
        wilson_interval(low, recorded, confidence=confidence).high,
    )
    return rates if rates.low <= rates.high else Interval(np.nan, np.nan)


def charges_to_turn(charged, recorded, national_low, national_high, *, confidence=0.95):
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
        0 where the verdict already stands, None where no count of `recorded` reaches it.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence, or a range whose lower end comes second.

    Examples
    --------
    >>> charges_to_turn(21, 268, 0.06, 0.06)
    ChargesToTurn(higher=3, lower=13)
    """
    k, n = check_counts(charged, recorded)
    check_order(national_low, national_high, "the published rate")
    if not n > 0 or np.isnan(k):
        return ChargesToTurn(None, None)
    higher = _counts_with(HIGHER, n, national_high, confidence)
    lower = _counts_with(LOWER, n, national_low, confidence)
    return ChargesToTurn(
        max(0, int(higher.min() - k)) if higher.size else None,
        max(0, int(k - lower.max())) if lower.size else None,
    )


def compare_with_rate(low, high, recorded, national_low, national_high, *, confidence=0.95):
    """Return everything that one force's comparison with a published rate says.

    Parameters
    ----------
    low, high : int
        Lowest and highest possible count; NaN where unknown.
    recorded : int
        At least `high`.
    national_low, national_high : float
        Ends of the published rate, strictly between 0 and 1; equal where it is one number.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    RateComparison
        The verdict is the score test's, over every possible count and both ends of the rates; `charges_to_turn` counts
        from `low`. All unknown where the count is, or where nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence, or a range whose lower end comes second.

    Examples
    --------
    >>> result = compare_with_rate(21, 21, 268, 0.055, 0.065)
    >>> result.verdict, f"p {result.p.low:.3f} to {result.p.high:.3f}"
    ('not distinguishable', 'p 0.093 to 0.375')
    """
    check_order(national_low, national_high, "the published rate")
    rates = np.array([[national_low], [national_high]])
    counts = deciding_counts(low, high, recorded, rates)
    score = score_against_rate(counts, recorded, rates)
    exact = low == high and national_low == national_high
    return RateComparison(
        z=score.z[0, 0] if exact else np.nan,
        p=smallest_and_largest(score.p),
        mid_p=smallest_and_largest(mid_p(counts, recorded, rates)),
        verdict=verdict(*score, confidence=confidence),
        break_even=break_even(low, high, recorded, confidence=confidence),
        charges_to_turn=charges_to_turn(low, recorded, national_low, national_high, confidence=confidence),
        detectable=detectable(recorded, national_low, national_high, confidence=confidence),
    )


def _counts_with(word, n, rate, confidence):
    """Return counts with that verdict against one rate; if there are any, the one nearest to the rate is among them."""
    margin = critical_z(confidence) * np.sqrt(n * rate * (1 - rate))
    edge = np.floor(n * rate + (margin if word == HIGHER else -margin))
    # The edge decides but for its last bit, so the neighbours are put to the test itself.
    counts = np.arange(max(0, edge - 2), min(n, edge + 3) + 1)
    return counts[[verdict(*score_against_rate(k, n, rate), confidence=confidence) == word for k in counts]]
