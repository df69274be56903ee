"""From an executed notebook to a page that opens anywhere: no script, no request, text before code.

The page shows the notebook's own cells in their order. Text from data was escaped where it was made; what is put into
the template here is escaped by it.
"""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup


@lru_cache
def templates() -> Environment:
    """Return the page templates, which escape what they are given and refuse names that they are not given."""
    return Environment(
        loader=PackageLoader("analysis.batch"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def render(template: str, **values) -> str:
    """Return a page from a template of `templates/` and the values that it names."""
    return templates().get_template(template).render(**values)


def cells_of(notebook: dict) -> list[dict]:
    """Return the cells of an executed notebook as a page shows them.

    Parameters
    ----------
    notebook : dict
        A notebook in nbformat 4.

    Returns
    -------
    list of dict
        `kind` is "text" (with `html`) or "code" (with `source` and `outputs`, a list of HTML).
    """
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            shown.append({"kind": "text", "html": Markup(_markdown().render(cell["source"]))})
        elif cell["cell_type"] == "code" and "injected-parameters" not in cell["metadata"].get("tags", []):
            shown.append(
                {"kind": "code", "source": cell["source"], "outputs": [output_html(one) for one in cell["outputs"]]}
            )
    return shown


def output_html(output: dict) -> Markup:
    """Return one output as HTML: a picture with its alternative text, a table, prose or plain text."""
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return _figure(Markup(_svg(data["image/svg+xml"])), data["text/plain"])
    if "image/png" in data:
        picture = Markup('<img src="data:image/png;base64,{}" alt="{}">').format(data["image/png"], data["text/plain"])
        return Markup("<figure>{}</figure>").format(picture)
    if "text/html" in data:
        return Markup('<div class="table" tabindex="0">{}</div>').format(Markup(data["text/html"]))
    if "text/markdown" in data:
        return Markup(_markdown().render(data["text/markdown"]))
    return Markup("<pre>{}</pre>").format(data.get("text/plain", output.get("text", "")))


def _figure(drawing: Markup, alt: str) -> Markup:
    return Markup('<figure role="img" aria-label="{}">{}</figure>').format(alt, drawing)


def _svg(document: str) -> str:
    return document[document.index("<svg") :]
