"""A cache of the last answers, kept as long as the figures that they are made from are the same."""

from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import signature
from typing import TypeVar

from analysis.counts.imported import imported_state

MOST = 32
"""How many answers are kept: more than a series of releases has years."""


Answer = TypeVar("Answer")


def cached(answer: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a function that keeps its last answers in a cache until its release is imported anew.

    The same question is the same however its arguments are passed, by place, by name or by default. Like `lru_cache`,
    it has a `cache_clear`.

    Parameters
    ----------
    answer : callable
        Its first argument is a release, or a study's id.
    """
    asked = signature(answer)
    cache = lru_cache(maxsize=MOST)(lambda state, arguments: answer(**dict(arguments)))

    @wraps(answer)
    def ask(*arguments: object, **options: object) -> Answer:
        question = asked.bind(*arguments, **options)
        question.apply_defaults()
        first, *_ = question.arguments.values()
        return cache(imported_state(first.partition("/")[0]), tuple(question.arguments.items()))

    ask.__dict__["cache_clear"] = cache.cache_clear
    return ask
