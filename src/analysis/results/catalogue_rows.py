"""What there is to ask about: releases, studies, offences, outcomes and forces; and what the check of figures found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedRelease:
    """A release: its id, `kind` ("study", or "context" where it answers nothing), window (ISO; None if not stated)."""

    release: str
    kind: str
    window_start: str | None
    window_end: str | None
    title: str


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """A study: its id, whether `batch` runs it by default, what forces are compared with ("rest" or "published")."""

    study: str
    default: bool
    against: str
    title: str


@dataclass(frozen=True, slots=True)
class ListedOffence:
    """An offence of a release: its code as published, or the id of a group with its codes joined by `;`, else None."""

    release: str
    offence: str
    title: str
    codes: str | None


@dataclass(frozen=True, slots=True)
class ListedOutcome:
    """An outcome: its id, the official types that make it up (`14;16`), its label and its official group."""

    outcome: str
    types: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class ListedForce:
    """A force of a study, and why no report can be written of it; `why_not` is None where one can."""

    force: str
    slug: str
    reportable: bool
    why_not: str | None


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that the check found: its kind ("marked" for an error of a source that is known), place and text."""

    kind: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check of all figures found.

    Attributes
    ----------
    findings : tuple of CheckFinding
        The marked errors of the sources, and anything that is not marked.
    passed : bool
        Whether nothing unmarked was found.
    summary : str
        How many of each.
    """

    findings: tuple[CheckFinding, ...]
    passed: bool
    summary: str
