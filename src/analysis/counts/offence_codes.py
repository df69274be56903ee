"""What an offence code looks like: one strict form, for every reader."""

import re

CODE = re.compile(
    r"[1-9]\d{0,2}[A-Z]?(\.[1-9]\d?)?"  # 8R, 105A, 37.1
    r"(/[1-9]\d{0,2}[A-Z]?(\.[1-9]\d?)?)*",  # 8/71, 1/4.1/4.10/4.2
    re.ASCII,
)
DATE = re.compile(r"\d+/\d+/\d+")
"""Three plain numbers, as a spreadsheet writes a day; codes of more than two parts have a full stop in them."""


NAME = re.compile(r"[a-z]+(-[a-z0-9]+)*", re.ASCII)
"""What may stand in the place of a code for replies: `all`, `domestic-abuse`."""


def is_code(text: str) -> bool:
    """Return whether a text is an offence code as published, with no other character and in no other spelling.

    Examples
    --------
    >>> is_code("8/71"), is_code("1/4.1/4.10/4.2")
    (True, True)
    >>> is_code("8r"), is_code("1/8/71"), is_code("Aug-71"), is_code("..")
    (False, False, False, False)
    """
    return CODE.fullmatch(text) is not None and DATE.fullmatch(text) is None


def is_code_or_name(text: str) -> bool:
    """Return whether a text is an offence code, or the name that replies have in place of one.

    Examples
    --------
    >>> is_code_or_name("8/71"), is_code_or_name("domestic-abuse"), is_code_or_name("..")
    (True, True, False)
    """
    return is_code(text) or NAME.fullmatch(text) is not None
