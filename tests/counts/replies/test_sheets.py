"""One sheet of a workbook of replies: the only table, or the one that is named or numbered."""

import json

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.importing import import_replies
from analysis.counts.replies.rows import read_replies
from analysis.counts.replies.spreadsheet import read_force_table
from analysis.counts.studies import read_study
from analysis.errors import InputError
from official_files import write_ods, write_xlsx

HEADER = ["Police force", "Charged", "Recorded"]
NOTES = [["Notes"], ["Replies to our own requests"]]
BOOK = {
    "Notes": NOTES,
    "2021": [HEADER, ["Gwent", 21, 268], ["Kent", 6, 125]],
    "2022": [HEADER, ["Gwent", 30, 300], ["Kent", 9, 130]],
    "Working": [],
}


@pytest.fixture(params=[("replies.xlsx", write_xlsx), ("replies.ods", write_ods)], ids=["xlsx", "ods"])
def write(request, tmp_path):
    name, writer = request.param

    def write(sheets):
        writer(tmp_path / name, sheets)
        return tmp_path / name

    return write


def counts(table):
    return table.forces[["count_low", "recorded"]].to_numpy().tolist()


# A sheet that is called 2021 is meant by 2021; the second sheet is meant by 2, and no sheet is called so.
@pytest.mark.parametrize(
    ("sheet", "expected"),
    [("2021", [[21, 268], [6, 125]]), ("2", [[21, 268], [6, 125]]), ("3", [[30, 300], [9, 130]])],
)
def test_a_sheet_by_name_or_number(write, sheet, expected):
    assert counts(read_force_table(write(BOOK), sheet=sheet)) == expected


def test_a_name_goes_before_a_number(write):
    assert counts(read_force_table(write({"2": BOOK["2021"], "1": BOOK["2022"]}), sheet="2")) == [[21, 268], [6, 125]]


def test_the_only_sheet_with_a_table_is_taken(write):
    assert counts(read_force_table(write({name: BOOK[name] for name in ("Notes", "2022")}))) == [[30, 300], [9, 130]]


@pytest.mark.parametrize("read", [read_force_table, read_replies])
@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (
            None,
            "{0}, sheet '2021' and {0}, sheet '2022' each hold a table of forces: choose one with --sheet, by its name "
            "or number",
        ),
        ("2023", "{0}: there is no sheet '2023': its sheets are 1 'Notes', 2 '2021', 3 '2022', 4 'Working'"),
        ("0", "{0}: there is no sheet '0': its sheets are 1 'Notes', 2 '2021', 3 '2022', 4 'Working'"),
        ("Working", "{0}, sheet 'Working' is empty: it needs the columns force, charged, recorded"),
    ],
)
def test_a_sheet_that_cannot_be_taken(write, read, sheet, said):
    path = write(BOOK)
    with pytest.raises(InputError) as error:
        read(path, sheet=sheet)
    assert str(error.value) == said.format(path.name)


def test_the_commands_take_a_sheet(write, imported):
    path = write(BOOK)
    ran = CliRunner().invoke(main, ["compare", str(path), "--sheet", "2022", "--json"])
    assert [row["count"]["low"] for row in json.loads(ran.stdout)["forces"]] == [30, 9]
    about = ["--offence", "8/71", "--source", "own requests", "--window", "2022"]
    ran = CliRunner().invoke(main, ["import", str(path), "--release", "own-2022", "--sheet", "3", *about])
    assert (ran.exit_code, read_study("own-2022/8-71/charged").row("Gwent")["count_low"]) == (0, 30)


def test_another_sheet_of_a_file_is_another_import(write, imported):
    path = write(BOOK)
    about = {"offence": "8/71", "source": "own requests", "window": "2021"}
    made = [
        import_replies(path, release=name, sheet=sheet, **about).status
        for name, sheet in (("own-1", "2021"), ("own-2", "2022"), ("own-1", "2021"))
    ]
    assert made == ["imported", "imported", "already there"]
