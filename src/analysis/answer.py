"""One answer per force and one per country: the dictionaries that JSON, notebooks and pages are all made from.

This is the one joint of the layers: counts says what was published, statistics what it means, presentation how it is
worded. Rates are proportions. Unknown, undefined and infinite numbers are None; a field has one type always.
"""

import math
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache, wraps
from importlib.metadata import version

import numpy as np
import pandas as pd

from analysis.counts.imported import imported_state
from analysis.counts.notation import read_confidence, read_count, read_rate, read_whole
from analysis.counts.spreadsheet import read_force_table
from analysis.counts.studies import NationalCount, NationalRate, Study, make_study_id, outcomes_of, read_study
from analysis.errors import InputError
from analysis.presentation import sentences
from analysis.statistics.funnel import FunnelLimits, funnel_limits, funnel_z, outside
from analysis.statistics.multiplicity import holm
from analysis.statistics.overdispersion import FEWEST_FORCES, Overdispersion, measure_overdispersion
from analysis.statistics.proportions import clopper_pearson_interval, interval_of_range
from analysis.statistics.published_rate import RateComparison, break_even, compare_with_rate, score_against_rate
from analysis.statistics.ranges import possible_counts, smallest_and_largest
from analysis.statistics.rest import (
    Estimate,
    RestComparison,
    compare_with_country,
    compare_with_rest,
    score_against_rest,
)
from analysis.statistics.shrinkage import shrink_rates
from analysis.statistics.verdicts import HIGHER, LOWER, NOT_DISTINGUISHABLE, Score, verdict


def _remembered(answer: Callable[..., dict]) -> Callable[..., dict]:
    """Return a function that remembers its last answers as long as the figures of its release are the same."""
    remember = lru_cache(maxsize=8)(lambda state, *arguments, **options: answer(*arguments, **options))

    @wraps(answer)
    def ask(release: str, *arguments, **options) -> dict:
        return remember(imported_state(release.partition("/")[0]), release, *arguments, **options)

    return ask


ALPHA = 0.05
"""What a page on all forces calls different: p below this, and outside limits that keep the rest of the forces."""


def estimate_from_text(
    count: str,
    recorded: str,
    *,
    still_open: str | None = None,
    national: str | None = None,
    country: tuple[str, str] | None = None,
    rest: tuple[str, str] | None = None,
    confidence: str = "0.95",
) -> dict:
    """Return `estimate` of arguments as a person types them.

    Parameters
    ----------
    count, recorded : str
        The count ("21", "<5", "3..9" or "7.8%") and the crimes recorded.
    still_open, national, confidence : str, optional
        Crimes still open; a national rate or range of rates ("6%", "5.5%..6.5%"); the confidence ("0.95", "95%").
    country, rest : tuple of str, optional
        Count and crimes of the country with this force in it, or of the others without it.

    Returns
    -------
    dict
        See `estimate`.

    Raises
    ------
    InputError
        If an argument cannot be read, the arguments contradict each other, or more than one comparison is asked for.

    Examples
    --------
    >>> estimate_from_text("7.8%", "268", national="6%")["verdict"]
    'not distinguishable'
    """
    if sum(given is not None for given in (national, country, rest)) > 1:
        raise InputError("Give only one of --national, --country and --rest: each is another comparison.")
    number = read_whole(recorded, what="RECORDED")
    found = read_count(count, number)
    return estimate(
        found.low,
        found.high,
        number,
        still_open=None if still_open is None else read_whole(still_open, what="--open"),
        national=None if national is None else _ends(read_rate(national)),
        country=None if country is None else _pair(country, "--country"),
        rest=None if rest is None else _pair(rest, "--rest"),
        confidence=read_confidence(confidence),
    )


def _ends(rates) -> tuple[float, float]:
    return rates.low, rates.high


def _pair(texts: tuple[str, str], option: str) -> tuple[int, int]:
    count, recorded = (read_whole(text, what=f"{option} {name}") for text, name in zip(texts, "KN", strict=True))
    if count > recorded:
        raise InputError(
            f"{option} {count} {recorded}: the count is above the crimes recorded; write K N, count first."
        )
    return count, recorded


