"""The pages that lead to the reports, and the table of all their numbers."""

from collections.abc import Hashable, Mapping
from importlib.metadata import version
from typing import Any

from markupsafe import Markup

from analysis.answer import answer_country, answer_force, compare_study
from analysis.answer.years import answer_years
from analysis.batch.jobs import Job
from analysis.counts.series import is_series
from analysis.counts.series_studies import SeriesStudy, make_series_study
from analysis.counts.studies import Study, list_studies, read_study, split_study_id
from analysis.presentation import mix, years_overview
from analysis.presentation.column_key import column_names
from analysis.presentation.country_figures import funnel_figure
from analysis.presentation.country_sentences import finding_sentences
from analysis.presentation.force_sentences import force_sentences, question_sentence
from analysis.presentation.formats import window
from analysis.presentation.overview import citation, filter_marks, force_lines, force_table, reading
from analysis.presentation.picture import Mark, Picture
from analysis.presentation.printable_sentences import printable_of_study
from analysis.results.compared_forces import ComparedForce, ForceWithMix
from analysis.results.country_answer import CountryAnswer
from analysis.results.year_series import ForceOverYears
from analysis.site.about_pages import about_page, reading_page, words_page
from analysis.site.addresses import cited_at
from analysis.site.explorer_page import explorer_page, questions_to_ask
from analysis.site.exports import Cell
from analysis.site.force_pages import force_pages, number_of_reports, reported_forces
from analysis.site.notebooks import COUNTRY, QUESTION, files_name
from analysis.site.pages import drawing, render, templates
from analysis.site.strip_figures import lead_strips, series_dots, series_strips, study_dots, study_strips
from analysis.site.takeaway import as_csv, has_picture, take_away

FORCE = "Gwent"
"""The force of the newspaper's comparison."""

MOST_CARDS = 24
"""Studies whose finding stands on the first page; more would make it unreadable, and are listed only."""

NEAR = 7
"""How far from a point, in the units of a figure, it can still be pointed at."""


def study_page(job: Job) -> dict[str, str]:
    """Return a study's page: what the forces show together, drawn and in words, and all of them in a table."""
    study = read_study(job.parameters["study"])
    answer = answer_country(study.release, study.offence, study.outcome)
    links = _links(study, job.parameters["reports"])
    columns = force_table(answer)
    page = render(
        "study.html",
        study=study,
        about=answer.about,
        finding=[*_mix_sentences(study), *finding_sentences(answer)],
        strips=study_strips(study, links),
        funnel=_funnel(answer, links),
        reading=reading(answer),
        printable=printable_of_study(answer),
        columns=columns,
        sortable=["force", "recorded"] if study.windows_differ else list(columns),
        marks=filter_marks(answer),
        links=links,
        country=COUNTRY if COUNTRY in job.parameters["reports"] else None,
        citation=cited_at(citation(answer), job),
        files=files_name(study.id),
        has_picture=has_picture(answer),
        failed=job.parameters["failed"],
        up="../" * study.id.count("/") + "../",
        version=version("charge-rates"),
    )
    return {".html": page}


def _mix_sentences(study: Study) -> list[str]:
    """Return what leads the page of a study of all offences: forces beside their own mix of them."""
    rows = [row for row in compare_study(study.id).forces if isinstance(row, ForceWithMix)]
    return [mix.study_sentence(rows)] if study.is_mix else []


def series_page(job: Job) -> dict[str, str]:
    """Return the page of a study of several years: every force's rate of each year, and its trend."""
    study = _series_study(job.parameters["study"])
    answers, links = _years_of_forces(study), _links(study, job.parameters["reports"])
    columns = years_overview.forces_table(answers)
    page = render(
        "series.html",
        study=study,
        about=answers[0].about,
        years=[(window(year.window.start, year.window.end), year.release) for year in answers[0].years],
        finding=years_overview.finding_sentences(answers),
        strips=series_strips(study, answers, links),
        columns=columns,
        sortable=list(columns),
        marks=years_overview.filter_marks(answers),
        links=links,
        without=years_overview.without_report(study.not_reportable),
        breaks=answers[0].breaks,
        citation=cited_at(years_overview.citation(answers[0]), job),
        failed=job.parameters["failed"],
        up="../" * study.id.count("/") + "../",
        version=version("charge-rates"),
    )
    return {".html": page}


def _series_study(name: str) -> SeriesStudy:
    return make_series_study(*split_study_id(name))


def _years_of_forces(study: SeriesStudy) -> list[ForceOverYears]:
    return [answer_years(study.series, study.offence, study.outcome, force) for force in study.reportable_forces()]


def _links(study: Study | SeriesStudy, reports: list[str]) -> dict[str, str]:
    """Return the address of each force's report, of those that are there."""
    forces = study.forces
    return {
        force: f"{slug}.html" for force, slug in zip(forces["force"], forces["slug"], strict=True) if slug in reports
    }


def _funnel(answer: CountryAnswer, links: dict[str, str]) -> dict[str, Markup]:
    """Return the funnel, wide and narrow, with its points; none where the forces have no common rate to lie around."""
    if not answer.about.funnel:
        return {}
    lines = force_lines(answer)
    drawn = {width: funnel_figure(answer, narrow=width == "narrow") for width in ("wide", "narrow")}
    return {
        width: drawing(picture.svg(), picture.alt, kind="group", over=_points(picture, lines, links))
        for width, picture in drawn.items()
    }


