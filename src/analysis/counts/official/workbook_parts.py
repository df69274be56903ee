"""Looks through the parts of a workbook's archive, unpacked once into nothing: formulas, and cells far outside a table.

A search of the bytes clears a part only if they are in the plain spelling that spreadsheet programs write; every other
part is parsed.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import IO
from xml.parsers import expat

import numpy as np

from analysis.counts.whole_file import WholeFile
from analysis.errors import InputError

UNPACKED_LIMIT = 4_000_000_000
"""Bytes that a workbook may unpack to; an official one of 675,000 rows has about 300 to 900 million."""
CHUNK = 1 << 21
ODS_SHEETS = "content.xml"
FORMULAS = "there are formulas in it, and official tables have none: save the sheet with values only"
FAR = "a cell stands outside columns A to Z and rows 1 to 1,048,576, where no official table has any: delete it"
LAST_ROW, LAST_COLUMN = 1_048_576, 26
FORMULA = {".xlsx": re.compile(rb"<f[\s/>]"), ".ods": re.compile(rb"\btable:formula\s*=")}
NAMESPACE = {
    ".xlsx": rb"http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main|purl\.oclc\.org/ooxml/spreadsheetml/main)",
    ".ods": rb"urn:oasis:names:tc:opendocument:xmlns:table:1\.0",
}
# What is not in the plain spelling: another prefix for the sheet's own names, names in entities, another encoding.
OTHER_NAMES = {
    suffix: re.compile(
        rb"xmlns:" + (rb"(?!table\b)" if suffix == ".ods" else rb"") + rb"[^=\s]+\s*=\s*[\"']\s*" + name
        + rb"|xmlns(?::[^=\s]+)?\s*=\s*(?:\"[^\"]*&|'[^']*&)"
    )
    for suffix, name in NAMESPACE.items()
}  # fmt: skip
OTHER_ENCODING = re.compile(
    rb"^(?:\xff\xfe|\xfe\xff|.{0,3}\x00)|^[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE | re.DOTALL
)
START_OF_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
HEAD = 200
OTHER_CELL = re.compile(
    rb'<c(?![A-Za-z])(?! r="[A-Z](?:[1-9]\d{0,5}|10[0-3]\d{4}|104[0-7]\d{3}|1048[0-4]\d\d|10485[0-6]\d|104857[0-6])")'
)
"""A cell of a sheet that does not say its place plainly, columns A to Z and rows 1 to 1,048,576."""
REFERENCE = int.from_bytes(b' r="', "little")
"""The four bytes before the place of a cell, like A1, as one 32-bit number."""
ROW = re.compile(rb"[A-Z]?(\d+)")
PLACE = re.compile(r"([A-Z]+)(\d+)")


def find_faults(archive: zipfile.ZipFile, book: WholeFile) -> dict[str, str]:
    """Return what is wrong with each part that cannot be read as a sheet, by its name in small letters.

    Raises
    ------
    InputError
        If the parts unpack to more than any official table.
    ValueError
        If a part is not what the archive's directory says of it.
    """
    left, faults = UNPACKED_LIMIT, {}
    with BytesIO(book.content) as file:
        for part in archive.infolist():
            scan = _Scan(part.filename, book.suffix)
            for chunk in _inflate(file, part):
                left -= len(chunk)
                if left < 0:
                    raise InputError(
                        f"{book.name} unpacks to more than {UNPACKED_LIMIT:,} bytes, which no official table does: "
                        "take the file as published"
                    )
                scan.look_at(chunk)
            if (fault := scan.end(partial(_inflate, file, part))) is not None:
                faults[part.filename.casefold()] = fault
    return faults


class _Scan:
    """Looks at a part chunk by chunk; what is cut at the end of a chunk is looked at with the next."""

    def __init__(self, name: str, suffix: str):
        self._suffix, self._tail = suffix, b""
        self._is_xml: bool | None = None
        # The reader waits for ever for the end of a table that is not closed.
        self._tags = expat.ParserCreate() if name == ODS_SHEETS else None
        self._formula = self._other = False

    def look_at(self, chunk: bytes) -> None:
        if self._tags:
            self._tags.Parse(chunk)
        if self._is_xml is None:
            self._is_xml = START_OF_XML.match(chunk) is not None
            self._other = self._is_xml and (OTHER_ENCODING.search(chunk[:HEAD]) is not None or b"<!DOCTYPE" in chunk)
        if self._is_xml and not self._other:
            text = self._tail + chunk
            cut = text.rfind(b"<")
            cut = cut if len(text) - cut < CHUNK and cut > 0 else len(text)
            self._search(text[:cut])
            self._tail = text[cut:]

    def _search(self, text: bytes) -> None:
        self._formula |= FORMULA[self._suffix].search(text) is not None
        # Plain searches first: they are ten times as fast as the patterns.
        self._other |= b"xmlns" in text and OTHER_NAMES[self._suffix].search(text) is not None
        self._other |= self._suffix == ".xlsx" and _has_other_cell(text)

    def end(self, again: Callable[[], Iterator[bytes]]) -> str | None:
        """Return what is wrong with the part; `again` unpacks it anew, for what must be parsed."""
        if self._is_xml and self._tail:
            self._search(self._tail)
        if self._tags:
            self._tags.Parse(b"", True)
        found = _parse(again(), self._suffix) if self._other else None
        return found or (FORMULAS if self._formula else None)


def _has_other_cell(text: bytes) -> bool:
    """Return whether a cell does not say plainly that it stands in columns A to Z and in a row that there is."""
    if text.count(b"<c") == text.count(b'<c r="') and b"&#" not in text:
        return _has_far_cell(text)
    return OTHER_CELL.search(text) is not None


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


def _inflate(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the stream of a part to its own end, whatever the archive's directory says of its length."""
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"the part {part.filename!r} is encrypted or packed in an unusual way")
    file.seek(part.header_offset + 26)
    lengths = file.read(4)
    file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    size = crc = 0
    for chunk in _chunks(file, part):
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
        yield chunk
    if size != part.file_size:
        raise ValueError(
            f"the part {part.filename!r} has {size:,} bytes and not the {part.file_size:,} that are stated"
        )
    if crc != part.CRC:
        raise ValueError(f"Bad CRC-32 for file {part.filename!r}")


