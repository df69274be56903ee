"""The tables of a report and of the command line, made from the same answers as the figures beside them.

Tables for notebooks are data frames of text, one row one thing, labelled in words; tables for the terminal are plain
text with aligned columns. Nothing is computed here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from analysis.presentation.formats import (
    UNKNOWN,
    confidence_percent,
    count_of,
    p_equals,
    p_range,
    percent,
    percent_outwards,
    percent_range,
    points,
    times,
    whole,
    window,
    z_score,
)
from analysis.presentation.offence_words import offence_rows
from analysis.presentation.sentences import compared_with, level_of
from analysis.presentation.verdict_words import among_forces, among_forces_p
from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForce, ComparedForces, ForcesTogether
from analysis.results.estimated_rate import BesideNational, EffectSize, EstimatedRate
from analysis.results.force_answer import ForceAnswer, OutcomeShare, PValueCurve
from analysis.results.windows import FigureWindow

MOST_ROWS = 100
"""Rows of a spreadsheet that are printed as they were understood."""


class Table:
    """Rows of text with named columns, shown as a table by a notebook and a page, as aligned columns by a terminal.

    Parameters
    ----------
    columns : list of str
        Names of the columns; the first column names the row.
    rows : sequence of tuple
        Cells, written as they are.

    Examples
    --------
    >>> Table(["force", "rate"], [("Gwent", "7.8%")])
    force  rate
    Gwent  7.8%
    """

    def __init__(self, columns: list[str], rows: Sequence[tuple[object, ...]]):
        self.columns = columns
        self.rows = [tuple(str(cell) for cell in row) for row in rows]

    def __repr__(self) -> str:
        return columns_text([dict(zip(self.columns, row, strict=True)) for row in self.rows])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "\n".join(
            f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
            for first, *rest in self.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def rate_table(answer: ForceAnswer) -> Table:
    """Return the force's rate and what it is compared with, one row each: the numbers of the interval figure.

    Columns: crimes with the outcome, rate, interval.
    """
    about, confidence = answer.about, confidence_percent(answer.confidence)
    count = count_of(answer.count.low, answer.count.high, answer.recorded)
    rows = [
        (
            about.force,
            count,
            percent_range(*answer.rate.ends),
            percent_range(*answer.intervals.wilson),
            "Wilson",
        ),
    ]
    if answer.count.low is not None and ((answer.recorded or 0) < 100 or answer.count.low < 5):
        rows.append(
            (f"{about.force} (exact)", count, percent_range(*answer.rate.ends),
             percent_range(*answer.intervals.clopper_pearson), "Clopper–Pearson")
        )  # fmt: skip
    beside = answer.comparison
    if isinstance(beside, BesideNational):
        printed = f"printed as {about.national_printed}"
        rows.append((compared_with(about), printed, percent_range(*beside.national.ends), "", ""))
    elif beside.rest.recorded:
        rest = beside.rest
        rows.append(
            (compared_with(about), count_of(rest.count.low, rest.count.high, rest.recorded),
             percent_range(rest.rate.low, rest.rate.high), "", "")
        )  # fmt: skip
    if about.usual_rates:
        rows.append(
            ("a usual force of this size", "", "", percent_range(about.usual_rates.low, about.usual_rates.high),
             "95% limits with the usual spread")
        )  # fmt: skip
    return Table(["what", "crimes with the outcome", "rate", f"{confidence} interval", "method"], rows)


def comparison_table(answer: ForceAnswer) -> Table:
    """Return every number of the comparison with its name, one row each; where nothing can be compared, that alone."""
    among = _among_rows(answer.row) if answer.verdict else []
    return Table(["what", "value"], [*_comparison_rows(answer), *among])


def _comparison_rows(answer: EstimatedRate) -> list[tuple[str, str]]:
    """Return the rows of what a rate is compared with."""
    beside = answer.comparison
    if beside is None or beside.verdict is None:
        return [("verdict", UNKNOWN)] if beside else []
    tests, level = beside.tests, level_of(answer)
    rows = [
        ("mid-P test, which decides", p_range(*tests.mid_p.p, level)),
        ("score test", p_range(*tests.score.p, level)),
        ("verdict", beside.verdict),
    ]
    if tests.fisher and tests.fisher.p is not None:
        rows.insert(2, ("Fisher's exact test", f"p {p_equals(tests.fisher.p, level)}"))
    if isinstance(beside, BesideNational):
        return rows + _turning_rows(beside)
    return [
        *rows,
        ("difference, percentage points", _effect(beside.difference, points)),
        (
            "ratio of the rates",
            _effect(beside.ratio, lambda value: f"{value:.2f}" if value is not None else "no limit"),
        ),
    ]


def _among_rows(row: ComparedForce) -> list[tuple[str, str]]:
    """Return the rows of one force among many."""
    rows = []
    if row.funnel:
        rows.append(("funnel z (the force among all)", z_score(row.funnel.z)))
    if row.rest.p_holm is not None:
        rows.append(("against the rest, Holm's correction for many forces", f"p {p_equals(row.rest.p_holm)}"))
    if row.among_forces.p is not None:
        rows.append(("among forces, given how they differ", among_forces_p(row)))
    if row.verdict.among_forces:
        rows.append(("unusual among forces", among_forces(row)))
    return rows


def _effect(part: EffectSize, form: Callable[[float | None], str]) -> str:
    limits = f"{form(part.low)} to {form(part.high)}"
    return limits if part.estimate is None else f"{form(part.estimate)} ({limits})"


def _turning_rows(beside: BesideNational) -> list[tuple[str, str]]:
    even, turn, reach = beside.break_even, beside.charges_to_turn, beside.detectable
    rows = [("national rates not distinguishable from it", percent_outwards(even.low, even.high))]
    if turn.higher is not None:
        rows.append(("more charges that make it higher", whole(turn.higher)))
    if turn.lower is not None:
        rows.append(("fewer charges that make it lower", whole(turn.lower)))
    chance = f"told apart at least {times(reach.power)}"
    if reach.high is not None:
        rows.append((f"{chance}: true rates above", percent(reach.high)))
    if reach.low is not None:
        rows.append((f"{chance}: true rates below", percent(reach.low)))
    return rows


def curve_table(curve: PValueCurve) -> Table:
    """Return the p-value at the national rates that matter: the numbers of the p-value figure."""
    rows = [(mark.what, percent(mark.rate, 2), p_range(mark.p_min, mark.p_max)) for mark in curve.marks]
    return Table(["national rate", "rate", "mid-P test"], rows)


def outcomes_table(rows: Sequence[OutcomeShare]) -> Table:
    """Return all outcomes of one force side by side.

    Parameters
    ----------
    rows : sequence of OutcomeShare
        What `analysis.answer.outcomes` returns.
    """
    cells = [
        (
            row.label,
            row.outcome_type or "—",
            count_of(row.count.low, row.count.high, row.recorded),
            percent_range(row.rate.low, row.rate.high),
            percent_range(*row.wilson),
        )
        for row in rows
    ]
    return Table(["outcome", "Home Office type", "crimes", "share of recorded", "95% interval"], cells)


def source_table(answer: ForceAnswer) -> Table:
    """Return where the figures come from: release, window, how the count is known, sources with their addresses."""
    return source_table_of(answer.about, answer.window)


def source_table_of(about: AboutStudy, days: FigureWindow) -> Table:
    """Return where a study's figures of some days come from."""
    rows = [
        ("release", about.release_title),
        *offence_rows(about.offence, about.offence_code, about.codes),
        ("window", window(days.start, days.end)),
        ("definition", about.definition),
    ]
    rows += [
        ("source", f"{source.publisher}: {source.title}. {source.address} ({source.licence})")
        for source in about.sources
    ]
    return Table(["what", "what it says"], rows)


