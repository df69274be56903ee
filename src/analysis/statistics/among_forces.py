"""Is a force unusual, given how the other forces differ? Leave-one-out beta-binomial, corrected for estimated spread.

A force's count is set against the distribution that the other forces' counts show. Because that distribution is itself
estimated from m forces, the statistic is that of a prediction from m values, Student's t on m - 1 degrees of freedom.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtr, ndtri, stdtr, stdtrit

from analysis.statistics.arrays import Flags, Floats, Number, Words
from analysis.statistics.bisection import first_count
from analysis.statistics.checks import check_counts, check_whole
from analysis.statistics.leave_one_out import FEWEST_OTHERS, OtherForces, fit_all, fit_others
from analysis.statistics.multiplicity import benjamini_hochberg
from analysis.statistics.proportions import Interval
from analysis.statistics.tails import Tails, beta_binomial_tails, binomial_tails
from analysis.statistics.verdicts import ALPHA_95, outside_limits, unusual

FEWEST_EXPECTED = 5
"""A force is large enough where so many crimes are expected with the outcome, and so many without."""
FEWEST_LARGE = 10
"""With fewer other forces that are large enough they do not show how forces differ."""
ALPHA_HEADLINE = 0.025
"""A headline names a force whose Benjamini-Hochberg value is below this."""


class AmongForces(NamedTuple):
    """Each force against the distribution of the others, one element a force."""

    p: Floats
    """Two-sided, corrected for the estimated spread; NaN for a force that takes no part and where none can be told."""
    p_plugin: Floats
    """Central mid-P value as if the distribution were known; accuses too many."""
    side: Floats
    """Above 0 where the count is high for that distribution."""
    a: Floats
    b: Floats
    """Beta(a, b) of the other forces' own rates, as in `leave_one_out.OtherForces`."""
    others_large: Floats
    """m: other forces with at least 5 crimes expected with and 5 without the outcome."""
    large: Flags
    """Whether the force itself has as many."""
    judged: Flags
    """Whether "unusual" or "not unusual" can be said: the force is large, at least 10 others are, and p is known."""
    outside: Words
    """"99.8", "95", or None within both, or unknown."""
    verdict: Words
    """One of the words of `verdicts.unusual`; None for a force that takes no part and with fewer than ten others."""
    benjamini_hochberg: Floats
    """Of p, over the judged forces; NaN where not judged."""


def compare_among_forces(charged: ArrayLike, recorded: ArrayLike) -> AmongForces:
    """Return how unusual each force is, given how the others differ.

    Parameters
    ----------
    charged, recorded : array_like
        One force each, whole numbers, ``0 <= charged <= recorded``. Forces with NaN or nothing recorded take no part.
        The last axis is that of the forces that are compared with one another.

    Returns
    -------
    AmongForces

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Skellam 1948, J R Stat Soc B 10:257 (distribution); Lancaster 1961, J Am Stat Assoc 56:223 (mid-P); Benjamini &
    Hochberg 1995, J R Stat Soc B 57:289.

    Examples
    --------
    >>> found = compare_among_forces([5, 9, 2, 14, 7, 3, 11, 6, 40, 1, 4, 8], [100] * 12)
    >>> f"{found.p[8]:.4f}", found.outside[8], bool(found.judged[8])
    ('0.0008', '99.8', True)
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    others, large = fit_others(k, n), large_forces(k, n)
    tails = _tails(k, n, others)
    p_plugin = np.minimum(2 * np.minimum(*tails), 1)
    takes_part = (n > 0) & (k >= 0)
    others_large = np.where(takes_part, np.count_nonzero(large, axis=-1, keepdims=True) - large, np.nan)
    p = allow_for_estimated_spread(p_plugin, others_large)
    compared = takes_part & (np.count_nonzero(takes_part, axis=-1, keepdims=True) > FEWEST_OTHERS)
    judged = large & (others_large >= FEWEST_LARGE) & ~np.isnan(p)
    return AmongForces(
        p=p,
        p_plugin=p_plugin,
        side=tails.below - tails.above,
        a=others.a,
        b=others.b,
        others_large=others_large,
        large=large,
        judged=judged,
        outside=outside_limits(p),
        verdict=unusual(tails.below - tails.above, p, judged, compared),
        benjamini_hochberg=benjamini_hochberg(np.where(judged, p, np.nan)),
    )


def large_forces(charged: ArrayLike, recorded: ArrayLike) -> Flags:
    """Return which forces have at least 5 crimes expected with the outcome and 5 without, at the common rate.

    Parameters
    ----------
    charged, recorded : array_like
        As in `compare_among_forces`.

    Returns
    -------
    numpy.ndarray of bool
        False for a force that takes no part. Compared in whole numbers.

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> large_forces([5, 1, 4], [50, 40, 10])
    array([ True, False, False])
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    known: Flags = (n > 0) & (k >= 0)
    all_k, all_n = (np.sum(count, axis=-1, where=known, keepdims=True) for count in (k, n))
    enough: Flags = n * np.minimum(all_k, all_n - all_k) >= FEWEST_EXPECTED * all_n
    return np.logical_and(known, enough)


def allow_for_estimated_spread(p: ArrayLike, forces: ArrayLike) -> Floats:
    """Return p-values that allow for a distribution which was fitted to few forces.

    Parameters
    ----------
    p : array_like of float
        Two-sided p-values as if the distribution were known; NaN where unknown.
    forces : array_like of float
        m, the number of forces large enough to show the spread.

    Returns
    -------
    numpy.ndarray or float
        ``2 P(T > z sqrt((m - 1) / (m + 1)))`` with z the normal quantile of ``1 - p/2`` and Student's T on m - 1
        degrees of freedom: the statistic of a prediction from m values whose variance was fitted by maximum likelihood.
        NaN where m is below 2.

    Examples
    --------
    >>> f"{allow_for_estimated_spread(0.05, 43):.4f}"
    '0.0623'
    """
    m = np.asarray(forces, float)
    m = np.where(m >= 2, m, np.nan)
    z = ndtri(np.asarray(p, float) / 2)
    allowed: Floats = 2 * stdtr(m - 1, z * np.sqrt((m - 1) / (m + 1)))
    return allowed


