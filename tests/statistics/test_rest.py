import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from reference_tables import column, quantities, rows
from scipy.stats import hypergeom
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from analysis.errors import InputError
from analysis.statistics.effect_sizes import difference_interval, ratio_interval
from analysis.statistics.funnel import funnel_z
from analysis.statistics.proportions import wilson_interval
from analysis.statistics.rest import compare_with_country, compare_with_rest, fisher_p, score_against_rest

SIDES = ("x1", "n1", "x2", "n2")
GWENT = quantities("gwent_answers")
confidences = st.sampled_from([0.8, 0.95, 0.998])


@st.composite
def two_sides(draw, most=500):
    sizes = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, sizes[0])), sizes[0], draw(st.integers(0, sizes[1])), sizes[1]


def sides(row):
    return [row[name] for name in SIDES]


@pytest.mark.parametrize("row", rows("two_by_two", test="score_pooled_two_sided"), ids=str)
def test_score_p(row):
    assert_allclose(score_against_rest(*sides(row)).p, row["pvalue"], rtol=1e-11)


@pytest.mark.parametrize("row", rows("two_by_two", test="fisher_minlike"), ids=str)
def test_fisher_p(row):
    assert_allclose(fisher_p(*sides(row)), row["pvalue"], rtol=1e-9)


@pytest.mark.parametrize("row", rows("two_proportion_intervals", method="newcombe"), ids=str)
def test_difference(row):
    expected = [row["estimate"], row["lower"], row["upper"]]
    assert_allclose(difference_interval(*sides(row)), expected, atol=1e-9)
    assert_allclose(
        expected[1:], [row["published_lower"] or row["lower"], row["published_upper"] or row["upper"]], atol=5.1e-5
    )


@pytest.mark.parametrize("row", rows("two_proportion_intervals", method="ratio_score_koopman_mn"), ids=str)
def test_ratio(row):
    assert_allclose(ratio_interval(*sides(row)), [row["estimate"], row["lower"], row["upper"]], atol=1e-7)


@pytest.mark.parametrize("size", [20_000, 40_000, 80_000])
def test_gwent_against_rests_of_six_per_cent(size):
    # The table's country holds 6% of `size` charged, the force among them.
    result = compare_with_country(21, 21, 268, round(0.06 * size), size)
    assert_allclose(result.z, GWENT[f"z_vs_rest_N{size}"], rtol=1e-11)
    assert_allclose(result.difference.low, GWENT[f"newcombe_diff_lower_rest_N{size}"], rtol=1e-10)
    assert_allclose(result.difference.high, GWENT[f"newcombe_diff_upper_rest_N{size}"], rtol=1e-10)


def test_gwent_against_the_other_forces_of_the_release():
    # Printed: p 0.203, +1.9 points (-0.8 to +5.7).
    result = compare_with_country(21, 21, 268, 1692, 28201)
    assert round(result.p.low, 3) == 0.203
    assert [round(100 * points, 1) for points in result.difference] == [1.9, -0.8, 5.7]
    assert (result.rest_charged, result.rest_recorded) == ((1671, 1671), 27933)


@given(two_sides())
def test_score_is_statsmodels(count):
    k, n, rest_k, rest_n = count
    if 0 < k + rest_k < n + rest_n:
        expected = proportions_ztest([k, rest_k], [n, rest_n])
        assert_allclose(score_against_rest(*count), expected, rtol=1e-9, atol=1e-9)
    else:
        z, p = score_against_rest(*count)
        assert np.isnan(z)
        assert p == 1


@given(two_sides())
def test_part_against_whole(count):
    k, n, rest_k, rest_n = count
    theta = (k + rest_k) / (n + rest_n)
    if 0 < theta < 1:
        z = score_against_rest(*count).z
        assert_allclose(z, funnel_z(k, n, theta) / np.sqrt(1 - n / (n + rest_n)), rtol=1e-9, atol=1e-12)


@given(two_sides(), confidences)
def test_difference_is_statsmodels(count, confidence):
    expected = confint_proportions_2indep(*count, compare="diff", method="newcomb", alpha=1 - confidence)
    assert_allclose(difference_interval(*count, confidence=confidence)[1:], expected, atol=1e-9)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
@pytest.mark.parametrize("count", [(21, 268, 1671, 27933), (1, 100, 499, 500), (99, 100, 1, 500), (7, 9, 200, 90_000)])
def test_ratio_solves_its_equation_with_40_digits(count, confidence):
    _, low, high = ratio_interval(*count, confidence=confidence)
    with mpmath.workdps(40):
        k, n, rest_k, rest_n = map(mpmath.mpf, count)
        z = mpmath.sqrt(2) * mpmath.erfinv(confidence)

        def score(ratio):
            # Where the force's rate is `ratio` times the rest's, the rest's likelihood equation is a quadratic one.
            both, linear = (n + rest_n) * ratio, n * ratio + k + rest_n + rest_k * ratio
            rest = (linear - mpmath.sqrt(linear**2 - 4 * both * (k + rest_k))) / (2 * both)
            variance = ratio * rest * (1 - ratio * rest) / n + ratio**2 * rest * (1 - rest) / rest_n
            return (k / n - ratio * rest_k / rest_n) / mpmath.sqrt(variance * (n + rest_n) / (n + rest_n - 1))

        assert_allclose(low, float(mpmath.findroot(lambda ratio: score(ratio) - z, float(low))), rtol=1e-12)
        assert_allclose(high, float(mpmath.findroot(lambda ratio: score(ratio) + z, float(high))), rtol=1e-12)


