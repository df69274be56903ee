"""Where the figures lie on this machine; knows nothing of what is in them."""

import os
from pathlib import Path

from analysis.errors import InputError

DATA_VARIABLE = "CHARGE_RATES_DATA"
IMPORTED_VARIABLE = "CHARGE_RATES_IMPORTED"
CHECKOUT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Return the folder of the committed figures.

    `CHARGE_RATES_DATA` names it where it is set; otherwise it is `data/` in the checkout that the package is
    installed from.

    Raises
    ------
    InputError
        If there is no such folder.

    Examples
    --------
    >>> data_folder().name
    'data'
    """
    named = os.environ.get(DATA_VARIABLE)
    folder = Path(named) if named else CHECKOUT / "data"
    if not folder.is_dir():
        raise InputError(f"there is no folder of figures at {folder}: set {DATA_VARIABLE} to the project's data folder")
    return folder


def imported_folder() -> Path:
    """Return the folder for imported and downloaded figures, which need not exist yet.

    `CHARGE_RATES_IMPORTED` names it where it is set; otherwise it is `imported/` beside the folder of the committed
    figures, so that notebooks find it from wherever they run.

    Examples
    --------
    >>> imported_folder().is_absolute()
    True
    """
    named = os.environ.get(IMPORTED_VARIABLE)
    return Path(named).absolute() if named else data_folder().absolute().parent / "imported"


def not_written(folder: Path, error: OSError) -> InputError:
    """Return the error that says that a folder of imported or downloaded figures cannot be written.

    Examples
    --------
    >>> str(not_written(Path("imported"), PermissionError(13, "Permission denied")))
    'the folder imported cannot be written (Permission denied): set CHARGE_RATES_IMPORTED to another one'
    """
    return InputError(
        f"the folder {folder} cannot be written ({error.strerror}): set {IMPORTED_VARIABLE} to another one"
    )


def list_files(folder: Path) -> list[str]:
    """Return the paths inside `folder`, with forward slashes, sorted; hidden files and SHA256SUMS itself left out.

    Examples
    --------
    >>> "forces.csv" in list_files(data_folder())
    True
    """
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in paths
        if path.name != "SHA256SUMS" and not any(part.startswith(".") for part in path.parts)
    )


def file_state(path: Path) -> tuple[str, int, int]:
    """Return path, time of change and size: a key that changes when the file does, without reading it."""
    try:
        stat = path.stat()
    except OSError:
        raise InputError(f"the file {path} is missing: restore it from the project's repository") from None
    return str(path), stat.st_mtime_ns, stat.st_size
