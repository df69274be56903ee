"""Numbers as people type and print them: counts, ranges, percentages, rates."""

import re
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from analysis.errors import InputError

WHOLE = r"\d{1,3}(?:,\d{3})+|\d+"
DECIMAL = r"\d+(?:\.\d+)?|\.\d+"
PERCENT = r"\d+(?:\.\d+)?"
ONE_WHOLE = re.compile(rf"({WHOLE})(?:\.0)?", re.ASCII)
ONE_PERCENT = re.compile(rf"({PERCENT})\s*%", re.ASCII)
ONE_BELOW = re.compile(rf"<\s*({WHOLE})", re.ASCII)
ONE_RANGE = re.compile(rf"({WHOLE})\s*\.\.\s*({WHOLE})", re.ASCII)
LONGEST = 40
"""Characters of the longest number or range that is read; more are a mistake."""
MOST_CRIMES = 10**9
"""More than any country records; beyond it, floats and time would run out."""


class CountRange(NamedTuple):
    """The whole counts from `low` to `high` that a notation allows, and how that is known."""

    low: int
    high: int
    how_known: str


class RateRange(NamedTuple):
    """Rates from `low` to `high`, proportions strictly between 0 and 1; equal for a single rate."""

    low: float
    high: float


def read_whole(text: str, what: str = "recorded") -> int:
    """Return the whole number that `text` writes, 0 or more; thousands commas are read.

    Parameters
    ----------
    text
        Such as `268` or `28,201`; `268.0`, as spreadsheets write whole numbers at times, is 268. At most 10**9.
    what
        What the number is, for the message.

    Raises
    ------
    InputError
        If it is not a whole number, below 0, or more than any country records.

    Examples
    --------
    >>> read_whole("28,201")
    28201
    """
    typed = _typed(text, what)
    match = ONE_WHOLE.fullmatch(typed)
    if match is None:
        raise InputError(f"{what} {typed!r} is not a whole number, 0 or more: write it like 268")
    number = int(match[1].replace(",", ""))
    if number > MOST_CRIMES:
        raise InputError(f"{what} {typed!r} is above {MOST_CRIMES:,}, more crimes than any country records: check it")
    return number


def read_count(text: str, recorded: int, what: str = "count") -> CountRange:
    """Return the counts that `text` allows among `recorded` crimes.

    Parameters
    ----------
    text
        `21`, `<5` (0 to 4), `3..9`, or `7.8%` (read back from `recorded`, with as many decimals as typed).
    recorded
        Crimes recorded, the number that the count is part of.
    what
        What the count is, for the message.

    Raises
    ------
    InputError
        If it is none of these, if the count is above `recorded`, or if no whole number gives the percentage.

    Examples
    --------
    >>> read_count("7.8%", 268)
    CountRange(low=21, high=21, how_known='given as 7.8% of 268, which only 21 fits')
    >>> read_count("<5", 268)[:2]
    (0, 4)
    """
    typed = _typed(text, what)
    if ONE_WHOLE.fullmatch(typed):
        low = high = read_whole(typed, what)
    elif match := ONE_PERCENT.fullmatch(typed):
        return count_from_percent(match[1], recorded, given="given")
    elif match := ONE_BELOW.fullmatch(typed):
        low, high = 0, read_whole(match[1], what) - 1
    elif match := ONE_RANGE.fullmatch(typed):
        low, high = (read_whole(end, what) for end in match.groups())
    else:
        raise InputError(f"{what} {typed!r} is not a count: write it like 21, <5, 3..9 or 7.8%")
    if low > high:
        do = "write 0 if there was none" if typed.startswith("<") else "write the lower number first, like 3..9"
        raise InputError(f"{what} {typed!r} has no whole number in it: {do}")
    if high > recorded and typed.startswith("<"):
        high = recorded
    if high > recorded:
        raise InputError(f"{what} {typed!r} is above the {recorded:,} crimes recorded: check the two numbers")
    return CountRange(low, high, f"given as {typed}")


