"""What was made from what: the digests that decide whether a report is up to date.

While a batch runs, each finished report is one line of a journal, so that a killed batch loses nothing; at the end
the journal is folded into `manifest.json`. Imports only the standard library: a run with nothing to do is quick.
"""

import hashlib
import json
import os
import platform
import warnings
from pathlib import Path

import analysis
from analysis.batch.jobs import ASIDE, Job
from analysis.errors import InputError

PACKAGE = Path(analysis.__file__).parent
LOCK_FILE = PACKAGE.parents[1] / "requirements.lock"
LOGS = "logs"
LOCK = ".lock"
NO_REPORTS = (ASIDE, LOCK, LOGS, "manifest.json", "manifest.journal")
"""What lies in an output folder beside the reports."""
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
        self._path, self._journal_path = self._output / "manifest.json", self._output / "manifest.journal"
        self._journal = None
        self._said = self._read()
        journal = self._read_journal()
        self.reports, self.batch = self._said["reports"] | journal, {} if journal else self._said["batch"]
        self.not_reportable = self._said["not_reportable"]

    def is_current(self, job: Job, inputs: dict) -> bool:
        """Return whether a job's files are there as they were made from these inputs and parameters."""
        entry = self.reports.get(job.stem, {})
        made_so = entry.get("inputs"), entry.get("parameters")
        return made_so == (inputs, job.parameters) and self._is_whole(job.stem)

    def is_answered(self, question: str) -> bool:
        """Return whether the last whole batch was this question's, and left every file as it is now."""
        if (self.batch.get("question"), self.batch.get("folder")) != (question, self._folder_digest()):
            return False
        return all(map(self._is_whole, self.batch.get("stems", [])))

    def _is_whole(self, stem: str) -> bool:
        entry = self.reports.get(stem, {})
        return entry.get("status") == "made" and all(
            file_digest(self._output / path) == digest for path, digest in entry["files"].items()
        )

    def _folder_digest(self) -> str:
        """Return a digest of the names of all that lies in the folder, beside the record and the logs."""
        paths = (path.relative_to(self._output) for path in self._output.rglob("*"))
        names = sorted(path.as_posix() for path in paths if path.parts[0] not in NO_REPORTS)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    def keep_answer(self, question: str, stems: list[str]) -> None:
        """Keep that a batch has made all that was asked."""
        self.batch = {"question": question, "folder": self._folder_digest(), "stems": sorted(stems)}

    def record(self, job: Job, entry: dict) -> None:
        """Keep a report's entry, on disk at once; from then on the folder answers no earlier batch's question."""
        self.reports[job.stem], self.batch = entry, {}
        if self._journal is None:
            self._journal = self._journal_path.open("ab", buffering=0)
        self._journal.write(json.dumps({job.stem: entry}).encode() + b"\n")

    def close(self, not_reportable: dict[str, str]) -> None:
        """Write `manifest.json` whole and drop the journal; a manifest that says the same is left alone."""
        if self._journal is not None:
            self._journal.close()
        said = {"batch": self.batch, "not_reportable": not_reportable, "reports": self.reports}
        if self._journal is None and said == self._said:
            return
        content = said | {"environment": environment()}
        aside = self._output / ASIDE / self._path.name
        with open(aside, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, self._path)
        self._journal_path.unlink(missing_ok=True)

    def _read(self) -> dict[str, dict]:
        nothing = {"batch": {}, "not_reportable": {}, "reports": {}}
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return {name: dict(content[name]) for name in nothing}
        except FileNotFoundError:
            return nothing
        except OSError as error:
            raise InputError(f"{self._path}: cannot be read ({error.strerror}); remove it") from None
        except (ValueError, KeyError, TypeError):
            warnings.warn(f"{self._path} is damaged and is taken as absent: all reports are made again", stacklevel=2)
            return nothing

    def _read_journal(self) -> dict:
        reports = {}
        if self._journal_path.exists():
            for line in self._journal_path.read_bytes().splitlines():
                try:
                    reports.update(json.loads(line))
                except (ValueError, TypeError):
                    continue
        return reports


def write_log(output: Path, job: Job, entry: dict, detail: str) -> None:
    """Write a report's log: what was asked, what came of it, and the traceback where it failed."""
    path = job.path(Path(output) / LOGS, ".log")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(entry, indent=1)}\n{detail}", encoding="utf-8")


def environment() -> dict:
    """Return the versions of Python and of the packages that make the reports."""
    from importlib import metadata

    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return {"python": platform.python_version(), "platform": platform.platform(), "packages": versions}
