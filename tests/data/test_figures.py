"""The figures themselves, against values typed from the printed sources or added up outside this project."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis.counts.replies.lines import NO_CRIMES
from analysis.counts.studies import list_studies, outcomes_of, read_study, study_ids

REFERENCE = Path(__file__).parents[1] / "reference"
CHARGED = "radar-2022/8-71/charged"
VICTIM = "radar-2022/8-71/victim-does-not-support"
BBC = "bbc-2016/8-71/charged"
MALICIOUS = "home-office-2018-19/8R/charged"

# Force, charged, records, blank or "nn", ongoing: tallied from the 1,160 indexed records of the broadcaster's file.
BBC_RECORDS = """
Cambridgeshire 0 19 19 0; Cheshire 3 28 0 3; City of London 0 2 2 0; Cumbria 0 6 0 2; Derbyshire 5 26 6 0;
Devon and Cornwall 0 9 5 0; Durham 1 1 0 0; Essex 3 30 0 9; Gloucestershire 2 9 0 0; Greater Manchester 23 123 3 16;
Hertfordshire 2 23 20 0; Humberside 2 30 3 0; Kent 5 43 0 1; Lancashire 0 40 0 3; Merseyside 7 53 0 15;
Metropolitan Police 13 273 0 63; Norfolk 2 27 0 0; North Wales 1 15 0 5; North Yorkshire 3 14 1 0;
Northamptonshire 4 86 68 0; Northumbria 1 12 0 0; Nottinghamshire 0 26 26 0; South Wales 2 7 0 0;
Staffordshire 1 33 0 6; Suffolk 2 9 0 0; Surrey 4 22 0 0; Sussex 3 44 0 5; Thames Valley 5 43 1 12;
Warwickshire 2 17 5 0; West Mercia 4 29 5 0; West Midlands 12 61 12 0
"""


def _rows(study_id, *columns):
    frame = read_study(study_id).forces[list(columns)]
    return [tuple(None if value is pd.NA else value for value in row) for row in frame.itertuples(index=False)]


def test_default_studies():
    assert [entry.id for entry in list_studies() if entry.default] == [CHARGED, VICTIM, BBC, MALICIOUS]


def test_charges_are_read_back_from_printed_percentages():
    # Four stories print a percentage; 7.8, 8.3, 5.7 and 2.2 allow one whole number each.
    assert _rows(CHARGED, "force", "count_low", "count_high", "recorded", "open") == [
        ("Cleveland", None, None, 433, None),
        ("Gwent", 21, 21, 268, None),
        ("Hertfordshire", 31, 31, 372, None),
        ("Lancashire", 22, 22, 995, None),
        ("Northumbria", None, None, 822, None),
        ("South Yorkshire", 43, 43, 751, None),
        ("Staffordshire", None, None, 855, None),
        ("Sussex", None, None, 688, None),
        ("West Midlands", None, None, 1720, None),
    ]


def test_victim_does_not_support_action_is_known_for_all_nine():
    # Outcome 16 + outcome 14 as printed, e.g. Gwent 101 + 12; Cleveland 206 + 35 to 38.
    assert _rows(VICTIM, "force", "count_low", "count_high", "recorded") == [
        ("Cleveland", 241, 244, 433),
        ("Gwent", 113, 113, 268),
        ("Hertfordshire", 170, 170, 372),
        ("Lancashire", 432, 432, 995),
        ("Northumbria", 265, 265, 822),
        ("South Yorkshire", 363, 363, 751),
        ("Staffordshire", 404, 404, 855),
        ("Sussex", 278, 278, 688),
        ("West Midlands", 667, 667, 1720),
    ]


def test_windows_differ_between_forces_of_the_2022_release():
    study = read_study(CHARGED)
    windows = {row.force: row.window_start for row in study.forces.itertuples()}
    shorter = {force: start for force, start in windows.items() if start != "2015-04-01"}
    assert study.windows_differ
    assert shorter == {
        "Gwent": "2017-01-01",
        "Lancashire": "2018-01-01",
        "South Yorkshire": "2018-01-01",
        "Sussex": "2016-01-01",
    }
    assert set(study.forces["window_end"]) == {"2021-12-31"}


def test_national_figures_of_the_2022_release():
    rate, counts = read_study(CHARGED).national, read_study(VICTIM).national
    assert (rate.low, rate.high, rate.printed, rate.includes_force) == (0.055, 0.07, "only around six per cent", True)
    assert (counts.count, counts.recorded) == (10_044 + 1_717, 28_201)
    assert counts.at_least
    assert counts.includes_force


def test_every_force_of_the_2016_release():
    expected = []
    for line in BBC_RECORDS.replace("\n", " ").split(";"):
        *force, charged, records, unknown, still_open = line.split()
        charged, records, unknown = int(charged), int(records), int(unknown)
        expected.append(
            (" ".join(force), charged, charged + unknown, records, None if unknown == records else int(still_open))
        )
    assert _rows(BBC, "force", "count_low", "count_high", "recorded", "open") == expected


def test_seventeen_forces_of_the_2016_release_are_exact():
    forces = read_study(BBC).forces
    exact = forces[forces["count_low"] == forces["count_high"]]
    assert (len(forces), forces["recorded"].sum(), forces["count_low"].sum()) == (31, 1160, 112)
    assert (len(exact), exact["count_low"].sum(), exact["recorded"].sum(), exact["open"].sum()) == (17, 50, 652, 112)


def test_malicious_communications_of_every_force():
    with (REFERENCE / "8R_2018-19.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["force"]: (int(row["charged"]), int(row["recorded"])) for row in csv.DictReader(file)}
    expected["City of London"] = expected.pop("London, City of")
    found = {force: (low, n) for force, low, n in _rows(MALICIOUS, "force", "count_low", "recorded")}
    assert found == expected


@pytest.mark.parametrize(
    ("code", "charged", "recorded", "gwent"),
    [("8R", 4886, 207_911, (105, 3654)), ("8L", 19_004, 214_171, (244, 2697)), ("8Q", 2677, 19_583, (63, 410))],
)
def test_headline_figures_of_2018_19(code, charged, recorded, gwent):
    study = read_study(f"home-office-2018-19/{code}/charged")
    row = study.row("Gwent")
    assert (study.forces["count_low"].sum(), study.forces["recorded"].sum()) == (charged, recorded)
    assert (row["count_low"], row["recorded"]) == gwent
    assert len(study.reportable_forces()) == 44


def test_open_cases_are_counted_beside_exact_counts():
    row = read_study(MALICIOUS).row("Gwent")
    assert row["count_low"] == row["count_high"]
    # Added up outside the project from the four quarters of the official table.
    assert row["open"] == 115


@pytest.mark.parametrize(
    ("code", "force", "recorded", "published"),
    [
        ("37.1", "Cambridgeshire", 0, "2 of 0"),
        ("4.8", "Cambridgeshire", 0, "4 of 0"),
        ("61A", "City of London", 34, "39 of 34"),
    ],
)
def test_more_charges_than_crimes_are_shown_as_unknown(code, force, recorded, published):
    row = read_study(f"home-office-2018-19/{code}/charged").row(force)
    assert (row["count_low"], row["count_high"], row["recorded"]) == (None, None, recorded)
    assert published in row["why_unknown"]


def test_a_force_without_a_row_recorded_none():
    # City of London has no row of 8M in the official table, every other force has.
    study = read_study("home-office-2018-19/8M/charged")
    row = study.row("London, City of")
    assert (row["recorded"], row["count_low"], row["count_high"], row["open"]) == (0, None, None, None)
    assert study.reportable("City of London") == NO_CRIMES
    assert len(study.reportable_forces()) == 43


def test_a_code_for_which_only_outcomes_are_counted_has_no_crimes():
    forces = read_study("home-office-2018-19/53D/charged").forces
    assert set(forces["recorded"]) == {0}
    assert set(forces["why_unknown"]) == {NO_CRIMES}
    assert forces["count_low"].isna().all()


def test_outcomes_side_by_side():
    gwent = outcomes_of("radar-2022", "8/71", "Gwent")
    assert dict(zip(gwent["outcome_type"], gwent["count_low"], strict=True)) == {"1": 21, "14": 12, "16": 101}
    official = outcomes_of("home-office-2018-19", "8R", "Gwent")
    assert official["count_low"].sum() == 3654
    assert official.loc[official["open"], "count_low"].tolist() == [115]
    kent = outcomes_of("bbc-2016", "8-71", "Kent")
    assert kent["count_low"].sum() == 43


def test_limits_are_those_of_the_release_and_the_outcome():
    charged, victim = read_study(CHARGED).limits, read_study(VICTIM).limits
    assert any("around six per cent" in sentence for sentence in set(charged) - set(victim))
    assert any("do not say why a victim" in sentence for sentence in set(victim) - set(charged))
    assert any("windows differ" in sentence for sentence in set(charged) & set(victim))


def test_sources_are_those_of_the_figures_and_the_comparison():
    assert [source.id for source in read_study(BBC).sources] == ["bbc-data-unit"]
    sources = {source.id for source in read_study(VICTIM).sources}
    assert len(sources) == 9
    assert {"inkl-2022", "south-wales-argus-2022"} <= sources


def test_a_study_says_the_same_until_its_figures_change():
    assert read_study(CHARGED).digest == read_study("radar-2022/8/71/charged").digest
    assert read_study(CHARGED).digest != read_study(VICTIM).digest


def test_every_code_of_2018_19_gives_a_sound_study():
    # 121 codes with any crime, 57 with crimes in all 44 forces, 114 with a charge and at least 10 forces with crimes:
    # counted outside the project.
    with_crimes = everywhere = enough = unknown = 0
    for study_id in study_ids("home-office-2018-19"):
        if not study_id.endswith("/charged") or "/all/" in study_id:
            continue
        study = read_study(study_id)
        forces = study.forces
        known = forces[forces["count_low"].notna()]
        assert len(forces) == 44
        assert ((known["count_low"] >= 0) & (known["count_low"] == known["count_high"])).all()
        assert ((known["count_high"] + known["open"] <= known["recorded"]) & (known["recorded"] > 0)).all()
        assert (forces["why_unknown"].isna() == forces["count_low"].notna()).all()
        if study.codes:
            continue  # A group of codes, which are counted one by one.
        crimes = (forces["recorded"] > 0).sum()
        with_crimes += crimes > 0
        everywhere += crimes == 44
        enough += crimes >= 10 and known["count_low"].sum() > 0
        unknown += forces["marked"].notna().sum()
    assert (with_crimes, everywhere, enough, unknown) == (121, 57, 114, 12)
