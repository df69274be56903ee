"""Reports on several years: what the batch makes of a study over a series, and what it refuses."""

import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from analysis.answer.years import answer_years
from analysis.cli import main
from analysis.counts.importing import import_replies
from analysis.counts.series_studies import read_any_study
from analysis.errors import InputError
from analysis.site.plan import plan_reports
from analysis.site.reports import json_text, run_reports
from official_years import SERIES

STUDY = f"{SERIES}/8R/charged"
SITE = [
    *("about.html", "explore.html", "fact-check.html", "forces/gwent.html", "forces/kent.html", "index.html"),
    *("methods.html", "summary.csv", "words.html", "years.html"),
]
LAST_YEAR = "home-office-2022-23/8R/charged"


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def tree(output):
    """Return {path: bytes} of all files of a batch, its manifest and logs aside."""
    paths = [path for path in sorted(output.rglob("*")) if path.is_file() and path.parts[-1] != "manifest.json"]
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in paths
        if "logs" not in path.parts and path.name != ".lock"
    }


class _Links(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.found, self.ids = [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "href"]
        self.ids |= {value for name, value in attrs if name == "id"}


@pytest.fixture
def reports(fleiss, write_year, tmp_path):
    """The folder of a batch over the published example, in which a fifth year lacks Kent."""
    write_year(2023, 75, 90, kent=None)
    output = tmp_path / "reports"
    made = run("batch", "--study", "home-office-2019-20..2023-24/8R/charged", "--output", output, "--json")
    assert made.exit_code == 0, made.output
    return output


def test_a_batch_over_a_series_is_whole_linked_and_the_same_again(reports):
    study = "home-office-2019-20..2023-24/8R/charged"
    files = tree(reports)
    stems = [f"{study}/{slug}.{suffix}" for slug in ("gwent", "kent") for suffix in ("html", "ipynb", "json")]
    assert sorted(files) == sorted([*stems, f"{study}/index.html", *SITE])

    for name in ("Gwent", "Kent"):
        answer = answer_years("home-office-2019-20..2023-24", "8R", "charged", name, confidence=0.95)
        assert json.loads(files[f"{study}/{name.lower()}.json"]) == json.loads(json_text(answer))
    assert len(files["summary.csv"].decode().splitlines()) == 1  # A series adds no rows.

    for path in reports.rglob("*.html"):
        for link in _Links(path).found:
            if not link.startswith(("https:", "data:")):
                target, _, place = link.partition("#")
                leads_to = (path.parent / target).resolve() if target else path
                assert leads_to.is_file(), (path, link)
                assert not place or place in _Links(leads_to).ids, (path, link)

    again = run("batch", "--study", study, "--output", reports, "--rerun", "--quiet", "--json")
    made = {"forces" if name.startswith("forces/") else name.rpartition(".")[0] for name in files}
    assert sorted(json.loads(again.stdout)["made"]) == sorted(made)
    assert tree(reports) == files
    third = run("batch", "--study", study, "--output", reports, "--quiet", "--json")
    assert json.loads(third.stdout)["made"] == []


def test_its_pages_say_what_the_years_show(reports):
    folder = reports / "home-office-2019-20..2023-24/8R/charged"
    page = (folder / "gwent.html").read_text()
    assert page.index("falls over the years") < page.index("<svg") < page.index("2023/24</th>")
    assert "Gwent over the years</h1>" in page
    known = page.index('id="known"')
    assert page.index("What you may print") < page.index("Do not print") < known < page.index("logistic model")
    index = (folder / "index.html").read_text()
    assert "rises in 0, falls in 1, changes in no one direction in 0 and shows no change in 1 of 2 forces." in index
    row = re.search(r'(?s)<tr data-force="Kent".*?</tr>', index)[0]
    assert [cell[:9] for cell in re.findall(r"<td[^>]*>([^<]*)</td>", row)] == [
        *["50.0%"] * 4,
        "not known",
        *["no change shown"[:9]] * 2,
        "1.000",
    ]
    assert "April 2023 to March 2024 (release home-office-2023-24)" in index
    assert "Avon and Somerset, Bedfordshire," in index
    assert "the table has no figures of this force." in index
    first = (reports / "index.html").read_text()
    assert 'href="home-office-2019-20..2023-24/8R/charged/index.html"' in first
    assert "Reports on 2 forces." in first


def test_both_engines_make_the_same_of_it(fleiss, tmp_path):
    made = []
    for engine in ("warm", "kernel"):
        output = tmp_path / engine
        result = run_reports([STUDY], ["Gwent"], output, engine=engine, quiet=True)
        assert result.status == 0, result.failed
        made.append(tree(output))
    assert made[0] == made[1]


def test_years_stand_beside_studies_of_one_year(fleiss, tmp_path):
    output = tmp_path / "reports"
    made = run("report", "Gwent", "--study", STUDY, "--output", output)
    assert made.stdout == f"{output}/{STUDY}/gwent.html\n"
    assert run("report", "Gwent", "--study", LAST_YEAR, "--output", output).exit_code == 0
    assert {line.split(",")[0] for line in (output / "summary.csv").read_text().splitlines()} == {"study", LAST_YEAR}
    first = (output / "index.html").read_text()
    for study in (STUDY, LAST_YEAR):
        assert f'href="{study}/index.html"' in first
    assert "Kent</a>" not in (output / STUDY / "index.html").read_text()


def test_a_series_has_one_name_however_it_is_written(fleiss, write_year):
    joined = ",".join(f"home-office-{year}" for year in ("2022-23", "2020-21", "2019-20", "2021-22"))
    assert read_any_study(f"{joined}/8R/charged").id == STUDY
    assert len(plan_reports([STUDY, f"{joined}/8R/charged"], ["Gwent"]).jobs) == 1
    gap = "home-office-2020-21,home-office-2019-20,home-office-2022-23/8R/charged"
    assert read_any_study(gap).id == "home-office-2019-20..2020-21,home-office-2022-23/8R/charged"


def test_what_a_series_says_is_in_its_digest(fleiss, write_year, data):
    before = read_any_study(STUDY).digest
    assert answer_years(SERIES, "8R", "charged", "Gwent").years[-1].count.low == 70
    assert read_any_study(STUDY).digest == before
    data.replace("breaks.csv", "From April 2021 forces must record outcome 22.", "From April 2021 they must.")
    changed = read_any_study(STUDY).digest
    assert changed != before
    data.replace("breaks.csv", "From April 2021 they must.", "From April 2021 forces must record outcome 22.")
    assert read_any_study(STUDY).digest == before
    write_year(2022, 71, 82)
    assert read_any_study(STUDY).digest != before
    assert answer_years(SERIES, "8R", "charged", "Gwent").years[-1].count.low == 71


def test_a_force_that_a_year_does_not_know_is_named(tmp_path, imported):
    for year, forces in ((2019, "Gwent,21,268\nKent,6,100\n"), (2020, "Gwent,20,250\n")):
        path = tmp_path / "replies.csv"
        path.write_text(f"force,charged,recorded\n{forces}")
        import_replies(path, release=f"own-{year}", offence="8/71", source="own requests", window=f"{year}..{year}")
    plan = plan_reports(["own-2019,own-2020/8-71/charged"], [])
    assert [job.name for job in plan.jobs] == ["Gwent"]
    assert plan.not_reportable == {"own-2019,own-2020/8-71/charged, Kent": "not a force of own-2020"}


REFUSED = [
    ("radar-2022,bbc-2016/8-71/charged", "figures of different publishers are never put into one series"),
    ("home-office-2016-17..2018-19/8R/charged", "run charge-rates fetch 2016/17"),
    ("home-office-2018-19..2018-19/8R/charged", "is of one release: write home-office-2018-19/8R/charged"),
    ("home-office-2018-19..2019-20", "is not release/offence/outcome"),
    (f"{SERIES}/8R", "is not release/offence/outcome"),
    (f"{SERIES}/8Z/charged", "there is no offence '8Z' in home-office-2019-20"),
    (f"{SERIES}/8R/jailed", "there is no outcome 'jailed' in home-office-2019-20"),
    ("../8R/charged", "there is no release '..'"),
    ("home-office-2018-19,/8R/charged", "there is no release 'home-office-2018-19,'; did you mean"),
    ("../home-office-2018-19..2019-20/8R/charged", "there is no release '..'"),
    ("home-office-2018-19,,home-office-2019-20/8R/charged", "there is no release ''"),
]


@pytest.mark.parametrize(("study", "message"), REFUSED, ids=[study for study, _ in REFUSED])
def test_a_series_that_cannot_be_reported_is_refused(fleiss, tmp_path, study, message):
    for command in (["batch"], ["report", "Gwent"]):
        result = run(*command, "--study", study, "--output", tmp_path / "reports")
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stderr.count("\n") == 1
        assert not (tmp_path / "reports").exists()


def test_a_series_too_long_to_name_a_folder_is_refused(write_year):
    names = []
    for start in range(2001, 2024, 2):
        write_year(start, 20, 100)
        names.append(f"home-office-{start}-{(start + 1) % 100:02}")
    # Ten ids of 19 letters and nine commas are 199 letters, of at most 200.
    assert len(read_any_study(f"{','.join(names[:10])}/8R/charged").series) == 199
    for some in (names[:11], names):
        series = ",".join(some)
        with pytest.raises(InputError) as error:
            read_any_study(f"{series}/8R/charged")
        assert str(error.value) == (
            f"the series {series!r} is too long to name a folder ({len(series)} letters, of at most 200): ask for "
            "fewer years"
        )


@pytest.mark.parametrize("command", [["compare"], ["list", "forces"]], ids=" ".join)
def test_commands_for_one_release_say_so(fleiss, command):
    result = run(*command, "--study", STUDY)
    assert result.exit_code == 2
    assert "is a series of releases, which report and batch take: name one release here" in result.stderr


def test_reports_of_an_import_that_was_taken_away_are_left_out_by_name(reports, imported):
    shutil.rmtree(imported / "home-office-2021-22")
    result = run("report", "Gwent", "--study", "radar-2022/8-71/charged", "--output", reports)
    assert result.exit_code == 0
    assert "leave out the reports of home-office-2019-20..2023-24/8R/charged, made earlier: there is" in result.stderr
    assert "home-office-2019-20" not in (reports / "index.html").read_text(encoding="utf-8")
