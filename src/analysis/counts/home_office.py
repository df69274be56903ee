"""Makes a release from the Home Office's official outcomes table: read, validate, tidy, write.

The committed release was made by

    from analysis.counts.home_office import make_release
    make_release("outcomes_2018-19.csv.gz", "home-office-2018-19", "data/counts/home-office-2018-19.parquet")

It knows the official columns and nothing of studies.
"""

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.counts.forces import list_forces
from analysis.counts.names import offer_names
from analysis.counts.tables import read_table
from analysis.errors import InputError

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
OTHER_SPELLINGS = {
    "force_outcomes_for_offences_recorded_in_quarter": RECORDED,
    "force_outcomes_recorded_in_quarter": CLOSED,
    "number_of_outcomes_for_offences_that_were_recorded_in_the_quarter": RECORDED,
    "number_of_outcomes_for_investigations_that_were_closed_in_the_quarter": CLOSED,
}
NOT_APPLICABLE = ("na", "n/a", "n/a - offence code expired", "--")
SCHEMA = pa.schema(
    [
        ("release", pa.string()),
        ("offence", pa.string()),
        ("force", pa.string()),
        ("outcome_type", pa.string()),
        ("count", pa.int32()),
    ]
)


def make_release(source: str | Path, release: str, target: str | Path) -> pd.DataFrame:
    """Read an official table, write its release and return the tidy table written.

    Parameters
    ----------
    source
        Official table as .csv or .csv.gz.
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
    table = validate_official_table(read_official_table(source), Path(source).name)
    tidy = tidy_release(table, release)
    write_release(tidy, target)
    return tidy


def read_official_table(path: str | Path) -> pd.DataFrame:
    """Return the official table as text in the columns `COLUMNS`, of either generation of column names.

    Raises
    ------
    InputError
        If the file cannot be read, or a column is missing, unknown or there twice.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"the file {path} cannot be read: {reason}") from None
    return name_columns(table, Path(path).name)


