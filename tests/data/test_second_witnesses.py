"""What a publisher writes, and the tests of the import rely on, was seen somewhere: every such fact says where."""

import csv
from fnmatch import fnmatch
from pathlib import Path

import pytest

from analysis.counts.tables import read_table
from official_files import EARLY, ROW, SUBCODES, TODAY

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
TABLES = {
    "official_files.csv": ("financial_year", "sha256", "bytes"),
    "published_totals.csv": ("financial_year", "count"),
    "known_gaps.csv": ("force", "sentence"),
    "breaks.csv": ("date", "sentence"),
    "national_rates.csv": ("id", "printed"),
    "forces.csv": ("name", "gss_code"),
}
"""Tables of facts about the publisher's files, and the columns that are the fact."""


def reference(name):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place_of_headers():
    """Return the words of a published header that were seen, each with the places."""
    places = {}
    for row in reference("official_headers.csv"):
        if row["status"].startswith("seen") and "only in a test" not in row["status"]:
            places.setdefault(row["words"].lower(), []).extend(row["source"].split())
    return places


@pytest.mark.parametrize("layout", [EARLY, TODAY, SUBCODES, list(ROW)], ids=["early", "today", "subcodes", "csv"])
def test_every_column_that_the_tests_write_was_seen(layout):
    places = place_of_headers()
    assert [words for words in layout if not places.get(words.lower())] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_fact_about_the_publisher_names_a_source_that_can_be_found(name):
    sources = {row["id"]: row for row in read_table("sources.csv")}
    for row in read_table(name):
        if name == "forces.csv" and row["gss_code"] is None:
            continue  # It has no area, and so no code that a source gives.
        fact = [row[column] for column in TABLES[name]]
        assert row["source"] in sources, fact
        assert sources[row["source"]]["address"] or sources[row["source"]]["reference"], fact


def test_every_spelling_that_was_seen_says_where():
    seen = [row for row in reference("force_names.csv") if row["status"] != "memory"]
    assert len(seen) > 250
    assert [row for row in seen if not row["source"].strip()] == []


def test_every_file_of_expected_values_says_where_it_comes_from():
    said = (REFERENCE / "README.md").read_text(encoding="utf-8")
    named = [name.strip(" /") for line in said.splitlines() if line.startswith("## ") for name in line[3:].split(",")]
    names = sorted(path.name for path in REFERENCE.iterdir() if path.name not in ("README.md", "__pycache__"))
    assert [name for name in names if not any(fnmatch(name, pattern) for pattern in named)] == []
