"""Figures of the notebook on methods, made from what the joints of that notebook return.

Nothing is computed here but where things stand on the paper.
"""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from analysis.presentation.figures import styled
from analysis.presentation.formats import listed, percent, whole
from analysis.presentation.picture import BLUE, GREY, PALE, VERMILLION, Picture, percents
from analysis.presentation.spread_words import ALLOWANCES
from analysis.results.method_checks import Coverage, Ranges, RestAgreement
from analysis.results.power_checks import DetectableBySize, DetectableRates
from analysis.results.spread_checks import Spread

LOWEST_COVERAGE = 0.80
"""Coverage below this is off the paper and said in words."""

COLOURS = {"none": GREY, "winsorised": VERMILLION, "paule_mandel": BLUE}


@styled
def coverage_figure(rows: list[Coverage]) -> Picture:
    """Draw how often each interval holds the true rate: a column a method, a row a number of crimes."""
    methods = list(dict.fromkeys(row.method for row in rows))
    sizes = list(dict.fromkeys(row.recorded for row in rows))
    figure = Figure(figsize=(10, 0.6 + 2 * len(sizes)), layout="constrained")
    grid = figure.subplots(len(sizes), len(methods), sharex=True, sharey=True, squeeze=False)
    for row in rows:
        axes = grid[sizes.index(row.recorded), methods.index(row.method)]
        _coverage_panel(axes, row, BLUE if row.method == methods[-1] else GREY)
    for axes, method in zip(grid[0], methods, strict=True):
        axes.set_title(method, fontsize=10)
    for axes, size in zip(grid[:, 0], sizes, strict=True):
        axes.set_ylabel(f"{whole(size)} crimes")
    figure.supxlabel("true rate, per cent", fontsize=10)
    figure.suptitle("how often a 95% interval holds the true rate, per cent", x=0.01, ha="left", fontsize=10)
    return Picture(figure, _coverage_alt(rows))


def _coverage_panel(axes: Axes, row: Coverage, colour: str) -> None:
    axes.axhline(95, color="black", linewidth=0.6)
    axes.plot([100 * rate for rate in row.rates], [100 * share for share in row.coverage], color=colour, linewidth=0.8)
    axes.set_xlim(0, 100 * row.rates[-1])
    axes.set_ylim(100 * LOWEST_COVERAGE, 100)
    axes.set_xticks([5, 10, 15, 20])
    axes.set_yticks([80, 85, 90, 95, 100])
    axes.tick_params(length=0, labelsize=8)
    below = "" if row.lowest >= LOWEST_COVERAGE else ", off the paper"
    axes.annotate(
        f"lowest {percent(row.lowest)}{below}", (0.97, 0.05), xycoords="axes fraction", ha="right", fontsize=8,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )  # fmt: skip


def _coverage_alt(rows: list[Coverage]) -> str:
    parts = [
        f"{row.method}, {whole(row.recorded)}: mean {percent(row.mean)}, lowest {percent(row.lowest)}" for row in rows
    ]
    return f"How often a 95% interval holds the true rate, over true rates from 1% to 20%. {'; '.join(parts)}."


@styled
def rest_figure(found: RestAgreement) -> Picture:
    """Draw both z of the forces near the limit, one line a force."""
    rows = found.near
    figure = Figure(figsize=(8, 1.2 + 0.32 * len(rows)), layout="constrained")
    axes = figure.add_subplot()
    for place, row in enumerate(rows):
        ends = abs(row.funnel_z), abs(row.rest_z)
        colour = VERMILLION if row.between else BLUE
        axes.hlines(place, *ends, color=colour, linewidth=2)
        axes.plot(ends[0], place, "o", markerfacecolor="white", markeredgecolor=colour, markersize=6)
        axes.plot(ends[1], place, "o", color=colour, markersize=6)
    axes.axvline(found.limit, color="black", linewidth=0.8)
    axes.annotate(f"{found.limit:.2f}", (found.limit, -0.9), xytext=(4, 0), textcoords="offset points", fontsize=9)
    axes.set_yticks(range(len(rows)), [row.force for row in rows])
    axes.set_ylim(len(rows) - 0.4, -1)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("z, without its sign: ○ funnel, ● against the rest")
    between = [row.force for row in rows if row.between]
    return Picture(
        figure,
        f"Funnel z and z against the rest of the {len(rows)} forces nearest to the limit of {found.limit:.2f}; it "
        f"lies between the two for {listed(between) if between else 'none of them'}.",
    )


