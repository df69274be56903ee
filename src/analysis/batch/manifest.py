"""What was made from what: the digests that decide whether a report is up to date.

While a batch runs, each finished report is one line of a journal, so that a killed batch loses nothing; at the end
the journal is folded into `manifest.json`. Imports only the standard library: a run with nothing to do is quick.
"""

import contextlib
import hashlib
import io
import json
import os
import stat
import warnings
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from analysis.batch.jobs import ASIDE, Job
from analysis.batch.provenance import environment, file_digest
from analysis.errors import InputError

LOGS = "logs"
LOCK = ".lock"
MANIFEST, JOURNAL = "manifest.json", "manifest.journal"
NO_REPORTS = (ASIDE, LOCK, LOGS, MANIFEST, JOURNAL)
"""What lies in an output folder beside the reports."""
FORMAT = 1
"""Of the manifest: a later number has meanings that this code does not know."""

SIGNATURE = b'{\n "batch": '
"""How every manifest begins; what does not begin so is somebody else's."""

REPORTS = b'\n "reports": {'
"""Where in a manifest the reports begin: no text in it has a line of its own that begins so."""

PIECE = 1 << 20
"""Bytes that are read of a manifest at a time."""


def open_plain(path: Path, flags: int) -> int:
    """Return the descriptor of a file of this folder's own, opened so that nothing else is touched or waited for.

    Raises
    ------
    InputError
        If it is a link, a pipe or anything but a plain file, or is to be written and has a second name.
    """
    try:
        descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o644)
    except OSError as error:
        if path.is_symlink() or path.is_dir():
            raise InputError(f"{path}: is a {'link' if path.is_symlink() else 'folder'}; remove it") from None
        raise error
    found = os.fstat(descriptor)
    is_written = bool(flags & (os.O_WRONLY | os.O_RDWR))
    if stat.S_ISREG(found.st_mode) and not (is_written and found.st_nlink > 1):
        return descriptor
    os.close(descriptor)
    raise InputError(f"{path}: is no plain file, or has a second name; remove it")


def _read_plain(path: Path) -> bytes:
    """Return the content of a file of the folder's own, empty if it is not there."""
    try:
        with os.fdopen(open_plain(path, os.O_RDONLY), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); remove it") from None


