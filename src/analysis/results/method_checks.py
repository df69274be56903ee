"""What the notebook on methods shows: what each choice of method does, beside those that were not made."""

from dataclasses import dataclass

from analysis.results.count_ranges import Limits


@dataclass(frozen=True)
class Coverage:
    """How often a 95% interval of one method holds the true rate, for one number of crimes.

    Attributes
    ----------
    method : str
        Name of the interval.
    recorded : int
        Crimes recorded.
    rates, coverage : tuple of float
        True rates, and the chance that the interval holds each.
    mean, lowest, lowest_at : float
        Mean and smallest coverage, and the true rate of the smallest.
    below_94 : float
        Share of the true rates at which coverage is under 94%.
    width : float
        Mean width of the interval.
    too_low, too_high : float
        Mean chance that the interval lies wholly below, or above, the true rate.
    """

    method: str
    recorded: int
    rates: tuple[float, ...]
    coverage: tuple[float, ...]
    mean: float
    lowest: float
    lowest_at: float
    below_94: float
    width: float
    too_low: float
    too_high: float


@dataclass(frozen=True)
class FixedRateAgreement:
    """How often interval, score test and funnel disagree about a fixed rate.

    Attributes
    ----------
    recorded : int
        Crimes recorded; every count of them is looked at.
    rates : int
        How many true rates.
    pairs, disagree : int
        Pairs of a count and a rate, and those about which the three do not all say the same.
    """

    recorded: int
    rates: int
    pairs: int
    disagree: int


@dataclass(frozen=True)
class FunnelBesideRest:
    """A force's z among all forces and against the rest.

    Attributes
    ----------
    force : str
        Its name.
    recorded : int
        Crimes recorded.
    share : float
        Its share of the crimes of all forces.
    factor : float
        ``1 / sqrt(1 - share)``, by which the two z differ.
    funnel_z, rest_z : float
        The force among all of them, and against the others.
    between : bool
        Whether the limit lies between the two.
    """

    force: str
    recorded: int
    share: float
    factor: float
    funnel_z: float
    rest_z: float
    between: bool


@dataclass(frozen=True)
class RestAgreement:
    """The two z of all forces of a study.

    Attributes
    ----------
    study : str
        The study.
    limit : float
        The 95% limit of either z.
    forces : tuple of FunnelBesideRest
        By size of z against the rest, largest first.
    near : tuple of FunnelBesideRest
        Those whose z against the rest is near the limit.
    """

    study: str
    limit: float
    forces: tuple[FunnelBesideRest, ...]
    near: tuple[FunnelBesideRest, ...]


@dataclass(frozen=True)
class RangeOfForce:
    """A force whose count is only known as a range, beside the forces with exact counts.

    Attributes
    ----------
    force : str
        Its name.
    low, high : int or None
        Fewest and most crimes with the outcome; None where nothing is known.
    recorded : int or None
        Crimes recorded.
    rate : tuple of float or None
        Lowest and highest rate.
    interval : tuple of float or None
        From the Wilson lower limit of the fewest to the upper limit of the most.
    p : tuple of float or None
        Smallest and largest p-value over every whole count.
    verdict : str or None
        Verdict against the rest.
    why_unknown : str or None
        Why nothing is known, where that is so.
    """

    force: str
    low: int | None
    high: int | None
    recorded: int | None
    rate: tuple[float | None, float | None]
    interval: tuple[float | None, float | None]
    p: tuple[float | None, float | None]
    verdict: str | None
    why_unknown: str | None


@dataclass(frozen=True)
class Ranges:
    """The forces of a study whose count is only known as a range.

    Attributes
    ----------
    study : str
        The study.
    rest : float
        Rate of the forces with exact counts together.
    exact : int
        How many those are.
    forces : tuple of RangeOfForce
        The others, the narrowest range first.
    """

    study: str
    rest: float
    exact: int
    forces: tuple[RangeOfForce, ...]


@dataclass(frozen=True)
class OpenCases:
    """What the open cases could make of the verdict on one force.

    Attributes
    ----------
    force : str
        Its name.
    count, recorded, still_open : int
        Crimes with the outcome so far, recorded, and still open.
    rate, rate_if_open : float
        Rate so far, and if every open case had the outcome.
    so_far, if_open : str or None
        Verdict on the counts so far, and on everything that the open cases could make of them, the other forces as they
        are.
    p, p_if_open : tuple of float or None
        Smallest and largest p-value of either.
    """

    force: str
    count: int
    recorded: int
    still_open: int
    rate: float
    rate_if_open: float | None
    so_far: str | None
    if_open: str | None
    p: Limits
    p_if_open: Limits


@dataclass(frozen=True)
class MadeFrom:
    """What numbers come from: `digests` of their studies by id, and the `version` of the package."""

    digests: dict[str, str]
    version: str


@dataclass(frozen=True)
class SecondOpinion:
    """A number of the reports beside that of statsmodels.

    Attributes
    ----------
    what, call : str
        What it is, and the call that gives it, with the arguments that matter.
    ours, theirs : float
        A proportion, p-value or variance.
    """

    what: str
    call: str
    ours: float
    theirs: float
