"""What pages say of themselves where their address is known, and that they say nothing of it where it is not."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from site_fixture import E8R, RADAR

from analysis.batch.jobs import Job
from analysis.cli import main
from analysis.site.notebooks import files_name
from analysis.site.reports import finish

BASE = "https://example.org/rates/"
STUDY = Job(E8R, "study page", None, {"page": "study", "study": E8R, "reports": [], "failed": {}}, f"{E8R}/index", "")
FIRST = Job(
    "", "index page", None, {"page": "index", "studies": {RADAR: ["gwent"]}, "releases": [], "failed": {}}, "index", ""
)


def made(job, site=BASE):
    (page,) = finish(None, replace(job, site=site)).values()
    return page


def cards(page):
    found = re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page)
    return {name: unescape(content) for name, content in found}


def test_a_page_names_its_address_and_a_card_with_the_picture_of_its_study():
    page = made(STUDY)
    assert f'<link rel="canonical" href="{BASE}{E8R}/index.html">' in page
    assert cards(page) == {
        "type": "article",
        "url": f"{BASE}{E8R}/index.html",
        "title": "Malicious communications: charged or summonsed, year ending March 2019",
        "description": unescape(re.search(r'<p class="lead"><strong>(.*?)</strong>', page)[1]),
        "image": f"{BASE}{E8R}/{files_name(E8R)}.png",
    }
    assert f"{BASE}{E8R}/index.html</p>" in page[page.index('id="citation"') :]


def test_the_first_page_leads_to_the_feed_and_has_the_articles_picture():
    page = made(FIRST)
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="changes.atom"' in page
    assert cards(page)["image"] == f"{BASE}{RADAR}/{files_name(RADAR)}.png"
    assert 'rel="alternate"' not in made(STUDY)


@pytest.mark.parametrize("job", [STUDY, FIRST], ids=["study", "first page"])
def test_without_an_address_there_is_no_such_tag(job):
    page = made(job, site=None)
    assert not re.search(r'rel="(canonical|alternate)"|property="og:', page)
    assert "example.org" not in page


def test_a_page_with_a_hostile_title_stays_whole():
    words = Job("", "words page", None, {"page": "words"}, 'a"b<c', "")
    assert f'href="{BASE}a%22b%3Cc.html"' in made(words)


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://", "https://e.org/?a", 'https://e.org/"']
)
def test_what_is_no_address_is_refused_and_nothing_is_written(tmp_path, address):
    output = tmp_path / "reports"
    result = CliRunner().invoke(main, ["batch", "--base-url", address, "--output", str(output)])
    assert result.exit_code == 2
    assert f"--base-url {address!r} is not an address" in result.stderr
    assert not output.exists()


def test_only_the_job_that_publishes_may_write_and_it_runs_nothing_else():
    text = (Path(__file__).parents[2] / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    may_write = {name for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert may_write == {"publish"}
    assert [set(step) for step in jobs["publish"]["steps"]] == [{"id", "uses"}]
