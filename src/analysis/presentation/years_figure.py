"""The figure of one force over years. Nothing is computed here but where things stand on the paper.

Recent years are lower bounds, because more of their cases are open: the pale bars say how far they could go.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.presentation.figures import WIDTH, styled
from analysis.presentation.formats import UNKNOWN, listed, percent, percent_range
from analysis.presentation.picture import BLUE, GREY, PALE, SOFT, VERMILLION, Picture, percents
from analysis.presentation.sentences import rate_words
from analysis.presentation.years import OTHERS, short_year
from analysis.results.year_series import ForceOverYears, SeriesBreak, Year

FURTHEST = 2
"""How many times the highest interval the open cases are drawn up to; where they reach further, a number says so."""

MOST_WHOLE_NAMES = 8
"""Of more years than these the axis has no room for the century."""


@styled
def years_figure(answer: ForceOverYears) -> Picture:
    """Draw the force's rate of each year with its interval, what open cases could add, and the breaks of the series."""
    figure = Figure(figsize=(WIDTH if len(answer.years) <= 6 else 8, 3), layout="constrained")
    axes = figure.add_subplot()
    axes.grid(axis="y")
    top = _top(answer.years)
    for year in answer.years:
        _draw_year(axes, year, top)
    _draw_others(axes, answer.years)
    _draw_breaks(axes, answer.breaks, top)
    places = [_middle(year) for year in answer.years]
    crowded = len(places) > MOST_WHOLE_NAMES
    axes.set_xticks(places, [short_year(year.window)[2 if crowded else 0 :] for year in answer.years])
    axes.set_xlim(min(places) - 0.7, max(places) + max(1.3, 0.25 * (max(places) - min(places) + 0.7)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:g}%"))
    title = rate_words(answer.about.outcome, of_outcomes=answer.about.of_outcomes)
    axes.set_title(title, fontsize=10, fontweight="normal", color=SOFT)
    return Picture(figure, _figure_alt(answer))


def _draw_year(axes: Axes, year: Year, top: float) -> None:
    if not year.is_known:
        axes.annotate(UNKNOWN, (_middle(year), 0), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=9)
        return
    place, (low, high) = _middle(year), percents(year.rate.ends)
    if year.rate_if_open is not None:
        reach = 100 * year.rate_if_open
        axes.vlines(place, high, min(reach, top), color=PALE, linewidth=9, zorder=0)
        if reach > top:
            axes.annotate(
                f"to {percent(year.rate_if_open)}",
                (place, top),
                xytext=(7, -1),
                textcoords="offset points",
                va="top",
                fontsize=9,
                color=GREY,
            )
    start, end = percents(year.wilson)
    axes.vlines(place, start, end, color=BLUE, linewidth=2)
    if low == high:
        axes.plot([place], [low], "o", color=BLUE, markersize=8)
    else:
        axes.vlines(place, low, high, color=BLUE, linewidth=7)


def _draw_others(axes: Axes, years: Sequence[Year]) -> None:
    others = [(_middle(year), 100 * rate) for year in years if (rate := year.others.rate) is not None]
    if others:
        axes.plot(*zip(*others, strict=True), color=VERMILLION, linewidth=1.2, marker=".")
        axes.annotate(
            OTHERS, others[-1], xytext=(12, 0), textcoords="offset points", va="center", fontsize=9, color="#a34700"
        )


def _draw_breaks(axes: Axes, breaks: Sequence[SeriesBreak], top: float) -> None:
    """Draw a line for each break up to its name; an earlier one is higher, so that no name crosses a later line."""
    for level, one in enumerate(reversed(breaks)):
        place, height = _decimal_year(one.date), top * (1.12 + 0.1 * level)
        axes.vlines(place, 0, height, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(one.label, (place, height), xytext=(4, -4), textcoords="offset points", fontsize=9, color=GREY)
    axes.set_ylim(0, top * (1.1 + 0.1 * len(breaks)))


def _top(years: Sequence[Year]) -> float:
    """Return how far up rates are drawn, in per cent: open cases can reach so far that all rates would look alike."""
    rates = [year.wilson[1] or 0.0 for year in years if year.is_known]
    rates += [year.others.rate for year in years if year.others.rate is not None]
    reach = [year.rate_if_open for year in years if year.is_known and year.rate_if_open is not None]
    highest = max(rates, default=0.0)
    return 100 * min(max([highest, *reach]), FURTHEST * highest) or 1


def _decimal_year(day: str) -> float:
    year, month, number = (int(part) for part in day.split("-"))
    return year + (month - 1) / 12 + (number - 1) / 365


def _middle(year: Year) -> float:
    return float(np.mean([_decimal_year(year.window.start), _decimal_year(year.window.end)]))


def _figure_alt(answer: ForceOverYears) -> str:
    shown = [
        f"{short_year(year.window)} {percent_range(year.rate.low, year.rate.high)}"
        if year.is_known
        else f"{short_year(year.window)} {UNKNOWN}"
        for year in answer.years
    ]
    breaks = [f"{one.label} on {one.date}" for one in answer.breaks]
    marked = f" Marked: {listed(breaks)}." if breaks else ""
    return (
        f"{answer.force}, “{answer.about.outcome}”: {listed(shown)}, each with its interval; the pale bar "
        f"above is what the open cases could add.{marked}"
    )
