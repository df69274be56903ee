"""What a reader takes away from a study: files that open elsewhere, keep their rules and are the same bytes."""

import csv
import io
import struct
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from site_fixture import BBC, E8R, RADAR

from analysis.batch.jobs import Job
from analysis.presentation.column_key import COLUMNS, column_names, key_rows
from analysis.site.overviews import study_files, summary
from analysis.site.study_workbook import SHORTHAND, Cover, study_workbook

SHEETS = ["Cover", "Contents", "Notes", "Columns", "Forces"]
COVER = Cover("Robbery", "Source: A publisher.", ("Period: 2018.",), ("A limit.", "Another."))


def job(page, **parameters):
    return Job("", page, None, {"page": page, **parameters}, "x", "")


@pytest.fixture(scope="module")
def files():
    return {study: study_files(job("files", study=study)) for study in (E8R, BBC, RADAR)}


def workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(sheet):
    """The cells of a sheet's one table, headings first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def made(**values):
    """The one row of forces of a workbook made of these values, by column; the others are 1."""
    row = {column.name: 1 for column in COLUMNS} | values
    cells = table_of(workbook(study_workbook(COVER, [row]))["Forces"])[1]
    return dict(zip(column_names(), cells, strict=True))


@pytest.mark.parametrize("study", [E8R, BBC, RADAR])
def test_a_workbook_has_a_cover_and_one_table_a_sheet_without_empty_or_merged_cells(files, study):
    book = workbook(files[study][".xlsx"])
    assert book.sheetnames == SHEETS
    assert book["Cover"]["A1"].value == book["Forces"]["A1"].value == book.properties.title
    assert not book["Cover"].tables
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].font.bold
    for sheet in book.worksheets[1:]:
        assert len(sheet.tables) == 1
        assert sheet["A2"].value.startswith("This worksheet contains one table.")
        top = next(iter(sheet.tables.values())).ref.partition(":")[0].removeprefix("A")
        assert sheet.freeze_panes == f"B{int(top) + 1}"
        assert not [cell for row in table_of(sheet) for cell in row if cell in (None, "")]
    links = [book["Contents"][f"A{row}"].hyperlink.location for row in (4, 5, 6)]
    assert links == ["'Notes'!A1", "'Columns'!A1", "'Forces'!A1"]


def test_a_workbook_holds_the_counts_as_numbers_and_says_what_is_missing(files):
    # Kent's 113 of 9,216 are the Home Office's; Gwent's 21 of 268 are printed, its open cases are not.
    rows = {row[1]: dict(zip(column_names(), row, strict=True)) for row in table_of(sheet_of(files, E8R))[1:]}
    assert [rows["Kent"][name] for name in ("count_low", "recorded", "open")] == [113, 9216, 368]
    assert rows["Kent"]["why_unknown"] == "[z]"
    assert rows["North Yorkshire"]["verdict_among_forces"] == "[x]"
    printed = {row[1]: dict(zip(column_names(), row, strict=True)) for row in table_of(sheet_of(files, RADAR))[1:]}
    assert [printed["Gwent"][name] for name in ("count_low", "recorded", "open")] == [21, 268, "[x]"]
    assert printed["Cleveland"]["rate_low"] == printed["Cleveland"]["p_high"] == "[x]"
    assert printed["Cleveland"]["why_unknown"] == "no charge figure was found in the stories that were printed"


def sheet_of(files, study):
    sheet = workbook(files[study][".xlsx"])["Forces"]
    assert SHORTHAND in sheet["A2"].value
    return sheet


def test_what_would_be_shown_as_0_is_low_and_0_is_0():
    found = made(rate_low=0.00049, rate_high=0.0005, wilson_low=0.0, p_low=0.0004, p_high=0.0006, count_low=0)
    assert [found[name] for name in ("rate_low", "rate_high", "wilson_low")] == ["[low]", 0.0005, 0]
    assert [found[name] for name in ("p_low", "p_high", "count_low")] == ["[low]", 0.0006, 0]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.invalid")', "+1", "http://x.invalid", "12", "<b>&\x07"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text):
    content = study_workbook(COVER, [{column.name: None for column in COLUMNS} | {"force": text}])
    sheet = workbook(content)["Forces"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value and cell.value[:2] == text[:2]]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_the_csv_of_a_study_is_its_part_of_the_summary_and_every_column_has_a_meaning(files):
    together = summary(job("summary", studies=[E8R, RADAR]))[".csv"].splitlines()
    assert together == files[E8R][".csv"].splitlines() + files[RADAR][".csv"].splitlines()[1:]
    rows = list(csv.DictReader(io.StringIO(files[E8R]["-columns.csv"])))
    assert [row["column"] for row in rows] == together[0].split(",")
    assert all(row["heading"] and row["unit"] and len(row["meaning"]) > 10 for row in rows)
    assert rows == key_rows()


def test_the_picture_stands_alone_with_its_title_and_its_source(files):
    found = ElementTree.fromstring(files[E8R][".svg"])
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert "Kent 1.2% (1.0% to 1.5%)" in found.find("svg:title", names).text  # 113 of 9,216.
    assert "Not unusual (by name, not a ranking)" in [text.text for text in found.iterfind(".//svg:text", names)]
    said = " ".join(text.text for text in found.iterfind(".//svg:text", names))
    assert "Malicious communications: charged or summonsed, year ending March 2019" in said
    assert "Source: Home Office" in said
    assert [struct.unpack(">I", files[study][".png"][16:20]) for study in files] == [(1200,)] * 3


def test_a_study_without_a_picture_has_its_tables():
    empty = study_files(job("files", study="home-office-2018-19/28A/charged"))
    assert {".csv", "-columns.csv", ".xlsx"} <= set(empty)


def test_the_same_study_gives_the_same_bytes_without_a_clock(files):
    assert study_files(job("files", study=BBC)) == files[BBC]
    with zipfile.ZipFile(io.BytesIO(files[BBC][".xlsx"])) as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_a_page_leads_to_its_files_and_copies_a_sentence(visit, site):
    page = visit(f"{E8R}/index.html")
    for link in page.locator('a[download][href^="home-office-2018-19-8R-charged"]').all():
        assert (site / E8R / link.get_attribute("href")).stat().st_size > 1000
    assert page.locator('a[download][href^="home-office-2018-19-8R-charged"]').count() == 5
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the sentence").click()
    page.get_by_role("status").get_by_text("Copied.").wait_for()
    quote = page.locator("#quote").inner_text()
    assert quote.startswith("In 43 forces together, 2.4% of the 206,716 crimes")
    assert page.evaluate("navigator.clipboard.readText()") == quote
    assert page.evaluate("getSelection().toString()") == quote
