"""The figures of a report, each drawn from an answer's dictionaries.

Every function returns a `Picture`: the drawing and the sentence that says what it shows. Rates are drawn in per cent.
Nothing is computed here but where things stand on the paper.
"""

from collections.abc import Callable
from functools import wraps

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.presentation.formats import count_of, crimes, p_value, percent, percent_range
from analysis.presentation.picture import BLUE, GREY, PALE, STYLE, VERMILLION, Picture
from analysis.presentation.sentences import compared_with, interval_phrase


def styled(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """Return the drawing function run under the project's style, whatever the caller's settings are."""

    @wraps(draw)
    def under_style(*arguments, **options) -> Picture:
        with rc_context(STYLE):
            return draw(*arguments, **options)

    return under_style


def _interval(axes: Axes, y: float, low: float, high: float, interval: list[float], colour: str) -> None:
    axes.hlines(y, 100 * interval[0], 100 * interval[1], color=colour, linewidth=2)
    if low == high:
        axes.plot([100 * low], [y], "o", color=colour, markersize=8)
    else:
        axes.hlines(y, 100 * low, 100 * high, color=colour, linewidth=8)


@styled
def interval_figure(answer: dict, others: list[dict]) -> Picture:
    """Draw a force's rate and interval beside what it is compared with.

    Parameters
    ----------
    answer : dict
        What `analysis.answer.answer_force` returns.
    others : list of dict
        The rows of the other forces of the study (`analysis.answer.other_forces`); drawn as small marks where the
        force is compared with them, left out where the comparison is a published figure.
    """
    about = answer["about"]
    with_forces = about["against"] == "rest"
    labels = [about["force"], compared_with(about)] + (["each of the other forces"] if with_forces else [])
    figure = Figure(figsize=(8, 1.5 + 0.5 * len(labels)), layout="constrained")
    axes = figure.add_subplot()
    usual = about["usual"]
    if usual:
        axes.axvspan(100 * usual["low"], 100 * usual["high"], color=PALE, zorder=0, linewidth=0)
    _interval(axes, 0, answer["rate"]["low"], answer["rate"]["high"], answer["intervals"]["wilson"], BLUE)
    _compared(axes, answer)
    if with_forces:
        _other_forces(axes, 2, others)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"“{about['outcome']}”, per cent of recorded crimes")
    if usual:
        axes.set_title(
            "shaded: where 95% of forces of this size would lie, given how forces normally differ",
            fontsize=9,
            fontweight="normal",
        )
    return Picture(figure, _interval_alt(answer))


def _compared(axes: Axes, answer: dict) -> None:
    if "national" in answer:
        low, high = answer["national"]["low"], answer["national"]["high"]
        axes.axvspan(100 * low, 100 * high, color=VERMILLION, alpha=0.15, linewidth=0)
        _interval(axes, 1, low, high, [low, high], VERMILLION)
    elif answer["rest"]["rate"]["low"] is not None:
        rate = answer["rest"]["rate"]
        _interval(axes, 1, rate["low"], rate["high"], [rate["low"], rate["high"]], VERMILLION)
        axes.axvline(100 * rate["low"], color=VERMILLION, linewidth=0.8, linestyle=(0, (4, 3)))


def _other_forces(axes: Axes, y: float, others: list[dict]) -> None:
    exact = [row["rate"]["low"] for row in others if row["rate"]["low"] is not None and _is_exact(row)]
    ranged = [row["rate"] for row in others if row["rate"]["low"] is not None and not _is_exact(row)]
    axes.plot(100 * np.array(exact), np.full(len(exact), y), "|", color=GREY, markersize=14, markeredgewidth=1.2)
    for place, rate in enumerate(ranged):
        height = y + 0.18 + 0.22 * (place + 1) / max(len(ranged), 1)
        axes.hlines(height, 100 * rate["low"], 100 * rate["high"], color=GREY, linewidth=1, alpha=0.6)


