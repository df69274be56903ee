"""What a person sees of a batch on standard error: its progress, what failed, one line for each study."""

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Never

from analysis.batch.work import BatchResult

if TYPE_CHECKING:
    from tqdm import tqdm


def progress_bar(total: int, *, quiet: bool) -> "tqdm[Never]":
    """Return a progress bar of reports; none is drawn where nobody watches."""
    from tqdm import tqdm

    return tqdm(total=total, unit="report", file=sys.stderr, disable=quiet or None, dynamic_ncols=True)


def print_changed(reports: Mapping[str, int], *, quiet: bool) -> None:
    """Print which notebooks changed since reports were made from them, unless `quiet`.

    Parameters
    ----------
    reports
        How many reports were made from each, by the notebook's name.
    quiet
        Print nothing.
    """
    for notebook, number in [] if quiet else sorted(reports.items()):
        print(
            f"{notebook} has changed since {number} report{'' if number == 1 else 's'} were made from it: made anew. "
            f"To try something, work on a copy: charge-rates notebook {notebook}",
            file=sys.stderr,
        )


def print_summary(studies: dict[str, str], result: BatchResult, logs: Path, *, quiet: bool) -> None:
    """Print what failed, and unless `quiet` what became of each study's reports.

    Parameters
    ----------
    studies : dict of str to str
        {stem of a report: its study}.
    result : BatchResult
    logs : Path
        The folder of the logs, which have the tracebacks.
    quiet : bool
    """
    for stem, error in sorted(result.failed.items()):
        print(f"{stem}: {error}", file=sys.stderr)
    if result.failed:
        print(f"Tracebacks are in {logs}", file=sys.stderr)
    for study in () if quiet else sorted(set(studies.values())):
        print(f"{study}: {_counts(study, studies, result)}", file=sys.stderr)


def _counts(study: str, studies: dict[str, str], result: BatchResult) -> str:
    made = set(result.made)
    outcomes = Counter(
        "failed" if stem in result.failed else "made" if stem in made else "up to date"
        for stem in studies
        if studies[stem] == study
    )
    return ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("made", "up to date", "failed"))
