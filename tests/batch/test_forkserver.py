"""The pool starts where it is started badly: among modules of a stranger, in a long path, with a signal blocked."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from batch_fixture import write_notebook

from analysis.batch import forkserver
from analysis.batch.executor import ChildExecutor
from analysis.errors import InputError

if os.name != "posix":
    pytest.skip("there is a forkserver on POSIX alone", allow_module_level=True)

SHADOWED = ("analysis", "calendar", "csv", "json", "numpy", "os", "random", "runpy", "selectors", "signal", "types")
"""Names of modules that a pool, a kernel or a report imports, and that a folder of data may well hold."""
SCRIPT = str(Path(__file__).with_name("batch_fixture.py"))
REPORT = [str(Path(sys.executable).with_name("charge-rates")), "report", "Gwent", "--study", "radar-2022/8-71/charged"]


def start(command, folder, **options):
    """Run a command in a folder; return its status and what it wrote to standard error."""
    environment = os.environ | options.pop("env", {})
    environment.pop("PYTEST_CURRENT_TEST", None)
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, **options)
    return run.returncode, run.stderr


def batch_command(notebook, **options):
    """Return the command that makes two reports into the current folder."""
    return [sys.executable, SCRIPT, "reports", notebook, "2", json.dumps(options)]


def shadow(folder):
    """Fill a folder with modules that leave a trace and end whoever imports them."""
    folder.mkdir()
    for name in SHADOWED:
        (folder / f"{name}.py").write_text(f"open({str(folder / 'imported')!r}, 'a').write(__name__)\nraise SystemExit")
    return folder


def test_the_command_and_its_pool_import_nothing_from_the_current_folder(tmp_path):
    folder = shadow(tmp_path / "strange")
    assert start(REPORT, folder) == (0, "")
    assert not (folder / "imported").exists()


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_an_engine_starts_beside_a_notebook_among_strange_modules(tmp_path, engine):
    folder = shadow(tmp_path / "strange")
    notebook = write_notebook(folder / "n.ipynb", "n = 0", "print(n)")
    assert start(batch_command(notebook, engine=engine), folder) == (0, "")
    assert not (folder / "imported").exists()


@pytest.mark.parametrize(("asked", "seen"), [({}, None), ({"PYTHONSAFEPATH": "yes"}, "yes")])
def test_what_a_notebook_starts_is_as_in_jupyter(monkeypatch, asked, seen):
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    with ChildExecutor(1) as executor:
        assert executor.submit(os.getenv, "PYTHONSAFEPATH").result() == seen
    assert os.environ.get("PYTHONSAFEPATH") == seen


def long_folder(tmp_path):
    """Return a folder as batch queues and build systems give, too long for a socket."""
    folder = tmp_path / ("x" * 60) / ("y" * 50)
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_a_long_path_of_temporary_files_is_no_hindrance(tmp_path, engine):
    notebook = write_notebook(tmp_path / "n.ipynb", "n = 0", "print(n)")
    environment = {"TMPDIR": str(long_folder(tmp_path))}
    assert start(batch_command(notebook, engine=engine), tmp_path, env=environment) == (0, "")


def test_a_long_path_without_a_short_one_is_one_sentence(tmp_path, monkeypatch):
    folder = str(long_folder(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", folder)
    monkeypatch.setattr(forkserver, "SHORT_FOLDERS", [str(tmp_path / "absent")])
    with pytest.raises(InputError) as caught, forkserver.surroundings([], {}):
        pass
    assert str(caught.value) == (
        f"{folder}: is too long for a socket's address; set TMPDIR to a folder of at most 70 characters"
    )


def block_sigchld():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})


def ignore_sigchld():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)


@pytest.mark.parametrize("engine", ["warm", "kernel"])
@pytest.mark.parametrize("inherited", [block_sigchld, ignore_sigchld])
def test_a_parent_that_hears_of_no_child_does_not_make_the_batch_wait(tmp_path, inherited, engine):
    cell = "import subprocess; assert subprocess.run(['false']).returncode == 1"
    notebook = write_notebook(tmp_path / "n.ipynb", "n = 0", cell)
    command = batch_command(notebook, engine=engine, timeout=60)
    assert start(command, tmp_path, preexec_fn=inherited) == (0, "")


def environment_of_child():
    return os.environ.get("MARK")


def test_the_forkserver_is_the_executor_s_own():
    """A second executor's children are not forked from the first one's memory; nothing of the first is left."""
    seen = []
    for mark in ("one", "two"):
        with ChildExecutor(1, environment={"MARK": mark}) as executor:
            seen.append(executor.submit(environment_of_child).result())
    assert seen == ["one", "two"]
