"""The warm engine: papermill runs a notebook's cells in this very process, in the shell class that kernels use.

It holds one process-wide shell and takes over standard output, so it belongs in a child process that serves one
notebook and ends. It knows nothing of jobs, files and other processes.
"""

import builtins
import contextlib
import getpass
import io
import os
import sys
import tempfile
from functools import cache
from types import SimpleNamespace

import comm
import papermill.execute
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError
from nbformat import from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

INLINE_FIGURES = "module://matplotlib_inline.backend_inline"


class UnsupportedError(RuntimeError):
    """A notebook asks for something that only a real kernel has."""

    def __init__(self, what):
        super().__init__(f"{what} needs a real kernel; run it with --engine kernel")


class Recorder(Session):
    """A kernel's session that hands each message to `deliver` instead of a socket."""

    deliver = None

    def send(self, stream, msg_or_type, content=None, parent=None, **_ignored):
        """Deliver the message that a kernel would send."""
        is_message = isinstance(msg_or_type, dict)
        self.deliver(msg_or_type if is_message else self.msg(msg_or_type, content, parent))


class Shell(ZMQInteractiveShell):
    """The kernels' shell without their files: no profile folder, no start-up scripts, no history database."""

    def init_ipython_dir(self, ipython_dir):
        """Read and write nothing below the home directory."""

    def init_profile_dir(self, profile_dir):
        """Read and write nothing below the home directory."""


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a notebook, with what subprocesses write to the same file descriptor."""

    encoding = "utf-8"

    def __init__(self, name, descriptor, session):
        self.name, self._descriptor, self._session = name, descriptor, session
        self._text, self._spilt = [], 0
        with tempfile.TemporaryFile() as spill:
            self._spill = os.dup(spill.fileno())
        os.dup2(self._spill, descriptor)

    def fileno(self):
        """Return the descriptor, so that a subprocess can be given this stream."""
        return self._descriptor

    def writable(self):
        """Return True."""
        return True

    def write(self, text):
        """Keep `text`, after what a subprocess has written before it."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._drain()
        self._text.append(text)
        return len(text)

    def flush(self):
        """Send what is kept as one message."""
        self._drain()
        if text := "".join(self._text):
            self._text.clear()
            self._session.send(None, "stream", {"name": self.name, "text": text})

    def _drain(self):
        size = os.fstat(self._descriptor).st_size
        if size > self._spilt:
            self._text.append(os.pread(self._spill, size - self._spilt, self._spilt).decode(errors="replace"))
            self._spilt = size


@cache
def start_shell():
    """Return this process's shell, made at the first call as a kernel makes its own."""
    os.environ.setdefault("MPLBACKEND", INLINE_FIGURES)
    config = Config(HistoryManager={"enabled": False, "hist_file": ":memory:"})
    shell = Shell.instance(config=config, compiler_class=XCachingCompiler, kernel=SimpleNamespace(eventloop=None))
    shell.display_pub.session = shell.displayhook.session = Recorder()
    shell.displayhook.topic = b"execute_result"
    shell.loop_runner = _refusing("top-level await")
    return shell


@contextlib.contextmanager
def _attached(shell):
    """Make the process look like a kernel while a notebook runs in it."""
    session = shell.displayhook.session
    streams = [Stream("stdout", 1, session), Stream("stderr", 2, session)]
    sys.modules["__main__"] = shell.user_module
    InteractiveShellApp.init_path(SimpleNamespace(ignore_cwd=False))
    comm.create_comm = _refusing("a widget")
    builtins.input = getpass.getpass = _refusing("input()")
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        yield streams


def _refusing(what):
    def refuse(*_arguments, **_options):
        raise UnsupportedError(what)

    return refuse


class WarmClient(PapermillNotebookClient):
    """nbclient's bookkeeping of outputs, fed by the shell of this process instead of a kernel's messages."""

    def execute(self):
        """Run all cells, up to the first that raises, and return the notebook."""
        self.reset_execution_trackers()
        self.shell = start_shell()
        with _attached(self.shell) as self._streams:
            for index, cell in enumerate(self.nb.cells):
                try:
                    self.execute_cell(cell, index)
                except CellExecutionError:
                    self.nb_man.cell_exception(cell, cell_index=index)
                    break
        return self.nb

    def execute_cell(self, cell, cell_index):
        """Run one cell; outputs, execution count and errors are recorded as nbclient records a kernel's."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return
        cell.outputs, self.clear_before_next_output = [], False
        self.shell.displayhook.session.deliver = lambda message: self.process_message(message, cell, cell_index)
        result = self.shell.run_cell(cell.source, store_history=True)
        for stream in self._streams:
            stream.flush()
        cell.execution_count = self.shell.execution_count - 1
        error = result.error_before_exec or result.error_in_exec
        if error and "raises-exception" not in tags:
            reply = {"ename": type(error).__name__, "evalue": str(error), "traceback": self.shell._last_traceback}
            raise CellExecutionError.from_cell_and_msg(cell, reply)

    def output(self, outs, msg, display_id, cell_index):
        """Record an output without validating it alone: papermill validates the whole notebook."""
        if self.clear_before_next_output:
            self.clear_output(outs, {**msg, "content": {}}, cell_index)
            self.clear_before_next_output = False
        if display_id:
            self._display_id_map.setdefault(display_id, {}).setdefault(cell_index, []).append(len(outs))
        content = {key: value for key, value in msg["content"].items() if key != "transient"}
        outs.append(from_dict({"output_type": msg["msg_type"], **content}))


class WarmEngine(Engine):
    """papermill's engine "warm"."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, log=None, **_kernel_options):
        """Run the notebook of `nb_man` in this process."""
        if (language := nb_man.nb.metadata.get("language_info", {}).get("name", "python")) != "python":
            raise UnsupportedError(f"a notebook in {language}")
        WarmClient(nb_man).execute()


papermill_engines.register("warm", WarmEngine)
# Told to write no file, papermill turns the executed notebook into text all the same; this process does that itself.
papermill.execute.write_ipynb = lambda notebook, path: None
