"""What the pages of one force and of all forces both say about their study."""

from importlib.metadata import version

from analysis.counts.studies import NationalRate, Study
from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForces, ForcesTogether
from analysis.results.listed_codes import ListedCode
from analysis.results.windows import FigureWindow
from analysis.results.year_series import CitedSource
from analysis.statistics.leave_one_out import FEWEST_OTHERS
from analysis.statistics.verdicts import HIGHER, LOWER, TOO_FEW


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
