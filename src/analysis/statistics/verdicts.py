"""The words a comparison can end with, each made here and nowhere else."""

from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from analysis.statistics.arrays import NOTHING, Flags, Floats, Number, Words
from analysis.statistics.checks import check_share

HIGHER, LOWER, NOT_DISTINGUISHABLE, DEPENDS = "higher", "lower", "not distinguishable", "depends"

NOT_UNUSUAL, TOO_FEW, DEPENDS_ON_OPEN_CASES = "not unusual", "too few", "depends on the open cases"
RISES, FALLS, NO_CHANGE_SHOWN = "rises", "falls", "no change shown"
CHANGES = "changes, but in no one direction"
ALPHA_CHANGE = 0.002
"""Years differ where chance alone would make them differ so much less often than this."""
ALPHA_95 = 0.05
"""A force whose p among the forces is below lies outside the 95% limits,"""
ALPHA_998 = 0.002
"""and below this outside the 99.8% limits."""
ROUNDING = 1e-10
"""A p that is nearer to a level than this share of it is the level itself, but for the rounding of floats."""


class Score(NamedTuple):
    """A standard normal statistic and its two-sided p-value, each a number or an array."""

    z: Number
    p: Number


def two_sided_p(z: ArrayLike) -> Floats:
    """Return the two-sided p-value of a standard normal statistic.

    Parameters
    ----------
    z : array_like of float

    Returns
    -------
    numpy.ndarray or float
        0 to 1; NaN where z is.

    Examples
    --------
    >>> round(float(two_sided_p(1.959964)), 6)
    0.05
    """
    return 2 * ndtr(-np.abs(z))


def critical_z(confidence: float) -> float:
    """Return the standard normal statistic beyond which a comparison counts.

    Parameters
    ----------
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    float
        Its two-sided p-value is ``1 - confidence``.

    Raises
    ------
    InputError
        For an impossible confidence.

    Examples
    --------
    >>> f"{critical_z(0.95):.6f}"
    '1.959964'
    """
    return float(-ndtri((1 - check_share(confidence, "confidence")) / 2))


def level(confidence: float) -> float:
    """Return the p below which a comparison counts.

    Parameters
    ----------
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    float
        ``1 - confidence`` of the decimals as they are written; in floats 1 - 0.95 is above 0.05.

    Raises
    ------
    InputError
        For an impossible confidence.

    Examples
    --------
    >>> level(0.95), 1 - 0.95
    (0.05, 0.050000000000000044)
    """
    return float(1 - Decimal(repr(float(check_share(confidence, "confidence")))))


def is_below(p: ArrayLike, alpha: float) -> Flags:
    """Return which p-values are below a level; one that is the level itself, but for rounding, is not.

    Parameters
    ----------
    p : array_like of float
        NaN where unknown, which is not below.
    alpha : float
        The level.

    Returns
    -------
    numpy.ndarray of bool

    Examples
    --------
    >>> is_below([0.0499, 0.0499999999999999, 0.05], 0.05)
    array([ True, False, False])
    """
    found: Flags = np.asarray(p, float) < alpha * (1 - ROUNDING)
    return found


def verdict(z: ArrayLike, p: ArrayLike, *, confidence: float = 0.95) -> str | None:
    """Return the word for one comparison, or for a set of possible ones.

    Parameters
    ----------
    z : array_like of float
        One statistic, or one for every count and rate that is possible; its sign says on which side the force lies.
    p : array_like of float
        Their p-values.
    confidence : float
        Strictly between 0 and 1; a comparison counts where ``p < 1 - confidence``.

    Returns
    -------
    str or None
        "higher", "lower" or "not distinguishable" where all possible comparisons say so, "depends" where they say
        different things, None where one of them is unknown.

    Raises
    ------
    InputError
        For an impossible confidence.

    Examples
    --------
    >>> verdict([2.3, 2.0], [0.021, 0.046])
    'higher'
    >>> verdict([2.3, 1.9], [0.021, 0.057])
    'depends'
    """
    words: set[str | None] = set(verdicts(z, p, confidence=confidence).ravel().tolist())
    if None in words:
        return None
    return DEPENDS if len(words) > 1 else words.pop()


