"""What became of the investigations closed in a year, whenever the crime was recorded: context that no interval uses.

The charges of a year are no part of the crimes recorded in it, so no rate of the two is a proportion. They are kept to
tell which charge rate somebody quoted.
"""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.counts.all_offences.rows import missing_totals, read_totals
from analysis.counts.folder import file_state
from analysis.counts.imported import closed_path
from analysis.counts.release import CRIMES_WITH_AN_OUTCOME, Release

CHARGED, OTHER = "1", "other"

ClosedOutcomes = dict[str, dict[str, int | None]]
"""By force, then by outcome type; None where the force did not provide its figures. Totals know 1 and other only."""


def read_closed(release: Release, codes: Collection[str] | None = None) -> ClosedOutcomes | None:
    """Return the outcomes given in the year of a release; None where it does not hold them.

    Parameters
    ----------
    release
        The release; the built-in table by offence has none, the built-in totals of a year have them.
    codes
        Offence codes to add up; all of them if not given.

    Raises
    ------
    InputError
        If the file is not the one that was imported.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> read_closed(find_release("home-office-2018-19")) is None
    True
    >>> read_closed(find_release("home-office-all-offences-2018-19"))["Gwent"]["1"]
    4509
    """
    if release.basis == CRIMES_WITH_AN_OUTCOME:
        return _closed_totals(release)
    path = closed_path(release.id) if release.imported else None
    if path is None:
        return None
    table = _read(file_state(path))
    if codes is not None:
        table = table.filter(pc.is_in(table["offence"], pa.array(sorted(codes), pa.string())))
    found: ClosedOutcomes = {}
    for row in table.select(["force", "outcome_type", "count"]).to_pylist():
        by_type = found.setdefault(row["force"], {})
        so_far = by_type.get(row["outcome_type"], 0)
        by_type[row["outcome_type"]] = None if None in (so_far, row["count"]) else so_far + row["count"]
    return found


def _closed_totals(release: Release) -> ClosedOutcomes:
    missing = missing_totals(release)
    return {
        force: {CHARGED: None, OTHER: None}
        if force in missing
        else {CHARGED: row["charged_closed"], OTHER: row["assigned_closed"] - row["charged_closed"]}
        for force, row in read_totals(release.id).items()
    }


@lru_cache(maxsize=4)
def _read(state: tuple[str, int, int]) -> pa.Table:
    return pq.ParquetFile(Path(state[0])).read(use_threads=False)
