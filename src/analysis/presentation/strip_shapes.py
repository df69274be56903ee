"""Where the marks of a strip stand: the scale of a picture, and a force's band, interval, dot, bar and arrow."""

import math
from html import escape
from typing import NamedTuple

from analysis.presentation.strip_words import group_of
from analysis.results.force_rates import Ends, ForceRate, ForceRates

ALL, MIDDLE = "100%", "50%"
"""Of a row's height, which is as much as its name needs."""
LEAST_SCALE = 0.01
MOST_STEPS = 3
MARGIN = 1.04
"""By how much the scale is longer than what it holds."""
ARROW = "M-9,-6L0,0L-9,6z"
"""A path that ends where it stands: in the middle of the right edge."""

Attributes = dict[str, object]


class Shape(NamedTuple):
    """A mark of a row: its kind, the SVG element, and its places, mostly in per cent of the row."""

    kind: str
    tag: str
    places: Attributes

    def element(self, paint: Attributes) -> str:
        """Return it as SVG; an arrow stands at the right edge, however wide the row is."""
        drawn = element(self.tag, paint | self.places)
        return f'<svg x="{ALL}" y="{MIDDLE}" overflow="visible">{drawn}</svg>' if self.tag == "path" else drawn


def element(tag: str, attributes: Attributes, text: str = "") -> str:
    """Return an element of SVG, its text escaped.

    Examples
    --------
    >>> element("text", {"x": 0}, "A & B")
    '<text x="0">A &amp; B</text>'
    """
    written = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{written}>{escape(text)}</{tag}>" if text else f"<{tag}{written}/>"


def scale_of(rates: ForceRates) -> float:
    """Return the rate at the right edge: above all that is judged, so that one small force does not flatten the rest.

    Where nothing is judged, above every exact count's interval, and where none is exact, above all intervals.
    """
    known = [row for row in rates.forces if row.rate and row.interval]
    exact = [row for row in known if is_exact(row)]
    judged = [row for row in exact if group_of(row.verdict) in ("unusual", "usual")]
    ends = [row.interval[1] for row in judged or exact or known if row.interval]
    ends += [band[1] for band in (rates.usual, rates.common) if band]
    return min(1.0, MARGIN * max([LEAST_SCALE, *ends]))


def is_exact(row: ForceRate) -> bool:
    """Return whether a force's rate is one known number."""
    return row.rate is not None and row.rate[0] == row.rate[1]


def is_beyond(row: ForceRate, scale: float) -> bool:
    """Return whether some of a force's rate or interval lies to the right of the picture."""
    return any(ends is not None and ends[1] > scale for ends in (row.rate, row.interval))


def ticks(scale: float) -> list[tuple[str, str]]:
    """Return place and label of the round rates along the scale, 0 first.

    Examples
    --------
    >>> ticks(0.05)
    [('0.00%', '0%'), ('40.00%', '2%'), ('80.00%', '4%')]
    """
    size = 10.0 ** math.floor(math.log10(scale))
    steps = (size * part for part in (0.2, 0.5, 1.0, 2.0, 5.0))
    step = next(step for step in steps if scale / step < MOST_STEPS + 1)
    return [(_at(place * step, scale), f"{100 * place * step:g}%") for place in range(int(scale / step) + 1)]


def _at(rate: float, scale: float) -> str:
    return f"{100 * min(rate / scale, 1):.2f}%"


def _line(kind: str, ends: Ends, scale: float) -> Shape:
    return Shape(kind, "line", {"x1": _at(ends[0], scale), "x2": _at(ends[1], scale), "y1": MIDDLE, "y2": MIDDLE})


def _upright(kind: str, rate: float, scale: float) -> Shape:
    return Shape(kind, "line", {"x1": _at(rate, scale), "x2": _at(rate, scale), "y2": ALL})


def behind(rates: ForceRates, scale: float) -> list[Shape]:
    """Return what every row stands before: the band with its edges, and the line of the common rate."""
    band, shapes = rates.usual, []
    if rates.common and rates.common[0] < rates.common[1]:
        band = rates.common
    if band:
        sizes: Attributes = {"x": _at(band[0], scale), "width": _at(band[1] - band[0], scale), "height": ALL}
        shapes = [Shape("usual", "rect", sizes), *(_upright("edge", end, scale) for end in band)]
    if rates.common and rates.common[0] == rates.common[1]:
        shapes.append(_upright("common", rates.common[0], scale))
    return shapes


def marks(row: ForceRate, scale: float) -> list[Shape]:
    """Return a force's interval with its dot, or its bar, and an arrow where some of it lies beyond the scale."""
    if row.rate is None or row.interval is None:
        return []
    shapes = [_line("interval", row.interval, scale)]
    if not is_exact(row):
        shapes.append(_line("range", row.rate, scale))
    elif row.rate[0] <= scale:
        shapes.append(Shape("dot", "circle", {"cx": _at(row.rate[0], scale), "cy": MIDDLE, "r": 5}))
    if is_beyond(row, scale):
        shapes.append(Shape("beyond", "path", {"d": ARROW}))
    return shapes


def dots_of(row: ForceRate, scale: float) -> list[Shape]:
    """Return a force's dot alone, for a line that all forces share: a range would cover the others."""
    return [shape for shape in marks(row, scale) if shape.kind == "dot"]
