"""The batch: which reports are to be made, who makes them, what came of it.

Light on purpose: where everything is up to date nothing heavy is imported.
"""

import contextlib
import json
import queue
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.batch.executor import CallError
from analysis.batch.forkserver import POSIX
from analysis.batch.jobs import Job, check_parameters, make_report
from analysis.batch.lock import occupied
from analysis.batch.manifest import LOGS, Manifest, write_log
from analysis.batch.provenance import file_digest, project_digests
from analysis.batch.summary import print_changed, print_summary, progress_bar
from analysis.batch.work import BatchResult, Running, Work
from analysis.batch.workers import ENGINES, GONE, Children, Workers, imported_modules
from analysis.errors import InputError


def run_batch(work: Work, output: str | Path, running: Running | None = None) -> BatchResult:
    """Make every report that is not up to date; one that fails leaves the others alone.

    Parameters
    ----------
    work : Work
    output : str or Path
        The folder of all reports, made if it is not there.
    running : Running, optional
        Default: warm, on every core.

    Returns
    -------
    BatchResult

    Raises
    ------
    InputError
        If a parameter is unknown to its notebook or missing, the engine is unknown, the folder holds other things,
        cannot be written or another batch works in it, or no cluster answers. Nothing is made.
    KeyboardInterrupt
        On Ctrl-C or SIGTERM, after the children have ended and what was done is recorded.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     run_batch(Work([], finish="analysis.batch.jobs:make_report"), folder).status
    0
    """
    running = running or Running()
    engine = running.engine or ENGINES[0]
    if engine not in ENGINES:
        raise InputError(f"--engine {engine}: is not one of {', '.join(ENGINES)}")
    started, output, result = time.perf_counter(), Path(output).resolve(), BatchResult()
    children = Children(engine, running.timeout, running.memory_limit, warm_up=json.dumps(work.warm_up))
    workers = Workers(children, running.workers, running.cluster, running.executor)
    with occupied(output), _own_signals(), workers as crew:
        batch = _Batch(work, output, crew, result, quiet=running.quiet)
        if running.rerun or not batch.is_answered():
            batch.run(rerun=running.rerun)
    result.made.sort()
    result.seconds = time.perf_counter() - started
    print_summary(batch.studies, result, output / LOGS, quiet=running.quiet)
    return result


