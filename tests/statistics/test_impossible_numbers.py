import numpy as np
import pytest

from analysis.errors import InputError
from analysis.statistics.alternatives import agresti_coull_interval, wald_interval
from analysis.statistics.effect_sizes import difference_interval, ratio_interval
from analysis.statistics.funnel import funnel_limits, funnel_z
from analysis.statistics.mid_p import break_even_rates, mid_p_against_rate, mid_p_interval
from analysis.statistics.overdispersion import measure_overdispersion
from analysis.statistics.power import charges_to_turn, detectable, power_of_mid_p
from analysis.statistics.proportions import clopper_pearson_interval, interval_of_range, wilson_interval
from analysis.statistics.published_rate import compare_with_rate, score_against_rate
from analysis.statistics.rest import compare_with_rest, fisher_p, score_against_rest
from analysis.statistics.shrinkage import fit_beta_binomial, shrink_rates
from analysis.statistics.trend import trend_test
from analysis.statistics.verdicts import verdict

TAKES_COUNTS = {
    "wilson": wilson_interval,
    "clopper_pearson": clopper_pearson_interval,
    "wald": wald_interval,
    "agresti_coull": agresti_coull_interval,
    "mid_p_interval": mid_p_interval,
    "of_range": lambda k, n: interval_of_range(k, k, n),
    "score": lambda k, n: score_against_rate(k, n, 0.06),
    "mid_p": lambda k, n: mid_p_against_rate(k, n, 0.06).p,
    "charges_to_turn": lambda k, n: charges_to_turn(k, n, 0.06, 0.06),
    "break_even": lambda k, n: break_even_rates(k, k, n),
    "with_rate": lambda k, n: compare_with_rate(k, k, n, 0.055, 0.065),
    "against_rest": lambda k, n: score_against_rest(k, n, 5, 10),
    "as_rest": lambda k, n: score_against_rest(5, 10, k, n),
    "fisher": lambda k, n: fisher_p(k, n, 5, 10),
    "difference": lambda k, n: difference_interval(k, n, 5, 10),
    "ratio": lambda k, n: ratio_interval(5, 10, k, n),
    "with_rest": lambda k, n: compare_with_rest(k, k, n, 5, 10),
    "funnel": lambda k, n: funnel_z(k, n, 0.06),
    "overdispersion": lambda k, n: measure_overdispersion([k], [n]),
    "beta_binomial": lambda k, n: fit_beta_binomial([k], [n]),
    "shrink": lambda k, n: shrink_rates([k], [n]),
    "trend": lambda k, n: trend_test([k] * 4, [n] * 4, [1, 2, 3, 4]),
}


@pytest.mark.parametrize("function", TAKES_COUNTS.values(), ids=TAKES_COUNTS.keys())
@pytest.mark.parametrize(
    ("k", "n", "message"),
    [
        (-1, 10, r"charged.* is -1(\.0)?: a count is a whole number from 0 up"),
        (-1.0, 10, r"charged.* is -1(\.0)?: a count is a whole number from 0 up"),
        (2.5, 10, r"charged.* is 2\.5: a count is a whole number"),
        (5, 4, r"charged.* is 5 of 4 recorded: no more can be charged than are recorded"),
        (0, -3, r"recorded.* is -3(\.0)?: a count"),
        (3, 9.5, r"recorded.* is 9\.5: a count"),
        (3, np.inf, r"recorded.* is inf: a count"),
        ("21", 268, r"charged holds <U2 values: counts are numbers"),
    ],
)
def test_impossible_counts_are_named(function, k, n, message):
    with pytest.raises(InputError, match=message):
        function(k, n)


def test_the_place_in_an_array_is_named():
    with pytest.raises(InputError, match=r"^charged\[2\] is 11 of 10 recorded"):
        wilson_interval([1, 2, 11], 10)
    with pytest.raises(InputError, match=r"^recorded\[1, 0\] is -4"):
        funnel_limits([[1, 2], [-4, 5]], 0.06)


@pytest.mark.parametrize("share", [0, 1, -0.1, 6, 95, np.nan])
def test_percentages_are_refused_as_proportions(share):
    for name, function in (
        ("confidence", lambda c: wilson_interval(21, 268, confidence=c)),
        ("confidence", lambda c: mid_p_interval(21, 268, confidence=c)),
        ("confidence", lambda c: clopper_pearson_interval(21, 268, confidence=c)),
        ("confidence", lambda c: shrink_rates([21, 5], [268, 70], confidence=c)),
        ("confidence", lambda c: detectable(268, 0.06, 0.06, confidence=c)),
        ("rate", lambda r: score_against_rate(21, 268, r)),
        ("rate", lambda r: mid_p_against_rate(21, 268, r)),
        ("true rate", lambda r: power_of_mid_p(268, 0.06, r)),
        ("power", lambda p: detectable(268, 0.06, 0.06, power=p)),
        ("theta", lambda t: measure_overdispersion([21], [268], theta=t)),
    ):
        with pytest.raises(InputError, match=f"^{name} is {share}: write a proportion strictly between 0 and 1"):
            function(share)
    with pytest.raises(InputError, match="confidence"):
        verdict(1, 0.5, confidence=share)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda: interval_of_range(9, 3, 10), "charged runs from 9 to 3"),
        (lambda: break_even_rates(9, 3, 10), "^charged runs from 9 to 3"),
        (lambda: charges_to_turn(3, 10, 0.07, 0.06), r"^the published rate runs from 0\.07 to 0\.06"),
        (lambda: compare_with_rate(9, 3, 10, 0.05, 0.06), "charged runs from 9 to 3"),
        (lambda: compare_with_rest(9, 3, 10, 5, 10), "charged runs from 9 to 3"),
        (lambda: compare_with_rate(3, 9, 10, 0.07, 0.06), r"published rate runs from 0\.07 to 0\.06"),
        (lambda: detectable(10, 0.07, 0.06), r"published rate runs from 0\.07 to 0\.06"),
    ],
)
def test_ranges_that_run_backwards_are_refused(function, message):
    with pytest.raises(InputError, match=message):
        function()
