"""The sentences of a force's report, made from the numbers of an answer and from nothing else.

Every function takes what `analysis.answer.answer_force` returns and gives text. No number is computed here. A sentence
never says "no difference": what was not told apart is called not distinguishable, with what it would take.
"""

from analysis.presentation.formats import (
    below,
    confidence_percent,
    count_of,
    crimes,
    forces,
    part_of,
    percent,
    percent_down,
    percent_range,
    points,
    times,
    whole,
    window,
)
from analysis.presentation.open_case_sentences import still_open
from analysis.presentation.sentences import (
    DEPENDS_ON_OPEN,
    SIDES,
    compared_with,
    decimals_of,
    how_many,
    interval_phrase,
    number_by_chance,
    verdicts_limits,
)
from analysis.presentation.window_sentences import sensitivity_sentence
from analysis.results.estimated_rate import BesideNational, BesideRest
from analysis.results.force_answer import AboutForce, ForceAnswer

EXPECTED_NEEDED = 5
"""A force with fewer crimes than this expected to have the outcome, or not to have it, is not judged among forces."""


def question_sentence(answer: ForceAnswer) -> str:
    """Return the question that a printed rate beside a printed national figure puts to a reader.

    Parameters
    ----------
    answer : ForceAnswer
        What `analysis.answer.answer_force` returns of a study that is compared with a published rate.
    """
    about = answer.about
    return (
        f"A newspaper printed that in {about.force} {percent_range(*answer.rate.ends)} of "
        f"{crimes(answer.recorded)} of {about.offence} had the outcome “{about.outcome}”, beside "
        f"“{about.national_printed}” nationally. Is {about.force} different, or is that noise?"
    )


def force_sentences(answer: ForceAnswer) -> list[str]:
    """Return the sentences that open a force's page: the finding first, then what limits it.

    Where a study compares many forces, the first sentence says whether the force is unusual among them, and only then
    whether it differs from the rest.

    Parameters
    ----------
    answer : ForceAnswer
        What `analysis.answer.answer_force` returns.

    Returns
    -------
    list of str
        Whole sentences, in the order in which they are read.
    """
    about = answer.about
    if answer.count.low is None:
        return [f"{about.force} has no known rate: {answer.why_unknown}."]
    sentences = [_counted(answer)]
    if about.against == "published":
        sentences = [_published_finding(answer), *sentences, *_against_published(answer)]
    else:
        sentences = _among_forces(answer) + sentences + _against_rest(answer)
    return [*sentences, *still_open(answer), *_power(answer)]


def _published_finding(answer: ForceAnswer) -> str:
    about, verdict = answer.about, answer.verdict
    quoted = isinstance(answer.comparison, BesideNational)
    other = "the national figure quoted beside it" if quoted else compared_with(about)
    if verdict in SIDES:
        that = "" if quoted else "that of "
        return f"Taken alone, {about.force}'s rate is {SIDES[verdict]} {that}{other}."
    if verdict == "depends":
        return f"Whether {about.force} differs from {other} depends on which of the possible figures is right."
    return f"{about.force} is not shown to differ from {other}."


def _counted(answer: ForceAnswer) -> str:
    about = answer.about
    rate = percent_range(answer.rate.low, answer.rate.high, decimals_of(answer))
    found = how_many(answer.count.low, answer.count.high, answer.recorded)
    return (
        f"{about.force} recorded {crimes(answer.recorded)} of {about.offence} in "
        f"{window(answer.window.start, answer.window.end)}; {found} ({rate}, {interval_phrase(answer)}) had the "
        f"outcome “{about.outcome}”."
    )


def _against_published(answer: ForceAnswer) -> list[str]:
    if isinstance(answer.comparison, BesideNational):
        return _against_published_range(answer, answer.comparison) + _windows_differ(answer)
    return _against_published_count(answer, answer.comparison) + _windows_differ(answer)


