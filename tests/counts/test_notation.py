"""Counts, ranges, percentages and rates as people type them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counts.notation import count_from_percent, read_confidence, read_count, read_rate, read_whole
from analysis.errors import InputError

RECONSTRUCT = (Path(__file__).parents[1] / "reference" / "reconstruct.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("21", 21, 21),
        (" 0 ", 0, 0),
        ("1,234", 1234, 1234),
        ("21.0", 21, 21),
        ("<5", 0, 4),
        ("< 5", 0, 4),
        ("3..9", 3, 9),
        ("3 .. 9", 3, 9),
        ("5..5", 5, 5),
        ("50.0%", 999, 1001),
        ("0%", 0, 10),
        ("100.0%", 1999, 2000),
        ("2,000", 2000, 2000),
    ],
)
def test_count_of_two_thousand(text, low, high):
    assert read_count(text, 2000)[:2] == (low, high)


@pytest.mark.parametrize("row", list(csv.DictReader(RECONSTRUCT.splitlines())), ids=lambda row: row["percent"])
def test_percentages_give_back_the_reference_counts(row):
    counts = [int(count) for count in row["feasible_k"].split(";") if count]
    # The reference writes a percentage of no decimals as 8.0.
    percent = row["percent"] if int(row["decimals"]) else row["percent"].partition(".")[0]
    if not counts:
        with pytest.raises(InputError, match="contradict each other"):
            count_from_percent(percent, int(row["n"]))
    else:
        low, high, _ = count_from_percent(percent, int(row["n"]))
        assert list(range(low, high + 1)) == counts


@given(st.integers(1, 50_000), st.data())
def test_a_rounded_percentage_always_allows_the_count_it_was_made_from(recorded, drawn):
    count = drawn.draw(st.integers(0, recorded))
    decimals = drawn.draw(st.integers(0, 3))
    # Rounded by whole-number arithmetic, half upwards, not by the code under test.
    scale = 100 * 10**decimals
    units = (2 * count * scale + recorded) // (2 * recorded)
    whole, part = divmod(units, 10**decimals)
    percent = f"{whole}.{part:0{decimals}d}" if decimals else str(whole)
    low, high, _ = count_from_percent(percent, recorded)
    assert low <= count <= high
    assert all(abs(100 * k * 10**decimals - units * recorded) * 2 <= recorded for k in (low, high))


@pytest.mark.parametrize(
    ("text", "recorded", "message"),
    [
        ("-1", 268, "count '-1' is not a count: write it like 21, <5, 3..9 or 7.8%"),
        ("2.5", 268, "count '2.5' is not a count"),
        ("twenty", 268, "count 'twenty' is not a count"),
        ("", 268, "count '' is not a count"),
        ("1,23", 268, "count '1,23' is not a count"),
        ("nan", 268, "count 'nan' is not a count"),
        ("²1", 268, "count '²1' is not a count"),
        (">5", 268, "count '>5' is not a count"),
        ("269", 268, "count '269' is above the 268 crimes recorded"),
        ("3..269", 268, "count '3..269' is above the 268 crimes recorded"),
        ("9..3", 268, "write the lower number first"),
        ("<0", 268, "has no whole number in it"),
        ("7.8%", 260, "no whole number of 260 is 7.8%"),
        ("120%", 268, "no whole number of 268 is 120%"),
        ("7.8%", 0, "no whole number of 0 is 7.8%"),
    ],
)
def test_counts_that_cannot_be_read(text, recorded, message):
    with pytest.raises(InputError) as error:
        read_count(text, recorded)
    assert message in str(error.value)


def test_suppressed_count_is_never_above_the_crimes_recorded():
    assert read_count("<5", 3)[:2] == (0, 3)


@pytest.mark.parametrize("text", ["-5", "2.5", "1e3", "", "x", "12,34"])
def test_recorded_must_be_whole(text):
    with pytest.raises(InputError, match=r"recorded .* is not a whole number, 0 or more"):
        read_whole(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0.06", 0.06, 0.06),
        (".06", 0.06, 0.06),
        ("6%", 0.06, 0.06),
        ("6 %", 0.06, 0.06),
        ("5.5%..6.5%", 0.055, 0.065),
        ("0.055 .. 6.5%", 0.055, 0.065),
    ],
)
def test_rates(text, low, high):
    assert read_rate(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("6", "rate '6' has no sign: write 6%"),
        ("1", "rate '1' has no sign: write 1%"),
        ("120", "write 120%, and it must be below 100%"),
        ("0", "must be above 0% and below 100%"),
        ("0%", "must be above 0% and below 100%"),
        ("100%", "must be above 0% and below 100%"),
        ("-6%", "is not a rate: write it like 6%"),
        ("six", "is not a rate: write it like 6%"),
        ("", "is not a rate"),
        ("nan", "is not a rate"),
        ("6.5%..5.5%", "runs from high to low: write 5.5%..6.5%"),
        ("5%..6%..7%", "more than two ends"),
        ("5%..", "is not a rate"),
    ],
)
def test_rates_that_cannot_be_read(text, message):
    with pytest.raises(InputError) as error:
        read_rate(text)
    assert message in str(error.value)


@pytest.mark.parametrize(("text", "value"), [("0.95", 0.95), ("95%", 0.95), ("99.8%", 0.998)])
def test_confidence(text, value):
    assert read_confidence(text) == value


@pytest.mark.parametrize(("text", "message"), [("95", "write 95%"), ("0", "above 0%"), ("high", "write it like 95%")])
def test_confidence_that_cannot_be_read(text, message):
    with pytest.raises(InputError, match=message):
        read_confidence(text)
