"""Releases made of a spreadsheet of replies: one offence, one row a force, counts as exact as the replies are.

The spreadsheet is read as `compare` reads it; beside the columns force, charged and recorded it may have open, window
and other outcomes.
"""

import csv
import re
from calendar import monthrange
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.counts.forces import find_force
from analysis.counts.notation import CountRange, read_count, read_whole
from analysis.counts.releases import Outcome, Release, code_in_path, counts_file
from analysis.counts.replies.spreadsheet import COLUMNS, NOT_GIVEN, read_force_table, read_rows
from analysis.counts.tables import read_table
from analysis.errors import InputError

CHARGED = "charged"
OPEN, WINDOW = "open", "window"
NUMBERS = ("count_low", "count_high", "recorded", "open")
STILL_OPEN = "0"


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
    """The replies of a spreadsheet, by force and outcome, and the columns that were not used."""

    replies: list[Reply]
    ignored: list[str]

    @property
    def forces(self) -> list[str]:
        """The forces, sorted."""
        return sorted({reply.force for reply in self.replies})

    @property
    def outcomes(self) -> list[str]:
        """The outcomes, in the order of outcomes.csv."""
        found = {reply.outcome for reply in self.replies}
        return [row["id"] for row in read_table("outcomes.csv") if row["id"] in found]


def read_replies(path: str | Path, *, window: str | None = None) -> ReplyTable:
    r"""Return the replies of a spreadsheet saved as CSV.

    Columns `force`, `charged`, `recorded` as `read_force_table` reads them, and where they are there `open` (crimes
    still open, a whole number), `window` (`2017..2021`, `2021/22` or `2017-01-01..2021-12-31`) and outcomes: by name
    (`victim-does-not-support`) or by type (`outcome 14`, `outcome 16`), with the same counts as `charged`.

    Parameters
    ----------
    path
        The file.
    window
        The window of every row, where the file has no such column.

    Raises
    ------
    InputError
        If a cell cannot be used, a force is not one of the 44 or stands twice, or the outcomes and open crimes of a
        force are more than its crimes; the message names file, row, column and value.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("force,charged,recorded,open\nGwent,7.8%,268,3\nKent,<5,40,\n")
    >>> [(reply.force, reply.count_low, reply.count_high, reply.open) for reply in read_replies(path).replies]
    [('Gwent', 21, 21, 3), ('Kent', 0, 4, None)]
    """
    path = Path(path)
    table = read_force_table(path)
    rows = read_rows(path)
    header = [" ".join(cell.split()).casefold() for cell in rows[0]]
    used, ignored = _find_extra(header, path.name)
    filled = [(number, cells) for number, cells in enumerate(rows[1:], start=2) if any(cell.strip() for cell in cells)]
    replies: list[Reply] = []
    numbers: dict[str, int] = {}
    for (number, cells), row in zip(filled, table.forces.to_dict("records"), strict=True):
        extra = {column: cells[place].strip() if place < len(cells) else "" for column, place in used.items()}
        found = _read_row(row, extra, window, f"{path.name}, row {number}")
        force = found[0].force
        if (earlier := numbers.setdefault(force, number)) != number:
            raise InputError(
                f"{path.name}, row {number}, column force: {force} stands in row {earlier} already, under another of "
                "its names: keep one row for each force"
            )
        replies += found
    return ReplyTable(sorted(replies, key=lambda reply: (reply.force, reply.outcome)), ignored)


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
        start, end = _day(first, last=False), _day(last or first, last=True)
    except ValueError:
        raise InputError(
            f"window {typed!r} is not one: write it like 2017..2021, 2021/22 or 2017-01-01..2021-12-31"
        ) from None
    if start > end:
        raise InputError(f"window {typed!r} ends before it begins: write the earlier day first")
    return start, end


