"""A release of figures printed one by one, as every kind of release answers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from analysis.counts.findings import Contradiction, Finding, findings_of
from analysis.counts.forces import find_force
from analysis.counts.printed import cross_checks
from analysis.counts.printed.rows import NATIONAL, printed_rows, read_counts, read_figures
from analysis.counts.release import (
    CRIMES_WITH_AN_OUTCOME,
    STILL_OPEN,
    Cell,
    FigureRow,
    Outcome,
    Release,
    TotalKey,
    in_order_of_types,
    stated_offences,
)


@dataclass(frozen=True)
class PrintedRelease:
    """The figures of a CSV file of data/, one row one printed figure; its methods are those of `ReleaseFigures`."""

    release: Release
    every_offence: ClassVar[bool] = False

    @staticmethod
    def holds(release: Release) -> bool:
        """Return whether the figures are rows of a CSV file that comes with the project."""
        return not release.imported and release.counts.endswith(".csv") and release.basis != CRIMES_WITH_AN_OUTCOME

    def offences(self) -> dict[str, str]:
        """Return the title of each offence code."""
        return stated_offences(self.release)

    def study_rows(self, offence: str, outcome: Outcome, missing: str) -> list[FigureRow]:
        """Return the row of each force that is printed."""
        return printed_rows(self.release, offence, outcome, missing)

    def force_outcomes(self, offence: str, force: str) -> list[FigureRow]:
        """Return what is printed of a force."""
        by_force = read_figures(self.release, offence)
        figures = by_force[find_force(force, among=by_force).name]
        rows: list[FigureRow] = [
            {
                "outcome_type": ";".join(figure.types),
                "label": figure.label,
                "count_low": figure.count.low,
                "count_high": figure.count.high,
                "recorded": figures.recorded,
                "open": figure.types == (STILL_OPEN,),
                "how_known": figure.count.how_known,
            }
            for figure in figures.outcomes
        ]
        return in_order_of_types(rows)

    def cells(self, outcome: Outcome) -> list[Cell]:
        """Return nothing: these figures are not of every offence."""
        return []

    def codes(self) -> set[str]:
        """Return the offence codes of the printed rows."""
        return {row["offence"] for row in read_counts(self.release)}

    def totals(self) -> Mapping[TotalKey, int]:
        """Return the sums over forces, and the totals that are printed."""
        totals: Counter[TotalKey] = Counter()
        for offence in self.offences():
            for force, figures in read_figures(self.release, offence).items():
                for name in ("", force):
                    totals[offence, name, "recorded", ""] += figures.recorded
                    totals[offence, name, "forces", ""] += 1
                    for figure in figures.outcomes:
                        totals[offence, name, "outcome", ";".join(figure.types)] += figure.count.low
        for row in read_counts(self.release):
            if row["role"] == "total" and row["count"] is not None:
                totals[row["offence"], *NATIONAL, row["measure"], ";".join(row["outcome_type"])] += row["count"]
        return totals

    def check(self) -> Iterator[Finding]:
        """Yield the marked errors and, where no row is damaged, what contradicts what."""
        release = self.release
        marked = [*findings_of("marked", self._marked)]
        yield from marked
        if any(finding.kind == "damage" for finding in marked):
            return
        for check in (cross_checks.check_printed_pairs, cross_checks.check_windows, cross_checks.check_national):
            yield from findings_of("contradiction", partial(check, release))
        for offence in self.offences():
            yield from findings_of("contradiction", partial(cross_checks.check_overlaps, release, offence))

    def _marked(self) -> Iterator[Contradiction]:
        for row in read_counts(self.release):
            if row["reason"]:
                yield row.place, f"{' and '.join(row['force'])}: {row['reason']}"
