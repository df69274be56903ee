"""Print what the page of every question of 2018/19 costs: each study judged, packed and written by `explore`."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

COMMAND = [sys.executable, "-m", "analysis", "explore", "--release", "home-office-2018-19", "--output"]


def main():
    """Run the command in a process of its own, as a user does."""
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        subprocess.run([*COMMAND, folder], check=True, capture_output=True)
        took, used = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    print(f"the explorer of one year, {size / 1e6:.2f} MB:")
    print(f"{took:.1f} s ({used.ru_utime + used.ru_stime:.1f} s of processor)")


if __name__ == "__main__":
    main()
