"""Reads what somebody else made in a process of its own, with a limit of memory and of time.

The readers of workbooks are written for whole files. What a damaged or hostile one makes of them (an abort, a panic,
endless memory or time) ends the child, and becomes one sentence. Only Arrow's format comes back. Where processes cannot
be forked (Windows) the file is read in this one; where the system does not count a process's data (macOS) memory has no
limit.
"""

import json
import os
import selectors
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

import pyarrow as pa

from analysis.errors import InputError, first_line

CAN_FORK = hasattr(os, "fork")
MEMORY = 2.0
"""Gigabytes that a reader may take; an official table of 675,000 rows takes 0.7."""
SECONDS = 600.0
"""Seconds that a reader may take; an official table of 675,000 rows takes about 12."""
GIGABYTE = 1_000_000_000
TABLE, REFUSED, FAILED, NO_MEMORY = b"T", b"R", b"F", b"M"
"""How the answer of a child begins."""
PIECE = 1 << 20


def read_confined(read: Callable[[], pa.Table], name: str, *, memory: float = MEMORY) -> pa.Table:
    """Return what `read` returns, called in a child process.

    Parameters
    ----------
    read
        Reads what it knows already: nothing but its table comes back.
    name
        What messages call the file.
    memory
        Gigabytes that the child may take beyond what this process has.

    Raises
    ------
    InputError
        What `read` raises; and if it ends in any other way, takes more memory, or more time than `SECONDS`.

    Examples
    --------
    >>> read_confined(lambda: pa.table({"force": ["Gwent"]}), "replies.csv").to_pydict()
    {'force': ['Gwent']}
    """
    if not CAN_FORK:
        return read()
    source, target = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _answer(read, target, memory)
    os.close(target)
    answer, in_time, status = bytearray(), False, 0
    try:
        in_time = _receive(source, answer)
    finally:
        os.close(source)
        if not in_time:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if not in_time:
        raise InputError(f"{name} takes more than {SECONDS:.0f} seconds to read: {_SAVE_ANEW}")
    return _understand(bytes(answer), status, name, memory)


_SAVE_ANEW = "save it anew in a spreadsheet program, or as CSV, and give that file"


def _receive(source: int, answer: bytearray) -> bool:
    """Add to `answer` what comes until the other end is closed; return whether that was in time."""
    end = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while selector.select(max(0.0, end - time.monotonic())):
            piece = os.read(source, PIECE)
            answer += piece
            if not piece:
                return True
    return False


def _understand(answer: bytes, status: int, name: str, memory: float) -> pa.Table:
    """Return the table of an answer, or raise what it says."""
    kind, text = answer[:1], answer[1:]
    if kind == REFUSED:
        raise InputError(json.loads(text))
    if kind == NO_MEMORY:
        raise InputError(f"{name} takes more than {memory:g} GB of memory to read: {_SAVE_ANEW}; or give more --memory")
    if kind == TABLE and not status:
        with pa.ipc.open_stream(pa.py_buffer(answer).slice(1)) as stream:
            return stream.read_all()
    how = f"failed ({json.loads(text)})" if kind == FAILED else f"ended with {_ending(status)}"
    raise InputError(f"{name} cannot be read: the reader {how}; {_SAVE_ANEW}")


def _ending(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if -code in set(signal.Signals) else f"status {code}"


def _answer(read: Callable[[], pa.Table], target: int, memory: float) -> NoReturn:
    """Answer in the child and end it; nothing of the parent is run on the way out."""
    status = 1
    try:
        _limit(memory)
        with open(target, "wb") as file:
            _write_answer(read, file)
        status = 0
    finally:
        os._exit(status)


def _write_answer(read: Callable[[], pa.Table], file: BinaryIO) -> None:
    try:
        table = read()
    except InputError as error:
        file.write(REFUSED + json.dumps(str(error)).encode())
    except MemoryError:
        file.write(NO_MEMORY)
    except BaseException as error:  # A panic of a reader in Rust is no Exception.
        file.write(FAILED + json.dumps(first_line(error)).encode())
    else:
        file.write(TABLE)
        with pa.ipc.new_stream(file, table.schema) as stream:
            stream.write_table(table)


def _limit(memory: float) -> None:
    """Set the limits of the child, which says nothing and leaves nothing: no core, no report of an abort."""
    import resource

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.unraisablehook = lambda _: None
    limits = {"RLIMIT_CORE": 0, "RLIMIT_CPU": int(SECONDS) + 1, "RLIMIT_DATA": _data() + int(memory * GIGABYTE)}
    for limit, most in limits.items():
        kind = getattr(resource, limit)
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _data() -> int:
    """Return the bytes of data that this process has; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0
