"""What people write into a cell where a number is expected: words, signs, the government's marks, a spoilt range."""

import re

from analysis.counts.notation import MOST_CRIMES, CountRange, read_count, read_whole
from analysis.errors import InputError

UNKNOWN = frozenset(
    {"-", "--", "–", "—", "*", "**", ".", "..", "...", "…", ":", "?", "#"}
    | {"[c]", "[x]", "[z]", "[u]", "[w]", "[low]", "(c)", "(x)", "(z)", "[c", "c]"} - {"[c", "c]"}
    | {"n/a", "na", "n.a.", "n/k", "nk", "unknown", "null", "tbc", "awaited", "refused", "withheld", "exempt"}
    | {"suppressed", "redacted", "not held", "not available", "not known", "not given", "not provided", "not recorded"}
    | {"not applicable", "not stated", "no data", "no reply", "no response", "no information held"}
    | {"data not provided", "n/a - data not provided", "information not held"}
)
"""Cells, in small letters, that say that there is no figure; the marks in brackets are the government's shorthand."""
NO_CRIME = frozenset({"none", "nil", "zero", "no", "0"})
NUMBER = r"([\d,]+)"
BELOW = re.compile(rf"(?:fewer|less|lower) than {NUMBER}|(?:under|below) {NUMBER}")
AT_MOST = re.compile(
    rf"{NUMBER} or (?:fewer|less|under|below)|(?:up to|at most|no more than) {NUMBER}|(?:<=|≤)\s*{NUMBER}"
)
BETWEEN = re.compile(rf"(?:between )?{NUMBER}\s*(?:to|and|-|–|—)\s*{NUMBER}")
MARKED = re.compile(r"(.*\S)\s*\[[rp]\]")
"""A number that is revised or provisional is a number all the same."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*"
DAY_AND_MONTH = re.compile(rf"(\d\d?)[-\s/]{MONTH}(?:[-\s/]\d+)?|{MONTH}[-\s/](\d+)")
DATE = re.compile(r"\d{4}-(\d\d)-(\d\d)(?:[ t][\d:.]+)?|(\d\d?)/(\d\d?)/\d{2,4}")
LEAVE_BLANK = "leave it blank where it is unknown"


def read_reply(text: str, recorded: int | None, what: str = "charged") -> CountRange | None:
    """Return the counts that a cell allows among `recorded` crimes; None where it says that there is no figure.

    Parameters
    ----------
    text
        As `read_count` reads it (`21`, `<5`, `3..9`, `7.8%`), or in words: `fewer than 5`, `5 or fewer`, `1 to 4`,
        `none`; blank, `n/a`, `-`, `[c]` and the like where there is no figure. `[low]` too: how low is not said.
    recorded
        Crimes recorded; without that number the cell must still be a count, though nothing can be made of it.
    what
        What the count is, for the message.

    Raises
    ------
    InputError
        If it is none of these; a date is refused with the range that a spreadsheet program may have made it of.

    Examples
    --------
    >>> read_reply("5 or fewer", 101)[:2], read_reply("[c]", 120)
    ((0, 5), None)
    >>> read_reply("1-Apr", 106)
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: charged '1-Apr' is a date, which spreadsheet programs make of 1-4: write 1..4
    """
    most = MOST_CRIMES if recorded is None else recorded
    if text.isascii() and text.isdecimal():
        return read_count(text, most, what)
    folded = " ".join(text.split()).casefold()
    if is_unknown(folded):
        return None
    _refuse_date(text, folded, what)
    if marked := MARKED.fullmatch(folded):
        folded = marked[1]
    try:
        return read_count(_in_signs(folded), most, what)
    except InputError as error:
        raise _with_the_cell(error, text, what) from None


def read_number(text: str, what: str = "recorded") -> int | None:
    """Return the whole number of a cell; None where it is blank or says that there is no figure.

    Raises
    ------
    InputError
        If it is neither, such as a range: the number of crimes recorded must be known exactly or left blank.

    Examples
    --------
    >>> read_number("1,234 [p]"), read_number("not held")
    (1234, None)
    """
    if not text or (text.isascii() and text.isdecimal()):
        return read_whole(text, what) if text else None
    folded = " ".join(text.split()).casefold()
    if is_unknown(folded):
        return None
    if folded in NO_CRIME:
        return 0
    _refuse_date(text, folded, what)
    marked = MARKED.fullmatch(folded)
    try:
        return read_whole(marked[1] if marked else text, what)
    except InputError as error:
        raise InputError(f"{error}, or {LEAVE_BLANK}" if "write it like" in str(error) else str(error)) from None


def is_unknown(text: str) -> bool:
    """Return whether a cell is blank or says that there is no figure.

    Examples
    --------
    >>> is_unknown("N/A"), is_unknown("0")
    (True, False)
    """
    return not text.strip() or " ".join(text.split()).casefold() in UNKNOWN


def _in_signs(folded: str) -> str:
    """Return a cell in words as the notation of counts writes it."""
    if folded in NO_CRIME:
        return "0"
    if match := BELOW.fullmatch(folded):
        return f"<{_written(match)[0]}"
    if match := AT_MOST.fullmatch(folded):
        return f"0..{_written(match)[0]}"
    if match := BETWEEN.fullmatch(folded):
        return "..".join(_written(match))
    return folded


def _written(match: re.Match[str]) -> list[str]:
    return [number for number in match.groups() if number]


def _refuse_date(text: str, folded: str, what: str) -> None:
    if match := DAY_AND_MONTH.fullmatch(folded):
        day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        ends = [int(day), MONTHS.index(month) + 1]
        first, second = ends if match[1] else ends[::-1]
    elif match := DATE.fullmatch(folded):
        first, second = (int(number) for number in ((match[2], match[1]) if match[1] else (match[3], match[4])))
    else:
        return
    low, high = sorted((first, second))
    raise InputError(
        f"{what} {text.strip()!r} is a date, which spreadsheet programs make of {first}-{second}: write {low}..{high}"
    )


def _with_the_cell(error: InputError, text: str, what: str) -> InputError:
    """Return the error with the cell as it stands in the file, and that a blank is allowed."""
    said = str(error)
    if " is not a count: " in said:
        return InputError(f"{what} {text.strip()!r} {said[said.index('is not a count: ') :]}, or {LEAVE_BLANK}")
    return InputError(said)
