"""Half of a list is answered by another process: same answers, same order, also where that process fails."""

import os
import threading

import psutil
import pytest

from analysis.answer.two_processes import in_two_processes
from analysis.errors import InputError


@pytest.fixture
def alone(monkeypatch):
    """As in a process without other threads, which one that runs tests beside others is not."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


forks = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


def squares_and_process(items):
    return [(item * item, os.getpid()) for item in items]


@forks
@pytest.mark.parametrize("number", [0, 1, 2, 5, 6])
def test_every_item_is_answered_in_its_place(number, alone):
    found = in_two_processes(squares_and_process, list(range(number)))
    assert [square for square, _ in found] == [0, 1, 4, 9, 16, 25][:number]
    if number > 1 and hasattr(os, "fork"):
        assert found[0][1] == os.getpid() != found[1][1]


def test_nothing_is_forked_beside_other_threads():
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    found = in_two_processes(squares_and_process, [1, 2])
    ended.set()
    other.join()
    assert found == [(1, os.getpid()), (4, os.getpid())]


@forks
def test_what_a_dead_process_owes_is_answered_here(alone):
    here = os.getpid()

    def die_elsewhere(items):
        if os.getpid() != here:
            os._exit(9)
        return [-item for item in items]

    assert in_two_processes(die_elsewhere, [1, 2, 3]) == [-1, -2, -3]


@forks
def test_an_error_is_raised_and_no_process_is_left(alone):
    def refuse(items):
        raise InputError("not these")

    before = psutil.Process().children()
    with pytest.raises(InputError, match="not these"):
        in_two_processes(refuse, [1, 2])
    assert psutil.Process().children() == before
