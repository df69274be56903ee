"""Writes a file that somebody asked for by name: whole, or not at all."""

import os
from pathlib import Path

from analysis.errors import InputError


def write_output(content: bytes, path: str | Path, *, option: str) -> None:
    """Write a file aside and move it into place, so that nobody meets half of it; one that is there is replaced.

    Parameters
    ----------
    content
        Its bytes.
    path
        The file; its folder must be there. Of a symbolic link, what it leads to.
    option
        What to choose another of where it cannot be written, for the message.

    Raises
    ------
    InputError
        If it cannot be written, or something else than a file has its name; what was there is as it was.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_output(b"force", folder / "out.csv", option="-o FILE")
    >>> [(path.name, path.read_bytes()) for path in folder.iterdir()]
    [('out.csv', b'force')]
    """
    target = Path(os.path.realpath(path))
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    if target.exists() and not target.is_file():
        raise InputError(f"{path}: cannot be written (it is no file); choose another {option}")
    try:
        aside.write_bytes(content)
        aside.replace(target)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another {option}") from None
