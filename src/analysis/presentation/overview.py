"""What a study's page says of all its forces: a table that can be sorted, the words beside each point, a citation.

Nothing is computed here; the numbers that a table is sorted by are those of the answer.
"""

from collections.abc import Callable
from typing import NamedTuple

from analysis.presentation.formats import UNKNOWN, count_of, percent_range, whole, window
from analysis.presentation.sentences import SIDES
from analysis.presentation.verdict_words import among_forces
from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import Limits
from analysis.results.country_answer import CountryAnswer


class Cell(NamedTuple):
    """A cell's text, and the number or text that its column is sorted by; None comes last."""

    text: str
    sort: float | str | None


def comparison_name(about: AboutStudy) -> str:
    """Return the name of the column that holds the verdict of a force taken alone."""
    return "against the rest" if about.against == "rest" else "against the national figure"


def force_line(row: ComparedForce) -> str:
    """Return a force's rate and its headline verdict, for a table of many studies: among forces where it is known."""
    shown = percent_range(*row.rate.ends) if row.has_rate else UNKNOWN
    return f"{shown}, {among_forces(row) or row.verdict.rest or 'no verdict'}"


def force_lines(answer: CountryAnswer) -> dict[str, list[str]]:
    """Return the lines that a reader sees beside a force's point: name, count and rate, interval, verdicts."""
    about = answer.about
    lines = {}
    for row in answer.forces:
        if not row.has_rate:
            continue
        known = [
            row.force,
            f"{count_of(*row.count.ends, row.recorded)} crimes, {percent_range(*row.rate.ends)}",
            f"95% interval {percent_range(*row.wilson)}",
            f"{comparison_name(about)}: {row.verdict.rest or 'no verdict'}",
        ]
        if among := among_forces(row):
            known.append(f"among forces: {among}")
        lines[row.force] = known
    return lines


def force_table(answer: CountryAnswer) -> dict[str, list[Cell]]:
    """Return all forces as columns of cells, by the names of the columns; those without an entry are left out."""
    about = answer.about
    columns: dict[str, Callable[[ComparedForce], Cell]] = {
        "force": lambda row: Cell(row.force, row.force),
        "with the outcome": _count_cell,
        "recorded": lambda row: Cell(whole(row.recorded), row.recorded),
        "rate": lambda row: _rates_cell(row, row.rate.ends),
        "95% interval": lambda row: _rates_cell(row, row.wilson),
        comparison_name(about): lambda row: _text_cell(row.verdict.rest),
        "among forces": lambda row: _text_cell(among_forces(row)),
        "what is not known": lambda row: _text_cell(_unknown(row)),
    }
    table = {name: [cell(row) for row in answer.forces] for name, cell in columns.items()}
    return {name: cells for name, cells in table.items() if any(cell.text for cell in cells)}


def _count_cell(row: ComparedForce) -> Cell:
    low, high = row.count.ends
    if low is None:
        return Cell(UNKNOWN, None)
    return Cell(whole(low) if low == high else f"{whole(low)} to {whole(high)}", low)


def _rates_cell(row: ComparedForce, ends: Limits) -> Cell:
    return Cell(percent_range(*ends), ends[0]) if row.has_rate else Cell(UNKNOWN, None)


def _text_cell(text: str | None) -> Cell:
    return Cell(text or "", text or None)


def _unknown(row: ComparedForce) -> str:
    if row.why_unknown:
        return row.why_unknown
    if row.has_rate and not row.is_exact:
        return "the count is known only as a range"
    return "" if row.has_rate else "no crimes recorded"


def filter_marks(answer: CountryAnswer) -> dict[str, list[str]]:
    """Return what each force can be found by: `unusual`, `differs`, `unknown`."""
    outside = answer.about.outside
    found = {}
    for row in answer.forces:
        is_kind = {
            "unusual": row.force in outside,
            "differs": row.verdict.rest in SIDES,
            "unknown": not row.is_exact,
        }
        found[row.force] = [kind for kind, is_so in is_kind.items() if is_so]
    return found


def reading(answer: CountryAnswer) -> str:
    """Return how to read the figure in one sentence: both pairs of limits, or the intervals where there are none."""
    funnel = answer.about.funnel
    if funnel is None:
        return (
            "Each line is a force's 95% interval: chance alone can move its rate anywhere along the line, so a force "
            "differs from what it is compared with only where the line keeps clear of it."
        )
    chance = (
        "Between the dashed lines chance alone would keep 95% of forces, and between the dotted lines 99.8%, if all "
        "had the same rate"
    )
    if funnel.usual is None:
        return f"{chance}; how much forces usually differ is not known, so a force outside them need not be unusual."
    return (
        f"{chance}; forces never do, so the shaded limits (95% and 99.8% again) allow for their usual differences as "
        "well, and only a force outside the shade stands out among forces."
    )


def citation(answer: CountryAnswer) -> str:
    """Return how to cite the figures and the numbers computed from them."""
    about = answer.about
    sources = "; ".join(f"{source.publisher}, {source.title}" for source in about.sources)
    licences = "; ".join(dict.fromkeys(source.licence for source in about.sources))
    return (
        f"{about.title}. Figures of {window(about.window.start, about.window.end)}: {sources}. Licence of the figures: "
        f"{licences}. Rates, intervals and comparisons: charge-rates {about.version}, study {about.study}, data sha256 "
        f"{about.digest[:16]}."
    )
