"""Reads a tidy release of official outcomes (Parquet): the row of each force in a study of it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.counts.digests import verify_file
from analysis.counts.folder import data_folder, file_state
from analysis.counts.forces import list_forces
from analysis.counts.names import offer_names
from analysis.counts.releases import Outcome, Release
from analysis.counts.tables import describe_columns
from analysis.errors import InputError

ARROW_TYPES = {"text": pa.string(), "integer": pa.int32()}
NO_CRIMES = "no crimes recorded"
STILL_OPEN = "0"

ForceCounts = dict[str, dict[str, int]]


def read_official(release: Release, offence: str) -> ForceCounts:
    """Return the published year totals of one offence: by force, then by outcome type.

    A force or type that is missing has none.

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
    path = verify_file(data_folder(), release.counts)
    return _read_checked(release.id, release.counts, file_state(path))


@lru_cache(maxsize=2)
def _read_checked(release_id: str, name: str, state: tuple) -> pa.Table:
    place = f"data/{name}"
    table = _read_parquet(Path(state[0]), place)
    columns = describe_columns(name)
    wanted = pa.schema([(column.name, ARROW_TYPES[column.type]) for column in columns])
    if not table.schema.equals(wanted):
        found = ", ".join(f"{field.name} ({field.type})" for field in table.schema)
        raise InputError(f"{place}: the columns are {found}; data/dictionary.csv wants others")
    for column in columns:
        _refuse_unknown(table, column.name, column.known, place)
    _refuse_unknown(table, "release", frozenset([release_id]), place)
    return table


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
    counts = read_official(release, offence)
    return [
        {
            "force": force.name,
            "window_start": release.window_start,
            "window_end": release.window_end,
            "source": release.source,
            **_count_force(counts.get(force.name, {}), outcome),
        }
        for force in list_forces()
    ]


def negative_types(by_type: dict[str, int]) -> dict[str, int]:
    """Return the outcome types whose year total is below 0, with the totals.

    Examples
    --------
    >>> negative_types({"0": -2, "1": 2})
    {'0': -2}
    """
    return {kind: count for kind, count in by_type.items() if count < 0}


def _count_force(by_type: dict[str, int], outcome: Outcome) -> dict[str, Any]:
    recorded = sum(by_type.values())
    negative = negative_types(by_type)
    count = sum(by_type.get(kind, 0) for kind in outcome.types)
    # The open cases of "not yet assigned" are the count itself.
    still_open = None if STILL_OPEN in outcome.types else by_type.get(STILL_OPEN, 0)
    row = {"recorded": recorded, "count_low": count, "count_high": count, "open": still_open}
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


def _read_parquet(path: Path, place: str) -> pa.Table:
    try:
        return pq.ParquetFile(path).read(use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{place} is not a whole Parquet file: {str(error).splitlines()[0]}") from None


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
