"""What the other stories of the article's release print, held against itself and against each other."""

from dataclasses import dataclass

from analysis.results.windows import Window


@dataclass(frozen=True)
class PrintedPair:
    """A percentage printed with its base, or a sum, beside what is printed of its parts elsewhere.

    Attributes
    ----------
    source : str
        Publisher of the story.
    area : str
        The forces it is about.
    outcome_types : tuple of str
        The outcome types it is about; none where it is of crimes recorded.
    count : int or None
        The count as printed.
    percent : str or None
        The percentage as printed.
    at_least : bool
        Whether it is printed as a floor.
    recorded : int
        Crimes recorded in the area.
    expected : int or None
        The count that follows from what is printed elsewhere; None where nothing is.
    fits : tuple of int, or None
        The fewest and the most crimes that the percentage allows; None without a percentage, or where it allows none.
    verdict : str
        Whether it agrees, or what it contradicts.
    reason : str or None
        The error as it is marked in the data.
    """

    source: str
    area: str
    outcome_types: tuple[str, ...]
    count: int | None
    percent: str | None
    at_least: bool
    recorded: int
    expected: int | None
    fits: tuple[int, int] | None
    verdict: str
    reason: str | None

    @property
    def contradicts(self) -> bool:
        """Whether it contradicts itself or another copy."""
        return self.verdict.startswith("contradicts")


@dataclass(frozen=True)
class PrintedWindow:
    """The years of one force's figures in a story.

    Attributes
    ----------
    force, source : str
        The force, and the publisher of the story.
    window : Window
        First and last day of the figures.
    years : float
        Their length in years of 365.25 days.
    recorded : int
        Crimes recorded in them, as printed.
    reason : str or None
        What is printed of it and does not match.
    """

    force: str
    source: str
    window: Window
    years: float
    recorded: int
    reason: str | None


@dataclass(frozen=True)
class Stories:
    """The other stories: `pairs` that can be held against others, and the `windows` of the forces."""

    pairs: tuple[PrintedPair, ...]
    windows: tuple[PrintedWindow, ...]
