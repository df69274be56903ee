"""What may be printed of a force or a study, and what may not: sentences that follow from the verdicts and say no more.

What may be printed is whole and stands alone; its first sentence is the one to quote. What may not be printed is the
claim, with the reason after a colon. Nothing is computed here.
"""

from typing import NamedTuple

from analysis.presentation.formats import crimes, forces, listed, part_of, percent, percent_range, whole
from analysis.presentation.printable_facts import ForceFacts, Question, StudyFacts, force_facts, study_facts
from analysis.presentation.printable_limits import never_printable
from analysis.presentation.sentences import DEPENDS_ON_OPEN, SIDES, number_by_chance
from analysis.results.country_answer import CountryAnswer
from analysis.results.force_answer import ForceAnswer

LOOKS = {"higher": "unusually high", "lower": "unusually low"}
NEAR_RATIOS = ((0.5, 0.03, "half"), (2, 0.03, "twice"), (0.5, 0.1, "about half"), (2, 0.1, "about twice"))
"""Ratios with a word of their own: the ratio, how far from it, as a share of it, the word is still true."""
NO_MEASURE = "a rate does not show how well a force works"


class Printable(NamedTuple):
    """What may be printed, the sentence to quote first, and what may not."""

    may: tuple[str, ...]
    may_not: tuple[str, ...]


def printable_of_force(answer: ForceAnswer) -> Printable:
    """Return what may and may not be printed of a force.

    Parameters
    ----------
    answer : ForceAnswer
        What `analysis.answer.answer_force` returns.

    Examples
    --------
    >>> from analysis.answer import answer_force
    >>> print(printable_of_force(answer_force("home-office-2018-19", "8R", "charged", "Kent")).may[0])
    Kent charged 1.2% of the 9,216 crimes of Malicious Communications that it recorded in 2018/19, half the rate of \
the other 42 forces (0.51 times, 0.42 to 0.61).
    """
    return force_printable(force_facts(answer))


def printable_of_study(answer: CountryAnswer) -> Printable:
    """Return what may and may not be printed of all forces of a study.

    Parameters
    ----------
    answer : CountryAnswer
        What `analysis.answer.answer_country` returns.

    Examples
    --------
    >>> from analysis.answer import answer_country
    >>> print(printable_of_study(answer_country("home-office-2018-19", "8R", "charged")).may[0])
    In 43 forces together, 2.4% of the 206,716 crimes of Malicious Communications recorded in 2018/19 had led to a \
charge or summons when the figures were made.
    """
    return study_printable(study_facts(answer))


def force_printable(facts: ForceFacts) -> Printable:
    """Return what may and may not be printed, of the facts of a force."""
    if facts.rate[0] is None:
        rate = f"The rate of {facts.force} is not known: {facts.why_unknown or 'no crimes recorded'}."
        return Printable((rate,), (f"Any rate of {facts.force}: none can be had from these figures.",))
    may = [_quote(facts), *_depends(facts), _among(facts)]
    may_not = [*_not_apart(facts), *_not_unusual(facts), *_not_one_rate(facts), *_not_final(facts)]
    return Printable(tuple(may), (*may_not, *never_printable(facts.question)))


def _quote(facts: ForceFacts) -> str:
    question = facts.question
    crimes_meant = f"the {crimes(facts.recorded)} of {question.offence}"
    when = f"recorded in {question.period}{any_outcome(question)}"
    if question.outcome_id == "charged":
        charged = "had charged" if facts.screened else "charged"
        counted = f"{facts.force} {charged} {_share(facts)} of {crimes_meant} that it {when}"
    else:
        counted = f"In {facts.force} {_share(facts)} of {crimes_meant} {when} had the outcome “{question.outcome}”"
    return f"{counted}{_compared(facts)}{_how_far_known(facts)}."


def any_outcome(question: Question) -> str:
    """Return what narrows the crimes of a question to those with any outcome, where its rates are over these."""
    return " that had any outcome" if question.is_of_outcomes else ""


def had_outcome(question: Question) -> str:
    """Return what is said of the crimes that had the outcome, many of them and together."""
    charged = question.outcome_id == "charged"
    return "had led to a charge or summons" if charged else f"had the outcome “{question.outcome}”"


def _share(facts: ForceFacts) -> str:
    """Return the rate, with its interval where no comparison has limits; the count so far where too many are open."""
    if facts.screened:
        return whole(facts.count[0])
    low, high = map(percent, facts.rate)
    rate = low if low == high else f"between {low} and {high}"
    return rate if _shows_ratio(facts) else f"{rate} (95% interval {percent_range(*facts.interval)})"


