"""Why the project's methods are the ones they are: the numbers behind the notebook on methods.

Joins the layers like `answer`. Everything is summed or solved exactly over every possible count; nothing is simulated.
"""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from scipy.special import ndtr, ndtri

from analysis.answer import answer_force, compare_study, estimate
from analysis.counts.studies import read_study
from analysis.statistics.alternatives import agresti_coull_interval, wald_interval
from analysis.statistics.binomial import at_least, fewer_than
from analysis.statistics.funnel import Z_95, Z_998, funnel_z, outside
from analysis.statistics.mid_p import mid_p_interval
from analysis.statistics.overdispersion import measure_overdispersion
from analysis.statistics.power import detectable, told_apart
from analysis.statistics.proportions import clopper_pearson_interval, exact_coverage, wilson_interval
from analysis.statistics.published_rate import score_against_rate
from analysis.statistics.winsorised import WINSORISED, winsorised_limit, winsorised_square, winsorised_tau2

GWENT = ("radar-2022", "8/71", "charged", "Gwent")
RADAR = "radar-2022/8-71/charged"
MALICIOUS = "home-office-2018-19/8R/charged"
BBC = "bbc-2016/8-71/charged"
NATIONAL = 0.06
ERROR, POWER = 0.05, 0.8
"""The national rate as quoted, the test's level, and the chance with which a difference is to show."""

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


def coverage(sizes: Sequence[int] = (50, 268), *, points: int = 1901) -> list[dict]:
    """Return how often each of five 95% intervals holds the true rate, by size of the force.

    Parameters
    ----------
    sizes : sequence of int
        Crimes recorded.
    points : int
        True rates, evenly spaced from 1% to 20%.

    Returns
    -------
    list of dict
        By method and size: `method`, `recorded`, `rates`, `coverage` (arrays); `mean`, `lowest`, `lowest_at`,
        `below_94` (share of the true rates at which coverage is under 94%), `width` (mean), and `too_low`, `too_high`:
        mean chance that the interval lies wholly below, or above, the true rate.

    References
    ----------
    Newcombe 1998, Stat Med 17:857; Brown, Cai & DasGupta 2001, Stat Sci 16:101.

    Examples
    --------
    >>> wilson = coverage([268])[-1]
    >>> f"{wilson['mean']:.4f}, lowest {wilson['lowest']:.4f}"
    '0.9511, lowest 0.9293'
    """
    rates = np.linspace(LOWEST_RATE, HIGHEST_RATE, points)
    return [_coverage_of(method, recorded, rates) for method in INTERVALS for recorded in sizes]


def _coverage_of(method: str, recorded: int, rates: np.ndarray) -> dict:
    found = exact_coverage(INTERVALS[method], recorded, rates)
    return {
        "method": method,
        "recorded": recorded,
        "rates": rates,
        "coverage": found.coverage,
        "mean": found.coverage.mean(),
        "lowest": found.coverage.min(),
        "lowest_at": rates[found.coverage.argmin()],
        "below_94": (found.coverage < 0.94).mean(),
        "width": found.expected_width.mean(),
        "too_low": found.below.mean(),
        "too_high": found.above.mean(),
    }


def agreement_with_fixed_rate() -> dict:
    """Return how often interval, score test and funnel disagree about a fixed rate, over every count of Gwent's crimes.

    Returns
    -------
    dict
        `recorded`; `rates`, how many true rates from 1% to 20%; `pairs` of count and rate; `disagree`, pairs in which
        the Wilson interval, the score test at 5% and the 95% funnel limit do not all say the same.

    Examples
    --------
    >>> agreement_with_fixed_rate()["disagree"]
    0
    """
    recorded = answer_force(*GWENT)["recorded"]
    counts = np.arange(recorded + 1)[:, np.newaxis]
    rates = np.linspace(LOWEST_RATE, HIGHEST_RATE, 191)
    low, high = wilson_interval(counts, recorded)
    by_interval = (rates < low) | (rates > high)
    by_test = score_against_rate(counts, recorded, rates).p < ERROR
    by_funnel = np.abs(funnel_z(counts, recorded, rates)) > Z_95
    disagree = (by_interval != by_test) | (by_test != by_funnel)
    return {"recorded": recorded, "rates": rates.size, "pairs": disagree.size, "disagree": int(disagree.sum())}


