"""Forces under the names that they, police.uk, the Home Office and newspapers use."""

import csv
from pathlib import Path

import pytest

from analysis.counts.forces import find_force, list_forces, recognise_forces
from analysis.errors import InputError

REFERENCE = Path(__file__).parents[1] / "reference"
with (REFERENCE / "force_names.csv").open(encoding="utf-8", newline="") as file:
    SEEN = [row for row in csv.DictReader(file) if row["status"] == "seen"]


def test_every_name_that_was_seen_is_its_force():
    found = [force and force.name for force in recognise_forces(row["name"] for row in SEEN)]
    assert found == [row["force"] for row in SEEN]
    assert len({row["force"] for row in SEEN}) == 44


def test_every_alias_was_seen_somewhere():
    seen = {row["name"].casefold() for row in SEEN}
    aliases = [alias for force in list_forces() for alias in force.aliases]
    prefixes = ("", "the ", "heddlu ")
    unseen = [
        alias
        for alias in aliases
        if not any(f"{prefix}{alias}{suffix}".casefold() in seen for prefix in prefixes for suffix in ("", " police"))
    ]
    assert unseen == []


@pytest.mark.parametrize(
    "name",
    ["", "Police", "The Constabulary", "Wales", "Manchester", "Kent / Essex", "England and Wales", "Kent and Essex"],
)
def test_names_of_no_force_and_of_two(name):
    assert recognise_forces([name]) == [None]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Kemt Police", "did you mean 'Kent'?"),
        ("Gwemt Constabulary", "did you mean 'Gwent'?"),
        ("Police", "there are 44 known names, such as 'Avon and Somerset'"),
        ("MPZ Police", "there are 44 known names, such as 'Avon and Somerset'"),
        ("Metropolitn Police", "did you mean 'Metropolitan Police'?"),
    ],
)
def test_a_hint_never_rests_on_the_word_police(name, hint):
    with pytest.raises(InputError) as error:
        find_force(name)
    assert str(error.value) == f"there is no force {name!r}; {hint}"
