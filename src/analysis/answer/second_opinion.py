"""The same numbers from statsmodels, each with the call that gives it, so that a reader can check without this project.

Several of these calls answer another question by default; `call` names the arguments that matter.
"""

import numpy as np
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from analysis.answer import answer_force, compare_study
from analysis.answer.comparisons import is_exact
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
    count, recorded, (rate, _) = gwent["count"]["low"], gwent["recorded"], gwent["national"].values()
    wilson = proportion_confint(count, recorded, alpha=0.05, method="wilson")
    exact = proportion_confint(count, recorded, alpha=0.05, method="beta")
    _, p = proportions_ztest(count, recorded, rate, prop_var=rate)
    return [
        SecondOpinion("Wilson, lower", WILSON, gwent["intervals"]["wilson"][0], float(wilson[0])),
        SecondOpinion("Wilson, upper", WILSON, gwent["intervals"]["wilson"][1], float(wilson[1])),
        SecondOpinion(
            "Clopper–Pearson, lower",
            CLOPPER_PEARSON,
            gwent["intervals"]["clopper_pearson"][0],
            float(exact[0]),
        ),
        SecondOpinion(
            "Clopper–Pearson, upper",
            CLOPPER_PEARSON,
            gwent["intervals"]["clopper_pearson"][1],
            float(exact[1]),
        ),
        SecondOpinion(
            "score test against the lowest quoted rate",
            "proportions_ztest(prop_var=rate)",
            gwent["tests"]["score"]["p"][0],
            p,
        ),
    ]


def _of_force_and_rest() -> list[SecondOpinion]:
    gwent = answer_force("home-office-2018-19", "8R", "charged", "Gwent")
    counts = gwent["count"]["low"], gwent["recorded"], gwent["rest"]["count"]["low"], gwent["rest"]["recorded"]
    _, p = proportions_ztest(counts[::2], counts[1::2])
    newcombe = confint_proportions_2indep(*counts, compare="diff", method="newcomb")
    ratio = confint_proportions_2indep(*counts, compare="ratio", method="score")
    return [
        SecondOpinion(
            "score test against the rest", "proportions_ztest([k1, k2], [n1, n2])", gwent["tests"]["score"]["p"][0], p
        ),
        SecondOpinion(
            "difference, lower",
            NEWCOMBE,
            gwent["difference"]["low"],
            float(newcombe[0]),
        ),
        SecondOpinion(
            "difference, upper",
            NEWCOMBE,
            gwent["difference"]["high"],
            float(newcombe[1]),
        ),
        SecondOpinion(
            "ratio, lower",
            RATIO,
            gwent["ratio"]["low"],
            float(ratio[0]),
        ),
        SecondOpinion(
            "ratio, upper",
            RATIO,
            gwent["ratio"]["high"],
            float(ratio[1]),
        ),
    ]


def _of_all_forces() -> list[SecondOpinion]:
    found = compare_study(MALICIOUS)
    together, rows = found["country"], [row for row in found["forces"] if is_exact(row)]
    theta = together["rate"]
    rates = np.array([row["rate"]["low"] for row in rows])
    variances = theta * (1 - theta) / np.array([row["recorded"] for row in rows])
    effects = combine_effects(rates, variances, method_re="iterated")
    holm = multipletests([row["rest"]["mid_p"] for row in rows], method="holm")[1]
    place = next(place for place, row in enumerate(rows) if row["force"] == "Gwent")
    return [
        SecondOpinion("variance between forces", RANDOM_EFFECTS, together["tau2"], effects.tau2),
        SecondOpinion("mean of the forces' rates", RANDOM_EFFECTS, together["mu"], effects.mean_effect_re),
        SecondOpinion(
            "Gwent's p after Holm", 'multipletests(method="holm")', rows[place]["rest"]["p_holm"], holm[place]
        ),
    ]
