"""Which national rates over a force's own years agree with all that is published, under stated assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from analysis.results.windows import Window


@dataclass(frozen=True)
class WindowBound:
    """The national rates that one set of assumptions leaves.

    Attributes
    ----------
    id, words : str
        The set, and what it assumes.
    low, high : float
        Smallest and largest rate over the years, proportions, over all spreads of the crimes that agree with it.
    side : str
        Where the force would stand beside every one of these rates, allowing for chance only: "higher", "lower",
        "not distinguishable", or "depends" where that is not the same for all.
    """

    id: str
    words: str
    low: float
    high: float
    side: str


@dataclass(frozen=True)
class NationalWindow:
    """The national rate over a force's own years, which is not published: a sensitivity, never a verdict.

    Attributes
    ----------
    force : str
        The force.
    window : Window
        Its years.
    break_even : tuple of float
        The force would stand above any rate below the first, and below any above the second.
    bounds : tuple of WindowBound
        One for each set of assumptions, in the order of window_assumptions.csv.
    """

    force: str
    window: Window
    break_even: tuple[float, float]
    bounds: tuple[WindowBound, ...]

    def bound(self, name: str) -> WindowBound:
        """Return the bound of one set of assumptions."""
        return next(bound for bound in self.bounds if bound.id == name)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Return what `dataclasses.asdict` made a dictionary of.

        Examples
        --------
        >>> from dataclasses import asdict
        >>> found = NationalWindow("Gwent", Window("2017-01-01", "2021-12-31"), (0.05, 0.12), ())
        >>> NationalWindow.from_json(asdict(found)) == found
        True
        """
        bounds = tuple(WindowBound(**bound) for bound in found["bounds"])
        return cls(found["force"], Window(**found["window"]), tuple(found["break_even"]), bounds)
