"""How numbers become fields of an answer: unknown, undefined and infinite are None, and a field has one type always."""

import math
from collections.abc import Callable, Iterable


def unknown(value: int | None) -> float:
    """Return a count as the statistics take it: NaN where it is None."""
    return math.nan if value is None else value


def whole(value: float) -> int | None:
    """Return a count as an int, or None where it is NaN."""
    return None if math.isnan(value) else int(value)


def number(value: float | None) -> float | None:
    """Return a float, or None where it is unknown, undefined or infinite.

    Examples
    --------
    >>> number(0.06), number(float("inf")), number(None)
    (0.06, None, None)
    """
    return None if value is None or not math.isfinite(value) else float(value)


def numbers(values: Iterable[float]) -> list[float | None]:
    """Return `number` of each value."""
    return [number(value) for value in values]


def low_high(ends: Iterable[float], form: Callable = number) -> dict:
    """Return the two ends of a range as a field.

    Examples
    --------
    >>> low_high((2.0, 22.0), whole)
    {'low': 2, 'high': 22}
    """
    low, high = ends
    return {"low": form(low), "high": form(high)}


def rates(ends: Iterable[float], recorded: float | None) -> dict:
    """Return the rates of a range of counts as a field, unknown where nothing is recorded or that is not known.

    Examples
    --------
    >>> rates((1, 3), 4), rates((0, 0), 0)
    ({'low': 0.25, 'high': 0.75}, {'low': None, 'high': None})
    """
    return low_high(end / recorded if recorded else math.nan for end in ends)
