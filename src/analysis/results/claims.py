"""What of the newspaper article stands: each claim, the figure behind it and the verdict on it."""

from dataclasses import dataclass

from analysis.results.force_answer import ForceAnswer
from analysis.results.windows import FigureWindow, Window


@dataclass(frozen=True)
class RecordedFigure:
    """The crimes recorded, held against the percentages printed beside them.

    Attributes
    ----------
    recorded : int
        Crimes recorded, as printed.
    percents : tuple of str
        The percentages printed beside them, as printed.
    counts : tuple of int
        The one count that each of them allows.
    possible_share : float
        Share of all percentages with one decimal that are a whole number of these crimes, a proportion.
    """

    recorded: int
    percents: tuple[str, ...]
    counts: tuple[int, ...]
    possible_share: float


@dataclass(frozen=True)
class ShareFigure:
    """The counts that a share of a force's crimes is about.

    Attributes
    ----------
    low, high : int
        The fewest and the most crimes with these outcomes.
    recorded : int
        Crimes recorded.
    at_least : bool
        Whether the share is printed as a floor.
    """

    low: int
    high: int
    recorded: int
    at_least: bool


@dataclass(frozen=True)
class NationalFigure:
    """What a rounded national share can stand for.

    Attributes
    ----------
    low, high : int
        The fewest and the most crimes with the outcome that round to the printed share.
    recorded : int
        Crimes recorded in all forces that answered.
    forces : int
        How many forces those are.
    count : int or None
        The count, where it was printed.
    """

    low: int
    high: int
    recorded: int
    forces: int
    count: int | None


@dataclass(frozen=True)
class ComparisonFigure:
    """The force beside the national rate that the article sets it against.

    Attributes
    ----------
    p_low, p_high : float or None
        Smallest and largest p-value over the range that the national figure stands for.
    verdict : str or None
        Verdict on the two rates.
    national_low, national_high : float or None
        What the national figure can stand for, proportions.
    interval_low, interval_high : float or None
        The force's Wilson interval.
    break_even_low : float or None
        The national rate below which the force would stand above it.
    national_window : FigureWindow
        The years of the national figure.
    """

    p_low: float | None
    p_high: float | None
    verdict: str | None
    national_low: float | None
    national_high: float | None
    interval_low: float | None
    interval_high: float | None
    break_even_low: float | None
    national_window: FigureWindow


@dataclass(frozen=True)
class PrintedRise:
    """Crimes recorded by one force in two years that follow each other."""

    force: str
    before: int
    after: int


@dataclass(frozen=True)
class RiseFigure:
    """The forces whose last two years were printed.

    Attributes
    ----------
    last : int
        The later of the two years.
    forces : int
        Forces that were asked.
    printed : tuple of PrintedRise
        Those whose two years were printed.
    """

    last: int
    forces: int
    printed: tuple[PrintedRise, ...]


@dataclass(frozen=True)
class LawFigure:
    """The law behind a claim.

    Attributes
    ----------
    provision : str
        Act and section.
    in_force : str
        The day it came into force, ISO.
    publisher : str
        Who publishes the law.
    most_years : int or None
        The longest sentence, where the claim is about it.
    share : float or None
        Share of the claim's window in which it was in force, where the claim is about that; a proportion.
    """

    provision: str
    in_force: str
    publisher: str
    most_years: int | None = None
    share: float | None = None


Figure = RecordedFigure | ShareFigure | NationalFigure | ComparisonFigure | RiseFigure | LawFigure


@dataclass(frozen=True)
class Claim:
    """One claim of the article.

    Attributes
    ----------
    id, claim, printed : str
        Its name, what it says in this project's words, and the number as printed.
    check : str
        How it is checked.
    force : str or None
        The force it is about.
    percent, fraction : str or None
        The share as printed, in per cent and as a fraction.
    caveat, needed : str or None
        What is right with a reservation, and what would be needed to check it; found on review.
    window : Window
        The years it is about.
    source : str
        Publisher of the figure behind it.
    found : Figure or None
        The figure behind it; None where no published figure is.
    verdict : str
        "holds", "holds with a caveat", "does not follow" or "cannot be checked from published figures".
    """

    id: str
    claim: str
    printed: str
    check: str
    force: str | None
    percent: str | None
    fraction: str | None
    caveat: str | None
    needed: str | None
    window: Window
    source: str
    found: Figure | None
    verdict: str


@dataclass(frozen=True)
class Article:
    """Every claim of the article, and the two answers that they rest on.

    Attributes
    ----------
    claims : tuple of Claim
        In the article's order.
    charged, victim : ForceAnswer
        What `analysis.answer.answer_force` says of Gwent: charged, and victim does not support action.
    digest : str
        Digest of the list of claims.
    version : str
        Version of the package.
    """

    claims: tuple[Claim, ...]
    charged: ForceAnswer
    victim: ForceAnswer
    digest: str
    version: str
