"""What a spreadsheet of replies becomes, whole: its replies, the file they are kept in, what the release says."""

import hashlib

import pytest

from analysis.counts.imported import read_imported
from analysis.counts.importing import import_replies
from analysis.counts.releases import find_outcome, find_release
from analysis.counts.replies.rows import describe_replies, read_replies, read_window, reply_outcomes, reply_rows
from analysis.errors import InputError

# A cell of each kind: rows that end early, a force without crimes, one whose figures add up to all of its crimes.
REPLIES = """\
force,recorded,charged,note,open,window,outcome 14,outcome 16,transferred,who
Gwent,268,7.8%,x,3,2017..2021,12,101,2,me
Suffolk,372,31,,,2017..2021,<5,20%
Kent,120,3..9,,0,2018..2021,,40,1,
City of London,,,,,2017..2021,,,,
Durham,0,,,,2020-02..2020-02,,,,
Essex,50,,,,2021/22,1,2,0,
Dorset,20,5,,3,2020,4,8,0,
"""
# 20% of 372 is 72.54 to 76.26 before rounding, so 73 to 76.
WRITTEN = """\
force,outcome,count_low,count_high,recorded,open,window_start,window_end,how_known,why_unknown
City of London,charged,,,,,2017-01-01,2021-12-31,,the file gives no number of crimes recorded
City of London,transferred,,,,,2017-01-01,2021-12-31,,the file gives no number of crimes recorded
City of London,victim-does-not-support,,,,,2017-01-01,2021-12-31,,the file gives no number of crimes recorded
Dorset,charged,5,5,20,3,2020-01-01,2020-12-31,given as 5,
Dorset,transferred,0,0,20,3,2020-01-01,2020-12-31,given as 0,
Dorset,victim-does-not-support,12,12,20,3,2020-01-01,2020-12-31,given as 4; given as 8,
Durham,charged,,,0,,2020-02-01,2020-02-29,,no crimes recorded
Durham,transferred,,,0,,2020-02-01,2020-02-29,,no crimes recorded
Durham,victim-does-not-support,,,0,,2020-02-01,2020-02-29,,no crimes recorded
Essex,charged,0,50,50,,2021-04-01,2022-03-31,the file gives no count,the file gives no count
Essex,transferred,0,0,50,,2021-04-01,2022-03-31,given as 0,
Essex,victim-does-not-support,3,3,50,,2021-04-01,2022-03-31,given as 1; given as 2,
Gwent,charged,21,21,268,3,2017-01-01,2021-12-31,"given as 7.8% of 268, which only 21 fits",
Gwent,transferred,2,2,268,3,2017-01-01,2021-12-31,given as 2,
Gwent,victim-does-not-support,113,113,268,3,2017-01-01,2021-12-31,given as 12; given as 101,
Kent,charged,3,9,120,0,2018-01-01,2021-12-31,given as 3..9,
Kent,transferred,1,1,120,0,2018-01-01,2021-12-31,given as 1,
Kent,victim-does-not-support,0,120,120,0,2018-01-01,2021-12-31,the file gives no count,the file gives no count
Suffolk,charged,31,31,372,,2017-01-01,2021-12-31,given as 31,
Suffolk,transferred,0,372,372,,2017-01-01,2021-12-31,the file gives no count,the file gives no count
Suffolk,victim-does-not-support,73,80,372,,2017-01-01,2021-12-31,"given as <5; given as 20% of 372, which 73 to 76 fit",
"""
SOURCE = "own requests, May 2026"
GATHERED = "The figures are replies gathered in a spreadsheet; how each force counted is not checked here."
NO_PERIOD = "The spreadsheet does not say which period the figures of every force cover."
WINDOWS_DIFFER = "The windows differ between forces, so their rates differ for that reason too."
STILL_OPEN = "How many cases were still open when the forces replied is not known for every force."
OUTCOMES = ["charged", "victim-does-not-support", "transferred"]
FORCES = ["City of London", "Dorset", "Durham", "Essex", "Gwent", "Kent", "Suffolk"]