def estimate(
    low: int,
    high: int,
    recorded: int,
    *,
    still_open: int | None = None,
    national: tuple[float, float] | None = None,
    country: tuple[int, int] | None = None,
    rest: tuple[int, int] | None = None,
    confidence: float = 0.95,
) -> dict:
    """Return the rate of one force, its intervals and, where something to compare with is given, the comparison.

    Parameters
    ----------
    low, high : int
        The smallest and largest number of crimes that can have had the outcome; equal where it is known.
    recorded : int
        Crimes recorded.
    still_open : int, optional
        Crimes still open. The count becomes low to high + still_open, in the interval, tests and verdict.
    national : tuple of float, optional
        Lowest and highest national rate, proportions.
    country : tuple of int, optional
        Count and crimes of the country, the force included.
    rest : tuple of int, optional
        Count and crimes of the others, the force not included.
    confidence : float
        Confidence of the intervals, a proportion; the verdict is the score test's at 1 - confidence.

    Returns
    -------
    dict
        Keys `count`, `recorded`, `open`, `confidence`, `rate`, `intervals`, `sentence`; with a comparison also
        `tests` and `verdict`, and `national`, `break_even`, `charges_to_turn`, `detectable`, or `rest`, `difference`,
        `ratio`.

    Raises
    ------
    InputError
        If the open crimes or the force do not fit into the crimes they are part of.

    Examples
    --------
    >>> answer = estimate(21, 21, 268, national=(0.055, 0.065))
    >>> answer["verdict"], [round(p, 4) for p in answer["tests"]["score"]["p"]]
    ('not distinguishable', [0.0935, 0.375])
    """
    if still_open is not None:
        if high + still_open > recorded:
            raise InputError(
                f"--open {still_open}: {high} and {still_open} open crimes are more than {recorded} recorded."
            )
        high += still_open
    answer = _rate_part(low, high, recorded, still_open, confidence)
    ends = (_unknown(low), _unknown(high), recorded)
    if national is not None:
        answer |= _national_part(compare_with_rate(*ends, *national, confidence=confidence), national)
    elif country is not None:
        answer |= _rest_part(compare_with_country(*ends, *country, confidence=confidence))
    elif rest is not None:
        answer |= _rest_part(compare_with_rest(*ends, *rest, confidence=confidence))
    return answer | {"sentence": sentences.estimate_sentence(answer)}


def _rate_part(
    low: int | None, high: int | None, recorded: int | None, still_open: int | None, confidence: float
) -> dict:
    ends = (_unknown(low), _unknown(high), _unknown(recorded))
    wilson = interval_of_range(*ends, confidence=confidence)
    exact = interval_of_range(*ends, confidence=confidence, interval=clopper_pearson_interval)
    rates = [end / recorded if recorded else math.nan for end in ends[:2]]
    return {
        "count": {"low": low, "high": high},
        "recorded": recorded,
        "open": still_open,
        "confidence": confidence,
        "rate": _low_high(rates),
        "intervals": {"wilson": numbers(wilson), "clopper_pearson": numbers(exact)},
    }


def _unknown(value: int | None) -> float:
    """Return a count as the statistics take it: NaN where it is unknown."""
    return math.nan if value is None else value


def whole(value: float) -> int | None:
    """Return a count as an int, or None where it is unknown."""
    return None if math.isnan(value) else int(value)


def number(value: float | None) -> float | None:
    """Return a float, or None where it is unknown, undefined or infinite."""
    return None if value is None or not math.isfinite(value) else float(value)


def numbers(values) -> list[float | None]:
    """Return `number` of each value."""
    return [number(value) for value in values]


def _national_part(found: RateComparison, national: tuple[float, float]) -> dict:
    reach = found.detectable
    return {
        "national": _low_high(national),
        "tests": {"score": {"z": number(found.z), "p": numbers(found.p)}, "mid_p": {"p": numbers(found.mid_p)}},
        "break_even": _low_high(found.break_even),
        "charges_to_turn": found.charges_to_turn._asdict(),
        "detectable": _low_high((reach.low, reach.high)) | {"power": reach.power},
        "verdict": found.verdict,
    }


