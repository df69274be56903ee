"""Who makes the reports: child processes of this one, or of a Dask cluster's workers, or of any executor's.

Wherever a report is made, it is made in a child that serves it alone, so limits and clean starts are the same. What is
made elsewhere is made by the same code with the same packages, or not at all.
"""

import ast
import contextlib
import json
import logging
import multiprocessing
import os
import platform
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from analysis.batch.executor import CallError, ChildExecutor
from analysis.batch.forkserver import POSIX
from analysis.batch.provenance import installed, project_digests
from analysis.errors import InputError

FIRST_WORKER_WITHIN = 60.0
"""Seconds in which a cluster's first worker must be there."""

ANSWER_WITHIN = 60.0
"""Seconds beyond a report's own limit after which workers elsewhere that say nothing are given up."""

GONE = "the cluster's scheduler has gone: start it again, and run the same command, which goes on from here"

LOUD = ("distributed", "distributed.client", "tornado.application")
"""Loggers that print tracebacks of a lost scheduler, which is one sentence here."""

ENGINES = ("warm", "kernel") if POSIX else ("kernel",)
_lock = threading.Lock()
_executors: dict[tuple[object, ...], ChildExecutor] = {}


@dataclass(frozen=True)
class Children:
    """How the child process of a report is made.

    Parameters
    ----------
    engine : {"warm", "kernel"}
    timeout : float or None
        Seconds a report.
    memory_limit : int or None
        Bytes that a report's process may allocate.
    modules : tuple of str
        What the reports import, loaded before the children are forked. If the first has a function `warm_up`, that is
        called.
    warm_up : str
        Arguments of that function, as JSON.
    """

    engine: str
    timeout: float | None
    memory_limit: int | None
    modules: tuple[str, ...] = ()
    warm_up: str = "{}"

    def executor(self, workers: int) -> ChildExecutor:
        """Return an executor of at most `workers` such children at a time."""
        preload = "analysis.batch.preload" if self.engine == "warm" else "analysis.batch.engines"
        return ChildExecutor(
            workers,
            preload=[preload],
            environment={"ANALYSIS_PRELOAD": " ".join(self.modules), "ANALYSIS_WARM_UP": self.warm_up},
            timeout=self.timeout,
            memory_limit=self.memory_limit,
        )


class Workers:
    """The workers of one batch, started at the first call; leaving the context on an error kills their children.

    Parameters
    ----------
    children : Children
    number : int, optional
        Children at a time on this machine; default: the cores this process may use.
    cluster : str, optional
        Address of a Dask scheduler, `tcp://host:port`, to be used instead.
    executor : concurrent.futures.Executor, optional
        To be used instead; its calls each start a child where they run.
    """

    def __init__(
        self,
        children: Children,
        number: int | None = None,
        cluster: str | None = None,
        executor: Executor | None = None,
    ):
        self._children, self._number, self._cluster, self._executor = children, number, cluster, executor
        self._stack = contextlib.ExitStack()
        self._submit: Callable[..., Future[Any]] | None = None

    @property
    def engine(self) -> str:
        """The engine of the children."""
        return self._children.engine

    @property
    def is_elsewhere(self) -> bool:
        """Whether reports may be made on other machines, whose files and silence are looked at with care."""
        return self._cluster is not None or self._executor is not None

    @property
    def patience(self) -> float | None:
        """Seconds without any answer after which nothing more is waited for; None: children here end by themselves."""
        limit = self._children.timeout
        return limit + ANSWER_WITHIN if self.is_elsewhere and limit is not None else None

    def start(self, modules: Iterable[str]) -> None:
        """Start them, if they are not yet started, with `modules` loaded and warmed up before the first report.

        Raises
        ------
        InputError
            If no scheduler answers at the cluster's address, it has no worker, or `distributed` is not installed.
        """
        if self._submit is not None:
            return
        children = replace(self._children, modules=tuple(modules))
        if self._cluster is None and self._executor is None:
            executor = children.executor(self._number or usable_cores())
            self._stack.push(lambda error, *_: executor.shutdown(cancel_futures=error is not None))
            self._submit = executor.submit
            return
        elsewhere: Any = self._executor or self._stack.enter_context(_client(self._cluster)).get_executor(pure=False)
        self._submit = partial(elsewhere.submit, call_in_child, children, _surroundings())

    def submit(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Return the future of `function(*arguments)`, called in a child of its own."""
        if self._submit is None:
            raise RuntimeError("the workers have not been started")
        try:
            return self._submit(function, *arguments)
        except Exception:
            if not self.is_elsewhere:
                raise
        lost: Future[Any] = Future()  # Who takes no more work has gone; what it was given before says so too.
        lost.set_exception(CallError(GONE))
        return lost

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> bool | None:
        return self._stack.__exit__(*error)


def _client(address: str | None) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--cluster needs the package distributed; install charge-rates[cluster]") from None
    for name in (
        "distributed",
        "distributed.client",
        "tornado.application",
    ):  # What they would print of a lost scheduler is said here.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: Any = Client(address, timeout=5)  # type: ignore[no-untyped-call]
    except (OSError, TypeError, ValueError) as error:
        raise InputError(f"--cluster {address}: no Dask scheduler answers there ({error})") from None
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER_WITHIN)
    except TimeoutError:
        client.close()
        raise InputError(
            f"--cluster {address}: has had no worker for {FIRST_WORKER_WITHIN:g} seconds; start one there"
        ) from None
    return client


def _surroundings() -> dict[str, Any]:
    """Return what must be the same wherever a report is made: the project's digests and the installed versions."""
    return project_digests() | {"Python": platform.python_version()} | installed()


def call_in_child(
    children: Children, surroundings: dict[str, Any], function: Callable[..., Any], *arguments: object
) -> Any:
    """Return `function(*arguments)`, called in a child of this worker process.

    Raises
    ------
    CallError
        If the call failed, or this worker's code or packages are not the batch's.
    """
    key = children, *sorted(surroundings.items(), key=str)
    with _lock:
        if key not in _executors:
            ours = _surroundings()
            if other := [name for name in surroundings if ours.get(name) != surroundings[name]]:
                raise CallError(
                    f"the worker on {platform.node()} has other {', '.join(other)} than this batch; update it"
                )
            # Dask's nanny marks its workers as daemons, which may have no children; these end with their worker.
            multiprocessing.current_process().daemon = False
            while _executors:
                _executors.popitem()[1].shutdown()
            _executors[key] = children.executor(sys.maxsize)
        future = _executors[key].submit(function, *arguments)
    return future.result()


def usable_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def imported_modules(path: str | Path) -> list[str]:
    """Return the names that a notebook's cells, or a Python module, import anywhere, in order.

    Parameters
    ----------
    path : str or Path
        Of an `.ipynb` or a `.py` file.

    Returns
    -------
    list of str
        `from a import b` gives both `a` and `a.b`, which may be a module or not. A file that cannot be read: none.

    Examples
    --------
    >>> imported_modules(__file__)[:2]
    ['ast', 'contextlib']
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        cells = json.loads(text)["cells"] if str(path).endswith(".ipynb") else [{"cell_type": "code", "source": text}]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, LookupError, TypeError):
        return []
    names: list[str] = []
    for source in sources:
        with contextlib.suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import):
                    names += [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return list(dict.fromkeys(names))
