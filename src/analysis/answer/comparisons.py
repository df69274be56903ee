"""Many forces beside each other: every force with the rest, and among forces."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.answer.answer_cache import cached
from analysis.answer.comparator import AgainstComparator, Comparator, find_comparator
from analysis.answer.fields import counts, limits_of_each, number, rates, whole
from analysis.answer.mix import add_mixes
from analysis.counts.confined import MEMORY
from analysis.counts.forces import offer_forces, recognise_forces
from analysis.counts.release import ALL_OFFENCES
from analysis.counts.replies.spreadsheet import read_force_table
from analysis.counts.studies import NationalCount, NationalRate, read_study
from analysis.errors import InputError
from analysis.results.compared_forces import (
    AgainstRest,
    AmongForces,
    BeyondLimits,
    ComparedFile,
    ComparedForce,
    ComparedForces,
    ForcesTogether,
    OpenReadings,
    ShrunkRate,
    Verdicts,
)
from analysis.results.json_form import fields_of
from analysis.statistics.arrays import Floats, Number
from analysis.statistics.funnel import funnel_z, outside
from analysis.statistics.judgement import Judgement, judge_forces
from analysis.statistics.overdispersion import Overdispersion
from analysis.statistics.proportions import interval_of_range
from analysis.statistics.shrinkage import shrink_rates

Columns = dict[str, list[Any]]
"""What is said of each force, by the names of the fields."""
NOT_YET_ASSIGNED = "not-yet-assigned"
"""The outcome of the crimes that are still open."""


@cached
def compare_study(study_id: str, *, confidence: float = 0.95) -> ComparedForces:
    """Return all forces of a study beside each other.

    Returns
    -------
    ComparedForces
        What the forces show together, and each of them, in the order of their names.

    Raises
    ------
    InputError
        If the study is not known.

    Examples
    --------
    >>> country = compare_study("home-office-2018-19/8R/charged").country
    >>> country.count, country.recorded, round(country.x2, 1)
    (4873, 206716, 426.9)
    """
    study = read_study(study_id)
    compared = compare_forces(
        study.forces,
        national=study.national,
        confidence=confidence,
        open_is_the_outcome=study.outcome == NOT_YET_ASSIGNED,
    )
    return add_mixes(compared, study) if study.offence == ALL_OFFENCES else compared


def compare_file(
    path: str, *, columns: Mapping[str, str] | None = None, sheet: str | None = None, memory: float = MEMORY
) -> ComparedFile:
    """Return all forces of a spreadsheet beside each other, and how it was understood.

    Parameters
    ----------
    path : str
        The file; `-` for standard input.
    columns : Mapping of str to str, optional
        What the file calls its columns, by what they hold.
    sheet : str, optional
        The sheet of a workbook, by name or number; the only one that holds a table of forces if not given.
    memory : float
        Gigabytes that reading the file may take, in a process of its own.

    Returns
    -------
    ComparedFile
        The forces, in the file's order, and how the file was understood.

    Raises
    ------
    InputError
        If the file cannot be read; the message names row, column and value.
    """
    table = read_force_table(path, columns=columns, sheet=sheet, memory=memory)
    return ComparedFile(
        **fields_of(compare_forces(table.forces)),
        understood=tuple(table.understood),
        said=table.said,
        ignored_columns=table.ignored_columns,
    )


def compare_forces(
    forces: pd.DataFrame,
    *,
    national: NationalRate | NationalCount | None = None,
    confidence: float = 0.95,
    open_is_the_outcome: bool = False,
) -> ComparedForces:
    """Return all forces of a table beside each other.

    Parameters
    ----------
    forces : pandas.DataFrame
        Columns force, count_low, count_high, recorded, open, why_unknown.
    national : NationalRate or NationalCount, optional
        A published figure to compare with, instead of the other forces with exact counts.
    confidence : float
        Confidence of the intervals and of the verdicts against the rest.
    open_is_the_outcome : bool
        Whether the outcome is that a crime is still open, so that there is one reading of it.

    Returns
    -------
    ComparedForces
        Forces whose count is a range, by figures that were not published or by too many open cases, take no part in
        what the forces show together.
    """
    low, high, recorded, still_open = _arrays(forces)
    comparator = find_comparator(national, confidence=confidence)
    readable = np.isnan(low) | open_is_the_outcome | (national is not None)
    judged = judge_forces(low, high, recorded, np.where(readable, math.nan, still_open), confidence=confidence)
    exact, crimes = (np.where(judged.exact, column, math.nan) for column in (low, recorded))
    together = comparator.measure(exact, crimes)
    parts = comparator.compare(judged, low, high, recorded)
    columns = (
        _count_columns(forces, judged, confidence)
        | _rest_columns(exact, crimes, comparator, parts)
        | _companion_columns(exact, crimes, together, confidence)
        | _verdict_columns(judged, parts, compared=national is None)
        | {"why_unknown": list(forces["why_unknown"])}
    )
    rows = zip(*columns.values(), strict=True)
    return ComparedForces(
        country=_forces_together(together, comparator),
        forces=tuple(ComparedForce(**dict(zip(columns, cells, strict=True))) for cells in rows),
    )


def _arrays(forces: pd.DataFrame) -> list[Floats]:
    """Return lowest and highest count, crimes recorded and open of each force; nothing is known where none is."""
    low, high, recorded = count_arrays(forces)
    still_open = forces["open"].to_numpy(dtype=float, na_value=math.nan)
    return [low, high, recorded, still_open]


def _count_columns(forces: pd.DataFrame, judged: Judgement, confidence: float) -> Columns:
    """Return what was counted of each force: a screened force's count is a range up to its open cases."""
    recorded = count_arrays(forces)[2]
    ends = list(zip(judged.low, judged.high, strict=True))
    wilson = interval_of_range(judged.low, judged.high, recorded, confidence=confidence)
    return {
        "force": list(forces["force"]),
        "gss_code": [force and force.gss_code for force in recognise_forces(forces["force"])],
        "count": [counts(low, high) for low, high in ends],
        "recorded": list(map(whole, recorded)),
        "open": [None if pd.isna(still_open) else int(still_open) for still_open in forces["open"]],
        "rate": [rates(*pair, of) for pair, of in zip(ends, recorded, strict=True)],
        "wilson": limits_of_each(wilson),
        "screened": judged.screened.tolist(),
    }