class Manifest:
    """The record of an output folder: `reports` is {stem: entry}, `batch` the last batch that made all it was asked.

    An entry has `study`, `name`, `status` (made or failed), `inputs` (digests), `parameters`, `files` (path: sha256),
    `seconds`, and `error` where it failed. `batch` has `question` (digest of what was asked and of all that the answer
    is made from), `folder` (digest of the names, sizes and times of all files then) and `studies`, {stem: study, empty
    for a page}; it is empty if there was none. It comes first in the file and is read alone: the reports are read when
    one is asked for, which a folder where nothing has changed does without.

    Parameters
    ----------
    output : Path
        The folder of all reports.
    """

    def __init__(self, output: Path):
        self._output = Path(output)
        self._path, self._journal_path = self._output / MANIFEST, self._output / JOURNAL
        self._journal: io.FileIO | None = None
        said = self._read_head() or self._said
        self.batch = {} if self._read_journal() else said["batch"]
        self.not_reportable = said["not_reportable"]

    @cached_property
    def _said(self) -> dict[str, dict[str, Any]]:
        return self._read()

    @cached_property
    def reports(self) -> dict[str, Any]:
        """The entries of the manifest, and those of a batch that was killed."""
        return self._said["reports"] | self._read_journal()

    def is_current(self, job: Job, inputs: dict[str, Any]) -> bool:
        """Return whether a job's files are there as they were made from these inputs and parameters."""
        entry = self.reports.get(job.stem, {})
        made_so = entry.get("inputs"), entry.get("parameters")
        has_notebook = not job.notebook or f"{job.stem}.ipynb" in entry.get("files", {})
        return made_so == (inputs, job.parameters) and has_notebook and self._is_whole(job.stem)

    def has_changed_notebook(self, job: Job, digest: str | None) -> bool:
        """Return whether a job's report was made from its notebook as it was before a change."""
        made_from = self.reports.get(job.stem, {}).get("inputs", {}).get("notebook")
        return made_from is not None and made_from != digest

    def is_answered(self, question: str) -> bool:
        """Return whether the last whole batch was this question's, and left every file as it is now."""
        asked = bool(self.batch.get("studies")) and self.batch.get("question") == question
        return asked and self.batch.get("folder") == self._folder_digest()

    def _is_whole(self, stem: str) -> bool:
        entry = self.reports.get(stem, {})
        files: dict[str, str] = entry.get("files", {}) if entry.get("status") == "made" else {}
        own = f"{stem}.", f"{stem}/"
        return bool(files) and all(
            path.startswith(own) and file_digest(self._output / path) == digest for path, digest in files.items()
        )

    def _folder_digest(self) -> str:
        """Return a digest of the names, sizes and times of all that lies in the folder, beside the record and the logs.

        A file that was changed has another time of change, which cannot be set; one that was copied here has too, and
        then the digests of the files' content decide, as for every report that is asked for in another batch.
        """
        lines = "".join(_listed(self._output, ""))
        return hashlib.sha256(lines.encode(errors="surrogateescape")).hexdigest()

    def keep_answer(self, question: str, stems: list[str]) -> None:
        """Keep that a batch has made all that was asked."""
        entries = {stem: self.reports[stem] for stem in stems}
        studies = {stem: entry["study"] if entry["inputs"]["notebook"] else "" for stem, entry in entries.items()}
        self.batch = {"question": question, "folder": self._folder_digest(), "studies": studies}

    def begin(self) -> io.FileIO:
        """Open the journal, before any report is made: it marks the folder as a batch's; return it."""
        if self._journal is None:
            self._journal = io.FileIO(open_plain(self._journal_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab")
        return self._journal

    def record(self, job: Job, entry: dict[str, Any]) -> None:
        """Keep a report's entry, on disk at once; from then on the folder answers no earlier batch's question."""
        self.reports[job.stem], self.batch = entry, {}
        self.begin().write(json.dumps({job.stem: entry}).encode() + b"\n")

    def close(self, not_reportable: dict[str, str]) -> None:
        """Write `manifest.json` whole and drop the journal; a manifest that says the same is left alone."""
        if self._journal is not None:
            self._journal.close()
        said = {"batch": self.batch, "not_reportable": not_reportable, "reports": self.reports}
        if self._journal is None and said == self._said:
            return
        content = said | {"environment": environment(), "format": FORMAT}
        aside = self._output / ASIDE / self._path.name
        with open(aside, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, self._path)
        self._journal_path.unlink(missing_ok=True)

    def _read_head(self) -> dict[str, Any]:
        """Return what the manifest says before its reports; empty where that cannot be told without reading them."""
        head = b""
        with contextlib.suppress(OSError), os.fdopen(open_plain(self._path, os.O_RDONLY), "rb") as file:
            while REPORTS not in head and (piece := file.read(PIECE)):
                head += piece
        before, found, _ = head.partition(REPORTS)
        content = self._known(_parsed(before + REPORTS + b"}}") if found else {})
        return content if all(isinstance(content.get(name), dict) for name in ("batch", "not_reportable")) else {}

    def _read(self) -> dict[str, dict[str, Any]]:
        nothing: dict[str, dict[str, Any]] = {"batch": {}, "not_reportable": {}, "reports": {}}
        text = _read_plain(self._path)
        if not text:
            return nothing
        if not text.startswith(SIGNATURE):
            raise InputError(f"{self._path}: is no record of reports; choose another --output")
        content = self._known(_parsed(text))
        if not all(isinstance(content.get(name), dict) for name in nothing) or not _are_entries(content["reports"]):
            warnings.warn(f"{self._path} is damaged and is taken as absent: all reports are made again", stacklevel=2)
            return nothing
        return {name: content[name] for name in nothing}

    def _known(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return what a manifest says, unless later code wrote it."""
        if isinstance(made_by := content.get("format", FORMAT), int) and made_by > FORMAT:
            raise InputError(
                f"{self._path}: was written by a later version of this package; update it, or choose another --output"
            )
        return content

    def _read_journal(self) -> dict[str, dict[str, Any]]:
        reports: dict[str, dict[str, Any]] = {}
        for line in _read_plain(self._journal_path).splitlines():
            entries = _parsed(line)
            if _are_entries(entries):
                reports |= entries
        return reports


def _listed(folder: Path, below: str) -> Iterator[str]:
    """Yield a line for all that lies in a folder of reports, the record and the logs aside, in the order of names."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=attrgetter("name"))
    for entry in found:
        name = f"{below}{entry.name}"
        if not below and entry.name in NO_REPORTS:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield f"{name}/\n"
            yield from _listed(Path(entry.path), f"{name}/")
            continue
        try:
            state = entry.stat()
        except OSError:
            yield f"{name}\n"
        else:
            yield f"{name} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}\n"


def _parsed(text: bytes) -> dict[str, Any]:
    """Return the JSON object that a text is, empty if it is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _are_entries(reports: dict[str, Any]) -> bool:
    """Return whether all values are entries of reports, whatever they say."""
    return all(isinstance(entry, dict) and isinstance(entry.get("files", {}), dict) for entry in reports.values())


def write_log(output: Path, job: Job, entry: dict[str, Any], detail: str) -> None:
    """Write a report's log: what was asked, what came of it, and the traceback where it failed."""
    path = job.path(Path(output) / LOGS, ".log")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(entry, indent=1)}\n{detail}", encoding="utf-8")
