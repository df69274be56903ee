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


def project_digests(package: Path = PACKAGE, lock_file: Path = LOCK_FILE) -> dict[str, str | None]:
    """Return one sha256 over every file of the package (source, templates, style sheets) and one of the lock.

    Examples
    --------
    >>> sorted(project_digests())
    ['code', 'lock']
    """
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(package).as_posix()}\0{file_digest(path)}\n".encode())
    return {"code": digest.hexdigest(), "lock": file_digest(lock_file)}


class Manifest:
    """The record of an output folder: `reports` is {stem: entry}.

    An entry has `study`, `name`, `status` (made or failed), `inputs` (digests), `parameters`, `files` (path: sha256),
    `seconds`, and `error` where it failed.

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
        self.reports = self._said[0] | self._read_journal()

    def is_current(self, job: Job, inputs: dict) -> bool:
        """Return whether a job's files are there as they were made from these inputs and parameters."""
        entry = self.reports.get(job.stem, {})
        made_so = (entry.get("status"), entry.get("inputs"), entry.get("parameters"))
        if made_so != ("made", inputs, job.parameters):
            return False
        return all(file_digest(self._output / path) == digest for path, digest in entry["files"].items())

    def record(self, job: Job, entry: dict) -> None:
        """Keep a report's entry, on disk at once."""
        self.reports[job.stem] = entry
        if self._journal is None:
            self._journal = self._journal_path.open("ab", buffering=0)
        self._journal.write(json.dumps({job.stem: entry}).encode() + b"\n")

    def close(self, not_reportable: dict[str, str]) -> None:
        """Write `manifest.json` whole and drop the journal; a manifest that says the same is left alone."""
        if self._journal is not None:
            self._journal.close()
        elif self._said == (self.reports, not_reportable):
            return
        content = {"environment": environment(), "not_reportable": not_reportable, "reports": self.reports}
        aside = self._output / ASIDE / self._path.name
        with open(aside, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, self._path)
        self._journal_path.unlink(missing_ok=True)

    def _read(self) -> tuple[dict, dict]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return content["reports"], content["not_reportable"]
        except FileNotFoundError:
            return {}, {}
        except OSError as error:
            raise InputError(f"{self._path}: cannot be read ({error.strerror}); remove it") from None
        except (ValueError, KeyError, TypeError):
            warnings.warn(f"{self._path} is damaged and is taken as absent: all reports are made again", stacklevel=2)
            return {}, {}

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
