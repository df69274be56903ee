"""The words that a verdict is written with wherever a person reads it: table, card, page and terminal."""

from analysis.presentation.formats import p_equals
from analysis.results.compared_forces import ComparedForce

AMONG_FORCES = {
    "higher": "unusually high",
    "lower": "unusually low",
    "not unusual": "not unusual",
    "too few": "too few crimes to judge",
    "depends on the open cases": "depends on the open cases",
}


def among_forces(row: ComparedForce) -> str:
    """Return whether a force is unusual among forces, in words; what cannot be said is said so.

    Parameters
    ----------
    row : ComparedForce
        A force's row of `analysis.answer.compare_study`.

    Examples
    --------
    >>> from analysis.answer import compare_study, find_row
    >>> rows = compare_study("home-office-2018-19/8R/charged").forces
    >>> among_forces(find_row(rows, "Gloucestershire")), among_forces(find_row(rows, "North Yorkshire"))
    ('unusually high', 'cannot be said: too many open cases')
    """
    verdict = row.verdict.among_forces
    if verdict is None:
        return "cannot be said: too many open cases" if row.screened else ""
    return AMONG_FORCES[verdict]


def among_forces_p(row: ComparedForce) -> str:
    """Return a force's p among the forces with the limits that it lies outside of; empty where there is none.

    Examples
    --------
    >>> from analysis.answer import compare_study, find_row
    >>> among_forces_p(find_row(compare_study("home-office-2018-19/8R/charged").forces, "Gloucestershire"))
    'p = 0.031, outside 95%'
    """
    found = row.among_forces
    if found.p is None:
        return ""
    outside = f", outside {found.outside}%" if found.outside else ""
    return f"p {p_equals(found.p)}{outside}"
