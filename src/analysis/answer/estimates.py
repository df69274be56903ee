"""One rate from bare numbers, and its comparison with a national rate, the country or the rest."""

from dataclasses import replace

from analysis.answer.fields import counts, limits, number, rate_range, rates, unknown
from analysis.counts.notation import read_confidence, read_count, read_rate, read_whole
from analysis.errors import InputError
from analysis.presentation.sentences import estimate_sentence
from analysis.results.count_ranges import CountRange
from analysis.results.estimated_rate import (
    BesideNational,
    BesideRest,
    ChargesToTurn,
    Detectable,
    EffectSize,
    EstimatedRate,
    FisherTest,
    Intervals,
    MidPTest,
    OtherCrimes,
    ScoreTest,
    Tests,
)
from analysis.statistics.proportions import clopper_pearson_interval, interval_of_range
from analysis.statistics.published_rate import RateComparison, compare_with_rate
from analysis.statistics.rest import RestComparison, compare_with_country, compare_with_rest


def estimate_from_text(
    count: str,
    recorded: str,
    *,
    still_open: str | None = None,
    national: str | None = None,
    country: tuple[str, str] | None = None,
    rest: tuple[str, str] | None = None,
    confidence: str = "0.95",
) -> EstimatedRate:
    """Return `estimate` of arguments as a person types them.

    Parameters
    ----------
    count, recorded : str
        The count ("21", "<5", "3..9" or "7.8%") and the crimes recorded.
    still_open, national, confidence : str, optional
        Crimes still open; a national rate or range of rates ("6%", "5.5%..6.5%"); the confidence ("0.95", "95%").
    country, rest : tuple of str, optional
        Count and crimes of the country with this force in it, or of the others without it.

    Returns
    -------
    EstimatedRate
        See `estimate`.

    Raises
    ------
    InputError
        If an argument cannot be read, the arguments contradict each other, or more than one comparison is asked for.

    Examples
    --------
    >>> estimate_from_text("7.8%", "268", national="6%").verdict
    'not distinguishable'
    """
    if sum(given is not None for given in (national, country, rest)) > 1:
        raise InputError("Give only one of --national, --country and --rest: each is another comparison.")
    number = read_whole(recorded, what="RECORDED")
    found = read_count(count, number)
    return estimate(
        found.low,
        found.high,
        number,
        still_open=None if still_open is None else read_whole(still_open, what="--open"),
        national=None if national is None else read_rate(national)[:2],
        country=None if country is None else _pair(country, "--country"),
        rest=None if rest is None else _pair(rest, "--rest"),
        confidence=read_confidence(confidence),
    )


def _pair(texts: tuple[str, str], option: str) -> tuple[int, int]:
    count, recorded = (read_whole(text, what=f"{option} {name}") for text, name in zip(texts, "KN", strict=True))
    if count > recorded:
        raise InputError(
            f"{option} {count} {recorded}: the count is above the crimes recorded; write K N, count first."
        )
    return count, recorded


def estimate(
    low: int | None,
    high: int | None,
    recorded: int | None,
    *,
    still_open: int | None = None,
    national: tuple[float, float] | None = None,
    country: tuple[int, int] | None = None,
    rest: tuple[int, int] | None = None,
    confidence: float = 0.95,
) -> EstimatedRate:
    """Return the rate of one force, its intervals and, where something to compare with is given, the comparison.

    Parameters
    ----------
    low, high : int or None
        The smallest and largest number of crimes that can have had the outcome; equal where it is known, None where
        nothing is.
    recorded : int or None
        Crimes recorded; None where that is not known.
    still_open : int, optional
        Crimes still open. The count becomes low to high + still_open, in the interval, tests and verdict.
    national : tuple of float, optional
        Lowest and highest national rate, proportions.
    country : tuple of int, optional
        Count and crimes of the country, the force included.
    rest : tuple of int, optional
        Count and crimes of the others, the force not included.
    confidence : float
        Confidence of the intervals, a proportion; the verdict is the central mid-P test's at 1 - confidence.

    Returns
    -------
    EstimatedRate
        `comparison` is None where nothing to compare with is given.

    Raises
    ------
    InputError
        If the open crimes or the force do not fit into the crimes they are part of.

    Examples
    --------
    >>> answer = estimate(21, 21, 268, national=(0.055, 0.065))
    >>> answer.verdict, [round(p, 4) for p in answer.comparison.tests.mid_p.p]
    ('not distinguishable', [0.108, 0.3738])
    """
    if still_open is not None and high is not None and recorded is not None:
        if high + still_open > recorded:
            raise InputError(
                f"--open {still_open}: {high} and {still_open} open crimes are more than the {recorded} recorded; "
                "check the three numbers"
            )
        high += still_open
    rate = _rate_alone(low, high, recorded, still_open, confidence)
    ends = (unknown(low), unknown(high), unknown(recorded))
    comparison: BesideNational | BesideRest | None = None
    if national is not None:
        comparison = _beside_national(compare_with_rate(*ends, *national, confidence=confidence), national)
    elif country is not None:
        comparison = _beside_rest(compare_with_country(*ends, *country, confidence=confidence))
    elif rest is not None:
        comparison = _beside_rest(compare_with_rest(*ends, *rest, confidence=confidence))
    compared = replace(rate, comparison=comparison)
    return replace(compared, sentence=estimate_sentence(compared))


def _rate_alone(
    low: int | None, high: int | None, recorded: int | None, still_open: int | None, confidence: float
) -> EstimatedRate:
    ends = (unknown(low), unknown(high), unknown(recorded))
    wilson = interval_of_range(*ends, confidence=confidence)
    exact = interval_of_range(*ends, confidence=confidence, interval=clopper_pearson_interval)
    return EstimatedRate(
        count=CountRange(low, high),
        recorded=recorded,
        open=still_open,
        confidence=confidence,
        rate=rates(*ends[:2], recorded),
        intervals=Intervals(wilson=limits(wilson), clopper_pearson=limits(exact)),
        comparison=None,
        sentence="",
    )


def _beside_national(found: RateComparison, national: tuple[float, float]) -> BesideNational:
    reach = found.detectable
    return BesideNational(
        national=rate_range(national),
        tests=Tests(score=ScoreTest(number(found.z), limits(found.p)), mid_p=MidPTest(limits(found.mid_p))),
        break_even=rate_range(found.break_even),
        charges_to_turn=ChargesToTurn(*found.charges_to_turn),
        detectable=Detectable(number(reach.low), number(reach.high), reach.power),
        verdict=found.verdict,
    )


def _beside_rest(found: RestComparison) -> BesideRest:
    crimes = int(found.rest_recorded)
    return BesideRest(
        rest=OtherCrimes(counts(*found.rest_charged), crimes, rates(*found.rest_charged, crimes)),
        tests=Tests(
            score=ScoreTest(number(found.z), limits(found.p)),
            mid_p=MidPTest(limits(found.mid_p)),
            fisher=FisherTest(number(found.fisher_p)),
        ),
        difference=EffectSize(*map(number, found.difference)),
        ratio=EffectSize(*map(number, found.ratio)),
        verdict=found.verdict,
    )
