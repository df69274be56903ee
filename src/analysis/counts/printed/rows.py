"""Releases printed figure by figure (CSV): what each force's printed figures allow, errors and corrections included."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from analysis.counts.notation import CountRange, count_from_percent
from analysis.counts.release import Outcome, Release
from analysis.counts.tables import Row, read_table
from analysis.errors import InputError

NATIONAL = ("England and Wales",)
NO_OUTCOMES = "published no outcomes"
MEND = "correct it, or mark it with the reason"


@dataclass(frozen=True)
class Figure:
    """One printed outcome of a force and the counts that it allows."""

    types: tuple[str, ...]
    label: str
    count: CountRange
    row: Row


@dataclass(frozen=True)
class ForceFigures:
    """The figures of one force for one offence: crimes recorded and the outcomes printed beside them."""

    force: str
    recorded: int
    recorded_row: Row
    outcomes: tuple[Figure, ...]

    @property
    def marked(self) -> str | None:
        """The errors marked in these rows, or None."""
        return _join_reasons([self.recorded_row, *(figure.row for figure in self.outcomes)])

    def sum_of(self, types: Iterable[str]) -> tuple[int, int]:
        """Return the lowest and highest count of the outcomes that consist of `types` only."""
        inside = [figure.count for figure in self.outcomes if set(figure.types) <= set(types)]
        return sum(count.low for count in inside), sum(count.high for count in inside)


def read_figures(release: Release, offence: str) -> dict[str, ForceFigures]:
    """Return the figures of each force of a printed release, by official name, sorted.

    Raises
    ------
    InputError
        If a row belongs to another release, a force's rows have different windows, a figure stands twice, a count
        is above the crimes recorded, outcomes do not add up to them, or a printed pair that is not marked
        contradicts itself.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> gwent = read_figures(find_release("radar-2022"), "8/71")["Gwent"]
    >>> gwent.recorded, gwent.sum_of({"1"})
    (268, (21, 21))
    """
    by_force: dict[str, list[Row]] = {}
    for row in read_counts(release):
        if row["role"] == "figure" and row["offence"] == offence:
            by_force.setdefault(_one_force(row), []).append(row)
    return {force: _read_force(release, force, by_force[force]) for force in sorted(by_force)}


def read_counts(release: Release) -> tuple[Row, ...]:
    """Return every row of a printed release, checks and totals included.

    Raises
    ------
    InputError
        If a row belongs to another release (figures of two releases are never mixed), or its correction is not whole.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> len(read_counts(find_release("radar-2022")))
    53
    """
    rows = read_table(release.counts)
    for row in rows:
        if row["release"] != release.id:
            raise row.fail(
                "release",
                f"{row['release']!r} in the file of {release.id!r}: releases are never mixed, so move the row",
            )
        low, high = row["corrected_low"], row["corrected_high"]
        if (low is None) != (high is None) or (low is not None and row["reason"] is None):
            raise row.fail("reason", "a correction needs corrected_low, corrected_high and the reason")
        if low is not None and low > high:
            raise row.fail(
                "corrected_low", f"{low:,} is above the corrected_high {high:,}: write the lower number first"
            )
        if (row["measure"] == "recorded") != (row["outcome_type"] == ()):
            raise row.fail("outcome_type", "an outcome needs its type, and recorded has none")
    return rows


def read_printed(row: Row, base: int | None) -> CountRange:
    """Return the counts that a row allows: its correction if it is marked, else what is printed.

    Parameters
    ----------
    row
        A row of a counts file.
    base
        Crimes recorded, which a percentage is of unless the row says otherwise; None where they are not known.

    Raises
    ------
    InputError
        If count and percentage contradict each other, or no whole number gives the percentage, and the row is not
        marked; or if the row prints neither.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> cleveland = read_figures(find_release("radar-2022"), "8/71")["Cleveland"]
    >>> read_printed(cleveland.outcomes[1].row, 433)[:2]
    (35, 38)
    """
    count, percent, base = row["count"], row["percent"], row["percent_of"] or base
    if row["corrected_low"] is not None:
        return CountRange(row["corrected_low"], row["corrected_high"], _corrected(row))
    if percent is None:
        if count is None:
            raise row.fail("count", "neither a count nor a percentage is printed: write one of them, or delete the row")
        return CountRange(count, count, f"printed as {count:,}")
    if base is None:
        raise row.fail("percent", f"{percent}% of an unknown number gives no count: write the number in percent_of")
    try:
        fitting = count_from_percent(percent, base)
    except InputError as error:
        raise row.fail("percent", f"{error}; {MEND}") from None
    if count is not None and not fitting.low <= count <= fitting.high:
        raise row.fail("count", f"{count:,} of {base:,} is not the printed {percent}%: {MEND}")
    return fitting if count is None else CountRange(count, count, f"printed as {count:,} of {base:,}")


def printed_rows(release: Release, offence: str, outcome: Outcome, missing: str) -> list[dict[str, Any]]:
    """Return the row of each force in a study of a printed release.

    Where the release gives an outcome for every record, an outcome that is not listed did not occur, and records
    whose outcome was not published make a range. Elsewhere a count is known if every type of the outcome is printed.

    Parameters
    ----------
    missing
        Why a force has no count, where types are not printed.

    Examples
    --------
    >>> from analysis.counts.releases import find_outcome, find_release
    >>> bbc = find_release("bbc-2016")
    >>> rows = printed_rows(bbc, "8/71", find_outcome(bbc, "charged"), "")
    >>> [(row["count_low"], row["count_high"], row["recorded"]) for row in rows if row["force"] == "Hertfordshire"]
    [(2, 22, 23)]
    """
    count_force = _count_complete if release.outcomes_complete else _count_printed
    return [
        {
            "force": figures.force,
            "recorded": figures.recorded,
            "window_start": figures.recorded_row["window_start"],
            "window_end": figures.recorded_row["window_end"],
            "source": figures.recorded_row["source"],
            **count_force(figures, outcome, missing),
        }
        for figures in read_figures(release, offence).values()
    ]


def _count_complete(figures: ForceFigures, outcome: Outcome, missing: str) -> dict[str, Any]:
    low, _ = figures.sum_of(outcome.types)
    unknown, _ = figures.sum_of(["unpublished"])
    still_open, _ = figures.sum_of(["0"])
    how = f"{low:,} of {figures.recorded:,} records"
    if unknown:
        how += f", {unknown:,} of which have no published outcome"
    nothing = unknown == figures.recorded
    return {
        "count_low": low,
        "count_high": low + unknown,
        "open": None if nothing else still_open,
        "how_known": how,
        "why_unknown": NO_OUTCOMES if nothing else None,
        "marked": figures.marked,
    }


def _count_printed(figures: ForceFigures, outcome: Outcome, missing: str) -> dict[str, Any]:
    used = [figure for figure in figures.outcomes if set(figure.types) <= set(outcome.types)]
    known = {kind for figure in used for kind in figure.types} == set(outcome.types)
    how = [figure.count.how_known for figure in used]
    if len(used) > 1:
        how = [f"outcome {';'.join(figure.types)} {text}" for figure, text in zip(used, how, strict=True)]
    if figures.recorded_row["corrected_low"] is not None:
        how.append(f"crimes recorded {_corrected(figures.recorded_row)}")
    return {
        "count_low": sum(figure.count.low for figure in used) if known else None,
        "count_high": sum(figure.count.high for figure in used) if known else None,
        "open": None,
        "how_known": "; ".join(how) if known else None,
        "why_unknown": None if known else missing,
        "marked": _join_reasons([figures.recorded_row, *(figure.row for figure in used)]),
    }


def _read_force(release: Release, force: str, rows: list[Row]) -> ForceFigures:
    recorded_row = _single_recorded(force, rows)
    for row in rows:
        for column in ("window_start", "window_end", "basis", "scope"):
            if row[column] != recorded_row[column]:
                other = f"{recorded_row[column]!r} in {recorded_row.place}"
                raise row.fail(column, f"{row[column]!r} here and {other}: write the same in all rows of {force}")
    recorded = read_printed(recorded_row, None).low
    outcomes = tuple(
        Figure(row["outcome_type"], row["label"], read_printed(row, recorded), row)
        for row in rows
        if row["measure"] == "outcome"
    )
    figures = ForceFigures(force, recorded, recorded_row, outcomes)
    _check_parts(figures, complete=release.outcomes_complete)
    return figures


def _single_recorded(force: str, rows: list[Row]) -> Row:
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        # "other" gathers outcomes without an official type, told apart by their labels.
        key = (row["measure"], row["outcome_type"], row["label"] if row["outcome_type"] == ("other",) else "")
        if key in seen:
            raise row.fail("measure", f"the same figure of {force} stands in {seen[key].place} already: keep one")
        seen[key] = row
    recorded = seen.get(("recorded", (), ""))
    if recorded is None:
        raise rows[0].fail("measure", f"{force} has outcomes but no row of crimes recorded: add it")
    return recorded


def _check_parts(figures: ForceFigures, *, complete: bool) -> None:
    for figure in figures.outcomes:
        if figure.count.high > figures.recorded:
            raise figure.row.fail(
                "count",
                f"{figure.count.high:,} is above the {figures.recorded:,} crimes recorded by {figures.force}: {MEND}",
            )
    total = sum(figure.count.low for figure in figures.outcomes)
    if total > figures.recorded or (complete and total != figures.recorded):
        than = "more" if total > figures.recorded else "less"
        why = f"the outcomes of {figures.force} add up to {total:,}, {than} than the {figures.recorded:,} recorded"
        raise figures.recorded_row.fail("count", f"{why}: {MEND}")


def _one_force(row: Row) -> str:
    if len(row["force"]) != 1 or row["force"] == NATIONAL:
        raise row.fail("force", f"{' and '.join(row['force'])} is not one force: write one, or another role")
    [force] = row["force"]
    return str(force)


def _corrected(row: Row) -> str:
    low, high = row["corrected_low"], row["corrected_high"]
    printed = [f"{row['count']:,}"] if row["count"] is not None else []
    printed += [f"{row['percent']}%"] if row["percent"] is not None else []
    return f"printed as {' and '.join(printed)}, corrected to {low:,}" + (f" to {high:,}" if high > low else "")


def _join_reasons(rows: Iterable[Row]) -> str | None:
    return "; ".join(row["reason"] for row in rows if row["reason"]) or None
