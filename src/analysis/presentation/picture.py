"""A drawn figure with the finding in words, shown alike by a notebook and by a page.

The alternative text says what the figure shows; it is the picture's plain text, so a notebook's stored output holds it
and a check that compares outputs compares it. The bytes are the same on every run: no date, no program version.
"""

import base64
import io
import os

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

STYLE = {
    "axes.edgecolor": "#5f6b76",
    "axes.labelcolor": "#2b333b",
    "axes.labelsize": 10,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "figure.dpi": 110,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "svg.fonttype": "none",
    "svg.hashsalt": "charge-rates",
    "text.color": "#2b333b",
    "xtick.color": "#5f6b76",
    "ytick.color": "#5f6b76",
}
"""One style for every figure: text in a dark grey, no frame, bold title on the left."""

BLUE, VERMILLION, GREY, PALE = "#0072B2", "#D55E00", "#6b7780", "#dfe5ea"
"""Colours that stay apart for colour-blind readers (Okabe and Ito 2008), and two greys."""


class Picture:
    """A figure and its alternative text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn under `STYLE`.
    alt : str
        One or two sentences that say what the figure shows, with its numbers.
    """

    def __init__(self, figure: Figure, alt: str):
        self.figure = figure
        self.alt = alt

    def __repr__(self) -> str:
        return self.alt

    def svg(self) -> str:
        """Return the figure as SVG whose text can be searched and selected."""
        out = io.StringIO()
        with rc_context(STYLE):
            FigureCanvasSVG(self.figure).print_svg(out, metadata={"Date": None, "Creator": None})
        return out.getvalue()

    def png(self) -> bytes:
        """Return the figure as a PNG."""
        out = io.BytesIO()
        with rc_context(STYLE):
            FigureCanvasAgg(self.figure).print_png(out, metadata={"Software": None})
        return out.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        if os.environ.get("CHARGE_RATES_PICTURES") == "svg":
            return {"image/svg+xml": self.svg(), "text/plain": self.alt}
        return {"image/png": base64.b64encode(self.png()).decode("ascii"), "text/plain": self.alt}
