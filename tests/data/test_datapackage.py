"""data/ as a package that other tools read: made from the dictionary, and valid to the standard's own validator."""

import json
import shutil

import pytest
from frictionless import Package

from analysis.counts.datapackage import DATAPACKAGE, datapackage_text
from analysis.counts.folder import data_folder, list_files

RENEW = 'python -c "from analysis.counts.datapackage import write_datapackage; write_datapackage()"'
ROWS = 1000
"""Rows that are read of each table: all but of the Home Office's, whose 41,584 the validator takes long for."""


def validated(folder, rows=ROWS):
    report = Package(str(folder / DATAPACKAGE)).validate(limit_rows=rows)
    return {error.message for task in report.tasks for error in task.errors} | {one.message for one in report.errors}


def test_it_is_the_one_that_the_dictionary_makes():
    assert (data_folder() / DATAPACKAGE).read_text(encoding="utf-8") == datapackage_text(), f"renew it: {RENEW}"


def test_it_describes_every_table_and_each_of_its_columns():
    resources = json.loads(datapackage_text())["resources"]
    tables = [name for name in list_files(data_folder()) if name.endswith((".csv", ".parquet"))]
    assert [one["path"] for one in resources] == tables
    forces = next(one["schema"] for one in resources if one["name"] == "forces")
    assert [field["name"] for field in forces["fields"]] == ["name", "slug", "aliases", "gss_code", "source"]
    assert forces["foreignKeys"] == [{"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}}]


def test_the_validator_of_the_standard_finds_nothing():
    assert validated(data_folder()) == set()


@pytest.mark.parametrize(
    ("table", "old", "new", "found"),
    [
        ("breaks.csv", "\n", "\nnobody,", "date"),
        ("counts/bbc-2016.csv", ",bbc-data-unit,", ",nobody,", "foreign"),
        ("studies.csv", ",yes,", ",perhaps,", "boolean"),
    ],
)
def test_a_table_that_is_wrong_is_found(tmp_path, table, old, new, found):
    folder = shutil.copytree(data_folder(), tmp_path / "data")
    text = (folder / table).read_text(encoding="utf-8")
    assert old in text
    (folder / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(found in message.casefold() for message in validated(folder, rows=20))
