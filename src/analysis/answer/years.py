"""One force over years: the joint of counts, statistics and presentation for a series of releases.

Each year is a study of its own; only rates are set side by side, and nothing is added across the years but in the
trend test, which compares them. Rates are proportions; what is unknown is None.
"""

from collections.abc import Sequence
from importlib.metadata import version

from analysis.answer import compare_study
from analysis.answer.fields import limits
from analysis.answer.trends import compare_trends, find_trend
from analysis.counts.series_studies import SeriesStudy, make_series_study
from analysis.counts.studies import Study
from analysis.results.compared_forces import ComparedForce
from analysis.results.count_ranges import CountRange
from analysis.results.listed_codes import ListedCode
from analysis.results.windows import Window
from analysis.results.year_series import (
    AboutSeries,
    CitedSource,
    ForceOverYears,
    OtherForces,
    SeriesBreak,
    Year,
)
from analysis.statistics.proportions import interval_of_range
from analysis.statistics.trend import FEWEST_YEARS


def answer_years(releases: str, offence: str, outcome: str, force: str, *, confidence: float = 0.95) -> ForceOverYears:
    """Return one force's rate of one outcome in each year of a series, and whether it shows a trend.

    Parameters
    ----------
    releases : str
        The series: `home-office-2016-17..2021-22`, or ids joined by commas; one release may stand alone.
    offence, outcome, force : str
        The question, as of every study; the force by name, slug or alias.
    confidence : float
        Confidence of the intervals, a proportion; the verdicts on trends are at 5%.

    Returns
    -------
    ForceOverYears
        The years, the earliest first; the trend of the force and that of the other forces; breaks and gaps.

    Raises
    ------
    InputError
        If the series cannot be made, or offence, outcome or force are not known in every year.

    Examples
    --------
    >>> answer = answer_years("home-office-2018-19", "8R", "charged", "Gwent")
    >>> [(year.count.low, year.recorded, year.open) for year in answer.years]
    [(105, 3654, 115)]
    >>> answer.trend.verdict is None, answer.trend.why_none
    (True, '1 of at least 4 years has an exact count')
    """
    asked = make_series_study(releases, offence, outcome)
    years = tuple(_year(study, force, confidence) for study in asked.studies)
    starts, others = [year.start for year in years], [year.others for year in years]
    name = asked.find(force)
    return ForceOverYears(
        series=asked.series,
        offence=asked.offence,
        outcome=asked.outcome,
        force=name,
        confidence=confidence,
        years=years,
        trend=find_trend(starts, years),
        trend_others=find_trend(starts, others),
        beside_others=compare_trends(starts, years, others),
        breaks=tuple(SeriesBreak(row["date"], row["label"], row["sentence"]) for row in asked.breaks),
        gaps=tuple(gap["sentence"] for gap in asked.gaps(name)),
        about=_about(asked),
    )


def _year(study: Study, force: str, confidence: float) -> Year:
    published = study.row(force)
    country = compare_study(study.id, confidence=confidence)
    row = next(row for row in country.forces if row.force == published["force"])
    still_open, recorded, high = row.open, row.recorded, row.count.high
    share = if_open = None
    if still_open is not None and recorded and high is not None:
        share, if_open = still_open / recorded, (high + still_open) / recorded
    return Year(
        release=study.release,
        start=int(published["window_start"][:4]),
        window=Window(published["window_start"], published["window_end"]),
        count=row.count,
        recorded=recorded,
        open=still_open,
        rate=row.rate,
        wilson=row.wilson,
        why_unknown=row.why_unknown,
        open_share=share,
        rate_if_open=if_open,
        others=_others(country.forces, published["force"], confidence),
    )


def _others(rows: Sequence[ComparedForce], force: str, confidence: float) -> OtherForces:
    """Return the count of the other forces whose count is known exactly, in one year."""
    exact = [row for row in rows if row.force != force and row.is_exact]
    counts = [row.exact for row in exact if row.exact]
    count, recorded = sum(charged for charged, _ in counts), sum(crimes for _, crimes in counts)
    opens = [row.open for row in exact if row.open is not None]
    return OtherForces(
        forces=len(exact),
        count=CountRange(count, count) if recorded else CountRange(None, None),
        recorded=recorded,
        open=sum(opens) if len(opens) == len(exact) else None,
        rate=count / recorded if recorded else None,
        wilson=limits(interval_of_range(count, count, recorded, confidence=confidence)) if recorded else (None, None),
    )


def _limits(studies: tuple[Study, ...]) -> list[str]:
    """Return the limits of the figures; those of some years only name them."""
    years: dict[str, list[str]] = {}
    for study in studies:
        for sentence in study.limits:
            years.setdefault(sentence, []).append(study.release)
    return [
        sentence if len(releases) == len(studies) else f"{', '.join(releases)}: {sentence}"
        for sentence, releases in years.items()
    ]


def _about(asked: SeriesStudy) -> AboutSeries:
    studies = asked.studies
    sources = {source.id: source for study in studies for source in study.sources}
    return AboutSeries(
        title=asked.title,
        publisher=studies[0].publisher,
        offence=studies[0].offence_title,
        offence_titles=tuple(study.offence_title for study in studies),
        codes=tuple({one.code: ListedCode(**vars(one)) for study in studies for one in study.codes}.values()),
        outcome=studies[0].outcome_label,
        of_outcomes=studies[0].is_of_outcomes,
        window=Window(**asked.window),
        years_needed=FEWEST_YEARS,
        limits=tuple(_limits(studies)),
        sources=tuple(CitedSource(one.publisher, one.title, one.address, one.licence) for one in sources.values()),
        digest=asked.digest,
        version=version("charge-rates"),
    )
