"""From the official outcomes table to a tidy release, on a small table in the official layout."""

import gzip

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.counts.home_office import (
    list_table_offences,
    make_release,
    read_official_table,
    tidy_release,
    validate_official_table,
    write_release,
)
from analysis.errors import InputError

EARLY = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,Offence Subgroup,Offence Code,"
    "Offence Code Expired,Outcome Description,Outcome Group,Outcome Type,"
    "Force outcomes for offences recorded in quarter,Force outcomes recorded in quarter"
)
TODAY = (
    "Financial Year,Financial Quarter,Force Name,Offence Code,Offence Description,Offence Group,Offence Subgroup,"
    "Offence Code Expired,Outcome Type,Outcome Description,Outcome Group,"
    "Number of Outcomes for offences that were recorded in the quarter,"
    "Number of Outcomes for investigations that were closed in the quarter"
)
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
    return validate_official_table(read_official_table(write_csv(official())), "replies.csv")


@pytest.mark.parametrize("spell", [str, lambda header: header.lower().replace(" ", "_")], ids=["official", "snake"])
@pytest.mark.parametrize("header", [EARLY, TODAY], ids=["early", "today"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_every_generation_of_columns_gives_the_same_release(write_csv, tmp_path, header, spell, start):
    path = write_csv(start + official(header).replace(header, spell(header)))
    tidy = make_release(path, "home-office-test", tmp_path / "release.parquet")
    assert list(tidy.drop(columns="release").itertuples(index=False, name=None)) == TIDY
    assert set(tidy["release"]) == {"home-office-test"}
    assert pq.read_table(tmp_path / "release.parquet").to_pylist()[1] == {
        "release": "home-office-test",
        "offence": "8R",
        "force": "Gwent",
        "outcome_type": "0",
        "count": -1,
    }


def test_compressed_tables_are_read(tmp_path):
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(official().encode()))
    assert len(read_official_table(path)) == len(ROWS)


def test_offences_without_a_crime_are_listed(table):
    offences = list_table_offences(table)
    assert offences["code"].tolist() == ["1/4.1/4.10/4.2", "53D", "8R"]
    assert offences["expired"].tolist() == ["no", "yes", "no"]


def test_the_callers_table_is_not_changed(table):
    before = table.copy(deep=True)
    tidy_release(table, "home-office-test")
    pd.testing.assert_frame_equal(table, before)


def test_the_order_of_rows_does_not_matter_and_the_bytes_are_the_same(table, tmp_path):
    for name, rows in (("a", table), ("b", table.iloc[::-1])):
        write_release(tidy_release(rows, "home-office-test"), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def _changed(position: int, value: str, row: int = 1) -> str:
    rows = [list(cells) for cells in ROWS]
    rows[row][position] = value
    return official(rows=rows)


REFUSED = [
    (official().replace("Force Name", "Police Force", 1), "header: the column 'Police Force' is unknown"),
    (official(TODAY.replace(",Outcome Group", ""), ROWS), "header: the column 'outcome_group' must be there once"),
    (official(rows=[]), "there are no rows under the header"),
    (_changed(0, "5"), "row 3, column financial_quarter: '5' is not known"),
    (_changed(1, "Gwnt"), "row 3, column force_name: 'Gwnt' is not known; did you mean 'Gwent'?"),
    (_changed(4, "19"), "row 3, column outcome_type: '19' is not known"),
    (_changed(4, "1a"), "row 3, column outcome_type: '1a' is not known"),
    (_changed(5, "2.5"), "column outcomes_for_offences_recorded_in_quarter: '2.5' is not a count"),
    (_changed(5, ""), "column outcomes_for_offences_recorded_in_quarter: '' is not a count"),
    (_changed(5, "N/A - data not provided"), "'N/A - data not provided' is not a count"),
    (_changed(0, "1"), "row 3: the same quarter, force, code and type stand there twice"),
    (official() + official(year="2019/20").partition("\n")[2], "'2018/19' and '2019/20' stand in one file"),
    (official().replace("Offence 8R", "Offence 8L", 1), "row 3, column offence_description: 'Offence 8R' is not what"),
    ("", "cannot be read: No columns to parse from file"),
]


@pytest.mark.parametrize(("content", "message"), REFUSED, ids=[message[:60] for _, message in REFUSED])
def test_what_is_refused(write_csv, tmp_path, content, message):
    target = tmp_path / "release.parquet"
    with pytest.raises(InputError) as error:
        make_release(write_csv(content), "home-office-test", target)
    assert message in str(error.value)
    assert not target.exists()


def test_a_cut_archive_is_refused(tmp_path):
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(official().encode())[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        read_official_table(path)
