"""What was released: publisher, definition, window, offences and outcomes of each set of comparable figures."""

from collections.abc import Mapping

from analysis.counts import imported
from analysis.counts.all_offences.all_offences_release import AllOffencesRelease
from analysis.counts.names import make_slug, offer_names
from analysis.counts.offence_groups import find_group, list_groups
from analysis.counts.official.official_release import OfficialRelease
from analysis.counts.printed.printed_release import PrintedRelease
from analysis.counts.release import ALL_OFFENCES, Outcome, Release, ReleaseFigures, Source, code_in_path
from analysis.counts.replies.replies_release import RepliesRelease
from analysis.counts.tables import read_table
from analysis.errors import InputError

ALL_TOGETHER = "All offences together"
KINDS: tuple[type[ReleaseFigures], ...] = (
    PrintedRelease,
    OfficialRelease,
    RepliesRelease,
    AllOffencesRelease,
)
"""The kinds of release, one line each."""
FEWEST_LETTERS = 3
"""Letters of a word that an unknown code is looked for by among the titles."""


def list_releases() -> list[Release]:
    """Return all releases, built in and imported, those that no study may use (kind `context`) included.

    An imported one that is damaged is left out; `list_damaged` says why.

    Examples
    --------
    >>> [release.id for release in list_releases() if release.kind == "study"][:4]
    ['radar-2022', 'bbc-2016', 'home-office-2018-19', 'home-office-all-offences-2014-15']
    """
    found = _built_in()
    whole = [one for name in imported.list_imported() if isinstance(one := _imported_or_why(name), Release)]
    return [*found.values(), *(release for release in whole if release.id not in found)]


def list_damaged() -> list[str]:
    """Return what is wrong with each imported release that does not say what it is, one sentence each.

    Examples
    --------
    >>> list_damaged()
    []
    """
    return [one for name in imported.list_imported() if isinstance(one := _imported_or_why(name), str)]


def _imported_or_why(name: str) -> Release | str | None:
    try:
        return _imported(name)
    except InputError as error:
        return str(error)


def _built_in() -> dict[str, Release]:
    return {row["id"]: Release(**row.values) for row in read_table("releases.csv")}


def _imported(name: str) -> Release | None:
    about = imported.read_imported(name)
    if about is None:
        return None
    row = about["release"]
    try:
        return Release(**row | {"outcomes": tuple(row["outcomes"])}, imported=True)
    except (TypeError, LookupError):
        raise imported.damaged(name) from None


def is_built_in(text: str) -> bool:
    """Return whether a release with this id comes with the project.

    Examples
    --------
    >>> is_built_in("bbc-2016")
    True
    """
    return text in _built_in()


def find_release(text: str) -> Release:
    """Return the release with the id `text`.

    Raises
    ------
    InputError
        If there is none (near ids are offered), or it is context that no study may use.

    Examples
    --------
    >>> find_release("bbc-2016").forces_covered
    31
    """
    built_in = _built_in()
    release = built_in.get(text) or _imported(text)
    if release is None:
        usable = [release.id for release in built_in.values() if release.kind == "study"] + imported.list_imported()
        year = year_to_fetch(text)
        there_is_none = f"there is no release {text!r}" + (f" yet: run charge-rates fetch {year}" if year else "")
        raise InputError(f"{there_is_none}; {offer_names(text, usable)}")
    if release.kind != "study":
        raise InputError(
            f"the release {text!r} is context and no study may use it: {release.national_note.lower()}; "
            "its figures are in data/" + release.counts
        )
    return release


def year_to_fetch(release: str) -> str | None:
    """Return the year that `fetch` brings under this id, if the publisher lists its table.

    Examples
    --------
    >>> year_to_fetch("home-office-2021-22"), year_to_fetch("home-office-1989-90")
    ('2021/22', None)
    """
    year = release.removeprefix("home-office-").replace("-", "/")
    listed = {row["financial_year"] for row in read_table("official_files.csv")}
    return year if release.startswith("home-office-") and year in listed else None


def open_release(release: Release) -> ReleaseFigures:
    """Return the figures of a release: here, and nowhere else, it is asked what kind it is.

    Raises
    ------
    InputError
        If it is of no kind that is known.

    Examples
    --------
    >>> type(open_release(find_release("bbc-2016"))).__name__
    'PrintedRelease'
    """
    for kind in KINDS:
        if kind.holds(release):
            return kind(release)
    raise InputError(f"{release.place} is of no kind that this version can read: a later version may have written it")


def list_outcomes(release: Release) -> list[Outcome]:
    """Return the outcomes that studies of the release may ask for.

    Examples
    --------
    >>> [outcome.id for outcome in list_outcomes(find_release("radar-2022"))]
    ['charged', 'victim-does-not-support']
    """
    return [Outcome(**row.values) for row in read_table("outcomes.csv") if row["id"] in release.outcomes]


