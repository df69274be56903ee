"""Is a force's rate over all offences low, or high, because of what it records? Its offence mix set aside."""

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import numpy as np

from analysis.answer.fields import number
from analysis.counts.imported import imported_state
from analysis.counts.release import ALL_OFFENCES
from analysis.counts.releases import find_outcome, find_release, list_offences, open_release
from analysis.counts.studies import Study, read_study
from analysis.errors import InputError
from analysis.results.compared_forces import ComparedForces, ForceWithMix
from analysis.results.json_form import fields_of
from analysis.results.offence_mix import AboutMix, MixAmongForces, MixOfForce, OffenceInMix, OffenceMix
from analysis.results.windows import FigureWindow
from analysis.results.year_series import CitedSource
from analysis.statistics.among_forces import ALPHA_HEADLINE
from analysis.statistics.arrays import Flags, Floats, Words
from analysis.statistics.judgement import judged_or_too_few
from analysis.statistics.open_cases import screen_open_cases
from analysis.statistics.standardised import StandardisedRatio, standardise
from analysis.statistics.verdicts import is_below, over_readings

MOST_OFFENCES = 10
"""Offences that are shown: those that move a ratio most."""


@dataclass(frozen=True, eq=False)
class _Mixes:
    """Every force's ratio: forces by offences, by the counts so far and by the closed cases alone."""

    forces: list[str]
    offences: list[str]
    count: Floats
    recorded: Floats
    still_open: Floats
    screened: Flags
    never: StandardisedRatio
    verdict: Words
    among: Words
    named: Flags


def answer_mix(release: str, outcome: str, force: str) -> MixOfForce:
    """Return a force's rate over all offences beside what its mix would give at the other forces' rates.

    Parameters
    ----------
    release : str
        A release that counts every offence.
    outcome, force : str
        As of every study; the force by name, slug or alias.

    Returns
    -------
    MixOfForce
        Forces with very many open cases are set aside and take no part.

    Raises
    ------
    InputError
        If the release does not count every offence, or release, outcome or force are not known.

    Examples
    --------
    >>> mix = answer_mix("home-office-2018-19", "charged", "Gwent").mix
    >>> f"{mix.ratio:.2f} ({mix.low:.2f} to {mix.high:.2f})", mix.among.verdict
    ('1.00 (0.98 to 1.03)', 'not unusual')
    """
    study = read_study(f"{release}/{ALL_OFFENCES}/{outcome}")
    row, found = study.row(force), _mixes(study)
    name = row["force"]
    if row["why_unknown"]:
        raise InputError(f"{name} has no figures of all offences in {study.release}: {row['why_unknown']}")
    place = found.forces.index(name)
    others = ~found.screened & (np.arange(len(found.forces)) != place)
    return MixOfForce(
        release=study.release,
        outcome=study.outcome,
        force=name,
        count=row["count_low"],
        recorded=row["recorded"],
        open=int(found.still_open[place].sum()),
        others_rate=float(found.count[others].sum() / found.recorded[others].sum()),
        set_aside=tuple(np.array(found.forces, object)[found.screened]),
        mix=_mix(found, place),
        offences=_offences(found, place, list_offences(find_release(study.release))),
        about=_about(study),
    )


def add_mixes(compared: ComparedForces, study: Study) -> ComparedForces:
    """Return what `compare_forces` says of a study of all offences, each force with its mix.

    Parameters
    ----------
    compared : ComparedForces
        The forces of the study.
    study : Study
        Of all offences together.

    Returns
    -------
    ComparedForces
        Its forces are `ForceWithMix`; the mix is None where a force has none, and where the release does not give
        every offence.
    """
    mixes = find_mixes(study) if study.is_mix else {}
    rows = tuple(ForceWithMix(**fields_of(row), mix=mixes.get(row.force)) for row in compared.forces)
    return replace(compared, forces=rows)


