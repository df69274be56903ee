"""What a batch is asked and what it answers: the work, how it runs, the result."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.jobs import Job


@dataclass
class BatchResult:
    """What a batch did.

    Attributes
    ----------
    made, unchanged : list of str
        Stems of the reports that were made, and of those that were up to date.
    failed : dict of str to str
        {stem: error in one line}; the report's log has the rest.
    not_reportable : dict of str to str
        {name: why there is no report}, as it was given.
    seconds : float
    """

    made: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    not_reportable: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def status(self) -> int:
        """The exit status: 1 if a report failed, else 0."""
        return 1 if self.failed else 0


Planned = Callable[[BatchResult], Iterable[Job]]
"""Called with the result so far, while the workers start; returns the jobs to be made."""


@dataclass(frozen=True)
class Work:
    """What a batch makes.

    Parameters
    ----------
    jobs : iterable of Job, or callable
        With distinct stems. A function is called with the result so far while the workers start; it may enter into
        `not_reportable` of the result what cannot be made.
    finish : str
        `module:function`, called where a report is made with its executed notebook (None for a job without one) and
        the job; returns {suffix: text} of the files beside the notebook.
    pages : callable, optional
        Called with the result so far; returns the jobs to be made after the reports.
    notebooks : sequence of path
        The notebooks of the jobs to come, so that what they import is loaded while the jobs are still planned.
    warm_up : mapping
        What the finishing function's module is warmed up with (see `analysis.batch.preload`); JSON can hold it.
    question : str, optional
        A digest of all that decides what the jobs are. Where the last batch in this folder had the same and made all
        that was asked, and every file is as it left it, there is nothing to plan and nothing to make.
    """

    jobs: Iterable[Job] | Planned
    finish: str
    pages: Planned | None = None
    notebooks: Sequence[str | Path] = ()
    warm_up: Mapping[str, object] = field(default_factory=dict)
    question: str | None = None


@dataclass(frozen=True)
class Running:
    """How a batch runs; it changes nothing in what is made.

    Parameters
    ----------
    workers : int, optional
        Reports at a time; default: the cores this process may use.
    engine : {"warm", "kernel"}, optional
        Default "warm" where processes can be forked, else "kernel".
    cluster : str, optional
        Address of a Dask scheduler, whose workers share this folder and the same code.
    executor : concurrent.futures.Executor, optional
        Makes the reports instead.
    rerun : bool
        Make all, also what is up to date.
    timeout : float, optional
        Seconds after which a report is ended and has failed; None: never.
    memory_limit : int, optional
        Bytes that a report's process may allocate.
    quiet : bool
        No progress bar and no summary; failures are printed all the same.
    """

    workers: int | None = None
    engine: str | None = None
    cluster: str | None = None
    executor: Executor | None = None
    rerun: bool = False
    timeout: float | None = 600.0
    memory_limit: int | None = None
    quiet: bool = False
