"""The national rate over a force's own years in words and a table: a sensitivity, never a verdict."""

from analysis.presentation.formats import percent, percent_range, window
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.presentation.window_sentences import sensitivity_sentence
from analysis.results.window_bounds import NationalWindow

SIDES = {
    "higher": "above all of these",
    "lower": "below all of these",
    "not distinguishable": "not distinguishable from any of these",
    "depends": "depends on which of these it was",
}


def bounds_table(found: NationalWindow) -> Table:
    """Return the sets of assumptions, one row each, with the rates that they leave and where the force stands."""
    rows = [(bound.words, percent_range(bound.low, bound.high), SIDES[bound.side]) for bound in found.bounds]
    years = window(found.window.start, found.window.end)
    return Table(["assumed of the 38 forces", f"national rate over {years}", f"{found.force} would stand"], rows)


def bounds_words(found: NationalWindow) -> Prose:
    """Return the sentence of the sensitivity, and what no set of assumptions leaves."""
    highest = max(bound.high for bound in found.bounds)
    years = window(found.window.start, found.window.end)
    return Prose(
        [
            sensitivity_sentence(found),
            f"Whatever is assumed, no national rate above {percent(highest)} over {years} agrees with the figure over "
            "all years: the charges would be more than that figure allows.",
        ]
    )
