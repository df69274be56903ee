"""Print what every verdict on every study of 2018/19 costs, and how many leave-one-out fits that is."""

from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from analysis.statistics.judgement import judge_forces

DATA = Path(__file__).parents[1] / "data"


def studies():
    """Yield the counts, recorded and open crimes of each offence and outcome that occurs, and of all offences."""
    table = pd.read_parquet(DATA / "counts" / "home-office-2018-19.parquet")
    outcomes = pd.read_csv(DATA / "outcomes.csv", dtype=str).set_index("id").types.str.split(";")
    pages = [rows for _, rows in table.groupby("offence")] + [table]
    for rows in pages:
        counts = rows.pivot_table("count", "force", "outcome_type", aggfunc="sum", fill_value=0)
        recorded = known(counts.sum(axis=1))
        no_outcome = known(counts.reindex(columns=["0"], fill_value=0).sum(axis=1))
        for outcome, types in outcomes.items():
            charged = known(counts.reindex(columns=types, fill_value=0).sum(axis=1))
            possible = np.where(charged <= recorded, charged, np.nan)
            yield possible, recorded, None if outcome == "not-yet-assigned" else no_outcome


def known(counts):
    """Return counts as an array; those that corrections have made negative are unknown."""
    return np.where(counts < 0, np.nan, counts)


def main():
    """Judge them all in this process."""
    cases = list(studies())
    start, used = perf_counter(), process_time()
    found = [judge_forces(charged, charged, recorded, open_cases) for charged, recorded, open_cases in cases]
    fits = sum(
        np.isfinite(result.never.among.p).sum() + np.isfinite(result.as_closed.among.p).sum() for result in found
    )
    print(
        f"every verdict of {len(cases)} studies, {fits} fits of other forces: {perf_counter() - start:.1f} s "
        f"({process_time() - used:.1f} s of processor)"
    )


if __name__ == "__main__":
    main()
