"""Executes one notebook with papermill, by the warm engine or by a real kernel, to the same result.

Whatever differs between two runs (times, paths, versions, random cell ids, the order of the two output streams) is
taken out, so that a report is the same bytes on every run and machine.
"""

import os
import re
import tempfile
import traceback
from pathlib import Path
from typing import Protocol

import nbformat
import papermill
from nbformat import NotebookNode

from analysis.batch.executor import CallError

KERNEL_LOG = "kernel.log"
TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CELL_FILE = re.compile(re.escape(tempfile.gettempdir()) + r"[/\\]ipykernel_\d+[/\\]")


class Run(Protocol):
    """What is executed: the path of a notebook, and all its parameters as literals that JSON can hold."""

    notebook: str | None
    parameters: dict


def execute(run: Run, engine: str, scratch: Path, *, attempts: int = 2) -> NotebookNode:
    """Return a run's executed notebook, tidied.

    Parameters
    ----------
    run : Run
        With a notebook; a job is one.
    engine : {"warm", "kernel"}
    scratch : Path
        Folder for a real kernel's connection file and settings.
    attempts : int
        How often a kernel that dies while it starts is started.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    CallError
        If a cell raises, or the kernel dies; the detail is the traceback.
    """
    if engine == "warm":
        import analysis.batch.warm  # noqa: F401 - registers the engine
    else:
        _settle_kernel(Path(scratch))
    try:
        notebook = papermill.execute_notebook(
            run.notebook,
            None,
            run.parameters,
            engine_name="warm" if engine == "warm" else None,
            cwd=Path(run.notebook).resolve().parent,
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            shutdown_kernel="immediate",
            start_timeout=600,  # A busy machine starts kernels slowly; the report has a time limit of its own.
        )
    except papermill.PapermillExecutionError as error:
        detail = TERMINAL_COLOURS.sub("", "\n".join(error.traceback))
        raise CallError(f"{error.ename}: {error.evalue} (cell {error.cell_index + 1})", detail) from None
    except Exception as error:
        if attempts > 1 and "before replying to kernel_info" in str(error):
            # Two kernels that start at the same moment may choose the same port.
            return execute(run, engine, scratch, attempts=attempts - 1)
        log = Path(scratch) / KERNEL_LOG
        said = log.read_text(errors="replace") if log.exists() else ""
        raise CallError(f"{type(error).__name__}: {error}", traceback.format_exc() + said) from None
    return tidied(notebook)


def _settle_kernel(scratch: Path) -> None:
    """Keep a kernel's files and what it says of itself out of the home directory and the terminal."""
    os.environ |= {"IPYTHONDIR": str(scratch), "JUPYTER_RUNTIME_DIR": str(scratch)}
    with open(scratch / KERNEL_LOG, "wb") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)


def tidied(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without what differs from run to run, for the same cells and outputs."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": notebook.metadata.language_info.name}
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        if cell.cell_type == "code":
            cell["outputs"] = _merged_streams(cell.outputs)
    return notebook


def _merged_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join what was printed between two displays, stdout first: its division into messages depends on timing."""
    merged, printed = [], {}
    for output in outputs:
        if output.output_type != "stream":
            merged += [printed[name] for name in sorted(printed, reverse=True)]
            merged.append(output)
            printed = {}
            continue
        stream = printed.setdefault(output.name, nbformat.v4.new_output("stream", name=output.name))
        stream["text"] += CELL_FILE.sub("ipykernel/", output.text)
    return merged + [printed[name] for name in sorted(printed, reverse=True)]


def notebook_text(notebook: NotebookNode) -> str:
    """Return a notebook as the text of its file; the notebook itself is used up by it."""
    return nbformat.v4.writes(notebook) + "\n"
