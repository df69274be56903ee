"""Two editions of one year: both are kept under ids of their own, and a series takes one of them."""

import pytest

from analysis.counts.imported import is_id, list_imported
from analysis.counts.importing import import_official
from analysis.counts.series import find_series, series_id
from analysis.counts.studies import read_study
from analysis.errors import InputError
from official_files import TODAY, write_xlsx
from official_years import import_year

EDITION = "home-office-2019-20@2024-07"


def import_edition(folder, charged, quarters=4):
    """Import a year of Gwent of which `charged` crimes of 100 are charged, as the edition of July 2024."""
    rows = [
        ["2019/20", quarter, "Gwent", "8R", "Title", "Group", "Subgroup", None, kind, "Outcome", "Outcomes", count, 0]
        for quarter in range(1, quarters + 1)
        for kind, count in ((1, charged if quarter == 1 else 0), (18, 100 - charged if quarter == 1 else 0))
    ]
    write_xlsx(folder / "later.xlsx", {"Outcomes open data": [TODAY, *rows]})
    return import_official(folder / "later.xlsx", release=EDITION).release


def test_two_editions_of_a_year_are_both_kept(tmp_path, imported):
    import_year(tmp_path, 2019, 5, 100)
    assert import_edition(tmp_path, 8) == EDITION
    assert list_imported() == ["home-office-2019-20", EDITION]
    charged = [read_study(f"{name}/8R/charged").row("Gwent")["count_low"] for name in list_imported()]
    assert charged == [5, 8]


def test_a_series_takes_one_edition_of_a_year(tmp_path, imported):
    import_year(tmp_path, 2019, 5, 100)
    import_edition(tmp_path, 8)
    import_year(tmp_path, 2020, 6, 100)
    with pytest.raises(InputError, match="cover some of the same days: keep one of them in the series"):
        find_series(f"home-office-2019-20,{EDITION}")
    assert series_id(find_series(f"home-office-2020-21,{EDITION}")) == f"{EDITION},home-office-2020-21"


def test_an_edition_of_a_part_of_a_year_stands_beside_no_year(tmp_path, imported):
    import_edition(tmp_path, 8, quarters=2)
    import_year(tmp_path, 2020, 6, 100)
    with pytest.raises(InputError, match="part of a year: it is never set beside other years"):
        find_series(f"{EDITION},home-office-2020-21")


@pytest.mark.parametrize(
    "text", ["a@", "@2024-07", "a@2024-00", "a@2024-13", "a@2024-7", "a@2024-07@2024-08", "a@../..", "a@2024-07-01",
             "a@٢٠٢٤-٠٧", "a@2024-07\n"],
)  # fmt: skip
def test_an_edition_is_written_in_one_form_only(text):
    assert not is_id(text)
