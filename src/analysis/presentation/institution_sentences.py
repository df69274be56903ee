"""What is said of one institution of a table, whatever the field, in the words of its vocabulary.

The two questions are those of a force's page: *is it unusual among the others?* comes first, and *does it differ from
them together?* never stands without how many do. Nothing is computed here.
"""

from analysis.presentation.formats import count_of, p_equals, p_range, part_of, percent_range
from analysis.presentation.sentences import DEPENDS_ON_OPEN, SIDES
from analysis.results.institution_rates import Institution, Together
from analysis.results.vocabulary import Vocabulary

UNUSUAL = {"higher": "high", "lower": "low"}


def institution_sentences(found: Institution, together: Together, words: Vocabulary) -> str:
    """Return what may be said of an institution: its rate, whether it is unusual, whether it differs from the rest.

    Parameters
    ----------
    found
        The institution.
    together
        What it and the others show together.
    words
        The words of the field.
    """
    if not found.is_known:
        return f"{found.name} has no known rate: {found.why_unknown}."
    return " ".join([_counted(found, words), _among(found, together, words), _rest(found, together, words)])


def _counted(found: Institution, words: Vocabulary) -> str:
    count = count_of(found.count_low, found.count_high, found.recorded)
    rate, interval = percent_range(found.rate_low, found.rate_high), percent_range(found.wilson_low, found.wilson_high)
    return f"{found.name}: {count} {words.counted} had the outcome “{words.outcome}”, {rate} (95% interval {interval})."


def _among(found: Institution, together: Together, words: Vocabulary) -> str:
    many, verdict = words.institutions, found.verdict_among
    if verdict in UNUSUAL:
        return _unusual(found, together, words)
    if verdict == DEPENDS_ON_OPEN:
        return f"Whether it is unusual among {many} depends on how the open {words.cases} end."
    if verdict is None:
        return f"Whether it is unusual among {many} cannot be said: {_why_not(found, together, words)}."
    if verdict == "too few":
        return f"The {words.cases} are too few, or too alike, to judge whether it is unusual among {many}."
    return f"It is not unusual among {many}, given how much they usually differ (p {p_equals(found.among_p)})."


def _unusual(found: Institution, together: Together, words: Vocabulary) -> str:
    side, many = UNUSUAL[found.verdict_among or ""], words.institutions
    where = f"outside the {found.among_outside}% limits, p {p_equals(found.among_p)}"
    if found.is_named:
        return f"It is unusually {side} among {many}, even given how much they usually differ ({where})."
    return (
        f"It lies {side} among {many} ({where}); with chance over all {together.judged} that can be judged allowed "
        "for, it is not shown to be unusual."
    )


def _why_not(found: Institution, together: Together, words: Vocabulary) -> str:
    if found.screened:
        return f"too many of its {words.cases} are still open"
    if found.count_low != found.count_high:
        return "its count is known only as a range"
    return (
        f"it takes {together.needed} {words.institutions} with exact counts to tell how much they usually differ, and "
        f"there are {together.institutions}"
    )


def _rest(found: Institution, together: Together, words: Vocabulary) -> str:
    many, verdict = words.institutions, found.verdict_rest
    p = p_range(found.rest_p_low, found.rest_p_high)
    if verdict is None:
        return f"There are no other {many} with exact counts to compare it with."
    if verdict in SIDES:
        differ = f"{many} differ{'s' if together.different == 1 else ''}"
        return (
            f"Compared with the other {many} together its rate is {verdict} ({p}); "
            f"{part_of(together.different, together.institutions)} {differ} in this sense, which allows for chance "
            "alone."
        )
    if verdict == DEPENDS_ON_OPEN:
        return f"Whether it differs from the other {many} together depends on how the open {words.cases} end ({p})."
    if verdict == "depends":
        return f"Whether it differs from the other {many} together depends on what is not known of its count ({p})."
    return (
        f"It is not distinguishable from the other {many} together ({p}), which does not show that their rates are the "
        "same."
    )