def _points(picture: Picture, lines: dict[str, list[str]], links: dict[str, str]) -> str:
    """Return elements over a picture, one a force from left to right, that say what it is and lead to its report."""
    points = templates().get_template("points.svg")
    return points.render(
        marks=[(mark, _around(mark), lines[mark.name], links.get(mark.name)) for mark in sorted(picture.marks, key=_at)]
    )


def _at(mark: Mark) -> tuple[float, float, str]:
    return mark.left, mark.top, mark.name


def _around(mark: Mark) -> dict[str, str]:
    sizes = {"x": mark.left - NEAR, "y": mark.top - NEAR}
    sizes |= {"width": mark.right - mark.left + 2 * NEAR, "height": mark.bottom - mark.top + 2 * NEAR}
    return {name: f"{size:.1f}" for name, size in sizes.items()}


def index_page(job: Job) -> dict[str, str]:
    """Return the first page: the question, the studies with what each found, and every force in them."""
    made = job.parameters["studies"]
    series = {name: slugs for name, slugs in made.items() if is_series(name)}
    reports = {name: slugs for name, slugs in made.items() if not is_series(name)}
    reviewed = [entry.id for entry in list_studies()]
    order = sorted(reports, key=lambda name: (reviewed.index(name) if name in reviewed else len(reviewed), name))
    page = render(
        "index.html",
        question=_lead_question(reports),
        ask=questions_to_ask(job.parameters["releases"], FORCE),
        studies=[_found(read_study(name), reports[name]) for name in order[:MOST_CARDS]],
        series=[_found_over_years(_series_study(name), slugs) for name, slugs in series.items()],
        more=[(read_study(name), len({*reports[name]} - {COUNTRY})) for name in order[MOST_CARDS:]],
        forces=[
            (force, number_of_reports(force, job.parameters["studies"]))
            for force in reported_forces(job.parameters["studies"])
        ],
        failed=job.parameters["failed"],
        up="",
        version=version("charge-rates"),
    )
    return {".html": page}


def _lead_question(reports: dict[str, list[str]]) -> dict[str, Any] | None:
    """Return the article's question with its answer; None where that report was not made."""
    study = read_study(QUESTION)
    slug = study.row(FORCE)["slug"]
    if slug not in reports.get(study.id, []):
        return None
    answer = answer_force(study.release, study.offence, study.outcome, FORCE)
    return {
        "strips": lead_strips(study, FORCE, reports[study.id]),
        "asked": question_sentence(answer),
        "answered": force_sentences(answer),
        "href": f"{study.id}/{slug}.html",
        "force": FORCE,
        "sources": answer.about.sources,
    }


def _found(study: Study, reports: list[str]) -> dict[str, Any]:
    finding = finding_sentences(answer_country(study.release, study.offence, study.outcome))
    number = len({*reports} - {COUNTRY})
    return {"study": study, "dots": study_dots(study), "reports": number, "finding": finding[0], "note": study.note}


def _found_over_years(study: SeriesStudy, reports: list[str]) -> dict[str, Any]:
    answers = _years_of_forces(study)
    finding = years_overview.finding_sentences(answers)
    return {
        "study": study,
        "dots": series_dots(answers),
        "reports": len(reports),
        "finding": finding[0],
        "note": None,
    }


def summary(job: Job) -> dict[str, str]:
    """Return one row for every force of every study, as CSV; what is unknown is empty."""
    # The numbers of a series are those of the single years.
    studies = [read_study(name) for name in job.parameters["studies"] if not is_series(name)]
    return {".csv": as_csv([row for study in studies for row in _study_rows(study)], column_names())}


def study_files(job: Job) -> Mapping[str, str | bytes]:
    """Return what a reader takes away from a study's page: its table, its workbook, its picture."""
    study = read_study(job.parameters["study"])
    return take_away(study, answer_country(study.release, study.offence, study.outcome), _study_rows(study))


def _study_rows(study: Study) -> list[dict[str, Cell]]:
    """Return one row for every force of a study, by column; what is unknown is None."""
    published = {row["force"]: row for row in study.forces.to_dict("records")}
    return [_summary_row(study, row, published[row.force]) for row in compare_study(study.id).forces]


def _summary_row(study: Study, row: ComparedForce, published: Mapping[Hashable, Any]) -> dict[str, Cell]:
    return {
        "study": study.id,
        "force": row.force,
        "gss_code": row.gss_code,
        "outcome": study.outcome,
        "count_low": row.count.low,
        "count_high": row.count.high,
        "recorded": row.recorded,
        "open": row.open,
        "rate_low": row.rate.low,
        "rate_high": row.rate.high,
        "wilson_low": row.wilson[0],
        "wilson_high": row.wilson[1],
        "against": study.against,
        "p_low": row.p_range[0],
        "p_high": row.p_range[1],
        "verdict": row.verdict.rest,
        "verdict_among_forces": row.verdict.among_forces,
        "why_unknown": row.why_unknown,
        "source": published["source"],
        "window_start": published["window_start"],
        "window_end": published["window_end"],
    }


def explore_page(job: Job) -> dict[str, str]:
    """Return the page that answers every question of the official tables; without one, what such a page would take."""
    releases = job.parameters["releases"]
    if not releases:
        return {".html": render("nothing_to_explore.html", up="", version=version("charge-rates"))}
    return {".html": explorer_page(releases, beside_reports=True)}


SITE_PAGES = {
    "study": study_page,
    "series": series_page,
    "index": index_page,
    "summary": summary,
    "files": study_files,
    "explore": explore_page,
    "forces": force_pages,
    "words": words_page,
    "about": about_page,
    "reading": reading_page,
}
