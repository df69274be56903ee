"""The days that figures are about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """First and last day, ISO, both included."""

    start: str
    end: str
