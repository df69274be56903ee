"""What is made, what is left alone, what is refused, and what is recorded."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from batch_fixture import FINISH, make_jobs, tree, write_notebook
from batch_fixture import run as run_batch

from analysis.batch import Job, provenance, runner, summary, workers
from analysis.batch.executor import CallError, ChildExecutor
from analysis.batch.jobs import put_into_place
from analysis.batch.provenance import project_digests
from analysis.batch.workers import Children
from analysis.errors import InputError

CELLS = ("n: int = 0  # number", "print(n)")


@pytest.fixture
def notebook(tmp_path):
    return write_notebook(tmp_path / "force.ipynb", *CELLS)


@pytest.fixture(scope="module")
def pool():
    """Threads, as an executor whose workers stay: their children's forkserver starts once for all tests."""
    with ThreadPoolExecutor(2) as executor:
        yield executor
    while workers._executors:
        workers._executors.popitem()[1].shutdown()


@pytest.fixture
def again(pool):
    """A function that runs a batch."""

    def run(output, jobs, **options):
        return run_batch(jobs, output, **{"executor": pool, **options})

    return run


@pytest.fixture
def made(tmp_path, notebook, again):
    """An output folder with two reports."""
    again(tmp_path / "reports", make_jobs(notebook, 2))
    return tmp_path / "reports"


def test_texts_and_bytes_are_put_into_place_as_they_are(tmp_path):
    (tmp_path / "aside").mkdir()
    files = put_into_place({"a/x.txt": "é", "a/x.png": b"\x89PNG\xff"}, tmp_path, tmp_path / "aside")
    assert (tmp_path / "a/x.txt").read_bytes() == b"\xc3\xa9"
    assert (tmp_path / "a/x.png").read_bytes() == b"\x89PNG\xff"
    assert files["a/x.png"] == hashlib.sha256(b"\x89PNG\xff").hexdigest()


def test_a_report_is_a_notebook_and_what_finish_makes_of_it(made):
    assert sorted(tree(made)) == [f"r/o/c/f{n}.{suffix}" for n in (0, 1) for suffix in ("html", "ipynb", "json")]
    injected = json.loads((made / "r/o/c/f1.ipynb").read_text())["cells"][1]
    assert injected["source"] == ["# Parameters\n", "n = 1\n"]
    assert injected["metadata"] == {"tags": ["injected-parameters"]}
    assert "Force 1" in (made / "r/o/c/f1.html").read_text()


def test_the_manifest_says_what_was_made_from_what(made, notebook):
    record = json.loads((made / "manifest.json").read_text())
    assert record["environment"]["python"] == "{}.{}.{}".format(*sys.version_info)
    assert record["environment"]["packages"]["papermill"]
    entry = record["reports"]["r/o/c/f1"]
    assert entry["status"] == "made"
    assert entry["parameters"] == {"n": 1}
    assert entry["inputs"] == {
        "notebook": provenance.file_digest(notebook),
        "data": "data",
        "finish": FINISH,
        **project_digests(),
    }
    assert entry["files"] == {path: provenance.file_digest(made / path) for path in tree(made) if "f1." in path}
    assert entry["seconds"] > 0
    assert not (made / "manifest.journal").exists()
    assert "made" in (made / "logs/r/o/c/f1.log").read_text()


def test_nothing_is_made_twice_and_every_run_gives_the_same_bytes(made, notebook, again):
    before, record = tree(made), (made / "manifest.json").read_bytes()
    result = again(made, make_jobs(notebook, 2))
    assert (result.made, result.unchanged, result.failed, result.status) == ([], ["r/o/c/f0", "r/o/c/f1"], {}, 0)
    assert (made / "manifest.json").read_bytes() == record
    assert sorted(again(made, make_jobs(notebook, 2), rerun=True).made) == ["r/o/c/f0", "r/o/c/f1"]
    assert tree(made) == before


def change_notebook(made, jobs, patch):
    write_notebook(jobs[0].notebook, *CELLS, "'more'")
    return jobs, ["r/o/c/f0", "r/o/c/f1"]


def change_parameter(made, jobs, patch):
    return [jobs[0], Job(**{**vars(jobs[1]), "parameters": {"n": 7}})], ["r/o/c/f1"]


