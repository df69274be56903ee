"""How numbers are written for people: percentages, p-values, counts, windows.

Rates come in as proportions and leave as text. Nothing is computed here, only rounded, and what is not known is
written as unknown.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

UNKNOWN = "not known"
FINEST = 4
"""Decimals of the smallest percentage that is told from 0."""
FINEST_P = 6
"""Decimals of the p-value nearest to the level of a verdict that is told from it."""
LEVEL = 0.05
"""Where a verdict changes, unless another confidence was asked for."""
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def percent(rate: float | None, decimals: int = 1) -> str:
    """Return a proportion as a percentage.

    Parameters
    ----------
    rate : float or None
        A proportion, 0 to 1; None is unknown.
    decimals : int
        Digits after the point; more, up to four, where a rate would else print as the 0% or 100% that it is not.

    Examples
    --------
    >>> percent(21 / 268), percent(None)
    ('7.8%', 'not known')
    >>> percent(0.0), percent(0.0003), percent(1 / 10_000_000), percent(0.9996)
    ('0.0%', '0.03%', 'below 0.0001%', '99.96%')
    """
    if rate is None:
        return UNKNOWN
    for digits in range(decimals, max(decimals, FINEST) + 1):
        text = f"{100 * rate:.{digits}f}"
        if not (float(text) == 0 < rate or float(text) == 100 > 100 * rate):
            return f"{text}%"
    return f"below {0.1**FINEST:.{FINEST}f}%" if rate < 0.5 else f"above {100 - 0.1**FINEST:.{FINEST}f}%"


def percent_range(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Return two proportions as a range of percentages, or as one where both print alike.

    Examples
    --------
    >>> percent_range(0.055, 0.065), percent_range(0.06, 0.06)
    ('5.5% to 6.5%', '6.0%')
    """
    texts = percent(low, decimals), percent(high, decimals)
    return texts[0] if texts[0] == texts[1] else " to ".join(texts)


def decimals_apart(values: Iterable[float | None], others: Iterable[float | None]) -> int:
    """Return the decimals, one to four, with which percentages that are compared do not print alike.

    Examples
    --------
    >>> decimals_apart([0.0102, 0.0233], [0.01])
    2
    """
    pairs = [(value, other) for value in values for other in list(others) if None not in (value, other)]
    different = [(value, other) for value, other in pairs if value != other]
    for decimals in range(1, FINEST):
        if all(percent(value, decimals) != percent(other, decimals) for value, other in different):
            return decimals
    return FINEST


def percent_outwards(low: float | None, high: float | None, decimals: int = 2) -> str:
    """Return a range of proportions as percentages, each end rounded away from the other.

    Examples
    --------
    >>> percent_outwards(0.050473, 0.115318), percent_outwards(0.0, 1.0), percent_outwards(0.2, 0.8)
    ('5.04% to 11.54%', '0.00% to 100.00%', '20.00% to 80.00%')
    """
    if low is None or high is None:
        return UNKNOWN
    step = Decimal(1).scaleb(-decimals)
    ends = ((low, ROUND_FLOOR), (high, ROUND_CEILING))
    # As the float is written: that nearest to 0.8 lies above it, and would be rounded up.
    return " to ".join(f"{(100 * Decimal(repr(float(end)))).quantize(step, rounding=way)}%" for end, way in ends)


def percent_down(rate: float | None, decimals: int = 2) -> str:
    """Return a proportion as a percentage that is rounded down: the lower end of `percent_outwards`.

    Examples
    --------
    >>> percent_down(0.050473)
    '5.04%'
    """
    return percent_outwards(rate, rate, decimals).partition(" ")[0] if rate is not None else UNKNOWN


def below(number: float, limit: int) -> str:
    """Return a number above 0 and below a limit with as many decimals, one to four, as show that it is neither.

    Examples
    --------
    >>> below(4.79, 5), below(4.97, 5), below(0.04, 5)
    ('4.8', '4.97', '0.04')
    """
    texts = [f"{number:.{digits}f}" for digits in range(1, FINEST + 1)]
    return next((text for text in texts if 0 < float(text) < limit), texts[-1])


def confidence_percent(confidence: float) -> str:
    """Return a confidence as a percentage with all its digits.

    Examples
    --------
    >>> confidence_percent(0.95), confidence_percent(0.9999999)
    ('95%', '99.99999%')
    """
    text = f"{100 * Decimal(repr(confidence)):f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def points(difference: float | None) -> str:
    """Return a difference of two proportions in percentage points, with its sign.

    It has one decimal; more, up to four, where it would else print as the zero that it is not.

    Examples
    --------
    >>> points(0.0193), points(-0.0081), points(-0.0002), points(0.0)
    ('+1.9', '−0.8', '−0.02', '0.0')
    """
    if difference is None:
        return UNKNOWN
    for digits in range(1, FINEST + 1):
        text = f"{100 * difference:+.{digits}f}"
        if float(text):
            return text.replace("-", "−")
    return "0.0"


def whole(number: int | None) -> str:
    """Return a count with thousands separated by commas.

    Examples
    --------
    >>> whole(28201), whole(None)
    ('28,201', 'not known')
    """
    return UNKNOWN if number is None else f"{number:,}"


