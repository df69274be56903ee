"""Imported releases: from a published file to studies, and every trap that such files hold."""

import csv
import gzip
import os
import subprocess
import sys
import zipfile

import pytest

from analysis.answer import compare_study
from analysis.counts import imported as store
from analysis.counts.digests import file_digest
from analysis.counts.folder import IMPORTED_VARIABLE
from analysis.counts.importing import import_official
from analysis.counts.official.rows import NO_FIGURES, NOT_PROVIDED, read_all_official
from analysis.counts.official.table import read_official_table
from analysis.counts.releases import find_release, list_offences, list_releases
from analysis.counts.studies import outcomes_of, read_study
from analysis.errors import InputError
from official_files import COVER, EARLY, SUBCODES, TODAY, Date, Formula, official_rows, write_ods, write_xlsx

FEW = {"8R", "8L", "37.1"}
CODES = {"8R", "8L", "8Q", "37.1", "104", "105A", "1/4.1/4.10/4.2"}
NO_HEADER = (
    "no header was found within 20 rows (a row with 'Force Name' and 'Outcome Type'); a table of replies needs "
    "--release, --offence and --source"
)
BUILT_IN = "the release 'home-office-2018-19' comes with the project and stays as it is: give another --release ID"
NO_ID = (
    "cannot be an id: write small letters, digits and hyphens, like my-foi, and for an edition its month at the end, "
    "like home-office-2018-19@2024-07"
)
HYPHEN = [f"Outcomes_open_data_{year}" for year in ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19")]
UNDERSCORE = [f"Outcomes_open_data_{year}" for year in ("2019_20", "2020_21", "2022_23", "2023_24")]
SPACES = [f"Outcomes open data {year}" for year in ("2021_22", "2024_25", "2025_26")]
# From the publisher's table of 2018/19: charged and recorded crimes, all forces and Gwent; see data/README.md.
PUBLISHED = {"8R": (4_886, 207_911), "8L": (19_004, 214_171), "8Q": (2_677, 19_583)}
GWENT = {"8R": (105, 3_654), "8L": (244, 2_697), "8Q": (63, 410)}


def book(rows, sheet="Outcomes open data 2021_22"):
    return {"Cover_sheet": [["Cover"]], "Notes": [["Force Name and Outcome Type"]], "Pivot": [["x"]], sheet: rows}


@pytest.fixture
def write(tmp_path):
    """Write rows as a file of any kind and return its path."""

    def write(rows, name="table.xlsx", cover=tuple(COVER)):
        path = tmp_path / name
        rows = [*cover, *rows]
        if path.suffix == ".xlsx":
            write_xlsx(path, book(rows))
        elif path.suffix == ".ods":
            write_ods(path, book(rows))
        else:
            with gzip.open(path, "wt", newline="") if path.suffix == ".gz" else path.open("w", newline="") as file:
                csv.writer(file).writerows(rows)
        return path

    return write


@pytest.fixture(scope="module")
def early():
    return official_rows(EARLY, codes=FEW)


@pytest.fixture(scope="module")
def today():
    return official_rows(TODAY, year="2021/22", codes=FEW)


def refusal(path, **options):
    """Return the one sentence of an import that is refused."""
    with pytest.raises(InputError) as error:
        import_official(path, **options)
    return str(error.value)


def charged(release, code):
    forces = read_study(f"{release}/{code}/charged").forces
    gwent = forces[forces["force"] == "Gwent"].iloc[0]
    return (forces["count_low"].sum(), forces["recorded"].sum()), (gwent["count_low"], gwent["recorded"])


@pytest.mark.parametrize("header", [EARLY, TODAY], ids=["early", "today"])
@pytest.mark.parametrize("name", ["table.xlsx", "table.ods", "table.csv", "table.csv.gz"])
def test_the_published_figures_come_out_of_every_kind_of_file(write, imported, header, name):
    result = import_official(write(official_rows(header, codes=CODES), name), release="again")
    assert (result.status, result.offences, result.forces) == ("imported", len(CODES), 44)
    for code in PUBLISHED:
        assert charged("again", code) == (PUBLISHED[code], GWENT[code])
    # Counts below 0 after the corrections, and codes that look like numbers.
    assert "-2 of type 0" in read_study("again/37.1/charged").row("Cambridgeshire")["why_unknown"]
    assert set(list_offences(find_release("again"))) == CODES


@pytest.mark.parametrize("sheet", HYPHEN + UNDERSCORE + SPACES)
def test_every_editions_sheet_is_found(tmp_path, imported, sheet):
    path = tmp_path / "table.xlsx"
    write_xlsx(path, book([*COVER, *official_rows(TODAY, codes={"8Q"})], sheet))
    assert import_official(path, release="again").offences == 1


def test_the_whole_table_is_the_committed_one(write, imported):
    import_official(write(official_rows(EARLY), "table.csv"), release="again")
    built_in, again = (find_release(name) for name in ("home-office-2018-19", "again"))
    assert read_all_official(again).drop(["release"]).equals(read_all_official(built_in).drop(["release"]))


@pytest.mark.parametrize("cover", [0, 1, 19])
def test_the_header_may_stand_anywhere_in_twenty_rows(write, imported, today, cover):
    for name in ("table.xlsx", "table.csv"):
        result = import_official(write(today, name, cover=[["Cover"]] * cover), release=name.replace(".", "-"))
        assert result.status == "imported"
    for name in ("late.xlsx", "late.csv"):
        assert refusal(write(today, name, cover=[["Cover"]] * 20)) == f"{name}: {NO_HEADER}"


def test_a_release_has_the_tables_own_year(write, imported, today):
    result = import_official(write(today))
    assert result.release == "home-office-2021-22"
    release = find_release("home-office-2021-22")
    assert (release.window_start, release.window_end) == ("2021-04-01", "2022-03-31")
    assert release.title == "Police recorded crime outcomes open data, year ending March 2022"
    assert [r.id for r in list_releases()][-1] == "home-office-2021-22"
    assert outcomes_of("home-office-2021-22", "8R", "Gwent")["count_low"].sum() == GWENT["8R"][1]


def test_the_same_file_changes_nothing_and_another_needs_leave(write, imported, today):
    path = write(today)
    assert import_official(path).status == "imported"
    before = {file: file.read_bytes() for file in imported.rglob("*") if file.is_file()}
    assert import_official(path).status == "already there"
    other = write([*today[:-1], [*today[-1][:-2], today[-1][-2] + 5, 0]], "other.xlsx")
    assert refusal(other) == (
        "the release 'home-office-2021-22' was imported from another file already: give another --release ID, or "
        "--replace to put this file in its place"
    )
    assert {file: file.read_bytes() for file in imported.rglob("*") if file.is_file()} == before
    study = "home-office-2021-22/8R/charged"
    compared = PUBLISHED["8R"][1] - 1195  # North Yorkshire is set aside: most of its crimes were open.
    assert compare_study(study).country.recorded == compared
    assert import_official(other, replace=True).status == "replaced"
    assert compare_study(study).country.recorded == compared + 5
    assert import_official(other, replace=True, release="beside").status == "imported"
    assert not list(imported.glob(".*"))


@pytest.mark.parametrize(
    ("release", "message"),
    [
        ("home-office-2018-19", BUILT_IN),
        ("../data", f"--release '../data' {NO_ID}"),
        ("My Figures", f"--release 'My Figures' {NO_ID}"),
        ("", f"--release '' {NO_ID}"),
        ("a" * 81, f"--release '{'a' * 81}' {NO_ID}"),
    ],
)
def test_ids_that_cannot_be_used(write, imported, early, release, message):
    assert refusal(write(early), release=release, replace=True) == message
    assert not imported.exists()


def test_the_longest_id(write, imported, early):
    assert import_official(write(early), release="a" * 80).release == "a" * 80


def test_a_built_in_year_needs_another_id(write, imported, early):
    assert refusal(write(early)) == BUILT_IN
    assert not imported.exists()


def with_cell(rows, column, value, row=1):
    """Return the rows with another value in a cell; row 1 is the first below the header."""
    changed = [list(cells) for cells in rows]
    changed[row][rows[0].index(column)] = value
    return changed


RECORDED = TODAY[-2]
SHEET = "table.xlsx, sheet 'Outcomes open data 2021_22'"
A_DATE = (
    "is a date that a spreadsheet made of a code such as 8/71: take the file as published, or save the column as text"
)
NO_COUNT = "is not a count: a whole number, or NA where it is not applicable"
COUNTED = "column outcomes_for_offences_recorded_in_quarter"
# What the first row under the header, row 6 of the sheet, is changed to, and the sentence after the name of the sheet.
CELLS = [
    ("Financial Year", "2021/23",
     ", row 6, column financial_year: '2021/23' is not a financial year such as '2021/22'"),
    ("Financial Year", "2020/21",
     ": the years '2020/21' and '2021/22' stand in one file: import one at a time, with --year"),
    ("Financial Quarter", 5,
     ", row 6, column financial_quarter: '5' is not known; known are '1', '2', '3' and '4'"),
    ("Force Name", "Gwnt", ", row 6, column force_name: 'Gwnt' is not known; did you mean 'Gwent'?"),
    ("Offence Code", "1971-08-01", f", row 6, column offence_code: '1971-08-01' {A_DATE}"),
    ("Offence Code", 26146, f", row 6, column offence_code: '26146' {A_DATE}"),
    ("Offence Code", Date(26146), f", row 6, column offence_code: '1971-08-01 00:00:00' {A_DATE}"),
    ("Offence Code", None, ", row 6, column offence_code: the code is missing: take the file as published"),
    ("Offence Description", "Other",
     ", row 7, column offence_description: '37.1' is called 'Causing death by aggravated vehicle taking' here but "
     "'Other' in row 6: take the file as published"),
    ("Outcome Type", 19, ", row 6, column outcome_type: '19' is not known; did you mean '9' or '1'?"),
    ("Outcome Type", None, ", row 6, column outcome_type: '' is not known; there are 22 known names, such as '0'"),
    ("Outcome Type", "1a",
     ", row 6, column outcome_type: '1a' belongs to the table of alternate offences, whose outcomes are parts of types "
     "1, 2 and 3 and would count twice: import the main outcomes table"),
    (RECORDED, 2.5, f", row 6, {COUNTED}: '2.5' {NO_COUNT}"),
    (RECORDED, "many", f", row 6, {COUNTED}: 'many' {NO_COUNT}"),
    (RECORDED, "1234567890", f", row 6, {COUNTED}: '1234567890' {NO_COUNT}"),
    (RECORDED, None, f", row 6, {COUNTED}: '' {NO_COUNT}"),
    (RECORDED, Formula("1+1"),
     ": there are formulas in it, and official tables have none: save the sheet with values only, or take the file as "
     "published"),
    ("Financial Quarter", 2,
     ", row 7: Bedfordshire, 37.1, type 1 of quarter 2 stands in a row above already: take the file as published"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "message"), CELLS, ids=[message[:50] for *_, message in CELLS])
def test_a_cell_that_makes_no_sense_stops_the_import(write, imported, today, column, value, message):
    assert refusal(write(with_cell(today, column, value))) == SHEET + message
    assert not imported.exists()


HEADERS = [
    ([*TODAY[:-1], "Outcomes"], "the column 'Outcomes' is unknown; did you mean 'outcome_type' or 'outcome_group'?"),
    ([*TODAY[:4], "Offence Code", *TODAY[5:]],
     "the column 'offence_code' must be there once: take the file as published"),
    ([name for name in TODAY if name != "Outcome Group"],
     "the column 'outcome_group' must be there once: take the file as published"),
    (["Name", *TODAY[1:]], "the column 'Name' is unknown; did you mean 'force_name'?"),
    ([*SUBCODES, "Offence Group", "Offence Group"],
     "the column 'offence_group' must be there once: take the file as published"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "message"), HEADERS, ids=[message for _, message in HEADERS])
def test_a_header_that_is_not_known_stops_the_import(write, imported, header, message):
    assert refusal(write([header, ["x"] * len(header)])) == f"{SHEET}, header: {message}"
    assert not imported.exists()


@pytest.mark.parametrize("name", ["table.xlsx", "table.csv"])
def test_a_cell_under_no_name_stops_the_import(write, imported, today, name):
    path = write([[*today[0], ""], [*today[1], ""], [*today[2], "x"]], name)
    place = SHEET if name == "table.xlsx" else name
    assert refusal(path) == (f"{place}, row 7: 'x' stands in a column without a name: take the file as published")
    assert not imported.exists()


@pytest.mark.parametrize("spelled", ["NA", "N/A", "N/A - Offence code expired", "N/A - offence code expired", "--"])
def test_not_applicable_adds_nothing(write, imported, today, spelled):
    place = next(number for number, row in enumerate(today) if "8R" in row and "Gwent" in row and row[8] == 1)
    import_official(write(with_cell(today, RECORDED, spelled, place)))
    # The first quarter held the year's 105 and one more; the correction of -1 in the second is left.
    assert read_study("home-office-2021-22/8R/charged").row("Gwent")["count_low"] is None
    kept = outcomes_of("home-office-2021-22", "8R", "Gwent").set_index("outcome_type")["recorded"].iloc[0]
    assert kept == GWENT["8R"][1] - GWENT["8R"][0] - 1


def test_not_provided_is_unknown_and_not_zero(write, imported, today):
    place = next(number for number, row in enumerate(today) if "8R" in row and "Gwent" in row)
    result = import_official(write(with_cell(today, RECORDED, "N/A - data not provided", place)))
    row = read_study("home-office-2021-22/8R/charged").row("Gwent")
    assert (row["recorded"], row["count_low"], row["why_unknown"]) == (None, None, NOT_PROVIDED)
    assert read_study("home-office-2021-22/8L/charged").row("Gwent")["recorded"] == GWENT["8L"][1]
    assert outcomes_of("home-office-2021-22", "8R", "Gwent")["recorded"].isna().all()
    assert "Gwent did not provide all figures" in " ".join(result.announced)


def test_a_force_that_is_missing_is_unknown_and_not_zero(write, imported, today):
    result = import_official(write([row for row in today if "Gwent" not in row]))
    row = read_study("home-office-2021-22/8R/charged").row("Gwent")
    assert (row["recorded"], row["why_unknown"]) == (None, NO_FIGURES)
    assert "The table has no figures of Gwent" in " ".join(result.announced)
    assert find_release("home-office-2021-22").forces_covered == 43


def test_known_gaps_and_published_totals_are_announced(write, imported):
    manchester = import_official(write(official_rows(TODAY, year="2019/20", codes={"8R"})))
    assert "Greater Manchester supplied almost nothing from July 2019" in " ".join(manchester.announced)
    assert "July 2019" in " ".join(read_study("home-office-2019-20/8R/charged").limits)
    latest = import_official(write(official_rows(TODAY, year="2025/26", codes={"8R"}), "latest.xlsx"))
    assert "The table gives 4,886 crimes with the outcome charged: published were 447,514" in " ".join(latest.announced)
    assert "July 2019" not in " ".join(latest.announced)


def test_an_unlisted_edition_and_codes_are_announced(write, imported, today):
    said = " ".join(import_official(write(today)).announced)
    assert "is none of the editions that data/official_files.csv lists" in said
    assert "Of the 131 codes of 2018/19 the table has not 1/4.1/4.10/4.2, 104, 105A" in said
    assert "1 pair of force and code keeps a negative total" in said
    new = import_official(
        write(with_cell(with_cell(today, "Offence Code", "999Z"), "Offence Description", "New"), "n.xlsx"),
        release="new",
    )
    assert "The table has codes that 2018/19 had not: 999Z." in new.announced


def test_a_listed_file_is_known_by_its_digest(data, write, imported, today):
    path = write(today)
    listed = "7536a78f8cb8416e14246cb2811253f0c3844d5d1a3fb511c4b37b4991144dbc"
    data.replace("official_files.csv", listed, file_digest(path))
    result = import_official(path, release="listed")
    assert "none of the editions" not in " ".join(result.announced)
    address = "https://assets.publishing.service.gov.uk/media/6890c52123e00ee4ad463ebf/"
    assert read_study("listed/8R/charged").sources[0].address.startswith(address)


def test_subcodes_are_read_and_stand_under_their_own_code(write, imported):
    result = import_official(write(official_rows(SUBCODES, year="2021/22", codes={"8R"}), "subcodes.ods"))
    assert (result.release, result.offences) == ("home-office-subcodes-2021-22", 1)
    assert charged(result.release, "8-71") == (PUBLISHED["8R"], GWENT["8R"])
    assert list_offences(find_release(result.release)) == {"8/71": "A part of it"}


def test_one_year_of_several_can_be_taken(write, imported, today):
    rows = [*today, *official_rows(TODAY, year="2022/23", codes={"8Q"})[1:]]
    path = write(rows)
    assert refusal(path) == (
        f"{SHEET}: the years '2021/22' and '2022/23' stand in one file: import one at a time, with --year"
    )
    assert import_official(path, year="2022/23").release == "home-office-2022-23"
    assert charged("home-office-2022-23", "8Q")[0] == PUBLISHED["8Q"]
    assert refusal(path, year="2023/24") == (
        f"{SHEET}: the year '2023/24' is not in it; did you mean '2022/23' or '2021/22'?"
    )


def test_one_sheet_of_several_can_be_taken(tmp_path, imported, today):
    path = tmp_path / "table.xlsx"
    other = official_rows(TODAY, year="2022/23", codes={"8Q"})
    write_xlsx(path, {"Outcomes 1": today, "Outcomes 2": other})
    assert refusal(path) == (
        "table.xlsx, sheet 'Outcomes 1' and sheet 'Outcomes 2' both hold a table: choose one with --sheet"
    )
    assert import_official(path, sheet="Outcomes 2").release == "home-office-2022-23"
    assert refusal(path, sheet="Outcomes 3") == (
        "table.xlsx: there is no sheet 'Outcomes 3'; did you mean 'Outcomes 2' or 'Outcomes 1'?"
    )


def test_a_csv_file_has_no_sheets(write, imported, today):
    assert refusal(write(today, "table.csv"), sheet="Outcomes 1") == (
        "table.csv: a CSV file has no sheet 'Outcomes 1'; leave --sheet away"
    )


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_file(write, imported, today):
    rows = [today[0], [], *with_cell(today, "Force Name", "Nowhere", 3)[1:], []]
    assert refusal(write(rows)) == (
        f"{SHEET}, row 9, column force_name: 'Nowhere' is not known; there are 44 known names, such as "
        "'Avon and Somerset'"
    )


def add_part(path, name, content=b"x"):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "part"), [("table.xlsx", "xl/vbaProject.bin"), ("table.ods", "Basic/Standard/Module1.xml")]
)
def test_macros_are_refused(write, imported, today, name, part):
    path = write(today, name)
    add_part(path, part)
    assert refusal(path) == f"{name} holds macros ({part}), and official tables have none: take the file as published"
    assert not imported.exists()


