"""Everything that is published of one force here: its rate in each study, in each official table, what to ask it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from analysis.answer.comparisons import compare_study
from analysis.answer.explorer import AnsweredStudy, answer_release
from analysis.answer.mix import answer_mix
from analysis.answer.rates_of_forces import force_rates
from analysis.answer.years import answer_years
from analysis.counts.forces import find_force, list_forces
from analysis.counts.imported import imported_state
from analysis.counts.release import ALL_OFFENCES, Release, code_in_path
from analysis.counts.releases import find_outcome, find_release, list_offences, open_release
from analysis.counts.series_studies import SeriesStudy, read_any_study
from analysis.counts.studies import Study, read_study
from analysis.results.compared_forces import ComparedForce
from analysis.results.force_profile import Difference, ForceProfile, JudgedRate, OfficialYear, OpenQuestion
from analysis.results.force_rates import Ends
from analysis.results.windows import FigureWindow
from analysis.statistics.multiplicity import holm
from analysis.statistics.power import crimes_to_tell
from analysis.statistics.verdicts import ALPHA_95, HIGHER, LOWER, is_below

CHARGED = "charged"
"""The outcome that official tables are read for."""
TIMES = (1.25, 1.5, 2.0)
"""How many times the other rate a true rate is, for which the crimes needed are given."""
DAYS_A_YEAR = 365.25


def profile_force(force: str, studies: Sequence[str], releases: Sequence[str]) -> ForceProfile:
    """Return everything that some studies and official tables say of one force.

    Parameters
    ----------
    force : str
        By name, slug or alias.
    studies : sequence of str
        Ids of studies of one release or of several; those that do not know the force are left out.
    releases : sequence of str
        Ids of official tables, which are asked for every offence.

    Returns
    -------
    ForceProfile

    Raises
    ------
    InputError
        If the force, a study or a release is not known, or a release is no official table.

    Examples
    --------
    >>> profile = profile_force("Gwent", ["radar-2022/8-71/charged"], [])
    >>> profile.rates[0].low, profile.rates[0].recorded, profile.rates[0].alone
    (21, 268, 'not distinguishable')
    >>> [(one.times, one.crimes) for one in profile.questions[0].differences]
    [(1.25, 1885), (1.5, 519), (2.0, 151)]
    """
    found = find_force(force)
    asked = [study for study in map(read_any_study, studies) if found.name in list(study.forces["force"])]
    singles = [study for study in asked if isinstance(study, Study)]
    series = [study for study in asked if isinstance(study, SeriesStudy) and found.name in study.reportable_forces()]
    rates = tuple(_rate_in_study(study, found.name) for study in singles)
    tables = [find_release(name) for name in releases]
    return ForceProfile(
        force=found.name,
        slug=found.slug,
        mixes=tuple(answer_mix(one.id, CHARGED, found.name) for one in tables if _has_figures(one, found.name)),
        rates=rates,
        over_years=tuple(answer_years(one.series, one.offence, one.outcome, found.name) for one in series),
        official=tuple(_official_year(one, found.name) for one in tables),
        questions=tuple(_question(rate) for rate in rates if _is_open(rate)),
    )


def _has_figures(release: Release, force: str) -> bool:
    return read_study(f"{release.id}/{ALL_OFFENCES}/{CHARGED}").row(force)["why_unknown"] is None


def _rate_in_study(study: Study, force: str) -> JudgedRate:
    """Return a force's rate in a study; the one place that reads its row."""
    row, published, together = _row(study.id, force), study.row(force), force_rates(study.id)
    drawn = next(one for one in together.forces if one.force == force)
    return JudgedRate(
        study=study.id,
        code=study.offence,
        offence=study.offence_title,
        outcome=study.outcome_label,
        window=FigureWindow(published["window_start"], published["window_end"]),
        publisher=study.publisher,
        low=row.count.low,
        high=row.count.high,
        recorded=row.recorded,
        interval=drawn.interval,
        against=study.against,
        alone=row.verdict.rest,
        among=row.verdict.among_forces,
        common=together.common,
        usual=together.usual,
        why_unknown=row.why_unknown,
    )


