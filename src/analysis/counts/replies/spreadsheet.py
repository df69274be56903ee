"""Reads a spreadsheet of replies, the FILE of `compare` and `import`: forgiving in form, exact in faults."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.counts.confined import MEMORY
from analysis.counts.forces import recognise_forces
from analysis.counts.replies.columns import (
    CHARGED,
    COUNT,
    FORCE,
    OPEN,
    OUTCOME,
    RECORDED,
    WINDOW,
    Columns,
    find_columns,
    is_header,
    name_key,
)
from analysis.counts.replies.grid import HEADER_WITHIN, Grid, read_grids
from analysis.counts.replies.lines import ALTERNATE_CHARGE, Cells, ReplyLine, read_long, read_wide
from analysis.counts.replies.totals import Row, find_totals
from analysis.counts.whole_file import WholeFile
from analysis.errors import FileError, InputError

NOTE = re.compile(
    r"(?:notes?|sources?|please note|n\.?b\.?|data|figures|this|the following|prepared|©)\b|[*†‡§(\[]|\d+[.)]\s", re.I
)
LONGEST_NAME = 60
"""Characters of a force's name; a longer text that stands alone in its row is a note."""


@dataclass(frozen=True)
class Spreadsheet:
    """What was understood of a spreadsheet: its rows, the columns that were not used, and what else must be said."""

    name: str
    lines: list[ReplyLine]
    ignored: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def understood(self) -> list[dict[str, Any]]:
        """One plain row for each force, as it is printed before anything is concluded."""
        return [_understood(line) for line in self.lines]


@dataclass(frozen=True, eq=False)
class ForceTable:
    """A spreadsheet of forces.

    `forces` has, in the file's order, the columns force, count_low, count_high, recorded, open (nullable whole
    numbers), how_known and why_unknown (None where it is known). `understood` and `said` are those of the spreadsheet.
    """

    path: str
    forces: pd.DataFrame
    ignored_columns: tuple[str, ...]
    understood: list[dict[str, Any]]
    said: tuple[str, ...]


def read_force_table(
    path: str | Path, *, columns: Mapping[str, str] | None = None, sheet: str | None = None, memory: float = MEMORY
) -> ForceTable:
    r"""Return the forces of a spreadsheet, .xlsx, .ods or text.

    Columns force, charged, recorded and perhaps open, under any of their names, in any order, among others, which are
    ignored and listed; or the columns force, outcome, count with one outcome a row. A count is `21`, `1,234`, `<5`,
    `3..9`, `7.8%` or words such as `fewer than 5`. A blank `charged` may be any number of those recorded; a blank
    `recorded` leaves the row unknown. A total is left out.

    Parameters
    ----------
    path
        The file; `-` for standard input.
    columns
        What the file calls its columns, by what they hold: `{"charged": "Charged/Summonsed"}`.
    sheet
        The sheet of a workbook, by name or number; the only one that holds a table of forces if not given.
    memory
        Gigabytes that reading may take, in a process of its own.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing or there twice, a cell cannot be used, a force stands twice, or
        a row adds up others; the message names file, row (as a spreadsheet counts them), column and value, and all that
        is wrong is said at once.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("Force;Charged;Recorded\nGwent;7.8%;268\nKent;;40\n")
    >>> read_force_table(path).forces[["count_low", "count_high", "recorded"]].to_numpy().tolist()
    [[21, 21, 268], [0, 40, 40]]
    """
    found = read_spreadsheet(path, columns=columns, sheet=sheet, only=(CHARGED, ALTERNATE_CHARGE), memory=memory)
    return ForceTable(found.name, force_frame(found.lines), found.ignored, found.understood, found.said)


def read_spreadsheet(
    source: str | Path | WholeFile,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    only: Sequence[str] | None = None,
    memory: float = MEMORY,
) -> Spreadsheet:
    r"""Return what a spreadsheet of replies says.

    Parameters
    ----------
    source
        The file, or what was read of it.
    columns, sheet, memory
        As of `read_force_table`.
    only
        Keys of the outcomes to read; all that the columns name if not given.

    Raises
    ------
    InputError
        As `read_force_table`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("Force,Outcome,Count\nGwent,1,21\nGwent,16,247\n")
    >>> [(line.name, line.charged.low, line.recorded) for line in read_spreadsheet(path).lines]
    [('Gwent', 21, 268)]
    """
    grid, found = _choose_sheet(read_grids(source, is_header, sheet=sheet, memory=memory), columns)
    body, said = _find_rows(grid, found)
    if not body:
        raise InputError(f"{grid.name}: there is no row under the header: write one row for each force")
    keys = [key for key in (CHARGED, *found.types) if only is None or key in only]
    lines, left_out, errors = read_lines(body, found, keys)
    if errors:
        raise FileError(grid.name, errors)
    said += left_out
    about_rows = (FORCE, OUTCOME, COUNT) if found.is_long else (FORCE, *keys)
    used = [key for key in (*about_rows, RECORDED, OPEN, *([WINDOW] if only is None else [])) if key in found.used]
    ignored = (*found.ignored, *(found.names[key] for key in found.used if key not in used))
    return Spreadsheet(grid.name, lines, ignored, (_say_header(found, used), *said))


