"""Holds the Home Office's outcomes table to what it must be, cell by cell: it knows the columns, and no studies."""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from analysis.counts.forces import list_forces, offer_forces, recognise_forces
from analysis.counts.names import make_slug, offer_names
from analysis.counts.offence_codes import is_code
from analysis.counts.official.coverage import QUARTERS, compare_national, find_lacks, find_window
from analysis.counts.official.table import CLOSED, RECORDED, OfficialTable
from analysis.counts.official.text_columns import Column, rename_values
from analysis.counts.tables import read_table
from analysis.errors import InputError

NOT_APPLICABLE = {"na", "n/a", "n/a - offence code expired", "--"}
NOT_PROVIDED = {"n/a - data not provided"}
EXPIRED = {"x", "true", "yes"}
NATIONAL = "england-and-wales"
ALTERNATE = re.compile(r"[123]a", re.IGNORECASE)
MADE_A_DATE = re.compile(
    r"\d{5,}|\d{4}-\d\d-\d\d.*|\d+/\d+/\d+|(\d{1,4}[- /])?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"([- /]\d{1,4})*",
    re.ASCII | re.IGNORECASE,
)
"""A day as spreadsheets keep or show it: 26146, 1971-08-01, 01/08/1971, Aug-71, 1-Aug."""


@dataclass(frozen=True)
class OfficialFigures:
    """A validated table of one financial year.

    Row by row: `force` (official names), `offence` (code), `outcome_type`, and `counts`, crimes recorded in the
    quarter, 0 where `applies` is false; `provided` is false where the force did not provide the figure; `closed` is
    both of the investigations closed in the quarter, None where they are not wanted. `offences`
    has one dictionary for each code: code, title, group, subgroup, expired (`yes` or `no`). `window` is the first and
    last day of its `quarters`; `lacks` says what the table has not of its year, `notes` what was left out of it.
    """

    year: str
    force: Column
    offence: Column
    outcome_type: Column
    counts: np.ndarray
    provided: np.ndarray
    offences: list[dict[str, str]]
    is_subcodes: bool = False
    quarters: tuple[str, ...] = QUARTERS
    window: tuple[str, str] = ("", "")
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    closed: tuple[np.ndarray, np.ndarray] | None = None


def validate_official_table(table: OfficialTable, *, year: str | None = None) -> OfficialFigures:
    """Return the figures of one financial year, or say which cell is wrong.

    Parameters
    ----------
    table
        As `read_official_table` returns it.
    year
        The financial year to take where the table holds several, e.g. `2021/22`.

    Raises
    ------
    InputError
        If the table holds two years and none is chosen, or has a year, quarter, force, code, outcome type or count
        that is not known, a code with two descriptions, or the same quarter, force, code and type twice.
    """
    table, national = _set_national_apart(_name_quarters(_take_year(table, year)))
    columns = table.columns
    _refuse_unknown(table, "financial_quarter", {*QUARTERS})
    _refuse_alternate(table)
    _refuse_unknown(table, "outcome_type", {row["type"] for row in read_table("outcome_types.csv")})
    code = "offence_subcode" if table.is_subcodes else "offence_code"
    _refuse_other_codes(table, code)
    force, counts, provided = _name_forces(table), *_read_counts(table)
    _refuse_two_titles(table, code)
    _refuse_twice(table, [columns["financial_quarter"], force, columns[code], columns["outcome_type"]])
    year = columns["financial_year"].values[0]
    return OfficialFigures(
        year=year,
        force=force,
        offence=columns[code],
        outcome_type=columns["outcome_type"],
        counts=counts,
        provided=provided,
        offences=_list_offences(table, code),
        is_subcodes=table.is_subcodes,
        quarters=tuple(sorted(columns["financial_quarter"].values)),
        window=find_window(year, columns["financial_quarter"].values, table.place),
        lacks=tuple(find_lacks(year, force, columns["financial_quarter"], columns["outcome_type"])),
        notes=(*table.notes, *_hold_national(national, table, code, counts)),
        closed=_read_counts(table, CLOSED),
    )