def _rest_part(found: RestComparison) -> dict:
    crimes = int(found.rest_recorded)
    rates = [count / crimes if crimes else math.nan for count in found.rest_charged]
    return {
        "rest": {"count": _low_high(found.rest_charged, whole), "recorded": crimes, "rate": _low_high(rates)},
        "tests": {
            "score": {"z": number(found.z), "p": numbers(found.p)},
            "mid_p": None,
            "fisher": {"p": number(found.fisher_p)},
        },
        "difference": _estimate_part(found.difference),
        "ratio": _estimate_part(found.ratio),
        "verdict": found.verdict,
    }


def _estimate_part(found: Estimate) -> dict:
    return {"estimate": number(found.estimate), "low": number(found.low), "high": number(found.high)}


def _low_high(ends, form: Callable = number) -> dict:
    low, high = ends
    return {"low": form(low), "high": form(high)}


@_remembered
def answer_force(release: str, offence: str, outcome: str, force: str, *, confidence: float = 0.95) -> dict:
    """Return everything that is said about one force in one study.

    Parameters
    ----------
    release, offence, outcome : str
        The study: a release, an offence code as published, an outcome.
    force : str
        A force by name, slug or alias.
    confidence : float
        Confidence of the intervals, a proportion.

    Returns
    -------
    dict
        The keys of `estimate`, made from the study's figures, and `force`, `study`, `window`, `source`, `why_unknown`,
        `compare` (the force's row of `compare_study`) and `about` (what the sentences need: names, sources, how the
        count is known).

    Raises
    ------
    InputError
        If the study or the force is not known; near names are offered.

    Examples
    --------
    >>> gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    >>> gwent["count"], gwent["verdict"], [round(p, 3) for p in gwent["tests"]["score"]["p"]]
    ({'low': 21, 'high': 21}, 'not distinguishable', [0.093, 0.375])
    """
    study = read_study(make_study_id(release, offence, outcome))
    published = study.row(force)
    country = compare_study(study.id, confidence=confidence)
    row = next(row for row in country["forces"] if row["force"] == published["force"])
    answer = estimate(
        published["count_low"],
        published["count_high"],
        published["recorded"],
        **_compared_with(study, published),
        confidence=confidence,
    )
    return answer | {
        "open": published["open"],
        "force": published["force"],
        "study": study.id,
        "window": {"start": published["window_start"], "end": published["window_end"]},
        "source": published["source"],
        "why_unknown": published["why_unknown"],
        "compare": row,
        "about": _about(study, published, country),
    }


def _compared_with(study: Study, published: dict) -> dict:
    """Return the force's comparison as `estimate` takes it; what it is with belongs to the study."""
    if isinstance(study.national, NationalRate):
        return {"national": (study.national.low, study.national.high)}
    if isinstance(study.national, NationalCount):
        return {"country": (study.national.count, study.national.recorded)}
    others = _exact(study.forces[study.forces["force"] != published["force"]])
    return {"rest": (int(others["count_low"].sum()), int(others["recorded"].sum()))}


def _exact(forces: pd.DataFrame) -> pd.DataFrame:
    """Return the forces whose count is known as one number, of one crime at least."""
    known = (forces["count_low"] == forces["count_high"]) & (forces["recorded"] > 0)
    return forces[known.fillna(value=False)]


def _about(study: Study, published: dict, country: dict) -> dict:
    """Return what the sentences, tables and figures of a force need beside the numbers."""
    together, national = country["country"], study.national
    others = sum(_is_exact(row) for row in country["forces"] if row["force"] != published["force"])
    still_open, recorded = published["open"], published["recorded"]
    return _about_study(study, country, {published["source"], national.source if national else None}) | {
        "force": published["force"],
        "other_forces": others,
        "forces_different": len(_different_from_rest(country)),
        "expected": _expected(together, recorded),
        "usual": _usual(together, recorded),
        "how_known": published["how_known"],
        "marked": published["marked"],
        "rate_if_open": (published["count_high"] + still_open) / recorded if still_open and recorded else None,
    }


