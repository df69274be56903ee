"""A release of an official table, as every kind of release answers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pyarrow.compute as pc

from analysis.counts.findings import Contradiction, Finding, findings_of
from analysis.counts.forces import find_force
from analysis.counts.offence_codes import is_code
from analysis.counts.offence_groups import add_rows, find_group
from analysis.counts.official.control_by_force import compare_with_control
from analysis.counts.official.rows import (
    NOT_PROVIDED,
    negative_types,
    official_cells,
    official_rows,
    read_all_official,
    read_official,
)
from analysis.counts.release import (
    ALL_OFFENCES,
    STILL_OPEN,
    Cell,
    FigureRow,
    Outcome,
    Release,
    TotalKey,
    stated_offences,
)
from analysis.counts.tables import read_table


@dataclass(frozen=True)
class OfficialRelease:
    """Year totals by offence, force and outcome type, in Parquet; its methods are those of `ReleaseFigures`."""

    release: Release
    every_offence: ClassVar[bool] = True

    @staticmethod
    def holds(release: Release) -> bool:
        """Return whether the figures are a Parquet file, built in or imported."""
        return release.counts.endswith(".parquet")

    def offences(self) -> dict[str, str]:
        """Return the title of each offence code."""
        return stated_offences(self.release)

    def study_rows(self, offence: str, outcome: Outcome, missing: str) -> list[FigureRow]:
        """Return the row of each of the 44 forces; `missing` does not occur, because every outcome is counted."""
        if is_code(offence) or offence == ALL_OFFENCES:
            return official_rows(self.release, offence, outcome)
        return add_rows({code: official_rows(self.release, code, outcome) for code in self._codes(offence)})

    def force_outcomes(self, offence: str, force: str) -> list[FigureRow]:
        """Return the outcome types that a force has a total of, by number."""
        name = find_force(force).name
        codes = [read_official(self.release, code).get(name, {}) for code in self._codes(offence)]
        by_type = _add_types(codes)
        totals = {kind: total for kind, total in by_type.items() if total is not None}
        is_whole = len(totals) == len(by_type)
        unknown = any(map(negative_types, codes)) or not is_whole
        recorded = sum(totals.values()) if is_whole else None
        labels = {row["type"]: row["label"] for row in read_table("outcome_types.csv")}
        return [
            {
                "outcome_type": kind,
                "label": labels[kind],
                "count_low": None if unknown else count,
                "count_high": None if unknown else count,
                "recorded": recorded,
                "open": kind == STILL_OPEN,
                "how_known": NOT_PROVIDED if count is None else f"published as {count:,}",
            }
            for kind, count in sorted(by_type.items(), key=lambda item: int(item[0]))
        ]

    def _codes(self, offence: str) -> tuple[str, ...]:
        """Return the codes of a group of offences, or the one that is asked for."""
        group = None if is_code(offence) else find_group(self.release, offence)
        return (offence,) if group is None else tuple(one.code for one in group.codes)

    def cells(self, outcome: Outcome) -> list[Cell]:
        """Return the total of every force and offence, without those that corrections leave negative."""
        return official_cells(self.release, outcome)

    def codes(self) -> set[str]:
        """Return the offence codes that have a total other than 0."""
        return set(read_all_official(self.release)["offence"].unique().to_pylist())

    def totals(self) -> Mapping[TotalKey, int]:
        """Return the sums by offence, force and outcome type, and over each; how many forces, codes and such."""
        table = read_all_official(self.release)
        totals: Counter[TotalKey] = Counter()
        for names in (["offence", "force"], ["offence"], ["force"], []):
            for measure, kinds in (("recorded", []), ("outcome", ["outcome_type"])):
                grouped = table.group_by([*names, *kinds], use_threads=False).aggregate([("count", "sum")])
                for row in grouped.to_pylist():
                    key = (row.get("offence", ""), row.get("force", ""), measure, row.get("outcome_type", ""))
                    totals[key] = row["count_sum"]
        with_crimes = [
            offence
            for (offence, force, measure, _), count in totals.items()
            if offence and not force and measure == "recorded" and count > 0
        ]
        negative = table.filter(pc.less(table["count"], 0)).select(["offence", "force"])
        totals["", "", "forces", ""] = len(table["force"].unique())
        totals["", "", "offences", ""] = len(self.offences())
        totals["", "", "offences with crimes", ""] = len(with_crimes)
        totals["", "", "negative pairs", ""] = negative.group_by(["offence", "force"]).aggregate([]).num_rows
        return totals

    def check(self) -> Iterator[Finding]:
        """Yield the pairs of force and code that are unknown, because of a negative total or a missing one."""
        yield from findings_of("marked", self._unknown_pairs)
        yield from findings_of("marked", self._other_edition)

    def _other_edition(self) -> Iterator[Contradiction]:
        """Yield what another edition has of a year that comes with the project; an import says so when it is made."""
        window_start, window_end = self.release.window_start, self.release.window_end
        if self.release.imported or window_start is None or window_end is None:
            return
        sentence = compare_with_control(read_all_official(self.release), window_start, window_end)
        if sentence:
            yield self.release.place, sentence.removesuffix(".")

    def _unknown_pairs(self) -> Iterator[Contradiction]:
        columns = read_all_official(self.release).to_pydict()
        for offence, force, kind, count in zip(
            columns["offence"], columns["force"], columns["outcome_type"], columns["count"], strict=True
        ):
            if count is None:
                text = f"{force}, {offence}: the force did not provide its figures of type {kind}"
                yield self.release.place, text
            elif count < 0:
                yield (
                    self.release.place,
                    f"{force}, {offence}: {count} of type {kind} after the published corrections; the pair is shown as "
                    "unknown and takes part in nothing",
                )


def _add_types(codes: Sequence[Mapping[str, int | None]]) -> dict[str, int | None]:
    """Return the totals of several codes by outcome type; unknown where one of them is."""
    added: dict[str, int | None] = {}
    for by_type in codes:
        for kind, count in by_type.items():
            so_far = added.get(kind, 0)
            added[kind] = None if count is None or so_far is None else so_far + count
    return added
