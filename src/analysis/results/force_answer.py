"""Everything that is said about one force in one study."""

from dataclasses import dataclass, field

from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import CountRange, Limits, RateRange
from analysis.results.estimated_rate import BesideNational, BesideRest, EstimatedRate
from analysis.results.json_form import IN_PARENT, json_key
from analysis.results.recorded_shares import RecordedShare
from analysis.results.window_bounds import NationalWindow
from analysis.results.windows import FigureWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutForce(AboutStudy):
    """What the sentences, tables and figures of a force need beside the numbers.

    Attributes
    ----------
    force : str
        Its official name.
    other_forces : int
        Other forces with exact counts.
    forces_different : int
        Forces of the study that are told from what they are compared with.
    expected_crimes : float or None
        How many of its crimes would have the outcome at the common rate, or not have it, whichever is less.
    less_frequent : str or None
        Whether fewer crimes end "with" or "without" the outcome, at the common rate.
    usual_rates : RateRange or None
        The rates between which 95 in 100 ordinary forces of its size lie; None where that is not known.
    outside_by_chance : float
        How many of the judged forces chance alone puts outside the 95% limits.
    forces_judged : int
        Forces of the study that can be called unusual or not.
    why_not_judged : str or None
        What it lacks to be called unusual or not: "own crimes", "others' crimes" or "others' rates", of all cases, or
        of the closed ones where all would do. None where it lacks nothing, or takes no part.
    how_known : str or None
        How its count is known.
    marked_error : str or None
        The error of the source that is marked in its figures.
    recorded_shares : tuple of RecordedShare
        What inspections found of how many reported crimes it recorded.
    rate_if_open : float or None
        Its rate if all open cases came to have the outcome, a proportion; None where there are none.
    """

    force: str
    other_forces: int
    forces_different: int
    expected_crimes: float | None = field(metadata=json_key("expected"))
    less_frequent: str | None = field(metadata=json_key("rarer"))
    usual_rates: RateRange | None = field(metadata=json_key("usual"))
    outside_by_chance: float
    forces_judged: int = field(metadata=json_key("judged"))
    why_not_judged: str | None
    how_known: str | None
    marked_error: str | None = field(metadata=json_key("marked"))
    recorded_shares: tuple[RecordedShare, ...]
    rate_if_open: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceAnswer(EstimatedRate):
    """One force in one study: its estimate from the study's figures, and what is said beside it.

    Attributes
    ----------
    comparison : BesideNational or BesideRest
        With what the study compares forces with.
    force, study : str
        The force's official name, and the id of the study.
    gss_code : str or None
        Code of its area in official statistics.
    window : FigureWindow
        The days that its figures cover.
    source : str or None
        Id of their source.
    why_unknown : str or None
        Why its count is not known exactly.
    row : ComparedForce
        Its row of `analysis.answer.compare_study`.
    sensitivity : NationalWindow or None
        What the national rate over its own years may have been; None where that is not asked.
    about : AboutForce
        What else a page says.
    """

    comparison: BesideNational | BesideRest = field(metadata=IN_PARENT)
    force: str
    gss_code: str | None
    study: str
    window: FigureWindow
    source: str | None
    why_unknown: str | None
    row: ComparedForce = field(metadata=json_key("compare"))
    sensitivity: NationalWindow | None
    about: AboutForce


@dataclass(frozen=True, slots=True)
class MarkedRate:
    """A national rate that matters: what it is, the rate (a proportion), smallest and largest mid-P value there."""

    what: str
    rate: float
    p_min: float
    p_max: float


@dataclass(frozen=True, slots=True)
class PValueCurve:
    """The central mid-P value of a count over the national rates it could be set beside; empty for an unknown count.

    Attributes
    ----------
    rates : tuple of float
        National rates, proportions, in even steps.
    p_min, p_max : tuple of float
        Smallest and largest p-value at each, over every possible count.
    break_even : RateRange
        The rates between which no count is told from the national rate.
    marks : tuple of MarkedRate
        The rates that matter.
    """

    rates: tuple[float, ...]
    p_min: tuple[float, ...]
    p_max: tuple[float, ...]
    break_even: RateRange
    marks: tuple[MarkedRate, ...]


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """One published outcome of a force.

    Attributes
    ----------
    outcome_type, label : str or None
        The Home Office type, `14;16` where the source merges types, and its name.
    count : CountRange
        Crimes with it.
    recorded : int or None
        Crimes recorded.
    rate : RateRange
        The share of them, a proportion.
    wilson : tuple of float or None
        Its Wilson interval.
    """

    outcome_type: str | None
    label: str
    count: CountRange
    recorded: int | None
    rate: RateRange
    wilson: Limits