def _about_study(study: Study, country: dict, sources: set[str | None]) -> dict:
    """Return what a page says about its study: titles, what is compared with what, the sources with these ids."""
    national = study.national
    return {
        "title": study.title,
        "release_title": study.release_title,
        "definition": study.definition,
        "offence": study.offence_title,
        "offence_code": study.offence,
        "outcome": study.outcome_label,
        "against": study.against,
        "forces_exact": country["country"]["forces"],
        "forces_needed": FEWEST_FORCES,
        "national_is_rate": isinstance(national, NationalRate),
        "national_printed": national.printed if national else None,
        "national_area": national.area if national else None,
        "national_window": {"start": national.window_start, "end": national.window_end} if national else None,
        "windows_differ": study.windows_differ,
        "limits": list(study.limits),
        "sources": [
            {"publisher": source.publisher, "title": source.title, "address": source.address, "licence": source.licence}
            for source in study.sources
            if source.id in sources
        ],
        "digest": study.digest,
        "version": version("charge-rates"),
    }


def _different_from_rest(country: dict) -> list[str]:
    return [row["force"] for row in country["forces"] if _is_exact(row) and row["verdict"]["rest"] in (HIGHER, LOWER)]


def _expected(together: dict, recorded: int | None) -> float | None:
    """Return how many of a force's crimes would have the outcome at the forces' common rate."""
    return together["rate"] * recorded if together["rate"] is not None and recorded else None


def _is_exact(row: dict) -> bool:
    return row["count"]["low"] is not None and row["count"]["low"] == row["count"]["high"] and bool(row["recorded"])


def _usual(together: dict, recorded: int | None) -> dict | None:
    """Return the 95% limits for a force of this size, the usual spread allowed for."""
    if together["tau2"] is None or not recorded:
        return None
    limits = funnel_limits(recorded, together["rate"], mu=together["mu"], tau2=together["tau2"])
    return {"low": number(limits.low_95), "high": number(limits.high_95)}


