"""What the page of several years says of all forces: a table of their rates and trends, and what it comes to.

Nothing is computed here but how many forces there are of each kind.
"""

from collections import Counter

from analysis.presentation.formats import UNKNOWN, listed, p_value, percent_range, window
from analysis.presentation.overview import Cell
from analysis.presentation.sentences import share_words
from analysis.presentation.years import (
    DEPENDS,
    breaks_sentences,
    open_sentence,
    short_year,
    title_sentences,
)
from analysis.results.year_series import ForceOverYears, Trend, Year

UNTESTED = "no test"
LEVEL = 0.05
"""Of the test of a trend."""


def trend_kind(answer: ForceOverYears) -> str:
    """Return the verdict on a force's trend, however the open cases end, or that there is none.

    Parameters
    ----------
    answer : ForceOverYears
    """
    return answer.trend.verdict or UNTESTED


def finding_sentences(answers: list[ForceOverYears]) -> list[str]:
    """Return what the years show of all forces, the finding first.

    Parameters
    ----------
    answers : list of ForceOverYears
        For each force of one study of several years; not empty.

    Examples
    --------
    >>> from analysis.answer.years import answer_years
    >>> answers = [answer_years("home-office-2018-19", "8R", "charged", force) for force in ("Gwent", "Kent")]
    >>> finding_sentences(answers)[0].partition(", ")[2]
    'no trend of crimes with the outcome “Charged or summonsed” can be tested in any of 2 forces.'
    """
    first = answers[0]
    return [
        _lead(answers),
        *_so_far(answers),
        open_sentence(first),
        *breaks_sentences(first),
        *title_sentences(first),
    ]


def _lead(answers: list[ForceOverYears]) -> str:
    about, count = answers[0].about, Counter(map(trend_kind, answers))
    forces = f"{len(answers)} force{'' if len(answers) == 1 else 's'}"
    when, outcome = (
        window(about.window.start, about.window.end),
        share_words(about.outcome, of_outcomes=about.of_outcomes),
    )
    if count[UNTESTED] == len(answers):
        return f"From {when}, no trend of {outcome} can be tested in any of {forces}."
    others = [f"in {count[DEPENDS]} that depends on the open cases"] if count[DEPENDS] else []
    others += [f"in {count[UNTESTED]} no trend can be tested"] if count[UNTESTED] else []
    return (
        f"From {when}, the share of {outcome} rises in {count['rises']}, falls in {count['falls']}, changes in no one "
        f"direction in {count['changes, but in no one direction']} and shows no change in {count['no change shown']} "
        f"of {forces}" + "".join(f"; {other}" for other in others) + "."
    )


def _so_far(answers: list[ForceOverYears]) -> list[str]:
    """Return what the counts so far show, and how many trends chance alone would show among so many forces."""
    tested = [answer.trend.so_far for answer in answers if answer.trend.why_none is None]
    if not tested:
        return []
    return [
        f"Of the counts so far it rises in {tested.count('rises')} and falls in {tested.count('falls')} of the "
        f"{len(tested)} that can be tested. Each force is tested alone: had no rate changed, at most about "
        f"{len(tested) * LEVEL:.0f} of them would rise or fall by chance."
    ]


def force_lines(answers: list[ForceOverYears]) -> dict[str, list[str]]:
    """Return the lines that a reader sees beside a force's row: name, the newest year's rate, and the trend."""
    lines = {}
    for answer in answers:
        year = answer.years[-1]
        known = [f"{short_year(year.window)}: {_rate_cell(year).text}"]
        known += [f"95% interval {percent_range(*year.wilson)}"] if year.is_known else []
        lines[answer.force] = [answer.force, *known, f"over the years: {trend_kind(answer)}"]
    return lines


def forces_table(answers: list[ForceOverYears]) -> dict[str, list[Cell]]:
    """Return all forces as columns of cells, by the names of the columns: the rate of each year, and the trend."""
    years = [short_year(year.window) for year in answers[0].years]
    table = {"force": [Cell(answer.force, answer.force) for answer in answers]}
    table |= {name: [_rate_cell(answer.years[place]) for answer in answers] for place, name in enumerate(years)}
    table["trend"] = [_word_cell(trend_kind(answer)) for answer in answers]
    table["so far"] = [_word_cell(answer.trend.so_far) for answer in answers]
    table["p"] = [_p_cell(answer.trend) for answer in answers]
    return table


def _rate_cell(year: Year) -> Cell:
    if not year.is_known:
        return Cell(UNKNOWN, None)
    return Cell(percent_range(year.rate.low, year.rate.high), year.rate.low)


def _word_cell(word: str | None) -> Cell:
    return Cell(word or "", word)


def _p_cell(trend: Trend) -> Cell:
    return Cell("", None) if trend.test is None else Cell(p_value(trend.test.p), trend.test.p)


def filter_marks(answers: list[ForceOverYears]) -> dict[str, list[str]]:
    """Return what each force can be found by, words without spaces."""
    return {answer.force: [trend_kind(answer).replace(",", "").replace(" ", "-")] for answer in answers}


def without_report(forces: dict[str, str]) -> list[str]:
    """Return one sentence for each reason why forces have no report.

    Parameters
    ----------
    forces : dict of str to str
        {name: reason}.

    Examples
    --------
    >>> without_report({"Kent": "no figures", "Essex": "no figures"})
    ['Kent and Essex: no figures.']
    """
    reasons: dict[str, list[str]] = {}
    for force, why in forces.items():
        reasons.setdefault(why, []).append(force)
    return [f"{listed(names)}: {why}." for why, names in reasons.items()]


def citation(answer: ForceOverYears) -> str:
    """Return how to cite the figures and the numbers computed from them."""
    about = answer.about
    sources = "; ".join(source.title for source in about.sources)
    study = f"{answer.series}/{answer.offence.replace('/', '-')}/{answer.outcome}"
    return (
        f"Figures: {about.publisher}, {sources}. Rates and trends: charge-rates {about.version}, study "
        f"{study}, data sha256 {about.digest[:16]}."
    )
