"""What verdicts are made from once more, from its definition, in 30 digits or exact fractions.

As `independent.py`, with which it shares no code of the project either: every count of a range is gone through, and a
limit that solves an equation is moved to the solution by a Newton step.
"""

from fractions import Fraction
from math import comb

import mpmath as mp
import numpy as np
from independent import (
    CONFIDENCES,
    TINY,
    Method,
    alone,
    any_rate,
    binomial_terms,
    count,
    forces_case,
    holm_case,
    normal_quantile,
    ratio,
    told_apart,
    with_confidence,
)

from analysis.statistics.among_forces import compare_among_forces
from analysis.statistics.judgement import judge_forces
from analysis.statistics.mid_p import break_even_rates, mid_p_against_rest
from analysis.statistics.multiplicity import benjamini_hochberg
from analysis.statistics.power import charges_to_turn
from analysis.statistics.published_rate import compare_with_rate
from analysis.statistics.standardised import standardise


def known(*numbers):
    """Return numbers, None where they are NaN."""
    return tuple(None if number is None or np.isnan(number) else number for number in numbers)


def central(below, at, above):
    return min(Fraction(1), 2 * min(below + at / 2, above + at / 2))


def rest_case(rng):
    return *count(rng, 200), *count(rng, 2000)


def against_rest(k, n, rest_k, rest_n):
    """Return the exact p of a count when the charged are spread over all crimes by chance."""
    charged = k + rest_k
    ways = {x: comb(n, x) * comb(rest_n, charged - x) for x in range(max(0, charged - rest_n), min(n, charged) + 1)}
    below, above = (sum(way for x, way in ways.items() if (x < k, x > k)[side]) for side in (0, 1))
    return ratio(central(*(Fraction(part, comb(n + rest_n, charged)) for part in (below, ways[k], above))))


def range_case(rng):
    (one, n), (rest_k, rest_n) = count(rng, 40), count(rng, 300)
    return *sorted([one, rng.randint(0, n)]), n, rest_k, rest_n


def p_range(low, high, n, rest_k, rest_n):
    found = judge_forces([low, rest_k], [high, rest_k], [n, rest_n]).p_range
    return found.low[0], found.high[0]


def every_count(low, high, n, rest_k, rest_n):
    values = [against_rest(k, n, rest_k, rest_n) for k in range(low, high + 1)]
    return min(values), max(values)


def rates_case(rng):
    one, n = count(rng, 60)
    return *sorted([one, rng.randint(0, n)]), n, *sorted([any_rate(rng), any_rate(rng)])


def every_count_and_rate(low, high, n, rate_low, rate_high):
    """Return the smallest and the largest p, and on which side all counts are for all rates, if they agree."""
    values, sides = [], set()
    for terms in (binomial_terms(n, rate) for rate in (rate_low, rate_high)):
        for k in range(low, high + 1):
            below, above = mp.fsum(terms[:k]), mp.fsum(terms[k + 1 :])
            values.append(min(mp.mpf(1), 2 * min(below, above) + terms[k]))
            sides.add((below > above) - (below < above) if values[-1] < mp.mpf("0.05") else 0)
    return min(values), max(values), sides.pop() if len(sides) == 1 else None


SIDES = {"higher": 1, "lower": -1, "not distinguishable": 0, "depends": None}


def with_verdict(*case):
    found = compare_with_rate(*case)
    return *found.mid_p, SIDES[found.verdict]


def counts_case(rng):
    one, n = count(rng, 200)
    return *sorted([one, min(n, one + rng.choice([0, 0, 1, 5, 30]))]), n, rng.choice(CONFIDENCES)


def limits(ours, low, high, n, confidence):
    """Move the rates at which a half of the error lies on a count's outer side to where exactly a half does."""
    tail = (1 - mp.mpf(confidence)) / 2
    ends = [mp.mpf(0) if high == 0 else None, mp.mpf(1) if low == n else None]
    if ours[0] is None:
        return None, None
    if high > 0:
        at, k = mp.mpf(float(ours[0])), high
        terms = [*binomial_terms(n, at), mp.mpf(0)]
        slope = (terms[k] * k + terms[k + 1] * (k + 1)) / (2 * at)
        ends[0] = at - (mp.fsum(terms[k + 1 :]) + terms[k] / 2 - tail) / slope
    if low < n:
        at, k = mp.mpf(float(ours[1])), low
        terms = binomial_terms(n, at)
        slope = (terms[k] * (n - k) + (terms[k - 1] * (n - k + 1) if k else 0)) / (2 * (1 - at))
        ends[1] = at + (mp.fsum(terms[:k]) + terms[k] / 2 - tail) / slope
    return tuple(ends)


def turn_case(rng):
    return *count(rng, 120), *sorted([any_rate(rng), any_rate(rng)]), rng.choice(CONFIDENCES)


