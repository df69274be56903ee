"""Every method of the project once more, from its definition, in 30 digits or exact fractions: a second opinion.

`second_opinions.py` compares both on random cases. Nothing here is shared with the code under test: normal tails are
complementary error functions, binomial and hypergeometric ones sums of their terms, and a limit that solves an equation
is moved to the solution by a Newton step in 30 digits.
"""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import NamedTuple

import mpmath as mp
import numpy as np

from analysis.statistics.effect_sizes import difference_interval, ratio_interval
from analysis.statistics.funnel import funnel_limits, funnel_z
from analysis.statistics.mid_p import mid_p_against_rate
from analysis.statistics.multiplicity import holm
from analysis.statistics.overdispersion import measure_overdispersion
from analysis.statistics.power import detectable, power_of_mid_p
from analysis.statistics.proportions import clopper_pearson_interval, wilson_interval
from analysis.statistics.published_rate import score_against_rate
from analysis.statistics.rest import fisher_p, score_against_rest
from analysis.statistics.shrinkage import fit_beta_binomial
from analysis.statistics.trend import trend_test

mp.mp.dps = 30
SEED = 2022
TINY = 1e-250
"""Probabilities below it are reached through numbers so small that a float has not all their digits."""
CONFIDENCES = ("0.8", "0.9", "0.95", "0.99", "0.998")


class Method(NamedTuple):
    """A method here and there: `theirs` may start from the numbers of `ours` where it solves an equation."""

    case: Callable
    ours: Callable
    theirs: Callable
    below: float = 1e-3
    """Differences of smaller values are relative to this: far smaller where all digits of small values count."""
    share: int = 1
    """One in so many cases: the slow ones have fewer."""


def normal_quantile(confidence):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(confidence))


def two_sided(z):
    return mp.erfc(abs(z) / mp.sqrt(2))


def ratio(fraction):
    return mp.mpf(fraction.numerator) / fraction.denominator


def signed_root(numerator, square):
    """Return numerator / sqrt(square) of two fractions."""
    return ratio(numerator) / mp.sqrt(ratio(square))


def binomial_terms(n, rate):
    """Return P(X = 0) to P(X = n), each term from the one before."""
    rate = mp.mpf(rate)
    terms = [(1 - rate) ** n]
    for k in range(n):
        terms.append(terms[-1] * (n - k) / (k + 1) * rate / (1 - rate))
    return terms


def count(rng, most=300, least=1):
    n = rng.randint(least, most)
    return rng.randint(0, n), n


def any_rate(rng):
    return rng.choice([rng.uniform(0.01, 0.2), rng.uniform(0.01, 0.99)])


def wilson_case(rng):
    return *count(rng, 10 ** rng.randint(1, 6)), rng.choice(CONFIDENCES)


def wilson(k, n, confidence):
    """Return the two roots p of n (k/n - p)**2 = z**2 p (1 - p)."""
    z2, share = normal_quantile(confidence) ** 2, mp.mpf(k) / n
    a, b, c = n + z2, -(2 * n * share + z2), n * share**2
    root = mp.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def clopper_pearson(ours, k, n, confidence):
    tail = (1 - mp.mpf(confidence)) / 2
    low, high = map(mp.mpf, map(float, ours))
    if k > 0:
        terms = binomial_terms(n, low)
        low -= (mp.fsum(terms[k:]) - tail) / (terms[k] * k / low)
    if k < n:
        terms = binomial_terms(n, high)
        high += (mp.fsum(terms[: k + 1]) - tail) / (terms[k] * (n - k) / (1 - high))
    return low, high


def rate_case(rng):
    return *count(rng, 2000), any_rate(rng)


def score_rate(k, n, rate):
    rate = Fraction(rate)
    z = signed_root(k - n * rate, n * rate * (1 - rate))
    return z, two_sided(z)


def score_rate_p(k, n, rate):
    return (score_rate(k, n, rate)[1],)


def mid_p_value(k, n, rate):
    terms = binomial_terms(n, rate)
    above, below = mp.fsum(terms[k + 1 :]), mp.fsum(terms[:k])
    return (2 * (min(above, below) + terms[k] / 2),)


