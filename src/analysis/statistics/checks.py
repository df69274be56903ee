"""Refuse impossible numbers before anything is computed from them."""

import numpy as np

from analysis.errors import InputError


def check_counts(charged, recorded):
    """Return charged and recorded as float arrays, once they are possible counts.

    Parameters
    ----------
    charged, recorded : array_like of numbers
        Whole numbers, ``0 <= charged <= recorded``; NaN where unknown.

    Returns
    -------
    tuple of numpy.ndarray
        The same numbers; their shapes are not changed.

    Raises
    ------
    InputError
        If a count is not a whole number from 0 up, or more are charged than recorded; the message names the value.

    Examples
    --------
    >>> check_counts(21, 268)
    (array(21.), array(268.))
    >>> check_counts(5, 4)
    Traceback (most recent call last):
    analysis.errors.InputError: charged is 5 of 4 recorded: no more can be charged than are recorded
    """
    k, n = check_whole(charged, "charged"), check_whole(recorded, "recorded")
    too_many = k > n
    if too_many.any():
        k, n = (values[too_many].flat[0] for values in np.broadcast_arrays(k, n))
        raise InputError(
            f"charged{_place(too_many)} is {k:.0f} of {n:.0f} recorded: no more can be charged than are recorded"
        )
    return np.asarray(k), np.asarray(n)


def check_whole(values, name):
    """Return numbers as a float array, once each is a whole number from 0 up, or NaN.

    Parameters
    ----------
    values : array_like of numbers
    name : str
        What the message calls them.

    Returns
    -------
    numpy.ndarray
        Of float, because only a float can say that a count is unknown.

    Raises
    ------
    InputError
        If one is negative, infinite, not whole or not a number at all; the message names it.

    Examples
    --------
    >>> check_whole([3, float("nan")], "recorded")
    array([ 3., nan])
    >>> check_whole([3, 2.5], "recorded")
    Traceback (most recent call last):
    analysis.errors.InputError: recorded[1] is 2.5: a count is a whole number from 0 up, or NaN where it is unknown
    """
    values = np.asarray(values)
    if values.dtype.kind not in "iuf":
        raise InputError(f"{name} holds {values.dtype} values: counts are numbers")
    impossible = values < 0
    if values.dtype.kind == "f":
        impossible |= np.isinf(values) | (values != np.floor(values)) & ~np.isnan(values)
    if impossible.any():
        value = values[impossible].flat[0]
        raise InputError(
            f"{name}{_place(impossible)} is {value}: a count is a whole number from 0 up, or NaN where it is unknown"
        )
    return values.astype(float)


def check_share(value, name):
    """Return a proportion, or an array of them, strictly between 0 and 1.

    Parameters
    ----------
    value : array_like of float
        A rate, a confidence or a power.
    name : str
        What the message calls it.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    InputError
        If one is 0 or less, 1 or more, or not a number; the message names it.

    Examples
    --------
    >>> check_share(95, "confidence")
    Traceback (most recent call last):
    analysis.errors.InputError: confidence is 95: write a proportion strictly between 0 and 1, such as 0.95 for 95%
    """
    values = np.asarray(value)
    wrong = np.ones(values.shape, bool) if values.dtype.kind not in "iuf" else ~((values > 0) & (values < 1))
    if wrong.any():
        raise InputError(
            f"{name}{_place(wrong)} is {values[wrong].flat[0]}: "
            "write a proportion strictly between 0 and 1, such as 0.95 for 95%"
        )
    return values


def check_order(low, high, name):
    """Refuse a range whose lower end is above its upper end.

    Parameters
    ----------
    low, high : float
        The two ends; NaN where unknown.
    name : str
        What the message calls the range.

    Raises
    ------
    InputError
        If ``low > high``.

    Examples
    --------
    >>> check_order(9, 3, "charged")
    Traceback (most recent call last):
    analysis.errors.InputError: charged runs from 9 to 3: the lower end comes first
    """
    if np.any(np.asarray(low) > np.asarray(high)):
        raise InputError(f"{name} runs from {low} to {high}: the lower end comes first")


def _place(bad):
    """Where the first bad value stands, as Python would write it; nothing for a single number."""
    if bad.ndim == 0:
        return ""
    return "[" + ", ".join(str(axis[0]) for axis in np.nonzero(bad)) + "]"
