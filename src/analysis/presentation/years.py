"""What is said of one force over years, and its tables. Nothing is computed here.

What the open cases of recent years do to a rate, the finding says.
"""

from analysis.presentation.formats import (
    confidence_percent,
    count_of,
    listed,
    p_equals,
    p_value,
    percent,
    percent_range,
    whole,
    window,
)
from analysis.presentation.offence_words import offence_rows
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.presentation.sentences import share_words
from analysis.results.windows import Window
from analysis.results.year_series import ForceOverYears, Trend, TrendBesideOthers, Year

NO_CHANGE = "no change shown"
TRENDS = {
    "rises": "rises over the years",
    "falls": "falls over the years",
    "changes, but in no one direction": "changes over the years, but in no one direction",
    NO_CHANGE: "shows no change over the years, which does not show that it stayed the same",
}
DEPENDS = "depends on the open cases"
FEW_YEARS = 5
"""With so many years or fewer only a very steady change can be shown."""
OTHERS = "the other forces"
OPEN_OF_RECORDED = (
    "Recent years are lower bounds, apart from corrections: more of their cases are open, and rates rise as they close."
)
NOT_YET_ASSIGNED = "not-yet-assigned"
"""The outcome of the crimes that are still open."""
OPEN_OF_OPEN = (
    "Recent years are upper bounds, apart from corrections: a crime has this outcome only until it is closed."
)
OPEN_OF_OUTCOMES = (
    "Crimes that are still open are in neither number; the latest years have most of them, and as they are closed a "
    "rate may rise or fall."
)


def finding(answer: ForceOverYears) -> Prose:
    """Return what may be concluded of the force over the years, the finding first; its tests are `trend_tests`.

    Parameters
    ----------
    answer : ForceOverYears

    Examples
    --------
    >>> from analysis.answer.years import answer_years
    >>> finding(answer_years("home-office-2018-19", "8R", "charged", "Gwent"))
    **No trend can be told for Gwent: 1 of at least 4 years has an exact count.**
    <BLANKLINE>
    In April 2018 to March 2019 it was 105 of 3,654 (2.9%, 95% interval 2.4% to 3.5%), and 3.1% were still open.
    <BLANKLINE>
    Recent years are lower bounds, apart from corrections: more of their cases are open, and rates rise as they close.
    """
    sentences = [*_shown(answer), *_others_sentence(answer), open_sentence(answer)]
    return Prose([*sentences, *breaks_sentences(answer), *answer.gaps, *title_sentences(answer)], lead=True)


def plain_finding(answer: ForceOverYears) -> Prose:
    """Return what may be concluded of the force over the years, in few words.

    Examples
    --------
    >>> from analysis.answer.years import answer_years
    >>> name = "home-office-all-offences-2014-15..2025-26"
    >>> print(str(plain_finding(answer_years(name, "all", "charged", "Gwent"))).splitlines()[0])
    **Gwent's share of crimes with the outcome “Charged or summonsed” among those with any outcome falls over the years.**
    """  # noqa: E501 - the sentence as it is printed.
    return Prose(_shown(answer), lead=True)


def _shown(answer: ForceOverYears) -> list[str]:
    lead, where_open = _trend_words(answer)
    return [f"{lead}{where_open}.", *_few_years_sentence(answer), *_first_and_last(answer)]


def open_sentence(answer: ForceOverYears) -> str:
    """Return what the cases that are still open may do to the rates of recent years, in one sentence."""
    if answer.outcome == NOT_YET_ASSIGNED:
        return OPEN_OF_OPEN
    return OPEN_OF_OUTCOMES if answer.about.of_outcomes else OPEN_OF_RECORDED


