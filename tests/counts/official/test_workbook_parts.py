"""What must not be in a workbook is found in every spelling that XML allows."""

import codecs
import zipfile
from pathlib import Path

import pytest

from analysis.counts.importing import import_official
from analysis.counts.official.workbook_parts import FAR, FORMULAS
from analysis.counts.studies import read_study
from analysis.errors import InputError

BOOKS = Path(__file__).parents[2] / "reference" / "workbooks"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(path):
    with pytest.raises(InputError) as error:
        import_official(path)
    return str(error.value)


@pytest.fixture
def change(tmp_path):
    """A function that writes the plain workbook with its sheet changed."""

    def change(edit, source="dimension.xlsx"):
        path = tmp_path / "table.xlsx"
        with zipfile.ZipFile(BOOKS / source) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in book.namelist():
                content = book.read(name)
                new.writestr(name, edit(content.decode()) if name == SHEET else content)
        return path

    return change


@pytest.mark.parametrize(
    "spelling", ["double-quotes", "newline-before-r", "single-quotes", "spaced-equals", "tab-before-r"]
)
def test_a_far_cell_is_refused_in_every_spelling(imported, spelling):
    assert FAR in refusal(BOOKS / f"{spelling}.xlsx")


@pytest.mark.parametrize("spelling", ["default-namespace", "newline", "prefixed", "tab"])
def test_a_formula_is_refused_in_every_spelling(imported, spelling):
    assert FORMULAS in refusal(BOOKS / f"{spelling}.xlsx")


@pytest.mark.parametrize("name", ["dimension.xlsx", "plain.xlsx"])
def test_the_controls_are_imported(imported, name):
    import_official(BOOKS / name)
    forces = read_study("home-office-2021-22/8R/charged").forces
    assert (forces["count_low"].sum(), forces["recorded"].sum()) == (2_580, 55_176)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="A1"', '<c r="&#65;A1"'),
        ('<c r="A1"', '<c x="1" r="AA1"'),
        ('<c r="A1"', '<c r="A1048577"'),
        ('<c r="A1"', '<c r="A99999999999999999999"'),
    ],
)
def test_more_far_cells(imported, change, old, new):
    assert FAR in refusal(change(lambda text: text.replace(old, new, 1)))


def test_cells_that_do_not_say_their_place_are_counted(imported, change):
    many = f"<row>{'<c/>' * 27}</row></sheetData>"
    assert FAR in refusal(change(lambda text: text.replace("</sheetData>", many)))


def test_a_sheet_in_another_encoding_is_parsed(imported, change):
    def edit(text):
        body = text.partition("?>")[2] if text.startswith("<?xml") else text
        with_formula = body.replace("</sheetData>", '<row r="99"><c r="A99"><f>1</f><v>1</v></c></row></sheetData>')
        return codecs.BOM_UTF16_LE + ('<?xml version="1.0" encoding="UTF-16"?>' + with_formula).encode("utf-16-le")

    assert FORMULAS in refusal(change(edit))


def test_a_document_type_is_refused(imported, change):
    declared = '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet'
    message = refusal(change(lambda text: text.replace("<worksheet", declared, 1)))
    assert "a part declares a document type, which no workbook does" in message


def test_a_part_that_is_longer_than_the_archive_says_is_refused(imported, tmp_path):
    content = bytearray((BOOKS / "dimension.xlsx").read_bytes())
    with zipfile.ZipFile(BOOKS / "dimension.xlsx") as book:
        size = book.getinfo(SHEET).file_size
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            if int.from_bytes(content[start + place : start + place + 4], "little") == size:
                content[start + place : start + place + 4] = (size // 2).to_bytes(4, "little")
            start += 4
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    assert f"the part '{SHEET}' has {size:,} bytes and not the {size // 2:,} that are stated" in refusal(path)


def test_a_part_that_stands_twice_is_refused(imported, tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes((BOOKS / "dimension.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a") as book:
        book.writestr(SHEET.upper(), b"<worksheet/>")
    assert "a part stands in it twice" in refusal(path)
