"""How often the project's verdicts are false, and what they find."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SizeOfTests:
    """How often a test at 5% calls an ordinary force "higher", over true rates from 1% to 20%; 2.5% is promised.

    Attributes
    ----------
    recorded : int
        Crimes recorded.
    mid_p_mean, mid_p_worst, score_mean, score_worst : float
        Mean and largest chance over the true rates, of the mid-P test and of the score test.
    """

    recorded: int
    mid_p_mean: float
    mid_p_worst: float
    score_mean: float
    score_worst: float


@dataclass(frozen=True)
class LimitsTried:
    """What 95% limits do on simulated pages.

    Attributes
    ----------
    name : str
        How the limits are made.
    outside : float
        Share of ordinary forces outside of them.
    low_found : float
        Share of pages on which a force three standard deviations low is outside.
    low_found_interval : (float, float)
        Its 95% interval (Wilson): the pages are few.
    """

    name: str
    outside: float
    low_found: float
    low_found_interval: tuple[float, float]


@dataclass(frozen=True)
class SimulatedPages:
    """Pages of ordinary forces, with the sizes and the spread of a study.

    Attributes
    ----------
    study : str
        The study.
    pages, forces, seed : int
        Pages simulated, forces of each, and where the random numbers begin.
    limits : tuple of LimitsTried
        Leave-one-out beta-binomial, and symmetric.
    named : int
        Pages whose headline would name an ordinary force.
    named_interval : (float, float)
        95% interval (Wilson) of their share.
    """

    study: str
    pages: int
    forces: int
    seed: int
    limits: tuple[LimitsTried, LimitsTried]
    named: int
    named_interval: tuple[float, float]
