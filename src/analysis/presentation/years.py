"""What is said and drawn of one force over years, made from the answer's dictionary. Nothing is computed here.

Recent years are lower bounds, because more of their cases are open: the finding, the table and the figure say so.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.presentation import prose
from analysis.presentation.figures import WIDTH, styled
from analysis.presentation.formats import (
    UNKNOWN,
    count_of,
    listed,
    p_equals,
    p_value,
    percent,
    percent_range,
    whole,
    window,
    z_score,
)
from analysis.presentation.picture import BLUE, GREY, PALE, SOFT, VERMILLION, Picture
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table

TRENDS = {
    "rises": "rises over the years",
    "falls": "falls over the years",
    "no trend shown": "shows no trend over the years, which does not show that it stayed the same",
}
OTHERS = "the other forces"
FURTHEST = 2
"""How many times the highest interval the open cases are drawn up to; where they reach further, a number says so."""
LOWER_BOUNDS = (
    "Recent years are lower bounds: more of their cases are still open, and a rate can only rise as they are closed."
)


def finding(answer: dict) -> Prose:
    """Return what may be concluded of the force over the years, the finding first.

    Parameters
    ----------
    answer : dict
        What `analysis.answer.years.answer_years` returns.

    Examples
    --------
    >>> from analysis.answer.years import answer_years
    >>> finding(answer_years("home-office-2018-19", "8R", "charged", "Gwent"))
    **No trend can be told for Gwent: 1 of at least 4 years has an exact count.**
    <BLANKLINE>
    In April 2018 to March 2019 it was 105 of 3,654 (2.9%, 95% interval 2.4% to 3.5%), and 3.1% were still open.
    <BLANKLINE>
    Recent years are lower bounds: more of their cases are still open, and a rate can only rise as they are closed.
    """
    sentences = [_trend_sentence(answer), *_first_and_last(answer), *_others_sentence(answer), LOWER_BOUNDS]
    return Prose([*sentences, *breaks_sentences(answer), *answer["gaps"], *title_sentences(answer)], lead=True)


def _trend_sentence(answer: dict) -> str:
    trend, force = answer["trend"], answer["force"]
    if trend["why_none"]:
        return f"No trend can be told for {force}: {trend['why_none']}."
    what = f"{force}'s share of crimes with the outcome “{answer['about']['outcome']}”"
    test = f"Cochran–Armitage test over {trend['years']} years, p {p_equals(trend['p'])}"
    if trend["verdict"] == "depends":
        return (
            f"Whether {what} changes over the years depends on the cases still open: by the counts so far it "
            f"{TRENDS[trend['so_far']]} ({test}), but the open cases could turn that."
        )
    holds = ", and the open cases cannot turn that" if trend["open_known"] else ""
    return f"{what} {TRENDS[trend['verdict']]} ({test}{holds})."


def _first_and_last(answer: dict) -> list[str]:
    years = [year for year in answer["years"] if year["count"]["low"] is not None]
    level = f"{100 * answer['confidence']:g}%"
    return [
        f"In {window(**year['window'])} it was "
        f"{count_of(year['count']['low'], year['count']['high'], year['recorded'])} "
        f"({percent_range(*year['rate'].values())}, {level} interval {percent_range(*year['wilson'])})"
        f"{_still_open(year)}."
        for year in (years if len(years) < 2 else [years[0], years[-1]])
    ]


def _still_open(year: dict) -> str:
    if year["open_share"] is None:
        return ""
    return f", and {percent(year['open_share']) if year['open'] else 'none'} were still open"


def _others_sentence(answer: dict) -> list[str]:
    trend = answer["trend_others"]
    if trend["why_none"] or answer["trend"]["why_none"]:
        return []
    depends = "; the open cases could turn that" if trend["verdict"] == "depends" else ""
    return [
        f"The same share of the other forces together {TRENDS[trend['so_far']]} (p {p_equals(trend['p'])}{depends})."
    ]


def breaks_sentences(answer: dict) -> list[str]:
    """Return what breaks the series, in one sentence, or nothing where no break is known."""
    if not answer["breaks"]:
        return []
    named = [f"“{one['label']}” ({one['date']})" for one in answer["breaks"]]
    return [f"The series is broken by {listed(named)}: the years on both sides do not count the same."]


def title_sentences(answer: dict) -> list[str]:
    """Return that the code has several names, in one sentence, or nothing where it has one."""
    titles = list(dict.fromkeys(title.casefold() for title in answer["about"]["offence_titles"]))
    if len(titles) == 1:
        return []
    return [f"The code is called differently in different years: {listed(titles)}."]


def year_table(answer: dict) -> Table:
    """Return the years of the force, one row each, beside the other forces together: the numbers of the figure."""
    rows = [
        (
            short_year(year),
            year["why_unknown"] or count_of(year["count"]["low"], year["count"]["high"], year["recorded"]),
            percent_range(*year["rate"].values()),
            percent_range(*year["wilson"]),
            _open_cell(year),
            percent(year["rate_if_open"]),
            percent(year["others"]["rate"]),
            year["release"],
        )
        for year in answer["years"]
    ]
    level = f"{100 * answer['confidence']:g}%"
    return Table(
        [
            "year",
            "crimes with the outcome",
            "rate",
            f"{level} interval",
            "still open",
            "rate if all open cases had it",
            OTHERS,
            "release",
        ],
        rows,
    )


def _open_cell(year: dict) -> str:
    share = "" if year["open_share"] is None else f" ({percent(year['open_share'])})"
    return whole(year["open"]) + share


def trend_table(answer: dict) -> Table:
    """Return the trend test of the force and of the other forces together, one row each."""
    rows = [
        (
            name,
            whole(trend["years"]),
            z_score(trend["z"]),
            trend["why_none"] or p_value(trend["p"]),
            trend["so_far"] or "—",
            trend["verdict"] or "—",
        )
        for name, trend in ((answer["force"], answer["trend"]), (OTHERS, answer["trend_others"]))
    ]
    return Table(["whose rate", "years", "z", "p", "so far", "whatever the open cases become"], rows)


@styled
def years_figure(answer: dict) -> Picture:
    """Draw the force's rate of each year with its interval, what open cases could add, and the breaks of the series."""
    figure = Figure(figsize=(WIDTH if len(answer["years"]) <= 6 else 8, 3), layout="constrained")
    axes = figure.add_subplot()
    axes.grid(axis="y")
    top = _top(answer["years"])
    for year in answer["years"]:
        _draw_year(axes, year, top)
    _draw_others(axes, answer["years"])
    _draw_breaks(axes, answer["breaks"], top)
    places = [_middle(year) for year in answer["years"]]
    axes.set_xticks(places, [short_year(year) for year in answer["years"]])
    axes.set_xlim(min(places) - 0.7, max(places) + max(1.3, 0.25 * (max(places) - min(places) + 0.7)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:g}%"))
    title = f"recorded crimes with the outcome “{answer['about']['outcome']}”"
    axes.set_title(title, fontsize=10, fontweight="normal", color=SOFT)
    return Picture(figure, _figure_alt(answer))


def _draw_year(axes: Axes, year: dict, top: float) -> None:
    if not _is_drawn(year):
        axes.annotate(UNKNOWN, (_middle(year), 0), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=9)
        return
    place, low, high = _middle(year), 100 * year["rate"]["low"], 100 * year["rate"]["high"]
    if year["rate_if_open"] is not None:
        reach = 100 * year["rate_if_open"]
        axes.vlines(place, high, min(reach, top), color=PALE, linewidth=9, zorder=0)
        if reach > top:
            axes.annotate(
                f"to {percent(year['rate_if_open'])}",
                (place, top),
                xytext=(7, -1),
                textcoords="offset points",
                va="top",
                fontsize=9,
                color=GREY,
            )
    axes.vlines(place, *(100 * limit for limit in year["wilson"]), color=BLUE, linewidth=2)
    if low == high:
        axes.plot([place], [low], "o", color=BLUE, markersize=8)
    else:
        axes.vlines(place, low, high, color=BLUE, linewidth=7)


def _draw_others(axes: Axes, years: list[dict]) -> None:
    others = [(_middle(year), 100 * year["others"]["rate"]) for year in years if year["others"]["recorded"]]
    if others:
        axes.plot(*zip(*others, strict=True), color=VERMILLION, linewidth=1.2, marker=".")
        axes.annotate(
            OTHERS, others[-1], xytext=(12, 0), textcoords="offset points", va="center", fontsize=9, color="#a34700"
        )


def _draw_breaks(axes: Axes, breaks: list[dict], top: float) -> None:
    """Draw a line for each break up to its name; an earlier one is higher, so that no name crosses a later line."""
    for level, one in enumerate(reversed(breaks)):
        place, height = _decimal_year(one["date"]), top * (1.12 + 0.1 * level)
        axes.vlines(place, 0, height, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(one["label"], (place, height), xytext=(4, -4), textcoords="offset points", fontsize=9, color=GREY)
    axes.set_ylim(0, top * (1.1 + 0.1 * len(breaks)))


def _top(years: list[dict]) -> float:
    """Return how far up rates are drawn, in per cent: open cases can reach so far that all rates would look alike."""
    rates = [year["wilson"][1] for year in years if _is_drawn(year)]
    rates += [year["others"]["rate"] for year in years if year["others"]["recorded"]]
    reach = [year["rate_if_open"] for year in years if _is_drawn(year) and year["rate_if_open"] is not None]
    highest = max(rates, default=0)
    return 100 * min(max([highest, *reach]), FURTHEST * highest) or 1


def _is_drawn(year: dict) -> bool:
    return year["rate"]["low"] is not None and not year["why_unknown"]


def _decimal_year(day: str) -> float:
    year, month, number = (int(part) for part in day.split("-"))
    return year + (month - 1) / 12 + (number - 1) / 365


def _middle(year: dict) -> float:
    return float(np.mean([_decimal_year(year["window"]["start"]), _decimal_year(year["window"]["end"])]))


def short_year(year: dict) -> str:
    """Return the name of a year for an axis or a column.

    Examples
    --------
    >>> short_year({"window": {"start": "2018-04-01", "end": "2019-03-31"}})
    '2018/19'
    """
    start, end = year["window"]["start"], year["window"]["end"]
    return start[:4] if start[:4] == end[:4] else f"{start[:4]}/{end[2:4]}"


def _figure_alt(answer: dict) -> str:
    shown = [
        f"{short_year(year)} {percent_range(year['rate']['low'], year['rate']['high'])}"
        if _is_drawn(year)
        else f"{short_year(year)} {UNKNOWN}"
        for year in answer["years"]
    ]
    breaks = [f"{one['label']} on {one['date']}" for one in answer["breaks"]]
    marked = f" Marked: {listed(breaks)}." if breaks else ""
    return (
        f"{answer['force']}, “{answer['about']['outcome']}”: {listed(shown)}, each with its interval; the pale bar "
        f"above is what the open cases could add.{marked}"
    )


def breaks_table(answer: dict) -> Table | Prose:
    """Return the breaks of the series, one row each, or a sentence where none is known."""
    if not answer["breaks"]:
        return Prose([f"No break of this series is known in {window(**answer['about']['window'])}."])
    return Table(
        ["from", "what", "what it does"], [(one["date"], one["label"], one["sentence"]) for one in answer["breaks"]]
    )


def source_table(answer: dict) -> Table:
    """Return where the figures of each year come from."""
    about = answer["about"]
    rows = [("offence", f"{about['offence']} (code {answer['offence']})"), ("publisher", about["publisher"])]
    rows += [("source", f"{one['title']}. {one['address']} ({one['licence']})") for one in about["sources"]]
    return Table(["what", "what it says"], rows)


def not_shown(answer: dict) -> Prose:
    """Return what the series cannot show, one bullet each."""
    return Prose(
        [
            *answer["about"]["limits"],
            LOWER_BOUNDS,
            "A trend is one of the recorded crimes and their outcomes: recording, the mix of cases and the time to "
            "close them change too, and the test does not know why.",
            "The years may be of editions made at different times, so an earlier year may have had less time to mature "
            "than its age says.",
            "The figures of the years are set side by side and never added up.",
        ],
        bullets=True,
    )


def made_from(answer: dict) -> Prose:
    """Return what the answer was made from: series, digest of its data, version of the package."""
    return prose.made_from(answer | {"study": f"{answer['series']}/{answer['offence']}/{answer['outcome']}"})
