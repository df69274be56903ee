import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from reference_tables import column, quantities, rows
from scipy.optimize import brentq
from scipy.stats import beta, betabinom, norm

from analysis.errors import InputError
from analysis.statistics.funnel import Z_95, Z_998, funnel_limits, funnel_z, outside
from analysis.statistics.multiplicity import holm
from analysis.statistics.overdispersion import measure_overdispersion, paule_mandel
from analysis.statistics.rest import score_against_rest
from analysis.statistics.shrinkage import _gain, fit_beta_binomial, shrink_rates
from analysis.statistics.trend import trend_test

MANY = quantities("overdispersion")
PER_FORCE = rows("per_force")
CHARGED, RECORDED = column(PER_FORCE, "charged"), column(PER_FORCE, "recorded")
ALIKE = np.arange(1, 13) * 5, np.arange(1, 13) * 100


@pytest.fixture(scope="module")
def malicious_communications():
    table = rows("8R_2018-19")
    return column(table, "force"), column(table, "charged"), column(table, "recorded")


@pytest.mark.parametrize("row", rows("funnel_limits"), ids=str)
def test_funnel_limits(row):
    name = {"lower95": "low_95", "upper95": "high_95", "lower998": "low_998", "upper998": "high_998"}[row["limit"]]
    assert_allclose(getattr(funnel_limits(row["n"], row["theta"]), name), row["score_limit"], rtol=1e-12)


def test_funnel_limits_are_cut_off_at_0_and_1():
    # By hand: 0.9 + 1.96 * sqrt(0.9 * 0.1 / 4) = 1.194 and 0.1 - 0.294 = -0.194.
    assert (funnel_limits(4, 0.9).high_95, funnel_limits(4, 0.1).low_95) == (1, 0)


def test_limits_around_the_forces_own_mean():
    # By hand: sqrt(0.06 * 0.94 / 400 + 0.0002) = 0.018466; 0.08 -+ 1.959964 and 3.090232 of it.
    limits = funnel_limits(400, 0.06, mu=0.08, tau2=0.0002)
    assert_allclose(limits, (0.043807, 0.116193, 0.022934, 0.137066), atol=6e-6)


def test_one_crime_has_limits_too():
    # By hand: 0.06 + 1.959964 * sqrt(0.06 * 0.94) = 0.525466.
    assert funnel_limits(1, 0.06).high_95 == pytest.approx(0.525466, abs=1e-6)


def test_a_force_on_a_limit_is_not_outside_it():
    assert outside([Z_95, Z_998, -Z_95, -Z_998]).tolist() == [None, "95", None, "95"]


def test_rates_that_do_not_differ_at_all_have_no_spread():
    assert paule_mandel([0.5, 0.5, 0.5], [0.01, 0.02, 0.04]) == (0.5, 0)


@pytest.mark.parametrize(("rates", "variances"), [([0.1, np.nan, 0.3], [1, 1, 1]), ([0.1, 0.2, 0.3], [1, 0, 1])])
def test_an_unknown_rate_has_no_mean(rates, variances):
    assert np.isnan(paule_mandel(rates, variances)).all()


def test_synthetic_forces_one_by_one():
    theta = CHARGED.sum() / RECORDED.sum()
    assert_allclose(funnel_z(CHARGED, RECORDED, theta), column(PER_FORCE, "z_unadjusted"), atol=1e-11)
    z, p = score_against_rest(CHARGED, RECORDED, CHARGED.sum() - CHARGED, RECORDED.sum() - RECORDED)
    assert_allclose(z, column(PER_FORCE, "z_vs_rest"), atol=1e-11)
    assert_allclose(p, column(PER_FORCE, "p_vs_rest"), rtol=1e-9)
    assert (holm(p) < 0.05).sum() == MANY["holm_rejections_05"]


def test_synthetic_forces_together():
    result = measure_overdispersion(CHARGED, RECORDED)
    assert (result.forces, result.charged, result.recorded) == (MANY["forces"], MANY["charged"], MANY["recorded"])
    assert result.degrees == 42
    for name, expected in {"theta": "theta", "x2": "X2", "x2_p": "X2_p", "phi": "phi", "mu": "mu_PM"}.items():
        assert_allclose(getattr(result, name), MANY[expected], rtol=1e-10)
    assert_allclose(result.tau2, MANY["tau2_PM"], rtol=1e-9)


