"""Answers that are remembered for as long as the figures they were made from are the same."""

from collections.abc import Callable
from functools import lru_cache, wraps

from analysis.counts.imported import imported_state


def remembered(answer: Callable[..., dict]) -> Callable[..., dict]:
    """Return a function that remembers its last answers; a release that is imported anew is asked about anew.

    Parameters
    ----------
    answer
        A function whose first argument is a study's id or a release's.
    """
    remember = lru_cache(maxsize=8)(lambda state, *arguments, **options: answer(*arguments, **options))

    @wraps(answer)
    def ask(release: str, *arguments, **options) -> dict:
        return remember(imported_state(release.partition("/")[0]), release, *arguments, **options)

    return ask
