"""Whether a force's rate rises or falls over years, when years differ for reasons of their own.

A logistic model of the rate with one slope, whose standard error is widened by as much as the years scatter around it
more than chance. The Cochran-Armitage test (`trend`) lacks that and calls most trendless series a trend.
"""

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, stdtr

from analysis.errors import InputError
from analysis.statistics.arrays import Flags, Floats
from analysis.statistics.checks import check_counts
from analysis.statistics.open_cases import count_closed
from analysis.statistics.trend import FEWEST_CHARGED, FEWEST_YEARS
from analysis.statistics.verdicts import over_readings, over_years

TOLERANCE = 1e-12
"""Of the fit's deviance; the library's own leaves a p good to five digits only."""


class Slope(NamedTuple):
    """A slope on the logit scale for each unit of time; NaN where it cannot be told."""

    years: int
    """Years that take part."""
    degrees: int
    slope: float
    standard_error: float
    """With the scatter between years."""
    pearson_x2: float
    scale: float
    """Pearson's X2 over its degrees of freedom, at least 1."""
    t: float
    p: float


class Trend(NamedTuple):
    """One force's rate over years."""

    slope: Slope
    common_x2: float
    """Of the years around one common rate."""
    common_p: float
    verdict: str
    """One of the words of `verdicts.over_years`."""


def fit_trend(charged: ArrayLike, recorded: ArrayLike, years: ArrayLike) -> Trend:
    """Return whether a rate rises or falls over years.

    Parameters
    ----------
    charged, recorded : array_like
        One year each; whole numbers, ``0 <= charged <= recorded``. Years with NaN or nothing recorded take no part.
    years : array_like of float
        When; any numbers that are further apart where the years are.

    Returns
    -------
    Trend
        p on Student's t with two degrees of freedom fewer than years. With 4 or 5 years only a very steady change can
        be shown.

    Raises
    ------
    InputError
        For an impossible count, and for fewer than 4 different years, or 10 crimes with or without the outcome.

    References
    ----------
    McCullagh & Nelder 1989, Generalized Linear Models, sections 4.3 and 4.5 (binomial with a scale).

    Examples
    --------
    >>> found = fit_trend([425, 498, 414, 407, 172], [2155, 3148, 2951, 3400, 1906], range(2015, 2020))
    >>> f"{found.slope.slope:.3f} a year, p {found.slope.p:.4f}", found.verdict
    ('-0.206 a year, p 0.0018', 'falls')
    """
    k, n, when = _known_years(charged, recorded, years)
    slope = _fit(k, n, np.column_stack([when, np.ones(when.size)]), when.size)
    rate = k.sum() / n.sum()
    x2 = float(np.sum((k - n * rate) ** 2 / (n * rate * (1 - rate))))
    common_p = float(chdtrc(when.size - 1, x2))
    return Trend(slope, x2, common_p, over_years(slope.slope, slope.p, common_p))


def compare_trend(
    charged: ArrayLike, recorded: ArrayLike, rest_charged: ArrayLike, rest_recorded: ArrayLike, years: ArrayLike
) -> Slope:
    """Return how much faster a force's rate rises than the others', on the logit scale.

    A change that all forces share, of the law or of recording, cancels: each year has a level of its own.

    Parameters
    ----------
    charged, recorded, rest_charged, rest_recorded : array_like
        One year each, whole numbers; the rest does not contain the force. Years in which a side recorded nothing or is
        unknown, or in which nobody or everybody was charged on both sides, take no part.
    years : array_like of float
        When.

    Returns
    -------
    Slope
        All NaN with fewer than 4 such years.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    McCullagh & Nelder 1989, Generalized Linear Models, sections 4.3 and 4.5.

    Examples
    --------
    >>> found = compare_trend([53, 57, 52, 50], [985, 1072, 903, 846], [80] * 4, [1600] * 4, range(4))
    >>> f"{found.slope:.3f} a year, p {found.p:.2f}"
    '0.038 a year, p 0.69'
    """
    own, rest = check_counts(charged, recorded), check_counts(rest_charged, rest_recorded)
    k, n, rest_k, rest_n, when = np.broadcast_arrays(*own, *rest, np.asarray(years, float))
    both = k + rest_k
    some = (n > 0) & (rest_n > 0) & (both > 0) & (both < n + rest_n) & np.isfinite(when)
    size = int(np.count_nonzero(some))
    if np.unique(when[some]).size < FEWEST_YEARS:
        return Slope(size, size - 2, *[np.nan] * 6)
    time = when[some] - when[some].mean()
    levels = np.tile(np.eye(size), (2, 1))
    force = np.repeat([1.0, 0.0], size)
    design = np.column_stack([force * np.tile(time, 2), force, levels])
    return _fit(np.concatenate([k[some], rest_k[some]]), np.concatenate([n[some], rest_n[some]]), design, size)