@given(st.tuples(st.integers(1, 99), st.just(100), st.integers(1, 499), st.just(500)), confidences)
def test_ratio_is_statsmodels_where_that_has_an_answer(count, confidence):
    try:
        expected = confint_proportions_2indep(*count, compare="ratio", method="score", alpha=1 - confidence)
    except ValueError:
        return
    # Its root finder stops early: 1 of 100 against 499 of 500 is wrong in the fifth digit.
    assert_allclose(ratio_interval(*count, confidence=confidence)[1:], expected, rtol=1e-3)


@given(two_sides(), confidences)
def test_swapping_the_sides_turns_both_around(count, confidence):
    swapped = (*count[2:], *count[:2])
    difference = difference_interval(*count, confidence=confidence)
    other = difference_interval(*swapped, confidence=confidence)
    assert_allclose(difference, [-other.estimate, -other.high, -other.low], atol=1e-12)
    ratio = ratio_interval(*count, confidence=confidence)
    other = ratio_interval(*swapped, confidence=confidence)
    with np.errstate(divide="ignore"):
        assert_allclose(ratio, np.divide(1, [other.estimate, other.high, other.low]), rtol=1e-9)
    assert ratio.low <= ratio.high
    assert np.isnan(ratio.estimate) or ratio.low <= ratio.estimate <= ratio.high


@given(two_sides(most=120), st.booleans(), confidences)
def test_more_charges_raise_everything(count, rest_is_fixed, confidence):
    _, recorded, rest_k, rest_n = count
    counts = np.arange(min(recorded, rest_n if rest_is_fixed else rest_k) + 1)
    rest_counts = np.full(counts.shape, rest_k) if rest_is_fixed else rest_k - counts
    four = counts, recorded, rest_counts, rest_n
    z = score_against_rest(*four).z
    assert (np.diff(z[~np.isnan(z)]) >= -1e-12).all()
    for interval in (difference_interval, ratio_interval):
        _, low, high = interval(*four, confidence=confidence)
        assert (np.diff(low) >= -1e-12).all()
        assert (np.diff(high[np.isfinite(high)]) >= -1e-9).all()
        # The upper ratio is infinite only where the rest has none charged, which is at the end of the range.
        assert (np.isfinite(high) | (rest_counts == 0) if interval is ratio_interval else np.isfinite(high)).all()


def mid_p_by_definition(charged, recorded, rest_charged, rest_recorded):
    """Return p and side of the central mid-P test, from the counts that the force could have had."""
    table = hypergeom(recorded + rest_recorded, charged + rest_charged, recorded)
    half = table.pmf(charged) / 2
    above, below = table.sf(charged) + half, table.cdf(charged - 1) + half
    return min(1.0, 2 * min(above, below)), "higher" if above < below else "lower"


@given(two_sides(most=60), st.integers(0, 60), st.booleans(), confidences)
def test_a_range_is_every_count_in_it(count, width, in_country, confidence):
    low, recorded, rest_k, rest_n = count
    high = min(low + width, recorded)
    if in_country:
        # Every count of the range must leave the rest a possible one.
        country_k, country_n = rest_k + high, rest_n + recorded + high - low
        result = compare_with_country(low, high, recorded, country_k, country_n, confidence=confidence)
        every = [(k, recorded, country_k - k, country_n - recorded) for k in range(low, high + 1)]
    else:
        result = compare_with_rest(low, high, recorded, rest_k, rest_n, confidence=confidence)
        every = [(k, recorded, rest_k, rest_n) for k in range(low, high + 1)]
    scores = [score_against_rest(*four) for four in every]
    tests = [mid_p_by_definition(*four) for four in every]
    assume(all(abs(p - (1 - confidence)) > 1e-9 for p, _ in tests))
    words = {"not distinguishable" if p >= 1 - confidence else word for p, word in tests}
    assert_allclose(tuple(result.mid_p), (min(p for p, _ in tests), max(p for p, _ in tests)), rtol=1e-8, atol=1e-200)
    assert result.verdict == (words.pop() if len(words) == 1 else "depends")
    assert tuple(result.p) == (min(score.p for score in scores), max(score.p for score in scores))
    assert (result.rest_charged.low, result.rest_charged.high) == (every[-1][2], every[0][2])
    for found, interval in ((result.difference, difference_interval), (result.ratio, ratio_interval)):
        limits = [interval(*four, confidence=confidence) for four in every]
        assert_allclose(found.low, min(limit.low for limit in limits), rtol=1e-12)
        assert_allclose(found.high, max(limit.high for limit in limits), rtol=1e-12)
        if low < high:
            assert np.isnan(found.estimate)
    if low < high:
        assert np.isnan([result.z, result.fisher_p]).all()
    else:
        assert_allclose(result.fisher_p, fisher_p(*every[0]))


