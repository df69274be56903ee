"""The figures of a report, each drawn from an answer.

Every function returns a `Picture`: the drawing and the sentence that says what it shows. Rates are drawn in per cent.
Nothing is computed here but where things stand on the paper.
"""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import ParamSpec, TypeVar

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.presentation.formats import UNKNOWN, count_of, crimes, p_value, percent, percent_range
from analysis.presentation.picture import (
    BLUE,
    DARK_VERMILLION,
    GREY,
    PAPER,
    SOFT,
    STYLE,
    VERMILLION,
    Picture,
    figure_of,
    percents,
)
from analysis.presentation.prose import Prose
from analysis.presentation.sentences import compared_with, interval_phrase, rate_words
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import Limits, RateRange
from analysis.results.force_answer import AboutForce, ForceAnswer, PValueCurve

NOTHING_TO_DRAW = "The count is not known, so there is nothing to draw."


Shown = ParamSpec("Shown")
Drawn = TypeVar("Drawn", bound=Picture | Prose)
DrawAt = Callable[[Axes, float], None]
"""Draws something at a height."""


def styled(draw: Callable[Shown, Drawn]) -> Callable[Shown, Drawn]:
    """Return the drawing function run under the project's style, whatever the caller's settings are."""

    @wraps(draw)
    def under_style(*arguments: Shown.args, **options: Shown.kwargs) -> Drawn:
        with rc_context(STYLE):
            return draw(*arguments, **options)

    return under_style


WIDTH = 5.0
"""Of a figure, in inches: its letters stay readable where a phone shows it at two thirds of its size."""


def plain_axes(height: float, *, top: float = 0.1, left: float = 0.25) -> Axes:
    """Return the axes of a new figure of the common width, with margins in inches and lines to read rates by."""
    figure = Figure(figsize=(WIDTH, height))
    figure.subplots_adjust(left=left / WIDTH, right=1 - 0.3 / WIDTH, bottom=0.5 / height, top=1 - top / height)
    axes = figure.add_subplot()
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:g}%"))
    return axes


def draw_interval(axes: Axes, y: float, rate: Limits, interval: Limits, colour: str) -> None:
    """Draw a rate, or the range that it lies in, and its interval on one line."""
    (low, high), (start, end) = percents(rate), percents(interval)
    axes.hlines(y, start, end, color=colour, linewidth=2.5)
    if low == high:
        axes.plot([low], [y], "o", color=colour, markersize=9, clip_on=False)
    else:
        axes.hlines(y, low, high, color=colour, linewidth=9)


@styled
def interval_figure(answer: ForceAnswer, others: Sequence[ComparedForce]) -> Picture | Prose:
    """Draw a force's rate and interval beside what it is compared with, each under its name and numbers.

    Where the force has no known rate, a sentence says so.

    Parameters
    ----------
    answer : ForceAnswer
        What `analysis.answer.answer_force` returns.
    others : sequence of ComparedForce
        The rows of the other forces of the study (`analysis.answer.other_forces`); drawn as small marks where the
        force is compared with them, left out where the comparison is a published figure.
    """
    if answer.rate.low is None:
        return Prose([NOTHING_TO_DRAW])
    about = answer.about
    usual, beside = _known(about.usual_rates), _known(answer.comparison.rate)
    exact, ranged = _rates_of(others) if about.against == "rest" else ([], [])
    named = f"{about.force}: {percent_range(*answer.rate.ends)} ({interval_phrase(answer)})"
    rows: list[tuple[str, str, DrawAt]] = [(named, BLUE, partial(_draw_force, answer))]
    if beside:
        rows.append(
            (f"{compared_with(about)}: {percent_range(*beside)}", DARK_VERMILLION, partial(_draw_beside, beside))
        )
    if usual:
        rows.append(
            (f"a usual force of this size (95 in 100): {percent_range(*usual)}", SOFT, partial(_draw_usual, usual))
        )
    if exact:
        rows.append(("each of the other forces", SOFT, partial(_draw_rates, exact)))
    if ranged:
        rows.append(("forces whose rate is known only as a range", SOFT, partial(_draw_ranges, ranged)))
    axes = plain_axes(0.6 + 0.5 * len(rows))
    for y, (label, colour, draw) in enumerate(rows):
        draw(axes, y)
        name_row(axes, y, label, colour)
    axes.set_yticks([])
    axes.set_ylim(len(rows) - (0.5 if ranged else 0.65), -0.75)
    axes.set_xlim(left=0)
    axes.set_xlabel(rate_words(about.outcome, of_outcomes=about.of_outcomes), loc="left")
    return Picture(figure_of(axes), _interval_alt(answer))


def _known(rate: RateRange | None) -> tuple[float, float] | None:
    """Return the lowest and highest rate of a range; None where there is no such rate."""
    return None if rate is None or rate.low is None or rate.high is None else (rate.low, rate.high)


def _rates_of(others: Sequence[ComparedForce]) -> tuple[list[float], list[tuple[float, float]]]:
    """Return the rates of the forces with exact counts, and lowest and highest rate of those with a range."""
    known = [(row, rate) for row in others if (rate := _known(row.rate))]
    exact = [low for row, (low, _) in known if row.count.is_exact]
    return exact, [rate for row, rate in known if not row.count.is_exact]


def name_row(axes: Axes, y: float, text: str, colour: str) -> None:
    """Write a row's name and numbers above it, from the left edge, so that no column of names takes width."""
    axes.annotate(
        text, (0, y - 0.27), xycoords=("axes fraction", "data"), va="bottom", color=colour,
        fontweight="bold" if y == 0 else "normal", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    )  # fmt: skip


