"""Two publications, as somebody names them: releases, or folders of reports whose summary is read back."""

import csv
from collections.abc import Sequence
from pathlib import Path

from analysis.answer.what_moved import diff_releases, diff_reports
from analysis.counts.releases import list_releases
from analysis.errors import InputError
from analysis.results.differences import Differences, Figure, FigureKey

SUMMARY = "summary.csv"
COUNTS = ("count_low", "count_high", "recorded", "open")
NEEDED = {"study", "force", *COUNTS, "verdict", "verdict_among_forces"}


def find_differences(old: str, new: str, offences: Sequence[str] = (), outcome: str | None = None) -> Differences:
    """Return what moved between two releases, or two folders of reports.

    Parameters
    ----------
    old, new
        Ids of releases, or folders that `batch` made.
    offences, outcome
        What to look at in releases; default: all offences, and `charged`.

    Raises
    ------
    InputError
        If the two are of different kinds, one of them is not there or cannot be read, or they cannot be compared.

    Examples
    --------
    >>> find_differences("home-office-2018-19", "home-office-2018-19").moves
    ()
    """
    known = {release.id for release in list_releases()}
    folders = [name for name in (old, new) if name not in known and (Path(name) / SUMMARY).is_file()]
    if not folders:
        return diff_releases(old, new, offences, outcome or "charged")
    if len(folders) == 1:
        other = new if folders[0] == old else old
        raise InputError(f"{folders[0]} is a folder of reports and {other} is not: give two folders or two releases")
    if offences or outcome:
        raise InputError("--offence and --outcome are for two releases: folders are compared in all that both have")
    return diff_reports(old, new, read_reported(old), read_reported(new))


def read_reported(folder: str) -> dict[FigureKey, Figure]:
    """Return the figures of a folder of reports.

    Raises
    ------
    InputError
        If its summary cannot be read, lacks a column or has a cell that is none.
    """
    path = Path(folder) / SUMMARY
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            if lacks := sorted(NEEDED - set(table.fieldnames or ())):
                raise InputError(f"{path} has no column {lacks[0]}: make the reports anew with charge-rates batch")
            return dict(_figure(row, f"{path}, line {table.line_num}") for row in table)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}") from None


def _figure(row: dict[str, str], place: str) -> tuple[FigureKey, Figure]:
    try:
        release, offence, outcome = row["study"].split("/")
        low, high, recorded, still_open = (int(row[name]) if row[name] else None for name in COUNTS)
    except (ValueError, AttributeError, TypeError):
        raise InputError(f"{place} is not a row of a summary: make the reports anew with charge-rates batch") from None
    verdicts = row["verdict"] or None, row["verdict_among_forces"] or None
    return FigureKey(release, offence, outcome, row["force"]), Figure(low, high, recorded, still_open, *verdicts)
