"""What a report is made from: digests of files, of the project, and the versions that are installed.

Imports only the standard library: a run with nothing to do is quick.
"""

import contextlib
import hashlib
import platform
import re
from pathlib import Path
from typing import Any

import analysis

PACKAGE = Path(analysis.__file__).parent
LOCK_FILE = PACKAGE.parents[1] / "requirements.lock"
DISTRIBUTION = "charge-rates"
PACKAGES = (
    "ipykernel",
    "matplotlib",
    "nbclient",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "statsmodels",
)


def file_digest(path: str | Path) -> str | None:
    """Return the sha256 of a file's bytes, None if there is no such file."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


def tree_digest(folder: Path) -> str:
    """Return one sha256 over the names and bytes of all files of a folder, which need not be there.

    Examples
    --------
    >>> tree_digest(Path("absent"))[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts  # What is hidden is no input: downloads, checkpoints.
        if path.is_file() and "__pycache__" not in parts and not any(part.startswith(".") for part in parts):
            digest.update(f"{path.relative_to(folder).as_posix()}\0{file_digest(path)}\n".encode())
    return digest.hexdigest()


def project_digests(package: Path = PACKAGE, lock_file: Path = LOCK_FILE) -> dict[str, str | None]:
    """Return one sha256 over every file of the package (source, templates, style sheets) and one of the lock.

    Examples
    --------
    >>> sorted(project_digests())
    ['code', 'lock']
    """
    return {"code": tree_digest(package), "lock": file_digest(lock_file)}


def installed(name: str = DISTRIBUTION) -> dict[str, str]:
    """Return the versions of a distribution and of all that it needs and that is installed, {name: version}.

    Examples
    --------
    >>> {"papermill", "nbclient", "traitlets"} <= set(installed("papermill"))
    True
    """
    from importlib import metadata

    versions: dict[str, str] = {}
    waiting = [name]
    while waiting:
        name = re.sub("[-_.]+", "-", waiting.pop()).lower()
        if name in versions:
            continue
        with contextlib.suppress(metadata.PackageNotFoundError):
            found = metadata.distribution(name)
            versions[name] = found.version
            needed = [text for text in found.requires or [] if "extra ==" not in text]
            waiting += [re.split("[^A-Za-z0-9._-]", text)[0] for text in needed]
    return versions


def environment() -> dict[str, Any]:
    """Return the versions of Python and of the packages that make the reports."""
    from importlib import metadata

    versions: dict[str, str | None] = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return {"python": platform.python_version(), "platform": platform.platform(), "packages": versions}
