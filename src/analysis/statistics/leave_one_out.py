"""How the other forces' own rates are distributed, for every force of a page at once.

The fit to all forces, with one force's part of the slopes taken away, gives a first step of Newton's method towards the
fit without it; a few steps on all left-out fits together follow. One large force at the common rate can hide a second,
higher maximum, so a left-out fit starts from a grid of sizes where a point of that is more likely.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit, xlog1py, xlogy

from analysis.statistics.arrays import Floats
from analysis.statistics.beta_binomial import Slopes, log_rising, rises, shape, slopes
from analysis.statistics.checks import check_counts

FEWEST_OTHERS = 10
"""With fewer other forces how they differ cannot be told."""
LEAST_GAIN = 1e-6
"""Log-likelihood by which a spread must beat none at all; below it, it could not be told from rounding."""
SMALLEST_SIZE = 0.01
"""Of a + b; below it the others are all or none charged."""
GRID = np.log(np.logspace(-1.5, 7.5, 31))
SMALL_STEP, SMALL_GAIN = 2e-5, 1e-13
"""After a step of Newton's method so short, or promising so little, the next is beyond what is printed or compared."""
LONGEST_STEP = 1.5
FLAT = 1e-30
"""A curvature that is none."""
LOWEST = np.log(SMALLEST_SIZE / 2)
MOST_STEPS = 100


class OtherForces(NamedTuple):
    """Beta(a, b) of the other forces' own rates, one element for each force that is left out.

    Both infinite where the others show no spread that can be told from chance; both NaN where no distribution can be
    told: fewer than ten others, or others that are all or none charged.
    """

    a: Floats
    b: Floats
    rate: Floats
    """The others' pooled rate; NaN for a force that takes no part."""


NOBODY = -1
"""Stands for the index of the force that is left out where all stay in."""


class _Counts(NamedTuple):
    """Counts of all forces and, row by row of the fits, which of them is left out."""

    k: Floats
    n: Floats
    left: NDArray[np.intp]

    def of(self, rows: NDArray[np.intp]) -> "_Counts":
        """Return the same counts for some of the rows."""
        return _Counts(self.k, self.n, self.left[rows])

    def sum_others(self, parts: Floats) -> Floats:
        """Sum parts, whose last axis are the forces and the one before them rows or one for all rows, without own."""
        rows = np.arange(self.left.size) if parts.shape[-2] > 1 else 0
        own = np.where(self.left == NOBODY, 0.0, parts[..., rows, self.left])
        total: Floats = parts.sum(axis=-1) - own
        return total


def fit_others(charged: ArrayLike, recorded: ArrayLike) -> OtherForces:
    """Return how the other forces' own rates are distributed, for each force.

    Parameters
    ----------
    charged, recorded : array_like
        One force each, whole numbers, ``0 <= charged <= recorded``. Forces with NaN or nothing recorded take no part.

    Returns
    -------
    OtherForces
        Of maximum likelihood.

    Raises
    ------
    InputError
        For an impossible count.

    References
    ----------
    Skellam 1948, J R Stat Soc B 10:257.

    Examples
    --------
    >>> others = fit_others([5, 9, 2, 14, 7, 3, 11, 6, 20, 1, 4], [100] * 11)
    >>> f"{others.a[8]:.2f} {others.b[8]:.1f}"
    '3.49 52.8'
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    known = (n > 0) & (k >= 0)
    a, b, rate = (np.full(k.shape, np.nan) for _ in range(3))
    with np.errstate(invalid="ignore", divide="ignore"):
        rate[known] = (k[known].sum() - k[known]) / (n[known].sum() - n[known])
    if known.sum() > FEWEST_OTHERS:
        a[known], b[known] = _fit(_Counts(k[known], n[known], np.arange(known.sum())))
    return OtherForces(a, b, rate)


def fit_all(charged: ArrayLike, recorded: ArrayLike) -> tuple[float, float]:
    """Return a and b of all forces together.

    Parameters
    ----------
    charged, recorded : array_like
        As in `fit_others`.

    Returns
    -------
    tuple of float
        Infinite and NaN as in `OtherForces`; NaN with fewer than ten forces.

    Raises
    ------
    InputError
        For an impossible count.

    Examples
    --------
    >>> a, b = fit_all([5, 9, 2, 14, 7, 3, 11, 6, 20, 1], [100] * 10)
    >>> f"{a / (a + b):.4f}"
    '0.0780'
    """
    k, n = np.broadcast_arrays(*check_counts(charged, recorded))
    known = (n > 0) & (k >= 0)
    if known.sum() < FEWEST_OTHERS:
        return np.nan, np.nan
    a, b = _fit(_Counts(k[known], n[known], np.array([NOBODY])))
    return float(a[0]), float(b[0])


def _fit(counts: _Counts) -> tuple[Floats, Floats]:
    """Return a and b of every row; infinite where there is no spread, NaN where there is no inner maximum."""
    k, n, _ = counts
    recorded = counts.sum_others(n[np.newaxis])
    theta = counts.sum_others(k[np.newaxis]) / recorded
    a, b = np.full(theta.shape, np.inf), np.full(theta.shape, np.inf)
    rows = np.flatnonzero((theta > 0) & (theta < 1))
    if rows.size:
        some = counts.of(rows)
        top = _largest_sizes(some, theta[rows])
        x, t = _climb(*_start(some, theta[rows], top), some, top)
        spread = _gain(x, t, some, theta[rows]) >= LEAST_GAIN
        a[rows[spread]], b[rows[spread]] = shape(x[spread], t[spread])
    small = a + b < SMALLEST_SIZE
    a[small] = b[small] = np.nan
    return a, b


def _largest_sizes(counts: _Counts, theta: Floats) -> Floats:
    """Return the log of the size beyond which no spread gains `LEAST_GAIN`.

    For large sizes the gain is ``c / size - d / size**2``, at its maximum half of its first term.
    """
    k, n, _ = counts
    squares = counts.sum_others(np.stack([count * (count - 1) for count in (k, n - k, n)])[:, np.newaxis])
    c = (squares[0] / theta + squares[1] / (1 - theta) - squares[2]) / 2
    top: Floats = np.maximum(np.log(np.maximum(c / LEAST_GAIN, 1)), GRID[-1])
    return top


def _start(counts: _Counts, theta: Floats, top: Floats) -> tuple[Floats, Floats]:
    """Return where each row begins: the likeliest point of the grid, or one step from the fit to all forces."""
    x, t = _grid(counts)
    if (counts.left != NOBODY).any():
        everybody = counts._replace(left=np.array([NOBODY]))
        highest = np.array([top.max()])
        every_x, every_t = _climb(*_start(everybody, theta, highest), everybody, highest)
        x, t = np.append(x, every_x), np.append(t, every_t)
    best = np.argmax(counts.sum_others(_likelihood(x, t, counts)[:, np.newaxis]), axis=0)
    at_x, at_t = x[best], t[best]
    if (counts.left != NOBODY).any():
        near = best == x.size - 1
        step_x, step_t = _step(slopes(every_x, every_t, _sums(every_x, every_t, counts)))
        at_x, at_t = at_x + np.where(near, step_x, 0), at_t + np.where(near, step_t, 0)
    return at_x, np.clip(at_t, LOWEST, top)


def _grid(counts: _Counts) -> tuple[Floats, Floats]:
    """Return the grid of sizes at two means: all crimes counted alike, and all forces."""
    k, n, _ = counts
    means = logit(np.array([k.sum() / n.sum(), np.mean(k / n)]))
    x, t = np.meshgrid(means, GRID)
    return x.ravel(), t.ravel()


def _likelihood(x: Floats, t: Floats, counts: _Counts) -> Floats:
    """Return each force's part of the log-likelihood at each point, without what all points share."""
    mu = expit(x)[:, np.newaxis]
    return _log_ratio(x, t, counts) + xlogy(counts.k, mu) + xlog1py(counts.n - counts.k, -mu)


