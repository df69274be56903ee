"""Makes a release of a file: an official outcomes table, or a spreadsheet of replies.

A release is kept under its id. The same file again changes nothing; another one needs another id or `replace`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from functools import partial
from pathlib import Path
from typing import Any

from analysis.counts import imported
from analysis.counts.confined import MEMORY
from analysis.counts.official import announcements, home_office, year_totals
from analysis.counts.official.arrow_table import read_confined_table
from analysis.counts.official.coverage import refuse_filtered
from analysis.counts.official.official_description import describe_official
from analysis.counts.official.official_file import read_official_file
from analysis.counts.releases import is_built_in
from analysis.counts.replies.grid import STANDARD_INPUT
from analysis.counts.replies.replies_release import write_replies
from analysis.counts.whole_file import unreadable
from analysis.errors import InputError

OFFICIAL_COUNTS = "counts.parquet"
REPLIES_COUNTS = "replies.csv"
IMPORTED, REPLACED, ALREADY_THERE = "imported", "replaced", "already there"


@dataclass(frozen=True)
class Imported:
    """What became of an import: the release, what was done, and what a reader of its figures must know.

    Of a spreadsheet of replies also what was understood, one row a force, and said of its form.
    """

    release: str
    status: str
    offences: int
    forces: int
    announced: tuple[str, ...]
    understood: tuple[dict[str, Any], ...] = ()
    said: tuple[str, ...] = ()


def import_official(
    path: str | Path,
    *,
    release: str | None = None,
    year: str | None = None,
    sheet: str | None = None,
    replace: bool = False,
    memory: float = MEMORY,
) -> Imported:
    """Make a release of an official outcomes table.

    Parameters
    ----------
    path
        The table, .xlsx, .ods, .csv or .csv.gz.
    release
        Id of the release; that of the table's own year if not given, e.g. `home-office-2021-22`.
    year, sheet
        Which year and sheet to take where there are several.
    replace
        Whether an imported release with this id gives way.
    memory
        Gigabytes that reading the file may take, in a process of its own.

    Raises
    ------
    InputError
        If the id cannot be used, or the file is not an official table; nothing is left behind then.
    """
    if str(path) == STANDARD_INPUT:
        raise InputError(
            "an official table is not read from standard input: give the file as it was published, or for replies "
            "--release, --offence and --source"
        )
    _refuse_missing(path)
    file = read_official_file(path)
    request = {"kind": "official", "file": file.sha256, "year": year, "sheet": sheet}
    if not replace and (found := _already_there(release, request)):
        return found
    if release is not None:
        _check_id(release, replace=replace)
    table = read_confined_table(file, sheet=sheet, memory=memory)
    figures = home_office.validate_official_table(table, year=year)
    refuse_filtered(table.place, figures.outcome_type.values)
    family = "home-office-subcodes" if table.is_subcodes else "home-office"
    name = release or f"{family}-{figures.year.replace('/', '-')}"
    status = _check_id(name, replace=replace)
    tidy = year_totals.tidy_release(figures, name)
    about = describe_official(name, file.name, request, figures, counts=OFFICIAL_COUNTS)
    about["announced"] = announcements.announce(about, figures, tidy)
    closed = year_totals.tidy_closed(figures, name)
    imported.write_imported(
        name,
        about,
        OFFICIAL_COUNTS,
        partial(year_totals.write_release, tidy),
        replace=replace,
        write_closed=None if closed is None else partial(year_totals.write_release, closed),
    )
    return _result(name, status, about)


def import_replies(
    path: str | Path,
    *,
    release: str,
    offence: str,
    source: str,
    window: str | None = None,
    columns: Sequence[str] = (),
    sheet: str | None = None,
    replace: bool = False,
    memory: float = MEMORY,
) -> Imported:
    """Make a release of a spreadsheet of replies about one offence.

    Parameters
    ----------
    path
        A spreadsheet, .xlsx, .ods or text, as `analysis.counts.replies.rows` reads it; `-` for standard input.
    release
        Id of the release, e.g. `my-foi`.
    offence
        Offence code as published, e.g. `8/71`.
    source
        Who asked whom, when and for what, in a few words.
    window
        The window of all rows, e.g. `2017..2021`, where the file has no such column.
    columns
        What the file calls its columns, e.g. `charged=Charged/Summonsed`.
    sheet
        The sheet of a workbook, by name or number; the only one that holds a table of forces if not given.
    replace
        Whether an imported release with this id gives way.
    memory
        Gigabytes that reading the file may take, in a process of its own.

    Raises
    ------
    InputError
        If the id or a cell cannot be used; nothing is left behind then.
    """
    # They need pandas, which would make every import of a table slower.
    from analysis.counts.replies import description
    from analysis.counts.replies import rows as replies
    from analysis.counts.replies.columns import read_columns
    from analysis.counts.replies.grid import read_spreadsheet_file

    if str(path) != STANDARD_INPUT:
        _refuse_missing(path)
    file = read_spreadsheet_file(path)
    request: dict[str, Any] = {"kind": "replies", "file": file.sha256, "offence": offence}
    request |= {"source": source, "window": window} | ({"columns": sorted(columns)} if columns else {})
    request |= {"sheet": sheet} if sheet is not None else {}
    if not replace and (found := _already_there(release, request)):
        return found
    status = _check_id(release, replace=replace)
    table = replies.read_replies(file, window=window, columns=read_columns(columns), sheet=sheet, memory=memory)
    about = description.describe_replies(release, file.name, request, table, counts=REPLIES_COUNTS)
    imported.write_imported(
        release, about, REPLIES_COUNTS, lambda target: write_replies(table.replies, target), replace=replace
    )
    return replace_fields(_result(release, status, about), understood=tuple(table.understood), said=table.said)


def import_from_command(
    file: str,
    *,
    release: str | None,
    replace: bool,
    year: str | None,
    sheet: str | None,
    offence: str | None,
    source: str | None,
    window: str | None,
    columns: Sequence[str] = (),
    memory: float = MEMORY,
) -> Imported:
    """Make a release of a file as the options of the command say: of replies if they name an offence.

    Raises
    ------
    InputError
        If options are missing or exclude each other, and as `import_official` and `import_replies` do.
    """
    if offence is None:
        if source is not None or window is not None or columns:
            named = "--source, --window and --columns" if columns else "--source and --window"
            raise InputError(f"{named} are for a spreadsheet of replies, which needs --offence too")
        return import_official(file, release=release, year=year, sheet=sheet, replace=replace, memory=memory)
    if year is not None:
        raise InputError("--year is for official tables: leave it away, or leave --offence away")
    if release is None or source is None:
        raise InputError("replies need --release ID and --source TEXT beside --offence")
    about: dict[str, Any] = {"offence": offence, "source": source, "window": window, "columns": columns, "sheet": sheet}
    return import_replies(file, release=release, replace=replace, memory=memory, **about)


def _refuse_missing(path: str | Path) -> None:
    if Path(path).is_dir() or not Path(path).exists():
        raise unreadable(path, "there is no such file")


def find_same(release: str, sha256: str) -> Imported | None:
    """Return the release with this id if it was made of the file with this digest, else None.

    Examples
    --------
    >>> find_same("home-office-1900-01", "0" * 64) is None
    True
    """
    about = imported.read_imported(release)
    if about is None or about["request"]["file"] != sha256:
        return None
    return _result(release, ALREADY_THERE, about)


def _already_there(release: str | None, request: dict[str, Any]) -> Imported | None:
    """Return the release that was made of the same file in the same way, under this id if one is given."""
    for name in [release] if release else imported.list_whole():
        about = imported.read_imported(name)
        if about is not None and about["request"] == request:
            return _result(name, ALREADY_THERE, about)
    return None


def _check_id(release: str, *, replace: bool) -> str:
    """Return what an import under this id does, or say why it cannot."""
    if not imported.is_id(release):
        raise InputError(
            f"--release {release!r} cannot be an id: write small letters, digits and hyphens, like my-foi, and for an "
            "edition its month at the end, like home-office-2018-19@2024-07"
        )
    if is_built_in(release):
        raise InputError(
            f"the release {release!r} comes with the project and stays as it is: give another --release ID"
        )
    if release not in imported.list_imported():
        return IMPORTED
    if not replace:
        raise InputError(
            f"the release {release!r} was imported from another file already: give another --release ID, or --replace "
            "to put this file in its place"
        )
    return REPLACED


def _result(name: str, status: str, about: dict[str, Any]) -> Imported:
    return Imported(name, status, len(about["offences"]), len(about["forces"]), tuple(about["announced"]))
