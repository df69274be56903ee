"""The same numbers from statsmodels, each with the call that gives it, so that a reader can check without this project.

Several of these calls answer another question by default; `call` names the arguments that matter.
"""

from collections.abc import Sequence

import numpy as np
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from analysis.answer import answer_force, compare_study
from analysis.answer.fields import unknown
from analysis.results.count_ranges import Limits
from analysis.results.estimated_rate import BesideRest
from analysis.results.method_checks import SecondOpinion

MALICIOUS = "home-office-2018-19/8R/charged"
WILSON = 'proportion_confint(method="wilson")'
CLOPPER_PEARSON = 'proportion_confint(method="beta")'
NEWCOMBE = 'confint_proportions_2indep(compare="diff", method="newcomb")'
RATIO = 'confint_proportions_2indep(compare="ratio", method="score")'
RANDOM_EFFECTS = 'combine_effects(method_re="iterated")'


def second_opinion() -> list[SecondOpinion]:
    """Return numbers of the reports beside those of statsmodels.

    Returns
    -------
    list of SecondOpinion
        For Gwent beside 6%, Gwent beside the other forces, and all forces together.

    Examples
    --------
    >>> max(abs(row.ours - row.theirs) for row in second_opinion()) < 1e-6
    True
    """
    return [*_of_one_force(), *_of_force_and_rest(), *_of_all_forces()]


def _of_one_force() -> list[SecondOpinion]:
    gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    count, recorded, rate = gwent.count.low, gwent.recorded, gwent.comparison.rate.low
    wilson = proportion_confint(count, recorded, alpha=0.05, method="wilson")
    exact = proportion_confint(count, recorded, alpha=0.05, method="beta")
    _, p = proportions_ztest(count, recorded, rate, prop_var=rate)
    score, call = gwent.comparison.tests.score, "proportions_ztest(prop_var=rate)"
    return [
        *_both_ends("Wilson", WILSON, gwent.intervals.wilson, wilson),
        *_both_ends("Clopper–Pearson", CLOPPER_PEARSON, gwent.intervals.clopper_pearson, exact),
        _opinion("score test against the lowest quoted rate", call, score.p[0], p),
    ]


def _both_ends(what: str, call: str, ours: Limits, theirs: Sequence[float]) -> list[SecondOpinion]:
    ends = zip(("lower", "upper"), ours, theirs, strict=True)
    return [_opinion(f"{what}, {end}", call, our, their) for end, our, their in ends]


def _opinion(what: str, call: str, ours: float | None, theirs: float) -> SecondOpinion:
    return SecondOpinion(what, call, unknown(ours), float(theirs))


def _of_force_and_rest() -> list[SecondOpinion]:
    gwent = answer_force("home-office-2018-19", "8R", "charged", "Gwent")
    beside = gwent.comparison
    if not isinstance(beside, BesideRest):
        return []
    counts = gwent.count.low, gwent.recorded, beside.rest.count.low, beside.rest.recorded
    _, p = proportions_ztest(counts[::2], counts[1::2])
    newcombe = confint_proportions_2indep(*counts, compare="diff", method="newcomb")
    ratio = confint_proportions_2indep(*counts, compare="ratio", method="score")
    score, call = beside.tests.score, "proportions_ztest([k1, k2], [n1, n2])"
    return [
        _opinion("score test against the rest", call, score.p[0], p),
        *_both_ends("difference", NEWCOMBE, (beside.difference.low, beside.difference.high), newcombe),
        *_both_ends("ratio", RATIO, (beside.ratio.low, beside.ratio.high), ratio),
    ]


def _of_all_forces() -> list[SecondOpinion]:
    found = compare_study(MALICIOUS)
    rows = [row for row in found.forces if row.is_exact]
    rates = np.array([row.rate.low for row in rows], float)
    recorded = np.array([row.recorded for row in rows], float)
    theta = unknown(found.country.rate)
    effects = combine_effects(rates, theta * (1 - theta) / recorded, method_re="iterated")
    holm = multipletests([row.rest.mid_p for row in rows], method="holm")[1]
    place = next(place for place, row in enumerate(rows) if row.force == "Gwent")
    call = 'multipletests(method="holm")'
    return [
        _opinion("variance between forces", RANDOM_EFFECTS, found.country.tau2, effects.tau2),
        _opinion("mean of the forces' rates", RANDOM_EFFECTS, found.country.mu, effects.mean_effect_re),
        _opinion("Gwent's p after Holm", call, rows[place].rest.p_holm, holm[place]),
    ]
