"""A study as a workbook, by the rules of government statistics for spreadsheets.

A cover, then one table a sheet: the contents, the notes, the key to the columns, the forces. No cell of a table is
empty or merged, no meaning is in a colour, headings stay in sight, and what is missing has a shorthand that is
explained where it stands (Analysis Function: Releasing statistics in spreadsheets).
"""

import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.presentation.column_key import COLUMNS, Column, Kind, key_rows
from analysis.site.exports import Cell, new_workbook, write_cell

NOT_AVAILABLE, NOT_APPLICABLE, LOW = "[x]", "[z]", "[low]"
ONE_TABLE = "This worksheet contains one table."
SHORTHAND = (
    f"Some cells hold shorthand: {NOT_AVAILABLE} is not available, {NOT_APPLICABLE} does not apply, {LOW} is above 0 "
    "and would be shown as 0."
)
SHOWN_AS: dict[Kind, str] = {"text": "@", "count": "#,##0", "share": "0.0%", "p": "0.000", "day": "@"}
"""How a workbook shows a kind of cell."""
SHOWN_AS_0: dict[Kind, float] = {"share": 0.0005, "p": 0.0005}
"""Below this a number above 0 would be shown as 0."""
LETTERS: dict[str, str | int | bool] = {"font_name": "Arial", "font_size": 12, "valign": "top"}


class Cover(NamedTuple):
    """What a workbook says of itself: title, source, whole sentences about it, and the limits of its figures."""

    title: str
    source: str
    about: tuple[str, ...]
    notes: tuple[str, ...]


class _Sheet(NamedTuple):
    """A sheet with one table: what stands above it, its headings with the widths of their columns, and its rows."""

    name: str
    above: tuple[str, ...]
    widths: dict[str, int]
    rows: list[list[Cell]]
    kinds: tuple[Kind, ...]


def study_workbook(cover: Cover, rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """Return a study as the bytes of a workbook; the same study gives the same bytes.

    Parameters
    ----------
    cover : Cover
    rows : list of dict
        One a force, {name of a column of `COLUMNS`: value}; None is unknown.
    """
    content = io.BytesIO()
    with new_workbook(content, cover.title) as book:
        _add_cover(book, cover)
        sheets = [_notes(cover), _key(), _forces(cover, rows)]
        for sheet in (_contents(sheets), *sheets):
            _add_table(book, sheet)
    return content.getvalue()


def _notes(cover: Cover) -> _Sheet:
    numbered: list[list[Cell]] = [[number, note] for number, note in enumerate(cover.notes, start=1)]
    return _Sheet("Notes", ("Notes", ONE_TABLE), {"Note": 8, "What it says": 100}, numbered, ("count", "text"))


def _key() -> _Sheet:
    widths = {"Column of the CSV": 24, "Heading": 32, "Unit": 26, "Meaning": 90}
    rows: list[list[Cell]] = [list(row.values()) for row in key_rows()]
    return _Sheet("Columns", ("What the columns hold", ONE_TABLE), widths, rows, ("text",) * 4)


def _forces(cover: Cover, rows: Sequence[Mapping[str, Cell]]) -> _Sheet:
    widths = {column.heading: 26 if column.kind == "text" else 14 for column in COLUMNS}
    shown = [[_shown(row[column.name], column) for column in COLUMNS] for row in rows]
    above = (cover.title, f"{ONE_TABLE} {SHORTHAND}", cover.source)
    return _Sheet("Forces", above, widths, shown, tuple(column.kind for column in COLUMNS))


def _contents(sheets: Sequence[_Sheet]) -> _Sheet:
    rows: list[list[Cell]] = [[sheet.name, sheet.above[0]] for sheet in sheets]
    return _Sheet("Contents", ("Contents", ONE_TABLE), {"Worksheet": 16, "What it holds": 100}, rows, ("text", "text"))


def _shown(value: Cell, column: Column) -> Cell:
    """Return what stands in a cell: the value, or the shorthand for what is missing or too small to show."""
    if value is None:
        return NOT_APPLICABLE if column.name == "why_unknown" else NOT_AVAILABLE
    if isinstance(value, int | float) and 0 < value < SHOWN_AS_0.get(column.kind, 0):
        return LOW
    return value


def _add_cover(book: Workbook, cover: Cover) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, cover.title, _title(book))
    text = book.add_format({**LETTERS, "text_wrap": True})
    for row, line in enumerate((cover.source, *cover.about, SHORTHAND), start=1):
        sheet.write_string(row, 0, line, text)


def _title(book: Workbook) -> Format:
    return book.add_format({**LETTERS, "font_size": 16, "bold": True})


def _add_table(book: Workbook, table: _Sheet) -> None:
    sheet = book.add_worksheet(table.name)
    for row, line in enumerate(table.above):
        sheet.write_string(row, 0, line, book.add_format(LETTERS) if row else _title(book))
    top = len(table.above)
    heading = book.add_format({**LETTERS, "bold": True, "text_wrap": True})
    columns = [{"header": name, "header_format": heading} for name in table.widths]
    place = top, 0, top + len(table.rows), len(columns) - 1
    sheet.add_table(*place, {"name": table.name, "columns": columns, "style": None, "autofilter": False})
    sheet.freeze_panes(top + 1, 1)
    for column, width in enumerate(table.widths.values()):
        sheet.set_column(column, column, width)
    _write_rows(book, sheet, table, top + 1)


def _write_rows(book: Workbook, sheet: Worksheet, table: _Sheet, top: int) -> None:
    """Write the rows from row `top` on, each column in the look of its kind; names of worksheets lead there."""
    looks = [book.add_format(_look(kind)) for kind in table.kinds]
    for place, row in enumerate(table.rows, start=top):
        for column, value in enumerate(row):
            write_cell(sheet, place, column, value, looks[column])
        if table.name == "Contents":
            sheet.write_url(place, 0, f"internal:'{row[0]}'!A1", string=str(row[0]))


def _look(kind: Kind) -> dict[str, str | int | bool]:
    look = {**LETTERS, "num_format": SHOWN_AS[kind]}
    return look | ({"text_wrap": True} if kind == "text" else {"align": "right"})
