"""The same numbers from statsmodels, each with the call that gives it, so that a reader can check without this project.

Several of these calls answer another question by default; `call` names the arguments that matter.
"""

import numpy as np
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from analysis.answer import answer_force, compare_study

MALICIOUS = "home-office-2018-19/8R/charged"


def second_opinion() -> list[dict]:
    """Return numbers of the reports beside those of statsmodels.

    Returns
    -------
    list of dict
        `what`, `call`, `ours` and `theirs` (proportions, p-values or variances) for Gwent beside 6%, Gwent beside the
        other forces, and all forces together.

    Examples
    --------
    >>> max(abs(row["ours"] - row["theirs"]) for row in second_opinion()) < 1e-6
    True
    """
    return [*_of_one_force(), *_of_force_and_rest(), *_of_all_forces()]


def _row(what: str, call: str, ours: float, theirs: float) -> dict:
    return {"what": what, "call": call, "ours": float(ours), "theirs": float(theirs)}


def _of_one_force() -> list[dict]:
    gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    count, recorded, (rate, _) = gwent["count"]["low"], gwent["recorded"], gwent["national"].values()
    wilson = proportion_confint(count, recorded, alpha=0.05, method="wilson")
    exact = proportion_confint(count, recorded, alpha=0.05, method="beta")
    _, p = proportions_ztest(count, recorded, rate, prop_var=rate)
    return [
        _row("Wilson, lower", 'proportion_confint(method="wilson")', gwent["intervals"]["wilson"][0], wilson[0]),
        _row("Wilson, upper", 'proportion_confint(method="wilson")', gwent["intervals"]["wilson"][1], wilson[1]),
        _row(
            "Clopper–Pearson, lower",
            'proportion_confint(method="beta")',
            gwent["intervals"]["clopper_pearson"][0],
            exact[0],
        ),
        _row(
            "Clopper–Pearson, upper",
            'proportion_confint(method="beta")',
            gwent["intervals"]["clopper_pearson"][1],
            exact[1],
        ),
        _row(
            "score test against the lowest quoted rate",
            "proportions_ztest(prop_var=rate)",
            gwent["tests"]["score"]["p"][0],
            p,
        ),
    ]


def _of_force_and_rest() -> list[dict]:
    gwent = answer_force("home-office-2018-19", "8R", "charged", "Gwent")
    counts = gwent["count"]["low"], gwent["recorded"], gwent["rest"]["count"]["low"], gwent["rest"]["recorded"]
    _, p = proportions_ztest(counts[::2], counts[1::2])
    newcombe = confint_proportions_2indep(*counts, compare="diff", method="newcomb")
    ratio = confint_proportions_2indep(*counts, compare="ratio", method="score")
    return [
        _row(
            "score test against the rest", "proportions_ztest([k1, k2], [n1, n2])", gwent["tests"]["score"]["p"][0], p
        ),
        _row(
            "difference, lower",
            'confint_proportions_2indep(compare="diff", method="newcomb")',
            gwent["difference"]["low"],
            newcombe[0],
        ),
        _row(
            "difference, upper",
            'confint_proportions_2indep(compare="diff", method="newcomb")',
            gwent["difference"]["high"],
            newcombe[1],
        ),
        _row(
            "ratio, lower",
            'confint_proportions_2indep(compare="ratio", method="score")',
            gwent["ratio"]["low"],
            ratio[0],
        ),
        _row(
            "ratio, upper",
            'confint_proportions_2indep(compare="ratio", method="score")',
            gwent["ratio"]["high"],
            ratio[1],
        ),
    ]


def _of_all_forces() -> list[dict]:
    found = compare_study(MALICIOUS)
    together, rows = found["country"], found["forces"]
    theta = together["rate"]
    rates = np.array([row["rate"]["low"] for row in rows])
    variances = theta * (1 - theta) / np.array([row["recorded"] for row in rows])
    effects = combine_effects(rates, variances, method_re="iterated")
    holm = multipletests([row["rest"]["p"] for row in rows], method="holm")[1]
    place = next(place for place, row in enumerate(rows) if row["force"] == "Gwent")
    return [
        _row("variance between forces", 'combine_effects(method_re="iterated")', together["tau2"], effects.tau2),
        _row(
            "mean of the forces' rates", 'combine_effects(method_re="iterated")', together["mu"], effects.mean_effect_re
        ),
        _row("Gwent's p after Holm", 'multipletests(method="holm")', rows[place]["rest"]["p_holm"], holm[place]),
    ]
