"""One force against a published rate, where the counts behind that rate are not known.

A published rate is often rounded or belongs to another time, so that only a range of rates can be given. The rates from
which a count cannot be distinguished form one interval (that of the central mid-P test), and a larger count moves it
up. So a verdict that holds at both ends of a range holds at every rate between them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.checks import check_counts, check_order, check_share
from analysis.statistics.mid_p import break_even_rates, mid_p_against_rate
from analysis.statistics.power import ChargesToTurn, Detectable, charges_to_turn, detectable
from analysis.statistics.proportions import Interval
from analysis.statistics.ranges import deciding_counts, smallest_and_largest
from analysis.statistics.verdicts import Score, two_sided_p, verdict


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


def score_against_rate(charged: ArrayLike, recorded: ArrayLike, rate: ArrayLike) -> Score:
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
    p = check_share(rate, "rate")
    with np.errstate(invalid="ignore"):
        z = (k - n * p) / np.sqrt(n * p * (1 - p))
    return Score(z, two_sided_p(z))


def compare_with_rate(
    low: float, high: float, recorded: float, national_low: float, national_high: float, *, confidence: float = 0.95
) -> RateComparison:
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
        The verdict is the central mid-P test's, over every possible count and both ends of the rates; the score test
        is its companion; `charges_to_turn` counts from `low`. All unknown where the count is, or nothing is recorded.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence, or a range whose lower end comes second.

    Examples
    --------
    >>> result = compare_with_rate(21, 21, 268, 0.055, 0.065)
    >>> result.verdict, f"p {result.mid_p.low:.3f} to {result.mid_p.high:.3f}"
    ('not distinguishable', 'p 0.108 to 0.374')
    """
    check_order(national_low, national_high, "the published rate")
    rates = np.array([[national_low], [national_high]])
    counts = deciding_counts(low, high, recorded, rates)
    score = score_against_rate(counts, recorded, rates)
    test = mid_p_against_rate(counts, recorded, rates)
    exact = low == high and national_low == national_high
    return RateComparison(
        z=np.ravel(score.z)[0] if exact else np.nan,
        p=smallest_and_largest(np.asarray(score.p)),
        mid_p=smallest_and_largest(test.p),
        verdict=verdict(test.side, test.p, confidence=confidence),
        break_even=break_even_rates(low, high, recorded, confidence=confidence),
        charges_to_turn=charges_to_turn(low, recorded, national_low, national_high, confidence=confidence),
        detectable=detectable(recorded, national_low, national_high, confidence=confidence),
    )