def _draw_force(answer: ForceAnswer, axes: Axes, y: float) -> None:
    draw_interval(axes, y, answer.rate.ends, answer.intervals.wilson, BLUE)


def _draw_beside(beside: tuple[float, float], axes: Axes, y: float) -> None:
    _band(axes, beside)
    draw_interval(axes, y, beside, beside, VERMILLION)


def _band(axes: Axes, beside: tuple[float, float]) -> None:
    """Mark a rate, or a range of rates, over the whole height."""
    low, high = 100 * beside[0], 100 * beside[1]
    if low == high:
        axes.axvline(low, color=VERMILLION, linewidth=1.2)
    else:
        axes.axvspan(low, high, facecolor=VERMILLION, alpha=0.2)


def _draw_usual(usual: tuple[float, float], axes: Axes, y: float) -> None:
    axes.hlines(y, 100 * usual[0], 100 * usual[1], color=GREY, alpha=0.35, linewidth=9)


def _draw_rates(rates: Sequence[float], axes: Axes, y: float) -> None:
    places = [100 * rate for rate in rates]
    axes.plot(places, [y] * len(rates), "|", color=GREY, markersize=12, markeredgewidth=1.2, clip_on=False)


def _draw_ranges(ranges: Sequence[tuple[float, float]], axes: Axes, y: float) -> None:
    for place, (low, high) in enumerate(ranges):
        height = y - 0.15 + 0.5 * (place + 1) / len(ranges)
        axes.hlines(height, 100 * low, 100 * high, color=GREY, linewidth=0.9)


def _interval_alt(answer: ForceAnswer) -> str:
    about = answer.about
    text = (
        f"{about.force}: {count_of(answer.count.low, answer.count.high, answer.recorded)}, "
        f"{percent_range(answer.rate.low, answer.rate.high)}, {interval_phrase(answer)}."
    )
    beside = _known(answer.comparison.rate)
    rate = percent_range(*beside) if beside else UNKNOWN
    text += f" Beside it {compared_with(about)}: {rate}. Verdict: {answer.verdict or 'none'}."
    if about.usual_rates:
        text += (
            f" A usual force of this size lies within {percent_range(about.usual_rates.low, about.usual_rates.high)}."
        )
    return text


@styled
def p_value_figure(answer: ForceAnswer, curve: PValueCurve) -> Picture | Prose:
    """Draw the p-value of the force's count over every national rate it could be set beside.

    Where the count is not known, a sentence says so.

    Parameters
    ----------
    answer : ForceAnswer
        What `analysis.answer.answer_force` returns.
    curve : PValueCurve
        What `analysis.answer.p_value_curve` returns.
    """
    if not len(curve.rates):
        return Prose([NOTHING_TO_DRAW])
    about = answer.about
    alpha = 1 - answer.confidence
    axes = plain_axes(2.8, top=0.5, left=0.45)
    rates = [100 * rate for rate in curve.rates]
    axes.fill_between(rates, curve.p_min, curve.p_max, color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(rates, curve.p_max, color=BLUE, linewidth=2)
    axes.axhline(alpha, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    axes.set_xlim(rates[0], rates[-1])
    axes.set_ylim(0, 1.02)
    axes.set_yticks([alpha, 0.25, 0.5, 0.75, 1], [f"{p:.2g}" for p in (alpha, 0.25, 0.5, 0.75, 1)])
    _mark_quoted(axes, answer)
    low, high = curve.break_even.ends
    for rate, across in ((low, "right"), (high, "left")):
        if rate is not None:
            axes.plot([100 * rate], [alpha], "o", color=BLUE, markersize=7, clip_on=False)
            _note(axes, percent(rate, 2), 100 * rate, alpha, across)
    axes.set_xlabel("national rate that the force’s count is set beside", loc="left")
    axes.set_title("p-value of the score test", fontsize=10, fontweight="normal", color=SOFT, pad=20)
    return Picture(figure_of(axes), _p_value_alt(about, answer, low, high))


def _note(axes: Axes, text: str, x: float, y: float, across: str) -> None:
    """Write a number on one side of a point, on the other where the paper ends."""
    place = axes.transAxes.inverted().transform(axes.transData.transform((x, y)))[0]
    across = "left" if place < 0.14 else "right" if place > 0.86 else across
    offset = (6, 5) if across == "left" else (-6, 5)
    axes.annotate(
        text, (x, y), xytext=offset, textcoords="offset points", ha=across, color=BLUE, fontweight="bold"
    )  # fmt: skip


def _mark_quoted(axes: Axes, answer: ForceAnswer) -> None:
    beside = _known(answer.comparison.rate)
    if beside is None:
        return
    _band(axes, beside)
    text = f"marked: {compared_with(answer.about)}, {percent_range(*beside)}"
    axes.annotate(text, (0, 1.03), xycoords="axes fraction", color=DARK_VERMILLION)


def _p_value_alt(about: AboutForce, answer: ForceAnswer, low: float | None, high: float | None) -> str:
    if low is None:
        return f"No single national rate agrees with every possible count of {about.force}."
    return (
        f"The p-value of {about.force}'s count ({crimes(answer.recorded)}) over national rates: above "
        f"{p_value(1 - answer.confidence)} and so not distinguishable, from {percent(low, 2)} to {percent(high, 2)}."
    )
