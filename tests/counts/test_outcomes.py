"""Rows of studies and the outcomes of a force side by side, whole, for each kind of release."""

import pytest

from analysis.counts.importing import import_official
from analysis.counts.official.rows import NOT_PROVIDED, official_rows
from analysis.counts.printed.rows import printed_rows
from analysis.counts.releases import find_outcome, find_release
from analysis.counts.studies import OUTCOME_COLUMNS, outcomes_of, read_study
from official_files import TODAY, write_xlsx

SUPPRESSED = "the file does not say"


def shown(release, offence, force):
    """Return the outcomes of a force, row by row, None where a number is unknown."""
    table = outcomes_of(release, offence, force)
    assert tuple(table.columns) == OUTCOME_COLUMNS
    return [tuple(row) for row in table.astype(object).where(table.notna(), None).to_numpy().tolist()]


def published(kind, label, count, recorded):
    return (kind, label, count, count, recorded, kind == "0", f"published as {count:,}")


def test_the_official_outcomes_of_a_force():
    # As in the official table; the 410 crimes of Gwent are its sum.
    assert shown("home-office-2018-19", "8Q", "Gwent") == [
        published("0", "Not yet assigned an outcome", 27, 410),
        published("1", "Charged/Summonsed", 63, 410),
        published("3", "Caution – adults", 7, 410),
        published("10", "Not in public interest (Police)", 1, 410),
        published(
            "14",
            "Evidential difficulties: suspect not identified; victim does not support further action",
            12,
            410,
        ),
        published("15", "Evidential difficulties: suspect identified; victim supports action", 113, 410),
        published(
            "16", "Evidential difficulties: suspect identified; victim does not support further action", 166, 410
        ),
        published("17", "Prosecution time limit expired", 2, 410),
        published("18", "Investigation complete – no suspect identified", 18, 410),
        published("20", "Responsibility for further investigation transferred to another body", 1, 410),
    ]


def test_counts_that_cannot_all_be_right_are_unknown_one_by_one():
    assert shown("home-office-2018-19", "37.1", "Cambridgeshire") == [
        ("0", "Not yet assigned an outcome", None, None, 0, True, "published as -2"),
        ("1", "Charged/Summonsed", None, None, 0, False, "published as 2"),
    ]


def test_a_force_without_a_row_has_no_outcomes():
    assert shown("home-office-2018-19", "8M", "City of London") == []


def test_a_figure_that_a_force_did_not_provide_leaves_the_others_unknown(imported, tmp_path):
    cells = [
        ["2021/22", 1, "Kent", "8R", "Malicious communications", "Group", "Subgroup", None, kind, "x", "x", count, 0]
        for kind, count in ((1, "N/A - data not provided"), (16, 1200))
    ]
    path = tmp_path / "table.xlsx"
    write_xlsx(path, {"Outcomes open data": [TODAY, *cells]})
    import_official(path)
    label = "Evidential difficulties: suspect identified; victim does not support further action"
    assert shown("home-office-2021-22", "8R", "Kent") == [
        ("1", "Charged/Summonsed", None, None, None, False, NOT_PROVIDED),
        ("16", label, None, None, None, False, "published as 1,200"),
    ]


def test_printed_outcomes_come_in_the_order_of_their_types():
    # As tallied from the broadcaster's records.
    no_action = "no action (reason not always given; HO code not derivable)"
    assert shown("bbc-2016", "8/71", "greater-manchester") == [
        (kind, label, count, count, 123, kind == "0", f"printed as {count}")
        for kind, label, count in (
            ("0", "ongoing at time of reply", 16),
            ("1", "charge/summons", 23),
            ("2;3", "caution (youth/adult not split: HO 2 or 3)", 6),
            ("5", "suspect died", 1),
            ("8", "community resolution", 22),
            ("other", no_action, 48),
            ("other", "passed to other force", 2),
            ("other", "warrant", 2),
            ("unpublished", "no outcome published (blank)", 3),
        )
    ]


def test_printed_outcomes_that_were_corrected_are_ranges():
    assert shown("radar-2022", "8/71", "Cleveland") == [
        (
            "14",
            "victim does not support, no suspect identified",
            35,
            38,
            433,
            False,
            "printed as 38 and 8.1%, corrected to 35 to 38",
        ),
        ("16", "victim does not support, suspect identified", 206, 206, 433, False, "printed as 206 of 433"),
    ]


def rows_by_force(rows):
    return {row["force"]: {name: value for name, value in row.items() if name != "force"} for row in rows}


