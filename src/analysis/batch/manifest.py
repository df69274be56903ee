"""What was made from what: the digests that decide whether a report is up to date.

While a batch runs, each finished report is one line of a journal, so that a killed batch loses nothing; at the end
the journal is folded into `manifest.json`. Imports only the standard library: a run with nothing to do is quick.
"""

import hashlib
import io
import json
import os
import stat
import warnings
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
    is made from), `folder` (digest of the names of all files then) and `stems`; empty if there was none.

    Parameters
    ----------
    output : Path
        The folder of all reports.
    """

    def __init__(self, output: Path):
        self._output = Path(output)
        self._path, self._journal_path = self._output / MANIFEST, self._output / JOURNAL
        self._journal: io.FileIO | None = None
        self._said = self._read()
        journal = self._read_journal()
        self.reports, self.batch = self._said["reports"] | journal, {} if journal else self._said["batch"]
        self.not_reportable = self._said["not_reportable"]

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
        if (self.batch.get("question"), self.batch.get("folder")) != (question, self._folder_digest()):
            return False
        stems: list[str] = self.batch.get("stems", [])
        return bool(stems) and all(map(self._is_whole, stems))

    def _is_whole(self, stem: str) -> bool:
        entry = self.reports.get(stem, {})
        files: dict[str, str] = entry.get("files", {}) if entry.get("status") == "made" else {}
        own = f"{stem}.", f"{stem}/"
        return bool(files) and all(
            path.startswith(own) and file_digest(self._output / path) == digest for path, digest in files.items()
        )

    def _folder_digest(self) -> str:
        """Return a digest of the names of all that lies in the folder, beside the record and the logs."""
        paths = (path.relative_to(self._output) for path in self._output.rglob("*"))
        names = sorted(path.as_posix() for path in paths if path.parts[0] not in NO_REPORTS)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    def keep_answer(self, question: str, stems: list[str]) -> None:
        """Keep that a batch has made all that was asked."""
        self.batch = {"question": question, "folder": self._folder_digest(), "stems": sorted(stems)}

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

    def _read(self) -> dict[str, dict[str, Any]]:
        nothing: dict[str, dict[str, Any]] = {"batch": {}, "not_reportable": {}, "reports": {}}
        text = _read_plain(self._path)
        if not text:
            return nothing
        if not text.startswith(SIGNATURE):
            raise InputError(f"{self._path}: is no record of reports; choose another --output")
        content = _parsed(text)
        if isinstance(made_by := content.get("format", FORMAT), int) and made_by > FORMAT:
            raise InputError(
                f"{self._path}: was written by a later version of this package; update it, or choose another --output"
            )
        if not all(isinstance(content.get(name), dict) for name in nothing) or not _are_entries(content["reports"]):
            warnings.warn(f"{self._path} is damaged and is taken as absent: all reports are made again", stacklevel=2)
            return nothing
        return {name: content[name] for name in nothing}

    def _read_journal(self) -> dict[str, dict[str, Any]]:
        reports: dict[str, dict[str, Any]] = {}
        for line in _read_plain(self._journal_path).splitlines():
            entries = _parsed(line)
            if _are_entries(entries):
                reports |= entries
        return reports


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
