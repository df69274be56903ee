"""One release: what it says of itself, and the interface that every kind of release answers.

A kind of release is a folder with one class that is a `ReleaseFigures`; `releases` lists the kinds and opens a release.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol

from analysis.counts import imported
from analysis.counts.digests import verify_file
from analysis.counts.findings import Finding
from analysis.counts.folder import data_folder
from analysis.counts.tables import read_table
from analysis.errors import InputError

FigureRow = dict[str, str | int | bool | None]
"""What is known of one force, or of one of its outcomes, by column."""
ALL_OFFENCES = "all"
"""In place of a code: all offences together."""
CRIMES_WITH_AN_OUTCOME = "crimes with an outcome"
"""The basis of rates over crimes with an outcome, which never stand beside rates over crimes recorded."""
NO_CRIMES = "no crimes recorded"
"""Why a count of no crimes at all makes no rate."""
STILL_OPEN = "0"
"""The outcome type of crimes that have none yet."""
TotalKey = tuple[str, str, str, str]
"""Offence, force, measure and outcome type of a total; empty where it is over all of them."""


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


class Cell(NamedTuple):
    """One force's crimes of one offence: recorded, with an outcome, and still open."""

    force: str
    offence: str
    with_outcome: int
    recorded: int
    still_open: int


class ReleaseFigures(Protocol):
    """The figures of one release: what every kind of release can be asked."""

    every_offence: ClassVar[bool]
    """Whether every force has a count of every offence, so that all of them can be put together."""

    def __init__(self, release: Release) -> None:
        """Take the release; nothing is read before it is asked for."""

    @staticmethod
    def holds(release: Release) -> bool:
        """Return whether a release is of this kind; of every release exactly one kind says so."""

    def offences(self) -> dict[str, str]:
        """Return the title of each offence code."""

    def study_rows(self, offence: str, outcome: Outcome, missing: str) -> list[FigureRow]:
        """Return the row of each force in a study: the columns of `Study.forces` but the slug.

        Parameters
        ----------
        offence
            Code as published.
        outcome
            The outcome.
        missing
            Why a force has no count, where its figures leave the outcome out.
        """

    def force_outcomes(self, offence: str, force: str) -> list[FigureRow]:
        """Return all published outcomes of a force, in the columns of `studies.outcomes_of` and in its order."""

    def cells(self, outcome: Outcome) -> list[Cell]:
        """Return the count of each force and offence that is known; of every one where `every_offence`."""

    def codes(self) -> set[str]:
        """Return the offence codes that occur in the figures, listed or not."""

    def totals(self) -> Mapping[TotalKey, int]:
        """Return the totals that control_totals.csv may be held against."""

    def check(self) -> Iterator[Finding]:
        """Yield what is marked in the figures, contradicts itself or is damaged."""


def in_order_of_types(rows: list[FigureRow]) -> list[FigureRow]:
    """Return the outcomes of a force by the number of their first type, those without a number last.

    Examples
    --------
    >>> [row["outcome_type"] for row in in_order_of_types([{"outcome_type": kind} for kind in ("other", "14;16", "1")])]
    ['1', '14;16', 'other']
    """
    return sorted(rows, key=lambda row: _type_order(str(row["outcome_type"])))


def code_in_path(code: str) -> str:
    """Return an offence code as it stands in study ids and paths.

    Examples
    --------
    >>> code_in_path("8/71")
    '8-71'
    """
    return code.replace("/", "-")


def counts_file(release: Release) -> Path:
    """Return the path of a release's counts if they are the bytes that were reviewed, or imported.

    Raises
    ------
    InputError
        If the file is missing or differs.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> counts_file(find_release("bbc-2016")).name
    'bbc-2016.csv'
    """
    if release.imported:
        return imported.counts_path(release.id, release.counts)
    return verify_file(data_folder(), release.counts)


def stated_offence_rows(release: Release) -> list[Mapping[str, Any]]:
    """Return code, title, group, subgroup and expired of each offence that data/, or an imported release, states.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> rows = stated_offence_rows(find_release("home-office-2018-19"))
    >>> [row["subgroup"] for row in rows if row["code"] == "8R"]
    ['Harassment']
    """
    if release.imported:
        return list(imported.read_whole(release.id)["offences"])
    return [row.values for row in read_table("offences.csv") if row["release"] == release.id]


def stated_offences(release: Release) -> dict[str, str]:
    """Return the title of each offence code that data/, or an imported release, states for it.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> stated_offences(find_release("home-office-2018-19"))["8R"]
    'Malicious Communications'
    """
    return {row["code"]: row["title"] for row in stated_offence_rows(release)}


def forces_covered(release: Release) -> frozenset[str] | None:
    """Return the forces that an imported release has figures of; None for a built-in one, which says so itself.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> forces_covered(find_release("home-office-2018-19")) is None
    True
    """
    return frozenset(imported.read_whole(release.id)["forces"]) if release.imported else None


def refuse_unlike(first: Release, other: Release, *, publishers: str, bases: str) -> None:
    """Refuse two releases of different publishers or bases.

    Parameters
    ----------
    publishers, bases
        Why the one and the other may not stand together, as the end of the sentence.

    Raises
    ------
    InputError
        Naming both releases, and in what they differ.
    """
    if first.publisher != other.publisher:
        raise InputError(f"{first.id} is of {first.publisher} and {other.id} of {other.publisher}: {publishers}")
    if first.basis != other.basis:
        raise InputError(f"{first.id} is of {first.basis} and {other.id} of {other.basis}: {bases}")


def _type_order(kind: str) -> tuple[int, str]:
    first = kind.partition(";")[0]
    return int(first) if first.isdigit() else 1000, kind
