"""One force over years: each year's rate, the trend, and what breaks the series."""

from dataclasses import dataclass

from analysis.results.count_ranges import CountRange, RateRange
from analysis.results.listed_codes import ListedCode
from analysis.results.windows import Window


@dataclass(frozen=True)
class OtherForces:
    """The other forces of one year whose counts are exact, together.

    Attributes
    ----------
    forces : int
        How many those are.
    count : CountRange
        Their crimes with the outcome.
    recorded : int
        Their crimes recorded.
    open : int or None
        Their cases still open; None where a force's number is not known.
    rate : float or None
        The share with the outcome; None where nothing is recorded.
    wilson : tuple of float or None
        The Wilson interval of that rate.
    """

    forces: int
    count: CountRange
    recorded: int
    open: int | None
    rate: float | None
    wilson: tuple[float | None, float | None]


@dataclass(frozen=True)
class Year:
    """One force in one year.

    Attributes
    ----------
    release : str
        The release that the figures are from.
    start : int
        The calendar year in which the year begins.
    window : Window
        First and last day.
    count : CountRange
        Crimes with the outcome so far.
    recorded, open : int or None
        Crimes recorded, and those still open when the figures were made.
    rate : RateRange
        Share with the outcome.
    wilson : tuple of float or None
        From the Wilson lower limit of the fewest to the upper limit of the most.
    why_unknown : str or None
        Why nothing is known, where that is so.
    open_share, rate_if_open : float or None
        Share still open, and the rate if all of them had the outcome; None where the open cases are not known.
    others : OtherForces
        The other forces in the same year.
    """

    release: str
    start: int
    window: Window
    count: CountRange
    recorded: int | None
    open: int | None
    rate: RateRange
    wilson: tuple[float | None, float | None]
    why_unknown: str | None
    open_share: float | None
    rate_if_open: float | None
    others: OtherForces

    @property
    def is_known(self) -> bool:
        """Whether there is a rate to draw."""
        return self.rate.low is not None and not self.why_unknown


@dataclass(frozen=True)
class TrendTest:
    """A slope over the years in a logistic model whose error allows for the scatter between years.

    Attributes
    ----------
    slope, standard_error : float or None
        Change of the log odds a year; None where there is no end to it.
    scale : float or None
        By how much more than chance the years scatter around the line, a factor of the variance, at least 1.
    t, p : float or None
        Student's t on two degrees of freedom fewer than years, and its two-sided p-value.
    """

    slope: float | None
    standard_error: float | None
    scale: float | None
    t: float | None
    p: float | None


@dataclass(frozen=True)
class Trend:
    """How a rate moves over the years, and whether that holds however the open cases end.

    Attributes
    ----------
    z, p : float or None
        Of the Cochran-Armitage test on the counts so far. It takes every scatter between years for a trend, stands
        beside the verdict and decides nothing.
    test : TrendTest or None
        What decides between "rises", "falls" and the rest, on the counts so far.
    common_p : float or None
        The p-value of the years' scatter around one common rate, so far.
    so_far, as_closed : str or None
        Verdict on the counts so far, and on the closed cases alone, as if the open ones end as those did: "rises",
        "falls", "changes, but in no one direction" or "no change shown". Where a year's open cases are not known they
        count as none; `as_closed` is None where the closed ones are too few.
    verdict : str or None
        The same if it is that of both, else "depends on the open cases".
    open_known : bool or None
        Whether the open cases of every year are known.
    years : int
        Years with an exact count.
    why_none : str or None
        Why there is no test; then everything else but `years` is None.
    """

    z: float | None
    p: float | None
    test: TrendTest | None
    common_p: float | None
    so_far: str | None
    as_closed: str | None
    verdict: str | None
    open_known: bool | None
    years: int
    why_none: str | None


@dataclass(frozen=True)
class TrendBesideOthers:
    """How much faster a force's rate rises than that of the other forces; a change that all share cancels.

    Attributes
    ----------
    test : TrendTest
        Of the difference of the two slopes, on the counts so far.
    years : int
        Years in which both sides are known.
    differs : bool or None
        Whether the trends differ, on the counts so far and on the closed cases alone; None where that depends on them.
    """

    test: TrendTest
    years: int
    differs: bool | None


@dataclass(frozen=True)
class SeriesBreak:
    """From `date` on, ISO, the series counts something else: a short `label`, and a `sentence`."""

    date: str
    label: str
    sentence: str


@dataclass(frozen=True)
class CitedSource:
    """Where figures come from."""

    publisher: str
    title: str
    address: str
    licence: str


@dataclass(frozen=True)
class AboutSeries:
    """What a page says of a series beside its numbers.

    Attributes
    ----------
    title, publisher, outcome : str
        Of the series; the outcome by its label.
    offence : str
        What the earliest year calls the offence.
    offence_titles : tuple of str
        What each year calls it.
    codes : tuple of ListedCode
        The offence codes of any year that are added up, where a group of offences is asked for.
    of_outcomes : bool
        Whether the rates are over the crimes with any outcome, open ones left out, and not over all crimes recorded.
    window : Window
        From the first day of the first year to the last of the last.
    years_needed : int
        Years with exact counts that a trend needs.
    limits : tuple of str
        What the figures cannot show, sentences.
    sources : tuple of CitedSource
        Of all years.
    digest, version : str
        Of the data, and of the package.
    """

    title: str
    publisher: str
    offence: str
    offence_titles: tuple[str, ...]
    codes: tuple[ListedCode, ...]
    outcome: str
    of_outcomes: bool
    window: Window
    years_needed: int
    limits: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    digest: str
    version: str


@dataclass(frozen=True)
class ForceOverYears:
    """One force's rate of one outcome in each year of a series.

    Attributes
    ----------
    series : str
        The one name of the series, however it was written.
    offence, outcome, force : str
        The question.
    confidence : float
        Of the intervals, a proportion. The verdicts on trends are at 5%.
    years : tuple of Year
        The earliest first.
    trend, trend_others : Trend
        Of the force, and of the other forces together.
    beside_others : TrendBesideOthers or None
        The one beside the other; None where too few years have both.
    breaks : tuple of SeriesBreak
        The earliest first.
    gaps : tuple of str
        Known gaps of the force's figures, sentences.
    about : AboutSeries
        What else a page says.
    """

    series: str
    offence: str
    outcome: str
    force: str
    confidence: float
    years: tuple[Year, ...]
    trend: Trend
    trend_others: Trend
    beside_others: TrendBesideOthers | None
    breaks: tuple[SeriesBreak, ...]
    gaps: tuple[str, ...]
    about: AboutSeries
