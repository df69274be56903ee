"""The sentences of the page that answers any question, with places for the numbers that its script fills in.

`{force}`, `{crimes}` and their like are the fields; which template is taken follows from the verdict alone.
"""

from analysis.presentation.mix import AMONG, AMONG_RATIOS, BESIDE, LEAD, UNSAID, WHAT, lead_fields
from analysis.presentation.strip_words import GROUPS, HEADINGS, HEADINGS_BESIDE, READING, READING_WITHOUT
from analysis.results.offence_mix import OffenceMix

QUOTE = (
    "{force} recorded {crimes} of {offence} in {window}; {found} ({rate}, 95% interval {lower} to {upper}) had the "
    "outcome “{outcome}”."
)
CRIMES = {1: "{recorded} crime", 2: "{recorded} crimes"}
FOUND = {
    "none": "none of them",
    "all": "all of them",
    "some": "{count} of them",
    "range": "between {count} and {high} of them",
}
FINDING = {
    "higher": "{force} is unusually high among forces, even given how much forces usually differ.",
    "lower": "{force} is unusually low among forces, even given how much forces usually differ.",
    "not unusual": "{force} is not unusual among forces, given how much they usually differ.",
    "too few": "These crimes are too few, or too alike, here or in the other forces, to say whether {force} is unusual "
    "among forces.",
    "depends on the open cases": "Whether {force} is unusual among forces depends on how its open cases end.",
    "null": "Whether {force} is unusual among forces cannot be said.",
}
RAW = "Its mix of offences not allowed for: "
"""What stands before the finding on all offences together, below that on the mix."""
NO_RATE = "{force} has no rate here: {why}."
RIDER = {
    "higher": "Before the other forces’ usual differences are allowed for, its rate is higher than that of the rest.",
    "lower": "Before the other forces’ usual differences are allowed for, its rate is lower than that of the rest.",
    "not distinguishable": "Its rate cannot be told from that of the rest, which does not show that they are the same.",
    "depends": "Whether its rate differs from that of the rest depends on the figures that were not published.",
    "depends on the open cases": "Whether its rate differs from that of the rest depends on how the open cases end.",
}
NOT_FOUND = (
    "Nothing here is called “{what}”. Try a force’s name as “Gwent” or “the Met”, and an offence by a word of its "
    "title or its code, as “robbery” or “8R”."
)
COLUMNS = (
    "force",
    "count_low",
    "count_high",
    "recorded",
    "wilson_low",
    "wilson_high",
    "verdict_rest",
    "verdict_among_forces",
    "why_unknown",
)


def mix_fields(mix: OffenceMix) -> list[str]:
    """Return what the page's script fills into the sentences on a force's own mix of offences.

    Parameters
    ----------
    mix : OffenceMix

    Returns
    -------
    list of str
        Rate, rate expected, the words on the ratio, verdict beside the mix and among the forces; empty where unknown.
    """
    shown = lead_fields(mix)
    return [shown["observed"], shown["expected"], shown["ratio"], mix.verdict, mix.among.verdict or ""]


def explorer_words() -> dict[str, object]:
    """Return every template and heading of the page, by the names that its script knows.

    Examples
    --------
    >>> explorer_words()["finding"]["too few"].format(force="Durham")
    'These crimes are too few, or too alike, here or in the other forces, to say whether Durham is unusual among \
forces.'
    """
    return {
        "quote": QUOTE,
        "crime": CRIMES[1],
        "crimes": CRIMES[2],
        "found": FOUND,
        "finding": FINDING,
        "no_rate": NO_RATE,
        "rider": RIDER,
        "raw": RAW,
        "mix": {
            "what": WHAT,
            "lead": LEAD,
            "beside": BESIDE,
            "among": AMONG_RATIOS,
            "words": AMONG,
            "unsaid": UNSAID,
        },
        "groups": GROUPS,
        "headings": {"among": HEADINGS, "rest": HEADINGS_BESIDE["rest"]},
        "reading": READING,
        "reading_without": READING_WITHOUT,
        "not_found": NOT_FOUND,
        "columns": COLUMNS,
        "unknown": "not known",
    }
