"""A count, or a rate, as far as it is known: the lowest and the highest that it can be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountRange:
    """The fewest and the most crimes with the outcome; equal where it is exact, None where nothing is known."""

    low: int | None
    high: int | None

    @property
    def is_exact(self) -> bool:
        """Whether there is one count only."""
        return self.low is not None and self.low == self.high

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """The fewest and the most."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class RateRange:
    """The lowest and the highest rate, proportions; None where nothing is known."""

    low: float | None
    high: float | None

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The lowest and the highest."""
        return self.low, self.high


Limits = tuple[float | None, float | None]
"""The lower and the upper end of an interval, None where unknown."""
