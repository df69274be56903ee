"""Reads a CSV file of data/ as data/dictionary.csv describes it, or says which cell is wrong."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.counts.digests import SUMS, verify_file
from analysis.counts.folder import data_folder, file_state
from analysis.counts.names import offer_names
from analysis.errors import InputError

DICTIONARY = "dictionary.csv"
DICTIONARY_COLUMNS = ["file", "column", "type", "unit", "required", "allowed", "meaning"]
WANTED = {
    "text": "text without spaces around it",
    "whole": "a whole number, 0 or more",
    "integer": "a whole number",
    "percent": "a percentage from 0 to 100, without the sign",
    "rate": "a proportion from 0 to 1",
    "date": "a date such as 2018-04-01",
    "flag": "yes or no",
    "list": "values joined by ;",
}


@dataclass(frozen=True)
class Row:
    """One row of a table: typed values by column (None where empty) and the place to name in a message."""

    place: str
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def fail(self, column: str, text: str) -> InputError:
        """Return the error that says `text` of this row's cell."""
        return InputError(f"{self.place}, column {column}: {text}")


@dataclass(frozen=True)
class Column:
    """One row of the dictionary; `known` holds the allowed values and is empty where anything goes.

    `allowed` says where they come from: values and columns of other tables, `sources.csv:id`, with strokes between.
    """

    name: str
    type: str
    required: bool
    known: frozenset[str]
    meaning: str
    unit: str = ""
    allowed: str = ""


def read_table(name: str) -> tuple[Row, ...]:
    """Return the rows of the file `name` of data/, each cell typed as the dictionary says.

    Parameters
    ----------
    name
        Path inside data/, e.g. `counts/radar-2022.csv`.

    Raises
    ------
    InputError
        If the file's digest, a column or a cell is not as listed; the message names file, row (as a spreadsheet
        counts them, the header being row 1), column and value.

    Examples
    --------
    >>> read_table("forces.csv")[0]["name"]
    'Avon and Somerset'
    """
    folder = data_folder()
    verify_file(folder, name)
    return _read_table(str(folder), name, file_state(folder / SUMS), file_state(folder / name))


def split_place(error: InputError) -> tuple[str, str]:
    """Return the place that a message of the loader names, and the rest of it.

    Examples
    --------
    >>> split_place(InputError("data/forces.csv, row 2, column name: the cell is empty"))
    ('data/forces.csv, row 2, column name', 'the cell is empty')
    """
    match = re.fullmatch(r"((?:data|imported)/[^ ,:]+(?:, row \d+)?(?:, column \w+)?): (.*)", str(error), re.DOTALL)
    return (match[1], match[2]) if match else ("data", str(error))


def describe_columns(name: str) -> list[Column]:
    """Return what the dictionary says of the file `name`, in its order.

    Raises
    ------
    InputError
        If the dictionary does not describe the file, or is not one.

    Examples
    --------
    >>> [column.name for column in describe_columns("forces.csv")]
    ['name', 'slug', 'aliases', 'gss_code', 'source']
    """
    folder = data_folder()
    rows = [row for row in _dictionary(str(folder), file_state(folder / DICTIONARY)) if row["file"] == name]
    if not rows:
        raise InputError(f"data/{DICTIONARY} does not describe data/{name}: add a row for each of its columns")
    sums = file_state(folder / SUMS)
    return [
        Column(
            name=row["column"],
            type=row["type"],
            required=row["required"] == "yes",
            known=_allowed_values(row["allowed"], str(folder), sums) if row["allowed"] else frozenset(),
            meaning=row["meaning"],
            unit=row["unit"],
            allowed=row["allowed"],
        )
        for row in rows
    ]


