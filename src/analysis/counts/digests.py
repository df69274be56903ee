"""SHA256SUMS: which bytes the figures had when they were reviewed."""

import hashlib
from functools import lru_cache
from pathlib import Path

from analysis.counts.folder import data_folder, file_state, list_files
from analysis.errors import InputError

SUMS = "SHA256SUMS"


def write_sums(folder: Path | None = None) -> Path:
    """Write the digest of every file of `folder` (the data folder if not given) and return the file written.

    Run it after a reviewed change of the figures: `python -c "from analysis.counts.digests import write_sums;
    write_sums()"`. The format is that of `sha256sum`, so `sha256sum --check SHA256SUMS` reads it too.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_bytes(b"force")
    >>> write_sums(folder).read_text()[:12]
    '32500d7500ce'
    """
    folder = folder or data_folder()
    lines = [f"{_digest(*file_state(folder / name))}  {name}\n" for name in list_files(folder)]
    path = folder / SUMS
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def verify_file(folder: Path, name: str) -> Path:
    """Return the path of the file `name` of `folder` if its digest is the listed one.

    A file is read once per process unless it changes, so asking again costs one look at its size and time.

    Raises
    ------
    InputError
        If the file is missing, not listed, or differs (both digests are named).

    Examples
    --------
    >>> verify_file(data_folder(), "forces.csv").name
    'forces.csv'
    """
    path = folder / name
    actual = _digest(*file_state(path))
    listed = read_sums(folder).get(name)
    if listed is None:
        raise InputError(f"data/{name} is not listed in data/{SUMS}: remove it, or list it with write_sums()")
    if actual != listed:
        raise InputError(
            f"data/{name} has sha256 {actual} but data/{SUMS} lists {listed}: restore the file, or review the change "
            "and renew the list with write_sums()"
        )
    return path


def read_sums(folder: Path) -> dict[str, str]:
    """Return the listed digest of each file, by path inside `folder`.

    Raises
    ------
    InputError
        If the list is missing or a line of it is not a digest and a path.

    Examples
    --------
    >>> len(read_sums(data_folder())["forces.csv"])
    64
    """
    return _parse_sums(*file_state(folder / SUMS))


def file_digest(path: Path) -> str:
    """Return the sha256 of a file, read once per process unless it changes.

    Examples
    --------
    >>> file_digest(data_folder() / SUMS) == data_digest()
    True
    """
    return _digest(*file_state(path))


def data_digest() -> str:
    """Return the version of the data: the sha256 of its list of digests.

    Examples
    --------
    >>> len(data_digest())
    64
    """
    return _digest(*file_state(data_folder() / SUMS))


def hash_file(path: Path) -> str:
    """Return the sha256 of a file's bytes as they are now.

    Examples
    --------
    >>> hash_file(data_folder() / SUMS) == data_digest()
    True
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=256)
def _digest(path: str, changed: int, size: int) -> str:
    return hash_file(Path(path))


@lru_cache(maxsize=16)
def _parse_sums(path: str, changed: int, size: int) -> dict[str, str]:
    sums = {}
    for number, line in enumerate(Path(path).read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        digest, gap, name = line[:64], line[64:66], line[66:]
        if gap != "  " or not name or set(digest) - set("0123456789abcdef"):
            raise InputError(f"data/{SUMS}, line {number}: {line!r} is not a digest, two spaces and a path: restore it")
        sums[name] = digest
    return sums
