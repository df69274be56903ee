"""What was released: publisher, definition, window, offences and outcomes of each set of comparable figures."""

from dataclasses import dataclass

from analysis.counts.names import offer_names
from analysis.counts.tables import read_table
from analysis.errors import InputError


@dataclass(frozen=True)
class Release:
    """Figures that may be compared with each other; the columns of releases.csv."""

    id: str
    publisher: str
    title: str
    kind: str
    counts: str
    definition: str
    basis: str
    window_start: str | None
    window_end: str | None
    windows_differ: bool
    against: str | None
    outcomes: tuple[str, ...]
    outcomes_complete: bool
    open_counted: bool
    forces_asked: int | None
    forces_covered: int | None
    national_note: str
    source: str | None

    @property
    def is_official(self) -> bool:
        """Whether the counts are an official table, by offence code and outcome type, in Parquet."""
        return self.counts.endswith(".parquet")


@dataclass(frozen=True)
class Outcome:
    """A named set of Home Office outcome types."""

    id: str
    types: tuple[str, ...]
    title: str
    label: str
    official_group: str


@dataclass(frozen=True)
class Source:
    """Where figures were read."""

    id: str
    publisher: str
    title: str
    reference: str | None
    address: str
    licence: str
    retrieved: str | None
    sha256: str | None


def list_releases() -> list[Release]:
    """Return all releases, those that no study may use (kind `context`) included.

    Examples
    --------
    >>> [release.id for release in list_releases() if release.kind == "study"]
    ['radar-2022', 'bbc-2016', 'home-office-2018-19']
    """
    return [Release(**row.values) for row in read_table("releases.csv")]


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
    releases = {release.id: release for release in list_releases()}
    if text not in releases:
        usable = [release.id for release in releases.values() if release.kind == "study"]
        raise InputError(f"there is no release {text!r}; {offer_names(text, usable)}")
    release = releases[text]
    if release.kind != "study":
        raise InputError(
            f"the release {text!r} is context and no study may use it: {release.national_note.lower()}; "
            "its figures are in data/" + release.counts
        )
    return release


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
    return {row["code"]: row["title"] for row in read_table("offences.csv") if row["release"] == release.id}


def find_offence(release: Release, text: str) -> str:
    """Return the offence code that `text` writes, as published or with `-` for `/`.

    Raises
    ------
    InputError
        If the release has no such code (near codes are offered), or if `text` could be two of them.

    Examples
    --------
    >>> find_offence(find_release("home-office-2018-19"), "1-4.1-4.10-4.2")
    '1/4.1/4.10/4.2'
    """
    codes = list_offences(release)
    if text in codes:
        return text
    matching = [code for code in codes if code_in_path(code) == text]
    if len(matching) > 1:
        raise InputError(f"offence {text!r} could be {' or '.join(matching)}: write the code as published")
    if not matching:
        raise InputError(f"there is no offence {text!r} in {release.id}; {offer_names(text, sorted(codes))}")
    return matching[0]


def code_in_path(code: str) -> str:
    """Return an offence code as it stands in study ids and paths.

    Examples
    --------
    >>> code_in_path("8/71")
    '8-71'
    """
    return code.replace("/", "-")


def read_sources(ids: set[str]) -> list[Source]:
    """Return the sources with these ids, in the order of sources.csv.

    Examples
    --------
    >>> [source.publisher for source in read_sources({"home-office-2018-19"})]
    ['Home Office']
    """
    return [Source(**row.values) for row in read_table("sources.csv") if row["id"] in ids]
