"""Adds the quarters of an official table up to year totals and writes them, the figures of a release.

The committed release was made by

    from analysis.counts.official.year_totals import make_release
    make_release("outcomes_2018-19.csv.gz", "home-office-2018-19", "data/counts/home-office-2018-19.parquet")
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.counts.official.home_office import OfficialFigures, validate_official_table
from analysis.counts.official.table import read_official_table

SCHEMA = pa.schema(
    [
        ("release", pa.string()),
        ("offence", pa.string()),
        ("force", pa.string()),
        ("outcome_type", pa.string()),
        ("count", pa.int32()),
    ]
)


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
    >>> from analysis.counts.official.table import Column
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


def tidy_closed(figures: OfficialFigures, release: str) -> pa.Table | None:
    """Return the year's totals of the investigations closed in it, as `tidy_release`; None where they are not known.

    Examples
    --------
    >>> from analysis.counts.official.table import Column
    >>> once = [Column(np.zeros(1, dtype=int), [value]) for value in ("Gwent", "8R", "1")]
    >>> closed = np.array([5]), np.array([True])
    >>> figures = OfficialFigures("2018/19", *once, np.array([3]), np.array([True]), [], closed=closed)
    >>> tidy_closed(figures, "home-office-2018-19")["count"].to_pylist()
    [5]
    """
    if figures.closed is None:
        return None
    counts, provided = figures.closed
    return tidy_release(replace(figures, counts=counts, provided=provided), release)


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
