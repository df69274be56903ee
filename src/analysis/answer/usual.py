"""The rates that are usual for a force of a given size, by the distribution that the forces of a study show."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.answer.fields import rate_range
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import RateRange
from analysis.statistics.among_forces import drawn_limits, usual_rates
from analysis.statistics.proportions import Interval
from analysis.statistics.verdicts import ALPHA_95


def usual_limits(rows: Sequence[ComparedForce], sizes: ArrayLike, *, alpha: float = ALPHA_95) -> Interval:
    """Return the rates between which forces of these sizes are usual.

    Parameters
    ----------
    rows : sequence of ComparedForce
        The rows of `compare_study`; those with exact counts show how forces differ.
    sizes : array_like of int
        Numbers of crimes recorded.
    alpha : float
        Share of ordinary forces outside.

    Returns
    -------
    Interval
        Proportions, one a size; NaN where too few forces show how forces differ.
    """
    charged, recorded = _exact_counts(rows)
    return drawn_limits(charged, recorded, np.asarray(sizes, float), alpha=alpha)


def _exact_counts(rows: Sequence[ComparedForce]) -> NDArray[np.float64]:
    """Return the crimes with the outcome, and those recorded, of the forces with exact counts: two rows."""
    return np.array([row.exact for row in rows if row.exact], float).reshape(-1, 2).T


def usual_band(rows: Sequence[ComparedForce]) -> tuple[float, float] | None:
    """Return the rates that 95 in 100 forces would have, chance taken out; None where too few forces show it."""
    charged, recorded = _exact_counts(rows)
    if not charged.size:
        return None
    low, high = map(float, usual_rates(charged, recorded))
    return None if math.isnan(low) or math.isnan(high) else (low, high)


def usual_for(rows: Sequence[ComparedForce], recorded: int | None) -> RateRange | None:
    """Return `usual_limits` of one force's size as a field; None where nothing is recorded, or none can be said."""
    if not recorded or not any(row.among_forces.p is not None for row in rows):
        return None
    limits = usual_limits(rows, [recorded])
    return rate_range(np.ravel(end)[0] for end in limits)
