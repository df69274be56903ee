"""A release of a year's totals, all offences together, as every kind of release answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from analysis.counts.all_offences.rows import all_offences_rows, missing_totals, read_totals
from analysis.counts.findings import Contradiction, Finding, findings_of
from analysis.counts.forces import find_force
from analysis.counts.release import (
    ALL_OFFENCES,
    CRIMES_WITH_AN_OUTCOME,
    Cell,
    FigureRow,
    Outcome,
    Release,
    TotalKey,
    stated_offences,
)
from analysis.counts.tables import read_table

CHARGED = "1"
MEASURES = {
    "charged": "charged",
    "assigned": "assigned",
    "charged closed in the year": "charged_closed",
    "assigned closed in the year": "assigned_closed",
}
"""Measure of control_totals.csv: the column that gives it."""


@dataclass(frozen=True)
class AllOffencesRelease:
    """Totals of a year by force; its methods are those of `ReleaseFigures`."""

    release: Release
    every_offence: ClassVar[bool] = False

    @staticmethod
    def holds(release: Release) -> bool:
        """Return whether the figures are of crimes with an outcome, not of crimes recorded."""
        return release.basis == CRIMES_WITH_AN_OUTCOME

    def offences(self) -> dict[str, str]:
        """Return the title of the one code, `all`."""
        return stated_offences(self.release)

    def study_rows(self, offence: str, outcome: Outcome, missing: str) -> list[FigureRow]:
        """Return the row of each of the 44 forces; `missing` does not occur, because every force has its totals."""
        return all_offences_rows(self.release)

    def force_outcomes(self, offence: str, force: str) -> list[FigureRow]:
        """Return the crimes charged and those with any other outcome."""
        name = find_force(force).name
        total, unknown = read_totals(self.release.id)[name], name in missing_totals(self.release)
        labels = {row["type"]: row["label"] for row in read_table("outcome_types.csv")}
        counts = {
            CHARGED: (labels[CHARGED], total["charged"]),
            "other": ("Any other outcome", total["assigned"] - total["charged"]),
        }
        return [
            {
                "outcome_type": kind,
                "label": label,
                "count_low": None if unknown else count,
                "count_high": None if unknown else count,
                "recorded": None if unknown else total["assigned"],
                "open": False,
                "how_known": "incomplete" if unknown else f"published as {count:,}",
            }
            for kind, (label, count) in counts.items()
        ]

    def cells(self, outcome: Outcome) -> list[Cell]:
        """Return nothing: the offences are not told apart."""
        return []

    def codes(self) -> set[str]:
        """Return the one code that occurs."""
        return {ALL_OFFENCES}

    def totals(self) -> Mapping[TotalKey, int]:
        """Return the sums over all forces, incomplete figures included, as the source adds them up."""
        rows = read_totals(self.release.id).values()
        return {
            (ALL_OFFENCES, "", measure, ""): sum(row[column] for row in rows) for measure, column in MEASURES.items()
        }

    def check(self) -> Iterator[Finding]:
        """Yield the forces whose year is incomplete, and rows that have more charges than outcomes."""
        yield from findings_of("marked", self._incomplete)
        yield from findings_of("contradiction", self._more_charged_than_assigned)

    def _incomplete(self) -> Iterator[Contradiction]:
        totals = read_totals(self.release.id)
        for force, sentence in missing_totals(self.release).items():
            yield totals[force].place, f"{sentence} Its total is shown as unknown and takes part in nothing"

    def _more_charged_than_assigned(self) -> Iterator[Contradiction]:
        for force, total in read_totals(self.release.id).items():
            for charged, assigned in (("charged", "assigned"), ("charged_closed", "assigned_closed")):
                if total[charged] > total[assigned]:
                    yield (
                        total.place,
                        f"{force}: {total[charged]:,} {charged} of {total[assigned]:,} {assigned}",
                    )
