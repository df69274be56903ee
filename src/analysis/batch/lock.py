"""The output folder while a batch works in it: one batch at a time, and a corner for files that are not yet whole."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from analysis.batch.jobs import ASIDE
from analysis.batch.manifest import LOCK
from analysis.errors import InputError


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
        If another batch holds the folder, or it cannot be written.
    """
    is_new = not output.exists()
    lock = output / LOCK
    try:
        output.mkdir(parents=True, exist_ok=True)
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


def _lock(path: Path) -> int:
    """Return the descriptor of the locked file; without fcntl (Windows) nothing is locked."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if os.name != "posix":
            return descriptor
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode()
            os.close(descriptor)
            raise InputError(
                f"{path.parent}: another batch (process {holder}) is making reports there; "
                "wait for it or choose another --output"
            ) from None
        # The batch before this one may have removed the file between the opening and the locking.
        if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
            os.write(descriptor, str(os.getpid()).encode())
            return descriptor
        os.close(descriptor)
