"""Everything that is said about all forces of one study together."""

import numpy as np

from analysis.answer.answer_cache import cached
from analysis.answer.comparator import find_comparator
from analysis.answer.comparisons import compare_study
from analysis.answer.fields import number, rate_range
from analysis.answer.study import (
    about_study,
    common_rate,
    different_from_rest,
    expected_crimes,
    judged_forces,
    less_frequent,
    why_none_judged,
)
from analysis.answer.usual import usual_limits
from analysis.counts.studies import NationalCount, NationalRate, Study, make_study_id, read_study
from analysis.results.compared_forces import ComparedForces, ForcesTogether
from analysis.results.count_ranges import RateRange
from analysis.results.country_answer import AboutCountry, AboutForces, CountryAnswer, FunnelCurves, LimitCurves
from analysis.results.json_form import fields_of
from analysis.results.windows import FigureWindow
from analysis.statistics.among_forces import FEWEST_EXPECTED
from analysis.statistics.arrays import Floats
from analysis.statistics.funnel import FunnelLimits, funnel_limits
from analysis.statistics.verdicts import ALPHA_95, ALPHA_998, DEPENDS_ON_OPEN_CASES, HIGHER, LOWER, is_below


@cached
def answer_country(release: str, offence: str, outcome: str) -> CountryAnswer:
    """Return everything that is said about all forces of one study together.

    Parameters
    ----------
    release, offence, outcome : str
        The study: a release, an offence code as published, an outcome.

    Returns
    -------
    CountryAnswer
        What `compare_study` gives, and what figures and sentences need: which forces differ in which sense, the
        funnel's limits as curves, names, sources.

    Raises
    ------
    InputError
        If the study is not known; near names are offered.

    Examples
    --------
    >>> about = answer_country("home-office-2018-19", "8R", "charged").about
    >>> len(about.different_from_rest), len(about.different_after_holm), about.outside, about.named
    (21, 13, ('Bedfordshire', 'Gloucestershire', 'Kent'), ())
    """
    study = read_study(make_study_id(release, offence, outcome))
    country = compare_study(study.id)
    return CountryAnswer(country=country.country, forces=country.forces, about=_about_country(study, country))


def _about_country(study: Study, country: ComparedForces) -> AboutCountry:
    """Return what the sentences, tables and figures of all forces together need beside the numbers."""
    return AboutCountry(
        **fields_of(about_study(study, country, {source.id for source in study.sources})),
        study=study.id,
        window=FigureWindow(study.window_start, study.window_end),
        **fields_of(about_forces(country, study.national)),
    )


def about_forces(country: ComparedForces, national: NationalRate | NationalCount | None = None) -> AboutForces:
    """Return which forces differ in which sense, and the funnel's limits as curves: what needs no study to be said.

    Parameters
    ----------
    country : ComparedForces
        What `compare_forces` returns.
    national : NationalRate or NationalCount, optional
        The published figure that the forces are compared with.
    """
    together, judged = country.country, judged_forces(country)
    exact = [row for row in country.forces if row.is_exact]
    return AboutForces(
        different_from_rest=tuple(different_from_rest(country)),
        different_after_holm=_different_after_holm(country),
        outside=_with_verdict(country, HIGHER, LOWER),
        named=tuple(row.force for row in country.forces if row.among_forces.named),
        judged=tuple(judged),
        why_none_judged=why_none_judged(country),
        few_expected=tuple(row.force for row in exact if _is_few(together, row.recorded)),
        open_decides=_with_verdict(country, DEPENDS_ON_OPEN_CASES),
        screened=tuple(row.force for row in country.forces if row.screened),
        less_frequent=less_frequent(together),
        outside_by_chance=ALPHA_95 * len(judged),
        own_rates=_own_rates(together),
        funnel=_funnel_curves(country, national),
    )


def _different_after_holm(country: ComparedForces) -> tuple[str, ...]:
    different, holm = different_from_rest(country), {row.force: row.rest.p_holm for row in country.forces}
    return tuple(force for force in different if (p := holm[force]) is not None and is_below(p, ALPHA_95))


def _is_few(together: ForcesTogether, recorded: int | None) -> bool:
    """Return whether so few crimes are expected with the outcome, or without it, that the force is not judged."""
    expected = expected_crimes(together, recorded)
    return expected is not None and expected < FEWEST_EXPECTED


def _with_verdict(country: ComparedForces, *words: str) -> tuple[str, ...]:
    """Return the forces whose verdict among the forces is one of these."""
    return tuple(row.force for row in country.forces if row.verdict.among_forces in words)


def _own_rates(together: ForcesTogether) -> RateRange | None:
    """Return the limits of 95% of the forces' own rates, chance taken out; None where they show no spread."""
    if not together.tau2:
        return None
    limits = funnel_limits(1, 0.0, mu=together.mu, tau2=together.tau2)  # A rate of 0 has no sampling error.
    return rate_range((limits.low_95, limits.high_95))


def _funnel_curves(
    country: ComparedForces, national: NationalRate | NationalCount | None, points: int = 61
) -> FunnelCurves | None:
    """Return the funnel's limits over all sizes of force; None where the forces have no one rate to lie around."""
    theta = common_rate(country.country)
    if theta is None or not find_comparator(national).has_common_rate(country.country):
        return None
    sizes = [row.recorded for row in country.forces if row.recorded and row.has_rate]
    recorded = np.unique(np.geomspace(max(0.8 * min(sizes), 1), 1.25 * max(sizes), points).round())
    return FunnelCurves(
        theta=theta,
        recorded=tuple(int(size) for size in recorded),
        chance=_limit_curves(funnel_limits(recorded, theta)),
        usual=_usual_curves(country, recorded) if judged_forces(country) else None,
    )


def _usual_curves(country: ComparedForces, recorded: Floats) -> LimitCurves:
    """Return the limits within which 95 and 99.8 in 100 ordinary forces lie, over all sizes of force."""
    wide, wider = (usual_limits(country.forces, recorded, alpha=alpha) for alpha in (ALPHA_95, ALPHA_998))
    return _limit_curves(FunnelLimits(wide.low, wide.high, wider.low, wider.high))


def _limit_curves(found: FunnelLimits) -> LimitCurves:
    low, high, lower, higher = (tuple(map(number, np.asarray(curve))) for curve in found)
    return LimitCurves(low_95=low, high_95=high, low_998=lower, high_998=higher)
