"""Several releases of one publisher as a series of years, and what breaks it. Nothing is added across the releases."""

import re
from collections.abc import Collection
from datetime import date
from itertools import pairwise

from analysis.counts.names import offer_names
from analysis.counts.official.coverage import join_names
from analysis.counts.official.home_office import is_financial_year
from analysis.counts.release import Release, refuse_unlike
from analysis.counts.releases import find_release, list_releases, year_to_fetch
from analysis.counts.tables import Row, read_table
from analysis.errors import InputError

MOST_YEARS = 30
SHORTEST_YEAR = 365
"""Days."""
YEAR = re.compile(r"(.*-)?(\d{4}-\d\d)", re.ASCII)
"""An id that ends with a financial year: what stands before it, and the year."""


def is_series(text: str) -> bool:
    """Return whether a text names a series of releases, not one release.

    Examples
    --------
    >>> is_series("home-office-2016-17..2021-22"), is_series("my-foi,other-foi")
    (True, True)
    >>> is_series("home-office-2018-19"), is_series("..")
    (False, False)
    """
    inside = text.strip(".,")
    return ".." in inside or "," in inside


def find_series(text: str) -> list[Release]:
    """Return the releases of a series, the earliest first.

    Parameters
    ----------
    text
        Ids joined by commas, or a range of financial years: `home-office-2016-17..2021-22`.

    Raises
    ------
    InputError
        If a release is not there (all years that can be fetched are named), the publishers differ, or two windows
        overlap.

    Examples
    --------
    >>> [release.id for release in find_series("home-office-2018-19")]
    ['home-office-2018-19']
    """
    names = [name for part in text.split(",") for name in _expand(part.strip())]
    found = _find_all(names)
    for release in found:
        if release.window_start is None:
            raise InputError(f"the release {release.id!r} does not say which period it covers: a series needs that")
    releases = sorted(found, key=lambda release: (release.window_start, release.id))
    for release in releases:
        refuse_unlike(
            releases[0],
            release,
            publishers="figures of different publishers are never put into one series",
            bases="rates over different crimes are never put into one series",
        )
    _refuse_part_years(releases)
    for earlier, later in pairwise(releases):
        if (later.window_start or "") <= (earlier.window_end or ""):
            raise InputError(f"{earlier.id} and {later.id} cover some of the same days: keep one of them in the series")
    return releases


def _refuse_part_years(releases: list[Release]) -> None:
    """Refuse a year of an official table of which some quarters are missing, beside any other."""
    for release in releases:
        if len(releases) > 1 and YEAR.fullmatch(release.id.partition("@")[0]) and _is_short(release):
            raise InputError(
                f"{release.id} covers {release.window_start} to {release.window_end} only, part of a year: it is never "
                "set beside other years; import the whole year, or leave it out"
            )


def _is_short(release: Release) -> bool:
    start, end = (date.fromisoformat(str(day)) for day in (release.window_start, release.window_end))
    return (end - start).days < SHORTEST_YEAR - 1


def series_id(releases: list[Release]) -> str:
    """Return the one name of a series, however it was asked for: years in a row as a range, the rest joined by commas.

    Parameters
    ----------
    releases
        As `find_series` returns them.

    Examples
    --------
    >>> series_id(find_series("home-office-2018-19"))
    'home-office-2018-19'
    """
    runs: list[list[str]] = []
    for release in releases:
        if runs and release.id == _next_year(runs[-1][-1]):
            runs[-1].append(release.id)
        else:
            runs.append([release.id])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}..{_last_year(run[-1])}" for run in runs)


def _last_year(release: str) -> str:
    """Return the year of an official table's id as it ends a range of them."""
    found = YEAR.fullmatch(release)
    return found[2] if found else release


def _next_year(name: str) -> str | None:
    match = YEAR.fullmatch(name)
    if not match or not is_financial_year(match[2].replace("-", "/")):
        return None
    year = int(match[2][:4]) + 1
    return f"{match[1] or ''}{year}-{(year + 1) % 100:02}"


def find_breaks(offence: str, start: str, end: str, *, codes: Collection[str] = ()) -> list[Row]:
    """Return the breaks of an offence's series after its first day and up to its last, the earliest first.

    Parameters
    ----------
    offence
        Code as published, or the id of a group.
    start, end
        First and last day of the series, as ISO dates.
    codes
        The codes of a group: what breaks the series of one of them breaks that of the group.

    Examples
    --------
    >>> [row["label"] for row in find_breaks("8/71", "2019-04-01", "2022-03-31")]
    ['outcome 22, compulsory', 'threats added']
    """
    asked = {offence, *codes}
    rows = [row for row in read_table("breaks.csv") if not row["offence"] or asked & {*row["offence"]}]
    return sorted((row for row in rows if start < row["date"] <= end), key=lambda row: row["date"])


def _expand(part: str) -> list[str]:
    """Return the ids that one part of a series names."""
    if ".." not in part:
        return [part]
    match = re.fullmatch(r"(.*-)?(\d{4}-\d\d)\.\.(?:\1)?(\d{4}-\d\d)", part)
    years = [match[2], match[3]] if match else []
    if not match or not all(is_financial_year(year.replace("-", "/")) for year in years):
        raise InputError(f"{part!r} is not a range of years: write it like home-office-2016-17..2021-22")
    first, last = (int(year[:4]) for year in years)
    if not first <= last < first + MOST_YEARS:
        raise InputError(f"{part!r} must run from an earlier year to a later one, over at most {MOST_YEARS} years")
    return [f"{match[1] or ''}{year}-{(year + 1) % 100:02}" for year in range(first, last + 1)]


def _find_all(names: list[str]) -> list[Release]:
    """Return the releases with these ids; the years that are missing are named together, with what fetches them."""
    known = [release.id for release in list_releases()]
    missing = [name for name in dict.fromkeys(names) if name not in known]
    years = {name: year for name in missing if (year := year_to_fetch(name))}
    if years and len(years) == len(missing):
        named = join_names([repr(name) for name in years])
        there_is_none = f"there {'is no release' if len(years) == 1 else 'are no releases'} {named} yet"
        near = f"; {offer_names(next(iter(years)), known)}" if len(years) == 1 else ""
        raise InputError(
            f"{there_is_none}: run charge-rates fetch {' '.join(years.values())}, or name the years that are there, "
            f"joined by commas{near}"
        )
    return [find_release(name) for name in names]
