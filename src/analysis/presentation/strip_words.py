"""The words of the picture of strips: its four groups, their headings, and how to read it.

Pages, notebooks and the script of the explorer take them from here.
"""

from analysis.presentation.formats import percent, percent_range
from analysis.presentation.sentences import DEPENDS_ON_OPEN, SIDES
from analysis.presentation.verdict_words import AMONG_FORCES
from analysis.results.force_rates import ForceRates

CANNOT_BE_SAID = "cannot be said"
DEPENDS_ON_UNPUBLISHED = "depends on figures that were not published"

GROUPS = {
    "higher": "unusual",
    "lower": "unusual",
    "not unusual": "usual",
    "not distinguishable": "usual",
    "too few": "few",
    "rises": "unusual",
    "falls": "unusual",
    "changes, but in no one direction": "unusual",
    "no change shown": "usual",
    "depends": "unsaid",
    "depends on the open cases": "unsaid",
    "null": "unsaid",
}
"""The group that a verdict puts a force into; "null" is where there is none."""

HEADINGS = {
    "unusual": "Outside the 95% limits (chance alone puts about 1 in 20 there)",
    "usual": "Not unusual (by name, not a ranking)",
    "few": "Too few crimes to judge",
    "unsaid": "Cannot be said",
}
"""The groups in their order, where a force can be unusual among forces."""
HEADINGS_BESIDE = {
    "national": {
        "unusual": "Different from the national figure",
        "usual": "Not distinguishable from it (by name, not a ranking)",
        "unsaid": "Cannot be said",
    },
    "rest": {
        "unusual": "Different from the other forces together",
        "usual": "Not distinguishable from them (by name, not a ranking)",
        "unsaid": "Cannot be said",
    },
    "years": {
        "unusual": "The rate changes over the years",
        "usual": "No change shown (by name, not a ranking)",
        "unsaid": "Cannot be said",
    },
}
"""The groups where the verdicts are about a published figure, about the other forces together, or about years."""

DOT_AND_LINE = "The dot is the force’s rate, the line what chance alone could make of it (95% interval)"
READING = (
    f"{DOT_AND_LINE}. Shaded: the rates that 95 in 100 forces would have; the upright line is the rate of all. "
    "Small forces scatter by chance."
)
READING_WITHOUT = (
    f"{DOT_AND_LINE}; the upright line is the rate of all forces together. How much forces usually differ cannot be "
    "shown from these crimes."
)
HOLLOW = "A hollow dot stands for too few crimes to judge."
BAR = "A bar stands for a rate that is known only as a range."
BEYOND = "An arrow stands where a line goes on beyond the picture."
FIRST = "This force"


def headings(rates: ForceRates) -> dict[str, str]:
    """Return the headings of the groups in their order, by the names of the groups."""
    return HEADINGS if rates.asked == "forces" else HEADINGS_BESIDE[rates.asked]


def group_of(verdict: str | None) -> str:
    """Return the group of a verdict.

    Examples
    --------
    >>> group_of("too few"), group_of(None)
    ('few', 'unsaid')
    """
    return GROUPS[verdict or "null"]


def reading_sentence(rates: ForceRates) -> str:
    """Return how to read the dots, lines and shade of a study's strips, without the marks that only some rows have."""
    if rates.asked == "years":
        return f"{DOT_AND_LINE}, both of the newest year; the groups are by what all years show."
    if rates.asked != "national" or rates.common is None:
        return READING if rates.usual else READING_WITHOUT
    low, high = rates.common
    if low < high:
        return f"{DOT_AND_LINE}. Shaded: the national figure as quoted, {percent_range(low, high)}."
    return f"{DOT_AND_LINE}; the upright line is the national rate as published, {percent(low)}."


def own_heading(rates: ForceRates, verdict: str | None) -> str:
    """Return the heading of the row of the force that a page is about: its verdict.

    Examples
    --------
    >>> nobody = ForceRates("a study", "national", (), (0.055, 0.065), None)
    >>> own_heading(nobody, "higher"), own_heading(nobody, None)
    ('This force: higher than the national figure', 'This force: cannot be said')
    """
    if verdict is None:
        return f"{FIRST}: {CANNOT_BE_SAID}"
    if rates.asked == "forces":
        return f"{FIRST}: {AMONG_FORCES[verdict]}"
    if rates.asked == "years":
        return f"{FIRST}: {verdict}"
    other = "the national figure" if rates.asked == "national" else "the other forces together"
    if verdict in SIDES:
        return f"{FIRST}: {SIDES[verdict]} {other}"
    if verdict == "not distinguishable":
        return f"{FIRST}: {verdict} from {other}"
    return f"{FIRST}: {verdict if verdict == DEPENDS_ON_OPEN else DEPENDS_ON_UNPUBLISHED}"


def mark_sentences(*, has_hollow: bool, has_bar: bool, has_arrow: bool) -> list[str]:
    """Return what the marks mean that only some rows have."""
    shown = ((has_hollow, HOLLOW), (has_bar, BAR), (has_arrow, BEYOND))
    return [sentence for is_there, sentence in shown if is_there]
