"""What each force is compared with: the other forces of its table, or a published national figure."""

import math
from typing import NamedTuple

import numpy as np

from analysis.counts.studies import NationalCount, NationalRate
from analysis.statistics.judgement import Judgement
from analysis.statistics.multiplicity import holm
from analysis.statistics.overdispersion import Overdispersion, measure_overdispersion
from analysis.statistics.proportions import Interval
from analysis.statistics.published_rate import RateComparison, compare_with_rate
from analysis.statistics.rest import RestComparison, compare_with_country, score_against_rest
from analysis.statistics.verdicts import Score


class AgainstComparator(NamedTuple):
    """Each force against what it is compared with, one element a force."""

    mid_p: np.ndarray
    """Of a count known exactly; NaN for others."""
    p_holm: np.ndarray
    p_range: Interval
    verdict: np.ndarray


def against_others(judged: Judgement) -> AgainstComparator:
    """Return each force's comparison with the other forces, as it was judged."""
    return AgainstComparator(judged.never.rest.p, judged.never.holm, judged.p_range, judged.rest_verdict)


def against_published(
    low: np.ndarray, high: np.ndarray, recorded: np.ndarray, national: NationalRate | NationalCount, confidence: float
) -> AgainstComparator:
    """Return each force's comparison with a published figure; against a range of rates no count has one p-value."""
    found = [
        _compare_with(national, *ends, confidence) if ends[0] >= 0 and ends[2] > 0 else None
        for ends in zip(low, high, recorded, strict=True)
    ]
    p_range = [(math.nan, math.nan) if one is None else one.mid_p for one in found]
    exact = isinstance(national, NationalCount) & (low == high)
    smallest, largest = np.array(p_range).reshape(-1, 2).T
    mid_p = np.where(exact, smallest, math.nan)
    words = np.array([None if one is None else one.verdict for one in found], object)
    return AgainstComparator(mid_p, holm(mid_p), Interval(smallest, largest), words)


def _compare_with(
    national: NationalRate | NationalCount, low: float, high: float, recorded: float, confidence: float
) -> RateComparison | RestComparison:
    if isinstance(national, NationalRate):
        return compare_with_rate(low, high, recorded, national.low, national.high, confidence=confidence)
    return compare_with_country(low, high, recorded, national.count, national.recorded, confidence=confidence)


def measure_together(
    exact: np.ndarray, crimes: np.ndarray, national: NationalRate | NationalCount | None
) -> Overdispersion:
    """Return what the forces with exact counts show together; against a range of rates there is no one theta."""
    if isinstance(national, NationalCount):
        return measure_overdispersion(exact, crimes, theta=national.count / national.recorded)
    together = measure_overdispersion(exact, crimes)
    if isinstance(national, NationalRate):
        return together._replace(theta=math.nan, x2=math.nan, x2_p=math.nan, phi=None, tau2=None, mu=None)
    return together


def score_forces(exact: np.ndarray, crimes: np.ndarray, national: NationalRate | NationalCount | None) -> Score:
    """Return the score test of each force with an exact count against the rest; NaN for the others."""
    if isinstance(national, NationalRate):
        return Score(np.full(exact.shape, math.nan), np.full(exact.shape, math.nan))
    if isinstance(national, NationalCount):
        total = national.count, national.recorded
    else:
        total = np.nansum(exact), np.nansum(crimes)
    return score_against_rest(exact, crimes, total[0] - exact, total[1] - crimes)
