"""Rates that may be ranked or mapped: each force's own, drawn towards the others' as far as its counts are few.

Empirical Bayes: the spread between forces is estimated and then taken as known, so the limits are a little too narrow.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize, root
from scipy.special import betaincinv, betaln, expit, gammaln, logit, psi, xlog1py, xlogy

from analysis.statistics.checks import check_counts, check_share
from analysis.statistics.overdispersion import FEWEST_FORCES

# Log-likelihood by which a spread must beat none at all; below it, it could not be told from rounding.
LEAST_GAIN = 1e-6


class Spread(NamedTuple):
    """How the forces' own rates are distributed: Beta(a, b)."""

    a: float
    b: float
    """Both infinite where the forces show no spread that can be told from chance."""
    mu: float
    """Their mean, ``a / (a + b)``."""
    rho: float
    """``1 / (a + b + 1)``: 0 where all have the same rate."""
    log_likelihood: float


class Shrunk(NamedTuple):
    """Shrunken rates and their limits, one a force."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


def fit_beta_binomial(charged, recorded):
    """Return the distribution of the forces' own rates that makes their counts most likely.

    Parameters
    ----------
    charged, recorded : array_like
        One force each; whole numbers, ``0 <= charged <= recorded``. Forces with NaN or nothing recorded take no part.

    Returns
    -------
    Spread or None
        None with fewer than ten forces, from which no spread can be told.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Skellam 1948, J R Stat Soc B 10:257; the likelihood is that of `scipy.stats.betabinom`.

    Examples
    --------
    >>> spread = fit_beta_binomial([5, 9, 2, 14, 7, 3, 11, 6, 20, 1], [100] * 10)
    >>> f"{spread.mu:.4f} {spread.rho:.4f}"
    '0.0780 0.0344'
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    known = (n > 0) & (k >= 0)
    k, n = k[known], n[known]
    if n.size < FEWEST_FORCES:
        return None
    theta = k.sum() / n.sum()
    ways = -np.sum(np.log(n + 1) + betaln(k + 1, n - k + 1))
    alike = ways + np.sum(xlogy(k, theta) + xlog1py(n - k, -theta))
    none = Spread(np.inf, np.inf, theta, 0.0, alike)
    if theta in (0, 1):
        return none
    at = _most_likely(k, n, theta)
    gain = _gain(at, k, n, theta)
    if gain < LEAST_GAIN:
        return none
    a, b = _shape(at)
    return Spread(a, b, a / (a + b), 1 / (a + b + 1), alike + gain)


def shrink_rates(charged, recorded, *, confidence=0.95):
    """Return every force's rate drawn towards the others'.

    Parameters
    ----------
    charged, recorded : array_like
        One force each; whole numbers, ``0 <= charged <= recorded``; NaN where unknown.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Shrunk
        Mean and limits of the posterior Beta(a + charged, b + not charged). Where the forces show no spread: their
        common rate, without limits (NaN). All NaN for a force with nothing known, and with fewer than ten forces.

    Raises
    ------
    InputError
        For an impossible count or confidence.

    References
    ----------
    Casella 1985, Am Stat 39:83.

    Examples
    --------
    >>> rates = shrink_rates([5, 9, 2, 14, 7, 3, 11, 6, 20, 1], [100] * 10)
    >>> f"{rates.mean[8]:.3f} ({rates.low[8]:.3f} to {rates.high[8]:.3f})"
    '0.173 (0.113 to 0.243)'
    """
    tail = (1 - check_share(confidence, "confidence")) / 2
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    spread = fit_beta_binomial(k, n)
    known = (n > 0) & (k >= 0)
    if spread is None or spread.rho == 0:
        nothing = np.full(n.shape, np.nan)
        return Shrunk(nothing if spread is None else np.where(known, spread.mu, np.nan), nothing, nothing)
    a, b = np.where(known, spread.a + k, np.nan), np.where(known, spread.b + n - k, np.nan)
    return Shrunk(a / (a + b), betaincinv(a, b, tail), betaincinv(a, b, 1 - tail))


def _shape(at):
    """Return a and b of the distribution whose mean has the logit `at[0]` and whose ``a + b`` has the log `at[1]`."""
    return expit(at[0]) * np.exp(at[1]), expit(-at[0]) * np.exp(at[1])


def _gain(at, k, n, theta):
    """Return the log-likelihood above that of one rate `theta` for all; the second of `at` may be a column.

    Taken as one difference, because the two logarithms agree in all their digits where the spread is small.
    """
    a, b = _shape(at)
    spread = _log_rising(a, k) + _log_rising(b, n - k) - _log_rising(a + b, n)
    none = k.sum() * np.log(expit(at[0]) / theta) + (n - k).sum() * np.log(expit(-at[0]) / (1 - theta))
    return np.sum(spread, axis=-1) + none


def _log_rising(start, steps):
    """Return the log of ``start (start + 1) ... (start + steps - 1) / start**steps``, exact for large starts too.

    Beyond 1000 by Stirling's series (Abramowitz & Stegun 1964, 6.1.41), whose large parts cancel on paper.
    """
    end = start + steps
    series = (end - 0.5) * np.log1p(steps / start) - steps + (1 / end - 1 / start) / 12
    return np.where(start > 1000, series, gammaln(end) - gammaln(start) - steps * np.log(start))


def _most_likely(k, n, theta):
    """Return the logit of the mean and the log of ``a + b`` of the greatest likelihood."""

    def slopes(at):
        (a, b), mu = _shape(at), expit(at[0])
        size = a + b
        by_a = np.sum(psi(a + k) - psi(a) - psi(size + n) + psi(size))
        by_b = np.sum(psi(b + n - k) - psi(b) - psi(size + n) + psi(size))
        return np.array([a * (1 - mu) * (by_a - by_b), a * by_a + b * by_b])

    def loss(at):
        return -_gain(at, k, n, theta)

    # One large force at the common rate can hide a second, higher maximum, so the search starts at the best of a grid.
    sizes = np.log(np.logspace(-1, 6, 29))
    start = logit(theta), sizes[np.argmax(_gain((logit(theta), sizes[:, np.newaxis]), k, n, theta))]
    bounds = [(-30, 30), (-7, 20)]
    near = minimize(loss, start, jac=lambda at: -slopes(at), method="L-BFGS-B", bounds=bounds, options={"ftol": 0}).x
    # The likelihood is flat at its top and fixes only half of the digits; its slopes fix them all. Where they hardly
    # slope either (none or all charged in most forces) these steps may leave the top; then the first answer stays.
    with np.errstate(all="ignore"):
        exact = root(slopes, near, tol=1e-13).x
    return exact if np.allclose(exact, near, atol=0.1) and loss(exact) <= loss(near) + 1e-9 else near
