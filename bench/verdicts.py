"""Print what every verdict on every study of 2018/19 costs, its figures once read, and how many fits that is."""

import math
import resource
from time import perf_counter

import numpy as np

from analysis.answer.comparisons import NOT_YET_ASSIGNED
from analysis.answer.two_processes import in_two_processes
from analysis.counts.release import ALL_OFFENCES
from analysis.counts.releases import find_release, list_offences, list_outcomes, open_release
from analysis.statistics.judgement import judge_forces

RELEASE = find_release("home-office-2018-19")


def studies():
    """Return each study's lowest and highest counts, recorded and open crimes, those of all offences together last."""
    figures, outcomes = open_release(RELEASE), list_outcomes(RELEASE)
    return [
        study(figures.study_rows(offence, outcome, ""), outcome.id)
        for offence in (*list_offences(RELEASE), ALL_OFFENCES)
        for outcome in outcomes
    ]


def study(rows, outcome):
    """Return the four columns of a study; of crimes that are still open there is one reading."""
    low, high, recorded, still_open = (
        np.array([math.nan if row[name] is None else row[name] for row in rows], float)
        for name in ("count_low", "count_high", "recorded", "open")
    )
    readable = np.isfinite(low) & (outcome != NOT_YET_ASSIGNED)
    return low, high, recorded, np.where(readable, still_open, math.nan)


def judge(some):
    """Return both verdicts of each study, and how many fits of other forces they took."""
    found = judge_forces(*(np.stack(column) for column in zip(*some, strict=True)))
    fits = sum(np.isfinite(reading.among.p).sum(axis=-1) for reading in (found.never, found.as_closed))
    return list(zip(found.rest_verdict, found.among_verdict, fits, strict=True))


def processor():
    """Return the seconds of processor that this process and those that it ended have used."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main():
    """Judge all studies, half of them in a process of its own."""
    asked, together = studies(), len(list_outcomes(RELEASE))
    start, used = perf_counter(), processor()
    found = in_two_processes(judge, asked)
    took, worked = perf_counter() - start, processor() - used
    print(f"every verdict of {len(found) - together:,} studies, and of {together} of all offences together, by")
    print(f"{sum(fits for *_, fits in found):,} fits of other forces: {took:.1f} s ({worked:.1f} s of processor)")


if __name__ == "__main__":
    main()
