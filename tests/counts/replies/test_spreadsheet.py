"""The FILE of `compare`: forgiving in form. What it refuses stands in tests/cli/test_bad_input.py."""

import pandas as pd
import pytest

from analysis.counts.replies.spreadsheet import NO_CRIMES, NOT_GIVEN, NOT_RECORDED, read_force_table
from analysis.errors import InputError


def _rows(table):
    frame = table.forces[["force", "count_low", "count_high", "recorded", "why_unknown"]]
    return [tuple(None if value is pd.NA else value for value in row) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize(
    "content",
    [
        "force,charged,recorded\nGwent,21,268\nKent,<5,1234\n",
        " Force ,CHARGED,Recorded\r\n Gwent , 21 ,268\r\n Kent ,<5,1234",
        "force;charged;recorded\nGwent;21;268\nKent;<5;1,234\n",
        "force\tcharged\trecorded\nGwent\t7.8%\t268\nKent\t<5\t1,234\n",
        'recorded,force,charged\n268,Gwent,7.8%\n"1,234",Kent,<5\n',
        "\ufeffforce,charged,recorded\nGwent,21,268\n,,\n\nKent,0..4,1234\n",
        "force,charged,recorded\nGwent,21,268\nKent,<5,1234\n".encode("utf-16"),
    ],
    ids=["plain", "spaces", "semicolons", "tabs", "order", "bom and blank rows", "utf-16"],
)
def test_the_same_figures_in_every_form(write_csv, content):
    table = read_force_table(write_csv(content))
    assert _rows(table) == [("Gwent", 21, 21, 268, None), ("Kent", 0, 4, 1234, None)]
    assert table.forces["open"].isna().all()


def test_blanks_are_unknown_not_zero(write_csv):
    table = read_force_table(write_csv("force,charged,recorded\nA,,40\nB,3,\nC,,\nD,0,0\nE,3..9,12\n"))
    assert _rows(table) == [
        ("A", 0, 40, 40, NOT_GIVEN),
        ("B", None, None, None, NOT_RECORDED),
        ("C", None, None, None, NOT_RECORDED),
        ("D", None, None, 0, NO_CRIMES),
        ("E", 3, 9, 12, None),
    ]


def test_other_columns_are_ignored_and_named(write_csv):
    table = read_force_table(write_csv("force,region,charged,recorded,,note\nGwent,Wales,21,268,,x\n"))
    assert table.ignored_columns == ("region", "note")


def test_ten_thousand_rows(write_csv):
    lines = "".join(f"force {number},{number % 7},{number % 7 + 50}\n" for number in range(10_000))
    assert len(read_force_table(write_csv("force,charged,recorded\n" + lines)).forces) == 10_000


@pytest.mark.parametrize("rows", ["A,5,10\nB,5,10\nC,5,10", "A,0,10\nB,0,20\nC,0,31", "A,90,1000\nB,1,5\nC,2,6"])
def test_rows_that_are_no_total(write_csv, rows):
    assert len(read_force_table(write_csv("force,charged,recorded\n" + rows)).forces) == 3


def test_missing_file_and_folder(tmp_path):
    for path, why in ((tmp_path / "none.csv", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(InputError) as error:
            read_force_table(path)
        assert str(error.value) == f"the file {path} cannot be read: {why}"


def test_the_largest_file(write_csv, monkeypatch):
    content = "force,charged,recorded\nGwent,21,268\n"
    monkeypatch.setattr("analysis.counts.replies.spreadsheet.SIZE_LIMIT", len(content))
    assert len(read_force_table(write_csv(content)).forces) == 1
    with pytest.raises(InputError) as error:
        read_force_table(write_csv(content + "\n"))
    assert str(error.value) == (
        "replies.csv is larger than 50 MB, and a table of forces is far smaller: give another file"
    )
