"""Many forces beside each other: every force with the rest, and among forces."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.answer.fields import low_high, number, numbers, rates, whole
from analysis.answer.remembered import remembered
from analysis.counts.names import offer_names
from analysis.counts.replies.spreadsheet import read_force_table
from analysis.counts.studies import NationalCount, NationalRate, read_study
from analysis.errors import InputError
from analysis.statistics.funnel import funnel_z, outside
from analysis.statistics.multiplicity import holm
from analysis.statistics.overdispersion import Overdispersion, measure_overdispersion
from analysis.statistics.proportions import interval_of_range
from analysis.statistics.published_rate import compare_with_rate
from analysis.statistics.ranges import deciding_counts, smallest_and_largest
from analysis.statistics.rest import score_against_rest
from analysis.statistics.shrinkage import shrink_rates
from analysis.statistics.verdicts import HIGHER, LOWER, NOT_DISTINGUISHABLE, Score, verdict


@remembered
def compare_study(study_id: str, *, confidence: float = 0.95) -> dict:
    """Return all forces of a study beside each other.

    Returns
    -------
    dict
        `country` (what the forces show together) and `forces` (one dictionary a force, in the order of their names).

    Raises
    ------
    InputError
        If the study is not known.

    Examples
    --------
    >>> country = compare_study("home-office-2018-19/8R/charged")["country"]
    >>> country["count"], country["recorded"], round(country["x2"], 1)
    (4886, 207911, 436.5)
    """
    study = read_study(study_id)
    return compare_forces(study.forces, national=study.national, confidence=confidence)


def compare_file(path: str) -> dict:
    """Return all forces of a spreadsheet beside each other, and the names of the columns that were not used.

    Raises
    ------
    InputError
        If the file cannot be read; the message names row, column and value.
    """
    table = read_force_table(path)
    return compare_forces(table.forces) | {"ignored_columns": table.ignored_columns}


def compare_forces(
    forces: pd.DataFrame, *, national: NationalRate | NationalCount | None = None, confidence: float = 0.95
) -> dict:
    """Return all forces of a table beside each other.

    Parameters
    ----------
    forces : pandas.DataFrame
        Columns force, count_low, count_high, recorded, open, why_unknown.
    national : NationalRate or NationalCount, optional
        A published figure to compare with, instead of the other forces with exact counts.
    confidence : float
        Confidence of the intervals and of the verdicts.

    Returns
    -------
    dict
        `country` and `forces`. Forces whose count is a range take no part in what the forces show together.
    """
    low, high, recorded = count_arrays(forces)
    counts = list(zip(low, high, recorded, strict=True))
    exact = np.where((low == high) & (recorded > 0), low, math.nan)
    crimes = np.where(np.isnan(exact), math.nan, recorded)
    together = _together(exact, crimes, national)
    scores = _against_others(exact, crimes, national)
    scores_and_holm = zip(*scores, holm(scores.p), strict=True)
    p_ranges, verdicts = _judge(counts, scores, (together.charged, together.recorded), national, confidence)
    adjusted = [None] * len(counts)
    if together.tau2 is not None:
        adjusted = _beyond(funnel_z(exact, crimes, together.theta, mu=together.mu, tau2=together.tau2))
    columns = {
        "force": forces["force"],
        "count": [low_high(ends, whole) for *ends, _ in counts],
        "recorded": map(whole, recorded),
        "open": [None if pd.isna(still_open) else int(still_open) for still_open in forces["open"]],
        "rate": [rates(ends, number_recorded) for *ends, number_recorded in counts],
        "wilson": map(numbers, zip(*interval_of_range(low, high, recorded, confidence=confidence), strict=True)),
        "rest": [dict(zip(("z", "p", "p_holm"), numbers(row), strict=True)) for row in scores_and_holm],
        "p_range": p_ranges,
        "funnel": _beyond(funnel_z(exact, crimes, together.theta)),
        "adjusted": adjusted,
        "shrunk": _shrunk(exact, crimes, together, confidence),
        "verdict": [
            {"rest": word, "among_forces": _among_forces(found)} for word, found in zip(verdicts, adjusted, strict=True)
        ],
        "why_unknown": forces["why_unknown"],
    }
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return {"country": _country_part(together, national), "forces": rows}


def find_row(rows: list[dict], force: str) -> dict:
    """Return the row of a force, by its label without regard to case.

    Raises
    ------
    InputError
        If no row is that force's; near names are offered.
    """
    for row in rows:
        if row["force"].casefold() == force.strip().casefold():
            return row
    raise InputError(f"There is no force {force!r} here; {offer_names(force, [row['force'] for row in rows])}")


def is_exact(row: dict) -> bool:
    """Return whether a force's count is one known number, of one crime at least."""
    return row["count"]["low"] is not None and row["count"]["low"] == row["count"]["high"] and bool(row["recorded"])