def _against_published_range(answer: ForceAnswer, beside: BesideNational) -> list[str]:
    national = percent_range(*beside.national.ends)
    quoted = f"The quoted figure (“{answer.about.national_printed}”) can stand for {national}"
    if limits := verdicts_limits(answer, beside):
        return [
            f"{quoted}; that interval and the test that decides disagree at the edge: by the test, national rates of "
            f"{limits} are not told from the count."
        ]
    place = {
        "higher": " and lies wholly below that interval",
        "lower": " and lies wholly above that interval",
        "not distinguishable": " and lies inside that interval",
        "depends": ", and whether that lies inside the interval depends on which of the possible figures is right",
    }[beside.verdict or "not distinguishable"]
    return [f"{quoted}{place}."]


def _against_published_count(answer: ForceAnswer, beside: BesideRest) -> list[str]:
    about, rest = answer.about, beside.rest
    other = count_of(rest.count.low, rest.count.high, rest.recorded)
    rate = percent_range(rest.rate.low, rest.rate.high)
    return [f"In {compared_with(about)} it was {other} ({rate}).", _spread_unknown(about)]


def _spread_unknown(about: AboutForce) -> str:
    number = about.forces_exact
    few = f"Only {forces(number)} {'has' if number == 1 else 'have'}" if number else "No force has"
    too_few = ", too few to say how much forces normally differ" if number else ""
    return (
        f"{few} an exact count of such crimes{too_few}, so whether {about.force} is unusual among forces is not known."
    )


def _windows_differ(answer: ForceAnswer) -> list[str]:
    about = answer.about
    national = about.national_window
    if not about.windows_differ or national is None:
        return []
    if answer.window == national:
        return ["The national figure covers the same window, but some of the forces in it gave shorter ones."]
    sentence = (
        f"The windows differ: {window(answer.window.start, answer.window.end)} here, "
        f"{window(national.start, national.end)} in the national figure"
    )
    if answer.sensitivity:
        return [f"{sentence}.", sensitivity_sentence(answer.sensitivity)]
    beside = answer.comparison
    even = beside.break_even.low if isinstance(beside, BesideNational) else None
    if even is not None and answer.verdict in ("not distinguishable", "depends"):
        low = percent_down(even, 1)
        sentence += (
            f"; if the national rate over {about.force}'s own window was below {low}, the force would, allowing for "
            "chance only, stand above it, and that rate is not published"
        )
    return [sentence + "."]


def _among_forces(answer: ForceAnswer) -> list[str]:
    about, row = answer.about, answer.row
    verdict, found = row.verdict.among_forces, row.among_forces
    if verdict is None:
        return [_takes_no_part(answer)]
    if verdict == "too few":
        return [_too_few(answer)]
    if verdict == DEPENDS_ON_OPEN:
        return [f"Whether {about.force} is unusual among forces depends on how its open cases and theirs end."]
    usual = f"given how much the {about.forces_exact} forces with exact counts normally differ"
    if verdict not in SIDES:
        return [f"{about.force} is not unusual among forces, {usual}."]
    side = {"higher": "high", "lower": "low"}[verdict]
    return [
        f"{about.force} is unusually {side} among forces, even {usual}: outside the {found.outside}% limits. "
        f"{_chance_alone(about)}"
    ]


def _chance_alone(about: AboutForce) -> str:
    """Return how many ordinary forces lie outside the 95% limits, without which no single one is to be read."""
    number = about.outside_by_chance
    many = number_by_chance(number)
    lies = "lies" if round(number) <= 1 else "lie"
    return f"Of {about.forces_judged} ordinary forces {many} {lies} outside the 95% limits by chance."


def _takes_no_part(answer: ForceAnswer) -> str:
    """Return why nothing is said of a force among forces."""
    about, row = answer.about, answer.row
    if row.screened:
        return (
            f"Whether {about.force} is unusual among forces cannot be said; {whole(row.open)} of its "
            f"{crimes(row.recorded)} had no outcome when the figures were made."
        )
    if about.forces_exact < about.forces_needed:
        return _spread_unknown(about)
    if row.count.low == row.count.high:
        return f"So few forces can be compared that whether {about.force} is unusual among them is not known."
    return (
        f"{about.force}'s count is not known exactly, so whether it is unusual among forces cannot be said; "
        "it is shown as a range."
    )


