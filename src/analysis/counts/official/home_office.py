"""Makes the figures of a release from the Home Office's outcomes table: validate, add up, write.

The committed release was made by

    from analysis.counts.official.home_office import make_release
    make_release("outcomes_2018-19.csv.gz", "home-office-2018-19", "data/counts/home-office-2018-19.parquet")

It knows the official columns and nothing of studies.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.counts.forces import list_forces
from analysis.counts.names import make_slug, offer_names
from analysis.counts.official.table import RECORDED, Column, OfficialTable, read_official_table
from analysis.counts.tables import read_table
from analysis.errors import InputError

NOT_APPLICABLE = {"na", "n/a", "n/a - offence code expired", "--"}
NOT_PROVIDED = {"n/a - data not provided"}
EXPIRED = {"x", "true", "yes"}
QUARTERS = {"1", "2", "3", "4"}
ALTERNATE = re.compile(r"[123]a", re.IGNORECASE)
SPREADSHEET_DATE = re.compile(r"\d{5,}|\d{4}-\d\d-\d\d.*")
SCHEMA = pa.schema(
    [
        ("release", pa.string()),
        ("offence", pa.string()),
        ("force", pa.string()),
        ("outcome_type", pa.string()),
        ("count", pa.int32()),
    ]
)


@dataclass(frozen=True)
class OfficialFigures:
    """A validated table of one financial year.

    Row by row: `force` (official names), `offence` (code), `outcome_type`, and `counts`, crimes recorded in the
    quarter, 0 where `applies` is false; `provided` is false where the force did not provide the figure. `offences`
    has one dictionary for each code: code, title, group, subgroup, expired (`yes` or `no`).
    """

    year: str
    force: Column
    offence: Column
    outcome_type: Column
    counts: np.ndarray
    provided: np.ndarray
    offences: list[dict[str, str]]
    is_subcodes: bool = False


def make_release(source: str | Path, release: str, target: str | Path) -> pa.Table:
    """Read an official table, write its release and return the tidy table written.

    Parameters
    ----------
    source
        Official table as .xlsx, .ods, .csv or .csv.gz.
    release
        Id of the release, e.g. `home-office-2018-19`.
    target
        Parquet file to write.

    Raises
    ------
    InputError
        If the table is not the official one; nothing is written then.

    Examples
    --------
    >>> make_release("missing.csv", "home-office-2018-19", "missing.parquet")
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: the file missing.csv cannot be read: No such file or directory
    """
    tidy = tidy_release(validate_official_table(read_official_table(source)), release)
    write_release(tidy, target)
    return tidy


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
    table = _take_year(table, year)
    columns = table.columns
    _refuse_unknown(table, "financial_quarter", QUARTERS)
    _refuse_alternate(table)
    _refuse_unknown(table, "outcome_type", {row["type"] for row in read_table("outcome_types.csv")})
    code = "offence_subcode" if table.is_subcodes else "offence_code"
    _refuse_dates(table, code)
    force, counts, provided = _name_forces(table), *_read_counts(table)
    _refuse_two_titles(table, code)
    _refuse_twice(table, [columns["financial_quarter"], force, columns[code], columns["outcome_type"]])
    return OfficialFigures(
        year=columns["financial_year"].values[0],
        force=force,
        offence=columns[code],
        outcome_type=columns["outcome_type"],
        counts=counts,
        provided=provided,
        offences=_list_offences(table, code),
        is_subcodes=table.is_subcodes,
    )


def tidy_release(figures: OfficialFigures, release: str) -> pa.Table:
    """Return the year's total of each offence, force and outcome type: one row each, sorted, zeros left out.

    Quarters and published corrections (negative counts) are added up; what is still negative is kept. Counts that
    are not applicable (offences for which only outcomes are counted) add nothing. Where a force did not provide the
    figure of a quarter, the year's total is null.

    Returns
    -------
    pyarrow.Table
        Columns release, offence, force, outcome_type, count.

    Examples
    --------
    >>> once = [Column(np.zeros(2, dtype=int), [value]) for value in ("Gwent", "8R", "1")]
    >>> figures = OfficialFigures("2018/19", *once, np.array([3, -1]), np.array([True, True]), [])
    >>> tidy_release(figures, "home-office-2018-19")["count"].to_pylist()
    [2]
    """
    offence, force, kind = figures.offence, figures.force, figures.outcome_type
    keys = np.ravel_multi_index(
        (offence.codes, force.codes, kind.codes), (len(offence.values), len(force.values), len(kind.values))
    )
    unique, places = np.unique(keys, return_inverse=True)
    totals = np.zeros(len(unique), dtype=np.int64)
    np.add.at(totals, places, figures.counts)
    unknown = np.zeros(len(unique), dtype=bool)
    unknown[places[~figures.provided]] = True
    names = np.unravel_index(unique, (len(offence.values), len(force.values), len(kind.values)))
    rows = sorted(
        (offence.values[o], force.values[f], int(kind.values[k]), None if lost else int(total))
        for o, f, k, total, lost in zip(*names, totals, unknown, strict=True)
        if lost or total
    )
    offences, forces, kinds, counts = zip(*rows, strict=True) if rows else ((), (), (), ())
    columns = [[release] * len(rows), offences, forces, [str(kind) for kind in kinds], counts]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


def write_release(tidy: pa.Table, path: str | Path) -> None:
    """Write a tidy release as Parquet: the same bytes for the same rows and library version.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "release.parquet"
    >>> write_release(pa.table([["r"], ["8R"], ["Gwent"], ["1"], pa.array([105], pa.int32())], schema=SCHEMA), path)
    >>> pq.read_table(path)["count"].to_pylist()
    [105]
    """
    pq.write_table(tidy, path, compression="zstd", compression_level=19)


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


def _refuse_dates(table: OfficialTable, name: str) -> None:
    column = table.columns[name]
    if (row := column.where({value for value in column.values if SPREADSHEET_DATE.fullmatch(value)})) is not None:
        raise table.fail(
            row,
            name,
            f"{column[row]!r} is a date that a spreadsheet made of a code such as 8/71: take the file as published, or "
            "save the column as text",
        )
    if (row := column.where({""})) is not None:
        raise table.fail(row, name, "the code is missing: take the file as published")


def _name_forces(table: OfficialTable) -> Column:
    """Return the column of forces with official names, the aliases of a force merged."""
    column = table.columns["force_name"]
    official = {make_slug(name): force.name for force in list_forces() for name in (force.name, *force.aliases)}
    if (row := column.where({value for value in column.values if make_slug(value) not in official})) is not None:
        offered = offer_names(column[row], sorted(official.values()))
        raise table.fail(row, "force_name", f"{column[row]!r} is not known; {offered}")
    names = [official[make_slug(value)] for value in column.values]
    values = sorted(set(names))
    return Column(np.array([values.index(name) for name in names], dtype=np.int64)[column.codes], values)


def _read_counts(table: OfficialTable) -> tuple[np.ndarray, np.ndarray]:
    """Return the recorded counts, 0 where there is none, and whether the force provided each."""
    column = table.columns[RECORDED]
    folded = [" ".join(value.casefold().split()) for value in column.values]
    bad = {
        value
        for value, text in zip(column.values, folded, strict=True)
        if text not in NOT_APPLICABLE | NOT_PROVIDED and not re.fullmatch(r"-?\d{1,9}", text, re.ASCII)
    }
    if (row := column.where(bad)) is not None:
        wanted = "a count: a whole number, or NA where it is not applicable"
        raise table.fail(row, RECORDED, f"{column[row]!r} is not {wanted}")
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
