"""Twelve years of totals by force: charged of the crimes with an outcome, as the public table has them."""

import pytest

from analysis.counts.series import find_series
from analysis.counts.series_studies import make_series_study
from analysis.counts.studies import outcomes_of, read_study
from analysis.errors import InputError

SERIES = "home-office-all-offences-2014-15..2025-26"


def test_a_year_is_as_published_and_has_no_open_cases():
    row = read_study("home-office-all-offences-2018-19/all/charged").row("North Yorkshire")
    assert (row["count_low"], row["count_high"], row["recorded"], row["open"]) == (6521, 6521, 45756, None)


def test_the_latest_year_adds_up_to_the_bulletin():
    # Table 3.1 of the bulletin for the year ending March 2026.
    assert read_study("home-office-all-offences-2025-26/all/charged").forces["count_low"].sum() == 447514


@pytest.mark.parametrize(
    ("year", "unknown"),
    [
        (
            "2014-15",
            [
                "Bedfordshire",
                "British Transport Police",
                "Cumbria",
                "Dyfed-Powys",
                "Hertfordshire",
                "Leicestershire",
                "Metropolitan Police",
                "South Yorkshire",
            ],
        ),
        ("2015-16", ["Wiltshire"]),
        ("2016-17", ["Derbyshire", "Essex"]),
        ("2018-19", []),
        ("2019-20", ["Greater Manchester"]),
        ("2022-23", []),
    ],
)
def test_an_incomplete_total_is_unknown_with_its_reason(year, unknown):
    forces = read_study(f"home-office-all-offences-{year}/all/charged").forces
    found = forces[forces["why_unknown"].notna()]
    assert list(found["force"]) == unknown
    assert found["recorded"].isna().all()
    assert all(force in why for force, why in zip(found["force"], found["why_unknown"], strict=True))


def test_the_other_outcomes_are_what_is_left():
    rows = outcomes_of("home-office-all-offences-2018-19", "all", "Gwent")[["outcome_type", "count_low", "recorded"]]
    assert rows.to_numpy().tolist() == [["1", 5088, 58193], ["other", 53105, 58193]]


def test_the_years_are_a_series_of_every_force():
    study = make_series_study(SERIES, "all", "charged")
    assert (study.series, len(study.studies), len(study.reportable_forces())) == (SERIES, 12, 44)


def test_rates_over_different_crimes_are_in_no_series():
    with pytest.raises(InputError, match="rates over different crimes are never put into one series"):
        find_series("home-office-all-offences-2017-18,home-office-2018-19")
