"""The folder of imports: nobody's files are destroyed, a killed import is taken up, two at once do not mix."""

import os
import threading

import pytest

from analysis.counts import imported as store
from analysis.counts.importing import import_replies
from analysis.counts.locked import locked
from analysis.errors import InputError

GWENT, KENT = "force,charged,recorded\nGwent,21,268\n", "force,charged,recorded\nKent,2,100\n"


@pytest.fixture
def take_in(write_csv, imported):
    """Import a spreadsheet as `my-foi` and return what became of it."""

    def take_in(text, **options):
        about = {"release": "my-foi", "offence": "8/71", "source": "own", "window": "2021"}
        return import_replies(write_csv(text), **about, **options)

    return take_in


def forces():
    return store.read_imported("my-foi")["forces"]


@pytest.mark.parametrize("options", [{}, {"replace": True}])
@pytest.mark.parametrize("with_release", [False, True])
def test_no_import_deletes_what_none_made(take_in, imported, options, with_release):
    if with_release:
        take_in(GWENT)
        options = {"replace": True}
    place = imported / "my-foi"
    place.mkdir(parents=True, exist_ok=True)
    (place / "thesis.txt").write_text("mine")
    before = sorted(place.iterdir())
    with pytest.raises(InputError) as error:
        take_in(KENT, **options)
    assert str(error.value) == f"{place} holds what no import made: move it away, or give another --release ID"
    assert sorted(place.iterdir()) == before
    assert (place / "thesis.txt").read_text() == "mine"
    assert sorted(path.name for path in imported.iterdir()) == ["my-foi"]


@pytest.mark.parametrize(("renames", "there"), [(0, "Gwent"), (1, "Kent"), (2, "Kent")])
def test_an_import_that_is_killed_is_taken_up(take_in, imported, monkeypatch, renames, there):
    take_in(GWENT)
    done, rename = [], os.replace

    def rename_or_die(source, target):
        if len(done) == renames:
            os._exit(9)
        done.append(rename(source, target))
        if len(done) == renames == 2:
            os._exit(9)

    child = os.fork()
    if not child:
        try:
            monkeypatch.setattr(store.os, "replace", rename_or_die)
            take_in(KENT, replace=True)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert len(list(imported.glob(".aside-*"))) == 1
    assert store.list_imported() == ["my-foi"]
    assert forces() == [there]
    assert [path.name for path in imported.iterdir()] == ["my-foi"]


def test_a_release_that_is_read_is_taken_up_too(take_in, imported):
    take_in(GWENT)
    aside = imported / ".aside-my-foi.x"
    (aside / "old").mkdir(parents=True)
    os.replace(imported / "my-foi", aside / "new")
    assert forces() == ["Gwent"]


def test_of_two_imports_at_once_the_second_waits_and_is_told(take_in, imported, write_csv):
    imported.mkdir()
    with locked(imported, wait=True) as held:
        assert held
        said = []

        def second():
            try:
                take_in(KENT)
            except InputError as error:
                said.append(str(error))

        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        (imported / "my-foi").mkdir()
        (imported / "my-foi" / store.ABOUT).write_text("{}")
    thread.join(20)
    assert said == [
        "the release 'my-foi' was imported meanwhile: give another --release ID, or --replace to put this file in its "
        "place"
    ]


def test_what_is_being_written_is_not_taken_up(take_in, imported):
    take_in(GWENT)
    (imported / ".aside-other.x").mkdir()
    with locked(imported, wait=True):
        assert store.list_imported() == ["my-foi"]
        assert (imported / ".aside-other.x").is_dir()
    assert store.list_imported() == ["my-foi"]
    assert not (imported / ".aside-other.x").exists()
