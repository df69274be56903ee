"""Releases made of a spreadsheet of replies: one offence, one row a force, counts as exact as the replies are.

The spreadsheet is read as `compare` reads it; beside the columns force, charged and recorded it may have open, window
and other outcomes.
"""

import csv
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from analysis.counts.forces import find_force
from analysis.counts.notation import CountRange
from analysis.counts.releases import Outcome, Release, counts_file
from analysis.counts.replies.columns import CHARGED, FORCE, STILL_OPEN, WINDOW
from analysis.counts.replies.lines import NOT_GIVEN, ReplyLine
from analysis.counts.replies.spreadsheet import read_spreadsheet
from analysis.counts.tables import read_table
from analysis.errors import FileError, InputError

NUMBERS = ("count_low", "count_high", "recorded", "open")


@dataclass(frozen=True)
class Reply:
    """What one force replied of one outcome; None where it is not known, or not stated."""

    force: str
    outcome: str
    count_low: int | None
    count_high: int | None
    recorded: int | None
    open: int | None
    window_start: str | None
    window_end: str | None
    how_known: str | None
    why_unknown: str | None


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
    path: str | Path, *, window: str | None = None, columns: Mapping[str, str] | None = None
) -> ReplyTable:
    r"""Return the replies of a spreadsheet, .xlsx, .ods or text.

    Columns as `read_force_table` reads them, and where they are there `window` (`2017..2021`, `2021/22` or
    `2017-01-01..2021-12-31`) and outcomes: by name (`victim-does-not-support`) or by type (`outcome 14`, `outcome 16`),
    with the same counts as `charged`; 1a, 2a and 3a are added to 1, 2 and 3.

    Parameters
    ----------
    path
        The file; `-` for standard input.
    window
        The window of every row, where the file has no such column.
    columns
        What the file calls its columns, by what they hold.

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
    sheet = read_spreadsheet(path, columns=columns)
    replies: list[Reply] = []
    faults: list[str] = []
    for line in sheet.lines:
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
        raise FileError(sheet.name, faults)
    ordered = sorted(replies, key=lambda reply: (reply.force, reply.outcome))
    return ReplyTable(ordered, list(sheet.ignored), sheet.understood, sheet.said)


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


def write_replies(table: ReplyTable, path: Path) -> None:
    """Write the replies as CSV, what is unknown empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Reply)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(reply) for reply in table.replies)


def reply_rows(release: Release, outcome: Outcome) -> list[dict[str, Any]]:
    """Return the row of each force in a study of an imported release of replies.

    Raises
    ------
    InputError
        If the file of its counts is missing or differs.
    """
    return [
        {name: value for name, value in asdict(reply).items() if name != "outcome"}
        | {"marked": None, "source": release.source}
        for reply in _read_written(release)
        if reply.outcome == outcome.id
    ]


def reply_outcomes(release: Release, force: str) -> list[dict[str, Any]]:
    """Return all outcomes that a force replied, the cases still open among them where it gave their number."""
    outcomes = {row["id"]: row for row in read_table("outcomes.csv")}
    replies = [reply for reply in _read_written(release) if reply.force == find_force(force).name]
    rows = [
        {
            "outcome_type": ";".join(outcomes[reply.outcome]["types"]),
            "label": outcomes[reply.outcome]["label"],
            "count_low": reply.count_low,
            "count_high": reply.count_high,
            "recorded": reply.recorded,
            "open": False,
            "how_known": reply.how_known,
        }
        for reply in replies
    ]
    for reply in replies[:1]:
        if reply.open is not None:
            shown = {"count_low": reply.open, "count_high": reply.open, "recorded": reply.recorded}
            label = next(row["label"] for row in outcomes.values() if STILL_OPEN in row["types"])
            rows.append({"outcome_type": STILL_OPEN, "label": label, "open": True, "how_known": "as replied"} | shown)
    return rows


def _read_written(release: Release) -> list[Reply]:
    with counts_file(release).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    typed: list[dict[str, Any]] = [
        {name: (int(text) if name in NUMBERS else text) if text else None for name, text in row.items()} for row in rows
    ]
    return [Reply(**values) for values in typed]


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
