"""Institutions of any field beside each other: what `compare_forces` finds, as typed rows and as a figure needs it."""

import pandas as pd

from analysis.answer.comparisons import compare_forces
from analysis.answer.country import about_forces
from analysis.results.compared_forces import ComparedForce, ForcesTogether
from analysis.results.country_answer import AboutForces, AboutInstitutions, InstitutionsAnswer
from analysis.results.institution_rates import Institution, Together
from analysis.results.json_form import fields_of
from analysis.results.vocabulary import Vocabulary
from analysis.statistics.leave_one_out import FEWEST_OTHERS


def compare_institutions(
    forces: pd.DataFrame, words: Vocabulary
) -> tuple[tuple[Institution, ...], Together, InstitutionsAnswer]:
    """Return the institutions of a table, what they show together, and what their figure is drawn from.

    Parameters
    ----------
    forces : pandas.DataFrame
        As `compare_forces` takes it.
    words : Vocabulary
        The words of the field.

    Examples
    --------
    >>> from analysis.counts.studies import read_study
    >>> from analysis.results.vocabulary import POLICE
    >>> rows, together, _ = compare_institutions(read_study("home-office-2018-19/8R/charged").forces, POLICE)
    >>> together.count, together.different, rows[0].name, rows[0].verdict_among
    (4873, 21, 'Avon and Somerset', 'not unusual')
    """
    compared = compare_forces(forces)
    about = about_forces(compared)
    return (
        tuple(map(_institution, compared.forces)),
        _together(compared.country, about),
        InstitutionsAnswer(
            country=compared.country,
            forces=tuple(row for row in compared.forces if _has_room(row)),
            about=AboutInstitutions(**fields_of(about), words=words, outcome=words.outcome),
        ),
    )


def _institution(row: ComparedForce) -> Institution:
    """Return a row of `compare_forces` as a flat one."""
    return Institution(
        name=row.force,
        count_low=row.count.low,
        count_high=row.count.high,
        recorded=row.recorded,
        open=row.open,
        rate_low=row.rate.low,
        rate_high=row.rate.high,
        wilson_low=row.wilson[0],
        wilson_high=row.wilson[1],
        rest_p_low=row.p_range[0],
        rest_p_high=row.p_range[1],
        rest_p_holm=row.rest.p_holm,
        verdict_rest=row.verdict.rest,
        among_p=row.among_forces.p,
        among_outside=row.among_forces.outside,
        among_bh=row.among_forces.bh,
        is_named=row.among_forces.named,
        verdict_among=row.verdict.among_forces,
        screened=row.screened,
        why_unknown=row.why_unknown,
    )


def _together(country: ForcesTogether, about: AboutForces) -> Together:
    return Together(
        institutions=country.forces,
        needed=FEWEST_OTHERS + 1,
        count=country.count,
        recorded=country.recorded,
        rate=country.rate,
        times_chance=country.phi,
        different=len(about.different_from_rest),
        judged=len(about.judged),
    )


def _has_room(row: ComparedForce) -> bool:
    """Return whether a figure has room for a row: a bar from 0% to 100%, of which nothing is known, flattens it."""
    return row.rate.ends != (0, 1)
