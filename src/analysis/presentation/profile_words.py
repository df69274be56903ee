"""A force's profile in words: a line a study, which offences stand out, and what to ask the force. Computes nothing."""

from typing import Literal, NamedTuple

from analysis.presentation.formats import UNKNOWN, count_of, crimes, listed, percent, percent_range, whole, window
from analysis.presentation.sentences import SIDES
from analysis.presentation.strips import Strips
from analysis.presentation.verdict_words import AMONG_FORCES
from analysis.results.force_profile import Difference, ForceProfile, JudgedRate, OfficialYear, OpenQuestion
from analysis.results.force_rates import ForceRate, ForceRates

Asked = Literal["forces", "rest", "national"]
BESIDE = {"rest": "the other forces together", "published": "the national figure"}
ALONE = {
    "higher": "higher than {}",
    "lower": "lower than {}",
    "not distinguishable": "not distinguishable from {}",
    "depends": "beside {}: depends on figures that were not published",
    "depends on the open cases": "beside {}: depends on the open cases",
}
SMALL_NUMBERS = "Please give small numbers as they are. Where one is withheld, please say so and state its limits."
COLUMNS = ("force", "offence", "first day", "last day", "recorded", "charged or summonsed", "no outcome yet")
"""Of the table that a reply is asked for; `charge-rates compare` reads it."""


class Line(NamedTuple):
    """A rate as a row of a profile shows it."""

    study: str
    question: str
    period: str
    counted: str
    rate: str
    interval: str
    verdict: str


def line(rate: JudgedRate) -> Line:
    """Return a rate as a row of text.

    Examples
    --------
    >>> from analysis.answer.profile import profile_force
    >>> line(profile_force("Gwent", ["home-office-2018-19/8R/charged"], []).rates[0])[2:]
    ('April 2018 to March 2019', '105 of 3,654', '2.9%', '2.4% to 3.5%', 'not unusual')
    """
    return Line(
        study=rate.study,
        question=f"{rate.offence[:1].upper()}{rate.offence[1:]}: {rate.outcome.lower()}",
        period=window(rate.window.start, rate.window.end),
        counted=count_of(rate.low, rate.high, rate.recorded),
        rate=percent_range(*rate.rate) if rate.rate else UNKNOWN,
        interval=percent_range(*rate.interval) if rate.interval else "",
        verdict=verdict_text(rate),
    )


def verdict_text(rate: JudgedRate) -> str:
    """Return the verdict on a rate: among forces where there is one, else beside what it is compared with."""
    if rate.why_unknown:
        return f"cannot be said: {rate.why_unknown}"
    if rate.among:
        return AMONG_FORCES[rate.among]
    return ALONE[rate.alone].format(BESIDE[rate.against]) if rate.alone else "cannot be said"


def strip(rate: JudgedRate, force: str) -> Strips:
    """Return the one row that draws a rate, on a scale of its own.

    Examples
    --------
    >>> from analysis.answer.profile import profile_force
    >>> strip(profile_force("Gwent", ["home-office-2018-19/8R/charged"], []).rates[0], "Gwent").groups[0].heading
    'This force: not unusual'
    """
    asked: Asked = "national" if rate.against == "published" else "forces" if rate.among or not rate.alone else "rest"
    verdict = rate.among if asked == "forces" else rate.alone
    row = ForceRate(force, rate.rate, rate.interval, verdict, rate.why_unknown)
    drawn = ForceRates(line(rate).question, asked, (row,), rate.common, rate.usual)
    return Strips(drawn, first=force, alone=True)


def official_sentences(force: str, year: OfficialYear) -> list[str]:
    """Return how many offences of an official table were looked at, and which of them stand out.

    Examples
    --------
    >>> from analysis.answer.profile import profile_force
    >>> year = profile_force("Kent", [], ["home-office-2018-19"]).official[0]
    >>> for sentence in official_sentences("Kent", year):
    ...     print(sentence)
    After allowing for having looked at 72 offences, one stands out: Sexual assault on a female child under 13 \
(unusually low).
    Of the 114 offences that Kent recorded, 72 have enough crimes to be judged. Taken one by one, 21 of them lie \
outside what is usual among forces; about 4 would by chance alone, so one of those is not yet a finding.
    """
    looked_at = len(year.rates)
    if not looked_at:
        return [f"{force} has no offence with enough crimes to be judged, of {whole(year.offences)} that it recorded."]
    chance = 0.05 * looked_at
    return [
        _stands_out(year),
        f"Of the {whole(year.offences)} offences that {force} recorded, {whole(looked_at)} have enough crimes to be "
        f"judged. Taken one by one, {whole(year.outside)} of them {'lies' if year.outside == 1 else 'lie'} outside "
        f"what is usual among forces; about {chance:.0f} would by chance alone, so one of those is not yet a finding.",
    ]