def change_data(made, jobs, patch):
    return make_jobs(jobs[0].notebook, 2, inputs="other data"), ["r/o/c/f0", "r/o/c/f1"]


def change_code(made, jobs, patch):
    patch.setattr(runner, "project_digests", lambda: {**project_digests(), "code": "other"})
    return jobs, ["r/o/c/f0", "r/o/c/f1"]


def change_lock(made, jobs, patch):
    patch.setattr(runner, "project_digests", lambda: {**project_digests(), "lock": "other"})
    return jobs, ["r/o/c/f0", "r/o/c/f1"]


def change_file(made, jobs, patch):
    (made / "r/o/c/f1.html").write_text("other")
    return jobs, ["r/o/c/f1"]


def lose_file(made, jobs, patch):
    (made / "r/o/c/f0.json").unlink()
    return jobs, ["r/o/c/f0"]


@pytest.mark.parametrize(
    "change",
    [
        change_notebook,
        change_parameter,
        change_data,
        change_code,
        change_lock,
        change_file,
        lose_file,
    ],
)
def test_what_changed_is_made_again(made, notebook, monkeypatch, change, again):
    jobs, expected = change(made, make_jobs(notebook, 2), monkeypatch)
    assert sorted(again(made, jobs).made) == expected
    assert again(made, jobs).made == []


def test_a_notebook_that_changed_is_named(made, notebook, capsys, again):
    write_notebook(notebook, *CELLS, "'more'")
    again(made, make_jobs(notebook, 2), quiet=False)
    assert capsys.readouterr().err.splitlines()[0] == (
        "force.ipynb has changed since 2 reports were made from it: made anew. To try something, work on a copy: "
        "charge-rates notebook force.ipynb"
    )
    again(made, make_jobs(notebook, 2), rerun=True, quiet=False)
    assert "has changed" not in capsys.readouterr().err


def test_every_file_of_the_package_counts_as_code(tmp_path):
    package, lock = tmp_path / "package", tmp_path / "lock"
    (package / "templates").mkdir(parents=True)
    for name in ("a.py", "templates/page.html"):
        (package / name).write_text("1")
    lock.write_text("1")
    seen = [project_digests(package, lock)]
    for path in (package / "a.py", package / "templates/page.html", lock):
        path.write_text("2")
        seen.append(project_digests(package, lock))
    assert len({digests["code"] for digests in seen}) == 3
    assert len({digests["lock"] for digests in seen}) == 2
    (package / "__pycache__").mkdir()
    (package / "__pycache__/a.pyc").write_text("1")
    assert project_digests(package, lock) == seen[-1]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"force": "Gwent"}, "has no parameter force"),
        ({}, "its parameter n has no value"),
    ],
)
def test_parameters_are_checked_before_anything_runs(tmp_path, notebook, parameters, message, again):
    right = make_jobs(notebook, 1)
    wrong = Job("r/o/c", "Wrong", notebook, {"n": 1, **parameters} if parameters else {}, "r/o/c/wrong", "")
    with pytest.raises(InputError, match=message):
        again(tmp_path / "reports", [*right, wrong])
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"engine": "quick"}, "--engine quick: is not one of warm, kernel"),
        ({"cluster": "tcp://127.0.0.1:9", "executor": None}, "no Dask scheduler answers there"),
        ({"jobs": make_jobs("absent.ipynb", 1)}, "absent.ipynb: is not a notebook that papermill can run"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, notebook, change, message, again):
    if "cluster" in change:
        pytest.importorskip("distributed")
    with pytest.raises(InputError, match=message):
        again(tmp_path / "reports", **{"jobs": make_jobs(notebook, 1), **change})
    assert not (tmp_path / "reports").exists()