def described(request, **changed):
    """Return what the release of `REPLIES` says of itself, with another value where one is given."""
    about = {
        "release": {
            "id": "my-foi",
            "publisher": SOURCE,
            "title": f"Replies: {SOURCE}",
            "kind": "study",
            "counts": "replies.csv",
            "definition": "Crimes of 8/71 and their outcomes, as the forces replied",
            "basis": "crimes recorded in period",
            "window_start": "2017-01-01",
            "window_end": "2022-03-31",
            "windows_differ": True,
            "against": "rest",
            "outcomes": OUTCOMES,
            "outcomes_complete": False,
            "open_counted": False,
            "forces_asked": None,
            "forces_covered": 7,
            "national_note": "The 7 forces of the spreadsheet",
            "source": "my-foi",
        },
        "source": {
            "id": "my-foi",
            "publisher": SOURCE,
            "title": "Spreadsheet replies.csv",
            "reference": "replies.csv",
            "address": "not published",
            "licence": "that of its author",
            "retrieved": None,
            "sha256": request["file"],
        },
        "offences": [
            {
                "code": "8/71",
                "title": "intimate image abuse (disclosing private sexual images without consent)",
                "group": "",
                "subgroup": "",
                "expired": "no",
            }
        ],
        "limits": [{"outcome": None, "sentence": text} for text in (GATHERED, WINDOWS_DIFFER, STILL_OPEN)],
        "forces": FORCES,
        "request": request,
        "announced": ["Columns that were not used: note, who."],
    }
    return about | {"release": about["release"] | changed.pop("release", {})} | changed


@pytest.fixture
def kept(write_csv, imported):
    """Import `REPLIES`, and return the folder of the release."""
    import_replies(write_csv(REPLIES), release="my-foi", offence="8/71", source=SOURCE)
    return imported / "my-foi"


def test_the_replies_are_kept_as_this_file(kept):
    assert (kept / "replies.csv").read_bytes() == WRITTEN.encode()


def test_the_release_says_what_was_read_and_asked_for(kept):
    request = {
        "kind": "replies",
        "file": hashlib.sha256(REPLIES.encode()).hexdigest(),
        "offence": "8/71",
        "source": SOURCE,
        "window": None,
    }
    counts = {"sha256": hashlib.sha256(WRITTEN.encode()).hexdigest()}
    assert read_imported("my-foi") == described(request) | counts


def test_the_same_replies_under_another_id_are_another_release(kept, write_csv):
    about = {"offence": "8/71", "source": SOURCE}
    assert import_replies(write_csv(REPLIES), release="other-foi", **about).status == "imported"
    assert import_replies(write_csv(REPLIES), release="other-foi", **about).status == "already there"


def test_one_window_for_all_and_every_open_case_known(write_csv):
    table = read_replies(write_csv("force,charged,recorded,open\nGwent,21,268,3\nKent,5,40,0\n"), window="2020")
    request = {"offence": "8/71", "source": SOURCE, "file": "0" * 64}
    assert describe_replies("my-foi", "replies.csv", request, table, counts="replies.csv") == described(
        request,
        release={
            "window_start": "2020-01-01",
            "window_end": "2020-12-31",
            "windows_differ": False,
            "open_counted": True,
            "outcomes": ["charged"],
            "forces_covered": 2,
            "national_note": "The 2 forces of the spreadsheet",
        },
        limits=[{"outcome": None, "sentence": GATHERED}],
        forces=["Gwent", "Kent"],
        announced=[],
    )


def test_no_window_and_an_offence_that_the_project_does_not_know(write_csv):
    table = read_replies(write_csv("force,charged,recorded\nGwent,21,268\nKent,5,40\n"))
    request = {"offence": " 999/1 ", "source": f" {SOURCE} ", "file": "0" * 64}
    assert describe_replies("my-foi", "replies.csv", request, table, counts="replies.csv") == described(
        request,
        release={
            "definition": "Crimes of 999/1 and their outcomes, as the forces replied",
            "window_start": None,
            "window_end": None,
            "windows_differ": False,
            "outcomes": ["charged"],
            "forces_covered": 2,
            "national_note": "The 2 forces of the spreadsheet",
        },
        offences=[{"code": "999/1", "title": "offence 999/1", "group": "", "subgroup": "", "expired": "no"}],
        limits=[{"outcome": None, "sentence": text} for text in (GATHERED, NO_PERIOD, STILL_OPEN)],
        forces=["Gwent", "Kent"],
        announced=[],
    )


