"""Spreadsheets of replies as people keep them: what each must give was worked out by hand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.replies.rows import read_replies
from analysis.counts.replies.spreadsheet import read_force_table
from analysis.errors import InputError

SPREADSHEETS = Path(__file__).parents[2] / "reference" / "spreadsheets"


def test_forces_under_their_own_names():
    path = SPREADSHEETS / "own-names.csv"
    assert read_force_table(path).forces["force"].tolist()[0] == "Essex Police"
    assert read_replies(path).forces == [
        "Avon and Somerset",
        "British Transport Police",
        "City of London",
        "Devon and Cornwall",
        "Dyfed-Powys",
        "Essex",
        "Greater Manchester",
        "Gwent",
        "Hampshire",
        "Kent",
        "Metropolitan Police",
    ]


@pytest.mark.parametrize("name", ["MPS", "the Met", "metropolitan police service"])
def test_one_force_is_printed_under_any_of_its_names(name):
    ran = CliRunner().invoke(main, ["compare", str(SPREADSHEETS / "own-names.csv"), "--force", name, "--json"])
    assert [row["force"] for row in json.loads(ran.stdout)["forces"]] == ["Metropolitan Police Service"]


@pytest.mark.parametrize("read", [read_force_table, read_replies])
def test_one_force_under_two_names(read):
    with pytest.raises(InputError) as error:
        read(SPREADSHEETS / "force-twice.csv")
    assert str(error.value) == (
        "force-twice.csv, row 5, column force: 'Gwent Police', which is Gwent, stands in row 2 already: keep one row "
        "for each force"
    )
