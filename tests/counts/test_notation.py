"""Counts, ranges, percentages and rates as people type them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counts.notation import count_from_percent, read_confidence, read_count, read_rate, read_whole
from analysis.errors import InputError

CONTRADICT = "the percentage and the number contradict each other"
NOT_A_COUNT = "is not a count: write it like 21, <5, 3..9 or 7.8%"
TOO_LARGE = "is above 1,000,000,000, more crimes than any country records: check it"
TOO_LONG = "characters long: write a number like 268 or 7.8%"
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
        with pytest.raises(InputError) as error:
            count_from_percent(percent, int(row["n"]))
        assert str(error.value) == f"no whole number of {int(row['n']):,} is {percent}%: {CONTRADICT}"
    else:
        low, high, how_known = count_from_percent(percent, int(row["n"]))
        assert list(range(low, high + 1)) == counts
        fit = f"only {low:,} fits" if len(counts) == 1 else f"{low:,} to {high:,} fit"
        assert how_known == f"printed as {percent}% of {int(row['n']):,}, which {fit}"


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
        ("-1", 268, f"count '-1' {NOT_A_COUNT}"),
        ("2.5", 268, f"count '2.5' {NOT_A_COUNT}"),
        ("twenty", 268, f"count 'twenty' {NOT_A_COUNT}"),
        ("", 268, f"count '' {NOT_A_COUNT}"),
        ("1,23", 268, f"count '1,23' {NOT_A_COUNT}"),
        ("nan", 268, f"count 'nan' {NOT_A_COUNT}"),
        ("²1", 268, f"count '²1' {NOT_A_COUNT}"),
        (">5", 268, f"count '>5' {NOT_A_COUNT}"),
        ("269", 268, "count '269' is above the 268 crimes recorded: check the two numbers"),
        ("1,235", 1234, "count '1,235' is above the 1,234 crimes recorded: check the two numbers"),
        ("3..269", 268, "count '3..269' is above the 268 crimes recorded: check the two numbers"),
        ("9..3", 268, "count '9..3' has no whole number in it: write the lower number first, like 3..9"),
        ("<0", 268, "count '<0' has no whole number in it: write 0 if there was none"),
        ("7.8%", 260, f"no whole number of 260 is 7.8%: {CONTRADICT}"),
        ("120%", 268, f"no whole number of 268 is 120%: {CONTRADICT}"),
        ("100.1%", 2000, f"no whole number of 2,000 is 100.1%: {CONTRADICT}"),
        ("7.8%", 0, f"no whole number of 0 is 7.8%: {CONTRADICT}"),
        ("1000000001", 268, f"count '1000000001' {TOO_LARGE}"),
        ("0" * 41, 268, f"count '00000000000000000000'... is 41 {TOO_LONG}"),
    ],
)
def test_counts_that_cannot_be_read(text, recorded, message):
    with pytest.raises(InputError) as error:
        read_count(text, recorded)
    assert str(error.value) == message


def test_how_a_count_is_known():
    assert read_count("7.8 %", 268).how_known == "given as 7.8% of 268, which only 21 fits"
    assert read_count("8%", 2680).how_known == "given as 8% of 2,680, which 201 to 227 fit"
    assert read_count(" 3..9 ", 268).how_known == "given as 3..9"


def test_suppressed_count_is_never_above_the_crimes_recorded():
    assert read_count("<5", 3)[:2] == (0, 3)


@pytest.mark.parametrize("text", ["-5", "2.5", "1e3", "", "x", "12,34"])
def test_recorded_must_be_whole(text):
    with pytest.raises(InputError) as error:
        read_whole(text)
    assert str(error.value) == f"recorded {text!r} is not a whole number, 0 or more: write it like 268"


def test_the_largest_and_the_longest_number():
    assert read_whole("1,000,000,000") == 1_000_000_000
    assert read_whole("0" * 40) == 0
    for text, message in (("1,000,000,001", TOO_LARGE), ("9" * 41, TOO_LONG)):
        with pytest.raises(InputError) as error:
            read_whole(text, "open")
        shown = repr(text) if message is TOO_LARGE else "'99999999999999999999'... is 41"
        assert str(error.value) == f"open {shown} {message}"


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
        ("99", "rate '99' has no sign: write 99%"),
        ("100", "rate '100' has no sign: write 100%, and it must be below 100%"),
        ("120", "rate '120' has no sign: write 120%, and it must be below 100%"),
        ("0", "rate '0' must be above 0% and below 100%"),
        ("0%", "rate '0%' must be above 0% and below 100%"),
        ("100%", "rate '100%' must be above 0% and below 100%"),
        ("-6%", "rate '-6%' is not a rate: write it like 6%"),
        ("six", "rate 'six' is not a rate: write it like 6%"),
        ("", "rate '' is not a rate: write it like 6%"),
        ("nan", "rate 'nan' is not a rate: write it like 6%"),
        ("6.5%..5.5%", "rate '6.5%..5.5%' runs from high to low: write 5.5%..6.5%"),
        ("5%..6%..7%", "rate '5%..6%..7%' has more than two ends: write it like 5.5%..6.5%"),
        ("5%..", "rate '5%..' lacks an end: write it like 5.5%..6.5%"),
        ("..5%", "rate '..5%' lacks an end: write it like 5.5%..6.5%"),
        ("0" * 41, f"rate '00000000000000000000'... is 41 {TOO_LONG}"),
    ],
)
def test_rates_that_cannot_be_read(text, message):
    with pytest.raises(InputError) as error:
        read_rate(text)
    assert str(error.value) == message


@pytest.mark.parametrize(("text", "value"), [("0.95", 0.95), ("95%", 0.95), ("99.8%", 0.998)])
def test_confidence(text, value):
    assert read_confidence(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("95", "confidence '95' has no sign: write 95%"),
        ("0", "confidence '0' must be above 0% and below 100%"),
        ("100%", "confidence '100%' must be above 0% and below 100%"),
        ("high", "confidence 'high' is not a confidence: write it like 95%"),
    ],
)
def test_confidence_that_cannot_be_read(text, message):
    with pytest.raises(InputError) as error:
        read_confidence(text)
    assert str(error.value) == message
