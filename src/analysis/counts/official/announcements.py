"""What an import says of its table and never refuses: an unlisted edition, what is missing, known gaps, totals."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.counts.forces import list_forces
from analysis.counts.known_gaps import find_gaps
from analysis.counts.official.control_by_force import compare_with_control
from analysis.counts.official.coverage import QUARTERS, join_names
from analysis.counts.official.home_office import OfficialFigures
from analysis.counts.tables import Row, read_table

CODES_OF = "home-office-2018-19"
"""The built-in release whose codes an imported table is held against."""


def announce(about: dict[str, Any], figures: OfficialFigures, tidy: pa.Table) -> list[str]:
    """Return what a reader must know of an imported official table, one sentence each.

    Parameters
    ----------
    about
        What the release says of itself (`release`, `request`).
    figures
        The validated table.
    tidy
        Its year totals.
    """
    return [
        *_edition(figures.year, about["request"]["file"]),
        *figures.notes,
        *figures.lacks,
        *_missing_forces(figures),
        *_not_provided(figures),
        *(
            gap["sentence"]
            for gap in find_gaps(about["release"]["window_start"], about["release"]["window_end"], figures.force.values)
        ),
        *([] if figures.is_subcodes else _codes(figures)),
        *_negative(tidy),
        *([] if figures.is_subcodes or figures.quarters != QUARTERS else _control(about["release"], tidy)),
        *([] if figures.is_subcodes or figures.quarters != QUARTERS else _totals(figures, tidy)),
    ]


def find_listed(sha256: str) -> Row | None:
    """Return the row of official_files.csv with this digest, or None.

    Examples
    --------
    >>> find_listed("7536a78f8cb8416e14246cb2811253f0c3844d5d1a3fb511c4b37b4991144dbc")["financial_year"]
    '2021/22'
    """
    return next((row for row in read_table("official_files.csv") if row["sha256"] == sha256), None)


def _edition(year: str, sha256: str) -> list[str]:
    listed = find_listed(sha256)
    if listed:
        return (
            [] if listed["financial_year"] == year else [f"The file is listed as that of {listed['financial_year']}."]
        )
    if any(row["sha256"] == sha256 for row in read_table("sources.csv")):
        return []
    return [
        f"The file (sha256 {sha256}) is none of the editions that data/official_files.csv lists: the publisher may "
        "have issued a new one, or it is not the file as published."
    ]


def _missing_forces(figures: OfficialFigures) -> list[str]:
    missing = [force.name for force in list_forces() if force.name not in figures.force.values]
    if not missing:
        return []
    return [f"The table has no figures of {join_names(missing)}: shown as unknown, never as no crimes."]


def _not_provided(figures: OfficialFigures) -> list[str]:
    rows = np.flatnonzero(~figures.provided)
    if not len(rows):
        return []
    forces = sorted({figures.force[int(row)] for row in rows})
    return [f"{join_names(forces)} did not provide all figures: the offences concerned are shown as unknown."]


def _codes(figures: OfficialFigures) -> list[str]:
    built_in = {row["code"] for row in read_table("offences.csv") if row["release"] == CODES_OF}
    found = {offence["code"] for offence in figures.offences}
    missing, new = sorted(built_in - found), sorted(found - built_in)
    sentences = []
    if missing and found & built_in:
        sentences.append(f"Of the {len(built_in)} codes of 2018/19 the table has not {join_names(missing)}.")
    if new:
        sentences.append(f"The table has codes that 2018/19 had not: {join_names(new)}.")
    return sentences


def _negative(tidy: pa.Table) -> list[str]:
    pairs = tidy.filter(pc.less(tidy["count"], 0)).select(["offence", "force"]).to_pylist()
    pairs = sorted({f"{row['force']} {row['offence']}" for row in pairs})
    if not pairs:
        return []
    number = "1 pair of force and code keeps" if len(pairs) == 1 else f"{len(pairs)} pairs of force and code keep"
    return [
        f"After the published corrections {number} a negative total; shown as unknown, taking part in nothing: "
        f"{join_names(pairs)}."
    ]


def _totals(figures: OfficialFigures, tidy: pa.Table) -> list[str]:
    kinds = {row["id"]: row["types"] for row in read_table("outcomes.csv")}
    sentences = []
    for row in read_table("published_totals.csv"):
        if row["financial_year"] == figures.year:
            inside = tidy.filter(pc.is_in(tidy["outcome_type"], pa.array(kinds[row["outcome"]])))
            total = pc.sum(inside["count"]).as_py() or 0
            verdict = "as published" if total == row["count"] else f"published were {row['count']:,} ({row['note']})"
            sentences.append(f"The table gives {total:,} crimes with the outcome {row['outcome']}: {verdict}.")
    return sentences


def _control(window: dict[str, Any], tidy: pa.Table) -> list[str]:
    sentence = compare_with_control(tidy, window["window_start"], window["window_end"])
    return [sentence] if sentence else []
