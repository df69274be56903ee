"""Opens a workbook that somebody else made, .xlsx or .ods: what must not be in it, its sheets, a sheet as text.

A workbook is an archive of XML. Before it is read, its parts are unpacked once into nothing, so that a bomb, a cut
file, a macro, a formula or a cell far outside any table is met before memory is. It knows nothing of police.
"""

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pyarrow as pa

from analysis.counts.names import offer_names
from analysis.counts.official.workbook_parts import FORMULAS, ODS_SHEETS, find_faults
from analysis.counts.whole_file import WholeFile
from analysis.errors import InputError, first_line

if TYPE_CHECKING:
    from fastexcel import ExcelReader

SUFFIXES = (".xlsx", ".ods")
INDEX_LIMIT = 1_000_000
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaProject|^Basic/|^Scripts/|macrosheets/", re.IGNORECASE)


class Workbook:
    """A workbook whose archive is whole, not a bomb, and free of macros.

    Parameters
    ----------
    file
        A file .xlsx or .ods.

    Raises
    ------
    InputError
        If it is none, is cut off or protected, holds macros, or unpacks to more than any official table.
    """

    def __init__(self, file: WholeFile):
        self.name, self._file = file.name, file
        self._faults = _check_archive(file)
        self._reader = _open_reader(file)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets in their order."""
        return list(self._reader.sheet_names)

    def read_sheet(self, sheet: str, *, with_formulas: bool = False) -> pa.Table:
        """Return a sheet's cells as text, row 1 first; an empty cell is null.

        Parameters
        ----------
        sheet
            Its name.
        with_formulas
            Whether a formula is read as the value that was saved with it, null if there is none, and not refused.

        Raises
        ------
        InputError
            If there is no such sheet; if a cell of it is a formula, whose value would be what another program thought;
            or if one stands so far away that the sheet in between would fill memory.
        """
        if sheet not in self.sheets:
            raise InputError(f"{self.name}: there is no sheet {sheet!r}; {offer_names(sheet, self.sheets)}")
        part = ODS_SHEETS if self._file.suffix == ".ods" else _find_part(self._file, sheet)
        fault = self._faults.get(part.casefold())
        if fault is not None and not (with_formulas and fault == FORMULAS):
            raise InputError(f"{self.name}, sheet {sheet!r}: {fault}, or take the file as published")
        try:
            cells = self._reader.load_sheet_eager(sheet, header_row=None, skip_rows=0, dtypes="string")
        except Exception as error:  # The reader raises its own kinds for every damage.
            raise InputError(
                f"{self.name}, sheet {sheet!r} cannot be read ({first_line(error)}): save it in a spreadsheet program"
            ) from None
        return pa.Table.from_batches([cells])


def _check_archive(file: WholeFile) -> dict[str, str]:
    """Unpack every part once and return what is wrong with each that cannot be read as a sheet."""
    if file.content.startswith(OLD_WORKBOOK):
        raise InputError(
            f"{file.name} is protected by a password or an old .xls workbook: save it as .xlsx without one"
        )
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            _refuse_macros(archive, file.name)
            return find_faults(archive, file)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # A damaged archive is refused by zipfile, zlib, expat, codecs and others.
        raise InputError(
            f"{file.name} is not a whole {file.suffix} workbook ({first_line(error)}): it may have been cut off; "
            "download it again"
        ) from None


def _refuse_macros(archive: zipfile.ZipFile, book: str) -> None:
    names = [part.filename for part in archive.infolist()]
    for name in names:
        if MACROS.search(name):
            raise InputError(f"{book} holds macros ({name}), and official tables have none: take the file as published")
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError("a part stands in it twice")


def _find_part(file: WholeFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet of an .xlsx workbook."""
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            workbook, links = (
                ElementTree.fromstring(archive.open(name).read(INDEX_LIMIT))
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
            f"{file.name}: the workbook does not say where its sheet {sheet!r} is: save it in a spreadsheet program"
        ) from None


def _open_reader(file: WholeFile) -> "ExcelReader":
    import fastexcel

    try:
        return fastexcel.read_excel(file.content)
    except Exception as error:  # As above.
        raise InputError(
            f"{file.name} is not a {file.suffix} workbook ({first_line(error)}): save it in a spreadsheet program"
        ) from None
