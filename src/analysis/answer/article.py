"""The newspaper article, claim by claim.

Joins the layers like `answer`: the claims are data, the figure behind each is computed, and the verdict follows from
the comparison. *Holds* means that a claim agrees with the published figures, not that the police files were seen.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from importlib.metadata import version

from analysis.answer import answer_force
from analysis.counts.digests import read_sums
from analysis.counts.folder import data_folder
from analysis.counts.notation import CountRange, count_from_percent
from analysis.counts.printed.rows import read_counts, read_figures
from analysis.counts.releases import find_release, list_releases, read_sources
from analysis.counts.tables import Row, read_table
from analysis.errors import InputError
from analysis.results.claims import (
    Article,
    Claim,
    ComparisonFigure,
    Figure,
    LawFigure,
    NationalFigure,
    PrintedRise,
    RecordedFigure,
    RiseFigure,
    ShareFigure,
)
from analysis.results.estimated_rate import BesideNational
from analysis.results.force_answer import ForceAnswer
from analysis.results.windows import Window
from analysis.statistics.verdicts import HIGHER

RELEASE, OFFENCE, FORCE = "radar-2022", "8/71", "Gwent"

HOLDS = "holds"
CAVEAT = "holds with a caveat"
DOES_NOT_FOLLOW = "does not follow"
CANNOT_BE_CHECKED = "cannot be checked from published figures"
VERDICTS = (HOLDS, CAVEAT, DOES_NOT_FOLLOW, CANNOT_BE_CHECKED)


Checked = tuple[str, Figure | None]
"""A verdict, and the figure behind it where one is published."""


def check_article() -> Article:
    """Return every claim of the article with the figure behind it and a verdict, and the answers they rest on.

    Returns
    -------
    Article
        In the order in which the article makes the claims.

    Raises
    ------
    InputError
        If the data differ from their digests.

    Examples
    --------
    >>> verdicts = {claim.id: claim.verdict for claim in check_article().claims}
    >>> verdicts["charged_gwent"], verdicts["comparison"]
    ('holds', 'does not follow')
    """
    return Article(
        claims=tuple(_check_claim(row) for row in read_table("article_claims.csv")),
        charged=_answer("charged"),
        victim=_answer("victim-does-not-support"),
        digest=read_sums(data_folder())["article_claims.csv"],
        version=version("charge-rates"),
    )


def _answer(outcome: str) -> ForceAnswer:
    return answer_force(RELEASE, OFFENCE, outcome, FORCE)


def _check_claim(row: Row) -> Claim:
    verdict, found = CHECKS[row["check"]](row)
    if verdict == HOLDS and row["caveat"]:
        verdict = CAVEAT
    shown = ("id", "claim", "printed", "check", "force", "percent", "fraction", "caveat", "needed")
    own = read_sources({row["source"]})[0].publisher
    return Claim(
        **{column: row[column] for column in shown},
        window=Window(row["window_start"], row["window_end"]),
        source=found.publisher if isinstance(found, LawFigure) else own,
        found=found,
        verdict=verdict,
    )


def _check_recorded(row: Row) -> Checked:
    """Hold the crimes recorded against the percentages printed beside them."""
    figures = read_figures(find_release(RELEASE), OFFENCE)[row["force"]]
    percents = [figure.row["percent"] for figure in figures.outcomes]
    fits = [fit for fit in (count_or_none(percent, row["number"]) for percent in percents) if fit]
    possible = [count_or_none(f"{tenths // 10}.{tenths % 10}", row["number"]) for tenths in range(1001)]
    stands = figures.recorded == row["number"] and len(fits) == len(percents)
    return HOLDS if stands else DOES_NOT_FOLLOW, RecordedFigure(
        recorded=row["number"],
        percents=tuple(percents),
        counts=tuple(fit.low for fit in fits),
        possible_share=sum(fit is not None for fit in possible) / len(possible),
    )


def count_or_none(percent: str, recorded: int) -> CountRange | None:
    """Return the counts that a printed percentage allows, or None where it allows no whole number.

    Examples
    --------
    >>> count_or_none("7.8", 268).low, count_or_none("7.8", 9)
    (21, None)
    """
    try:
        return count_from_percent(percent, recorded)
    except InputError:
        return None


def _check_share(row: Row) -> Checked:
    """Hold a share of a force's crimes against the counts of the outcomes it is about."""
    figures = read_figures(find_release(RELEASE), OFFENCE)[row["force"]]
    low, high = figures.sum_of(row["outcome_types"])
    found = ShareFigure(low, high, figures.recorded, row["at_least"])
    if row["at_least"]:
        stands = 100 * low >= Fraction(row["percent"]) * figures.recorded
    else:
        fit = count_or_none(row["percent"], figures.recorded)
        stands = fit is not None and fit[:2] == (low, high)
    if row["fraction"]:
        share, nearest = Fraction(low, figures.recorded), Fraction(row["fraction"])
        stands = stands and share <= nearest == share.limit_denominator(nearest.denominator)
    return (HOLDS if stands and low == high else CAVEAT if stands else DOES_NOT_FOLLOW), found


