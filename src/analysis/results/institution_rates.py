"""What is said of each institution of a table, whatever the field: one flat row, as a data frame holds it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Institution:
    """An institution's numbers and its two verdicts; None where something is unknown or cannot be said.

    Attributes
    ----------
    name : str
        As it stands in the table.
    count_low, count_high : int or None
        The count, or the range that it lies in.
    recorded, open : int or None
        Cases, and those of them whose outcome is not known yet.
    rate_low, rate_high, wilson_low, wilson_high : float or None
        The rate and its 95% interval (Wilson 1927), proportions.
    rest_p_low, rest_p_high : float or None
        Two-sided mid-P of the comparison with the others together; smallest and largest over the counts that may be.
    rest_p_holm : float or None
        That p after Holm's correction for all comparisons.
    verdict_rest : str or None
        Whether the rate is higher or lower than that of the others together; allows for chance alone.
    among_p : float or None
        How far out the institution lies among the others, given how much they differ.
    among_outside : {"95", "99.8"} or None
        The limits, in per cent, that it lies outside of.
    among_bh : float or None
        That p after allowing for all institutions of the table (Benjamini and Hochberg 1995).
    is_named : bool or None
        Whether it can be called unusual, chance over the whole table allowed for.
    verdict_among : str or None
        Whether it is unusual among the others; "too few" where there are too few cases to judge.
    screened : bool
        Whether too many cases are open for the institution to take part.
    why_unknown : str or None
        Why there is no rate.
    """

    name: str
    count_low: int | None
    count_high: int | None
    recorded: int | None
    open: int | None
    rate_low: float | None
    rate_high: float | None
    wilson_low: float | None
    wilson_high: float | None
    rest_p_low: float | None
    rest_p_high: float | None
    rest_p_holm: float | None
    verdict_rest: str | None
    among_p: float | None
    among_outside: str | None
    among_bh: float | None
    is_named: bool | None
    verdict_among: str | None
    screened: bool
    why_unknown: str | None

    @property
    def is_known(self) -> bool:
        """Whether anything is known of the rate."""
        return bool(self.recorded) and self.count_low is not None


@dataclass(frozen=True)
class Together:
    """What the institutions with exact counts show together.

    Attributes
    ----------
    institutions : int
        How many have an exact count, of one case at least.
    needed : int
        How many it takes to say how much they usually differ.
    count, recorded : int or None
        Their cases with the outcome, and all their cases.
    rate : float or None
        The one over the other.
    times_chance : float or None
        How many times what chance alone gives they differ by: the overdispersion φ; None where they are too few.
    different : int
        How many differ from the others together.
    judged : int
        How many have cases enough to be judged among the others.
    """

    institutions: int
    needed: int
    count: int | None
    recorded: int | None
    rate: float | None
    times_chance: float | None
    different: int
    judged: int
