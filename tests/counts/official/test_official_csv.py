"""Official tables as CSV: what is read of bytes of every kind, and what is said where they cannot be read."""

import gzip
import re

import pytest

from analysis.counts.official import official_file
from analysis.counts.official.home_office import is_financial_year, validate_official_table
from analysis.counts.official.table import read_official_table
from analysis.errors import InputError
from official_files import as_csv

TAKE = "take the file as published"


@pytest.fixture
def write(tmp_path):
    def write(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refusal(path):
    with pytest.raises(InputError) as error:
        validate_official_table(read_official_table(path))
    return str(error.value)


def test_lines_within_a_cell_are_no_rows(write):
    cover = [["Police recorded crime\nand outcomes"], []]
    content = as_csv({"Offence Description": "Malicious\ncommunications"}, {"Outcome Type": "18"}, cover=cover)
    table = read_official_table(write(content))
    assert table.columns["offence_description"].values == ["Malicious\ncommunications", "Malicious communications"]
    # The cover takes two rows of a spreadsheet, though it takes three lines of the file.
    assert table.numbers.tolist() == [4, 5]


def test_lines_within_the_cells_of_a_long_table(write):
    # Longer than what is read at a time, and nearly every end of a line is within a cell.
    text = "\n".join("Malicious communications")
    table = read_official_table(write(as_csv(*[{"Offence Description": text}] * 45_000)))
    assert len(table.numbers) == 45_000
    assert table.columns["offence_description"].values == [text]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(write, mark):
    assert next(iter(read_official_table(write(mark + as_csv({}))).columns)) == "financial_year"


def test_a_cover_in_another_encoding_is_passed_over(write):
    table = read_official_table(write(b"\xa9 Crown copyright\r\n" + as_csv({})))
    assert table.numbers.tolist() == [3]


def test_a_cell_that_is_not_known_is_named_by_its_row(write):
    path = write(as_csv({}, {"Outcome Type": "18"}, {"Financial Quarter": "5"}, cover=[["Cover"]]))
    assert refusal(path) == (
        "table.csv, row 5, column financial_quarter: '5' is not known; known are '1', '2', '3' and '4'"
    )


def test_a_row_keeps_its_number_where_one_year_is_taken(write):
    path = write(as_csv({"Financial Year": "2020/21"}, {"Force Name": "Gwemt"}))
    with pytest.raises(InputError) as error:
        validate_official_table(read_official_table(path), year="2021/22")
    assert str(error.value) == "table.csv, row 3, column force_name: 'Gwemt' is not known; did you mean 'Gwent'?"


@pytest.mark.parametrize(
    "end", [b"", b"\n", b"\n\n\n", b"\n,,,,,,,,,,,,\n"], ids=["no end", "an end", "blank lines", "empty cells"]
)
def test_a_header_without_rows(write, end):
    assert refusal(write(as_csv().rstrip() + end)) == f"table.csv: there are no rows under the header: {TAKE}"


def test_a_table_of_other_columns_says_how_replies_are_imported(write):
    assert refusal(write(b"force,charged,recorded\nGwent,21,268\n")) == (
        "table.csv: no header was found within 20 rows (a row with 'Force Name' and 'Outcome Type'); "
        "a table of replies needs --release, --offence and --source"
    )


def test_rows_that_are_not_utf_8(write):
    said = refusal(write(as_csv({"Offence Description": "Malicious"}).replace(b"Malicious", b"Malici\xf6us")))
    assert re.fullmatch(r"table\.csv cannot be read as CSV in UTF-8 \([^\n]*invalid UTF8 data\): " + TAKE, said)


def test_a_row_that_is_longer_than_the_header(write):
    said = refusal(write(as_csv({}) + b"1," * 14 + b"\n"))
    assert re.fullmatch(
        rf"table\.csv cannot be read as CSV in UTF-8 \([^\n]*Expected 13 columns, got 15: [^\n]*\): {TAKE}", said
    )


def test_a_cell_without_an_end(write):
    assert refusal(write(b'"' + b"x" * 200_000)) == (
        f"table.csv cannot be read as CSV (field larger than field limit (131072)): {TAKE}"
    )


def test_a_table_larger_than_any_official_one(write, monkeypatch):
    path = write(as_csv({}))
    monkeypatch.setattr(official_file, "CSV_LIMIT", path.stat().st_size)
    assert read_official_table(path).numbers.tolist() == [2]
    monkeypatch.setattr(official_file, "CSV_LIMIT", 300)
    assert path.stat().st_size > 300
    assert refusal(path) == f"table.csv is larger than 300 bytes, which no official table is: {TAKE}"
    monkeypatch.setattr(official_file, "CSV_LIMIT", path.stat().st_size - 1)
    assert "is larger than" in refusal(path)


def test_files_that_cannot_be_opened(write, tmp_path):
    missing, folder = tmp_path / "missing.csv", tmp_path / "folder.csv"
    folder.mkdir()
    assert refusal(missing) == f"the file {missing} cannot be read: No such file or directory"
    assert refusal(folder) == f"the file {folder} cannot be read: Is a directory"


def test_archives_that_are_none_or_cut_off(write):
    whole = gzip.compress(as_csv(*[{}] * 50), mtime=0)
    none, cut = write(b"Force", "none.csv.gz"), write(whole[:-12], "cut.csv.gz")
    assert refusal(none) == f"the file {none} cannot be read: Not a gzipped file (b'Fo')"
    assert refusal(cut) == (
        f"the file {cut} cannot be read: Compressed file ended before the end-of-stream marker was reached"
    )


def test_names_that_say_no_format(write):
    assert refusal(write(b"", "table.txt")) == "table.txt: the file must end in .xlsx, .ods, .csv, .csv.gz"
    with pytest.raises(InputError) as error:
        read_official_table(write(as_csv({})), sheet="Table 1")
    assert str(error.value) == "table.csv: a CSV file has no sheet 'Table 1'; leave --sheet away"


@pytest.mark.parametrize("kind", ["1a", "2a", "3a", "1A", "2A", "3A"])
def test_alternate_outcomes_are_parts_of_others(write, kind):
    assert refusal(write(as_csv({}, {"Outcome Type": kind}))) == (
        f"table.csv, row 3, column outcome_type: {kind!r} belongs to the table of alternate offences, whose outcomes "
        "are parts of types 1, 2 and 3 and would count twice: import the main outcomes table"
    )


@pytest.mark.parametrize("kind", ["4a", "11a", "1ab"])
def test_other_letters_are_no_alternate_outcomes(write, kind):
    said = refusal(write(as_csv({"Outcome Type": kind})))
    assert said.startswith(f"table.csv, row 2, column outcome_type: {kind!r} is not known; did you mean ")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2021/22", True),
        ("1999/00", True),
        ("2021/23", False),
        ("2021-22", False),
        ("２０２１/２２", False),
        ("", False),
    ],
)
def test_what_is_a_financial_year(text, valid):
    assert is_financial_year(text) is valid
