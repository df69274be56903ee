"""All forces together as a report of the batch: when it is made, and what stands in its page and its JSON."""

import json

import nbformat
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.site.overviews import index_page, study_page
from analysis.site.plan import plan_reports
from analysis.site.reports import COUNTRY_NOTEBOOK, finish

E8R, RADAR, NO_CRIMES = "home-office-2018-19/8R/charged", "radar-2022/8-71/charged", "home-office-2018-19/20/charged"


def country_job(study):
    (job,) = [job for job in plan_reports([study], []).jobs if job.stem == f"{study}/country"]
    return job


def test_every_study_has_one_and_begins_with_it_because_it_takes_longest():
    stems = [job.stem for job in plan_reports([RADAR, E8R], []).jobs]
    assert [stem for stem in stems if stem.endswith("/country")] == [f"{RADAR}/country", f"{E8R}/country"]
    assert [stems.index(f"{study}/country") for study in (RADAR, E8R)] == [0, 5]


def test_a_batch_of_chosen_forces_makes_none():
    assert [job.stem for job in plan_reports([RADAR], ["Gwent"]).jobs] == [f"{RADAR}/gwent"]


def test_a_study_without_a_force_to_report_has_it_alone():
    assert [job.stem for job in plan_reports([NO_CRIMES], []).jobs] == [f"{NO_CRIMES}/country"]


@pytest.fixture(scope="module")
def files():
    return finish(nbformat.read(COUNTRY_NOTEBOOK, 4), country_job(E8R))


def test_its_json_is_what_compare_prints_and_what_is_said_about_it(files):
    found = json.loads(files[".json"])
    printed = json.loads(CliRunner().invoke(main, ["compare", "--study", E8R, "--json"]).stdout)
    assert {key: found[key] for key in printed} == printed
    assert set(found) == {*printed, "about"}


def test_its_page_leads_with_what_is_unusual(files):
    page = files[".html"]
    assert (
        page.index("No force is unusual beyond what chance")
        < page.index("21 of the 43 forces differ")
        < page.index('<ol class="strips"')
        < page.index("<img")
    )
    assert 'href="country.ipynb"' in page
    assert 'href="country.json"' in page
    assert "West Yorkshire</th>" in page
    assert page.count("<script") == 1  # what copies the sentence to quote and shows the numbers of a row


def page_job(page, **parameters):
    job = country_job(E8R)
    return type(job)(E8R, page, None, {"failed": {}, "releases": [], **parameters}, f"{E8R}/index", job.inputs)


@pytest.mark.parametrize(("reports", "linked"), [(["country", "gwent"], True), (["gwent"], False)])
def test_the_study_s_page_leads_to_it_where_it_is_there(reports, linked):
    page = study_page(page_job("study", study=E8R, reports=reports))[".html"]
    assert ('href="country.html"' in page) == linked
    assert "No force is unusual beyond what chance and the usual differences give: 3 lie outside" in page
    assert page.count('role="group"') == 2  # the funnel, wide and narrow
    assert page.count('<li class="strip ') == 44


def test_it_is_not_counted_as_a_force():
    page = index_page(page_job("index", studies={E8R: ["country", "gwent", "kent"]}))[".html"]
    assert "Reports on 2 forces." in page
