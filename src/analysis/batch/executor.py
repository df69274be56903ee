"""Runs each call in a child process of its own, started by the standard library's forkserver.

A child serves one call and ends, so no state passes from one call to the next; a child that dies, hangs or eats memory
costs that one call. While calls run one more child stands ready, so that none waits for a fork. The forkserver has
neither threads nor connections when it forks. Where there is no forkserver (Windows), children are spawned. Knows
nothing of notebooks.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
import types
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from glob import glob
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

POSIX = os.name == "posix"
if POSIX:
    from multiprocessing.forkserver import _forkserver as forkserver
# One thread a child, because there is a child for every core and the forkserver must have no thread but its own
# (numpy's OpenBLAS and pyarrow's jemalloc start some on import); one order of sets for every run.
CHILD_ENVIRONMENT = {
    "ANALYSIS_OWN_SESSION": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


class CallError(Exception):
    """A call failed in its child: `summary` in one line, `detail` with the traceback."""

    def __init__(self, summary: str, detail: str = ""):
        super().__init__(summary, detail)
        self.summary, self.detail = summary, detail

    def __str__(self):
        return self.summary


class _Child(NamedTuple):
    process: BaseProcess
    channel: connection.Connection


@dataclass
class _Call:
    future: Future
    function: Callable
    arguments: tuple
    child: _Child | None = None
    deadline: float = field(default=float("inf"))


class ChildExecutor(Executor):
    """A `concurrent.futures` executor with a fresh child process for every call.

    Parameters
    ----------
    workers : int
        Children at a time, at least 1.
    preload : sequence of str
        Modules that the forkserver imports before it forks the first child.
    environment : mapping of str to str
        Environment variables of the children, beside this process's own.
    timeout : float, optional
        Seconds after which a child is killed.
    memory_limit : int, optional
        Bytes of memory that a child may allocate; more raises MemoryError in it.

    Examples
    --------
    >>> with ChildExecutor(1) as executor:
    ...     executor.submit(divmod, 7, 2).result()
    (3, 1)
    """

    def __init__(
        self,
        workers: int,
        *,
        preload: Iterable[str] = (),
        environment: dict[str, str] | None = None,
        timeout: float | None = None,
        memory_limit: int | None = None,
    ):
        self._workers, self._preload = workers, list(preload)
        self._environment = CHILD_ENVIRONMENT | (environment or {})
        self._timeout, self._memory_limit = timeout or float("inf"), memory_limit
        self._context = multiprocessing.get_context("forkserver" if POSIX else "spawn")
        self._waiting, self._running, self._ending, self._ready = deque(), [], [], None
        self._closing = self._killed = False
        self._wake_reader, self._wake_writer = self._context.Pipe(duplex=False)
        if POSIX:
            with self._surroundings():
                forkserver.ensure_running()  # It loads its modules while the first calls are still prepared.
        self._thread = threading.Thread(target=self._manage, name="children", daemon=True)
        self._thread.start()

    def submit(self, function: Callable, /, *arguments) -> Future:
        """Return the future of `function(*arguments)`; both must be picklable, the function from a module."""
        if self._closing:
            raise RuntimeError("no call can be submitted after shutdown")
        call = _Call(Future(), function, arguments)
        self._waiting.append(call)
        self._wake_writer.send(None)
        return call.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End when the calls have ended; with `cancel_futures` kill those that run and forget those that wait."""
        if not self._closing:
            self._closing, self._killed = True, cancel_futures
            self._wake_writer.send(None)
        if wait:
            self._thread.join()

    def _manage(self):
        while self._waiting or self._running or self._ending or not self._closing:
            if self._killed:
                self._abandon()
            while self._waiting and len(self._running) < self._workers:
                self._start(self._waiting.popleft())
            if self._running and self._ready is None and not self._closing:
                with contextlib.suppress(Exception):  # The call that needs it says it better.
                    self._ready = self._new_child()
            self._attend(connection.wait(self._watched(), self._seconds_left()))
        if self._ready is not None:
            _end(self._ready.process.pid)
            self._ready.channel.close()
            self._ready.process.join()
        if POSIX:
            _stop_forkserver()
        self._wake_reader.close()
        self._wake_writer.close()

    def _watched(self):
        answers = [call.child.channel for call in self._running]
        return [self._wake_reader, *answers, *(call.child.process.sentinel for call in self._running + self._ending)]

    def _seconds_left(self):
        nearest = min((call.deadline for call in self._running), default=float("inf"))
        return None if nearest == float("inf") else max(0.0, nearest - time.monotonic())

    def _start(self, call):
        if not call.future.set_running_or_notify_cancel():
            return
        ready, self._ready = self._ready, None
        if ready is not None and not ready.process.is_alive():
            ready.channel.close()
            ready = None
        try:
            call.child = ready or self._new_child()
            call.child.channel.send((call.function, call.arguments))
        except Exception as error:
            if call.child is not None:
                _end(call.child.process.pid)
                call.child.channel.close()
            call.future.set_exception(CallError(f"its process could not be started: {error}"))
            return
        call.deadline = time.monotonic() + self._timeout
        self._running.append(call)

    def _new_child(self):
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._memory_limit))
        try:
            with self._surroundings():
                process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return _Child(process, ours)

    @contextlib.contextmanager
    def _surroundings(self):
        """Have a forkserver that must be started find its modules and environment, and no main script to run again."""
        with _environment(self._environment), _no_main():
            if POSIX:
                multiprocessing.set_forkserver_preload(["analysis.batch.session", *self._preload])
            yield

    def _attend(self, ready):
        if self._wake_reader in ready:
            self._wake_reader.recv()
        now = time.monotonic()
        for call in list(self._running):
            if call.child.channel in ready or call.child.process.sentinel in ready:
                self._finish(call, _outcome(call))
            elif now >= call.deadline:
                self._finish(call, CallError(f"took longer than {self._timeout:g} seconds and was ended"))
        for call in [call for call in self._ending if call.child.process.sentinel in ready]:
            call.child.process.join()
            self._ending.remove(call)

    def _finish(self, call, outcome):
        call.child.channel.close()
        self._running.remove(call)
        self._ending.append(call)
        if isinstance(outcome, CallError):
            _end(call.child.process.pid)
            call.future.set_exception(outcome)
        else:
            call.future.set_result(outcome)

    def _abandon(self):
        while self._waiting:
            self._waiting.popleft().future.cancel()
        for call in list(self._running):
            self._finish(call, CallError("ended before it was done"))


