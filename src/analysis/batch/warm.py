"""The warm engine: papermill runs a notebook's cells in this very process, by the kernel without sockets.

It knows nothing of jobs, files and other processes.
"""

import os
from typing import Any

import papermill.execute
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode, from_dict
from nbformat.v4 import output_from_msg
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from analysis.batch.kernel import UnsupportedError, attached, run_in_loop, start_kernel


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types.
    """nbclient's bookkeeping of outputs, fed by the kernel of this process instead of a kernel's messages."""

    def execute(self) -> NotebookNode:
        """Run all cells, up to the first that raises, and return the notebook."""
        self.reset_execution_trackers()
        self.kernel: Any = start_kernel()
        with attached() as self.streams:
            run_in_loop(self._run_cells())
        notebook: NotebookNode = self.nb
        return notebook

    async def _run_cells(self) -> None:
        for index, cell in enumerate(self.nb.cells):
            try:
                await self._run_cell(cell, index)
            except CellExecutionError:
                self.nb_man.cell_exception(cell, cell_index=index)
                break

    async def _run_cell(self, cell: NotebookNode, index: int) -> None:
        """Run one cell; outputs, execution count and errors are recorded as nbclient records a kernel's."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return
        cell.outputs, self.clear_before_next_output = [], False
        self.kernel.session.deliver = lambda message: self.process_message(message, cell, index)
        process = os.getpid()
        reply = await self.kernel.do_execute(cell.source, silent=False, store_history=True)
        if os.getpid() != process:
            os._exit(0)  # A cell forked and did not end its child, which must not run the cells after it.
        for stream in self.streams:
            stream.flush()
        cell.execution_count = reply["execution_count"]
        if reply["status"] == "error" and "raises-exception" not in tags:
            raise CellExecutionError.from_cell_and_msg(cell, reply)

    def output(self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int) -> None:
        """Record an output; one that holds more than text may be none that a notebook can hold, and is validated."""
        if self.clear_before_next_output:
            self.clear_output(outs, {**msg, "content": {}}, cell_index)
            self.clear_before_next_output = False
        if display_id:
            self._display_id_map.setdefault(display_id, {}).setdefault(cell_index, []).append(len(outs))
        if not all(isinstance(value, str) for value in msg["content"].get("data", {}).values()):
            output_from_msg(msg)
        content = {key: value for key, value in msg["content"].items() if key != "transient"}
        outs.append(from_dict({"output_type": msg["msg_type"], **content}))


class WarmEngine(Engine):  # type: ignore[misc]  # papermill has no types.
    """papermill's engine "warm"."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **_kernel_options: object
    ) -> None:
        """Run the notebook of `nb_man` in this process."""
        if (language := nb_man.nb.metadata.get("language_info", {}).get("name", "python")) != "python":
            raise UnsupportedError(f"a notebook in {language}")
        WarmClient(nb_man).execute()


papermill_engines.register("warm", WarmEngine)
# Told to write no file, papermill turns the executed notebook into text all the same; this process does that itself.
papermill.execute.write_ipynb = lambda notebook, path: None
