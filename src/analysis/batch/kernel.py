"""Jupyter's own kernel for Python in this very process, without sockets and threads.

ipykernel's kernel, shell, display hooks and JSON are run as they are; only the ends differ: messages are handed to a
function, and a file catches what is written to the descriptors of standard output and error. A process has one kernel,
made before it is forked; it takes over standard output, so it belongs in a child that serves one notebook and ends.
Knows nothing of notebooks.
"""

import asyncio
import os
import signal
import sys
import tempfile
import threading
import types
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar, NoReturn

DEBUGGER = types.ModuleType("ipykernel.debugger")
vars(DEBUGGER).update(_is_debugpy_available=False, Debugger=object)
# To import the debugger takes a tenth of a second and prints to the terminal; nobody debugs a batch.
sys.modules.setdefault(DEBUGGER.__name__, DEBUGGER)

import comm  # noqa: E402
from ipykernel import iostream, zmqshell  # noqa: E402
from ipykernel.eventloops import loop_asyncio  # noqa: E402
from ipykernel.ipkernel import IPythonKernel  # noqa: E402
from ipykernel.kernelapp import IPKernelApp  # noqa: E402
from jupyter_client.session import Session  # noqa: E402
from traitlets import observe  # noqa: E402
from traitlets.config import Config  # noqa: E402

from analysis.batch.forkserver import become_first_process  # noqa: E402

OF_A_CONNECTION = "get_connection_file", "get_connection_info", "connect_qtconsole"
"""What the shell asks for the sockets of its kernel."""


class UnsupportedError(RuntimeError):
    """A notebook asks for something that only a real kernel has."""

    def __init__(self, what: str):
        super().__init__(f"{what} needs a real kernel; run it with --engine kernel")


def _refusing(what: str) -> Callable[..., NoReturn]:
    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise UnsupportedError(what)

    return refuse


def _pass_by(*_arguments: object, **_options: object) -> None:
    """Do what `breakpoint()` does in a kernel whose debugger nobody watches."""


class Recorder(Session):
    """A kernel's session that hands each message to `deliver` instead of a socket."""

    deliver: Callable[[dict[str, Any]], object] = staticmethod(_refusing("a message from outside a cell"))

    def send(
        self, stream: object, msg_or_type: dict[str, Any] | str, content: Any = None, *_: object, **__: object
    ) -> None:
        """Deliver the message as it arrives where a kernel sends it: through JSON."""
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
        packed = self.serialize(message)
        self.deliver(message | {"content": self.unpack(packed[-1])})


class Database(dict[str, Any]):
    """What `%store` and the like keep, for this process; to delete what is not there is no error, as with files."""

    def __delitem__(self, key: str) -> None:
        self.pop(key, None)


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """The kernels' shell without their files: no profile folder, no start-up scripts, a database in memory.

    It has the name of its parent, by which pandas, plotly, rich and tqdm tell a kernel from a terminal.
    """

    __module__ = zmqshell.__name__
    db: ClassVar[Database] = Database()

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        """Read and write nothing below the home directory."""

    def init_profile_dir(self, profile_dir: object) -> None:
        """Read and write nothing below the home directory."""


class Kernel(IPythonKernel):
    """ipykernel's kernel, with the shell above; it never waits for a window."""

    shell_class = ZMQInteractiveShell

    @observe("eventloop")
    def _update_eventloop(self, change: dict[str, Any]) -> None:
        if change["new"] not in (None, loop_asyncio):  # asyncio's is the loop that runs.
            raise UnsupportedError("a window's event loop")


class OutStream(iostream.OutStream):
    """`sys.stdout` or `sys.stderr` of a notebook, with what other processes write to the same file descriptor.

    A kernel reads that in a thread of its own; here it is read at each write, so that what was written first stands
    first. What a forked child prints goes the same way. It has the name of its parent, like the shell.
    """

    __module__ = iostream.__name__
    parent_header: ClassVar[dict[str, Any]] = {}

    def __init__(self, name: str, descriptor: int, session: Session):
        self.name, self.session, self._descriptor = name, session, descriptor
        self.pub_thread, self._isatty, self._local, self._exc = self, False, threading.local(), None
        self._pid, self._lock, self._spilt = os.getpid(), threading.RLock(), 0
        self._text: list[str] = []
        self._nowhere = os.open(os.devnull, os.O_WRONLY)
        with tempfile.TemporaryFile() as spill:
            self._spill = os.dup(spill.fileno())
        os.dup2(self._spill, descriptor)

    def fileno(self) -> int:
        """Return a descriptor whose text, like that of a kernel's stream, is in no notebook."""
        return self._nowhere

    def write(self, string: str) -> int:
        """Keep `string`, after what another process has written before it."""
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        if os.getpid() != self._pid:
            os.write(self._descriptor, string.encode(errors="replace"))
            return len(string)
        with self._lock:
            self._drain()
            self._text.append(string)
        return len(string)

    def flush(self) -> None:
        """Send what is kept as one message."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._drain()
            text = "".join(self._text)
            self._text.clear()
        if text:
            self._send(text)

    def close(self) -> None:
        """Take no more text; the descriptor stays open, as the stream that follows needs it."""
        self.pub_thread = None

    def _send(self, text: str) -> None:
        try:
            self.session.send(None, "stream", {"name": self.name, "text": text})
        except UnicodeError:
            # A kernel loses the text, and prints a traceback with this machine's paths in its place.
            raise UnsupportedError("printing half a character (a lone surrogate)") from None

    def _drain(self) -> None:
        size = os.fstat(self._descriptor).st_size
        if size > self._spilt:
            self._text.append(os.pread(self._spill, size - self._spilt, self._spilt).decode(errors="replace"))
            self._spilt = size


@cache
def start_kernel() -> Kernel:
    """Return this process's kernel, made at the first call as Jupyter's application makes its own."""
    app: Any = IPKernelApp.instance(config=Config(HistoryManager={"enabled": False, "hist_file": ":memory:"}))
    app.kernel = Kernel.instance(parent=app, log=app.log, session=Recorder())
    app.displayhook = app.kernel.shell.displayhook
    app.shell = app.kernel.shell
    app.init_pdb()
    sys.breakpointhook = _pass_by
    app.init_gui_pylab()
    app.init_extensions()
    app.kernel.shell_channel_thread = types.SimpleNamespace(parent_thread=None)
    kernel: Kernel = app.kernel
    return kernel


@contextmanager
def attached() -> Iterator[list[OutStream]]:
    """Make the process look like a kernel's while a notebook runs in it; yield its two streams."""
    before = sys.stdout, sys.stderr
    app: Any = IPKernelApp.instance()
    streams = [OutStream("stdout", 1, app.kernel.session), OutStream("stderr", 2, app.kernel.session)]
    sys.modules["__main__"] = app.shell.user_module
    app.init_path()
    app.shell.user_ns["_dh"][:] = [os.getcwd()]
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # Whoever started the batch may have had it ignored.
    comm.create_comm = _refusing("a widget")
    vars(zmqshell).update(dict.fromkeys(OF_A_CONNECTION, _refusing("a connection")))
    become_first_process()
    sys.stdout, sys.stderr = streams
    try:
        yield streams
    finally:
        sys.stdout, sys.stderr = before


def run_in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in an event loop, as a kernel's cells run; what it leaves behind ends with the process."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(work)
