"""Print what every verdict on every study of 2018/19 costs, and how many leave-one-out fits that is."""

from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from analysis.statistics.judgement import judge_forces

DATA = Path(__file__).parents[1] / "data"


def studies():
    """Return counts, recorded and open crimes, studies by forces, of each offence and outcome, and of all offences."""
    table = pd.read_parquet(DATA / "counts" / "home-office-2018-19.parquet")
    outcomes = pd.read_csv(DATA / "outcomes.csv", dtype=str).set_index("id").types.str.split(";")
    forces = sorted(table.force.unique())
    found = []
    for rows in [*(rows for _, rows in table.groupby("offence")), table]:
        counts = rows.pivot_table("count", "force", "outcome_type", aggfunc="sum", fill_value=0).reindex(forces)
        recorded = known(counts.sum(axis=1, skipna=False))
        no_outcome = known(counts.reindex(columns=["0"], fill_value=0).sum(axis=1, skipna=False))
        for outcome, types in outcomes.items():
            charged = known(counts.reindex(columns=types, fill_value=0).sum(axis=1, skipna=False))
            possible = np.where(charged <= recorded, charged, np.nan)
            one_reading = outcome == "not-yet-assigned"
            found.append((possible, recorded, np.full(len(forces), np.nan) if one_reading else no_outcome))
    return np.stack(found, axis=1)


def known(counts):
    """Return counts as an array; those that corrections have made negative are unknown."""
    return np.where(counts < 0, np.nan, counts)


def main():
    """Judge them all at once in this process."""
    charged, recorded, open_cases = studies()
    start, used = perf_counter(), process_time()
    found = judge_forces(charged, charged, recorded, open_cases)
    took, worked = perf_counter() - start, process_time() - used
    fits = sum(np.isfinite(reading.among.p).sum() for reading in (found.never, found.as_closed))
    print(f"every verdict of {len(charged)} studies, {fits} fits of other forces:")
    print(f"{took:.1f} s ({worked:.1f} s of processor)")


if __name__ == "__main__":
    main()