def judge_trend(charged: ArrayLike, recorded: ArrayLike, open_cases: ArrayLike, years: ArrayLike) -> str | None:
    """Return the word for a rate over years that holds however the open cases end.

    Parameters
    ----------
    charged, recorded, open_cases : array_like
        One year each, whole numbers; where the number of open cases is unknown (NaN) they count as none.
    years : array_like of float
        When.

    Returns
    -------
    str
        A word of `verdicts.over_years`, or "depends on the open cases" where the counts so far and the closed cases
        alone lead to different ones, or the closed ones are too few.

    Raises
    ------
    InputError
        For an impossible count, and where the counts so far are too few, as in `fit_trend`.

    Examples
    --------
    >>> k, n = [120, 147, 68, 40, 162], [1872, 2687, 918, 896, 2731]
    >>> judge_trend(k, n, [0, 0, 176, 0, 48], range(2016, 2021))
    'depends on the open cases'
    """
    never = fit_trend(charged, recorded, years).verdict
    closed = count_closed(charged, recorded, np.nan_to_num(np.asarray(open_cases, float)))
    try:
        as_closed: str | None = fit_trend(charged, closed, years).verdict
    except InputError:
        as_closed = None
    word: str | None = over_readings(np.array([never], object), np.array([as_closed], object)).item()
    return word


def _known_years(charged: ArrayLike, recorded: ArrayLike, years: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the years that take part, once they are enough; time from its middle."""
    k, n, when = np.broadcast_arrays(*check_counts(charged, recorded), np.asarray(years, float))
    known: Flags = (n > 0) & (k >= 0) & np.isfinite(when)
    k, n, when = k[known], n[known], when[known]
    different = np.unique(when).size
    if different < FEWEST_YEARS or min(k.sum(), (n - k).sum()) < FEWEST_CHARGED:
        raise InputError(
            f"{k.sum():.0f} of {n.sum():.0f} in {different} known years show no trend: "
            f"give at least {FEWEST_YEARS} years, {FEWEST_CHARGED} crimes with the outcome and {FEWEST_CHARGED} without"
        )
    return k, n, when - when.mean()


def _fit(k: Floats, n: Floats, design: Floats, years: int) -> Slope:
    """Fit a logistic model whose first column has the slope, its scale from Pearson's X2."""
    # Imported here because it takes longer than everything else in this layer together.
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    degrees = years - 2
    with warnings.catch_warnings():
        # Where all of the charges lie in the last years the slope has no end; its error grows with it, and p is near 1.
        warnings.simplefilter("ignore")
        # Weights, not pairs of counts: with these the library's own scale is wrong.
        model = GLM(k / n, design, family=Binomial(), var_weights=n).fit(tol=TOLERANCE)
    x2 = float(model.pearson_chi2)
    scale = max(1.0, x2 / degrees)
    slope, error = float(model.params[0]), float(model.bse[0]) * scale**0.5
    t = slope / error
    return Slope(years, degrees, slope, error, x2, scale, t, float(2 * stdtr(degrees, -abs(t))))
