"""Writes tables in the official layout, by code: what the tests of the import read, and the bench's large workbook.

The bytes are those that spreadsheet programs write: shared strings in .xlsx, repeated empty cells in .ods.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

from analysis.counts.official.rows import read_all_official
from analysis.counts.releases import find_release
from analysis.counts.tables import read_table

XLSX_PARTS = {
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1">'
    '<font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>",
}
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{sheets}<Override '
    'PartName="/xl/sharedStrings.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override '
    'PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    "</Types>"
)
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


class Formula(str):
    """A cell that is computed."""


class Date(float):
    """A number that the sheet shows as a date, as spreadsheets make of 8/71."""


def write_xlsx(path, sheets: dict[str, Iterable[Sequence]]) -> None:
    """Write sheets of rows as .xlsx: numbers as numbers, text as shared strings, None as no cell."""
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for number, rows in enumerate(sheets.values(), start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                part.write(f"<worksheet {MAIN}><sheetData>".encode())
                for place, cells in enumerate(rows, start=1):
                    part.write(_xlsx_row(place, cells, strings).encode())
                part.write(b"</sheetData></worksheet>")
        for name, content in {**XLSX_PARTS, **_xlsx_index(list(sheets))}.items():
            archive.writestr(name, content)
        shared = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst {MAIN} uniqueCount="{len(strings)}">{shared}</sst>')


def _xlsx_row(place: int, cells: Sequence, strings: dict[str, int]) -> str:
    parts = []
    for column, cell in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", cells, strict=False):
        if isinstance(cell, Formula):
            parts.append(f'<c r="{column}{place}"><f>{escape(cell)}</f><v>1</v></c>')
        elif isinstance(cell, str):
            parts.append(f'<c r="{column}{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>')
        elif isinstance(cell, Date):
            parts.append(f'<c r="{column}{place}" s="1"><v>{cell:g}</v></c>')
        elif cell is not None:
            parts.append(f'<c r="{column}{place}"><v>{cell}</v></c>')
    return f'<row r="{place}">{"".join(parts)}</row>'


def _xlsx_index(names: list[str]) -> dict[str, str]:
    numbered = list(enumerate(names, start=1))
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    links += (
        f'<Relationship Id="rId9001" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId9002" Type="{RELATION}/styles" Target="styles.xml"/>'
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET_TYPE}"/>' for n, _ in numbered
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "[Content_Types].xml": CONTENT_TYPES.format(sheets=kinds),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
    }


def write_ods(path, sheets: dict[str, Iterable[Sequence]]) -> None:
    """Write sheets of rows as .ods."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        archive.writestr("content.xml", ODS_START + tables + ODS_END)
        archive.writestr("META-INF/manifest.xml", manifest)


def _ods_cell(cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Formula):
        return f'<table:table-cell table:formula="of:={escape(cell)}" office:value-type="float" office:value="1"/>'
    if isinstance(cell, str):
        text = escape(cell)
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


EARLY = [
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Offence Code Expired",
    "Outcome Description",
    "Outcome Group",
    "Outcome Type",
    "Force outcomes for offences recorded in quarter",
    "Force outcomes recorded in quarter",
]
TODAY = [
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Code",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence code expired",
    "Outcome Type",
    "Outcome Description",
    "Outcome Group",
    "Outcomes for offences that were recorded in the quarter",
    "Outcomes for investigations closed in the quarter",
]
SUBCODES = [
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Subcode Description",
    "Offence Subcode",
    "Outcome Description",
    "Outcome Group",
    "Outcome Type",
    "Force outcomes for offences recorded in quarter",
    "Force outcomes recorded in quarter",
]
COVER = [["Police recorded crime and outcomes open data tables"], [], ["Published by the Home Office"], []]


