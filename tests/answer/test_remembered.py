"""An answer is made once, however it is asked for, and anew when its figures are."""

import pytest

from analysis.answer import answer_force
from analysis.answer import remembered as module

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