def name_columns(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the table with the columns `COLUMNS`, from the spelling of any edition.

    Raises
    ------
    InputError
        If a column is unknown, missing or there twice.

    Examples
    --------
    >>> spelled = [column.replace("_", " ").title() for column in COLUMNS]
    >>> list(name_columns(pd.DataFrame(columns=spelled), "table.csv")) == COLUMNS
    True
    """
    named = {column: re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_") for column in table.columns}
    named = {column: OTHER_SPELLINGS.get(spelled, spelled) for column, spelled in named.items()}
    for column, canonical in named.items():
        if canonical not in COLUMNS:
            raise InputError(f"{name}, header: the column {column!r} is unknown; {offer_names(canonical, COLUMNS)}")
    for canonical in COLUMNS:
        if list(named.values()).count(canonical) != 1:
            raise InputError(f"{name}, header: the column {canonical!r} must be there once")
    return table.rename(columns=named)[COLUMNS]


def validate_official_table(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the table with official force names and `recorded` as nullable whole numbers, or say which cell is wrong.

    Rows are numbered as in the file, its header being row 1. A count that is not applicable is null.

    Raises
    ------
    InputError
        If the table is empty, holds two years, or has a force, quarter, outcome type or count that is not known, a
        code with two descriptions, or the same quarter, force, code and type twice.
    """
    if table.empty:
        raise InputError(f"{name}: there are no rows under the header")
    years = table["financial_year"].unique()
    if len(years) > 1:
        raise InputError(
            f"{name}: the years {' and '.join(map(repr, years[:2]))} stand in one file: import one at a time"
        )
    _refuse_unknown(table, "financial_quarter", {"1", "2", "3", "4"}, name)
    _refuse_unknown(table, "outcome_type", {row["type"] for row in read_table("outcome_types.csv")}, name)
    official = {spelled: force.name for force in list_forces() for spelled in (force.name, *force.aliases)}
    _refuse_unknown(table, "force_name", set(official), name)
    valid = table.assign(force_name=table["force_name"].map(official), recorded=_read_counts(table, name))
    _refuse_two(valid, ["offence_code"], "offence_description", name)
    twice = valid.duplicated(["financial_quarter", "force_name", "offence_code", "outcome_type"])
    if twice.any():
        raise InputError(f"{name}, row {_row_number(twice)}: the same quarter, force, code and type stand there twice")
    return valid


def tidy_release(table: pd.DataFrame, release: str) -> pd.DataFrame:
    """Return the year's total of each offence, force and outcome type: one row each, sorted, zeros left out.

    Quarters and published corrections (negative counts) are added up; what is still negative is kept. Counts that
    are not applicable (offences for which only outcomes are counted) add nothing.

    Parameters
    ----------
    table
        As `validate_official_table` returns it.

    Returns
    -------
    pandas.DataFrame
        Columns release, offence, force, outcome_type, count.

    Examples
    --------
    >>> quarters = pd.DataFrame({"offence_code": ["8R", "8R"], "force_name": ["Gwent", "Gwent"],
    ...                          "outcome_type": ["1", "1"], "recorded": pd.array([3, -1], dtype="Int64")})
    >>> tidy_release(quarters, "home-office-2018-19")["count"].tolist()
    [2]
    """
    totals = table.groupby(["offence_code", "force_name", "outcome_type"])["recorded"].sum().reset_index()
    totals = totals[totals["recorded"] != 0]
    order = totals["outcome_type"].astype(int)
    totals = totals.assign(order=order).sort_values(["offence_code", "force_name", "order"])
    return pd.DataFrame(
        {
            "release": release,
            "offence": totals["offence_code"].to_numpy(),
            "force": totals["force_name"].to_numpy(),
            "outcome_type": totals["outcome_type"].to_numpy(),
            "count": totals["recorded"].to_numpy(dtype="int32"),
        }
    )


def list_table_offences(table: pd.DataFrame) -> pd.DataFrame:
    """Return code, title, group, subgroup and expiry of each offence in a validated table, sorted by code.

    Codes without a crime are among them. Columns: code, title, group, subgroup, expired (`yes` or `no`).
    """
    columns = {
        "offence_code": "code",
        "offence_description": "title",
        "offence_group": "group",
        "offence_subgroup": "subgroup",
        "offence_code_expired": "expired",
    }
    offences = table[list(columns)].rename(columns=columns).drop_duplicates("code").sort_values("code")
    expired = offences["expired"].str.lower().isin(["x", "true", "yes"])
    return offences.assign(expired=expired.map({True: "yes", False: "no"})).reset_index(drop=True)


def write_release(tidy: pd.DataFrame, path: str | Path) -> None:
    """Write a tidy release as Parquet: the same bytes for the same rows and library version.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "release.parquet"
    >>> write_release(pd.DataFrame({"release": ["r"], "offence": ["8R"], "force": ["Gwent"], "outcome_type": ["1"],
    ...                             "count": [105]}), path)
    >>> pq.read_table(path)["count"].to_pylist()
    [105]
    """
    table = pa.Table.from_pandas(tidy, schema=SCHEMA, preserve_index=False).replace_schema_metadata()
    pq.write_table(table, path, compression="zstd", compression_level=19, row_group_size=len(tidy) or None)


def _read_counts(table: pd.DataFrame, name: str) -> pd.Series:
    text = table[RECORDED].str.strip()
    missing = text.str.lower().isin(NOT_APPLICABLE)
    bad = ~missing & ~text.str.fullmatch(r"-?\d+")
    if bad.any():
        raise _bad_cell(table, bad, RECORDED, name, "a count: a whole number, or NA where it is not applicable")
    return text.mask(missing).astype("Int64")


def _refuse_unknown(table: pd.DataFrame, column: str, known: set[str], name: str) -> None:
    bad = ~table[column].isin(known)
    if bad.any():
        value = table.loc[bad.idxmax(), column]
        raise _bad_cell(table, bad, column, name, f"known; {offer_names(value, sorted(known))}")


def _refuse_two(table: pd.DataFrame, key: list[str], column: str, name: str) -> None:
    bad = table[column] != table.groupby(key)[column].transform("first")
    if bad.any():
        raise _bad_cell(table, bad, column, name, "what the code is called in the rows above")


def _bad_cell(table: pd.DataFrame, bad: pd.Series, column: str, name: str, wanted: str) -> InputError:
    value = table.loc[bad.idxmax(), column]
    return InputError(f"{name}, row {_row_number(bad)}, column {column}: {value!r} is not {wanted}")


def _row_number(bad: pd.Series) -> int:
    return int(bad.to_numpy().argmax()) + 2