def _rest_columns(exact: Floats, crimes: Floats, comparator: Comparator, parts: AgainstComparator) -> Columns:
    """Return the tests of each force against what it is compared with; the score test is a companion."""
    score = comparator.score(exact, crimes)
    tests = np.stack([score.z, score.p, parts.mid_p, parts.p_holm], axis=-1)
    return {
        "rest": [AgainstRest(*map(number, row)) for row in tests],
        "p_range": limits_of_each(parts.p_range),
    }


def _companion_columns(exact: Floats, crimes: Floats, together: Overdispersion, confidence: float) -> Columns:
    """Return the symmetric limits and the empirical Bayes rates, which decide nothing."""
    adjusted: list[BeyondLimits | None] = [None] * len(exact)
    if together.tau2 is not None:
        adjusted = _beyond(funnel_z(exact, crimes, together.theta, mu=together.mu, tau2=together.tau2))
    return {
        "funnel": _beyond(funnel_z(exact, crimes, together.theta)),
        "adjusted": adjusted,
        "shrunk": _shrunk(exact, crimes, together, confidence),
    }


def _verdict_columns(judged: Judgement, parts: AgainstComparator, *, compared: bool) -> Columns:
    """Return the verdicts; a study against a published figure has none among the forces."""
    among = judged.among_verdict if compared else np.full(judged.exact.shape, None)
    return {
        "among_forces": _among_columns(judged, compared=compared),
        "open_readings": _reading_columns(judged, parts, compared=compared),
        "verdict": [Verdicts(*words) for words in zip(parts.verdict, among, strict=True)],
    }


