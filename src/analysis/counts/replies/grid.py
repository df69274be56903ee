"""Reads the cells of a spreadsheet that somebody kept, .csv, .xlsx or .ods, or of standard input, as text."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from analysis.counts.confined import MEMORY, read_confined
from analysis.counts.whole_file import WholeFile, read_whole
from analysis.errors import InputError

if TYPE_CHECKING:
    from analysis.counts.official.workbook import Workbook

SIZE_LIMIT = 50_000_000
STANDARD_INPUT = "-"
NAMES = b"names"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
WORKBOOKS = (".xlsx", ".ods", ".xls", ".xlsm")
DELIMITERS = ";\t,"
HEADER_WITHIN = 20
"""A header stands within this many rows; a title stands above it."""
PROPORTION = re.compile(r"0\.\d{1,40}", re.ASCII)
DECIMALS = 12
"""Decimals of a percentage that a workbook's number, exact to about 16 digits, can bear."""
START = 1_000_000
"""Characters of a text within which its header is looked for."""


@dataclass(frozen=True)
class Grid:
    """The cells of a table, row 1 first, as they are shown; `name` is what messages call it."""

    name: str
    rows: Sequence[Sequence[str]]


def read_grids(
    source: str | Path | WholeFile,
    is_header: Callable[[Sequence[str]], bool],
    *,
    sheet: str | None = None,
    memory: float = MEMORY,
) -> list[Grid]:
    r"""Return the sheets of a spreadsheet that hold anything; a text file, or standard input for `-`, is one.

    Text may be UTF-8, UTF-16 or what Excel on Windows writes, with commas, semicolons or tabs between its cells.

    Parameters
    ----------
    source
        The file, .xlsx or .ods or else text; `-` for standard input; or what was read of it.
    is_header
        Says whether the cells of a row are a header, which tells what stands between the cells of a text.
    sheet
        The one sheet to read, by its name or, where none is called so, its number from 1; all if not given.
    memory
        Gigabytes that reading may take, in a process of its own.

    Raises
    ------
    InputError
        If it cannot be read as any of these, is empty, or has no such sheet.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("force;charged\nGwent;21\n")
    >>> read_grids(path, lambda cells: "force" in cells)
    [Grid(name='replies.csv', rows=[['force', 'charged'], ['Gwent', '21']])]
    """
    file = source if isinstance(source, WholeFile) else read_spreadsheet_file(source)
    grids = _from_arrow(read_confined(lambda: _to_arrow(_read_file(file, is_header, sheet)), file.name, memory=memory))
    filled = [grid for grid in grids if any(cell.strip() for row in grid.rows for cell in row)]
    if not filled:
        empty = file.name if sheet is None else f"{file.name}, sheet {sheet!r}"
        raise InputError(f"{empty} is empty: it needs the columns force, charged, recorded")
    return filled


def read_spreadsheet_file(path: str | Path) -> WholeFile:
    """Return a spreadsheet's bytes, read once; `-` is standard input.

    Raises
    ------
    InputError
        If it cannot be read, or is a pipe, a socket or a device.

    Examples
    --------
    >>> read_spreadsheet_file("")
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: the name of the file is empty: give the file, or - to read standard input
    """
    if str(path) == STANDARD_INPUT:
        return WholeFile("standard input", sys.stdin.buffer.read(SIZE_LIMIT + 1))
    if not str(path):
        raise InputError("the name of the file is empty: give the file, or - to read standard input")
    return read_whole(path, SIZE_LIMIT, instead="give a file, or - to read standard input")


def _to_arrow(grids: list[Grid]) -> pa.Table:
    """Return the rows of all grids below each other, with the place of each row's grid among the names."""
    cells = pa.array([list(row) for grid in grids for row in grid.rows], pa.list_(pa.string()))
    places = pa.array([place for place, grid in enumerate(grids) for _ in grid.rows], pa.int32())
    names = json.dumps([grid.name for grid in grids])
    return pa.table({"grid": places, "cells": cells}).replace_schema_metadata({NAMES: names})


