"""The two halves of a discrete distribution on either side of a count, half of the count's own chance in each.

The half in which the count lies away from the mean is summed term by term from the count outwards, so that a tail of
1e-200 is as exact as one of 0.3, and no small tail is ever 1 minus the other. The first term is Loader's form of the
binomial probability, in which nothing large cancels, also for a million crimes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlog1py, xlogy

from analysis.statistics.arrays import Flags, Floats
from analysis.statistics.binomial import at_least, fewer_than

NEGLIGIBLE = 1e-18
"""A term so small beside the sum so far that neither it nor those beyond it change the sum's last digit."""
FIRST_BLOCK, LARGEST_BLOCK = 16, 1024
AT_ONCE = 64
"""Rows whose terms are in memory at a time: more would not fit into a processor's own."""


class Tails(NamedTuple):
    """``P(X < k) + P(X = k)/2`` and ``P(X > k) + P(X = k)/2`` of a count k; together 1."""

    below: Floats
    above: Floats


def binomial_tails(charged: Floats, recorded: Floats, rate: Floats) -> Tails:
    """Return the tails of a count among so many crimes that each have the same chance.

    Parameters
    ----------
    charged, recorded, rate : numpy.ndarray of float
        Broadcast; whole counts, ``0 <= charged <= recorded``, and a rate from 0 to 1.

    Returns
    -------
    Tails

    Examples
    --------
    >>> below, above = binomial_tails(np.array(1.0), np.array(2.0), np.array(0.5))
    >>> f"{below:.2f} {above:.2f}"
    '0.50 0.50'
    """
    return Tails(binomial_below(charged, recorded, rate), binomial_above(charged, recorded, rate))


def binomial_below(charged: Floats, recorded: Floats, rate: Floats) -> Floats:
    """Return the tail below of `binomial_tails` alone, in half the time.

    Parameters
    ----------
    charged, recorded, rate : numpy.ndarray of float
        As in `binomial_tails`.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> float(binomial_below(np.array(1.0), np.array(2.0), np.array(0.5)))
    0.5
    """
    # Half of "fewer than k" and of "k or fewer" is "fewer than k, and half of k itself".
    below: Floats = (fewer_than(charged, recorded, rate) + fewer_than(charged + 1, recorded, rate)) / 2
    return below


def binomial_above(charged: Floats, recorded: Floats, rate: Floats) -> Floats:
    """Return the tail above of `binomial_tails` alone, in half the time.

    Parameters
    ----------
    charged, recorded, rate : numpy.ndarray of float
        As in `binomial_tails`.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> f"{binomial_above(np.array(2.0), np.array(2.0), np.array(0.5)):.3f}"
    '0.125'
    """
    above: Floats = (at_least(charged, recorded, rate) + at_least(charged + 1, recorded, rate)) / 2
    return above


def hypergeometric_tails(charged: Floats, recorded: Floats, all_charged: Floats, all_recorded: Floats) -> Tails:
    """Return the tails of a force's count when the charged are spread over all crimes by chance.

    Parameters
    ----------
    charged, recorded : numpy.ndarray of float
        One force each.
    all_charged, all_recorded : numpy.ndarray of float
        Totals that contain the force; broadcast.

    Returns
    -------
    Tails

    References
    ----------
    Loader 2000, Fast and accurate computation of binomial probabilities, for the first term.

    Examples
    --------
    >>> below, above = hypergeometric_tails(*(np.array([count]) for count in (1.0, 2.0, 1.0, 60.0)))
    >>> f"{above[0]:.6f}"
    '0.016667'
    """
    given = np.broadcast_arrays(charged, recorded, all_charged, all_recorded)
    shape = given[0].shape
    k, n, total_k, total_n = (part.ravel() for part in given)
    low = k * total_n <= n * total_k
    # Above its mean a count is as far down among the crimes without the outcome.
    side_k, side_total = np.where(low, k, n - k), np.where(low, total_k, total_n - total_k)

    def ratio(rows: NDArray[np.intp], step: Floats) -> Floats:
        x, m, up, size = (part[rows, np.newaxis] for part in (side_k, n, side_total, total_n))
        x = x - step
        found: Floats = np.maximum(x, 0) * np.maximum(size - up - m + x, 0) / ((up - x + 1) * (m - x + 1))
        return found

    # Two binomial probabilities with one rate, given the whole.
    parts = np.stack([side_k, side_total - side_k, side_total]), np.stack([n, total_n - n, total_n])
    own, rest, whole = _log_binomial(*parts, side_total / total_n, (total_n - side_total) / total_n)
    first = own + rest - whole
    return _two_sides(np.exp(first) * _half_and_beyond(first.size, ratio), low, shape)


