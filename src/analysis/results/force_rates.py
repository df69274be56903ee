"""All forces' rates as one picture sets them beside each other: what is drawn of each, and what all are set beside."""

from dataclasses import dataclass
from typing import Literal

Ends = tuple[float, float]
"""Lowest and highest, as proportions."""


@dataclass(frozen=True)
class ForceRate:
    """One force's rate.

    Attributes
    ----------
    force : str
    rate : (float, float) or None
        Proportions, alike where the count is known; None where there is no rate.
    interval : (float, float) or None
        95%, from the lowest count's lower limit to the highest count's upper.
    verdict : str or None
        The study's headline verdict, of `ForceRates.asked`; None where it cannot be said.
    why_unknown : str or None
        Why there is no rate.
    """

    force: str
    rate: Ends | None
    interval: Ends | None
    verdict: str | None
    why_unknown: str | None


@dataclass(frozen=True)
class ForceRates:
    """The forces of one study.

    Attributes
    ----------
    title : str
        The study's.
    asked : {"forces", "rest", "national"}
        What the verdicts are about: whether a force is unusual among forces, or, where that cannot be asked, whether it
        differs from the other forces together or from the published national figure.
    forces : tuple of ForceRate
        In the order of their names.
    common : (float, float) or None
        The rate of all forces together, or the published national one, which may be a range; proportions.
    usual : (float, float) or None
        The rates that 95 in 100 forces would have; None where too few forces show it.
    """

    title: str
    asked: Literal["forces", "rest", "national"]
    forces: tuple[ForceRate, ...]
    common: Ends | None
    usual: Ends | None
