"""Which forces of a release have so many open cases that their counts say little."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenCases:
    """The crimes of one force, and those of them without an outcome on the day of the figures."""

    force: str
    recorded: int
    open: int


@dataclass(frozen=True)
class Screening:
    """The forces of a release, all offences together: those set aside, the one with most open cases of the others."""

    forces: int
    set_aside: tuple[OpenCases, ...]
    next_force: OpenCases | None
