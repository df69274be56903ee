"""How an answer becomes JSON: in one place, key by key.

A field stands under its own name and in the order of its class, pairs are lists, and what is unknown is null. What
differs from that is said where the field is declared, by `metadata=` one of the marks below.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

KEY, OMIT, INLINE = "key", "omit", "inline"

OMIT_NONE = {OMIT: True}
"""Metadata of a field whose key is absent where it is None: it is not asked."""
IN_PARENT = {INLINE: True}
"""Metadata of a field whose own fields stand where it stands."""


_PLAIN = str, int, float


def json_key(key: str) -> dict[str, str]:
    """Return the metadata of a field that stands under another key."""
    return {KEY: key}


def as_json(value: object) -> Any:
    """Return an answer, or a part of it, as the dictionaries, lists and plain values that JSON is made from.

    Examples
    --------
    >>> from analysis.results.windows import Window
    >>> as_json({"windows": (Window("2018-04-01", "2019-03-31"),)})
    {'windows': [{'start': '2018-04-01', 'end': '2019-03-31'}]}
    """
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    if isinstance(value, Mapping):
        return {key: as_json(part) for key, part in value.items()}
    return _object(value)


def _object(value: object) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, key, in_parent, omit in _PLANS[type(value)]:
        part = getattr(value, name)
        if in_parent:
            found |= {} if part is None else _object(part)
        elif part is not None or not omit:
            found[key] = as_json(part)
    return found


class _Plans(dict[type, list[tuple[str, str, bool, bool]]]):
    """Each class's fields: name, key, whether its own fields stand in its place, whether None is left out."""

    def __missing__(self, kind: type[Any]) -> list[tuple[str, str, bool, bool]]:
        self[kind] = [
            (one.name, one.metadata.get(KEY, one.name), INLINE in one.metadata, OMIT in one.metadata)
            for one in fields(kind)
        ]
        return self[kind]


_PLANS = _Plans()


def fields_of(value: Any) -> dict[str, Any]:
    """Return the fields of an answer as they are, by name: what an answer that says more is built from.

    Examples
    --------
    >>> from analysis.results.windows import Window
    >>> fields_of(Window("2018-04-01", "2019-03-31"))
    {'start': '2018-04-01', 'end': '2019-03-31'}
    """
    return {field.name: getattr(value, field.name) for field in fields(value)}