def describe_replies(
    release: str, filename: str, request: dict[str, Any], table: ReplyTable, *, counts: str
) -> dict[str, Any]:
    """Return what the release of a table of replies says of itself.

    Parameters
    ----------
    release, filename
        Its id, and the name of the spreadsheet.
    request
        What was asked for: `offence`, `source`, `file` (sha256).
    table
        The replies.
    counts
        Name of the file of counts.

    Raises
    ------
    InputError
        If the offence cannot be a code, or the source says nothing.
    """
    offence, source = request["offence"].strip(), request["source"].strip()
    if not re.fullmatch(r"\d[\w./]*", offence, re.ASCII):
        raise InputError(f"--offence {offence!r} is not an offence code: write it as published, like 8/71 or 8R")
    if not source:
        raise InputError("--source is empty: say who asked whom, and when")
    windows = {(reply.window_start, reply.window_end) for reply in table.replies}
    known = None not in {start for start, _ in windows}
    forces = table.forces
    return {
        "release": {
            "id": release,
            "publisher": source,
            "title": f"Replies: {source}",
            "kind": "study",
            "counts": counts,
            "definition": f"Crimes of {offence} and their outcomes, as the forces replied",
            "basis": "crimes recorded in period",
            "window_start": min(start for start, _ in windows) if known else None,
            "window_end": max(end for _, end in windows) if known else None,
            "windows_differ": len(windows) > 1,
            "against": "rest",
            "outcomes": table.outcomes,
            "outcomes_complete": False,
            "open_counted": all(reply.open is not None for reply in table.replies),
            "forces_asked": None,
            "forces_covered": len(forces),
            "national_note": f"The {len(forces)} forces of the spreadsheet",
            "source": release,
        },
        "source": {
            "id": release,
            "publisher": source,
            "title": f"Spreadsheet {filename}",
            "reference": filename,
            "address": "not published",
            "licence": "that of its author",
            "retrieved": None,
            "sha256": request["file"],
        },
        "offences": [{"code": offence, "title": _offence_title(offence), "group": "", "subgroup": "", "expired": "no"}],
        "limits": [{"outcome": None, "sentence": sentence} for sentence in _limits(table, windows, known=known)],
        "forces": forces,
        "request": request,
        "announced": _announce(table),
    }


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
    return [
        Reply(**{name: (int(text) if name in NUMBERS else text) if text else None for name, text in row.items()})
        for row in rows
    ]


def _day(text: str, *, last: bool) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
        raise ValueError  # As `date` does of a month 13; the caller quotes the window.
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1] if last else 1
    return date(year, month, day).isoformat()


def _find_extra(header: list[str], name: str) -> tuple[dict[str, int], list[str]]:
    """Return the place of each further column (open, window, `outcome:ID`, `type:N`), and the columns of no use."""
    outcomes = {row["id"]: row["types"] for row in read_table("outcomes.csv")}
    types = {kind for kinds in outcomes.values() for kind in kinds} - {STILL_OPEN}
    used, ignored = {}, []
    for place, column in enumerate(header):
        if column in COLUMNS or not column:
            continue
        kind = re.fullmatch(r"(?:(?:outcome|type) )?(\d+)", column)
        as_id = column.replace(" ", "-")
        if column in (OPEN, WINDOW):
            key = column
        elif kind and kind[1] in types:
            key = f"type:{kind[1]}"
        elif as_id in outcomes:
            key = f"outcome:{as_id}"
        else:
            ignored.append(column)
            continue
        if key == "outcome:not-yet-assigned":
            raise InputError(f"{name}, row 1: the column {column!r} must be called {OPEN!r}")
        if key == "type:1" or key in used:
            earlier = CHARGED if key == "type:1" else header[used[key]]
            raise InputError(f"{name}, row 1: the columns {earlier!r} and {column!r} say the same: keep one")
        used[key] = place
    _refuse_parts(used, outcomes, name)
    return used, ignored


def _refuse_parts(used: dict[str, int], outcomes: dict[str, tuple[str, ...]], name: str) -> None:
    for outcome, kinds in outcomes.items():
        part = next((kind for kind in kinds if f"type:{kind}" in used), None)
        if f"outcome:{outcome}" in used and part:
            raise InputError(f"{name}, row 1: outcome {part} is a part of {outcome!r}: keep one of the two columns")


