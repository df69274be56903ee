"""What the batch makes: a job, and the files that a worker makes of it."""

import hashlib
import importlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.batch.executor import CallError
from analysis.batch.provenance import file_digest

ASIDE = ".aside"
FOR_A_PAGE = {"CHARGE_RATES_PICTURES": "svg"}
"""Environment of a notebook that runs for a page: it draws each picture once, as the page shows it."""


@dataclass(frozen=True)
class Job:
    """One report to be made.

    Parameters
    ----------
    study : str
        The study's id, e.g. `radar-2022/8-71/charged`; empty for a page of the whole site.
    name : str
        The force's name, or `country`; what a person reads while it is made.
    notebook : str or None
        Path of the notebook. None: no notebook runs, and the finishing function alone makes the files.
    parameters : dict
        The notebook's parameters, all of them, as literals that JSON can hold.
    stem : str
        Path of the files below the output folder, without suffix. A suffix that begins with a stroke makes it a folder.
    inputs : str
        Digest of the data that the report is made from.
    site : str, optional
        Address of the folder of all reports, with a stroke at its end, where it is known.

    Examples
    --------
    >>> job = Job("bbc-2016/8-71/charged", "Gwent", "force.ipynb", {"force": "Gwent"}, "bbc-2016/gwent", "d41d")
    >>> job.path("reports", ".html").as_posix()
    'reports/bbc-2016/gwent.html'
    """

    study: str
    name: str
    notebook: str | None
    parameters: dict[str, Any] = field(hash=False)
    stem: str
    inputs: str
    site: str | None = None

    def path(self, output: str | Path, suffix: str) -> Path:
        """Return the path of the job's file with `suffix`, a text that begins with a dot or a stroke."""
        return Path(output) / f"{self.stem}{suffix}"


def make_report(job: Job, output: str | Path, engine: str, finish: str, notebook_digest: str | None) -> dict[str, Any]:
    """Run a job's notebook, finish it, and put the files into place when all are whole.

    Parameters
    ----------
    job : Job
    output : str or Path
        The folder of all reports.
    engine : {"warm", "kernel"}
    finish : str
        `module:function`, called with the executed notebook (or None) and the job; returns {how the file's name ends:
        text or bytes}. Where the module has a function `figures_digest`, that gives the digest of a job's figures as
        they are found here.
    notebook_digest : str or None
        The sha256 of the notebook, as the batch found it.

    Returns
    -------
    dict
        `files`, {path below `output`: sha256}, and `seconds`.

    Raises
    ------
    CallError
        If the notebook raises; the detail is its traceback. If the notebook or the figures here are not the batch's.
    """
    _refuse_other_sources(job, finish, notebook_digest)
    started = time.perf_counter()
    aside = Path(tempfile.mkdtemp(dir=Path(output) / ASIDE))
    try:
        contents = _contents(job, engine, finish, aside)
        files = put_into_place({job.path("", end).as_posix(): contents[end] for end in contents}, output, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {"files": files, "seconds": round(time.perf_counter() - started, 3)}


def _refuse_other_sources(job: Job, finish: str, notebook_digest: str | None) -> None:
    """Refuse to make a report of other files than asked, as a worker elsewhere may have, or one that was changed."""
    if job.notebook and file_digest(job.notebook) != notebook_digest:
        raise CallError(f"the notebook {Path(job.notebook).name} on {platform.node()} is not the batch's")
    digest = getattr(importlib.import_module(finish.split(":")[0]), "figures_digest", None)
    if digest is not None and digest(job) != job.inputs:
        raise CallError(f"the figures of {job.study or job.name} on {platform.node()} are not the batch's")


def _contents(job: Job, engine: str, finish: str, aside: Path) -> Mapping[str, str | bytes]:
    module, function = finish.split(":")
    finishing: Callable[[Any, Job], Mapping[str, str | bytes]] = getattr(importlib.import_module(module), function)
    if job.notebook is None:
        return finishing(None, job)
    from analysis.batch.engines import execute, notebook_text  # Papermill, which a page of the site does without.

    os.environ |= FOR_A_PAGE
    notebook = execute(job, engine, aside)
    pages = finishing(notebook, job)
    return {".ipynb": notebook_text(notebook), **pages}


def put_into_place(contents: Mapping[str, str | bytes], output: str | Path, aside: Path) -> dict[str, str]:
    """Write texts and bytes below `aside`, on the same file system, then move all below `output`.

    Returns
    -------
    dict
        {path: sha256}.
    """
    files = {}
    for number, (path, given) in enumerate(contents.items()):
        content = given.encode() if isinstance(given, str) else given
        (aside / str(number)).write_bytes(content)
        files[path] = hashlib.sha256(content).hexdigest()
    for number, path in enumerate(files):
        target = Path(output) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(aside / str(number), target)
    return files


def check_parameters(notebooks: list[tuple[str, ...]]) -> list[str]:
    """Return one sentence for each notebook whose parameters are not exactly the given ones.

    Parameters
    ----------
    notebooks : list of tuple of str
        Path of a notebook, then the names of the parameters that it will be given.

    Returns
    -------
    list of str
    """
    from papermill import inspect_notebook

    complaints = []
    for path, *given in notebooks:
        try:
            known = set(inspect_notebook(path))
        except Exception as error:
            complaints.append(f"{path}: is not a notebook that papermill can run ({error})")
            continue
        complaints += [f"{path}: has no parameter {name}; take it away" for name in sorted(set(given) - known)]
        complaints += [f"{path}: its parameter {name} has no value; give it one" for name in sorted(known - set(given))]
    return complaints
