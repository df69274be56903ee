"""The JSON of answers: the same keys in the same order, with the same values, as before answers had types."""

import json
import time
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from analysis.answer import answer_country, answer_force, compare_study, estimate_from_text, find_row, outcomes
from analysis.results.json_form import as_json

STORED = Path(__file__).parents[1] / "reference" / "answers"
ESTIMATES = json.loads((STORED / "estimates.json").read_text(encoding="utf-8"))


def stored(name):
    found = json.loads((STORED / f"{name}.json").read_text(encoding="utf-8"))
    return found["asked"], found["answer"]


def names(kind):
    return sorted(path.stem for path in STORED.glob(f"{kind}-*.json"))


def assert_same(found, expected, place="answer"):
    """Types, keys and their order are equal; numbers agree but for the last digits."""
    if isinstance(expected, dict):
        assert list(found) == list(expected), place
        for key, value in expected.items():
            assert_same(found[key], value, f"{place}.{key}")
    elif isinstance(expected, list):
        assert isinstance(found, list), place
        assert len(found) == len(expected), place
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_same(one, other, f"{place}[{number}]")
    else:
        assert type(found) is type(expected), place
        close = isinstance(expected, float)
        assert found == (pytest.approx(expected, rel=1e-9, abs=1e-15) if close else expected), place


def without_digest(answer):
    return as_json(replace(answer, about=replace(answer.about, digest=None, version=None)))


@pytest.mark.parametrize("name", names("force"))
def test_a_force(name):
    asked, expected = stored(name)
    assert_same(without_digest(answer_force(*asked)), expected)


@pytest.mark.parametrize("name", names("country"))
def test_all_forces_and_what_is_said_of_them(name):
    asked, expected = stored(name)
    answer = answer_country(*asked)
    assert_same(without_digest(with_forces(answer, expected)), expected)


@pytest.mark.parametrize("name", names("compare"))
def test_all_forces_with_their_mix(name):
    asked, expected = stored(name)
    assert_same(as_json(with_forces(compare_study(*asked), expected)), expected)


def with_forces(answer, expected):
    """The answer with the forces only that are stored."""
    return replace(answer, forces=tuple(find_row(answer.forces, row["force"]) for row in expected["forces"]))


@pytest.mark.parametrize("name", sorted(ESTIMATES))
def test_an_estimate(name):
    kept = ESTIMATES[name]
    assert_same(as_json(estimate_from_text(*kept["asked"], **kept["options"])), kept["answer"])


def test_all_outcomes_of_a_force():
    asked, expected = stored("outcomes")
    assert_same(as_json(outcomes(answer_force(*asked))), expected)


def test_an_answer_is_never_changed():
    answer = answer_force("radar-2022", "8/71", "charged", "Gwent")
    for part, name in (
        (answer, "force"),
        (answer.count, "low"),
        (answer.row.verdict, "rest"),
        (answer.about, "title"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, "other")


def test_only_asked_keys_are_there():
    rows = compare_study("radar-2022/8-71/charged").forces
    assert "similar" not in as_json(rows[0])
    marked = as_json(replace(rows[0], similar=False))
    assert list(marked)[:4] == ["force", "gss_code", "similar", "count"]


def test_ten_thousand_forces_become_json_in_less_than_two_seconds():
    row = compare_study("home-office-2018-19/all/charged").forces[0]
    started = time.process_time()
    assert len(as_json([row] * 10_000)) == 10_000
    assert time.process_time() - started < 2
