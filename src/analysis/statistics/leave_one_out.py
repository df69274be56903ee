"""How the other forces' own rates are distributed, for every force of many pages at once.

The fit to all forces, with one force's part of the slopes taken away, gives a first step of Newton's method towards the
fit without it; a few steps on all left-out fits together follow. One large force at the common rate can hide a second,
higher maximum, so a left-out fit starts from a grid of sizes where a point of that is more likely.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, xlog1py, xlogy

from analysis.statistics.arrays import Floats, Indices, Number
from analysis.statistics.beta_binomial import Slopes, log_rising, rises, shape, slopes
from analysis.statistics.checks import check_counts
from analysis.statistics.page_counts import NOBODY, PageCounts

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
MOST_FITTED = 1000
"""With more forces each is left out by one step from the fit to all."""
MOST_AT_ONCE = 60_000
"""Rows by forces of a block, which is computed at once."""


class OtherForces(NamedTuple):
    """Beta(a, b) of the other forces' own rates, one element for each force that is left out.

    Both infinite where the others show no spread that can be told from chance; both NaN where no distribution can be
    told: fewer than ten others, or others that are all or none charged.
    """

    a: Floats
    b: Floats
    rate: Floats
    """The others' pooled rate; NaN for a force that takes no part."""


def fit_others(charged: ArrayLike, recorded: ArrayLike) -> OtherForces:
    """Return how the other forces' own rates are distributed, for each force.

    Parameters
    ----------
    charged, recorded : array_like
        One force each, whole numbers, ``0 <= charged <= recorded``. Forces with NaN or nothing recorded take no part.
        The last axis is that of the forces that are compared with one another.

    Returns
    -------
    OtherForces
        Of maximum likelihood. Among more than a thousand forces each is left out by one step from the fit to all.

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
    pages = int(np.prod(known.shape[:-1])), known.shape[-1]
    counts = PageCounts(
        *(np.where(known, count, 0).reshape(pages) for count in (k, n)), *np.nonzero(known.reshape(pages))
    )
    found = np.full((3, *pages), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        found[2, counts.page, counts.left] = _others_rate(counts)
    for some in _blocks(counts):
        fit = _fit if pages[1] <= MOST_FITTED else _step_from_all
        found[:2, some.page, some.left] = fit(some.own_pages())
    return OtherForces(*found.reshape(3, *known.shape))


def fit_all(charged: ArrayLike, recorded: ArrayLike) -> tuple[Number, Number]:
    """Return a and b of all forces together.

    Parameters
    ----------
    charged, recorded : array_like
        As in `fit_others`.

    Returns
    -------
    tuple of float or numpy.ndarray
        One element a page; infinite and NaN as in `OtherForces`; NaN with fewer than ten forces.

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
    forces = known.shape[-1]
    k, n = (np.where(known, count, 0).reshape(-1, forces) for count in (k, n))
    found = np.full((2, len(k)), np.nan)
    pages = np.flatnonzero(np.count_nonzero(n, axis=-1) >= FEWEST_OTHERS)
    for some in _cut(pages, forces):
        everybody = np.arange(some.size), np.full(some.size, NOBODY)
        found[:, some] = _fit(PageCounts(k[some], n[some], *everybody))
    a, b = found.reshape(2, *known.shape[:-1])
    return a[()], b[()]


def _blocks(counts: PageCounts) -> Iterator[PageCounts]:
    """Cut the rows of pages with ten others into blocks that are small enough for a processor's cache."""
    pages = np.flatnonzero(np.count_nonzero(counts.n, axis=-1) > FEWEST_OTHERS)
    for some in _cut(pages, counts.k.shape[-1]):
        yield counts.of(np.isin(counts.page, some))


