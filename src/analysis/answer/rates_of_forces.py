"""All forces' rates of a study, as the picture of strips shows them."""

from collections.abc import Sequence
from typing import Literal

from analysis.answer.answer_cache import cached
from analysis.answer.comparisons import compare_study
from analysis.answer.usual import usual_band
from analysis.counts.studies import Study, read_study
from analysis.results.compared_forces import ComparedForce
from analysis.results.force_rates import Ends, ForceRate, ForceRates
from analysis.results.year_series import ForceOverYears


@cached
def force_rates(study: str) -> ForceRates:
    """Return the rates of all forces of a study with the verdict that leads its page.

    Parameters
    ----------
    study : str
        Its id.

    Raises
    ------
    InputError
        If the study is not known.

    Examples
    --------
    >>> rates = force_rates("home-office-2018-19/8R/charged")
    >>> rates.asked, len(rates.forces), [f"{end:.3f}" for end in rates.usual]
    ('forces', 44, ['0.013', '0.044'])
    >>> force_rates("radar-2022/8-71/charged").common
    (0.055, 0.07)
    """
    found, compared = read_study(study), compare_study(study)
    rows, together = compared.forces, compared.country
    asked = _asked(found, rows)
    return ForceRates(
        title=found.title,
        asked=asked,
        forces=tuple(_force_rate(row, asked) for row in sorted(rows, key=lambda row: row.force.casefold())),
        common=_ends(together.national.ends if together.national else (together.rate, together.rate)),
        usual=usual_band(rows) if asked == "forces" else None,
    )


def newest_rates(answers: Sequence[ForceOverYears]) -> ForceRates:
    """Return the forces' rates of a series' newest year, with the verdicts on how they change over the years.

    Parameters
    ----------
    answers : list of ForceOverYears
        For each force of one study of several years; not empty.
    """
    return ForceRates(
        title=answers[0].about.title,
        asked="years",
        forces=tuple(_newest_rate(answer) for answer in sorted(answers, key=lambda one: one.force.casefold())),
        common=None,
        usual=None,
    )


def _newest_rate(answer: ForceOverYears) -> ForceRate:
    year = answer.years[-1]
    return ForceRate(
        force=answer.force,
        rate=_ends(year.rate.ends) if year.is_known else None,
        interval=_ends(year.wilson) if year.is_known else None,
        verdict=answer.trend.verdict,
        why_unknown=year.why_unknown,
    )


def _asked(study: Study, rows: Sequence[ComparedForce]) -> Literal["forces", "rest", "national"]:
    """Return what the headline verdicts are about: among forces, unless no force has such a verdict."""
    if study.against != "rest":
        return "national"
    verdicts = [row.verdict for row in rows]
    has_only_rest = any(one.rest for one in verdicts) and not any(one.among_forces for one in verdicts)
    return "rest" if has_only_rest else "forces"


def _force_rate(row: ComparedForce, asked: str) -> ForceRate:
    """Return what is drawn of a force: its row of `compare_study` is read here and nowhere else."""
    return ForceRate(
        force=row.force,
        rate=_ends(row.rate.ends),
        interval=_ends(row.wilson),
        verdict=row.verdict.among_forces if asked == "forces" else row.verdict.rest,
        why_unknown=row.why_unknown,
    )


def _ends(found: tuple[float | None, float | None]) -> Ends | None:
    low, high = found
    return None if low is None or high is None else (low, high)