def _outcome(call: _Call) -> object:
    """Return what the child sent, or a CallError that says how it died."""
    with contextlib.suppress(EOFError, OSError):
        if call.child.channel.poll():
            return call.child.channel.recv()
    call.child.process.join(timeout=1)
    code = call.child.process.exitcode
    how = f"was killed by signal {-code}" if code and code < 0 else f"ended with exit code {code}"
    return CallError(f"its process {how} before the report was done")


def _end(pid: int) -> None:
    """Kill a child and all that it started, itself last: its group and, on Linux, those of its descendants."""
    if not POSIX:
        os.kill(pid, signal.SIGTERM)
        return
    family = [pid]
    for member in family:
        for path in glob(f"/proc/{member}/task/*/children"):
            with contextlib.suppress(OSError):
                family += map(int, Path(path).read_text().split())
    for member in reversed(family):
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(member, signal.SIGKILL)


def _stop_forkserver():
    """End the forkserver, so that a later executor starts one with the code and environment of its own time."""
    if forkserver._forkserver_pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(forkserver._forkserver_pid, signal.SIGKILL)
        forkserver._stop()


@contextlib.contextmanager
def _environment(variables):
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
def _no_main():
    """Spare each child from running the main script again: what is called here is in modules."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(channel, memory_limit):
    """Run in the child: one call, when it comes, one answer, and the end of everything it started."""
    if POSIX:
        os.setsid()
    threading.Thread(target=_follow_parent, daemon=True).start()
    if memory_limit and POSIX:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory_limit, memory_limit))
    try:
        function, arguments = channel.recv()
        outcome = function(*arguments)
    except CallError as error:
        outcome = error
    except BaseException as error:
        outcome = CallError(f"{type(error).__name__}: {error}", traceback.format_exc())
    channel.send(outcome)
    _end(os.getpid())


def _follow_parent():
    """End this child when the process that asked for it has died."""
    multiprocessing.parent_process().join()
    _end(os.getpid())
