"""What two well-kept pools of processes do where the batch's own must: `python bench/pools.py`, with pebble and loky.

Neither is a dependency: `pip install pebble loky` first. Every call starts in a process that has served no other, as
reports must. A drill is passed or failed, each tried `RUNS` times; the cost is that of calls that do nothing, after
the modules that a report needs are loaded where the pool can load them once.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from pool_calls import kill_itself, leave_a_process, nothing

from analysis.batch.executor import ChildExecutor

RUNS, CALLS, WORKERS, SECONDS = 3, 10, 2, 5.0
LOADED = ["analysis.site.reports"]


class Pebble(Executor):
    """pebble: a process for each call (`max_tasks=1`), which it ends at its timeout."""

    def __init__(self) -> None:
        from pebble import ProcessPool

        context = get_context("forkserver")
        context.set_forkserver_preload(LOADED)
        self.pool: Any = ProcessPool(WORKERS, max_tasks=1, context=context)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Schedule a call."""
        return self.pool.schedule(function, arguments, named, timeout=SECONDS)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End, at once if asked to."""
        (self.pool.stop if cancel_futures else self.pool.close)()
        self.pool.join()


class Loky(Executor):
    """loky: processes that serve many calls; it has no setting for a process a call, so each call has an executor."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a call in an executor of one process, which is thrown away."""
        from loky import ProcessPoolExecutor

        executor = ProcessPoolExecutor(1)
        future: Future[Any] = executor.submit(function, *arguments, **named)
        wait([future], SECONDS)
        executor.shutdown(kill_workers=True)
        return future


POOLS = {"own": partial(ChildExecutor, WORKERS, preload=LOADED, timeout=SECONDS), "pebble": Pebble, "loky": Loky}


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(what: Callable[[], bool], seconds: float = 10) -> bool:
    """Return whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    return what()


def one_call_a_process(pool: Executor) -> bool:
    """No process serves two calls."""
    served = [pool.submit(nothing) for _ in range(6)]
    return len({future.result() for future in served}) == len(served)


def a_crash_costs_one_call(pool: Executor) -> bool:
    """Of four calls the one whose process is killed fails, the others do not."""
    calls = [pool.submit(os.getpid), pool.submit(kill_itself), pool.submit(os.getpid), pool.submit(os.getpid)]
    return [future.exception(30) is None for future in calls] == [True, False, True, True]


def a_timeout_ends_all_that_was_started(pool: Executor) -> bool:
    """End a call that hangs, with what it started."""
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder, "mark")
        hung = pool.submit(leave_a_process, str(mark))
        try:
            ended = hung.exception(2 * SECONDS) is not None
        except TimeoutError:
            ended = False
        return _ends(int(mark.read_text())) and ended


def _ends(pid: int) -> bool:
    """Return whether a process has ended by itself soon; if not, end it."""
    if until(lambda: not is_alive(pid), SECONDS):
        return True
    os.kill(pid, signal.SIGKILL)
    return False


def nothing_outlives_a_killed_parent(name: str) -> bool:
    """Kill the process that has the pool: neither the call's process nor what that started lives on."""
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder, "mark")
        parent = subprocess.Popen([sys.executable, __file__, "hang", name, str(mark)], stderr=subprocess.DEVNULL)
        until(lambda: mark.exists() and bool(mark.read_text()), 30)
        parent.kill()
        parent.wait()
        return _ends(int(mark.read_text()))


DRILLS = [one_call_a_process, a_crash_costs_one_call, a_timeout_ends_all_that_was_started]


def passed(name: str, drill: Callable[[Executor], bool]) -> bool:
    """Return whether a drill of a pool passes; an error of the pool's fails it."""
    pool = POOLS[name]()
    try:
        return drill(pool)
    except Exception as error:
        print(f"    {type(error).__name__}: {error}"[:110])
        return False
    finally:
        pool.shutdown(cancel_futures=True)


def milliseconds_a_call(name: str) -> float:
    """Return what a call costs that does nothing."""
    with POOLS[name]() as pool:
        pool.submit(nothing).result()
        started = time.perf_counter()
        for future in [pool.submit(nothing) for _ in range(CALLS)]:
            future.result()
        return 1000 * (time.perf_counter() - started) / CALLS


def main() -> None:
    """Print how often each pool passes each drill, and what its calls cost."""
    for name in POOLS:
        print(name)
        for drill in DRILLS:
            print(f"  {drill.__name__}: {sum(passed(name, drill) for _ in range(RUNS))} of {RUNS}")
        lived = sum(nothing_outlives_a_killed_parent(name) for _ in range(RUNS))
        print(f"  {nothing_outlives_a_killed_parent.__name__}: {lived} of {RUNS}")
        cost = median(milliseconds_a_call(name) for _ in range(RUNS))
        print(f"  a call that does nothing: {cost:.0f} ms, median of {RUNS} times {CALLS} calls, {WORKERS} at a time")


if __name__ == "__main__":
    if sys.argv[1:2] == ["hang"]:
        POOLS[sys.argv[2]]().submit(leave_a_process, sys.argv[3]).result()
    else:
        main()