@_remembered
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
    >>> len(about["different"]["rest"]), len(about["different"]["holm"]), len(about["different"]["usual"])
    (24, 13, 1)
    """
    study = read_study(make_study_id(release, offence, outcome))
    country = compare_study(study.id)
    return country | {"about": _about_country(study, country)}


def _about_country(study: Study, country: dict) -> dict:
    """Return what the sentences, tables and figures of all forces together need beside the numbers."""
    together = country["country"]
    exact = [row for row in country["forces"] if _is_exact(row)]
    few = [row["force"] for row in exact if _expected(together, row["recorded"]) < sentences.EXPECTED_NEEDED]
    beyond = [row["force"] for row in exact if row["verdict"]["among_forces"] in (HIGHER, LOWER)]
    sources = {source.id for source in study.sources}
    return _about_study(study, country, sources) | {
        "study": study.id,
        "window": {"start": study.window_start, "end": study.window_end},
        "different": {
            "rest": _different_from_rest(country),
            "holm": [row["force"] for row in exact if (row["rest"]["p_holm"] or 1) < ALPHA],
            "usual": [force for force in beyond if force not in few],
            "usual_but_few": [force for force in beyond if force in few],
        },
        "few_expected": few,
        "outside_by_chance": ALPHA * (len(exact) - len(few)),
        "own_rates": _own_rates(together),
        "funnel": _funnel_curves(country, study.national),
    }


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
    theta = together["national"]["low"] if national else together["rate"]
    sizes = [row["recorded"] for row in country["forces"] if row["recorded"] and row["count"]["low"] is not None]
    recorded = np.unique(np.geomspace(max(0.8 * min(sizes), 1), 1.25 * max(sizes), points).round())
    usual = together["tau2"] is not None
    return {
        "theta": theta,
        "recorded": [whole(size) for size in recorded],
        "chance": _limit_curves(funnel_limits(recorded, theta)),
        "usual": _limit_curves(funnel_limits(recorded, theta, mu=together["mu"], tau2=together["tau2"]))
        if usual
        else None,
    }


def _limit_curves(limits: FunnelLimits) -> dict[str, list[float | None]]:
    return {name: numbers(curve) for name, curve in limits._asdict().items()}


@_remembered
def compare_study(study_id: str, *, confidence: float = 0.95) -> dict:
    """Return all forces of a study beside each other.

    Returns
    -------
    dict
        `country` (what the forces show together) and `forces` (one dictionary a force, in the order of their names).

    Raises
    ------
    InputError
        If the study is not known.

    Examples
    --------
    >>> country = compare_study("home-office-2018-19/8R/charged")["country"]
    >>> country["count"], country["recorded"], round(country["x2"], 1)
    (4886, 207911, 436.5)
    """
    study = read_study(study_id)
    return compare_forces(study.forces, national=study.national, confidence=confidence)


def compare_file(path: str) -> dict:
    """Return all forces of a spreadsheet beside each other, and the names of the columns that were not used.

    Raises
    ------
    InputError
        If the file cannot be read; the message names row, column and value.
    """
    table = read_force_table(path)
    return compare_forces(table.forces) | {"ignored_columns": table.ignored_columns}


def compare_forces(
    forces: pd.DataFrame, *, national: NationalRate | NationalCount | None = None, confidence: float = 0.95
) -> dict:
    """Return all forces of a table beside each other.

    Parameters
    ----------
    forces : pandas.DataFrame
        Columns force, count_low, count_high, recorded, open, why_unknown.
    national : NationalRate or NationalCount, optional
        A published figure to compare with, instead of the other forces with exact counts.
    confidence : float
        Confidence of the intervals and of the verdicts.

    Returns
    -------
    dict
        `country` and `forces`. Forces whose count is a range take no part in what the forces show together.
    """
    low, high, recorded = _count_arrays(forces)
    exact = np.where((low == high) & (recorded > 0), low, math.nan)
    crimes = np.where(np.isnan(exact), math.nan, recorded)
    together = _together(exact, crimes, national)
    rest, others = _against_others(exact, crimes, national), (together.charged, together.recorded)
    p_holm = holm(rest.p)
    wilson = np.stack(interval_of_range(low, high, recorded, confidence=confidence), axis=1)
    alone = _beyond(funnel_z(exact, crimes, together.theta))
    usual = {} if together.tau2 is None else {"mu": together.mu, "tau2": together.tau2}
    adjusted = _beyond(funnel_z(exact, crimes, together.theta, **usual)) if usual else [None] * len(exact)
    shrunk = _shrunk(exact, crimes, together)
    rows = []
    for place, (name, still_open, reason) in enumerate(
        zip(forces["force"], forces["open"], forces["why_unknown"], strict=True)
    ):
        ends = low[place], high[place], recorded[place]
        if math.isnan(exact[place]):
            p, verdict_of_rest = _range_against_others(*ends, others, national, confidence)
        else:
            p, verdict_of_rest = _exact_against_others(*ends, rest, place, national, confidence)
        rows.append(
            {
                "force": name,
                "count": _low_high(ends[:2], whole),
                "recorded": whole(recorded[place]),
                "open": None if pd.isna(still_open) else int(still_open),
                "rate": _low_high(end / recorded[place] if recorded[place] else math.nan for end in ends[:2]),
                "wilson": numbers(wilson[place]),
                "rest": {"z": number(rest.z[place]), "p": number(rest.p[place]), "p_holm": number(p_holm[place])},
                "p_range": numbers(p),
                "funnel": alone[place],
                "adjusted": adjusted[place],
                "shrunk": shrunk[place],
                "verdict": {"rest": verdict_of_rest, "among_forces": _among_forces(adjusted[place])},
                "why_unknown": reason,
            }
        )
    return {"country": _country_part(together, national), "forces": rows}


def find_row(rows: list[dict], force: str) -> dict:
    """Return the row of a force, by its label without regard to case.

    Raises
    ------
    InputError
        If no row is that force's; near names are offered.
    """
    for row in rows:
        if row["force"].casefold() == force.strip().casefold():
            return row
    names = [row["force"] for row in rows]
    near = get_close_matches(force, names, n=3) or names[:3]
    raise InputError(f"There is no force {force!r} here; did you mean {' or '.join(near)}?")


def _count_arrays(forces: pd.DataFrame) -> list[np.ndarray]:
    columns = ("count_low", "count_high", "recorded")
    return [forces[column].to_numpy(dtype=float, na_value=math.nan) for column in columns]


def _together(exact: np.ndarray, crimes: np.ndarray, national: NationalRate | NationalCount | None) -> Overdispersion:
    """Return what the forces with exact counts show together; against a range of rates there is no one theta."""
    if isinstance(national, NationalCount):
        return measure_overdispersion(exact, crimes, theta=national.count / national.recorded)
    together = measure_overdispersion(exact, crimes)
    if isinstance(national, NationalRate):
        return together._replace(theta=math.nan, x2=math.nan, x2_p=math.nan, phi=None, tau2=None, mu=None)
    return together


def _against_others(exact: np.ndarray, crimes: np.ndarray, national: NationalRate | NationalCount | None) -> Score:
    """Return the score test of each force with an exact count against the rest; NaN for the others."""
    if isinstance(national, NationalRate):
        return Score(np.full(exact.shape, math.nan), np.full(exact.shape, math.nan))
    if isinstance(national, NationalCount):
        total = national.count, national.recorded
    else:
        total = np.nansum(exact), np.nansum(crimes)
    return score_against_rest(exact, crimes, total[0] - exact, total[1] - crimes)


def _exact_against_others(low, high, recorded, rest: Score, place: int, national, confidence: float) -> tuple:
    """Return smallest and largest p and the verdict of a force whose count is known."""
    if isinstance(national, NationalRate):
        found = compare_with_rate(low, high, recorded, national.low, national.high, confidence=confidence)
        return found.p, found.verdict
    p = rest.p[place]
    return (p, p), verdict(rest.z[place], p, confidence=confidence)


def _range_against_others(low, high, recorded, others: tuple[int, int], national, confidence: float) -> tuple:
    """Return smallest and largest p over every possible count, and the verdict; nothing where the count is unknown."""
    if math.isnan(low) or not recorded > 0:
        return (math.nan, math.nan), None
    if isinstance(national, NationalRate):
        found = compare_with_rate(low, high, recorded, national.low, national.high, confidence=confidence)
        return found.p, found.verdict
    counts = possible_counts(low, high, recorded)
    if isinstance(national, NationalCount):
        others = national.count - counts, national.recorded - recorded
    score = score_against_rest(counts, recorded, *others)
    return smallest_and_largest(score.p), verdict(*score, confidence=confidence)


def _shrunk(exact: np.ndarray, crimes: np.ndarray, together: Overdispersion) -> list[dict | None]:
    """Return each force's shrunken rate with its limits; None where the forces are too few or have no common rate."""
    if together.tau2 is None:
        return [None] * len(exact)
    rates = zip(*shrink_rates(exact, crimes), strict=True)
    return [
        None if math.isnan(mean) else {"mean": number(mean), "low": number(low), "high": number(high)}
        for mean, low, high in rates
    ]


