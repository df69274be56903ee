"""Holds the figures against each other and against control totals: what contradicts what, though each row is sound.

Each function yields `(place, text)` for every contradiction that is not marked, and nothing where all agree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import pairwise

from analysis.counts.findings import Contradiction
from analysis.counts.notation import percent_bounds
from analysis.counts.printed import rows as published
from analysis.counts.printed.rows import NATIONAL, ForceFigures
from analysis.counts.release import Release
from analysis.counts.tables import Row, read_table, split_place
from analysis.errors import InputError

Range = tuple[int, int]


def check_printed_pairs(release: Release) -> Iterator[Contradiction]:
    """Yield the rows whose own count, percentage and base contradict each other, in a printed release.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> list(check_printed_pairs(find_release("bbc-2016")))
    []
    """
    rows = published.read_counts(release)
    for row in rows:
        if row["percent"] is not None and row["corrected_low"] is None and not _is_floor(row):
            yield from _caught(partial(_read_again, row, rows))


def check_overlaps(release: Release, offence: str) -> Iterator[Contradiction]:
    """Yield the check rows and national totals that the figures they overlap contradict, in a printed release.

    Sums of forces, outcomes printed together, other printings of a national share: the count, correction or
    percentage of each must be one that the figures allow. "At least" allows any lower number.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> list(check_overlaps(find_release("radar-2022"), "8/71"))
    []
    """
    rows = [row for row in published.read_counts(release) if row["offence"] == offence]
    figures = published.read_figures(release, offence)
    roles = ("check", "total") if release.outcomes_complete else ("check",)
    for row in rows:
        if row["role"] in roles:
            recorded, count = _expected(row, rows, figures, release)
            if not _agrees(row, recorded, count):
                yield row.place, f"{_printed(row)} is not what the other figures give: {_range(count)} of {recorded:,}"
    yield from _check_alternatives(rows, figures)


def check_windows(release: Release) -> Iterator[Contradiction]:
    """Yield the recorded figures that differ from the sum of the years they are made of, or are below a part of them.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> list(check_windows(find_release("radar-2022")))
    []
    """
    recorded = [
        row
        for row in published.read_counts(release)
        if row["measure"] == "recorded" and row["window_start"] and row["window_end"] and row["role"] != "alternative"
    ]
    for whole in recorded:
        parts = sorted((row for row in recorded if _is_part(row, whole)), key=lambda row: row["window_start"])
        total, printed = sum(_recorded(row) for row in parts), _recorded(whole)
        tiled = _tiles(parts, whole)
        if (tiled and total != printed) or (_disjoint(parts) and total > printed):
            yield whole.place, f"{printed:,} recorded, but the shorter windows inside add up to {total:,}"


def check_national(release: Release) -> Iterator[Contradiction]:
    """Yield the rows of national_rates.csv that the printed national figures contradict.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> list(check_national(find_release("radar-2022")))
    []
    """
    every = read_table(release.counts)
    rows = [row for row in every if row["role"] == "total"]
    outcomes = {row["id"]: row["types"] for row in read_table("outcomes.csv")}
    for rate in read_table("national_rates.csv"):
        if rate["release"] != release.id:
            continue
        used = [
            row for row in rows if row["outcome_type"] and set(row["outcome_type"]) <= set(outcomes[rate["outcome"]])
        ]
        recorded = next((row["count"] for row in rows if row["measure"] == "recorded"), None)
        if rate["recorded"] is not None and rate["recorded"] != recorded:
            printed = "nothing" if recorded is None else f"{recorded:,}"
            yield rate.place, f"{rate['recorded']:,} recorded, but {release.place} prints {printed}"
        if rate["count"] is not None and rate["count"] != sum(row["count"] or 0 for row in used):
            yield rate.place, f"{rate['count']:,} is not the sum of the printed national counts"
        if rate["rate_low"] is not None:
            percents = [row["percent"] for row in used if row["percent"] is not None]
            bounds = [tuple(map(float, _allowed(percent, every, recorded))) for percent in percents]
            if bounds != [(rate["rate_low"], rate["rate_high"])]:
                printed = " and ".join(f"{percent}%" for percent in percents) or "nothing"
                what = f"{rate['rate_low']} to {rate['rate_high']} is not what the printed percentage allows"
                yield rate.place, f"{what}: {release.place} prints {printed}"


def _allowed(percent: str, rows: Iterable[Row], recorded: int | None) -> tuple[Fraction, Fraction]:
    """Return the rates that a printed percentage may stand for; where another whole one is cut off, so may this be."""
    low, high = percent_bounds(percent)
    if "." in percent or not any(_is_cut_off(row, recorded) for row in rows):
        return low, high
    return low, high + Fraction(1, 200)


def _is_cut_off(row: Row, recorded: int | None) -> bool:
    """Whether a row prints a whole per cent where its count rounds to the next: 35% for 10,044 of 28,201, 35.6%."""
    if row["percent"] is None or "." in row["percent"] or row["corrected_low"] is None or row["at_least"]:
        return False
    base = row["percent_of"] or recorded
    _, high = percent_bounds(row["percent"])
    return bool(base) and high <= Fraction(row["corrected_low"], base) < high + Fraction(1, 200)


def _expected(row: Row, rows: list[Row], figures: Mapping[str, ForceFigures], release: Release) -> tuple[int, Range]:
    """Return the crimes recorded, and the range of counts, that the figures give for an overlapping row."""
    if row["force"] == NATIONAL and not release.outcomes_complete:
        totals = [other for other in rows if other["role"] == "total"]
        recorded = sum(other["count"] for other in totals if other["measure"] == "recorded")
        count = sum(
            other["count"] or 0
            for other in totals
            if other["outcome_type"] and set(other["outcome_type"]) <= set(row["outcome_type"])
        )
        return recorded, (count, count) if row["outcome_type"] else (recorded, recorded)
    forces = [figures[name] for name in (figures if row["force"] == NATIONAL else row["force"])]
    recorded = sum(force.recorded for force in forces)
    if not row["outcome_type"]:
        return recorded, (recorded, recorded)
    if row["outcome_type"] == ("other",):
        counts = [f.count for force in forces for f in force.outcomes if f.label == row["label"]]
        return recorded, (sum(count.low for count in counts), sum(count.high for count in counts))
    sums = [force.sum_of(row["outcome_type"]) for force in forces]
    return recorded, (sum(low for low, _ in sums), sum(high for _, high in sums))


def _agrees(row: Row, recorded: int, count: Range) -> bool:
    low, high = count
    if row["corrected_low"] is not None:
        return bool(row["corrected_low"] <= high and low <= row["corrected_high"])
    if row["count"] is not None:
        return bool(row["count"] <= high and (row["at_least"] or low <= row["count"]))
    base = row["percent_of"] or recorded
    least, most = percent_bounds(row["percent"])
    return Fraction(high, base) >= least and (bool(row["at_least"]) or Fraction(low, base) <= most)


def _check_alternatives(rows: list[Row], figures: Mapping[str, ForceFigures]) -> Iterator[Contradiction]:
    alternative = [row for row in rows if row["role"] == "alternative"]
    for whole in (row for row in alternative if row["measure"] == "recorded"):
        parts = [row for row in alternative if row["force"] == whole["force"] and row["measure"] == "outcome"]
        if sum(row["count"] for row in parts) != whole["count"]:
            yield whole.place, f"the outcomes of this tally do not add up to its {whole['count']:,} recorded"
        if whole["count"] < figures[whole["force"][0]].recorded:
            yield whole.place, f"{whole['count']:,} is below the figure that was chosen instead"


def _base(row: Row, rows: tuple[Row, ...]) -> int | None:
    """Return the crimes recorded that stand beside a row, None where that is not one number."""
    same = ("force", "window_start", "window_end", "source")
    beside = [
        other
        for other in rows
        if other["measure"] == "recorded"
        and other["role"] in ("figure", "total", "context")
        and all(other[column] == row[column] for column in same[: 3 if row["role"] == "check" else 4])
    ]
    if not beside and row["force"] == NATIONAL:
        beside = [other for other in rows if other["role"] == "total" and other["measure"] == "recorded"]
    return _recorded(beside[0]) if len(beside) == 1 else None


def _is_floor(row: Row) -> bool:
    """Whether a percentage without a count is printed as "at least": a floor, which is tested as an overlap."""
    return row["role"] == "check" and row["count"] is None and bool(row["at_least"])


def _read_again(row: Row, rows: tuple[Row, ...]) -> object:
    return published.read_printed(row, _base(row, rows))


def _caught(read: Callable[[], object]) -> Iterator[Contradiction]:
    try:
        read()
    except InputError as error:
        yield split_place(error)


def _recorded(row: Row) -> int:
    recorded: int = row["count"] if row["corrected_low"] is None else row["corrected_low"]
    return recorded


def _is_part(row: Row, whole: Row) -> bool:
    return (
        row is not whole
        and all(row[column] == whole[column] for column in ("force", "source"))
        and whole["window_start"] <= row["window_start"]
        and row["window_end"] <= whole["window_end"]
        and (row["window_start"], row["window_end"]) != (whole["window_start"], whole["window_end"])
    )


def _disjoint(parts: list[Row]) -> bool:
    return all(first["window_end"] < second["window_start"] for first, second in pairwise(parts))


def _tiles(parts: list[Row], whole: Row) -> bool:
    """Whether the windows of `parts` follow each other day by day through the window of `whole`."""
    if not parts or parts[0]["window_start"] != whole["window_start"] or parts[-1]["window_end"] != whole["window_end"]:
        return False
    day = timedelta(days=1)
    return all(
        date.fromisoformat(first["window_end"]) + day == date.fromisoformat(second["window_start"])
        for first, second in pairwise(parts)
    )


def _printed(row: Row) -> str:
    if row["corrected_low"] is not None:
        return f"the correction {_range((row['corrected_low'], row['corrected_high']))}"
    text = f"{row['count']:,}" if row["count"] is not None else f"{row['percent']}%"
    return f"the printed {'at least ' if row['at_least'] else ''}{text}"


def _range(count: Range) -> str:
    return f"{count[0]:,}" if count[0] == count[1] else f"{count[0]:,} to {count[1]:,}"
