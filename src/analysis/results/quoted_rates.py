"""A charge rate that somebody quoted, held against the rates that go by that name."""

from dataclasses import asdict, dataclass
from typing import Any

from analysis.results.windows import FigureWindow

COHORT = "charged of the crimes recorded"
WITH_AN_OUTCOME = "charged of the crimes with an outcome"
CHARGES_OVER_CRIMES = "charges made over crimes recorded"
OF_OUTCOMES = "charges of all outcomes given"


@dataclass(frozen=True)
class CandidateRate:
    """One of the charge rates of a year.

    Attributes
    ----------
    kind : str
        `COHORT`, `CHARGES_OVER_CRIMES` or `OF_OUTCOMES`; `WITH_AN_OUTCOME` too in the totals of a year, which do not
        hold the crimes recorded.
    count, of : int or None
        Its numerator (charges) and denominator (crimes or outcomes); None where they are not published.
    fits : bool or None
        Whether the quoted rate can be this one, rounded as it was quoted; None where it cannot be tested.
    """

    kind: str
    count: int | None
    of: int | None
    fits: bool | None

    @property
    def rate(self) -> float | None:
        """The proportion; None where a number is not published or nothing was counted."""
        return self.count / self.of if self.count is not None and self.of else None


@dataclass(frozen=True)
class QuotedRate:
    """A quoted charge rate and what it can be.

    Attributes
    ----------
    quoted : str
        As it was typed.
    low, high : float
        The proportions that are quoted so.
    release, offence, offence_title : str
        The question.
    force : str or None
        The force; None for all forces together.
    forces : int
        Forces whose figures are in the numbers.
    left_out : tuple of str
        Forces whose figures are not known.
    window : FigureWindow
        The year.
    candidates : tuple of CandidateRate
        The rates, in the order of the kinds above.
    """

    quoted: str
    low: float
    high: float
    release: str
    offence: str
    offence_title: str
    force: str | None
    forces: int
    left_out: tuple[str, ...]
    window: FigureWindow
    candidates: tuple[CandidateRate, ...]

    def kinds(self, fits: bool | None) -> list[str]:
        """Return the kinds of rate that the quoted one is, is not, or cannot be tested against (None)."""
        return [one.kind for one in self.candidates if one.fits is fits]

    def as_json(self, sentences: list[str]) -> dict[str, Any]:
        """Return the object that `claim --json` prints, with the sentences that say it."""
        candidates = [asdict(one) | {"rate": one.rate} for one in self.candidates]
        found = {"is": self.kinds(True), "is_not": self.kinds(False), "not_tested": self.kinds(None)}
        return asdict(self) | {"candidates": candidates} | found | {"sentences": sentences}
