"""How a batch's time compares: the floor, the warm engine, real kernels in a pool, papermill from a shell loop.

44 forces of home-office-2018-19/8R/charged on two workers, HTML on all sides but the shell loop's. Medians of repeated
runs; real kernels run once, the shell loop runs for four forces and is scaled, and both are said so.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.counts.studies import read_study

BENCH = Path(__file__).parent
NOTEBOOK = BENCH.parent / "notebooks" / "02-force.ipynb"
STUDY = "home-office-2018-19/8R/charged"
RUNS, LOOPED = 3, 4
DRAWING = """
from matplotlib.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
import io
for _ in range(20):
    figure = Figure(figsize=(8, 3))
    figure.add_subplot().plot(range(200))
    FigureCanvasAgg(figure).print_png(io.BytesIO())
"""


def seconds(*command: str) -> float:
    """Return how long a command takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def batch(*options: str) -> float:
    """Return how long a batch into an empty folder takes."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds(
            *(
                "-m",
                "analysis.cli",
                "batch",
                "--study",
                STUDY,
                "--workers",
                "2",
                "--quiet",
                "--output",
                folder,
                *options,
            )
        )


def floor() -> float:
    """Return how long the floor takes."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds(str(BENCH / "floor.py"), folder)


def shell_loop(forces: list[str]) -> float:
    """Return how long papermill's own command takes for all forces, from its time for the first few."""
    question = ("-p", "release", "home-office-2018-19", "-p", "offence", "8R", "-p", "outcome", "charged")
    with tempfile.TemporaryDirectory() as folder:
        times = [
            seconds(*("-m", "papermill", str(NOTEBOOK), f"{folder}/out.ipynb", *question, "-p", "force", force))
            for force in forces[:LOOPED]
        ]
    return statistics.mean(times) * len(forces)


def second_run() -> tuple[float, float]:
    """Return how long a batch takes, and the same batch again with nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        command = ("-m", "analysis.cli", "batch", "--study", STUDY, "--workers", "2", "--quiet", "--output", folder)
        return seconds(*command), seconds(*command)


def main() -> None:
    """Print the measurements."""
    forces = list(read_study(STUDY).forces["force"])
    floors, ours = zip(*((floor(), batch("--engine", "warm")) for _ in range(RUNS)), strict=True)
    least = statistics.median(floors)
    rows = [
        (f"floor, median of {RUNS}", least),
        (f"warm engine, median of {RUNS}", statistics.median(ours)),
        ("real kernels in a pool, once", batch("--engine", "kernel")),
        (f"papermill from a shell loop, {LOOPED} forces scaled to {len(forces)}, no HTML", shell_loop(forces)),
    ]
    print(f"{len(forces)} forces of {STUDY}, two workers")
    for what, took in rows:
        print(f"  {what:<72} {took:7.1f} s  {took / least:6.2f} x floor")
    print(f"  warm engine against the shell loop: {rows[3][1] / rows[1][1]:.1f} times faster")
    first, again = second_run()
    print(f"  the same batch again, nothing changed: {again:.2f} s, {100 * again / first:.1f}% of the first")
    print(f"  matplotlib alone, 20 plain figures: {seconds('-c', DRAWING):.2f} s (compare it before comparing floors)")


if __name__ == "__main__":
    main()