@styled
def ranges_figure(found: Ranges) -> Picture:
    """Draw each force whose count is a range: every possible rate, the interval around it, and the verdict."""
    rows = found.forces
    figure = Figure(figsize=(8.5, 1.1 + 0.3 * len(rows)), layout="constrained")
    axes = figure.add_subplot()
    for place, row in enumerate(rows):
        colour = GREY if row.verdict == "depends" else BLUE
        for ends, width in ((row.interval, 1), (row.rate, 7)):
            start, end = percents(ends)
            axes.hlines(place, start, end, color=colour, linewidth=width)
        axes.annotate(
            row.verdict or "",
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9,
            color=colour,
        )
    axes.axvline(100 * found.rest, color=VERMILLION, linewidth=1)
    axes.annotate(
        f"forces with exact counts together: {percent(found.rest)}",
        (100 * found.rest, -0.8),
        xytext=(4, 0),
        textcoords="offset points",
        fontsize=9,
        color="#a34700",
    )
    axes.set_yticks(range(len(rows)), [row.force for row in rows])
    axes.set_ylim(len(rows) - 0.4, -1.1)
    axes.set_xlim(0, 100)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("share charged, per cent: bar, every possible rate; line, with its 95% interval")
    verdicts = [row.verdict for row in rows]
    return Picture(
        figure,
        f"{len(rows)} forces whose count is a range, beside {percent(found.rest)}: {verdicts.count('depends')} of "
        "the verdicts depend on the outcomes that were not published.",
    )


@styled
def accused_figure(spread: Spread) -> Picture:
    """Draw how many ordinary forces the "99.8%" limits would accuse, over the true spread between forces."""
    curve = spread.curve
    figure = Figure(figsize=(8, 3.4), layout="constrained")
    axes = figure.add_subplot()
    deviations = [100 * deviation for deviation in curve.deviations]
    for name, label in ALLOWANCES.items():
        accused = [100 * share for share in getattr(curve, name)]
        axes.plot(deviations, accused, color=COLOURS[name], linewidth=1.8)
        axes.annotate(
            label,
            (deviations[-1], accused[-1]),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=COLOURS[name],
        )
    found = 100 * spread.paule_mandel.deviation
    axes.axvline(found, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.annotate(
        "as found", (found, 0.97), xycoords=("data", "axes fraction"), xytext=(4, 0), textcoords="offset points",
        va="top", fontsize=9,
    )  # fmt: skip
    axes.set_yscale("log")
    axes.set_ylim(0.1, 100)
    axes.set_yticks([0.2, 1, 2, 5, 10, 50])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlim(0, deviations[-1])
    axes.set_xlabel("true spread between forces: standard deviation of their own rates, percentage points")
    axes.set_ylabel("ordinary forces accused, %")
    return Picture(figure, f"Share of ordinary forces beyond 99.8% limits. {_accused_alt(spread)}")


def _accused_alt(spread: Spread) -> str:
    parts = [f"{one.name} {percent(one.accused)}" for one in spread.allowances]
    return f"At the spread that was found: {'; '.join(parts)}; promised {percent(spread.nominal)}."


@styled
def power_figure(found: DetectableBySize) -> Picture:
    """Draw which true rates can be told from the national one, over the number of crimes."""
    curve = found.curve
    figure = Figure(figsize=(8, 3.8), layout="constrained")
    axes = figure.add_subplot()
    sizes = [row.recorded for row in curve]
    high = percents(row.high for row in curve)
    low = [100 * (row.low or 0) for row in curve]
    axes.fill_between(sizes, low, high, color=PALE, linewidth=0)
    axes.plot(sizes, high, color=BLUE, linewidth=1.5)
    axes.plot(sizes, low, color=BLUE, linewidth=1.5)
    axes.axhline(100 * found.national, color=VERMILLION, linewidth=1)
    _mark_force(axes, found.gwent)
    axes.set_xscale("log")
    axes.set_xlim(sizes[0], sizes[-1])
    axes.set_ylim(0, 28)
    axes.set_xticks([row.recorded for row in found.rows], [whole(row.recorded) for row in found.rows])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.spines["left"].set_visible(True)
    axes.set_xlabel("crimes recorded")
    axes.set_ylabel("true rate, per cent")
    chance = percent(found.power, 0)
    axes.annotate(f"shown as higher with a chance of {chance} or more", (sizes[-1], 14), ha="right", fontsize=9)
    axes.annotate("shown as lower", (sizes[-1], 1.6), ha="right", fontsize=9)
    axes.annotate("shaded: not told apart", (24, 11), fontsize=9)
    axes.annotate(f"national rate {percent(found.national, 0)}", (24, 6.4), fontsize=9, color="#a34700")
    return Picture(figure, _power_alt(found))


def _mark_force(axes: Axes, row: DetectableRates) -> None:
    low, high = percents((row.low, row.high))
    axes.vlines(row.recorded, low, high, color=BLUE, linewidth=1, linestyle=(0, (4, 3)))
    for limit, place, shift in ((row.low, low, -13), (row.high, high, 5)):
        axes.plot([row.recorded], [place], "o", color=BLUE, markersize=6)
        axes.annotate(percent(limit), (row.recorded, place), xytext=(6, shift), textcoords="offset points", fontsize=9)


def _power_alt(found: DetectableBySize) -> str:
    row = found.gwent
    return (
        f"True rates that can be told from {percent(found.national, 0)} by number of crimes: with "
        f"{whole(row.recorded)}, as in Gwent, above {percent(row.high)} or below {percent(row.low)}."
    )