def _how_far_known(facts: ForceFacts) -> str:
    if facts.screened:
        return f" when the figures were made; {whole(facts.open)} of them had no outcome yet"
    return "" if facts.count[0] == facts.count[1] else "; the exact number was not published"


def _shows_ratio(facts: ForceFacts) -> bool:
    return facts.verdict in SIDES and None not in facts.ratio[1:]


def _compared(facts: ForceFacts) -> str:
    if facts.verdict == "not distinguishable":
        return f", which is not shown to differ from {_its_rate(facts)}"
    if facts.verdict not in SIDES:
        return ""
    words = f", {_ratio_words(facts)} {_beside(facts)}"
    return f"{words} ({_ratio_limits(facts)})".replace(") (", ", ") if _shows_ratio(facts) else words


def _its_rate(facts: ForceFacts) -> str:
    """Return what the force is compared with, and its rate where that is not the quoted one."""
    if facts.question.quoted:
        return _beside(facts)
    return f"that of {_beside(facts)} ({percent_range(*facts.other_rate)})".replace(") (", ", ")


def _beside(facts: ForceFacts) -> str:
    """Return what the force is compared with, a quoted figure in its own words."""
    quoted = facts.question.quoted
    return f"the national figure printed beside it (“{quoted}”)" if quoted else facts.compared_with


def _ratio_words(facts: ForceFacts) -> str:
    ratio = facts.ratio[0] or 0
    near = (word for middle, reach, word in NEAR_RATIOS if abs(ratio - middle) < reach * middle)
    return next((f"{word} the rate of" for word in near), f"a {facts.verdict} rate than")


def _ratio_limits(facts: ForceFacts) -> str:
    """Return the ratio with its limits, with a third decimal where two would hide that a limit is not 1."""
    digits = 3 if any(f"{limit:.2f}" == "1.00" for limit in facts.ratio[1:]) else 2
    estimate, low, high = ("" if one is None else f"{one:.{digits}f}" for one in facts.ratio)
    return f"{estimate} times, {low} to {high}" if estimate else f"{low} to {high} times"


def _depends(facts: ForceFacts) -> list[str]:
    on = _on_what(facts)
    return [f"Whether {facts.force}'s rate is higher or lower than {_beside(facts)} depends on {on}."] if on else []


def _on_what(facts: ForceFacts) -> str:
    if facts.verdict == DEPENDS_ON_OPEN:
        return "how the open cases end"
    if facts.verdict != "depends":
        return ""
    return "which of the possible figures is right" if facts.question.quoted else "outcomes that were not published"


def _among(facts: ForceFacts) -> str:
    rate, verdict = f"{facts.force}'s rate", facts.among_forces
    if verdict in LOOKS and facts.named:
        return (
            f"{rate} is {LOOKS[verdict]} among forces, even given how forces normally differ and how many were "
            "looked at."
        )
    if verdict in LOOKS:
        return f"{rate} looks {LOOKS[verdict]} among forces; {_by_chance(facts)} would look unusual by chance alone."
    if verdict == "not unusual":
        return f"{rate} is not unusual among forces, given how forces normally differ."
    return f"Whether {rate} is unusual among forces {_why_not_judged(facts)}."


def _by_chance(facts: ForceFacts | StudyFacts) -> str:
    return f"{number_by_chance(facts.by_chance)} of {forces(facts.judged)}"


def _why_not_judged(facts: ForceFacts) -> str:
    if facts.among_forces == "too few":
        return "cannot be said from crimes so few, or so alike"
    return "depends on how the open cases end" if facts.among_forces == DEPENDS_ON_OPEN else "is not known"


def _not_apart(facts: ForceFacts) -> list[str]:
    """Return what the verdict against the others, or the published figure, does not allow."""
    rate = f"That {facts.force}'s rate is higher or lower than {_beside(facts)}"
    if facts.verdict in SIDES or facts.among_forces in SIDES:
        return [f"That {facts.force} is worse or better than other forces: {NO_MEASURE}{_rider(facts)}."]
    if facts.verdict == "not distinguishable":
        return [
            f"{rate}, or the same: chance alone can make such a difference, and that does not show that there is none."
        ]
    return [f"{rate}: that depends on {on}." for on in [_on_what(facts)] if on]


def _rider(facts: ForceFacts) -> str:
    """Return what else speaks against "worse": the other forces, or chance."""
    if facts.among_forces in SIDES and not facts.named:
        return f", and {_by_chance(facts)} would look unusual by chance alone"
    return ", and forces normally differ by as much" if facts.among_forces == "not unusual" else ""


