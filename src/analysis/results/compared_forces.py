"""Many forces beside each other: what each of them shows, and what they show together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.results.count_ranges import CountRange, Limits, RateRange
from analysis.results.json_form import OMIT_NONE
from analysis.results.offence_mix import OffenceMix


@dataclass(frozen=True, slots=True)
class AgainstRest:
    """The tests of one force against what it is compared with; all None where its count is not known exactly.

    Attributes
    ----------
    z, p : float or None
        The score test, a companion; p is two-sided.
    mid_p : float or None
        The mid-P test's p-value, which decides the verdict.
    p_holm : float or None
        `mid_p` after Holm's correction for all forces that are compared.
    """

    z: float | None
    p: float | None
    mid_p: float | None
    p_holm: float | None


@dataclass(frozen=True, slots=True)
class BeyondLimits:
    """Where a force lies beside a funnel's limits.

    Attributes
    ----------
    z : float or None
        Distance from the common rate in standard errors.
    outside : str or None
        The limits that it lies outside of, "95" or "99.8".
    """

    z: float | None
    outside: str | None


@dataclass(frozen=True, slots=True)
class ShrunkRate:
    """A force's rate drawn towards the others by empirical Bayes, a proportion.

    Attributes
    ----------
    mean : float or None
        The rate.
    low, high : float or None
        Its interval; None where the counts show no spread between forces.
    """

    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class AmongForces:
    """How unusual a force is given how forces differ, by the counts so far; all None where it takes no part.

    Attributes
    ----------
    p : float or None
        Two-sided, by the beta-binomial distribution that the other forces show.
    outside : str or None
        The limits that it lies outside of, "95" or "99.8".
    judged : bool or None
        Whether enough crimes are expected, and others are large enough, to call it unusual or not.
    bh : float or None
        `p` after Benjamini and Hochberg over the judged forces.
    named : bool or None
        Whether a headline may name it: judged and `bh` small, under both readings of the open cases.
    a, b : float or None
        The two parameters of the distribution of the other forces' rates.
    """

    p: float | None
    outside: str | None
    judged: bool | None
    bh: float | None
    named: bool | None
    a: float | None
    b: float | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is concluded of a force.

    Attributes
    ----------
    rest : str or None
        Against what it is compared with: "higher", "lower", "not distinguishable", "depends" or "depends on the open
        cases"; None where there is nothing to compare.
    among_forces : str or None
        "higher", "lower", "not unusual", "too few" or "depends on the open cases"; None where it takes no part.
    """

    rest: str | None
    among_forces: str | None


@dataclass(frozen=True, slots=True)
class OpenReadings:
    """The verdicts by each reading of the open cases.

    Attributes
    ----------
    never : Verdicts
        As if none of them came to have the outcome.
    as_closed : Verdicts or None
        As if they ended like the closed ones, which are counted alone; None where their number is not known.
    """

    never: Verdicts
    as_closed: Verdicts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedForce:
    """One force beside the others.

    Attributes
    ----------
    force : str
        Its official name, or the label of a spreadsheet.
    gss_code : str or None
        Code of its area in official statistics; None where the label is no police force.
    similar : bool or None
        Whether it is one of the forces that were marked; None where none are.
    count : CountRange
        Crimes with the outcome.
    recorded : int or None
        Crimes recorded; None where that is not published.
    open : int or None
        Crimes without an outcome on the day of the figures; None where unknown.
    rate : RateRange
        Count over recorded.
    wilson : tuple of float or None
        From the Wilson interval's lower limit of the lowest count to its upper limit of the highest, proportions.
    screened : bool
        Whether so many of its crimes are open that its count is a range by them.
    rest : AgainstRest
        Its tests against what it is compared with.
    p_range : tuple of float or None
        Smallest and largest mid-P value over every count that it can have.
    funnel : BeyondLimits or None
        Beside the limits of chance alone; None where its count is not exact, or there is no common rate.
    adjusted : BeyondLimits or None
        Beside limits that allow for the usual spread; None also where the forces are too few to show one.
    shrunk : ShrunkRate or None
        Its rate drawn towards the others; None as `adjusted`.
    among_forces : AmongForces
        How unusual it is among the forces.
    open_readings : OpenReadings
        Its verdicts by each reading of the open cases.
    verdict : Verdicts
        What is concluded, however the open cases end.
    why_unknown : str or None
        Why its count is not known exactly, as the source or the spreadsheet gives reason.
    """

    force: str
    gss_code: str | None
    similar: bool | None = field(default=None, metadata=OMIT_NONE)
    count: CountRange
    recorded: int | None
    open: int | None
    rate: RateRange
    wilson: Limits
    screened: bool
    rest: AgainstRest
    p_range: Limits
    funnel: BeyondLimits | None
    adjusted: BeyondLimits | None
    shrunk: ShrunkRate | None
    among_forces: AmongForces
    open_readings: OpenReadings
    verdict: Verdicts
    why_unknown: str | None

    @property
    def has_rate(self) -> bool:
        """Whether anything is known of its rate."""
        return bool(self.recorded) and self.count.low is not None

    @property
    def exact(self) -> tuple[int, int] | None:
        """Its count and crimes recorded where the count is one known number, of one crime at least."""
        low, high, recorded = self.count.low, self.count.high, self.recorded
        return (low, recorded) if low is not None and low == high and recorded else None

    @property
    def is_exact(self) -> bool:
        """Whether its count is one known number, of one crime at least."""
        return self.exact is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceWithMix(ComparedForce):
    """One force of a study of all offences together.

    Attributes
    ----------
    mix : OffenceMix or None
        Its rate beside what its own mix of offences gives; None where it has none, or offences are not told apart.
    """

    mix: OffenceMix | None


@dataclass(frozen=True, slots=True)
class ForcesTogether:
    """What the forces with exact counts show together.

    Attributes
    ----------
    count, recorded : int
        Their crimes with the outcome, and recorded.
    rate : float or None
        The one over the other; None where nothing is recorded.
    forces : int
        How many they are.
    x2, x2_p : float or None
        Sum of their squared funnel z, and its p-value by chance alone; None where there is no common rate.
    phi, tau2, mu : float or None
        x2 for each force, the variance of the forces' own rates (Paule and Mandel) and their mean; None for fewer
        than ten forces.
    national : RateRange or None
        The published rate that they are compared with; None where they are compared with each other.
    """

    count: int
    recorded: int
    rate: float | None
    forces: int
    x2: float | None
    x2_p: float | None
    phi: float | None
    tau2: float | None
    mu: float | None
    national: RateRange | None = field(default=None, metadata=OMIT_NONE)


@dataclass(frozen=True, slots=True)
class ComparedForces:
    """Many forces beside each other.

    Attributes
    ----------
    country : ForcesTogether
        What they show together.
    forces : tuple of ComparedForce
        Each of them: in the order of their names, or of the spreadsheet's rows.
    """

    country: ForcesTogether
    forces: tuple[ComparedForce, ...]


@dataclass(frozen=True, slots=True)
class ComparedFile(ComparedForces):
    """The forces of a spreadsheet beside each other, and how it was understood.

    Attributes
    ----------
    understood : tuple of Mapping
        One row a force as it stands in the file, by column.
    said : tuple of str
        What else must be known.
    ignored_columns : tuple of str
        Columns that were not used.
    """

    understood: tuple[Mapping[str, object], ...]
    said: tuple[str, ...]
    ignored_columns: tuple[str, ...]
