"""Expected values are those of a second computation with seeds and code of its own, to its simulation error."""

import numpy as np
import pytest
from reference_tables import column, rows

from analysis.statistics.calibration import (
    beta_rates,
    exact_sizes,
    logit_normal_rates,
    simulate_alike_pages,
    simulate_ordinary_pages,
)
from analysis.statistics.leave_one_out import fit_all

FORCES = rows("v2_leave_one_out")
K, N = column(FORCES, "k"), column(FORCES, "n")
RATES = np.linspace(0.01, 0.20, 191)


@pytest.mark.parametrize(
    ("recorded", "mean", "worst", "worst_score"),
    [
        (5, 0.018, 0.049, 0.168),
        (20, 0.022, 0.045, 0.101),
        (100, 0.024, 0.036, 0.079),
        (268, 0.025, 0.034, 0.054),
        (1000, 0.025, 0.031, 0.037),
    ],
)
def test_exact_size_against_a_published_rate(recorded, mean, worst, worst_score):
    mid_p, score = exact_sizes(recorded, RATES)
    assert abs(mid_p.higher.mean() - mean) < 0.0006
    assert abs(mid_p.higher.max() - worst) < 0.0006
    assert abs(score.higher.max() - worst_score) < 0.0006


def test_exact_size_of_two_crimes_by_hand():
    # Against 10%: 2 of 2 has the mid-P 2 x .01 / 2 = .01, 1 of 2 2 x (.01 + .18 / 2) = .2, 0 of 2 is no test to fail.
    mid_p, _ = exact_sizes(2, 0.1)
    assert (round(float(mid_p.higher), 12), float(mid_p.lower)) == (0.01, 0.0)


@pytest.mark.parametrize(("truth", "naming"), [("beta-binomial", 0.025), ("logit-normal", 0.043)])
def test_ordinary_forces_are_seldom_unusual(truth, naming):
    a, b = fit_all(K, N)
    draw = beta_rates(a, b) if truth == "beta-binomial" else logit_normal_rates(np.log(a / b), 0.30)
    found = simulate_ordinary_pages(N, draw, pages=400, seed=20181)
    # 5.0% of forces and .21 to .27%, to three standard errors: without the correction 6.2% and .5% lie outside.
    assert 0.044 < found.outside_95 / found.judged < 0.056
    assert found.outside_998 / found.judged < 0.004
    assert found.naming / found.pages < naming + 3 * (naming * (1 - naming) / found.pages) ** 0.5


def test_forces_that_are_alike_are_seldom_told_from_the_rest():
    found = simulate_alike_pages(N, int(K.sum()), pages=1000, seed=20181)
    # 4.8% of pages after Holm, to three standard errors; before it nearly every page has a verdict.
    assert abs(found.accusing_after_holm / found.pages - 0.048) < 0.021
    assert found.accusing / found.pages > 0.7


def test_a_simulation_is_the_same_on_every_run():
    first, second = (simulate_ordinary_pages(N, beta_rates(4, 160), pages=20, seed=7) for _ in range(2))
    assert first == second
    assert first != simulate_ordinary_pages(N, beta_rates(4, 160), pages=20, seed=8)