class _Batch:
    """One run: what is up to date, what becomes of the rest, and the record of both."""

    def __init__(self, work: Work, output: Path, crew: Workers, result: BatchResult, *, quiet: bool):
        self._work, self._output, self._crew, self._result, self._quiet = work, output, crew, result, quiet
        self._digests, self._notebook_digest = project_digests(), cache(file_digest)
        self._question = work.question and f"{work.question} {work.finish} {self._digests}"
        self._manifest, self._is_accepted = Manifest(output), False
        self.studies: dict[str, str] = {}
        """The study of each report, by its stem; pages have none."""

    def is_answered(self) -> bool:
        """Return whether an earlier batch left all that is asked; then the result says so."""
        if self._question is None or not self._manifest.is_answered(self._question):
            return False
        studies: dict[str, str] = self._manifest.batch["studies"]
        self.studies = {stem: study for stem, study in studies.items() if study}
        self._result.unchanged += studies
        self._result.not_reportable |= self._manifest.not_reportable
        return True

    def run(self, *, rerun: bool) -> None:
        """Make the reports, then the pages, and record what came of them."""
        work, result = self._work, self._result
        try:
            if work.notebooks:
                self._load(map(str, work.notebooks))
            self._make(work.jobs(result) if callable(work.jobs) else work.jobs, rerun=rerun)
            self._make(work.pages(result) if work.pages else [], rerun=rerun)
            if self._question and not result.failed:
                self._manifest.keep_answer(self._question, result.made + result.unchanged)
        finally:
            self._close()

    def _load(self, notebooks: Iterable[str]) -> None:
        """Let the workers begin to load what notebooks and the finishing function import."""
        finish = self._work.finish.split(":")[0]
        found = find_spec(finish)
        sources = [*notebooks, *([found.origin] if found and found.origin else [])]
        self._crew.start(dict.fromkeys([finish, *(name for path in sources for name in imported_modules(path))]))

    def _make(self, jobs: Iterable[Job], *, rerun: bool) -> None:
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
            self._say_changed(to_make)
        self._is_accepted = True
        if to_make:
            self._make_all(to_make)

    def _say_changed(self, jobs: list[Job]) -> None:
        """Say which notebooks have changed since reports were made from them, which is why those are made anew."""
        changed = [job for job in jobs if self._manifest.has_changed_notebook(job, self._inputs(job)["notebook"])]
        print_changed(Counter(Path(job.notebook or "").name for job in changed), quiet=self._quiet)

    def _close(self) -> None:
        """Write the manifest, unless the jobs were refused; that it cannot be written is a failure like any other."""
        if not self._is_accepted:
            return
        try:
            self._manifest.close(self._result.not_reportable)
        except OSError as error:
            self._result.failed["manifest.json"] = f"{type(error).__name__}: {error}"

    def _inputs(self, job: Job) -> dict[str, Any]:
        notebook = self._notebook_digest(job.notebook) if job.notebook else None
        site = {"site": job.site} if job.site else {}
        return {"notebook": notebook, "data": job.inputs, "finish": self._work.finish, **self._digests} | site

    def _check_parameters(self, jobs: list[Job]) -> None:
        """Refuse parameters that are not exactly the notebooks', while the workers load."""
        given = sorted({(job.notebook, *sorted(job.parameters)) for job in jobs if job.notebook})
        self._load([path for path, *_ in given])
        if complaints := check_parameters(given):
            raise InputError(complaints[0])

    def _make_all(self, jobs: list[Job]) -> None:
        # A full disk must not end the batch: the manifest is written once more at its end, and that failing is told.
        with contextlib.suppress(OSError):
            self._manifest.begin()
        arguments = str(self._output), self._crew.engine, self._work.finish
        futures = {self._crew.submit(make_report, job, *arguments, self._inputs(job)["notebook"]): job for job in jobs}
        try:
            with progress_bar(len(jobs), quiet=self._quiet) as bar:
                for future in _as_finished(futures, self._crew.patience):
                    job = futures.pop(future)
                    self._record(job, future)
                    bar.set_postfix_str(job.name, refresh=False)
                    bar.update()
        finally:
            for future in futures:
                future.cancel()

    def _record(self, job: Job, future: Future[Any]) -> None:
        made_of = {"study": job.study, "name": job.name, "inputs": self._inputs(job), "parameters": job.parameters}
        outcome, detail = self._outcome(job, future)
        with contextlib.suppress(OSError):
            self._manifest.record(job, made_of | outcome)
        with contextlib.suppress(OSError):
            write_log(self._output, job, made_of | outcome, detail)

    def _result_of(self, future: Future[Any]) -> dict[str, Any]:
        """Return what a worker says of a report, if it says something and its files are seen from here."""
        if not future.done():
            raise CallError(f"no worker has answered for {self._crew.patience:g} seconds")
        if future.cancelled():
            raise CallError(GONE)
        result: dict[str, Any] = future.result()
        if self._crew.is_elsewhere:
            for path, digest in result["files"].items():
                if file_digest(self._output / path) != digest:
                    raise CallError(f"its worker made {path} in another folder than {self._output} on this machine")
        return result

    def _outcome(self, job: Job, future: Future[Any]) -> tuple[dict[str, Any], str]:
        """Return what the record says of a finished job, and the traceback where it failed."""
        try:
            outcome = {"status": "made", **self._result_of(future)}
        except Exception as error:
            summary = " ".join(str(error).split()) or type(error).__name__
            self._result.failed[job.stem] = summary
            return {"status": "failed", "error": summary}, getattr(error, "detail", "")
        self._result.made.append(job.stem)
        return outcome, ""


def _as_finished(futures: Iterable[Future[Any]], patience: float | None) -> Iterator[Future[Any]]:
    """Yield futures as they finish; when none has for `patience` seconds, those that are left, which have not."""
    finished: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
    waiting = dict.fromkeys(futures)
    for future in waiting:
        future.add_done_callback(finished.put)
    while waiting:
        try:
            future = finished.get(timeout=patience)
        except queue.Empty:
            yield from waiting
            return
        del waiting[future]
        yield future


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """Let SIGTERM end a batch as Ctrl-C does, and hear of its children's ends though its parent ignored that signal.

    Signals can be handled in the main thread alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers: dict[signal.Signals, Any] = {signal.SIGTERM: signal.default_int_handler}
    if POSIX and signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN:
        handlers[signal.SIGCHLD] = signal.SIG_DFL
    before = {sent: signal.signal(sent, handler) for sent, handler in handlers.items()}
    try:
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, handler)
