"""Spreadsheets of replies as people keep them: what each must give was worked out by hand."""

import csv
import json
import os
import time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.importing import import_replies
from analysis.counts.replies.columns import read_columns
from analysis.counts.replies.rows import read_replies
from analysis.counts.replies.spreadsheet import read_force_table, read_spreadsheet
from analysis.counts.studies import read_study
from analysis.errors import FileError, InputError

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


UNKNOWN = (None, None)
# File, and of each force the lowest and highest count, crimes recorded and open crimes.
READ = [
    ("control-no-total.csv", [("A", 90, 90, 1000, None), ("B", 1, 1, 5, None), ("C", 2, 2, 6, None)]),
    ("two-totals.csv", [("Gwent", 21, 21, 268, None), ("Kent", 40, 40, 512, None), ("Essex", 33, 33, 470, None)]),
    (
        "total-with-a-blank.csv",
        [("Gwent", 21, 21, 268, None), ("Kent", 40, 40, 512, None), ("Dorset", *UNKNOWN, None, None)],
    ),
    (
        "title-and-notes.xlsx",
        [
            ("Gwent Police", 21, 21, 268, None),
            ("Kent Police", 0, 4, 310, None),
            ("Essex Police", 0, 402, 402, None),
            ("Sussex Police", 0, 120, 120, None),
            ("Lancashire Constabulary", 22, 22, 995, None),
        ],
    ),
    ("excel-uk.csv", [("Gwent", 21, 21, 268, None), ("Kent", 0, 4, 310, None), ("Essex", 0, 402, 402, None)]),
    ("long.csv", [("Gwent", 21, 21, 268, 4), ("Kent", 6, 6, 125, 9)]),
]


@pytest.mark.parametrize(("name", "expected"), READ, ids=[name for name, _ in READ])
def test_compare_and_import_read_the_same(name, expected):
    columns = ["force", "count_low", "count_high", "recorded", "open"]
    table = read_force_table(SPREADSHEETS / name).forces[columns].astype(object)
    assert [tuple(None if pd.isna(cell) else cell for cell in row) for row in table.to_numpy()] == expected
    if expected[0][0] == "A":
        return  # Labels that are no forces are for `compare` alone.
    charged = [reply for reply in read_replies(SPREADSHEETS / name).replies if reply.outcome == "charged"]
    found = {(reply.count_low, reply.count_high, reply.recorded, reply.open) for reply in charged}
    assert found == {row[1:] for row in expected}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two-totals.csv", "Row 5, 'Total', was left out: it is the sum of rows 2 to 4."),
        ("two-totals.csv", "Row 6, 'England and Wales', was left out: it is the sum of the other rows."),
        (
            "total-with-a-blank.csv",
            "Row 5, 'Total', was left out: it is the sum of the other rows as far as they are known.",
        ),
        ("title-and-notes.xlsx", "Row 9, 'Total', was left out: it is the sum of the other rows."),
        ("title-and-notes.xlsx", "Rows that hold notes and no figures: 11, 13."),
        (
            "title-and-notes.xlsx",
            "The title names 2017..2021: give --window 2017..2021 to import, if that is the window of all rows.",
        ),
        (
            "long.csv",
            "Row 1 is the header: force is 'Force', outcome is 'Outcome', count is 'Count'; crimes recorded are the "
            "sum of a force's rows.",
        ),
    ],
)
def test_what_is_said_of_a_file(name, said):
    assert said in read_spreadsheet(SPREADSHEETS / name).said


def test_words_for_numbers_and_a_date_that_was_a_range(write_csv):
    content = (SPREADSHEETS / "words.csv").read_text()
    with pytest.raises(InputError) as error:
        read_force_table(SPREADSHEETS / "words.csv")
    assert str(error.value) == (
        "words.csv, row 8, column charged: charged '1-Apr' is a date, which spreadsheet programs make of 1-4: write "
        "1..4"
    )
    found = read_force_table(write_csv(content.replace("1-Apr", "1-4"))).forces
    assert found[["force", "count_low", "count_high"]].to_numpy().tolist() == [
        ["Gwent", 1, 4],
        ["Kent", 0, 5],
        ["Essex", 0, 2],
        ["Sussex", 0, 103],
        ["Surrey", 0, 104],
        ["Durham", 0, 0],
        ["Norfolk", 1, 4],
        ["Suffolk", 0, 107],
    ]


def test_everything_that_is_wrong_is_said_at_once(write_csv):
    content = "force,charged,recorded\nGwent,x,268\nKent,1,many\nEssex,5\nSurrey,9,8\nGwent Police,1,2\n"
    with pytest.raises(FileError) as error:
        read_force_table(write_csv(content))
    assert error.value.lines == [
        "replies.csv: 5 things cannot be used:",
        "  row 2, column charged: charged 'x' is not a count: write it like 21, <5, 3..9 or 7.8%, or leave it blank "
        "where it is unknown",
        "  row 3, column recorded: recorded 'many' is not a whole number, 0 or more: write it like 268, or leave it "
        "blank where it is unknown",
        "  row 4: the row has only 2 of its 3 cells: write the others, or save the file again if it was cut off",
        "  row 5, column charged: charged '9' is above the 8 crimes recorded: check the two numbers",
        "  row 6, column force: 'Gwent Police', which is Gwent, stands in row 2 already: keep one row for each force",
    ]


