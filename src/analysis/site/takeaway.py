"""What a reader takes away from a study's page: its table as CSV and as a workbook, its picture, how to cite it."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version

from analysis.answer.rates_of_forces import force_rates
from analysis.counts.studies import Study
from analysis.presentation.column_key import column_names, key_rows
from analysis.presentation.country_figures import country_figure
from analysis.presentation.formats import window
from analysis.presentation.overview import citation
from analysis.presentation.picture import Picture
from analysis.presentation.strips import Strips
from analysis.results.country_answer import CountryAnswer
from analysis.site.exports import Cell
from analysis.site.study_workbook import Cover, study_workbook

SOCIAL_WIDTH = 1200
"""Pixels of a picture's width that social networks show without enlarging it."""

FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that a spreadsheet may take for a formula; the last four are the wide forms of the first."""


def take_away(study: Study, answer: CountryAnswer, rows: Sequence[Mapping[str, Cell]]) -> Mapping[str, str | bytes]:
    """Return the files of a study, by how their names end; the same study gives the same bytes.

    Parameters
    ----------
    study : Study
    answer : CountryAnswer
        What `analysis.answer.answer_country` returns of it.
    rows : sequence of dict
        One a force, {name of a column of `analysis.presentation.column_key`: value}; None is unknown.

    Returns
    -------
    dict
        The table as CSV, the key to its columns as CSV, the workbook; where there is a picture, the strips of the page
        as SVG, and the figure beneath them, which needs no browser to become pixels, as PNG.
    """
    files: dict[str, str | bytes] = {
        ".csv": as_csv(rows, column_names()),
        "-columns.csv": as_csv(key_rows(), list(key_rows()[0])),
        ".xlsx": study_workbook(_cover(study, answer), rows),
    }
    picture = country_figure(answer)
    if isinstance(picture, Picture):
        source = f"{_source(study)} Rates and limits: charge-rates {version('charge-rates')}."
        strips = Strips(force_rates(study.id))
        files |= {
            ".svg": strips.svg_file(source),
            ".png": picture.captioned(study.title, source).png_file(SOCIAL_WIDTH),
        }
    return files


def has_picture(answer: CountryAnswer) -> bool:
    """Return whether a study has a picture to take away: anything is known of a force's rate."""
    return any(row.has_rate for row in answer.forces)


def _source(study: Study) -> str:
    return f"Source: {study.publisher}, {study.release_title}."


def _cover(study: Study, answer: CountryAnswer) -> Cover:
    period = f"Period: {window(study.window_start, study.window_end)}."
    said = f"{study.definition}.", period, f"To cite: {citation(answer)}"
    return Cover(study.title, _source(study), said, study.limits)


def as_csv(rows: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> str:
    r"""Return rows as CSV; what is unknown is empty, and no text is one that a spreadsheet takes for a formula.

    Examples
    --------
    >>> as_csv([{"force": "=1+1", "open": None}, {"force": "Kent", "open": 368}], ["force", "open"])
    "force,open\n'=1+1,\nKent,368\n"
    """
    out = io.StringIO()
    table = csv.DictWriter(out, columns, lineterminator="\n")
    table.writeheader()
    table.writerows({column: _cell(row[column]) for column in columns} for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA.match(text) else text
