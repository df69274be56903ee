"""How an import's time compares: ours, the raw reader (calamine through fastexcel), pandas with openpyxl.

One workbook in the official layout, made by code: 675,000 rows of 13 columns, with made-up codes beside the project's
own 2018/19 figures. Each measurement is a process of its own. Seconds are processor time, because that does not depend
on what else a machine does; peak memory is the process's largest resident size.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BENCH = Path(__file__).parent
ROWS, SHEET, HEADER_ROW = 675_000, "Outcomes open data 2030_31", 5
RUNS = 3
FILES_A_DECADE = 12


def make_rows(number: int) -> Iterator[list]:
    """Yield a cover block, a header and `number` rows: every quarter, code, force and type, zeros included."""
    sys.path.insert(0, str(BENCH.parent / "tests"))
    from analysis.counts.forces import list_forces
    from analysis.counts.official.rows import read_all_official
    from analysis.counts.releases import find_release
    from analysis.counts.tables import read_table
    from official_files import COVER, TODAY, as_cell

    release = find_release("home-office-2018-19")
    counts = {
        (row["offence"], row["force"], row["outcome_type"]): row["count"]
        for row in read_all_official(release).to_pylist()
    }
    offences = [row.values for row in read_table("offences.csv") if row["release"] == release.id]
    offences += [
        one | {"code": f"{900 + place}X", "title": f"Made up {place}"} for place, one in enumerate(offences[:44])
    ]
    types, forces = read_table("outcome_types.csv"), [force.name for force in list_forces()]
    yield from [*COVER, TODAY]
    for quarter in (1, 2, 3, 4):
        for one in offences:
            about = [as_cell(one["code"]), one["title"], one["group"], one["subgroup"], "x" if one["expired"] else None]
            for force in forces:
                for kind in types:
                    if number == 0:
                        return
                    number -= 1
                    count = counts.get((one["code"], force, kind["type"]), 0) // 4
                    yield [
                        *("2030/31", quarter, force, *about),
                        *(int(kind["type"]), kind["label"], kind["label"], count, count if kind["type"] != "0" else 0),
                    ]


def import_it(path: str) -> None:
    """Import the workbook, from the process's first line to the release on disk."""
    from analysis.cli import main

    main(["import", path], standalone_mode=False)


def read_raw(path: str) -> None:
    """Read the sheet with the raw reader and do nothing with it."""
    import fastexcel

    fastexcel.read_excel(path).load_sheet_eager(SHEET, header_row=None, dtypes="string")


def read_with_pandas(path: str) -> None:
    """Read the sheet as most analyses do."""
    import pandas as pd

    pd.read_excel(path, sheet_name=SHEET, header=HEADER_ROW - 1, dtype=str, keep_default_na=False, engine="openpyxl")


WAYS = {"ours": import_it, "raw": read_raw, "pandas": read_with_pandas}


def measure(way: str, path: Path) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and peak megabytes of a process of its own."""
    import os

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CHARGE_RATES_IMPORTED": folder}
        done = subprocess.run(
            [sys.executable, __file__, way, str(path)], check=True, capture_output=True, text=True, env=environment
        )
    cpu, peak = (float(part) for part in done.stdout.splitlines()[-1].split())
    return time.perf_counter() - started, cpu, peak


def main() -> None:
    """Make the workbook and print the ratios."""
    sys.path.insert(0, str(BENCH.parent / "tests"))
    from official_files import write_xlsx

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "official.xlsx"
        write_xlsx(path, {"Cover_sheet": [["Cover"]], "Notes": [["Notes"]], SHEET: make_rows(ROWS)})
        print(f"workbook: {ROWS:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        cpu = {}
        for way in WAYS:
            runs = [measure(way, path) for _ in range(1 if way == "pandas" else RUNS)]
            wall, cpu[way], peak = (statistics.median(column) for column in zip(*runs, strict=True))
            print(f"{way}: {cpu[way]:.1f} s of processor time, {wall:.1f} s elapsed, peak {peak:.0f} MB")
        print(f"ours to raw: {cpu['ours'] / cpu['raw']:.2f} (at most 1.5)")
        print(f"pandas with openpyxl to ours: {cpu['pandas'] / cpu['ours']:.1f} (at least 10)")
        started = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: measure("ours", path), range(FILES_A_DECADE)))
        print(f"{FILES_A_DECADE} such files, two at a time: {time.perf_counter() - started:.0f} s elapsed")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        WAYS[sys.argv[1]](sys.argv[2])
        # An import reads the file in a child, whose time is added and whose peak holds what it shares with its parent.
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        unit = 1e6 if sys.platform == "darwin" else 1e3  # Bytes there, thousands of them elsewhere.
        print(sum(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used) / unit)
    else:
        main()