def count_arrays(forces: pd.DataFrame) -> list[np.ndarray]:
    """Return the columns count_low, count_high and recorded as float arrays, NaN where unknown."""
    columns = ("count_low", "count_high", "recorded")
    return [forces[column].to_numpy(dtype=float, na_value=math.nan) for column in columns]


def _together(exact: np.ndarray, crimes: np.ndarray, national: NationalRate | NationalCount | None) -> Overdispersion:
    """Return what the forces with exact counts show together; against a range of rates there is no one theta."""
    if isinstance(national, NationalCount):
        return measure_overdispersion(exact, crimes, theta=national.count / national.recorded)
    together = measure_overdispersion(exact, crimes)
    if isinstance(national, NationalRate):
        return together._replace(theta=math.nan, x2=math.nan, x2_p=math.nan, phi=None, tau2=None, mu=None)
    return together


def _against_others(exact: np.ndarray, crimes: np.ndarray, national: NationalRate | NationalCount | None) -> Score:
    """Return the score test of each force with an exact count against the rest; NaN for the others."""
    if isinstance(national, NationalRate):
        return Score(np.full(exact.shape, math.nan), np.full(exact.shape, math.nan))
    if isinstance(national, NationalCount):
        total = national.count, national.recorded
    else:
        total = np.nansum(exact), np.nansum(crimes)
    return score_against_rest(exact, crimes, total[0] - exact, total[1] - crimes)


def _judge(counts: list[tuple], scores: Score, others: tuple[int, int], national, confidence: float) -> Iterable[tuple]:
    """Return of each force the smallest and largest p over its possible counts, and the verdict over all of them."""
    judged = (
        _judge_one(*ends, Score(*score), others, national, confidence)
        for ends, score in zip(counts, zip(*scores, strict=True), strict=True)
    )
    return zip(*judged, strict=True) if counts else ((), ())


def _judge_one(low, high, recorded, score: Score, others: tuple[int, int], national, confidence: float) -> tuple:
    """Judge one force; the score is that of a count known exactly, the others all forces whose count is."""
    if math.isnan(low) or not recorded > 0:
        return [None, None], None
    if isinstance(national, NationalRate):
        found = compare_with_rate(low, high, recorded, national.low, national.high, confidence=confidence)
        return numbers(found.p), found.verdict
    if low != high:
        subtracted = isinstance(national, NationalCount)
        charged, crimes = (national.count, national.recorded) if subtracted else others
        possible = deciding_counts(low, high, recorded, charged / crimes if crimes else math.nan)
        rest = (charged - possible, crimes - recorded) if subtracted else others
        score = score_against_rest(possible, recorded, *rest)
    return numbers(smallest_and_largest(score.p)), verdict(*score, confidence=confidence)


def _shrunk(exact: np.ndarray, crimes: np.ndarray, together: Overdispersion, confidence: float) -> list[dict | None]:
    """Return each force's shrunken rate with its limits; None where the forces are too few or have no common rate."""
    if together.tau2 is None:
        return [None] * len(exact)
    found = shrink_rates(exact, crimes, confidence=confidence)
    names = found._fields
    return [
        None if math.isnan(row[0]) else dict(zip(names, numbers(row), strict=True)) for row in zip(*found, strict=True)
    ]


def _beyond(z: np.ndarray) -> list[dict | None]:
    """Return each force's z and the limits it lies outside of; None where its count is not known exactly."""
    limits = outside(z)
    return [
        None if math.isnan(one) else {"z": number(one), "outside": limit} for one, limit in zip(z, limits, strict=True)
    ]


def _among_forces(adjusted: dict | None) -> str | None:
    """Return the verdict on a force among forces: beyond the 95% limits that allow for their usual spread, or not."""
    if adjusted is None:
        return None
    if adjusted["outside"] is None:
        return NOT_DISTINGUISHABLE
    return HIGHER if adjusted["z"] > 0 else LOWER


def _country_part(together: Overdispersion, national: NationalRate | NationalCount | None) -> dict:
    part = {
        "count": whole(together.charged),
        "recorded": whole(together.recorded),
        "rate": together.charged / together.recorded if together.recorded else None,
        "forces": together.forces,
        "x2": number(together.x2),
        "x2_p": number(together.x2_p),
        "phi": number(together.phi),
        "tau2": number(together.tau2),
        "mu": number(together.mu),
    }
    if isinstance(national, NationalRate):
        part["national"] = {"low": national.low, "high": national.high}
    elif isinstance(national, NationalCount):
        part["national"] = low_high([national.count / national.recorded] * 2)
    return part
