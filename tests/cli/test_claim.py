"""`claim`: which of three charge rates was quoted, on a table whose three rates are known by hand."""

import json

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts import imported as folder
from analysis.counts.importing import import_official
from analysis.counts.studies import read_study
from official_files import TODAY, write_xlsx

RELEASE = "home-office-2021-22"
# Each force's crimes recorded and investigations closed, by outcome type. Gwent and Kent: 10 of 200 charged (5.0%), 16
# charges made in the year (8.0% of 200), among 96 outcomes given (16.7%).
COUNTS = {"1": (5, 8), "18": (90, 40), "0": (5, "NA")}
COHORT, OVER_CRIMES, OF_OUTCOMES = (
    "charged of the crimes recorded",
    "charges made over crimes recorded",
    "charges of all outcomes given",
)
WITH_OUTCOME = "charged of the crimes with an outcome"


@pytest.fixture
def year(tmp_path, imported):
    title = ("Violence against the person", "Stalking and harassment", None)
    rows = [
        ["2021/22", quarter, force, code, f"Title {code}", *title, int(kind), "Outcome", "Outcomes", *numbers]
        for force in ("Gwent", "Kent")
        for code in ("8L", "8Q")
        for kind, first in COUNTS.items()
        for quarter, numbers in enumerate((first, (0, 0), (0, 0), (0, 0)), start=1)
    ]
    path = tmp_path / "table.xlsx"
    write_xlsx(path, {"Outcomes open data": [TODAY, *rows]})
    import_official(path)
    return path


def claim(rate, *options, offence="8L", of_year="2021/22"):
    return CliRunner().invoke(main, ["claim", rate, "--offence", offence, "--year", of_year, *options])


def found(rate, *options, **asked):
    result = claim(rate, *options, "--json", **asked)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("rate", "kind", "count", "of"),
    [
        ("5%", COHORT, 10, 200),
        ("8.0%", OVER_CRIMES, 16, 200),
        ("16.7%", OF_OUTCOMES, 16, 96),
        ("0.167", OF_OUTCOMES, 16, 96),
        ("15%..17%", OF_OUTCOMES, 16, 96),
    ],
)
def test_the_rate_that_was_quoted_is_told_from_the_other_two(year, rate, kind, count, of):
    answer = found(rate)
    assert answer["is"] == [kind]
    assert answer["is_not"] == [other for other in (COHORT, OVER_CRIMES, OF_OUTCOMES) if other != kind]
    numbers = {one["kind"]: (one["count"], one["of"]) for one in answer["candidates"]}
    assert numbers == {COHORT: (10, 200), OVER_CRIMES: (16, 200), OF_OUTCOMES: (16, 96)}
    assert (numbers[kind], answer["forces"], answer["not_tested"]) == ((count, of), 2, [])


def test_it_says_what_would_have_been_right(year):
    said = claim("8%", "--force", "Gwent").stdout
    assert "8% is the number of charges made in April 2021 to March 2022, whenever the crime was recorded" in said
    assert "It is not the share of the crimes recorded in April 2021 to March 2022 that had been charged" in said
    assert (
        "Right would have been: In April 2021 to March 2022, Gwent recorded 100 crimes of title 8L and charged or "
        "summonsed 8, whenever they were recorded: a ratio of 8.0%, which is not a share of those crimes."
    ) in said


def test_a_rate_that_is_none_of_them_gets_the_share_of_the_crimes(year):
    answer = found("33%")
    assert (answer["is"], len(answer["is_not"])) == ([], 3)
    assert answer["sentences"][0] == "33% is none of the rates that can be tested."
    assert answer["sentences"][-1].startswith("Right would have been: Of 200 crimes of title 8L that 2 forces recorded")


@pytest.mark.parametrize("offence", ["stalking-and-harassment", "all"])
def test_groups_and_all_offences_are_added_up(year, offence):
    numbers = [(one["count"], one["of"]) for one in found("5%", offence=offence)["candidates"]]
    assert numbers == [(20, 400), (32, 400), (32, 192)]


def test_no_study_uses_what_was_closed(year):
    row = read_study(f"{RELEASE}/8L/charged").row("Gwent")
    assert (row["count_low"], row["recorded"], row["open"]) == (5, 100, 5)


