"""What the sentences on printing need to know of a force or of a study: the one place where they read an answer."""

from dataclasses import dataclass

from analysis.presentation.country_sentences import the_rest
from analysis.presentation.formats import UNKNOWN, window
from analysis.presentation.sentences import SIDES, compared_with
from analysis.results.about_study import AboutStudy
from analysis.results.country_answer import CountryAnswer
from analysis.results.estimated_rate import BesideRest
from analysis.results.force_answer import ForceAnswer
from analysis.results.windows import FigureWindow

Ends = tuple[float | None, float | None]
"""Lowest and highest value; equal where there is one, None where it is unknown."""


@dataclass(frozen=True)
class Question:
    """What was asked of which figures.

    Parameters
    ----------
    offence, outcome, outcome_id : str
        As titles and as the outcome is named in a study's id.
    period : str
        In words.
    is_of_outcomes : bool
        Whether the rates are over the crimes with any outcome, and not over all crimes recorded.
    windows_differ : bool
        Whether the forces' periods differ.
    quoted : str or None
        The national figure as printed, where each force is compared with a rate that was published as such.
    """

    offence: str
    outcome: str
    outcome_id: str
    period: str
    is_of_outcomes: bool
    windows_differ: bool
    quoted: str | None


@dataclass(frozen=True)
class ForceFacts:
    """One force of a study.

    Parameters
    ----------
    question : Question
    force : str
    count : tuple
        Lowest and highest count.
    recorded : int or None
        Crimes.
    open : int or None
        Crimes that had no outcome yet.
    screened : bool
        Whether those are so many that the count is a range up to them.
    rate, interval, other_rate : tuple
        Proportions: of the force, its interval, and of what it is compared with.
    ratio : tuple of three
        The force's rate in terms of that one: estimate (None where the count is a range), lower and upper limit.
    compared_with : str
        In words.
    verdict, among_forces : str or None
        The two verdicts; None where nothing is said.
    named : bool
        Whether the force is unusual even allowing for how many were looked at.
    judged : int
        Forces that have crimes enough to be called unusual or not.
    by_chance : float
        How many of those would lie outside the limits by chance alone.
    why_unknown : str or None
        Why there is no count, or none that is exact.
    """

    question: Question
    force: str
    count: tuple[int | None, int | None]
    recorded: int | None
    open: int | None
    screened: bool
    rate: Ends
    interval: Ends
    other_rate: Ends
    ratio: tuple[float | None, float | None, float | None]
    compared_with: str
    verdict: str | None
    among_forces: str | None
    named: bool
    judged: int
    by_chance: float
    why_unknown: str | None


@dataclass(frozen=True)
class StudyFacts:
    """All forces of a study together.

    Parameters
    ----------
    question : Question
    forces, recorded : int
        Forces with an exact count, and their crimes.
    rate : float or None
        The share of those that had the outcome; None where there are none.
    is_whole : bool
        Whether the forces may stand for all: each was compared with the others, not with a published figure.
    compared_with : str
        What each force is compared with, in words.
    sides : dict of str to str
        {force whose exact count differs from that: "higher" or "lower"}.
    unusual : dict of str to tuple
        {force outside the limits of what is usual: its side, its rate, whether it is named}.
    judged : int
    by_chance : float
        As of `ForceFacts`.
    ranged : int
        Forces whose count is known only as a range.
    """

    question: Question
    forces: int
    recorded: int
    rate: float | None
    is_whole: bool
    compared_with: str
    sides: dict[str, str]
    unusual: dict[str, tuple[str, float | None, bool]]
    judged: int
    by_chance: float
    ranged: int


def period_words(start: str | None, end: str | None) -> str:
    """Return a period as a newspaper writes it: a financial year as 2018/19.

    Examples
    --------
    >>> period_words("2018-04-01", "2019-03-31"), period_words("2017-01-01", "2021-12-31")
    ('2018/19', '2017 to 2021')
    """
    if start and end and start.endswith("-04-01") and end == f"{int(start[:4]) + 1}-03-31":
        return f"{start[:4]}/{end[2:4]}"
    return window(start, end)


def force_facts(answer: ForceAnswer) -> ForceFacts:
    """Return the facts of a force."""
    about, row, beside = answer.about, answer.row, answer.comparison
    ratio = beside.ratio if isinstance(beside, BesideRest) else None
    return ForceFacts(
        question=_question(about, answer.window),
        force=answer.force,
        count=answer.count.ends,
        recorded=answer.recorded,
        open=answer.open,
        screened=row.screened,
        rate=answer.rate.ends,
        interval=answer.intervals.wilson,
        other_rate=beside.rate.ends if beside else (None, None),
        ratio=(ratio.estimate, ratio.low, ratio.high) if ratio else (None, None, None),
        compared_with=compared_with(about),
        verdict=row.verdict.rest,
        among_forces=row.verdict.among_forces,
        named=bool(row.among_forces.named),
        judged=about.forces_judged,
        by_chance=about.outside_by_chance,
        why_unknown=answer.why_unknown,
    )


def study_facts(answer: CountryAnswer) -> StudyFacts:
    """Return the facts of all forces of a study together."""
    about, together, rows = answer.about, answer.country, answer.forces
    return StudyFacts(
        question=_question(about, about.window),
        forces=together.forces,
        recorded=together.recorded,
        rate=together.rate,
        is_whole=about.against == "rest",
        compared_with=the_rest(about),
        sides={row.force: row.verdict.rest for row in rows if row.is_exact and row.verdict.rest in SIDES},
        unusual={
            row.force: (row.verdict.among_forces, row.rate.low, bool(row.among_forces.named))
            for row in rows
            if row.verdict.among_forces in SIDES
        },
        judged=len(about.judged),
        by_chance=about.outside_by_chance,
        ranged=sum(row.has_rate and not row.is_exact for row in rows),
    )


def _question(about: AboutStudy, days: FigureWindow) -> Question:
    return Question(
        offence=about.offence,
        outcome=about.outcome,
        outcome_id=about.outcome_id,
        period=period_words(days.start, days.end),
        is_of_outcomes=about.of_outcomes,
        windows_differ=about.windows_differ,
        quoted=(about.national_printed or UNKNOWN) if about.national_is_rate else None,
    )
