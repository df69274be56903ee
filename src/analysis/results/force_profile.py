"""Everything that is published of one force here: a rate for each question, and what is still to be asked."""

from dataclasses import dataclass

from analysis.results.force_rates import Ends
from analysis.results.offence_mix import MixOfForce
from analysis.results.windows import FigureWindow
from analysis.results.year_series import ForceOverYears


@dataclass(frozen=True)
class JudgedRate:
    """A force's rate for one offence and outcome, with its verdicts.

    Attributes
    ----------
    study : str
        Id of the study.
    code, offence, outcome : str
        Code of the offence as published and its title, label of the outcome.
    window : FigureWindow
        The force's own.
    publisher : str
        Of the figures.
    low, high : int or None
        Lowest and highest possible count; None where nothing is known.
    recorded : int or None
        Crimes that the count is of.
    interval : tuple of float or None
        95% interval, from the lowest count's lower limit to the highest count's upper.
    against : str
        What it is compared with: "rest" or "published".
    alone : str or None
        Verdict against that: "higher", "lower", "not distinguishable", "depends" or "depends on the open cases".
    among : str or None
        Verdict among the forces: "higher", "lower", "not unusual", "too few" or "depends on the open cases".
    common : tuple of float or None
        The rate that it stands beside, lowest and highest: that of all forces together, or the published one.
    usual : tuple of float or None
        The rates that 95 in 100 forces would have; None where too few forces show it, or it is not asked.
    why_unknown : str or None
        Why there is no rate.
    """

    study: str
    code: str
    offence: str
    outcome: str
    window: FigureWindow
    publisher: str
    low: int | None
    high: int | None
    recorded: int | None
    interval: Ends | None
    against: str
    alone: str | None
    among: str | None
    common: Ends | None
    usual: Ends | None
    why_unknown: str | None

    @property
    def rate(self) -> Ends | None:
        """Lowest and highest rate; None where there is none."""
        if self.low is None or self.high is None or not self.recorded:
            return None
        return self.low / self.recorded, self.high / self.recorded


@dataclass(frozen=True)
class OfficialYear:
    """What an official table says of one force, offence by offence, for one outcome.

    Attributes
    ----------
    release, title : str
        Id and title of the table.
    rates : tuple of JudgedRate
        Of the offences with enough crimes to be judged among forces, by their titles.
    offences : int
        Offences of which the force recorded a crime.
    outside : int
        Of the rates, those outside the 95% limits however the open cases end.
    stand_out : tuple of str
        Studies of the rates that are so still after allowing for the number of rates looked at (Holm 1979, 5%).
    """

    release: str
    title: str
    rates: tuple[JudgedRate, ...]
    offences: int
    outside: int
    stand_out: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A true rate, and what it takes to tell it from the rate that it is compared with, four times in five.

    Attributes
    ----------
    times : float
        The true rate over the upper end of the other.
    rate : float
        The true rate.
    crimes : int or None
        Crimes needed; None where more than were looked at.
    years : float or None
        How long the force takes to record them at the pace of its figures; None where either is unknown.
    """

    times: float
    rate: float
    crimes: int | None
    years: float | None


@dataclass(frozen=True)
class OpenQuestion:
    """A question that the figures of a force leave open, and what would settle it.

    Attributes
    ----------
    rate : JudgedRate
        The figures that there are.
    a_year : float or None
        Crimes that the force recorded a year.
    differences : tuple of Difference
        From the smallest.
    """

    rate: JudgedRate
    a_year: float | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ForceProfile:
    """Everything that is published of one force in some studies.

    Attributes
    ----------
    force, slug : str
        Its name, and its name in paths.
    mixes : tuple of MixOfForce
        Of each official table in which the force has figures of all offences.
    rates : tuple of JudgedRate
        Of each study of one release, in the order given.
    over_years : tuple of ForceOverYears
        Of each study of several years in which the force can be reported.
    official : tuple of OfficialYear
        Of each official table.
    questions : tuple of OpenQuestion
        What the figures that are not official leave open.
    """

    force: str
    slug: str
    mixes: tuple[MixOfForce, ...]
    rates: tuple[JudgedRate, ...]
    over_years: tuple[ForceOverYears, ...]
    official: tuple[OfficialYear, ...]
    questions: tuple[OpenQuestion, ...]
