"""What is printed: clean for a terminal, one JSON object of any size, and quick also for very many rows."""

import json

import pytest

from analysis import printing


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Gwent\nKent", "Gwent\nKent"),
        ("Heddlu Dyfed-Powys, tŷ\n", "Heddlu Dyfed-Powys, tŷ\n"),
        ("plain\nred \x1b[31mKent\rX", "plain\nred ?[31mKent?X"),
        ("a\x85b\u2028c\td", "a?b?c?d"),
        ("", ""),
    ],
)
def test_what_would_move_a_cursor_becomes_a_question_mark(text, printed, capsys):
    printing.echo(text)
    assert capsys.readouterr().out == f"{printed}\n"


def test_a_large_object_is_one_line_and_the_same_object(capsys, monkeypatch):
    value = {"forces": [{"force": "Dyfed-Powys", "rate": [0.1, None]}, {"force": "tŷ\x85", "rate": []}]}
    printing.print_json(value)
    set_out = capsys.readouterr().out
    monkeypatch.setattr(printing, "LARGEST_SET_OUT", 10)
    printing.print_json(value)
    one_line = capsys.readouterr().out
    assert set_out.startswith('{\n  "forces": [\n    {\n      "force"')
    assert one_line.count("\n") == 1
    assert json.loads(one_line) == json.loads(set_out)


def test_infinite_numbers_are_never_printed():
    with pytest.raises(ValueError, match="not JSON compliant"):
        printing.print_json({"rate": float("inf")})
