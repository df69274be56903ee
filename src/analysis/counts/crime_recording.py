"""How many of the crimes reported to a force it recorded, as its inspections found it."""

from analysis.counts.tables import Row, read_table


def find_recording(force: str) -> list[Row]:
    """Return what each inspection of a force found, the earliest first; nothing where none is known.

    Examples
    --------
    >>> [(row["recorded_percent"], row["margin"]) for row in find_recording("Gwent")]
    [('90.5', '1.64')]
    >>> find_recording("British Transport Police")
    []
    """
    return [row for row in read_table("crime_recording.csv") if row["force"] == force]
