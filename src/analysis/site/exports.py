"""Writes a table of results as the file that somebody asked for: .csv, .xlsx or .md."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.errors import InputError
from analysis.results.json_form import as_json
from analysis.site.whole_output import write_output

Cell = str | int | float | bool | None
ENDS = ("low", "high")
FIRST_DAY = datetime(1980, 1, 1)
"""The day that a workbook says it was made on, so that the same table gives the same bytes."""


def flatten(row: Mapping[str, object]) -> dict[str, Cell]:
    """Return a row with one cell a column: `{"rate": {"low": 0.1}}` has the column rate_low, a pair a low and a high.

    Examples
    --------
    >>> flatten({"force": "Gwent", "rate": {"low": 0.08, "high": 0.08}, "wilson": [0.05, 0.12], "open": None})
    {'force': 'Gwent', 'rate_low': 0.08, 'rate_high': 0.08, 'wilson_low': 0.05, 'wilson_high': 0.12, 'open': None}
    """
    cells: dict[str, Cell] = {}
    for name, value in row.items():
        if isinstance(value, list | tuple):
            value = dict(zip(ENDS, value, strict=False))
        if isinstance(value, Mapping):
            cells |= {f"{name}_{inner}": cell for inner, cell in flatten(value).items()}
        else:
            cells[name] = value if isinstance(value, Cell) else str(value)
    return cells


def write_table(rows: Sequence[object], path: str | Path) -> None:
    """Write rows of results to a file, as its suffix says; the same rows give the same bytes.

    Parameters
    ----------
    rows
        Answers of one type, or mappings with the same keys, values perhaps nested; what is unknown is an empty cell.
    path
        The file, .csv, .xlsx or .md; one that is there is replaced.

    Raises
    ------
    InputError
        If the suffix is another one, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "out.md"
    >>> write_table([{"force": "Gwent", "rate": {"low": 0.08}}, {"force": "Kent", "rate": None}], path)
    >>> print(path.read_text(), end="")
    | force | rate_low |
    | --- | --- |
    | Gwent | 0.08 |
    | Kent |  |
    """
    write_output(find_writer(path)(_lines(rows)), path, option="-o FILE")


def table_text(rows: Sequence[object], suffix: str) -> str:
    r"""Return rows of results as the text of a file with a suffix, without its last line feed.

    Examples
    --------
    >>> table_text([{"force": "Gwent", "rate": {"low": 0.08}}], ".csv")
    'force,rate_low\nGwent,0.08'
    """
    return find_writer(f"table{suffix}")(_lines(rows)).decode().removesuffix("\n")


def _lines(rows: Sequence[object]) -> list[list[Cell]]:
    """Return the names of the columns and below them the cells of each row."""
    shown = [as_json(row) for row in rows]
    flat = [flatten(row) for row in shown]
    # A cell that is unknown in one row may be several cells in another: those are its columns then.
    names = dict.fromkeys(name for row in flat for name in row)
    columns = [name for name in names if not any(other.startswith(f"{name}_") and name in shown[0] for other in names)]
    return [list(columns), *([row.get(column) for column in columns] for row in flat)]


def find_writer(path: str | Path) -> Callable[[list[list[Cell]]], bytes]:
    r"""Return what makes the bytes of a file of this suffix.

    Raises
    ------
    InputError
        If the suffix is none of .csv, .xlsx and .md.

    Examples
    --------
    >>> find_writer("out.csv")([["force"], ["Gwent"]])
    b'force\nGwent\n'
    """
    writers = {".csv": _as_csv, ".xlsx": _as_workbook, ".md": _as_markdown}
    suffix = Path(path).suffix.lower()
    if suffix not in writers:
        raise InputError(f"-o {path}: the file must end in {', '.join(writers)}")
    return writers[suffix]


def _as_csv(lines: list[list[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def _as_markdown(lines: list[list[Cell]]) -> bytes:
    shown = [["" if cell is None else str(cell).replace("|", "\\|") for cell in line] for line in lines]
    shown.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in shown).encode()


def _as_workbook(lines: list[list[Cell]]) -> bytes:
    content = io.BytesIO()
    with new_workbook(content, "Comparison") as book:
        sheet = book.add_worksheet("Comparison")
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                write_cell(sheet, row, column, value)
    return content.getvalue()


def new_workbook(content: io.BytesIO, title: str) -> Workbook:
    """Return a workbook that is written to `content` when it is closed; no text in it becomes a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(content, options)
    book.set_properties({"title": title, "author": "charge-rates", "created": FIRST_DAY})
    return book


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell, look: Format | None = None) -> None:
    """Write a number as a number and anything else as text; what is unknown leaves the cell as it is."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, look)
    elif value is not None:
        sheet.write_string(row, column, str(value), look)
