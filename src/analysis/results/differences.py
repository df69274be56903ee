"""What moved between two publications: of two releases, or of two folders of reports."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, NamedTuple


class FigureKey(NamedTuple):
    """Which figure it is, in both publications; sorted by offence, outcome and force."""

    release: str
    """The id of the release; empty where two releases are compared with each other."""
    offence: str
    """The code as published, or as it stands in the id of a study."""
    outcome: str
    force: str


@dataclass(frozen=True)
class Figure:
    """One force's figure and verdicts; None where something is not known or was not judged.

    Attributes
    ----------
    count_low, count_high : int or None
        The fewest and the most crimes with the outcome.
    recorded : int or None
        The crimes that they are a part of.
    open : int or None
        The crimes that have no outcome yet.
    verdict : str or None
        Of the comparison with the rest, or with a published figure.
    verdict_among_forces : str or None
        Of the comparison that allows for how forces usually differ.
    """

    count_low: int | None
    count_high: int | None
    recorded: int | None
    open: int | None
    verdict: str | None
    verdict_among_forces: str | None

    @property
    def exact(self) -> bool:
        """Whether the count is known, and one number."""
        return self.count_low is not None and self.count_low == self.count_high


VERDICTS = ("verdict", "verdict_among_forces")


@dataclass(frozen=True)
class Move:
    """A figure that is not the same in both; None in the publication that has no such force."""

    key: FigureKey
    old: Figure | None
    new: Figure | None

    @property
    def what(self) -> tuple[str, ...]:
        """The names of the fields of `Figure` that moved."""
        names = (field.name for field in fields(Figure))
        return tuple(name for name in names if getattr(self.old, name, None) != getattr(self.new, name, None))

    @property
    def turned(self) -> bool:
        """Whether a verdict moved."""
        return any(name in VERDICTS for name in self.what)


@dataclass(frozen=True)
class Differences:
    """Two publications side by side.

    Attributes
    ----------
    understood : str
        `releases` or `reports`: what the two names were taken for.
    old, new : str
        The two names, as they were given.
    notes : tuple of str
        What must be known to read the moves, one sentence each.
    compared : int
        How many figures were looked at.
    only_old, only_new : tuple of str
        The offences, or studies, that only one of them has, sorted; nothing of theirs is compared.
    moves : tuple of Move
        What moved, sorted by its key.
    """

    understood: Literal["releases", "reports"]
    old: str
    new: str
    notes: tuple[str, ...]
    compared: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    moves: tuple[Move, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the object that `diff --json` prints: the key of a move stands in it part by part."""
        moves = [asdict(move) | move.key._asdict() | {"what": move.what} for move in self.moves]
        for move in moves:
            del move["key"]
        return asdict(self) | {"moves": moves}