def _gain(x: Floats, t: Floats, counts: _Counts, theta: Floats) -> Floats:
    """Return the log-likelihood of each row's point above that of one rate `theta` for all."""
    more, less = (np.log(part)[:, np.newaxis] for part in (expit(x) / theta, expit(-x) / (1 - theta)))
    return counts.sum_others(_log_ratio(x, t, counts) + counts.k * more + (counts.n - counts.k) * less)


def _log_ratio(x: Floats, t: Floats, counts: _Counts) -> Floats:
    """Return the log-likelihood of each force's count above that of one rate, the distribution's mean, for all."""
    with_it, without, whole = log_rising(*_gammas(x, t, counts))
    ratio: Floats = with_it + without - whole
    return ratio


def _sums(x: Floats, t: Floats, counts: _Counts) -> Floats:
    """Return the summed rises that `slopes` takes, at each row's point or at one point for all rows."""
    return counts.sum_others(rises(*_gammas(x, t, counts)))


def _gammas(x: Floats, t: Floats, counts: _Counts) -> tuple[Floats, Floats]:
    """Return where the three gamma functions of the likelihood start and how far they rise, 3 x points x forces."""
    (a, b), (k, n, _) = shape(x, t), counts
    return np.stack([a, b, a + b])[:, :, np.newaxis], np.stack([k, n - k, n])[:, np.newaxis]


def _climb(x: Floats, t: Floats, counts: _Counts, top: Floats) -> tuple[Floats, Floats]:
    """Walk to the maximum of every row by Newton's method; a step that went twice too far is halved."""
    x, t, rows = x.copy(), t.copy(), np.arange(x.size)
    step_x, step_t, promised = np.zeros(x.size), np.zeros(x.size), np.full(x.size, np.inf)
    for _ in range(MOST_STEPS):
        here = slopes(x[rows], t[rows], _sums(x[rows], t[rows], counts.of(rows)))
        too_far = here.x * step_x + here.t * step_t < -promised
        new_x, new_t = _step(here)
        promised = np.where(too_far, np.inf, here.x * new_x + here.t * new_t)
        step_x, step_t = np.where(too_far, -step_x / 2, new_x), np.where(too_far, -step_t / 2, new_t)
        x[rows], t[rows] = x[rows] + step_x, np.clip(t[rows] + step_t, LOWEST, top[rows])
        on = (np.maximum(np.abs(step_x), np.abs(step_t)) > SMALL_STEP) & (promised > SMALL_GAIN)
        on &= (t[rows] > LOWEST) & (t[rows] < top[rows])
        if not on.any():
            break
        rows, step_x, step_t, promised = rows[on], step_x[on], step_t[on], promised[on]
    return x, t


def _step(here: Slopes) -> tuple[Floats, Floats]:
    """Return Newton's step upwards, at most `LONGEST_STEP` long; a hollow surface is turned over first."""
    steepest = (here.xx + here.tt + np.hypot(here.xx - here.tt, 2 * here.xt)) / 2
    turn = np.where(steepest < -FLAT, 0.0, 2 * np.maximum(steepest, 0) + FLAT)
    xx, tt = here.xx - turn, here.tt - turn
    determinant = xx * tt - here.xt**2
    x = (here.xt * here.t - tt * here.x) / determinant
    t = (here.xt * here.x - xx * here.t) / determinant
    scale = np.minimum(1, LONGEST_STEP / np.maximum(np.maximum(np.abs(x), np.abs(t)), FLAT))
    return x * scale, t * scale
