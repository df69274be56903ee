"""Replies in a spreadsheet become a release: what is unknown stays unknown, and every study works on it."""

import pytest

from analysis.counts.importing import import_official, import_replies
from analysis.counts.official.rows import read_all_official
from analysis.counts.releases import find_release
from analysis.counts.replies.rows import read_replies, read_window
from analysis.counts.studies import outcomes_of, read_study, study_ids
from analysis.errors import InputError

ABOUT = {"release": "my-foi", "offence": "8/71", "source": "own requests, May 2026"}
REPLIES = """\
force,recorded,charged,open,window,outcome 14,outcome 16,note
Gwent,268,7.8%,3,2017..2021,12,101,x
Hertfordshire,372,31,,2017..2021,<5,20%,
Kent,120,3..9,0,2018..2021,,40,
London (City of),,,,,,,
Essex,50,,,2021/22,1,2,
"""


@pytest.fixture
def replies(write_csv, imported):
    return import_replies(write_csv(REPLIES.replace("London (City of)", "City of London")), **ABOUT)


def test_a_release_of_replies(replies):
    assert (replies.status, replies.offences, replies.forces) == ("imported", 1, 5)
    assert replies.announced == ("Columns that were not used: note.",)
    assert study_ids("my-foi") == ["my-foi/8-71/charged", "my-foi/8-71/victim-does-not-support"]
    release = find_release("my-foi")
    assert (release.publisher, release.windows_differ, release.open_counted) == (ABOUT["source"], True, False)


def test_counts_are_as_exact_as_the_replies(replies):
    study = read_study("my-foi/8/71/charged")
    columns = ["force", "count_low", "count_high", "recorded", "open"]
    rows = [study.row(force) for force in study.forces["force"]]
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("City of London", None, None, None, None),
        ("Essex", 0, 50, 50, None),
        ("Gwent", 21, 21, 268, 3),
        ("Hertfordshire", 31, 31, 372, None),
        ("Kent", 3, 9, 120, 0),
    ]
    assert study.row("Gwent")["window_start"] == "2017-01-01"
    assert study.row("Essex")["window_end"] == "2022-03-31"
    assert study.row("City of London")["window_end"] is None
    assert study.reportable("Essex") == "the file gives no count"
    assert study.reportable("Kent") is None
    assert study.offence_title == "intimate image abuse (disclosing private sexual images without consent)"


def test_outcomes_are_added_up_type_by_type(replies):
    rows = read_study("my-foi/8/71/victim-does-not-support").forces.set_index("force")
    # 12 + 101; 0..4 and the whole numbers that 20% of 372 allows (73 is 19.6%, 76 is 20.4%); a blank is any number.
    assert list(rows.loc["Gwent", ["count_low", "count_high"]]) == [113, 113]
    assert list(rows.loc["Hertfordshire", ["count_low", "count_high"]]) == [73, 80]
    assert list(rows.loc["Kent", ["count_low", "count_high"]]) == [0, 120]
    shown = outcomes_of("my-foi", "8/71", "Gwent")
    assert shown[["outcome_type", "count_low"]].to_numpy().tolist() == [["0", 3], ["1", 21], ["14;16", 113]]


def test_the_same_replies_change_nothing(replies, write_csv):
    path = write_csv(REPLIES.replace("London (City of)", "City of London"))
    assert import_replies(path, **ABOUT).status == "already there"
    with pytest.raises(InputError) as error:
        import_replies(write_csv("force,recorded,charged\nGwent,268,22\n"), **ABOUT)
    assert str(error.value) == (
        "the release 'my-foi' was imported from another file already: give another --release ID, or --replace to put "
        "this file in its place"
    )
    assert import_replies(path, **ABOUT, replace=True).status == "replaced"


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("2017", ("2017-01-01", "2017-12-31")),
        ("2015-04-13..2015-12", ("2015-04-13", "2015-12-31")),
        ("2016-02 .. 2016-02", ("2016-02-01", "2016-02-29")),
        ("1999/00", ("1999-04-01", "2000-03-31")),
    ],
)
def test_windows(text, window):
    assert read_window(text) == window