def crimes(number: int | None) -> str:
    """Return a number of crimes with its noun.

    Examples
    --------
    >>> crimes(3654), crimes(1)
    ('3,654 crimes', '1 crime')
    """
    return f"{whole(number)} crime{'' if number == 1 else 's'}"


def forces(number: int) -> str:
    """Return a number of forces with its noun.

    Examples
    --------
    >>> forces(44), forces(1)
    ('44 forces', '1 force')
    """
    return f"{whole(number)} force{'' if number == 1 else 's'}"


def part_of(number: int, total: int | None) -> str:
    """Return how many of a total, to stand before their noun.

    Examples
    --------
    >>> part_of(24, 44), part_of(0, 44), part_of(5, 5), part_of(2, 2), part_of(1, 1)
    ('24 of the 44', 'none of the 44', 'all 5', 'both', 'the only')
    """
    if number == total:
        return {1: "the only", 2: "both"}.get(number, f"all {whole(total)}")
    return f"{whole(number) if number else 'none'} of the {whole(total)}"


def count_of(low: int | None, high: int | None, recorded: int | None) -> str:
    """Return a count, or the range it lies in, of the crimes recorded.

    Examples
    --------
    >>> count_of(21, 21, 268), count_of(2, 22, 23), count_of(None, None, 688)
    ('21 of 268', 'between 2 and 22 of 23', 'an unknown number of 688')
    """
    if low is None:
        return f"an unknown number of {whole(recorded)}"
    if low == high:
        return f"{whole(low)} of {whole(recorded)}"
    return f"between {whole(low)} and {whole(high)} of {whole(recorded)}"


def p_value(p: float | None, level: float = LEVEL) -> str:
    """Return a p-value to three decimals; more where it is small, or would else hide on which side of a level it lies.

    Nearer to the level than six decimals tell, it is written as that.

    Examples
    --------
    >>> p_value(0.2057), p_value(0.00032), p_value(3e-9)
    ('0.206', '0.00032', 'below 0.0001')
    >>> p_value(0.0497), p_value(0.04998), p_value(0.05), p_value(0.00109, 0.001)
    ('0.0497', '0.04998', '0.050', '0.0011')
    """
    if p is None:
        return UNKNOWN
    if p < 0.0001 < level:
        return "below 0.0001"
    form = "g" if p < 0.001 else "f"
    texts = [f"{p:.{digits}{form}}" for digits in range(2 if form == "g" else 3, FINEST_P + 1)]
    distinguishing = (text for text in texts if (float(text) < level) == (p < level) and float(text) != level)
    return next(distinguishing, texts[0])


def p_equals(p: float | None, level: float = LEVEL) -> str:
    """Return a p-value as it follows a name.

    Examples
    --------
    >>> p_equals(0.2057), p_equals(3e-9), p_equals(None)
    ('= 0.206', 'below 0.0001', 'not known')
    """
    text = p_value(p, level)
    return f"= {text}" if text[0].isdigit() else text


def p_range(low: float | None, high: float | None, level: float = LEVEL) -> str:
    """Return a p-value, or the smallest and largest of several.

    Examples
    --------
    >>> p_range(0.0935, 0.375), p_range(0.2057, 0.2057)
    ('p between 0.093 and 0.375', 'p = 0.206')
    """
    texts = p_value(low, level), p_value(high, level)
    if texts[0] != texts[1]:
        tiny = texts[0].startswith("below")
        return f"p from {texts[0]} to {texts[1]}" if tiny else f"p between {texts[0]} and {texts[1]}"
    return f"p {p_equals(low, level)}"


def times(chance: float) -> str:
    """Return a chance as a frequency.

    Examples
    --------
    >>> times(0.8)
    '80 times out of 100'
    """
    return f"{100 * chance:.0f} times out of 100"


def z_score(z: float | None) -> str:
    """Return a distance in standard errors, with its sign.

    Examples
    --------
    >>> z_score(2.4951), z_score(-2.11), z_score(-0.001), z_score(None)
    ('2.50', '−2.11', '0.00', 'not known')
    """
    return UNKNOWN if z is None else f"{z:z.2f}".replace("-", "−")


def window(start: str | None, end: str | None) -> str:
    """Return the months or years that a window of ISO dates spans.

    Examples
    --------
    >>> window("2017-01-01", "2021-12-31"), window("2018-04-01", "2019-03-31")
    ('2017 to 2021', 'April 2018 to March 2019')
    >>> window("2015-04-13", "2015-12-31"), window("2020-01-01", "2020-12-31"), window("2020-05-01", "2020-05-31")
    ('April to December 2015', '2020', 'May 2020')
    """
    if not start or not end:
        return "a window that is not stated"
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    ends = f"{MONTHS[first.month - 1]} {first.year}", f"{MONTHS[last.month - 1]} {last.year}"
    if ends[0] == ends[1]:
        return ends[0]
    return f"{ends[0].removesuffix(f' {last.year}')} to {ends[1]}"


def listed(names: Sequence[str]) -> str:
    """Return names as a list in prose.

    Examples
    --------
    >>> listed(["Kent", "Essex", "Gwent"]), listed(["Kent"])
    ('Kent, Essex and Gwent', 'Kent')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
