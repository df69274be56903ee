"""The p-value of one force over the national rates that it could be set beside."""

import numpy as np

from analysis.answer.fields import rate_range
from analysis.results.count_ranges import RateRange
from analysis.results.estimated_rate import BesideNational, EstimatedRate
from analysis.results.force_answer import MarkedRate, PValueCurve
from analysis.statistics.arrays import Number
from analysis.statistics.mid_p import break_even_rates, mid_p_against_rate
from analysis.statistics.ranges import deciding_counts

NOTHING = PValueCurve(rates=(), p_min=(), p_max=(), break_even=RateRange(None, None), marks=())
"""Of a count that is not known."""


def p_value_curve(answer: EstimatedRate, *, points: int = 241) -> PValueCurve:
    """Return the central mid-P value of the answer's count over the national rates it could be set beside.

    Parameters
    ----------
    answer : EstimatedRate
        A rate that is compared with something.
    points : int
        How many rates.

    Returns
    -------
    PValueCurve
        Empty where the count is not known.
    """
    low, high, recorded = answer.count.low, answer.count.high, answer.recorded
    if low is None or high is None or not recorded:
        return NOTHING
    even = rate_range(break_even_rates(low, high, recorded, confidence=answer.confidence))
    marks = _marks(answer, even)
    ends = [rate for rate in (*answer.intervals.wilson, *marks.values()) if rate is not None]
    margin = 0.25 * (max(ends) - min(ends))
    rates = np.linspace(max(min(ends) - margin, 1e-4), min(max(ends) + margin, 1 - 1e-4), points)
    p_min, p_max = _p_over_counts(low, high, recorded, rates)
    found = {what: (rate, *_p_over_counts(low, high, recorded, rate)) for what, rate in marks.items()}
    return PValueCurve(
        rates=tuple(rates.tolist()),
        p_min=tuple(np.asarray(p_min).tolist()),
        p_max=tuple(np.asarray(p_max).tolist()),
        break_even=even,
        marks=tuple(MarkedRate(what, rate, float(low), float(high)) for what, (rate, low, high) in found.items()),
    )


def _marks(answer: EstimatedRate, even: RateRange) -> dict[str, float]:
    """Return the national rates that matter by what they are, those strictly between 0 and 1."""
    marks = {"break-even, lower": even.low, "break-even, upper": even.high}
    if isinstance(answer.comparison, BesideNational):
        national = answer.comparison.national
        marks |= {"quoted, lowest": national.low, "quoted, highest": national.high}
    elif answer.comparison:
        marks["the rest, taken as fixed"] = answer.comparison.rate.low
    return {what: rate for what, rate in marks.items() if rate is not None and 0 < rate < 1}


def _p_over_counts(low: int, high: int, recorded: int, rates: Number) -> tuple[Number, Number]:
    """Return the smallest and largest p-value at each rate, over every possible count."""
    counts = deciding_counts(low, high, recorded, rates)
    p = mid_p_against_rate(counts.reshape(-1, *[1] * np.ndim(rates)), recorded, rates).p
    return p.min(axis=0), p.max(axis=0)
