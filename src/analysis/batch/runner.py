"""The batch: which reports are to be made, who makes them, what came of it.

Light on purpose: where everything is up to date nothing heavy is imported.
"""

import contextlib
import json
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from analysis.batch.jobs import Job, check_parameters, make_report
from analysis.batch.lock import occupied
from analysis.batch.manifest import LOGS, Manifest, file_digest, project_digests, write_log
from analysis.batch.workers import ENGINES, Children, Workers, imported_modules
from analysis.errors import InputError


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


def run_batch(
    jobs: Iterable[Job] | Callable[[BatchResult], Iterable[Job]],
    output: str | Path,
    *,
    finish: str,
    pages: Callable[[BatchResult], Iterable[Job]] | None = None,
    notebooks: Iterable[str | Path] = (),
    warm_up: dict | None = None,
    question: str | None = None,
    workers: int | None = None,
    engine: str | None = None,
    cluster: str | None = None,
    executor: Executor | None = None,
    rerun: bool = False,
    timeout: float | None = 600.0,
    memory_limit: int | None = None,
    quiet: bool = False,
) -> BatchResult:
    """Make every report that is not up to date; one that fails leaves the others alone.

    Parameters
    ----------
    jobs : iterable of Job, or callable
        With distinct stems. A function is called with the result so far while the workers start; it may enter into
        `not_reportable` of the result what cannot be made.
    output : str or Path
        The folder of all reports, made if it is not there.
    finish : str
        `module:function`, called where a report is made with its executed notebook (None for a job without one) and
        the job; returns {suffix: text} of the files beside the notebook.
    pages : callable, optional
        Called with the result so far; returns the jobs to be made after the reports.
    notebooks : iterable of path
        The notebooks of the jobs to come, so that what they import is loaded while the jobs are still planned.
    warm_up : dict, optional
        What the finishing function's module is warmed up with (see `analysis.batch.preload`).
    question : str, optional
        A digest of all that decides what the jobs are. Where the last batch in this folder had the same and made all
        that was asked, and every file is as it left it, there is nothing to plan and nothing to make.
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

    Returns
    -------
    BatchResult

    Raises
    ------
    InputError
        If a parameter is unknown to its notebook or missing, the engine is unknown, the folder cannot be written or
        another batch works in it, or no cluster answers. Nothing is made.
    KeyboardInterrupt
        On Ctrl-C or SIGTERM, after the children have ended and what was done is recorded.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     run_batch([], folder, finish="analysis.site.reports:finish").status
    0
    """
    engine = engine or ENGINES[0]
    if engine not in ENGINES:
        raise InputError(f"--engine {engine}: is not one of {', '.join(ENGINES)}")
    started = time.perf_counter()
    output, result = Path(output).resolve(), BatchResult()
    children = Children(engine, timeout, memory_limit, warm_up=json.dumps(warm_up or {}))
    with occupied(output), _sigterm_as_ctrl_c(), Workers(children, workers, cluster, executor) as crew:
        batch = _Batch(output, engine, finish, crew, result, question)
        if rerun or not batch.is_answered():
            try:
                if notebooks := list(map(str, notebooks)):
                    batch.load(notebooks)
                batch.make(jobs(result) if callable(jobs) else jobs, rerun=rerun, quiet=quiet)
                batch.make(pages(result) if pages else [], rerun=rerun, quiet=quiet)
                batch.keep_answer()
            finally:
                batch.close()
    result.made.sort()
    result.seconds = time.perf_counter() - started
    _print_summary(batch.studies, result, quiet, output / LOGS)
    return result