def verdicts(z: ArrayLike, p: ArrayLike, *, confidence: float = 0.95) -> Words:
    """Return the word for each of many comparisons.

    Parameters
    ----------
    z : array_like of float
        One statistic a comparison; its sign says on which side the force lies.
    p : array_like of float
        Their p-values.
    confidence : float
        Strictly between 0 and 1; a comparison counts where ``p < 1 - confidence``.

    Returns
    -------
    numpy.ndarray of object
        "higher", "lower" or "not distinguishable"; None where p is NaN.

    Raises
    ------
    InputError
        For an impossible confidence.

    Examples
    --------
    >>> verdicts([2.3, -1.9, -2.6], [0.021, 0.057, float("nan")]).tolist()
    ['higher', 'not distinguishable', None]
    """
    return _words(z, p, level(confidence), NOT_DISTINGUISHABLE)


def unusual(side: ArrayLike, p: ArrayLike, judged: Flags, compared: Flags) -> Words:
    """Return the word for each force among the others, given how those differ.

    Parameters
    ----------
    side : array_like of float
        Above 0 where a force's count is high.
    p : array_like of float
        Outside the 95% limits where below 0.05.
    judged : numpy.ndarray of bool
        Whether there are crimes enough to say it.
    compared : numpy.ndarray of bool
        Whether the force takes part and has ten others beside it.

    Returns
    -------
    numpy.ndarray of object
        "higher", "lower" or "not unusual"; "too few" where not judged, None where not compared.

    Examples
    --------
    >>> unusual([1, -1, 1, 1], [0.01, 0.02, 0.3, 0.01], np.array([True, True, True, False]), np.full(4, True)).tolist()
    ['higher', 'lower', 'not unusual', 'too few']
    """
    return np.where(compared, np.where(judged, _words(side, p, ALPHA_95, NOT_UNUSUAL), TOO_FEW), NOTHING)


def outside_limits(p: ArrayLike) -> Words:
    """Return which limits each force lies outside of, given how the others differ.

    Parameters
    ----------
    p : array_like of float
        Of each force among the forces.

    Returns
    -------
    numpy.ndarray of object
        "99.8", "95", or None within both, or unknown.

    Examples
    --------
    >>> outside_limits([0.06, 0.03, 0.001, float("nan")]).tolist()
    [None, '95', '99.8', None]
    """
    return np.where(is_below(p, ALPHA_998), "99.8", np.where(is_below(p, ALPHA_95), "95", NOTHING))


def over_readings(never: Words, as_closed: Words) -> Words:
    """Return the word that holds however the open cases end.

    Parameters
    ----------
    never, as_closed : numpy.ndarray of object
        Each force's word if no open case ends in the outcome, and if they end as the closed ones did; either both of
        `verdicts` or both of `unusual`.

    Returns
    -------
    numpy.ndarray of object
        The word where both are the same. "too few" where one of them is, "depends on the open cases" where they differ,
        None where nothing can be said even of the counts so far.

    Examples
    --------
    >>> over_readings(*np.array([["higher", "lower", "too few"], ["higher", "not unusual", "lower"]], object)).tolist()
    ['higher', 'depends on the open cases', 'too few']
    """
    few = (never == TOO_FEW) | (as_closed == TOO_FEW)
    words = np.where(never == as_closed, never, np.where(few, TOO_FEW, DEPENDS_ON_OPEN_CASES))
    return np.where(np.equal(never, NOTHING), NOTHING, words)


def over_years(slope: float, p: float, common_p: float) -> str:
    """Return the word for a rate over years.

    Parameters
    ----------
    slope : float
        Above 0 where the rate rises.
    p : float
        Of the slope; it counts below 0.05.
    common_p : float
        Of the years' scatter around one common rate; it counts below 0.002.

    Returns
    -------
    str
        "rises", "falls", "changes, but in no one direction" or "no change shown".

    Examples
    --------
    >>> over_years(-0.2, 0.002, 0.0), over_years(-0.02, 0.8, 1e-50), over_years(0.1, 0.06, 0.01)
    ('falls', 'changes, but in no one direction', 'no change shown')
    """
    if is_below(p, ALPHA_95):
        return RISES if slope > 0 else FALLS
    return CHANGES if is_below(common_p, ALPHA_CHANGE) else NO_CHANGE_SHOWN


def _words(side: ArrayLike, p: ArrayLike, alpha: float, neither: str) -> Words:
    """Return on which side each p below `alpha` lies; None where p is NaN."""
    p = np.asarray(p, float)
    word = np.where(is_below(p, alpha), np.where(np.asarray(side) > 0, HIGHER, LOWER), neither).astype(object)
    return np.where(np.isnan(p), NOTHING, word)