def _is_exact(row: dict) -> bool:
    return row["count"]["low"] == row["count"]["high"]


def _interval_alt(answer: dict) -> str:
    about = answer["about"]
    text = (
        f"{about['force']}: {count_of(answer['count']['low'], answer['count']['high'], answer['recorded'])}, "
        f"{percent_range(answer['rate']['low'], answer['rate']['high'])}, {interval_phrase(answer)}."
    )
    if "national" in answer:
        beside = percent_range(answer["national"]["low"], answer["national"]["high"])
    else:
        beside = percent_range(answer["rest"]["rate"]["low"], answer["rest"]["rate"]["high"])
    text += f" Beside it {compared_with(about)}: {beside}. Verdict: {answer['verdict'] or 'none'}."
    if about["usual"]:
        text += (
            f" A usual force of this size lies within {percent_range(about['usual']['low'], about['usual']['high'])}."
        )
    return text


@styled
def p_value_figure(answer: dict, curve: dict) -> Picture:
    """Draw the p-value of the force's count over every national rate it could be set beside.

    Parameters
    ----------
    answer : dict
        What `analysis.answer.answer_force` returns.
    curve : dict
        What `analysis.answer.p_value_curve` returns: `rates`, `p_min`, `p_max`, `break_even`.
    """
    about = answer["about"]
    alpha = 1 - answer["confidence"]
    figure = Figure(figsize=(8, 3.4), layout="constrained")
    axes = figure.add_subplot()
    rates = 100 * curve["rates"]
    axes.fill_between(rates, curve["p_min"], curve["p_max"], color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(rates, curve["p_max"], color=BLUE, linewidth=1.8)
    axes.axhline(alpha, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.annotate(
        f"p = {alpha:.2g}", (rates[-1], alpha), xytext=(0, 3), textcoords="offset points", ha="right", fontsize=9
    )
    _mark_quoted(axes, answer)
    low, high = curve["break_even"]["low"], curve["break_even"]["high"]
    for rate in (low, high):
        if rate is not None:
            axes.plot([100 * rate], [alpha], "o", color=BLUE, markersize=6)
            axes.annotate(
                percent(rate, 2),
                (100 * rate, alpha),
                xytext=(0, 8),
                textcoords="offset points",
                ha="center",
                fontsize=9,
            )
    axes.set_xlim(rates[0], rates[-1])
    axes.set_ylim(0, 1.08)
    axes.spines["left"].set_visible(True)
    axes.set_xlabel("national rate that the force's count is set beside, per cent")
    axes.set_ylabel("p-value (score test)")
    return Picture(figure, _p_value_alt(about, answer, low, high))


def _mark_quoted(axes: Axes, answer: dict) -> None:
    if "national" in answer:
        low, high = 100 * answer["national"]["low"], 100 * answer["national"]["high"]
        label = f"quoted: {percent_range(answer['national']['low'], answer['national']['high'])}"
    elif answer["rest"]["rate"]["low"] is not None:
        low, high = 100 * answer["rest"]["rate"]["low"], 100 * answer["rest"]["rate"]["high"]
        label = f"{compared_with(answer['about'])}: {percent_range(low / 100, high / 100)}"
    else:
        return
    if low == high:
        axes.axvline(low, color=VERMILLION, linewidth=1.2)
    else:
        axes.axvspan(low, high, color=VERMILLION, alpha=0.2, linewidth=0)
    axes.annotate(label, (high, 1.02), xytext=(5, 0), textcoords="offset points", fontsize=9, color="#a34700")


def _p_value_alt(about: dict, answer: dict, low: float | None, high: float | None) -> str:
    if low is None:
        return f"No single national rate agrees with every possible count of {about['force']}."
    return (
        f"The p-value of {about['force']}'s count ({crimes(answer['recorded'])}) over national rates: above "
        f"{p_value(1 - answer['confidence'])} and so not distinguishable, from {percent(low, 2)} to {percent(high, 2)}."
    )