def by_verdict(year: OfficialYear) -> list[tuple[str, list[JudgedRate]]]:
    """Return the offences of an official table by what is said of them, each group under its heading."""
    unusual = [rate for rate in year.rates if rate.among in SIDES]
    groups = {
        "Outside what is usual, each taken alone": unusual,
        "Not unusual": [rate for rate in year.rates if rate.among == "not unusual"],
        "Cannot be said": [rate for rate in year.rates if rate.among not in (*SIDES, "not unusual")],
    }
    return [(heading, rates) for heading, rates in groups.items() if rates]


def _stands_out(year: OfficialYear) -> str:
    allowed = f"After allowing for having looked at {whole(len(year.rates))} offences"
    found = [rate for rate in year.rates if rate.study in year.stand_out]
    if not found:
        return f"{allowed}, none stands out."
    names = listed([f"{rate.offence} ({verdict_text(rate)})" for rate in found])
    return f"{allowed}, {'one stands' if len(found) == 1 else f'{len(found)} stand'} out: {names}."


def question_sentences(question: OpenQuestion, force: str) -> list[str]:
    """Return what a question leaves open, and how many crimes and years would settle it.

    Examples
    --------
    >>> from analysis.answer.profile import profile_force
    >>> (question,) = profile_force("Gwent", ["radar-2022/8-71/charged"], []).questions
    >>> for sentence in question_sentences(question, "Gwent")[1:]:
    ...     print(sentence)
    Gwent recorded about 54 such crimes a year.
    Were its true rate 8.8%, 1.25 times as high, it would take 1,885 crimes to show, about 35 years.
    Were its true rate 10.5%, 1.5 times as high, it would take 519 crimes to show, about 10 years.
    Were its true rate 14.0%, twice as high, it would take 151 crimes to show, about 3 years.
    """
    shown = line(question.rate)
    counted = f"{shown.counted}, {shown.rate}" if shown.interval else shown.counted
    beside = f", beside {percent_range(*question.rate.common)}" if question.rate.common else ""
    sentences = [f"{shown.question}, {shown.period}: {counted}{beside}; {shown.verdict}."]
    if question.a_year is not None:
        sentences.append(f"{force} recorded about {question.a_year:,.0f} such crimes a year.")
    return sentences + [_difference_sentence(one) for one in question.differences]


def _difference_sentence(one: Difference) -> str:
    needed = "more than 6,000 crimes" if one.crimes is None else crimes(one.crimes)
    years = "" if one.years is None else f", {_years(one.years)}"
    times = "twice" if one.times == 2 else f"{one.times:g} times"
    return f"Were its true rate {percent(one.rate)}, {times} as high, it would take {needed} to show{years}."


def _years(years: float) -> str:
    return "less than a year" if years < 1 else f"about {years:.0f} year{'' if round(years) == 1 else 's'}"


def letter(profile: ForceProfile) -> list[str]:
    """Return a request for the figures that would settle what is open, as paragraphs; empty where nothing is.

    Examples
    --------
    >>> from analysis.answer.profile import profile_force
    >>> letter(profile_force("Gwent", ["radar-2022/8-71/charged"], []))[0]
    'Under the Freedom of Information Act 2000, please send me these figures for each financial year from April 2015.'
    """
    if not profile.questions:
        return []
    rates = [question.rate for question in profile.questions]
    offences = dict.fromkeys(f"{rate.offence} (code {rate.code})" for rate in rates)
    outcomes = dict.fromkeys(f"“{rate.outcome}”" for rate in rates)
    return [
        "Under the Freedom of Information Act 2000, please send me these figures for each financial year from April "
        "2015.",
        f"How many crimes of {listed(list(offences))} were recorded; how many of them have, on the day of your reply, "
        f"the outcome {listed(list(outcomes))}, by the Home Office’s outcome types; how many have no outcome yet; and "
        "the day on which the figures were taken.",
        f"As a spreadsheet, please, one row a year, with the columns {listed(list(COLUMNS))}.",
        SMALL_NUMBERS,
    ]