def rest_case(rng):
    k, n, rest_k, rest_n = *count(rng, 2000), *count(rng, 100_000)
    return (k, n, rest_k, rest_n) if 0 < k + rest_k < n + rest_n else rest_case(rng)


def score_rest(k, n, rest_k, rest_n):
    pooled = Fraction(k + rest_k, n + rest_n)
    z = signed_root(
        Fraction(k, n) - Fraction(rest_k, rest_n), pooled * (1 - pooled) * (Fraction(1, n) + Fraction(1, rest_n))
    )
    return z, two_sided(z)


def fisher_case(rng):
    return *count(rng, 60), *count(rng, 200)


def fisher(k, n, rest_k, rest_n):
    charged = k + rest_k
    ways = [comb(n, one) * comb(rest_n, charged - one) for one in range(max(0, charged - rest_n), min(n, charged) + 1)]
    here = comb(n, k) * comb(rest_n, rest_k)
    return (mp.mpf(sum(way for way in ways if way <= here)) / sum(ways),)


def newcombe(k, n, rest_k, rest_n, confidence):
    (low, high), (rest_low, rest_high) = wilson(k, n, confidence), wilson(rest_k, rest_n, confidence)
    own, rest = mp.mpf(k) / n, mp.mpf(rest_k) / rest_n
    difference = own - rest
    lower = difference - mp.sqrt((own - low) ** 2 + (rest_high - rest) ** 2)
    return difference, lower, difference + mp.sqrt((high - own) ** 2 + (rest - rest_low) ** 2)


def inner_rest_case(rng):
    k, n, rest_k, rest_n = rest_case(rng)
    return (
        (k, n, rest_k, rest_n, rng.choice(CONFIDENCES)) if 0 < k < n and 0 < rest_k < rest_n else inner_rest_case(rng)
    )


def ratio_score(k, n, rest_k, rest_n, theta):
    """Return the score statistic of a ratio of rates: Koopman's X2 has the square of Miettinen and Nurminen's z."""
    total = n + rest_n
    a, b, c = total * theta, -(n * theta + k + rest_n + rest_k * theta), mp.mpf(k + rest_k)
    rest_rate = (-b - mp.sqrt(b * b - 4 * a * c)) / (2 * a)
    rate = theta * rest_rate
    variance = rate * (1 - rate) / n + theta**2 * rest_rate * (1 - rest_rate) / rest_n
    return (mp.mpf(k) / n - theta * mp.mpf(rest_k) / rest_n) / mp.sqrt(variance * total / (total - 1))


def score_ratio(ours, k, n, rest_k, rest_n, confidence):
    z = normal_quantile(confidence)
    solved = []
    for limit, target in ((ours.low, z), (ours.high, -z)):
        at, step = mp.log(mp.mpf(float(limit))), mp.mpf("1e-12")
        value, there = (ratio_score(k, n, rest_k, rest_n, mp.exp(place)) for place in (at, at + step))
        solved.append(mp.exp(at - (value - target) / ((there - value) / step)))
    return ratio(Fraction(k * rest_n, n * rest_k)), *solved


def funnel(k, n, theta, mu, tau2):
    theta, mu, tau2 = (mp.mpf(number) for number in (theta, mu, tau2))
    error = mp.sqrt(theta * (1 - theta) / n + tau2)
    limits = [mu + sign * normal_quantile(confidence) * error for confidence in ("0.95", "0.998") for sign in (-1, 1)]
    return (mp.mpf(k) / n - mu) / error, *(min(max(limit, mp.mpf(0)), mp.mpf(1)) for limit in limits)


def told_apart(terms, error):
    """Return the counts that the mid-P test finds below a rate, and those that it finds above, from their chances."""
    below, above, at_most = [], [], mp.mpf(0)
    total = mp.fsum(terms)
    for k, term in enumerate(terms):
        if 2 * at_most + term < error:
            below.append(k)
        if 2 * (total - at_most) - term < error:
            above.append(k)
        at_most += term
    return below, above


def power_case(rng):
    return rng.randint(1, 120), any_rate(rng), any_rate(rng), rng.choice(CONFIDENCES)


