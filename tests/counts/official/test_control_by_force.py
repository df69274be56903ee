"""A table with other totals by force than the edition that is known is imported, and both numbers are said.

North Yorkshire's 2018/19 is the real case: 3,064 crimes charged in the edition of early 2020 and 6,521 in that of July
2024, as the facts that the data log quotes have it; Gwent had 5,088 in the later one.
"""

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.check import check_data
from analysis.counts.importing import import_official
from official_files import TODAY, write_ods, write_xlsx

EDITION = "prc-outcomes-open-data-mar2019-tables-240724.xlsx"
ABOUT = ("8R", "Malicious communications", "Violence against the person", "Stalking and harassment", None)


def table_of(charged):
    """Return the rows of a 2018/19 table with so many crimes charged by force, and as many not."""
    return [TODAY] + [
        ["2018/19", quarter, force, *_in_order(kind), count if quarter == 1 else 0, 0]
        for force, count in charged.items()
        for kind in (1, 18)
        for quarter in (1, 2, 3, 4)
    ]


def _in_order(kind):
    code, title, group, subgroup, expired = ABOUT
    named = {
        "Offence Description": title,
        "Offence Group": group,
        "Offence Subgroup": subgroup,
        "Offence Code": code,
        "Offence code expired": expired,
        "Outcome Type": kind,
        "Outcome Description": "Outcome",
        "Outcome Group": "Outcomes",
    }
    return [named[column] for column in TODAY if column in named]


@pytest.mark.parametrize(("suffix", "write"), [(".xlsx", write_xlsx), (".ods", write_ods)])
def test_an_edition_with_another_total_is_imported_and_announced(tmp_path, imported, suffix, write):
    path = tmp_path / f"edition{suffix}"
    write(path, {"Outcomes open data": table_of({"North Yorkshire": 3064, "Gwent": 5088})})
    made = import_official(path, release="home-office-2018-19@2020-01")
    assert (made.status, made.forces) == ("imported", 2)
    assert (
        f"The table gives 8,152 crimes charged, {EDITION} has 11,609 (+42.4%): 1 of 2 forces differ, most of all North "
        "Yorkshire (3,064 and 6,521)."
    ) in made.announced


def test_an_edition_with_the_same_totals_says_so(tmp_path, imported):
    write_xlsx(tmp_path / "same.xlsx", {"Outcomes open data": table_of({"North Yorkshire": 6521, "Gwent": 5088})})
    made = import_official(tmp_path / "same.xlsx", release="home-office-2018-19@2024-07")
    assert f"All 11,609 crimes charged are as in {EDITION}, force by force." in made.announced


def test_check_marks_the_difference_that_is_known():
    said = [one.text for one in check_data() if one.kind == "marked" and EDITION in one.text]
    assert said == [
        f"The table gives 449,989 crimes charged, {EDITION} has 481,550 (+7.0%): 44 of 44 forces differ, most of all "
        "North Yorkshire (3,064 and 6,521), Metropolitan Police (60,817 and 64,209) and Kent (9,677 and 11,865)"
    ]
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
