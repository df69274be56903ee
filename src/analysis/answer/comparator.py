"""What each force is compared with: the other forces of its table, or a published national figure.

Each of the three kinds compares forces with itself; which kind it is, is asked in one place, `find_comparator`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypedDict

import numpy as np

from analysis.counts.studies import NationalCount, NationalRate
from analysis.results.compared_forces import ComparedForce, ForcesTogether
from analysis.results.count_ranges import RateRange
from analysis.statistics.arrays import Flags, Floats, Words
from analysis.statistics.judgement import Judgement
from analysis.statistics.multiplicity import holm
from analysis.statistics.overdispersion import Overdispersion, measure_overdispersion
from analysis.statistics.proportions import Interval
from analysis.statistics.published_rate import RateComparison, compare_with_rate
from analysis.statistics.rest import RestComparison, compare_with_country, score_against_rest
from analysis.statistics.verdicts import Score


class AgainstComparator(NamedTuple):
    """Each force against what it is compared with, one element a force."""

    mid_p: Floats
    """Of a count known exactly; NaN for others."""
    p_holm: Floats
    p_range: Interval
    verdict: Words


class ComparedWith(TypedDict, total=False):
    """What `estimate` compares a force with; one of them."""

    national: tuple[float, float]
    country: tuple[int, int]
    rest: tuple[int, int]


class Comparator(Protocol):
    """What forces are compared with."""

    @property
    def national(self) -> RateRange | None:
        """The published rate, proportions; None where forces are compared with each other."""

    def compare(self, judged: Judgement, low: Floats, high: Floats, recorded: Floats) -> AgainstComparator:
        """Return each force's comparison; lowest and highest count and crimes recorded are as published."""

    def measure(self, exact: Floats, crimes: Floats) -> Overdispersion:
        """Return what the forces with exact counts show together."""

    def score(self, exact: Floats, crimes: Floats) -> Score:
        """Return the score test of each force with an exact count, the force itself taken out; NaN for the others."""

    def asked(self, others: Sequence[ComparedForce]) -> ComparedWith:
        """Return the comparison of one force as `estimate` takes it, given the other forces of its table."""

    def has_common_rate(self, together: ForcesTogether) -> bool:
        """Return whether there is one rate for the forces to lie around."""


def find_comparator(national: NationalRate | NationalCount | None, *, confidence: float = 0.95) -> Comparator:
    """Return what forces are compared with where this is the published national figure, or where there is none."""
    if isinstance(national, NationalRate):
        return _PublishedRate(national, confidence)
    if isinstance(national, NationalCount):
        return _PublishedCount(national, confidence)
    return _OtherForces()


@dataclass(frozen=True)
class _OtherForces:
    """The other forces with exact counts."""

    national: None = None

    def compare(self, judged: Judgement, low: Floats, high: Floats, recorded: Floats) -> AgainstComparator:
        p = np.asarray(judged.never.rest.p)
        return AgainstComparator(p, judged.never.holm, judged.p_range, judged.rest_verdict)

    def measure(self, exact: Floats, crimes: Floats) -> Overdispersion:
        return measure_overdispersion(exact, crimes)

    def score(self, exact: Floats, crimes: Floats) -> Score:
        return score_against_rest(exact, crimes, np.nansum(exact) - exact, np.nansum(crimes) - crimes)

    def asked(self, others: Sequence[ComparedForce]) -> ComparedWith:
        exact = [other.exact for other in others if other.exact]
        return {"rest": (sum(count for count, _ in exact), sum(recorded for _, recorded in exact))}

    def has_common_rate(self, together: ForcesTogether) -> bool:
        return together.tau2 is not None


@dataclass(frozen=True)
class _PublishedRate:
    """A published rate, a range by the decimals that it is printed with; against it no count has one p-value."""

    figure: NationalRate
    confidence: float

    @property
    def national(self) -> RateRange:
        return RateRange(self.figure.low, self.figure.high)

    def compare(self, judged: Judgement, low: Floats, high: Floats, recorded: Floats) -> AgainstComparator:
        return _compare_each(low, high, recorded, self._compare_one, np.zeros(low.shape, bool))

    def _compare_one(self, low: float, high: float, recorded: float) -> RateComparison:
        ends = self.figure.low, self.figure.high
        return compare_with_rate(low, high, recorded, *ends, confidence=self.confidence)

    def measure(self, exact: Floats, crimes: Floats) -> Overdispersion:
        together = measure_overdispersion(exact, crimes)
        return together._replace(theta=math.nan, x2=math.nan, x2_p=math.nan, phi=None, tau2=None, mu=None)

    def score(self, exact: Floats, crimes: Floats) -> Score:
        return Score(np.full(exact.shape, math.nan), np.full(exact.shape, math.nan))

    def asked(self, others: Sequence[ComparedForce]) -> ComparedWith:
        return {"national": (self.figure.low, self.figure.high)}

    def has_common_rate(self, together: ForcesTogether) -> bool:
        return False


@dataclass(frozen=True)
class _PublishedCount:
    """Published national counts, which each force is taken out of."""

    figure: NationalCount
    confidence: float

    @property
    def national(self) -> RateRange:
        return RateRange(self._rate, self._rate)

    @property
    def _rate(self) -> float:
        return self.figure.count / self.figure.recorded

    def compare(self, judged: Judgement, low: Floats, high: Floats, recorded: Floats) -> AgainstComparator:
        return _compare_each(low, high, recorded, self._compare_one, low == high)

    def _compare_one(self, low: float, high: float, recorded: float) -> RestComparison:
        country = self.figure.count, self.figure.recorded
        return compare_with_country(low, high, recorded, *country, confidence=self.confidence)

    def measure(self, exact: Floats, crimes: Floats) -> Overdispersion:
        return measure_overdispersion(exact, crimes, theta=self._rate)

    def score(self, exact: Floats, crimes: Floats) -> Score:
        return score_against_rest(exact, crimes, self.figure.count - exact, self.figure.recorded - crimes)

    def asked(self, others: Sequence[ComparedForce]) -> ComparedWith:
        return {"country": (self.figure.count, self.figure.recorded)}

    def has_common_rate(self, together: ForcesTogether) -> bool:
        return True


def _compare_each(
    low: Floats,
    high: Floats,
    recorded: Floats,
    compare: Callable[[float, float, float], RateComparison | RestComparison],
    has_one_p: Flags,
) -> AgainstComparator:
    """Return each force's comparison with a published figure."""
    found = [compare(*ends) if ends[0] >= 0 and ends[2] > 0 else None for ends in zip(low, high, recorded, strict=True)]
    p_range = [(math.nan, math.nan) if one is None else one.mid_p for one in found]
    smallest, largest = np.array(p_range).reshape(-1, 2).T
    mid_p = np.where(has_one_p, smallest, math.nan)
    words = np.array([None if one is None else one.verdict for one in found], object)
    return AgainstComparator(mid_p, holm(mid_p), Interval(smallest, largest), words)