def power(n, rate, true_rate, confidence):
    below, above = told_apart(binomial_terms(n, rate), 1 - mp.mpf(confidence))
    there = binomial_terms(n, true_rate)
    return (mp.fsum(there[k] for k in below + above),)


def detectable_case(rng):
    return rng.randint(1, 120), *sorted([any_rate(rng), any_rate(rng)])


def detectable_rates(ours, n, low, high):
    error, power = mp.mpf("0.05"), mp.mpf("0.8")
    below, above = told_apart(binomial_terms(n, low), error)[0], told_apart(binomial_terms(n, high), error)[1]
    rates = [None if rate is None else mp.mpf(float(rate)) for rate in ours]
    if below:
        edge, terms = below[-1], binomial_terms(n, rates[0])
        rates[0] += (mp.fsum(terms[k] for k in below) - power) / (terms[edge] * (n - edge) / (1 - rates[0]))
    if above:
        edge, terms = above[0], binomial_terms(n, rates[1])
        rates[1] -= (mp.fsum(terms[k] for k in above) - power) / (terms[edge] * edge / rates[1])
    return rates[0] if below else None, rates[1] if above else None


def holm_case(rng):
    return ([rng.random() ** rng.randint(1, 4) for _ in range(rng.randint(1, 50))],)


def holm_definition(p):
    """Return of each the largest of (m - rank + 1) p over all that rank no later."""
    exact = [Fraction(value) for value in p]
    order = sorted(range(len(p)), key=exact.__getitem__)
    steps = {place: (len(p) - rank) * exact[place] for rank, place in enumerate(order)}
    return [
        ratio(min(Fraction(1), max(steps[other] for other in order[: order.index(place) + 1])))
        for place in range(len(p))
    ]


def forces_case(rng):
    size = rng.randint(10, 45)
    mean, spread = rng.uniform(0.02, 0.5), rng.choice([30, 100, 1000])
    recorded = [rng.randint(20, 5000) for _ in range(size)]
    rates = [rng.betavariate(mean * spread, (1 - mean) * spread) for _ in range(size)]
    return [sum(rng.random() < rate for _ in range(min(n, 300))) for rate, n in zip(rates, recorded, strict=True)], [
        min(n, 300) for n in recorded
    ]


def paule_mandel(ours, charged, recorded):
    theta = Fraction(sum(charged), sum(recorded))
    variances = [ratio(theta * (1 - theta) / n) for n in recorded]
    rates = [mp.mpf(k) / n for k, n in zip(charged, recorded, strict=True)]
    x2 = mp.fsum((rate - ratio(theta)) ** 2 / variance for rate, variance in zip(rates, variances, strict=True))

    def mean_and_excess(tau2):
        weights = [1 / (variance + tau2) for variance in variances]
        mean = mp.fsum(w * rate for w, rate in zip(weights, rates, strict=True)) / mp.fsum(weights)
        return mean, mp.fsum(w * (rate - mean) ** 2 for w, rate in zip(weights, rates, strict=True)) - len(rates) + 1

    tau2 = mp.mpf(0)
    if mean_and_excess(tau2)[1] > 0:
        at, step = mp.mpf(float(ours[2])), mp.mpf("1e-16")
        value, there = mean_and_excess(at)[1], mean_and_excess(at + step)[1]
        tau2 = at - value / ((there - value) / step)
    return x2, mp.gammainc((len(rates) - 1) / mp.mpf(2), x2 / 2, regularized=True), tau2, mean_and_excess(tau2)[0]


def overdispersion(charged, recorded):
    found = measure_overdispersion(charged, recorded)
    return found.x2, found.x2_p, found.tau2, found.mu


