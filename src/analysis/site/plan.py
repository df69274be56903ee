"""Which reports there are to make: a job for every force of every study asked for, and for every page of the site.

Reads the figures, and so imports what that needs; a batch with nothing to do does without.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis.batch.jobs import Job
from analysis.batch.provenance import file_digest
from analysis.batch.work import BatchResult
from analysis.counts.forces import find_force
from analysis.counts.release import Release, counts_file
from analysis.counts.releases import find_release, list_offences, open_release
from analysis.counts.series_studies import SeriesStudy, read_any_study
from analysis.counts.studies import Study, list_studies
from analysis.errors import InputError
from analysis.site.notebooks import (
    COUNTRY,
    COUNTRY_NOTEBOOK,
    FORCE_NOTEBOOK,
    MIX_NOTEBOOK,
    NOTEBOOKS,
    READINGS,
    YEARS_NOTEBOOK,
    files_name,
)


class Plan(NamedTuple):
    """The reports of a batch, and the forces of its studies that have no figure to report, each with the reason."""

    jobs: list[Job]
    not_reportable: dict[str, str]


def plan_reports(studies: Sequence[str], forces: Sequence[str]) -> Plan:
    """Return a job for every reportable force of the studies, and one for all forces of each study together.

    A study of several years, or of all offences, has no report on all forces together.

    Parameters
    ----------
    studies : list of str
        Ids of studies of one release or of several; none means the default studies.
    forces : list of str
        Forces by name, slug or alias; none means all, and the report on all together, which is not made otherwise.

    Raises
    ------
    InputError
        If a study or force is not known, or a force that was asked for can be reported in none of the studies.
    """
    forces = [find_force(force).name for force in forces]
    wanted = {study.id: study for study in map(read_any_study, studies or default_studies())}
    jobs: list[Job] = []
    not_reportable: dict[str, str] = {}
    for study in wanted.values():
        if not forces and isinstance(study, Study) and not study.is_mix:
            jobs.append(_country_job(study))
        rows = {row["force"]: row for row in study.forces.to_dict("records")}
        for force in _forces_of(study, forces, alone=len(wanted) == 1):
            reason = rows[force]["why_unknown"]
            if reason is None:
                jobs.append(_job(study, force, rows[force]["slug"]))
            else:
                not_reportable[f"{study.id}, {force}"] = reason
    if not jobs:
        reasons = "; ".join(f"{what}: {why}" for what, why in not_reportable.items())
        raise InputError(f"There is nothing to report ({reasons or 'no study has that force'}).")
    return Plan(jobs, not_reportable)


def default_studies() -> list[str]:
    """Return the ids of the studies that a batch without options runs."""
    return [study.id for study in list_studies() if study.default]


def _forces_of(study: Study | SeriesStudy, wanted: Sequence[str], *, alone: bool) -> list[str]:
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


def _job(study: Study | SeriesStudy, force: str, slug: str) -> Job:
    notebook, asked = _report_of(study)
    return Job(
        study=study.id,
        name=force,
        notebook=str(notebook),
        parameters=asked | {"force": force},
        stem=f"{study.id}/{slug}",
        inputs=study.digest,
    )


def _report_of(study: Study | SeriesStudy) -> tuple[Path, dict[str, Any]]:
    """Return the notebook of a force's report, and its parameters but the force."""
    if isinstance(study, Study) and study.is_mix:
        return MIX_NOTEBOOK, {"release": study.release, "outcome": study.outcome}
    notebook = FORCE_NOTEBOOK if isinstance(study, Study) else YEARS_NOTEBOOK
    return notebook, _figures_asked(study) | {"confidence": 0.95}


def _country_job(study: Study) -> Job:
    return Job(
        study=study.id,
        name="all forces together",
        notebook=str(COUNTRY_NOTEBOOK),
        parameters=_figures_asked(study),
        stem=f"{study.id}/{COUNTRY}",
        inputs=study.digest,
    )


def _figures_asked(study: Study | SeriesStudy) -> dict[str, str]:
    figures = {"release": study.release} if isinstance(study, Study) else {"releases": study.series}
    return figures | {"offence": study.offence, "outcome": study.outcome}


