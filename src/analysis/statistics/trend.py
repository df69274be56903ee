"""Whether one force's rate rises or falls over years."""

import numpy as np

from analysis.errors import InputError
from analysis.statistics.checks import check_counts
from analysis.statistics.verdicts import Score, two_sided_p

FEWEST_YEARS = 4
FEWEST_CHARGED = 10


def trend_test(charged, recorded, years):
    """Return the Cochran-Armitage test of a trend in a rate.

    Parameters
    ----------
    charged, recorded : array_like
        One year each; whole numbers, ``0 <= charged <= recorded``. Years with NaN or nothing recorded take no part.
    years : array_like of float
        When; any numbers that are further apart where the years are.

    Returns
    -------
    Score
        z above 0 where the rate rises, and its two-sided p-value. Where everybody is charged in every year z is
        undefined (NaN), and p is 1.

    Raises
    ------
    InputError
        For an impossible count, and for fewer than 4 different years or 10 charged: a trend cannot be told from those.

    References
    ----------
    Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics 11:375: the score test of the slope in a logistic model.

    Examples
    --------
    >>> z, p = trend_test([48, 38, 5, 1, 1], [17114, 14502, 793, 127, 38], [0, 0.5, 1.5, 4, 7])
    >>> f"X2 {z**2:.2f}, p {p:.4f}"
    'X2 6.57, p 0.0104'
    """
    k, n, when = np.broadcast_arrays(*check_counts(charged, recorded), np.asarray(years, float))
    known = (n > 0) & (k >= 0) & np.isfinite(when)
    k, n, when = k[known], n[known], when[known]
    if np.unique(when).size < FEWEST_YEARS or k.sum() < FEWEST_CHARGED:
        raise InputError(
            f"{k.sum():.0f} charged in {np.unique(when).size} known years show no trend: "
            f"give at least {FEWEST_CHARGED} charged and {FEWEST_YEARS} years"
        )
    rate = k.sum() / n.sum()
    if rate == 1:
        return Score(np.nan, 1.0)
    distance = when - n @ when / n.sum()
    z = distance @ (k - n * rate) / np.sqrt(rate * (1 - rate) * (n @ distance**2))
    return Score(z, two_sided_p(z))
