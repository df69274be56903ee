"""What a study says of itself, whole, for each kind of release, and what changes its digest."""

import csv

import pytest

from analysis.counts.folder import data_folder
from analysis.counts.importing import import_replies
from analysis.counts.studies import (
    NationalCount,
    NationalRate,
    StudyEntry,
    list_studies,
    make_study_id,
    read_study,
    split_study_id,
    study_ids,
)

CHARGED, VICTIM = "radar-2022/8-71/charged", "radar-2022/8-71/victim-does-not-support"
RADAR = "counts/radar-2022.csv"
ABUSE = "intimate image abuse (disclosing private sexual images without consent)"
TABLES = ("forces", "national", "sources", "limits")


def listed_in(name, **cells):
    """Return the rows of a file of data/ that have these cells."""
    rows = csv.DictReader((data_folder() / name).read_text(encoding="utf-8").splitlines())
    return [row for row in rows if all(row[column] == cell for column, cell in cells.items())]


def said(study):
    return {name: value for name, value in vars(study).items() if name not in TABLES}


def test_a_reviewed_study():
    (entry,), (release,) = listed_in("studies.csv", id=VICTIM), listed_in("releases.csv", id="radar-2022")
    study = read_study("radar-2022/8/71/victim-does-not-support")
    assert said(study) == {
        "id": VICTIM,
        "release": "radar-2022",
        "release_title": release["title"],
        "publisher": release["publisher"],
        "definition": release["definition"],
        "national_note": release["national_note"],
        "offence": "8/71",
        "offence_title": ABUSE,
        "outcome": "victim-does-not-support",
        "outcome_title": 'closed as "victim does not support action"',
        "outcome_label": "Victim does not support action",
        "against": "published",
        "title": entry["title"],
        "default": True,
        "note": entry["note"],
        "windows": entry["windows"],
        "windows_differ": True,
        "window_start": "2015-04-01",
        "window_end": "2021-12-31",
        "open_counted": False,
    }
    limits = [row["sentence"] for row in listed_in("limits.csv", release="radar-2022") if row["outcome"] != "charged"]
    assert list(study.limits) == limits
    used = {row["source"] for row in listed_in(RADAR, role="figure")} | {"inkl-2022"}
    assert [source.id for source in study.sources] == [
        row["id"] for row in listed_in("sources.csv") if row["id"] in used
    ]


def test_a_study_that_nobody_reviewed():
    (release,) = listed_in("releases.csv", id="home-office-2018-19")
    study = read_study("home-office-2018-19/8N/taken-into-consideration")
    (offence,) = listed_in("offences.csv", release="home-office-2018-19", code="8N")
    assert said(study) == {
        "id": "home-office-2018-19/8N/taken-into-consideration",
        "release": "home-office-2018-19",
        "release_title": release["title"],
        "publisher": "Home Office",
        "definition": release["definition"],
        "national_note": release["national_note"],
        "offence": "8N",
        "offence_title": offence["title"],
        "outcome": "taken-into-consideration",
        "outcome_title": "taken into consideration",
        "outcome_label": "Taken into consideration",
        "against": "rest",
        "title": f"{offence['title']}: taken into consideration, {release['title']}",
        "default": False,
        "note": None,
        "windows": "2018-04-01 to 2019-03-31",
        "windows_differ": False,
        "window_start": "2018-04-01",
        "window_end": "2019-03-31",
        "open_counted": True,
    }
    assert study.national is None
    assert [source.id for source in study.sources] == ["home-office-2018-19"]


def test_a_study_of_replies_that_state_no_window(write_csv, imported):
    path = write_csv("force,charged,recorded\nGwent,21,268\nKent,,50\n")
    import_replies(path, release="my-foi", offence="8/71", source="own requests")
    study = read_study("my-foi/8-71/charged")
    assert said(study) == {
        "id": "my-foi/8-71/charged",
        "release": "my-foi",
        "release_title": "Replies: own requests",
        "publisher": "own requests",
        "definition": "Crimes of 8/71 and their outcomes, as the forces replied",
        "national_note": "The 2 forces of the spreadsheet",
        "offence": "8/71",
        "offence_title": ABUSE,
        "outcome": "charged",
        "outcome_title": "charged or summonsed",
        "outcome_label": "Charged or summonsed",
        "against": "rest",
        "title": f"{ABUSE}: charged or summonsed, Replies: own requests",
        "default": False,
        "note": None,
        "windows": "not stated",
        "windows_differ": False,
        "window_start": None,
        "window_end": None,
        "open_counted": False,
    }
    assert [(source.id, source.title) for source in study.sources] == [("my-foi", "Spreadsheet replies.csv")]
    assert study.reportable_forces() == ["Gwent"]
    assert [study.reportable(force) for force in ("Gwent", "Kent")] == [None, "the file gives no count"]


def test_what_a_study_is_compared_with():
    about = {
        "area": "England and Wales (38 forces)",
        "includes_force": True,
        "window_start": "2015-04-01",
        "window_end": "2021-12-31",
    }
    assert read_study(CHARGED).national == NationalRate(
        low=0.055, high=0.07, printed="only around six per cent", source="south-wales-argus-2022", **about
    )
    assert read_study(VICTIM).national == NationalCount(
        count=11_761,
        recorded=28_201,
        printed="10,044 (outcome 16) and 1,717 (outcome 14) of 28,201",
        at_least=True,
        source="inkl-2022",
        **about,
    )


def test_the_list_of_reviewed_studies():
    assert list_studies() == [
        StudyEntry(
            id=row["id"],
            release=row["id"].split("/")[0],
            offence=row["id"].split("/")[1].replace("-", "/"),
            outcome=row["id"].split("/")[2],
            title=row["title"],
            against=row["against"],
            default=row["default"] == "yes",
            windows=row["windows"],
            missing=row["missing"] or None,
            note=row["note"] or None,
        )
        for row in listed_in("studies.csv")
    ]


def test_ids_of_studies():
    assert make_study_id("radar-2022", "8-71", "charged") == make_study_id("radar-2022", "8/71", "charged") == CHARGED
    assert study_ids("radar-2022") == [CHARGED, VICTIM]
    assert split_study_id(" a/1/4.1/charged ") == ("a", "1/4.1", "charged")


CHANGES = [
    (RADAR, "charged or summonsed,,7.8,", "charged or summonsed,,7.5,"),
    ("national_rates.csv", "only around six per cent,0.055", "around six per cent,0.055"),
    ("sources.csv", "south-wales-argus-2022,", "south-wales-argus-2022,The "),
    ("limits.csv", "are read back from percentages", "are found from percentages"),
    ("studies.csv", "no charge figure was found", "none was found"),
    ("outcomes.csv", "charged,1,charged or summonsed,", "charged,1,charged,"),
]


@pytest.mark.parametrize("change", CHANGES, ids=[name for name, *_ in CHANGES])
def test_the_digest_of_a_study_changes_with_all_that_it_says(data, change):
    before, other = read_study(CHARGED).digest, read_study("bbc-2016/8-71/charged").digest
    data.replace(*change)
    assert read_study(CHARGED).digest != before
    assert (read_study("bbc-2016/8-71/charged").digest == other) == (change[0] != "outcomes.csv")