def find_outcome(release: Release, text: str) -> Outcome:
    """Return the outcome `text` of the release.

    Raises
    ------
    InputError
        If the release has no such outcome; near names are offered.

    Examples
    --------
    >>> find_outcome(find_release("radar-2022"), "victim-does-not-support").types
    ('14', '16')
    """
    outcomes = {outcome.id: outcome for outcome in list_outcomes(release)}
    if text not in outcomes:
        raise InputError(f"there is no outcome {text!r} in {release.id}; {offer_names(text, outcomes)}")
    return outcomes[text]


def list_offences(release: Release) -> dict[str, str]:
    """Return the title of each offence code of the release.

    Examples
    --------
    >>> list_offences(find_release("home-office-2018-19"))["8R"]
    'Malicious Communications'
    """
    return open_release(release).offences()


def list_questions(release: Release) -> dict[str, str]:
    """Return the title of everything that may stand in a study's offence: codes, groups, all offences together.

    Examples
    --------
    >>> questions = list_questions(find_release("home-office-2018-19"))
    >>> questions["8R"], questions["rape"], list(questions)[-1]
    ('Malicious Communications', 'Rape', 'all')
    """
    figures = open_release(release)
    if not figures.every_offence:
        return figures.offences()
    groups = {group.id: group.title for group in list_groups(release).values()}
    return figures.offences() | groups | {ALL_OFFENCES: ALL_TOGETHER}


def offence_title(release: Release, offence: str) -> str:
    """Return the title of an offence or a group of the release, or what all of them together are called.

    Examples
    --------
    >>> offence_title(find_release("home-office-2018-19"), "all")
    'All offences together'
    """
    titles = list_offences(release)
    return titles[offence] if offence in titles else list_questions(release)[offence]


def list_limits(release: Release, outcome: Outcome, offence: str = "") -> list[str]:
    """Return what the figures of a release cannot show of an outcome, one sentence each.

    Parameters
    ----------
    release, outcome
        What is asked for.
    offence
        Code or group as published; of a group it is said that it is a sum.

    Examples
    --------
    >>> release = find_release("bbc-2016")
    >>> len(list_limits(release, find_outcome(release, "charged")))
    4
    """
    if release.imported:
        rows = imported.read_whole(release.id)["limits"]
    else:
        rows = [row for row in read_table("limits.csv") if row["release"] == release.id]
    group = list_groups(release).get(offence)
    said = [row["sentence"] for row in rows if row["outcome"] in (None, outcome.id)]
    return said + (group.limits if group else [])


def find_offence(release: Release, text: str) -> str:
    """Return the offence code that `text` writes, as published or with `-` for `/`, or the id of a group of offences.

    In a release that counts every offence of every force, `all` stands for all of them together.

    Raises
    ------
    InputError
        If the release has no such code or group (near ones are offered), or if `text` could be two codes.

    Examples
    --------
    >>> release = find_release("home-office-2018-19")
    >>> find_offence(release, "1-4.1-4.10-4.2"), find_offence(release, "rape-offences")
    ('1/4.1/4.10/4.2', 'rape')
    """
    codes, questions = list_offences(release), list_questions(release)
    if text in questions:
        return text
    if group := find_group(release, text):
        return group.id
    matching = [code for code in codes if code_in_path(code) == text]
    if len(matching) > 1:
        raise InputError(f"offence {text!r} could be {' or '.join(matching)}: write the code as published")
    if not matching:
        wordy = text if len(text) >= FEWEST_LETTERS else ""
        titled = [f"{code} ({questions[code]})" for code in find_words(wordy, questions)][:3] if wordy else []
        hint = f"did you mean {' or '.join(titled)}?" if titled else offer_names(text, sorted(questions))
        raise InputError(f"there is no offence {text!r} in {release.id}; {hint}")
    return matching[0]


def find_words(text: str, titles: Mapping[str, str]) -> list[str]:
    """Return the codes whose title, or a common name of theirs, has all words of `text`, whatever their order and case.

    Parameters
    ----------
    text
        Words as somebody looks for an offence, or parts of them.
    titles
        The title of each code.

    Examples
    --------
    >>> find_words("revenge porn", list_offences(find_release("radar-2022")))
    ['8/71']
    """
    common: dict[str, str] = {}
    for row in read_table("offence_names.csv"):
        common[row["code"]] = f"{common.get(row['code'], '')} {row['name']}"
    wanted = make_slug(text).split("-")
    said = {code: make_slug(f"{title} {common.get(code, '')}") for code, title in titles.items()}
    return [code for code, words in said.items() if all(word in words for word in wanted)]


def read_sources(ids: set[str]) -> list[Source]:
    """Return the sources with these ids, in the order of sources.csv, those of imported releases last.

    Examples
    --------
    >>> [source.publisher for source in read_sources({"home-office-2018-19"})]
    ['Home Office']
    """
    found = [Source(**row.values) for row in read_table("sources.csv") if row["id"] in ids]
    unknown = sorted(ids - {source.id for source in found})
    return found + [Source(**about["source"]) for name in unknown if (about := imported.read_imported(name))]
