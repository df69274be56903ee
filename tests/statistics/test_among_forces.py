import numpy as np
import pytest
from numpy.testing import assert_allclose
from reference_tables import column, rows
from scipy import stats

from analysis.statistics.among_forces import (
    allow_for_estimated_spread,
    compare_among_forces,
    drawn_limits,
    large_forces,
    usual_rates,
)
from analysis.statistics.leave_one_out import fit_all, fit_others
from analysis.statistics.multiplicity import benjamini_hochberg

LEFT_OUT, LIMITS = rows("v2_leave_one_out"), rows("v2_drawn_limits")
K, N = column(LEFT_OUT, "k"), column(LEFT_OUT, "n")


def test_every_force_against_the_others():
    found = compare_among_forces(K, N)
    assert_allclose(found.a, column(LEFT_OUT, "a"), rtol=1e-7)
    assert_allclose(found.b, column(LEFT_OUT, "b"), rtol=1e-7)
    assert_allclose(found.p_plugin, column(LEFT_OUT, "p_plugin"), atol=1e-9)
    assert_allclose(found.p, column(LEFT_OUT, "p"), atol=1e-9)
    assert (found.others_large == column(LEFT_OUT, "others_big")).all()
    for i, row in enumerate(LEFT_OUT):
        assert found.judged[i] == (row["judged"] == "yes")
        assert found.outside[i] == (str(row["outside"]) or None)
        assert (found.side[i] > 0) == (row["side"] == "high")
        assert np.isnan(found.benjamini_hochberg[i]) == (row["bh"] == "")
        assert row["bh"] == "" or abs(found.benjamini_hochberg[i] - row["bh"]) < 1e-9


@pytest.mark.parametrize("alpha", [0.05, 0.002])
@pytest.mark.parametrize("limit", ["lower", "upper"])
def test_drawn_limits(alpha, limit):
    table = [row for row in LIMITS if (row["alpha_promised"], row["limit"]) == (alpha, limit)]
    low, high = drawn_limits(K, N, column(table, "n"), alpha=alpha)
    assert_allclose(low if limit == "lower" else high, column(table, "rate"), atol=1e-8)
    assert_allclose(fit_all(K, N), (table[0]["a"], table[0]["b"]), rtol=1e-7)


def test_many_pages_at_once_are_as_one_by_one():
    few = np.where(np.arange(K.size) < 9, K, np.nan)
    alike = np.where(np.arange(K.size) < 12, 10.0, np.nan)
    charged, recorded = np.stack([K, few, alike, N]), np.stack([N, N, np.full(K.size, 100.0), N])
    a, b = fit_all(charged, recorded)
    assert_allclose((a[0], b[0]), (LIMITS[0]["a"], LIMITS[0]["b"]), rtol=1e-7)
    assert np.isnan([a[1], b[1]]).all()
    assert np.isinf([a[2], b[2]]).all()
    low, high = usual_rates(charged, recorded)
    used = next(row["alpha_used"] for row in LIMITS if row["alpha_promised"] == 0.05)
    expected = stats.beta.ppf([used / 2, 1 - used / 2], LIMITS[0]["a"], LIMITS[0]["b"])
    assert_allclose((low[0], high[0]), expected, rtol=1e-6)
    assert (low[2], high[2]) == (0.1, 0.1)
    assert np.isnan([low[1], high[1], low[3], high[3]]).all()


def test_masking_by_others_that_are_unusual_too():
    # calibration.md: nine at 50 of 1,000 and two at 600: p .031 for the two, .005 before the correction.
    found = compare_among_forces([50] * 9 + [600] * 2, [1000] * 11)
    assert [f"{p:.3f}" for p in found.p[9:]] == ["0.031"] * 2
    assert [f"{p:.3f}" for p in found.p_plugin[9:]] == ["0.005"] * 2
    found = compare_among_forces([50] * 10 + [900], [1000] * 11)
    assert found.p[10] < 1e-6


def test_others_without_spread_have_one_rate():
    found = compare_among_forces([10] * 11 + [30], [100] * 12)
    assert np.isinf(found.a[11])
    # Binomial(100, 0.1), its mid-P at 30 doubled: sums of terms in fractions give 2.77e-8.
    assert found.p_plugin[11] < 1e-7
    # Without the force at 30 nobody differs from 10 of 100.
    assert found.p_plugin[0] > 0.5


