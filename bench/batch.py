"""How a batch's time compares: the floor, the warm engine, real kernels in a pool, papermill from a shell loop, Dask.

The floor is `floor.py`: the same answers, figures and pages in two processes, without a notebook. All sides make the
44 forces of one study on two workers. Runs that are compared take turns, and medians are printed: seconds on the
clock, and processor seconds, which say the same on a machine that has other work to do. The shell loop runs for a few
forces and is scaled, and says so.

`python bench/batch.py` prints everything; with a JSON object of options it makes one batch of force reports alone, so
that each measurement has a process of its own, which imports no more than the command does.
"""

import contextlib
import cProfile
import json
import os
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from analysis.batch import Running, Work, run_batch
from analysis.site.reports import FORCE_NOTEBOOK, warm_up  # noqa: F401 - `no_page` is warmed up too

BENCH = Path(__file__).resolve().parent
STUDY = "home-office-2018-19/8R/charged"
RUNS, SHELL_RUNS, MANY, ALL = 5, 4, 20, 56_000
FIXED_FIGURE = """
import io, time
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
started = time.process_time()
for _ in range(20):
    figure = Figure(figsize=(8, 3.4))
    figure.add_subplot().plot(range(200))
    FigureCanvasAgg(figure).print_png(io.BytesIO())
print(time.process_time() - started)
"""


def no_page(notebook, job):
    """Finish a report with its notebook alone."""
    return {}


