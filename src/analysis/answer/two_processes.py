"""Half of a list is worked on in a process of its own, where the system can fork one."""

import os
import pickle
import threading
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_two_processes(work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item]) -> list[Answer]:
    """Return the answers to all items, in their order, half of them worked out by a forked process.

    The halves are every second item, also where nothing can be forked (Windows, beside other threads) or the other
    process fails, so that the answers are the same everywhere.

    Parameters
    ----------
    work : callable
        Returns an answer for each of some items; of nothing but these.
    items : sequence

    Returns
    -------
    list

    Raises
    ------
    Exception
        What `work` raises.

    Examples
    --------
    >>> in_two_processes(lambda some: [each + 1 for each in some], [1, 2, 3])
    [2, 3, 4]
    """
    halves = items[::2], items[1::2]
    answers = _forked(work, *halves) if hasattr(os, "fork") and threading.active_count() == 1 else None
    first, second = answers or map(work, halves)
    together = list(zip(first, second, strict=False))
    return [answer for pair in together for answer in pair] + first[len(second) :]


def _forked(
    work: Callable[[Sequence[Item]], list[Answer]], mine: Sequence[Item], others: Sequence[Item]
) -> tuple[list[Answer], list[Answer]]:
    """Return the answers of both halves, the second from a child; what the child cannot answer is answered here."""
    source, target = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _answer(work, others, target)
    os.close(target)
    try:
        first = work(mine)
    finally:
        with os.fdopen(source, "rb") as file:
            found = file.read()
        status = os.waitpid(child, 0)[1]
    return first, work(others) if status else pickle.loads(found)


def _answer(work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item], target: int) -> NoReturn:
    """Answer in the child and end it; nothing of the parent is run on the way out."""
    status = 1
    try:
        with os.fdopen(target, "wb") as file:
            pickle.dump(work(items), file, protocol=pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
