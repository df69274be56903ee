"""The figure of all forces together: the funnel, or a chart of intervals where there is no funnel to draw.

Only where things stand on the paper is computed here.
"""

from collections.abc import Sequence
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from matplotlib.transforms import Bbox, offset_copy

from analysis.presentation.country_sentences import says_how_usual
from analysis.presentation.figures import draw_interval, name_row, plain_axes, styled
from analysis.presentation.formats import listed, percent, percent_range, whole
from analysis.presentation.picture import (
    BLUE,
    DARK_VERMILLION,
    GREY,
    INK,
    PALE,
    PALER,
    PAPER,
    PURPLE,
    SOFT,
    VERMILLION,
    Mark,
    Picture,
    figure_of,
    percents,
)
from analysis.presentation.prose import Prose
from analysis.presentation.sentences import counted_words, rate_words
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import RateRange
from analysis.results.country_answer import CountryAnswer, FunnelCurves, InstitutionsAnswer
from analysis.results.vocabulary import Vocabulary

DrawnForces = CountryAnswer | InstitutionsAnswer
"""What a figure of many forces is drawn from."""

LEVELS = {"95": "95%", "998": "99.8%"}
PLACES = (
    (6, 0, "left", "center"),
    (-6, 0, "right", "center"),
    (0, 6, "center", "bottom"),
    (0, -6, "center", "top"),
    (6, 2, "left", "bottom"),
    (6, -2, "left", "top"),
    (-6, 2, "right", "bottom"),
    (-6, -2, "right", "top"),
)
"""Where a name can stand beside its point, in points of type, the first first."""


def has_place(row: ComparedForce) -> bool:
    """Return whether a force stands in the funnel: a count that is wide open would leave the others no room."""
    return row.has_rate and not row.screened


def _size(row: ComparedForce) -> int:
    return row.recorded or 0


def country_figure(answer: DrawnForces, *, narrow: bool = False) -> Picture | Prose:
    """Draw all forces: a funnel where they have a common rate to lie around, else their intervals.

    Parameters
    ----------
    answer : CountryAnswer or InstitutionsAnswer
        What `analysis.answer.answer_country` returns, or the institutions of another field.
    narrow : bool
        Draw the funnel for a phone: as high, half as wide, with fewer names.
    """
    if not any(row.has_rate for row in answer.forces):
        return Prose(["No force is known to have recorded such a crime, so there is nothing to draw."])
    return funnel_figure(answer, narrow=narrow) if answer.about.funnel else intervals_figure(answer)


@styled
def funnel_figure(answer: DrawnForces, *, narrow: bool = False) -> Picture:
    """Draw each force's rate over its crimes, with the limits of chance and, where known, of the usual spread.

    Forces that lie outside the wider limits, and then those that lie furthest out, are named where a name fits.
    """
    funnel = answer.about.funnel
    if funnel is None:
        return intervals_figure(answer)
    width, legend = (4, 1.35) if narrow else (7.8, 0.75)
    height = 4.8 + legend
    figure = Figure(figsize=(width, height))
    figure.subplots_adjust(left=0.5 / width, right=1 - 0.2 / width, top=1 - 0.5 / height, bottom=legend / height + 0.1)
    axes = figure.add_subplot()
    axes.grid(axis="y")
    _points(axes, answer)
    _bars(axes, answer)
    _limits(axes, answer, funnel)
    _scales(axes, answer, funnel, sparse=narrow)
    axes.set_title(_headline(answer, narrow=narrow), fontsize=9.5, fontweight="normal", color=SOFT)
    figure.legend(loc="lower left", ncols=1 if narrow else 2, frameon=False, fontsize=9, labelspacing=0.3)
    _name_forces(axes, answer, most=6 if narrow else 16)
    return Picture(
        figure,
        _funnel_alt(answer, funnel),
        _marks(axes, {row.force: _ends(row) for row in answer.forces if has_place(row)}),
    )


def _scales(axes: Axes, answer: DrawnForces, funnel: FunnelCurves, *, sparse: bool) -> None:
    sizes = funnel.recorded
    smallest = min(_size(row) for row in answer.forces if has_place(row))
    axes.set_xscale("log")
    axes.set_xlim(min(0.95 * smallest, sizes[0]), sizes[-1])
    axes.set_ylim(0, _top(answer, funnel))
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 3) if sparse else (1, 2, 5)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda size, _: whole(round(size))))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:g}%"))
    counted = counted_words(of_outcomes=answer.about.of_outcomes, words=answer.about.words)
    axes.set_xlabel(f"{counted} (logarithmic scale)", loc="left")


