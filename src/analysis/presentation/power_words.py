"""How the crimes that a difference needs are shown by the notebook on methods. Nothing is computed here."""

from analysis.presentation.formats import percent, points, whole
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.results.power_checks import CrimesNeeded, DetectableBySize


def power_table(found: DetectableBySize) -> Table:
    """Return which true rates can be told from the national one, by number of crimes: numbers of the figure."""
    rows = [
        (whole(row.recorded), *("none" if rate is None else percent(rate) for rate in (row.high, row.low)))
        for row in found.rows
    ]
    return Table(["crimes recorded", "shown as higher from", "shown as lower to"], rows)


def needed_table(rows: list[CrimesNeeded]) -> Table:
    """Return how many crimes a difference of a given size needs before it shows."""
    cells = [
        (
            percent(row.rate, 0),
            points(row.difference),
            whole(row.recorded) if row.recorded else "more",
            whole(row.forces),
        )
        for row in rows
    ]
    columns = ["true rate", "difference, points", "crimes needed", "forces of the 2022 release with as many"]
    return Table(columns, cells)


def what_crimes_can_show(found: DetectableBySize, needed: list[CrimesNeeded]) -> Prose:
    """Return what a force's number of crimes can and cannot show."""
    row = found.gwent
    least = min(needed, key=lambda need: abs(need.difference))
    return Prose(
        [
            f"With {whole(row.recorded)} crimes, as in Gwent, a force whose true rate is {percent(row.high)} is "
            f"told from {percent(found.national, 0)} with a chance of {percent(found.power, 0)}; one between "
            f"{percent(row.low)} and that is missed more than {percent(1 - found.power, 0)} of the time. A true "
            f"rate of {percent(least.rate, 0)} needs {whole(least.recorded)} crimes, which {least.forces} of "
            f"the {found.forces} forces of the 2022 release recorded. So “not distinguishable” can mean that there "
            "were few crimes, and never that the rates are the same."
        ]
    )
