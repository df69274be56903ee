"""What a batch was asked, and what its pages are made from: nothing that an answer is read from is forgotten."""

import json
import shutil

import pytest
from site_fixture import BBC, E8R

from analysis.batch import BatchResult
from analysis.counts.folder import IMPORTED_VARIABLE
from analysis.site import reports
from analysis.site.notebooks import NOTEBOOKS
from analysis.site.plan import site_jobs


def change_study(folders):
    return [BBC], []


def change_force(folders):
    return [E8R], ["Kent"]


def change_figures(folders):
    folders["data"].write("limits.csv", b"another file")


def change_imported_figures(folders):
    (folders["imported"] / "my-foi" / "replies.csv").write_text("force,charged,recorded\n")


def change_notebook(folders):
    (folders["notebooks"] / "02-force.ipynb").write_text("{}")


@pytest.mark.parametrize(
    "change", [change_study, change_force, change_figures, change_imported_figures, change_notebook]
)
def test_another_question_or_other_files_have_another_digest(data, tmp_path, monkeypatch, change):
    notebooks, imported = tmp_path / "notebooks", tmp_path / "imported"
    shutil.copytree(NOTEBOOKS, notebooks)
    (imported / "my-foi").mkdir(parents=True)
    (imported / "my-foi" / "replies.csv").write_text("force,charged,recorded\nGwent,21,268\n")
    monkeypatch.setattr(reports, "NOTEBOOKS", notebooks)
    monkeypatch.setenv(IMPORTED_VARIABLE, str(imported))
    before = reports._question_digest([E8R], [], True, None)
    assert reports._question_digest([E8R], [], True, None) == before
    asked = change({"data": data, "imported": imported, "notebooks": notebooks}) or ([E8R], [])
    assert reports._question_digest(*asked, True, None) != before


def test_every_page_is_held_against_the_figures_that_it_is_made_from(tmp_path):
    for study in (BBC, E8R):
        (tmp_path / study).mkdir(parents=True)
        (tmp_path / study / "gwent.json").write_text("{}")
    jobs = site_jobs(BatchResult(), tmp_path)
    assert [job.stem for job in jobs] == [
        *("explore", "forces"),
        *(f"{BBC}/index", f"{BBC}/bbc-2016-8-71-charged"),
        *(f"{E8R}/index", f"{E8R}/home-office-2018-19-8R-charged"),
        *("index", "words", "about", "fact-check", "methods", "years", "summary"),
    ]
    assert [reports.figures_digest(job) for job in jobs] == [job.inputs for job in jobs]
    inputs = {job.stem: job.inputs for job in jobs}
    assert inputs["index"] == inputs["forces"]  # the studies, and the official table of the explorer's questions
    assert len({inputs[name] for name in ("explore", "index", "words", "about", "fact-check", "methods", "years")}) == 7
    assert set(json.loads(jobs[-1].inputs)) == {BBC, E8R}
