"""Answers with some of their parts made up, for what no real figures show."""

from dataclasses import fields, is_dataclass, replace


def changed(answer, **parts):
    """The answer with some parts made up: a dictionary changes a part's fields, anything else replaces it.

    What is no field of the answer is one of its comparison.
    """
    own = {field.name for field in fields(answer)}
    found = {name: part for name, part in parts.items() if name in own}
    if compared := {name: part for name, part in parts.items() if name not in own}:
        found["comparison"] = changed(answer.comparison, **compared)
    return replace(answer, **{name: _part(getattr(answer, name), part) for name, part in found.items()})


def _part(was, part):
    return changed(was, **part) if isinstance(part, dict) and is_dataclass(was) else part
