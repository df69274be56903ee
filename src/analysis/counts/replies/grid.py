"""Reads the cells of a spreadsheet that somebody kept, .csv, .xlsx or .ods, or of standard input, as text."""

import csv
import io
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError

if TYPE_CHECKING:
    from analysis.counts.official.workbook import Workbook

SIZE_LIMIT = 50_000_000
STANDARD_INPUT = "-"
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


def read_grids(path: str | Path, is_header: Callable[[Sequence[str]], bool]) -> list[Grid]:
    r"""Return the sheets of a spreadsheet that hold anything; a text file, or standard input for `-`, is one.

    Text may be UTF-8, UTF-16 or what Excel on Windows writes, with commas, semicolons or tabs between its cells.

    Parameters
    ----------
    path
        The file, .xlsx or .ods or else text; `-` for standard input.
    is_header
        Says whether the cells of a row are a header, which tells what stands between the cells of a text.

    Raises
    ------
    InputError
        If it cannot be read as any of these, or is empty.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("force;charged\nGwent;21\n")
    >>> read_grids(path, lambda cells: "force" in cells)
    [Grid(name='replies.csv', rows=[['force', 'charged'], ['Gwent', '21']])]
    """
    name, content = _read_bytes(str(path))
    if content.startswith(b"PK") or Path(name).suffix.lower() in WORKBOOKS:
        grids = _read_workbook(Path(path))
    else:
        grids = [Grid(name, _read_text(name, content, is_header))]
    filled = [grid for grid in grids if any(cell.strip() for row in grid.rows for cell in row)]
    if not filled:
        raise InputError(f"{name} is empty: it needs the columns force, charged, recorded")
    return filled


def _read_bytes(path: str) -> tuple[str, bytes]:
    """Return the name and the content of a file; never wait for somebody to write into a pipe."""
    if path == STANDARD_INPUT:
        return "standard input", sys.stdin.buffer.read(SIZE_LIMIT + 1)
    if not path:
        raise InputError("the name of the file is empty: give the file, or - to read standard input")
    try:
        if Path(path).is_fifo() or Path(path).is_socket():
            raise InputError(f"{path} is a pipe or a socket: give a file, or - to read standard input")
        with Path(path).open("rb") as file:
            return Path(path).name, file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise InputError(f"the file {path} cannot be read: {error.strerror}") from None
    except ValueError as error:  # A name that no file can have.
        raise error if isinstance(error, InputError) else InputError(f"{path!r} cannot be a file: {error}") from None


def _read_text(name: str, content: bytes, is_header: Callable[[Sequence[str]], bool]) -> list[list[str]]:
    if len(content) > SIZE_LIMIT:
        raise InputError(f"{name} is larger than 50 MB, and a table of forces is far smaller: give another file")
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


def _read_workbook(path: Path) -> list[Grid]:
    from analysis.counts.official.workbook import Workbook  # It is needed for few files and slow to load.

    if path.suffix.lower() not in WORKBOOKS:
        raise InputError(f"{path.name} is a workbook: give it the suffix .xlsx or .ods, or save the sheet as CSV")
    book = Workbook(path)
    return [_grid_of_sheet(book, sheet) for sheet in book.sheets]


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
