"""The folder of imported releases: each is read against its digest, and written whole or not at all.

A release is a folder named by its id. `release.json` says what it is, as the tables of data/ do for the built-in ones:
release (a row of releases.csv), source (of sources.csv), offences (of offences.csv), limits (of limits.csv); which
forces have figures; what was asked for; what was announced; and the sha256 of the counts beside it.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.counts.digests import file_digest
from analysis.counts.folder import file_state, imported_folder, not_written
from analysis.counts.locked import locked
from analysis.counts.offence_codes import is_code_or_name
from analysis.errors import InputError

ABOUT = "release.json"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(@\d{4}-(0[1-9]|1[0-2]))?", re.ASCII)
"""Words joined by hyphens and, where it is one of several editions, the month of the edition: `@2024-07`."""
ASIDE = ".aside-"
"""How the folder begins that a release is written in before it is moved into place; its id and a dot follow."""
CLOSED = "closed.parquet"
"""What became of the investigations closed in the year, beside the counts."""
CLOSED_DIGEST = "closed_sha256"
PARTS = ("release", "source", "offences", "limits", "forces", "request", "announced", "sha256")


def list_imported() -> list[str]:
    """Return the ids of the imported releases, sorted.

    Examples
    --------
    >>> list_imported()
    []
    """
    _take_up(imported_folder())
    return sorted(path.parent.name for path in imported_folder().glob(f"[a-z0-9]*/{ABOUT}"))


def list_whole() -> list[str]:
    """Return the ids of the imported releases whose `release.json` can be read, sorted.

    Examples
    --------
    >>> list_whole()
    []
    """
    return [name for name in list_imported() if _is_whole(name)]


def _is_whole(name: str) -> bool:
    try:
        return read_imported(name) is not None
    except InputError:
        return False


def read_imported(release: str) -> dict[str, Any] | None:
    """Return what an imported release says of itself, None if there is no such release.

    Raises
    ------
    InputError
        If the file that says it is damaged.

    Examples
    --------
    >>> read_imported("home-office-1900-01") is None
    True
    """
    state = imported_state(release)
    return None if state is None else _read_about(*state)


def read_whole(release: str) -> dict[str, Any]:
    """Return what an imported release says of itself.

    Raises
    ------
    InputError
        If there is no such release, or the file that says it is damaged.
    """
    about = read_imported(release)
    if about is None:
        raise damaged(release)
    return about


def imported_state(release: str) -> tuple[str, int, int] | None:
    """Return what changes when a release is imported anew; None where there is no such release.

    Examples
    --------
    >>> imported_state("home-office-1900-01") is None
    True
    """
    path = imported_folder() / release / ABOUT
    if not is_id(release):
        return None
    if not path.is_file():
        _take_up(imported_folder())
    return file_state(path) if path.is_file() else None


def counts_path(release: str, name: str) -> Path:
    """Return the path of the counts of an imported release if they have the digest that they were written with.

    Raises
    ------
    InputError
        If they are missing or differ.
    """
    path = imported_folder() / release / name
    about = read_imported(release)
    if about is None or not path.is_file() or file_digest(path) != about[_digest_of(name)]:
        raise InputError(f"{place_of(release, name)} is not the file that was imported: import it again with --replace")
    return path


def _digest_of(name: str) -> str:
    return CLOSED_DIGEST if name == CLOSED else "sha256"


def place_of(release: str, name: str) -> str:
    """Return how a message names a file of an imported release.

    Examples
    --------
    >>> place_of("home-office-2021-22", "counts.parquet")
    'imported/home-office-2021-22/counts.parquet'
    """
    return f"imported/{release}/{name}"


def is_id(text: str) -> bool:
    """Return whether a text can be the id of a release: it names a folder and stands in study ids.

    Examples
    --------
    >>> is_id("home-office-2021-22"), is_id("../data"), is_id("My FOI")
    (True, False, False)
    >>> is_id("home-office-2018-19@2024-07"), is_id("home-office-2018-19@2024"), is_id("home-office-2018-19@2024-13")
    (True, False, False)
    """
    return ID.fullmatch(text) is not None and len(text) <= 80


def closed_path(release: str) -> Path | None:
    """Return the path of what was closed in the year of an imported release; None where it does not hold it.

    Raises
    ------
    InputError
        If the file is missing or is not the one that was imported.
    """
    about = read_imported(release)
    return counts_path(release, CLOSED) if about is not None and CLOSED_DIGEST in about else None


def write_imported(
    release: str,
    about: dict[str, Any],
    name: str,
    write_counts: Callable[[Path], None],
    *,
    replace: bool,
    write_closed: Callable[[Path], None] | None = None,
) -> None:
    """Write a release aside and move it into place when it is whole; of two imports at once one waits for the other.

    Parameters
    ----------
    release
        The id.
    about
        What `release.json` says, without the digest of the counts.
    name
        Name of the file of counts.
    write_counts
        Writes that file at the path it is given.
    replace
        Whether a release that is there gives way.
    write_closed
        Writes what was closed in the year, which no study reads, at the path it is given.

    Raises
    ------
    InputError
        If the folder cannot be written, or the place is taken: by a release, or by what no import made.
    """
    folder = imported_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, wait=True):
            _refuse_taken(folder / release, replace=replace)
            _write_aside(
                folder, release, about, {name: write_counts} | ({CLOSED: write_closed} if write_closed else {})
            )
    except OSError as error:
        raise not_written(folder, error) from None


def _write_aside(
    folder: Path, release: str, about: dict[str, Any], files: Mapping[str, Callable[[Path], None]]
) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{release}.", dir=folder))
    try:
        new = aside / "new"
        new.mkdir()
        content = dict(about)
        for name, write in files.items():
            write(new / name)
            content[_digest_of(name)] = file_digest(new / name)
        text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
        (new / ABOUT).write_text(text + "\n", encoding="utf-8", newline="\n")
        _move(new, folder / release, aside / "old")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _refuse_taken(target: Path, *, replace: bool) -> None:
    """Refuse a place that another import took meanwhile, or that holds what no import made."""
    if not target.exists() and not target.is_symlink():
        return
    others = [path for path in target.iterdir() if path.name not in (ABOUT, CLOSED)] if target.is_dir() else []
    if not (target / ABOUT).is_file() or len(others) > len(("its counts",)):
        raise InputError(f"{target} holds what no import made: move it away, or give another --release ID")
    if not replace:
        raise InputError(
            f"the release {target.name!r} was imported meanwhile: give another --release ID, or --replace to put this "
            "file in its place"
        )


def _take_up(folder: Path) -> None:
    """End what an import left that was killed: put in place the release that was to be replaced, remove the rest."""
    try:
        left = sorted(folder.glob(f"{ASIDE}*"))
        if not left:
            return
        with locked(folder, wait=False) as held:
            for aside in left if held else ():
                _put_back(aside, folder / aside.name.removeprefix(ASIDE).rpartition(".")[0])
    except OSError:  # Who cannot write there reads what is there.
        return


def _put_back(aside: Path, target: Path) -> None:
    """Put the new release in its place where the old one is out of it already: it was whole by then."""
    if (aside / "old").is_dir() and not target.exists():
        os.replace(aside / "new", target)
    shutil.rmtree(aside, ignore_errors=True)


def _move(new: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another; if that fails, the other is where it was."""
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(new, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise


@lru_cache(maxsize=64)
def _read_about(path: str, changed: int, size: int) -> dict[str, Any]:
    folder = Path(path).parent.name
    try:
        about: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
        whole = set(about) - {CLOSED_DIGEST} == set(PARTS) and about["release"]["id"] == folder and _has_shape(about)
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        whole = False
    if not whole:
        raise damaged(folder)
    return about


def damaged(release: str) -> InputError:
    """Return the error that says that an imported release does not say what it is.

    Examples
    --------
    >>> str(damaged("my-foi"))
    'imported/my-foi/release.json is damaged: import the file again with --replace, or remove the folder'
    """
    return InputError(
        f"{place_of(release, ABOUT)} is damaged: import the file again with --replace, or remove the folder"
    )


def _has_shape(about: dict[str, Any]) -> bool:
    """Return whether each part is of its type, the code of each offence a text that stays inside its folder."""
    tables = [about["offences"], about["limits"]]
    return (
        all(isinstance(about[part], dict) for part in ("release", "source", "request"))
        and all(isinstance(row, dict) for table in tables for row in table)
        and all(isinstance(row["sentence"], str) for row in about["limits"])
        and all(isinstance(text, str) for part in ("forces", "announced") for text in about[part])
        and all(isinstance(row["title"], str) and is_code_or_name(row["code"]) for row in about["offences"])
    )