def agreement_with_rest() -> dict:
    """Return funnel z and z against the rest of every force, and which forces fall between the two.

    Returns
    -------
    dict
        `study`; `limit`, the 95% limit of either z; `forces`, by size of z: `force`, `recorded`, `share` of all crimes,
        `factor` ``1 / sqrt(1 - share)``, `funnel_z`, `rest_z`, `between` (beyond the limit in one and not the other);
        `near`, those of them whose z against the rest is within 0.3 of the limit.

    Examples
    --------
    >>> [row["force"] for row in agreement_with_rest()["forces"] if row["between"]]
    ['West Midlands']
    """
    compared = compare_study(MALICIOUS)
    total = compared["country"]["recorded"]
    rows = [
        {
            "force": row["force"],
            "recorded": row["recorded"],
            "share": row["recorded"] / total,
            "factor": float(1 / np.sqrt(1 - row["recorded"] / total)),
            "funnel_z": row["funnel"]["z"],
            "rest_z": row["rest"]["z"],
            "between": bool(abs(row["funnel"]["z"]) <= Z_95 < abs(row["rest"]["z"])),
        }
        for row in compared["forces"]
    ]
    rows.sort(key=lambda row: -abs(row["rest_z"]))
    near = [row for row in rows if abs(abs(row["rest_z"]) - Z_95) < NEAR]
    return {"study": MALICIOUS, "limit": Z_95, "forces": rows, "near": near}


def ranges() -> dict:
    """Return the forces whose count is only known as a range, with what that does to their verdict.

    Returns
    -------
    dict
        `study`; `rest`, the rate of the forces with exact counts; `exact`, how many those are; `forces`, by lowest
        rate: the rows of `analysis.answer.compare_study` whose count is a range, or not known at all.
    """
    compared = compare_study(BBC)
    rows = [row for row in compared["forces"] if row["count"]["low"] != row["count"]["high"] or row["why_unknown"]]
    rows.sort(key=lambda row: (row["rate"]["high"] - row["rate"]["low"], row["force"]))
    country = compared["country"]
    return {"study": BBC, "rest": country["rate"], "exact": country["forces"], "forces": rows}


def open_cases() -> list[dict]:
    """Return what the open cases could make of each verdict, force by force.

    Returns
    -------
    list of dict
        Forces with an exact count and open cases: `force`, `count`, `recorded`, `open`, `rate`, `rate_if_open` (every
        open case ended so), `so_far` and `if_open`, the verdicts on the counts so far and on everything that the open
        cases could make of them, the other forces as they are; `p` and `p_if_open`, smallest and largest.

    Examples
    --------
    >>> rows = open_cases()
    >>> sum(row["so_far"] != row["if_open"] for row in rows), len(rows)
    (8, 10)
    """
    compared = compare_study(BBC)
    country = compared["country"]
    return [
        _open_case(row, country)
        for row in compared["forces"]
        if row["open"] and row["count"]["low"] == row["count"]["high"]
    ]


def _open_case(row: dict, country: dict) -> dict:
    count, recorded, still_open = row["count"]["low"], row["recorded"], row["open"]
    rest = country["count"] - count, country["recorded"] - recorded
    carried = estimate(count, count, recorded, still_open=still_open, rest=rest)
    return {
        "force": row["force"],
        "count": count,
        "recorded": recorded,
        "open": still_open,
        "rate": count / recorded,
        "rate_if_open": carried["rate"]["high"],
        "so_far": row["verdict"]["rest"],
        "if_open": carried["verdict"],
        "p": row["p_range"],
        "p_if_open": carried["tests"]["score"]["p"],
    }


def spread() -> dict:
    """Return what the two ways to allow for forces' usual spread find, and how many usual forces each would accuse.

    Returns
    -------
    dict
        `study`; `forces`; `rows`, one for each allowance (none, winsorised, Paule-Mandel): `allowance`, `tau2`, `sd`,
        `outside_95`, `outside_998` (forces of the study beyond the limits), `accused` (share of usual forces beyond the
        "99.8%" limits in the long run, if their spread is Paule and Mandel's); `long_run_tau2`, what winsorising would
        then find; `curve`: `sd`, and `none`, `winsorised`,
        `paule_mandel`, that share over true spreads; `nominal`, the share that 99.8% promises; `kept`, the part of a
        normal spread's mean square that winsorising keeps.
    """
    forces = read_study(MALICIOUS).forces
    charged, recorded = (forces[name].to_numpy(float) for name in ("count_low", "recorded"))
    found = measure_overdispersion(charged, recorded)
    variances = found.theta * (1 - found.theta) / recorded
    usual = winsorised_tau2(charged, recorded)
    accused = [_accused(variances, found.tau2, tau2) for tau2 in (0.0, winsorised_limit(variances, found.tau2))]
    nominal = 2 * ndtr(-Z_998)
    return {
        "study": MALICIOUS,
        "forces": found.forces,
        "rows": [
            _allowance("none", charged, recorded, found.theta, None, 0.0, accused[0]),
            _allowance("winsorised", charged, recorded, found.theta, None, usual, accused[1]),
            _allowance("Paule–Mandel", charged, recorded, found.theta, found.mu, found.tau2, nominal),
        ],
        "long_run_tau2": winsorised_limit(variances, found.tau2),
        "curve": _accused_curve(variances, np.linspace(0, 2 * np.sqrt(found.tau2), 61)),
        "nominal": float(nominal),
        "kept": float(winsorised_square(ndtri(1 - WINSORISED))),
    }