def test_synthetic_forces_with_their_usual_spread():
    result = measure_overdispersion(CHARGED, RECORDED)
    assert (outside(funnel_z(CHARGED, RECORDED, result.theta)) != None).sum() == MANY["flag95_unadjusted"]  # noqa: E711
    # The table counts the 99.8% ones by z against the rest, of which one (3.15) is 3.08 in the funnel.
    assert (outside(column(PER_FORCE, "z_vs_rest")) == "99.8").sum() == MANY["flag998_unadjusted"]
    z = funnel_z(CHARGED, RECORDED, result.theta, mu=result.mu, tau2=result.tau2)
    assert_allclose(z, column(PER_FORCE, "z_PM"), atol=1e-9)
    assert (outside(z) != None).sum() == MANY["flag95_PM"]  # noqa: E711
    assert (outside(z) == "99.8").sum() == MANY["flag998_PM"]


def test_beta_binomial_fit():
    spread = fit_beta_binomial(CHARGED, RECORDED)
    # The table comes from an optimiser that stopped 5e-9 short of the maximum, as 40-digit arithmetic shows:
    assert_allclose(spread.mu, MANY["betabinom_mu"], atol=1e-9)
    assert_allclose(spread.rho, MANY["betabinom_rho"], atol=6e-9)
    assert_allclose(spread.log_likelihood, MANY["betabinom_logL"], atol=1e-9)
    mu, rho = most_likely_with_40_digits()
    assert_allclose([spread.mu, spread.rho], [mu, rho], rtol=1e-11)
    shrunk = shrink_rates(CHARGED, RECORDED)
    for found, name in zip(shrunk, ("eb_mean", "eb_lower", "eb_upper"), strict=True):
        assert_allclose(found, column(PER_FORCE, name), atol=4e-8)
    size = 1 / rho - 1
    a, b = mu * size + CHARGED, (1 - mu) * size + RECORDED - CHARGED
    assert_allclose(shrunk.mean, a / (a + b), rtol=1e-11)
    assert_allclose(shrunk[1:], [beta.ppf(0.025, a, b), beta.ppf(0.975, a, b)], rtol=1e-9)


def most_likely_with_40_digits():
    """Where the slopes of the log-likelihood, written with digamma functions, are both 0."""
    k, n = CHARGED.tolist(), RECORDED.tolist()

    def slopes(mu, size):
        a, b = mu * size, (1 - mu) * size
        both = mpmath.psi(0, size) * len(k) - sum(mpmath.psi(0, size + y) for y in n)
        by_a = sum(mpmath.psi(0, a + x) for x in k) - len(k) * mpmath.psi(0, a)
        by_b = sum(mpmath.psi(0, b + y - x) for x, y in zip(k, n, strict=True)) - len(k) * mpmath.psi(0, b)
        return by_a + both, by_b + both

    with mpmath.workdps(40):
        mu, size = mpmath.findroot(slopes, (mpmath.mpf("0.0605"), mpmath.mpf(277)))
        return float(mu), float(1 / (size + 1))


def test_beta_binomial_likelihood_is_scipys():
    spread = fit_beta_binomial(CHARGED, RECORDED)
    assert_allclose(spread.log_likelihood, betabinom.logpmf(CHARGED, RECORDED, spread.a, spread.b).sum(), rtol=1e-12)
    for factor_a, factor_b in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99)):
        nearby = betabinom.logpmf(CHARGED, RECORDED, spread.a * factor_a, spread.b * factor_b).sum()
        assert nearby < spread.log_likelihood


