"""How much forces differ beyond chance, and how much of that is usual."""

from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc

from analysis.statistics.checks import check_counts, check_share
from analysis.statistics.funnel import funnel_z

FEWEST_FORCES = 10
"""With fewer forces the spread between them cannot be told, so none is given."""


class Overdispersion(NamedTuple):
    """How much forces differ; a number that cannot be computed is NaN, one that is not given for few forces is None."""

    forces: int
    """Forces with a known count and something recorded."""
    charged: int
    recorded: int
    theta: float
    """The common rate: pooled over these forces, or the one given."""
    x2: float
    """Sum of squared funnel z."""
    degrees: int
    x2_p: float
    phi: float | None
    """`x2` for each force: 1 where forces differ by chance alone."""
    tau2: float | None
    """Variance of the forces' own rates."""
    mu: float | None
    """Their mean."""


def measure_overdispersion(charged, recorded, *, theta=None):
    """Return how much forces differ beyond chance.

    Parameters
    ----------
    charged, recorded : array_like
        One force each; whole numbers, ``0 <= charged <= recorded``. Forces with NaN or nothing recorded take no part.
    theta : float, optional
        A common rate from elsewhere, strictly between 0 and 1. Without it the forces' pooled rate, which costs X2 one
        degree of freedom.

    Returns
    -------
    Overdispersion
        X2 and what follows are NaN where nobody, or everybody, is charged: then there is no chance to compare with.

    Raises
    ------
    InputError
        For an impossible count or rate.

    References
    ----------
    Spiegelhalter 2005, Qual Saf Health Care 14:347 (phi); Paule & Mandel 1982, J Res NBS 87:377 (tau2 and mu).

    Examples
    --------
    >>> result = measure_overdispersion([21, 69, 60], [268, 1201, 866])
    >>> f"X2 {result.x2:.2f} on {result.degrees}", result.tau2
    ('X2 2.18 on 2', None)
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    known = (n > 0) & (k >= 0)
    k, n = k[known], n[known]
    if theta is None:
        rate, degrees = k.sum() / n.sum() if n.size else np.nan, max(n.size - 1, 0)
    else:
        rate, degrees = check_share(theta, "theta")[()], n.size
    x2 = np.sum(funnel_z(k, n, rate) ** 2)
    enough = n.size >= FEWEST_FORCES
    mu, tau2 = paule_mandel(k / n, rate * (1 - rate) / n) if enough else (None, None)
    return Overdispersion(
        forces=n.size,
        charged=int(k.sum()),
        recorded=int(n.sum()),
        theta=rate,
        x2=x2 if n.size else np.nan,
        degrees=degrees,
        x2_p=chdtrc(degrees, x2) if degrees else np.nan,
        phi=x2 / n.size if enough else None,
        tau2=tau2,
        mu=mu,
    )


def paule_mandel(rates, variances):
    """Return mean and variance of forces' own rates, seen through their sampling errors.

    Parameters
    ----------
    rates : array_like of float
        Observed rates, one a force.
    variances : array_like of float
        Their sampling variances, above 0.

    Returns
    -------
    tuple of float
        Mean, and the variance between forces that makes the weighted sum of squares equal its expectation, 0 where the
        forces differ by no more than chance. NaN where a rate is NaN, or a sampling variance 0 or NaN.

    Notes
    -----
    `statsmodels.stats.meta_analysis.combine_effects` takes the same steps, but stops at 1e-5 of the equation, and gives
    0 where rounding carries the last step past the solution.

    References
    ----------
    Paule & Mandel 1982, J Res NBS 87:377; steps of DerSimonian & Kacker 2007, Contemp Clin Trials 28:105, appendix.

    Examples
    --------
    >>> mu, tau2 = paule_mandel([0.02, 0.04, 0.09], [0.0001, 0.0001, 0.0001])
    >>> f"{mu:.3f} {tau2:.6f}"
    '0.050 0.001200'
    """
    rates, variances = np.asarray(rates), np.asarray(variances)
    if not ((variances > 0) & np.isfinite(rates)).all():
        return np.nan, np.nan
    tau2 = 0.0
    while True:
        weights = 1 / (variances + tau2)
        mu = weights @ rates / weights.sum()
        squares = (rates - mu) ** 2
        # Newton's steps on a falling convex function come from the left and never pass the solution but by rounding.
        step = (weights @ squares - (len(rates) - 1)) / (weights**2 @ squares) if squares.any() else 0.0
        if not step > 1e-14 * tau2:
            return mu, tau2
        tau2 += step
