"""Which reports there are to make, and what a finished notebook becomes: a page and a JSON object.

`run_reports` turns studies and forces into jobs, hands them to `run_batch` and has the site's pages made after them.
`finish` runs in the worker once a notebook has: it asks for the same answer again, which is remembered there, and
renders the page.
"""

import json
from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from analysis.batch import BatchResult, Job, run_batch
from analysis.counts.forces import find_force
from analysis.counts.studies import Study, list_studies, read_study
from analysis.errors import InputError

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
FORCE_NOTEBOOK = NOTEBOOKS / "02-force.ipynb"
COUNTRY_NOTEBOOK = NOTEBOOKS / "03-country.ipynb"
COUNTRY = "country"
"""Stem of the report on all forces of a study together."""

PAGES = {FORCE_NOTEBOOK.name: ("answer_force", "force.html"), COUNTRY_NOTEBOOK.name: ("answer_country", "country.html")}
"""For each notebook that makes reports: the function of `analysis.answer` that gives its answer, and its page."""


class Plan(NamedTuple):
    """The reports of a batch, and the forces of its studies that have no figure to report, each with the reason."""

    jobs: list[Job]
    not_reportable: dict[str, str]


def plan_reports(studies: Sequence[str], forces: Sequence[str]) -> Plan:
    """Return a job for every reportable force of the studies, and one for all forces of each study together.

    Parameters
    ----------
    studies : list of str
        Study ids; none means the default studies.
    forces : list of str
        Forces by name, slug or alias; none means all, and the report on all together, which is not made otherwise.

    Raises
    ------
    InputError
        If a study or force is not known, or a force that was asked for can be reported in none of the studies.
    """
    forces = [find_force(force).name for force in forces]
    wanted = [read_study(study) for study in studies or default_studies()]
    jobs, not_reportable = [], {}
    for study in wanted:
        for force in _forces_of(study, forces, alone=len(wanted) == 1):
            reason = study.reportable(force)
            if reason is None:
                jobs.append(_job(study, force))
            else:
                not_reportable[f"{study.id}, {force}"] = reason
        if not forces:
            jobs.append(_country_job(study))
    if not jobs:
        reasons = "; ".join(f"{what}: {why}" for what, why in not_reportable.items())
        raise InputError(f"There is nothing to report ({reasons or 'no study has that force'}).")
    return Plan(jobs, not_reportable)


def default_studies() -> list[str]:
    """Return the ids of the studies that a batch without options runs."""
    return [study.id for study in list_studies() if study.default]


def _forces_of(study: Study, wanted: Sequence[str], *, alone: bool) -> list[str]:
    if not wanted:
        return list(study.forces["force"])
    found = []
    for force in wanted:
        try:
            found.append(study.find(force))
        except InputError:
            if alone:
                raise
    return found


def _job(study: Study, force: str) -> Job:
    return Job(
        study=study.id,
        name=force,
        notebook=str(FORCE_NOTEBOOK),
        parameters=_question(study) | {"force": force, "confidence": 0.95},
        stem=f"{study.id}/{study.row(force)['slug']}",
        inputs=study.digest,
    )


def _country_job(study: Study) -> Job:
    return Job(
        study=study.id,
        name="all forces together",
        notebook=str(COUNTRY_NOTEBOOK),
        parameters=_question(study),
        stem=f"{study.id}/{COUNTRY}",
        inputs=study.digest,
    )


def _question(study: Study) -> dict[str, str]:
    return {"release": study.release, "offence": study.offence, "outcome": study.outcome}


def run_reports(
    studies: Sequence[str], forces: Sequence[str], output: str | Path = "reports", **options
) -> BatchResult:
    """Make the reports of some studies and forces, and the pages that lead to them.

    Parameters
    ----------
    studies, forces : list of str
        As `plan_reports` takes them.
    output : path
        The folder that everything goes to.
    options
        Handed to `analysis.batch.run_batch`: workers, engine, cluster, timeout, rerun, quiet.
    """
    plan = plan_reports(studies, forces)
    return run_batch(
        plan.jobs,
        output,
        finish="analysis.batch.reports:finish",
        pages=partial(site_jobs, output=Path(output)),
        not_reportable=plan.not_reportable,
        **options,
    )


def finish(notebook: dict | None, job: Job) -> dict[str, str]:
    """Return the files that a job leaves beside its notebook, by suffix.

    A job without a notebook is a page of the site; its parameters name the studies and the reports that are there.
    """
    if notebook is None:
        from analysis.batch.site import SITE_PAGES

        return SITE_PAGES[job.parameters["page"]](job)
    import analysis.answer
    from analysis.batch.pages import cells_of, render

    function, template = PAGES[Path(job.notebook).name]
    answer = getattr(analysis.answer, function)(**job.parameters)
    page = render(
        template,
        answer=answer,
        cells=cells_of(notebook)[1:],  # The page has its own heading, and leads with the finding.
        slug=Path(job.stem).name,
        up="../" * job.stem.count("/"),
        version=version("charge-rates"),
    )
    return {".html": page, ".json": json_text(answer)}


def warm_up(**parameters) -> None:
    """Answer and draw once, so that the reports made after it find fonts, templates and figures in memory."""
    from analysis.answer import answer_country, answer_force, p_value_curve
    from analysis.batch.pages import templates
    from analysis.presentation import country_figures, figures

    if "force" in parameters:
        answer = answer_force(**parameters)
        figures.p_value_figure(answer, p_value_curve(answer)).svg()
    else:
        country_figures.country_figure(answer_country(**parameters)).svg()
    for _, template in PAGES.values():
        templates().get_template(template)


def json_text(value: dict) -> str:
    """Return a dictionary as the text of a JSON file."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def site_jobs(result: BatchResult, output: Path) -> list[Job]:
    """Return the jobs of the pages that lead to all reports in the output folder, those of earlier runs included."""
    reports: dict[str, list[str]] = {}
    for path in sorted(output.glob("*/*/*/*.json")):
        reports.setdefault(path.parent.relative_to(output).as_posix(), []).append(path.stem)
    failed = dict(sorted(result.failed.items()))
    inputs = {study: read_study(study).digest for study in reports}
    everything = json.dumps(inputs, sort_keys=True)
    jobs = [
        _page(f"{study}/index", "study", {"study": study, "reports": slugs, "failed": failed}, inputs[study])
        for study, slugs in reports.items()
    ]
    jobs.append(_page("index", "index", {"studies": reports, "failed": failed}, everything))
    jobs.append(_page("summary", "summary", {"studies": list(reports)}, everything))
    return jobs


def _page(stem: str, page: str, parameters: dict, inputs: str) -> Job:
    study = stem.removesuffix("/index") if page == "study" else ""
    return Job(
        study=study,
        name=f"{page} page",
        notebook=None,
        parameters={"page": page} | parameters,
        stem=stem,
        inputs=inputs,
    )