def _beyond(z: np.ndarray) -> list[dict | None]:
    """Return each force's z and the limits it lies outside of; None where its count is not known exactly."""
    limits = outside(z)
    return [
        None if math.isnan(one) else {"z": number(one), "outside": limit} for one, limit in zip(z, limits, strict=True)
    ]


def _among_forces(adjusted: dict | None) -> str | None:
    """Return the verdict on a force among forces: beyond the 95% limits that allow for their usual spread, or not."""
    if adjusted is None:
        return None
    if adjusted["outside"] is None:
        return NOT_DISTINGUISHABLE
    return HIGHER if adjusted["z"] > 0 else LOWER


def _country_part(together: Overdispersion, national: NationalRate | NationalCount | None) -> dict:
    part = {
        "count": whole(together.charged),
        "recorded": whole(together.recorded),
        "rate": together.charged / together.recorded if together.recorded else None,
        "forces": together.forces,
        "x2": number(together.x2),
        "x2_p": number(together.x2_p),
        "phi": number(together.phi),
        "tau2": number(together.tau2),
        "mu": number(together.mu),
    }
    if isinstance(national, NationalRate):
        part["national"] = {"low": national.low, "high": national.high}
    elif isinstance(national, NationalCount):
        part["national"] = _low_high([national.count / national.recorded] * 2)
    return part


