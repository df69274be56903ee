"""The picture of strips as a page holds it: each name leads on, and says its numbers to whoever points at it."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from analysis.answer.country import answer_country
from analysis.answer.rates_of_forces import force_rates, newest_rates
from analysis.counts.series_studies import SeriesStudy
from analysis.counts.studies import Study, make_study_id, read_study
from analysis.presentation import years_overview
from analysis.presentation.overview import force_lines
from analysis.presentation.strips import Strips
from analysis.results.year_series import ForceOverYears
from analysis.site.pages import render


def study_strips(study: Study, links: Mapping[str, str]) -> Markup:
    """Return the picture of a study's page: each row has the force's slug as its id, and leads to its report.

    Parameters
    ----------
    study : Study
    links : mapping of str to str
        The addresses of the reports that are there, by force.
    """
    return _figure(Strips(force_rates(study.id)), _lines(study), links=links, ids=_slugs(study))


def report_strips(parameters: Mapping[str, str]) -> Markup:
    """Return the picture of a report: a force's own row leads, and all others lead to their rows on the study's page.

    Parameters
    ----------
    parameters : mapping of str to str
        Those of the report's notebook: release, offence, outcome and, of one force's report, force.
    """
    study = read_study(make_study_id(parameters["release"], parameters["offence"], parameters["outcome"]))
    own = study.find(parameters["force"]) if "force" in parameters else None
    links = {force: f"index.html#{slug}" for force, slug in _slugs(study).items()}
    return _figure(Strips(force_rates(study.id), first=own), _lines(study), links=links, ids={})


def lead_strips(study: Study, force: str, reports: Collection[str]) -> Markup:
    """Return the picture of the first page: a force's own row leads, and all names lead to the study's pages.

    Parameters
    ----------
    study : Study
    force : str
        Its official name.
    reports : collection of str
        The slugs that have a report there; the others lead to their rows on the study's page.
    """
    links = {
        name: f"{study.id}/{slug}.html" if slug in reports else f"{study.id}/index.html#{slug}"
        for name, slug in _slugs(study).items()
    }
    return _figure(Strips(force_rates(study.id), first=force), _lines(study), links=links, ids={})


def study_dots(study: Study) -> Markup:
    """Return all forces of a study on one line, for the card that leads to them."""
    return Markup(Strips(force_rates(study.id)).dots_html())  # Escaped where it is made.


def series_dots(answers: list[ForceOverYears]) -> Markup:
    """Return all forces' rates of the newest of several years on one line."""
    return Markup(Strips(newest_rates(answers)).dots_html())  # Escaped where it is made.


def series_strips(study: SeriesStudy, answers: list[ForceOverYears], links: Mapping[str, str]) -> Markup:
    """Return the picture of the page of several years: the newest year's rates, grouped by what all years show."""
    lines = years_overview.force_lines(answers)
    return _figure(Strips(newest_rates(answers)), lines, links=links, ids=_slugs(study))


def _slugs(study: Study | SeriesStudy) -> dict[str, str]:
    return dict(zip(study.forces["force"], study.forces["slug"], strict=True))


def _lines(study: Study) -> dict[str, list[str]]:
    return force_lines(answer_country(study.release, study.offence, study.outcome))


def _figure(
    strips: Strips, lines: Mapping[str, Sequence[str]], *, links: Mapping[str, str], ids: Mapping[str, str]
) -> Markup:
    picture = Markup(strips.html(links=links, lines=lines, ids=ids))
    return Markup(render("strips.html", picture=picture, reading=strips.reading))