def beta_binomial_tails(charged: Floats, recorded: Floats, a: Floats, b: Floats) -> Tails:
    """Return the tails of a count whose rate is itself drawn from Beta(a, b).

    Parameters
    ----------
    charged, recorded, a, b : numpy.ndarray of float
        One-dimensional and of one length; at least 1 recorded, `a` and `b` above 0 and finite.

    Returns
    -------
    Tails

    References
    ----------
    Skellam 1948, J R Stat Soc B 10:257.

    Examples
    --------
    >>> below, above = beta_binomial_tails(*(np.array([number]) for number in (0.0, 3.0, 1.0, 1.0)))
    >>> f"{below[0]:.3f}"
    '0.125'
    """
    low = charged * (a + b) <= recorded * a
    tail = _beta_binomial_tail(charged, recorded, a, b, low)
    # Where most of a skew distribution lies on the count's side of the mean, the other side is the small one.
    wrong = tail > 0.5
    low[wrong] = ~low[wrong]
    tail[wrong] = _beta_binomial_tail(charged[wrong], recorded[wrong], a[wrong], b[wrong], low[wrong])
    return _two_sides(tail, low, charged.shape)


def _beta_binomial_tail(charged: Floats, recorded: Floats, a: Floats, b: Floats, low: Flags) -> Floats:
    """Return the tail below each count where `low` says so, else the one above it."""
    n, k = recorded, np.where(low, charged, recorded - charged)
    a, b = np.where(low, a, b), np.where(low, b, a)

    def ratio(rows: NDArray[np.intp], step: Floats) -> Floats:
        x, m, shape, other = (part[rows, np.newaxis] for part in (k, n, a, b))
        x = x - step
        above_none = np.maximum(x, 1)
        return (x > 0) * above_none * (other + m - above_none) / ((m - above_none + 1) * (shape + above_none - 1))

    # Three negative binomial probabilities with one mean: the two parts given the whole.
    sizes, counts = np.stack([a, b, a + b]), np.stack([k, n - k, n])
    with_it, without, whole = _log_negative_binomial(counts, sizes, (a + b) / (a + b + n), n / (a + b + n))
    first: Floats = np.exp(with_it + without - whole)
    return first * _half_and_beyond(k.size, ratio)


def _two_sides(tail: Floats, low: Flags, shape: tuple[int, ...]) -> Tails:
    """Put each tail on its side and what is left on the other."""
    return Tails(
        np.where(low, tail, 1 - tail).reshape(shape),
        np.where(low, 1 - tail, tail).reshape(shape),
    )


def _half_and_beyond(size: int, ratio: Callable[[NDArray[np.intp], Floats], Floats]) -> Floats:
    """Return a half and the sum of all terms beyond the first, each in units of the first.

    `ratio` gives every term over the one before it, rows by steps; 0 where there are no more.
    """
    total, last = np.full(size, 0.5), np.ones(size)
    for begin in range(0, size, AT_ONCE):
        _add_terms(total, last, np.arange(begin, min(begin + AT_ONCE, size)), ratio)
    return total


def _add_terms(
    total: Floats, last: Floats, rows: NDArray[np.intp], ratio: Callable[[NDArray[np.intp], Floats], Floats]
) -> None:
    """Add the terms of some rows to their totals, until a term adds nothing."""
    done, block = 0, FIRST_BLOCK
    while rows.size:
        terms = last[rows, np.newaxis] * np.cumprod(ratio(rows, done + np.arange(block, dtype=float)), axis=1)
        total[rows] += terms.sum(axis=1)
        last[rows] = terms[:, -1]
        rows = rows[last[rows] > NEGLIGIBLE * total[rows]]
        done, block = done + block, min(2 * block, LARGEST_BLOCK)


def _log_negative_binomial(count: Floats, size: Floats, share: Floats, rest: Floats) -> Floats:
    """Return log Gamma(size + count) / (Gamma(size) count!) share**size rest**count."""
    return np.log(size / (size + count)) + _log_binomial(size, size + count, share, rest)


def _log_binomial(count: Floats, size: Floats, share: Floats, rest: Floats) -> Floats:
    """Return the log of a binomial probability, for sizes that need not be whole; share + rest = 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        whole, *parts = _stirling_error(np.stack([size, count, size - count]))
        away = _deviance(np.stack([count, size - count]), np.stack([size * share, size * rest])).sum(axis=0)
        inner = whole - sum(parts) - away + 0.5 * np.log(size / (2 * np.pi * count * (size - count)))
    none, every = np.where(share < 0.5, xlog1py(size, -share), xlogy(size, rest)), xlogy(size, share)
    return np.where(count == 0, none, np.where(count == size, every, inner))


def _stirling_error(x: Floats) -> Floats:
    """Return how far Stirling's formula falls short of log x! (Loader 2000, delta)."""
    small = gammaln(x + 1) - (x + 0.5) * np.log(x) + x - 0.5 * np.log(2 * np.pi)
    square = x * x
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / x
    return np.where(x < 15, small, series)


def _deviance(x: Floats, mean: Floats) -> Floats:
    """Return ``x log(x / mean) + mean - x`` without cancellation where both are near (Loader 2000, D0)."""
    share = (x - mean) / (x + mean)
    square = share * share
    series = np.zeros_like(share)
    for power in range(17, 1, -2):
        series = square * (1 / power + series)
    near = (x - mean) * share + 2 * x * share * series
    return np.where(np.abs(share) < 0.1, near, xlogy(x, x / mean) + mean - x)