def test_the_built_in_table_holds_the_first_only():
    # Home Office, 2018/19, code 8L: 19,004 of 214,171, on the facts page; 8.9%.
    answer = found("8.9%", of_year="2018/19")
    assert (answer["is"], answer["is_not"], answer["not_tested"]) == ([COHORT], [], [OVER_CRIMES, OF_OUTCOMES])
    assert any("home-office-2018-19 does not hold what was closed in the year" in one for one in answer["sentences"])


@pytest.mark.parametrize(
    ("rate", "options", "kind", "count", "of"),
    [
        # Gwent's row of home_office_all_offences.csv for 2018/19: 5,088 of 58,193, and closed 4,509 of 54,432.
        ("8.7%", ["--force", "Gwent", "--release", "home-office-all-offences-2018-19"], WITH_OUTCOME, 5088, 58193),
        ("8.3%", ["--force", "Gwent", "--release", "home-office-all-offences-2018-19"], OF_OUTCOMES, 4509, 54432),
    ],
)
def test_the_totals_of_a_year_hold_two_rates_and_not_the_crimes_recorded(rate, options, kind, count, of):
    answer = found(rate, *options, offence="all", of_year="2018/19")
    assert (answer["is"], answer["not_tested"]) == ([kind], [COHORT, OVER_CRIMES])
    numbers = {one["kind"]: (one["count"], one["of"]) for one in answer["candidates"]}
    assert numbers == {
        COHORT: (5088, None),
        WITH_OUTCOME: (5088, 58193),
        OVER_CRIMES: (4509, None),
        OF_OUTCOMES: (4509, 54432),
    }
    assert any("does not hold how many crimes were recorded" in one for one in answer["sentences"])


def test_all_offences_of_a_year_without_its_table_are_answered_from_the_totals(imported):
    # The bulletin's 447,514 crimes charged or summonsed in 2025/26.
    answer = found("9.2%", offence="all", of_year="2025/26")
    assert (answer["release"], answer["is"]) == ("home-office-all-offences-2025-26", [WITH_OUTCOME])
    assert (answer["candidates"][0]["count"], answer["forces"]) == (447514, 44)
    assert answer["sentences"][-1] == (
        "Right would have been: Of 4,850,405 crimes of all offences together that have an outcome that 44 forces "
        "recorded in April 2025 to March 2026, 447,514 (9.2%) had been charged or summonsed; crimes that had no "
        "outcome yet are left out."
    )
    assert "447,514 of a number that is not held" in claim("9.2%", offence="all", of_year="2025/26").stdout


def test_a_force_whose_year_is_incomplete_is_named(imported):
    assert found("8.6%", offence="all", of_year="2019/20")["left_out"] == ["Greater Manchester"]


def test_an_import_of_an_earlier_version_is_read_and_cannot_test_them(year):
    path = folder.imported_folder() / RELEASE / "release.json"
    about = json.loads(path.read_text())
    del about["closed_sha256"]
    path.write_text(json.dumps(about))
    assert found("5%")["not_tested"] == [OVER_CRIMES, OF_OUTCOMES]


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_damaged_file_is_refused(year, change):
    change(folder.imported_folder() / RELEASE / "closed.parquet")
    result = claim("5%")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "closed.parquet is not the file that was imported: import it again with --replace" in result.stderr


def test_an_import_is_replaced_with_what_was_closed(year):
    assert import_official(year, replace=True).status == "replaced"
    assert found("8.0%")["is"] == [OVER_CRIMES]


@pytest.mark.parametrize(
    ("rate", "options", "of_year", "said"),
    [
        ("6", [], "2021/22", "rate '6' has no sign: write 6%"),
        ("6%", [], "2021", "--year '2021' is not a financial year: write it like 2018/19"),
        ("6%", [], "2013/14", "there is no release 'home-office-2013-14'"),
        ("6%", ["--release", RELEASE], "2018/19", "home-office-2021-22 begins on 2021-04-01, not in 2018/19"),
        ("6%", ["--force", "Essex"], "2021/22", "has no known figures of Essex"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(year, rate, options, of_year, said):
    result = claim(rate, *options, of_year=of_year)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