def test_a_window_that_one_force_does_not_give_is_none_of_the_release(write_csv):
    table = read_replies(write_csv("force,charged,recorded,window\nGwent,21,268,2020\nKent,5,40,\n"))
    request = {"offence": "8/71", "source": SOURCE, "file": "0" * 64}
    about = describe_replies("my-foi", "replies.csv", request, table, counts="replies.csv")
    release = about["release"]
    assert (release["window_start"], release["window_end"], release["windows_differ"]) == (None, None, True)
    assert [row["sentence"] for row in about["limits"]] == [GATHERED, NO_PERIOD, WINDOWS_DIFFER, STILL_OPEN]


def row(force, count_low, count_high, recorded, still_open, start, end, how_known, why_unknown=None):
    """Return the row of a force in a study of `my-foi`."""
    return {
        "force": force,
        "count_low": count_low,
        "count_high": count_high,
        "recorded": recorded,
        "open": still_open,
        "window_start": start,
        "window_end": end,
        "how_known": how_known,
        "why_unknown": why_unknown,
        "marked": None,
        "source": "my-foi",
    }


def test_the_rows_of_a_study(kept):
    release = find_release("my-foi")
    none = "the file gives no count"
    assert reply_rows(release, find_outcome(release, "charged")) == [
        row(
            "City of London", None, None, None, None, "2017-01-01", "2021-12-31", None,
            "the file gives no number of crimes recorded",
        ),
        row("Dorset", 5, 5, 20, 3, "2020-01-01", "2020-12-31", "given as 5"),
        row("Durham", None, None, 0, None, "2020-02-01", "2020-02-29", None, "no crimes recorded"),
        row("Essex", 0, 50, 50, None, "2021-04-01", "2022-03-31", none, none),
        row("Gwent", 21, 21, 268, 3, "2017-01-01", "2021-12-31", "given as 7.8% of 268, which only 21 fits"),
        row("Kent", 3, 9, 120, 0, "2018-01-01", "2021-12-31", "given as 3..9"),
        row("Suffolk", 31, 31, 372, None, "2017-01-01", "2021-12-31", "given as 31"),
    ]  # fmt: skip


def test_all_outcomes_of_a_force(kept):
    release = find_release("my-foi")
    gwent = [
        ("1", "Charged or summonsed", 21, "given as 7.8% of 268, which only 21 fits"),
        ("20", "Transferred to another body", 2, "given as 2"),
        ("14;16", "Victim does not support action", 113, "given as 12; given as 101"),
        ("0", "Not yet assigned an outcome", 3, "as replied"),
    ]
    assert reply_outcomes(release, "gwent police") == [
        {
            "outcome_type": kind,
            "label": label,
            "count_low": count,
            "count_high": count,
            "recorded": 268,
            "open": kind == "0",
            "how_known": how,
        }
        for kind, label, count, how in gwent
    ]
    assert [one["outcome_type"] for one in reply_outcomes(release, "Essex")] == ["1", "20", "14;16"]


@pytest.mark.parametrize("text", ["2017-1", "2017-01-01-05", "２０１７/１８", "２０１７", "..", "2016/18"])
def test_what_is_no_window(text):
    with pytest.raises(InputError) as error:
        read_window(text)
    wanted = f"window {text!r} is not one: write it like 2017..2021, 2021/22 or 2017-01-01..2021-12-31"
    assert str(error.value) == wanted


def test_a_window_of_one_day():
    assert read_window("2016-02-29") == read_window("2016-02-29..2016-02-29") == ("2016-02-29", "2016-02-29")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"offence": "8Ř"}, "--offence '8Ř' is not an offence code: write it as published, like 8/71 or 8R"),
        ({"source": " "}, "--source is empty: say who asked whom, and when"),
    ],
)
def test_a_request_that_says_too_little(write_csv, imported, options, message):
    about = {"release": "my-foi", "offence": "8/71", "source": SOURCE}
    with pytest.raises(InputError) as error:
        import_replies(write_csv(REPLIES), **about | options)
    assert str(error.value) == message


def test_an_outcome_is_named_as_its_column_is(write_csv):
    with pytest.raises(InputError) as error:
        read_replies(write_csv("force,recorded,charged,transferred\nGwent,268,21,many\n"))
    assert str(error.value) == (
        "replies.csv, row 2, column transferred: count 'many' is not a count: write it like 21, <5, 3..9 or 7.8%"
    )