def _trend_words(answer: ForceOverYears) -> tuple[str, str]:
    """Return what the years show so far, and what the open cases leave of it where the verdict depends on them."""
    trend, force = answer.trend, answer.force
    if trend.why_none:
        return f"No trend can be told for {force}: {trend.why_none}", ""
    what = f"{force}'s share of {share_words(answer.about.outcome, of_outcomes=answer.about.of_outcomes)}"
    if trend.verdict != DEPENDS:
        return f"{what} {TRENDS[trend.verdict or NO_CHANGE]}", ""
    so_far = f"by the counts so far it {TRENDS[trend.so_far or NO_CHANGE]}"
    return (
        f"Whether {what} changes over the years depends on the open cases: {so_far}",
        f"; if the open cases end as the closed ones did, {_as_closed(trend)}",
    )


def _p(trend: Trend) -> float | None:
    return trend.test.p if trend.test else None


def _as_closed(trend: Trend) -> str:
    return f"it {TRENDS[trend.as_closed]}" if trend.as_closed else "they are too few to say"


def _few_years_sentence(answer: ForceOverYears) -> list[str]:
    years = answer.trend.years
    if answer.trend.why_none or years > FEW_YEARS or answer.trend.verdict in ("rises", "falls"):
        return []
    return [f"With {years} years only a very steady change can be shown."]


def _period(days: Window) -> str:
    return window(days.start, days.end)


def _first_and_last(answer: ForceOverYears) -> list[str]:
    years = [year for year in answer.years if year.count.low is not None]
    level = confidence_percent(answer.confidence)
    return [
        f"In {_period(year.window)} it was "
        f"{count_of(year.count.low, year.count.high, year.recorded)} "
        f"({percent_range(year.rate.low, year.rate.high)}, {level} interval {percent_range(*year.wilson)})"
        f"{_still_open(year)}."
        for year in (years if len(years) < 2 else [years[0], years[-1]])
    ]


def _still_open(year: Year) -> str:
    if year.open_share is None:
        return ""
    return f", and {percent(year.open_share) if year.open else 'none'} were still open"


def _others_sentence(answer: ForceOverYears) -> list[str]:
    trend = answer.trend_others
    if trend.why_none or answer.trend.why_none:
        return []
    depends = f"; {DEPENDS}" if trend.verdict == DEPENDS else ""
    moves = TRENDS[trend.so_far or NO_CHANGE]
    return [
        f"The same share of the other forces together {moves}{depends}.",
        *_beside_others(answer.beside_others, answer.force),
    ]


def _beside_others(found: TrendBesideOthers | None, force: str) -> list[str]:
    if found is None:
        return []
    if found.differs is None:
        return [f"Whether {force}'s trend differs from the others' depends on the open cases."]
    return [f"{force}'s trend {'differs' if found.differs else 'is not shown to differ'} from the others'."]


def breaks_sentences(answer: ForceOverYears) -> list[str]:
    """Return what breaks the series, in one sentence, or nothing where no break is known."""
    if not answer.breaks:
        return []
    named = [f"“{one.label}” ({one.date})" for one in answer.breaks]
    return [f"The series is broken by {listed(named)}: the years on both sides do not count the same."]


def title_sentences(answer: ForceOverYears) -> list[str]:
    """Return that the code has several names, in one sentence, or nothing where it has one."""
    titles = list(dict.fromkeys(title.casefold() for title in answer.about.offence_titles))
    if len(titles) == 1:
        return []
    return [f"The code is called differently in different years: {listed(titles)}."]


def year_table(answer: ForceOverYears) -> Table:
    """Return the years of the force, one row each, beside the other forces together: the numbers of the figure."""
    rows = [
        (
            short_year(year.window),
            year.why_unknown or count_of(year.count.low, year.count.high, year.recorded),
            percent_range(year.rate.low, year.rate.high),
            percent_range(*year.wilson),
            _open_cell(year),
            percent(year.rate_if_open),
            percent(year.others.rate),
            year.release,
        )
        for year in answer.years
    ]
    level = confidence_percent(answer.confidence)
    return Table(
        [
            "year",
            "crimes with the outcome",
            "rate",
            f"{level} interval",
            "still open",
            "rate if all open cases had it",
            OTHERS,
            "release",
        ],
        rows,
    )


def _open_cell(year: Year) -> str:
    share = "" if year.open_share is None else f" ({percent(year.open_share)})"
    return whole(year.open) + share


