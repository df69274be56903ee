"""One force over years: the joint of counts, statistics and presentation for a series of releases.

Each year is a study of its own; only rates are set side by side, and nothing is added across the years but in the
trend test, which compares them. Rates are proportions; what is unknown is None.
"""

import math
from importlib.metadata import version

import numpy as np

from analysis.answer import compare_study
from analysis.answer.fields import number, numbers
from analysis.counts.series_studies import SeriesStudy, make_series_study
from analysis.counts.studies import Study
from analysis.statistics.proportions import interval_of_range
from analysis.statistics.trend import FEWEST_CHARGED, FEWEST_YEARS, trend_test
from analysis.statistics.verdicts import DEPENDS, verdict

RISES, FALLS, NO_TREND = "rises", "falls", "no trend shown"
DIRECTIONS = {"higher": RISES, "lower": FALLS, "not distinguishable": NO_TREND}


def answer_years(releases: str, offence: str, outcome: str, force: str, *, confidence: float = 0.95) -> dict:
    """Return one force's rate of one outcome in each year of a series, and whether it shows a trend.

    Parameters
    ----------
    releases : str
        The series: `home-office-2016-17..2021-22`, or ids joined by commas; one release may stand alone.
    offence, outcome, force : str
        The question, as of every study; the force by name, slug or alias.
    confidence : float
        Confidence of the intervals and of the trend's verdict, a proportion.

    Returns
    -------
    dict
        `series` (its one name, however it was written), `offence`, `outcome`, `force`, `confidence`; `years`, one
        dictionary a year (`release`, `window`, `count`, `recorded`, `open`, `open_share`, `rate`, `wilson`,
        `rate_if_open`, `why_unknown`, `others`); `trend` and `trend_others` (`z`, `p`, `years`, `verdict`,
        `why_none`); `breaks`, `gaps`, and `about` (what the sentences need).

    Raises
    ------
    InputError
        If the series cannot be made, or offence, outcome or force are not known in every year.

    Examples
    --------
    >>> answer = answer_years("home-office-2018-19", "8R", "charged", "Gwent")
    >>> [(year["count"]["low"], year["recorded"], year["open"]) for year in answer["years"]]
    [(105, 3654, 115)]
    >>> answer["trend"]["verdict"] is None, answer["trend"]["why_none"]
    (True, '1 of at least 4 years has an exact count')
    """
    asked = make_series_study(releases, offence, outcome)
    years = [_year(study, force, confidence) for study in asked.studies]
    name = asked.find(force)
    return {
        "series": asked.series,
        "offence": asked.offence,
        "outcome": asked.outcome,
        "force": name,
        "confidence": confidence,
        "years": years,
        "trend": _trend(years, confidence),
        "trend_others": _trend([year["others"] | {"start": year["start"]} for year in years], confidence),
        "breaks": [{name: row[name] for name in ("date", "label", "sentence")} for row in asked.breaks],
        "gaps": [gap["sentence"] for gap in asked.gaps(name)],
        "about": _about(asked),
    }


def _year(study: Study, force: str, confidence: float) -> dict:
    published = study.row(force)
    country = compare_study(study.id, confidence=confidence)
    row = next(row for row in country["forces"] if row["force"] == published["force"])
    still_open, recorded, high = row["open"], row["recorded"], row["count"]["high"]
    known_open = still_open is not None and bool(recorded) and high is not None
    return {
        "release": study.release,
        "start": int(published["window_start"][:4]),
        "window": {"start": published["window_start"], "end": published["window_end"]},
        **{name: row[name] for name in ("count", "recorded", "open", "rate", "wilson", "why_unknown")},
        "open_share": still_open / recorded if known_open else None,
        "rate_if_open": (high + still_open) / recorded if known_open else None,
        "others": _others(country["forces"], published["force"], confidence),
    }


def _others(rows: list[dict], force: str, confidence: float) -> dict:
    """Return the count of the other forces whose count is known exactly, in one year."""
    exact = [
        row
        for row in rows
        if row["force"] != force and row["recorded"] and row["count"]["low"] == row["count"]["high"] is not None
    ]
    count, recorded = sum(row["count"]["low"] for row in exact), sum(row["recorded"] for row in exact)
    opens = [row["open"] for row in exact]
    wilson = interval_of_range(count, count, recorded, confidence=confidence) if recorded else (math.nan, math.nan)
    return {
        "forces": len(exact),
        "count": {"low": count, "high": count} if recorded else {"low": None, "high": None},
        "recorded": recorded,
        "open": None if None in opens else sum(opens),
        "rate": count / recorded if recorded else None,
        "wilson": numbers(wilson),
    }


def _trend(years: list[dict], confidence: float) -> dict:
    """Return the trend over the years with exact counts, whatever becomes of the cases that are still open.

    The verdict must hold for the counts so far, and if every open case of the later years, or of the earlier ones, had
    the outcome: those are the two ends of what the open cases can make of a trend.
    """
    exact = [year for year in years if year["recorded"] and year["count"]["low"] == year["count"]["high"] is not None]
    charged = np.array([year["count"]["low"] for year in exact], dtype=float)
    if len(exact) < FEWEST_YEARS:
        has = "has an exact count" if len(exact) == 1 else "have exact counts"
        return _no_trend(len(exact), f"{len(exact)} of at least {FEWEST_YEARS} years {has}")
    if charged.sum() < FEWEST_CHARGED:
        return _no_trend(
            len(exact), f"there are {charged.sum():.0f} crimes with the outcome, of at least {FEWEST_CHARGED}"
        )
    recorded = np.array([year["recorded"] for year in exact], dtype=float)
    when = np.array([year["start"] for year in exact], dtype=float)
    score = trend_test(charged, recorded, when)
    possible = [verdict(*score, confidence=confidence)]
    if all(year["open"] is not None for year in exact):
        still_open = np.array([year["open"] for year in exact], dtype=float)
        later = when > when @ recorded / recorded.sum()
        possible += [
            verdict(*trend_test(charged + np.where(rising, still_open, 0), recorded, when), confidence=confidence)
            for rising in (later, ~later)
        ]
    directions = {DIRECTIONS.get(one, NO_TREND) for one in possible}
    return {
        "z": number(score.z),
        "p": number(score.p),
        "years": len(exact),
        "so_far": DIRECTIONS.get(possible[0], NO_TREND),
        "verdict": directions.pop() if len(directions) == 1 else DEPENDS,
        "open_known": len(possible) > 1,
        "why_none": None,
    }


def _no_trend(years: int, why: str) -> dict:
    nothing = dict.fromkeys(("z", "p", "so_far", "verdict", "open_known"))
    return nothing | {"years": years, "why_none": why}


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


def _about(asked: SeriesStudy) -> dict:
    studies = asked.studies
    sources = {source.id: source for study in studies for source in study.sources}
    return {
        "title": asked.title,
        "publisher": studies[0].publisher,
        "offence": studies[0].offence_title,
        "offence_titles": [study.offence_title for study in studies],
        "outcome": studies[0].outcome_label,
        "window": asked.window,
        "years_needed": FEWEST_YEARS,
        "limits": _limits(studies),
        "sources": [
            {"publisher": one.publisher, "title": one.title, "address": one.address, "licence": one.licence}
            for one in sources.values()
        ],
        "digest": asked.digest,
        "version": version("charge-rates"),
    }
