"""The bytes of an official file, read once, with a limit that no official table reaches."""

import gzip
import io
import zlib
from pathlib import Path

from analysis.counts.whole_file import WholeFile, read_whole, unreadable
from analysis.errors import InputError

CSV_LIMIT = 2_000_000_000


def read_official_file(path: str | Path) -> WholeFile:
    """Return an official file's bytes, read once.

    Raises
    ------
    InputError
        If it cannot be read, or is larger than any official table.

    Examples
    --------
    >>> read_official_file("missing.csv")
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: the file missing.csv cannot be read: No such file or directory
    """
    file = read_whole(path, CSV_LIMIT)
    return WholeFile(file.path, _refuse_larger(file.content, file.name))


def unpack(file: WholeFile) -> bytes:
    """Return what a .csv.gz holds.

    Raises
    ------
    InputError
        If it is damaged, or larger unpacked than any official table.
    """
    try:
        with gzip.open(io.BytesIO(file.content)) as unpacked:
            return _refuse_larger(unpacked.read(CSV_LIMIT + 1), file.name)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(file.path, getattr(error, "strerror", None) or str(error)) from None


def _refuse_larger(content: bytes, name: str) -> bytes:
    if len(content) > CSV_LIMIT:
        raise InputError(
            f"{name} is larger than {CSV_LIMIT:,} bytes, which no official table is: take the file as published"
        )
    return content
