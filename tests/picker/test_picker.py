"""Parameters that are chosen from lists: the choice stands in them, and nothing else changes."""

import sys

import pytest

from analysis.counts import studies
from analysis.errors import InputError
from analysis.picker import pick_parameters

STALKING = {"release": "home-office-2018-19", "offence": "8Q", "outcome": "charged"}
RADAR = "Freedom-of-information replies printed in May and June 2022 (radar-2022)"
OFFICIAL = "Police recorded crime outcomes open data, year ending March 2019 (home-office-2018-19)"


def lists_of(namespace):
    """Return {name: list} of the lists that are shown, and the text below them."""
    *lists, said = pick_parameters(namespace).children
    return {one.description: one for one in lists}, said


def test_nothing_is_set_before_something_is_chosen():
    namespace = STALKING | {"force": "city of london", "confidence": 0.9}
    before = dict(namespace)
    lists, _ = lists_of(namespace)
    assert namespace == before
    assert {name: one.value for name, one in lists.items()} == {
        "release": OFFICIAL,
        "offence": "Stalking (8Q)",
        "outcome": "Charged or summonsed",
        "force": "City of London",
    }


@pytest.mark.parametrize(
    ("name", "shown", "value"),
    [
        ("offence", "Malicious Communications (8R)", "8R"),
        ("outcome", "Victim does not support action", "victim-does-not-support"),
        ("force", "Kent", "Kent"),
    ],
)
def test_a_choice_sets_its_parameter_and_nothing_else(name, shown, value):
    namespace = STALKING | {"force": "Gwent", "confidence": 0.9, "answer": None}
    expected = namespace | {name: value}
    lists, said = lists_of(namespace)
    lists[name].value = shown
    assert namespace == expected
    assert said.value == ""


def test_another_release_has_its_own_offences_outcomes_and_forces():
    namespace = STALKING | {"force": "Kent"}
    lists, _ = lists_of(namespace)
    lists["release"].value = RADAR
    assert namespace == {"release": "radar-2022", "offence": "8/71", "outcome": "charged", "force": "Gwent"}
    assert lists["offence"].options == (
        "intimate image abuse (disclosing private sexual images without consent) (8/71)",
    )
    assert lists["outcome"].options == ("Charged or summonsed", "Victim does not support action")
    reported, unreported = lists["force"].options[:4], lists["force"].options[4:]
    assert reported == ("Gwent", "Hertfordshire", "Lancashire", "South Yorkshire")
    assert len(unreported) == 5
    assert all(" (" in one for one in unreported)
    lists["force"].value = unreported[0]
    assert namespace["force"] == unreported[0].partition(" (")[0]
    lists["release"].value = OFFICIAL
    assert len(lists["offence"].options) > 100


def test_what_is_asked_of_all_forces_gets_no_force():
    namespace = dict(STALKING)
    lists, _ = lists_of(namespace)
    assert list(lists) == ["release", "offence", "outcome"]
    lists["release"].value = RADAR
    assert namespace == {"release": "radar-2022", "offence": "8/71", "outcome": "charged"}


def test_half_a_word_sets_nothing():
    namespace = dict(STALKING)
    lists, _ = lists_of(namespace)
    lists["offence"].value = "Malic"
    assert namespace == STALKING


def test_a_choice_that_cannot_be_read_is_said_and_taken_back(monkeypatch):
    namespace = STALKING | {"force": "Gwent"}
    before = dict(namespace)
    lists, said = lists_of(namespace)

    def refuse(study):
        raise InputError(f"{study} cannot be read")

    monkeypatch.setattr(studies, "read_study", refuse)
    lists["offence"].value = "Malicious Communications (8R)"
    assert said.value == "home-office-2018-19/8R/charged cannot be read"
    assert lists["offence"].value == "Stalking (8Q)"
    assert namespace == before
    monkeypatch.undo()
    lists["force"].value = "Kent"
    assert (namespace["force"], said.value) == ("Kent", "")


@pytest.mark.parametrize(
    ("namespace", "says"),
    [
        ({"release": "radar-2022"}, "offence and outcome must be there to be chosen: run the cell with the parameters"),
        (STALKING | {"offence": "8Q8"}, "8Q8"),
        (STALKING | {"force": "Gwnt"}, "did you mean 'Gwent'"),
    ],
)
def test_parameters_that_cannot_be_shown_are_said(namespace, says):
    with pytest.raises(InputError, match=says):
        pick_parameters(namespace)


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(InputError, match=r"^lists to choose from need ipywidgets, .*'charge-rates\[picker\]'"):
        pick_parameters(dict(STALKING))
