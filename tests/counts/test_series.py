"""Series of releases: which can be made, what they are called, and which forces and breaks they have."""

from dataclasses import replace

import pytest

from analysis.counts.importing import import_replies
from analysis.counts.releases import find_release
from analysis.counts.series import find_breaks, find_series, series_id
from analysis.counts.series_studies import make_series_study
from analysis.errors import InputError

SOURCE = "own requests"


@pytest.fixture
def write_replies(write_csv, imported):
    """A function that imports replies under an id, and returns the id."""

    def write(release, rows="Gwent,21,268\n", window=None, **options):
        path = write_csv(f"force,charged,recorded\n{rows}")
        about = {"offence": "8/71", "source": SOURCE, "window": window} | options
        return import_replies(path, release=release, **about).release

    return write


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        (["home-office-2018-19"], "home-office-2018-19"),
        (["home-office-2016-17", "home-office-2017-18"], "home-office-2016-17..2017-18"),
        (["a-2016-17", "a-2017-18", "a-2018-19"], "a-2016-17..2018-19"),
        (["a-2016-17", "a-2018-19"], "a-2016-17,a-2018-19"),
        (["a-15", "a-2016-17", "a-2017-18", "a-2019-20", "b"], "a-15,a-2016-17..2017-18,a-2019-20,b"),
        (["a-2015-16", "a-2016-17", "a-2018-19", "a-2019-20"], "a-2015-16..2016-17,a-2018-19..2019-20"),
        (["a-1998-99", "a-1999-00", "a-2000-01", "a-2001-02"], "a-1998-99..2001-02"),
        (["2016-17", "2017-18"], "2016-17..2017-18"),
        (["a-2016-17", "b-2017-18"], "a-2016-17,b-2017-18"),
        (["a-2016-18", "a-2017-18", "a-2018-20"], "a-2016-18,a-2017-18,a-2018-20"),
        (["a-2018-19-240724", "a-2019-20"], "a-2018-19-240724,a-2019-20"),
        (["my-foi", "other-foi"], "my-foi,other-foi"),
    ],
)  # fmt: skip
def test_years_in_a_row_are_named_as_a_range(ids, name):
    release = find_release("home-office-2018-19")
    assert series_id([replace(release, id=one) for one in ids]) == name


def test_a_series_is_in_the_order_of_its_windows(write_replies):
    write_replies("b", window="2019")
    write_replies("a", window="2020-01-01..2020-06-30")
    write_replies("c", window="2020-07-01..2020-12")
    assert [release.id for release in find_series("c,a , b")] == ["b", "a", "c"]
    assert series_id(find_series("c,a,b")) == "b,a,c"


def test_windows_that_share_a_day_are_refused(write_replies):
    write_replies("a", window="2020-01-01..2020-06-30")
    write_replies("b", window="2020-06-30..2020-12-31")
    for series in ("a,b", "b,a"):
        with pytest.raises(InputError) as error:
            find_series(series)
        assert str(error.value) == "a and b cover some of the same days: keep one of them in the series"


def test_a_release_without_a_window_is_refused(write_replies):
    write_replies("a", window="2020")
    write_replies("undated")
    for series in ("a,undated", "undated,a"):
        with pytest.raises(InputError) as error:
            find_series(series)
        assert str(error.value) == "the release 'undated' does not say which period it covers: a series needs that"