def _row(study: str, force: str) -> ComparedForce:
    return next(row for row in compare_study(study).forces if row.force == force)


def _official_year(release: Release, force: str) -> OfficialYear:
    """Return what an official table says of a force: the offences in which it can be judged, and who stands out."""
    place = [one.name for one in list_forces()].index(force)
    titles = list_offences(release)
    studies = [study for study in _official_studies(release) if study.offence in titles]  # No groups: they overlap.
    judged = [study for study in studies if np.isfinite(study.among_p[place])]
    corrected = holm(np.array([study.among_p[place] for study in judged]))
    rates = [_official_rate(release, study, place, titles[study.offence]) for study in judged]
    stand_out = [rate.study for rate, p in zip(rates, corrected, strict=True) if is_below(p, ALPHA_95)]
    return OfficialYear(
        release=release.id,
        title=release.title,
        rates=tuple(sorted(rates, key=lambda rate: (rate.offence, rate.study))),
        offences=sum(study.recorded[place] > 0 for study in studies),
        outside=sum(rate.among in (HIGHER, LOWER) for rate in rates),
        stand_out=tuple(stand_out),
    )


def _official_studies(release: Release) -> tuple[AnsweredStudy, ...]:
    return _read_official_studies(release.id, imported_state(release.id))


@lru_cache(maxsize=16)
def _read_official_studies(release: str, state: tuple[Any, ...] | None) -> tuple[AnsweredStudy, ...]:
    """Return every offence of a release, judged; `state` is that of the imports, so that a new one is read."""
    return tuple(answer_release(find_release(release), CHARGED))


def _official_rate(release: Release, study: AnsweredStudy, place: int, title: str) -> JudgedRate:
    return JudgedRate(
        study=f"{release.id}/{code_in_path(study.offence)}/{study.outcome}",
        code=study.offence,
        offence=title,
        outcome=find_outcome(release, study.outcome).label,
        window=FigureWindow(release.window_start or "", release.window_end or ""),
        publisher=release.publisher,
        low=int(study.low[place]),
        high=int(study.high[place]),
        recorded=int(study.recorded[place]),
        interval=(float(study.wilson_low[place]), float(study.wilson_high[place])),
        against="rest",
        alone=study.rest[place],
        among=study.among[place],
        common=(study.count / study.compared, study.count / study.compared),
        usual=study.usual,
        why_unknown=study.why_unknown[place],
    )


def _is_open(rate: JudgedRate) -> bool:
    """Return whether a question is open whose figures are not those of an official table, which nobody need ask for."""
    if open_release(find_release(rate.study.partition("/")[0])).every_offence:
        return False
    return (rate.alone if rate.against == "published" else rate.among or rate.alone) not in (HIGHER, LOWER)


def _question(rate: JudgedRate) -> OpenQuestion:
    start, end = rate.window.start, rate.window.end
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 if start and end else None
    a_year = None if rate.recorded is None or days is None else rate.recorded / days * DAYS_A_YEAR
    return OpenQuestion(rate, a_year, _differences(rate.common, a_year))


def _differences(beside: Ends | None, a_year: float | None) -> tuple[Difference, ...]:
    """Return what it takes to tell some true rates from the one beside; none where that is nothing or all."""
    if beside is None or not 0 < beside[0] <= beside[1] < 1:
        return ()
    rates = {times: times * beside[1] for times in TIMES if times * beside[1] < 1}
    needed = _crimes_to_tell(tuple(rates.values()), *beside)
    return tuple(
        Difference(times, rate, crimes, crimes / a_year if crimes and a_year else None)
        for (times, rate), crimes in zip(rates.items(), needed, strict=True)
    )


@lru_cache(maxsize=64)
def _crimes_to_tell(rates: tuple[float, ...], low: float, high: float) -> list[int | None]:
    return crimes_to_tell(rates, low, high)
