"""The words that a verdict is written with wherever a person reads it: table, card, page and terminal."""

from analysis.presentation.formats import p_equals

AMONG_FORCES = {
    "higher": "unusually high",
    "lower": "unusually low",
    "not unusual": "not unusual",
    "too few": "too few crimes to judge",
    "depends on the open cases": "depends on the open cases",
}


def among_forces(row: dict) -> str:
    """Return whether a force is unusual among forces, in words; what cannot be said is said so.

    Parameters
    ----------
    row : dict
        A force's row of `analysis.answer.compare_study`.

    Examples
    --------
    >>> among_forces({"verdict": {"among_forces": "higher"}, "screened": False})
    'unusually high'
    >>> among_forces({"verdict": {"among_forces": None}, "screened": True})
    'cannot be said: too many open cases'
    """
    verdict = row["verdict"]["among_forces"]
    if verdict is None:
        return "cannot be said: too many open cases" if row["screened"] else ""
    return AMONG_FORCES[verdict]


def among_forces_p(row: dict) -> str:
    """Return a force's p among the forces with the limits that it lies outside of; empty where there is none.

    Examples
    --------
    >>> among_forces_p({"among_forces": {"p": 0.0313, "outside": "95"}})
    'p = 0.031, outside 95%'
    """
    found = row["among_forces"]
    if found["p"] is None:
        return ""
    outside = f", outside {found['outside']}%" if found["outside"] else ""
    return f"p {p_equals(found['p'])}{outside}"
