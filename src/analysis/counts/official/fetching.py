"""Downloads the official workbooks by address and digest, and imports them.

`pooch` keeps the files and holds each against its sha256; the transfer itself is resumed by
`analysis.counts.official.transfer`, because pooch starts anew after every break. Of two downloads of one file at once
the second is refused.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from analysis.counts.digests import hash_file
from analysis.counts.folder import imported_folder, not_written
from analysis.counts.importing import Imported, find_same, import_official
from analysis.counts.locked import locked
from analysis.counts.names import offer_names
from analysis.counts.official.answers import shown
from analysis.counts.official.home_office import is_financial_year
from analysis.counts.official.transfer import IN_A_BROWSER, Brought, Transfer
from analysis.counts.releases import is_built_in
from analysis.counts.tables import Row, read_table
from analysis.errors import InputError

DOWNLOADS = ".downloads"
"""The folder of downloads among the imported releases; the dot keeps it apart from them."""


@dataclass(frozen=True)
class Fetched:
    """What became of each year: what was imported, and why the others failed."""

    imported: dict[str, Imported]
    failed: dict[str, str]


def fetch_years(
    years: list[str],
    *,
    accept: str | None = None,
    release: str | None = None,
    replace: bool = False,
    transfer: Transfer | None = None,
) -> Fetched:
    """Download and import the official tables of some years; a year that fails leaves the others alone.

    Parameters
    ----------
    years
        Financial years, e.g. `2021/22`.
    accept
        The sha256 of a new edition to take instead of the listed one; for one year only.
    release
        Id of the release, for one year only; that of the year if not given, with the edition where the project comes
        with a release of that year.
    replace
        Whether an imported release with this id gives way.
    transfer
        How files are brought.

    Raises
    ------
    InputError
        If a year is not listed, or an option is for one year and there are several; nothing is downloaded then.

    Examples
    --------
    >>> fetch_years(["1984/85"])
    Traceback (most recent call last):
    ...
    analysis.errors.InputError: there is no table of the year '1984/85'; there are 12 known names, such as '2014/15'
    """
    files = [find_file(year) for year in years]
    if len(files) != 1 and (accept or release):
        raise InputError("--accept and --release are for one year: fetch the years one by one")
    if accept and not re.fullmatch(r"[0-9a-f]{64}", accept):
        raise InputError(f"--accept {accept!r} is not a sha256: it has 64 digits and letters a to f")
    imported, failed = {}, {}
    for file in files:
        name, digest = release or default_id(file), accept or file["sha256"]
        try:
            imported[file["financial_year"]] = (not replace and find_same(name, digest)) or import_official(
                download(file, digest, transfer or Transfer()), release=name, replace=replace
            )
        except InputError as error:
            failed[file["financial_year"]] = str(error)
    return Fetched(imported, failed)


def find_file(year: str) -> Row:
    """Return the listed file of a financial year, written `2021/22` or `2021-22`.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> find_file("2021-22")["filename"]
    'prc-outcomes-open-data-mar2022-tables-240725.xlsx'
    """
    files = {row["financial_year"]: row for row in read_table("official_files.csv")}
    written = year.strip().replace("-", "/")
    if not is_financial_year(written):
        raise InputError(f"{year!r} is not a financial year: write it like 2021/22")
    if written not in files:
        raise InputError(f"there is no table of the year {year!r}; {offer_names(year, files)}")
    return files[written]


def default_id(file: Row) -> str:
    """Return the id of the release of a listed file; its edition is part of it where the year is built in.

    Examples
    --------
    >>> default_id(find_file("2021/22")), default_id(find_file("2018/19"))
    ('home-office-2021-22', 'home-office-2018-19-240724')
    """
    name = f"home-office-{file['financial_year'].replace('/', '-')}"
    return f"{name}-{re.findall(r'[0-9]+', file['filename'])[-1]}" if is_built_in(name) else name


def download(file: Row, digest: str, transfer: Transfer) -> Path:
    """Return the path of a listed file with this digest, downloaded if it is not there.

    Parameters
    ----------
    file
        A row of official_files.csv.
    digest
        The sha256 that it must have.
    transfer
        How it is brought.

    Raises
    ------
    InputError
        If it does not arrive, is another file, or another process is downloading it.
    """
    folder = imported_folder() / DOWNLOADS
    part = folder / f"{file['filename']}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(part, wait=False) as held:
            if not held:
                raise InputError(
                    f"another process is downloading {file['filename']}: wait until it has ended, then run the command "
                    "again"
                )
            try:
                return _download(file, digest, transfer, part)
            finally:
                if part.exists() and not part.stat().st_size:
                    part.unlink()
    except OSError as error:
        raise not_written(folder, error) from None


def _download(file: Row, digest: str, transfer: Transfer, part: Path) -> Path:
    import pooch

    pooch.get_logger().setLevel("ERROR")
    arrived = _Arrived()

    def bring(address: str, target: str, _: object) -> None:
        brought = transfer.run(address, Path(target), part, file["bytes"])
        arrived.look_at(Path(target), brought)

    for _ in range(2):
        try:
            return Path(
                pooch.retrieve(
                    file["address"],
                    known_hash=f"sha256:{digest}",
                    fname=file["filename"],
                    path=part.parent,
                    downloader=bring,
                )
            )
        except InputError:
            raise
        except ValueError:  # pooch: the digest differs.
            # Parts of two answers may be of two editions: what is wrong is asked for once more, whole.
            if arrived.is_of_one:
                break
    raise arrived.explain(file, digest)


class _Arrived:
    """What can be said of a file that is not the wanted one, looked at before it is removed."""

    is_of_one: bool

    def look_at(self, path: Path, brought: Brought) -> None:
        self._sha256, self._bytes, self.is_of_one = hash_file(path), path.stat().st_size, brought.is_of_one
        self._whole = brought.length in (None, self._bytes) and _is_whole_workbook(path)

    def explain(self, file: Row, digest: str) -> InputError:
        about = (
            f"the file at {shown(file['address'])} has {self._bytes:,} bytes and sha256 {self._sha256}, not {digest}"
        )
        if self._bytes == file["bytes"]:
            return InputError(
                f"{about}, but the length of the listed one: it was changed on the way; run the command again later, "
                f"or {IN_A_BROWSER}"
            )
        if not self._whole:
            return InputError(
                f"{about}, and is no whole workbook: it was cut off or changed on the way; run the command again later"
            )
        return InputError(
            f"{about}: the publisher has issued a new edition; to accept it, run charge-rates fetch "
            f"{file['financial_year']} --accept {self._sha256}"
        )


def _is_whole_workbook(path: Path) -> bool:
    """Return whether a file is an archive whose parts are all as they were packed, by their check sums."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return False