def other_forces(answer: dict) -> list[dict]:
    """Return the rows of the other forces of the answer's study."""
    rows = compare_study(answer["study"], confidence=answer["confidence"])["forces"]
    return [row for row in rows if row["force"] != answer["force"]]


def outcomes(answer: dict) -> list[dict]:
    """Return all published outcomes of the answer's force side by side, each a share of the same crimes."""
    release = answer["study"].partition("/")[0]
    rows = outcomes_of(release, answer["about"]["offence_code"], answer["force"])
    low, high, recorded = _count_arrays(rows)
    wilson = np.stack(interval_of_range(low, high, recorded, confidence=answer["confidence"]), axis=1)
    return [
        {
            "outcome_type": row.outcome_type,
            "label": row.label,
            "count": _low_high((low[place], high[place]), whole),
            "recorded": whole(recorded[place]),
            "rate": _low_high((low[place] / recorded[place], high[place] / recorded[place])),
            "wilson": numbers(wilson[place]),
        }
        for place, row in enumerate(rows.itertuples())
    ]


def p_value_curve(answer: dict, *, points: int = 241) -> dict:
    """Return the score test's p-value of the answer's count over the national rates it could be set beside.

    Returns
    -------
    dict
        `rates` (proportions), `p_min` and `p_max` (over every possible count), each an array of `points`;
        `break_even`; `marks` (the rates that matter, each with its p-values).
    """
    low, high, recorded = answer["count"]["low"], answer["count"]["high"], answer["recorded"]
    even = _low_high(break_even(low, high, recorded, confidence=answer["confidence"]))
    marks = _marks(answer, even)
    wilson = answer["intervals"]["wilson"]
    start, end = min([wilson[0], *marks.values()]), max([wilson[1], *marks.values()])
    margin = 0.25 * (end - start)
    rates = np.linspace(max(start - margin, 1e-4), min(end + margin, 1 - 1e-4), points)
    p_min, p_max = _p_over_counts(low, high, recorded, rates)
    return {
        "rates": rates,
        "p_min": p_min,
        "p_max": p_max,
        "break_even": even,
        "marks": [
            {
                "what": what,
                "rate": rate,
                **dict(zip(("p_min", "p_max"), _p_over_counts(low, high, recorded, rate), strict=True)),
            }
            for what, rate in marks.items()
        ],
    }


def _marks(answer: dict, even: dict) -> dict[str, float]:
    """Return the national rates that matter by what they are, those strictly between 0 and 1."""
    marks = {"break-even, lower": even["low"], "break-even, upper": even["high"]}
    if "national" in answer:
        marks |= {"quoted, lowest": answer["national"]["low"], "quoted, highest": answer["national"]["high"]}
    else:
        marks["the rest, taken as fixed"] = answer["rest"]["rate"]["low"]
    return {what: rate for what, rate in marks.items() if rate is not None and 0 < rate < 1}


def _p_over_counts(low: int, high: int, recorded: int, rates) -> tuple:
    """Return the smallest and largest p-value at each rate, over every possible count."""
    counts = np.arange(low, high + 1)
    p = score_against_rate(counts.reshape(-1, *[1] * np.ndim(rates)), recorded, rates).p
    return p.min(axis=0), p.max(axis=0)
