"""The output folder while a batch works in it: nobody else's, one batch at a time, a corner for unfinished files."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from analysis.batch.jobs import ASIDE
from analysis.batch.manifest import JOURNAL, LOCK, MANIFEST, open_plain
from analysis.errors import InputError

LONGEST_NUMBER = 20
"""Characters of a process's number, all that a lock holds."""


@contextlib.contextmanager
def occupied(output: Path) -> Iterator[None]:
    """Hold `output` for one batch; the operating system lets go of it when the process dies, however it dies.

    Parameters
    ----------
    output : Path
        Made if it is not there.

    Raises
    ------
    InputError
        If the folder holds other things than a batch left there, another batch holds it, or it cannot be written.
    """
    is_new = not output.exists()
    lock = output / LOCK
    try:
        output.mkdir(parents=True, exist_ok=True)
        _refuse_the_folder_of_others(output)
        descriptor = _lock(lock)
        (output / ASIDE).mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); choose another --output") from None
    try:
        yield
    finally:
        shutil.rmtree(output / ASIDE, ignore_errors=True)
        lock.unlink(missing_ok=True)
        os.close(descriptor)
        if is_new:
            with contextlib.suppress(OSError):
                output.rmdir()


def _refuse_the_folder_of_others(output: Path) -> None:
    """Refuse a folder in which no batch has worked but something is seen; files like .DS_Store are not."""
    names = {path.name for path in output.iterdir()}
    if names & {MANIFEST, JOURNAL} or names >= {ASIDE, LOCK}:
        if (output / ASIDE).is_symlink():
            raise InputError(f"{output / ASIDE}: is a link; remove it")
        return
    if others := sorted(name for name in names if not name.startswith(".") or name == ASIDE):
        raise InputError(
            f"{output}: holds other things than reports ({others[0]}) and no {MANIFEST}; choose another --output"
        )


def _lock(path: Path) -> int:
    """Return the descriptor of the locked file; without fcntl (Windows) nothing is locked."""
    while True:
        descriptor = open_plain(path, os.O_RDWR | os.O_CREAT)
        if os.name != "posix":
            return descriptor
        try:
            if _is_locked_now(descriptor, path):
                return descriptor
        except InputError:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_locked_now(descriptor: int, path: Path) -> bool:
    """Lock an open file and enter this process's number; False if it is no longer the one under that path."""
    import fcntl

    said = os.read(descriptor, LONGEST_NUMBER + 1).decode(errors="replace")
    if said.strip("0123456789") or len(said) > LONGEST_NUMBER:
        raise InputError(f"{path}: is no batch's lock; choose another --output, or remove it")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(
            f"{path.parent}: another batch (process {said}) is making reports there; "
            "wait for it or choose another --output"
        ) from None
    # The batch before this one may have removed the file between the opening and the locking.
    if not (path.exists() and os.path.samestat(os.fstat(descriptor), path.stat())):
        return False
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return True
