"""The article and the stories beside it in words and tables, made from what `analysis.answer.article` returns.

Nothing is computed here. *Dropped* and *withdraw* stand in quotation marks: they are the newspapers' words.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from analysis.presentation.formats import (
    MONTHS,
    count_of,
    crimes,
    listed,
    p_range,
    percent,
    percent_down,
    percent_range,
    whole,
    window,
)
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.results.claims import (
    Article,
    Claim,
    ComparisonFigure,
    LawFigure,
    NationalFigure,
    RecordedFigure,
    RiseFigure,
    ShareFigure,
)
from analysis.results.estimated_rate import BesideNational, BesideRest
from analysis.results.force_answer import ForceAnswer
from analysis.results.windows import FigureWindow, Window


def finding(article: Article, verdicts: dict[str, int]) -> Prose:
    """Return the answer in two sentences: how many claims have which verdict, and what the comparison is worth.

    Parameters
    ----------
    article : Article
    verdicts : dict
        What `analysis.answer.article.count_verdicts` returns.
    """
    counts = listed([f"{number} {_plural(verdict, number)}" for verdict, number in verdicts.items() if number])
    comparison, compared = next(
        (claim, claim.found) for claim in article.claims if isinstance(claim.found, ComparisonFigure)
    )
    others = [claim for claim in article.claims if claim is not comparison and claim.verdict == "does not follow"]
    figures = "No figure that can be checked is wrong" if not others else f"Wrong: {listed([c.claim for c in others])}"
    return Prose(
        [
            f"Of the article's {sum(verdicts.values())} claims {counts}.",
            f"{figures}; the comparison that they are arranged for {comparison.verdict}: {_comparison_text(compared)}.",
        ],
        lead=True,
    )


def _plural(verdict: str, number: int) -> str:
    return verdict if number == 1 else verdict.replace("holds", "hold").replace("does not", "do not")


def claims_table(article: Article) -> Table:
    """Return the claims, one row each: what is printed, the figure behind it, how it was checked, source, verdict."""
    rows = [
        (
            claim.claim,
            claim.printed,
            FIGURES[claim.check](claim, claim.found),
            " ".join(text for text in (CHECKED[claim.check](claim, claim.found), claim.caveat, _needed(claim)) if text),
            claim.source,
            claim.verdict,
        )
        for claim in article.claims
    ]
    return Table(
        ["the article says, in our words", "printed", "figure behind it", "how it was checked", "source", "verdict"],
        rows,
    )


def _needed(claim: Claim) -> str:
    return f"Needed: {claim.needed}." if claim.needed else ""


def _recorded_figure(claim: Claim, found: RecordedFigure) -> str:
    return crimes(found.recorded)


def _recorded_checked(claim: Claim, found: RecordedFigure) -> str:
    percents = listed([f"{text}%" for text in found.percents])
    return (
        f"{percents}, printed beside it, are {listed([whole(count) for count in found.counts])} of "
        f"{whole(found.recorded)}; any one percentage would be a whole number of them by chance "
        f"{percent(found.possible_share, 0)} of the time."
    )


def _share_figure(claim: Claim, found: ShareFigure) -> str:
    share = percent_range(found.low / found.recorded, found.high / found.recorded)
    return f"{count_of(found.low, found.high, found.recorded)}, {share}"


def _share_checked(claim: Claim, found: ShareFigure) -> str:
    share = 100 * found.low / found.recorded
    if found.at_least:
        text = f"{share:.2f}% is not below {claim.percent}%; the count is that so far and may rise."
    else:
        text = f"Only {whole(found.low)} of {whole(found.recorded)} is {claim.percent}%."
    if claim.fraction:
        largest = claim.fraction.partition("/")[2]
        text += f" Of fractions with denominators up to {largest}, {claim.fraction} is nearest, and the share below it."
    return text


def _national_figure(claim: Claim, found: NationalFigure) -> str:
    return f"{whole(found.low)} to {whole(found.high)} of at least {whole(found.recorded)}"


def _national_checked(claim: Claim, found: NationalFigure) -> str:
    return f"No count is published: {claim.percent}% in whole per cent of {found.forces} forces allows all of these."


def _comparison_figure(claim: Claim, found: ComparisonFigure) -> str:
    return (
        f"interval {percent_range(found.interval_low, found.interval_high)} beside "
        f"{percent_range(found.national_low, found.national_high)}"
    )


def _comparison_checked(claim: Claim, found: ComparisonFigure) -> str:
    p = p_range(found.p_low, found.p_high)
    return (
        f"Mid-P test: {found.verdict} ({p}). The windows differ: "
        f"{_years(claim.window)} and {_years(found.national_window)}. Were the national rate of the force's own "
        f"window below {percent_down(found.break_even_low)}, the force would, allowing for chance only, stand above it."
    )


def _years(days: Window | FigureWindow) -> str:
    return window(days.start, days.end)


def _comparison_text(found: ComparisonFigure) -> str:
    p = p_range(found.p_low, found.p_high)
    return (
        f"the verdict on the two rates is “{found.verdict}” ({p}), they cover different years, "
        f"and a national rate below {percent_down(found.break_even_low)} in the force's own years, which is not "
        "published, would put the force above it"
    )


def _rise_figure(claim: Claim, found: RiseFigure) -> str:
    pairs = [
        f"{one.force} {whole(one.before)} to {whole(one.after)} ({100 * (one.after / one.before - 1):+.0f}%)"
        for one in found.printed
    ]
    return "; ".join(pairs) or "none"


def _rise_checked(claim: Claim, found: RiseFigure) -> str:
    return f"{found.last - 1} and {found.last} were printed for {len(found.printed)} of {found.forces} forces."


def _sentence_figure(claim: Claim, found: LawFigure) -> str:
    return f"{found.most_years} years"


def _law_checked(claim: Claim, found: LawFigure) -> str:
    provision, day = found.provision, date.fromisoformat(found.in_force)
    return f"{provision[0].upper()}{provision[1:]}, in force from {day.day} {MONTHS[day.month - 1]} {day.year}."


def _scope_figure(claim: Claim, found: LawFigure) -> str:
    return f"{percent(found.share, 0)} of the window"


def _scope_checked(claim: Claim, found: LawFigure) -> str:
    return (
        f"{_law_checked(claim, found)} In the rest of {_years(claim.window)} a threat alone was not this offence, so "
        "the last months count more than the others."
    )


FIGURES: dict[str, Callable[[Claim, Any], str]] = {
    "recorded": _recorded_figure,
    "share": _share_figure,
    "national share": _national_figure,
    "comparison": _comparison_figure,
    "rise": _rise_figure,
    "sentence": _sentence_figure,
    "scope": _scope_figure,
    "elsewhere": lambda claim, found: "none",
}
CHECKED: dict[str, Callable[[Claim, Any], str]] = {
    "recorded": _recorded_checked,
    "share": _share_checked,
    "national share": _national_checked,
    "comparison": _comparison_checked,
    "rise": _rise_checked,
    "sentence": _law_checked,
    "scope": _scope_checked,
    "elsewhere": lambda claim, found: "",
}


def paragraph(article: Article) -> Prose:
    """Return the paragraph that the article could have printed."""
    charged, victim = article.charged, article.victim
    about, beside, others = charged.about, charged.comparison, victim.comparison
    if not isinstance(beside, BesideNational) or not isinstance(others, BesideRest):
        return Prose([])
    reach, rest = beside.detectable, others.rest
    years, area = window(charged.window.start, charged.window.end), (about.national_area or "").partition(" (")[0]
    shares = {claim.id: claim.found for claim in article.claims if isinstance(claim.found, ShareFigure)}
    known = shares["unsupported_suspect_known"]
    national_window = about.national_window or FigureWindow(None, None)
    quoted = (about.national_printed or "").removeprefix("only ")
    return Prose(
        [
            f"{about.force} Police recorded {crimes(charged.recorded)} of {about.offence} in {years}. When "
            f"the force replied, at least {whole(charged.count.low)} of them ({percent(charged.rate.low)}) "
            f"had led to a charge or summons; with so few crimes, that agrees with any rate from "
            f"{percent_range(*charged.intervals.wilson)}. The national figure of {quoted}, for "
            f"{window(national_window.start, national_window.end)}, {_beside(charged)}. Nor do they show that it "
            "charges as often: "
            f"only a true rate above {percent(reach.high)} or below {percent(reach.low)} would have been told "
            f"apart with a chance of {percent(reach.power, 0)}. For {years} no national figure was published; if it "
            f"was below {percent_down(beside.break_even.low)}, {about.force} stands above it, allowing "
            "for chance only.",
            f"In {whole(victim.count.low)} cases ({percent(victim.rate.low)}) the police recorded that the "
            f"victim did not support action, in {whole(known.low)} of them with a suspect identified; in {area} "
            f"without {about.force} the share was {percent(rest.rate.low)}, {_against(victim.verdict)}. "
            "All counts are those so far and may rise.",
        ]
    )


def _beside(charged: ForceAnswer) -> str:
    if charged.verdict == "not distinguishable":
        return "lies within that range, so these figures do not show that the force charges more often"
    return f"does not lie within that range (verdict: {charged.verdict})"


def _against(verdict: str | None) -> str:
    return "which cannot be told from it" if verdict == "not distinguishable" else f"beside which it is {verdict}"


def limits(article: Article) -> Prose:
    """Return the limits of the check, one bullet each."""
    own = [
        "“Holds” means that a claim agrees with the figures that were published; the police's own records were not "
        "seen.",
        "A share read back from a rounded percentage is checked against the number it was printed with, and against "
        "nothing else: an error that kept the two in step would not show.",
    ]
    both = [*article.charged.about.limits, *article.victim.about.limits]
    return Prose([*own, *dict.fromkeys(both)], bullets=True)


def made_from(article: Article) -> Prose:
    """Return what the check was made from: the list of claims, the studies, the version of the package."""
    studies = [
        f"study {answer.study}, data sha256 {answer.about.digest[:16]}" for answer in (article.charged, article.victim)
    ]
    return Prose([f"Claims sha256 {article.digest[:16]}; {'; '.join(studies)}; charge-rates {article.version}."])