def check_cell(column: Column, text: str, place: str) -> Any:
    """Return the cell's value as its type, None where empty.

    Raises
    ------
    InputError
        If it is empty but required, not of its type, or not an allowed value.

    Examples
    --------
    >>> check_cell(Column("count", "whole", True, frozenset(), ""), "21", "row 2")
    21
    """
    where = f"{place}, column {column.name}"
    if text == "":
        if column.required:
            raise InputError(f"{where}: the cell is empty, but {column.meaning or 'a value'} is needed")
        return () if column.type == "list" else None
    try:
        value = _convert(column.type, text)
    except ValueError:
        raise InputError(f"{where}: {text!r} is not {WANTED[column.type]}") from None
    for item in value if isinstance(value, tuple) else [text]:
        if column.known and item not in column.known:
            raise InputError(f"{where}: {item!r} is not known here; {offer_names(item, sorted(column.known))}")
    return value


def _convert(type_name: str, text: str) -> Any:
    patterns = {"whole": r"\d+", "integer": r"-?\d+", "percent": r"(100(\.0+)?|\d{1,2}(\.\d+)?)", "flag": "yes|no"}
    if text != text.strip() or not re.fullmatch(patterns.get(type_name, ".*"), text, re.ASCII | re.DOTALL):
        raise ValueError(text)
    if type_name in ("whole", "integer"):
        return int(text)
    if type_name == "flag":
        return text == "yes"
    if type_name == "list":
        return tuple(text.split(";"))
    if type_name == "date":
        return date.fromisoformat(text).isoformat()
    if type_name == "rate":
        if not 0 <= float(text) <= 1:
            raise ValueError(text)
        return float(text)
    return text


@lru_cache(maxsize=128)
def _read_table(folder: str, name: str, sums_state: tuple[object, ...], state: tuple[object, ...]) -> tuple[Row, ...]:
    columns = describe_columns(name)
    place = f"data/{name}"
    lines = _records(Path(folder) / name, place)
    header = next(lines, (1, []))[1]
    wanted = [column.name for column in columns]
    for column in header:
        if column not in wanted:
            raise InputError(f"{place}, row 1: the column {column!r} is unknown; {offer_names(column, wanted)}")
    if header != wanted:
        raise InputError(f"{place}, row 1: the columns are {', '.join(header)} but must be {', '.join(wanted)}")
    return tuple(_typed_row(columns, cells, f"{place}, row {number}") for number, cells in lines)


def _typed_row(columns: list[Column], cells: list[str], place: str) -> Row:
    if len(cells) != len(columns):
        raise InputError(
            f"{place}: there are {len(cells)} cells for {len(columns)} columns: write one for each, and text with a "
            "comma in quotation marks"
        )
    pairs = zip(columns, cells, strict=True)
    return Row(place, {column.name: check_cell(column, cell, place) for column, cell in pairs})


def _records(path: Path, place: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with the numbers a spreadsheet shows."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from enumerate(csv.reader(file, strict=True), start=1)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{place} cannot be read as CSV in UTF-8 ({error}): save it again as that") from None


@lru_cache(maxsize=64)
def _allowed_values(allowed: str, folder: str, sums_state: tuple[object, ...]) -> frozenset[str]:
    values: set[str] = set()
    for part in allowed.split("|"):
        name, colon, column = part.partition(":")
        if colon and name.endswith(".csv"):
            with verify_file(Path(folder), name).open(encoding="utf-8", newline="") as file:
                values.update(row[column] for row in csv.DictReader(file) if row.get(column))
        else:
            values.add(part)
    return frozenset(values)


@lru_cache(maxsize=16)
def _dictionary(folder: str, state: tuple[object, ...]) -> list[dict[str, str]]:
    path = verify_file(Path(folder), DICTIONARY)
    records = [cells for _, cells in _records(path, f"data/{DICTIONARY}")]
    if not records or records[0] != DICTIONARY_COLUMNS:
        raise InputError(f"data/{DICTIONARY}, row 1: the columns must be {', '.join(DICTIONARY_COLUMNS)}")
    for number, cells in enumerate(records[1:], start=2):
        if len(cells) != len(DICTIONARY_COLUMNS) or cells[2] not in WANTED:
            raise InputError(
                f"data/{DICTIONARY}, row {number}: {','.join(cells)!r} does not describe a column: write "
                f"{len(DICTIONARY_COLUMNS)} cells, the type one of {', '.join(WANTED)}"
            )
    return [dict(zip(DICTIONARY_COLUMNS, cells, strict=True)) for cells in records[1:]]
