"""How often verdicts are false: exactly where every count can be summed, else on simulated pages.

The random numbers begin at a stated seed, and what is printed of them does not hang on the last digit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, polygamma

from analysis.answer.methods import MALICIOUS, counts_of
from analysis.results.verdict_checks import LimitsTried, SimulatedPages, SizeOfTests
from analysis.statistics.among_forces import ALPHA_HEADLINE, compare_among_forces
from analysis.statistics.arrays import Flags
from analysis.statistics.calibration import exact_sizes
from analysis.statistics.funnel import Z_95, funnel_z
from analysis.statistics.overdispersion import measure_overdispersion
from analysis.statistics.proportions import wilson_interval
from analysis.statistics.verdicts import ALPHA_95, is_below

RATES = np.linspace(0.01, 0.20, 191)
"""True rates that forces have."""
SEED, PAGES = 20265, 50
DEVIATIONS_LOW = 3
"""How far below the forces' mean, in standard deviations of the log odds, a force is put to see whether it is found."""

Numbers = NDArray[np.float64]


def find_test_sizes(sizes: Sequence[int] = (5, 20, 100, 268, 1000)) -> list[SizeOfTests]:
    """Return how often the mid-P and the score test call an ordinary force "higher", summed over every count.

    Examples
    --------
    >>> (size,) = find_test_sizes([20])
    >>> f"mid-P {size.mid_p_worst:.3f}, score {size.score_worst:.3f}"
    'mid-P 0.045, score 0.101'
    """
    return [_test_size(recorded) for recorded in sizes]


def _test_size(recorded: int) -> SizeOfTests:
    found = exact_sizes(recorded, RATES)
    higher = np.asarray(found.mid_p.higher), np.asarray(found.score.higher)
    return SizeOfTests(recorded, *(float(one) for of in higher for one in (of.mean(), of.max())))


def simulate_pages(pages: int = PAGES, seed: int = SEED) -> SimulatedPages:
    """Return what limits and headlines do on pages of ordinary forces, and whether one low force among them is found.

    Parameters
    ----------
    pages : int
        Pages of each kind: of ordinary forces only, and with the middle one of them put low.
    seed : int
        Of the random numbers.

    Returns
    -------
    SimulatedPages
        The forces' sizes and spread are those of code 8R in 2018/19, the force with too many open cases set aside.
    """
    charged, recorded = counts_of(MALICIOUS)
    fitted = compare_among_forces(charged, recorded)
    a, b = float(np.nanmean(fitted.a)), float(np.nanmean(fitted.b))
    middle = int(np.argsort(recorded)[recorded.size // 2])
    low = expit(logit(a / (a + b)) - DEVIATIONS_LOW * np.sqrt(polygamma(1, a) + polygamma(1, b)))
    random = np.random.default_rng(seed)
    rates = random.beta(a, b, (2, pages, recorded.size))
    rates[1, :, middle] = low
    ordinary, with_low = random.binomial(recorded.astype(int), rates)
    found = compare_among_forces(ordinary, recorded)
    low_found = is_below(compare_among_forces(with_low, recorded).p[:, middle], ALPHA_95)
    outside = is_below(found.p, ALPHA_95)[found.judged]
    named = np.asarray(is_below(found.benjamini_hochberg, ALPHA_HEADLINE).any(axis=-1))
    symmetric = np.array([_adjusted_z(page, recorded) for page in (*ordinary, *with_low)])
    beyond = np.abs(symmetric) > Z_95
    return SimulatedPages(
        study=MALICIOUS,
        pages=pages,
        forces=recorded.size,
        seed=seed,
        limits=(
            _limits("leave-one-out beta-binomial", outside, low_found),
            _limits("symmetric", beyond[:pages], beyond[pages:, middle]),
        ),
        named=int(named.sum()),
        named_interval=_share_interval(named),
    )


def _limits(name: str, outside: Flags, low_found: Flags) -> LimitsTried:
    return LimitsTried(name, float(outside.mean()), float(low_found.mean()), _share_interval(low_found))


def _share_interval(found: Flags) -> tuple[float, float]:
    """Return the 95% interval of the share of pages, which are few."""
    low, high = wilson_interval(int(found.sum()), found.size)
    return float(low), float(high)


def _adjusted_z(charged: Numbers, recorded: Numbers) -> Numbers:
    found = measure_overdispersion(charged, recorded)
    return np.asarray(funnel_z(charged, recorded, found.theta, mu=found.mu, tau2=found.tau2 or 0.0))