def beta_binomial(ours, charged, recorded):
    """Move log a and log b to the top of the likelihood, a sum of logs of Polya's urn."""
    at = [mp.log(mp.mpf(float(number))) for number in ours]

    def gradient(a, b):
        return [
            one
            * mp.fsum(
                mp.psi(0, one + part) - mp.psi(0, one) - mp.psi(0, a + b + n) + mp.psi(0, a + b)
                for part, n in zip(parts, recorded, strict=True)
            )
            for one, parts in ((a, charged), (b, [n - k for k, n in zip(charged, recorded, strict=True)]))
        ]

    step = mp.mpf("1e-10")
    value = gradient(*map(mp.exp, at))
    slopes = [
        [
            (there - here) / step
            for there, here in zip(gradient(mp.exp(at[0] + da), mp.exp(at[1] + db)), value, strict=True)
        ]
        for da, db in ((step, 0), (0, step))
    ]
    moved = mp.lu_solve(mp.matrix(slopes).T, mp.matrix(value))
    return tuple(mp.exp(place - change) for place, change in zip(at, moved, strict=True))


def fitted(charged, recorded):
    spread = fit_beta_binomial(charged, recorded)
    return (spread.a, spread.b)


def spread_case(rng):
    case = forces_case(rng)
    spread = fit_beta_binomial(*case)
    return case if np.isfinite(spread.a) else spread_case(rng)


def trend_case(rng):
    years = rng.sample(range(2010, 2030), rng.randint(4, 12))
    pairs = [count(rng, 500, least=20) for _ in years]
    k, n = zip(*pairs, strict=True)
    return (k, n, years) if 10 <= sum(k) < sum(n) else trend_case(rng)


def trend(k, n, years):
    """Return the score of the slope over its standard error, from the logistic likelihood."""
    rate, mean = Fraction(sum(k), sum(n)), Fraction(sum(m * year for m, year in zip(n, years, strict=True)), sum(n))
    score = sum((year - mean) * (one - m * rate) for one, m, year in zip(k, n, years, strict=True))
    information = rate * (1 - rate) * sum(m * (year - mean) ** 2 for m, year in zip(n, years, strict=True))
    z = signed_root(score, information)
    return z, two_sided(z)


def with_confidence(function):
    return lambda *case: function(*case[:-1], confidence=float(case[-1]))


def alone(function):
    """Mark a second opinion that does not start from the first."""
    return lambda ours, *case: function(*case)


METHODS = {
    "Wilson interval": Method(wilson_case, with_confidence(wilson_interval), alone(wilson)),
    "Clopper-Pearson interval": Method(
        lambda rng: (*count(rng), rng.choice(CONFIDENCES)), with_confidence(clopper_pearson_interval), clopper_pearson
    ),
    "score z against a rate": Method(rate_case, score_against_rate, alone(score_rate)),
    "score p against a rate": Method(rate_case, lambda *case: score_against_rate(*case)[1:], alone(score_rate_p), TINY),
    "central mid-P": Method(
        lambda rng: (*count(rng), any_rate(rng)), lambda *case: (mid_p_against_rate(*case).p,), alone(mid_p_value), TINY
    ),
    "score test against the rest": Method(rest_case, score_against_rest, alone(score_rest)),
    "Fisher's exact test": Method(fisher_case, lambda *case: (fisher_p(*case),), alone(fisher), TINY),
    "Newcombe's interval": Method(
        lambda rng: (*rest_case(rng), rng.choice(CONFIDENCES)), with_confidence(difference_interval), alone(newcombe)
    ),
    "ratio, score interval": Method(inner_rest_case, with_confidence(ratio_interval), score_ratio),
    "funnel z and limits": Method(
        lambda rng: (*count(rng, 5000), rng.uniform(0.01, 0.9), rng.uniform(0.01, 0.9), rng.uniform(0, 0.01)),
        lambda k, n, theta, mu, tau2: (
            funnel_z(k, n, theta, mu=mu, tau2=tau2),
            *funnel_limits(n, theta, mu=mu, tau2=tau2),
        ),
        alone(funnel),
    ),
    "power of mid-P": Method(power_case, lambda *case: (with_confidence(power_of_mid_p)(*case),), alone(power)),
    "detectable rates": Method(detectable_case, lambda *case: detectable(*case)[:2], detectable_rates),
    "Holm's p": Method(holm_case, holm, alone(holm_definition), TINY),
    "X2, tau2 and mu": Method(forces_case, overdispersion, paule_mandel, 1e-6),
    "beta-binomial a and b": Method(spread_case, fitted, beta_binomial, share=20),
    "trend test": Method(trend_case, trend_test, alone(trend)),
}