HEADER = "force,recorded,charged"
NO_WINDOW = "is not one: write it like 2017..2021, 2021/22 or 2017-01-01..2021-12-31"
REFUSED = [
    (f"{HEADER}\nGwemt,268,21\n", "row 2, column force: there is no force 'Gwemt'; did you mean 'Gwent'?"),
    (f"{HEADER}\nGwent,268,21\n\nGwent Police,3,1\n",
     "row 4, column force: Gwent stands in row 2 already, under another of its names: keep one row for each force"),
    (f"{HEADER}\nGwent,268,21\n\nKent,5,6\n",
     "row 4, column charged: charged '6' is above the 5 crimes recorded: check the two numbers"),
    (f"{HEADER},open\nGwent,268,21,<5\n",
     "row 2, column open: open '<5' is not a whole number, 0 or more: write it like 268"),
    (f"{HEADER},open\nGwent,1268,21,1248\n",
     "row 2, column recorded: the outcomes and open crimes are at least 1,269, more than the 1,268 recorded: check "
     "the row"),
    (f"{HEADER},16\nGwent,268,21,248\n",
     "row 2, column recorded: the outcomes and open crimes are at least 269, more than the 268 recorded: check "
     "the row"),
    (f"{HEADER},16\nGwent,268,21,many\n",
     "row 2, column outcome 16: count 'many' is not a count: write it like 21, <5, 3..9 or 7.8%"),
    (f"{HEADER},no suspect identified\nGwent,268,21,269\n",
     "row 2, column no-suspect-identified: count '269' is above the 268 crimes recorded: check the two numbers"),
    (f"{HEADER},window\nGwent,268,21,2021..2017\n",
     "row 2, column window: window '2021..2017' ends before it begins: write the earlier day first"),
    (f"{HEADER},window\nGwent,268,21,last year\n", f"row 2, column window: window 'last year' {NO_WINDOW}"),
    (f"{HEADER},window\nGwent,268,21,2017-13\n", f"row 2, column window: window '2017-13' {NO_WINDOW}"),
    (f"{HEADER},window\nGwent,268,21,2021/23\n", f"row 2, column window: window '2021/23' {NO_WINDOW}"),
    (f"{HEADER},outcome 1\nGwent,268,21,1\n", "row 1: the columns 'charged' and 'outcome 1' say the same: keep one"),
    (f"{HEADER},14,type 14\nGwent,268,21,1,1\n", "row 1: the columns '14' and 'type 14' say the same: keep one"),
    (f"{HEADER},open,open\nGwent,268,21,1,1\n", "row 1: the columns 'open' and 'open' say the same: keep one"),
    (f"{HEADER},14,victim does not support\nGwent,268,21,1,1\n",
     "row 1: outcome 14 is a part of 'victim-does-not-support': keep one of the two columns"),
    (f"{HEADER},not yet assigned\nGwent,268,21,1\n",
     "row 1: the column 'not yet assigned' must be called 'open'"),
    ("force,charged\nGwent,21\n",
     "row 1: the column 'recorded' is missing; the header has 'force', 'charged' and needs force, charged, recorded"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), REFUSED, ids=[message[:60] for _, message in REFUSED])
def test_what_is_refused(write_csv, imported, content, message):
    with pytest.raises(InputError) as error:
        import_replies(write_csv(content), **ABOUT)
    assert str(error.value) == f"replies.csv, {message}"
    assert not imported.exists()


@pytest.mark.parametrize("column", ["open", "16"])
def test_outcomes_and_open_crimes_may_be_all_that_is_recorded(write_csv, column):
    assert read_replies(write_csv(f"{HEADER},{column}\nGwent,268,21,247\n")).forces == ["Gwent"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"offence": "1971-08-01"},
            "--offence '1971-08-01' is not an offence code: write it as published, like 8/71 or 8R",
        ),
        ({"offence": ""}, "--offence '' is not an offence code: write it as published, like 8/71 or 8R"),
        ({"source": " "}, "--source is empty: say who asked whom, and when"),
        (
            {"release": "bbc-2016"},
            "the release 'bbc-2016' comes with the project and stays as it is: give another --release ID",
        ),
        ({"window": "soon"}, f"replies.csv, row 2, column window: window 'soon' {NO_WINDOW}"),
    ],
)
def test_options_that_cannot_be_used(write_csv, imported, options, message):
    with pytest.raises(InputError) as error:
        import_replies(write_csv(f"{HEADER}\nGwent,268,21\n"), **ABOUT | options)
    assert str(error.value) == message
    assert not imported.exists()


def test_a_total_is_refused(write_csv):
    content = f"{HEADER}\nGwent,268,21\nKent,100,10\nEssex,368,31\n"
    with pytest.raises(InputError) as error:
        read_replies(write_csv(content))
    assert str(error.value) == (
        "replies.csv, row 4: 'Essex' is the sum of the other rows: delete the total, which would count every crime "
        "twice"
    )


def test_a_file_of_replies_is_no_official_table(write_csv, imported):
    with pytest.raises(InputError) as error:
        import_official(write_csv(REPLIES))
    assert str(error.value) == (
        "replies.csv: no header was found within 20 rows (a row with 'Force Name' and 'Outcome Type'); a table of "
        "replies needs --release, --offence and --source"
    )
    assert read_all_official(find_release("home-office-2018-19")).num_rows == 41_584
