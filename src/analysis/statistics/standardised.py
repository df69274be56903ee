"""Is a force's rate what the other forces' rates give for the offences that it records? The standardised charge ratio.

Observed charges over those expected at the others' rates, offence by offence. Ratios of two forces weigh the offences
differently and are not ranked.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr

from analysis.statistics.among_forces import FEWEST_EXPECTED
from analysis.statistics.arrays import NOTHING, Flags, Floats, Words
from analysis.statistics.checks import check_counts
from analysis.statistics.leave_one_out import FEWEST_OTHERS
from analysis.statistics.multiplicity import benjamini_hochberg
from analysis.statistics.overdispersion import paule_mandel
from analysis.statistics.verdicts import TOO_FEW, critical_z, outside_limits, unusual, verdicts


class AmongRatios(NamedTuple):
    """Each force's ratio among the others', one element a force; NaN where unknown."""

    mu: Floats
    """Mean of the others' log ratios."""
    tau2: Floats
    """Their variance beyond chance."""
    t: Floats
    p: Floats
    judged: Flags
    outside: Words
    """"99.8", "95", or None within both, or unknown."""
    benjamini_hochberg: Floats
    """Of p, over the judged forces."""
    verdict: Words
    """One of the words of `verdicts.unusual`."""


class StandardisedRatio(NamedTuple):
    """Observed against expected charges, one element a force; NaN where nothing is known."""

    codes: Floats
    """Offences that count: those the force recorded, and others too."""
    codes_left_out: Floats
    """Offences that the force recorded and no other did."""
    recorded: Floats
    observed: Floats
    expected: Floats
    """At the others' rates for the offences that the force recorded."""
    variance: Floats
    """Of observed minus expected, that of the others' rates included."""
    z: Floats
    p: Floats
    """NaN where the others' rates, all 0 or 1, leave nothing to chance."""
    ratio: Floats
    """NaN where nothing is expected."""
    low: Floats
    high: Floats
    """NaN where the ratios that the test does not reject have no end, or do not hold the ratio itself."""
    verdict: Words
    """One of `verdicts.verdicts`; "too few" where fewer than 5 crimes are expected with the outcome, or without it, for
    which a normal statistic is no test. None where no offence counts."""
    expected_by_code: Floats
    """Forces by offences; NaN where an offence does not count."""
    among: AmongRatios


def standardise(charged: ArrayLike, recorded: ArrayLike, *, confidence: float = 0.95) -> StandardisedRatio:
    """Return every force's standardised charge ratio, and how unusual it is among the forces.

    Parameters
    ----------
    charged, recorded : array_like
        Forces by offences, whole numbers, ``0 <= charged <= recorded``; NaN where a total is unknown, which leaves the
        cell out on both sides.
    confidence : float
        Of the interval, strictly between 0 and 1.

    Returns
    -------
    StandardisedRatio
        The interval is that of the ratios which the score test does not reject; its lower end is 0 where none charged.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Breslow & Day 1987, Statistical Methods in Cancer Research II, section 2.3 (indirect standardisation); Fieller 1954,
    J R Stat Soc B 16:175 (limits as the roots of a quadratic).

    Examples
    --------
    >>> found = standardise([[5, 10], [20, 30], [10, 40]], [[100, 100], [200, 300], [200, 300]])
    >>> f"{found.expected[0]:.2f} {found.ratio[0]:.2f} ({found.low[0]:.2f} to {found.high[0]:.2f})"
    '19.17 0.78 (0.47 to 1.32)'
    """
    k, n = check_counts(charged, recorded)
    known = (n > 0) & (k >= 0)
    k, n = np.where(known, k, 0), np.where(known, n, 0)
    others_k, others_n = k.sum(axis=0) - k, n.sum(axis=0) - n
    counts = known & (others_n > 0)
    some = counts.any(axis=1)
    rate = np.divide(others_k, others_n, out=np.zeros(k.shape), where=counts)
    # How much the others' rates, which are counts too, add to a variance.
    share = np.divide(n, others_n, out=np.zeros(k.shape), where=counts)
    expected, chance = n * rate, n * rate * (1 - rate)
    observed, total = np.where(counts, k, 0).sum(axis=1), expected.sum(axis=1)
    variance = (chance * (1 + share)).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (observed - total) / np.sqrt(np.where(variance > 0, variance, np.nan))
        ratio = observed / np.where(total > 0, total, np.nan)
        low, high = _limits(observed, total, (expected * rate - chance * share).sum(axis=1), critical_z(confidence))
    p = 2 * ndtr(-np.abs(z))
    large = np.minimum(total, np.where(counts, n, 0).sum(axis=1) - total) >= FEWEST_EXPECTED
    return StandardisedRatio(
        codes=counts.sum(axis=1).astype(float),
        codes_left_out=(known & ~counts).sum(axis=1).astype(float),
        recorded=np.where(counts, n, 0).sum(axis=1),
        observed=observed,
        expected=total,
        variance=variance,
        z=z,
        p=p,
        ratio=ratio,
        low=low,
        high=high,
        verdict=np.where(some, np.where(large, verdicts(z, p, confidence=confidence), TOO_FEW), NOTHING),
        expected_by_code=np.where(counts, expected, np.nan),
        among=_among(ratio, variance / np.where(total > 0, total, np.nan) ** 2, large),
    )


def _limits(observed: Floats, expected: Floats, curvature: Floats, z: float) -> tuple[Floats, Floats]:
    """Return the ratios at which ``(O - ratio E)**2 = z**2 (ratio E - ratio**2 B)``; NaN where they are no interval.

    With few expected no ratio is too high for the test (the square's factor is not above 0), and at a ratio that would
    take more than all crimes of an offence the variance is none (O B > E**2), so that the ratio itself lies outside.
    """
    square, linear = expected**2 + z**2 * curvature, 2 * observed * expected + z**2 * expected
    beyond = expected**2 - observed * curvature
    root = z * np.sqrt(4 * observed * beyond + z**2 * expected**2)
    larger = np.where((square > 0) & (expected > 0) & (beyond >= 0), (linear + root) / 2, np.nan)
    # The smaller root from the larger, in which nothing cancels.
    return observed**2 / larger, larger / square


def _among(ratio: Floats, variance: Floats, large: Flags) -> AmongRatios:
    """Set each log ratio against the mean and the spread of the others' (Paule & Mandel 1982)."""
    with np.errstate(divide="ignore"):
        y = np.log(ratio)
    takes_part = np.isfinite(y) & (variance > 0)
    forces = np.count_nonzero(takes_part)
    mu, tau2, of_mu = (np.full(y.shape, np.nan) for _ in range(3))
    for i in np.flatnonzero(takes_part) if forces > FEWEST_OTHERS else []:
        others = takes_part.copy()
        others[i] = False
        mu[i], tau2[i] = paule_mandel(y[others], variance[others])
        of_mu[i] = 1 / np.sum(1 / (variance[others] + tau2[i]))
    with np.errstate(invalid="ignore"):
        t = (y - mu) / np.sqrt(variance + tau2 + of_mu)
    p = 2 * stdtr(forces - 2, -np.abs(t))
    judged = ~np.isnan(p) & large
    return AmongRatios(
        mu=mu,
        tau2=tau2,
        t=t,
        p=p,
        judged=judged,
        outside=outside_limits(p),
        benjamini_hochberg=benjamini_hochberg(np.where(judged, p, np.nan)),
        verdict=unusual(t, p, judged, ~np.isnan(p)),
    )