def drawn_limits(charged: ArrayLike, recorded: ArrayLike, sizes: ArrayLike, *, alpha: float = ALPHA_95) -> Interval:
    """Return the rates between which a force of a given size is usual, to draw them over the forces' sizes.

    They explain the picture; whether a force is unusual is said by its own p, without its own count in the fit.

    Parameters
    ----------
    charged, recorded : array_like
        The page's forces, as in `compare_among_forces`.
    sizes : array_like
        Numbers of crimes at which the limits are wanted, whole, at least 1.
    alpha : float
        Share of ordinary forces outside.

    Returns
    -------
    Interval
        Proportions of the shape of `sizes`: where the mid-P distribution function, joined by straight lines between
        whole counts, takes the two values that `allow_for_estimated_spread` turns into `alpha`. NaN where the forces
        show no distribution, or fewer than three are large enough.

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> low, high = drawn_limits([5, 9, 2, 14, 7, 3, 11, 6, 20, 1, 4, 8], [100] * 12, [50, 500])
    >>> f"{high[0]:.3f} {high[1]:.3f}"
    '0.265 0.224'
    """
    n = check_whole(sizes, "sizes")
    k, all_n = np.broadcast_arrays(*check_counts(charged, recorded))
    tail = _plugin_alpha(alpha, int(large_forces(k, all_n).sum()) - 1) / 2
    a, b = fit_all(k, all_n)
    if np.isnan(tail) or np.isnan(a):
        return Interval(np.full(n.shape, np.nan), np.full(n.shape, np.nan))
    flat, known = n.ravel(), (all_n > 0) & (k >= 0)
    rate = np.full(flat.shape, k[known].sum() / all_n[known].sum())
    fitted = OtherForces(np.full(flat.shape, a), np.full(flat.shape, b), rate)
    low = _count_at(tail, flat, fitted) / flat
    mirrored = OtherForces(fitted.b, fitted.a, 1 - rate)
    high = 1 - _count_at(tail, flat, mirrored) / flat
    return Interval(low.reshape(n.shape), high.reshape(n.shape))


def usual_rates(charged: ArrayLike, recorded: ArrayLike, *, alpha: float = ALPHA_95) -> Interval:
    """Return the rates that ordinary forces would have if chance moved none: the band of a page's picture.

    Parameters
    ----------
    charged, recorded : array_like
        The page's forces, as in `compare_among_forces`; many pages at once along other axes.
    alpha : float
        Share of ordinary forces outside.

    Returns
    -------
    Interval
        One element a page. Quantiles of the Beta fitted to all forces, proportions, at the tails that `drawn_limits`
        has; they are where its limits go as forces grow. Both the common rate where the forces show no spread; NaN
        where they show no distribution, or fewer than eleven are large enough to judge one by the others.

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> low, high = usual_rates([50, 90, 20, 140, 70, 30, 110, 60, 200, 10, 40, 80], [1000] * 12)
    >>> f"{low:.3f} {high:.3f}"
    '0.004 0.249'
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    known, large = (n > 0) & (k >= 0), np.count_nonzero(large_forces(k, n), axis=-1)
    all_k, all_n = (np.sum(count, axis=-1, where=known) for count in (k, n))
    a, b = (np.where(large > FEWEST_LARGE, part, np.nan) for part in fit_all(k, n))
    tail = _plugin_alpha(alpha, large - 1) / 2
    alike = np.isinf(a)
    common = np.divide(all_k, all_n, out=np.full(alike.shape, np.nan), where=alike)
    return Interval(*(np.where(alike, common, betaincinv(a, b, end))[()] for end in (tail, 1 - tail)))


def _plugin_alpha(alpha: float, forces: ArrayLike) -> Floats:
    """Return the two-sided p that `allow_for_estimated_spread` turns into `alpha`; NaN for fewer than two forces."""
    m = np.asarray(forces, float)
    m = np.where(m >= 2, m, np.nan)
    found: Floats = 2 * ndtr(stdtrit(m - 1, alpha / 2) * np.sqrt((m + 1) / (m - 1)))
    return found


def _count_at(tail: Number, n: Floats, fitted: OtherForces) -> Floats:
    """Return where P(X < k) + P(X = k)/2, joined by straight lines, is `tail`; 0 where it is larger everywhere."""

    def below(count: Floats) -> Floats:
        return _tails(np.clip(count, 0, n), n, fitted).below

    upper = np.minimum(first_count(lambda count: below(count) >= tail, np.zeros_like(n), n), n)
    at, before = below(upper), below(upper - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(upper > 0, upper - (at - tail) / (at - before), 0.0)


def _tails(k: Floats, n: Floats, others: OtherForces) -> Tails:
    """Return each force's tails among the others: beta-binomial, or binomial where they have one rate."""
    k, n, a, b, rate = np.broadcast_arrays(k, n, *others)
    below, above = np.full(k.shape, np.nan), np.full(k.shape, np.nan)
    alike, spread = np.isinf(a), np.isfinite(a)
    below[alike], above[alike] = binomial_tails(k[alike], n[alike], rate[alike])
    below[spread], above[spread] = beta_binomial_tails(k[spread], n[spread], a[spread], b[spread])
    return Tails(below, above)
