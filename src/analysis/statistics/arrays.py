"""The types of what this layer takes and returns."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Number = Floats | float
"""One number where one was asked for, else an array of them."""
Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]
Words = NDArray[np.object_]
"""Of str, or None where nothing can be said."""
NOTHING: Words = np.array(None, object)
"""The word where nothing can be said, as numpy takes it."""
