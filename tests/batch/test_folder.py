"""The output folder is input too: nobody's files are destroyed, and a record that cannot be trusted is not."""

import fcntl
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from batch_fixture import make_jobs, run, tree, write_notebook

from analysis.batch import lock, manifest, workers
from analysis.batch.manifest import Manifest
from analysis.errors import InputError


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return write_notebook(tmp_path_factory.mktemp("notebook") / "force.ipynb", "n: int = 0", "print(n)")


@pytest.fixture(scope="module")
def again(notebook):
    """A function that makes two reports; the children's forkserver starts once for all tests."""
    with ThreadPoolExecutor(2) as pool:
        yield lambda output: run(make_jobs(notebook, 2), output, executor=pool)
    while workers._executors:
        workers._executors.popitem()[1].shutdown()


@pytest.fixture
def output(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def assert_refused(again, output, message):
    """A batch is refused in one sentence, and changes nothing."""
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file() and not path.is_symlink()}
    with pytest.raises(InputError) as caught:
        again(output)
    assert str(caught.value) == message.format(output)
    assert {path: path.read_bytes() for path in before} == before
    assert {path for path in output.rglob("*") if path.is_file() and not path.is_symlink()} == set(before)


@pytest.mark.parametrize("name", ["notes.txt", "index.html", "r", "logs", ".aside"])
def test_a_folder_that_holds_other_things_is_refused(output, again, name):
    (output / name).mkdir() if "." not in name[1:] else (output / name).write_text("precious")
    assert_refused(
        again, output, f"{{}}: holds other things than reports ({name}) and no manifest.json; choose another --output"
    )


def test_a_folder_with_nothing_to_see_is_taken(output, again):
    (output / ".DS_Store").write_text("")
    assert again(output).status == 0


def test_a_folder_in_which_a_batch_was_killed_is_taken(output, again):
    (output / ".aside").mkdir()
    (output / ".lock").write_text("123456")
    (output / "r/o/c").mkdir(parents=True)
    (output / "r/o/c/f0.html").write_text("")
    assert again(output).status == 0


@pytest.mark.parametrize("name", [".lock", "manifest.journal", "manifest.json"])
@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "second name"])
def test_nothing_is_followed_or_waited_for(tmp_path, output, again, name, kind):
    precious = tmp_path / "precious"
    precious.write_text('{\n "batch": {}, "not_reportable": {}, "reports": {}}')
    if name != "manifest.json":
        (output / "manifest.json").write_text(precious.read_text())
    make = {
        "link": lambda path: path.symlink_to(precious),
        "folder": os.mkdir,
        "pipe": os.mkfifo,
        "second name": lambda path: path.hardlink_to(precious),
    }
    make[kind](output / name)
    before = precious.read_bytes()
    if (kind, name) == ("second name", "manifest.json"):  # It is never written, but replaced.
        assert again(output).status == 0
    else:
        with pytest.raises(
            InputError, match=f"{name}: is (a link|a folder|no plain file, or has a second name|no batch)"
        ):
            again(output)
    assert precious.read_bytes() == before


@pytest.mark.parametrize("content", ["precious text", "12 and more", "1" * 30])
def test_a_lock_of_another_kind_is_left_alone(output, again, content):
    (output / ".lock").write_text(content)
    assert_refused(again, output, "{}/.lock: is no batch's lock; choose another --output, or remove it")


def test_the_corner_for_unfinished_files_is_no_link(tmp_path, output, again):
    again(output)
    (tmp_path / "elsewhere").mkdir()
    (output / ".aside").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match=r"\.aside: is a link; remove it"):
        again(output)


def test_a_manifest_of_something_else_is_left_alone(output, again):
    (output / "manifest.json").write_text('{"name": "an app", "icons": []}')
    assert_refused(again, output, "{}/manifest.json: is no record of reports; choose another --output")


def test_a_manifest_of_later_code_is_left_alone(output, again):
    again(output)
    path = output / "manifest.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))
    assert_refused(
        again,
        output,
        "{}/manifest.json: was written by a later version of this package; update it, or choose another --output",
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"reports": {', '"other": {'),
        lambda text: json.dumps(json.loads(text) | {"reports": {"r/o/c/f0": 3}}, indent=1, sort_keys=True),
        lambda text: json.dumps(json.loads(text) | {"reports": {"r/o/c/f0": {"files": []}}}, indent=1, sort_keys=True),
        lambda text: '{\n "batch": ' + 200_000 * "[",
    ],
)
def test_a_damaged_manifest_is_taken_as_absent(output, again, damage):
    again(output)
    made, path = tree(output), output / "manifest.json"
    path.write_text(damage(path.read_text()))
    with pytest.warns(UserWarning, match="is damaged and is taken as absent"):
        assert len(again(output).made) == 2
    assert tree(output) == made


def forget_files(entry):
    entry["files"] = {}


def forget_notebook(entry):
    del entry["files"]["r/o/c/f1.ipynb"]


@pytest.mark.parametrize("forge", [forget_files, forget_notebook])
def test_a_forged_entry_is_not_up_to_date(output, again, forge):
    again(output)
    path = output / "manifest.json"
    record = json.loads(path.read_text())
    forge(record["reports"]["r/o/c/f1"])
    path.write_text(json.dumps(record, indent=1, sort_keys=True))
    assert again(output).made == ["r/o/c/f1"]


def test_an_answer_of_no_reports_is_none(output):
    record = Manifest(output)
    record.keep_answer("asked", [])
    assert not record.is_answered("asked")


def test_lines_of_a_journal_that_are_no_entries_are_passed_over(output):
    lines = ['{"a": {"status": "made"}}', '{"b": {"sta', "3", '{"c": 3}', '{"d": {"files": 3}}', "[" * 100_000]
    (output / "manifest.journal").write_text("\n".join(lines))
    assert Manifest(output).reports == {"a": {"status": "made"}}


def test_the_manifest_is_whole_on_disk_before_it_takes_its_place(output, again, monkeypatch):
    again(output)
    synced, path = [], output / "manifest.json"
    before = path.read_bytes()

    def sync(descriptor):
        synced.append(os.fstat(descriptor).st_ino)

    def replace(source, target):
        assert path.read_bytes() == before
        assert synced == [os.stat(source).st_ino]
        assert json.loads(source.read_text())["reports"] == {}
        raise OSError("killed here")

    record = Manifest(output)
    record.reports = {}
    (output / ".aside").mkdir()
    monkeypatch.setattr(manifest.os, "fsync", sync)
    monkeypatch.setattr(manifest.os, "replace", replace)
    record.begin()
    with pytest.raises(OSError, match="killed here"):
        record.close({})
    assert path.read_bytes() == before


def test_a_lock_that_is_removed_while_it_is_taken_is_taken_again(output, monkeypatch):
    """The batch before this one ends between the opening and the locking."""
    flock, removed = fcntl.flock, []

    def remove_first(descriptor, how):
        if not removed:
            removed.append(os.unlink(output / ".lock"))
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", remove_first)
    with lock.occupied(output):
        assert (output / ".lock").read_text() == str(os.getpid())
        with pytest.raises(InputError, match="another batch"), lock.occupied(output):
            pass
