"""One rate, its intervals, and what it is compared with."""

from dataclasses import dataclass, field

from analysis.results.count_ranges import CountRange, Limits, RateRange
from analysis.results.json_form import IN_PARENT, OMIT_NONE


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals of a rate, proportions, over every count that it can have; None where it is not known."""

    wilson: Limits
    clopper_pearson: Limits


@dataclass(frozen=True, slots=True)
class ScoreTest:
    """The score test, a companion.

    Attributes
    ----------
    z : float or None
        None where the count, or the national rate, is a range.
    p : tuple of float or None
        Smallest and largest two-sided p-value.
    """

    z: float | None
    p: Limits


@dataclass(frozen=True, slots=True)
class MidPTest:
    """The central mid-P test, which decides; `p` are its smallest and largest two-sided p-value."""

    p: Limits


@dataclass(frozen=True, slots=True)
class FisherTest:
    """Fisher's exact test; `p` is None where the count is a range."""

    p: float | None


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of one rate against another; `fisher` is None where that is a published rate."""

    score: ScoreTest
    mid_p: MidPTest
    fisher: FisherTest | None = field(default=None, metadata=OMIT_NONE)


@dataclass(frozen=True, slots=True)
class ChargesToTurn:
    """How many more, or fewer, than the lowest count first give another verdict; None where no number does."""

    higher: int | None
    lower: int | None


@dataclass(frozen=True, slots=True)
class Detectable:
    """True rates, proportions, beyond which a force of this size is told from the national rate.

    Attributes
    ----------
    low, high : float or None
        None where no rate reaches that power.
    power : float
        The chance of being told apart.
    """

    low: float | None
    high: float | None
    power: float


@dataclass(frozen=True, slots=True)
class EffectSize:
    """A difference or a ratio of two rates, with its interval; `estimate` is None where the count is a range."""

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class OtherCrimes:
    """The crimes of the others.

    Attributes
    ----------
    count : CountRange
        With the outcome; a range where the force's own count, taken out of the country's, is one.
    recorded : int
        Crimes recorded.
    rate : RateRange
        Proportions; None where nothing is recorded.
    """

    count: CountRange
    recorded: int
    rate: RateRange


@dataclass(frozen=True, slots=True)
class BesideNational:
    """A rate beside a published national rate.

    Attributes
    ----------
    national : RateRange
        The published rate, or what it can stand for.
    tests : Tests
        Over every count and both ends of the national rate.
    break_even : RateRange
        The national rates at which every count is not distinguishable; None where no rate is.
    charges_to_turn : ChargesToTurn
        What it takes for another verdict.
    detectable : Detectable
        What true rates would be told from it.
    verdict : str or None
        "higher", "lower", "not distinguishable" or "depends"; None where the count is not known.
    """

    national: RateRange
    tests: Tests
    break_even: RateRange
    charges_to_turn: ChargesToTurn
    detectable: Detectable
    verdict: str | None

    @property
    def rate(self) -> RateRange:
        """The rate compared with."""
        return self.national


@dataclass(frozen=True, slots=True)
class BesideRest:
    """A rate beside the crimes of the others.

    Attributes
    ----------
    rest : OtherCrimes
        The others.
    tests : Tests
        Over every count.
    difference, ratio : EffectSize
        The force's rate less the others', a proportion, and divided by it.
    verdict : str or None
        "higher", "lower", "not distinguishable" or "depends"; None where there are no other crimes.
    """

    rest: OtherCrimes
    tests: Tests
    difference: EffectSize
    ratio: EffectSize
    verdict: str | None

    @property
    def rate(self) -> RateRange:
        """The rate compared with."""
        return self.rest.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedRate:
    """One rate from its numbers.

    Attributes
    ----------
    count : CountRange
        Crimes with the outcome.
    recorded : int or None
        Crimes recorded.
    open : int or None
        Crimes still open; None where that is not known or not asked.
    confidence : float
        Of the intervals, a proportion; the verdict is at one minus it.
    rate : RateRange
        Count over recorded; None where nothing is recorded.
    intervals : Intervals
        Of the rate.
    comparison : BesideNational, BesideRest or None
        None where nothing is compared with.
    sentence : str
        What a reader can quote.
    """

    count: CountRange
    recorded: int | None
    open: int | None
    confidence: float
    rate: RateRange
    intervals: Intervals
    comparison: BesideNational | BesideRest | None = field(metadata=IN_PARENT)
    sentence: str

    @property
    def verdict(self) -> str | None:
        """The verdict of the comparison; None where nothing can be compared."""
        return self.comparison.verdict if self.comparison else None
