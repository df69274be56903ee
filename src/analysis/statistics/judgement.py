"""Every verdict on the forces of one or many studies: against the rest and among the forces, by both readings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.among_forces import ALPHA_HEADLINE, AmongForces, compare_among_forces
from analysis.statistics.arrays import NOTHING, Flags, Floats, Number, Words
from analysis.statistics.checks import check_counts, check_order
from analysis.statistics.mid_p import MidP, deciding_mid_p, mid_p_against_rest
from analysis.statistics.multiplicity import holm
from analysis.statistics.open_cases import count_closed, screen_open_cases
from analysis.statistics.proportions import Interval
from analysis.statistics.verdicts import (
    DEPENDS,
    DEPENDS_ON_OPEN_CASES,
    TOO_FEW,
    is_below,
    over_readings,
    verdict,
    verdicts,
)


@dataclass(frozen=True)
class Reading:
    """What is found if the open cases end in one way; one element a force."""

    charged: Number
    """Of all forces that take part together, page by page."""
    recorded: Number
    """The same; of the closed cases where these are read."""
    rest: MidP
    """Against the other forces; NaN for a force that takes no part."""
    holm: Floats
    """Of the p against the rest, over the forces that take part; NaN for others."""
    rest_verdict: Words
    """One of `verdicts.verdicts`; None for a force that takes no part."""
    among: AmongForces
    """Among the forces that take part."""


@dataclass(frozen=True)
class Judgement:
    """Every verdict on the forces of a study; one element a force, pages of forces where many studies are judged."""

    screened: Flags
    """Too many open cases: the count may be anything from those charged so far to these and all open."""
    exact: Flags
    """Takes part in the totals, the fits and the corrections: one count, something recorded, not screened."""
    low: Floats
    high: Floats
    """Lowest and highest possible count; a screened force's `high` holds its open cases."""
    p_range: Interval
    """Smallest and largest p against the exact forces over every whole count from `low` to `high`; for an exact force
    both are its own p of reading `never`. NaN where unknown."""
    never: Reading
    """No open case ends in the outcome."""
    as_closed: Reading
    """The open cases end as the closed ones did, in every force; the same as `never` where no open number is given."""
    rest_verdict: Words
    """`Reading.rest_verdict` where both readings agree, else "depends on the open cases". For a count that is a range:
    the word of every count, else "depends", or "depends on the open cases" where these make it a range. None where
    unknown."""
    among_verdict: Words
    """`AmongForces.verdict` where both readings agree, "too few" where either is, else "depends on the open cases";
    None for a force that takes no part."""
    has_readings: Flags
    """Whether the number of open cases is known, so that there are two readings."""
    named: Flags
    """Whether a headline may name the force: judged, and its Benjamini-Hochberg value below 0.025, in both readings."""


