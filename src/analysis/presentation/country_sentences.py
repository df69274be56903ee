"""The sentences said of all forces of a study together, made from the answer.

Two questions are kept apart. *Does a force differ from the rest?* makes no allowance for the differences that forces
always have; *is it unusual among forces?* does, and comes first. Nothing is computed here.
"""

from analysis.presentation.force_sentences import EXPECTED_NEEDED, to_have
from analysis.presentation.formats import (
    crimes,
    forces,
    listed,
    p_range,
    part_of,
    percent,
    whole,
    window,
)
from analysis.presentation.sentences import SIDES, how_many, number_by_chance
from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import RateRange
from analysis.results.country_answer import CountryAnswer, InstitutionsAnswer


def says_how_usual(answer: CountryAnswer | InstitutionsAnswer) -> bool:
    """Return whether some force has crimes enough, among forces enough, to be called unusual or not."""
    return bool(answer.about.judged)


def the_rest(about: AboutStudy) -> str:
    """Return what each force is compared with, in words.

    Examples
    --------
    >>> from analysis.answer import answer_country
    >>> the_rest(answer_country("home-office-2018-19", "8R", "charged").about)
    'the other forces together'
    """
    if about.against == "rest":
        return "the other forces together"
    if about.national_is_rate:
        return f"the national figure as quoted (“{about.national_printed}”)"
    return f"the rest of {about.national_area}"


