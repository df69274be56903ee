"""All forces' rates of a study, as the picture of strips shows them."""

from typing import Any, Literal

from analysis.answer.comparisons import compare_study
from analysis.answer.remembered import remembered
from analysis.answer.usual import usual_band
from analysis.counts.studies import Study, read_study
from analysis.results.force_rates import Ends, ForceRate, ForceRates


@remembered
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
    rows, together = compared["forces"], compared["country"]
    asked = _asked(found, rows)
    return ForceRates(
        title=found.title,
        asked=asked,
        forces=tuple(_force_rate(row, asked) for row in sorted(rows, key=lambda row: str(row["force"]).casefold())),
        common=_ends(together["national"]) if "national" in together else _ends([together["rate"]] * 2),
        usual=usual_band(rows) if asked == "forces" else None,
    )


def _asked(study: Study, rows: list[dict[str, Any]]) -> Literal["forces", "rest", "national"]:
    """Return what the headline verdicts are about: among forces, unless no force has such a verdict."""
    if study.against != "rest":
        return "national"
    verdicts = [row["verdict"] for row in rows]
    has_only_rest = any(one["rest"] for one in verdicts) and not any(one["among_forces"] for one in verdicts)
    return "rest" if has_only_rest else "forces"


def _force_rate(row: dict[str, Any], asked: str) -> ForceRate:
    """Return what is drawn of a force: its row of `compare_study` is read here and nowhere else."""
    return ForceRate(
        force=row["force"],
        rate=_ends(row["rate"]),
        interval=_ends(row["wilson"]),
        verdict=row["verdict"]["among_forces" if asked == "forces" else "rest"],
        why_unknown=row["why_unknown"],
    )


def _ends(found: dict[str, float | None] | list[float | None]) -> Ends | None:
    low, high = found.values() if isinstance(found, dict) else found
    return None if low is None or high is None else (low, high)
