"""What moved between two releases, or between two sets of reported figures: counts and verdicts, force by force."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.answer.comparisons import compare_study
from analysis.counts.release import Release, refuse_unlike
from analysis.counts.releases import find_offence, find_outcome, find_release, list_offences
from analysis.counts.studies import make_study_id, read_study
from analysis.errors import InputError
from analysis.results.compared_forces import Verdicts
from analysis.results.differences import Differences, Figure, FigureKey, Move

Figures = Mapping[FigureKey, Figure]

NO_TEST = "Whether a move is more than chance is not tested here."
ONE_COHORT = "That is one year's growth; where a younger year ends cannot be read off it."
NO_VERDICTS = Verdicts(rest=None, among_forces=None)
COUNTS_ONLY = "Verdicts are compared where offences are named (--offence) or there is only one."


def diff_releases(old: str, new: str, offences: Sequence[str] = (), outcome: str = "charged") -> Differences:
    """Return what moved from one release to another: editions of one year, or years of one publisher.

    Parameters
    ----------
    old, new
        Ids of releases.
    offences
        Codes to look at, with verdicts; default: the counts of all that both have.
    outcome
        The outcome to look at.

    Raises
    ------
    InputError
        If a release, an offence or the outcome is not known, or publishers or bases differ.

    Examples
    --------
    >>> moved = diff_releases("home-office-all-offences-2023-24", "home-office-all-offences-2024-25")
    >>> moved.compared, moved.only_old
    (44, ())
    """
    releases = find_release(old), find_release(new)
    refuse_unlike(
        *releases,
        publishers="what moved between figures of different publishers cannot be told",
        bases="what moved between rates over different crimes cannot be told",
    )
    codes = [{find_offence(one, text) for text in offences} or set(list_offences(one)) for one in releases]
    both = codes[0] & codes[1]
    if not both:
        raise InputError(f"{old} and {new} have no offence in common: nothing of them can be compared")
    judged = bool(offences) or len(both) == 1
    figures = [_figures_of(one, sorted(both), outcome, judged=judged) for one in releases]
    aged = cohort_growth(*figures) if _same_window(*releases) and old != new else ()
    notes = (_windows_note(*releases), *aged, NO_TEST, *(() if judged else (COUNTS_ONLY,)))
    only_old, only_new = (tuple(sorted(ours - both)) for ours in codes)
    compared = len(figures[0] | figures[1])
    return Differences("releases", old, new, notes, compared, only_old, only_new, moves(*figures))


def diff_reports(old: str, new: str, old_figures: Figures, new_figures: Figures) -> Differences:
    """Return what moved from one set of reported figures to another, in the studies that both have.

    Parameters
    ----------
    old, new
        What the two are called.
    old_figures, new_figures
        Their figures.

    Raises
    ------
    InputError
        If they have no study in common.

    Examples
    --------
    >>> key = FigureKey("bbc-2016", "8-71", "charged", "Gwent")
    >>> old, new = ({key: Figure(count, count, 9, None, None, None)} for count in (1, 2))
    >>> diff_reports("old", "new", old, new).moves[0].what
    ('count_low', 'count_high')
    """
    studies = [{"/".join(key[:3]) for key in figures} for figures in (old_figures, new_figures)]
    both = studies[0] & studies[1]
    if not both:
        raise InputError(f"{old} and {new} have no study in common: compare folders of reports on the same studies")
    kept = [
        {key: figure for key, figure in figures.items() if "/".join(key[:3]) in both}
        for figures in (old_figures, new_figures)
    ]
    only_old, only_new = (tuple(sorted(ours - both)) for ours in studies)
    return Differences("reports", old, new, (NO_TEST,), len(kept[0] | kept[1]), only_old, only_new, moves(*kept))


def moves(old: Figures, new: Figures) -> tuple[Move, ...]:
    """Return the figures that are not the same in both, sorted by release, offence, outcome and force.

    Examples
    --------
    >>> moves({}, {})
    ()
    """
    return tuple(
        Move(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)
    )


def cohort_growth(old: Figures, new: Figures) -> tuple[str, ...]:
    """Return how the same crimes' count grew with age between two editions: together and, as a range, by force.

    Parameters
    ----------
    old, new
        The figures of both editions; those that either does not know exactly are left out of both.

    Returns
    -------
    tuple of str
        One sentence; none where no force has a count above 0 in the earlier edition.

    Examples
    --------
    >>> key = FigureKey("", "all", "charged", "Gwent")
    >>> old, new = ({key: Figure(count, count, 60_000, None, None, None)} for count in (4752, 5088))
    >>> cohort_growth(old, new)[0][:57]
    'As the same crimes grew older their count went from 4,752'
    """
    forces: dict[str, list[int]] = {}
    for key in sorted(old.keys() & new.keys()):
        if old[key].exact and new[key].exact:
            pair = forces.setdefault(key.force, [0, 0])
            pair[0], pair[1] = pair[0] + (old[key].count_low or 0), pair[1] + (new[key].count_low or 0)
    grown = sorted((now / then - 1, force) for force, (then, now) in forces.items() if then)
    if not grown:
        return ()
    then, now = (sum(counts) for counts in zip(*forces.values(), strict=True))
    least, most = (f"{growth:+.1%} ({force})" for growth, force in (grown[0], grown[-1]))
    by_force = f"; by force, from {least} to {most}" if len(grown) > 1 else ""
    return (
        f"As the same crimes grew older their count went from {then:,} to {now:,} ({now / then - 1:+.1%}) where "
        f"both editions have it{by_force}. {ONE_COHORT}",
    )


def _same_window(old: Release, new: Release) -> bool:
    return (old.window_start, old.window_end) == (new.window_start, new.window_end)


def _windows_note(old: Release, new: Release) -> str:
    windows = [f"{one.window_start} to {one.window_end}" for one in (old, new)]
    if _same_window(old, new):
        return f"Both cover {windows[0]}: a move is one between editions."
    return f"They cover {windows[0]} and {windows[1]}: a move is one between periods."


def _figures_of(release: Release, offences: Sequence[str], outcome: str, *, judged: bool) -> dict[FigureKey, Figure]:
    find_outcome(release, outcome)
    found = {}
    for offence in offences:
        study = make_study_id(release.id, offence, outcome)
        judgements = {row.force: row.verdict for row in compare_study(study).forces} if judged else {}
        for row in read_study(study).forces.to_dict("records"):
            key = FigureKey("", offence, outcome, row["force"])
            found[key] = _figure(row, judgements.get(row["force"], NO_VERDICTS))
    return found


def _figure(row: Mapping[Hashable, Any], verdict: Verdicts) -> Figure:
    counts = ("count_low", "count_high", "recorded", "open")
    known = {name: None if pd.isna(row[name]) else int(row[name]) for name in counts}
    return Figure(**known, verdict=verdict.rest, verdict_among_forces=verdict.among_forces)
