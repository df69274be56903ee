"""The same work on a Dask cluster: a scheduler and two workers on this machine, one of them killed midway."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

import psutil
import pytest
from batch_fixture import FINISH, make_jobs, tree, write_notebook
from batch_fixture import run as run_batch

from analysis.batch import Job, provenance, workers
from analysis.batch.executor import CallError
from analysis.batch.jobs import make_report
from analysis.errors import InputError

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

NUMBER = 8


def _descendants(pid):
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@contextmanager
def started(folder, workers):
    """Start a scheduler and workers of one thread as the commands do; yield its address and the processes."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "DASK_DISTRIBUTED__DASHBOARD__ENABLED": "0"}
    environment["DASK_TEMPORARY_DIRECTORY"] = str(folder)
    file = folder / "scheduler.json"

    def start(*arguments):
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    worker = ["dask_worker", "--scheduler-file", file, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard"]
    processes = [start(*map(str, command)) for command in (scheduler, *[worker] * workers)]
    try:
        with distributed.Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
            address = client.scheduler.address
        yield address, processes
    finally:
        for process in processes:
            for member in [process, *_descendants(process.pid)]:
                with suppress(psutil.NoSuchProcess):
                    member.kill()
            process.wait(20)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Address of a scheduler with two workers, and the workers."""
    with started(tmp_path_factory.mktemp("cluster"), 2) as (address, processes):
        yield address, processes[1:]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("notebook") / "slow.ipynb"
    return write_notebook(path, "n = 0", "import time; time.sleep(0.3); print(n)")


@pytest.fixture(scope="module")
def local(tmp_path_factory, notebook):
    """All files of a batch without a cluster."""
    output = tmp_path_factory.mktemp("local") / "reports"
    run_batch(make_jobs(notebook, NUMBER), output, workers=2)
    return tree(output)


def test_a_cluster_makes_the_same_reports(cluster, tmp_path, notebook, local):
    result = run_batch(make_jobs(notebook, NUMBER), tmp_path, cluster=cluster[0])
    assert result.failed == {}
    assert tree(tmp_path) == local


def test_a_report_that_fails_on_a_cluster_is_named(cluster, tmp_path, notebook):
    options = {"finish": "batch_fixture:broken_finish", "cluster": cluster[0]}
    result = run_batch(make_jobs(notebook, 3), tmp_path, **options)
    assert result.failed == {"r/o/c/f1": "ValueError: no page for this one"}
    assert "broken_finish" in (tmp_path / "logs/r/o/c/f1.log").read_text()


def test_a_limit_holds_on_a_cluster(cluster, tmp_path, notebook):
    result = run_batch(make_jobs(notebook, 1), tmp_path, cluster=cluster[0], timeout=0.2)
    assert result.failed == {"r/o/c/f0": "took longer than 0.2 seconds and was ended"}


@pytest.mark.parametrize("what", ["code", "lock", "Python", "matplotlib", "pyarrow", "ipython"])
def test_a_worker_with_other_code_or_packages_is_refused(what):
    other = workers._surroundings() | {what: "other"}
    with pytest.raises(CallError, match=f"has other {what} than this batch; update it"):
        workers.call_in_child(workers.Children("warm", None, None), other, time.time)


def figures_digest(job):
    return "data of this machine"


def test_a_worker_with_another_notebook_or_other_figures_is_refused(tmp_path, notebook):
    job = make_jobs(notebook, 1)[0]
    (tmp_path / ".aside").mkdir()
    with pytest.raises(CallError, match=r"the notebook slow.ipynb on .* is not the batch's"):
        make_report(job, tmp_path, "warm", FINISH, "other")
    with pytest.raises(CallError, match=r"the figures of r/o/c on .* are not the batch's"):
        make_report(job, tmp_path, "warm", "test_cluster:finish", provenance.file_digest(notebook))


def test_files_that_are_not_seen_from_here_are_not_made(tmp_path, notebook):
    """A worker whose folder of that name is its own, as on a machine that shares no disk."""

    def made_elsewhere(*_):
        return {"files": {"r/o/c/f0.html": "0"}, "seconds": 1.0}

    with ThreadPoolExecutor(1) as pool:
        pool.submit = lambda call, *_: ThreadPoolExecutor.submit(pool, made_elsewhere)
        result = run_batch(make_jobs(notebook, 1), tmp_path / "reports", executor=pool)
    assert result.failed == {
        "r/o/c/f0": f"its worker made r/o/c/f0.html in another folder than {tmp_path / 'reports'} on this machine"
    }


def test_a_cluster_without_workers_is_named(tmp_path, notebook, monkeypatch):
    monkeypatch.setattr(workers, "FIRST_WORKER_WITHIN", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(InputError, match=r"has had no worker for 0.5 seconds; start one there"),
    ):
        run_batch(make_jobs(notebook, 1), tmp_path / "reports", cluster=empty.scheduler_address)
    assert not (tmp_path / "reports").exists()


def test_workers_that_stand_still_are_given_up(cluster, tmp_path, notebook, monkeypatch):
    monkeypatch.setattr(workers, "ANSWER_WITHIN", 3.0)
    members = [member for worker in cluster[1] for member in [worker, *_descendants(worker.pid)]]
    for member in members:
        os.kill(member.pid, signal.SIGSTOP)
    try:
        result = run_batch(make_jobs(notebook, 2), tmp_path, cluster=cluster[0], timeout=1)
    finally:
        for member in members:
            os.kill(member.pid, signal.SIGCONT)
    assert set(result.failed.values()) == {"no worker has answered for 4 seconds"}


def test_a_scheduler_that_dies_is_named(tmp_path, notebook, capfd, monkeypatch):
    monkeypatch.setattr(workers, "ANSWER_WITHIN", 5.0)
    output, page = tmp_path / "reports", Job("", "site", None, {"text": "a page"}, "index", "")
    with started(tmp_path, 1) as (address, (scheduler, _)):

        def kill_midway():
            while not list(output.glob("r/o/c/*.html")):
                time.sleep(0.02)
            scheduler.kill()

        killer = threading.Thread(target=kill_midway)
        killer.start()
        jobs = make_jobs(notebook, NUMBER)
        result = run_batch(jobs, output, cluster=address, timeout=10, pages=lambda _: [page])
        killer.join()
    said = set(result.failed.values())
    assert workers.GONE in said
    assert said <= {workers.GONE, "no worker has answered for 15 seconds"}
    assert result.failed["index"] == workers.GONE
    assert "Traceback (" not in capfd.readouterr().err


def test_a_cluster_is_reached_by_tls(tmp_path, notebook, monkeypatch):
    paths = {"-keyout": str(tmp_path / "key.pem"), "-out": str(tmp_path / "certificate.pem")}
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    made = subprocess.run([*command, *chain.from_iterable(paths.items())], capture_output=True)
    if made.returncode:
        pytest.skip("openssl makes no certificate here")
    key, certificate = paths.values()
    settings = {"distributed.comm.tls.ca-file": certificate}
    for part in ("client", "scheduler", "worker"):
        settings |= {f"distributed.comm.tls.{part}.cert": certificate, f"distributed.comm.tls.{part}.key": key}
    jobs, output = make_jobs(notebook, 1), tmp_path / "reports"
    with dask.config.set(settings):
        security = distributed.Security()
        options = {"protocol": "tls", "security": security, "dashboard_address": ":0", "threads_per_worker": 1}
        with distributed.LocalCluster(n_workers=1, **options) as safe:
            assert run_batch(jobs, output, cluster=safe.scheduler_address).failed == {}
            with dask.config.set(dict.fromkeys(settings)), pytest.raises(InputError) as caught:
                run_batch(jobs, tmp_path / "other", cluster=safe.scheduler_address)
    assert str(caught.value).startswith(f"--cluster {safe.scheduler_address}: no Dask scheduler answers there (")
    assert "\n" not in str(caught.value)


def test_a_lost_worker_s_reports_are_made_by_another(cluster, tmp_path, notebook, local):
    address, (lost, _) = cluster

    def kill_midway():
        while not list(tmp_path.glob("r/o/c/*.html")):
            time.sleep(0.02)
        lost.kill()

    killer = threading.Thread(target=kill_midway)
    killer.start()
    result = run_batch(make_jobs(notebook, NUMBER), tmp_path, cluster=address)
    killer.join()
    assert result.failed == {}
    assert tree(tmp_path) == local