@pytest.mark.parametrize(("others", "own", "p"), [(0, 0, 1), (0, 1, 0), (20, 20, 1), (20, 19, 0)])
def test_others_that_are_all_alike_at_an_end(others, own, p):
    found = compare_among_forces([others] * 11 + [own], [20] * 12)
    assert found.p[11] == p or np.isnan(found.p[11])
    assert found.p_plugin[11] == p


def test_others_that_are_all_or_none_have_no_distribution():
    found = compare_among_forces([0, 50] * 6 + [25], [50] * 13)
    assert np.isnan(found.p[12])
    assert not found.judged[12]


def test_fewer_than_ten_others_tell_nothing():
    found = compare_among_forces([5, 9, 2, 14, 7, 3, 11, 6, 20, 1, np.nan], [100] * 11)
    assert np.isnan(found.p).all()
    assert not found.judged.any()
    assert np.isnan(fit_all([5, 9, 2], [100] * 3)).all()


def test_a_force_that_takes_no_part_changes_nothing():
    found = compare_among_forces([*K, np.nan, 0], [*N, 50, 0])
    assert np.isnan(found.p[-2:]).all()
    assert_allclose(found.p[:-2], compare_among_forces(K, N).p, rtol=1e-9)


def test_a_second_maximum_hidden_by_one_large_force_is_found():
    # A hundred thousand crimes at the common rate beside small forces that differ: the likelihood has two maxima.
    k, n = [5_000, 0, 0, 0, 0, 0, 3, 4, 3, 0, 0, 4], [100_000, *[8] * 11]
    a, b = fit_others(k, n)[:2]
    for i in range(1, 12):
        rest = np.delete(np.arange(12), i)
        best = max(_log_likelihood(np.array(k)[rest], np.array(n)[rest], mu, size)
                   for mu in np.linspace(0.02, 0.5, 49) for size in np.logspace(-1, 6, 57))  # fmt: skip
        own = _log_likelihood(np.array(k)[rest], np.array(n)[rest], a[i] / (a[i] + b[i]), a[i] + b[i])
        assert own >= best - 1e-9


def test_a_left_out_fit_is_the_fit_to_the_others():
    a, b = fit_others(K, N)[:2]
    for i in (0, 8, 40):
        assert_allclose(fit_all(np.delete(K, i), np.delete(N, i)), (a[i], b[i]), rtol=1e-9)


def test_large_is_compared_in_whole_numbers():
    # 5 of 50 in all: 50 expects exactly 5, 49 does not.
    assert large_forces([5, 0], [50, 0]).tolist() == [True, False]
    assert large_forces([90, 10], [50 + 40, 10]).tolist() == [False, False]


def test_a_p_that_underflows_stays_the_smallest():
    assert allow_for_estimated_spread(0.0, 40) == 0
    assert np.isnan(allow_for_estimated_spread(0.5, 1))
    assert allow_for_estimated_spread(1.0, 40) == 1


def test_benjamini_hochberg():
    table = rows("multiplicity")
    assert_allclose(benjamini_hochberg(column(table, "p")), column(table, "bh"), rtol=1e-12)


def _log_likelihood(k, n, mu, size):
    from scipy.special import betaln

    return np.sum(betaln(mu * size + k, (1 - mu) * size + n - k) - betaln(mu * size, (1 - mu) * size))


def test_words():
    found = compare_among_forces([*K, np.nan], [*N, 10])
    words = dict(zip(column(LEFT_OUT, "force"), found.verdict, strict=False))
    assert (words["F08"], words["F01"], words["F00"]) == ("higher", "too few", "not unusual")
    assert found.verdict[-1] is None
    assert compare_among_forces(K[:10], N[:10]).verdict.tolist() == [None] * 10


def test_a_force_among_more_than_a_thousand_is_left_out_by_one_step():
    rng = np.random.default_rng(20181)
    n = rng.integers(20, 400, 1001)
    k = rng.binomial(n, rng.beta(4, 60, n.size))
    others = fit_others(k, n)
    for i in (0, int(np.argmax(k / n))):
        a, b = fit_all(np.delete(k, i), np.delete(n, i))
        assert_allclose((others.a[i], others.b[i]), (a, b), rtol=1e-4)
    assert others.rate[0] == (k.sum() - k[0]) / (n.sum() - n[0])
