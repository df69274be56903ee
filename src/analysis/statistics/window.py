"""Which rates over some years agree with figures that are published over others, under stated assumptions.

The charges of every period are unknown; a published rate bounds a weighted sum of them, an assumption bounds their
order. The smallest and the largest rate over the wanted years is a linear programme. A sensitivity, never a verdict:
how the crimes spread over the periods is itself assumed.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.statistics.arrays import Floats
from analysis.statistics.checks import check_order, check_whole
from analysis.statistics.proportions import Interval


class KnownRate(NamedTuple):
    """A rate that is known, or assumed, over some periods."""

    shares: Sequence[float]
    """Which share of each period it covers, 0 to 1."""
    low: float
    high: float
    """Proportions, ``low <= high``."""


def bound_rate(
    recorded: ArrayLike, shares: ArrayLike, known: Sequence[KnownRate], *, never_rose: bool = False
) -> Interval:
    """Return the smallest and the largest rate over some periods that agree with all known ones.

    Parameters
    ----------
    recorded : array_like
        Crimes of each period in order of time, whole numbers, at least 1.
    shares : array_like of float
        Which share of each period the wanted rate covers, 0 to 1.
    known : sequence of KnownRate
    never_rose : bool
        Whether no period's rate may be above the one before.

    Returns
    -------
    Interval
        Both NaN where no charges agree with all of it.

    Raises
    ------
    InputError
        For an impossible count, a range that runs backwards, or shares that are not one for each period.

    References
    ----------
    Huangfu & Hall 2018, Math Prog Comp 10:119 (the solver that `scipy.optimize.linprog` calls).

    Examples
    --------
    >>> low, high = bound_rate([100, 300], [0, 1], [KnownRate([1, 1], 0.1, 0.1)], never_rose=True)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0000 to 0.1000'
    """
    # Imported here because only this question needs it.
    from scipy.optimize import linprog

    crimes = check_whole(recorded, "recorded")
    wanted = _weights(shares, crimes)
    rows, bounds = _limits(crimes, known, never_rose)
    # In rates instead of charges every coefficient is of one size.
    ends = [linprog(sign * wanted, A_ub=rows, b_ub=bounds, bounds=(0, 1), method="highs") for sign in (1.0, -1.0)]
    if not all(end.success for end in ends):
        return Interval(np.nan, np.nan)
    return Interval(*(float(wanted @ np.asarray(end.x, float)) for end in ends))


def _weights(shares: ArrayLike, crimes: Floats) -> Floats:
    """Return what each period's rate weighs in the rate over the covered ones."""
    covered: Floats = np.asarray(shares, float) * crimes
    if np.shape(shares) != crimes.shape or not covered.sum() > 0:
        raise InputError(
            f"{np.size(shares)} shares cover {crimes.size} periods: give one share, 0 to 1, for each period"
        )
    weights: Floats = covered / covered.sum()
    return weights


def _limits(crimes: Floats, known: Sequence[KnownRate], never_rose: bool) -> tuple[Floats, Floats]:
    """Return the rows of a linear programme in the periods' rates, and what each may come to at most."""
    rows, bounds = [np.zeros(crimes.size)], [0.0]
    for rate in known:
        check_order(rate.low, rate.high, "a known rate")
        weights = _weights(rate.shares, crimes)
        rows += [weights, -weights]
        bounds += [rate.high, -rate.low]
    if never_rose:
        rows += list(np.diff(np.eye(crimes.size), axis=0))
        bounds += [0.0] * (crimes.size - 1)
    return np.array(rows), np.array(bounds)
