"""How many crimes a force needs before a difference from the national rate can show: the power of the mid-P test."""

from collections.abc import Sequence

import numpy as np

from analysis.answer.methods import FORCE, RADAR
from analysis.counts.studies import read_study
from analysis.results.power_checks import CrimesNeeded, DetectableBySize, DetectableRates
from analysis.statistics.power import crimes_to_tell, detectable

NATIONAL, POWER = 0.06, 0.8
"""The national rate as quoted, and the chance with which a difference is to show."""


def detectable_by_size(sizes: Sequence[int] = (20, 50, 100, 200, 500, 1000, 2000, 5000)) -> DetectableBySize:
    """Return which true rates a force's crimes can tell from a national 6%, by number of crimes.

    Returns
    -------
    DetectableBySize
        Of the sizes and Gwent's, and of many in between.

    Examples
    --------
    >>> found = detectable_by_size()
    >>> f"{found.gwent.high:.3f}"
    '0.107'
    """
    gwent = read_study(RADAR).row(FORCE)["recorded"]
    between = np.unique(np.geomspace(min(sizes), max(sizes), 90).round()).astype(int)
    return DetectableBySize(
        national=NATIONAL,
        power=POWER,
        gwent=_detectable_rates(gwent),
        forces=len(read_study(RADAR).forces),
        rows=tuple(_detectable_rates(size) for size in sorted({*sizes, gwent})),
        curve=tuple(_detectable_rates(int(size)) for size in between),
    )


def _detectable_rates(recorded: int) -> DetectableRates:
    low, high, _ = detectable(recorded, NATIONAL, NATIONAL)
    return DetectableRates(recorded, low, high)


def crimes_needed(
    true_rates: Sequence[float] = (0.03, 0.04, 0.05, 0.07, 0.08, 0.09, 0.10, 0.12, 0.15, 0.20),
    *,
    power: float = POWER,
    most: int = 6000,
) -> list[CrimesNeeded]:
    """Return how many crimes a force needs before a difference from a national 6% shows.

    Parameters
    ----------
    true_rates : sequence of float
        The force's true rates, not 6%.
    power : float
        Chance with which the mid-P test at 5% must tell it.
    most : int
        Largest number of crimes looked at.

    Returns
    -------
    list of CrimesNeeded
        Largest number looked at: `most`. The chance goes up and down a little as crimes are added, so fewer may do too.

    Examples
    --------
    >>> crimes_needed([0.10])[0].recorded
    364
    """
    crimes = read_study(RADAR).forces["recorded"]
    needed = crimes_to_tell(true_rates, NATIONAL, NATIONAL, power=power, most=most)
    return [
        CrimesNeeded(rate, rate - NATIONAL, size, int((crimes >= (size or most + 1)).sum()))
        for rate, size in zip(true_rates, needed, strict=True)
    ]
