"""Writes whole numbers and proportions as few characters, so that a year of verdicts is small enough to be opened.

The explorer's script reads them back. Nothing is lost but decimals that no page shows; the text is the same on every
machine, which that of a compressor is not.
"""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BASE = len(ALPHABET)
FINE_BELOW = 0.01
FINE = 10_000_000
COARSE = 100_000
RATE_WIDTH = 3
"""Characters of a proportion: 64 ** 3 is more than COARSE for coarse ones and FINE * FINE_BELOW for fine ones."""


def pack_count(number: int) -> str:
    """Return a whole number, 0 or more, as digits of five bits, the lowest first; a sixth says that more follow.

    Raises
    ------
    ValueError
        For a negative number.

    Examples
    --------
    >>> pack_count(0), pack_count(31), pack_count(32), pack_count(207_911)
    ('A', 'f', 'gB', 'nhrG')
    """
    if number < 0:
        raise ValueError(f"{number}: a count is 0 or more")
    digits = []
    while number > 31:
        digits.append(32 | number & 31)
        number >>= 5
    return "".join(ALPHABET[digit] for digit in [*digits, number])


def pack_rate(rate: float) -> str:
    """Return a proportion, 0 to 1, cut off after five decimals, or seven below 1%, as three characters.

    It is cut off and not rounded: the middle of what was cut off, which the script takes, then rounds as the proportion
    itself does.

    Raises
    ------
    ValueError
        For what is no proportion.

    Examples
    --------
    >>> pack_rate(0.0), pack_rate(0.0286), pack_rate(1.0)
    ('Yah', 'Ass', 'Yag')
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"{rate}: a proportion lies between 0 and 1")
    number = int(rate * COARSE) if rate >= FINE_BELOW else COARSE + 1 + int(rate * FINE)
    digits = []
    for _ in range(RATE_WIDTH):
        number, digit = divmod(number, BASE)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def pack_index(number: int) -> str:
    """Return a whole number below 64 as one character.

    Examples
    --------
    >>> pack_index(0), pack_index(63)
    ('A', '_')
    """
    return ALPHABET[number]