def _cut(pages: Indices, forces: int) -> list[Indices]:
    """Cut pages into groups whose rows, as many as forces on each, make a block."""
    size = max(1, MOST_AT_ONCE // max(1, forces**2))
    return np.split(pages, range(size, pages.size, size))


def _others_rate(counts: PageCounts) -> Floats:
    """Return the pooled rate of each row."""
    charged, recorded = counts.sum_others(np.stack([counts.k, counts.n]), by_page=True)
    rate: Floats = charged / recorded
    return rate


def _fit(counts: PageCounts) -> tuple[Floats, Floats]:
    """Return a and b of every row; infinite where there is no spread, NaN where there is no inner maximum."""
    theta = _others_rate(counts)
    a, b = np.full(theta.shape, np.inf), np.full(theta.shape, np.inf)
    rows = np.flatnonzero((theta > 0) & (theta < 1))
    if rows.size:
        some = counts.of(rows).own_pages()
        top = _largest_sizes(some, theta[rows])
        x, t = _climb(*_start(some, top), some, top)
        spread = _gain(x, t, some, theta[rows]) >= LEAST_GAIN
        a[rows[spread]], b[rows[spread]] = shape(x[spread], t[spread])
    small = a + b < SMALLEST_SIZE
    a[small] = b[small] = np.nan
    return a, b


def _step_from_all(counts: PageCounts) -> tuple[Floats, Floats]:
    """Return a and b of every row by one step from the fit to all, which one force among so many hardly moves.

    What it leaves out falls with the square of their number; fitting each anew costs with the square of it.
    """
    a, b = _fit(counts.everybody())
    if not np.isfinite(a).all():
        return a[counts.page], b[counts.page]
    x, t = np.log(a / b), np.log(a + b)
    step_x, step_t = _step_without(x, t, counts)
    return shape(x[counts.page] + step_x, t[counts.page] + step_t)


def _largest_sizes(counts: PageCounts, theta: Floats) -> Floats:
    """Return the log of the size beyond which no spread gains `LEAST_GAIN`.

    For large sizes the gain is ``c / size - d / size**2``, at its maximum half of its first term.
    """
    k, n = counts.k, counts.n
    with_it, without, whole = counts.sum_others(np.stack([c * (c - 1) for c in (k, n - k, n)]), by_page=True)
    c = (with_it / theta + without / (1 - theta) - whole) / 2
    top: Floats = np.maximum(np.log(np.maximum(c / LEAST_GAIN, 1)), GRID[-1])
    return top


def _start(counts: PageCounts, top: Floats) -> tuple[Floats, Floats]:
    """Return where each row begins: the likeliest point of the grid, or one step from the fit to all forces."""
    x, t = _grid(counts)
    parts, everybody = _likelihood(x, t, counts), counts.everybody()
    at_x, at_t = (found[_likeliest(parts, everybody), everybody.page] for found in (x, t))
    if (counts.left == NOBODY).all():
        return at_x, at_t
    highest = np.full(at_x.size, GRID[-1])
    np.maximum.at(highest, counts.page, top)
    every_x, every_t = _climb(at_x, at_t, everybody, highest)
    fitted = _likelihood(every_x[np.newaxis], every_t[np.newaxis], counts)
    best = _likeliest(np.concatenate([parts, fitted]), counts)
    near, (step_x, step_t) = best == len(x), _step_without(every_x, every_t, counts)
    at_x = np.vstack([x, every_x])[best, counts.page] + np.where(near, step_x, 0)
    at_t = np.vstack([t, every_t])[best, counts.page] + np.where(near, step_t, 0)
    return at_x, np.clip(at_t, LOWEST, top)


def _likeliest(parts: Floats, counts: PageCounts) -> Indices:
    """Return the point at which each row's likelihood is greatest."""
    best: Indices = np.argmax(counts.sum_others(parts, by_page=True), axis=0)
    return best


def _grid(counts: PageCounts) -> tuple[Floats, Floats]:
    """Return the grid of sizes, points by pages, at two means: all crimes counted alike, and all forces."""
    k, n = counts.k, counts.n
    rates = np.divide(k, n, out=np.zeros(k.shape), where=n > 0)
    means = logit(np.stack([k.sum(axis=-1) / n.sum(axis=-1), rates.sum(axis=-1) / np.count_nonzero(n, axis=-1)]))
    x = np.repeat(means, GRID.size, axis=0)
    return x, np.broadcast_to(np.tile(GRID, 2)[:, np.newaxis], x.shape)


def _likelihood(x: Floats, t: Floats, counts: PageCounts) -> Floats:
    """Return each force's part of the log-likelihood, points by pages by forces, without what all points share."""
    points = counts._replace(page=np.tile(np.arange(len(counts.k)), len(x)))
    k, n, mu = counts.k, counts.n, expit(x)[..., np.newaxis]
    return _log_ratio(x.ravel(), t.ravel(), points).reshape(len(x), *k.shape) + xlogy(k, mu) + xlog1py(n - k, -mu)


def _gain(x: Floats, t: Floats, counts: PageCounts, theta: Floats) -> Floats:
    """Return the log-likelihood of each row's point above that of one rate `theta` for all."""
    more, less = (np.log(part)[:, np.newaxis] for part in (expit(x) / theta, expit(-x) / (1 - theta)))
    k, n = counts.k[counts.page], counts.n[counts.page]
    return counts.sum_others(_log_ratio(x, t, counts) + k * more + (n - k) * less)


def _log_ratio(x: Floats, t: Floats, counts: PageCounts) -> Floats:
    """Return the log-likelihood of each force's count above that of one rate, the distribution's mean, for all."""
    with_it, without, whole = log_rising(*_gammas(x, t, counts))
    ratio: Floats = with_it + without - whole
    return ratio


def _gammas(x: Floats, t: Floats, counts: PageCounts) -> tuple[Floats, Floats]:
    """Return where the three gamma functions of the likelihood start and how far they rise, 3 x rows x forces."""
    (a, b), k, n = shape(x, t), counts.k[counts.page], counts.n[counts.page]
    return np.stack([a, b, a + b])[:, :, np.newaxis], np.stack([k, n - k, n])


def _climb(x: Floats, t: Floats, counts: PageCounts, top: Floats) -> tuple[Floats, Floats]:
    """Walk to the maximum of every row by Newton's method; a step that went twice too far is halved."""
    x, t, rows = x.copy(), t.copy(), np.arange(x.size)
    step_x, step_t, promised = np.zeros(x.size), np.zeros(x.size), np.full(x.size, np.inf)
    for _ in range(MOST_STEPS):
        here = _slopes(x[rows], t[rows], counts.of(rows))
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


def _slopes(x: Floats, t: Floats, counts: PageCounts) -> Slopes:
    """Return the slopes of each row's likelihood at its point."""
    return slopes(x, t, counts.sum_others(rises(*_gammas(x, t, counts))))


def _step_without(x: Floats, t: Floats, counts: PageCounts) -> tuple[Floats, Floats]:
    """Return each row's first step from a point of its page, such as that of the fit to all."""
    rise = rises(*_gammas(x, t, counts.everybody()))
    return _step(slopes(x[counts.page], t[counts.page], counts.sum_others(rise, by_page=True)))


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
