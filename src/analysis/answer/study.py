"""What the pages of one force and of all forces both say about their study."""

from importlib.metadata import version
from math import nan

from analysis.counts.studies import NationalRate, Study
from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForce, ComparedForces, ForcesTogether
from analysis.results.listed_codes import ListedCode
from analysis.results.windows import FigureWindow
from analysis.results.year_series import CitedSource
from analysis.statistics.among_forces import FEWEST_LARGE, large_forces
from analysis.statistics.leave_one_out import FEWEST_OTHERS
from analysis.statistics.verdicts import HIGHER, LOWER, TOO_FEW

UNKNOWN = (nan, nan)
"""Counts of a force that takes no part."""


def about_study(study: Study, country: ComparedForces, sources: set[str | None]) -> AboutStudy:
    """Return what a page says about its study: titles, what is compared with what, the sources with these ids."""
    national = study.national
    return AboutStudy(
        title=study.title,
        release_title=study.release_title,
        definition=study.definition,
        offence=study.offence_title,
        offence_code=study.offence,
        codes=tuple(ListedCode(**vars(code)) for code in study.codes),
        outcome=study.outcome_label,
        outcome_id=study.outcome,
        of_outcomes=study.is_of_outcomes,
        against=study.against,
        forces_exact=country.country.forces,
        forces_needed=FEWEST_OTHERS + 1,
        national_is_rate=isinstance(national, NationalRate),
        national_printed=national.printed if national else None,
        national_area=national.area if national else None,
        national_window=FigureWindow(national.window_start, national.window_end) if national else None,
        windows_differ=study.windows_differ,
        limits=tuple(study.limits),
        sources=tuple(
            CitedSource(source.publisher, source.title, source.address, source.licence)
            for source in study.sources
            if source.id in sources
        ),
        digest=study.digest,
        version=version("charge-rates"),
    )


def judged_forces(country: ComparedForces) -> list[str]:
    """Return the forces that have crimes enough, among forces enough, to be called unusual or not.

    However the open cases end: a force that can be judged by one reading of them alone is not judged.
    """
    return [row.force for row in country.forces if row.verdict.among_forces not in (None, TOO_FEW)]


def why_not_judged(country: ComparedForces, row: ComparedForce) -> str | None:
    """Return what a force lacks to be called unusual or not; None of a force that can be, or that takes no part.

    "own crimes": too few of its crimes are expected with the outcome, or without it. "others' crimes": too few other
    forces have so many. "others' rates": almost all of these had the outcome in all crimes or in none, which is no
    distribution. Of a force that can be judged by all cases it is what the closed ones lack.
    """
    if row.verdict.among_forces != TOO_FEW:
        return None
    rows = [one for one in country.forces if one.is_exact]
    counts = [_closed_counts(one) if row.among_forces.judged else one.exact or UNKNOWN for one in rows]
    large = large_forces(*zip(*counts, strict=True))
    if not large[rows.index(row)]:
        return "own crimes"
    return "others' crimes" if large.sum() <= FEWEST_LARGE else "others' rates"


def _closed_counts(row: ComparedForce) -> tuple[float, float]:
    charged, recorded = row.exact or UNKNOWN
    return UNKNOWN if row.open is None else (charged, recorded - row.open)


def why_none_judged(country: ComparedForces) -> str | None:
    """Return what the forces lack to be called unusual or not; None where some can be, or none takes part.

    "crimes": too few of them have so many as are needed. "closed cases": too few have so many closed ones.
    "rates": almost all that have them had the outcome in all crimes or in none.
    """
    few = [row for row in country.forces if row.verdict.among_forces == TOO_FEW]
    if not few or judged_forces(country):
        return None
    if any(row.among_forces.judged for row in few):
        return "closed cases"
    return "rates" if "others' rates" in [why_not_judged(country, row) for row in few] else "crimes"


def different_from_rest(country: ComparedForces) -> list[str]:
    """Return the forces whose exact count is told from the rest."""
    return [row.force for row in country.forces if row.is_exact and row.verdict.rest in (HIGHER, LOWER)]


def common_rate(together: ForcesTogether) -> float | None:
    """Return the one rate that forces lie around: the published one if that is a number, else that of all together."""
    national = together.national
    return national.low if national and national.low == national.high else together.rate


def expected_crimes(together: ForcesTogether, recorded: int | None) -> float | None:
    """Return how many of a force's crimes would have the outcome at the common rate, or not, whichever is less.

    On these few hangs how good limits from a normal distribution are.
    """
    rate = common_rate(together)
    return min(rate, 1 - rate) * recorded if rate is not None and recorded else None


def less_frequent(together: ForcesTogether) -> str | None:
    """Return whether fewer crimes end "with" or "without" the outcome, at the common rate."""
    rate = common_rate(together)
    return None if rate is None else "with" if rate <= 0.5 else "without"
