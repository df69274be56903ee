"""The batch killed, starved and misused: nothing half made, the failure named, and the next run finishes.

Each drill runs a batch as a process of its own. Afterwards every file under its final name must be, byte for byte, one
of an undisturbed run, and a further batch must complete the set.
"""

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import pytest
from batch_fixture import tree, write_notebook

if os.name != "posix":
    pytest.skip("the drills need POSIX signals and limits", allow_module_level=True)

NUMBER, WORKERS = 6, 2
SLOW = "import time; time.sleep(0.15); print('x' * 60_000, n)"
TROUBLE = """\
import os, signal, subprocess, time
if n == 1:
    raise ValueError('a reason')
if n == 2:
    subprocess.Popen(['sleep', '1000'])
    while True:
        pass
if n == 3:
    hoard = bytearray(20_000_000_000)
if n == 4:
    os.kill(os.getpid(), signal.SIGKILL)
if n == 5:
    os._exit(3)
"""
NAMED = {
    "warm": {
        "r/o/c/f1": "ValueError: a reason (cell 3)",
        "r/o/c/f2": "took longer than 4 seconds and was ended",
        "r/o/c/f3": "MemoryError:  (cell 3)",
        "r/o/c/f4": "its process was killed by signal 9 before the report was done",
        "r/o/c/f5": "its process ended with exit code 3 before the report was done",
    },
}
NAMED["kernel"] = NAMED["warm"] | {
    "r/o/c/f4": "DeadKernelError: Kernel died",
    "r/o/c/f5": "DeadKernelError: Kernel died",
}