def count_from_percent(percent: str, recorded: int, *, given: str = "printed") -> CountRange:
    """Return the whole counts that a rounded percentage of `recorded` allows.

    Every whole k with `abs(100 k / n - p)` <= half a unit of the last decimal printed, in exact rational arithmetic;
    so both ways of rounding a half are allowed.

    Parameters
    ----------
    percent
        The percentage with the decimals it was printed with, without the sign, e.g. `7.8`.
    recorded
        The number that it is a percentage of.
    given
        `printed` or `given`, for the words of how it is known.

    Raises
    ------
    InputError
        If no whole count gives that percentage: the two contradict each other.

    Examples
    --------
    >>> count_from_percent("8.0", 268)[:2]
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: no whole number of 268 is 8.0%: the percentage and the number contradict each other
    >>> count_from_percent("8", 268)[:2]
    (21, 22)
    """
    low, high = percent_bounds(percent)
    first, last = max(ceil(low * recorded), 0), min(floor(high * recorded), recorded)
    if first > last or (recorded == 0 and Fraction(percent) > 0):
        raise InputError(
            f"no whole number of {recorded:,} is {percent}%: the percentage and the number contradict each other"
        )
    fits = f"only {first:,} fits" if first == last else f"{first:,} to {last:,} fit"
    return CountRange(first, last, f"{given} as {percent}% of {recorded:,}, which {fits}")


def percent_bounds(percent: str) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest proportion that rounds to `percent`, exactly.

    Examples
    --------
    >>> [float(bound) for bound in percent_bounds("6")]
    [0.055, 0.065]
    """
    decimals = len(percent.partition(".")[2])
    half = Fraction(1, 2 * 10**decimals)
    return (Fraction(percent) - half) / 100, (Fraction(percent) + half) / 100


def read_rate(text: str) -> RateRange:
    """Return the rate, or range of rates, that `text` writes.

    Parameters
    ----------
    text
        `0.06`, `6%`, or a range such as `5.5%..6.5%`.

    Raises
    ------
    InputError
        If it is not a rate, not strictly between 0 and 1, or a range from high to low. A bare `6` is refused: it
        could mean 6% or a mistyped 0.6.

    Examples
    --------
    >>> read_rate("5.5%..6.5%")
    RateRange(low=0.055, high=0.065)
    """
    typed = _typed(text, "rate")
    ends = typed.split("..")
    if len(ends) > 2:
        raise InputError(f"rate {typed!r} has more than two ends: write it like 5.5%..6.5%")
    if len(ends) == 2 and not all(end.strip() for end in ends):
        raise InputError(f"rate {typed!r} lacks an end: write it like 5.5%..6.5%")
    low, high = _read_proportion(ends[0], "rate", "6%"), _read_proportion(ends[-1], "rate", "6%")
    if low > high:
        raise InputError(f"rate {typed!r} runs from high to low: write {ends[1].strip()}..{ends[0].strip()}")
    return RateRange(low, high)


def read_confidence(text: str) -> float:
    """Return the confidence level that `text` writes, a proportion strictly between 0 and 1.

    Raises
    ------
    InputError
        If it is not one, or a bare number such as `95`.

    Examples
    --------
    >>> read_confidence("95%")
    0.95
    """
    return _read_proportion(text, "confidence", "95%")


def _read_proportion(text: str, what: str, example: str) -> float:
    typed = _typed(text, what)
    match = re.fullmatch(rf"({DECIMAL})\s*(%?)", typed, re.ASCII)
    if match is None:
        raise InputError(f"{what} {typed!r} is not a {what}: write it like {example}")
    value = Fraction(match[1]) / (100 if match[2] else 1)
    if not match[2] and value >= 1:
        raise InputError(f"{what} {typed!r} has no sign: write {typed}%" + _between(value / 100))
    if not 0 < float(value) < 1:
        raise InputError(f"{what} {typed!r} must be above 0% and below 100%")
    return float(value)


def _typed(text: str, what: str) -> str:
    """Return what was typed without the spaces around it, unless it is too long to be a number."""
    typed = text.strip()
    if len(typed) > LONGEST:
        raise InputError(f"{what} {typed[:20]!r}... is {len(typed):,} characters long: write a number like 268 or 7.8%")
    return typed


def _between(value: Fraction) -> str:
    return "" if 0 < value < 1 else ", and it must be below 100%"