def _not_unusual(facts: ForceFacts) -> list[str]:
    if facts.among_forces in SIDES or (facts.among_forces == "not unusual" and facts.verdict in SIDES):
        return []
    if facts.among_forces == "not unusual":
        return [f"That {facts.force} stands out among forces: they normally differ by as much."]
    return [f"That {facts.force} is unusual among forces, or that it is not: that {_why_not_judged(facts)}."]


def _not_one_rate(facts: ForceFacts) -> list[str]:
    if facts.count[0] == facts.count[1]:
        return []
    why = "open cases" if facts.screened else "outcomes that were not published"
    low, high = map(percent, facts.rate)
    return [f"One rate for {facts.force}: {why} leave it anywhere between {low} and {high}."]


def _not_final(facts: ForceFacts) -> list[str]:
    if not facts.open or facts.screened:
        return []
    were = "was" if facts.open == 1 else "were"
    return [
        f"That the rate is final: {whole(facts.open)} of the {crimes(facts.recorded)} {were} still open when the "
        "figures were made."
    ]


def study_printable(facts: StudyFacts) -> Printable:
    """Return what may and may not be printed, of the facts of a study."""
    may = _together(facts) + (_stand_out(facts) if facts.is_whole else _differ(facts))
    may_not = [*_not_worse(facts), *_not_by_the_rest(facts), *_not_one_rate_each(facts)]
    return Printable(tuple(may), (*may_not, *never_printable(facts.question)))


def _together(facts: StudyFacts) -> list[str]:
    question = facts.question
    if facts.rate is None or not facts.is_whole:
        return []
    where = f"{forces(facts.forces)}{' together' if facts.forces > 1 else ''}"
    return [
        f"In {where}, {percent(facts.rate)} of the {crimes(facts.recorded)} of "
        f"{question.offence} recorded in {question.period}{any_outcome(question)} {had_outcome(question)} "
        "when the figures were made."
    ]


def _stand_out(facts: StudyFacts) -> list[str]:
    if not facts.judged:
        return ["Whether any force is unusual among forces is not known: there are too few crimes or forces."]
    named = [f"{name} ({LOOKS[side]}, {percent(rate)})" for name, (side, rate, is_named) in _unusual(facts) if is_named]
    if named:
        have = "has an unusual rate" if len(named) == 1 else "have unusual rates"
        return [f"{listed(named)} {have}, even given how forces normally differ and how many were looked at."]
    number = len(facts.unusual)
    look = f"{whole(number)} {'looks' if number == 1 else 'look'}" if number else "none looks"
    return [f"No force stands out: {look} unusual, and {_by_chance(facts)} would by chance alone."]


def _unusual(facts: StudyFacts) -> list[tuple[str, tuple[str, float | None, bool]]]:
    return list(facts.unusual.items())


def _differ(facts: StudyFacts) -> list[str]:
    if not facts.sides:
        return [f"No force is shown to differ from {facts.compared_with}."]
    sentences = []
    for side in SIDES:
        if names := [name for name, found in facts.sides.items() if found == side]:
            have = f"has a {side} rate" if len(names) == 1 else f"have {side} rates"
            sentences.append(f"Taken alone, {listed(names)} {have} than {facts.compared_with}.")
    return sentences


def _not_worse(facts: StudyFacts) -> list[str]:
    if not facts.judged:
        return ["That any force is unusual among forces, or that none is: that is not known."]
    names, is_named = list(facts.unusual), any(named for _, _, named in facts.unusual.values())
    which = listed(names) if names else "any force"
    chance = "" if is_named or not names else f", and {_by_chance(facts)} would look unusual by chance alone"
    is_worse = "are" if len(names) > 1 else "is"
    return [f"That {which} {is_worse} worse or better than the others: {NO_MEASURE}{chance}."]


def _not_by_the_rest(facts: StudyFacts) -> list[str]:
    """Return why a difference from the others together is no news: so many differ."""
    if not facts.sides or not facts.judged:
        return []
    return [
        f"That a force stands out because its rate differs from {facts.compared_with}: "
        f"{part_of(len(facts.sides), facts.forces)} do, and forces normally differ."
    ]


def _not_one_rate_each(facts: StudyFacts) -> list[str]:
    if not facts.ranged:
        return []
    whose = "the force whose count is" if facts.ranged == 1 else f"the {forces(facts.ranged)} whose counts are"
    return [f"One rate for {whose} known only as a range."]
