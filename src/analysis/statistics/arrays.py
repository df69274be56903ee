"""The types of what this layer takes and returns."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]
"""Of str, or None where nothing can be said."""
