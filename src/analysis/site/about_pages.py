"""The pages beside the answers: what the words mean, where the figures come from, whom to tell of an error."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from analysis.batch.jobs import Job
from analysis.counts.series_studies import SeriesStudy, read_any_study
from analysis.counts.studies import Study
from analysis.presentation.formats import window
from analysis.site.pages import render


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
