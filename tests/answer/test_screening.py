"""What every import says of the forces that are set aside because too many of their cases are open."""

from dataclasses import replace

from click.testing import CliRunner

from analysis.answer.screening import screen_release
from analysis.cli import main
from analysis.presentation.screening_words import screening_sentence
from official_files import TODAY, official_rows, write_xlsx

SAID = (
    "Screened for open cases: North Yorkshire is set aside, with no outcome yet in 54.1% of its crimes (next is "
    "Wiltshire, 9.9%)."
)


def test_the_year_2018_19_sets_north_yorkshire_aside():
    # 24,658 of 45,557 and 4,260 of 43,246, added up from the published table outside the project.
    found = screen_release("home-office-2018-19")
    assert screening_sentence(found) == SAID
    assert found.next_force.recorded == 43_246
    first, second = found.set_aside[0], replace(found.next_force, force="Kent")
    both = screening_sentence(replace(found, set_aside=(first, second), next_force=None))
    assert both.endswith(
        "North Yorkshire and Kent are set aside, with no outcome yet in 54.1% and 9.9% of their crimes."
    )


def test_an_import_says_so(tmp_path, imported):
    path = tmp_path / "table.xlsx"
    write_xlsx(path, {"Outcomes open data": official_rows(TODAY, year="2021/22", codes={"8R"})})
    result = CliRunner().invoke(main, ["import", str(path)])
    assert "Screened for open cases: North Yorkshire is set aside" in result.stderr
    again = CliRunner().invoke(main, ["import", str(path), "--json"])
    assert "Screened for open cases: North Yorkshire is set aside" in again.stdout


def test_an_import_of_replies_says_nothing_of_it(tmp_path, imported):
    path = tmp_path / "replies.csv"
    path.write_text("force,charged,recorded\nGwent,21,268\nKent,4,100\n")
    asked = ["--release", "my-foi", "--offence", "8/71", "--source", "own requests"]
    assert "Screened" not in CliRunner().invoke(main, ["import", str(path), *asked]).output