def _check_national_share(row: Row) -> Checked:
    """Give what a rounded national share can stand for; it can be checked only where a count was printed too."""
    rate = next(
        rate for rate in read_table("national_rates.csv") if (rate["release"], rate["outcome"]) == (RELEASE, "charged")
    )
    recorded = next(row for row in release_rows() if row["role"] == "total" and row["measure"] == "recorded")["count"]
    fit = count_from_percent(row["percent"], recorded)
    found = NationalFigure(fit.low, fit.high, recorded, rate["forces"], rate["count"])
    if rate["count"] is None:
        return CANNOT_BE_CHECKED, found
    return HOLDS if fit.low <= rate["count"] <= fit.high else DOES_NOT_FOLLOW, found


def _check_comparison(row: Row) -> Checked:
    """Say whether the force is told from the rate it stands beside; different windows are a caveat at best."""
    answer = _answer("charged")
    comparison, national_window = answer.comparison, answer.about.national_window
    if not isinstance(comparison, BesideNational) or national_window is None:
        raise InputError(f"{answer.study} is not compared with a published rate, as the article does")
    found = ComparisonFigure(
        *comparison.tests.mid_p.p,
        comparison.verdict,
        *comparison.national.ends,
        *answer.intervals.wilson,
        comparison.break_even.low,
        national_window,
    )
    if comparison.verdict != HIGHER:
        return DOES_NOT_FOLLOW, found
    return CAVEAT if answer.window != national_window else HOLDS, found


def _check_rise(row: Row) -> Checked:
    """Give the forces of the release whose last two years were printed; the rise needs all that were asked."""
    asked, last = find_release(RELEASE).forces_asked or 0, int(row["window_end"][:4])
    years = {
        (" and ".join(one["force"]), int(one["window_start"][:4])): one["count"]
        for one in release_rows()
        if one["role"] == "subset" and one["measure"] == "recorded"
    }
    printed = tuple(
        PrintedRise(force, years[force, last - 1], count) for (force, year), count in years.items() if year == last
    )
    found = RiseFigure(last, asked, printed)
    if len(printed) < asked:
        return CANNOT_BE_CHECKED, found
    rise = Fraction(sum(one.after for one in printed), sum(one.before for one in printed)) - 1
    return HOLDS if round(100 * rise) == int(row["percent"]) else DOES_NOT_FOLLOW, found


def _check_sentence(row: Row) -> Checked:
    """Hold a sentence against the law that was in force on the last day of the claim."""
    law = [law for law in read_table("law.csv") if law["in_force"] <= row["window_end"]][-1]
    stands = law["most_years"] == row["number"]
    return HOLDS if stands else DOES_NOT_FOLLOW, _law_figure(law, most_years=law["most_years"])


def _check_scope(row: Row) -> Checked:
    """Say for how much of the claim's window the law covered threats."""
    law = next(law for law in read_table("law.csv") if law["scope"] == "disclose+threats")
    first, last, covered = (
        date.fromisoformat(day) for day in (row["window_start"], row["window_end"], law["in_force"])
    )
    days, with_threats = (last - first).days + 1, max((last - covered).days + 1, 0)
    found = _law_figure(law, share=min(with_threats / days, 1.0))
    return HOLDS if with_threats >= days else CAVEAT if with_threats else DOES_NOT_FOLLOW, found


def _law_figure(law: Row, *, most_years: int | None = None, share: float | None = None) -> LawFigure:
    publisher = read_sources({law["source"]})[0].publisher
    return LawFigure(law["provision"], law["in_force"], publisher, most_years, share)


def _check_elsewhere(row: Row) -> Checked:
    return CANNOT_BE_CHECKED, None


CHECKS: dict[str, Callable[[Row], Checked]] = {
    "recorded": _check_recorded,
    "share": _check_share,
    "national share": _check_national_share,
    "comparison": _check_comparison,
    "rise": _check_rise,
    "sentence": _check_sentence,
    "scope": _check_scope,
    "elsewhere": _check_elsewhere,
}


def count_verdicts(article: Article) -> dict[str, int]:
    """Return how many claims have each verdict, in the order of `VERDICTS`.

    Examples
    --------
    >>> sum(count_verdicts(check_article()).values())
    13
    """
    found = Counter(claim.verdict for claim in article.claims)
    return {verdict: found[verdict] for verdict in VERDICTS}


def release_rows() -> tuple[Row, ...]:
    """Return every published row of the article's release."""
    return read_counts(next(release for release in list_releases() if release.id == RELEASE))
