"""Remembers the last answers, as long as the figures that they are made from are the same."""

from collections.abc import Callable
from functools import lru_cache, wraps

from analysis.counts.imported import imported_state

MOST = 32
"""How many answers are kept: more than a series of releases has years."""


def remembered(answer: Callable[..., dict]) -> Callable[..., dict]:
    """Return a function that remembers its last answers until its release is imported anew.

    Parameters
    ----------
    answer : callable
        Its first argument is a release, or a study's id.
    """
    remember = lru_cache(maxsize=MOST)(lambda state, *arguments, **options: answer(*arguments, **options))

    @wraps(answer)
    def ask(release: str, *arguments, **options) -> dict:
        return remember(imported_state(release.partition("/")[0]), release, *arguments, **options)

    return ask
