"""Everything that is said about one force in one study."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from analysis.answer.comparisons import compare_study, count_arrays, find_row, is_exact
from analysis.answer.estimates import estimate
from analysis.answer.fields import low_high, numbers, rates, whole
from analysis.answer.national_window import STUDY, bound_national_rate
from analysis.answer.remembered import remembered
from analysis.answer.study import about_study, different_from_rest, expected, judged_forces, rarer
from analysis.answer.usual import usual_for
from analysis.counts.crime_recording import find_recording
from analysis.counts.studies import NationalCount, NationalRate, Study, make_study_id, outcomes_of, read_study
from analysis.results.recorded_shares import RecordedShare
from analysis.results.windows import Window
from analysis.statistics.proportions import interval_of_range
from analysis.statistics.verdicts import ALPHA_95


@remembered
def answer_force(release: str, offence: str, outcome: str, force: str, *, confidence: float = 0.95) -> dict:
    """Return everything that is said about one force in one study.

    Parameters
    ----------
    release, offence, outcome : str
        The study: a release, an offence code as published, an outcome.
    force : str
        A force by name, slug or alias.
    confidence : float
        Confidence of the intervals, a proportion.

    Returns
    -------
    dict
        The keys of `estimate`, made from the study's figures, and `force`, `gss_code`, `study`, `window`, `source`,
        `why_unknown`, `compare` (the force's row of `compare_study`), `sensitivity` (the national rate over the
        force's own years as `NationalWindow`, None where it is not asked) and `about` (what the sentences need: names,
        sources, how the count is known).

    Raises
    ------
    InputError
        If the study or the force is not known; near names are offered.

    Examples
    --------
    >>> gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    >>> gwent["count"], gwent["verdict"], [round(p, 3) for p in gwent["tests"]["mid_p"]["p"]]
    ({'low': 21, 'high': 21}, 'not distinguishable', [0.108, 0.578])
    """
    study = read_study(make_study_id(release, offence, outcome))
    published = study.row(force)
    country = compare_study(study.id, confidence=confidence)
    row = find_row(country["forces"], published["force"])
    answer = estimate(
        row["count"]["low"],
        row["count"]["high"],
        published["recorded"],
        **_compared_with(study, [other for other in country["forces"] if other is not row]),
        confidence=confidence,
    )
    return answer | {
        "open": published["open"],
        "force": published["force"],
        "gss_code": row["gss_code"],
        "study": study.id,
        "window": {"start": published["window_start"], "end": published["window_end"]},
        "source": published["source"],
        "why_unknown": published["why_unknown"],
        "compare": row,
        "sensitivity": _sensitivity(study, published, confidence),
        "about": _about(study, published, country),
    }


def _sensitivity(study: Study, published: pd.Series, confidence: float) -> dict | None:
    """Return what the national rate over the force's own years may have been, where it is asked of other years."""
    if study.id != STUDY or published["count_low"] is None:
        return None
    found = bound_national_rate(published["force"], confidence=confidence)
    national = Window(study.national.window_start, study.national.window_end)
    return None if found.window == national else asdict(found)


def _compared_with(study: Study, others: list[dict]) -> dict:
    """Return the force's comparison as `estimate` takes it; what it is with belongs to the study."""
    if isinstance(study.national, NationalRate):
        return {"national": (study.national.low, study.national.high)}
    if isinstance(study.national, NationalCount):
        return {"country": (study.national.count, study.national.recorded)}
    exact = [other for other in others if is_exact(other)]
    return {"rest": (sum(other["count"]["low"] for other in exact), sum(other["recorded"] for other in exact))}


def _about(study: Study, published: dict, country: dict) -> dict:
    """Return what the sentences, tables and figures of a force need beside the numbers."""
    together, national = country["country"], study.national
    others = sum(is_exact(row) for row in country["forces"] if row["force"] != published["force"])
    still_open, recorded = published["open"], published["recorded"]
    return about_study(study, country, {published["source"], national.source if national else None}) | {
        "force": published["force"],
        "other_forces": others,
        "forces_different": len(different_from_rest(country)),
        "expected": expected(together, recorded),
        "rarer": rarer(together),
        "usual": usual_for(country["forces"], recorded),
        "outside_by_chance": ALPHA_95 * len(judged_forces(country)),
        "judged": len(judged_forces(country)),
        "how_known": published["how_known"],
        "marked": published["marked"],
        "recorded_shares": _recorded_shares(published["force"]),
        "rate_if_open": (published["count_high"] + still_open) / recorded if still_open and recorded else None,
    }


def _recorded_shares(force: str) -> list[dict[str, str | bool | None]]:
    return [
        asdict(RecordedShare(row["inspection"], row["recorded_percent"], row["margin"], row["rounded"]))
        for row in find_recording(force)
    ]


def other_forces(answer: dict) -> list[dict]:
    """Return the rows of the other forces of the answer's study."""
    rows = compare_study(answer["study"], confidence=answer["confidence"])["forces"]
    return [row for row in rows if row["force"] != answer["force"]]


def outcomes(answer: dict) -> list[dict]:
    """Return all published outcomes of the answer's force side by side, each a share of the same crimes."""
    release = answer["study"].partition("/")[0]
    rows = outcomes_of(release, answer["about"]["offence_code"], answer["force"])
    low, high, recorded = count_arrays(rows)
    wilson = np.stack(interval_of_range(low, high, recorded, confidence=answer["confidence"]), axis=1)
    return [
        {
            "outcome_type": row.outcome_type,
            "label": row.label,
            "count": low_high((low[place], high[place]), whole),
            "recorded": whole(recorded[place]),
            "rate": rates((low[place], high[place]), recorded[place]),
            "wilson": numbers(wilson[place]),
        }
        for place, row in enumerate(rows.itertuples())
    ]
