"""One force against the other forces, whose counts are known too.

The force is never compared with a total that contains it. The pooled score test of a force against the rest equals the
test of the part against the whole with variance ``p (1 - p) (1/n - 1/N)``.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.statistics.arrays import Floats
from analysis.statistics.checks import check_counts
from analysis.statistics.effect_sizes import Estimate, difference_interval, ratio_interval
from analysis.statistics.mid_p import mid_p_against_rest
from analysis.statistics.proportions import Interval
from analysis.statistics.ranges import deciding_counts, smallest_and_largest
from analysis.statistics.verdicts import Score, two_sided_p, verdict


class RestComparison(NamedTuple):
    """A force against the rest."""

    rest_charged: Interval
    """Lowest and highest possible count of the rest."""
    rest_recorded: float
    z: float
    """Score statistic; NaN where the count is a range."""
    p: Interval
    """Smallest and largest score p-value over every possible count."""
    mid_p: Interval
    """The same of the central mid-P value, which decides the verdict."""
    fisher_p: float
    """NaN where the count is a range."""
    difference: Estimate
    """Rate minus rate of the rest; over a range of counts without an estimate."""
    ratio: Estimate
    """Rate over rate of the rest; over a range of counts without an estimate."""
    verdict: str | None


def score_against_rest(
    charged: ArrayLike, recorded: ArrayLike, rest_charged: ArrayLike, rest_recorded: ArrayLike
) -> Score:
    """Return the pooled score test of a rate against that of the rest.

    Parameters
    ----------
    charged, recorded, rest_charged, rest_recorded : array_like
        Whole numbers, broadcast; NaN where unknown.

    Returns
    -------
    Score
        NaN where one side has nothing recorded. Where nobody, or everybody, is charged on both sides z is undefined,
        and p is 1: no counts of these sizes are more alike.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Agresti 2013, Categorical Data Analysis, section 3.2.1 (Pearson's X2 without continuity correction).

    Examples
    --------
    >>> z, p = score_against_rest(105, 3654, 4781, 204257)
    >>> f"z {z:.2f}, p {p:.3f}"
    'z 2.11, p 0.035'
    """
    k, n = check_counts(charged, recorded)
    rest_k, rest_n = check_counts(rest_charged, rest_recorded)
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (k + rest_k) / (n + rest_n)
        z = (k / n - rest_k / rest_n) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / rest_n))
    alike = (n > 0) & (rest_n > 0) & ((pooled == 0) | (pooled == 1))
    return Score(z, np.where(alike, 1.0, two_sided_p(z))[()])


def fisher_p(charged: float, recorded: float, rest_charged: float, rest_recorded: float) -> float:
    """Return Fisher's exact two-sided p-value of a force against the rest.

    Parameters
    ----------
    charged, recorded, rest_charged, rest_recorded : int
        Whole numbers; NaN where unknown.

    Returns
    -------
    float
        Sum over all tables no more probable than this one; NaN where one side has nothing recorded.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Fisher 1935, The Design of Experiments, chapter 2; `scipy.stats.fisher_exact`.

    Examples
    --------
    >>> f"{fisher_p(3, 4, 1, 4):.4f}"
    '0.4857'
    """
    k, n = check_counts(charged, recorded)
    rest_k, rest_n = check_counts(rest_charged, rest_recorded)
    if not (n > 0 and rest_n > 0 and k >= 0 and rest_k >= 0):
        return np.nan
    # Imported here because it takes longer than everything else in this layer together.
    from scipy.stats import fisher_exact

    table = np.array([[k, n - k], [rest_k, rest_n - rest_k]], int)
    return float(fisher_exact(table).pvalue)


def compare_with_rest(
    low: float, high: float, recorded: float, rest_charged: float, rest_recorded: float, *, confidence: float = 0.95
) -> RestComparison:
    """Return everything that one force's comparison with the rest says, where the rest does not contain the force.

    Parameters
    ----------
    low, high : int
        Lowest and highest possible count of the force; NaN where unknown.
    recorded : int
        At least `high`.
    rest_charged, rest_recorded : int
        Counts of the rest.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    RestComparison
        The verdict is the central mid-P test's over every possible count; the score test is its companion.

    Raises
    ------
    InputError
        For an impossible count or confidence, or ``low > high``.

    Examples
    --------
    >>> result = compare_with_rest(105, 105, 3654, 4781, 204257)
    >>> f"z {result.z:.2f}, mid-P {result.mid_p.low:.3f}", result.verdict
    ('z 2.11, mid-P 0.040', 'higher')
    """
    counts = deciding_counts(low, high, recorded, _rate(rest_charged, rest_recorded))
    return _compare(counts, recorded, np.full(counts.shape, float(rest_charged)), rest_recorded, confidence)


def compare_with_country(
    low: float,
    high: float,
    recorded: float,
    country_charged: float,
    country_recorded: float,
    *,
    confidence: float = 0.95,
) -> RestComparison:
    """Return everything that one force's comparison with the rest says, where the country contains the force.

    Parameters
    ----------
    low, high : int
        Lowest and highest possible count of the force; NaN where unknown.
    recorded : int
        At least `high`.
    country_charged, country_recorded : int
        Counts of the whole country; the force is subtracted, each possible count of it from the same total.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    RestComparison
        The verdict is the central mid-P test's over every possible count; the score test is its companion.

    Raises
    ------
    InputError
        For an impossible count or confidence, ``low > high``, or a country that cannot contain the force.

    Examples
    --------
    >>> result = compare_with_country(113, 113, 268, 11761, 28201)
    >>> f"p {result.p.low:.2f}", result.verdict
    ('p 0.88', 'not distinguishable')
    """
    counts = deciding_counts(low, high, recorded, _rate(country_charged, country_recorded))
    if high > country_charged or recorded - low > country_recorded - country_charged:
        count = f"{low}" if low == high else f"{low} to {high}"
        raise InputError(
            f"the country's {country_charged} of {country_recorded} cannot contain {count} of {recorded}: "
            "give the whole country's figures, or the rest's"
        )
    return _compare(counts, recorded, country_charged - counts, country_recorded - recorded, confidence)


def _rate(charged: float, recorded: float) -> float:
    """Return a rate at which a force is like the others; NaN where they have nothing recorded."""
    k, n = check_counts(charged, recorded)
    return float(k / n) if n > 0 else np.nan


def _compare(
    counts: Floats, recorded: float, rest_counts: Floats, rest_recorded: float, confidence: float
) -> RestComparison:
    """Compare each count of a force that decides with the count of the rest that goes with it.

    More charged in the force, and no more in the rest, raises z and all four limits (the tests hold this), so a range's
    limits are those of its two ends.
    """
    score = score_against_rest(counts, recorded, rest_counts, rest_recorded)
    test = mid_p_against_rest(counts, recorded, rest_counts, rest_recorded)
    exact = len(counts) == 1
    ends = counts[[0, -1]], recorded, rest_counts[[0, -1]], rest_recorded
    return RestComparison(
        rest_charged=Interval(rest_counts.min(), rest_counts.max()),
        rest_recorded=rest_recorded,
        z=np.ravel(score.z)[0] if exact else np.nan,
        p=smallest_and_largest(np.asarray(score.p)),
        mid_p=smallest_and_largest(np.asarray(test.p)),
        fisher_p=fisher_p(counts[0], recorded, rest_counts[0], rest_recorded) if exact else np.nan,
        difference=_over_range(difference_interval(*ends, confidence=confidence), exact),
        ratio=_over_range(ratio_interval(*ends, confidence=confidence), exact),
        verdict=verdict(test.side, test.p, confidence=confidence),
    )


def _over_range(ends: Estimate, exact: bool) -> Estimate:
    """Return one estimate from those of the lowest and the highest count."""
    estimate, low, high = np.array(ends)
    return Estimate(estimate[0] if exact else np.nan, low[0], high[1])
