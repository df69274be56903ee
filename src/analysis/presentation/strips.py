"""The picture of strips: a row a force with its name, interval, dot and rate, in groups by verdict, all forces named.

It is written as HTML and SVG, not drawn by matplotlib: a row is a line of a list, so that names wrap, letters keep the
reader's size, and one picture serves a phone and a desk; the places within a row are percentages, so nothing has to
know how wide it is. A notebook, and whoever takes the picture away, has the same rows as one SVG that needs no style
sheet.
"""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import NamedTuple

from analysis.presentation.formats import UNKNOWN, listed, percent_range
from analysis.presentation.picture import BLUE, GREY, INK, PALE, PAPER, SOFT, VERMILLION, stand_alone
from analysis.presentation.strip_shapes import (
    Attributes,
    Shape,
    behind,
    dots_of,
    element,
    is_beyond,
    marks,
    scale_of,
    ticks,
)
from analysis.presentation.strip_words import group_of, headings, mark_sentences, own_heading, reading_sentence
from analysis.results.force_rates import ForceRate, ForceRates

ROW = 24
"""Height of a row of the picture that is taken away."""
WIDTH, NAMES, RATES = 700, 180, 125
"""Its width, and that of its columns of names and of rates."""
WIDEST_NAME = 24
"""Letters of a name that fit its column there; a longer one is set tighter."""
LETTERS_A_LINE, LETTERS_OF_TITLE = 95, 76
TITLE = 20
"""Height of a line of the title."""
GROUP = 34
"""Height of a group's heading, with the space above it."""

_PAINT: dict[str, Attributes] = {
    "usual": {"fill": PALE},
    "edge": {"stroke": GREY},
    "common": {"stroke": INK, "stroke-width": 1.5},
    "interval": {"stroke": GREY, "stroke-width": 3},
    "range": {"stroke": BLUE, "stroke-width": 7},
    "dot": {"fill": BLUE},
    "unusual dot": {"fill": VERMILLION},
    "few dot": {"fill": PAPER, "stroke": BLUE, "stroke-width": 2},
    "beyond": {"fill": INK},
}
_AXIS: Attributes = {"fill": SOFT, "font-size": 12, "text-anchor": "middle"}


class Group(NamedTuple):
    """Rows that stand together: the name of the group, its heading and its forces."""

    name: str
    heading: str
    rows: list[ForceRate]


