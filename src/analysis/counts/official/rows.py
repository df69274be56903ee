"""Reads a tidy release of official outcomes (Parquet): the row of each force in a study of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.counts.folder import file_state
from analysis.counts.forces import list_forces
from analysis.counts.names import offer_names
from analysis.counts.release import (
    ALL_OFFENCES,
    NO_CRIMES,
    STILL_OPEN,
    Cell,
    Outcome,
    Release,
    counts_file,
    forces_covered,
    stated_offences,
)
from analysis.counts.tables import Column, describe_columns
from analysis.errors import InputError, first_line

ARROW_TYPES = {"text": pa.string(), "integer": pa.int32()}
DESCRIBED_AS = "counts/home-office-2018-19.parquet"
"""The file of data/ whose description in the dictionary is that of every imported release of this kind too."""
NOT_PROVIDED = "the force did not provide its figures"
NO_FIGURES = "the table has no figures of this force"

ForceCounts = dict[str, dict[str, int | None]]


def read_official(release: Release, offence: str) -> ForceCounts:
    """Return the published year totals of one offence: by force, then by outcome type.

    A force or type that is missing has none; a total is None where the force did not provide its figures. Of all
    offences together, those of a force that are not known are left out.

    Raises
    ------
    InputError
        If the file's digest, columns or rows are not as data/ describes them.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> read_official(find_release("home-office-2018-19"), "8R")["Gwent"]["1"]
    105
    """
    return _read_offence(release, offence, file_state(counts_file(release)))


@lru_cache(maxsize=2)
def _read_offence(release: Release, offence: str, _state: tuple[object, ...]) -> ForceCounts:
    """Return the totals of one offence, kept while its outcomes are asked for one after the other."""
    if offence == ALL_OFFENCES:
        return _add_up(release)
    table = read_all_official(release)
    rows = table.filter(pc.equal(table["offence"], offence)).to_pydict()
    counts: ForceCounts = {}
    for force, kind, count in zip(rows["force"], rows["outcome_type"], rows["count"], strict=True):
        counts.setdefault(force, {})[kind] = count
    return counts


def read_all_official(release: Release) -> pa.Table:
    """Return the whole table of a release: release, offence, force, outcome_type, count.

    Raises
    ------
    InputError
        If the digest, a column, its type, or the value of a release, force or outcome type is not as described.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> read_all_official(find_release("home-office-2018-19")).num_rows
    41584
    """
    return _read_checked(release, file_state(counts_file(release)))


@lru_cache(maxsize=2)
def _read_checked(release: Release, state: tuple[object, ...]) -> pa.Table:
    place = release.place
    table = _read_parquet(Path(str(state[0])), place)
    columns = _describe(release)
    wanted = pa.schema([(column.name, ARROW_TYPES[column.type]) for column in columns])
    if not table.schema.equals(wanted):
        raise InputError(f"{place}: the columns are {_spell(table.schema)} but must be {_spell(wanted)}")
    for column in columns:
        _refuse_unknown(table, column.name, column.known, place)
    _refuse_unknown(table, "release", frozenset([release.id]), place)
    return table


def _describe(release: Release) -> list[Column]:
    """Return the described columns; what an imported release may hold is its own id and offences."""
    if not release.imported:
        return describe_columns(release.counts)
    known = {"release": frozenset([release.id]), "offence": frozenset(stated_offences(release))}
    return [replace(column, known=known.get(column.name, column.known)) for column in describe_columns(DESCRIBED_AS)]


def official_cells(release: Release, outcome: Outcome) -> list[Cell]:
    """Return the total of every force and offence, without those of which a type is negative or was not provided.

    Examples
    --------
    >>> from analysis.counts.releases import find_outcome, find_release
    >>> release = find_release("home-office-2018-19")
    >>> cells = official_cells(release, find_outcome(release, "charged"))
    >>> next(cell for cell in cells if cell[:2] == ("Gwent", "8R"))
    Cell(force='Gwent', offence='8R', with_outcome=105, recorded=3654, still_open=115)
    """
    return [
        Cell(
            force,
            offence,
            with_outcome=sum(by_type.get(kind, 0) for kind in outcome.types),
            recorded=sum(by_type.values()),
            still_open=0 if STILL_OPEN in outcome.types else by_type.get(STILL_OPEN, 0),
        )
        for (force, offence), by_type in _known_cells(release).items()
    ]


def _known_cells(release: Release) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Return the totals of each force and offence by outcome type, where none is negative or missing."""
    return _gather_cells(release, file_state(counts_file(release)))


