"""What `check` reports of the figures, and how what stops a check becomes a finding too."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from analysis.counts.tables import split_place
from analysis.errors import InputError

FindingKind = Literal["marked", "contradiction", "damage"]
Contradiction = tuple[str, str]
"""The place of a figure, and what it contradicts."""


@dataclass(frozen=True, order=True)
class Finding:
    """Something that `check` reports.

    `kind` is `marked` (an error in a source, kept as printed and corrected beside it: no fault of the data),
    `contradiction` (figures that disagree and are not marked) or `damage` (a file, column or cell that cannot be used).
    """

    kind: FindingKind
    place: str
    text: str


def findings_of(kind: FindingKind, check: Callable[[], Iterable[Contradiction]]) -> Iterator[Finding]:
    """Yield what a check yields as findings of `kind`; what stops it is a finding too.

    Examples
    --------
    >>> [finding.text for finding in findings_of("marked", lambda: [("data/a.csv, row 2", "a misprint")])]
    ['a misprint']
    """
    try:
        for place, text in check():
            yield Finding(kind, place, text)
    except InputError as error:
        place, text = split_place(error)
        yield Finding("contradiction" if kind == "contradiction" else "damage", place, text)