def _take_year(table: OfficialTable, year: str | None) -> OfficialTable:
    column = table.columns["financial_year"]
    bad = {value for value in column.values if not is_financial_year(value)}
    if (row := column.where(bad)) is not None:
        raise table.fail(row, "financial_year", f"{column[row]!r} is not a financial year such as '2021/22'")
    if year is None and len(column.values) > 1:
        raise InputError(
            f"{table.place}: the years {' and '.join(map(repr, sorted(column.values)))} stand in one file: "
            "import one at a time, with --year"
        )
    if year is None or column.values == [year]:
        return table
    if year not in column.values:
        raise InputError(f"{table.place}: the year {year!r} is not in it; {offer_names(year, sorted(column.values))}")
    return table.take(np.flatnonzero(column.codes == column.values.index(year)))


def is_financial_year(text: str) -> bool:
    """Return whether a text is a financial year as published.

    Examples
    --------
    >>> is_financial_year("2021/22"), is_financial_year("2021/23")
    (True, False)
    """
    match = re.fullmatch(r"(\d{4})/(\d{2})", text, re.ASCII)
    return match is not None and (int(match[1]) + 1) % 100 == int(match[2])


def _name_quarters(table: OfficialTable) -> OfficialTable:
    """Return the table with quarters as published, 1 to 4, where another program wrote Q1."""
    column = table.columns["financial_quarter"]
    names = [re.sub(r"(?i)^(q|quarter) ?(?=[1-4]$)", "", value) for value in column.values]
    return table.replace("financial_quarter", rename_values(column, names))


def _set_national_apart(table: OfficialTable) -> tuple[OfficialTable, OfficialTable | None]:
    """Return the rows of the forces, and those of the whole country if there are any."""
    column = table.columns["force_name"]
    names = [place for place, value in enumerate(column.values) if make_slug(value) == NATIONAL]
    is_national = np.isin(column.codes, names)
    if not is_national.any():
        return table, None
    if is_national.all():
        raise InputError(
            f"{table.place}: there are only rows of England and Wales, and none of a force, so no force can be set "
            "beside others: take a table that holds the forces"
        )
    return table.take(np.flatnonzero(~is_national)), table.take(np.flatnonzero(is_national))


def _hold_national(
    national: OfficialTable | None, table: OfficialTable, code: str, counts: np.ndarray
) -> tuple[str, ...]:
    if national is None:
        return ()
    sums = _sum_by_code(national, code, _read_counts(national)[0]), _sum_by_code(table, code, counts)
    return (compare_national(*sums),)


def _sum_by_code(table: OfficialTable, code: str, counts: np.ndarray) -> Counter[tuple[str, str]]:
    codes, kinds = table.columns[code], table.columns["outcome_type"]
    totals = np.zeros((len(codes.values), len(kinds.values)), dtype=np.int64)
    np.add.at(totals, (codes.codes, kinds.codes), counts)
    found = zip(*totals.nonzero(), strict=True)
    return Counter({(codes.values[place], kinds.values[kind]): int(totals[place, kind]) for place, kind in found})


def _refuse_unknown(table: OfficialTable, name: str, known: set[str]) -> None:
    column = table.columns[name]
    if (row := column.where({*column.values} - known)) is not None:
        raise table.fail(row, name, f"{column[row]!r} is not known; {offer_names(column[row], sorted(known))}")


def _refuse_alternate(table: OfficialTable) -> None:
    column = table.columns["outcome_type"]
    if (row := column.where({value for value in column.values if ALTERNATE.fullmatch(value)})) is not None:
        raise table.fail(
            row,
            "outcome_type",
            f"{column[row]!r} belongs to the table of alternate offences, whose outcomes are parts of types 1, 2 and 3 "
            "and would count twice: import the main outcomes table",
        )


def _refuse_other_codes(table: OfficialTable, name: str) -> None:
    column = table.columns[name]
    row = column.where({value for value in column.values if not is_code(value)})
    if row is None:
        return
    value = column[row]
    if not value:
        why = "the code is missing: take the file as published"
    elif MADE_A_DATE.fullmatch(value):
        why = (
            f"{value!r} is a date that a spreadsheet made of a code such as 8/71: take the file as published, or save "
            "the column as text"
        )
    else:
        why = f"{value!a} is not an offence code as published, such as 8R, 37.1 or 8/71: take the file as published"
    raise table.fail(row, name, why)