def _chunks(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left = part.compress_size
    while left:
        packed = file.read(min(CHUNK, left))
        if not packed:
            raise ValueError(f"the part {part.filename!r} ends early")
        left -= len(packed)
        if stream is None:
            yield packed
            continue
        while chunk := stream.decompress(packed, CHUNK):
            yield chunk
            packed = stream.unconsumed_tail
    if stream is not None and (not stream.eof or stream.unused_data):
        raise ValueError(f"the part {part.filename!r} does not end where the archive says")


def _parse(chunks: Iterator[bytes], suffix: str) -> str | None:
    """Return what is wrong with a part, by its elements, whatever they are spelled like."""
    elements = _Elements(suffix)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = elements.start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return FAR if elements.far else FORMULAS if elements.formula else None


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a part declares a document type, which no workbook does")


class _Elements:
    """Follows the elements of a part: the place of each cell, stated or counted, and whether one is a formula."""

    def __init__(self, suffix: str):
        self._suffix = suffix
        self._row = self._column = 0
        self.formula = self.far = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._suffix == ".ods":
            self.formula |= any(key.endswith("table:1.0 formula") for key in attributes)
        elif not space or "spreadsheetml" in space:
            self.formula |= local == "f"
            if local in ("row", "c"):
                self._move(local, attributes.get("r"))

    def _move(self, local: str, place: str | None) -> None:
        if local == "row":
            self._row, self._column = _number(place, self._row + 1), 0
        elif place is None:
            self._column += 1
        else:
            match = PLACE.fullmatch(place)
            self._column = _column(match[1]) if match else LAST_COLUMN + 1
            self._row = _number(match[2], 0) if match else self._row
        self.far |= self._row > LAST_ROW or self._column > LAST_COLUMN


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    return int(text) if text.isdecimal() and len(text) <= len(str(LAST_ROW)) else LAST_ROW + 1


def _column(letters: str) -> int:
    return ord(letters) - ord("A") + 1 if len(letters) == 1 else LAST_COLUMN + 1
