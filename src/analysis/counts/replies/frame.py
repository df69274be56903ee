"""Reads a data frame of institutions, whatever they are and count, by the rules of a spreadsheet of replies."""

import re
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

import pandas as pd

from analysis.counts.names import offer_names
from analysis.counts.replies.columns import CHARGED, FORCE, OPEN, RECORDED, Columns
from analysis.counts.replies.lines import Cells
from analysis.counts.replies.spreadsheet import force_frame, read_lines
from analysis.errors import FileError, InputError

NAME = "the data frame"
QUOTED = r"'[^']*'|\"[^\"]*\""
"""A value within a message, which stays as it is."""


def read_force_frame(frame: pd.DataFrame, columns: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the institutions of a data frame as forces are compared, and what must be said of rows left out.

    A cell is a whole number, or what a spreadsheet may hold: `"<5"`, `"3..9"`, `"7.8%"`, missing where it is unknown.
    A total is left out. Rows are numbered as `frame.iloc` does: the first is 0.

    Parameters
    ----------
    frame
        One row an institution; it is not changed.
    columns
        What the frame calls the columns force, charged, recorded and perhaps open.

    Returns
    -------
    pandas.DataFrame
        The columns of `ForceTable.forces`, in the frame's order.
    tuple of str
        Sentences.

    Raises
    ------
    InputError
        If a column is missing or there twice, a cell cannot be used, an institution stands twice, or a row adds up
        others; the message names row, column and value in the frame's own words, and all that is wrong is said at once.

    Examples
    --------
    >>> frame = pd.DataFrame({"hospital": ["Ashford", "Burnley"], "deaths": [21, 5], "admissions": [268, 40]})
    >>> forces, _ = read_force_frame(frame, {"force": "hospital", "charged": "deaths", "recorded": "admissions"})
    >>> forces[["force", "count_low", "recorded"]].to_numpy().tolist()
    [['Ashford', 21, 268], ['Burnley', 5, 40]]
    """
    _refuse_columns(frame, columns)
    cells = [[_as_text(cell) for cell in frame[column]] for column in columns.values()]
    body: list[Cells] = list(enumerate(zip(*cells, strict=True)))
    if not body:
        raise InputError(f"{NAME} has no row: give one for each {columns[FORCE]}")
    found = Columns(0, len(columns), {key: place for place, key in enumerate(columns)}, dict(columns), ())
    lines, said, errors = read_lines(body, found, [CHARGED])
    if errors:
        raise FileError(NAME, [_in_its_words(error, columns) for error in errors])
    forces = force_frame(lines)
    unknown = [why and _in_its_words(why, columns) for why in forces["why_unknown"]]
    return forces.assign(why_unknown=pd.Series(unknown, dtype=object)), tuple(
        _in_its_words(one, columns) for one in said
    )


def _refuse_columns(frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
    names = list(frame.columns)
    for key, column in columns.items():
        if column not in names:
            offer = offer_names(column, map(str, names)) if names else "it has none"
            raise InputError(f"{NAME} has no column {column!r}, given as {key}; {offer}")
        if names.count(column) > 1:
            raise InputError(f"{NAME} has the column {column!r} twice: keep one")
    if len({*columns.values()}) < len(columns):
        raise InputError(f"{', '.join(columns)} must be different columns of {NAME}: name each once")


def _as_text(cell: Any) -> str:
    """Return a cell as a spreadsheet would show it."""
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return ""
    if isinstance(cell, Real) and not isinstance(cell, Integral) and float(cell).is_integer():
        return f"{cell:.0f}"
    return str(cell)


def _in_its_words(text: str, names: Mapping[str, str]) -> str:
    """Return a sentence about a spreadsheet of forces with the words of a frame, quoted values as they are."""
    recorded = names[RECORDED]
    words = {"every crime": f"all {recorded}", "crimes recorded": recorded, "open crimes": f"open {recorded}"}
    words |= {"crimes": recorded, RECORDED: recorded, CHARGED: names[CHARGED], FORCE: names[FORCE]}
    words |= {OPEN: names[OPEN]} if OPEN in names else {}
    words |= {"the file": NAME}
    return re.sub(rf"{QUOTED}|\b(?:{'|'.join(words)})\b", lambda found: words.get(found[0], found[0]), text)