def test_malicious_communications(malicious_communications):
    force, k, n = malicious_communications
    assert (k.sum(), n.sum()) == (4886, 207911)
    result = measure_overdispersion(k, n)
    # Printed with the methods: tau2 5.81e-5, mu 2.59%, X2 436.5; 24 of 44 differ, 13 after Holm, 1 outside the limits.
    assert f"{result.tau2:.2e} {100 * result.mu:.2f}% {result.x2:.1f}" == "5.81e-05 2.59% 436.5"
    z, p = score_against_rest(k, n, k.sum() - k, n.sum() - n)
    adjusted = funnel_z(k, n, result.theta, mu=result.mu, tau2=result.tau2)
    assert ((p < 0.05).sum(), (holm(p) < 0.05).sum()) == (24, 13)
    assert [where for where in outside(adjusted) if where] == ["95"]
    gwent, midlands = (force.tolist().index(name) for name in ("Gwent", "West Midlands"))
    assert (k[gwent], n[gwent]) == (105, 3654)
    assert (round(z[gwent], 2), round(adjusted[gwent], 2)) == (2.11, 0.35)
    plain = funnel_z(k, n, result.theta)
    assert (round(plain[midlands], 3), round(z[midlands], 3)) == (1.956, 1.995)
    assert_allclose(z, plain / np.sqrt(1 - n / n.sum()), rtol=1e-10)


@pytest.mark.parametrize("draw", range(5))
def test_paule_mandel_solves_its_equation(draw):
    random = np.random.default_rng(draw)
    variances = random.uniform(1e-6, 1e-3, 30)
    rates = random.normal(0.06, 0.03, 30)

    def excess(tau2):
        weights = 1 / (variances + tau2)
        return weights @ (rates - weights @ rates / weights.sum()) ** 2 - 29

    mu, tau2 = paule_mandel(rates, variances)
    assert_allclose(tau2, brentq(excess, 0, 1, xtol=1e-18, rtol=1e-14), rtol=1e-9)
    assert_allclose(mu, np.average(rates, weights=1 / (variances + tau2)), rtol=1e-12)


def test_limits_and_z_agree():
    result = measure_overdispersion(CHARGED, RECORDED)
    for spread in ({}, {"mu": result.mu, "tau2": result.tau2}):
        limits = funnel_limits(RECORDED, result.theta, **spread)
        z = funnel_z(CHARGED, RECORDED, result.theta, **spread)
        rate = CHARGED / RECORDED
        beyond = (rate < limits.low_95) | (rate > limits.high_95)
        far_beyond = (rate < limits.low_998) | (rate > limits.high_998)
        assert np.array_equal(outside(z), np.where(far_beyond, "99.8", np.where(beyond, "95", None)))


def test_a_given_rate_costs_no_degree_of_freedom():
    pooled = measure_overdispersion(CHARGED, RECORDED)
    given_rate = measure_overdispersion(CHARGED, RECORDED, theta=float(pooled.theta))
    assert (pooled.degrees, given_rate.degrees) == (42, 43)
    assert given_rate.x2 == pooled.x2
    assert given_rate.x2_p > pooled.x2_p


def test_fewer_than_ten_forces_have_no_spread():
    nine = measure_overdispersion(CHARGED[:9], RECORDED[:9])
    assert (nine.phi, nine.tau2, nine.mu, nine.degrees) == (None, None, None, 8)
    assert 0 <= nine.x2_p <= 1
    assert np.isnan(shrink_rates(CHARGED[:9], RECORDED[:9])).all()
    assert measure_overdispersion(CHARGED[:10], RECORDED[:10]).tau2 is not None
    assert np.isfinite(shrink_rates(CHARGED[:10], RECORDED[:10])).all()


def exact_gain(a, b, charged, recorded, theta):
    """Log-likelihood of Beta(a, b) above that of one rate, in 40 digits."""
    mpmath.mp.dps = 40
    a, b, theta = mpmath.mpf(float(a)), mpmath.mpf(float(b)), mpmath.mpf(theta)
    return sum(
        mpmath.log(mpmath.beta(a + k, b + n - k) / mpmath.beta(a, b))
        - k * mpmath.log(theta)
        - (n - k) * mpmath.log(1 - theta)
        for k, n in zip(map(int, charged), map(int, recorded), strict=True)
    )


@pytest.mark.parametrize("size", [1e-2, 1.0, 999.0, 1001.0, 1e6, 4.8e8])
def test_a_spread_is_weighed_against_none_to_all_digits(size):
    # With 20,000 crimes and hardly any spread both likelihoods agree to 15 digits: only their difference tells.
    charged, recorded = np.array([0, 5, 60, 1000, 1000]), np.array([3, 100, 1200, 1000, 20_000])
    at = np.array([np.log(0.06 / 0.94), np.log(size)])
    expected = exact_gain(0.06 * size, 0.94 * size, charged, recorded, "0.06")
    assert_allclose(_gain(at, charged, recorded, 0.06), float(expected), rtol=1e-9, atol=1e-9)


