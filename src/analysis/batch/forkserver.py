"""Starts and ends the standard library's forkserver, the process that children are forked from.

It and what it starts look for modules everywhere but in the current folder, which may be anybody's. Where there is no
forkserver (Windows) nothing is started, and the surroundings are those of children that are spawned. What the standard
library keeps private is used in `stop` and `become_first_process` alone. Knows nothing of calls.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.errors import InputError

POSIX = os.name == "posix"
if POSIX:
    from multiprocessing import forkserver

SESSION = "analysis.batch.session"
"""The module that a forkserver imports first."""

SAFE_PATH = {"PYTHONSAFEPATH": "charge-rates"}
"""Any text keeps Python from looking for modules in the current folder; this one is taken away by `SESSION`."""

LONGEST = 70
"""Characters of a folder in which the address of a socket still fits into the 104 (macOS) or 108 that there are."""

FIRST_PROCESS = multiprocessing.current_process()
"""What multiprocessing calls the process that this module is first loaded in, the forkserver where it forks."""

SHORT_FOLDERS = "/tmp", "/var/tmp", "/dev/shm"


@contextlib.contextmanager
def surroundings(modules: Iterable[str], environment: Mapping[str, str]) -> Iterator[None]:
    """Have a forkserver that is started within this context find its modules, its environment and a place.

    Parameters
    ----------
    modules : iterable of str
        Modules that it imports before it forks the first child.
    environment : mapping of str to str
        Environment variables, beside this process's own.

    Raises
    ------
    InputError
        If the path of the folder for temporary files is too long for a socket, and no other can be written.
    """
    safe_path = {} if all(map(os.environ.get, SAFE_PATH)) else SAFE_PATH
    with _variables({**safe_path, **environment}), _no_main(), _short_temporary_folder():
        multiprocessing.set_forkserver_preload([SESSION, *modules])
        yield


def start() -> None:
    """Start the forkserver if it does not run; it loads its modules while its caller does something else."""
    if POSIX:
        forkserver.ensure_running()


def stop() -> None:
    """End the forkserver, so that a later one starts with the code and environment of its own time.

    The standard library ends it only when its caller ends. `_stop` closes its pipes and waits until it has loaded its
    modules; the signal spares that. Without `_forkserver`, `_forkserver_pid` and `_stop` a second executor of the same
    process would fork from the first one's memory (`test_the_forkserver_is_the_executor_s_own` says so).
    """
    if not POSIX:
        return
    private: Any = forkserver._forkserver
    if private._forkserver_pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(private._forkserver_pid, signal.SIGKILL)
        private._stop()


def become_first_process() -> None:
    """Make multiprocessing take this child for a process that nobody forked, as a kernel is.

    The children that a notebook starts are then started as the platform's are by default (like this child they would
    ask the forkserver, and find no functions of the notebook), and are named as a kernel's. Without `_current_process`
    and `_parent_process` their names would differ (`test_a_cell_sees_a_kernel` says so).
    """
    multiprocessing.set_start_method(None, force=True)
    FIRST_PROCESS.name = "MainProcess"
    private: Any = multiprocessing.process
    private._current_process, private._parent_process = FIRST_PROCESS, None


@contextlib.contextmanager
def _variables(variables: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Spare each child from running the main script again: what is called there is in modules."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _short_temporary_folder() -> Iterator[None]:
    """Put the forkserver's socket where its address is short enough."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) <= LONGEST:
        yield
        return
    short = next((folder for folder in SHORT_FOLDERS if os.access(folder, os.W_OK | os.X_OK)), None)
    if short is None:
        raise InputError(
            f"{usual}: is too long for a socket's address; set TMPDIR to a folder of at most {LONGEST} characters"
        )
    tempfile.tempdir = short
    try:
        yield
    finally:
        tempfile.tempdir = usual