def official_rows(header: list[str], *, year: str = "2018/19", codes: set[str] | None = None) -> list[list]:
    """Return the project's own 2018/19 figures as rows in the official layout, the header first.

    A year's total stands in two quarters: all of it and one crime more in the first, the correction of -1 in the
    second, where City of London has its other name; then each force has no crime in the third and fourth. Codes and
    types are numbers where they look like numbers.
    """
    release = find_release("home-office-2018-19")
    table = read_all_official(release).to_pylist()
    offences = {row["code"]: row for row in read_table("offences.csv") if row["release"] == release.id}
    types = {row["type"]: row for row in read_table("outcome_types.csv")}
    rows = [header]
    figures = [figure for figure in table if codes is None or figure["offence"] in codes]
    later = {figure["force"]: figure for figure in figures}.values()
    for figures_of, quarters in ((figures, ((1, 1, 1), (2, 0, -1))), (later, ((3, 0, 0), (4, 0, 0)))):
        for figure in figures_of:
            offence, kind = offences[figure["offence"]], types[figure["outcome_type"]]
            for quarter, share, more in quarters:
                count = share * figure["count"] + more
                other = {"City of London": "London, City of"} if quarter == 2 else {}
                cells = {
                    "Financial Year": year,
                    "Financial Quarter": quarter,
                    "Force Name": other.get(figure["force"], figure["force"]),
                    "Offence Code": as_cell(figure["offence"]),
                    "Offence Description": offence["title"],
                    "Offence Group": offence["group"],
                    "Offence Subgroup": offence["subgroup"],
                    "Offence Code Expired": "x" if offence["expired"] else None,
                    "Offence code expired": "x" if offence["expired"] else None,
                    "Subcode Description": "A part of it",
                    "Offence Subcode": "8/71",
                    "Outcome Type": int(figure["outcome_type"]),
                    "Outcome Description": kind["label"],
                    "Outcome Group": kind["label"],
                }
                rows.append([cells[name] for name in header[:-2]] + [count, 0])
    return rows


def as_cell(code: str) -> str | int | float:
    """Return a code as a spreadsheet keeps it: a number where it looks like one."""
    try:
        return int(code) if code.isdigit() else float(code)
    except ValueError:
        return code


ROW = {
    "Financial Year": "2021/22",
    "Financial Quarter": "1",
    "Force Name": "Gwent",
    "Offence Code": "8R",
    "Offence Description": "Malicious communications",
    "Offence Group": "Group",
    "Offence Subgroup": "Subgroup",
    "Offence code expired": "",
    "Outcome Type": "1",
    "Outcome Description": "Charged",
    "Outcome Group": "Charged",
    TODAY[-2]: "21",
    TODAY[-1]: "20",
}


def as_csv(*rows, cover=(), whole=False):
    """Return the bytes of a table of `ROW`s, each with some other cells, under a cover block and the header.

    `whole` adds rows without a crime, so that every force has every quarter and outcome type.
    """
    file = io.StringIO(newline="")
    rows = [ROW | row for row in rows]
    csv.writer(file).writerows([*cover, TODAY, *([*row.values()] for row in [*rows, *(_rest(rows) if whole else ())])])
    return file.getvalue().encode()


ONE_NAME = {"London, City of": "City of London"}


def _rest(rows: list[dict]) -> Iterable[dict]:
    key = ("Financial Year", "Financial Quarter", "Force Name", "Offence Code", "Outcome Type")
    rows = [row | {"Force Name": ONE_NAME.get(row["Force Name"], row["Force Name"])} for row in rows]
    seen = {tuple(row[name] for name in key) for row in rows}
    kinds = [row["type"] for row in read_table("outcome_types.csv")]
    for row in rows:
        for quarter, kind in (("1", kinds), ("2", ["18"]), ("3", ["18"]), ("4", ["18"])):
            for one in kind:
                other = row | {"Financial Quarter": quarter, "Outcome Type": one, TODAY[-2]: "0", TODAY[-1]: "0"}
                if (place := tuple(other[name] for name in key)) not in seen:
                    seen.add(place)
                    yield other
