"""Tables whose content is not what their name says: part of a year, a filter's rest, codes that are none, other words.

The files are those of tests/reference/official_tables, the words of the columns those that were seen in the published
workbooks (tests/reference/official_headers.csv, with the place of each).
"""

import csv
from pathlib import Path

import pytest

from analysis.counts.importing import import_official
from analysis.counts.official.coverage import find_window, name_period
from analysis.counts.official.table import CLOSED, COLUMNS, RECORDED, name_columns, read_official_table
from analysis.counts.releases import find_release
from analysis.counts.series import find_series
from analysis.counts.studies import read_study
from analysis.errors import InputError
from official_files import TODAY, as_csv

REFERENCE = Path(__file__).parents[2] / "reference"
TABLES = REFERENCE / "official_tables"
ROLES = {
    "year": "financial_year",
    "quarter": "financial_quarter",
    "force": "force_name",
    "code": "offence_code",
    "title": "offence_description",
    "group": "offence_group",
    "subgroup": "offence_subgroup",
    "expired flag": "offence_code_expired",
    "outcome type": "outcome_type",
    "outcome label": "outcome_description",
    "outcome group": "outcome_group",
    "count, crimes recorded in the quarter": RECORDED,
    "count, investigations closed in the quarter": CLOSED,
}


def refusal(name):
    with pytest.raises(InputError) as error:
        import_official(TABLES / name)
    return str(error.value)


def test_part_of_a_year_says_so_everywhere_and_stands_in_no_series(imported):
    announced = import_official(TABLES / "two-quarters.csv").announced
    part = (
        "The table covers April to September 2021 only, 2 of the 4 quarters of 2021/22: it is never set beside whole "
        "years."
    )
    assert part in announced
    study = read_study("home-office-2021-22/8R/charged")
    assert (study.window_start, study.window_end) == ("2021-04-01", "2021-09-30")
    assert "April to September 2021 only" in study.release_title
    assert "April to September 2021" in study.definition
    assert part in study.limits
    import_official(TABLES / "next-year-two-quarters.csv")
    for series in ("home-office-2021-22..2022-23", "home-office-2018-19,home-office-2021-22"):
        with pytest.raises(InputError, match="home-office-2021-22 covers 2021-04-01 to 2021-09-30 only, part of a"):
            find_series(series)


def test_a_whole_year_is_one(imported):
    announced = import_official(TABLES / "four-quarters.csv").announced
    assert not [sentence for sentence in announced if "quarter" in sentence]
    release = find_release("home-office-2021-22")
    assert (release.window_start, release.window_end) == ("2021-04-01", "2022-03-31")
    assert release.title.endswith("year ending March 2022")


@pytest.mark.parametrize(
    ("quarters", "window", "period"),
    [
        ("1", ("2019-04-01", "2019-06-30"), "April to June 2019"),
        ("34", ("2019-10-01", "2020-03-31"), "October 2019 to March 2020"),
        ("4", ("2020-01-01", "2020-03-31"), "January to March 2020"),
        ("234", ("2019-07-01", "2020-03-31"), "July 2019 to March 2020"),
        ("1234", ("2019-04-01", "2020-03-31"), None),
    ],
)
def test_the_days_and_months_of_quarters(quarters, window, period):
    assert (find_window("2019/20", quarters, "a.csv"), name_period("2019/20", quarters)) == (window, period)


def test_a_quarter_between_others_must_be_there(tmp_path, imported):
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv({}, {"Financial Quarter": "3", "Outcome Type": "18"}))
    with pytest.raises(InputError, match="quarter 2 of 2021/22 is missing between others"):
        import_official(path)


def test_a_force_without_a_quarter_and_one_that_was_filtered_are_named(tmp_path, imported):
    path = tmp_path / "table.csv"
    rest = [{"Financial Quarter": "2", "Outcome Type": "18"}, {"Outcome Type": "18"}]
    path.write_bytes(as_csv({}, *rest, {"Force Name": "Kent"}))
    announced = import_official(path).announced
    assert "The table has no rows of Kent for July to September 2021 (quarter 2)." in announced
    filtered = [sentence for sentence in announced if sentence.startswith("Every crime of ")]
    assert filtered == [
        "Every crime of Kent in the table was charged, cautioned or the like: if a filter took others away, the rate "
        "is too high."
    ]


def test_without_the_other_outcomes_there_is_no_rate(imported):
    assert refusal("charged-only.csv") == (
        "charged-only.csv: the table has only the outcome type 1; the crimes recorded are the sum over all types, so "
        "without the others no rate can be given: take the file as published, without a filter"
    )


