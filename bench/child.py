"""Where the warm engine's milliseconds go: a report in a process that stays, in a fresh child, as a notebook there.

The children are forked from this process, loaded and warmed up as the batch's forkserver is. Each step is the median
processor time of one report over several forces, with the pages of memory that were touched for the first time.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from analysis.batch.executor import CHILD_ENVIRONMENT
from analysis.batch.workers import imported_modules
from analysis.site.reports import FORCE_NOTEBOOK

STUDY = "home-office-2018-19/8R/charged"
FINISH = "analysis.site.reports"
FORCES, RUNS = 12, 3


def used(who: int) -> tuple[float, int]:
    """Return processor milliseconds and page faults so far."""
    spent = resource.getrusage(who)
    return 1000 * (spent.ru_utime + spent.ru_stime), spent.ru_minflt


def here(work: Callable) -> tuple[float, int]:
    """Return what a call costs in this process."""
    before = used(resource.RUSAGE_SELF)
    work()
    return tuple(after - start for after, start in zip(used(resource.RUSAGE_SELF), before, strict=True))


def in_child(work: Callable) -> tuple[float, int]:
    """Return what a call costs in a child forked for it, fork and end included."""
    before = used(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    os.waitpid(child, 0)
    return tuple(after - start for after, start in zip(used(resource.RUSAGE_CHILDREN), before, strict=True))


def main() -> None:
    """Print one line a step."""
    sources = [FORCE_NOTEBOOK, sys.modules["analysis.site.reports"].__file__]
    modules = dict.fromkeys([FINISH, *(name for path in sources for name in imported_modules(path))])
    os.environ |= CHILD_ENVIRONMENT | {
        "ANALYSIS_PRELOAD": " ".join(modules),
        "ANALYSIS_WARM_UP": json.dumps({"studies": [STUDY]}),
    }
    started = time.perf_counter()
    import analysis.batch.preload  # noqa: F401 - to import it is what is measured

    print(
        f"One report of {STUDY}, step by step; loading and warming up take {time.perf_counter() - started:.2f} s before"
    )
    import floor

    from analysis.batch.jobs import make_report
    from analysis.site.plan import plan_reports

    jobs = [job for job in plan_reports([STUDY], []).jobs if "force" in job.parameters][:FORCES]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".aside").mkdir()

        def of_floor(job):
            floor.write_report(job.name, "one", folder)

        def of_notebook(job):
            make_report(job, folder, "warm", FINISH + ":finish")

        steps = [
            ("a child that does nothing", in_child, lambda job: None),
            ("the floor's report in a fresh child", in_child, of_floor),
            ("the notebook's report in a fresh child", in_child, of_notebook),
            ("the floor's report in a process that stays", here, of_floor),
        ]
        for what, where, work in steps:
            spent, faults = map(median, zip(*(where(partial(work, job)) for job in jobs * RUNS), strict=True))
            print(f"  {what:<46} {spent:6.0f} ms of processor, {faults:6.0f} pages touched")


if __name__ == "__main__":
    main()