NOT_AMONG = AmongForces(p=None, outside=None, judged=None, bh=None, named=None, a=None, b=None)
"""Of a force that takes no part."""


def _among_columns(judged: Judgement, *, compared: bool) -> list[AmongForces]:
    """Return how unusual each force is by the reading "never"; all unknown for a force that takes no part."""
    found, takes_part = judged.never.among, judged.exact & compared
    rows = zip(
        found.p, found.outside, found.judged, found.benjamini_hochberg, judged.named, found.a, found.b, strict=True
    )
    return [
        _among_part(row) if here and word is not None else NOT_AMONG
        for row, here, word in zip(rows, takes_part, found.verdict, strict=True)
    ]


def _among_part(row: tuple[Any, ...]) -> AmongForces:
    p, outside_limits, is_judged, bh, named, a, b = row
    return AmongForces(number(p), outside_limits, bool(is_judged), number(bh), bool(named), number(a), number(b))


def _reading_columns(judged: Judgement, parts: AgainstComparator, *, compared: bool) -> list[OpenReadings]:
    """Return both verdicts under each reading of the open cases; "as closed" is unknown where their number is."""
    if not compared:
        return [OpenReadings(never=Verdicts(word, None), as_closed=None) for word in parts.verdict]
    readings = [zip(one.rest_verdict, one.among.verdict, strict=True) for one in (judged.never, judged.as_closed)]
    return [
        OpenReadings(never=Verdicts(*never), as_closed=Verdicts(*as_closed) if known else None)
        for never, as_closed, known in zip(*readings, judged.has_readings, strict=True)
    ]


def find_row(rows: Sequence[ComparedForce], force: str) -> ComparedForce:
    """Return the row of a force, by its label without regard to case, or by another name of the same force.

    Raises
    ------
    InputError
        If no row is that force's; near names are offered.
    """
    labels = [row.force for row in rows]
    wanted, *forces = recognise_forces([force, *labels])
    for row, label, known in zip(rows, labels, forces, strict=True):
        if label.casefold() == force.strip().casefold() or (known is not None and known == wanted):
            return row
    raise InputError(f"There is no force {force!r} here; {offer_forces(force, labels)}")


def count_arrays(forces: pd.DataFrame) -> list[Floats]:
    """Return the columns count_low, count_high and recorded as float arrays, NaN where unknown."""
    columns = ("count_low", "count_high", "recorded")
    return [forces[column].to_numpy(dtype=float, na_value=math.nan) for column in columns]


def _shrunk(exact: Floats, crimes: Floats, together: Overdispersion, confidence: float) -> list[ShrunkRate | None]:
    """Return each force's shrunken rate with its limits; None where the forces are too few or have no common rate."""
    if together.tau2 is None:
        return [None] * len(exact)
    found = shrink_rates(exact, crimes, confidence=confidence)
    rows = np.stack(found, axis=-1)
    return [None if math.isnan(row[0]) else ShrunkRate(*map(number, row)) for row in rows]


def _beyond(z: Number) -> list[BeyondLimits | None]:
    """Return each force's z and the limits it lies outside of; None where its count is not known exactly."""
    rows = zip(np.atleast_1d(z), np.array(outside(z), object, ndmin=1), strict=True)
    return [None if math.isnan(one) else BeyondLimits(number(one), limit) for one, limit in rows]


def _forces_together(together: Overdispersion, comparator: Comparator) -> ForcesTogether:
    return ForcesTogether(
        count=int(together.charged),
        recorded=int(together.recorded),
        rate=together.charged / together.recorded if together.recorded else None,
        forces=together.forces,
        x2=number(together.x2),
        x2_p=number(together.x2_p),
        phi=number(together.phi),
        tau2=number(together.tau2),
        mu=number(together.mu),
        national=comparator.national,
    )
