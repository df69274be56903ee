"""The other stories of the article's release, figure by figure: what they print, held against itself and each other.

Joins the layers like `answer`: the figures are data, and whether one contradicts the others is computed.
"""

from datetime import date
from fractions import Fraction
from math import floor

from analysis.answer.article import count_or_none, release_rows
from analysis.counts.notation import CountRange
from analysis.counts.releases import read_sources
from analysis.counts.tables import Row, read_table

AGREES = "agrees"
ROUNDED_DOWN = "agrees, rounded down"
ONE_COUNT = "allows one whole number"
SEVERAL_COUNTS = "allows many whole numbers"
CONTRADICTS_ITSELF = "contradicts itself"
CONTRADICTS_COPIES = "contradicts the other copies"


def check_stories() -> dict:
    """Return what the other stories of the release print, held against itself and against each other.

    Returns
    -------
    dict
        `pairs`: every percentage printed with its base, and every sum, a dictionary each (`source`, `area`, `types`,
        `measure`, `count`, `percent`, `at_least`, `recorded`, `expected` and `fits`, ranges or None, `verdict`,
        `reason`); `windows`: every force's window (`force`, `source`, `start`, `end`, `years`, `recorded`,
        `reason` where what is printed of it does not match, else None).

    Raises
    ------
    InputError
        If the data differ from their digests.

    Examples
    --------
    >>> sorted(pair["area"] for pair in check_stories()["pairs"] if pair["verdict"] == CONTRADICTS_ITSELF)
    ['Cleveland', 'Staffordshire and West Midlands', 'West Midlands']
    """
    article = {row["source"] for row in read_table("article_claims.csv")}
    rows = [row for row in release_rows() if row["source"] not in article]
    pairs = [_check_pair(row, rows) for row in rows if _is_pair(row)]
    windows = [_window(row) for row in rows if row["role"] == "figure" and row["measure"] == "recorded"]
    return {"pairs": pairs, "windows": windows}


def _is_pair(row: Row) -> bool:
    """Whether a row can be held against others: a percentage has a base, figures of several forces have parts."""
    return row["percent"] is not None or (row["role"] == "check" and len(row["force"]) > 1)


def _check_pair(row: Row, rows: list[Row]) -> dict:
    parts = [
        other for other in rows if other["role"] in ("figure", "total") and set(other["force"]) <= set(row["force"])
    ]
    recorded = sum(other["count"] for other in parts if other["measure"] == "recorded")
    inside = [other for other in parts if set(other["outcome_type"]) <= set(row["outcome_type"])]
    used = [other for other in inside if other["measure"] == row["measure"]]
    counts = [other["count"] for other in used]
    expected = None if not counts or None in counts else sum(counts)
    fits = None if row["percent"] is None else count_or_none(row["percent"], recorded)
    return {
        "source": read_sources({row["source"]})[0].publisher,
        "area": " and ".join(row["force"]),
        "types": row["outcome_type"],
        "measure": row["measure"],
        "count": row["count"],
        "percent": row["percent"],
        "at_least": bool(row["at_least"]),
        "recorded": recorded,
        "expected": expected,
        "fits": fits and fits[:2],
        "verdict": _judge_pair(row, recorded, expected, fits, {other["source"] for other in used}),
        "reason": row["reason"],
    }


def _judge_pair(row: Row, recorded: int, expected: int | None, fits: CountRange | None, sources: set[str]) -> str:
    if row["percent"] is None:
        agrees = row["count"] == expected
    elif expected is None:
        return CONTRADICTS_ITSELF if fits is None else ONE_COUNT if fits.low == fits.high else SEVERAL_COUNTS
    else:
        agrees = fits is not None and fits.low <= expected <= fits.high
        if (
            not agrees
            and row["at_least"]
            and _round_down(expected, recorded, row["percent"]) == Fraction(row["percent"])
        ):
            return ROUNDED_DOWN
    if agrees:
        return AGREES
    return CONTRADICTS_ITSELF if sources == {row["source"]} else CONTRADICTS_COPIES


def _round_down(count: int, recorded: int, percent: str) -> Fraction:
    """Return the share in per cent, cut off after as many decimals as `percent` has."""
    unit = 10 ** len(percent.partition(".")[2])
    return Fraction(floor(Fraction(100 * unit * count, recorded)), unit)


def _window(row: Row) -> dict:
    start, end = (date.fromisoformat(row[column]) for column in ("window_start", "window_end"))
    return {
        "force": row["force"][0],
        "source": read_sources({row["source"]})[0].publisher,
        "start": row["window_start"],
        "end": row["window_end"],
        "years": ((end - start).days + 1) / 365.25,
        "recorded": row["count"],
        "reason": row["reason"],
    }
