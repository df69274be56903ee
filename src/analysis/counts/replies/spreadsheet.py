"""Reads a spreadsheet of replies, the FILE of `compare`: one row per force, forgiving in form, exact in faults."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.counts.notation import MOST_CRIMES, CountRange, read_count, read_whole
from analysis.errors import InputError

COLUMNS = ("force", "charged", "recorded")
NOT_GIVEN = "the file gives no count"
NOT_RECORDED = "the file gives no number of crimes recorded"
NO_CRIMES = "no crimes recorded"
SIZE_LIMIT = 50_000_000


@dataclass(frozen=True, eq=False)
class ForceTable:
    """A spreadsheet of forces.

    `forces` has, in the file's order, the columns force, count_low, count_high, recorded, open (nullable whole
    numbers; open is unknown), how_known and why_unknown (None where it is known).
    """

    path: str
    forces: pd.DataFrame
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True)
class _Line:
    """A row of the file with the number that a spreadsheet shows."""

    number: int
    force: str
    recorded: int | None
    count: CountRange | None
    why_unknown: str | None


def read_force_table(path: str | Path) -> ForceTable:
    r"""Return the forces of a spreadsheet saved as CSV.

    Columns `force`, `charged`, `recorded` in any order and case, among others, which are ignored and listed; commas,
    semicolons or tabs between cells; with or without a byte order mark. A count is `21`, `1,234`, `<5`, `3..9` or
    `7.8%`. A blank `charged` may be any number of those recorded; a blank `recorded` leaves the row unknown.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing or there twice, a cell cannot be used, a force stands twice, or
        a row is the sum of the others; the message names file, row (the header is row 1), column and value.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("Force;Charged;Recorded\nGwent;7.8%;268\nKent;;40\n")
    >>> read_force_table(path).forces[["count_low", "count_high", "recorded"]].to_numpy().tolist()
    [[21, 21, 268], [0, 40, 40]]
    """
    path = Path(path)
    rows = read_rows(path)
    positions, ignored = _find_columns(rows[0], path.name)
    lines = [
        _read_line(cells, positions, len(rows[0]), f"{path.name}, row {number}", number)
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if not lines:
        raise InputError(f"{path.name}: there is no row under the header: write one row for each force")
    _refuse_repeated(lines, path.name)
    _refuse_total(lines, path.name)
    return ForceTable(path.name, _frame(lines), ignored)


def read_rows(path: Path) -> list[list[str]]:
    r"""Return the cells of a CSV file row by row, the header first.

    Raises
    ------
    InputError
        If it cannot be read as text in rows, or is empty.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("force;charged\nGwent;21\n")
    >>> read_rows(path)
    [['force', 'charged'], ['Gwent', '21']]
    """
    text = _read_text(path)
    header = text.partition("\n")[0]
    delimiter = max(";\t,", key=header.count)
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(cells)  # One by one: those before a fault tell where it is.
    except csv.Error as error:
        place = f"{path.name}, row {len(rows) + 1}"
        raise InputError(f"{place}: it cannot be read as CSV ({error}): save the sheet again as CSV") from None
    if not any(cell.strip() for row in rows for cell in row):
        raise InputError(f"{path.name} is empty: it needs the columns {', '.join(COLUMNS)}")
    return rows


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise InputError(f"the file {path} cannot be read: {error.strerror}") from None
    if len(content) > SIZE_LIMIT:
        raise InputError(f"{path.name} is larger than 50 MB, and a table of forces is far smaller: give another file")
    if content.startswith(b"PK"):
        raise InputError(f"{path.name} is a workbook: save the sheet as CSV and give that file")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise InputError(f"{path.name}, row {row}: the text is not UTF-8: save the sheet as CSV UTF-8") from None
    if "\0" in text:
        raise InputError(f"{path.name} is not a text file: save the sheet as CSV and give that file")
    return text


def _find_columns(header: Sequence[str], name: str) -> tuple[dict[str, int], tuple[str, ...]]:
    found = [" ".join(cell.split()).casefold() for cell in header]
    for column in COLUMNS:
        if column not in found:
            named = [cell for cell in found if cell] or ["nothing"]
            raise InputError(
                f"{name}, row 1: the column {column!r} is missing; the header has {', '.join(map(repr, named))} and "
                f"needs {', '.join(COLUMNS)}"
            )
        if found.count(column) > 1:
            raise InputError(f"{name}, row 1: the column {column!r} is there twice: keep one")
    ignored = tuple(cell.strip() for cell, folded in zip(header, found, strict=True) if folded not in (*COLUMNS, ""))
    return {column: found.index(column) for column in COLUMNS}, ignored


def _read_line(cells: list[str], positions: dict[str, int], width: int, place: str, number: int) -> _Line:
    if len(cells) <= max(positions.values()):
        raise InputError(
            f"{place}: the row has only {len(cells)} of its {width} cells: write the others, or save the file again if "
            "it was cut off"
        )
    if beyond := [cell.strip() for cell in cells[width:] if cell.strip()]:
        raise InputError(
            f"{place}: {beyond[0]!r} stands beyond the header: write 1234, or put 1,234 in quotation marks"
        )
    texts = {column: " ".join(cells[position].split()) for column, position in positions.items()}
    if not texts["force"]:
        raise InputError(f"{place}, column force: the name is missing: write it, or delete the row")
    if not texts["force"].isprintable():
        raise InputError(
            f"{place}, column force: {texts['force']!r} holds a character that does not print: type it again"
        )
    column = "recorded"
    try:
        recorded = read_whole(texts["recorded"]) if texts["recorded"] else None
        column = "charged"
        count = _read_charged(texts["charged"], recorded)
    except InputError as error:
        raise InputError(f"{place}, column {column}: {error}") from None
    if recorded is None:
        return _Line(number, texts["force"], None, None, NOT_RECORDED)
    if recorded == 0:
        return _Line(number, texts["force"], 0, None, NO_CRIMES)
    return _Line(number, texts["force"], recorded, count, None if texts["charged"] else NOT_GIVEN)


def _read_charged(text: str, recorded: int | None) -> CountRange | None:
    if not text:
        return CountRange(0, recorded, NOT_GIVEN) if recorded else None
    # Without the number recorded the cell must still be a count, though nothing can be made of it.
    return read_count(text, MOST_CRIMES if recorded is None else recorded, "charged")


def _refuse_repeated(lines: list[_Line], name: str) -> None:
    seen: dict[str, _Line] = {}
    for line in lines:
        earlier = seen.setdefault(line.force.casefold(), line)
        if earlier is not line:
            raise InputError(
                f"{name}, row {line.number}, column force: {line.force!r} stands in row {earlier.number} already: "
                "keep one row for each force"
            )


def _refuse_total(lines: list[_Line], name: str) -> None:
    """Refuse a row whose crimes and charges are those of all the others together: it would be counted twice."""
    known = [line for line in lines if line.recorded]
    if len(known) < 3:
        return
    recorded = sum(line.recorded for line in known)
    low, high = sum(line.count.low for line in known), sum(line.count.high for line in known)
    for line in known:
        rest_low, rest_high = low - line.count.low, high - line.count.high
        if line.recorded == recorded - line.recorded and line.count.low <= rest_high and rest_low <= line.count.high:
            raise InputError(
                f"{name}, row {line.number}: {line.force!r} is the sum of the other rows: delete the total, which "
                "would count every crime twice"
            )


def _frame(lines: list[_Line]) -> pd.DataFrame:
    numbers = {
        "count_low": [line.count and line.count.low for line in lines],
        "count_high": [line.count and line.count.high for line in lines],
        "recorded": [line.recorded for line in lines],
        "open": [None] * len(lines),
    }
    texts = {
        "how_known": [line.count and line.count.how_known for line in lines],
        "why_unknown": [line.why_unknown for line in lines],
    }
    return pd.DataFrame(
        {"force": pd.Series([line.force for line in lines], dtype=object)}
        | {column: pd.Series(pd.array(values, dtype="Int64")) for column, values in numbers.items()}
        | {column: pd.Series(values, dtype=object) for column, values in texts.items()}
    )
