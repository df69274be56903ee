"""The rows of a spreadsheet of replies, one line a force, whether it has one row or one for each outcome."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from analysis.counts.forces import Force, recognise_forces
from analysis.counts.notation import CountRange
from analysis.counts.release import NO_CRIMES
from analysis.counts.replies.columns import (
    CHARGED,
    COUNT,
    FORCE,
    OPEN,
    OUTCOME,
    RECORDED,
    WINDOW,
    Columns,
    name_key,
    read_outcome,
)
from analysis.counts.replies.shorthand import read_number, read_reply
from analysis.errors import InputError

NOT_GIVEN = "the file gives no count"
NOT_RECORDED = "the file gives no number of crimes recorded"
ALTERNATE_CHARGE = "type:1a"
Cells = tuple[int, Sequence[str]]
"""A row's number in the file, and its cells."""


@dataclass
class ReplyLine:
    """A force's row, or its rows together: the name as it stands there, and what it says; None where unknown.

    `counts` and `written` are by the key of the column, read and as they stand there; `places` are the rows of each
    outcome where it has a row of its own.
    """

    number: int
    name: str
    force: Force | None
    recorded: int | None = None
    open: int | None = None
    window: str = ""
    counts: dict[str, CountRange | None] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    @property
    def why_unknown(self) -> str | None:
        """Why there is no count of charges."""
        if not self.recorded:
            return NOT_RECORDED if self.recorded is None else NO_CRIMES
        return NOT_GIVEN if self.counts.get(CHARGED) is None else None

    def count(self, keys: Iterable[str]) -> CountRange | None:
        """Return the counts of some outcomes together, any number of those recorded where one is not known."""
        parts = [self.counts.get(key) for key in keys]
        if not self.recorded:
            return None
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return CountRange(0, self.recorded, NOT_GIVEN)
        high = min(sum(part.high for part in known), self.recorded)
        return CountRange(sum(part.low for part in known), high, "; ".join(part.how_known for part in known))

    @cached_property
    def charged(self) -> CountRange | None:
        """The charges, those for an alternate offence (1a) among them where the file has them."""
        alternate = [ALTERNATE_CHARGE] if self.counts.get(ALTERNATE_CHARGE) is not None else []
        return self.count([CHARGED, *alternate])

    def add_up_recorded(self) -> None:
        """Take the sum of all outcomes and open crimes for the crimes recorded, if every one is known exactly."""
        counts = list(self.counts.values())
        if counts and all(count is not None and count.low == count.high for count in counts):
            self.recorded = sum(count.low for count in counts if count is not None) + (self.open or 0)

    def more_than_recorded(self) -> str | None:
        """Return what is wrong if the outcomes and open crimes are more than the crimes recorded."""
        least = sum(count.low for count in self.counts.values() if count) + (self.open or 0)
        if self.recorded is None or least <= self.recorded:
            return None
        return (
            f"the outcomes and open crimes are at least {least:,}, more than the {self.recorded:,} recorded: check the "
            "row"
        )


def read_wide(body: list[Cells], found: Columns, keys: Sequence[str], errors: list[str]) -> list[ReplyLine]:
    """Return the lines of a table with one row a force; what is wrong is added to `errors`."""
    lines = []
    forces = recognise_forces(_cell(cells, found, FORCE) for _, cells in body)
    for (number, cells), force in zip(body, forces, strict=True):
        line = ReplyLine(number, _cell(cells, found, FORCE), force)
        if wrong := _fault_of_row(cells, found, line.name):
            errors.append(f"row {number}{wrong}")
            continue
        line.written = {key: _cell(cells, found, key) for key in found.used}
        _read_counts(line, [key for key in keys if key in found.used], errors)
        lines.append(line)
    return lines


def read_long(body: list[Cells], found: Columns, keys: Sequence[str], errors: list[str]) -> list[ReplyLine]:
    """Return the lines of a table with one row for each outcome of a force."""
    lines: dict[str, ReplyLine] = {}
    forces = recognise_forces(_cell(cells, found, FORCE) for _, cells in body)
    for (number, cells), force in zip(body, forces, strict=True):
        name = _cell(cells, found, FORCE)
        wrong = _fault_of_row(cells, found, name)
        if wrong is None:
            line = lines.setdefault(force.name if force else name.casefold(), ReplyLine(number, name, force))
            wrong = _add_outcome(line, number, {key: _cell(cells, found, key) for key in found.used})
        if wrong is not None:
            errors.append(f"row {number}{wrong}")
    for line in lines.values():
        _read_counts(line, [key for key in line.written if key not in (RECORDED, OPEN, WINDOW)], errors)
    return list(lines.values())


def _add_outcome(line: ReplyLine, number: int, written: dict[str, str]) -> str | None:
    """Add a row of one outcome to its force's line, or return what is wrong with it."""
    for column in (RECORDED, WINDOW):
        if column in written:
            line.written.setdefault(column, written[column])
    outcome = written[OUTCOME]
    key = read_outcome(outcome)
    if key is None:
        return f", column outcome: {outcome!r} is no outcome: write its type, like 14, or charged, open or recorded"
    if line.places.setdefault(key, number) != number:
        return f", column outcome: {outcome!r} of {line.name} stands in row {line.places[key]} already: keep one"
    line.written[key] = written[COUNT]
    return None


def _fault_of_row(cells: Sequence[str], found: Columns, name: str) -> str | None:
    """Return what is wrong with a row as a whole, after its number."""
    if len(cells) <= max(found.used.values()):
        return (
            f": the row has only {len(cells)} of its {found.width} cells: write the others, or save the file again if "
            "it was cut off"
        )
    if beyond := [cell.strip() for cell in cells[found.width :] if cell.strip()]:
        return f": {beyond[0]!r} stands beyond the header: write 1234, or put 1,234 in quotation marks"
    if not name:
        return ", column force: the name is missing: write it, or delete the row"
    if not name.isprintable():
        return f", column force: {name!r} holds a character that does not print: type it again"
    return None


def _read_counts(line: ReplyLine, keys: Sequence[str], errors: list[str]) -> None:
    """Read the numbers of a line from what is written."""
    faults: list[str] = []
    read = partial(_attempt, line, faults)
    line.recorded = read(RECORDED, read_number, RECORDED)
    line.open = read(OPEN, read_number, OPEN)
    for key in keys:
        line.counts[key] = read(key, read_reply, line.recorded, CHARGED if key == CHARGED else COUNT)
    if line.places and not line.written.get(RECORDED):
        line.add_up_recorded()
    if not faults and (wrong := line.more_than_recorded()):
        faults.append(f"row {line.number}, column recorded: {wrong}")
    errors += faults


def _attempt(line: ReplyLine, faults: list[str], key: str, read: Callable[..., Any], *options: object) -> Any:
    """Return what a cell of a line says; where that cannot be read, None, and add the fault with its place."""
    try:
        return read(line.written.get(key, ""), *options)
    except InputError as error:
        column = COUNT if key in line.places else name_key(key)
        faults.append(f"row {line.places.get(key, line.number)}, column {column}: {error}")
        return None


def _cell(cells: Sequence[str], found: Columns, key: str) -> str:
    at = found.used[key]
    return " ".join(cells[at].split()) if at < len(cells) else ""
