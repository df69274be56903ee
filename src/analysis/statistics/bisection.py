"""Find where a falling function crosses zero, for a whole array at once."""

import numpy as np


def crossing(function, low, high):
    """Return where a function that falls from left to right crosses zero.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `low` and `high`; positive to the left of the crossing.
    low, high : array_like of float
        Ends that enclose it.

    Returns
    -------
    numpy.ndarray or float
        The crossings, to the last bits of a float.

    Examples
    --------
    >>> round(float(crossing(lambda x: 2 - x * x, 0, 2)), 12)
    1.414213562373
    """
    low, high = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
    # Each step wins one bit and a float has 53; the rest are for crossings that are small beside their bracket.
    for _ in range(80):
        middle = (low + high) / 2
        left = function(middle) > 0
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    return ((low + high) / 2)[()]
