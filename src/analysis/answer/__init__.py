"""One answer per force and one per country: the results that JSON, notebooks and pages are all made from.

This is the one joint of the layers: counts says what was published, statistics what it means, presentation how it is
worded. What it returns are the frozen dataclasses of `analysis.results`. Rates are proportions. Unknown, undefined and
infinite numbers are None; a field has one type always. A question is imported when it is first asked for, so that one
rate does not wait for what many forces need.

============  =====================================================================
estimates     one rate from bare numbers
comparisons   many forces beside each other, from a study or a spreadsheet
force         one force of a study
country       all forces of a study together
curve         one force's p-value over the national rates it could be set beside
study         what the pages of a force and of all forces both say of their study
what_moved    two releases, or two sets of reports, beside each other
alike         forces that somebody sets beside each other
answer_cache  answers that are kept until figures change
fields        how numbers become fields of an answer
============  =====================================================================
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.answer.comparisons import compare_file, compare_study, find_row
    from analysis.answer.country import answer_country
    from analysis.answer.curve import p_value_curve
    from analysis.answer.estimates import estimate, estimate_from_text
    from analysis.answer.force import answer_force, other_forces, outcomes

__all__ = [
    "answer_country",
    "answer_force",
    "compare_file",
    "compare_study",
    "estimate",
    "estimate_from_text",
    "find_row",
    "other_forces",
    "outcomes",
    "p_value_curve",
]

_PLACES = {
    "answer_country": "country",
    "answer_force": "force",
    "compare_file": "comparisons",
    "compare_study": "comparisons",
    "estimate": "estimates",
    "estimate_from_text": "estimates",
    "find_row": "comparisons",
    "other_forces": "force",
    "outcomes": "force",
    "p_value_curve": "curve",
}


def __getattr__(name: str) -> object:
    """Return a question's function by its name, imported from its module on demand (PEP 562)."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