def estimate_text(answer: EstimatedRate) -> str:
    """Return an estimate as a short table and the sentence a reader can quote."""
    confidence = confidence_percent(answer.confidence)
    rows = [
        ("count", count_of(answer.count.low, answer.count.high, answer.recorded)),
        ("rate", percent_range(*answer.rate.ends)),
        (f"{confidence} interval, Wilson", percent_range(*answer.intervals.wilson)),
        (f"{confidence} interval, Clopper–Pearson", percent_range(*answer.intervals.clopper_pearson)),
    ]
    if isinstance(answer.comparison, BesideNational):
        rows.append(("national rate", percent_range(*answer.comparison.national.ends)))
    rows += _comparison_rows(answer)
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows) + f"\n\n{answer.sentence}"


def columns_text(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows of text as aligned columns with their names above.

    Examples
    --------
    >>> print(columns_text([{"force": "Gwent", "rate": 7.8}, {"force": "Kent", "rate": None}]))
    force  rate
    Gwent  7.8
    Kent
    """
    if not rows:
        return "(none)"
    cells = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def understood_text(rows: Sequence[Mapping[str, object]], said: Sequence[str]) -> str:
    """Return what was understood of a spreadsheet as it is printed before anything is concluded from it.

    Examples
    --------
    >>> print(understood_text([{"row": 2, "name": "Gwent Police", "charged": "21"}], ["Row 1 is the header."]), end="")
    Understood:
    row  name          charged
    2    Gwent Police  21
    Row 1 is the header.
    """
    more = [f"... and {len(rows) - MOST_ROWS:,} more rows"] if len(rows) > MOST_ROWS else []
    return "\n".join(["Understood:", columns_text(rows[:MOST_ROWS]), *more, *said, ""])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def force_rows(rows: Iterable[ComparedForce]) -> list[dict[str, str | None]]:
    """Return the forces of a comparison as rows of text, named by their columns."""
    return [
        {
            "force": row.force,
            **({} if row.similar is None else {"similar": "similar" if row.similar else ""}),
            "count": count_of(row.count.low, row.count.high, row.recorded),
            "rate": percent_range(row.rate.low, row.rate.high),
            "95% interval": percent_range(*row.wilson),
            "p": p_range(*row.p_range).removeprefix("p = ").removeprefix("p ") if row.p_range[0] is not None else "",
            "against the rest": row.verdict.rest,
            "among forces": among_forces(row) or None,
            "unknown": row.why_unknown,
        }
        for row in rows
    ]


def country_text(country: ComparedForces) -> str:
    """Return all forces of a comparison as aligned columns, with what they show together below."""
    return f"{columns_text(force_rows(country.forces))}\n\n{country_summary(country.country)}"


def country_summary(country: ForcesTogether) -> str:
    """Return what all forces show together in one or two sentences."""
    text = (
        f"{count_of(country.count, country.count, country.recorded)} ({percent(country.rate)}) in "
        f"{whole(country.forces)} forces with exact counts."
    )
    if country.forces and country.count in (0, country.recorded):
        word = "None" if country.count == 0 else "All"
        return text + f" {word} of the crimes had the outcome, so how much forces normally differ cannot be told."
    if country.tau2 is None:
        return text + " Too few forces with exact counts to say how much forces normally differ."
    return text + (
        f" The forces differ by {country.phi:.1f} times what chance alone gives (X² {country.x2:.1f}, p "
        f"{p_equals(country.x2_p)}); “among forces” allows for that."
    )
