"""Finds the rows of a spreadsheet that add up others, a country, a region, a total: they would count crimes twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.counts.force_groups import list_groups
from analysis.counts.forces import Force
from analysis.counts.names import make_slug
from analysis.counts.notation import CountRange

CALLED_TOTALS = frozenset(
    {"total", "totals", "grand-total", "total-all-forces", "all", "all-forces", "all-areas", "sum", "overall"}
)
CALLED_COUNTRIES = frozenset(
    {"england", "wales", "england-and-wales", "total-england-and-wales", "great-britain", "united-kingdom", "uk"}
    | {"national", "national-total", "country"}
)
FEWEST_PARTS = 2
DELETE = "delete the total, which would count every crime twice"


@dataclass(frozen=True)
class Row:
    """A row as far as adding up goes: its number in the file, name, force if it is one of the 44, and figures."""

    number: int
    name: str
    force: Force | None
    count: CountRange | None
    recorded: int | None


def find_totals(rows: Sequence[Row]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the rows that are left out as totals, and those that are refused, each with why, by their number.

    A row is a total if it equals, in count and in crimes recorded, at least two rows next to it, or all others, its
    count is above 0, and it is none of the 44 forces. One that is called a total, a country or a region is left out,
    and need not be above 0; numbers that are not known do not tell it from a total. If it differs it is refused, as is
    a total by another name.

    Parameters
    ----------
    rows
        Every row in the file's order.

    Examples
    --------
    >>> def row(number, name, count, recorded):
    ...     return Row(number, name, None, CountRange(count, count, ""), recorded)
    >>> rows = [row(2, "A", 1, 5), row(3, "B", 2, 6), row(4, "Total", 3, 11), row(5, "AB", 3, 11)]
    >>> left_out, refused = find_totals(rows)
    >>> left_out, list(refused)
    ({4: 'the sum of rows 2 to 3'}, [5])
    """
    table = _Table(rows)
    # Parts before wholes; of equals, what is called a total is left out, so that only the other name is refused.
    order = sorted(
        range(len(rows)), key=lambda place: (rows[place].recorded or 0, not table.is_called_one(rows[place]))
    )
    left_out: dict[int, str] = {}
    refused: dict[int, str] = {}
    for place in order:
        row = rows[place]
        if row.force is not None:
            continue
        if table.is_called_one(row):
            why = table.equals(place, fewest=1) or table.may_be(place)
            found, why = (left_out, why) if why else (refused, table.differs(place))
        else:
            above_zero = row.count is not None and row.count.low > 0
            why = table.equals(place, fewest=FEWEST_PARTS) if above_zero else None
            found, why = refused, why and f"{row.name!r} is {why}: {DELETE}"
        if why:
            found[row.number] = why
            table.leave_out(place)
    return left_out, refused


class _Table:
    """The rows that are not known to be totals, and what they add up to."""

    def __init__(self, rows: Sequence[Row]):
        self.rows = rows
        self.left_out: set[int] = set()
        self.regions = _regions()
        self.has_forces = any(row.force for row in rows)
        self.sums = [sum(column) for column in zip(*map(_figures, rows), strict=True)]

    def is_called_one(self, row: Row) -> bool:
        """Return whether a row has the name of a total; of a country or region only where forces stand beside it."""
        slug = make_slug(row.name)
        if row.force is not None or slug in CALLED_TOTALS:
            return row.force is None
        return self.has_forces and (slug in CALLED_COUNTRIES or slug in self.regions)

    def leave_out(self, place: int) -> None:
        """Take a total out of the sums."""
        self.left_out.add(place)
        self.sums = [whole - part for whole, part in zip(self.sums, _figures(self.rows[place]), strict=True)]

    def equals(self, place: int, *, fewest: int) -> str | None:
        """Return which rows a row is exactly the sum of, if it is of at least so many."""
        row = self.rows[place]
        if not row.recorded or row.count is None:
            return None
        low, high, recorded, parts, _ = (whole - own for whole, own in zip(self.sums, _figures(row), strict=True))
        if parts >= fewest and recorded == row.recorded and low <= row.count.high and row.count.low <= high:
            return "the sum of the other rows"
        return self._equals_neighbours(place, -1) or self._equals_neighbours(place, 1)

    def may_be(self, place: int) -> str | None:
        """Return of which rows a row may be the sum, whatever is unknown among them; None if it cannot be."""
        row = self.rows[place]
        if row.recorded is None:
            return "a total that does not give the crimes recorded"
        others = [one for at, one in enumerate(self.rows) if at != place and at not in self.left_out]
        members = self.regions.get(make_slug(row.name))
        inside = [one for one in others if members is None or (one.force and one.force.name in members)]
        is_whole = members is None or len(inside) == len(members)
        if _adds_up(row, inside, is_whole=is_whole and all(one.recorded is not None for one in inside)):
            return "the sum of the other rows as far as they are known" if members is None else "the sum of its forces"
        return None

    def differs(self, place: int) -> str:
        """Return what is wrong with a row that is called a total and is none."""
        row = self.rows[place]
        low, high, recorded, _, _ = (whole - own for whole, own in zip(self.sums, _figures(row), strict=True))
        counted = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        return (
            f"{row.name!r} is called a total, and its {row.recorded:,} crimes are not those of the other rows "
            f"({counted} of {recorded:,}): correct it, or delete the row"
        )

    def _equals_neighbours(self, place: int, step: int) -> str | None:
        row, parts = self.rows[place], []
        most, recorded = row.recorded or 0, 0
        at = place + step
        while 0 <= at < len(self.rows) and recorded < most:
            if at not in self.left_out and self.rows[at].recorded:
                parts.append(self.rows[at])
                recorded += self.rows[at].recorded or 0
            at += step
        if len(parts) < FEWEST_PARTS or not _adds_up(row, parts, is_whole=True):
            return None
        numbers = [part.number for part in parts]
        return f"the sum of rows {min(numbers)} to {max(numbers)}"


def _figures(row: Row) -> tuple[int, int, int, int, int]:
    """Return the lowest and highest count, the crimes recorded, whether there are any, and whether they are unknown."""
    low, high = (row.count.low, row.count.high) if row.count else (0, row.recorded or 0)
    return low, high, row.recorded or 0, int(bool(row.recorded)), int(row.recorded is None)


def _adds_up(row: Row, parts: Sequence[Row], *, is_whole: bool) -> bool:
    """Return whether a row may be the sum of some others; some may be missing or unknown where they are not whole."""
    if not parts:
        return False
    low, high, recorded, _, _ = (sum(column) for column in zip(*map(_figures, parts), strict=True))
    if row.recorded is None or recorded > row.recorded or (is_whole and recorded < row.recorded):
        return False
    return row.count is None or (low <= row.count.high and (not is_whole or row.count.low <= high))


def _regions() -> dict[str, set[str]]:
    """Return the forces of every named group of data/, by its slug."""
    return {make_slug(name): set(forces) for name, forces in list_groups().items()}
