"""Years of crimes at the ages at which their figures were made, and where a young year may end."""

from dataclasses import dataclass

LABEL = "a range from how older years grew since the same age, and no interval: a year can grow as none of them did"


@dataclass(frozen=True)
class AgedRate:
    """The rate of one year's crimes in one edition.

    Attributes
    ----------
    release : str
        Id of the edition.
    year : str
        First day of the year.
    age : int
        Months from the end of the year to the edition.
    count, recorded : int
        Crimes with the outcome, and crimes recorded.
    """

    release: str
    year: str
    age: int
    count: int
    recorded: int

    @property
    def rate(self) -> float:
        """The proportion."""
        return self.count / self.recorded


@dataclass(frozen=True)
class YoungYear:
    """Where the rate of the latest year may end.

    Attributes
    ----------
    now : AgedRate
        The latest year in its latest edition.
    grown : tuple of (AgedRate, AgedRate)
        The older years that it rests on: at the same age, and in their latest edition.
    low, high : float or None
        The range of rates; None where no older year has editions at that age and later.
    label : str
        What kind of range it is.
    """

    now: AgedRate
    grown: tuple[tuple[AgedRate, AgedRate], ...]
    low: float | None
    high: float | None
    label: str = LABEL
