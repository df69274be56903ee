"""Holds a folder or a file for one process at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a folder, or a file that is made if it is not there; yield whether it could be had.

    The operating system lets go of it when the process ends, however it ends. Where there is no lock (Windows) it is
    free.

    Parameters
    ----------
    path
        What is held.
    wait
        Whether to wait for who holds it.

    Examples
    --------
    >>> import tempfile
    >>> with locked(Path(tempfile.mkdtemp()), wait=False) as held:
    ...     held
    True
    """
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(path, os.O_RDONLY | (0 if path.is_dir() else os.O_CREAT), 0o644)
    try:
        yield _hold(descriptor, wait=wait) and _is_there(descriptor, path)
    finally:
        os.close(descriptor)


def _hold(descriptor: int, *, wait: bool) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _is_there(descriptor: int, path: Path) -> bool:
    """Return whether an open file still has its path: who held it before may have moved it away."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
