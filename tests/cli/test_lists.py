"""What there is can be found by the words that people use."""

import csv
import json

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.importing import import_replies

YEAR = "home-office-2018-19"


def listed(*arguments):
    ran = CliRunner().invoke(main, ["list", *arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)[arguments[0]]


def test_lists_are_printed_as_files_hold_them():
    ran = CliRunner().invoke(main, ["list", "outcomes", "victim", "--format", "csv"])
    assert ran.stdout.splitlines()[0] == "outcome,types,title,group"
    whole = CliRunner().invoke(main, ["list", "forces", "--study", "radar-2022/8-71/charged", "--format", "csv"]).stdout
    assert [row["slug"] for row in csv.DictReader(whole.splitlines()) if row["reportable"] == "True"] == [
        "gwent",
        "hertfordshire",
        "lancashire",
        "south-yorkshire",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("stalking", [(YEAR, "8Q"), (YEAR, "stalking-and-harassment")]),
        ("Malicious", [(YEAR, "8R")]),
        ("revenge porn", [("bbc-2016", "8/71"), ("radar-2022", "8/71")]),
        ("8R", [(YEAR, "8R")]),
        ("rape female", [(YEAR, "19C"), (YEAR, "19D"), (YEAR, "19E")]),
        ("no such thing", []),
    ],
)
def test_offences_are_found_by_words(words, found):
    rows = [(row["release"], row["offence"]) for row in listed("offences", words)]
    assert [row for row in rows if row[0] in ("bbc-2016", "radar-2022", YEAR)] == found


def test_all_offences_of_a_release():
    # 131 codes, 31 groups and subgroups of offences, and all of them together.
    assert len(listed("offences", "--release", YEAR)) == 131 + 31 + 1
    assert {row["release"] for row in listed("offences")} >= {"bbc-2016", "radar-2022", YEAR}


def test_outcomes_with_their_types():
    assert {row["outcome"]: row["types"] for row in listed("outcomes")}["out-of-court-formal"] == "2;3;6"
    assert [row["outcome"] for row in listed("outcomes", "charged")] == ["charged"]


def test_every_study_is_found_by_words():
    assert [row["study"] for row in listed("studies", "stalking charged")] == [
        f"{YEAR}/8Q/charged",
        f"{YEAR}/stalking-and-harassment/charged",
    ]
    assert [row["title"] for row in listed("studies", "8N no-suspect")] == [
        "Racially or religiously aggravated harassment: No suspect identified"
    ] or listed("studies", "8M no-suspect")


def test_what_was_imported_is_among_the_studies(tmp_path, imported):
    path = tmp_path / "replies.csv"
    path.write_text("force,charged,recorded\nGwent,21,268\nKent,4,100\n")
    import_replies(path, release="my-foi", offence="8/71", source="own requests")
    assert "my-foi/8-71/charged" in [row["study"] for row in listed("studies")]