def _name_forces(table: OfficialTable) -> Column:
    """Return the column of forces with official names, the aliases of a force merged."""
    column = table.columns["force_name"]
    forces = dict(zip(column.values, recognise_forces(column.values), strict=True))
    if (row := column.where({value for value, force in forces.items() if force is None})) is not None:
        offered = offer_forces(column[row], [force.name for force in list_forces()])
        raise table.fail(row, "force_name", f"{column[row]!r} is not known; {offered}")
    names = [force.name for force in forces.values() if force is not None]
    return rename_values(column, names)


def _read_counts(table: OfficialTable, name: str = RECORDED) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts of a column, 0 where there is none, and whether the force provided each."""
    column = table.columns[name]
    folded = [" ".join(value.casefold().split()) for value in column.values]
    bad = {
        value
        for value, text in zip(column.values, folded, strict=True)
        if text not in NOT_APPLICABLE | NOT_PROVIDED and not re.fullmatch(r"-?\d{1,9}", text, re.ASCII)
    }
    if (row := column.where(bad)) is not None:
        wanted = "a count: a whole number, or NA where it is not applicable"
        raise table.fail(row, name, f"{column[row]!r} is not {wanted}")
    numbers = [0 if text in NOT_APPLICABLE | NOT_PROVIDED else int(text) for text in folded]
    provided = np.array([text not in NOT_PROVIDED for text in folded], dtype=bool)
    return np.array(numbers, dtype=np.int64)[column.codes], provided[column.codes]


def _refuse_two_titles(table: OfficialTable, code: str) -> None:
    title = "subcode_description" if table.is_subcodes else "offence_description"
    codes, titles = table.columns[code], table.columns[title]
    first = _first_rows(codes)
    bad = titles.codes != titles.codes[first][codes.codes]
    if bad.any():
        row = int(np.argmax(bad))
        other = f"but {titles[first[codes.codes[row]]]!r} in row {table.numbers[first[codes.codes[row]]]}"
        raise table.fail(
            row, title, f"{codes[row]!r} is called {titles[row]!r} here {other}: take the file as published"
        )


def _first_rows(column: Column) -> np.ndarray:
    """Return the first row of each value of a column."""
    first = np.full(len(column.values), -1)
    first[column.codes[::-1]] = np.arange(len(column.codes))[::-1]
    return first


def _refuse_twice(table: OfficialTable, columns: list[Column]) -> None:
    keys = np.ravel_multi_index([column.codes for column in columns], [len(column.values) for column in columns])
    unique, first = np.unique(keys, return_index=True)
    if len(unique) < len(keys):
        row = int(np.setdiff1d(np.arange(len(keys)), first)[0])
        quarter, force, code, kind = (column[row] for column in columns)
        raise InputError(
            f"{table.place}, row {table.numbers[row]}: {force}, {code}, type {kind} of quarter {quarter} stands in a "
            "row above already: take the file as published"
        )


def _list_offences(table: OfficialTable, code: str) -> list[dict[str, str]]:
    """Return code, title, group, subgroup and expiry of each offence, those without a crime included, by code."""
    columns, first = table.columns, _first_rows(table.columns[code])
    title = "subcode_description" if table.is_subcodes else "offence_description"

    def cell(name: str, row: int) -> str:
        return columns[name][row] if name in columns else ""

    offences = [
        {
            "code": value,
            "title": cell(title, row),
            "group": cell("offence_group", row) or (cell("offence_description", row) if table.is_subcodes else ""),
            "subgroup": cell("offence_subgroup", row),
            "expired": "yes" if cell("offence_code_expired", row).lower() in EXPIRED else "no",
        }
        for value, row in zip(columns[code].values, first, strict=True)
    ]
    return sorted(offences, key=lambda offence: offence["code"])