def test_a_report_that_fails_is_named_and_leaves_the_others_alone(tmp_path, notebook, capsys, again):
    def plan(result):
        result.not_reportable["Kent"] = "no data"
        return make_jobs(notebook, 3)

    output = tmp_path / "reports"
    result = again(output, plan, finish="batch_fixture:broken_finish")
    assert sorted(result.made) == ["r/o/c/f0", "r/o/c/f2"]
    assert result.failed == {"r/o/c/f1": "ValueError: no page for this one"}
    assert (result.status, result.not_reportable) == (1, {"Kent": "no data"})
    assert "r/o/c/f1: ValueError: no page for this one\n" in capsys.readouterr().err
    assert "broken_finish" in (output / "logs/r/o/c/f1.log").read_text()
    record = json.loads((output / "manifest.json").read_text())
    assert record["reports"]["r/o/c/f1"]["status"] == "failed"
    assert record["not_reportable"] == {"Kent": "no data"}
    assert sorted(tree(output)) == [f"r/o/c/f{n}.{suffix}" for n in (0, 2) for suffix in ("html", "ipynb")]


def test_pages_are_made_after_the_reports_by_the_same_rule(tmp_path, notebook, again):
    def pages(result):
        text = f"{len(result.made) + len(result.unchanged)} reports"
        return [Job("", "site", None, {"text": text}, "index", "")]

    output = tmp_path / "reports"
    assert again(output, make_jobs(notebook, 2), pages=pages).made[0] == "index"
    assert (output / "index.html").read_text() == "<p>2 reports</p>\n"
    assert again(output, make_jobs(notebook, 2), pages=pages).made == []
    assert again(output, make_jobs(notebook, 1), pages=pages).made == ["index"]


def test_a_job_may_make_the_pages_of_a_folder(tmp_path, again):
    jobs, output = [Job("", "profiles", None, {}, "forces", "")], tmp_path / "reports"
    options = {"finish": "batch_fixture:folder_finish"}
    assert again(output, jobs, **options).made == ["forces"]
    assert tree(output) == {f"forces/{name}.html": f"<p>{name}</p>\n".encode() for name in ("gwent", "kent")}
    assert again(output, jobs, **options).made == []
    (output / "forces/kent.html").unlink()
    assert again(output, jobs, **options).made == ["forces"]


def unplanned(result):
    pytest.fail("it was planned")


def asked(again, made, jobs, question="asked"):
    """Run a batch that answers a question, with a page; return how many jobs it was planned from."""
    planned = []

    def plan(result):
        planned.extend(jobs)
        result.not_reportable["Kent"] = "no data"
        return jobs

    def pages(result):
        return [Job("", "site", None, {"text": "a page"}, "index", "")]

    result = again(made, plan, pages=pages, question=question)
    assert sorted(result.made + result.unchanged) == sorted(["index", *(job.stem for job in jobs)])
    assert (result.status, result.not_reportable) == (0, {"Kent": "no data"})
    return len(planned)


def test_what_was_asked_and_answered_is_not_planned_again(made, notebook, again, capsys):
    jobs = make_jobs(notebook, 2)
    assert [asked(again, made, jobs) for _ in range(3)] == [2, 0, 0]
    again(made, unplanned, question="asked", quiet=False)
    assert capsys.readouterr().err.splitlines() == ["r/o/c: 0 made, 2 up to date, 0 failed"]


def change_question(made, again, jobs, patch):
    return "asked otherwise"


def change_a_file(made, again, jobs, patch):
    (made / "r/o/c/f1.html").write_text("other")


def change_a_file_but_not_its_size_and_age(made, again, jobs, patch):
    path = made / "r/o/c/f1.html"
    age = path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(age, age))


def lose_a_file(made, again, jobs, patch):
    (made / "index.html").unlink()


def add_a_file(made, again, jobs, patch):
    (made / "r/o/c/other.json").write_text("{}")


def change_the_code(made, again, jobs, patch):
    patch.setattr(runner, "project_digests", lambda: {**project_digests(), "code": "other"})


def ask_something_else_in_between(made, again, jobs, patch):
    again(made, jobs[:1], rerun=True)


def kill_something_else_in_between(made, again, jobs, patch):
    (made / "manifest.journal").write_text('{"r/o/c/f0": {"status": "failed"}}\n')


@pytest.mark.parametrize(
    "change",
    [
        change_question,
        change_a_file,
        change_a_file_but_not_its_size_and_age,
        lose_a_file,
        add_a_file,
        change_the_code,
        ask_something_else_in_between,
        kill_something_else_in_between,
    ],
)
def test_an_answer_holds_only_while_nothing_changed(made, notebook, again, monkeypatch, change):
    jobs = make_jobs(notebook, 2)
    asked(again, made, jobs)
    question = change(made, again, jobs, monkeypatch) or "asked"
    assert [asked(again, made, jobs, question) for _ in range(2)] == [2, 0]