def judge_forces(
    low: ArrayLike,
    high: ArrayLike,
    recorded: ArrayLike,
    open_cases: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Judgement:
    """Return every verdict on the forces of a study.

    Parameters
    ----------
    low, high : array_like
        Lowest and highest possible count of each force, whole numbers, equal where it is known; NaN where nothing is.
        The last axis is that of a study's forces; a study each along others, which costs a third of one by one.
    recorded : array_like
        Whole numbers, at least `high`; NaN where unknown.
    open_cases : array_like, optional
        How many of the recorded had no outcome yet, NaN where unknown. None where no number is known, and for the
        outcome "not yet assigned" itself, which has one reading.
    confidence : float
        Of the verdicts against the rest, strictly between 0 and 1. Those among the forces are always at 95%.

    Returns
    -------
    Judgement

    Raises
    ------
    InputError
        For an impossible count or confidence, ``low > high``, or more charged and open than recorded.

    Examples
    --------
    >>> low = [105, 49, 13, 105, 98, 110, 101, 95, 104, 99, 103, 112, 97]
    >>> found = judge_forces(low, low, [3654, 1012, 1195, *[3500] * 10], [40, 10, 918, *[35] * 10])
    >>> found.rest_verdict[:3].tolist()
    ['not distinguishable', 'higher', 'depends on the open cases']
    """
    low, high, n, u = _check(low, high, recorded, open_cases)
    screened = screen_open_cases(n, u)
    exact = (low == high) & (n > 0) & ~screened
    never = as_closed = _read(np.where(exact, low, np.nan), n, confidence)
    # Without an open case on a page its two readings are one.
    some_open = np.nansum(np.where(exact, u, 0), axis=-1, keepdims=True) > 0
    if some_open.any():
        as_closed = _read(np.where(exact, low, np.nan), np.where(some_open, n - u, n), confidence)
    both = ~np.isnan(u)
    # Of the closed cases at most all have the outcome already, also where a range reaches further.
    highest = np.where(screened, np.fmin(high, n - u) + u, high)
    ranges = ~exact & (n > 0) & ~np.isnan(low + highest)
    p_range, range_verdict = _over_counts(low, highest, n, never, ranges, confidence)
    with_closed = ranges & both & ~screened & some_open
    _, closed_verdict = _over_counts(low, np.fmin(high, n - u), n - u, as_closed, with_closed, confidence)
    range_verdict = np.where(with_closed, over_readings(range_verdict, closed_verdict), range_verdict)
    range_verdict[screened & (range_verdict == DEPENDS)] = DEPENDS_ON_OPEN_CASES
    return Judgement(
        screened=screened,
        exact=exact,
        low=low,
        high=highest,
        p_range=Interval(*(np.where(exact, never.rest.p, end) for end in p_range)),
        never=never,
        as_closed=as_closed,
        rest_verdict=np.where(exact, _agreed(never.rest_verdict, as_closed.rest_verdict, both), range_verdict),
        among_verdict=_agreed(never.among.verdict, judged_or_too_few(as_closed.among.verdict), both),
        has_readings=both,
        named=_nameable(never) & (_nameable(as_closed) | ~both),
    )


def _check(
    low: ArrayLike, high: ArrayLike, recorded: ArrayLike, open_cases: ArrayLike | None
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the four as arrays of one shape, once they are possible; unknown open cases are NaN."""
    (lowest, n), (highest, _) = check_counts(low, recorded), check_counts(high, recorded)
    check_order(lowest, highest, "charged")
    lowest, highest, n, u = np.broadcast_arrays(lowest, highest, n, np.nan if open_cases is None else open_cases)
    count_closed(lowest, n, u)
    return lowest, highest, n, u


def _read(charged: Floats, recorded: Floats, confidence: float) -> Reading:
    """Compare every force that takes part, whose count is not NaN, with the rest and among the forces."""
    n = np.where(np.isnan(charged), np.nan, recorded)
    k = np.where(np.isnan(n), np.nan, charged)
    all_k, all_n = (np.nansum(count, axis=-1, keepdims=True) for count in (k, n))
    rest = mid_p_against_rest(k, n, all_k - k, all_n - n)
    return Reading(
        charged=all_k[..., 0][()],
        recorded=all_n[..., 0][()],
        rest=rest,
        holm=holm(rest.p),
        rest_verdict=verdicts(rest.side, rest.p, confidence=confidence),
        among=compare_among_forces(k, n),
    )


def _over_counts(
    low: Floats, high: Floats, recorded: Floats, reading: Reading, ranges: Flags, confidence: float
) -> tuple[Interval, Words]:
    """Return smallest and largest p and the word over every count of those forces whose count is a range."""
    smallest, largest = np.full(low.shape, np.nan), np.full(low.shape, np.nan)
    words = np.full(low.shape, None, object)
    if ranges.any():
        n = recorded[ranges]
        all_k, all_n = (np.expand_dims(total, -1) for total in (reading.charged, reading.recorded))
        rest_k, rest_n = (np.broadcast_to(total, low.shape)[ranges] for total in (all_k, all_n))
        found = deciding_mid_p(lambda count: mid_p_against_rest(count, n, rest_k, rest_n), low[ranges], high[ranges])
        smallest[ranges], largest[ranges] = found.p.min(axis=0), found.p.max(axis=0)
        words[ranges] = [verdict(*test, confidence=confidence) for test in zip(found.side.T, found.p.T, strict=True)]
    return Interval(smallest, largest), words


def _agreed(never: Words, as_closed: Words, both: Flags) -> Words:
    """Return the word of both readings; the first one's where the number of open cases is unknown."""
    return np.where(both, over_readings(never, as_closed), never)


def judged_or_too_few(as_closed: Words) -> Words:
    """Return the words of the closed cases; those that are none make the verdict that both readings share "too few".

    Parameters
    ----------
    as_closed : numpy.ndarray of object
        None for a force without a known closed case, and for all where this leaves fewer than ten others.

    Examples
    --------
    >>> judged_or_too_few(np.array(["higher", None], object)).tolist()
    ['higher', 'too few']
    """
    return np.where(np.equal(as_closed, NOTHING), TOO_FEW, as_closed)


def _nameable(reading: Reading) -> Flags:
    """Return which forces a headline may name by one reading alone."""
    return is_below(reading.among.benjamini_hochberg, ALPHA_HEADLINE)
