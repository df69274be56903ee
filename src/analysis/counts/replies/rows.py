"""Releases made of a spreadsheet of replies: one offence, one row a force, counts as exact as the replies are.

The spreadsheet is read as `compare` reads it; beside the columns force, charged and recorded it may have open, window
and other outcomes.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.counts.confined import MEMORY
from analysis.counts.forces import find_force
from analysis.counts.notation import CountRange
from analysis.counts.replies.columns import CHARGED, FORCE, WINDOW
from analysis.counts.replies.lines import NOT_GIVEN, ReplyLine
from analysis.counts.replies.replies_release import Reply
from analysis.counts.replies.spreadsheet import read_spreadsheet
from analysis.counts.tables import read_table
from analysis.counts.whole_file import WholeFile
from analysis.errors import FileError, InputError


@dataclass(frozen=True)
class ReplyTable:
    """The replies of a spreadsheet, by force and outcome, the columns that were not used, and how it was understood."""

    replies: list[Reply]
    ignored: list[str]
    understood: list[dict[str, Any]]
    said: tuple[str, ...]

    @property
    def forces(self) -> list[str]:
        """The forces, sorted."""
        return sorted({reply.force for reply in self.replies})

    @property
    def outcomes(self) -> list[str]:
        """The outcomes, in the order of outcomes.csv."""
        found = {reply.outcome for reply in self.replies}
        return [row["id"] for row in read_table("outcomes.csv") if row["id"] in found]


def read_replies(
    source: str | Path | WholeFile,
    *,
    window: str | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    memory: float = MEMORY,
) -> ReplyTable:
    r"""Return the replies of a spreadsheet, .xlsx, .ods or text.

    Columns as `read_force_table` reads them, and where they are there `window` (`2017..2021`, `2021/22` or
    `2017-01-01..2021-12-31`) and outcomes: by name (`victim-does-not-support`) or by type (`outcome 14`, `outcome 16`),
    with the same counts as `charged`; 1a, 2a and 3a are added to 1, 2 and 3.

    Parameters
    ----------
    source
        The file; `-` for standard input; or what was read of it.
    window
        The window of every row, where the file has no such column.
    columns
        What the file calls its columns, by what they hold.
    sheet
        As of `read_force_table`.
    memory
        Gigabytes that reading may take, in a process of its own.

    Raises
    ------
    InputError
        If a cell cannot be used, a force is not one of the 44 or stands twice, or the outcomes and open crimes of a
        force are more than its crimes; the message names file, row, column and value, and all that is wrong is said at
        once.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("force,charged,recorded,open\nGwent,7.8%,268,3\nKent,<5,40,\n")
    >>> [(reply.force, reply.count_low, reply.count_high, reply.open) for reply in read_replies(path).replies]
    [('Gwent', 21, 21, 3), ('Kent', 0, 4, None)]
    """
    found = read_spreadsheet(source, columns=columns, sheet=sheet, memory=memory)
    replies: list[Reply] = []
    faults: list[str] = []
    for line in found.lines:
        column = FORCE
        try:
            force = line.force or find_force(line.name)
            column = WINDOW
            text = line.written.get(WINDOW) or window
            start, end = read_window(text) if text else (None, None)
            replies += _replies_of(line, force.name, start, end)
        except InputError as error:
            faults.append(f"row {line.number}, column {column}: {error}")
    if faults:
        raise FileError(found.name, faults)
    ordered = sorted(replies, key=lambda reply: (reply.force, reply.outcome))
    return ReplyTable(ordered, list(found.ignored), found.understood, found.said)


def read_window(text: str) -> tuple[str, str]:
    """Return the first and last day of a window: a year, a financial year, or two years, months or days.

    Raises
    ------
    InputError
        If it is none of these, or ends before it begins.

    Examples
    --------
    >>> read_window("2017..2021"), read_window("2021/22")
    (('2017-01-01', '2021-12-31'), ('2021-04-01', '2022-03-31'))
    """
    typed = text.strip()
    if match := re.fullmatch(r"(\d{4})/(\d{2})", typed, re.ASCII):
        start = int(match[1])
        if (start + 1) % 100 == int(match[2]):
            return f"{start}-04-01", f"{start + 1}-03-31"
    first, _, last = (part.strip() for part in typed.partition(".."))
    try:
        begins, ends = _day(first, last=False), _day(last or first, last=True)
    except ValueError:
        raise InputError(
            f"window {typed!r} is not one: write it like 2017..2021, 2021/22 or 2017-01-01..2021-12-31"
        ) from None
    if begins > ends:
        raise InputError(f"window {typed!r} ends before it begins: write the earlier day first")
    return begins, ends


def _day(text: str, *, last: bool) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
        raise ValueError  # As `date` does of a month 13; the caller quotes the window.
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1] if last else 1
    return date(year, month, day).isoformat()


def _replies_of(line: ReplyLine, force: str, start: str | None, end: str | None) -> list[Reply]:
    """Return the replies of a line, one for each outcome that its columns or rows give."""
    about: dict[str, Any] = {"force": force, "recorded": line.recorded, "open": line.open}
    about |= {"window_start": start, "window_end": end}
    counted = {CHARGED: line.charged} | {outcome: line.count(keys) for outcome, keys in _group(line.counts).items()}
    return [_reply(outcome, count, line.why_unknown, about) for outcome, count in counted.items()]


def _group(counts: Mapping[str, CountRange | None]) -> dict[str, list[str]]:
    """Return the keys that make up each outcome; an outcome with a type that was not given is left out."""
    grouped = {}
    for row in read_table("outcomes.csv"):
        whole, parts = f"outcome:{row['id']}", [f"type:{kind}" for kind in row["types"]]
        if whole in counts:
            grouped[row["id"]] = [whole]
        elif all(part in counts for part in parts):
            grouped[row["id"]] = [*parts, *(f"{part}a" for part in parts if counts.get(f"{part}a"))]
    return grouped


def _reply(outcome: str, count: CountRange | None, why_unrecorded: str | None, about: dict[str, Any]) -> Reply:
    low, high, how = count or (None, None, None)
    why = why_unrecorded if count is None else NOT_GIVEN if how == NOT_GIVEN else None
    return Reply(outcome=outcome, count_low=low, count_high=high, how_known=how, why_unknown=why, **about)
