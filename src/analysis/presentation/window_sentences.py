"""The one sentence about the national rate over a force's own years: a sensitivity, never a verdict."""

from collections.abc import Callable
from math import ceil, floor

from analysis.presentation.formats import percent, window
from analysis.results.window_bounds import NationalWindow, WindowBound

ORDERED, WITH_REFUGE = "order-2015", "order-2015-refuge"


def sensitivity_sentence(found: NationalWindow) -> str:
    """Return what the national rate over the force's own years may have been, and what that would make of the force.

    Examples
    --------
    >>> from analysis.answer.national_window import bound_national_rate
    >>> print(sensitivity_sentence(bound_national_rate("Gwent")))
    A sensitivity, not a verdict: the national rate over the force's own years, 2017 to 2021, is not published; if the \
rate never rose and 2015 was as the 2016 release shows, it lay between 3.2% and 6.9%, and if 2019 to July 2022 were as \
Refuge printed too, between 3.5% and 6.8%; allowing for chance only, Gwent would stand above it where it was below \
5.0%, and cannot stand below it.
    """
    first, second = found.bound(ORDERED), found.bound(WITH_REFUGE)
    return (
        f"A sensitivity, not a verdict: the national rate over the force's own years, "
        f"{window(found.window.start, found.window.end)}, is not published; if the rate never rose and 2015 was as the "
        f"2016 release shows, it lay between {percent(first.low)} and {percent(first.high)}, and if 2019 to July 2022 "
        f"were as Refuge printed too, between {percent(second.low)} and {percent(second.high)}; allowing for chance "
        f"only, {found.force} would stand {_where(found, first, second)}."
    )


def _where(found: NationalWindow, first: WindowBound, second: WindowBound) -> str:
    below, above = found.break_even
    parts = []
    if first.low < below:
        parts.append(f"above it where it was below {_outwards(below, floor)}")
    if first.high > above:
        throughout = ", which is all of the second range" if second.side == "lower" else ""
        parts.append(f"below it where it was above {_outwards(above, ceil)}{throughout}")
    if not parts:
        return "neither above nor below it"
    cannot = [
        f"cannot stand {side} it"
        for side, possible in (("above", first.low < below), ("below", first.high > above))
        if not possible
    ]
    return ", and ".join([" or ".join(parts), *cannot])


def _outwards(rate: float, towards: Callable[[float], int]) -> str:
    """Return a break-even rate rounded away from the rates that are not distinguishable."""
    return f"{towards(1000 * rate) / 10:.1f}%"
