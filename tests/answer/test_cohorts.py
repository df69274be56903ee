"""Years at the same age, and where a young one may end, on small made editions: no real year is here in three."""

import pytest

from analysis.answer.cohorts import range_of_young_year, rates_by_age
from analysis.counts.importing import import_official
from analysis.errors import InputError
from official_files import TODAY, write_xlsx

# Charged of 1,000 by edition. At 16 months 50 and 40; the first grew to 60 (by 1.2), the second to 44 (by 1.1); the
# third has 30 at 16 months and may end at 33 to 36.
EDITIONS = {
    "home-office-2019-20@2021-07": 50,
    "home-office-2019-20@2024-07": 60,
    "home-office-2020-21@2022-07": 40,
    "home-office-2020-21@2024-07": 44,
    "home-office-2021-22@2023-07": 30,
}


@pytest.fixture
def editions(tmp_path, imported):
    for name, charged in EDITIONS.items():
        year = name.split("@")[0].removeprefix("home-office-").replace("-", "/")
        rows = [
            [year, quarter, force, "8R", "T", "G", "S", None, kind, "O", "Outcomes", part * (quarter == 1), 0]
            for force in ("Gwent", "Kent")
            for quarter in (1, 2, 3, 4)
            for kind, part in ((1, charged), (18, 1000 - charged))
        ]
        write_xlsx(tmp_path / "table.xlsx", {"Outcomes open data": [TODAY, *rows]})
        import_official(tmp_path / "table.xlsx", release=name)


@pytest.mark.parametrize(("force", "times"), [("Gwent", 1), (None, 2)])
def test_years_stand_at_the_same_age(editions, force, times):
    rates = rates_by_age(list(EDITIONS), "8R", force=force)
    assert [(one.year[:4], one.age, one.count, one.recorded) for one in rates] == [
        ("2019", 16, 50 * times, 1000 * times),
        ("2020", 16, 40 * times, 1000 * times),
        ("2021", 16, 30 * times, 1000 * times),
        ("2020", 40, 44 * times, 1000 * times),
        ("2019", 52, 60 * times, 1000 * times),
    ]


def test_a_young_year_gets_the_range_that_older_ones_grew_by(editions):
    young = range_of_young_year(rates_by_age(list(EDITIONS), "8R"))
    assert (young.now.release, young.low, young.high) == ("home-office-2021-22@2023-07", 0.033, 0.036)
    assert [(then.count, last.count) for then, last in young.grown] == [(100, 120), (80, 88)]
    assert "no interval" in young.label


def test_without_an_older_year_of_that_age_there_is_no_range(editions):
    young = range_of_young_year(rates_by_age(["home-office-2019-20@2024-07", "home-office-2021-22@2023-07"], "8R"))
    assert (young.grown, young.low, young.high) == ((), None, None)


@pytest.mark.parametrize(
    ("releases", "said"),
    [
        ([], "name each edition once"),
        (["home-office-2019-20@2021-07"] * 2, "name each edition once"),
        (["home-office-2018-19"], "does not say of which month its edition is"),
    ],
)
def test_editions_that_cannot_be_used(editions, releases, said):
    with pytest.raises(InputError, match=said):
        rates_by_age(releases, "8R")
