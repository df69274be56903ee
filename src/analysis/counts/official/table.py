"""Reads a published outcomes table, .xlsx, .ods or .csv, of any edition: finds its header, names its columns.

What comes out is the table as published, in text, with the place of every cell. Whether its values make sense is for
`home_office` to say.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from analysis.counts.names import offer_names
from analysis.counts.official.official_file import read_official_file, unpack
from analysis.counts.official.text_columns import Column
from analysis.counts.official.workbook import SUFFIXES, Workbook
from analysis.counts.whole_file import WholeFile
from analysis.errors import InputError, first_line

RECORDED = "outcomes_for_offences_recorded_in_quarter"
CLOSED = "outcomes_recorded_in_quarter"
COLUMNS = [
    "financial_year",
    "financial_quarter",
    "force_name",
    "offence_code",
    "offence_description",
    "offence_group",
    "offence_subgroup",
    "offence_code_expired",
    "outcome_type",
    "outcome_description",
    "outcome_group",
    RECORDED,
    CLOSED,
]
SUBCODE_COLUMNS = ["offence_subcode", "subcode_description"]
NOT_IN_SUBCODE_TABLES = {"offence_group", "offence_subgroup", "offence_code_expired"}
OTHER_SPELLINGS = {
    "force_outcomes_for_offences_recorded_in_quarter": RECORDED,
    "force_outcomes_recorded_in_quarter": CLOSED,
    "outcomes_for_offences_that_were_recorded_in_the_quarter": RECORDED,
    "outcomes_for_investigations_closed_in_the_quarter": CLOSED,
    "number_of_outcomes_for_offences_that_were_recorded_in_the_quarter": RECORDED,
    "number_of_outcomes_for_investigations_that_were_closed_in_the_quarter": CLOSED,
}
WITHOUT_MEANING = {"force", "number", "of", "that", "the", "were"}
"""Words that the publisher adds to the names of its counts from edition to edition."""
OUTCOMES_GIVEN = "number_of_outcomes_recorded"
"""The one count of the tables of 2005/06 to 2013/14."""
HEADER_WITHIN = 20
"""The header stands within this many rows; a cover block stands above it."""
MARKS_OF_A_HEADER = {"force_name", "outcome_type"}
WITHOUT_TABLES = re.compile(r"cover|contents|notes|pivot", re.IGNORECASE)
CSV_SUFFIXES = (".csv", ".csv.gz")
CSV_BLOCK = 1 << 22


@dataclass(frozen=True)
class OfficialTable:
    """A published table: columns by their canonical names, without the rows that are empty.

    `place` names the file and, in a workbook, the sheet; `numbers` are the rows' numbers in the file, row 1 its first;
    `notes` say which columns were taken for which.
    """

    place: str
    columns: dict[str, Column]
    numbers: np.ndarray
    notes: tuple[str, ...] = ()

    @property
    def is_subcodes(self) -> bool:
        """Whether offences are told apart by subcode."""
        return "offence_subcode" in self.columns

    def fail(self, row: int, column: str, text: str) -> InputError:
        """Return the error that says `text` of a cell."""
        return InputError(f"{self.place}, row {self.numbers[row]}, column {column}: {text}")

    def take(self, rows: np.ndarray) -> "OfficialTable":
        """Return the table of some rows."""
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        return OfficialTable(self.place, columns, self.numbers[rows], self.notes)

    def replace(self, name: str, column: Column) -> "OfficialTable":
        """Return the table with another column in the place of one."""
        return OfficialTable(self.place, self.columns | {name: column}, self.numbers, self.notes)


def read_official_table(source: str | Path | WholeFile, *, sheet: str | None = None) -> OfficialTable:
    """Return a published table, of either generation of column names, with subcodes or without.

    Parameters
    ----------
    source
        A file .xlsx, .ods, .csv or .csv.gz, or what was read of it.
    sheet
        The sheet of a workbook; the only one that has the header if not given.

    Raises
    ------
    InputError
        If the file cannot be read or is none of these, no header or two are found, or a column is missing, unknown
        or there twice.

    Examples
    --------
    >>> read_official_table("missing.csv")
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: the file missing.csv cannot be read: No such file or directory
    """
    file = source if isinstance(source, WholeFile) else read_official_file(source)
    if file.suffix in SUFFIXES:
        return _read_workbook(Workbook(file), sheet)
    if not file.name.lower().endswith(CSV_SUFFIXES):
        raise InputError(f"{file.name}: the file must end in {', '.join((*SUFFIXES, *CSV_SUFFIXES))}")
    if sheet is not None:
        raise InputError(f"{file.name}: a CSV file has no sheet {sheet!r}; leave --sheet away")
    return _read_csv(file)


def name_columns(header: list[str], place: str) -> list[str]:
    """Return the canonical name of each column, from the spelling of any edition.

    Raises
    ------
    InputError
        If a column is unknown, missing or there twice.

    Examples
    --------
    >>> name_columns([column.replace("_", " ").title() for column in COLUMNS], "table.csv") == COLUMNS
    True
    """
    named = [_canonical(column) for column in header]
    if OUTCOMES_GIVEN in named:
        raise InputError(
            f"{place}: this is a table of the family 2005/06 to 2013/14, which counts outcomes by the year in which "
            "they were given and not by the year of the crime: no rate of crimes recorded can be made of it; take a "
            "table of 2014/15 or later"
        )
    subcodes = set(named) & set(SUBCODE_COLUMNS)
    known = [*COLUMNS, *(SUBCODE_COLUMNS if subcodes else ())]
    for column, canonical in zip(header, named, strict=True):
        if canonical not in known:
            raise InputError(f"{place}, header: the column {column!r} is unknown; {offer_names(canonical, known)}")
    for canonical in known:
        if named.count(canonical) != 1 and not (subcodes and canonical in NOT_IN_SUBCODE_TABLES - set(named)):
            raise InputError(
                f"{place}, header: the column {canonical!r} must be there once: take the file as published"
            )
    return named


def _canonical(column: str) -> str:
    spelled = _spell(column)
    return OTHER_SPELLINGS.get(spelled) or NEAR_SPELLINGS.get(_meaning(spelled), spelled)


def _spell(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")


def _meaning(spelled: str) -> str:
    return "_".join(word for word in spelled.split("_") if word not in WITHOUT_MEANING)


NEAR_SPELLINGS = {_meaning(spelled): name for spelled, name in OTHER_SPELLINGS.items()}
"""What the words of a count mean without those that carry no meaning."""


def _take_near(header: list[str], names: list[str]) -> tuple[str, ...]:
    """Return what to say of columns whose words are none of any edition, and can mean only one."""
    return tuple(
        f"The column {column!r} is in no edition that is known and was taken for {name!r}."
        for column, name in zip(header, names, strict=True)
        if _spell(column) not in (*OTHER_SPELLINGS, *COLUMNS, *SUBCODE_COLUMNS)
    )


def _is_header(cells: list[str]) -> bool:
    return {_canonical(cell) for cell in cells} >= MARKS_OF_A_HEADER


def _no_header(place: str) -> InputError:
    return InputError(
        f"{place}: no header was found within {HEADER_WITHIN} rows (a row with 'Force Name' and 'Outcome Type'); "
        "a table of replies needs --release, --offence and --source"
    )


def _no_rows(place: str) -> InputError:
    return InputError(f"{place}: there are no rows under the header: take the file as published")


def _read_workbook(book: Workbook, sheet: str | None) -> OfficialTable:
    found = []
    for name in [sheet] if sheet else [name for name in book.sheets if not WITHOUT_TABLES.search(name)]:
        cells = book.read_sheet(name)
        for number in range(min(HEADER_WITHIN, cells.num_rows)):
            header = [column[number].as_py() or "" for column in cells.columns]
            if _is_header(header):
                found.append(_make_table(cells.slice(number + 1), header, f"{book.name}, sheet {name!r}", number + 2))
                break
        if len(found) > 1:
            raise InputError(f"{found[0].place} and sheet {name!r} both hold a table: choose one with --sheet")
    if not found:
        raise _no_header(book.name)
    return found[0]


def _read_csv(file: WholeFile) -> OfficialTable:
    content = unpack(file) if file.suffix == ".gz" else file.content
    header, lines, row = _find_csv_header(content, file.name)
    names = [str(place) for place in range(len(header))]
    try:
        cells = pa_csv.read_csv(
            pa.BufferReader(content),
            read_options=pa_csv.ReadOptions(skip_rows=lines, column_names=names, block_size=CSV_BLOCK),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid as error:
        raise InputError(
            f"{file.name} cannot be read as CSV in UTF-8 ({first_line(error)}): take the file as published"
        ) from None
    return _make_table(cells, header, file.name, row + 1)


def _find_csv_header(content: bytes, name: str) -> tuple[list[str], int, int]:
    """Return the cells of the header, the number of lines up to it, and its row: a cell may hold several lines."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.reader(text)
    try:
        for row, cells in zip(range(1, HEADER_WITHIN + 1), reader, strict=False):
            if _is_header(cells):
                lines = reader.line_num
                if not any(reader):
                    raise _no_rows(name)
                return cells, lines, row
    except csv.Error as error:
        raise InputError(f"{name} cannot be read as CSV ({error}): take the file as published") from None
    raise _no_header(name)


