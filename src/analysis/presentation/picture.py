"""A drawn figure with the finding in words, shown alike by a notebook and by a page.

The alternative text says what the figure shows; it is the picture's plain text, so a notebook's stored output holds it
and a check that compares outputs compares it. The bytes are the same on every run: no date, no program version.
"""

import base64
import io
import math
import os
import re
from collections.abc import Iterable, Sequence
from html import escape
from textwrap import fill
from typing import Any, NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

INK, SOFT, LINE, PAPER = "#20272d", "#55606a", "#d5dbe0", "#ffffff"
BLUE, VERMILLION, PURPLE = "#0072b2", "#d55e00", "#cc79a7"
"""Colours that stay apart for colour-blind readers (Okabe and Ito 2008)."""
DARK_VERMILLION, GREY, PALE, PALER = "#a34700", "#6b7780", "#dfe5ea", "#f0f3f6"
"""For letters, and for what stands back. A page swaps every colour in the dark."""

STYLE: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": SOFT,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.bottom": False,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "figure.dpi": 110,
    "figure.facecolor": PAPER,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "svg.fonttype": "none",
    "text.color": INK,
    "text.parse_math": False,  # A name with dollar signs is a name.
    "xtick.color": SOFT,
    "xtick.major.size": 0,
    "ytick.color": SOFT,
    "ytick.major.size": 0,
}
"""One style for every figure: dark grey text, no frame, light lines to read values by."""

LINE_HEIGHT = 0.19
"""Of the letters above and below a picture that stands alone, in inches."""

SVG_STYLE = re.compile(r' style="([^"]*)"')
SVG_IDS = re.compile(r'<g id="[^"]*"')
SVG_DEFAULTS = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")


def figure_of(axes: Axes) -> Figure:
    """Return the whole figure that axes stand in."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes stand in no figure")
    return figure


def percents(rates: Iterable[float | None]) -> list[float]:
    """Return rates in per cent, as they are drawn; NaN, which draws nothing, where one is not known."""
    return [math.nan if rate is None else 100 * rate for rate in rates]


def stand_alone(svg: str, alt: str) -> str:
    """Return an `<svg>` element as a file whose title says what it shows.

    Examples
    --------
    >>> print(stand_alone('<svg xmlns="http://www.w3.org/2000/svg"></svg>', "A & B"))
    <?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" role="img"><title>A &amp; B</title></svg>
    <BLANKLINE>
    """
    opened, rest = svg.split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opened} role="img"><title>{escape(alt)}</title>{rest}\n'


class Mark(NamedTuple):
    """The box of a named thing in a picture, in the units of its SVG, from the upper left corner."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


class Picture:
    """A figure and its alternative text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn under `STYLE`.
    alt : str
        One or two sentences that say what the figure shows, with its numbers.
    marks : sequence of Mark
        The things that a page may let a reader point at.
    """

    def __init__(self, figure: Figure, alt: str, marks: Sequence[Mark] = ()):
        self.figure = figure
        self.alt = alt
        self.marks = list(marks)
        self.box: Bbox | None = None

    def __repr__(self) -> str:
        return self.alt

    def captioned(self, title: str, source: str) -> "Picture":
        """Return the picture with a title above it and the source of its figures below, to stand alone."""
        figure, (width, height) = self.figure, self.figure.get_size_inches()
        above, below = fill(title, int(9.5 * width)), fill(source, int(12.5 * width))
        with rc_context(STYLE):
            figure.text(0.02, 1, above, va="bottom", fontsize=11.5, fontweight="bold")
            figure.text(0.02, 0, below, va="top", fontsize=9, color=SOFT)
        for legend in figure.legends:
            legend.set_bbox_to_anchor((0, 0, 1, 1), figure.transFigure)  # Where it was before the paper grew.
        top, bottom = (LINE_HEIGHT * (text.count("\n") + 1.5) for text in (above, below))
        captioned = Picture(figure, self.alt, self.marks)
        captioned.box = Bbox([[0, -bottom], [width, height + top]])
        return captioned

    def svg(self) -> str:
        """Return the figure as an `<svg>` element whose text can be searched and selected.

        It has no style sheet and no style attribute, so a page that allows none can hold it and colour it.
        """
        out = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        # Identifiers are hashes with this salt: those of two figures on one page must differ.
        with rc_context({**STYLE, "svg.hashsalt": self.alt}):
            canvas = FigureCanvasSVG(self.figure)
            if self.box is None:
                canvas.print_svg(out, metadata=nothing)
            else:
                canvas.print_figure(out, format="svg", metadata=nothing, bbox_inches=self.box)
        return _unstyled(out.getvalue())

    def svg_file(self) -> str:
        """Return the figure as a file that stands alone: what it shows is its title."""
        return stand_alone(self.svg(), self.alt)

    def png(self) -> bytes:
        """Return the figure as a PNG."""
        out = io.BytesIO()
        with rc_context(STYLE):
            FigureCanvasAgg(self.figure).print_png(out, metadata={"Software": None})
        return out.getvalue()

    def png_file(self, width: int) -> bytes:
        """Return the figure as a PNG of so many pixels in width, its caption included."""
        out, canvas = io.BytesIO(), FigureCanvasAgg(self.figure)
        options: dict[str, Any] = {"bbox_inches": self.box, "metadata": {"Software": None}}
        with rc_context(STYLE):
            canvas.print_figure(out, format="png", dpi=width / self.figure.get_figwidth(), **options)
        return out.getvalue()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if os.environ.get("CHARGE_RATES_PICTURES") == "svg":
            return {"image/svg+xml": self.svg(), "text/plain": self.alt}
        return {"image/png": base64.b64encode(self.png()).decode("ascii"), "text/plain": self.alt}


def _unstyled(document: str) -> str:
    """Return the `<svg>` element of a document with every style as attributes."""
    drawing = SVG_DEFAULTS.sub("", document[document.index("<svg") :], count=1)
    drawing = drawing.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
    drawing = SVG_STYLE.sub(_attributes, SVG_IDS.sub("<g", drawing))
    return re.sub(r"\s*\n\s*", " ", drawing).replace("> <", "><").strip()


def _attributes(style: re.Match[str]) -> str:
    pairs = (pair.split(":", 1) for pair in style[1].split(";") if pair.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
