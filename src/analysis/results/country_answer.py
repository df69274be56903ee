"""Everything that is said about all forces of one study together."""

from dataclasses import dataclass, field

from analysis.results.about_study import AboutStudy
from analysis.results.compared_forces import ComparedForces
from analysis.results.count_ranges import RateRange
from analysis.results.json_form import json_key
from analysis.results.vocabulary import POLICE, Vocabulary
from analysis.results.windows import FigureWindow


@dataclass(frozen=True, slots=True)
class LimitCurves:
    """Limits of a funnel over all sizes of force: 95% and 99.8%, proportions, None where there are none."""

    low_95: tuple[float | None, ...]
    high_95: tuple[float | None, ...]
    low_998: tuple[float | None, ...]
    high_998: tuple[float | None, ...]

    def level(self, name: str) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
        """Return the lower and the upper limits of a level, "95" or "998"."""
        return (self.low_95, self.high_95) if name == "95" else (self.low_998, self.high_998)


@dataclass(frozen=True, slots=True)
class FunnelCurves:
    """The limits of a funnel as curves.

    Attributes
    ----------
    theta : float
        The rate that the forces lie around, a proportion.
    recorded : tuple of int
        Sizes of force, crimes recorded, from below the smallest to beyond the largest.
    chance : LimitCurves
        The limits of chance alone at these sizes.
    usual : LimitCurves or None
        The limits within which ordinary forces lie; None where no force can be judged.
    """

    theta: float
    recorded: tuple[int, ...]
    chance: LimitCurves
    usual: LimitCurves | None


@dataclass(frozen=True, kw_only=True)
class AboutForces:
    """What figures and sentences of many forces need beside the numbers; forces are given by name.

    Attributes
    ----------
    different_from_rest, different_after_holm : tuple of str
        Forces told from what they are compared with, and those that still are after Holm's correction.
    outside : tuple of str
        Forces outside the 95% limits among forces.
    named : tuple of str
        Forces that a headline may name.
    judged : tuple of str
        Forces with crimes enough, among forces enough, to be called unusual or not.
    why_none_judged : str or None
        What the forces lack for that: "crimes", "closed cases" or "rates". None where some can be, or none takes part.
    few_expected : tuple of str
        Forces of whose crimes too few are expected with the outcome, or without it.
    open_decides : tuple of str
        Forces of which it depends on the open cases whether they are unusual.
    screened : tuple of str
        Forces that take no part: too many of their crimes are open.
    less_frequent : str or None
        Whether fewer crimes end "with" or "without" the outcome, at the common rate.
    outside_by_chance : float
        How many of the judged forces chance alone puts outside the 95% limits.
    own_rates : RateRange or None
        The limits of 95% of the forces' own rates, chance taken out; None where they show no spread.
    funnel : FunnelCurves or None
        None where the forces have no one rate to lie around.
    """

    different_from_rest: tuple[str, ...]
    different_after_holm: tuple[str, ...]
    outside: tuple[str, ...]
    named: tuple[str, ...]
    judged: tuple[str, ...]
    why_none_judged: str | None
    few_expected: tuple[str, ...]
    open_decides: tuple[str, ...]
    screened: tuple[str, ...]
    less_frequent: str | None = field(metadata=json_key("rarer"))
    outside_by_chance: float
    own_rates: RateRange | None
    funnel: FunnelCurves | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStudy(AboutStudy):
    """A study in words, with its id and the days that its figures cover."""

    study: str
    window: FigureWindow


@dataclass(frozen=True, kw_only=True)
class AboutCountry(AboutForces, DatedStudy):
    """What figures and sentences of all forces of a study need beside the numbers."""

    @property
    def words(self) -> Vocabulary:
        """The words for what is compared."""
        return POLICE


@dataclass(frozen=True, slots=True)
class CountryAnswer(ComparedForces):
    """All forces of a study beside each other, and what is said of them.

    Attributes
    ----------
    about : AboutCountry
        What figures and sentences need beside the numbers.
    """

    about: AboutCountry


@dataclass(frozen=True, kw_only=True)
class AboutInstitutions(AboutForces):
    """What a figure of institutions of any field needs beside the numbers: that of a table without a study.

    Attributes
    ----------
    words : Vocabulary
        The words of the field.
    outcome : str
        What is counted of the cases.
    against, of_outcomes, windows_differ
        As in `AboutStudy`: each is compared with the rest, over all its cases.
    """

    words: Vocabulary
    outcome: str
    against: str = "rest"
    of_outcomes: bool = False
    windows_differ: bool = False


@dataclass(frozen=True, slots=True)
class InstitutionsAnswer(ComparedForces):
    """Institutions of any field beside each other, as a figure draws them.

    Attributes
    ----------
    about : AboutInstitutions
        What the figure needs beside the numbers.
    """

    about: AboutInstitutions