def _word(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def finding_sentences(answer: CountryAnswer) -> list[str]:
    """Return the sentences of `country.finding`: which forces are unusual, which differ, what was counted."""
    if says_how_usual(answer):
        sentences = [_unusual(answer), *_outside(answer), *_open_decides(answer)]
    else:
        sentences = [_too_few(answer)]
    return [
        *sentences,
        *_different(answer),
        *_counted(answer),
        *_screened(answer),
        *_ranged(answer),
        *_windows_differ(answer),
    ]


def _fewer(answer: CountryAnswer) -> str:
    crimes_meant = "such crimes" if answer.about.less_frequent == "with" else "crimes without the outcome"
    return f"fewer than {EXPECTED_NEEDED} {crimes_meant}"


def _unusual(answer: CountryAnswer) -> str:
    """Return the headline: it names a force only where chance over the whole page is allowed for."""
    about = answer.about
    named, outside, judged = about.named, about.outside, about.judged
    if named:
        return (
            f"{part_of(len(named), len(judged))} forces that can be judged {_word(len(named), 'is', 'are')} unusual "
            f"among forces: {listed([_with_rate(answer, name) for name in named])}."
        )
    by_chance = number_by_chance(about.outside_by_chance)
    lie = f"{len(outside)} {_word(len(outside), 'lies', 'lie')}" if outside else "none lies"
    return (
        f"No force is unusual beyond what chance and the usual differences give: {lie} outside the 95% limits, "
        f"{by_chance} would by chance alone."
    )


def _row(answer: CountryAnswer, force: str) -> ComparedForce:
    return next(row for row in answer.forces if row.force == force)


def _with_rate(answer: CountryAnswer, force: str) -> str:
    row = _row(answer, force)
    side = {"higher": "high", "lower": "low"}[row.verdict.among_forces or ""]
    return f"{force} ({percent(row.rate.low)}, {side})"


def _outside(answer: CountryAnswer) -> list[str]:
    """Return which forces lie outside the limits, those that the headline does not name."""
    rest = [name for name in answer.about.outside if name not in answer.about.named]
    if not rest:
        return []
    which = listed([_with_rate(answer, name) for name in rest])
    return [f"Outside the 95% limits that allow for chance and for the forces' usual differences: {which}."]


def _open_decides(answer: CountryAnswer) -> list[str]:
    names = answer.about.open_decides
    if not names:
        return []
    return [f"Whether {listed(names)} {_word(len(names), 'is', 'are')} unusual depends on how the open cases end."]


def _screened(answer: CountryAnswer) -> list[str]:
    """Return which forces take no part because too many of their crimes had no outcome yet."""
    rows = [_row(answer, name) for name in answer.about.screened]
    return [
        f"{row.force} takes no part in the numbers above: {whole(row.open)} of its {crimes(row.recorded)} had "
        "no outcome when the figures were made."
        for row in rows
    ]


def _too_few(answer: CountryAnswer) -> str:
    together, about = answer.country, answer.about
    exact, needed = together.forces, about.forces_needed
    if not exact:
        return f"Too few to say anything: no force is known to have recorded a crime of {about.offence}."
    if exact < needed:
        return (
            f"Too few to say whether any force is unusual among forces: {forces(exact)} with "
            f"{_word(exact, 'a crime and an exact count', 'crimes and exact counts')}, and it takes at least {needed} "
            "to tell how much forces usually differ."
        )
    if about.why_none_judged == "rates":
        return (
            "No force can be called unusual among forces, or usual: almost all had this outcome in all of their crimes "
            "or in none, which shows no rates to set a force beside."
        )
    if 0 < together.count < together.recorded:
        counted = "by the closed cases alone " if about.why_none_judged == "closed cases" else ""
        return (
            f"No force can be called unusual among forces, or usual: {counted}too few of the {forces(exact)} have at "
            f"least {EXPECTED_NEEDED} crimes expected {to_have(about.less_frequent)} this outcome to show how much "
            "forces differ."
        )
    word = "none" if not together.count else "all"
    return (
        f"Too few to tell the forces apart: {word} of the {crimes(together.recorded)} of {about.offence} in "
        f"{forces(exact)} had the outcome “{about.outcome}”."
    )


def _different(answer: CountryAnswer) -> list[str]:
    about, together = answer.about, answer.country
    if not together.count or together.count == together.recorded or not _compared(answer):
        return []
    names, holm = about.different_from_rest, len(about.different_after_holm)
    differ, exact = len(names), together.forces
    number = f"{part_of(differ, exact)} {_word(exact, 'force', 'forces')}"
    if not differ:
        return [
            f"Taken one by one, {number} differs from {the_rest(about)} at the 5% level, which does "
            "not show that their rates are the same."
        ]
    text = f"Taken one by one, {number} {_word(differ, 'differs', 'differ')} from {the_rest(about)} at the 5% level"
    if any(row.rest.p_holm is not None for row in answer.forces):
        left = f"{holm} still {_word(holm, 'does', 'do')}" if holm else "none still does"
        text += f", and {left} after allowing for {exact} comparisons"
    return [
        text
        + ". That question allows for chance alone and not for the differences that forces usually have, so such a "
        "force need not be an unusual one."
    ]


def _compared(answer: CountryAnswer) -> bool:
    return any(row.verdict.rest for row in answer.forces if row.is_exact)


def _counted(answer: CountryAnswer) -> list[str]:
    together, about = answer.country, answer.about
    if not together.forces:
        return []
    found = how_many(together.count, together.count, together.recorded)
    return [
        f"{forces(together.forces)} with {_word(together.forces, 'an exact count', 'exact counts')} recorded "
        f"{crimes(together.recorded)} of {about.offence} in {window(about.window.start, about.window.end)}; {found} "
        f"({percent(together.rate)}) had the outcome “{about.outcome}”."
    ]


def _ranged(answer: CountryAnswer) -> list[str]:
    ranged = [row for row in answer.forces if row.has_rate and not row.is_exact and not row.screened]
    unknown = [row for row in answer.forces if not row.has_rate]
    sentences = []
    if ranged:
        sentences.append(
            f"Of {forces(len(ranged))} the count is known only as a range, drawn as a bar; "
            f"{_word(len(ranged), 'it takes', 'they take')} no part in the numbers above."
        )
    sure = [f"{row.force} ({row.verdict.rest})" for row in ranged if row.verdict.rest in SIDES]
    if sure:
        counts, differ = ("its count is", "differs") if len(sure) == 1 else ("their counts are", "differ")
        sentences.append(f"Whatever {counts}, {listed(sure)} {differ} from {the_rest(answer.about)}.")
    if unknown:
        sentences.append(f"Of {forces(len(unknown))} there is no rate to show; the table says why.")
    return sentences


def _windows_differ(answer: CountryAnswer) -> list[str]:
    if not answer.about.windows_differ:
        return []
    return [
        "The windows differ between the forces and from the national figure, so a difference may be one of years; no "
        "ranking is drawn."
    ]


def spread_sentences(answer: CountryAnswer) -> list[str]:
    """Return the sentences of `country.spread`."""
    together, own = answer.country, answer.about.own_rates
    if together.tau2 is None:
        return [_too_few(answer)]
    exact = together.forces
    sentences = [
        f"If all {exact} forces had the same rate, the squared distances of the forces from it, in standard errors, "
        f"would add up to about {exact - 1} by chance alone; they add up to {together.x2:.1f} "
        f"({p_range(together.x2_p, together.x2_p)})."
    ]
    if own is None:
        return [*sentences, "The data show no spread between forces that can be told from chance.", *_rough(answer)]
    return [
        *sentences,
        f"With chance taken out, a usual force has a rate {_between(own)}: so it would be for 95 of 100 forces like "
        f"these, around a mean of {percent(together.mu)}.",
        *_rough(answer),
    ]


def _between(rates: RateRange) -> str:
    low, high = percent(rates.low), percent(rates.high)
    is_open = rates.high is None or rates.high >= 1
    if rates.low == 0:
        return "anywhere from 0% to 100%" if is_open else f"below {high}"
    return f"above {low}" if is_open else f"between {low} and {high}"


def _rough(answer: CountryAnswer) -> list[str]:
    few, exact = answer.about.few_expected, answer.country.forces
    if 2 * len(few) <= exact:
        return []
    return [f"These numbers are rough: in {part_of(len(few), exact)} forces {_fewer(answer)} would be expected."]


def funnel_sentences(answer: CountryAnswer) -> list[str]:
    """Return the sentences of `country.beside_the_funnel`."""
    about = answer.about
    if about.funnel is None:
        if about.against == "rest":
            return ["No funnel is drawn: the forces, or their crimes with the outcome, are too few for it."]
        return ["No funnel is drawn: the national figure is a range, so there is no one rate to draw it around."]
    sentences = ["Forces whose name finds no place in the figure stand in the table, like all others."]
    inside = [name for name in about.different_from_rest if not _is_beyond_chance(_row(answer, name))]
    if inside and about.against == "rest":
        differ, lie = _word(len(inside), "differs", "differ"), _word(len(inside), "lies", "lie")
        sentences.append(
            f"{listed(inside)} {differ} from the rest, yet {lie} within the 95% limits of chance alone: those are "
            "around a common rate that contains the force itself."
        )
    return sentences


def _is_beyond_chance(row: ComparedForce) -> bool:
    return row.funnel is not None and row.funnel.outside is not None
