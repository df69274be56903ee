"""The command line: its JSON and its text. What it refuses stands in test_bad_input.py."""

import json
import resource
import subprocess
import sys

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.tables import read_table


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="charge-rates")


def answer(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_estimate_against_a_quoted_range():
    # Expected: the values that the published tables and R give (tests/reference/gwent_answers.csv).
    gwent = answer("estimate", "21", "268", "--national", "5.5%..6.5%")
    assert gwent["intervals"]["wilson"] == pytest.approx([0.05181984334126907, 0.11681322322467745], abs=1e-12)
    assert gwent["tests"]["score"]["p"] == pytest.approx([0.09348463255607742, 0.37504643342014254], abs=1e-12)
    assert gwent["tests"]["score"]["z"] is None
    assert gwent["break_even"]["low"] == pytest.approx(0.05181984334126907, abs=1e-12)
    assert gwent["verdict"] == "not distinguishable"


def test_estimate_against_one_rate_says_what_would_turn_it():
    gwent = answer("estimate", "21", "268", "--national", "6%")
    assert gwent["charges_to_turn"]["higher"] == 24 - 21  # min_k_score_sig_p0_.06
    assert 0.107 < gwent["detectable"]["high"] < 0.108
    assert gwent["tests"]["score"]["z"] == pytest.approx(1.2654883568015876, abs=1e-12)


def test_estimate_against_the_country_is_estimate_against_the_rest():
    inside = answer("estimate", "21", "268", "--country", "1692", "28201")
    outside = answer("estimate", "21", "268", "--rest", str(1692 - 21), str(28201 - 268))
    assert inside == outside
    assert inside["tests"]["score"]["p"][0] == pytest.approx(0.203, abs=5e-4)
    assert [round(100 * inside["difference"][part], 1) for part in ("estimate", "low", "high")] == [1.9, -0.8, 5.7]


def test_open_crimes_widen_the_count_only_where_they_are_given():
    gwent = answer("estimate", "21", "268", "--open", "10")
    assert (gwent["count"], gwent["open"]) == ({"low": 21, "high": 31}, 10)
    assert gwent["intervals"]["wilson"][1] == pytest.approx(0.1595084831546372, abs=1e-12)  # bounds.csv


def test_nothing_recorded_is_unknown_not_zero():
    nothing = answer("estimate", "0", "0", "--national", "6%")
    assert nothing["rate"] == {"low": None, "high": None}
    assert nothing["intervals"]["wilson"] == [None, None]
    assert nothing["verdict"] is None


def test_infinite_ratio_is_null():
    ratio = answer("estimate", "3", "40", "--rest", "0", "50")["ratio"]
    assert ratio["estimate"] is None
    assert ratio["high"] is None
    assert ratio["low"] > 0


def test_estimate_prints_a_sentence_to_quote():
    result = run("estimate", "21", "268", "--national", "5.5%..6.5%")
    assert result.stdout.splitlines()[-1] == (
        "21 of 268 is 7.8% (95% interval 5.2% to 11.7%); that is not distinguishable from a national rate of 5.5% to "
        "6.5% (p between 0.093 and 0.375), which does not show that the two are the same."
    )


def test_compare_reads_a_spreadsheet_and_names_what_it_ignores(tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text("\ufeffForce ; Charged;RECORDED;note\nKent;1,021;12,000;x\nEssex;<5;40;\nGwent;;20;\nDorset;3;;\n")
    result = run("compare", str(path), "--json")
    assert result.exit_code == 0, result.output
    rows = {row["force"]: row for row in json.loads(result.stdout)["forces"]}
    assert rows["Kent"]["count"] == {"low": 1021, "high": 1021}
    assert rows["Essex"]["count"] == {"low": 0, "high": 4}
    assert rows["Gwent"]["count"] == {"low": 0, "high": 20}
    assert rows["Dorset"]["rate"] == {"low": None, "high": None}
    assert "note" in result.stderr


def test_compare_of_a_study_with_a_quoted_rate_has_no_common_rate():
    country = answer("compare", "--study", "radar-2022/8/71/charged")
    assert country["country"]["national"] == {"low": 0.055, "high": 0.065}
    gwent = next(row for row in country["forces"] if row["force"] == "Gwent")
    assert gwent["funnel"] is None
    assert gwent["p_range"] == pytest.approx([0.0935, 0.3750], abs=1e-4)


def test_lists_name_what_cannot_be_reported():
    forces = {row["force"]: row for row in answer("list", "forces", "--study", "radar-2022/8-71/charged")["forces"]}
    assert forces["Gwent"]["reportable"]
    assert "no charge figure was found" in forces["Cleveland"]["why_not"]
    assert len(answer("list", "studies")["studies"]) >= 4
    listed = [row["release"] for row in answer("list", "releases")["releases"]]
    assert listed == sorted(row["id"] for row in read_table("releases.csv"))


def test_check_lists_the_marked_errors_and_passes():
    found = answer("check")
    assert found["passed"]
    assert any("Cleveland" in row["text"] for row in found["findings"])


@pytest.mark.parametrize("command", sorted(set(main.commands) - {"list", "check"}))
def test_help_has_an_example_on_a_line_of_its_own(command):
    lines = CliRunner().invoke(main, [command, "--help"]).output.splitlines()
    assert [line for line in lines if line.startswith(f"  Example: charge-rates {command} ")]


def test_help_answers_at_once():
    # Processor seconds, the least of three: what else the machine does must not decide.
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "analysis.cli", "--help"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.3
