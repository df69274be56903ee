"""A data frame of any institutions is read by the rules of a spreadsheet, and refused in its own words."""

import math

import pandas as pd
import pytest

from analysis.counts.replies.frame import read_force_frame
from analysis.errors import InputError

COLUMNS = {"force": "hospital", "charged": "deaths", "recorded": "admissions"}


def read(names, deaths, admissions, *, columns=COLUMNS, **others):
    frame = pd.DataFrame({"hospital": names, "deaths": deaths, "admissions": admissions} | others)
    before = frame.copy()
    try:
        return read_force_frame(frame, columns)
    finally:
        pd.testing.assert_frame_equal(frame, before)


def counts(forces):
    return [
        [None if pd.isna(cell) else cell for cell in row]
        for row in forces[["force", "count_low", "count_high", "recorded"]].to_numpy().tolist()
    ]


@pytest.mark.parametrize("kind", ["int64", "Int64", "float64", "object", "string"])
def test_whole_numbers_of_any_type_are_read(kind):
    forces, said = read(["Ashford", " Burnley "], pd.array([21, 5]).astype(kind), [268, 140])
    assert counts(forces) == [["Ashford", 21, 21, 268], ["Burnley", 5, 5, 140]]
    assert said == ()


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT])
def test_what_is_missing_is_unknown_and_never_zero(missing):
    forces, _ = read(["A", "B", "C"], [21, missing, 3], [268, 140, missing])
    assert counts(forces) == [["A", 21, 21, 268], ["B", 0, 140, 140], ["C", None, None, None]]
    assert forces["why_unknown"].tolist()[1:] == [
        "the data frame gives no count",
        "the data frame gives no number of admissions",
    ]


def test_ranges_are_read_as_in_a_spreadsheet():
    forces, _ = read(["A", "B", "C"], ["<5", "3..9", "7.8%"], [40, 40, 268])
    assert counts(forces) == [["A", 0, 4, 40], ["B", 3, 9, 40], ["C", 21, 21, 268]]


def test_a_total_is_left_out_and_said():
    forces, said = read(["A", "B", "Total"], [1, 2, 3], [10, 20, 30])
    assert forces["force"].tolist() == ["A", "B"]
    assert said == ("Row 2, 'Total', was left out: it is the sum of the other rows.",)


NOT_A_COUNT = "is not a count: write it like 21, <5, 3..9 or 7.8%, or leave it blank where it is unknown"
NOT_WHOLE = "is not a whole number, 0 or more: write it like 268, or leave it blank where it is unknown"


@pytest.mark.parametrize(
    ("names", "deaths", "admissions", "says"),
    [
        ("AB", [3, 1], [2, 9], "row 0, column deaths: deaths '3' is above the 2 admissions: check the two numbers"),
        ("AB", [1, -1], [2, 9], f"row 1, column deaths: deaths '-1' {NOT_A_COUNT}"),
        ("AB", [1, 2.5], [2, 9], f"row 1, column deaths: deaths '2.5' {NOT_A_COUNT}"),
        ("AB", [1, True], [2, 9], f"row 1, column deaths: deaths 'True' {NOT_A_COUNT}"),
        ("AB", [1, 2], [2, -9], f"row 1, column admissions: admissions '-9' {NOT_WHOLE}"),
        ("AB", [1, 2], [2, math.inf], f"row 1, column admissions: admissions 'inf' {NOT_WHOLE}"),
        ("Aa", [1, 2], [2, 9], "row 1, column hospital: 'a' stands in row 0 already: keep one row for each hospital"),
        ("A ", [1, 2], [2, 9], "row 1, column hospital: the name is missing: write it, or delete the row"),
        (
            ["A", "B", "recorded crimes"],
            [1, 2, 3],
            [10, 20, 30],
            "row 2: 'recorded crimes' is the sum of the other rows: delete the total, which would count all admissions "
            "twice",
        ),
        (
            ["A", "B", "Total"],
            [1, 2, 3],
            [10, 20, 40],
            "row 2: 'Total' is called a total, and its 40 admissions are not those of the other rows (3 of 30): "
            "correct it, or delete the row",
        ),
    ],
)
def test_what_cannot_be_used_is_named_in_the_frames_own_words(names, deaths, admissions, says):
    with pytest.raises(InputError) as refused:
        read(list(names), deaths, admissions)
    assert str(refused.value) == f"the data frame, {says}"


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(InputError) as refused:
        read(["A", "B"], [3, "x"], [2, 9])
    assert [line.partition(":")[0] for line in refused.value.lines] == [
        "the data frame",
        "  row 0, column deaths",
        "  row 1, column deaths",
    ]


def test_open_cases_count_with_the_others():
    columns = COLUMNS | {"open": "undecided"}
    forces, _ = read(["A"], [3], [10], columns=columns, undecided=[7])
    assert forces["open"].tolist() == [7]
    with pytest.raises(
        InputError, match=r"the outcomes and open admissions are at least 11, more than the 10 admissions"
    ):
        read(["A"], [3], [10], columns=columns, undecided=[8])


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["hospital", "death", "admissions"], "has no column 'deaths', given as charged; did you mean 'death'?"),
        ([], "has no column 'hospital', given as force; it has none"),
        (["hospital", "deaths", "admissions"], "has no row: give one for each hospital"),
    ],
)
def test_a_frame_without_what_is_needed_is_refused(names, says):
    with pytest.raises(InputError) as refused:
        read_force_frame(pd.DataFrame(columns=names), COLUMNS)
    assert str(refused.value) == f"the data frame {says}"


def test_a_column_that_is_there_twice_or_named_twice_is_refused():
    frame = pd.DataFrame([["A", 1, 2, 3]], columns=["hospital", "deaths", "admissions", "deaths"])
    with pytest.raises(InputError, match="has the column 'deaths' twice: keep one"):
        read_force_frame(frame, COLUMNS)
    with pytest.raises(InputError, match="force, charged, recorded must be different columns"):
        read_force_frame(frame.iloc[:, :3], COLUMNS | {"recorded": "deaths"})
