"""The pages that lead to the reports, and the table of all their numbers."""

import csv
import io
from importlib.metadata import version

from markupsafe import Markup

from analysis.answer import answer_country, compare_study
from analysis.batch.jobs import Job
from analysis.batch.pages import output_html, render
from analysis.batch.reports import COUNTRY
from analysis.counts.studies import read_study
from analysis.presentation.country import finding_sentences
from analysis.presentation.country_figures import country_figure
from analysis.presentation.picture import Picture
from analysis.presentation.tables import force_rows

SUMMARY_COLUMNS = [
    *("study", "force", "outcome", "count_low", "count_high", "recorded", "open", "rate_low", "rate_high"),
    *("wilson_low", "wilson_high", "against", "p_low", "p_high", "verdict", "verdict_among_forces"),
    *("why_unknown", "source", "window_start", "window_end"),
]


def study_page(job: Job) -> dict[str, str]:
    """Return a study's page: what the forces show together, in words and drawn, and all of them in a table."""
    study = read_study(job.parameters["study"])
    answer = answer_country(study.release, study.offence, study.outcome)
    page = render(
        "study.html",
        study=study,
        finding=finding_sentences(answer),
        figure=_figure(answer),
        rows=force_rows(answer),
        slugs=dict(zip(study.forces["force"], study.forces["slug"], strict=True)),
        reports=job.parameters["reports"],
        country=COUNTRY,
        failed=job.parameters["failed"],
        up="../" * study.id.count("/") + "../",
        version=version("charge-rates"),
    )
    return {".html": page}


def _figure(answer: dict) -> Markup | None:
    """Return the figure of all forces; None where there is nothing to draw."""
    drawn = country_figure(answer)
    return output_html({"data": drawn._repr_mimebundle_()}) if isinstance(drawn, Picture) else None


def index_page(job: Job) -> dict[str, str]:
    """Return the first page: the question and the studies, with the number of forces reported in each."""
    studies = [(read_study(study), len({*reports} - {COUNTRY})) for study, reports in job.parameters["studies"].items()]
    page = render("index.html", studies=studies, failed=job.parameters["failed"], version=version("charge-rates"))
    return {".html": page}


def summary(job: Job) -> dict[str, str]:
    """Return one row for every force of every study, as CSV; what is unknown is empty."""
    out = io.StringIO()
    table = csv.DictWriter(out, SUMMARY_COLUMNS, lineterminator="\n")
    table.writeheader()
    for name in job.parameters["studies"]:
        study = read_study(name)
        published = {row["force"]: row for row in study.forces.to_dict("records")}
        for row in compare_study(name)["forces"]:
            table.writerow(_summary_row(study, row, published[row["force"]]))
    return {".csv": out.getvalue()}


def _summary_row(study, row: dict, published: dict) -> dict:
    values = {
        "study": study.id,
        "force": row["force"],
        "outcome": study.outcome,
        "count_low": row["count"]["low"],
        "count_high": row["count"]["high"],
        "recorded": row["recorded"],
        "open": row["open"],
        "rate_low": row["rate"]["low"],
        "rate_high": row["rate"]["high"],
        "wilson_low": row["wilson"][0],
        "wilson_high": row["wilson"][1],
        "against": study.against,
        "p_low": row["p_range"][0],
        "p_high": row["p_range"][1],
        "verdict": row["verdict"]["rest"],
        "verdict_among_forces": row["verdict"]["among_forces"],
        "why_unknown": row["why_unknown"],
        "source": published["source"],
        "window_start": published["window_start"],
        "window_end": published["window_end"],
    }
    return {column: _cell(values[column]) for column in SUMMARY_COLUMNS}


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@\t\r" else text


PAGES = {"study": study_page, "index": index_page, "summary": summary}