class Batch:
    """A batch as a process of its own, found again with all that it started by a mark in the environment."""

    def __init__(self, output, notebook, number=NUMBER, limit=None, **options):
        self.mark = uuid.uuid4().hex
        environment = os.environ | {"DRILL": self.mark}
        environment.pop("PYTEST_CURRENT_TEST", None)
        script = Path(__file__).with_name("batch_fixture.py")
        self.process = subprocess.Popen(
            [sys.executable, script, output, notebook, str(number), json.dumps(options)],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
            preexec_fn=limit,
        )
        self.output = output

    def relatives(self):
        """Return all living processes of this batch."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("DRILL") == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def children(self):
        """Return the processes that make reports: those that lead a group of their own, and the forkserver made."""
        leaders = [one for one in self.relatives() if _group(one.pid) == one.pid != self.process.pid]
        servers = self.forkserver()
        return [one for one in leaders if one not in servers]

    def forkserver(self):
        """Return the process that the children are forked from, out of reach of the terminal's Ctrl-C."""
        own = psutil.Process(self.process.pid).children()
        return [one for one in own if "forkserver" in " ".join(one.cmdline())]

    def wait_for(self, what, seconds=60):
        """Wait until `what()` is true and return that."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if result := what():
                return result
            time.sleep(0.02)
        pytest.fail(f"waited {seconds} s in vain")

    def some_reports(self):
        """Return whether the first report is there."""
        return list(self.output.glob("r/o/c/*.html"))

    def end(self):
        """Return the exit status and what was written to standard error, once nothing of the batch lives."""
        errors = self.process.communicate(timeout=60)[1]
        self.wait_for(lambda: not self.relatives(), seconds=10)
        return self.process.returncode, errors


def _group(pid):
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return write_notebook(tmp_path_factory.mktemp("drills") / "slow.ipynb", "n = 0", SLOW)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, notebook):
    """All files of a run that nothing disturbed."""
    output = tmp_path_factory.mktemp("undisturbed") / "reports"
    assert Batch(output, notebook).end() == (0, "")
    return tree(output)


def assert_whole(output, undisturbed):
    """No half file under a final name; temporary ones are in the corner for them."""
    there = {path: content for path, content in tree(output).items() if not path.startswith(".")}
    there.pop("manifest.journal", None)
    assert {path for path, content in there.items() if undisturbed.get(path) != content} == set()
    return there


def assert_completed_by_next_run(output, notebook, undisturbed):
    status, errors = Batch(output, notebook).end()
    assert status == 0, errors
    assert tree(output) == undisturbed


MOMENTS = [("parent", 0), ("worker", 0), ("forkserver", 0), ("forkserver", 1), ("all", 0)]
"""Who is killed, and the seed of when: even while reports are made, odd while the batch starts."""
MOMENTS += [(victim, seed) for seed in range(2, int(os.environ.get("DRILLS", 2))) for victim, _ in MOMENTS[::2]]


@pytest.mark.parametrize(("victim", "seed"), MOMENTS)
def test_killed_at_a_random_moment(tmp_path, notebook, undisturbed, victim, seed):
    moment = random.Random(f"{victim}{seed}")
    batch = Batch(tmp_path / "reports", notebook)
    batch.wait_for((lambda: len(batch.relatives()) > 1) if seed % 2 else batch.some_reports)
    time.sleep(moment.uniform(0, 0.5))
    victims = {
        "parent": lambda: [batch.process],
        "worker": lambda: batch.children()[:1],
        "forkserver": batch.forkserver,
        "all": batch.relatives,
    }[victim]()
    for process in victims:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    status, errors = batch.end()
    done = assert_whole(batch.output, undisturbed)
    if victim in ("parent", "all"):
        assert status == -signal.SIGKILL
    else:
        # What ran in that moment is lost, by name, even if its files were just in place; what waited is made.
        lost = errors.count(": its process ")
        assert (status, lost <= WORKERS) == (1 if lost else 0, True)
        reports = json.loads((batch.output / "manifest.json").read_text())["reports"].values()
        made = {path for entry in reports if entry["status"] == "made" for path in entry["files"]}
        assert len(made) == len(undisturbed) - 3 * lost
        assert made <= set(done)
    assert_completed_by_next_run(batch.output, notebook, undisturbed)


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_nothing_outlives_a_killed_batch(tmp_path, engine):
    endless = "import subprocess; subprocess.Popen(['sleep', '1000'])\nwhile True:\n    pass"
    notebook = write_notebook(tmp_path / "endless.ipynb", "n = 0", endless)
    batch = Batch(tmp_path / "reports", notebook, 1, engine=engine)
    batch.wait_for(lambda: [one for one in batch.relatives() if one.name() == "sleep"])
    batch.process.kill()
    assert batch.end()[0] == -signal.SIGKILL


def test_ctrl_c_reaches_no_process_but_the_batch(tmp_path, notebook):
    batch = Batch(tmp_path / "reports", notebook)
    batch.wait_for(lambda: len(batch.children()) > 1)
    group = [one.pid for one in batch.relatives() if _group(one.pid) == batch.process.pid]
    names = {pid: " ".join(psutil.Process(pid).cmdline()) for pid in group}
    assert [pid for pid in group if "resource_tracker" not in names[pid]] == [batch.process.pid]
    assert batch.end() == (0, "")


def test_what_a_killed_batch_had_done_is_not_done_again(tmp_path, notebook, undisturbed):
    batch = Batch(tmp_path / "reports", notebook)
    batch.wait_for(lambda: len(batch.some_reports()) > 2)
    batch.process.kill()
    batch.end()
    times = {path: path.stat().st_mtime_ns for path in batch.some_reports()}
    assert_completed_by_next_run(batch.output, notebook, undisturbed)
    kept = [path for path, then in times.items() if path.stat().st_mtime_ns == then]
    assert len(kept) >= 2


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_all_and_leaves_all_whole(tmp_path, notebook, undisturbed, sent):
    batch = Batch(tmp_path / "reports", notebook)
    journal = batch.output / "manifest.journal"
    batch.wait_for(lambda: journal.exists() and journal.stat().st_size)
    # A terminal sends Ctrl-C to the whole group, `kill` SIGTERM to one process.
    (os.killpg if sent == signal.SIGINT else os.kill)(batch.process.pid, sent)
    asked = time.monotonic()
    status, errors = batch.end()
    assert (status, errors) == (130, "")
    assert time.monotonic() - asked < 5
    assert assert_whole(batch.output, undisturbed)
    recorded = json.loads((batch.output / "manifest.json").read_text())["reports"]
    assert 0 < len(recorded) < NUMBER
    assert {entry["status"] for entry in recorded.values()} == {"made"}
    assert_completed_by_next_run(batch.output, notebook, undisturbed)


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_a_notebook_in_trouble_costs_its_own_report_alone(tmp_path, engine):
    notebook = write_notebook(tmp_path / "trouble.ipynb", "n = 0", TROUBLE)
    limits = {"timeout": 4 if engine == "warm" else 24, "memory_limit": 4_000_000_000}
    batch = Batch(tmp_path / "reports", notebook, 8, engine=engine, **limits)
    status, errors = batch.end()
    expected = {stem: error.replace("4 sec", f"{limits['timeout']} sec") for stem, error in NAMED[engine].items()}
    reports = json.loads((batch.output / "manifest.json").read_text())["reports"]
    failed = {stem: entry["error"] for stem, entry in reports.items() if entry["status"] == "failed"}
    logs = {path.name: path.read_text() for path in batch.output.glob("logs/r/o/c/*")}
    assert failed == {stem: " ".join(error.split()) for stem, error in expected.items()}, logs
    assert status == 1
    assert len(errors.splitlines()) == len(failed) + 1
    assert "raise ValueError" in (batch.output / "logs/r/o/c/f1.log").read_text()
    assert sorted(tree(batch.output)) == [
        f"r/o/c/f{n}.{suffix}" for n in (0, 6, 7) for suffix in ("html", "ipynb", "json")
    ]


def test_files_that_may_not_grow(tmp_path, notebook, undisturbed):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    status, errors = Batch(tmp_path / "reports", notebook, limit=limit).end()
    assert status == 1
    assert errors.count("File too large") == NUMBER
    assert assert_whole(tmp_path / "reports", undisturbed) == {}
    assert_completed_by_next_run(tmp_path / "reports", notebook, undisturbed)


@contextlib.contextmanager
def small_disk(path, size):
    """Yield the folder of a file system of its own, with so much room."""
    path.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", path], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mount.stderr.strip()}")
    try:
        yield path
    finally:
        subprocess.run(["umount", path], check=True)


def test_a_full_disk(tmp_path, notebook, undisturbed):
    with small_disk(tmp_path / "disk", "600k") as disk:
        status, errors = Batch(disk / "reports", notebook).end()
        assert status == 1
        assert "No space left on device" in errors
        assert 0 < len(assert_whole(disk / "reports", undisturbed)) < len(undisturbed)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert_completed_by_next_run(disk / "reports", notebook, undisturbed)


def test_a_disk_that_fills_up(tmp_path, notebook, undisturbed):
    """Not even the record and the logs find room."""
    with small_disk(tmp_path / "disk", "2m") as disk:
        batch = Batch(disk / "reports", notebook)
        batch.wait_for(batch.some_reports)
        with open(disk / "filler", "wb", buffering=0) as filler:
            while batch.process.poll() is None:
                with contextlib.suppress(OSError):
                    filler.write(bytes(4096))
        status, errors = batch.end()
        assert status == 1
        assert "manifest.json: OSError: [Errno 28] No space left on device" in errors
        assert assert_whole(disk / "reports", undisturbed)
        (disk / "filler").unlink()
        assert_completed_by_next_run(disk / "reports", notebook, undisturbed)


def test_a_folder_that_cannot_be_written(tmp_path, notebook):
    (tmp_path / "file").write_text("")
    for output in (tmp_path / "file", tmp_path / "file/reports", Path("/proc/reports")):
        status, errors = Batch(output, notebook).end()
        assert status == 2
        assert errors.startswith(f"{output}: cannot be written (")
        assert len(errors.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_folder_without_permission(tmp_path, notebook):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    assert Batch(tmp_path / "reports", notebook).end()[0] == 2


def test_a_study_whose_folder_cannot_be_made(tmp_path, notebook, undisturbed):
    output = tmp_path / "reports"
    (output / "r").mkdir(parents=True)
    (output / "r/o").write_text("in the way")
    (output / "manifest.json").write_text('{\n "batch": {}, "not_reportable": {}, "reports": {}}')
    status, errors = Batch(output, notebook).end()
    assert status == 1
    assert errors.count("Not a directory") == NUMBER
    (output / "r/o").unlink()
    assert_completed_by_next_run(output, notebook, undisturbed)


def test_a_second_batch_in_the_same_folder_refuses(tmp_path, notebook, undisturbed):
    first = Batch(tmp_path / "reports", notebook)
    first.wait_for(first.some_reports)
    first.process.send_signal(signal.SIGSTOP)  # However slow the second one starts, the first is still at work.
    status, errors = Batch(tmp_path / "reports", notebook).end()
    first.process.send_signal(signal.SIGCONT)
    assert status == 2
    assert f"another batch (process {first.process.pid}) is making reports there" in errors
    assert first.end() == (0, "")
    assert tree(first.output) == undisturbed


def test_a_manifest_cut_in_half(tmp_path, notebook, undisturbed):
    output = tmp_path / "reports"
    Batch(output, notebook).end()
    manifest = output / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[: manifest.stat().st_size // 2])
    status, errors = Batch(output, notebook).end()
    assert status == 0
    assert "is damaged and is taken as absent" in errors
    assert tree(output) == undisturbed
    assert len(json.loads(manifest.read_text())["reports"]) == NUMBER
