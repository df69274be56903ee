"""Reads the totals of a year by force, and knows which of them are no total because figures are missing."""

from analysis.counts.forces import list_forces
from analysis.counts.known_gaps import find_missing
from analysis.counts.release import CRIMES_WITH_AN_OUTCOME, FigureRow, Release
from analysis.counts.tables import Row, read_table

COUNTS = "counts/home-office-all-offences.csv"


def read_totals(release: str) -> dict[str, Row]:
    """Return the row of each force in the table of all years, by the force's name.

    Columns charged, assigned (crimes recorded in the year), charged_closed, assigned_closed (investigations closed in
    it), all of them numbers of crimes.

    Examples
    --------
    >>> read_totals("home-office-all-offences-2018-19")["North Yorkshire"]["charged"]
    6521
    """
    return {row["force"]: row for row in read_table(COUNTS) if row["release"] == release}


def charged_by_force(window_start: str, window_end: str) -> dict[str, int]:
    """Return how many crimes recorded in a year were charged, by force; nothing if the year is not in the table.

    Parameters
    ----------
    window_start, window_end
        First and last day of the year, as ISO dates.

    Examples
    --------
    >>> sum(charged_by_force("2018-04-01", "2019-03-31").values()), charged_by_force("2018-04-01", "2018-09-30")
    (481550, {})
    """
    for row in read_table("releases.csv"):
        if row["basis"] == CRIMES_WITH_AN_OUTCOME and (row["window_start"], row["window_end"]) == (
            window_start,
            window_end,
        ):
            return {force: total["charged"] for force, total in read_totals(row["id"]).items()}
    return {}


def missing_totals(release: Release) -> dict[str, str]:
    """Return the forces whose figures of the year are incomplete, each with the reason.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> list(missing_totals(find_release("home-office-all-offences-2019-20")))
    ['Greater Manchester']
    """
    gaps = find_missing(str(release.window_start), str(release.window_end), [force.name for force in list_forces()])
    return {gap["force"]: gap["sentence"] for gap in gaps}


def all_offences_rows(release: Release) -> list[FigureRow]:
    """Return the row of each force in the study of a year: charged of the crimes that have an outcome.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> rows = all_offences_rows(find_release("home-office-all-offences-2018-19"))
    >>> [(row["count_low"], row["recorded"], row["open"]) for row in rows if row["force"] == "Gwent"]
    [(5088, 58193, None)]
    """
    missing, totals = missing_totals(release), read_totals(release.id)
    return [_row(release, totals[force], missing.get(force)) for force in sorted(totals)]


def _row(release: Release, total: Row, why_missing: str | None) -> FigureRow:
    charged, assigned = total["charged"], total["assigned"]
    return {
        "force": total["force"],
        "recorded": None if why_missing else assigned,
        "count_low": None if why_missing else charged,
        "count_high": None if why_missing else charged,
        "open": None,
        "window_start": release.window_start,
        "window_end": release.window_end,
        "how_known": None if why_missing else f"{charged:,} of {assigned:,} crimes with an outcome, as published",
        "why_unknown": why_missing,
        "marked": why_missing,
        "source": total["source"],
    }
