"""How an allowance for forces' usual spread is shown by the notebook on methods. Nothing is computed here."""

from analysis.presentation.formats import percent
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.results.spread_checks import Spread

ALLOWANCES = {"none": "no allowance", "winsorised": "winsorised", "paule_mandel": "Paule–Mandel"}


def accused_table(spread: Spread) -> Table:
    """Return the share of ordinary forces accused, over the true spread: numbers of the figure."""
    curve = spread.curve
    rows = [
        (f"{100 * deviation:.2f}", *(percent(getattr(curve, name)[place]) for name in ALLOWANCES))
        for place, deviation in list(enumerate(curve.deviations))[::10]
    ]
    return Table(["true spread, points", *ALLOWANCES.values()], rows)


def allowance_table(spread: Spread) -> Table:
    """Return what each allowance finds in the study, and what it would do to ordinary forces."""
    rows = [
        (
            row.name,
            f"{row.tau2:.2e}" if row.tau2 else "0",
            f"{100 * row.deviation:.2f}",
            f"{row.outside_95} of {spread.forces}",
            f"{row.outside_998} of {spread.forces}",
            percent(row.accused),
        )
        for row in spread.allowances
    ]
    columns = [
        "allowance",
        "variance between forces",
        "standard deviation, points",
        "beyond the 95% limits",
        "beyond the 99.8% limits",
        "ordinary forces beyond 99.8%, in the long run",
    ]
    return Table(columns, rows)


def why_too_small(spread: Spread) -> Prose:
    """Return why the usual allowance is too small."""
    usual, used = spread.winsorised, spread.paule_mandel
    return Prose(
        [
            "The usual estimate first pulls the z of the outer tenth of forces on each side in to the next, so that "
            "true outliers do not count as spread. But ordinary forces have outer tenths too: of the mean square of a "
            f"normal spread {percent(spread.kept, 0)} is left. With forces of these sizes and a true variance of "
            f"{used.tau2:.2e} it would find {spread.long_run_tau2:.2e} in the long run; in these data it finds "
            f"{usual.tau2:.2e}. Limits that are too narrow accuse: {percent(usual.accused)} of ordinary forces "
            f"in place of {percent(spread.nominal)}."
        ]
    )