KNOWN = "there are 15 known names, such as 'radar-2022'"
NO_RANGE = "is not a range of years: write it like home-office-2016-17..2021-22"
REFUSED = [
    (
        "bbc-2016,radar-2022",
        "radar-2022 is of RADAR news data unit, printed by local papers and bbc-2016 of BBC England Data Unit: figures "
        "of different publishers are never put into one series",
    ),
    (
        "home-office-2018-19..2019-20",
        "there is no release 'home-office-2019-20' yet: run charge-rates fetch 2019/20, or name the years that are "
        "there, joined by commas; did you mean 'home-office-2018-19' or 'home-office-all-offences-2019-20'?",
    ),
    (
        "home-office-2016-17..2019-20",
        "there are no releases 'home-office-2016-17', 'home-office-2017-18' and 'home-office-2019-20' yet: run "
        "charge-rates fetch 2016/17 2017/18 2019/20, or name the years that are there, joined by commas",
    ),
    (
        "home-office-２０１６-17",
        "there is no release 'home-office-２０１６-17'; did you mean 'home-office-2018-19'?",
    ),
    ("2016-17..2017-18", "there is no release '2016-17'; did you mean 'home-office-all-offences-2016-17'?"),
    ("a-1990-91..2019-20", f"there is no release 'a-1990-91'; {KNOWN}"),
    ("a-1990-91..2020-21", "'a-1990-91..2020-21' must run from an earlier year to a later one, over at most 30 years"),
    ("a-2016-17..2015-16", "'a-2016-17..2015-16' must run from an earlier year to a later one, over at most 30 years"),
    ("a-２０１６-17..2018-19", f"'a-２０１６-17..2018-19' {NO_RANGE}"),
]


@pytest.mark.parametrize(("series", "message"), REFUSED, ids=[ascii(series).replace("\\", "") for series, _ in REFUSED])
def test_what_is_no_series(imported, series, message):
    with pytest.raises(InputError) as error:
        find_series(series)
    assert str(error.value) == message


@pytest.mark.parametrize("series", ["home-office-2018-19..2018-19", "home-office-2018-19..home-office-2018-19"])
def test_a_range_of_one_year(series):
    assert [release.id for release in find_series(series)] == ["home-office-2018-19"]


def test_breaks_lie_after_the_first_day_and_up_to_the_last():
    def labels(start, end):
        return [row["label"] for row in find_breaks("8/71", start, end)]

    assert labels("2021-04-01", "2021-06-29") == ["threats added"]
    assert labels("2021-03-31", "2021-06-28") == ["outcome 22, compulsory"]


FIRST = "Gwent,21,268\nKent,3,40\nDurham,,0\nDorset,,50\nSurrey,,\n"
SECOND = "Gwent,20,250\nEssex,5,60\nDurham,,0\nDorset,,0\nSurrey,2,30\n"


def test_the_forces_of_a_series(write_replies):
    write_replies("first", FIRST, "2019")
    write_replies("second", SECOND, "2020")
    study = make_series_study("first,second", "8/71", "charged")
    assert study.forces.to_numpy().tolist() == [
        ["Dorset", "dorset", "the file gives no count; no crimes recorded"],
        ["Durham", "durham", "no crimes recorded"],
        ["Essex", "essex", "not a force of first"],
        ["Gwent", "gwent", None],
        ["Kent", "kent", "not a force of second"],
        ["Surrey", "surrey", None],
    ]
    assert study.reportable_forces() == ["Gwent", "Surrey"]
    assert study.not_reportable == {force: why for force, _, why in study.forces.to_numpy() if why}
    assert study.find("gwent police") == "Gwent"
    with pytest.raises(InputError) as error:
        study.find("Norfolk")
    assert str(error.value) == "Norfolk is not among the 6 forces here, such as 'Dorset'"


def test_a_force_of_one_year_of_three_names_the_others(write_replies):
    write_replies("first", FIRST, "2019")
    write_replies("second", SECOND, "2020")
    write_replies("third", "Gwent,20,250\nEssex,5,60\n", "2021")
    forces = make_series_study("first,second,third", "8/71", "charged").forces.set_index("force")
    assert forces.loc["Kent", "why_unknown"] == "not a force of second, third"


def test_a_year_that_is_imported_anew_is_read_anew(write_replies):
    write_replies("first", FIRST, "2019")
    write_replies("second", SECOND, "2020")
    before = make_series_study("first,second", "8/71", "charged")
    write_replies("second", SECOND.replace("Gwent,20,", "Gwent,19,"), "2020", replace=True)
    after = make_series_study("first,second", "8/71", "charged")
    assert [study.studies[1].row("Gwent")["count_low"] for study in (before, after)] == [20, 19]
    assert before.digest != after.digest
