"""From an executed notebook to a page that opens anywhere: no request, no style or script but the project's own.

The page shows the notebook's own cells in their order. Text from data was escaped where it was made; what is put into
the template here is escaped by it. A page allows only the style sheet and the script whose digests it names.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from analysis.presentation.prose import Prose

VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ')
BROAD = 400
"""Units of a figure's width above which its letters would be too small to read on a phone, so that it is scrolled."""

ADDRESS = re.compile(r"""https?://[^\s<>"']+""")


@lru_cache
def templates() -> Environment:
    """Return the page templates, which escape what they are given and refuse names that they are not given."""
    loader = PackageLoader("analysis.site")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("style.css", "script.js", "first.js", "explore_data.js", "explore.js"):
        text = loader.get_source(environment, name)[0]
        environment.globals[name.partition(".")[0]] = {"text": Markup(text), "digest": _digest(text)}
    environment.filters["address"] = address
    return environment


def _digest(text: str) -> str:
    """Return the source that a content security policy names for an inline style sheet or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@lru_cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def render(template: str, **values: object) -> str:
    """Return a page from a template of `templates/` and the values that it names."""
    return templates().get_template(template).render(**values)


def address(text: str) -> Markup:
    """Return text with a link where it is a web address; any other scheme stays text.

    Examples
    --------
    >>> address("https://example.org/a&b"), address("javascript:alert(1)")
    (Markup('<a href="https://example.org/a&amp;b">https://example.org/a&amp;b</a>'), Markup('javascript:alert(1)'))
    """
    return Markup('<a href="{0}">{0}</a>').format(text) if ADDRESS.fullmatch(text) else escape(text)


def cells_of(notebook: dict[str, Any], figures: Mapping[str, Markup] | None = None) -> list[dict[str, Any]]:
    """Return the cells of an executed notebook as a page shows them.

    Parameters
    ----------
    notebook : dict
        A notebook in nbformat 4.
    figures : mapping of str to Markup, optional
        By tag of a cell: what the page shows in place of what the cell gives.

    Returns
    -------
    list of dict
        `kind` is "text" (with `html`) or "code" (with `source` and `outputs`, a list of HTML). Code cells that follow
        each other are one. The parameters are those that it ran with.
    """
    shown: list[dict[str, Any]] = []
    tags = [cell["metadata"].get("tags", []) for cell in notebook["cells"]]
    replaced = "parameters" if ["injected-parameters"] in tags else None
    for cell, tag in zip(notebook["cells"], tags, strict=True):
        if cell["cell_type"] == "markdown":
            shown.append({"kind": "text", "html": _rendered(cell["source"])})
        elif cell["cell_type"] == "code" and replaced not in tag:
            if not shown or shown[-1]["kind"] == "text":
                shown.append({"kind": "code", "source": "", "outputs": []})
            shown[-1]["source"] = f"{shown[-1]['source']}\n\n{cell['source']}".strip()
            own = [picture for name, picture in (figures or {}).items() if name in tag]
            shown[-1]["outputs"] += own or [output_html(one) for one in cell["outputs"]]
    return shown


def output_html(output: dict[str, Any]) -> Markup:
    """Return one output as HTML: a picture with its alternative text, a table, prose or plain text."""
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return _figure(drawing(data["image/svg+xml"], data["text/plain"]))
    if "image/png" in data:
        picture = Markup('<img src="data:image/png;base64,{}" alt="{}">').format(data["image/png"], data["text/plain"])
        return _figure(picture)
    if "text/html" in data:
        table = ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', data["text/html"])
        return Markup('<div class="table" tabindex="0">{}</div>').format(Markup(table))
    if "text/markdown" in data:
        return _rendered(data["text/markdown"])
    return Markup("<pre>{}</pre>").format(data.get("text/plain", output.get("text", "")))


def prose_html(prose: Prose) -> Markup:
    r"""Return sentences as a page shows them, paragraphs or a list.

    Examples
    --------
    >>> prose_html(Prose(["Gwent & others."]))
    Markup('<p>Gwent &amp; others.</p>\n')
    """
    return _rendered(prose.markdown)


def _rendered(markdown: str) -> Markup:
    return Markup(_markdown().render(markdown))


def _figure(picture: Markup) -> Markup:
    scrolls = ' tabindex="0"' if 'class="broad"' in picture else ""
    return Markup("<figure{}>{}</figure>").format(Markup(scrolls), picture)


def drawing(svg: str, alt: str, *, kind: str = "img", over: str = "") -> Markup:
    """Return an `<svg>` element as a page holds it.

    Parameters
    ----------
    svg : str
        What `analysis.presentation.picture.Picture.svg` returns.
    alt : str
        What it shows, in words.
    kind : {"img", "group"}
        Its role: an image, or one that holds links.
    over : str
        What lies over the drawing: elements of SVG, already escaped.
    """
    box = VIEW_BOX.search(svg)
    assert box, "matplotlib gives every drawing a viewBox"
    size = "broad" if float(box[1]) > BROAD else "slim"
    opened = Markup('<svg class="{}" role="{}" aria-label="{}" ').format(size, kind, alt)
    return opened + Markup(svg.removeprefix("<svg ").removesuffix("</svg>") + over + "</svg>")
