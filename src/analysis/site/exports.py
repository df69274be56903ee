"""Writes a table of results as the file that somebody asked for: .csv, .xlsx or .md."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from analysis.errors import InputError
from analysis.results.json_form import as_json
from analysis.site.whole_output import write_output

Cell = str | int | float | bool | None
ENDS = ("low", "high")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook, so that the same table gives the same bytes."""
NAMESPACE = "http://schemas.openxmlformats.org"
RELATIONS = f"{NAMESPACE}/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{NAMESPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}/spreadsheetml/2006/main" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Comparison" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship '
    f'Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def flatten(row: Mapping[str, object]) -> dict[str, Cell]:
    """Return a row with one cell a column: `{"rate": {"low": 0.1}}` has the column rate_low, a pair a low and a high.

    Examples
    --------
    >>> flatten({"force": "Gwent", "rate": {"low": 0.08, "high": 0.08}, "wilson": [0.05, 0.12], "open": None})
    {'force': 'Gwent', 'rate_low': 0.08, 'rate_high': 0.08, 'wilson_low': 0.05, 'wilson_high': 0.12, 'open': None}
    """
    cells: dict[str, Cell] = {}
    for name, value in row.items():
        if isinstance(value, list | tuple):
            value = dict(zip(ENDS, value, strict=False))
        if isinstance(value, Mapping):
            cells |= {f"{name}_{inner}": cell for inner, cell in flatten(value).items()}
        else:
            cells[name] = value if isinstance(value, Cell) else str(value)
    return cells


def write_table(rows: Sequence[object], path: str | Path) -> None:
    """Write rows of results to a file, as its suffix says; the same rows give the same bytes.

    Parameters
    ----------
    rows
        Answers of one type, or mappings with the same keys, values perhaps nested; what is unknown is an empty cell.
    path
        The file, .csv, .xlsx or .md; one that is there is replaced.

    Raises
    ------
    InputError
        If the suffix is another one, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "out.md"
    >>> write_table([{"force": "Gwent", "rate": {"low": 0.08}}, {"force": "Kent", "rate": None}], path)
    >>> print(path.read_text(), end="")
    | force | rate_low |
    | --- | --- |
    | Gwent | 0.08 |
    | Kent |  |
    """
    write_output(find_writer(path)(_lines(rows)), path, option="-o FILE")


def table_text(rows: Sequence[object], suffix: str) -> str:
    r"""Return rows of results as the text of a file with a suffix, without its last line feed.

    Examples
    --------
    >>> table_text([{"force": "Gwent", "rate": {"low": 0.08}}], ".csv")
    'force,rate_low\nGwent,0.08'
    """
    return find_writer(f"table{suffix}")(_lines(rows)).decode().removesuffix("\n")


def _lines(rows: Sequence[object]) -> list[list[Cell]]:
    """Return the names of the columns and below them the cells of each row."""
    shown = [as_json(row) for row in rows]
    flat = [flatten(row) for row in shown]
    # A cell that is unknown in one row may be several cells in another: those are its columns then.
    names = dict.fromkeys(name for row in flat for name in row)
    columns = [name for name in names if not any(other.startswith(f"{name}_") and name in shown[0] for other in names)]
    return [list(columns), *([row.get(column) for column in columns] for row in flat)]


def find_writer(path: str | Path) -> Callable[[list[list[Cell]]], bytes]:
    r"""Return what makes the bytes of a file of this suffix.

    Raises
    ------
    InputError
        If the suffix is none of .csv, .xlsx and .md.

    Examples
    --------
    >>> find_writer("out.csv")([["force"], ["Gwent"]])
    b'force\nGwent\n'
    """
    writers = {".csv": _as_csv, ".xlsx": _as_workbook, ".md": _as_markdown}
    suffix = Path(path).suffix.lower()
    if suffix not in writers:
        raise InputError(f"-o {path}: the file must end in {', '.join(writers)}")
    return writers[suffix]


def _as_csv(lines: list[list[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def _as_markdown(lines: list[list[Cell]]) -> bytes:
    shown = [["" if cell is None else str(cell).replace("|", "\\|") for cell in line] for line in lines]
    shown.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in shown).encode()


def _as_workbook(lines: list[list[Cell]]) -> bytes:
    rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    sheet = f'<worksheet xmlns="{NAMESPACE}/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
    return content.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