def _read_row(row: dict[str, Any], extra: dict[str, str], window: str | None, place: str) -> list[Reply]:
    """Return the replies of one row of the spreadsheet, one for each outcome that its columns give."""
    column = "force"
    try:
        force = find_force(row["force"]).name
        recorded = None if pd.isna(row["recorded"]) else int(row["recorded"])
        column = OPEN
        still_open = read_whole(extra[OPEN], OPEN) if extra.get(OPEN) else None
        column = WINDOW
        text = extra.get(WINDOW) or window
        start, end = read_window(text) if text else (None, None)
        counts = {}
        for column, cell in extra.items():
            if column not in (OPEN, WINDOW):
                counts[column] = read_count(cell, recorded) if cell and recorded else None
        column = "recorded"
        _refuse_too_many(row, counts, still_open, recorded)
    except InputError as error:
        raise InputError(
            f"{place}, column {column.replace('type:', 'outcome ').removeprefix('outcome:')}: {error}"
        ) from None
    about = {"force": force, "recorded": recorded, "open": still_open, "window_start": start, "window_end": end}
    known = {name: None if pd.isna(row[name]) else int(row[name]) for name in ("count_low", "count_high")}
    charged = Reply(
        outcome=CHARGED, how_known=row["how_known"] or None, why_unknown=row["why_unknown"] or None, **known, **about
    )
    return [charged, *(_reply(outcome, parts, about, row["why_unknown"]) for outcome, parts in _group(counts).items())]


def _group(counts: dict[str, CountRange | None]) -> dict[str, list[CountRange | None]]:
    """Return the counts that make up each outcome; an outcome with a type that has no column is left out."""
    grouped = {}
    for row in read_table("outcomes.csv"):
        whole, parts = f"outcome:{row['id']}", [f"type:{kind}" for kind in row["types"]]
        if whole in counts:
            grouped[row["id"]] = [counts[whole]]
        elif all(part in counts for part in parts):
            grouped[row["id"]] = [counts[part] for part in parts]
    return grouped


def _reply(outcome: str, parts: list[CountRange | None], about: dict[str, Any], why: str | None) -> Reply:
    if not about["recorded"]:
        return Reply(outcome=outcome, count_low=None, count_high=None, how_known=None, why_unknown=why, **about)
    if None in parts:
        most = about["recorded"]
        return Reply(outcome=outcome, count_low=0, count_high=most, how_known=NOT_GIVEN, why_unknown=NOT_GIVEN, **about)
    return Reply(
        outcome=outcome,
        count_low=sum(part.low for part in parts),
        count_high=min(sum(part.high for part in parts), about["recorded"]),
        how_known="; ".join(part.how_known for part in parts),
        why_unknown=None,
        **about,
    )


def _refuse_too_many(
    row: dict[str, Any], counts: dict[str, CountRange | None], still_open: int | None, recorded: int | None
) -> None:
    if recorded is None:
        return
    charged = 0 if pd.isna(row["count_low"]) else int(row["count_low"])
    least = charged + (still_open or 0) + sum(count.low for count in counts.values() if count)
    if least > recorded:
        raise InputError(
            f"the outcomes and open crimes are at least {least:,}, more than the {recorded:,} recorded: check the row"
        )


def _offence_title(code: str) -> str:
    rows = read_table("offences.csv")
    return next((row["title"] for row in rows if code_in_path(row["code"]) == code_in_path(code)), f"offence {code}")


def _limits(table: ReplyTable, windows: set[tuple], *, known: bool) -> list[str]:
    sentences = ["The figures are replies gathered in a spreadsheet; how each force counted is not checked here."]
    if not known:
        sentences.append("The spreadsheet does not say which period the figures of every force cover.")
    if len(windows) > 1:
        sentences.append("The windows differ between forces, so their rates differ for that reason too.")
    if any(reply.open is None for reply in table.replies):
        sentences.append("How many cases were still open when the forces replied is not known for every force.")
    return sentences


def _announce(table: ReplyTable) -> list[str]:
    if not table.ignored:
        return []
    return [f"Columns that were not used: {', '.join(table.ignored)}."]
