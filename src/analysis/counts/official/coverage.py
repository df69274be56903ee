"""What an official table covers: which quarters and outcome types, of the whole and of each force.

A table may be complete by its name and not in its content: part of a year, or what a filter left of one.
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from analysis.counts.official.text_columns import Column
from analysis.counts.tables import read_table
from analysis.errors import InputError

QUARTERS = ("1", "2", "3", "4")
MONTHS = (("April", "June"), ("July", "September"), ("October", "December"), ("January", "March"))
FIRST_DAYS = ("04-01", "07-01", "10-01", "01-01")
LAST_DAYS = ("06-30", "09-30", "12-31", "03-31")
SANCTIONS = frozenset({"1", "2", "3", "4", "6", "7", "8"})
"""Outcome types by which a suspect was dealt with; crimes recorded without any other are those of a filter."""
SINCE = {"20": 2015, "21": 2015, "22": 2019}
"""The year from whose April on an outcome type exists, where that is after 2014."""
NEVER = frozenset({"19"})
MOST_NAMED = 8


def find_window(year: str, quarters: Iterable[str], place: str) -> tuple[str, str]:
    """Return the first and last day of the quarters of a financial year.

    Raises
    ------
    InputError
        If a quarter between two others is missing.

    Examples
    --------
    >>> find_window("2021/22", ["1", "2"], "table.csv")
    ('2021-04-01', '2021-09-30')
    """
    numbers = sorted(int(quarter) for quarter in quarters)
    missing = sorted({*range(numbers[0], numbers[-1] + 1)} - {*numbers})
    if missing:
        raise InputError(
            f"{place}: quarter {missing[0]} of {year} is missing between others, so the table is of no one period: "
            "take the file as published"
        )
    first, last = numbers[0] - 1, numbers[-1] - 1
    return f"{_year(year, first)}-{FIRST_DAYS[first]}", f"{_year(year, last)}-{LAST_DAYS[last]}"


def name_period(year: str, quarters: Iterable[str]) -> str | None:
    """Return the months that part of a year covers; None for a whole year.

    Examples
    --------
    >>> name_period("2021/22", ["1", "2"]), name_period("2021/22", ["3", "4"]), name_period("2021/22", QUARTERS)
    ('April to September 2021', 'October 2021 to March 2022', None)
    """
    places = sorted(int(quarter) - 1 for quarter in quarters)
    if len(places) == len(QUARTERS):
        return None
    first, last = places[0], places[-1]
    start, end = _year(year, first), _year(year, last)
    return f"{MONTHS[first][0]}{'' if start == end else f' {start}'} to {MONTHS[last][1]} {end}"


def find_lacks(year: str, force: Column, quarter: Column, kind: Column) -> list[str]:
    """Return what a table lacks of its year, one sentence each: quarters, also of single forces, and outcome types.

    Parameters
    ----------
    year
        The financial year, e.g. `2021/22`.
    force, quarter, kind
        Force, quarter and outcome type of each row.
    """
    return [
        *_part_of_a_year(year, quarter.values),
        *_forces_without_quarters(year, force, quarter),
        *_missing_types(year, kind.values),
        *_forces_with_sanctions_only(force, kind),
    ]


def refuse_filtered(place: str, kinds: Iterable[str]) -> None:
    """Refuse a table that has no crime but those whose suspect was dealt with: no rate can be made of it.

    Raises
    ------
    InputError
        If every outcome type is a charge, a caution or the like.
    """
    found = sorted(kinds, key=int)
    if {*found} <= SANCTIONS:
        raise InputError(
            f"{place}: the table has only the outcome {_types(found)}; the crimes recorded are the sum over all types, "
            "so without the others no rate can be given: take the file as published, without a filter"
        )


def compare_national(national: Counter[tuple[str, str]], forces: Counter[tuple[str, str]]) -> str:
    """Return what to say of a row of the whole country, which is left out, beside the sum of its forces.

    Parameters
    ----------
    national, forces
        Crimes by offence code and outcome type.

    Examples
    --------
    >>> compare_national(Counter({("92/1", "1"): 5}), Counter({("92/1", "1"): 5}))
    'The rows of England and Wales are left out: they are the sums of the forces.'
    """
    differ = sorted(key for key in national.keys() | forces.keys() if national[key] != forces[key])
    if not differ:
        return "The rows of England and Wales are left out: they are the sums of the forces."
    code, kind = differ[0]
    pairs = "1 pair" if len(differ) == 1 else f"{len(differ)} pairs"
    return (
        f"The rows of England and Wales are left out: for {pairs} of code and outcome type they are not the sums of "
        f"the forces, {'' if len(differ) == 1 else 'first '}{code} type {kind}: {national[code, kind]:,} against "
        f"{forces[code, kind]:,}."
    )


def join_names(names: list[str]) -> str:
    """Return names as one phrase, the rest of many as a number.

    Examples
    --------
    >>> join_names(["Gwent", "Kent"])
    'Gwent and Kent'
    """
    shown = names if len(names) <= MOST_NAMED + 1 else [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _year(year: str, place: int) -> int:
    return int(year[:4]) + (place == len(QUARTERS) - 1)


def _part_of_a_year(year: str, quarters: list[str]) -> list[str]:
    period = name_period(year, quarters)
    if period is None:
        return []
    number = f"{len(quarters)} of the 4 quarters"
    return [f"The table covers {period} only, {number} of {year}: it is never set beside whole years."]


def _forces_without_quarters(year: str, force: Column, quarter: Column) -> list[str]:
    present = _present(force, quarter)
    sentences = []
    for place, name in sorted(enumerate(quarter.values), key=lambda item: item[1]):
        missing = [one for one, has in zip(force.values, present[:, place], strict=True) if not has]
        if missing:
            months = name_period(year, [name])
            sentences.append(f"The table has no rows of {join_names(missing)} for {months} (quarter {name}).")
    return sentences


def _missing_types(year: str, kinds: list[str]) -> list[str]:
    start = int(year[:4])
    wanted = {row["type"] for row in read_table("outcome_types.csv") if SINCE.get(row["type"], 0) <= start} - NEVER
    missing = sorted(wanted - {*kinds}, key=int)
    if not missing:
        return []
    return [
        f"The table has no row of the outcome {_types(missing)}: if a filter took them away, the crimes recorded are "
        "too few and the rates too high."
    ]


def _forces_with_sanctions_only(force: Column, kind: Column) -> list[str]:
    other = np.array([name not in SANCTIONS for name in kind.values], dtype=bool)
    names = [
        name for name, has in zip(force.values, (_present(force, kind) & other).any(axis=1), strict=True) if not has
    ]
    if not names:
        return []
    return [
        f"Every crime of {join_names(names)} in the table was charged, cautioned or the like: if a filter took others "
        "away, the rate is too high."
    ]


def _present(force: Column, other: Column) -> np.ndarray:
    present = np.zeros((len(force.values), len(other.values)), dtype=bool)
    present[force.codes, other.codes] = True
    return present


def _types(kinds: list[str]) -> str:
    return f"type{'' if len(kinds) == 1 else 's'} {join_names(kinds)}"
