"""A force's rate over all offences beside what its own mix of offences would give at the other forces' rates."""

from dataclasses import dataclass

from analysis.results.windows import FigureWindow
from analysis.results.year_series import CitedSource


@dataclass(frozen=True)
class MixAmongForces:
    """A force's ratio among the ratios of the others, given how those differ.

    Attributes
    ----------
    p : float or None
        Two-sided, on Student's t; None where the force has no ratio, or ten others have none.
    outside : str or None
        The limits that the ratio lies outside of, "95" or "99.8".
    judged : bool
        Whether at least 5 crimes with the outcome, and 5 without, are expected.
    bh : float or None
        Of p by Benjamini and Hochberg over the judged forces.
    named : bool
        Whether a headline may name the force: judged and `bh` below 0.025, under both readings of the open cases.
    verdict : str or None
        "higher", "lower", "not unusual", "too few" or "depends on the open cases".
    """

    p: float | None
    outside: str | None
    judged: bool
    bh: float | None
    named: bool
    verdict: str | None


@dataclass(frozen=True)
class OffenceMix:
    """The standardised ratio of one force.

    Attributes
    ----------
    observed : int
        Crimes with the outcome, of the offences that other forces recorded too.
    expected : float
        At the other forces' rate of each offence.
    ratio, low, high : float or None
        Observed over expected, with the interval of the ratios that its test does not reject; `ratio` is None where
        nothing is expected, `low` and `high` also where those ratios are no interval around it, as with few expected.
    z, p : float or None
        The test of a ratio of 1; None where the others' rates, all 0 or 1, leave nothing to chance.
    recorded, codes, codes_left_out : int
        Crimes and offences that take part, and offences that no other force recorded.
    verdict : str
        "higher", "lower" or "not distinguishable" than the mix gives, "too few" where fewer than 5 crimes are expected
        with the outcome, or without it, or "depends on the open cases".
    among : MixAmongForces
        The ratio among the others'.
    """

    observed: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    z: float | None
    p: float | None
    recorded: int
    codes: int
    codes_left_out: int
    verdict: str
    among: MixAmongForces


@dataclass(frozen=True)
class OffenceInMix:
    """One offence of a force's mix.

    Attributes
    ----------
    offence, title : str
        Code and title.
    recorded, count : int
        Crimes recorded, and those with the outcome.
    expected : float
        Crimes with the outcome at the other forces' rate.
    """

    offence: str
    title: str
    recorded: int
    count: int
    expected: float


@dataclass(frozen=True)
class AboutMix:
    """What a page says beside the numbers; `limits` are sentences, `digest` is that of the data."""

    title: str
    publisher: str
    outcome: str
    window: FigureWindow
    limits: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    digest: str
    version: str


@dataclass(frozen=True)
class MixOfForce:
    """A force over all offences together.

    Attributes
    ----------
    release, outcome, force : str
        The question.
    count, recorded, open : int
        Crimes with the outcome, recorded and still open, of all offences with known totals.
    others_rate : float
        Share with the outcome in the other forces together, those set aside not among them.
    set_aside : tuple of str
        Forces with so many open cases that their counts say little; they take no part.
    mix : OffenceMix or None
        None where the force is set aside, or recorded nothing that other forces recorded too.
    offences : tuple of OffenceInMix
        The ten that move the ratio most: largest difference between count and expected.
    about : AboutMix
        What else a page says.
    """

    release: str
    outcome: str
    force: str
    count: int
    recorded: int
    open: int
    others_rate: float
    set_aside: tuple[str, ...]
    mix: OffenceMix | None
    offences: tuple[OffenceInMix, ...]
    about: AboutMix
