"""Charge rates of police forces: published counts, what they can and cannot show, and one report per force.

`compare` sets the institutions of a data frame beside each other, whatever they are. It is imported when it is first
asked for, so that the commands do not wait for it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.errors import InputError
    from analysis.own_table import Comparison, compare
    from analysis.results.vocabulary import Vocabulary

__all__ = ["Comparison", "InputError", "Vocabulary", "compare"]

_PLACES = {
    "Comparison": "own_table",
    "InputError": "errors",
    "Vocabulary": "results.vocabulary",
    "compare": "own_table",
}


def __getattr__(name: str) -> object:
    """Return what the package offers by name, imported from its module on demand (PEP 562)."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
