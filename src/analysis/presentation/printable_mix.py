"""What may be printed of a force beside its own mix of offences, and what may not. Nothing is computed here."""

from analysis.presentation.formats import crimes, percent, whole
from analysis.presentation.mix import lead, lead_fields, ratio_text
from analysis.presentation.printable_facts import Question, period_words
from analysis.presentation.printable_limits import never_printable
from analysis.presentation.printable_sentences import LOOKS, NO_MEASURE, Printable, had_outcome
from analysis.presentation.sentences import DEPENDS_ON_OPEN, SIDES
from analysis.results.offence_mix import MixOfForce, OffenceMix

AT_OTHERS = "at the other forces' rates for the offences that it recorded"
BESIDE = {
    "higher": ", more than the {expected} that it would be {at}",
    "lower": ", less than the {expected} that it would be {at}",
    "not distinguishable": ", which is not shown to differ from the {expected} that it would be {at}",
    DEPENDS_ON_OPEN: (
        "; whether that differs from the {expected} that it would be {at} depends on how the open cases end"
    ),
}
NOT_JUDGED = {
    "too few": "cannot be said from so few crimes",
    DEPENDS_ON_OPEN: "depends on how the open cases end",
}
NO_TWO_RATIOS = "Two forces' ratios side by side: each weighs the offences by what its own force recorded."
NOT_ALL_MIX = (
    "That nothing but the mix of offences matters, or all but it: within one offence crimes differ too, and a force "
    "may record the harder ones."
)


def printable_of_mix(answer: MixOfForce) -> Printable:
    """Return what may and may not be printed of a force over all offences together.

    Parameters
    ----------
    answer : MixOfForce
        What `analysis.answer.mix.answer_mix` returns.

    Examples
    --------
    >>> from analysis.answer.mix import answer_mix
    >>> print(printable_of_mix(answer_mix("home-office-2018-19", "charged", "Gwent")).may[0])
    In Gwent, 8.1% of the 58,479 crimes recorded in 2018/19 had led to a charge or summons when the figures were made, \
which is not shown to differ from the 8.1% that it would be at the other forces' rates for the offences that it \
recorded: the ratio is 1.00 (0.98 to 1.03).
    """
    about, mix = answer.about, answer.mix
    period = period_words(about.window.start, about.window.end)
    question = Question("", about.outcome, answer.outcome, period, False, False, None)
    if mix is None:
        none = f"That {answer.force}'s mix of offences explains its rate, or that it does not: that cannot be said."
        return Printable((lead(answer),), (none, *never_printable(question)))
    return Printable(
        (_quote(answer, mix, question), _among(answer.force, mix)),
        (
            *_not_beside(answer.force, mix),
            *_not_among(answer.force, mix),
            f"The other forces' {percent(answer.others_rate)} as what {answer.force} should have: they recorded the "
            "offences in other proportions.",
            NOT_ALL_MIX,
            NO_TWO_RATIOS,
            *_not_final(answer),
            *never_printable(question),
        ),
    )


def _quote(answer: MixOfForce, mix: OffenceMix, question: Question) -> str:
    said = lead_fields(mix)
    known = " (of offences that other forces recorded too)" if mix.codes_left_out else ""
    beside = BESIDE[mix.verdict or "not distinguishable"].format(expected=said["expected"], at=AT_OTHERS)
    return (
        f"In {answer.force}, {said['observed']} of the {crimes(mix.recorded)}{known} recorded in {question.period} "
        f"{had_outcome(question)} when the figures were made{beside}: the ratio is {ratio_text(mix)}."
    )


def _among(force: str, mix: OffenceMix) -> str:
    among, ratio = mix.among, f"{force}'s rate, beside its own mix of offences,"
    if among.verdict in LOOKS:
        looked = "even given how forces normally differ and how many were looked at"
        chance = "though among so many forces some look so by chance alone"
        seems, why = ("is", looked) if among.named else ("looks", chance)
        return f"{ratio} {seems} {LOOKS[among.verdict]} among forces, {why}."
    if among.verdict == "not unusual":
        return f"{ratio} is not unusual among forces, given how forces normally differ."
    return f"Whether {ratio} is unusual among forces {_why_not_judged(mix)}."


def _why_not_judged(mix: OffenceMix) -> str:
    return NOT_JUDGED.get(mix.among.verdict or "", "is not known")


def _not_beside(force: str, mix: OffenceMix) -> list[str]:
    """Return what the verdict beside the force's own mix does not allow."""
    differs = f"That {force}'s rate is higher or lower than its mix of offences gives"
    if mix.verdict in SIDES or mix.among.verdict in SIDES:
        usual = ", and forces normally differ by as much" if mix.among.verdict == "not unusual" else ""
        return [f"That {force} is worse or better than other forces: {NO_MEASURE}{usual}."]
    if mix.verdict == DEPENDS_ON_OPEN:
        return [f"{differs}: that depends on how the open cases end."]
    return [
        f"{differs}, or the same: chance alone can make such a difference, and that does not show that there is none."
    ]


def _not_among(force: str, mix: OffenceMix) -> list[str]:
    if mix.among.verdict in SIDES or (mix.among.verdict == "not unusual" and mix.verdict in SIDES):
        return []
    if mix.among.verdict == "not unusual":
        return [f"That {force} stands out among forces: they normally differ by as much."]
    return [f"That {force} is unusual among forces, or that it is not: that {_why_not_judged(mix)}."]


def _not_final(answer: MixOfForce) -> list[str]:
    if not answer.open:
        return []
    were = "was" if answer.open == 1 else "were"
    return [
        f"That the rate is final: {whole(answer.open)} of the {crimes(answer.recorded)} {were} still open when the "
        "figures were made."
    ]
