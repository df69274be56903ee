"""What an inspection found of how many reported crimes a force recorded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordedShare:
    """The share of the crimes reported to a force that it recorded, as one inspection printed it.

    Attributes
    ----------
    inspection : str
        Its year, or its name with the year.
    percent : str
        The share as printed, a percentage.
    margin : str or None
        Half the width of the printed confidence interval, percentage points; None where none is printed.
    rounded : bool
        Whether it is printed as about that many per cent.
    """

    inspection: str
    percent: str
    margin: str | None
    rounded: bool
