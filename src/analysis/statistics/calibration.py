"""How often the verdicts accuse forces that are like the others: exact where it can be summed, else simulated.

A simulation is made anew on each call from its seed, so that it gives the same on every run.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike
from scipy.special import expit

from analysis.statistics.among_forces import ALPHA_HEADLINE, compare_among_forces
from analysis.statistics.arrays import Floats
from analysis.statistics.binomial import probability
from analysis.statistics.checks import check_share, check_whole
from analysis.statistics.mid_p import mid_p_against_rate, mid_p_against_rest
from analysis.statistics.multiplicity import holm
from analysis.statistics.published_rate import score_against_rate
from analysis.statistics.verdicts import ALPHA_95, ALPHA_998, HIGHER, LOWER, is_below, verdicts

DrawRates = Callable[[Generator, tuple[int, int]], Floats]
"""Draws the own rates of the forces of some pages, pages by forces."""


class Size(NamedTuple):
    """Chance of a false verdict, of the shape of the rates."""

    higher: Floats
    lower: Floats


class Sizes(NamedTuple):
    """Chances of a false verdict by two tests."""

    mid_p: Size
    score: Size


class AlikePages(NamedTuple):
    """Pages of forces that all have one rate, each force against the others."""

    pages: int
    accusing: int
    """Pages with a verdict "higher" or "lower"."""
    accusing_after_holm: int
    """The same, p-values adjusted for the number of forces."""


class OrdinaryPages(NamedTuple):
    """Pages of forces that differ in their usual way, each among the others."""

    pages: int
    judged: int
    """Forces, of all pages, that could be judged."""
    outside_95: int
    """Of these, outside the 95% limits."""
    outside_998: int
    """Of these, outside the 99.8% limits."""
    naming: int
    """Pages whose headline would name a force."""


def exact_sizes(recorded: int, rate: ArrayLike, *, confidence: float = 0.95) -> Sizes:
    """Return how often a force whose true rate is the published one is called higher or lower, summed over all counts.

    Parameters
    ----------
    recorded : int
        Number of crimes, at least 1.
    rate : array_like of float
        True and published rates, strictly between 0 and 1.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    Sizes
        Each side promises ``(1 - confidence) / 2``.

    Raises
    ------
    InputError
        For an impossible count, rate or confidence.

    References
    ----------
    Lancaster 1961, J Am Stat Assoc 56:223 (mid-P); Wilson 1927, J Am Stat Assoc 22:209 (score).

    Examples
    --------
    >>> sizes = exact_sizes(5, 0.03)
    >>> f"higher: {sizes.mid_p.higher:.3f} by mid-P, {sizes.score.higher:.3f} by score"
    'higher: 0.008 by mid-P, 0.141 by score'
    """
    rates, counts = check_share(rate, "rate")[..., np.newaxis], np.arange(int(check_whole(recorded, "recorded")) + 1)
    chance = probability(counts, recorded, rates)
    mid_p, score = mid_p_against_rate(counts, recorded, rates), score_against_rate(counts, recorded, rates)
    found = []
    for side, p in ((mid_p.side, mid_p.p), (score.z, score.p)):
        words = verdicts(side, p, confidence=confidence)
        found.append(Size(*((chance * (words == word)).sum(axis=-1) for word in (HIGHER, LOWER))))
    return Sizes(*found)


def beta_rates(a: float, b: float) -> DrawRates:
    """Return rates distributed as those that the verdicts take the forces' own to be.

    Parameters
    ----------
    a, b : float
        Of Beta(a, b), above 0; `leave_one_out.fit_all` gives them for real forces.

    Returns
    -------
    callable

    Examples
    --------
    >>> beta_rates(4, 60)(np.random.default_rng(1), (2, 3)).shape
    (2, 3)
    """
    return lambda rng, shape: rng.beta(a, b, shape)


def logit_normal_rates(mean: float, spread: float) -> DrawRates:
    """Return rates whose logits are normally distributed, a little otherwise than the verdicts take them to be.

    Parameters
    ----------
    mean, spread : float
        Mean and standard deviation of the logits.

    Returns
    -------
    callable

    Examples
    --------
    >>> logit_normal_rates(-2.7, 0.3)(np.random.default_rng(1), (2, 3)).shape
    (2, 3)
    """
    return lambda rng, shape: np.asarray(expit(rng.normal(mean, spread, shape)), float)


def simulate_ordinary_pages(recorded: ArrayLike, draw: DrawRates, *, pages: int, seed: int) -> OrdinaryPages:
    """Return how often forces that differ in their usual way are found unusual, and named in a headline.

    Parameters
    ----------
    recorded : array_like
        Crimes of each force, whole numbers, at least 1.
    draw : callable
        `beta_rates` or `logit_normal_rates`.
    pages : int
        How many to simulate; 44 forces take about 2 ms a page.
    seed : int

    Returns
    -------
    OrdinaryPages

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> simulate_ordinary_pages([300] * 12, beta_rates(4, 60), pages=5, seed=1).judged
    60
    """
    n, rng = check_whole(recorded, "recorded"), np.random.default_rng(seed)
    k = rng.binomial(n.astype(int), draw(rng, (pages, n.size)))
    found = compare_among_forces(k, n)
    return OrdinaryPages(
        pages=pages,
        judged=int(found.judged.sum()),
        outside_95=int((found.judged & is_below(found.p, ALPHA_95)).sum()),
        outside_998=int((found.judged & is_below(found.p, ALPHA_998)).sum()),
        naming=int(is_below(found.benjamini_hochberg, ALPHA_HEADLINE).any(axis=-1).sum()),
    )


def simulate_alike_pages(recorded: ArrayLike, charged: int, *, pages: int, seed: int) -> AlikePages:
    """Return how often a force is called higher or lower than the rest where the charged are spread by chance.

    Parameters
    ----------
    recorded : array_like
        Crimes of each force, whole numbers, at least 1.
    charged : int
        Of all forces together.
    pages : int
        How many to simulate.
    seed : int

    Returns
    -------
    AlikePages

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> simulate_alike_pages([300] * 12, 200, pages=5, seed=1).pages
    5
    """
    n, rng = check_whole(recorded, "recorded"), np.random.default_rng(seed)
    k = rng.multivariate_hypergeometric(n.astype(int), charged, size=pages, method="marginals")
    p = mid_p_against_rest(k, n, charged - k, n.sum() - n).p
    accusing, after_holm = (is_below(each, ALPHA_95).any(axis=-1) for each in (p, holm(p)))
    return AlikePages(pages, int(accusing.sum()), int(after_holm.sum()))
