"""What may be printed of one force over years, and what may not. Nothing is computed here."""

from analysis.presentation.formats import crimes, listed, percent, whole
from analysis.presentation.printable_facts import Question, period_words
from analysis.presentation.printable_limits import never_printable
from analysis.presentation.printable_sentences import NO_MEASURE, Printable, any_outcome, had_outcome
from analysis.presentation.years import DEPENDS, NO_CHANGE
from analysis.results.year_series import ForceOverYears, Year

QUOTED = {
    "rises": "the share rises",
    "falls": "the share falls",
    "changes, but in no one direction": "the share changes, but in no one direction",
    NO_CHANGE: "no change is shown, which does not show that the share stayed the same",
    DEPENDS: "whether the share changes depends on how the open cases end",
}
NO_TWO_YEARS = "A change between two years picked from the series: single years also differ for reasons of their own."


def printable_of_years(answer: ForceOverYears) -> Printable:
    """Return what may and may not be printed of a force over years.

    Parameters
    ----------
    answer : ForceOverYears
        What `analysis.answer.years.answer_years` returns.

    Examples
    --------
    >>> from analysis.answer.years import answer_years
    >>> name = "home-office-all-offences-2014-15..2025-26"
    >>> print(printable_of_years(answer_years(name, "all", "charged", "Gwent")).may[0])
    In Gwent, 17.4% of the 36,257 crimes recorded in 2014/15 that had any outcome, and 7.9% of the 49,891 crimes of \
2025/26, had led to a charge or summons when the figures were made; over the 12 years the share falls.
    """
    about = answer.about
    question = Question(
        about.offence,
        about.outcome,
        answer.outcome,
        period_words(about.window.start, about.window.end),
        about.of_outcomes,
        windows_differ=False,
        quoted=None,
    )
    known = [year for year in answer.years if year.is_known]
    if not known:
        rate = f"The rate of {answer.force} is not known in any of these years."
        return Printable((rate,), (f"Any rate of {answer.force}: none can be had from these figures.",))
    two = [NO_TWO_YEARS] if len(known) > 1 else []
    may_not = [*_not_by_trend(answer), *two, *_not_over_breaks(answer), *_not_one_rate(known)]
    return Printable(
        (_quote(answer, known, question), *_beside_others(answer)),
        (*may_not, *_not_final(known[-1]), *never_printable(question)),
    )


def _quote(answer: ForceOverYears, known: list[Year], question: Question) -> str:
    first, last, trend = known[0], known[-1], answer.trend
    offence = "" if answer.offence == "all" else f" of {question.offence}"
    shares = f"{_share(first)} of the {crimes(first.recorded)}{offence} recorded in {_name(first)}"
    shares += any_outcome(question)
    if last is not first:
        shares += f", and {_share(last)} of the {crimes(last.recorded)} of {_name(last)},"
    moves = f"no trend can be told: {trend.why_none}"
    if trend.why_none is None:
        moves = f"over the {whole(trend.years)} years {QUOTED[trend.verdict or NO_CHANGE]}"
    return f"In {answer.force}, {shares} {had_outcome(question)} when the figures were made; {moves}."


def _share(year: Year) -> str:
    low, high = percent(year.rate.low), percent(year.rate.high)
    return low if low == high else f"between {low} and {high}"


def _name(year: Year) -> str:
    return period_words(year.window.start, year.window.end)


def _beside_others(answer: ForceOverYears) -> list[str]:
    found, first, last = answer.beside_others, answer.years[0], answer.years[-1]
    if found is None:
        return []
    trend = f"{answer.force}'s trend from {_name(first)} to {_name(last)}"
    others = "that of the other forces together"
    if found.differs is None:
        return [f"Whether {trend} differs from {others} depends on how the open cases end."]
    return [f"{trend} {'differs' if found.differs else 'is not shown to differ'} from {others}."]


def _not_by_trend(answer: ForceOverYears) -> list[str]:
    """Return what the verdict on the trend does not allow."""
    trend, force = answer.trend, answer.force
    moves = f"That {force}'s rate rises or falls over the years"
    if trend.why_none:
        return [f"{moves}: no trend can be told, {trend.why_none}."]
    if trend.verdict == DEPENDS:
        return [f"{moves}, or stayed the same: that depends on how the open cases end."]
    if trend.verdict in ("rises", "falls"):
        shared = answer.beside_others is not None and not answer.beside_others.differs
        others = ", and its trend is not shown to differ from that of the other forces" if shared else ""
        return [f"That {force} got worse or better over the years: {NO_MEASURE}{others}."]
    if trend.verdict == NO_CHANGE:
        return [f"{moves}, or stayed the same: a change that is not shown may still be there."]
    return [f"{moves}: it changes, but in no one direction."]


def _not_over_breaks(answer: ForceOverYears) -> list[str]:
    if not answer.breaks:
        return []
    labels = listed([f"“{one.label}” ({one.date})" for one in answer.breaks])
    return [f"That all the years count the same: the series is broken by {labels}."]


def _not_one_rate(known: list[Year]) -> list[str]:
    ranged = [_name(year) for year in known if year.count.low != year.count.high]
    return [f"One rate for {listed(ranged)}: the count is known only as a range."] if ranged else []


def _not_final(last: Year) -> list[str]:
    final = f"That the rate of {_name(last)} is final"
    if last.open is None:
        return [f"{final}: how many of its crimes were still open is not known."]
    if not last.open:
        return []
    return [f"{final}: {whole(last.open)} of its crimes {'was' if last.open == 1 else 'were'} still open."]
