"""What an allowance for how forces usually differ finds, and how many usual forces its limits would accuse.

Nothing is simulated: the shares are those of very many forces whose own rates are normally distributed.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.answer.methods import MALICIOUS, counts_of
from analysis.results.spread_checks import AccusedCurve, Allowance, Spread
from analysis.statistics.funnel import Z_998, funnel_z, outside
from analysis.statistics.overdispersion import measure_overdispersion
from analysis.statistics.winsorised import WINSORISED, winsorised_limit, winsorised_square, winsorised_tau2

Numbers = NDArray[np.float64]


def find_spread() -> Spread:
    """Return what the two ways to allow for forces' usual spread find, and how many usual forces each would accuse."""
    charged, recorded = counts_of(MALICIOUS)
    found = measure_overdispersion(charged, recorded)
    tau2, theta = found.tau2 or 0.0, found.theta
    variances = theta * (1 - theta) / recorded
    usual = winsorised_tau2(charged, recorded)
    long_run = winsorised_limit(variances, tau2)
    accused = [_accused(variances, tau2, allowed) for allowed in (0.0, long_run)]
    nominal = 2 * ndtr(-Z_998)
    return Spread(
        study=MALICIOUS,
        forces=found.forces,
        none=_allowance("none", charged, recorded, theta, None, 0.0, accused[0]),
        winsorised=_allowance("winsorised", charged, recorded, theta, None, usual, accused[1]),
        paule_mandel=_allowance("Paule–Mandel", charged, recorded, theta, found.mu, tau2, nominal),
        long_run_tau2=float(long_run),
        curve=_accused_curve(variances, np.linspace(0, 2 * np.sqrt(tau2), 61)),
        nominal=float(nominal),
        kept=float(winsorised_square(ndtri(1 - WINSORISED))),
    )


def _allowance(
    name: str, charged: Numbers, recorded: Numbers, theta: float, mu: float | None, tau2: float, accused: float
) -> Allowance:
    beyond = np.array(outside(funnel_z(charged, recorded, theta, mu=mu, tau2=tau2)), object, ndmin=1)
    return Allowance(
        name=name,
        tau2=float(tau2),
        deviation=float(np.sqrt(tau2)),
        outside_95=sum(limit is not None for limit in beyond),
        outside_998=sum(limit == "99.8" for limit in beyond),
        accused=float(accused),
    )


def _accused(variances: Numbers, true_tau2: float, tau2: float) -> float:
    """Return the share of usual forces beyond 99.8% limits that allow for `tau2` where `true_tau2` is true."""
    return float((2 * ndtr(-Z_998 * np.sqrt((variances + tau2) / (variances + true_tau2)))).mean())


def _accused_curve(variances: Numbers, deviations: Numbers) -> AccusedCurve:
    squares = (deviations**2).tolist()
    return AccusedCurve(
        deviations=tuple(deviations.tolist()),
        none=tuple(_accused(variances, tau2, 0.0) for tau2 in squares),
        winsorised=tuple(_accused(variances, tau2, winsorised_limit(variances, tau2)) for tau2 in squares),
        paule_mandel=tuple(_accused(variances, tau2, tau2) for tau2 in squares),
    )
