"""The pages beside the answers: the words, the figures and whom to tell of an error, and the notebooks to be read."""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

import nbformat
from markupsafe import Markup

from analysis.batch.jobs import Job
from analysis.counts.series_studies import SeriesStudy, read_any_study
from analysis.counts.studies import Study
from analysis.presentation.formats import window
from analysis.site.notebooks import NOTEBOOKS
from analysis.site.pages import cells_of, render

LOCAL_LINK = re.compile(r"\[([^\]]*)\]\((?!https?:)[^)]*\)")
ROW, HEADING, CELL = re.compile(r"<tr>.*?</tr>"), re.compile(r'<th scope="col">([^<]*)</th>'), re.compile("<td")
TITLE = re.compile(r"<h1>(.*?)</h1>")


def words_page(job: Job) -> dict[str, str]:
    """Return the page that says what the words mean."""
    return {".html": render("words.html", up="", version=version("charge-rates"))}


def about_page(job: Job) -> dict[str, str]:
    """Return the page about the figures: where they come from, their licences and dates, whom to tell of an error."""
    releases = describe_releases(job.parameters["studies"])
    return {".html": render("about.html", releases=releases, up="", version=version("charge-rates"))}


def describe_releases(names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the releases of some studies by id: title, period, definition, and every source of a study.

    Examples
    --------
    >>> [release["period"] for release in describe_releases(["bbc-2016/8-71/charged"])]
    ['April to December 2015']
    """
    found: dict[str, dict[str, Any]] = {}
    for study in (single for name in names for single in _single_studies(read_any_study(name))):
        release = found.setdefault(study.release, _describe(study))
        release["sources"] |= {source.id: source for source in study.sources}
    return [found[name] | {"sources": list(found[name]["sources"].values())} for name in sorted(found)]


def _single_studies(study: Study | SeriesStudy) -> Iterator[Study]:
    yield from study.studies if isinstance(study, SeriesStudy) else [study]


def _describe(study: Study) -> dict[str, Any]:
    return {
        "id": study.release,
        "title": study.release_title,
        "period": window(study.window_start, study.window_end),
        "definition": study.definition,
        "sources": {},
    }


def reading_page(job: Job) -> dict[str, str]:
    """Return the page of a notebook that answers one question once: its cells and outputs as they were committed.

    That these outputs are what its code gives is tested where the project is tested.
    """
    path = NOTEBOOKS / job.parameters["notebook"]
    first, *cells = cells_of(without_local_links(nbformat.read(path, as_version=4)))
    title = TITLE.search(first["html"])
    assert title, "every notebook begins with its question"
    page = render(
        "reading.html",
        title=Markup(title[1]),
        first=first["html"],
        cells=[cell | {"outputs": [_labelled(one) for one in cell.get("outputs", [])]} for cell in cells],
        notebook=path.name,
        up="",
        version=version("charge-rates"),
    )
    return {".html": page}


def _labelled(output: str) -> Markup:
    """Return a table whose cells say which column they stand in, for a phone, which sets them below each other."""
    headings = HEADING.findall(output)

    def label(row: re.Match[str]) -> str:
        places = iter(headings[1:])
        return CELL.sub(lambda _: f'<td data-label="{next(places, "")}"', row[0])

    return Markup(ROW.sub(label, output))


def without_local_links(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook whose links to files of the project, which do not lie beside a page, are text.

    Examples
    --------
    >>> cell = {"cell_type": "markdown", "source": "In [the list](../data/a.csv), of [them](https://example.org)."}
    >>> without_local_links({"cells": [cell]})["cells"][0]["source"]
    'In the list, of [them](https://example.org).'
    """
    cells = [
        cell | {"source": LOCAL_LINK.sub(r"\1", cell["source"])} if cell["cell_type"] == "markdown" else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}
