"""Which forces of a release have too many open cases to be compared, as every import says."""

from collections import Counter
from dataclasses import replace

from analysis.counts.importing import Imported
from analysis.counts.official.fetching import Fetched
from analysis.counts.releases import find_outcome, find_release, open_release
from analysis.presentation.screening_words import screening_sentence
from analysis.results.set_aside import OpenCases, Screening
from analysis.statistics.open_cases import screen_open_cases

OUTCOME = "charged"


def screen_release(release: str) -> Screening:
    """Return which forces are set aside where all offences of a release are taken together.

    Raises
    ------
    InputError
        If the release is not known.

    Examples
    --------
    >>> [one.force for one in screen_release("home-office-2018-19").set_aside]
    ['North Yorkshire']
    """
    found = find_release(release)
    recorded: Counter[str] = Counter()
    still_open: Counter[str] = Counter()
    for cell in open_release(found).cells(find_outcome(found, OUTCOME)):
        recorded[cell.force] += cell.recorded
        still_open[cell.force] += cell.still_open
    forces = [OpenCases(name, recorded[name], still_open[name]) for name in sorted(recorded) if recorded[name]]
    flags = screen_open_cases([one.recorded for one in forces], [one.open for one in forces]).tolist()
    kept = [one for one, flag in zip(forces, flags, strict=True) if not flag]
    return Screening(
        forces=len(forces),
        set_aside=tuple(one for one, flag in zip(forces, flags, strict=True) if flag),
        next_force=max(kept, key=lambda one: one.open / one.recorded, default=None),
    )


def announce_screening(result: Imported) -> Imported:
    """Return what became of an import, with what the screen for open cases found; replies have no open cases of all.

    Raises
    ------
    InputError
        If the release cannot be read.
    """
    if not open_release(find_release(result.release)).every_offence:
        return result
    sentence = screening_sentence(screen_release(result.release))
    return replace(result, announced=(*result.announced, sentence))


def screen_fetched(result: Fetched) -> Fetched:
    """Return what became of the years fetched, each with what the screen for open cases found.

    Raises
    ------
    InputError
        If a release cannot be read.
    """
    return replace(result, imported={year: announce_screening(one) for year, one in result.imported.items()})
