"""The command `import`, and the other commands on what it made."""

import json
import random
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.names import make_slug
from analysis.counts.releases import find_release, list_offences
from official_files import COVER, TODAY, official_rows, write_xlsx

GUIDE = (Path(__file__).parents[2] / "notebooks" / "README.md").read_text(encoding="utf-8")
REPLIES = GUIDE.split("```text\n")[1].split("```")[0]
EXAMPLE = re.search(r"(?m)^\.venv/bin/charge-rates (import replies\.csv .*)$", GUIDE)[1]
FORCES = ("Cambridgeshire", "Essex", "Gwent", "Metropolitan Police", "West Midlands")
# Nobody chose this code; the seed makes a failure repeatable.
RANDOM_CODE = random.Random(8_71).choice(sorted(list_offences(find_release("home-office-2018-19"))))


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def table(tmp_path, imported):
    path = tmp_path / "table.xlsx"
    rows = official_rows(TODAY, year="2021/22", codes={"8R", "37.1", RANDOM_CODE})
    few = [row for row in rows if row[2] in ("Force Name", *FORCES)]
    write_xlsx(path, {"Outcomes open data 2021_22": [*COVER, *few]})
    return path


def test_an_imported_year_is_listed_compared_checked_and_run_in_a_batch(table, tmp_path, imported):
    first = run("import", table)
    assert (first.exit_code, first.stdout) == (0, "home-office-2021-22: imported, 3 offences, 5 forces\n")
    assert "is none of the editions that data/official_files.csv lists" in first.stderr
    again = run("import", table, "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["status"] == "already there"
    assert ["home-office-2021-22", "study"] in [
        line.split()[:2] for line in run("list", "releases").stdout.splitlines()
    ]
    assert "home-office-2021-22/8R/charged" in run("list", "studies", "--release", "home-office-2021-22").stdout
    gwent = run("compare", "--study", "home-office-2021-22/8R/charged", "--force", "Gwent")
    assert "105 of 3,654" in gwent.stdout
    checked = run("check", "--json")
    assert checked.exit_code == 0
    assert "imported/home-office-2021-22/counts.parquet" in checked.stdout
    study = f"home-office-2021-22/{RANDOM_CODE.replace('/', '-')}/charged"
    batch = run("batch", "--study", study, "--output", tmp_path / "reports", "--quiet", "--json")
    made = json.loads(batch.stdout)
    assert (batch.exit_code, made["failed"]) == (0, {})
    assert f"{study}/country" in made["made"]
    assert {f"{study}/{make_slug(force)}" for force in FORCES} <= {*made["made"]}


def test_the_worked_example_of_the_notebooks_works(tmp_path, imported, monkeypatch):
    (tmp_path / "replies.csv").write_text(REPLIES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = run(*shlex.split(EXAMPLE))
    assert (made.exit_code, made.stdout) == (0, "my-foi: imported, 1 offence, 3 forces\n")
    report = run("report", "Gwent", "--study", "my-foi/8-71/charged", "--output", tmp_path / "reports")
    assert report.exit_code == 0, report.stderr
    page = (tmp_path / "reports/my-foi/8-71/charged/gwent.html").read_text(encoding="utf-8")
    assert "own requests, May 2026" in page


def test_replies_are_read_from_standard_input(imported):
    about = ["--release", "my-foi", "--offence", "8/71", "--source", "own requests"]
    made = CliRunner().invoke(main, ["import", "-", *about], input=REPLIES)
    assert (made.exit_code, made.stdout) == (0, "my-foi: imported, 1 offence, 3 forces\n")
    official = CliRunner().invoke(main, ["import", "-"], input=REPLIES)
    assert (official.exit_code, official.stderr) == (
        2,
        "Error: an official table is not read from standard input: give the file as it was published, or for replies "
        "--release, --offence and --source\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source", "x"], "--source and --window are for a spreadsheet of replies"),
        (["--offence", "8/71"], "replies need --release ID and --source TEXT beside --offence"),
        (["--offence", "8/71", "--year", "2021/22"], "--year is for official tables"),
        ([], "no header was found within 20 rows"),
    ],
)
def test_options_that_exclude_each_other(tmp_path, imported, arguments, message):
    path = tmp_path / "replies.csv"
    path.write_text(REPLIES, encoding="utf-8")
    result = run("import", path, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not imported.exists()


def test_reading_workbooks_and_downloading_cost_the_other_commands_nothing():
    code = (
        "import sys, analysis.site.reports, analysis.answer, analysis.cli; "
        "print([name for name in ('fastexcel', 'pooch', 'requests') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_table_is_imported_without_pandas():
    code = "import sys, analysis.counts.importing; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
