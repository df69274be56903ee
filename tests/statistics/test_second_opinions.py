"""The methods against their definitions in 30 digits, on some of the random cases of `make opinions`."""

import random

import pytest
from independent import SEED
from independent_verdicts import counts_case, known, limits
from second_opinions import OPINIONS, largest_difference

from analysis.presentation.formats import percent_outwards
from analysis.statistics.mid_p import break_even_rates


@pytest.mark.parametrize("name", OPINIONS)
def test_a_second_opinion_agrees(name):
    method = OPINIONS[name]
    # a and b stand where the likelihood is flat, so they have fewer digits than what is made from them.
    assert largest_difference(method, 40 // method.share + 5) < (1e-5 if name.startswith("beta") else 1e-12)


@pytest.mark.parametrize("decimals", [0, 2])
def test_break_even_rates_as_printed_hold_those_of_30_digits_and_nearly_no_other(decimals):
    draw, step = random.Random(SEED), 10**-decimals
    for _ in range(40):
        *counts, confidence = counts_case(draw)
        ours = known(*break_even_rates(*counts, confidence=float(confidence)))
        if (exact := limits(ours, *counts, confidence))[0] is None:
            continue
        printed = [float(end.rstrip("%")) for end in percent_outwards(*ours, decimals).split(" to ")]
        below, above = 100 * exact[0] - printed[0], printed[1] - 100 * exact[1]
        assert -1e-12 < below < step
        assert -1e-12 < above < step