def test_printed_rows_of_a_release_that_prints_some_outcomes():
    release = find_release("radar-2022")
    charged = rows_by_force(printed_rows(release, "8/71", find_outcome(release, "charged"), SUPPRESSED))
    victim = rows_by_force(printed_rows(release, "8/71", find_outcome(release, "victim-does-not-support"), SUPPRESSED))
    assert list(charged) == list(victim) == sorted(charged)
    assert charged["Gwent"] == {
        "recorded": 268,
        "window_start": "2017-01-01",
        "window_end": "2021-12-31",
        "source": "south-wales-argus-2022",
        "count_low": 21,
        "count_high": 21,
        "open": None,
        "how_known": "printed as 7.8% of 268, which only 21 fits",
        "why_unknown": None,
        "marked": None,
    }
    window = {"window_start": "2015-04-01", "window_end": "2021-12-31"}
    assert charged["Cleveland"] == window | {
        "recorded": 433,
        "source": "hartlepool-mail-2022",
        "count_low": None,
        "count_high": None,
        "open": None,
        "how_known": None,
        "why_unknown": SUPPRESSED,
        "marked": None,
    }
    assert victim["Cleveland"] == charged["Cleveland"] | {
        "count_low": 241,
        "count_high": 244,
        "how_known": "outcome 16 printed as 206 of 433; outcome 14 printed as 38 and 8.1%, corrected to 35 to 38",
        "why_unknown": None,
        "marked": "38 of 433 is 8.8%, not the printed 8.1% (35 would be 8.1%); which of the two is wrong is not known",
    }
    how = "outcome 16 printed as 630; outcome 14 printed as 37; crimes recorded printed as 2,575, corrected to 1,720"
    assert victim["West Midlands"]["how_known"] == how
    assert (victim["West Midlands"]["count_low"], victim["West Midlands"]["recorded"]) == (667, 1720)
    assert charged["West Midlands"]["marked"] == victim["West Midlands"]["marked"]
    assert victim["West Midlands"]["marked"].startswith("2,575 is the total of West Midlands and Staffordshire")


def test_printed_rows_of_a_release_that_has_an_outcome_for_every_record():
    release = find_release("bbc-2016")
    rows = rows_by_force(printed_rows(release, "8/71", find_outcome(release, "charged"), SUPPRESSED))
    about = {"window_start": "2015-04-13", "window_end": "2015-12-31", "source": "bbc-data-unit", "marked": None}
    known = {"why_unknown": None}
    assert rows["Metropolitan Police"] == about | known | {
        "recorded": 273,
        "count_low": 13,
        "count_high": 13,
        "open": 63,
        "how_known": "13 of 273 records",
    }
    assert rows["Northamptonshire"] == about | known | {
        "recorded": 86,
        "count_low": 4,
        "count_high": 72,
        "open": 0,
        "how_known": "4 of 86 records, 68 of which have no published outcome",
    }
    assert rows["Nottinghamshire"] == about | {
        "recorded": 26,
        "count_low": 0,
        "count_high": 26,
        "open": None,
        "how_known": "0 of 26 records, 26 of which have no published outcome",
        "why_unknown": "published no outcomes",
    }


@pytest.mark.parametrize(
    ("offence", "force", "outcome", "figures"),
    [
        ("8R", "Gwent", "charged", (3654, 105, 105, 115, "105 of 3,654, as published", None)),
        # The open cases are this count itself.
        ("8R", "Gwent", "not-yet-assigned", (3654, 115, 115, None, "115 of 3,654, as published", None)),
        ("8Q", "Gwent", "victim-does-not-support", (410, 178, 178, 27, "178 of 410, as published", None)),
        ("8M", "City of London", "charged", (0, None, None, None, None, "no crimes recorded")),
        (
            "37.1",
            "Cambridgeshire",
            "charged",
            (
                0,
                None,
                None,
                None,
                None,
                "after the published corrections -2 of type 0 remain, so the figures cannot all be right "
                "(published: 2 of 0)",
            ),
        ),
    ],
)
def test_official_rows(offence, force, outcome, figures):
    release = find_release("home-office-2018-19")
    rows = rows_by_force(official_rows(release, offence, find_outcome(release, outcome)))
    recorded, low, high, still_open, how, why = figures
    assert len(rows) == 44
    assert rows[force] == {
        "window_start": "2018-04-01",
        "window_end": "2019-03-31",
        "source": "home-office-2018-19",
        "recorded": recorded,
        "count_low": low,
        "count_high": high,
        "open": still_open,
        "how_known": how,
        "why_unknown": why,
        "marked": why if why and "corrections" in why else None,
    }


def test_a_row_of_a_study_has_plain_values():
    assert read_study("radar-2022/8-71/charged").row("gwent police") == {
        "force": "Gwent",
        "slug": "gwent",
        "count_low": 21,
        "count_high": 21,
        "recorded": 268,
        "open": None,
        "window_start": "2017-01-01",
        "window_end": "2021-12-31",
        "how_known": "printed as 7.8% of 268, which only 21 fits",
        "why_unknown": None,
        "marked": None,
        "source": "south-wales-argus-2022",
    }