def _allowance(name: str, charged, recorded, theta: float, mu: float | None, tau2: float, accused: float) -> dict:
    beyond = outside(funnel_z(charged, recorded, theta, mu=mu, tau2=tau2))
    return {
        "allowance": name,
        "tau2": float(tau2),
        "sd": float(np.sqrt(tau2)),
        "outside_95": sum(limit is not None for limit in beyond),
        "outside_998": sum(limit == "99.8" for limit in beyond),
        "accused": float(accused),
    }


def _accused(variances, true_tau2: float, tau2: float) -> float:
    """Return the share of usual forces beyond 99.8% limits that allow for `tau2` where `true_tau2` is true."""
    return float((2 * ndtr(-Z_998 * np.sqrt((variances + tau2) / (variances + true_tau2)))).mean())


def _accused_curve(variances, deviations: np.ndarray) -> dict:
    squares = deviations**2
    return {
        "sd": deviations,
        "none": np.array([_accused(variances, tau2, 0.0) for tau2 in squares]),
        "winsorised": np.array([_accused(variances, tau2, winsorised_limit(variances, tau2)) for tau2 in squares]),
        "paule_mandel": np.array([_accused(variances, tau2, tau2) for tau2 in squares]),
    }


def detectable_by_size(sizes: Sequence[int] = (20, 50, 100, 200, 500, 1000, 2000, 5000)) -> dict:
    """Return which true rates a force's crimes can tell from a national 6%, by number of crimes.

    Returns
    -------
    dict
        `national`; `power`; `gwent`, Gwent's number of crimes; `forces` of the 2022 release; `rows`: `recorded`, `low`,
        `high` (true rates beyond which a difference shows with that power; None where none does) of the sizes and
        Gwent; `curve`, the same for many sizes in between.

    Examples
    --------
    >>> found = detectable_by_size()
    >>> [f"{row['high']:.3f}" for row in found["rows"] if row["recorded"] == 268]
    ['0.107']
    """
    gwent = answer_force(*GWENT)["recorded"]
    between = np.unique(np.geomspace(min(sizes), max(sizes), 90).round()).astype(int)
    rows, curve = ([_detectable_row(int(size)) for size in some] for some in (sorted({*sizes, gwent}), between))
    forces = len(read_study(RADAR).forces)
    return {"national": NATIONAL, "power": POWER, "gwent": gwent, "forces": forces, "rows": rows, "curve": curve}


def _detectable_row(recorded: int) -> dict:
    low, high, _ = detectable(recorded, NATIONAL, NATIONAL)
    return {"recorded": recorded, "low": low, "high": high}


def crimes_needed(
    true_rates: Sequence[float] = (0.03, 0.04, 0.05, 0.07, 0.08, 0.09, 0.10, 0.12, 0.15, 0.20),
    *,
    power: float = POWER,
    most: int = 6000,
) -> list[dict]:
    """Return how many crimes a force needs before a difference from a national 6% shows.

    Parameters
    ----------
    true_rates : sequence of float
        The force's true rates, not 6%.
    power : float
        Chance with which the mid-P test at 5% must tell it.
    most : int
        Largest number of crimes looked at.

    Returns
    -------
    list of dict
        `rate`, `difference` from 6%, `recorded`: that many crimes and any larger number up to `most` suffice, None
        where not even `most` do; `forces`, how many forces of the 2022 release recorded as many. The chance goes up
        and down a little as crimes are added, so fewer may do too.

    Examples
    --------
    >>> crimes_needed([0.10])[0]["recorded"]
    364
    """
    sizes = np.arange(1, most + 1)
    below, above = told_apart(sizes, NATIONAL, NATIONAL)
    crimes = read_study(RADAR).forces["recorded"]
    rows = []
    for rate in true_rates:
        told = at_least(above, sizes, rate) if rate > NATIONAL else fewer_than(below + 1, sizes, rate)
        short = np.flatnonzero(told < power)
        needed = int(sizes[short[-1]]) + 1 if short.size else 1
        rows.append(
            {
                "rate": rate,
                "difference": rate - NATIONAL,
                "recorded": needed if needed <= most else None,
                "forces": int((crimes >= needed).sum()),
            }
        )
    return rows


def made_from() -> dict:
    """Return the digests of the studies that these numbers come from, and the version of the package."""
    studies = (RADAR, BBC, MALICIOUS)
    found = [read_study(study) for study in studies]
    return {"studies": {study.id: study.digest for study in found}, "version": version("charge-rates")}
