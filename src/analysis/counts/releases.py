"""What was released: publisher, definition, window, offences and outcomes of each set of comparable figures."""

from dataclasses import dataclass
from pathlib import Path

from analysis.counts import imported
from analysis.counts.digests import verify_file
from analysis.counts.folder import data_folder
from analysis.counts.names import offer_names
from analysis.counts.tables import read_table
from analysis.errors import InputError


@dataclass(frozen=True)
class Release:
    """Figures that may be compared with each other; the columns of releases.csv, and whether it was imported."""

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
    imported: bool = False

    @property
    def is_official(self) -> bool:
        """Whether the counts are an official table, by offence code and outcome type, in Parquet."""
        return self.counts.endswith(".parquet")

    @property
    def is_replies(self) -> bool:
        """Whether the counts are somebody's own replies, imported from a spreadsheet."""
        return self.imported and not self.is_official

    @property
    def place(self) -> str:
        """How a message names the file of its counts."""
        return imported.place_of(self.id, self.counts) if self.imported else f"data/{self.counts}"


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
    """Return all releases, built in and imported, those that no study may use (kind `context`) included.

    Examples
    --------
    >>> [release.id for release in list_releases() if release.kind == "study"]
    ['radar-2022', 'bbc-2016', 'home-office-2018-19']
    """
    found = _built_in()
    return [*found.values(), *(_imported(name) for name in imported.list_imported() if name not in found)]


def _built_in() -> dict[str, Release]:
    return {row["id"]: Release(**row.values) for row in read_table("releases.csv")}


def _imported(name: str) -> Release | None:
    about = imported.read_imported(name)
    if about is None:
        return None
    row = about["release"]
    return Release(**row | {"outcomes": tuple(row["outcomes"])}, imported=True)


def is_built_in(text: str) -> bool:
    """Return whether a release with this id comes with the project.

    Examples
    --------
    >>> is_built_in("bbc-2016")
    True
    """
    return text in _built_in()


def counts_file(release: Release) -> Path:
    """Return the path of a release's counts if they are the bytes that were reviewed, or imported.

    Raises
    ------
    InputError
        If the file is missing or differs.

    Examples
    --------
    >>> counts_file(find_release("bbc-2016")).name
    'bbc-2016.csv'
    """
    if release.imported:
        return imported.counts_path(release.id, release.counts)
    return verify_file(data_folder(), release.counts)


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
        raise InputError(f"there is no release {text!r}; {offer_names(text, usable)}")
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
    if release.imported:
        return {row["code"]: row["title"] for row in imported.read_imported(release.id)["offences"]}
    return {row["code"]: row["title"] for row in read_table("offences.csv") if row["release"] == release.id}


def list_limits(release: Release, outcome: Outcome) -> list[str]:
    """Return what the figures of a release cannot show of an outcome, one sentence each.

    Examples
    --------
    >>> release = find_release("bbc-2016")
    >>> len(list_limits(release, find_outcome(release, "charged")))
    4
    """
    if release.imported:
        rows = imported.read_imported(release.id)["limits"]
    else:
        rows = [row for row in read_table("limits.csv") if row["release"] == release.id]
    return [row["sentence"] for row in rows if row["outcome"] in (None, outcome.id)]


def forces_covered(release: Release) -> frozenset[str] | None:
    """Return the forces that an imported release has figures of; None for a built-in one, which says so itself.

    Examples
    --------
    >>> forces_covered(find_release("home-office-2018-19")) is None
    True
    """
    return frozenset(imported.read_imported(release.id)["forces"]) if release.imported else None


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
    """Return the sources with these ids, in the order of sources.csv, those of imported releases last.

    Examples
    --------
    >>> [source.publisher for source in read_sources({"home-office-2018-19"})]
    ['Home Office']
    """
    found = [Source(**row.values) for row in read_table("sources.csv") if row["id"] in ids]
    unknown = sorted(ids - {source.id for source in found})
    return found + [Source(**about["source"]) for name in unknown if (about := imported.read_imported(name))]