@pytest.mark.parametrize(
    ("count", "ratio"),
    [
        # None in the force and some elsewhere: the ratio is 0 and its lower limit is exactly 0.
        ((0, 10, 5, 20), (0, 0, None)),
        ((5, 10, 0, 20), (np.inf, None, np.inf)),
        ((0, 10, 0, 20), (np.nan, 0, np.inf)),
        ((10, 10, 20, 20), (1, None, None)),
        ((5, 10, 0, 0), (np.nan, np.nan, np.nan)),
        ((0, 0, 5, 10), (np.nan, np.nan, np.nan)),
    ],
)
def test_ratios_that_are_undefined_or_infinite(count, ratio):
    result = ratio_interval(*count)
    for found, expected in zip(result, ratio, strict=True):
        assert expected is None or found == expected or np.isnan([found, expected]).all()
        if expected is None:
            assert 0 < found < np.inf


def test_nobody_charged_anywhere_is_not_distinguishable():
    result = compare_with_rest(0, 0, 10, 0, 20)
    assert np.isnan(result.z)
    assert (result.p, result.fisher_p, result.verdict) == ((1, 1), 1, "not distinguishable")
    # Printed in Newcombe 1998b: -0.1611 to 0.2775.
    assert_allclose(result.difference, [0, -0.1611, 0.2775], atol=5.1e-5)


@pytest.mark.parametrize(
    "four", [(5, 5, 10, 0, 0), (0, 0, 0, 5, 10), (np.nan, np.nan, 10, 5, 10), (5, 5, 10, np.nan, 10)]
)
def test_unknown_stays_unknown(four):
    result = compare_with_rest(*four)
    assert result.verdict is None
    assert np.isnan([result.z, *result.p, result.fisher_p, *result.difference, *result.ratio]).all()


def test_a_force_that_is_the_whole_country_has_no_rest():
    result = compare_with_country(5, 5, 10, 5, 10)
    assert (result.rest_charged, result.rest_recorded, result.verdict) == ((0, 0), 0, None)


def test_a_force_that_is_nearly_the_whole_country():
    result = compare_with_country(5_000, 5_000, 99_999, 5_000, 100_000)
    assert result.verdict == "not distinguishable"
    assert np.isfinite([result.z, result.fisher_p, *result.difference]).all()
    assert (result.ratio.estimate, result.ratio.high) == (np.inf, np.inf)


@pytest.mark.parametrize("country", [(20, 1000), (700, 900)])
def test_a_country_that_cannot_contain_the_force_is_refused(country):
    with pytest.raises(InputError, match=f"the country's {country[0]} of {country[1]} cannot contain 21 of 268"):
        compare_with_country(21, 21, 268, *country)


def test_a_country_that_cannot_contain_every_count_of_a_range_is_refused():
    with pytest.raises(InputError, match="the country's 8 of 1000 cannot contain 3 to 9 of 10"):
        compare_with_country(3, 9, 10, 8, 1000)


def test_wide_ranges_are_fast_enough_to_be_exact():
    result = compare_with_rest(0, 100_000, 300_000, 100_000, 2_000_000)
    assert result.verdict == "depends"
    ends = [ratio_interval(k, 300_000, 100_000, 2_000_000) for k in (0, 100_000)]
    assert result.ratio[1:] == (ends[0].low, ends[1].high)
    assert result.p.low == 0
    assert result.p.high == 1


def test_arrays_give_what_single_forces_give():
    table = rows("synthetic_43_forces")
    k, n = column(table, "charged"), column(table, "recorded")
    together = ratio_interval(k, n, k.sum() - k, n.sum() - n)
    for i in (0, 1, 42):
        alone = ratio_interval(k[i], n[i], k.sum() - k[i], n.sum() - n[i])
        assert alone == (together.estimate[i], together.low[i], together.high[i])
    assert wilson_interval(k, n).low.shape == (43,)


@pytest.mark.parametrize(("recorded", "rest_recorded", "confidence"), [(1, 19, 0.95), (2, 38, 0.95), (1, 99, 0.99)])
def test_a_p_of_exactly_the_level_is_no_verdict(recorded, rest_recorded, confidence):
    # One charge in all: p is the force's share of the crimes, exactly 1/20 or 1/100, which is not below itself.
    found = compare_with_rest(1, 1, recorded, 0, rest_recorded, confidence=confidence)
    assert_allclose(found.mid_p, recorded / (recorded + rest_recorded), rtol=1e-12)
    assert found.verdict == "not distinguishable"
