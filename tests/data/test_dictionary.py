"""data/ against its own dictionary, and the files against the rules of the project."""

import csv
import re
from fnmatch import fnmatch

import pyarrow.parquet as pq
import pytest

from analysis.counts.check import check_data
from analysis.counts.digests import read_sums
from analysis.counts.folder import data_folder, list_files
from analysis.counts.tables import describe_columns, read_table

TABLES = [name for name in list_files(data_folder()) if name.endswith(".csv")]


@pytest.mark.parametrize("name", TABLES)
def test_table_is_as_described(name):
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [column.name for column in describe_columns(name)]
    assert read_table(name)


def test_parquet_is_as_described():
    name = "counts/home-office-2018-19.parquet"
    schema = pq.read_schema(data_folder() / name)
    assert [(field.name, str(field.type)) for field in schema] == [
        (column.name, {"text": "string", "integer": "int32"}[column.type]) for column in describe_columns(name)
    ]
    assert (data_folder() / name).stat().st_size < 400_000


def test_every_column_has_a_meaning():
    assert all(row["meaning"] and row["type"] for row in read_table("dictionary.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_text_files_are_utf8_with_line_feeds(name):
    content = (data_folder() / name).read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    content.decode("utf-8")


def test_digests_cover_every_file():
    assert sorted(read_sums(data_folder())) == list_files(data_folder())


def test_every_source_is_used():
    used = {row["source"] for name in TABLES if name.startswith("counts/") for row in read_table(name)}
    used |= {
        row["source"]
        for name in (
            "releases",
            "article_claims",
            "law",
            "official_files",
            "known_gaps",
            "published_totals",
            "breaks",
            "forces",
            "crime_recording",
            "force_groups",
            "offence_names",
            "window_figures",
        )
        for row in read_table(f"{name}.csv")
    }
    assert used - {None} == {row["id"] for row in read_table("sources.csv")}


def test_the_marked_errors_are_the_documented_ones():
    findings = check_data()
    log = (data_folder() / "README.md").read_text(encoding="utf-8")
    assert {finding.kind for finding in findings} == {"marked"}
    # 12 pairs with a negative total, a later edition, 12 incomplete totals of a year, and 16 rows of printed figures.
    assert len([finding for finding in findings if "parquet" in finding.place]) == 13
    assert len(findings) == 41
    for subject in (
        "Cleveland",
        "West Midlands",
        "Sussex",
        "South Yorkshire",
        "Northumbria",
        "Lancashire",
        "Dorset",
        "West Mercia",
        "Wiltshire",
        "Hertfordshire",
        "11%",
        "Cambridgeshire",
        "City of London",
        "Surrey",
    ):
        assert subject in log


def test_the_log_describes_every_file():
    log = (data_folder() / "README.md").read_text(encoding="utf-8").split("## Files")[1].split("\n## ")[0]
    named = re.findall(r"`([^`]+\.(?:csv|parquet|json)|SHA256SUMS)`", log)
    files = {*list_files(data_folder()), "SHA256SUMS"} - {"README.md"}
    assert {one for one in files if not any(fnmatch(one, name) for name in named)} == set()
    assert [name for name in named if not any(fnmatch(one, name) for one in files)] == []
