"""How the rate of a year's crimes grows with age: years at the same age, and where a young one may end."""

import re
from collections.abc import Sequence
from datetime import date

from analysis.counts.release import Release, refuse_unlike
from analysis.counts.releases import find_release
from analysis.counts.studies import Study, make_study_id, read_study
from analysis.errors import InputError
from analysis.results.aged_rates import AgedRate, YoungYear

EDITION = re.compile(r"@(\d{4})-(\d{2})$", re.ASCII)
SAME_AGE = 2
"""Months by which two ages may differ and be called the same: editions come out quarterly."""


def rates_by_age(
    releases: Sequence[str], offence: str, outcome: str = "charged", *, force: str | None = None
) -> tuple[AgedRate, ...]:
    """Return the rate of each year of crimes in each edition, sorted by age, so that years stand at the same age.

    Parameters
    ----------
    releases
        Ids of editions with their month, e.g. `home-office-2018-19@2024-07`; two editions of a year or more show its
        growth.
    offence, outcome
        The question.
    force
        A force; if not given, those together that every edition knows exactly.

    Raises
    ------
    InputError
        If an id has no month or is older than its year, a release is not known or there twice, publishers or bases
        differ, or no force is known in all of them.

    Examples
    --------
    >>> rates_by_age(["home-office-2018-19"], "8R")
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: home-office-2018-19 does not say of which month its edition is: import it with --release home-office-2018-19@YYYY-MM
    """  # noqa: E501 - the sentence as it is printed.
    found = [find_release(text) for text in releases]
    if not found or len({one.id for one in found}) < len(found):
        raise InputError("name each edition once, and one at least")
    ages = [_age(one) for one in found]
    for one in found[1:]:
        refuse_unlike(
            found[0],
            one,
            publishers="figures of different publishers have no common age",
            bases="rates over different crimes are not compared at an age",
        )
    studies = [read_study(make_study_id(one.id, offence, outcome)) for one in found]
    exact = [_exact(study) for study in studies]
    forces = set.intersection(*(set(one) for one in exact))
    forces &= {studies[0].find(force)} if force is not None else forces
    rows = [[sum(one[name][part] for name in forces) for part in (0, 1)] for one in exact]
    if not all(recorded for _, recorded in rows):
        raise InputError(f"the counts of {force or 'any force'} are not known exactly in all of these editions")
    rates = [
        AgedRate(one.id, str(one.window_start), age, *row) for one, age, row in zip(found, ages, rows, strict=True)
    ]
    return tuple(sorted(rates, key=lambda one: (one.age, one.year)))


def range_of_young_year(rates: Sequence[AgedRate]) -> YoungYear:
    """Return where the latest year may end: its rate times the least and the most that older years grew by.

    An older year counts if one edition is of the age that the latest year has now, give or take `SAME_AGE` months, and
    another is later. The range is no interval, and says so.

    Parameters
    ----------
    rates
        What `rates_by_age` returns.

    Examples
    --------
    >>> then = AgedRate("a@2020-04", "2018-04-01", 13, 50, 1000)
    >>> last = AgedRate("a@2024-07", "2018-04-01", 64, 60, 1000)
    >>> range_of_young_year([then, last, AgedRate("b@2025-04", "2023-04-01", 13, 40, 1000)]).high
    0.048
    """
    years: dict[str, list[AgedRate]] = {}
    for one in sorted(rates, key=lambda one: one.age):
        years.setdefault(one.year, []).append(one)
    now = years.pop(max(years))[-1]
    grown = []
    for year in sorted(years):
        at_age = [one for one in years[year] if abs(one.age - now.age) <= SAME_AGE and one.count]
        last = years[year][-1]
        if at_age and last.age > at_age[0].age + SAME_AGE:
            grown.append((min(at_age, key=lambda one: abs(one.age - now.age)), last))
    ends = [min(1.0, round(now.rate * last.rate / then.rate, 12)) for then, last in grown]
    return YoungYear(now, tuple(grown), min(ends, default=None), max(ends, default=None))


def _age(release: Release) -> int:
    """Return the months from the end of a release's year to its edition."""
    month = EDITION.search(release.id)
    if month is None:
        raise InputError(
            f"{release.id} does not say of which month its edition is: import it with --release {release.id}@YYYY-MM"
        )
    end = date.fromisoformat(str(release.window_end))
    age = 12 * (int(month[1]) - end.year) + int(month[2]) - end.month
    if age < 0:
        raise InputError(f"{release.id} is of a month before the end of its year, {end}: correct the id")
    return age


def _exact(study: Study) -> dict[str, tuple[int, int]]:
    """Return count and crimes of the forces that a study knows exactly."""
    return {
        row["force"]: (int(row["count_low"]), int(row["recorded"]))
        for row in study.forces.to_dict("records")
        if row["why_unknown"] is None and row["count_low"] == row["count_high"]
    }