def test_forces_all_alike():
    result = measure_overdispersion(*ALIKE)
    assert (result.tau2, round(result.mu, 12), round(result.x2, 12)) == (0, 0.05, 0)
    shrunk = shrink_rates(*ALIKE)
    assert_allclose(shrunk.mean, 0.05, rtol=1e-12)
    assert np.isnan(shrunk[1:]).all()


@pytest.mark.parametrize("share", [0, 1])
def test_nobody_or_everybody_charged_anywhere(share):
    n = np.arange(1, 13) * 10
    result = measure_overdispersion(share * n, n)
    assert result.theta == share
    assert np.isnan([result.x2, result.x2_p, result.phi, result.tau2, result.mu]).all()
    assert np.isnan(funnel_z(share * n, n, result.theta)).all()
    assert np.array_equal(funnel_limits(n, result.theta), np.full((4, 12), share))
    assert_allclose(shrink_rates(share * n, n).mean, share)


def test_one_force_and_none():
    one = measure_overdispersion([21], [268])
    assert (one.forces, one.degrees, one.x2, one.phi) == (1, 0, 0, None)
    assert np.isnan(one.x2_p)
    none = measure_overdispersion([], [])
    assert (none.forces, none.charged) == (0, 0)
    assert np.isnan([none.theta, none.x2, none.x2_p]).all()
    assert shrink_rates([], []).mean.size == holm([]).size == 0


def test_unknown_forces_change_nothing_for_the_others():
    k, n = np.append(CHARGED, [np.nan, 0, np.nan]), np.append(RECORDED, [50, 0, np.nan])
    assert measure_overdispersion(k, n) == measure_overdispersion(CHARGED, RECORDED)
    for found, expected in zip(shrink_rates(k, n), shrink_rates(CHARGED, RECORDED), strict=True):
        assert np.array_equal(found[:-3], expected)
        assert np.isnan(found[-3:]).all()
    assert np.isnan(funnel_z(k, n, 0.06)[-3:]).all()
    assert np.isnan(funnel_limits(n, 0.06).low_95[-2:]).all()


def test_ten_thousand_forces():
    random = np.random.default_rng(1)
    n = random.integers(1, 3000, 10_000)
    k = random.binomial(n, random.beta(6, 94, n.size))
    assert abs(measure_overdispersion(k, n).mu - 0.06) < 0.001
    spread = fit_beta_binomial(k, n)
    assert abs(spread.mu - 0.06) < 0.001
    assert abs(spread.rho - 1 / 101) < 0.0005


def test_one_large_force_at_the_mean_does_not_hide_the_spread():
    # Among the small forces either none or all are charged; no single rate could do that.
    k, n = np.array([0, 20] * 6 + [500_000]), np.array([20] * 12 + [1_000_000])
    spread = fit_beta_binomial(k, n)
    grid = [betabinom.logpmf(k, n, size / 2, size / 2).sum() for size in np.logspace(-3, 5, 200)]
    assert spread.log_likelihood >= max(grid)
    assert spread.rho > 0.5


@settings(max_examples=30)
@given(
    st.lists(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=10, max_size=20)
)
def test_shrunken_rates_lie_between_the_own_and_the_common_one(forces):
    k, n = np.array(forces).T
    spread, shrunk = fit_beta_binomial(k, n), shrink_rates(k, n)
    rate = k / n
    assert ((np.minimum(rate, spread.mu) - 1e-9 <= shrunk.mean) | (spread.rho == 0)).all()
    assert ((shrunk.mean <= np.maximum(rate, spread.mu) + 1e-9) | (spread.rho == 0)).all()
    if spread.rho > 0:
        assert (shrunk.low <= shrunk.high).all()
        grid = [betabinom.logpmf(k, n, spread.mu * s, (1 - spread.mu) * s).sum() for s in np.logspace(-1, 4, 40)]
        assert spread.log_likelihood >= max(grid) - 1e-9


