"""A release of an analyst's own replies, as every kind of release answers; how it is written and read again."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from analysis.counts.findings import Contradiction, Finding, findings_of
from analysis.counts.forces import find_force
from analysis.counts.release import (
    STILL_OPEN,
    Cell,
    FigureRow,
    Outcome,
    Release,
    TotalKey,
    counts_file,
    in_order_of_types,
    stated_offences,
)
from analysis.counts.tables import read_table

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
class RepliesRelease:
    """The replies of one spreadsheet, one row a force and outcome; its methods are those of `ReleaseFigures`."""

    release: Release
    every_offence: ClassVar[bool] = False

    @staticmethod
    def holds(release: Release) -> bool:
        """Return whether the figures were imported as CSV."""
        return release.imported and release.counts.endswith(".csv")

    def offences(self) -> dict[str, str]:
        """Return the title of the one offence, by its code."""
        return stated_offences(self.release)

    def study_rows(self, offence: str, outcome: Outcome, missing: str) -> list[FigureRow]:
        """Return the row of each force that replied; there is one offence, and each row says why it has no count."""
        return [
            {name: value for name, value in asdict(reply).items() if name != "outcome"}
            | {"marked": None, "source": self.release.source}
            for reply in self._replies()
            if reply.outcome == outcome.id
        ]

    def force_outcomes(self, offence: str, force: str) -> list[FigureRow]:
        """Return all outcomes that a force replied, the cases still open among them where it gave their number."""
        name = find_force(force).name
        replies = [reply for reply in self._replies() if reply.force == name]
        outcomes = {row["id"]: row for row in read_table("outcomes.csv")}
        rows: list[FigureRow] = [
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
        return in_order_of_types([*rows, *(_open_cases(reply) for reply in replies[:1] if reply.open is not None)])

    def cells(self, outcome: Outcome) -> list[Cell]:
        """Return nothing: these figures are not of every offence."""
        return []

    def codes(self) -> set[str]:
        """Return the one offence code: the rows name none."""
        return set(self.offences())

    def totals(self) -> Mapping[TotalKey, int]:
        """Return none: nothing is published to hold replies against."""
        return {}

    def check(self) -> Iterator[Finding]:
        """Yield that the file of the replies is missing or differs, if it does."""
        yield from findings_of("damage", self._unreadable)

    def _unreadable(self) -> Iterable[Contradiction]:
        counts_file(self.release)
        return ()

    def _replies(self) -> list[Reply]:
        with counts_file(self.release).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [Reply(**_cells(row)) for row in rows]


def _cells(row: dict[str, str]) -> dict[str, Any]:
    return {name: (int(text) if name in NUMBERS else text) if text else None for name, text in row.items()}


def write_replies(replies: Iterable[Reply], path: Path) -> None:
    """Write replies as CSV, what is unknown empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Reply)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(reply) for reply in replies)


def _open_cases(reply: Reply) -> FigureRow:
    label = next(row["label"] for row in read_table("outcomes.csv") if STILL_OPEN in row["types"])
    numbers = {"count_low": reply.open, "count_high": reply.open, "recorded": reply.recorded}
    return {"outcome_type": STILL_OPEN, "label": label, **numbers, "open": True, "how_known": "as replied"}