class _Batch:
    """One run: what is up to date, what becomes of the rest, and the record of both."""

    def __init__(
        self, output: Path, engine: str, finish: str, crew: Workers, result: BatchResult, question: str | None
    ):
        self._output, self._engine, self._finish, self._crew, self._result = output, engine, finish, crew, result
        self._digests, self._notebook_digest = project_digests(), cache(file_digest)
        self._question = question and f"{question} {finish} {self._digests}"
        self._manifest, self._is_accepted = Manifest(output), False
        self.studies: dict[str, str] = {}
        """The study of each report, by its stem; pages have none."""

    def is_answered(self) -> bool:
        """Return whether an earlier batch left all that is asked; then the result says so."""
        if self._question is None or not self._manifest.is_answered(self._question):
            return False
        entries = {stem: self._manifest.reports[stem] for stem in self._manifest.batch["stems"]}
        self.studies = {stem: entry["study"] for stem, entry in entries.items() if entry["inputs"]["notebook"]}
        self._result.unchanged += entries
        self._result.not_reportable |= self._manifest.not_reportable
        return True

    def keep_answer(self) -> None:
        """Enter into the manifest that all that was asked is there."""
        if self._question and not self._result.failed:
            self._manifest.keep_answer(self._question, self._result.made + self._result.unchanged)

    def load(self, notebooks: Iterable[str]) -> None:
        """Let the workers begin to load what notebooks and the finishing function import."""
        finish = self._finish.split(":")[0]
        sources = [*notebooks, find_spec(finish).origin]
        self._crew.start(dict.fromkeys([finish, *(name for path in sources for name in imported_modules(path))]))

    def make(self, jobs: Iterable[Job], *, rerun: bool, quiet: bool) -> None:
        """Make those of `jobs` that are not up to date."""
        to_make = []
        for job in jobs:
            if job.notebook:
                self.studies[job.stem] = job.study
            if not rerun and self._manifest.is_current(job, self._inputs(job)):
                self._result.unchanged.append(job.stem)
            else:
                to_make.append(job)
        if to_make:
            self._check_parameters(to_make)
        self._is_accepted = True
        self._make_all(to_make, quiet)

    def close(self) -> None:
        """Write the manifest, unless the jobs were refused; that it cannot be written is a failure like any other."""
        if not self._is_accepted:
            return
        try:
            self._manifest.close(self._result.not_reportable)
        except OSError as error:
            self._result.failed["manifest.json"] = f"{type(error).__name__}: {error}"

    def _inputs(self, job: Job) -> dict:
        notebook = self._notebook_digest(job.notebook) if job.notebook else None
        return {"notebook": notebook, "data": job.inputs, "finish": self._finish, **self._digests}

    def _check_parameters(self, jobs: list[Job]) -> None:
        """Refuse parameters that are not exactly the notebooks', while the workers load."""
        given = sorted({(job.notebook, *sorted(job.parameters)) for job in jobs if job.notebook})
        self.load([path for path, *_ in given])
        if complaints := check_parameters(given):
            raise InputError(complaints[0])

    def _make_all(self, jobs: list[Job], quiet: bool) -> None:
        if not jobs:
            return
        arguments = str(self._output), self._engine, self._finish
        futures = {self._crew.submit(make_report, job, *arguments): job for job in jobs}
        try:
            with _progress(len(jobs), quiet) as bar:
                for future in as_completed(list(futures)):
                    job = futures.pop(future)
                    self._record(job, future)
                    bar.set_postfix_str(job.name, refresh=False)
                    bar.update()
        finally:
            for future in futures:
                future.cancel()

    def _record(self, job: Job, future: Future) -> None:
        entry = {"study": job.study, "name": job.name, "inputs": self._inputs(job), "parameters": job.parameters}
        try:
            entry |= {"status": "made", **future.result()}
            self._result.made.append(job.stem)
            detail = ""
        except Exception as error:
            summary = " ".join(str(error).split()) or type(error).__name__
            entry |= {"status": "failed", "error": summary}
            self._result.failed[job.stem] = summary
            detail = getattr(error, "detail", "")
        # A full disk must not end the batch: the manifest is written once more at its end, and that failing is told.
        with contextlib.suppress(OSError):
            self._manifest.record(job, entry)
        with contextlib.suppress(OSError):
            write_log(self._output, job, entry, detail)


def _print_summary(studies: dict[str, str], result: BatchResult, quiet: bool, logs: Path) -> None:
    for stem, error in sorted(result.failed.items()):
        print(f"{stem}: {error}", file=sys.stderr)
    if result.failed:
        print(f"Tracebacks are in {logs}", file=sys.stderr)
    if quiet:
        return
    made = set(result.made)
    for study in sorted(set(studies.values())):
        outcomes = Counter(
            "failed" if stem in result.failed else "made" if stem in made else "up to date"
            for stem in studies
            if studies[stem] == study
        )
        counts = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("made", "up to date", "failed"))
        print(f"{study}: {counts}", file=sys.stderr)


def _progress(total, quiet):
    from tqdm import tqdm

    return tqdm(total=total, unit="report", file=sys.stderr, disable=quiet or None, dynamic_ncols=True)


@contextlib.contextmanager
def _sigterm_as_ctrl_c():
    """Let SIGTERM end a batch as Ctrl-C does; signals can be handled in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
