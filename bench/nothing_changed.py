"""How long a batch takes to find that nothing has changed, for 5,000 and 56,000 reports, and the memory that it needs.

The reports are small files that no notebook made, three each as a force has: what is measured is the record of them and
the look at the folder, not their making. Each look is a process of its own, as the command is. Linux only: the peak of
memory is read from `/proc`.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from statistics import median

from analysis.batch import BatchResult, Job, Running, Work, run_batch

FORCES, NUMBERS, RUNS = 44, (5_000, 56_000), 5


class Here(Executor):
    """Makes each report in this process, at once."""

    def submit(self, call: Callable, /, *arguments: object, **options: object) -> Future:
        """Return the result of a call, already there."""
        future = Future()
        future.set_result(call(*arguments, **options))
        return future


def three_files(notebook: None, job: Job) -> dict[str, str]:
    """Return the files of a report."""
    return dict.fromkeys((".ipynb", ".html", ".json"), job.stem)


def look(folder: str, number: int) -> BatchResult:
    """Make so many reports in a folder, or find that they are made."""

    def jobs(result: BatchResult) -> list[Job]:
        studies = [f"r/{count // FORCES}/charged" for count in range(number)]
        return [
            Job(study, "a force", None, {"n": count}, f"{study}/{count}", "figures")
            for count, study in enumerate(studies)
        ]

    work = Work(jobs, finish="nothing_changed:three_files", question="asked")
    return run_batch(work, folder, Running(executor=Here(), quiet=True))


def main() -> None:
    """Print one line for each number of reports."""
    for number in NUMBERS:
        with tempfile.TemporaryDirectory() as folder:
            look(folder, number)
            command = [sys.executable, __file__, folder, str(number)]
            looks = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(RUNS)]
            size = Path(folder, "manifest.json").stat().st_size / 1e6
        clock, processor, memory = (median(one[name] for one in looks) for name in ("clock", "processor", "mb"))
        print(
            f"{number:,} reports, nothing changed, median of {RUNS}: {clock:.2f} s ({processor:.2f} s of processor), "
            f"{memory:.0f} MB; the manifest has {size:.0f} MB"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        started, spent = time.perf_counter(), time.process_time()
        found = look(sys.argv[1], int(sys.argv[2]))
        assert not found.made, found.made[:1]
        [peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
        memory = int(peak.split()[1]) / 1024
        print(
            json.dumps({"clock": time.perf_counter() - started, "processor": time.process_time() - spent, "mb": memory})
        )
    else:
        main()
