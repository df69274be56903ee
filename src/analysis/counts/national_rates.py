"""The published national figures that studies are compared with."""

from dataclasses import dataclass

from analysis.counts.tables import read_table
from analysis.errors import InputError


@dataclass(frozen=True)
class NationalRate:
    """A published national rate, as the range of proportions that the print allows."""

    low: float
    high: float
    printed: str
    area: str
    includes_force: bool
    window_start: str
    window_end: str
    source: str


@dataclass(frozen=True)
class NationalCount:
    """Published national counts; where they include the force, it must be subtracted before comparing."""

    count: int
    recorded: int
    printed: str
    at_least: bool
    area: str
    includes_force: bool
    window_start: str
    window_end: str
    source: str


def read_national(study_id: str, against: str) -> NationalRate | NationalCount | None:
    """Return the published national figure that a study is compared with; None where it is against the rest.

    Raises
    ------
    InputError
        If national_rates.csv has not exactly one row for the study.

    Examples
    --------
    >>> read_national("radar-2022/8-71/charged", "published").low
    0.055
    """
    if against != "published":
        return None
    rows = [row for row in read_table("national_rates.csv") if row["study"] == study_id]
    if len(rows) != 1:
        raise InputError(f"data/national_rates.csv must have one row for the study {study_id!r}, not {len(rows)}")
    row = rows[0]
    shared = ("printed", "area", "includes_force", "window_start", "window_end", "source")
    about = {column: row[column] for column in shared}
    if row["rate_low"] is not None:
        return NationalRate(low=row["rate_low"], high=row["rate_high"], **about)
    return NationalCount(count=row["count"], recorded=row["recorded"], at_least=row["at_least"], **about)
