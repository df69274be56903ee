"""A file that somebody else made, read once: its bytes and their digest belong together whatever becomes of it."""

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.errors import InputError


@dataclass(frozen=True)
class WholeFile:
    """What was read of a file: its bytes, and the path that it was given by."""

    path: str
    content: bytes

    @property
    def name(self) -> str:
        """The name that messages call it."""
        return Path(self.path).name

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, e.g. `.xlsx`."""
        return Path(self.name).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def read_whole(path: str | Path, most: int, *, instead: str = "give a file") -> WholeFile:
    r"""Return a file, read once; of one that is longer than `most` bytes, one byte more than these.

    Parameters
    ----------
    path
        The file.
    most
        Bytes that it may have; whether more are too many is for the caller to say.
    instead
        What to do where it is a pipe, a socket or a device.

    Raises
    ------
    InputError
        If it cannot be read, or is a pipe, a socket, a device or a folder: nobody waits for what is written into it.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "replies.csv"
    >>> _ = path.write_text("force;charged\n")
    >>> read_whole(path, 5).content
    b'force;'
    """
    try:
        # A pipe that nobody writes into is opened without waiting; on Windows there is none.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _not_a_file(path, instead)
            return WholeFile(str(path), file.read(most + 1))
    except OSError as error:
        raise _not_a_file(path, instead) if Path(path).is_socket() else unreadable(path, error.strerror) from None
    except ValueError as error:  # A name that no file can have.
        raise error if isinstance(error, InputError) else InputError(f"{path!r} cannot be a file: {error}") from None


def unreadable(path: str | Path, why: str | None) -> InputError:
    """Return the error that says why a file cannot be read.

    Examples
    --------
    >>> str(unreadable("table.csv", "Permission denied"))
    'the file table.csv cannot be read: Permission denied'
    """
    return InputError(f"the file {path} cannot be read: {why}")


def _not_a_file(path: str | Path, instead: str) -> InputError:
    return InputError(f"{path} is a pipe, a socket or a device: {instead}")