TOTALS_REFUSED = [
    ("Gwent,21,268\nKent,40,512\nTotal,94,1250",
     "row 4: 'Total' is called a total, and its 1,250 crimes are not those of the other rows "
     "(61 of 780): correct it, or delete the row"),
    ("A,1,5\nB,2,6\nThe lot,3,11",
     "row 4: 'The lot' is the sum of the other rows: delete the total, which would count every crime twice"),
    ("A,1,5\nB,2,6\nNorth,3,11\nC,4,9\nD,5,10\nSouth,9,19",
     "row 4: 'North' is the sum of rows 2 to 3: delete the total, which would count every crime twice"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "says"), TOTALS_REFUSED, ids=[says[:40] for _, says in TOTALS_REFUSED])
def test_totals_that_are_refused_by_name(write_csv, rows, says):
    with pytest.raises(FileError) as error:
        read_force_table(write_csv(f"force,charged,recorded\n{rows}\n"))
    assert says in str(error.value)


REGIONS = """\
force,charged,recorded
England and Wales,75,1010
England,54,800
North East,30,500
Cleveland,10,200
Durham,12,180
Northumbria,8,120
Eastern,24,300
Essex,20,200
Norfolk,4,100
Wales,21,210
Gwent,21,100
South Wales,0,110
"""


def test_countries_and_regions_beside_their_forces_are_left_out(write_csv):
    found = read_force_table(write_csv(REGIONS))
    kept = ["Cleveland", "Durham", "Northumbria", "Essex", "Norfolk", "Gwent", "South Wales"]
    assert found.forces["force"].tolist() == kept
    assert len([sentence for sentence in found.said if "was left out" in sentence]) == 5


def test_a_region_that_stands_apart_is_held_against_its_forces(write_csv):
    apart = "Cleveland,10,200\nEssex,20,200\nDurham,12,180\nNorthumbria,8,120\nGwent,3,50\nNorth East,30,500\n"
    found = read_force_table(write_csv("force,charged,recorded\n" + apart))
    assert found.forces["recorded"].sum() == 750
    assert found.said[-1] == "Row 7, 'North East', was left out: it is the sum of its forces."


def test_countries_without_forces_are_labels(write_csv):
    found = read_force_table(write_csv("force,charged,recorded\nEngland,21,268\nWales,4,100\nScotland,9,120\n"))
    assert found.forces["force"].tolist() == ["England", "Wales", "Scotland"]


NOTES = """\
Replies,,
,,
Police force,Offences,Charge/summons
Gwent,268,21
City of London,,
* Kent did not reply by the date on which this table was made,,

Source: own requests
1. Figures are provisional,,
"""


def test_a_footnote_never_becomes_a_force(write_csv):
    found = read_force_table(write_csv(NOTES))
    assert found.forces["force"].tolist() == ["Gwent", "City of London"]
    assert "Rows that hold notes and no figures: 6, 8, 9." in found.said


def test_columns_are_named_by_the_user(write_csv):
    content = "Name,Positive disposals,Offences,Crimes\nGwent,21,268,300\n"
    columns = read_columns(["force=Name", "Charged=positive disposals", "recorded=Crimes"])
    found = read_force_table(write_csv(content), columns=columns)
    assert found.forces[["force", "count_low", "recorded"]].to_numpy().tolist() == [["Gwent", 21, 300]]
    assert found.ignored_columns == ("Offences",)


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (["charged"], "--columns 'charged' is not COLUMN=HEADER: write it like charged=\"Charged/Summonsed\""),
        (["charge rate=x"], "--columns charge rate=...: there is no such column; did you mean 'charged'?"),
    ],
)
def test_options_for_columns_that_are_none(pairs, says):
    with pytest.raises(InputError) as error:
        read_columns(pairs)
    assert str(error.value) == says


def test_a_column_that_the_file_does_not_have(write_csv):
    with pytest.raises(InputError) as error:
        read_force_table(write_csv("force,charged,recorded\nGwent,21,268\n"), columns={"charged": "Charges made"})
    assert str(error.value) == (
        "replies.csv, row 1: there is no column 'charges-made' for --columns charged=...; did you mean 'charged'?"
    )


def test_wide_by_outcome_type_with_alternate_offences(write_csv):
    content = "force,recorded,1,1a,2,2A,3,6,14,16 - Victim declines\nGwent,268,20,1,2,1,0,3,12,101\n"
    found = {reply.outcome: reply.count_low for reply in read_replies(write_csv(content)).replies}
    assert found == {"charged": 21, "out-of-court-formal": 6, "victim-does-not-support": 113}