def _too_few(answer: ForceAnswer) -> str:
    """Return why a force is not judged: its own crimes are too few, or those of the others, or these show no rates."""
    about = answer.about
    if about.expected_crimes == 0:
        word = "None" if about.less_frequent == "with" else "All"
        return f"{word} of the forces' crimes had this outcome, so forces cannot be told apart by it."
    unsaid = f"so whether {about.force} is unusual among forces cannot be said."
    closed = "among the closed cases alone " if answer.row.among_forces.judged else ""
    if about.why_not_judged == "others' rates":
        have = f"{closed}almost every other force had this outcome in all of its crimes or in none"
        return f"{have[0].upper()}{have[1:]}, which shows no rates to set it beside, {unsaid}"
    if closed:
        return f"{closed[0].upper()}{closed[1:]}there are too few crimes to judge by, {unsaid}"
    if about.why_not_judged == "own crimes" and about.expected_crimes is not None:
        return (
            f"{about.force} has too few crimes to be judged among forces: fewer than {EXPECTED_NEEDED} of them "
            f"(about {below(about.expected_crimes, EXPECTED_NEEDED)}) would be expected "
            f"{to_have(about.less_frequent)} this outcome."
        )
    return f"The other forces have too few crimes to show how forces differ, {unsaid}"


def to_have(less_frequent: str | None) -> str:
    """Return what fewer crimes are expected to do: "to have" the outcome, or "not to have" it."""
    return "to have" if less_frequent == "with" else "not to have"


def _against_rest(answer: ForceAnswer) -> list[str]:
    about, verdict, beside = answer.about, answer.row.verdict.rest, answer.comparison
    if verdict is None or not isinstance(beside, BesideRest):
        return ["There are no other forces with exact counts to compare it with."]
    rest = beside.rest
    other = (
        f"{compared_with(about)} together "
        f"({count_of(rest.count.low, rest.count.high, rest.recorded)}, "
        f"{percent_range(rest.rate.low, rest.rate.high, decimals_of(answer))})"
    )
    if verdict in SIDES:
        finding = f"Compared with {other} its rate is {verdict}"
    elif verdict == "depends":
        finding = f"Whether it differs from {other} depends on the outcomes that were not published"
    elif verdict == DEPENDS_ON_OPEN:
        finding = f"Whether it differs from {other} depends on how the open cases end"
    else:
        finding = f"It is not distinguishable from {other}"
    return [f"{finding}; {_how_many_differ(answer)}."]


def _how_many_differ(answer: ForceAnswer) -> str:
    """Return how many forces differ from the rest, without which no such difference is to be read."""
    different, exact = answer.about.forces_different, answer.about.forces_exact
    differs = answer.row.verdict.rest in SIDES
    if differs and different == 1:
        return f"it alone of the {exact} forces with exact counts does, and this allows for chance alone"
    many = (
        f"{part_of(different, exact)} force{'' if exact == 1 else 's'} with exact counts "
        f"differ{'s' if different < 2 else ''} from the rest in this sense"
    )
    if not differs:
        return many
    return f"but {many}, which allows for chance alone, so such a difference by itself is no sign of an unusual force"


def _power(answer: ForceAnswer) -> list[str]:
    if answer.verdict != "not distinguishable":
        return []
    if isinstance(answer.comparison, BesideRest):
        difference = answer.comparison.difference
        if not (difference.low or 0) <= 0 <= (difference.high or 0):
            return ["With so few crimes this is not evidence that the rates are the same."]
        return [
            f"The difference may lie anywhere between {points(difference.low)} and {points(difference.high)} "
            f"percentage points ({confidence_percent(answer.confidence)} interval), so this is not evidence that "
            "the rates are the same."
        ]
    reach = answer.comparison.detectable
    limits = [
        f"{side} {percent(rate)}" for side, rate in (("above", reach.high), ("below", reach.low)) if rate is not None
    ]
    rates = f"only a true rate {' or '.join(limits)}" if limits else "no true rate"
    return [
        f"With {crimes(answer.recorded)} {rates} would be told from the quoted range at least "
        f"{times(reach.power)}, so this is not evidence that they are the same."
    ]
