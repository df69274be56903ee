"""Rates that may be ranked or mapped: each force's own, drawn towards the others' as far as its counts are few.

Empirical Bayes: the spread between forces is estimated and then taken as known, so the limits are a little too narrow.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize, root
from scipy.special import betaincinv, betaln, expit, logit, psi, xlog1py, xlogy

from analysis.statistics.checks import check_counts, check_share
from analysis.statistics.overdispersion import FEWEST_FORCES

# Log-likelihood by which a spread must beat none at all; below it, the difference is rounding.
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
    a, b = _most_likely(k, n, theta)
    log_likelihood = ways + _log_likelihood(a, b, k, n)
    if log_likelihood - alike < LEAST_GAIN:
        return none
    return Spread(a, b, a / (a + b), 1 / (a + b + 1), log_likelihood)


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


def _log_likelihood(a, b, k, n):
    """Log-likelihood of Beta(a, b) but for a part that does not depend on it; `a`, `b` may be columns."""
    return np.sum(betaln(a + k, b + n - k) - betaln(a, b), axis=-1)


def _most_likely(k, n, theta):
    """Return a and b of the greatest likelihood."""

    def slopes(x):
        mu, size = expit(x[0]), np.exp(x[1])
        a, b = mu * size, (1 - mu) * size
        by_a = np.sum(psi(a + k) - psi(a) - psi(size + n) + psi(size))
        by_b = np.sum(psi(b + n - k) - psi(b) - psi(size + n) + psi(size))
        return np.array([a * (1 - mu) * (by_a - by_b), a * by_a + b * by_b])

    def loss(x):
        mu, size = expit(x[0]), np.exp(x[1])
        return -_log_likelihood(mu * size, (1 - mu) * size, k, n)

    # One large force at the common rate can hide a second, higher maximum, so the search starts at the best of a grid.
    sizes = np.logspace(-1, 6, 29)
    grid = sizes[:, np.newaxis]
    start = logit(theta), np.log(sizes[np.argmax(_log_likelihood(theta * grid, (1 - theta) * grid, k, n))])
    bounds = [(-30, 30), (-7, 20)]
    near = minimize(loss, start, jac=lambda x: -slopes(x), method="L-BFGS-B", bounds=bounds, options={"ftol": 0}).x
    # The likelihood is flat at its top and fixes only half of the digits; its slopes fix them all. Where they hardly
    # slope either (none or all charged in most forces) these steps may leave the top; then the first answer stays.
    with np.errstate(all="ignore"):
        exact = root(slopes, near, tol=1e-13).x
    mu, size = exact if np.allclose(exact, near, atol=0.1) and loss(exact) <= loss(near) + 1e-9 else near
    return expit(mu) * np.exp(size), expit(-mu) * np.exp(size)
