"""Groups of forces are facts with a day and a source; marking some changes no verdict."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.force_groups import find_alike, list_groups
from analysis.counts.tables import read_table
from analysis.errors import InputError

STUDY = "home-office-2018-19/8R/charged"


def test_every_territorial_force_is_in_one_region_and_one_country():
    rows = read_table("force_groups.csv")
    regions = Counter(row["force"] for row in rows if row["kind"] == "region")
    assert set(regions.values()) == {1}
    assert len(regions) == 43
    assert {name: len(forces) for name, forces in list_groups().items() if name in ("Wales", "England", "Eastern")} == {
        "England": 39,
        "Eastern": 6,
        "Wales": 4,
    }


def test_a_list_of_similar_forces_can_be_added(data):
    content = (data.folder / "force_groups.csv").read_bytes()
    new = b"most similar to Gwent,similar,Humberside,2021-06-01,police-workforce-2019\n"
    data.write("force_groups.csv", content + new)
    assert find_alike("most similar to Gwent") == ["Humberside"]


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("West Midlands", ["West Midlands"]),
        ("West Midlands region", ["Staffordshire", "Warwickshire", "West Mercia", "West Midlands"]),
        ("london,Met", ["City of London", "Metropolitan Police"]),
    ],
)
def test_names_and_groups(text, forces):
    assert find_alike(text) == forces


def test_a_name_of_neither():
    with pytest.raises(InputError) as error:
        find_alike("Humberside,Clevelnd")
    assert str(error.value).startswith(
        "--like Humberside,Clevelnd: there is no force 'Clevelnd'; did you mean 'Cleveland'?; groups are England, "
    )


def test_marked_forces_keep_their_verdict():
    def run(*options):
        return CliRunner().invoke(main, ["compare", "--study", STUDY, *options])

    marked = json.loads(run("--like", "Wales", "--json").stdout)["forces"]
    plain = json.loads(run("--json").stdout)["forces"]
    assert [{key: value for key, value in row.items() if key != "similar"} for row in marked] == plain
    wales = ["Dyfed-Powys", "Gwent", "North Wales", "South Wales"]
    assert [row["force"] for row in marked if row["similar"]] == wales
    lines = run("--like", "Wales").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines if "  similar  " in line][1:] == wales