@lru_cache(maxsize=1)
def _gather_cells(release: Release, _state: tuple[object, ...]) -> dict[tuple[str, str], dict[str, int]]:
    """Return the same, kept while a release's outcomes are asked for one after the other."""
    rows = read_all_official(release).to_pydict()
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for force, offence, kind, count in zip(
        rows["force"], rows["offence"], rows["outcome_type"], rows["count"], strict=True
    ):
        cells.setdefault((force, offence), {})[kind] = count
    return {
        names: by_type for names, by_type in cells.items() if not (None in by_type.values() or negative_types(by_type))
    }


def _add_up(release: Release) -> ForceCounts:
    """Return each force's totals of all offences together, by outcome type."""
    counts: dict[str, Counter[str]] = {}
    for (force, _), by_type in _known_cells(release).items():
        counts.setdefault(force, Counter()).update(by_type)
    return {force: dict(by_type) for force, by_type in counts.items()}


def official_rows(release: Release, offence: str, outcome: Outcome) -> list[dict[str, Any]]:
    """Return the row of each force in a study of an official release, all forces included.

    A force without a row for the offence recorded none. Where the published corrections leave a negative total of any
    type, the count is unknown and the recorded number stands as published.

    Examples
    --------
    >>> from analysis.counts.releases import find_outcome, find_release
    >>> release = find_release("home-office-2018-19")
    >>> rows = official_rows(release, "8R", find_outcome(release, "charged"))
    >>> [(row["count_low"], row["recorded"], row["open"]) for row in rows if row["force"] == "Gwent"]
    [(105, 3654, 115)]
    """
    counts, covered = read_official(release, offence), forces_covered(release)
    return [
        {
            "force": force.name,
            "window_start": release.window_start,
            "window_end": release.window_end,
            "source": release.source,
            **(
                _count_force(counts.get(force.name, {}), outcome)
                if covered is None or force.name in covered
                else _unknown(NO_FIGURES)
            ),
        }
        for force in list_forces()
    ]


def negative_types(by_type: Mapping[str, int | None]) -> dict[str, int]:
    """Return the outcome types whose year total is below 0, with the totals.

    Examples
    --------
    >>> negative_types({"0": -2, "1": 2})
    {'0': -2}
    """
    return {kind: count for kind, count in by_type.items() if count is not None and count < 0}


def _unknown(why: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("recorded", "count_low", "count_high", "open", "how_known", "marked"))
    return nothing | {"why_unknown": why}


def _count_force(by_type: dict[str, int | None], outcome: Outcome) -> dict[str, Any]:
    totals = {kind: total for kind, total in by_type.items() if total is not None}
    if len(totals) < len(by_type):
        return _unknown(NOT_PROVIDED)
    recorded, negative = sum(totals.values()), negative_types(totals)
    count = sum(totals.get(kind, 0) for kind in outcome.types)
    # The open cases of "not yet assigned" are the count itself.
    still_open = None if STILL_OPEN in outcome.types else totals.get(STILL_OPEN, 0)
    row: dict[str, Any] = {"recorded": recorded, "count_low": count, "count_high": count, "open": still_open}
    row |= {"how_known": f"{count:,} of {recorded:,}, as published", "why_unknown": None, "marked": None}
    if negative:
        total = " and ".join(f"{value} of type {kind}" for kind, value in negative.items())
        why = (
            f"after the published corrections {total} remain, so the figures cannot all be right "
            f"(published: {count:,} of {recorded:,})"
        )
        row |= {"why_unknown": why, "marked": why}
    elif recorded == 0:
        row["why_unknown"] = NO_CRIMES
    if row["why_unknown"]:
        row |= {"count_low": None, "count_high": None, "open": None, "how_known": None}
    return row


def _spell(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} ({field.type})" for field in schema)


def _read_parquet(path: Path, place: str) -> pa.Table:
    try:
        return pq.ParquetFile(path).read(use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{place} is not a whole Parquet file ({first_line(error)}): restore it") from None


def _refuse_unknown(table: pa.Table, column: str, known: frozenset[str], place: str) -> None:
    if not known:
        return
    for value in pc.unique(table[column]).to_pylist():
        if value not in known:
            row = pc.index(table[column], pa.scalar(value, pa.string())).as_py() + 1
            raise InputError(
                f"{place}, row {row}, column {column}: {value!r} is not known here; "
                f"{offer_names(str(value), sorted(known))}"
            )
