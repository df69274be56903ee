"""Why the project's methods are the ones they are: the numbers behind the notebook on methods.

Joins the layers like `answer`. Everything is summed or solved exactly over every possible count; nothing is simulated.
"""

from collections.abc import Sequence
from importlib.metadata import version
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from analysis.answer import compare_study, estimate
from analysis.answer.comparisons import compare_forces
from analysis.counts.studies import read_study
from analysis.results.compared_forces import ComparedForce, ForcesTogether
from analysis.results.method_checks import (
    Coverage,
    FixedRateAgreement,
    FunnelBesideRest,
    MadeFrom,
    OpenCases,
    RangeOfForce,
    Ranges,
    RestAgreement,
)
from analysis.statistics.alternatives import agresti_coull_interval, wald_interval
from analysis.statistics.funnel import Z_95, funnel_z
from analysis.statistics.mid_p import mid_p_interval
from analysis.statistics.proportions import clopper_pearson_interval, exact_coverage, wilson_interval
from analysis.statistics.published_rate import score_against_rate
from analysis.statistics.verdicts import ALPHA_95, is_below

FORCE = "Gwent"
GWENT = ("radar-2022", "8/71", "charged", FORCE)
RADAR = "radar-2022/8-71/charged"
MALICIOUS = "home-office-2018-19/8R/charged"
BBC = "bbc-2016/8-71/charged"

INTERVALS = {
    "textbook (Wald)": wald_interval,
    "Agresti–Coull": agresti_coull_interval,
    "Clopper–Pearson": clopper_pearson_interval,
    "mid-P": mid_p_interval,
    "Wilson": wilson_interval,
}
LOWEST_RATE, HIGHEST_RATE = 0.01, 0.20
"""Charge rates that forces have; coverage is shown between them."""

NEAR = 0.3
"""Forces whose z is closer to the limit are shown."""


