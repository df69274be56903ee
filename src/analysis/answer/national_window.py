"""The national rate over a force's own years: which rates agree with every published figure, under assumptions.

A sensitivity, never a verdict: how the crimes spread over the years, and that sets of forces are alike, is assumed.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from analysis.counts.studies import read_study
from analysis.counts.tables import Row, read_table
from analysis.results.window_bounds import NationalWindow, WindowBound
from analysis.results.windows import Window
from analysis.statistics.mid_p import break_even_rates
from analysis.statistics.verdicts import DEPENDS, HIGHER, LOWER, NOT_DISTINGUISHABLE
from analysis.statistics.window import KnownRate, bound_rate

STUDY = "radar-2022/8-71/charged"
TOTAL = "radar-2022"
"""The figure over all years; it holds in every set of assumptions and is never widened."""


def bound_national_rate(force: str, *, confidence: float = 0.95) -> NationalWindow:
    """Return which national rates over a force's own years agree with the published figures.

    Parameters
    ----------
    force : str
        A force of `radar-2022/8-71/charged` whose count is known, by name, slug or alias.
    confidence : float
        Confidence at which the force is told from a rate, a proportion.

    Returns
    -------
    NationalWindow
        One range for each set of assumptions, the widest of those over all spreads of the crimes over the years.

    Raises
    ------
    InputError
        If the force is not in the study, or the data differ from their digests.

    Examples
    --------
    >>> found = bound_national_rate("Gwent").bound("order-2015")
    >>> f"{found.low:.3f} to {found.high:.3f}", found.side
    ('0.032 to 0.069', 'depends')
    """
    row = read_study(STUDY).row(force)
    window = Window(row["window_start"], row["window_end"])
    low, high = break_even_rates(row["count_low"], row["count_high"], row["recorded"], confidence=confidence)
    ends = float(low), float(high)
    bounds = tuple(_bound(assumed, window, ends) for assumed in read_table("window_assumptions.csv"))
    return NationalWindow(row["force"], window, ends, bounds)


def _bound(assumed: Row, window: Window, break_even: tuple[float, float]) -> WindowBound:
    """Return the smallest and the largest rate over all paths on which the assumptions can hold."""
    figures = {figure["id"]: figure for figure in read_table("window_figures.csv")}
    paths = groupby(read_table("window_paths.csv"), key=lambda period: period["path"])
    ends = [_bound_on_path(list(periods), assumed, figures, window) for _, periods in paths]
    feasible = [(low, high) for low, high in ends if low <= high]
    low, high = min(low for low, _ in feasible), max(high for _, high in feasible)
    return WindowBound(assumed["id"], assumed["words"], low, high, _side(low, high, break_even))


def _bound_on_path(
    periods: Sequence[Row], assumed: Row, figures: dict[str, Row], window: Window
) -> tuple[float, float]:
    off = float(assumed["within_percent"]) / 100
    known = [_known_rate(figures[TOTAL], periods, 0.0)]
    known += [_known_rate(figures[name], periods, off) for name in assumed["figures"] or ()]
    crimes = [period["crimes"] for period in periods]
    low, high = bound_rate(crimes, _shares(periods, window), known, never_rose=assumed["never_rose"])
    return float(low), float(high)


def _known_rate(figure: Row, periods: Sequence[Row], off: float) -> KnownRate:
    low, high = figure["rate_low"], figure["rate_high"]
    if low is None:
        low = high = figure["count"] / figure["recorded"]
    window = Window(figure["window_start"], figure["window_end"])
    return KnownRate(_shares(periods, window), low * (1 - off), high * (1 + off))


def _shares(periods: Sequence[Row], window: Window) -> list[float]:
    """Return which share of each period's months lies in a window of whole months."""
    first, last = _month(window.start), _month(window.end)
    spans = [(_month(period["start"]), _month(period["end"])) for period in periods]
    return [max(min(end, last) - max(start, first) + 1, 0) / (end - start + 1) for start, end in spans]


def _month(day: str) -> int:
    parsed = date.fromisoformat(day)
    return 12 * parsed.year + parsed.month


def _side(low: float, high: float, break_even: tuple[float, float]) -> str:
    """Return where the force stands beside every rate from `low` to `high`."""
    if high < break_even[0]:
        return HIGHER
    if low > break_even[1]:
        return LOWER
    return NOT_DISTINGUISHABLE if break_even[0] <= low and high <= break_even[1] else DEPENDS