def test_an_answer_is_found_without_reading_what_was_said_of_each_report(made, notebook, again, monkeypatch):
    jobs = make_jobs(notebook, 2)
    asked(again, made, jobs)
    monkeypatch.setattr("analysis.batch.manifest.Manifest._read", None)
    monkeypatch.setattr("analysis.batch.manifest.PIECE", 7)
    assert asked(again, made, jobs) == 0


def test_what_failed_is_planned_again(made, notebook, again):
    def plan(result):
        return make_jobs(notebook, 2, inputs="other")

    for _ in range(2):
        result = again(made, plan, question="asked", finish="batch_fixture:broken_finish")
        assert result.failed == {"r/o/c/f1": "ValueError: no page for this one"}


def test_a_person_sees_one_line_for_each_study(tmp_path, notebook, capsys, again):
    again(tmp_path / "reports", make_jobs(notebook, 2), quiet=False)
    assert capsys.readouterr().err.splitlines()[-1] == "r/o/c: 2 made, 0 up to date, 0 failed"
    again(tmp_path / "reports", make_jobs(notebook, 2), quiet=True)
    assert capsys.readouterr().err == ""


def test_progress_has_count_force_rate_and_time_left(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with summary.progress_bar(44, quiet=False) as bar:
        bar.set_postfix_str("Gwent", refresh=False)
        bar.update(11)
        bar.refresh()
    shown = capsys.readouterr().err
    for part in ("11/44", "Gwent", "report/s", "<"):
        assert part in shown


def test_a_second_run_imports_nothing_heavy(made, notebook):
    heavy = ["papermill", "nbformat", "IPython", "pandas", "matplotlib", "numpy", "tqdm"]
    code = f"""import sys, batch_fixture
print(batch_fixture.main({str(made)!r}, {notebook!r}, 2, "{{}}"), [name for name in {heavy} if name in sys.modules])"""
    environment = os.environ | {"PYTHONPATH": os.path.dirname(__file__)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert run.stdout == "0 []\n", run.stderr


def count_threads():
    return len(os.listdir(f"/proc/{os.getppid()}/task"))


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="threads are counted in /proc, which is Linux's")
def test_the_forkserver_has_one_thread():
    modules = ("batch_fixture", "numpy", "pandas", "pyarrow", "matplotlib.figure", "scipy.stats")
    with Children("warm", 60, None, modules).executor(1) as executor:
        assert executor.submit(count_threads).result() == 1


def words_hash():
    return hash("force")


def test_sets_have_one_order_in_every_child(monkeypatch):
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    hashes = []
    for _ in range(2):
        with ChildExecutor(1) as executor:
            hashes.append(executor.submit(words_hash).result())
    assert hashes[0] == hashes[1]


def test_a_child_that_died_while_it_stood_ready_costs_nothing():
    with ChildExecutor(1) as executor:
        first = executor.submit(time.sleep, 0.5)
        while executor._ready is None:
            time.sleep(0.01)
        os.kill(executor._ready.process.pid, signal.SIGKILL)
        executor._ready.process.join()
        assert executor.submit(divmod, 7, 2).result() == (3, 1)
        assert first.result() is None


def test_the_executor_keeps_the_contract_of_concurrent_futures():
    with ChildExecutor(2) as executor:
        futures = [executor.submit(divmod, 7, n) for n in (2, 0, 3)]
        assert [futures[0].result(), futures[2].result()] == [(3, 1), (2, 1)]
        with pytest.raises(CallError, match="ZeroDivisionError") as caught:
            futures[1].result()
    assert "Traceback" in caught.value.detail


def test_leaving_an_executor_early_ends_what_runs_and_cancels_what_waits():
    executor = ChildExecutor(1)
    running, waiting = executor.submit(time.sleep, 60), executor.submit(time.sleep, 60)
    while not running.running():
        time.sleep(0.01)
    executor.shutdown(cancel_futures=True)
    assert waiting.cancelled()
    with pytest.raises(CallError, match="ended before it was done"):
        running.result()
