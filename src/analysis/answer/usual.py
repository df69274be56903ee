"""The rates that are usual for a force of a given size, by the distribution that the forces of a study show."""

import math
from collections.abc import Sequence

import numpy as np

from analysis.answer.comparisons import is_exact
from analysis.answer.fields import low_high
from analysis.statistics.among_forces import drawn_limits, usual_rates
from analysis.statistics.proportions import Interval
from analysis.statistics.verdicts import ALPHA_95


def usual_limits(rows: Sequence[dict], sizes: Sequence[int], *, alpha: float = ALPHA_95) -> Interval:
    """Return the rates between which forces of these sizes are usual.

    Parameters
    ----------
    rows : list of dict
        The rows of `compare_study`; those with exact counts show how forces differ.
    sizes : list of int
        Numbers of crimes recorded.
    alpha : float
        Share of ordinary forces outside.

    Returns
    -------
    Interval
        Proportions, one a size; NaN where too few forces show how forces differ.
    """
    return drawn_limits(*_exact_counts(rows), np.asarray(sizes, float), alpha=alpha)


def _exact_counts(rows: Sequence[dict]) -> tuple[list[int], list[int]]:
    """Return the crimes with the outcome, and recorded, of the forces with exact counts."""
    exact = [row for row in rows if is_exact(row)]
    return [row["count"]["low"] for row in exact], [row["recorded"] for row in exact]


def usual_band(rows: Sequence[dict]) -> tuple[float, float] | None:
    """Return the rates that 95 in 100 forces would have, chance taken out; None where too few forces show it."""
    low, high = map(float, usual_rates(*_exact_counts(rows)))
    return None if math.isnan(low) or math.isnan(high) else (low, high)


def usual_for(rows: Sequence[dict], recorded: int | None) -> dict | None:
    """Return `usual_limits` of one force's size as a field; None where nothing is recorded, or none can be said."""
    if not recorded or not any(row["among_forces"]["p"] is not None for row in rows):
        return None
    limits = usual_limits(rows, [recorded])
    return low_high((limits.low[0], limits.high[0]))
