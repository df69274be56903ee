"""Reports on all offences together: a force's page, and the page that leads to it."""

import json

import pytest
from test_plain_words import NOT_BEFORE, plain_part

from analysis.site.plan import plan_reports
from analysis.site.reports import run_reports

STUDY = "home-office-2018-19/all/charged"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    output = tmp_path_factory.mktemp("reports")
    result = run_reports([STUDY], ["Gwent"], output, quiet=True)
    assert not result.failed
    return output / STUDY


def test_a_report_says_what_the_mix_gives(reports):
    page = (reports / "gwent.html").read_text(encoding="utf-8")
    assert "a ratio of 1.00 (0.98 to 1.03)" in page
    assert "Shoplifting" in page
    answer = json.loads((reports / "gwent.json").read_text(encoding="utf-8"))
    assert (answer["force"], answer["mix"]["observed"], answer["set_aside"]) == ("Gwent", 4752, ["North Yorkshire"])


def test_a_report_says_what_may_be_printed_in_plain_words_before_how_it_is_known(reports):
    text = plain_part((reports / "gwent.html").read_text(encoding="utf-8"))
    assert "which is not shown to differ from the 8.1% that it would be" in text
    assert text.index("What you may print") < text.index("Do not print") < text.index("side by side: each weighs")
    assert not NOT_BEFORE.search(text)


def test_the_page_of_the_study_leads_with_the_mix(reports):
    page = (reports / "index.html").read_text(encoding="utf-8")
    assert '<p class="lead"><strong>No force is unusual, beside its own mix of offences' in page


def test_every_force_with_crimes_has_one_and_there_is_none_of_all_together():
    jobs = plan_reports([STUDY], []).jobs
    assert len(jobs) == 44
    assert all(set(job.parameters) == {"release", "outcome", "force"} for job in jobs)
