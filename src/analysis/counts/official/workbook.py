"""Opens a workbook that somebody else made, .xlsx or .ods: what must not be in it, its sheets, a sheet as text.

A workbook is an archive of XML. Before it is read, its parts are unpacked once into nothing, so that a bomb, a cut
file, a macro, a formula or a cell far outside any table is met before memory is. It knows nothing of police.
"""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from analysis.counts.names import offer_names
from analysis.errors import InputError, first_line

SUFFIXES = (".xlsx", ".ods")
UNPACKED_LIMIT = 4_000_000_000
"""Bytes that a workbook may unpack to; an official one of 675,000 rows has about 300 to 900 million."""
INDEX_LIMIT = 1_000_000
CHUNK = 1 << 21
ODS_SHEETS = "content.xml"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaProject|^Basic/|^Scripts/|macrosheets/", re.IGNORECASE)
FORMULA = {
    ".xlsx": re.compile(rb"<f[ />]"),
    ".ods": re.compile(rb"table:formula\s*="),
}
"""What a formula looks like; each begins with plain characters, so that the search is quick."""
FORMULAS = "there are formulas in it, and official tables have none: save the sheet with values only"
FAR = "a cell stands outside columns A to Z and rows 1 to 1,048,576, where no official table has any: delete it"
LAST_ROW = 1_048_576
REFERENCE = int.from_bytes(b' r="', "little")
"""Where a cell says its place, ` r="A1"`, as one 32-bit number."""
ROW = re.compile(rb"[A-Z]?(\d+)")
OVERLAP = 32


class Workbook:
    """A workbook whose archive is whole, not a bomb, and free of macros.

    Parameters
    ----------
    path
        A file .xlsx or .ods.

    Raises
    ------
    InputError
        If it is none, is cut off or protected, holds macros, or unpacks to more than any official table.
    """

    def __init__(self, path: Path):
        self.path, self.name, self._kind = path, path.name, path.suffix.lower()
        self._faults = _check_archive(path)
        self._reader = _open_reader(path)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets in their order."""
        return self._reader.sheet_names

    def read_sheet(self, sheet: str) -> pa.Table:
        """Return a sheet's cells as text, row 1 first; an empty cell is null.

        Raises
        ------
        InputError
            If there is no such sheet; if a cell of it is a formula, whose value would be what another program thought;
            or if one stands so far away that the sheet in between would fill memory.
        """
        if sheet not in self.sheets:
            raise InputError(f"{self.name}: there is no sheet {sheet!r}; {offer_names(sheet, self.sheets)}")
        part = ODS_SHEETS if self._kind == ".ods" else _find_part(self.path, sheet)
        if part in self._faults:
            raise InputError(f"{self.name}, sheet {sheet!r}: {self._faults[part]}, or take the file as published")
        try:
            cells = self._reader.load_sheet_eager(sheet, header_row=None, skip_rows=0, dtypes="string")
        except Exception as error:  # The reader raises its own kinds for every damage.
            raise InputError(
                f"{self.name}, sheet {sheet!r} cannot be read ({first_line(error)}): save it in a spreadsheet program"
            ) from None
        return pa.Table.from_batches([cells])


def _check_archive(path: Path) -> dict[str, str]:
    """Unpack every part once and return what is wrong with each that cannot be read as a sheet."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise InputError(f"the file {path} cannot be read: {error.strerror}") from None
    if start == OLD_WORKBOOK:
        raise InputError(
            f"{path.name} is protected by a password or an old .xls workbook: save it as .xlsx without one"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpack(archive, path)
    except InputError:
        raise
    except Exception as error:  # A damaged archive is refused by zipfile, zlib, expat, codecs and others.
        raise InputError(
            f"{path.name} is not a whole {path.suffix} workbook ({first_line(error)}): it may have been cut off; "
            "download it again"
        ) from None


def _unpack(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    parts = archive.infolist()
    for part in parts:
        if MACROS.search(part.filename):
            raise InputError(
                f"{path.name} holds macros ({part.filename}), and official tables have none: take the file as published"
            )
    left, formula, faults = UNPACKED_LIMIT, FORMULA[path.suffix.lower()], {}
    for part in parts:
        tail = b""
        # The reader waits for ever for the end of a table that is not closed.
        tags = expat.ParserCreate() if part.filename == ODS_SHEETS else None
        with archive.open(part) as stream:
            while chunk := stream.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise InputError(
                        f"{path.name} unpacks to more than {UNPACKED_LIMIT:,} bytes, which no official table does: "
                        "take the file as published"
                    )
                text = tail + chunk
                if formula.search(text):
                    faults[part.filename] = FORMULAS
                elif part.filename.startswith("xl/worksheets/") and _has_far_cell(text):
                    faults[part.filename] = FAR
                tail = chunk[-OVERLAP:]
                if tags:
                    tags.Parse(chunk)
        if tags:
            tags.Parse(b"", True)
    return faults


def _has_far_cell(text: bytes) -> bool:
    """Return whether a cell's place is beyond column Z or the last row that a spreadsheet program knows.

    Compared are 32-bit numbers, four characters at a time, because there are nine million places to look at.
    """
    octets = np.frombuffer(text, dtype=np.uint8)
    for start in range(4):
        words = octets[start : start + (len(octets) - start) // 4 * 4].view("<u4")
        found = np.flatnonzero(words[:-2] == REFERENCE)
        if ((words[found + 1] >> 8 & 0xFF) >= ord("A")).any():
            return True
        # Characters 5 to 8 of a place are digits in rows of seven digits and more, and hardly ever otherwise.
        long = found[words[found + 2] & 0xF0F0F0F0 == 0x30303030]
        rows = (ROW.match(text, 4 * place + start + 4) for place in long.tolist())
        if any(int(row[1]) > LAST_ROW for row in rows if row):
            return True
    return False


def _find_part(path: Path, sheet: str) -> str:
    """Return the name of the part that holds a sheet of an .xlsx workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            workbook, links = (
                ElementTree.fromstring(archive.read(name)[:INDEX_LIMIT])
                for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
            )
        ids = {
            node.get("name"): next(v for k, v in node.items() if k.endswith("}id"))
            for node in workbook.iterfind(".//{*}sheet")
        }
        targets = {node.get("Id"): node.get("Target", "") for node in links.iterfind("{*}Relationship")}
        target = targets[ids[sheet]]
        return target[1:] if target.startswith("/") else f"xl/{target}"
    except (LookupError, StopIteration, ElementTree.ParseError, ValueError):
        raise InputError(
            f"{path.name}: the workbook does not say where its sheet {sheet!r} is: save it in a spreadsheet program"
        ) from None


def _open_reader(path: Path):
    import fastexcel

    try:
        return fastexcel.read_excel(path)
    except Exception as error:  # As above.
        raise InputError(
            f"{path.name} is not a {path.suffix} workbook ({first_line(error)}): save it in a spreadsheet program"
        ) from None
