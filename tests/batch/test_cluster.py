"""The same work on a Dask cluster: a scheduler and two workers on this machine, one of them killed midway."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from batch_fixture import FINISH, make_jobs, tree, write_notebook

from analysis.batch import manifest, run_batch, workers
from analysis.batch.executor import CallError

distributed = pytest.importorskip("distributed")

NUMBER = 8


def _descendants(pid):
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Address of a scheduler with two workers of one thread, as the commands start them, and the workers."""
    folder = tmp_path_factory.mktemp("cluster")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "DASK_DISTRIBUTED__DASHBOARD__ENABLED": "0"}
    environment["DASK_TEMPORARY_DIRECTORY"] = str(folder)
    file = folder / "scheduler.json"

    def start(*arguments):
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    worker = ["dask_worker", "--scheduler-file", file, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard"]
    processes = [start(*map(str, scheduler))]
    processes += [start(*map(str, worker)), start(*map(str, worker))]
    with distributed.Client(scheduler_file=str(file), timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
    yield address, processes[1:]
    for process in processes:
        for member in [process, *_descendants(process.pid)]:
            member.kill()
        process.wait(20)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("notebook") / "slow.ipynb"
    return write_notebook(path, "n = 0", "import time; time.sleep(0.3); print(n)")


@pytest.fixture(scope="module")
def local(tmp_path_factory, notebook):
    """All files of a batch without a cluster."""
    output = tmp_path_factory.mktemp("local") / "reports"
    run_batch(make_jobs(notebook, NUMBER), output, finish=FINISH, workers=2, quiet=True)
    return tree(output)


def test_a_cluster_makes_the_same_reports(cluster, tmp_path, notebook, local):
    result = run_batch(make_jobs(notebook, NUMBER), tmp_path, finish=FINISH, cluster=cluster[0], quiet=True)
    assert result.failed == {}
    assert tree(tmp_path) == local


def test_a_report_that_fails_on_a_cluster_is_named(cluster, tmp_path, notebook):
    options = {"finish": "batch_fixture:broken_finish", "cluster": cluster[0], "quiet": True}
    result = run_batch(make_jobs(notebook, 3), tmp_path, **options)
    assert result.failed == {"r/o/c/f1": "ValueError: no page for this one"}
    assert "broken_finish" in (tmp_path / "logs/r/o/c/f1.log").read_text()


def test_a_limit_holds_on_a_cluster(cluster, tmp_path, notebook):
    result = run_batch(make_jobs(notebook, 1), tmp_path, finish=FINISH, cluster=cluster[0], timeout=0.2, quiet=True)
    assert result.failed == {"r/o/c/f0": "took longer than 0.2 seconds and was ended"}


def test_a_worker_with_other_code_is_refused():
    digests = manifest.project_digests() | {"code": "other"}
    children = workers.Children("warm", None, None)
    with pytest.raises(CallError, match="has other code than this batch"):
        workers.call_in_child(children, digests, time.time)


def test_a_lost_worker_s_reports_are_made_by_another(cluster, tmp_path, notebook, local):
    address, (lost, _) = cluster

    def kill_midway():
        while not list(tmp_path.glob("r/o/c/*.html")):
            time.sleep(0.02)
        lost.kill()

    killer = threading.Thread(target=kill_midway)
    killer.start()
    result = run_batch(make_jobs(notebook, NUMBER), tmp_path, finish=FINISH, cluster=address, quiet=True)
    killer.join()
    assert result.failed == {}
    assert tree(tmp_path) == local