class Strips:
    """All forces of a study as strips.

    Parameters
    ----------
    rates : ForceRates
        What `analysis.answer.rates_of_forces.force_rates` returns.
    first : str, optional
        The force whose row leads, under its verdict; it stands in no other group.
    alone : bool
        Show only that row; the scale stays that of all forces.

    Examples
    --------
    >>> from analysis.answer.rates_of_forces import force_rates
    >>> strips = Strips(force_rates("home-office-2018-19/8R/charged"), first="Gwent")
    >>> [(group.heading, len(group.rows)) for group in strips.groups][:2]
    [('This force: not unusual', 1), ('Outside the 95% limits (chance alone puts about 1 in 20 there)', 3)]
    """

    def __init__(self, rates: ForceRates, *, first: str | None = None, alone: bool = False):
        self.rates, self.first = rates, first
        self.scale = scale_of(rates)
        own = [Group(group_of(row.verdict), own_heading(rates, row.verdict), [row]) for row in self._own()]
        self.groups = [*own, *([] if alone else self._others())]

    def _own(self) -> list[ForceRate]:
        return [row for row in self.rates.forces if row.force == self.first]

    def _others(self) -> list[Group]:
        rows = [row for row in self.rates.forces if row.force != self.first]
        groups = [
            Group(name, heading, [row for row in rows if group_of(row.verdict) == name])
            for name, heading in headings(self.rates).items()
        ]
        return [group for group in groups if group.rows]

    def __repr__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        """What the picture shows, in words and numbers."""
        described = "; ".join(f"{group.heading}: {_group_text(group)}" for group in self.groups)
        return f"{self.rates.title}, rate and 95% interval of {len(self.rates.forces)} forces. {described}."

    @property
    def reading(self) -> str:
        """How to read the picture."""
        rows = [row for group in self.groups for row in group.rows]
        sentences = mark_sentences(
            has_hollow=any(group.name == "few" for group in self.groups),
            has_bar=any(row.rate and row.rate[0] < row.rate[1] for row in rows),
            has_arrow=any(is_beyond(row, self.scale) for row in rows),
        )
        return " ".join([reading_sentence(self.rates), *sentences])

    def html(
        self,
        *,
        links: Mapping[str, str] | None = None,
        lines: Mapping[str, Sequence[str]] | None = None,
        ids: Mapping[str, str] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> str:
        """Return the picture as lists of a page, coloured by its style sheet, everything in it escaped.

        Parameters
        ----------
        links, ids, labels : mapping of str to str, optional
            By force: where its name leads, the id of its row, and what stands in place of its name.
        lines : mapping of str to list of str, optional
            By force: what a reader is shown who points at it, its name first.
        """
        links, lines, ids, labels = links or {}, lines or {}, ids or {}, labels or {}
        parts = ['<div class="marks">', self._axis_html()]
        for group in self.groups:
            heading = escape(group.heading)
            parts.append(f'<p class="group">{heading}</p><ol class="strips" aria-label="{heading}">')
            for row in group.rows:
                name = _name_html(row, links.get(row.force), lines.get(row.force), labels.get(row.force, row.force))
                parts.append(self._row_html(group.name, row, name, ids.get(row.force)))
            parts.append("</ol>")
        return "\n".join([*parts, "</div>"])

    def _row_html(self, group: str, row: ForceRate, name: str, anchor: str | None) -> str:
        css = f"strip {group} asked" if row.force == self.first else f"strip {group}"
        opened = f'<li class="{css}"' + (f' id="{escape(anchor)}">' if anchor else ">")
        shapes = "".join(shape.element({"class": shape.kind}) for shape in self._shapes(row))
        return f'{opened}{name}<svg aria-hidden="true">{shapes}</svg><span>{_shown(row)}</span></li>'

    def _axis_html(self) -> str:
        labels = "".join(element("text", {"x": at, "y": 16}, text) for at, text in ticks(self.scale))
        return f'<div class="strip axis" aria-hidden="true"><span></span><svg>{labels}</svg><span></span></div>'

    def dots_html(self) -> str:
        """Return the exact rates on one line, those that stand out on top, the band behind and the scale beneath."""
        drawn = [shape.element({"class": shape.kind}) for shape in behind(self.rates, self.scale)]
        for group in reversed(self.groups):
            dots = "".join(dot.element({"class": dot.kind}) for row in group.rows for dot in dots_of(row, self.scale))
            drawn.append(f'<g class="{group.name}">{dots}</g>')
        labels = "".join(element("text", {"x": at, "y": 12}, text) for at, text in ticks(self.scale))
        return (
            f'<div class="dots" role="img" aria-label="{escape(self.alt)}">'
            f'<svg aria-hidden="true">{"".join(drawn)}</svg><svg class="scale" aria-hidden="true">{labels}</svg></div>'
        )

    def _shapes(self, row: ForceRate) -> list[Shape]:
        """Return the marks of a row from back to front."""
        return [*behind(self.rates, self.scale), *marks(row, self.scale)]

    def svg(self) -> str:
        """Return the picture as one `<svg>` element that needs no style sheet."""
        return self._drawing([self.reading])

    def svg_file(self, source: str) -> str:
        """Return the picture as a file that stands alone, with the source of its figures below."""
        return stand_alone(self._drawing([self.reading, source]), self.alt)

    def _drawing(self, notes: Sequence[str]) -> str:
        title: Attributes = {"x": 0, "font-weight": "bold", "font-size": 16}
        heading = wrap(self.rates.title, LETTERS_OF_TITLE)
        drawn = [element("text", title | {"y": TITLE * line}, text) for line, text in enumerate(heading, start=1)]
        labels = [element("text", _AXIS | {"x": at, "y": 16}, text) for at, text in ticks(self.scale)]
        y = TITLE * len(heading) + 6
        drawn.append(_inset(y, labels))
        y += ROW
        for group in self.groups:
            drawn.append(element("text", {"x": 0, "y": y + 26, "font-weight": "bold", "fill": SOFT}, group.heading))
            y += GROUP
            for row in group.rows:
                drawn += self._row_svg(group.name, row, y)
                y += ROW
        for line in (line for note in notes for line in wrap(note, LETTERS_A_LINE)):
            y += 19
            drawn.append(element("text", {"x": 0, "y": y, "fill": SOFT, "font-size": 13}, line))
        return _document(y + 8, drawn)

    def _row_svg(self, group: str, row: ForceRate, y: int) -> list[str]:
        weight = {"font-weight": "bold"} if group == "unusual" or row.force == self.first else {}
        tight = {"textLength": NAMES - 12, "lengthAdjust": "spacingAndGlyphs"} if len(row.force) > WIDEST_NAME else {}
        shapes = [shape.element(_paint(group, shape.kind)) for shape in self._shapes(row)]
        return [
            element("text", {"x": 0, "y": y + 17} | weight | tight, row.force),
            _inset(y, shapes),
            element("text", {"x": WIDTH, "y": y + 17, "text-anchor": "end"} | weight, _shown(row)),
        ]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}