def find_mixes(study: Study) -> dict[str, OffenceMix]:
    """Return the mix of each force of a study of all offences that has one, by its name.

    Parameters
    ----------
    study : Study
        Of a release that gives every offence.
    """
    found = _mixes(study)
    mixes = {force: _mix(found, place) for place, force in enumerate(found.forces)}
    return {force: mix for force, mix in mixes.items() if mix}


def _mixes(study: Study) -> _Mixes:
    return _read_mixes(study.release, study.outcome, imported_state(study.release))


@lru_cache(maxsize=4)
def _read_mixes(release: str, outcome: str, state: tuple[Any, ...]) -> _Mixes:
    """Return every force's ratio; `state` is that of the imports, so that a new one is read."""
    found = find_release(release)
    cells = open_release(found).cells(find_outcome(found, outcome))
    forces, offences = sorted({cell.force for cell in cells}), sorted({cell.offence for cell in cells})
    places = [forces.index(cell.force) for cell in cells], [offences.index(cell.offence) for cell in cells]
    count, recorded, still_open = (np.zeros((len(forces), len(offences))) for _ in range(3))
    count[places], recorded[places], still_open[places] = np.array([cell[2:] for cell in cells], float).T
    screened = screen_open_cases(recorded.sum(axis=1), still_open.sum(axis=1))
    takes_part = ~screened[:, np.newaxis]
    never = standardise(*(np.where(takes_part, one, np.nan) for one in (count, recorded)))
    closed = standardise(*(np.where(takes_part, one, np.nan) for one in (count, recorded - still_open)))
    return _Mixes(
        forces,
        offences,
        count,
        recorded,
        still_open,
        screened,
        never,
        verdict=over_readings(never.verdict, judged_or_too_few(closed.verdict)),
        among=over_readings(never.among.verdict, judged_or_too_few(closed.among.verdict)),
        named=np.logical_and(*(is_below(one.among.benjamini_hochberg, ALPHA_HEADLINE) for one in (never, closed))),
    )


def _mix(found: _Mixes, place: int) -> OffenceMix | None:
    ratio, among = found.never, found.never.among
    if ratio.verdict[place] is None:
        return None
    return OffenceMix(
        observed=int(ratio.observed[place]),
        expected=float(ratio.expected[place]),
        ratio=number(ratio.ratio[place]),
        low=number(ratio.low[place]),
        high=number(ratio.high[place]),
        z=number(ratio.z[place]),
        p=number(ratio.p[place]),
        recorded=int(ratio.recorded[place]),
        codes=int(ratio.codes[place]),
        codes_left_out=int(ratio.codes_left_out[place]),
        verdict=found.verdict[place],
        among=MixAmongForces(
            p=number(among.p[place]),
            outside=among.outside[place],
            judged=bool(among.judged[place]),
            bh=number(among.benjamini_hochberg[place]),
            named=bool(found.named[place]),
            verdict=found.among[place],
        ),
    )


def _offences(found: _Mixes, place: int, titles: dict[str, str]) -> tuple[OffenceInMix, ...]:
    """Return the offences with the largest difference between count and expected, the largest first."""
    expected = found.never.expected_by_code[place]
    order = np.argsort(-np.nan_to_num(np.abs(found.count[place] - expected)), kind="stable")
    return tuple(
        OffenceInMix(
            offence=found.offences[code],
            title=titles[found.offences[code]],
            recorded=int(found.recorded[place, code]),
            count=int(found.count[place, code]),
            expected=float(expected[code]),
        )
        for code in order[:MOST_OFFENCES]
        if not np.isnan(expected[code])
    )


def _about(study: Study) -> AboutMix:
    return AboutMix(
        title=study.title,
        publisher=study.publisher,
        outcome=study.outcome_label,
        window=FigureWindow(study.window_start, study.window_end),
        limits=study.limits,
        sources=tuple(CitedSource(one.publisher, one.title, one.address, one.licence) for one in study.sources),
        digest=study.digest,
        version=version("charge-rates"),
    )
