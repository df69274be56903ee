"""An answer is made once, however it is asked for, and anew when its figures are."""

import pytest

from analysis.answer import answer_cache as module
from analysis.answer import answer_force

ASKED = {"release": "radar-2022", "offence": "8/71", "outcome": "charged", "force": "Gwent"}


def test_the_same_question_has_one_answer_however_it_is_asked():
    first = answer_force(*ASKED.values())
    assert answer_force(**ASKED) is first
    assert answer_force(**ASKED, confidence=0.95) is first
    assert answer_force(*ASKED.values(), confidence=0.9) is not first


def test_figures_imported_anew_are_answered_anew(monkeypatch):
    first = answer_force(**ASKED)
    monkeypatch.setattr(module, "imported_state", lambda release: ("about.json", 1, 2))
    assert answer_force(**ASKED) is not first


def test_a_wrong_argument_is_a_programming_error():
    with pytest.raises(TypeError, match="missing a required argument: 'force'"):
        answer_force("radar-2022", "8/71", "charged")


def test_the_last_answers_are_kept_and_older_ones_forgotten():
    asked = []

    @module.cached
    def answer(study, *, confidence=0.95):
        asked.append((study, confidence))
        return {"study": study}

    first = answer("radar-2022/8-71/charged")
    assert first == {"study": "radar-2022/8-71/charged"}
    for number in range(module.MOST - 1):
        answer(f"radar-2022/{number}")
    assert answer(study="radar-2022/8-71/charged", confidence=0.95) is first
    answer("radar-2022/one more")
    answer("radar-2022/0")
    assert asked.count(("radar-2022/8-71/charged", 0.95)) == 1
    assert asked.count(("radar-2022/0", 0.95)) == 2
