"""Every question that an official release can be asked, answered at once: each offence, outcome and force."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.answer.comparisons import NOT_YET_ASSIGNED
from analysis.answer.two_processes import in_two_processes
from analysis.counts.offence_groups import OffenceGroup, add_rows, list_groups
from analysis.counts.release import ALL_OFFENCES, FigureRow, Outcome, Release, ReleaseFigures
from analysis.counts.releases import find_outcome, list_offences, list_outcomes, open_release
from analysis.errors import InputError
from analysis.statistics.among_forces import usual_rates
from analysis.statistics.judgement import Judgement, judge_forces
from analysis.statistics.proportions import interval_of_range

Counts = NDArray[np.float64]
Words = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class AnsweredStudy:
    """What one study says of all forces; the arrays have one element a force, in the order of their names."""

    offence: str
    """Code as published, id of a group of offences, or `all` for all offences together."""
    outcome: str
    """Id of the outcome."""
    count: int
    """Crimes with the outcome in the forces that are compared."""
    compared: int
    """Crimes recorded in them."""
    usual: tuple[float, float] | None
    """The rates that 95 in 100 forces would have; None where too few forces show it."""
    low: Counts
    high: Counts
    """Lowest and highest possible count; NaN where unknown."""
    recorded: Counts
    open: Counts
    """Crimes without an outcome on the day of the figures; NaN where unknown."""
    screened: NDArray[np.bool_]
    """Whether so many are open that the count is a range by them."""
    wilson_low: Counts
    wilson_high: Counts
    """95% interval, from the lowest count's lower limit to the highest count's upper."""
    rest: Words
    """Verdict against the rest of the forces; None where nothing can be said."""
    among: Words
    """Verdict among the forces."""
    among_p: Counts
    """p among the forces, the larger of both readings of the open cases; NaN for a force that is not judged in each."""
    why_unknown: tuple[str | None, ...]


def answer_release(release: Release, outcome: str | None = None) -> Iterator[AnsweredStudy]:
    """Yield what every study of an official release says, outcome by outcome within each offence.

    The studies of groups of several codes follow those of the codes; those of all offences together come last.

    Parameters
    ----------
    release : Release
    outcome : str, optional
        Id of the one outcome that is asked for; default: all.

    Raises
    ------
    InputError
        If the release is not an official table, or its figures differ from their digest.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> first = next(answer_release(find_release("home-office-2018-19")))
    >>> first.offence, first.outcome, len(first.low)
    ('1/4.1/4.10/4.2', 'charged', 44)
    """
    figures = open_explored(release)
    outcomes = list_outcomes(release) if outcome is None else [find_outcome(release, outcome)]
    rows = {
        (offence, one.id): figures.study_rows(offence, one, "")
        for offence in (*list_offences(release), ALL_OFFENCES)
        for one in outcomes
    }
    groups = {group.id: [one.code for one in group.codes] for group in explored_groups(release)}
    rows |= {
        (group, one.id): add_rows({code: rows[code, one.id] for code in codes})
        for group, codes in groups.items()
        for one in outcomes
    }
    offences = [*list_offences(release), *groups, ALL_OFFENCES]
    yield from in_two_processes(
        _answer_studies, [(offence, one, rows[offence, one.id]) for offence in offences for one in outcomes]
    )


def open_explored(release: Release) -> ReleaseFigures:
    """Return the figures of an official release.

    Raises
    ------
    InputError
        If the release is not an official table of all offences.
    """
    figures = open_release(release)
    if not figures.every_offence:
        raise InputError(f"{release.id} is not an official table of all offences: only such a release can be explored")
    return figures


def limits_of_few(recorded: int) -> tuple[Counts, Counts]:
    """Return the Wilson limits of every count of some crimes recorded, of none first: lower ends and upper ends.

    Examples
    --------
    >>> low, high = limits_of_few(2)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.095, 0.342], [0.658, 0.905, 1.0])
    """
    counts = np.arange(recorded + 1.0)
    low, high = interval_of_range(counts, counts, np.full(recorded + 1, float(recorded)))
    return np.asarray(low), np.asarray(high)


def explored_groups(release: Release) -> list[OffenceGroup]:
    """Return the groups that are answered beside the codes: those of several codes; one code answers for itself.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> [group.id for group in explored_groups(find_release("home-office-2018-19"))][:2]
    ['violence-against-the-person', 'violence-with-injury']
    """
    return [group for group in list_groups(release).values() if len(group.codes) > 1]


def _answer_studies(asked: Sequence[tuple[str, Outcome, list[FigureRow]]]) -> list[AnsweredStudy]:
    """Return what each study says; all are judged in one call, which costs a fifth of one by one."""
    rows = [figures for *_, figures in asked]
    low, high, recorded, still_open = (_column(rows, name) for name in ("count_low", "count_high", "recorded", "open"))
    known, readable = np.isfinite(low), np.array([[outcome.id != NOT_YET_ASSIGNED] for _, outcome, _ in asked])
    still_open = np.where(known, still_open, math.nan)
    judged = judge_forces(low, high, recorded, np.where(readable, still_open, math.nan))
    charged, compared = (np.where(judged.exact, count, math.nan) for count in (low, recorded))
    limits = interval_of_range(judged.low, judged.high, np.where(known, recorded, math.nan))
    wilson_low, wilson_high = map(np.asarray, limits)
    usual, among_p = np.stack(usual_rates(charged, compared), axis=-1), _p_of_both(judged)
    return [
        AnsweredStudy(
            offence=offence,
            outcome=outcome.id,
            count=int(np.nansum(charged[at])),
            compared=int(np.nansum(compared[at])),
            usual=None if np.isnan(usual[at]).any() else (float(usual[at, 0]), float(usual[at, 1])),
            low=judged.low[at],
            high=judged.high[at],
            recorded=recorded[at],
            open=still_open[at],
            screened=judged.screened[at],
            wilson_low=wilson_low[at],
            wilson_high=wilson_high[at],
            rest=judged.rest_verdict[at],
            among=judged.among_verdict[at],
            among_p=among_p[at],
            why_unknown=tuple(str(why) if (why := row["why_unknown"]) else None for row in figures),
        )
        for at, (offence, outcome, figures) in enumerate(asked)
    ]


def _p_of_both(judged: Judgement) -> Counts:
    """Return the p among the forces that holds however the open cases end."""
    never, as_closed = (np.where(one.among.judged, one.among.p, math.nan) for one in (judged.never, judged.as_closed))
    return np.where(judged.has_readings, np.maximum(never, as_closed), never)


def _column(studies: list[list[FigureRow]], name: str) -> Counts:
    """Return a column of all studies, studies by forces; NaN where unknown."""
    return np.array([[math.nan if row[name] is None else row[name] for row in rows] for rows in studies], float)