def read_lines(body: list[Cells], found: Columns, keys: Sequence[str]) -> tuple[list[ReplyLine], list[str], list[str]]:
    """Return the lines of a table's rows, what is said of the totals that were left out, and what is wrong.

    Parameters
    ----------
    body
        The rows below the header, with their numbers.
    found
        The columns.
    keys
        Keys of the outcomes to read.

    Examples
    --------
    >>> found = find_columns(Grid("replies.csv", [["Force", "Charged", "Recorded"]]))
    >>> lines, _, errors = read_lines([(2, ["Gwent", "21", "268"]), (3, ["Kent", "5", "4"])], found, [CHARGED])
    >>> [line.name for line in lines], errors
    (['Gwent', 'Kent'], ["row 3, column charged: charged '5' is above the 4 crimes recorded: check the two numbers"])
    """
    errors: list[str] = []
    said: list[str] = []
    lines = (read_long if found.is_long else read_wide)(body, found, keys, errors)
    _find_repeated(lines, errors)
    if not errors:
        lines = _leave_out_totals(lines, errors, said)
    return lines, said, errors


def _choose_sheet(grids: list[Grid], columns: Mapping[str, str] | None) -> tuple[Grid, Columns]:
    """Return the one sheet that holds a table of forces; the only sheet whatever it holds, for its error."""
    tables = [grid for grid in grids if any(is_header(cells) for cells in grid.rows[:HEADER_WITHIN])] or grids[:1]
    if len(tables) > 1:
        names = f"{', '.join(table.name for table in tables[:-1])} and {tables[-1].name}"
        raise InputError(f"{names} each hold a table of forces: choose one with --sheet, by its name or number")
    return tables[0], find_columns(tables[0], columns)


def _find_rows(grid: Grid, found: Columns) -> tuple[list[Cells], list[str]]:
    """Return the rows below the header that are of forces, with their numbers, and what is said of the others."""
    body, notes, after_blank = [], [], False
    for number, cells in enumerate(grid.rows[found.row + 1 :], start=found.row + 2):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) == 1 and _is_note(filled[0], after_blank=after_blank):
            notes.append(number)
        elif filled:
            body.append((number, cells))
        after_blank = after_blank or not filled
    said = [f"Rows that hold notes and no figures: {', '.join(map(str, notes))}."] if notes else []
    title = " ".join(cell.strip() for cells in grid.rows[: found.row] for cell in cells if cell.strip())
    if window := _window_of(title):
        said.append(f"The title names {window}: give --window {window} to import, if that is the window of all rows.")
    return body, said


def _is_note(text: str, *, after_blank: bool) -> bool:
    if recognise_forces([text]) != [None]:
        return False
    return after_blank or len(text) > LONGEST_NAME or NOTE.match(text) is not None


def _window_of(title: str) -> str | None:
    years = re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)(?!/\d)", title)
    return f"{years[0]}..{years[-1]}" if years and years[0] <= years[-1] else None


def _find_repeated(lines: list[ReplyLine], errors: list[str]) -> None:
    """Add to `errors` each force that stands twice, under one name or two; a name of no force is a label like any."""
    seen: dict[str, ReplyLine] = {}
    for line in lines:
        earlier = seen.setdefault(line.force.name if line.force else line.name.casefold(), line)
        if earlier is not line:
            alike = line.force is None or earlier.name.casefold() == line.name.casefold()
            other_name = "" if alike or line.force is None else f", which is {line.force.name},"
            errors.append(
                f"row {line.number}, column force: {line.name!r}{other_name} stands in row {earlier.number} already: "
                "keep one row for each force"
            )


def _leave_out_totals(lines: list[ReplyLine], errors: list[str], said: list[str]) -> list[ReplyLine]:
    rows = [Row(line.number, line.name, line.force, line.charged, line.recorded) for line in lines]
    left_out, refused = find_totals(rows)
    errors += [f"row {number}: {why}" for number, why in sorted(refused.items())]
    said += [
        f"Row {line.number}, {line.name!r}, was left out: it is {left_out[line.number]}."
        for line in lines
        if line.number in left_out
    ]
    return [line for line in lines if line.number not in left_out]


def _say_header(found: Columns, used: Sequence[str]) -> str:
    columns = [f"{name_key(key)} is {found.names[key]!r}" for key in used]
    added = "; crimes recorded are the sum of a force's rows" if found.is_long and RECORDED not in found.used else ""
    return f"Row {found.row + 1} is the header: {', '.join(columns)}{added}."


def _understood(line: ReplyLine) -> dict[str, Any]:
    """Return a line as it is shown, a range as its two ends, and what stands in the file where it is not a number."""
    count = line.charged
    shown = (
        None if count is None else f"{count.low:,}" if count.low == count.high else f"{count.low:,} to {count.high:,}"
    )
    written = line.written.get(CHARGED, "")
    return {
        "row": line.number,
        "name": line.name,
        "force": line.force.name if line.force else None,
        "recorded": line.recorded,
        "charged": shown,
        "open": line.open,
        "written": written if written and written != shown else None,
    }


def force_frame(lines: Sequence[ReplyLine]) -> pd.DataFrame:
    """Return lines as the table that forces are compared from, with the columns of `ForceTable.forces`.

    Examples
    --------
    >>> force_frame([ReplyLine(2, "Gwent", None, recorded=268)])["recorded"].tolist()
    [268]
    """
    counts = [line.charged for line in lines]
    numbers = {
        "count_low": [count and count.low for count in counts],
        "count_high": [count and count.high for count in counts],
        "recorded": [line.recorded for line in lines],
        "open": [line.open for line in lines],
    }
    texts = {
        "how_known": [count and count.how_known for count in counts],
        "why_unknown": [line.why_unknown for line in lines],
    }
    return pd.DataFrame(
        {"force": pd.Series([line.name for line in lines], dtype=object)}
        | {column: pd.Series(pd.array(values, dtype="Int64")) for column, values in numbers.items()}
        | {column: pd.Series(values, dtype=object) for column, values in texts.items()}
    )