def trend_tests(answer: ForceOverYears) -> Prose:
    """Return what tests the trend, on the counts so far; without a trend why there is none.

    Examples
    --------
    >>> from analysis.answer.years import answer_years
    >>> trend_tests(answer_years("home-office-2018-19", "8R", "charged", "Gwent"))
    No trend can be told for Gwent: 1 of at least 4 years has an exact count.
    """
    trend, others, beside = answer.trend, answer.trend_others, answer.beside_others
    if trend.why_none:
        return Prose([f"{_trend_words(answer)[0]}."])
    same = trend.open_known and trend.verdict != DEPENDS
    both = "; the verdict is the same if the open cases end as the closed ones did" if same else ""
    slope = "The slope in a logistic model that allows for scatter between years has, over"
    said = [f"{slope} {trend.years} years, p {p_equals(_p(trend))}{both}."]
    if (trend.so_far or "").startswith("changes"):
        said.append(f"The years differ by more than chance, p {p_equals(trend.common_p)}.")
    if not others.why_none:
        said.append(f"The slope of the other forces together has p {p_equals(_p(others))}.")
    if beside:
        said.append(
            f"The difference of the two has p {p_equals(beside.test.p)}, a change that all forces share set aside."
        )
    return Prose(said)


def trend_table(answer: ForceOverYears) -> Table:
    """Return how the rate of the force and that of the other forces together move, and what tests it, one row each."""
    rows = [
        (
            name,
            whole(trend.years),
            trend.why_none or p_value(_p(trend)),
            trend.so_far or "—",
            _closed_cell(trend),
            trend.verdict or "—",
            p_value(trend.p),
        )
        for name, trend in ((answer.force, answer.trend), (OTHERS, answer.trend_others))
    ]
    columns = ["whose rate", "years", "p of the slope", "so far", "if open cases end as the closed", "verdict"]
    return Table([*columns, "Cochran–Armitage p, beside it"], rows)


def _closed_cell(trend: Trend) -> str:
    if trend.why_none or (not trend.open_known and trend.verdict == trend.so_far):
        return "—"
    return trend.as_closed or "too few"


def short_year(year: Window) -> str:
    """Return the name of a year for an axis or a column.

    Examples
    --------
    >>> short_year(Window("2018-04-01", "2019-03-31"))
    '2018/19'
    """
    start, end = year.start, year.end
    return start[:4] if start[:4] == end[:4] else f"{start[:4]}/{end[2:4]}"


def breaks_table(answer: ForceOverYears) -> Table | Prose:
    """Return the breaks of the series, one row each, or a sentence where none is known."""
    if not answer.breaks:
        return Prose([f"No break of this series is known in {_period(answer.about.window)}."])
    return Table(["from", "what", "what it does"], [(one.date, one.label, one.sentence) for one in answer.breaks])


def source_table(answer: ForceOverYears) -> Table:
    """Return where the figures of each year come from."""
    about = answer.about
    rows = [*offence_rows(about.offence, answer.offence, about.codes), ("publisher", about.publisher)]
    rows += [("source", f"{one.title}. {one.address} ({one.licence})") for one in about.sources]
    return Table(["what", "what it says"], rows)


def not_shown(answer: ForceOverYears) -> Prose:
    """Return what the series cannot show, one bullet each."""
    return Prose(
        [
            *answer.about.limits,
            open_sentence(answer),
            "A trend is one of the recorded crimes and their outcomes: recording, the mix of cases and the time to "
            "close them change too, and the test does not know why.",
            "The years may be of editions made at different times, so an earlier year may have had less time to mature "
            "than its age says.",
            "The figures of the years are set side by side and never added up.",
        ],
        bullets=True,
    )


def made_from(answer: ForceOverYears) -> Prose:
    """Return what the answer was made from: series, digest of its data, version of the package."""
    study, about = f"{answer.series}/{answer.offence}/{answer.outcome}", answer.about
    return Prose([f"Study {study}; data sha256 {about.digest[:16]}; charge-rates {about.version}."])
