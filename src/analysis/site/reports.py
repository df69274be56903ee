"""Makes the reports of some studies and forces: what is asked, what a finished notebook becomes, what is warmed up.

`run_reports` hands the jobs of `analysis.site.plan` to `run_batch` and has the site's pages made after them. `finish`
runs in the worker once a notebook has: it asks for the same answer again, which is cached there, and renders the
page. Light on purpose: where nothing changed no figure is read.
"""

import hashlib
import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.batch import BatchResult as BatchResult  # The commands take the type from here.
from analysis.batch import Job, Running, Work, run_batch
from analysis.batch.provenance import tree_digest
from analysis.counts.folder import data_folder, imported_folder
from analysis.results.json_form import as_json
from analysis.site.addresses import describe_page, read_base, with_addresses
from analysis.site.notebooks import COUNTRY_NOTEBOOK, FORCE_NOTEBOOK, MIX_NOTEBOOK, NOTEBOOKS, YEARS_NOTEBOOK

PRINTABLE = "analysis.presentation.printable"
PAGES = {
    FORCE_NOTEBOOK.name: ("analysis.answer:answer_force", "force.html", f"{PRINTABLE}_sentences:printable_of_force"),
    COUNTRY_NOTEBOOK.name: (
        "analysis.answer:answer_country",
        "country.html",
        f"{PRINTABLE}_sentences:printable_of_study",
    ),
    YEARS_NOTEBOOK.name: ("analysis.answer.years:answer_years", "years.html", f"{PRINTABLE}_years:printable_of_years"),
    MIX_NOTEBOOK.name: ("analysis.answer.mix:answer_mix", "mix.html", f"{PRINTABLE}_mix:printable_of_mix"),
}
"""For each notebook that makes reports: the function that gives its answer, its page, and what may be printed of it."""


def run_reports(
    studies: Sequence[str],
    forces: Sequence[str],
    output: str | Path = "reports",
    *,
    explorer: bool = True,
    base_url: str | None = None,
    **options: Any,
) -> BatchResult:
    """Make the reports of some studies and forces, and the pages that lead to them.

    Parameters
    ----------
    studies, forces : list of str
        As `analysis.site.plan.plan_reports` takes them.
    output : path
        The folder that everything goes to.
    explorer : bool
        Whether to make the page that answers every question too, which takes some seconds a year.
    base_url : str, optional
        The address that the folder will have on the web: pages then name their own, and have a card for it.
    options
        Of `analysis.batch.Running`: workers, engine, cluster, timeout, rerun, quiet.

    Raises
    ------
    InputError
        If the address is none.
    """
    base = read_base(base_url) if base_url is not None else None

    def jobs(result: BatchResult) -> list[Job]:
        from analysis.site.plan import plan_reports

        plan = plan_reports(studies, forces)
        result.not_reportable |= plan.not_reportable
        return with_addresses(plan.jobs, base)

    def pages(result: BatchResult) -> list[Job]:
        from analysis.site.plan import site_jobs

        return with_addresses(site_jobs(result, Path(output), explorer=explorer), base)

    work = Work(
        jobs,
        finish="analysis.site.reports:finish",
        pages=pages,
        notebooks=[FORCE_NOTEBOOK, COUNTRY_NOTEBOOK, YEARS_NOTEBOOK, MIX_NOTEBOOK],
        warm_up={"studies": list(studies)},
        question=_question_digest(studies, forces, explorer, base),
    )
    return run_batch(work, output, Running(**options))


def first_page(output: str | Path) -> str | None:
    """Return the address of the page that leads to all others of a folder; None if there is none yet."""
    page = Path(output, "index.html")
    return page.resolve().as_uri() if page.is_file() else None


def _question_digest(*asked: object) -> str:
    """Return a digest of what is asked and of every file that the answer is read from."""
    folders = data_folder(), imported_folder(), NOTEBOOKS
    text = json.dumps([*asked, *map(tree_digest, folders)])
    return hashlib.sha256(text.encode()).hexdigest()


def figures_digest(job: Job) -> str:
    """Return the digest of a job's figures as they are found on this machine."""
    from analysis.counts.series_studies import read_any_study
    from analysis.site.plan import page_digest

    return read_any_study(job.study).digest if job.notebook else page_digest(job.parameters)


def finish(notebook: dict[str, Any] | None, job: Job) -> Mapping[str, str | bytes]:
    """Return the files that a job leaves beside its notebook, by suffix; pages name their address where it is known.

    Parameters
    ----------
    notebook : dict or None
        As it was executed.
    job : Job
    """
    files = _files(notebook, job)
    if not job.site:
        return files
    return {
        end: describe_page(content, job, end) if isinstance(content, str) and end.endswith(".html") else content
        for end, content in files.items()
    }


def _files(notebook: dict[str, Any] | None, job: Job) -> Mapping[str, str | bytes]:
    """Return the files of a job as they are at any address.

    A job without a notebook is a page of the site; its parameters name the studies and the reports that are there.
    """
    if notebook is None or job.notebook is None:
        from analysis.site.overviews import SITE_PAGES

        make: Callable[[Job], Mapping[str, str | bytes]] = SITE_PAGES[job.parameters["page"]]
        return make(job)
    from analysis.site.pages import cells_of, render
    from analysis.site.strip_figures import report_strips

    place, template, sentences = PAGES[Path(job.notebook).name]
    answer = _function(place)(**job.parameters)
    figures = {"strips": report_strips(job.parameters)} if _has_cell(notebook, "strips") else {}
    page = render(
        template,
        answer=answer,
        printable=_function(sentences)(answer),
        cells=cells_of(notebook, figures)[1:],  # The page has its own heading, and leads with the finding.
        slug=Path(job.stem).name,
        up="../" * job.stem.count("/"),
        version=version("charge-rates"),
    )
    return {".html": page, ".json": json_text(answer)}


def _function(place: str) -> Callable[..., Any]:
    """Return the function at `module:function`, whose module is imported only here."""
    module, function = place.split(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _has_cell(notebook: dict[str, Any], tag: str) -> bool:
    return any(tag in cell["metadata"].get("tags", []) for cell in notebook["cells"])


def warm_up(studies: Sequence[str]) -> None:
    """Make one report without running its notebook: those after it find figures, fonts and templates in memory."""
    import nbformat

    from analysis.answer import answer_force, other_forces, outcomes, p_value_curve
    from analysis.answer.years import answer_years
    from analysis.presentation.figures import interval_figure, p_value_figure
    from analysis.presentation.picture import Picture
    from analysis.presentation.years_figure import years_figure
    from analysis.site.plan import default_studies, plan_reports

    jobs = plan_reports((studies or default_studies())[:1], []).jobs
    job = next(job for job in jobs if "force" in job.parameters)
    finish(nbformat.read(job.notebook, as_version=4), job)
    if "offence" not in job.parameters:
        return  # A mix draws nothing.
    drawn: list[object]
    if "releases" in job.parameters:
        drawn = [years_figure(answer_years(**job.parameters))]
    else:
        answer = answer_force(**job.parameters)
        outcomes(answer)
        drawn = [interval_figure(answer, other_forces(answer)), p_value_figure(answer, p_value_curve(answer))]
    for picture in drawn:
        if isinstance(picture, Picture):
            picture.svg()


def json_text(value: object) -> str:
    """Return an answer as the text of a JSON file."""
    return json.dumps(as_json(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