def empty_row() -> str:
    """Return a row of a page with every mark that there can be, for a script that puts them in their places."""
    nothing = ForceRate("", (0.0, 0.0), (0.0, 2.0), None, None)
    ranged = ForceRate("", (0.0, 2.0), (0.0, 2.0), None, None)
    behind_it = behind(ForceRates("", "forces", (), (0.0, 0.0), (0.0, 0.0)), 1.0)
    interval, dot, arrow = marks(nothing, 1.0)
    shapes = [*behind_it, interval, marks(ranged, 1.0)[1], dot, arrow]
    drawn = "".join(shape.element({"class": shape.kind}) for shape in shapes)
    return f'<li class="strip"><a></a><svg aria-hidden="true">{drawn}</svg><span></span></li>'


def _paint(group: str, kind: str) -> Attributes:
    """Return the colours of a mark where no style sheet gives them."""
    return _PAINT.get(f"{group} {kind}", _PAINT[kind])


def _shown(row: ForceRate) -> str:
    return percent_range(*row.rate) if row.rate else UNKNOWN


def _group_text(group: Group) -> str:
    """Return the forces of a group: with their numbers where they stand out, else how many."""
    if group.name != "unusual" and len(group.rows) > 1:
        return f"{len(group.rows)} forces"
    numbers = [f"{row.force} {_shown(row)}{_interval_text(row)}" for row in group.rows]
    return listed(numbers)


def _interval_text(row: ForceRate) -> str:
    return f" ({percent_range(*row.interval)})" if row.interval else ""


def _document(height: int, drawn: Sequence[str]) -> str:
    """Return the picture as a whole SVG, on paper, so that it can be read in the dark too."""
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    letters = f'font-family="system-ui, sans-serif" font-size="14" fill="{INK}"'
    paper = element("rect", {"width": WIDTH, "height": height, "fill": PAPER})
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {letters}>{paper}{"".join(drawn)}</svg>'


def _inset(y: int, drawn: Sequence[str]) -> str:
    """Return the marks of a row, placed between the columns of names and of rates."""
    width = WIDTH - NAMES - RATES
    return f'<svg x="{NAMES}" y="{y}" width="{width}" height="{ROW}" overflow="visible">{"".join(drawn)}</svg>'


def _name_html(row: ForceRate, link: str | None, lines: Sequence[str] | None, label: str) -> str:
    """Return a row's name: a link where it leads somewhere, with what is shown to a reader who points at it."""
    shown = lines or [row.force, row.why_unknown or _shown(row)]
    data: Attributes = {"class": "mark", "data-force": row.force, "data-lines": "\n".join(shown)}
    if link is None:
        return element("span", data, label)
    return element("a", {"href": link, "aria-label": "; ".join(shown)} | data, label)
