"""The methods against their definitions in 30 digits, on some of the random cases of `make opinions`."""

import pytest
from independent import METHODS, largest_difference


@pytest.mark.parametrize("name", METHODS)
def test_a_second_opinion_agrees(name):
    method = METHODS[name]
    # a and b stand where the likelihood is flat, so they have fewer digits than what is made from them.
    assert largest_difference(method, 40 // method.share + 5) < (1e-5 if name.startswith("beta") else 1e-12)
