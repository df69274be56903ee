"""Holds an official table against the control total of each force: what another edition of the year has."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from analysis.counts.all_offences.rows import charged_by_force
from analysis.counts.tables import read_table

CHARGED = "1"
MOST_NAMED = 3


def compare_with_control(table: pa.Table, window_start: str, window_end: str) -> str | None:
    """Return how the crimes charged differ from the control totals, or that they do not; None if there are none.

    Nothing is refused: forces keep deciding and correcting cases, so a later edition has other totals.

    Parameters
    ----------
    table
        Year totals with the columns force, outcome_type and count (crimes), all offences of the year.
    window_start, window_end
        First and last day of the year, as ISO dates.

    Examples
    --------
    >>> table = pa.table({"force": ["Gwent"], "outcome_type": ["1"], "count": [5088]})
    >>> compare_with_control(table, "2018-04-01", "2019-03-31")
    'All 5,088 crimes charged are as in prc-outcomes-open-data-mar2019-tables-240724.xlsx, force by force.'
    """
    control = charged_by_force(window_start, window_end)
    found = {force: count for force, count in _charged(table).items() if count is not None and force in control}
    if not found:
        return None
    edition = _edition(window_start)
    total, expected = sum(found.values()), sum(control[force] for force in found)
    differing = sorted((f for f in found if found[f] != control[f]), key=lambda f: (-abs(found[f] - control[f]), f))
    if not differing:
        return f"All {total:,} crimes charged are as in {edition}, force by force."
    return (
        f"The table gives {total:,} crimes charged, {edition} has {expected:,} ({_growth(total, expected)}): "
        f"{len(differing)} of {len(found)} forces differ, most of all {_named(differing, found, control)}."
    )


def _charged(table: pa.Table) -> dict[str, int | None]:
    rows = table.filter(pc.equal(table["outcome_type"], CHARGED))
    sums = rows.group_by("force", use_threads=False).aggregate([("count", "sum"), ("count", "count")])
    known = rows.group_by("force", use_threads=False).aggregate([([], "count_all")])
    complete = dict(zip(known["force"].to_pylist(), known["count_all"].to_pylist(), strict=True))
    return {
        row["force"]: row["count_sum"] if row["count_count"] == complete[row["force"]] else None
        for row in sums.to_pylist()
    }


def _edition(window_start: str) -> str:
    start = int(window_start[:4])
    year = f"{start}/{(start + 1) % 100:02}"
    listed = (row["filename"] for row in read_table("official_files.csv") if row["financial_year"] == year)
    return next(listed, f"the table of control totals of {year}")


def _growth(total: int, expected: int) -> str:
    return f"{100 * (expected / total - 1):+.1f}%" if total else "from none"


def _named(forces: list[str], found: Mapping[str, int], control: Mapping[str, int]) -> str:
    named = [f"{force} ({found[force]:,} and {control[force]:,})" for force in forces[:MOST_NAMED]]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