def _from_arrow(table: pa.Table) -> list[Grid]:
    names = json.loads(table.schema.metadata[NAMES])
    rows: list[list[list[str]]] = [[] for _ in names]
    for place, cells in zip(table["grid"].to_pylist(), table["cells"].to_pylist(), strict=True):
        rows[place].append(cells)
    return [Grid(name, of_it) for name, of_it in zip(names, rows, strict=True)]


def _read_file(file: WholeFile, is_header: Callable[[Sequence[str]], bool], sheet: str | None) -> list[Grid]:
    if len(file.content) > SIZE_LIMIT:
        raise InputError(f"{file.name} is larger than 50 MB, and a table of forces is far smaller: give another file")
    if file.content.startswith(b"PK") or file.suffix in WORKBOOKS:
        return _read_workbook(file, sheet)
    if sheet is not None:
        raise InputError(f"{file.name}: a text file has no sheet {sheet!r}; leave --sheet away")
    return [Grid(file.name, _read_text(file.name, file.content, is_header))]


def _read_text(name: str, content: bytes, is_header: Callable[[Sequence[str]], bool]) -> list[list[str]]:
    text = _decode(name, content)
    if "\0" in text:
        raise InputError(f"{name} is not a text file: save the sheet as CSV and give that file")
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, is_header), strict=True):
            rows.append(cells)  # One by one: those before a fault tell where it is.
    except csv.Error as error:
        place = f"{name}, row {len(rows) + 1}"
        raise InputError(f"{place}: it cannot be read as CSV ({error}): save the sheet again as CSV") from None
    return rows


def _decode(name: str, content: bytes) -> str:
    codings = ("utf-16",) if content.startswith(BYTE_ORDER_MARKS) else ("utf-8-sig", "cp1252")
    for coding in codings:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name}: the text is neither UTF-8 nor what Excel on Windows writes: save it as CSV UTF-8")


def _delimiter(text: str, is_header: Callable[[Sequence[str]], bool]) -> str:
    """Return what stands between the cells: what makes one of the first lines a header, else what line 1 has most."""
    lines = text[:START].splitlines()[:HEADER_WITHIN]
    for delimiter in DELIMITERS:
        if any(is_header(line.replace('"', "").split(delimiter)) for line in lines):
            return delimiter
    return max(DELIMITERS, key=(lines or [""])[0].count)


def _read_workbook(file: WholeFile, sheet: str | None) -> list[Grid]:
    from analysis.counts.official.workbook import Workbook  # It is needed for few files and slow to load.

    if file.suffix not in WORKBOOKS:
        raise InputError(f"{file.name} is a workbook: give it the suffix .xlsx or .ods, or save the sheet as CSV")
    book = Workbook(file)
    return [_grid_of_sheet(book, name) for name in (book.sheets if sheet is None else [_find_sheet(book, sheet)])]


def _find_sheet(book: "Workbook", sheet: str) -> str:
    """Return the name of a sheet that is given by its name or its number."""
    numbered = {str(number): name for number, name in enumerate(book.sheets, start=1)}
    if sheet in book.sheets:
        return sheet
    if sheet not in numbered:
        listed = ", ".join(f"{number} {name!r}" for number, name in numbered.items())
        raise InputError(f"{book.name}: there is no sheet {sheet!r}: its sheets are {listed}")
    return numbered[sheet]


def _grid_of_sheet(book: "Workbook", sheet: str) -> Grid:
    columns = [column.to_pylist() for column in book.read_sheet(sheet, with_formulas=True).columns]
    name = book.name if len(book.sheets) == 1 else f"{book.name}, sheet {sheet!r}"
    return Grid(name, [[_as_shown(cell or "") for cell in cells] for cells in zip(*columns, strict=True)])


def _as_shown(cell: str) -> str:
    """Return a cell of a workbook as a person sees it: a proportion below 1 is a percentage, which no count can be."""
    if PROPORTION.fullmatch(cell) is None:
        return cell
    percent = Decimal(cell) * 100
    return f"{min(percent, round(percent, DECIMALS), key=lambda number: len(str(number))).normalize():f}%"
