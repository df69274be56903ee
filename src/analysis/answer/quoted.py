"""Which of the charge rates of a year somebody quoted."""

from collections.abc import Collection

from analysis.counts.notation import percent_bounds, read_rate
from analysis.counts.official.closed import CHARGED, ClosedOutcomes, read_closed
from analysis.counts.official.home_office import is_financial_year
from analysis.counts.release import ALL_OFFENCES, CRIMES_WITH_AN_OUTCOME
from analysis.counts.releases import find_release, list_releases
from analysis.counts.studies import Study, make_study_id, read_study
from analysis.errors import InputError
from analysis.results.quoted_rates import (
    CHARGES_OVER_CRIMES,
    COHORT,
    OF_OUTCOMES,
    WITH_AN_OUTCOME,
    CandidateRate,
    QuotedRate,
)
from analysis.results.windows import FigureWindow


def check_quoted(
    rate: str, offence: str, year: str, *, force: str | None = None, release: str | None = None
) -> QuotedRate:
    """Return which of the three charge rates of a year a quoted one is.

    Parameters
    ----------
    rate
        As it was quoted: `1.6%`, `0.016`, or a range; it stands for every rate that is rounded to it.
    offence
        Code as published, `all`, or an official group.
    year
        The financial year, e.g. `2018/19`.
    force
        A force by name, slug or alias; all forces together if not given.
    release
        Id of the official table, where it is not `home-office-` and the year; for all offences of a year whose table
        is not there, the built-in totals of that year answer, which do not hold the crimes recorded.

    Raises
    ------
    InputError
        If the rate cannot be read, the release is no official table of that year, or offence or force is not known.

    Examples
    --------
    >>> found = check_quoted("9.0%", "8L", "2018/19", force="Gwent")
    >>> [(one.count, one.of, one.fits) for one in found.candidates]
    [(244, 2697, True), (None, 2697, None), (None, None, None)]
    >>> [one.fits for one in check_quoted("7.8%", "all", "2019/20").candidates]
    [None, False, None, False]
    """
    low, high = _bounds(rate)
    study = _find_study(offence, year, release)
    names = [study.find(force)] if force else list(study.forces["force"])
    cohort = {row["force"]: row for row in study.forces.to_dict("records") if row["why_unknown"] is None}
    own = find_release(study.release)
    closed = read_closed(own, _codes(study))
    known = [name for name in names if name in cohort and not _is_incomplete(closed, name)]
    if not known:
        raise InputError(f"{study.release} has no known figures of {force or 'any force'} for {study.offence}")
    recorded = sum(int(cohort[name]["recorded"]) for name in known)
    charged = sum(int(cohort[name]["count_low"]) for name in known)
    made, given = _sum_closed(closed, known)
    crimes = None if own.basis == CRIMES_WITH_AN_OUTCOME else recorded
    decided = [(WITH_AN_OUTCOME, charged, recorded)] if crimes is None else []
    rates = [(COHORT, charged, crimes), *decided, (CHARGES_OVER_CRIMES, made, crimes), (OF_OUTCOMES, made, given)]
    return QuotedRate(
        quoted=rate.strip(),
        low=low,
        high=high,
        release=study.release,
        offence=study.offence,
        offence_title=study.offence_title,
        force=names[0] if force else None,
        forces=len(known),
        left_out=tuple(name for name in names if name not in known),
        window=FigureWindow(study.window_start, study.window_end),
        candidates=tuple(CandidateRate(kind, count, of, _fits(count, of, low, high)) for kind, count, of in rates),
    )


def _bounds(rate: str) -> tuple[float, float]:
    """Return the lowest and highest proportion that is quoted so: half a unit of its last digit around it."""
    ends = read_rate(rate)
    typed = rate.strip()
    if ".." in typed:
        return ends.low, ends.high
    low, high = percent_bounds(typed.removesuffix("%").strip())
    unit = 1 if typed.endswith("%") else 100
    return float(unit * low), float(unit * high)


def _find_study(offence: str, year: str, release: str | None) -> Study:
    if not is_financial_year(year):
        raise InputError(f"--year {year!r} is not a financial year: write it like 2018/19")
    found = find_release(release or _release_of(offence, year.replace("/", "-")))
    if str(found.window_start)[:4] != year[:4]:
        raise InputError(f"{found.id} begins on {found.window_start}, not in {year}: name a release of that year")
    return read_study(make_study_id(found.id, offence, "charged"))


def _release_of(offence: str, year: str) -> str:
    """Return the id of a year's table; that of its totals where only they are there and all offences are asked for."""
    table, totals = f"home-office-{year}", f"home-office-all-offences-{year}"
    ids = {one.id for one in list_releases()}
    return totals if offence.strip().casefold() == ALL_OFFENCES and table not in ids and totals in ids else table


def _codes(study: Study) -> Collection[str] | None:
    if study.offence == ALL_OFFENCES:
        return None
    return [one.code for one in study.codes] or [study.offence]


def _is_incomplete(closed: ClosedOutcomes | None, force: str) -> bool:
    return closed is not None and None in closed.get(force, {}).values()


def _sum_closed(closed: ClosedOutcomes | None, forces: list[str]) -> tuple[int | None, int | None]:
    """Return the charges made and all outcomes given in the year, of some forces; None where they are not held."""
    if closed is None:
        return None, None
    rows = [closed.get(name, {}) for name in forces]
    return sum(row.get(CHARGED) or 0 for row in rows), sum(count or 0 for row in rows for count in row.values())


def _fits(count: int | None, of: int | None, low: float, high: float) -> bool | None:
    if count is None or not of:
        return None
    return low <= count / of <= high