def _headline(answer: DrawnForces, *, narrow: bool) -> str:
    about = answer.about
    text = rate_words(about.outcome, of_outcomes=about.of_outcomes, words=about.words)
    text += "; the forces’ windows differ" if about.windows_differ and not narrow else ""
    return fill(text, 46 if narrow else 100)


def _marks(axes: Axes, places: dict[str, tuple[tuple[float, float], tuple[float, float]]]) -> list[Mark]:
    """Return where the forces stand, given their lower left and upper right ends in the units of the axes."""
    height, scale = 72 * figure_of(axes).get_figheight(), 72 / axes.figure.dpi
    ends = {force: scale * axes.transData.transform(place) for force, place in places.items()}
    return [
        Mark(force, *(round(float(x), 1) for x in (left, height - top, right, height - bottom)))
        for force, ((left, bottom), (right, top)) in ends.items()
    ]


def _unusual(answer: DrawnForces) -> tuple[str, ...]:
    return answer.about.outside


def _points(axes: Axes, answer: DrawnForces) -> None:
    words = answer.about.words
    exact = [row for row in answer.forces if row.is_exact]
    usual = [row for row in exact if row.force not in _unusual(answer)]
    unusual = [row for row in exact if row.force in _unusual(answer)]
    for rows, label, marker, colour in (
        (usual, words.one, "o", BLUE),
        (unusual, f"unusual among {words.institutions}", "D", VERMILLION),
    ):
        if rows:
            axes.plot(
                [_size(row) for row in rows],
                percents(row.rate.low for row in rows),
                marker,
                color=colour,
                markersize=6,
                markeredgecolor=PAPER,
                markeredgewidth=0.7,
                clip_on=False,
                label=label,
            )


def _bars(axes: Axes, answer: DrawnForces) -> None:
    ranged = [row for row in answer.forces if has_place(row) and not row.is_exact]
    if not ranged:
        return
    sizes = [_size(row) for row in ranged]
    low, high = percents(row.rate.low for row in ranged), percents(row.rate.high for row in ranged)
    label = f"{answer.about.words.one} whose count is known as a range"
    axes.vlines(sizes, low, high, color=PURPLE, linewidth=1.5, label=label)
    axes.plot(sizes * 2, low + high, "_", color=PURPLE, markersize=7, markeredgewidth=1.5, clip_on=False)


def _limits(axes: Axes, answer: DrawnForces, funnel: FunnelCurves) -> None:
    sizes, chance, usual = funnel.recorded, funnel.chance, funnel.usual
    for level, line in (("95", (0, (4, 2))), ("998", ":")):
        label = f"{LEVELS[level]} limits of chance alone"
        low, high = map(percents, chance.level(level))
        axes.plot(sizes, low, color=GREY, linewidth=1, linestyle=line, label=label)
        axes.plot(sizes, high, color=GREY, linewidth=1, linestyle=line)
    if usual:
        for level, colour, order in (("95", PALE, -1), ("998", PALER, -2)):
            label = f"{LEVELS[level]} limits that allow for the usual spread"
            low, high = map(percents, usual.level(level))
            axes.fill_between(
                sizes, low, high, facecolor=colour, edgecolor=GREY, linewidth=0.8, zorder=order, label=label
            )
    rest = f"{answer.about.words.institutions} together"
    centre = rest if answer.about.against == "rest" else "national rate as published"
    axes.axhline(100 * funnel.theta, color=INK, linewidth=1, label=f"{centre}: {percent(funnel.theta)}")


def _top(answer: DrawnForces, funnel: FunnelCurves) -> float:
    """Return the upper end of the axis: above all points and bars, and with room above the common rate."""
    ends = [row.rate.high or 0.0 for row in answer.forces if has_place(row)]
    return min(100 * 1.08 * max(*ends, 1.5 * funnel.theta), 104)


def _name_forces(axes: Axes, answer: DrawnForces, *, most: int) -> None:
    """Write names beside points, those that lie furthest out first, where they cover no name and no other force."""
    renderer = FigureCanvasAgg(figure_of(axes)).get_renderer()
    drawn = [row for row in answer.forces if has_place(row)]
    places = {row.force: _around(axes, row) for row in drawn}
    names: list[Bbox] = []
    for row in sorted(drawn, key=lambda row: _priority(answer, row))[:most]:
        # So wide that no other's name can be taken for its own; the unusual must be named even where it is crowded.
        width, height = (5, 5) if row.force in _unusual(answer) else (16, 9)
        others = [box.padded(width, height) for force, box in places.items() if force != row.force]
        for place in PLACES:
            name = _write_name(axes, row, *place)
            box = name.get_window_extent(renderer)
            if _within(axes.bbox, box) and not box.count_overlaps(names + others):
                names.append(box)
                break
            name.remove()