def counts_of(study: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return charged and recorded of a study's forces that are compared: exact counts, none set aside.

    Parameters
    ----------
    study : str
        Its id.

    Returns
    -------
    tuple of numpy.ndarray
        One element a force.

    Examples
    --------
    >>> charged, recorded = counts_of("home-office-2018-19/8R/charged")
    >>> charged.size, int(recorded.sum())
    (43, 206716)
    """
    exact = [row.exact for row in compare_study(study).forces if row.exact]
    charged, recorded = np.array(exact, float).T
    return charged, recorded


def coverage(sizes: Sequence[int] = (50, 268), *, points: int = 1901) -> list[Coverage]:
    """Return how often each of five 95% intervals holds the true rate, by size of the force.

    Parameters
    ----------
    sizes : sequence of int
        Crimes recorded.
    points : int
        True rates, evenly spaced from 1% to 20%.

    Returns
    -------
    list of Coverage
        By method and size.

    References
    ----------
    Newcombe 1998, Stat Med 17:857; Brown, Cai & DasGupta 2001, Stat Sci 16:101.

    Examples
    --------
    >>> wilson = coverage([268])[-1]
    >>> f"{wilson.mean:.4f}, lowest {wilson.lowest:.4f}"
    '0.9511, lowest 0.9293'
    """
    rates = np.linspace(LOWEST_RATE, HIGHEST_RATE, points)
    return [_coverage_of(method, recorded, rates) for method in INTERVALS for recorded in sizes]


def _coverage_of(method: str, recorded: int, rates: NDArray[np.float64]) -> Coverage:
    found = exact_coverage(INTERVALS[method], recorded, rates)
    coverage = np.asarray(found.coverage)
    return Coverage(
        method=method,
        recorded=recorded,
        rates=tuple(rates.tolist()),
        coverage=tuple(coverage.tolist()),
        mean=float(coverage.mean()),
        lowest=float(coverage.min()),
        lowest_at=float(rates[coverage.argmin()]),
        below_94=float((coverage < 0.94).mean()),
        width=float(np.mean(found.expected_width)),
        too_low=float(np.mean(found.below)),
        too_high=float(np.mean(found.above)),
    )


def agreement_with_fixed_rate() -> FixedRateAgreement:
    """Return how often interval, score test and funnel disagree about a fixed rate, over every count of Gwent's crimes.

    Returns
    -------
    FixedRateAgreement
        For true rates from 1% to 20%: the Wilson interval, the score test at 5% and the 95% funnel limit.

    Examples
    --------
    >>> agreement_with_fixed_rate().disagree
    0
    """
    recorded = read_study(RADAR).row(FORCE)["recorded"]
    counts = np.arange(recorded + 1)[:, np.newaxis]
    rates = np.linspace(LOWEST_RATE, HIGHEST_RATE, 191)
    low, high = wilson_interval(counts, recorded)
    by_interval = (rates < low) | (rates > high)
    by_test = is_below(score_against_rate(counts, recorded, rates).p, ALPHA_95)
    by_funnel = np.abs(funnel_z(counts, recorded, rates)) > Z_95
    disagree = (by_interval != by_test) | (by_test != by_funnel)
    return FixedRateAgreement(recorded, rates.size, disagree.size, int(disagree.sum()))


def agreement_with_rest() -> RestAgreement:
    """Return funnel z and z against the rest of every force, and which forces fall between the two.

    All forces take part, their open cases not looked at: the two statistics are what is compared.

    Returns
    -------
    RestAgreement
        Near are those whose z against the rest is within 0.3 of the limit.

    Examples
    --------
    >>> [row.force for row in agreement_with_rest().forces if row.between]
    ['West Midlands']
    """
    compared = compare_forces(read_study(MALICIOUS).forces.assign(open=None))
    total = compared.country.recorded
    rows = [one for row in compared.forces if (one := _funnel_beside_rest(row, total))]
    rows.sort(key=lambda row: -abs(row.rest_z))
    near = tuple(row for row in rows if abs(abs(row.rest_z) - Z_95) < NEAR)
    return RestAgreement(MALICIOUS, Z_95, tuple(rows), near)


def _funnel_beside_rest(row: ComparedForce, total: int) -> FunnelBesideRest | None:
    """Return the two z of a force; None where it has none."""
    recorded, funnel_z, rest_z = row.recorded, row.funnel.z if row.funnel else None, row.rest.z
    if recorded is None or funnel_z is None or rest_z is None:
        return None
    return FunnelBesideRest(
        force=row.force,
        recorded=recorded,
        share=recorded / total,
        factor=1 / sqrt(1 - recorded / total),
        funnel_z=funnel_z,
        rest_z=rest_z,
        between=bool(abs(funnel_z) <= Z_95 < abs(rest_z)),
    )


def ranges() -> Ranges:
    """Return the forces whose count is only known as a range, with what that does to their verdict."""
    compared = compare_study(BBC)
    rows = [row for row in compared.forces if not row.count.is_exact or row.why_unknown]
    rows.sort(key=lambda row: ((row.rate.high or 0) - (row.rate.low or 0), row.force))
    country = compared.country
    return Ranges(BBC, country.rate or 0, country.forces, tuple(map(_range_of_force, rows)))


def _range_of_force(row: ComparedForce) -> RangeOfForce:
    return RangeOfForce(
        force=row.force,
        low=row.count.low,
        high=row.count.high,
        recorded=row.recorded,
        rate=row.rate.ends,
        interval=row.wilson,
        p=row.p_range,
        verdict=row.verdict.rest,
        why_unknown=row.why_unknown,
    )


def open_cases() -> list[OpenCases]:
    """Return what the open cases could make of each verdict, for the forces with an exact count and open cases.

    Examples
    --------
    >>> rows = open_cases()
    >>> sum(row.so_far != row.if_open for row in rows), len(rows)
    (8, 10)
    """
    compared = compare_study(BBC)
    together = compared.country
    return [_open_case(row, together, *row.exact, row.open) for row in compared.forces if row.exact and row.open]


def _open_case(row: ComparedForce, country: ForcesTogether, count: int, recorded: int, still_open: int) -> OpenCases:
    rest = country.count - count, country.recorded - recorded
    carried = estimate(count, count, recorded, still_open=still_open, rest=rest)
    return OpenCases(
        force=row.force,
        count=count,
        recorded=recorded,
        still_open=still_open,
        rate=count / recorded,
        rate_if_open=carried.rate.high,
        so_far=row.verdict.rest,
        if_open=carried.verdict,
        p=row.p_range,
        p_if_open=carried.comparison.tests.mid_p.p if carried.comparison else (None, None),
    )


def made_from() -> MadeFrom:
    """Return the digests of the studies that these numbers come from, and the version of the package."""
    studies = (RADAR, BBC, MALICIOUS)
    found = [read_study(study) for study in studies]
    return MadeFrom({study.id: study.digest for study in found}, version("charge-rates"))
