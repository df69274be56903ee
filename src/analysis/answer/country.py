"""Everything that is said about all forces of one study together."""

import numpy as np

from analysis.answer.comparisons import compare_study, is_exact
from analysis.answer.fields import number, numbers, whole
from analysis.answer.remembered import remembered
from analysis.answer.study import about_study, common_rate, different_from_rest, expected, judged_forces, rarer
from analysis.answer.usual import usual_limits
from analysis.counts.studies import NationalCount, NationalRate, Study, make_study_id, read_study
from analysis.statistics.among_forces import FEWEST_EXPECTED
from analysis.statistics.funnel import FunnelLimits, funnel_limits
from analysis.statistics.verdicts import ALPHA_95, ALPHA_998, DEPENDS_ON_OPEN_CASES, HIGHER, LOWER


@remembered
def answer_country(release: str, offence: str, outcome: str) -> dict:
    """Return everything that is said about all forces of one study together.

    Parameters
    ----------
    release, offence, outcome : str
        The study: a release, an offence code as published, an outcome.

    Returns
    -------
    dict
        `country` and `forces` as `compare_study` gives them, and `about` (what figures and sentences need: which forces
        differ in which sense, the funnel's limits as curves, names, sources).

    Raises
    ------
    InputError
        If the study is not known; near names are offered.

    Examples
    --------
    >>> about = answer_country("home-office-2018-19", "8R", "charged")["about"]
    >>> len(about["different_from_rest"]), len(about["different_after_holm"]), about["outside"], about["named"]
    (21, 13, ['Bedfordshire', 'Gloucestershire', 'Kent'], [])
    """
    study = read_study(make_study_id(release, offence, outcome))
    country = compare_study(study.id)
    return country | {"about": _about_country(study, country)}


def _about_country(study: Study, country: dict) -> dict:
    """Return what the sentences, tables and figures of all forces together need beside the numbers."""
    sources = {source.id for source in study.sources}
    return about_study(study, country, sources) | {
        "study": study.id,
        "window": {"start": study.window_start, "end": study.window_end},
        **about_forces(country, study.national),
    }


def about_forces(country: dict, national: NationalRate | NationalCount | None = None) -> dict:
    """Return which forces differ in which sense, and the funnel's limits as curves: what needs no study to be said.

    Parameters
    ----------
    country : dict
        What `compare_forces` returns.
    national : NationalRate or NationalCount, optional
        The published figure that the forces are compared with.
    """
    together = country["country"]
    exact = [row for row in country["forces"] if is_exact(row)]
    from_rest = different_from_rest(country)
    return {
        "different_from_rest": from_rest,
        "different_after_holm": [
            row["force"]
            for row in exact
            if row["force"] in from_rest and row["rest"]["p_holm"] is not None and row["rest"]["p_holm"] < ALPHA_95
        ],
        "outside": _with_verdict(country, HIGHER, LOWER),
        "named": [row["force"] for row in country["forces"] if row["among_forces"]["named"]],
        "judged": judged_forces(country),
        "few_expected": [row["force"] for row in exact if _is_few(together, row["recorded"])],
        "open_decides": _with_verdict(country, DEPENDS_ON_OPEN_CASES),
        "screened": [row["force"] for row in country["forces"] if row["screened"]],
        "rarer": rarer(together),
        "outside_by_chance": ALPHA_95 * len(judged_forces(country)),
        "own_rates": _own_rates(together),
        "funnel": _funnel_curves(country, national),
    }


def _is_few(together: dict, recorded: int) -> bool:
    """Return whether so few crimes are expected with the outcome, or without it, that the force is not judged."""
    number = expected(together, recorded)
    return number is not None and number < FEWEST_EXPECTED


def _with_verdict(country: dict, *words: str) -> list[str]:
    """Return the forces whose verdict among the forces is one of these."""
    return [row["force"] for row in country["forces"] if row["verdict"]["among_forces"] in words]


def _own_rates(together: dict) -> dict | None:
    """Return the limits of 95% of the forces' own rates, chance taken out; None where they show no spread."""
    if not together["tau2"]:
        return None
    limits = funnel_limits(1, 0.0, mu=together["mu"], tau2=together["tau2"])  # A rate of 0 has no sampling error.
    return {"low": number(limits.low_95), "high": number(limits.high_95)}


def _funnel_curves(country: dict, national: NationalRate | NationalCount | None, points: int = 61) -> dict | None:
    """Return the funnel's limits over all sizes of force; None where the forces have no one rate to lie around."""
    together = country["country"]
    if isinstance(national, NationalRate) or (together["tau2"] is None and national is None):
        return None
    theta = common_rate(together)
    sizes = [row["recorded"] for row in country["forces"] if row["recorded"] and row["count"]["low"] is not None]
    recorded = np.unique(np.geomspace(max(0.8 * min(sizes), 1), 1.25 * max(sizes), points).round())
    return {
        "theta": theta,
        "recorded": [whole(size) for size in recorded],
        "chance": _limit_curves(funnel_limits(recorded, theta)),
        "usual": _usual_curves(country, recorded) if judged_forces(country) else None,
    }


def _usual_curves(country: dict, recorded: np.ndarray) -> dict[str, list[float | None]]:
    """Return the limits within which 95 and 99.8 in 100 ordinary forces lie, over all sizes of force."""
    wide, wider = (usual_limits(country["forces"], recorded, alpha=alpha) for alpha in (ALPHA_95, ALPHA_998))
    return _limit_curves(FunnelLimits(wide.low, wide.high, wider.low, wider.high))


def _limit_curves(limits: FunnelLimits) -> dict[str, list[float | None]]:
    return {name: numbers(curve) for name, curve in limits._asdict().items()}
