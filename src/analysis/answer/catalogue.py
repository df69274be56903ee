"""What there is: the releases, studies and forces, and what is known to be wrong with the figures."""

from analysis.counts.check import check_data
from analysis.counts.offence_groups import OffenceGroup, list_groups
from analysis.counts.release import code_in_path
from analysis.counts.releases import find_release, find_words, list_questions
from analysis.counts.studies import StudyEntry, list_releases, list_studies, read_study, study_ids
from analysis.counts.tables import read_table
from analysis.results.catalogue_rows import (
    CheckFinding,
    CheckResult,
    ListedForce,
    ListedOffence,
    ListedOutcome,
    ListedRelease,
    ListedStudy,
)


def releases_table() -> list[ListedRelease]:
    """Return one row for every release.

    Examples
    --------
    >>> [row.release for row in releases_table() if row.kind == "context"]
    ['press', 'refuge-2023']
    """
    rows = [
        ListedRelease(release.id, release.kind, release.window_start, release.window_end, release.title)
        for release in list_releases()
    ]
    return sorted(rows, key=lambda row: row.release)


def studies_table(release: str | None = None, word: str | None = None) -> list[ListedStudy]:
    """Return one row for every reviewed study and every study of charges in what was imported.

    Parameters
    ----------
    release
        Id of a release, for every study of it.
    word
        Words that the id or the title of a study must have; every study of all releases is looked at.

    Raises
    ------
    InputError
        If the release is not known.

    Examples
    --------
    >>> [row.study for row in studies_table() if row.default][0]
    'radar-2022/8-71/charged'
    >>> [row.study for row in studies_table(word="malicious charged")]
    ['home-office-2018-19/8R/charged']
    """
    reviewed = {entry.id: entry for entry in list_studies()}
    usable = [one.id for one in list_releases() if one.kind == "study"]
    if release is not None or word is not None:
        chosen = [study for name in ([release] if release else usable) for study in study_ids(name)]
    else:
        imported = [one.id for one in list_releases() if one.imported]
        charged = [study for name in imported for study in study_ids(name) if study.endswith("/charged")]
        chosen = [*reviewed, *charged]
    titles = _titles_of_offences({study.partition("/")[0] for study in chosen})
    rows = [_study_row(study, reviewed.get(study), titles) for study in chosen]
    return [row for row in rows if word is None or _has_words(word, f"{row.study} {row.title}")]


def offences_table(release: str | None = None, word: str | None = None) -> list[ListedOffence]:
    """Return one row for every offence of every release that studies may use, and for every group of offences.

    Parameters
    ----------
    release
        Id of a release, for its offences only.
    word
        Words that the code, the title or a common name of an offence must have.

    Raises
    ------
    InputError
        If the release is not known.

    Examples
    --------
    >>> [(row.release, row.offence) for row in offences_table(word="revenge porn")]
    [('bbc-2016', '8/71'), ('radar-2022', '8/71')]
    """
    releases = [find_release(release)] if release else [one for one in list_releases() if one.kind == "study"]
    rows: list[ListedOffence] = []
    for one in sorted(releases, key=lambda one: one.id):
        titles = list_questions(one)
        groups = list_groups(one)
        found = list(titles) if word is None else find_words(word, {code: f"{code} {titles[code]}" for code in titles})
        rows += [ListedOffence(one.id, code, titles[code], _codes_of(groups.get(code))) for code in found]
    return rows


def _codes_of(group: OffenceGroup | None) -> str | None:
    return ";".join(one.code for one in group.codes) if group else None


def outcomes_table(word: str | None = None) -> list[ListedOutcome]:
    """Return one row for every outcome that a study may ask for, with the official types that make it up.

    Examples
    --------
    >>> [(row.outcome, row.types) for row in outcomes_table("victim")][-1]
    ('victim-does-not-support', '14;16')
    """
    rows = [
        ListedOutcome(row["id"], ";".join(row["types"]), row["label"], row["official_group"])
        for row in read_table("outcomes.csv")
    ]
    texts = [f"{row.outcome} {row.types} {row.title} {row.group}" for row in rows]
    return [row for row, text in zip(rows, texts, strict=True) if word is None or _has_words(word, text)]


def _titles_of_offences(releases: set[str]) -> dict[str, str]:
    """Return the title of every offence of some releases, by `release/code` as in the id of a study."""
    found = [find_release(name) for name in sorted(releases)]
    return {
        f"{release.id}/{code_in_path(code)}": title
        for release in found
        for code, title in list_questions(release).items()
    }


def _has_words(wanted: str, text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())


def _study_row(study: str, entry: StudyEntry | None, titles: dict[str, str]) -> ListedStudy:
    offence, _, outcome = study.rpartition("/")
    label = next(row["label"] for row in read_table("outcomes.csv") if row["id"] == outcome)
    return ListedStudy(
        study=study,
        default=bool(entry and entry.default),
        against=entry.against if entry else "rest",
        title=entry.title if entry else f"{titles[offence]}: {label}",
    )


def forces_table(study: str) -> list[ListedForce]:
    """Return one row for every force of a study, with the reason where it cannot be reported.

    Raises
    ------
    InputError
        If the study is not known.

    Examples
    --------
    >>> [row.force for row in forces_table("radar-2022/8-71/charged") if row.reportable]
    ['Gwent', 'Hertfordshire', 'Lancashire', 'South Yorkshire']
    """
    forces = read_study(study).forces
    columns = forces["force"], forces["slug"], forces["why_unknown"]
    return [ListedForce(force, slug, why_not is None, why_not) for force, slug, why_not in zip(*columns, strict=True)]


def check_table() -> CheckResult:
    """Return what the check of all figures found: the marked errors of the sources, and anything that is not marked."""
    findings = tuple(CheckFinding(found.kind, found.place, found.text) for found in check_data())
    unmarked = sum(row.kind != "marked" for row in findings)
    summary = f"{len(findings) - unmarked} errors of the sources are marked; {unmarked} unmarked were found."
    return CheckResult(findings, passed=unmarked == 0, summary=summary)
