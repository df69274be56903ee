"""The days that figures are about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, ISO, both included."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class FigureWindow:
    """First and last day of published figures, ISO, both included; None where the source does not state them."""

    start: str | None
    end: str | None
