"""The FILE of `compare`: forgiving in form, exact about what is wrong."""

import pandas as pd
import pytest

from analysis.counts.spreadsheet import NO_CRIMES, NOT_GIVEN, NOT_RECORDED, read_force_table
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


HEADER = "force,charged,recorded\n"
REFUSED = [
    ("", "replies.csv is empty: it needs the columns force, charged, recorded"),
    ("\n\n", "replies.csv is empty"),
    (HEADER, "there is no row under the header"),
    (HEADER + ",,\n", "there is no row under the header"),
    ("name,charged,recorded\nA,1,2", "row 1: the column 'force' is missing; the header has 'name', 'charged'"),
    ("force,charged\nA,1", "row 1: the column 'recorded' is missing"),
    ("force,charged,recorded,Charged\nA,1,2,1", "row 1: the column 'charged' is there twice: keep one"),
    (HEADER + "A,1,2\nB,-1,5", "row 3, column charged: charged '-1' is not a count: write it like 21, <5, 3..9"),
    (HEADER + "A,x,5", "row 2, column charged: charged 'x' is not a count"),
    (HEADER + "A,6,5", "row 2, column charged: charged '6' is above the 5 crimes recorded"),
    (HEADER + "A,7.8%,260", "row 2, column charged: no whole number of 260 is 7.8%"),
    (HEADER + "A,1,many", "row 2, column recorded: recorded 'many' is not a whole number, 0 or more"),
    (HEADER + "A,1,<5", "row 2, column recorded: recorded '<5' is not a whole number"),
    (HEADER + "A,1,26.8", "row 2, column recorded: recorded '26.8' is not a whole number"),
    (HEADER + "A,x,", "row 2, column charged: charged 'x' is not a count"),
    (HEADER + "A,1,0", "row 2, column charged: charged '1' is above the 0 crimes recorded"),
    (HEADER + "A,1,5\n\n,2,6", "row 4, column force: the name is missing"),
    (HEADER + "A,1,5\n a ,2,6", "row 3, column force: 'a' stands in row 2 already"),
    (HEADER + "A,1,5\nB,2,6\nAll,3,11", "row 4: 'All' is the sum of the other rows: delete the total"),
    (HEADER + "A,<5,50\nB,20,60\nAll,22,110", "row 4: 'All' is the sum of the other rows"),
    (HEADER + "A,1,5\nB,2", "row 3: the row has only 2 of its cells: the file may have been cut off"),
    (HEADER + "A,1,1,234", "row 2: there are cells beyond the header: write 1234, or put 1,234 in quotation marks"),
    (HEADER + '"A,1,5', "cannot be read as CSV"),
    (b"force,charged,recorded\nCaf\xe9,1,5\n", "row 2: the text is not UTF-8: save the sheet as CSV UTF-8"),
    (b"PK\x03\x04...", "replies.csv is a workbook: save the sheet as CSV"),
    (b"force,charged,recorded\nA\0,1,5", "is not a text file"),
]


@pytest.mark.parametrize(("content", "message"), REFUSED, ids=[message[:60] for _, message in REFUSED])
def test_what_is_refused(write_csv, content, message):
    with pytest.raises(InputError) as error:
        read_force_table(write_csv(content))
    assert message in str(error.value)
    assert str(error.value).startswith("replies.csv")


def test_missing_file_and_folder(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_force_table(path)