def turns(k, n, low, high, confidence):
    """Add charges one by one, and take them away, until the verdict is there."""
    error = 1 - mp.mpf(confidence)
    below, above = told_apart(binomial_terms(n, low), error)[0], told_apart(binomial_terms(n, high), error)[1]
    more = [mp.mpf(one - k) for one in range(k, n + 1) if one in above]
    fewer = [mp.mpf(k - one) for one in range(k, -1, -1) if one in below]
    return more[0] if more else None, fewer[0] if fewer else None


def benjamini_hochberg_definition(p):
    """Return of each the smallest of p m / rank over all that rank no earlier."""
    exact = sorted(map(Fraction, p))
    steps = [value * len(p) / (place + 1) for place, value in enumerate(exact)]
    return [ratio(min(Fraction(1), *steps[exact.index(Fraction(value)) :])) for value in p]


def among_case(rng):
    charged, recorded = forces_case(rng)
    return charged, recorded, rng.randrange(len(charged))


def among(charged, recorded, place):
    found = compare_among_forces(charged, recorded)
    return known(found.p[place], found.a[place], found.b[place], found.others_large[place])


def unusual(ours, charged, recorded, place):
    """Return p of the others' Beta(a, b), allowed for its being fitted; and whose fit this is, as it was given."""
    _, a, b, _ = ours
    k, n, all_k, all_n = charged[place], recorded[place], sum(charged), sum(recorded)
    m = sum(of * min(all_k, all_n - all_k) >= 5 * all_n for one, of in enumerate(recorded) if one != place)
    if np.isfinite(a):
        with_a, with_b = mp.mpf(float(a)), mp.mpf(float(b))
        terms = [
            mp.binomial(n, x) * mp.beta(x + with_a, n - x + with_b) / mp.beta(with_a, with_b) for x in range(n + 1)
        ]
    else:
        terms = binomial_terms(n, mp.mpf(all_k - k) / (all_n - n))
    tail = min(mp.fsum(terms[:k]), mp.fsum(terms[k + 1 :])) + terms[k] / 2
    if m < 2:
        return None, a, b, m
    z = mp.sqrt(2) * mp.erfinv(1 - 2 * min(tail, mp.mpf("0.5")))
    t, degrees = z * mp.sqrt(mp.mpf(m - 1) / (m + 1)), m - 1
    p = mp.betainc(mp.mpf(degrees) / 2, mp.mpf("0.5"), 0, degrees / (degrees + t * t), regularized=True)
    return p, a, b, m


def mix_case(rng):
    recorded = [[rng.randint(0, 60) for _ in range(6)] for _ in range(4)]
    rates = [rng.choice([0.005, 0.1, 0.4]) for _ in range(6)]
    charged = [
        [sum(rng.random() < rate for _ in range(n)) for rate, n in zip(rates, row, strict=True)] for row in recorded
    ]
    return charged, recorded, rng.choice(CONFIDENCES)


def mix(charged, recorded, confidence):
    found = standardise(charged, recorded, confidence=float(confidence))
    return known(found.expected[0], found.z[0], found.low[0], found.high[0])


def mix_definition(charged, recorded, confidence):
    """Return expected, z and the ratios at the ends of (O - rho E)**2 <= z**2 (rho E - rho**2 B)."""
    observed = expected = variance = bend = Fraction(0)
    for k, n, *others in zip(charged[0], recorded[0], *charged[1:], *recorded[1:], strict=True):
        others_k, others_n = sum(others[:3]), sum(others[3:])
        if not n or not others_n:
            continue
        rate = Fraction(others_k, others_n)
        observed, expected = observed + k, expected + n * rate
        variance += n * rate * (1 - rate) * Fraction(others_n + n, others_n)
        bend += n * rate**2 - n**2 * rate * (1 - rate) / others_n
    z2 = normal_quantile(confidence) ** 2
    square, linear = ratio(expected) ** 2 + z2 * ratio(bend), ratio(2 * observed * expected) + z2 * ratio(expected)
    z = ratio(observed - expected) / mp.sqrt(ratio(variance)) if variance else None
    if not expected or square <= 0 or observed * bend > expected**2:
        return ratio(expected), z, None, None
    root = mp.sqrt(linear**2 - 4 * square * ratio(observed) ** 2)
    return ratio(expected), z, (linear - root) / (2 * square), (linear + root) / (2 * square)


VERDICTS = {
    "mid-P against the rest": Method(
        rest_case,
        lambda *case: (mid_p_against_rest(*case).p,),
        alone(lambda *case: (against_rest(*case),)),
        TINY,
    ),
    "p over a range, rest": Method(range_case, p_range, alone(every_count), TINY),
    "p and verdict over a range, rate": Method(rates_case, with_verdict, alone(every_count_and_rate), TINY),
    "break-even rates": Method(
        counts_case, lambda *case: known(*with_confidence(break_even_rates)(*case)), limits, TINY
    ),
    "charges to turn": Method(turn_case, with_confidence(charges_to_turn), alone(turns)),
    "Benjamini and Hochberg's p": Method(holm_case, benjamini_hochberg, alone(benjamini_hochberg_definition), TINY),
    "unusual among forces": Method(among_case, among, unusual, share=20),
    "offence mix": Method(mix_case, mix, alone(mix_definition), 1e-6),
}
