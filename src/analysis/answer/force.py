"""Everything that is said about one force in one study."""

from collections.abc import Mapping
from typing import Any

from analysis.answer.answer_cache import cached
from analysis.answer.comparator import find_comparator
from analysis.answer.comparisons import compare_study, count_arrays, find_row
from analysis.answer.estimates import estimate
from analysis.answer.fields import counts, limits_of_each, rates, whole
from analysis.answer.national_window import STUDY, bound_national_rate
from analysis.answer.study import (
    about_study,
    different_from_rest,
    expected_crimes,
    judged_forces,
    less_frequent,
    why_not_judged,
)
from analysis.answer.usual import usual_for
from analysis.counts.crime_recording import find_recording
from analysis.counts.studies import Study, make_study_id, outcomes_of, read_study
from analysis.results.compared_forces import ComparedForce, ComparedForces
from analysis.results.force_answer import AboutForce, ForceAnswer, OutcomeShare
from analysis.results.json_form import fields_of
from analysis.results.recorded_shares import RecordedShare
from analysis.results.window_bounds import NationalWindow
from analysis.results.windows import FigureWindow, Window
from analysis.statistics.proportions import interval_of_range
from analysis.statistics.verdicts import ALPHA_95

Published = Mapping[str, Any]
"""A force's row of a study."""


@cached
def answer_force(release: str, offence: str, outcome: str, force: str, *, confidence: float = 0.95) -> ForceAnswer:
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
    ForceAnswer
        The `estimate` made from the study's figures, and what is said beside it.

    Raises
    ------
    InputError
        If the study or the force is not known; near names are offered.

    Examples
    --------
    >>> gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    >>> gwent.count.low, gwent.verdict, [round(p, 3) for p in gwent.comparison.tests.mid_p.p]
    (21, 'not distinguishable', [0.108, 0.578])
    """
    study = read_study(make_study_id(release, offence, outcome))
    published = study.row(force)
    country = compare_study(study.id, confidence=confidence)
    row = find_row(country.forces, published["force"])
    answer = estimate(
        row.count.low,
        row.count.high,
        published["recorded"],
        **find_comparator(study.national).asked([other for other in country.forces if other is not row]),
        confidence=confidence,
    )
    return ForceAnswer(
        **fields_of(answer) | {"open": published["open"]},
        force=published["force"],
        gss_code=row.gss_code,
        study=study.id,
        window=FigureWindow(published["window_start"], published["window_end"]),
        source=published["source"],
        why_unknown=published["why_unknown"],
        row=row,
        sensitivity=_sensitivity(study, published, confidence),
        about=_about(study, published, country, row),
    )


def _sensitivity(study: Study, published: Published, confidence: float) -> NationalWindow | None:
    """Return what the national rate over the force's own years may have been, where it is asked of other years."""
    if study.id != STUDY or study.national is None or published["count_low"] is None:
        return None
    found = bound_national_rate(published["force"], confidence=confidence)
    national = Window(study.national.window_start, study.national.window_end)
    return None if found.window == national else found


def _about(study: Study, published: Published, country: ComparedForces, row: ComparedForce) -> AboutForce:
    """Return what the sentences, tables and figures of a force need beside the numbers."""
    national, judged = study.national, judged_forces(country)
    still_open, recorded = published["open"], published["recorded"]
    return AboutForce(
        **fields_of(about_study(study, country, {published["source"], national.source if national else None})),
        force=published["force"],
        other_forces=sum(row.is_exact for row in country.forces if row.force != published["force"]),
        forces_different=len(different_from_rest(country)),
        expected_crimes=expected_crimes(country.country, recorded),
        less_frequent=less_frequent(country.country),
        usual_rates=usual_for(country.forces, recorded),
        outside_by_chance=ALPHA_95 * len(judged),
        forces_judged=len(judged),
        why_not_judged=why_not_judged(country, row),
        how_known=published["how_known"],
        marked_error=published["marked"],
        recorded_shares=_recorded_shares(published["force"]),
        rate_if_open=(published["count_high"] + still_open) / recorded if still_open and recorded else None,
    )


def _recorded_shares(force: str) -> tuple[RecordedShare, ...]:
    return tuple(
        RecordedShare(row["inspection"], row["recorded_percent"], row["margin"], row["rounded"])
        for row in find_recording(force)
    )


def other_forces(answer: ForceAnswer) -> list[ComparedForce]:
    """Return the rows of the other forces of the answer's study."""
    rows = compare_study(answer.study, confidence=answer.confidence).forces
    return [row for row in rows if row.force != answer.force]


def outcomes(answer: ForceAnswer) -> list[OutcomeShare]:
    """Return all published outcomes of the answer's force side by side, each a share of the same crimes."""
    release = answer.study.partition("/")[0]
    rows = outcomes_of(release, answer.about.offence_code, answer.force)
    low, high, recorded = count_arrays(rows)
    wilson = limits_of_each(interval_of_range(low, high, recorded, confidence=answer.confidence))
    return [
        OutcomeShare(
            outcome_type=row["outcome_type"],
            label=row["label"],
            count=counts(low[place], high[place]),
            recorded=whole(recorded[place]),
            rate=rates(low[place], high[place], recorded[place]),
            wilson=ends,
        )
        for place, (row, ends) in enumerate(zip(rows.to_dict("records"), wilson, strict=True))
    ]
