"""What moved between two releases: every count, no more, and nothing of what cannot be compared."""

import csv

import pytest

from analysis.answer.what_moved import cohort_growth, diff_releases
from analysis.counts.folder import data_folder
from analysis.errors import InputError
from analysis.results.differences import Figure, FigureKey

YEARS = "home-office-all-offences-2023-24", "home-office-all-offences-2024-25"


def test_two_years_move_as_the_published_totals_do():
    # Expected: the published table, read by itself.
    with next((data_folder() / "counts").glob("*all*offences*.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    years = [{row["force"]: row for row in rows if row["release"] == year} for year in YEARS]
    moved = diff_releases(*YEARS).moves
    assert [move.key.force for move in moved] == sorted(years[0])
    for move in moved:
        for figure, year in ((move.old, years[0]), (move.new, years[1])):
            row = year[move.key.force]
            assert (figure.count_low, figure.recorded) == (int(row["charged"]), int(row["assigned"]))


def test_a_year_that_is_unknown_stays_unknown():
    # Greater Manchester gave no figures of most of 2019/20.
    found = diff_releases("home-office-all-offences-2018-19", "home-office-all-offences-2019-20")
    manchester = next(move for move in found.moves if move.key.force == "Greater Manchester")
    assert manchester.old.count_low is not None
    assert manchester.new.count_low is None


def test_nothing_moves_from_a_release_to_itself():
    found = diff_releases("home-office-2018-19", "home-office-2018-19", ["8R"])
    assert (found.compared, found.moves) == (44, ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "home-office-2018-19",
            "home-office-all-offences-2018-19",
            "home-office-2018-19 is of crimes recorded in period and home-office-all-offences-2018-19 of crimes with "
            "an outcome",
        ),
        ("bbc-2016", "home-office-2018-19", "what moved between figures of different publishers cannot be told"),
    ],
)
def test_what_cannot_be_compared_is_refused(old, new, message):
    with pytest.raises(InputError) as error:
        diff_releases(old, new)
    assert message in str(error.value)


def edition(counts):
    return {
        FigureKey("", "all", "charged", force): Figure(low, high, 99_999, None, None, None)
        for force, (low, high) in counts.items()
    }


def test_a_year_grows_with_age_as_its_two_known_totals_did():
    # The editions of early 2020 and July 2024 of 2018/19, as data/README.md has them; worked out by hand.
    counts = {"North Yorkshire": (3064, 6521), "Wiltshire": (4293, 5552), "Kent": (9677, 11865), "Gwent": (4752, 5088)}
    old, new = (edition({force: (pair[at], pair[at]) for force, pair in counts.items()}) for at in (0, 1))
    [said] = cohort_growth(old, new)
    assert "from 21,786 to 29,026 (+33.2%)" in said
    assert "from +7.1% (Gwent) to +112.8% (North Yorkshire)" in said


def test_growth_is_of_counts_that_both_editions_know():
    unknown = {"Kent": (None, None), "Dorset": (1, 4), "Essex": (5, 5), "Surrey": (0, 0)}
    old, new = edition({"Gwent": (5, 5), **unknown}), edition({"Gwent": (4, 4), "Kent": (9, 9), "Dorset": (3, 3)})
    assert "from 5 to 4 (-20.0%) where both editions have it. " in cohort_growth(old, new)[0]
    assert cohort_growth(edition({"Surrey": (0, 0)}), edition({"Surrey": (2, 2)})) == ()
