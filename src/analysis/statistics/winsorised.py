"""The usual allowance for forces' spread, which the project does not use, kept to show what it does.

Every z beyond the lowest or highest tenth is pulled in to that tenth's before the spread is read from them.
"""

import numpy as np
from scipy.special import ndtr

from analysis.statistics.bisection import crossing
from analysis.statistics.checks import check_counts
from analysis.statistics.funnel import funnel_z

WINSORISED = 0.1
"""Share of forces at each end whose z is pulled in to the next one's (Spiegelhalter 2005)."""


def winsorised_tau2(charged, recorded):
    """Return the variance between forces that is read from the excess of the winsorised mean square over 1.

    Parameters
    ----------
    charged, recorded : array_like
        One force each, whole numbers, ``0 <= charged <= recorded``, ``recorded >= 1``.

    Returns
    -------
    float
        0 or more.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Spiegelhalter 2005, Qual Saf Health Care 14:347.

    Examples
    --------
    >>> f"{winsorised_tau2([21, 69, 60, 9], [268, 1201, 866, 40]):.5f}"
    '0.00033'
    """
    k, n = check_counts(charged, recorded)
    theta = k.sum() / n.sum()
    z = funnel_z(k, n, theta)
    phi = (np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED])) ** 2).mean()
    weights = n / (theta * (1 - theta))
    excess = z.size * phi - (z.size - 1)
    return max(0.0, excess / (weights.sum() - (weights**2).sum() / weights.sum()))


def winsorised_limit(variances, tau2):
    """Return the variance between forces that winsorising finds among very many, when it really is `tau2`.

    Parameters
    ----------
    variances : array_like of float
        Sampling variances of the forces' rates, above 0; forces of each are equally common.
    tau2 : float
        True variance of their own, normally distributed, rates.

    Returns
    -------
    float
        What `winsorised_tau2` tends to as forces of these sizes are added; solved, not simulated.

    Examples
    --------
    >>> f"{winsorised_limit([1.0], 4.0):.3f}"
    '2.393'
    """
    variances = np.asarray(variances)
    spread = np.sqrt(1 + tau2 / variances)
    edge = crossing(lambda z: 1 - WINSORISED - ndtr(z / spread).mean(), 0.0, 10 * spread.max())
    phi = (spread**2 * winsorised_square(edge / spread)).mean()
    return max(0.0, float((phi - 1) / (1 / variances).mean()))


def winsorised_square(edge):
    """Return the mean square of a standard normal whose values beyond plus and minus `edge` are pulled in to it.

    Parameters
    ----------
    edge : array_like of float
        0 or more.

    Returns
    -------
    numpy.ndarray or float
        From 0 to 1, of the shape of `edge`.

    Examples
    --------
    >>> f"{winsorised_square(1.2815515655):.4f}"
    '0.6787'
    """
    density = np.exp(-(edge**2) / 2) / np.sqrt(2 * np.pi)
    return 2 * ndtr(edge) - 1 - 2 * edge * density + 2 * edge**2 * ndtr(-edge)