def change_part(path, name, old, new):
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


SHEET_PART = "xl/worksheets/sheet4.xml"


@pytest.mark.parametrize("cell", ["AA7", "XFD1048576", "A1048577", "B99999999", "M4000000000"])
def test_a_cell_far_away_is_refused_before_memory_is_filled(write, imported, today, cell):
    path = write(today)
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    change_part(path, SHEET_PART, b"</sheetData>", far)
    assert refusal(path) == (
        f"{SHEET}: a cell stands outside columns A to Z and rows 1 to 1,048,576, where no official table has any: "
        "delete it, or take the file as published"
    )
    assert not imported.exists()


def test_the_last_cell_that_may_be_is_no_fault(write, imported, today):
    path = write(today)
    change_part(path, SHEET_PART, b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>')
    assert import_official(path).status == "imported"


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_whose_index_is_damaged(write, imported, today, name):
    path = write(today)
    change_part(path, name, b"<", b"<<")
    assert refusal(path) == (
        "table.xlsx: the workbook does not say where its sheet 'Outcomes open data 2021_22' is: save it in a "
        "spreadsheet program"
    )


def test_a_sheet_that_is_damaged(write, imported, today):
    path = write(today)
    change_part(path, SHEET_PART, b't="s"', b't="zz"')
    # What is wrong with it is said in the words of the library that reads workbooks.
    said = refusal(path)
    assert said.startswith(f"{SHEET} cannot be read (")
    assert said.endswith("): save it in a spreadsheet program")


def test_formulas_in_an_ods_are_refused(write, imported, today):
    assert refusal(write(with_cell(today, RECORDED, Formula("1+1")), "table.ods")) == (
        "table.ods, sheet 'Outcomes open data 2021_22': there are formulas in it, and official tables have none: save "
        "the sheet with values only, or take the file as published"
    )


def test_a_bomb_is_refused_before_it_is_read(write, imported, today, monkeypatch):
    path = write(today)
    monkeypatch.setattr("analysis.counts.official.workbook_parts.UNPACKED_LIMIT", 50_000_000)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/image1.png", "w") as part:
        for _ in range(60):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    assert refusal(path) == (
        "table.xlsx unpacks to more than 50,000,000 bytes, which no official table does: take the file as published"
    )
    assert not imported.exists()


def test_a_bomb_that_lies_about_its_size_is_refused(write, imported, today):
    path = write(today)
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/sharedStrings.xml"))
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal(path) == (
        "table.xlsx is not a whole .xlsx workbook (the part 'xl/sharedStrings.xml' has 5,388 bytes and not the 10 that "
        "are stated): it may have been cut off; download it again"
    )


def test_a_compressed_csv_bomb_is_refused(write, imported, today, monkeypatch):
    monkeypatch.setattr("analysis.counts.official.official_file.CSV_LIMIT", 1_000_000)
    path = write(today, "table.csv.gz")
    path.write_bytes(gzip.compress(bytes(2_000_000)))
    assert refusal(path) == (
        "table.csv.gz is larger than 1,000,000 bytes, which no official table is: take the file as published"
    )


def test_the_largest_csv(write, imported, today, monkeypatch):
    path = write(today, "table.csv")
    size = path.stat().st_size
    monkeypatch.setattr("analysis.counts.official.official_file.CSV_LIMIT", size)
    assert import_official(path).status == "imported"
    path.write_bytes(path.read_bytes() + b"\n")
    assert refusal(path) == (
        f"table.csv is larger than {size:,} bytes, which no official table is: take the file as published"
    )


@pytest.mark.parametrize("name", ["table.xlsx", "table.ods", "table.csv.gz"])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.99])
def test_a_cut_file_is_refused(write, imported, today, name, kept):
    path = write(today, name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    gone = "Compressed file ended before the end-of-stream marker was reached"
    assert refusal(path) == (
        (f"{name}: {NO_HEADER}" if kept == 0 else f"the file {path} cannot be read: {gone}")
        if name == "table.csv.gz"
        else f"{name} is not a whole {path.suffix} workbook (File is not a zip file): it may have been cut off; "
        "download it again"
    )
    assert not imported.exists()


CUT_OFF = "(File is not a zip file): it may have been cut off; download it again"
FILES = [
    ("table.xlsx", b"\xd0\xcf\x11\xe0 old",
     " is protected by a password or an old .xls workbook: save it as .xlsx without one"),
    ("table.xlsx", b"no archive", f" is not a whole .xlsx workbook {CUT_OFF}"),
    ("table.ods", b"", f" is not a whole .ods workbook {CUT_OFF}"),
    ("table.xlsm", b"", ": the file must end in .xlsx, .ods, .csv, .csv.gz"),
    ("table.csv", b"", f": {NO_HEADER}"),
    ("table.csv", b"force,charged,recorded\nGwent,21,268\n", f": {NO_HEADER}"),
    ("table.csv", b"x" * 131_073,
     " cannot be read as CSV (field larger than field limit (131072)): take the file as published"),
    ("table.csv", ",".join(TODAY).encode() + b"\n", ": there are no rows under the header: take the file as published"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), FILES, ids=[message[:60] for *_, message in FILES])
def test_files_that_are_no_tables(tmp_path, imported, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == name + message
    assert not imported.exists()


@pytest.mark.parametrize("row", [b"2021/22,1,Gwent\n", b"2021/22,1,\xff" + b"," * 10 + b"\n"], ids=["cells", "bytes"])
def test_a_csv_file_that_is_damaged(tmp_path, imported, row):
    path = tmp_path / "table.csv"
    path.write_bytes(",".join(TODAY).encode() + b"\n" + row)
    # What is wrong with it is said in the words of the library that reads it.
    said = refusal(path)
    assert said.startswith("table.csv cannot be read as CSV in UTF-8 (")
    assert said.endswith("): take the file as published")


def test_a_missing_file_and_a_folder(tmp_path, imported):
    for path in (tmp_path / "none.xlsx", tmp_path):
        assert refusal(path) == f"the file {path} cannot be read: there is no such file"


def test_a_workbook_that_is_not_there(tmp_path):
    path = tmp_path / "none.xlsx"
    with pytest.raises(InputError) as error:
        read_official_table(path)
    assert str(error.value) == f"the file {path} cannot be read: No such file or directory"


def test_a_folder_that_cannot_be_written(write, early, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(IMPORTED_VARIABLE, str(tmp_path / "file"))
    assert refusal(write(early), release="again") == (
        f"the folder {tmp_path / 'file'} cannot be written (File exists): set CHARGE_RATES_IMPORTED to another one"
    )


def test_a_file_that_may_not_be_read(write, imported, early, monkeypatch):
    def fail(path, flags):
        raise PermissionError(13, "Permission denied")

    path = write(early)
    monkeypatch.setattr("analysis.counts.whole_file.os.open", fail)
    assert refusal(path) == f"the file {path} cannot be read: Permission denied"


def test_a_zip_that_is_no_workbook(tmp_path, imported):
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    said = refusal(path)
    assert said.startswith("table.xlsx is not a .xlsx workbook (")
    assert said.endswith("): save it in a spreadsheet program")


def test_a_table_that_is_never_closed(write, imported, today):
    path = write(today, "table.ods")
    change_part(path, "content.xml", b"</table:table>", b"")
    # In a process of its own, because the reader waits for ever where nothing stops it.
    command = [sys.executable, "-m", "analysis.cli", "import", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: table.ods is not a whole .ods workbook (mismatched tag: line 1, column ")
    assert not imported.exists()


def test_names_in_an_archive_that_are_no_text(write, imported, today):
    path = write(today, "table.ods")
    add_part(path, "\N{BULLET}.xml")
    path.write_bytes(path.read_bytes().replace("\N{BULLET}".encode(), b"\x80\x80\x80"))
    with pytest.raises(InputError, match=r"table\.ods is not a whole \.ods workbook \('utf-8' codec"):
        import_official(path)
    assert not imported.exists()


def test_a_changed_release_is_not_used(write, imported, today):
    import_official(write(today))
    counts = imported / "home-office-2021-22" / "counts.parquet"
    counts.write_bytes(counts.read_bytes() + b"x")
    with pytest.raises(InputError) as error:
        read_study("home-office-2021-22/8R/charged")
    assert str(error.value) == (
        "imported/home-office-2021-22/counts.parquet is not the file that was imported: import it again with --replace"
    )
    about = imported / "home-office-2021-22" / "release.json"
    for damage in ("{}", "[]", "{"):
        about.write_text(damage)
        with pytest.raises(InputError) as error:
            read_study("home-office-2021-22/8R/charged")
        assert str(error.value) == (
            "imported/home-office-2021-22/release.json is damaged: import the file again with --replace, or remove the "
            "folder"
        )
    assert read_study("home-office-2018-19/8R/charged").row("Gwent")["count_low"] == 105
    assert import_official(write(today), release="home-office-2021-22", replace=True).status == "replaced"
    assert charged("home-office-2021-22", "8R")[1] == GWENT["8R"]


def test_a_write_that_fails_leaves_the_release_as_it_was(write, imported, today, monkeypatch):
    import_official(write(today))
    before = {file: file.read_bytes() for file in imported.rglob("*") if file.is_file()}
    move = os.replace

    def fail(source, target):
        if str(source).endswith("new"):
            raise OSError(28, "No space left on device")
        move(source, target)

    monkeypatch.setattr(store.os, "replace", fail)
    other = write([*today[:-2]], "other.xlsx")
    assert refusal(other, replace=True) == (
        f"the folder {imported} cannot be written (No space left on device): set CHARGE_RATES_IMPORTED to another one"
    )
    assert {file: file.read_bytes() for file in imported.rglob("*") if file.is_file()} == before


def test_imports_are_the_same_bytes_from_every_kind_of_file(write, imported, today):
    counts = []
    for name in ("table.xlsx", "table.ods", "table.csv"):
        import_official(write(today, name), release="again", replace=True)
        counts.append((imported / "again" / "counts.parquet").read_bytes())
    assert len(set(counts)) == 1
