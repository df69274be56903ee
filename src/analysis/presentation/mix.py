"""A force's offence mix in words and tables. Nothing is computed here.

Ratios of two forces weigh the offences differently, so no table ranks them.
"""

from collections.abc import Sequence

from analysis.presentation.formats import FINEST, UNKNOWN, decimals_apart, listed, p_equals, percent, whole, window
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.results.compared_forces import ForceWithMix
from analysis.results.offence_mix import MixOfForce, OffenceMix

BESIDE = {
    "higher": "is higher than its mix of offences gives",
    "lower": "is lower than its mix of offences gives",
    "not distinguishable": "cannot be told from what its mix of offences gives",
    "too few": "is that of too few crimes to be set against what its mix of offences gives",
    "depends on the open cases": "may differ from what its mix of offences gives, depending on the open cases",
}
AMONG = {
    "higher": "is unusually high",
    "lower": "is unusually low",
    "not unusual": "is not unusual",
    "too few": "has too few crimes to judge",
    "depends on the open cases": "may be unusual, depending on the open cases",
}
WHAT = "{force}'s share of crimes with the outcome “{outcome}”"
UNSAID = "Whether {what} differs from what its mix of offences gives cannot be said{why}."
LEAD = (
    "{what}, {observed}, {beside}: at the other forces' rates for the offences that it recorded it would be "
    "{expected}{ratio}."
)
AMONG_RATIOS = "Given how forces' ratios normally differ, {force}'s {among}."


def finding(answer: MixOfForce) -> Prose:
    """Return whether the mix of offences explains the force's rate, the finding first.

    Examples
    --------
    >>> from analysis.answer.mix import answer_mix
    >>> finding(answer_mix("home-office-2018-19", "charged", "Gwent"))
    **Gwent's share of crimes with the outcome “Charged or summonsed”, 8.1%, cannot be told from what its mix of \
offences gives: at the other forces' rates for the offences that it recorded it would be 8.1%, a ratio of 1.00 (0.98 \
to 1.03).**
    <BLANKLINE>
    The other forces' share of all their crimes is 8.6%. North Yorkshire is set aside: too many of its cases were open.
    <BLANKLINE>
    Given how forces' ratios normally differ, Gwent's is not unusual.
    """
    return Prose([lead(answer), _others(answer), *_among(answer)], lead=True)


def lead(answer: MixOfForce) -> str:
    """Return the sentence that leads what is said of the force, or that nothing can be said and why."""
    what = WHAT.format(force=answer.force, outcome=answer.about.outcome)
    if answer.mix is None:
        why = ""
        if answer.force in answer.set_aside:
            why = (
                f"; {whole(answer.open)} of its {whole(answer.recorded)} crimes had no outcome when the figures were "
                "made"
            )
        return UNSAID.format(what=what, why=why)
    return LEAD.format(what=what, **lead_fields(answer.mix))


def lead_fields(mix: OffenceMix) -> dict[str, str]:
    """Return what `LEAD` says of a force's mix, as it is printed: rate, verdict, expected rate, ratio with interval."""
    rates = mix.observed / mix.recorded, mix.expected / mix.recorded
    observed, expected = (percent(rate, decimals_apart(rates[:1], rates[1:]) if _apart(mix) else 1) for rate in rates)
    return {
        "observed": observed,
        "beside": BESIDE[mix.verdict],
        "expected": expected,
        "ratio": "" if mix.ratio is None else f", a ratio of {ratio_text(mix)}",
    }


def _others(answer: MixOfForce) -> str:
    aside = [force for force in answer.set_aside if force != answer.force]
    verb = "is" if len(aside) == 1 else "are"
    whose = "its" if len(aside) == 1 else "their"
    set_aside = f" {listed(aside)} {verb} set aside: too many of {whose} cases were open." if aside else ""
    return f"The other forces' share of all their crimes is {percent(answer.others_rate)}.{set_aside}"


def _among(answer: MixOfForce) -> list[str]:
    among = answer.mix.among if answer.mix else None
    if among is None or among.verdict is None or among.p is None:
        return []
    return [AMONG_RATIOS.format(force=answer.force, among=AMONG[among.verdict])]