def test_holm():
    table = rows("multiplicity")
    assert_allclose(holm(column(table, "p")), column(table, "holm"), rtol=1e-12)


@given(st.lists(st.floats(0, 1) | st.just(np.nan), max_size=30))
def test_holm_leaves_unknown_ones_out_and_puts_them_back(p):
    p = np.array(p)
    adjusted = holm(p)
    known = ~np.isnan(p)
    assert np.array_equal(np.isnan(adjusted), ~known)
    assert np.array_equal(adjusted[known], holm(p[known]))
    ranked = sorted(p[known])
    for value, found in zip(p[known], adjusted[known], strict=True):
        steps = [(len(ranked) - i) * other for i, other in enumerate(ranked) if other <= value]
        assert_allclose(found, min(1, max(steps)), rtol=1e-12)


def test_limits_of_the_funnel_are_the_normal_quantiles():
    assert outside([norm.ppf(0.975) - 1e-9, norm.ppf(0.975) + 1e-9]).tolist() == [None, "95"]
    assert outside([-norm.ppf(0.999) + 1e-9, -norm.ppf(0.999) - 1e-9]).tolist() == ["95", "99.8"]


def test_trend():
    (row,) = rows("trend")
    counts = [[float(part) for part in row[name].split(";")] for name in ("x", "n", "scores")]
    z, p = trend_test(*counts)
    assert_allclose([z**2, p], [row["X2"], row["p"]], rtol=1e-6)
    assert_allclose(z**2, row["X2"], rtol=1e-12)
    # Turning time around turns the sign; moving or stretching it changes nothing.
    assert_allclose(trend_test(*counts[:2], -np.array(counts[2])).z, -z)
    assert_allclose(trend_test(*counts[:2], 2014 + 3 * np.array(counts[2])).z, z)


def test_a_rising_rate_has_a_positive_trend():
    z, p = trend_test([10, 15, 20, 25], [100] * 4, [2014, 2015, 2016, 2017])
    # By hand: rate 0.175, slope sum -1.5 * 10 - 0.5 * 15 + 0.5 * 20 + 1.5 * 25 = 25, variance 0.175 * 0.825 * 500.
    assert_allclose(z, 25 / np.sqrt(0.175 * 0.825 * 500))
    assert_allclose(p, 2 * norm.sf(z))


@pytest.mark.parametrize(
    ("charged", "years", "has"),
    [
        ([10, 12, 14], [1, 2, 3], "36 charged in 3"),
        ([2, 2, 2, 3], [1, 2, 3, 4], "9 charged in 4"),
        ([5, 5, 5, 5], [1, 1, 2, 3], "20 charged in 3"),
        ([9, 9, 9, np.nan], [1, 2, 3, 4], "27 charged in 3"),
    ],
)
def test_a_trend_from_too_little_is_refused(charged, years, has):
    with pytest.raises(InputError, match=f"^{has} known years show no trend: give at least 10 charged and 4 years$"):
        trend_test(charged, [100] * len(charged), years)


def test_a_year_of_one_crime_counts_and_one_of_none_does_not():
    # By hand, from 10, 15, 20 of 100 and 1 of 1 in 2014 to 2017: rate 46/301, mean year 2014 + 303/301.
    rate, mean = 46 / 301, 303 / 301
    slope = sum((when - mean) * (k - n * rate) for when, k, n in ((0, 10, 100), (1, 15, 100), (2, 20, 100), (3, 1, 1)))
    spread = sum(n * (when - mean) ** 2 for when, n in ((0, 100), (1, 100), (2, 100), (3, 1)))
    expected = slope / np.sqrt(rate * (1 - rate) * spread)
    assert_allclose(trend_test([10, 15, 20, 1], [100, 100, 100, 1], ["2014", "2015", "2016", "2017"]).z, expected)
    assert_allclose(trend_test([10, 15, 20, 1, 0], [100, 100, 100, 1, 0], range(2014, 2019)).z, expected)


def test_everybody_charged_every_year():
    z, p = trend_test([10] * 4, [10] * 4, [1, 2, 3, 4])
    assert np.isnan(z)
    assert p == 1
