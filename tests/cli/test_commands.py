"""The command line: its JSON, its text, and every way an argument or a cell can be wrong."""

import json
import resource
import subprocess
import sys

import pytest
from click.testing import CliRunner

from analysis.cli import main


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="charge-rates")


def answer(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


FILES = {
    "bad-cell.csv": "force,charged,recorded\nKent,5,100\nEssex,x,10\n",
    "no-column.csv": "force,charged\nKent,5\n",
    "twice.csv": "force,charged,recorded\nKent,5,100\n kent ,2,10\n",
    "above.csv": "force,charged,recorded\nKent,11,10\n",
    "total.csv": "force,charged,recorded\nKent,5,100\nEssex,2,10\nGwent,1,20\nAll,8,130\n",
    "empty.csv": "",
}

REFUSED = [
    # arguments, what the one sentence must say
    (["estimate", "x", "268"], "count 'x' is not a count"),
    (["estimate", "-1", "268"], "count '-1' is not a count"),
    (["estimate", "21.5", "268"], "count '21.5' is not a count"),
    (["estimate", "300", "268"], "count '300' is above the 268 crimes recorded"),
    (["estimate", "21", "0"], "count '21' is above the 0 crimes recorded"),
    (["estimate", "9..3", "40"], "write the lower number first"),
    (["estimate", "7.9%", "268"], "no whole number of 268 is 7.9%"),
    (["estimate", "21", "abc"], "RECORDED 'abc' is not a whole number"),
    (["estimate", "21", "-5"], "RECORDED '-5' is not a whole number"),
    (["estimate", "21"], "Missing argument 'RECORDED'"),
    (["estimate", "21", "268", "--nonsense"], "--nonsense"),
    (["estimate", "21", "268", "--national", "6"], "write 6%"),
    (["estimate", "21", "268", "--national", "0"], "must be above 0% and below 100%"),
    (["estimate", "21", "268", "--national", "100%"], "must be above 0% and below 100%"),
    (["estimate", "21", "268", "--national", "6.5%..5.5%"], "write 5.5%..6.5%"),
    (["estimate", "21", "268", "--national", "nan"], "rate 'nan' is not a rate"),
    (["estimate", "21", "268", "--confidence", "95"], "write 95%"),
    (["estimate", "21", "268", "--confidence", "0"], "confidence '0'"),
    (["estimate", "21", "268", "--open", "300"], "21 and 300 open crimes are more than 268 recorded"),
    (["estimate", "21", "268", "--open", "x"], "--open 'x' is not a whole number"),
    (["estimate", "21", "268", "--country", "10", "20"], "cannot contain"),
    (["estimate", "21", "268", "--country", "30", "20"], "write K N, count first"),
    (["estimate", "21", "268", "--rest", "5", "3"], "write K N, count first"),
    (["estimate", "21", "268", "--national", "6%", "--rest", "5", "30"], "only one of --national"),
    (["compare"], "either a FILE or --study"),
    (["compare", "bad-cell.csv", "--study", "bbc-2016/8-71/charged"], "either a FILE or --study"),
    (["compare", "absent.csv"], "absent.csv cannot be read"),
    (["compare", "bad-cell.csv"], "bad-cell.csv, row 3, column charged: charged 'x' is not a count"),
    (["compare", "no-column.csv"], "the column 'recorded' is missing"),
    (["compare", "twice.csv"], "row 3"),
    (["compare", "above.csv"], "row 2"),
    (["compare", "total.csv"], "All"),
    (["compare", "empty.csv"], "empty.csv"),
    (["compare", "--study", "gwent"], "is not release/offence/outcome"),
    (["compare", "--study", "radar-2022/8-71/chraged"], "did you mean 'charged'?"),
    (["compare", "--study", "refuge-2023/8-71/charged"], "is context and no study may use it"),
    (["compare", "--study", "bbc-2016/8-71/charged", "--force", "Kemt"], "did you mean Kent"),
    (["list", "forces"], "Missing option '--study'"),
    (["list", "forces", "--study", "radar-2022/9/charged"], "there is no offence '9' in radar-2022"),
    (["list", "studies", "--release", "rdar"], "there is no release 'rdar'"),
    (["report", "Gwemt"], "did you mean 'Gwent'"),
    (["report", "Gwent", "--study", "bbc-2016/8-71/charged"], "Gwent is not among the 31 forces"),
    (["report", "Cleveland", "--study", "radar-2022/8-71/charged"], "no charge figure was found"),
    (["report", "Gwent", "--output", "bad-cell.csv"], "bad-cell.csv"),
    (["report", "Gwent", "--engine", "fast"], "'fast' is not one of"),
    (["batch", "--study", "nope"], "is not release/offence/outcome"),
    (["batch", "--force", "Gwemt"], "did you mean 'Gwent'"),
    (["batch", "--workers", "0"], "--workers"),
    (["batch", "--timeout", "-1"], "--timeout"),
]


@pytest.mark.parametrize(("arguments", "says"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED])
def test_bad_input_gets_one_sentence_status_2_and_leaves_nothing(arguments, says, tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output
    assert [line for line in result.stderr.splitlines() if line.startswith("Error: ")] == [
        result.stderr.splitlines()[-1]
    ]
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)


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
    assert len(answer("list", "releases")["releases"]) == 5


def test_check_lists_the_marked_errors_and_passes():
    found = answer("check")
    assert found["passed"]
    assert any("Cleveland" in row["text"] for row in found["findings"])


def test_help_answers_at_once():
    # Processor seconds, the least of three: what else the machine does must not decide.
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "analysis.cli", "--help"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.3