def _make_table(cells: pa.Table, header: list[str], place: str, first: int) -> OfficialTable:
    """Return the table below a header; columns without a name must be empty."""
    columns = [_encode(column) for column in cells.columns]
    for name, column in zip(header, columns, strict=True):
        if not name.strip() and (row := column.where({*column.values} - {""})) is not None:
            raise InputError(
                f"{place}, row {first + row}: {column[row]!r} stands in a column without a name: take the file "
                "as published"
            )
    named = [(name, column) for name, column in zip(header, columns, strict=True) if name.strip()]
    names = name_columns([name for name, _ in named], place)
    filled = np.zeros(cells.num_rows, dtype=bool)
    for _, column in named:
        filled |= np.array([value != "" for value in column.values], dtype=bool)[column.codes]
    table = OfficialTable(
        place,
        dict(zip(names, (column for _, column in named), strict=True)),
        np.arange(first, first + cells.num_rows),
        _take_near([name for name, _ in named], names),
    )
    if not filled.any():
        raise _no_rows(place)
    return table if filled.all() else table.take(np.flatnonzero(filled))


def _encode(column: pa.ChunkedArray) -> Column:
    encoded = pa.chunked_array(column.chunks, pa.string()).combine_chunks().dictionary_encode("encode")
    trimmed = [(value or "").strip() for value in encoded.dictionary.to_pylist()]
    values = list(dict.fromkeys(trimmed))
    codes = encoded.indices.to_numpy()
    if len(values) < len(trimmed):
        places = {value: place for place, value in enumerate(values)}
        codes = np.array([places[value] for value in trimmed], dtype=np.int32)[codes]
    return Column(codes, values)
