"""One force against the other forces, whose counts are known too.

The force is never compared with a total that contains it. The pooled score test of a force against the rest equals the
test of the part against the whole with variance ``p (1 - p) (1/n - 1/N)``.
"""

from typing import NamedTuple

import numpy as np

from analysis.errors import InputError
from analysis.statistics.bisection import crossing
from analysis.statistics.checks import check_counts
from analysis.statistics.proportions import Interval, wilson_interval
from analysis.statistics.ranges import deciding_counts, smallest_and_largest
from analysis.statistics.verdicts import Score, critical_z, two_sided_p, verdict


class Estimate(NamedTuple):
    """An estimate and its limits, each a number or an array."""

    estimate: float
    low: float
    high: float


class RestComparison(NamedTuple):
    """A force against the rest."""

    rest_charged: Interval
    """Lowest and highest possible count of the rest."""
    rest_recorded: float
    z: float
    """Score statistic; NaN where the count is a range."""
    p: Interval
    """Smallest and largest score p-value over every possible count."""
    fisher_p: float
    """NaN where the count is a range."""
    difference: Estimate
    """Rate minus rate of the rest; over a range of counts without an estimate."""
    ratio: Estimate
    """Rate over rate of the rest; over a range of counts without an estimate."""
    verdict: str | None


def score_against_rest(charged, recorded, rest_charged, rest_recorded):
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


def fisher_p(charged, recorded, rest_charged, rest_recorded):
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

    return fisher_exact([[int(k), int(n - k)], [int(rest_k), int(rest_n - rest_k)]]).pvalue


def difference_interval(charged, recorded, rest_charged, rest_recorded, *, confidence=0.95):
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


def ratio_interval(charged, recorded, rest_charged, rest_recorded, *, confidence=0.95):
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


def compare_with_rest(low, high, recorded, rest_charged, rest_recorded, *, confidence=0.95):
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
        The verdict is the score test's over every possible count.

    Raises
    ------
    InputError
        For an impossible count or confidence, or ``low > high``.

    Examples
    --------
    >>> result = compare_with_rest(105, 105, 3654, 4781, 204257)
    >>> f"z {result.z:.2f}", result.verdict
    ('z 2.11', 'higher')
    """
    counts = deciding_counts(low, high, recorded, _rate(rest_charged, rest_recorded))
    return _compare(counts, recorded, np.full(counts.shape, float(rest_charged)), rest_recorded, confidence)


def compare_with_country(low, high, recorded, country_charged, country_recorded, *, confidence=0.95):
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
        The verdict is the score test's over every possible count.

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


def _rate(charged, recorded):
    """Return a rate at which a force is like the others; NaN where they have nothing recorded."""
    k, n = check_counts(charged, recorded)
    return k / n if n > 0 else np.nan


def _compare(counts, recorded, rest_counts, rest_recorded, confidence):
    """Compare each count of a force that decides with the count of the rest that goes with it.

    More charged in the force, and no more in the rest, raises z and all four limits (the tests hold this), so a range's
    limits are those of its two ends.
    """
    score = score_against_rest(counts, recorded, rest_counts, rest_recorded)
    exact = len(counts) == 1
    ends = counts[[0, -1]], recorded, rest_counts[[0, -1]], rest_recorded
    return RestComparison(
        rest_charged=Interval(rest_counts.min(), rest_counts.max()),
        rest_recorded=rest_recorded,
        z=score.z[0] if exact else np.nan,
        p=smallest_and_largest(score.p),
        fisher_p=fisher_p(counts[0], recorded, rest_counts[0], rest_recorded) if exact else np.nan,
        difference=_over_range(difference_interval(*ends, confidence=confidence), exact),
        ratio=_over_range(ratio_interval(*ends, confidence=confidence), exact),
        verdict=verdict(*score, confidence=confidence),
    )


def _over_range(ends, exact):
    """Return one estimate from those of the lowest and the highest count."""
    return Estimate(ends.estimate[0] if exact else np.nan, ends.low[0], ends.high[1])


def _ratio_excess(k, n, rest_k, rest_n, ratio, z):
    """How far the rates exceed what a ratio and z standard errors allow, at the rates most likely under that ratio."""
    total = n + rest_n
    likely = n * ratio + k + rest_n + rest_k * ratio
    rest_rate = 2 * (k + rest_k) / (likely + np.sqrt(np.maximum(likely**2 - 4 * total * ratio * (k + rest_k), 0)))
    rate = ratio * rest_rate
    variance = rate * (1 - rate) / n + ratio**2 * rest_rate * (1 - rest_rate) / rest_n
    return k / n - ratio * rest_k / rest_n - z * np.sqrt(np.maximum(variance, 0) * total / (total - 1))
