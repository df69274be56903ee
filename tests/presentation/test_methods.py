"""The notebook on methods: numbers against values computed outside the project, and its words and figures."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, norm
from statsmodels.stats.meta_analysis import combine_effects

from analysis.answer import methods as computed
from analysis.answer.crimes_needed import crimes_needed, detectable_by_size
from analysis.answer.usual_spread import find_spread
from analysis.counts.studies import read_study
from analysis.presentation import method_figures as figures
from analysis.presentation import methods as words
from analysis.presentation import power_words, spread_words
from analysis.results.method_checks import FixedRateAgreement
from analysis.statistics.power import detectable
from analysis.statistics.winsorised import winsorised_limit, winsorised_square, winsorised_tau2

REFERENCE = Path(__file__).parents[1] / "reference"
NAMES = {
    "textbook (Wald)": "wald",
    "Agresti–Coull": "agresti_coull",
    "Clopper–Pearson": "clopper_pearson",
    "mid-P": "mid_p",
    "Wilson": "wilson",
}


def table(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def coverage():
    return computed.coverage()


@pytest.fixture(scope="module")
def spread():
    return find_spread()


def test_coverage_is_that_of_the_reference(coverage):
    expected = {(row["method"], int(row["n"])): row for row in table("coverage_summary")}
    assert len(coverage) == 10
    for row in coverage:
        known = expected[NAMES[row.method], row.recorded]
        assert row.mean == pytest.approx(float(known["mean"]), abs=5.1e-5)
        assert row.lowest == pytest.approx(float(known["min"]), abs=5.1e-5)
        assert row.lowest_at == pytest.approx(float(known["argmin"]), abs=5.1e-5)
        assert row.below_94 == pytest.approx(float(known["frac_below_0p94"]), abs=6e-4)


def test_interval_test_and_funnel_agree_about_a_fixed_rate():
    assert computed.agreement_with_fixed_rate() == FixedRateAgreement(268, 191, 269 * 191, 0)


def test_one_force_falls_between_funnel_and_rest():
    # Printed with the methods: West Midlands has funnel z 1.956 and z 1.995 against the rest; 24 of 44 differ from it.
    found = computed.agreement_with_rest()
    (between,) = [row for row in found.forces if row.between]
    assert (between.force, round(between.funnel_z, 3), round(between.rest_z, 3)) == (
        "West Midlands",
        1.956,
        1.995,
    )
    for row in found.forces:
        assert row.rest_z == pytest.approx(row.funnel_z / np.sqrt(1 - row.recorded / 207_911), rel=1e-9)
    assert sum(abs(row.rest_z) > found.limit for row in found.forces) == 24
    assert "West Midlands" in [row.force for row in found.near]


def test_ranges():
    # 31 forces, 17 of them exact: 50 of 652. Hertfordshire: 2 to 22 of 23.
    found = computed.ranges()
    rows = {row.force: row for row in found.forces}
    assert (len(rows), found.exact, found.rest) == (14, 17, pytest.approx(50 / 652))
    assert (rows["Hertfordshire"].low, rows["Hertfordshire"].high) == (2, 22)
    assert rows["Hertfordshire"].verdict == "depends"


def test_open_cases():
    rows = {row.force: row for row in computed.open_cases()}
    # 13 of 273 charged and 63 open, beside 37 of 379: z -2.37 by hand; 76 of 273 beside them is far higher.
    london = rows["Metropolitan Police"]
    assert (london.count, london.recorded, london.still_open) == (13, 273, 63)
    assert (london.so_far, london.if_open) == ("lower", "depends")
    assert london.rate_if_open == pytest.approx(76 / 273)
    assert rows["Kent"].if_open == "not distinguishable"
    assert len(rows) == 10


def test_winsorised_variance_is_that_of_the_reference():
    expected = {row["quantity"]: float(row["value"]) for row in table("overdispersion")}
    forces = table("synthetic_43_forces")
    charged, recorded = ([int(row[name]) for row in forces] for name in ("charged", "recorded"))
    found = winsorised_tau2(charged, recorded)
    assert found == pytest.approx(expected["tau2_additive_winsorised"], rel=1e-9)
    assert found < expected["tau2_PM"]


def test_winsorised_normal_keeps_two_thirds():
    # By integration of the definition, 10% beyond each edge.
    edge = norm.ppf(0.9)
    assert winsorised_square(edge) == pytest.approx(norm.expect(lambda z: min(abs(z), edge) ** 2), abs=1e-7)


@pytest.mark.parametrize("tau2", [0.0, 0.3, 5.0])
def test_long_run_of_equal_forces(tau2):
    # With equal forces the winsorised mean square is that of a normal distribution, scaled.
    kept = winsorised_square(norm.ppf(0.9))
    assert winsorised_limit([1.0] * 3, tau2) == pytest.approx(max(0, kept * (1 + tau2) - 1), abs=1e-9)


def test_long_run_is_where_many_forces_go():
    # Quantiles of the true distribution stand for 200,000 forces of two sizes, half of them small.
    variances, tau2 = np.array([1e-4, 1e-5]), 5e-5
    theta, sizes = 0.05, 0.05 * 0.95 / variances
    grid = norm.ppf((np.arange(100_000) + 0.5) / 100_000)
    rates = (theta + grid[:, np.newaxis] * np.sqrt(variances + tau2)).ravel()
    recorded = np.tile(sizes, grid.size)
    z = (rates - theta) / np.sqrt(theta * (1 - theta) / recorded)
    phi = np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2)
    expected = (phi - 1) / np.mean(1 / variances)
    assert winsorised_limit(variances, tau2) == pytest.approx(expected, rel=1e-3)


def test_spread_of_malicious_communications(spread):
    # The forces that every verdict is about: North Yorkshire, 918 of whose 1,195 crimes were open, is set aside.
    rows = read_study("home-office-2018-19/8R/charged").forces.set_index("force").drop("North Yorkshire")
    charged, recorded = (rows[name].to_numpy(float) for name in ("count_low", "recorded"))
    theta = charged.sum() / recorded.sum()
    library = combine_effects(charged / recorded, theta * (1 - theta) / recorded, method_re="iterated")
    assert spread.forces == 43
    assert spread.paule_mandel.tau2 == pytest.approx(library.tau2, rel=1e-4)
    assert (spread.paule_mandel.outside_95, spread.paule_mandel.outside_998) == (1, 0)
    assert spread.winsorised.tau2 < spread.paule_mandel.tau2
    # overdispersion_simulation: 2.07% of ordinary forces beyond winsorised 99.8% limits at a spread of the same order.
    assert spread.winsorised.accused == pytest.approx(0.0207, abs=0.005)
    assert spread.paule_mandel.accused == pytest.approx(0.002)
    assert np.all(np.array(spread.curve.winsorised) >= spread.nominal - 1e-12)
    assert np.all(np.array(spread.curve.none) >= np.array(spread.curve.winsorised) - 1e-12)


def test_what_268_crimes_can_show():
    # reference/gwent_answers.csv: 10.75% and 2.41% on a grid of 0.01%.
    row = next(row for row in detectable_by_size().rows if row.recorded == 268)
    assert (row.high, row.low) == (pytest.approx(0.1075, abs=1e-4), pytest.approx(0.0241, abs=1e-4))


@pytest.mark.parametrize("need", crimes_needed([0.02, 0.04, 0.10, 0.12, 0.20]), ids=lambda need: str(need.rate))
def test_crimes_needed_are_the_fewest_that_suffice_from_there_on(need):
    def shows(recorded):
        low, high, _ = detectable(recorded, 0.06, 0.06)
        return high <= need.rate if need.difference > 0 else low is not None and low >= need.rate

    assert not shows(need.recorded - 1)
    assert all(shows(recorded) for recorded in range(need.recorded, need.recorded + 60))


def test_crimes_needed_by_adding_up_every_count():
    # The mid-P test and its power straight from their definitions.
    (need,) = crimes_needed([0.10])
    counts = np.arange(need.recorded + 1)
    chance = binom.pmf(counts, need.recorded, 0.06)
    tail = chance[::-1].cumsum()[::-1]
    told = np.minimum(2 * tail - chance, 1) < 0.05
    assert binom.pmf(counts[told], need.recorded, 0.10).sum() >= 0.8
    assert crimes_needed([0.061], most=500)[0].recorded is None


def test_figures_are_the_same_bytes_and_say_what_they_show(coverage, spread):
    for draw, found, part in [
        (figures.coverage_figure, coverage, "Wilson, 268: mean 95.1%, lowest 92.9%"),
        (figures.rest_figure, computed.agreement_with_rest(), "West Midlands"),
        (figures.ranges_figure, computed.ranges(), "10 of the verdicts"),
        (figures.accused_figure, spread, "winsorised 2.2%"),
        (figures.power_figure, detectable_by_size(), "above 10.7% or below 2.4%"),
    ]:
        first, second = draw(found), draw(found)
        assert part in first.alt
        assert first.svg() == second.svg()


def test_sentences(coverage, spread):
    assert "95.1% of the time" in repr(words.finding(coverage, spread))
    assert "disagree in 0 of them" in repr(words.fixed_rate_words(computed.agreement_with_fixed_rate()))
    assert "1 of 44 forces: West Midlands" in repr(words.rest_words(computed.agreement_with_rest()))
    assert "10 get no verdict" in repr(words.ranges_words(computed.ranges()))
    assert "8 of 10 forces" in repr(words.open_words(computed.open_cases()))
    assert "68% is left" in repr(spread_words.why_too_small(spread))
    assert "10.7%" in repr(power_words.what_crimes_can_show(detectable_by_size(), crimes_needed()))


def test_tables_have_the_rows_of_their_figures(coverage, spread):
    assert len(words.coverage_table(coverage).rows) == len(coverage)
    assert len(words.ranges_table(computed.ranges()).rows) == 14
    assert len(words.open_table(computed.open_cases()).rows) == 10
    assert [row[0] for row in spread_words.allowance_table(spread).rows] == ["none", "winsorised", "Paule–Mandel"]
    assert power_words.needed_table(crimes_needed([0.10])).rows == [("10%", "+4.0", "364", "8")]
