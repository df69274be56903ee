"""All forces of a spreadsheet beside each other: the reference values, and tables that are odd or hostile.

Expected values: `reference/per_force.csv` and `overdispersion.csv`; for the odd tables, arithmetic that is said.
"""

import csv
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from scipy.stats import hypergeom

from analysis.answer import compare_file
from analysis.cli import main

REFERENCE = Path(__file__).parents[1] / "reference"
SYNTHETIC = REFERENCE / "synthetic_43_forces.csv"


def compare(path):
    ran = CliRunner().invoke(main, ["compare", str(path), "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def table(folder, rows):
    path = folder / "forces.csv"
    path.write_text("force,charged,recorded\n" + "".join(f"{','.join(map(str, row))}\n" for row in rows))
    return path


@pytest.fixture(scope="module")
def synthetic():
    return compare(SYNTHETIC)


def test_each_synthetic_force_has_the_reference_values(synthetic):
    with open(REFERENCE / "per_force.csv") as lines:
        expected = list(csv.DictReader(lines))
    assert [row["force"] for row in synthetic["forces"]] == [row["force"] for row in expected]
    for row, known in zip(synthetic["forces"], expected, strict=True):
        found = {
            "z_unadjusted": row["funnel"]["z"],
            "z_vs_rest": row["rest"]["z"],
            "p_vs_rest": row["rest"]["p"],
            "z_PM": row["adjusted"]["z"],
            "eb_mean": row["shrunk"]["mean"],
            "eb_lower": row["shrunk"]["low"],
            "eb_upper": row["shrunk"]["high"],
        }
        assert found == pytest.approx({name: float(known[name]) for name in found}, rel=1e-6, abs=1e-9)


def test_the_synthetic_forces_together_have_the_reference_values(synthetic):
    with open(REFERENCE / "overdispersion.csv") as lines:
        known = {row["quantity"]: float(row["value"]) for row in csv.DictReader(lines)}
    together, rows = synthetic["country"], synthetic["forces"]
    found = {
        "forces": together["forces"],
        "charged": together["count"],
        "recorded": together["recorded"],
        "theta": together["rate"],
        "X2": together["x2"],
        "X2_p": together["x2_p"],
        "phi": together["phi"],
        "tau2_PM": together["tau2"],
        "mu_PM": together["mu"],
        "flag95_unadjusted": sum(row["funnel"]["outside"] is not None for row in rows),
        "flag95_PM": sum(row["adjusted"]["outside"] is not None for row in rows),
        "flag998_PM": sum(row["adjusted"]["outside"] == "99.8" for row in rows),
    }
    assert found == pytest.approx({name: known[name] for name in found}, rel=1e-6, abs=0)


def test_holm_takes_each_p_times_the_tests_left(synthetic):
    # By hand, after Holm 1979: the smallest of 43 p-values times 43, the next times 42, never below the one before.
    rests = sorted((row["rest"] for row in synthetic["forces"]), key=lambda rest: rest["mid_p"])
    largest = 0.0
    for left, rest in zip(range(43, 0, -1), rests, strict=True):
        largest = max(largest, min(left * rest["mid_p"], 1))
        assert rest["p_holm"] == pytest.approx(largest, rel=1e-12)


def test_forces_that_are_all_alike_show_no_spread(tmp_path):
    found = compare(table(tmp_path, [(f"F{n}", 6, 100) for n in range(12)]))
    together = found["country"]
    assert (together["x2"], together["tau2"]) == (0, 0)
    assert together["mu"] == pytest.approx(0.06)
    for row in found["forces"]:
        assert row["verdict"] == {"rest": "not distinguishable", "among_forces": "not unusual"}
        assert row["rest"]["p"] == row["rest"]["p_holm"] == 1
        assert row["shrunk"] == {"mean": pytest.approx(0.06), "low": None, "high": None}


def test_one_force_has_a_rate_and_nothing_to_compare_it_with(tmp_path):
    found = compare(table(tmp_path, [("Gwent", 21, 268)]))
    (row,) = found["forces"]
    assert row["rate"]["low"] == 21 / 268
    assert row["wilson"] == pytest.approx([0.0518, 0.1168], abs=5e-5)
    assert row["rest"] == {"z": None, "p": None, "mid_p": None, "p_holm": None}
    assert row["verdict"] == {"rest": None, "among_forces": None}
    assert found["country"]["tau2"] is None


@pytest.mark.parametrize("charged", [0, 50])
def test_nobody_or_everybody_charged_tells_no_forces_apart(tmp_path, charged):
    found = compare(table(tmp_path, [(f"F{n}", charged, 50) for n in range(12)]))
    together = found["country"]
    assert (together["count"], together["recorded"], together["rate"]) == (12 * charged, 600, charged / 50)
    assert together["tau2"] is together["mu"] is None
    assert {row["verdict"]["rest"] for row in found["forces"]} <= {None, "not distinguishable"}
    assert {row["verdict"]["among_forces"] for row in found["forces"]} == {"too few"}


def test_a_force_that_is_nearly_the_whole_country_is_compared_with_what_is_left(tmp_path):
    found = compare(table(tmp_path, [("Big", 60_000, 1_000_000), *[(f"F{n}", 1, 10) for n in range(11)]]))
    big = found["forces"][0]
    # The rest: 11 of 110. Pooled p = 60011 / 1000110; z = (0.06 - 0.1) / sqrt(p (1 - p) (1 / 10**6 + 1 / 110)).
    pooled = 60_011 / 1_000_110
    by_hand = (0.06 - 0.1) / (pooled * (1 - pooled) * (1e-6 + 1 / 110)) ** 0.5
    assert big["rest"]["z"] == pytest.approx(by_hand, rel=1e-9)
    assert abs(big["funnel"]["z"]) < 0.02


@pytest.mark.parametrize("suppressed", [False, True])
def test_ten_thousand_forces_take_less_than_three_seconds(tmp_path, suppressed):
    rows = [(f"Force {n}", "<5" if suppressed and n % 2 else n % 97, 100 + n % 1013) for n in range(10_000)]
    path = table(tmp_path, rows)
    started = time.process_time()
    found = compare_file(str(path))
    assert time.process_time() - started < 3
    assert len(found.forces) == 10_000
    assert found.country.recorded == sum(recorded for _, charged, recorded in rows if charged != "<5")


def test_a_suppressed_count_is_compared_over_all_it_can_be_and_moves_nothing_else(tmp_path):
    known = [(f"F{n}", 6 + n, 100) for n in range(11)]
    found = compare(table(tmp_path, [*known, ("Small", "<5", 40)]))
    assert found["country"] == compare(table(tmp_path, known))["country"]
    small = found["forces"][-1]
    # By the definition of the central mid-P test: k = 0 ... 4 of 40 against 121 of 1,100.
    p = []
    for k in range(5):
        drawn = hypergeom(1140, k + 121, 40)
        half = drawn.pmf(k) / 2
        p.append(min(1, 2 * min(drawn.sf(k) + half, drawn.cdf(k - 1) + half)))
    assert small["p_range"] == pytest.approx([min(p), max(p)], rel=1e-9)
    assert small["verdict"]["rest"] == "depends"
