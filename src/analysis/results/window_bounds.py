"""Which national rates over a force's own years agree with all that is published, under stated assumptions."""

from dataclasses import dataclass

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