@pytest.mark.parametrize("name", ["subcode-1-aug.csv", "subcode-aug-71.csv", "subcode-slash.csv", "subcode-iso.csv"])
def test_a_date_is_no_code(imported, name):
    assert "is a date that a spreadsheet made of a code such as 8/71" in refusal(name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bom.csv", r"'\ufeff8R'"),
        ("hashes.csv", "'#######'"),
        ("lower.csv", "'8r'"),
        ("one-quarter.csv", r"'8R\u200b'"),
        ("ref.csv", "'#REF!'"),
        ("soft-hyphen.csv", r"'8\xadR'"),
        ("zero-width-space.csv", r"'8R\u200b'"),
    ],
)
def test_what_is_no_code(imported, name, shown):
    assert f"column offence_code: {shown} is not an offence code as published" in refusal(name)


@pytest.mark.parametrize("code", ["..", "../8R", "8R (1)", "8R*", "8/2071", "٨R"])
def test_more_that_is_no_code(tmp_path, imported, code):
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv({"Offence Code": code}, whole=True))
    with pytest.raises(InputError, match=r"row 2, column offence_code: .* is not an offence code as published"):
        import_official(path)


@pytest.mark.parametrize("name", ["h2_minimal.csv", "h3_number_of.csv"])
def test_the_words_of_the_published_workbooks(imported, name):
    import_official(TABLES / name)
    gwent = read_study("home-office-2025-26/8R/charged").row("Gwent")
    assert (gwent["count_low"], gwent["recorded"], gwent["open"]) == (3, 10, 7)


def test_subcodes_under_todays_words(imported):
    import_official(TABLES / "sub_new.csv")
    gwent = read_study("home-office-subcodes-2023-24/92-1/charged").row("Gwent")
    assert (gwent["count_low"], gwent["recorded"]) == (2, 5)


def test_the_family_before_2014_is_refused_by_name(imported):
    message = refusal("h4_2006_2014_layout.csv")
    assert "of the family 2005/06 to 2013/14" in message
    assert "did you mean" not in message


@pytest.mark.parametrize(
    ("charged", "said"),
    [
        ("5", "they are the sums of the forces."),
        ("6", "for 1 pair of code and outcome type they are not the sums of the forces, 8R type 1: 6 against 5."),
    ],
)
def test_the_row_of_the_country_is_left_out_and_held_against_the_forces(tmp_path, imported, charged, said):
    path, count = tmp_path / "table.csv", TODAY[-2]
    national = {"Force Name": "England and Wales", count: charged}
    path.write_bytes(as_csv({count: "3"}, {"Force Name": "Kent", count: "2"}, national, whole=True))
    announced = import_official(path).announced
    assert [one for one in announced if "England" in one] == [f"The rows of England and Wales are left out: {said}"]
    study = read_study("home-office-2021-22/8R/charged")
    assert study.forces["recorded"].sum() == 5


def test_a_table_of_the_country_alone_is_refused(imported):
    assert refusal("sub_ew.csv") == (
        "sub_ew.csv: there are only rows of England and Wales, and none of a force, so no force can be set beside "
        "others: take a table that holds the forces"
    )


def test_every_word_that_was_seen_in_a_published_header_is_known():
    with (REFERENCE / "official_headers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["role"] in ROLES]
    seen = [
        row
        for row in rows
        if row["words"] != "as 2025/26"
        and row["financial_year_or_generation"] != "values"
        and not row["financial_year_or_generation"].startswith("recorded crime")
    ]
    assert len(seen) >= 19
    latest = {row["role"]: row["words"] for row in seen if row["financial_year_or_generation"].startswith("2025/26")}
    assert sorted(TODAY) == sorted(latest.values())
    for row in seen:
        if row["role"] != "count" and not row["financial_year_or_generation"].startswith("2005"):
            header = [(latest | {row["role"]: row["words"]})[role] for role in ROLES]
            assert name_columns(header, "table.xlsx") == [ROLES[role] for role in ROLES]


def test_a_quarter_may_be_written_out_and_near_words_are_announced(tmp_path, imported):
    path = tmp_path / "table.csv"
    header = "Outcomes for the offences recorded in the quarter"
    text = (
        as_csv({"Financial Quarter": "Q1"}, {"Financial Quarter": "Quarter 1", "Outcome Type": "18"})
        .decode()
        .replace(TODAY[-2], header)
    )
    path.write_text(text, encoding="utf-8")
    assert read_official_table(path).notes == (
        f"The column {header!r} is in no edition that is known and was taken for {RECORDED!r}.",
    )
    assert read_official_table(path).notes[0] in import_official(path).announced
    assert set(COLUMNS) == set(ROLES.values())