def ratio_text(mix: OffenceMix) -> str:
    """Return a ratio with its interval, with as many decimals, two to four, as show that it does not hold 1."""
    if mix.ratio is None:
        return UNKNOWN
    values = [value for value in (mix.ratio, mix.low, mix.high) if value is not None]
    texts = [[f"{value:.{digits}f}" for value in values] for digits in range(2, FINEST + 1)]
    distinguishing = (shown for shown in texts if not _apart(mix) or all(float(text) != 1 for text in shown))
    ratio, *limits = next(distinguishing, texts[-1])
    return f"{ratio} ({' to '.join(limits) or 'no interval'})"


def _apart(mix: OffenceMix) -> bool:
    if mix.low is None or mix.high is None:
        return mix.verdict in ("higher", "lower")
    return not mix.low <= 1 <= mix.high


def study_sentence(rows: Sequence[ForceWithMix]) -> str:
    """Return what the mixes of all forces of a study show: who may be named, or that nobody may.

    Parameters
    ----------
    rows : sequence of ForceWithMix
        The forces of a study of all offences.
    """
    among = [(row.force, row.mix.among) for row in rows if row.mix]
    judged = [one for _, one in among if one.judged]
    named = [f"{force} ({one.verdict})" for force, one in among if one.named]
    outside = sum(one.outside is not None for one in judged)
    if named:
        return f"Beside its own mix of offences, and given how forces normally differ, unusual: {listed(named)}."
    return (
        "No force is unusual, beside its own mix of offences, beyond what chance and the usual differences give: "
        f"{outside} of {len(judged)} {'lies' if outside == 1 else 'lie'} outside the 95% limits, about "
        f"{0.05 * len(judged):.0f} would by chance alone."
    )


def mix_table(answer: MixOfForce) -> Table | Prose:
    """Return the ratio and what it is made of, one number a row."""
    if answer.mix is None:
        return Prose([lead(answer)])
    mix = answer.mix
    rows = [
        ("crimes recorded, of offences that others recorded too", whole(mix.recorded)),
        ("offences, and those that no other force recorded", f"{mix.codes}, {mix.codes_left_out}"),
        ("crimes with the outcome", whole(mix.observed)),
        ("expected at the other forces' rates", f"{mix.expected:,.1f}"),
        ("ratio, 95% interval", ratio_text(mix)),
        ("p of a ratio of 1", p_equals(mix.p).removeprefix("= ")),
        ("beside its mix", mix.verdict),
        ("among forces", mix.among.verdict or "not known"),
    ]
    return Table(["what", "value"], rows)


def offences_table(answer: MixOfForce) -> Table:
    """Return the offences that move the ratio most, the largest difference first."""
    rows = [
        (
            one.offence,
            one.title,
            whole(one.recorded),
            whole(one.count),
            f"{one.expected:,.1f}",
            f"{one.count - one.expected:+,.1f}".replace("-", "−"),
        )
        for one in answer.offences
    ]
    return Table(["code", "offence", "recorded", "with the outcome", "at the others' rate", "difference"], rows)


def source_table(answer: MixOfForce) -> Table:
    """Return where the figures come from."""
    about = answer.about
    rows = [("period", window(about.window.start, about.window.end)), ("publisher", about.publisher)]
    rows += [("source", f"{one.title}. {one.address} ({one.licence})") for one in about.sources]
    return Table(["what", "what it says"], rows)


def not_shown(answer: MixOfForce) -> Prose:
    """Return what the ratio cannot show, one bullet each."""
    return Prose(
        [
            *answer.about.limits,
            "Ratios of two forces weigh the offences differently, so forces cannot be ranked by them.",
            "Within one code crimes differ too: a force may record the harder ones of it.",
            "Totals that corrections left negative are unknown, and left out on both sides.",
        ],
        bullets=True,
    )


def made_from(answer: MixOfForce) -> Prose:
    """Return what the answer was made from: study, digest of its data, version of the package."""
    study, about = f"{answer.release}/all/{answer.outcome}", answer.about
    return Prose([f"Study {study}; data sha256 {about.digest[:16]}; charge-rates {about.version}."])
