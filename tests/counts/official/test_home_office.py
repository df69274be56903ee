"""From the official outcomes table to a tidy release, on a small table in the official layout."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.counts.official.home_office import validate_official_table
from analysis.counts.official.table import read_official_table
from analysis.counts.official.year_totals import make_release, tidy_release, write_release
from official_files import EARLY as EARLY_COLUMNS
from official_files import TODAY as TODAY_COLUMNS

EARLY, TODAY = ",".join(EARLY_COLUMNS), ",".join(TODAY_COLUMNS)
# Quarter, force, code, expired, type, recorded, closed.
ROWS = [
    ("1", "Gwent", "8R", "", "1", "3", "2"),
    ("2", "Gwent", "8R", "", "1", "2", "4"),
    ("1", "Gwent", "8R", "", "0", "5", "0"),
    ("2", "Gwent", "8R", "", "0", "-6", "0"),
    ("1", "Gwent", "8R", "", "16", "4", "4"),
    ("3", "Gwent", "8R", "", "16", "-4", "0"),
    ("4", "London, City of", "1/4.1/4.10/4.2", "", "18", "7", "1"),
    ("4", "Kent", "53D", "x", "21", "NA", "3"),
    ("4", "Kent", "53D", "x", "20", "N/A - Offence code expired", "3"),
]
# By hand: 3 + 2 charged; 5 - 6 = -1 still open, kept; 4 - 4 = 0 left out; NA adds nothing.
TIDY = [
    ("1/4.1/4.10/4.2", "City of London", "18", 7),
    ("8R", "Gwent", "0", -1),
    ("8R", "Gwent", "1", 5),
]


def official(header: str = TODAY, rows=ROWS, year: str = "2018/19") -> str:
    lines = [header]
    for quarter, force, code, expired, kind, recorded, closed in rows:
        cells = {
            "Financial Year": year,
            "Financial Quarter": quarter,
            "Force Name": f'"{force}"',
            "Offence Code": code,
            "Offence Description": f"Offence {code}",
            "Offence Group": "Group",
            "Offence Subgroup": "Subgroup",
            "Offence Code Expired": expired,
            "Offence code expired": expired,
            "Outcome Type": kind,
            "Outcome Description": f"Outcome {kind}",
            "Outcome Group": "Outcomes",
        }
        recorded_name, closed_name = header.split(",")[-2:]
        cells |= {recorded_name: recorded, closed_name: closed}
        lines.append(",".join(cells[column] for column in header.split(",")))
    return "\n".join(lines) + "\n"


@pytest.fixture
def table(write_csv):
    return read_official_table(write_csv(official()))


@pytest.mark.parametrize("spell", [str, lambda header: header.lower().replace(" ", "_")], ids=["official", "snake"])
@pytest.mark.parametrize("header", [EARLY, TODAY], ids=["early", "today"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_every_generation_of_columns_gives_the_same_release(write_csv, tmp_path, header, spell, start):
    path = write_csv(start + official(header).replace(header, spell(header)))
    tidy = make_release(path, "home-office-test", tmp_path / "release.parquet")
    assert [tuple(row.values())[1:] for row in tidy.to_pylist()] == TIDY
    assert set(tidy["release"].to_pylist()) == {"home-office-test"}
    assert pq.read_table(tmp_path / "release.parquet").to_pylist()[1] == {
        "release": "home-office-test",
        "offence": "8R",
        "force": "Gwent",
        "outcome_type": "0",
        "count": -1,
    }


def test_offences_without_a_crime_are_listed(table):
    offences = validate_official_table(table).offences
    assert [offence["code"] for offence in offences] == ["1/4.1/4.10/4.2", "53D", "8R"]
    assert [offence["expired"] for offence in offences] == ["no", "yes", "no"]


def test_the_order_of_rows_does_not_matter_and_the_bytes_are_the_same(table, tmp_path):
    for name, rows in (("a", np.arange(len(ROWS))), ("b", np.arange(len(ROWS))[::-1])):
        write_release(tidy_release(validate_official_table(table.take(rows)), "home-office-test"), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