def _write_name(axes: Axes, row: ComparedForce, x: float, y: float, across: str, along: str) -> Text:
    low, high = row.rate.low or 0.0, row.rate.high or 0.0
    return axes.text(
        _size(row),
        50 * (low + high),
        row.force,
        transform=offset_copy(axes.transData, figure_of(axes), x, y, units="points"),
        ha=across,
        va=along,
        fontsize=8.5,
    )


def _around(axes: Axes, row: ComparedForce) -> Bbox:
    """Return the place of a force's point or bar, in pixels."""
    return Bbox(axes.transData.transform(_ends(row)))


def _ends(row: ComparedForce) -> tuple[tuple[float, float], tuple[float, float]]:
    low, high = percents(row.rate.ends)
    return (_size(row), low), (_size(row), high)


def _within(outer: Bbox, inner: Bbox) -> bool:
    wide = outer.x0 <= inner.x0 and inner.x1 <= outer.x1
    return bool(wide and outer.y0 <= inner.y0 and inner.y1 <= outer.y1)


def _priority(answer: DrawnForces, row: ComparedForce) -> tuple[bool, float, str]:
    beyond = row.adjusted or row.funnel
    return row.force not in _unusual(answer), -abs(beyond.z or 0.0) if beyond else 0.0, row.force


def _funnel_alt(answer: DrawnForces, funnel: FunnelCurves) -> str:
    words = answer.about.words
    exact = [row for row in answer.forces if row.is_exact]
    sizes = [_size(row) for row in exact]
    chance = [row.force for row in exact if row.funnel and row.funnel.outside]
    text = (
        f"{len(exact)} {words.institutions} with {whole(min(sizes))} to {whole(max(sizes))} {words.cases}, around a "
        f"rate of {percent(funnel.theta)}. Outside the 95% limits of chance alone: {len(chance)}."
    )
    if says_how_usual(answer):
        text += f" Outside those with the usual spread: {_named(_unusual(answer), words)}."
    return text


def _named(names: Sequence[str], words: Vocabulary) -> str:
    return f"{len(names)} ({listed(names)})" if names else f"none with {words.cases} enough to judge"


@styled
def intervals_figure(answer: DrawnForces) -> Picture:
    """Draw each force's rate and interval, in the order of names, beside a published national figure where one is."""
    rows, about = [row for row in answer.forces if row.has_rate], answer.about
    axes = plain_axes(0.85 + 0.45 * len(rows), top=0.35)
    national = answer.country.national
    if national:
        low, high = percents(national.ends)
        axes.axvspan(low, high, facecolor=VERMILLION, alpha=0.2)
        beside = f"shaded: the national figure as quoted, {percent_range(*national.ends)}"
        axes.set_title(beside, fontsize=10, fontweight="normal", color=DARK_VERMILLION)
    for place, row in enumerate(rows):
        rate = percent_range(*row.rate.ends)
        draw_interval(axes, place, row.rate.ends, row.wilson, BLUE)
        name_row(axes, place, f"{row.force}: {rate} ({percent_range(*row.wilson)})", INK)
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.6, -0.85)
    axes.set_xlim(left=0)
    axes.set_xlabel(rate_words(about.outcome, of_outcomes=about.of_outcomes, words=about.words), loc="left")
    return Picture(
        figure_of(axes),
        _intervals_alt(rows, national),
        _marks(axes, {row.force: _line(place, row) for place, row in enumerate(rows)}),
    )


def _line(place: int, row: ComparedForce) -> tuple[tuple[float, float], tuple[float, float]]:
    low, high = percents(row.wilson)
    return (low, place), (high, place)


def _intervals_alt(rows: Sequence[ComparedForce], national: RateRange | None) -> str:
    parts = [f"{row.force} {percent_range(*row.rate.ends)} ({percent_range(*row.wilson)})" for row in rows]
    beside = f" The national figure as quoted: {percent_range(*national.ends)}." if national else ""
    return f"Rates with 95% intervals: {'; '.join(parts)}.{beside}"
