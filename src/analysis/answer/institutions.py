"""Institutions of any field beside each other: what `compare_forces` finds, as typed rows and as a figure needs it."""

from typing import Any

import pandas as pd

from analysis.answer.comparisons import compare_forces
from analysis.answer.country import about_forces
from analysis.results.institution_rates import Institution, Together
from analysis.results.vocabulary import Vocabulary
from analysis.statistics.leave_one_out import FEWEST_OTHERS


def compare_institutions(
    forces: pd.DataFrame, words: Vocabulary
) -> tuple[tuple[Institution, ...], Together, dict[str, Any]]:
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
        tuple(_institution(row) for row in compared["forces"]),
        _together(compared["country"], about),
        {"country": compared["country"], "forces": _drawn(compared["forces"]), "about": _about_figure(about, words)},
    )


def _institution(row: dict[str, Any]) -> Institution:
    """Return a row of `compare_forces` as a flat one."""
    among, verdict = row["among_forces"], row["verdict"]
    return Institution(
        name=row["force"],
        count_low=row["count"]["low"],
        count_high=row["count"]["high"],
        recorded=row["recorded"],
        open=row["open"],
        rate_low=row["rate"]["low"],
        rate_high=row["rate"]["high"],
        wilson_low=row["wilson"][0],
        wilson_high=row["wilson"][1],
        rest_p_low=row["p_range"][0],
        rest_p_high=row["p_range"][1],
        rest_p_holm=row["rest"]["p_holm"],
        verdict_rest=verdict["rest"],
        among_p=among["p"],
        among_outside=among["outside"],
        among_bh=among["bh"],
        is_named=among["named"],
        verdict_among=verdict["among_forces"],
        screened=row["screened"],
        why_unknown=row["why_unknown"],
    )


def _together(country: dict[str, Any], about: dict[str, Any]) -> Together:
    return Together(
        institutions=country["forces"],
        needed=FEWEST_OTHERS + 1,
        count=country["count"],
        recorded=country["recorded"],
        rate=country["rate"],
        times_chance=country["phi"],
        different=len(about["different_from_rest"]),
        judged=len(about["judged"]),
    )


def _drawn(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that a figure has room for: a bar from 0% to 100%, of which nothing is known, flattens it."""
    return [row for row in rows if (row["rate"]["low"], row["rate"]["high"]) != (0, 1)]


def _about_figure(about: dict[str, Any], words: Vocabulary) -> dict[str, Any]:
    """Return what the figure of all forces asks of a study, of a table without one."""
    no_study = {"against": "rest", "of_outcomes": False, "windows_differ": False}
    return about | no_study | {"outcome": words.outcome, "words": words}