def make_reports(folder: str, studies: list[str], finish: str = "analysis.site.reports:finish", **options) -> dict:
    """Make the force reports of some studies; return their number and the peak memory of this process in MB."""

    def jobs(result):
        from analysis.site.plan import plan_reports

        return [job for job in plan_reports(studies, []).jobs if "force" in job.parameters]

    work = Work(jobs, finish=finish, notebooks=[FORCE_NOTEBOOK], warm_up={"studies": studies})
    result = run_batch(work, folder, Running(**{"quiet": True, **options}))
    assert not result.failed, result.failed
    reports = len(result.made + result.unchanged)
    return {"reports": reports, "parent_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


class Time(NamedTuple):
    """Seconds on the clock, and processor seconds of all processes."""

    clock: float
    processor: float


def run(*command: str) -> tuple[Time, str]:
    """Return how long a Python command takes, and what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(BENCH), "PYTHONWARNINGS": "ignore"}
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr)
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Time(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), done.stdout


def median_time(times: Iterable[Time]) -> Time:
    """Return the median of each kind of second."""
    return Time(*map(median, zip(*times, strict=True)))


def batch(**options) -> dict:
    """Make force reports into an empty folder, and once more.

    Returns `time`, `reports` and `parent_mb`; `mb` of files, `manifest_mb` of them the manifest; and `again`, the time
    of planning all reports anew and finding that none has changed.
    """
    with tempfile.TemporaryDirectory() as folder:
        options = {"folder": folder, "studies": [STUDY], "workers": 2, **options}
        took, said = run(str(BENCH / "batch.py"), json.dumps(options))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        manifest = Path(folder, "manifest.json").stat().st_size
        again, _ = run(str(BENCH / "batch.py"), json.dumps(options))
    return {"time": took, "again": again, "mb": size / 1e6, "manifest_mb": manifest / 1e6, **json.loads(said)}


def command(folder: str) -> Time:
    """Return how long the command takes that makes the study's whole site."""
    return run("-m", "analysis.cli", "batch", "--study", STUDY, "--workers", "2", "--quiet", "--output", folder)[0]


def floor() -> Time:
    """Return how long the floor takes."""
    with tempfile.TemporaryDirectory() as folder:
        return run(str(BENCH / "floor.py"), folder)[0]


def shell_loop(forces: list[str]) -> Time:
    """Return how long papermill's own command takes for all forces, from its time for the first few."""
    release, offence, outcome = STUDY.split("/")
    question = ("-p", "release", release, "-p", "offence", offence, "-p", "outcome", outcome)
    with tempfile.TemporaryDirectory() as folder:
        loop = ("-m", "papermill", "--no-progress-bar", str(FORCE_NOTEBOOK), f"{folder}/out.ipynb", *question)
        times = [run(*loop, "-p", "force", force)[0] for force in forces[:SHELL_RUNS]]
    return Time(*(len(forces) * mean(kind) for kind in zip(*times, strict=True)))


def floor_profile(forces: list[str]) -> list[tuple[str, float]]:
    """Return where the floor's time goes: (package, milliseconds a report), the largest first."""
    import floor as script

    with tempfile.TemporaryDirectory() as folder:
        script.write_report(forces[0], "first", folder)
        profile = cProfile.Profile()
        profile.runcall(lambda: [script.write_report(force, "one", folder) for force in forces])
    spent = Counter()
    for (path, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        spent[_package(path, name)] += 1000 * own / len(forces)
    return spent.most_common(5)


def _package(path: str, name: str) -> str:
    parts = Path(path).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    return "this project" if str(BENCH.parent) in path else "png encoder" if "encode" in name else "Python"


@contextlib.contextmanager
def cluster():
    """Yield the address of a Dask scheduler on this machine with two workers."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        file = f"{folder}/scheduler.json"
        shared = ("--scheduler-file", file, "--host", "127.0.0.1", "--no-dashboard")
        commands = [("dask_scheduler", "--port", "0", *shared)] + [("dask_worker", "--nthreads", "1", *shared)] * 2
        for name, *options in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{name}", *options],
                env=os.environ | {"PYTHONPATH": str(BENCH), "DASK_TEMPORARY_DIRECTORY": folder},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        from distributed import Client

        with Client(scheduler_file=file, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address


def row(what: str, took: Time, least: Time) -> None:
    """Print one side and its ratios to the floor."""
    ratios = took.clock / least.clock, took.processor / least.processor
    print(f"  {what:<66} {took.clock:7.2f} s  {ratios[0]:6.2f} x floor  ({ratios[1]:.2f} in processor seconds)")


def compare_engines(forces: list[str]) -> None:
    """Print floor, warm engine, real kernels and shell loop."""
    with tempfile.TemporaryDirectory() as folder:
        floors, ours, whole = zip(
            *((floor(), batch()["time"], command(f"{folder}/{number}")) for number in range(RUNS)), strict=True
        )
        again = median_time(command(f"{folder}/0") for _ in range(RUNS))
    bare = median_time(batch(finish="batch:no_page")["time"] for _ in range(RUNS))
    least, whole, loop = median_time(floors), median_time(whole), shell_loop(forces)
    print(f"{len(forces)} force reports of {STUDY}, two workers")
    row(f"floor, median of {RUNS}", least, least)
    row(f"warm engine, median of {RUNS} that took turns with the floor", median_time(ours), least)
    row("the whole command: these, all forces together, the site’s pages and explorer", whole, least)
    row("real kernels in a pool, once", batch(engine="kernel")["time"], least)
    row(f"papermill from a shell loop, no HTML, {SHELL_RUNS} forces scaled to {len(forces)}", loop, least)
    print(f"  without HTML {bare.clock:.2f} s, and the shell loop takes {loop.clock / bare.clock:.1f} times as long")
    share = 100 * again.clock / whole.clock
    print(f"  the whole command again, nothing changed: {again.clock:.2f} s, {share:.1f}% of the first")


def show_floor(forces: list[str]) -> None:
    """Print what the floor consists of, so that a floor that grew slower is seen."""
    parts = ", ".join(f"{package} {spent:.0f}" for package, spent in floor_profile(forces))
    print(f"The floor under a profiler, ms a report: {parts}")
    fixed = median(float(run("-c", FIXED_FIGURE)[1]) for _ in range(RUNS))
    print(f"A plain matplotlib figure of the same size: {50 * fixed:.1f} ms, to compare two machines' floors by")


def show_growth() -> None:
    """Print how cost and memory grow with the number of reports, what 56,000 would take, and the same on Dask."""
    from analysis.counts.studies import study_ids

    codes = ("8R", "8L")
    studies = [study for code in codes for study in study_ids(STUDY.split("/")[0]) if study.split("/")[1] == code]
    few, many = batch(), batch(studies=studies[:MANY])
    more = many["reports"] - few["reports"]
    each = (many["time"].clock - few["time"].clock) / more
    print(f"Growth from {few['reports']} to {many['reports']} reports")
    for made in (few, many):
        clock, processor = (1000 * spent / made["reports"] for spent in made["time"])
        print(
            f"  {made['reports']:>4}: {clock:.0f} ms a report, start-up included ({processor:.0f} ms of processors); "
            f"parent {made['parent_mb']:.0f} MB"
        )
    start = few["time"].clock - each * few["reports"]
    print(f"  start-up {start:.1f} s, then {1000 * each:.0f} ms a report; parent {_growth(few, many):.1f} KB a report")
    size = many["mb"] / many["reports"]
    print(f"  {ALL:,} reports at that cost: {(start + each * ALL) / 60:.0f} minutes, {size * ALL / 1000:.1f} GB")
    check = (many["again"].clock - few["again"].clock) / more
    print(
        f"  where that would hurt: {check * ALL / 60:.1f} minutes to plan all and find nothing changed, a manifest of "
        f"{many['manifest_mb'] / many['reports'] * ALL:.0f} MB"
    )
    with cluster() as address:
        spread = batch(studies=studies[:MANY], cluster=address)
    ratio = spread["time"].clock / many["time"].clock
    print(f"  {many['reports']} reports by two Dask workers on this machine: {ratio:.2f} x the local batch")


def _growth(few: dict, many: dict) -> float:
    return 1000 * (many["parent_mb"] - few["parent_mb"]) / (many["reports"] - few["reports"])


def main() -> None:
    """Print the measurements."""
    from analysis.counts.studies import read_study

    forces = list(read_study(STUDY).forces["force"])
    compare_engines(forces)
    show_floor(forces)
    print(run(str(BENCH / "child.py"))[1], end="")
    show_growth()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(make_reports(**json.loads(sys.argv[1]))))
    else:
        main()
