"""The p-value of one force over the national rates that it could be set beside."""

import numpy as np

from analysis.answer.fields import low_high
from analysis.statistics.mid_p import break_even_rates, mid_p_against_rate
from analysis.statistics.ranges import deciding_counts


def p_value_curve(answer: dict, *, points: int = 241) -> dict:
    """Return the central mid-P value of the answer's count over the national rates it could be set beside.

    Returns
    -------
    dict
        `rates` (proportions), `p_min` and `p_max` (over every possible count), each an array of `points`;
        `break_even`; `marks` (the rates that matter, each with its p-values). All are empty where the count is not
        known.
    """
    low, high, recorded = answer["count"]["low"], answer["count"]["high"], answer["recorded"]
    if low is None or not recorded:
        nothing = np.array([])
        return {"rates": nothing, "p_min": nothing, "p_max": nothing, "break_even": low_high((None, None)), "marks": []}
    even = low_high(break_even_rates(low, high, recorded, confidence=answer["confidence"]))
    marks = _marks(answer, even)
    wilson = answer["intervals"]["wilson"]
    start, end = min([wilson[0], *marks.values()]), max([wilson[1], *marks.values()])
    margin = 0.25 * (end - start)
    rates = np.linspace(max(start - margin, 1e-4), min(end + margin, 1 - 1e-4), points)
    p_min, p_max = _p_over_counts(low, high, recorded, rates)
    return {
        "rates": rates,
        "p_min": p_min,
        "p_max": p_max,
        "break_even": even,
        "marks": [
            {
                "what": what,
                "rate": rate,
                **dict(zip(("p_min", "p_max"), _p_over_counts(low, high, recorded, rate), strict=True)),
            }
            for what, rate in marks.items()
        ],
    }


def _marks(answer: dict, even: dict) -> dict[str, float]:
    """Return the national rates that matter by what they are, those strictly between 0 and 1."""
    marks = {"break-even, lower": even["low"], "break-even, upper": even["high"]}
    if "national" in answer:
        marks |= {"quoted, lowest": answer["national"]["low"], "quoted, highest": answer["national"]["high"]}
    else:
        marks["the rest, taken as fixed"] = answer["rest"]["rate"]["low"]
    return {what: rate for what, rate in marks.items() if rate is not None and 0 < rate < 1}


def _p_over_counts(low: int, high: int, recorded: int, rates) -> tuple:
    """Return the smallest and largest p-value at each rate, over every possible count."""
    counts = deciding_counts(low, high, recorded, rates)
    p = mid_p_against_rate(counts.reshape(-1, *[1] * np.ndim(rates)), recorded, rates).p
    return p.min(axis=0), p.max(axis=0)