def site_jobs(result: BatchResult, output: Path, *, explorer: bool = True) -> list[Job]:
    """Return the jobs of the pages that lead to all reports in the output folder, those of earlier runs included.

    The explorer comes first: it takes longest, and the others are made beside it. Without it one that is there is left
    as it is, and where none is a page says how to make it.
    """
    reports: dict[str, list[str]] = {}
    for path in sorted(output.glob("*/*/*/*.json")):
        reports.setdefault(path.parent.relative_to(output).as_posix(), []).append(path.stem)
    failed = dict(sorted(result.failed.items()))
    studies = dict(_readable(reports))
    reports = {name: reports[name] for name in studies}
    releases = [release.id for release in _explored(_releases_of(studies.values()))]
    jobs = []
    if explorer or not (output / "explore.html").exists():
        jobs.append(_page("explore", "explore", {"releases": releases if explorer else []}))
    jobs.append(_page("forces", "forces", {"studies": reports, "releases": releases}))
    for name, slugs in reports.items():
        page = "study" if isinstance(studies[name], Study) else "series"
        jobs.append(_page(f"{name}/index", page, {"study": name, "reports": slugs, "failed": failed}))
        if page == "study":
            jobs.append(_page(f"{name}/{files_name(name)}", "files", {"study": name}))
    first = {"studies": reports, "releases": releases if explorer else [], "failed": failed}
    jobs.append(_page("index", "index", first))
    jobs.append(_page("words", "words", {}))
    jobs.append(_page("about", "about", {"studies": list(reports)}))
    jobs += [_page(stem, "reading", {"notebook": name}) for stem, name in READINGS.items()]
    jobs.append(_page("summary", "summary", {"studies": list(reports)}))
    return jobs


def page_digest(parameters: Mapping[str, Any]) -> str:
    """Return what stands for the figures of a page: the digests of the studies, tables and notebook it is made from."""
    if "study" in parameters:
        return read_any_study(parameters["study"]).digest
    found: dict[str, Any] = {name: read_any_study(name).digest for name in parameters.get("studies", ())}
    found |= {name: _release_digest(find_release(name)) for name in parameters.get("releases", ())}
    if notebook := parameters.get("notebook"):
        found[notebook] = file_digest(NOTEBOOKS / notebook)
    return json.dumps(found, sort_keys=True)


def _releases_of(studies: Iterable[Study | SeriesStudy]) -> list[Release]:
    """Return the releases of some studies, by id."""
    names = {
        single.release for study in studies for single in (study.studies if isinstance(study, SeriesStudy) else [study])
    }
    return [find_release(name) for name in sorted(names)]


def _explored(releases: Iterable[Release]) -> list[Release]:
    """Return the official tables among releases by year, which is all of them that an address names.

    Of several of one year the one is taken that begins first, so that a whole year comes before its later quarters,
    and of these the last by id, which is the latest edition; a line says which are left out.
    """
    official = [release for release in releases if open_release(release).every_offence]
    years: dict[str, Release] = {}
    for release in sorted(official, key=_window_start, reverse=True):
        year = _window_start(release)[:4]
        if left_out := years.get(year):
            print(f"explore.html leaves out {left_out.id}, of the same year as {release.id}", file=sys.stderr)
        years[year] = release
    return [years[year] for year in sorted(years)]


def _window_start(release: Release) -> str:
    return release.window_start or ""


def _release_digest(release: Release) -> list[Any]:
    """Return all that an official release says, its counts as their digest."""
    return [vars(release), list_offences(release), file_digest(counts_file(release))]


def _readable(names: Iterable[str]) -> Iterator[tuple[str, Study | SeriesStudy]]:
    """Yield the studies that can still be read; an import that was taken away leaves reports that no page leads to."""
    for name in names:
        try:
            yield name, read_any_study(name)
        except InputError as error:
            print(f"The pages leave out the reports of {name}, made earlier: {error}", file=sys.stderr)


def _page(stem: str, page: str, parameters: dict[str, Any]) -> Job:
    study = parameters.get("study", "")
    return Job(
        study=study,
        name=f"{page} page",
        notebook=None,
        parameters={"page": page} | parameters,
        stem=stem,
        inputs=page_digest(parameters),
    )