def test_workbooks_of_both_kinds_with_percentages_and_formulas(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["Force", "Recorded", "Charged"],
        ["Gwent", 268, 21 / 268],
        ["Kent", 1000, 0.05],
        ["Essex", 50, "=1+1"],
    ):
        book.active.append(row)
    book.save(tmp_path / "replies.xlsx")
    found = read_force_table(tmp_path / "replies.xlsx").forces
    # Half a point around 5% of 1,000; openpyxl writes no value beside a formula, so that Essex's is not known.
    assert found[["count_low", "count_high"]].to_numpy().tolist() == [[21, 21], [45, 55], [0, 50]]


def test_thirty_thousand_rows_are_read_within_seconds(write_csv):
    rows = "".join(f"force {n},{n % 97},{100 + n % 1013}\n" for n in range(30_000))
    started = time.process_time()
    assert len(read_force_table(write_csv(f"force,charged,recorded\n{rows}")).forces) == 30_000
    assert time.process_time() - started < 5


def run(*arguments, given=None):
    return CliRunner().invoke(main, ["compare", *arguments], input=given)


def test_what_was_understood_is_printed_before_anything_is_concluded():
    path = str(SPREADSHEETS / "title-and-notes.xlsx")
    text = run(path).stdout
    assert text.startswith("Understood:\nrow  name ")
    assert text.index("5    Kent Police ") < text.index("Row 9, 'Total'") < text.index("95% interval")
    ran = run(path, "--json")
    assert ran.stderr.startswith("Understood:\n")
    assert json.loads(ran.stdout)["country"]["count"] == 43


def test_standard_input_is_a_file():
    ran = run("-", "--json", given="force;charged;recorded\nGwent;21;268\nKent;4;100\n")
    assert json.loads(ran.stdout)["country"]["recorded"] == 368


def test_the_result_is_written_as_a_file(tmp_path):
    first = run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(tmp_path / "out.csv"))
    assert first.exit_code == 0, first.output
    with (tmp_path / "out.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["force"], row["count_low"], row["count_high"], row["recorded"]) for row in rows] == [
        ("Gwent", "21", "21", "268"),
        ("Kent", "0", "4", "310"),
        ("Essex", "0", "402", "402"),
    ]
    run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [cell.value for cell in sheet["A"]] == ["force", "Gwent", "Kent", "Essex"]
    assert run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(tmp_path / "out.doc")).stderr == (
        f"Error: -o {tmp_path / 'out.doc'}: the file must end in .csv, .xlsx, .md\n"
    )


def test_the_rows_are_printed_as_a_file_holds_them(tmp_path):
    path = str(SPREADSHEETS / "excel-uk.csv")
    run(path, "-o", str(tmp_path / "out.csv"))
    ran = run(path, "--format", "csv")
    assert ran.stdout == (tmp_path / "out.csv").read_text()
    assert ran.stderr.startswith("Understood:\n")
    assert run(path, "--format", "md").stdout.startswith("| force | gss_code | count_low |")
    assert run(path, "--format", "json").stdout == run(path, "--json").stdout
    assert run(path, "--format", "text").stdout == run(path).stdout


def test_a_file_is_replaced_as_a_whole_or_left_as_it_was(tmp_path, monkeypatch):
    out = tmp_path / "out.md"
    out.write_text("what was there")

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "replace", fail)
        ran = run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(out))
    assert (ran.exit_code, ran.stderr.splitlines()[-1]) == (
        2,
        f"Error: {out}: cannot be written (No space left on device); choose another -o FILE",
    )
    assert (out.read_text(), list(tmp_path.iterdir())) == ("what was there", [out])
    run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(out))
    assert out.read_text().startswith("| force |")


def test_nothing_but_a_file_is_written_to_and_a_link_stays_one(tmp_path):
    (tmp_path / "out.csv").mkdir()
    ran = run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(tmp_path / "out.csv"))
    assert ran.stderr.splitlines()[-1].endswith("cannot be written (it is no file); choose another -o FILE")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    run(str(SPREADSHEETS / "excel-uk.csv"), "-o", str(tmp_path / "link.csv"))
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("force,")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "the name of the file is empty: give the file, or - to read standard input"),
        ("a\0b", "'a\\x00b' cannot be a file: embedded null byte"),
    ],
)
def test_names_that_no_file_can_have(name, says):
    ran = run(name)
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {says}\n")


def test_nobody_waits_for_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    ran = run(str(tmp_path / "pipe"))
    says = "is a pipe, a socket or a device: give a file, or - to read standard input"
    assert ran.stderr == f"Error: {tmp_path / 'pipe'} {says}\n"


def test_text_of_a_file_moves_no_terminal(write_csv):
    ran = run(str(write_csv("force,charged,recorded,\x1b[2Jnote\nGwent,21,268,x\nKent,2,100,x\n")))
    assert "\x1b" not in ran.output
    assert "?[2Jnote" in ran.stderr


def test_a_release_of_all_offences(write_csv, imported):
    about = {"release": "all-of-it", "offence": "all", "source": "own requests"}
    done = import_replies(write_csv("Police force,Offences,Charges\nKent Police,310,<5\nGwent,268,21\n"), **about)
    assert [row["force"] for row in done.understood] == ["Kent", "Gwent"]
    study = read_study("all-of-it/all/charged")
    assert (study.row("Kent")["count_high"], study.row("Gwent")["count_low"]) == (4, 21)
