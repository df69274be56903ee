"""The known gaps of the official tables: what is missing of which force, and when."""

from collections.abc import Collection

from analysis.counts.tables import Row, read_table

MISSING = frozenset({"not provided", "few outcomes"})
"""The kinds of gaps that leave a total of crimes with an outcome unknown."""
LEFT_OUT_OF_BULLETINS = "left out of bulletins"
"""The kind of a gap that printed national figures have and the tables have not."""


def find_gaps(window_start: str, window_end: str, forces: Collection[str]) -> list[Row]:
    """Return the known gaps of these forces that lie in a window; those of printed bulletins are none of a table.

    Parameters
    ----------
    window_start, window_end
        First and last day, as ISO dates.
    forces
        Official names.

    Examples
    --------
    >>> [gap["kind"] for gap in find_gaps("2019-04-01", "2020-03-31", ["Greater Manchester"])]
    ['not provided']
    """
    return [
        gap
        for gap in read_table("known_gaps.csv")
        if gap["force"] in forces
        and gap["kind"] != LEFT_OUT_OF_BULLETINS
        and gap["window_start"] <= window_end
        and window_start <= gap["window_end"]
    ]


def find_missing(window_start: str, window_end: str, forces: Collection[str]) -> list[Row]:
    """Return the gaps of a window that leave a force's total of it unknown.

    Examples
    --------
    >>> [gap["force"] for gap in find_missing("2018-04-01", "2019-03-31", ["North Yorkshire"])]
    []
    """
    return [gap for gap in find_gaps(window_start, window_end, forces) if gap["kind"] in MISSING]
