"""What a number of crimes can show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DetectableRates:
    """The true rates that a number of crimes tells from the national one with the power asked for.

    Attributes
    ----------
    recorded : int
        Crimes recorded.
    low, high : float or None
        Rates below, and above, which a difference shows; None where none does.
    """

    recorded: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class DetectableBySize:
    """Which true rates a force's crimes can tell from a national rate, by number of crimes.

    Attributes
    ----------
    national, power : float
        The national rate, and the chance with which a difference is to show.
    gwent : DetectableRates
        Those of Gwent's crimes.
    forces : int
        Forces of the release.
    rows, curve : tuple of DetectableRates
        Of the sizes asked for and Gwent's, and of many in between.
    """

    national: float
    power: float
    gwent: DetectableRates
    forces: int
    rows: tuple[DetectableRates, ...]
    curve: tuple[DetectableRates, ...]


@dataclass(frozen=True)
class CrimesNeeded:
    """How many crimes a force needs before a difference from the national rate shows.

    Attributes
    ----------
    rate, difference : float
        The force's true rate, and how far it is from the national one.
    recorded : int or None
        That many crimes and any larger number looked at suffice; None where not even the largest does.
    forces : int
        Forces of the release with as many.
    """

    rate: float
    difference: float
    recorded: int | None
    forces: int
