"""What becomes of a reader that aborts, panics, is killed, never ends or fills memory: one sentence, nothing left."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pyarrow as pa
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts import confined
from analysis.counts.confined import read_confined
from analysis.counts.importing import import_official
from analysis.counts.replies import grid
from analysis.errors import InputError
from official_files import COVER, TODAY, official_rows, write_xlsx

SAVE = "save it anew in a spreadsheet program, or as CSV, and give that file"


class Panic(BaseException):
    """As the panic of a reader in Rust reaches Python."""


def panic():
    raise Panic("index out of bounds")


def refuse():
    raise InputError("table.csv, row 2: no")


def fill_memory():
    return pa.table({"bytes": [bytearray(500_000_000)]})


def wait_for_ever():
    while True:
        time.sleep(1)


def kill_itself():
    os.kill(os.getpid(), signal.SIGKILL)


def refusal(read, **options):
    before = psutil.Process().children()
    with pytest.raises(InputError) as error:
        read_confined(read, "table.xlsx", **options)
    assert psutil.Process().children() == before  # No child is left.
    return str(error.value)


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (refuse, "table.csv, row 2: no"),
        (panic, f"table.xlsx cannot be read: the reader failed (index out of bounds); {SAVE}"),
        (os.abort, f"table.xlsx cannot be read: the reader ended with SIGABRT; {SAVE}"),
        (
            lambda: os.kill(os.getpid(), signal.SIGKILL),
            f"table.xlsx cannot be read: the reader ended with SIGKILL; {SAVE}",
        ),
        (lambda: ctypes.string_at(0), f"table.xlsx cannot be read: the reader ended with SIGSEGV; {SAVE}"),
        (lambda: os._exit(3), f"table.xlsx cannot be read: the reader ended with status 3; {SAVE}"),
    ],
    ids=["refusal", "panic", "abort", "killed", "segfault", "exit"],
)
def test_whatever_a_reader_does_is_one_sentence(read, says, capfd):
    assert refusal(read) == says
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not count a process's data")
def test_memory_has_a_limit():
    says = f"table.xlsx takes more than 0.25 GB of memory to read: {SAVE}; or give more --memory"
    assert refusal(fill_memory, memory=0.25) == says
    assert read_confined(lambda: pa.table({"bytes": [len(bytearray(500_000_000))]}), "table.xlsx", memory=1).num_rows


def test_time_has_a_limit(monkeypatch):
    monkeypatch.setattr(confined, "SECONDS", 1.0)
    assert refusal(wait_for_ever) == f"table.xlsx takes more than 1 seconds to read: {SAVE}"


def test_a_reader_that_is_killed_in_the_middle_of_its_answer(monkeypatch):
    def write_half(read, file):
        file.write(b"T" + bytes(100))
        file.flush()
        os.abort()

    monkeypatch.setattr(confined, "_write_answer", write_half)
    assert refusal(refuse) == f"table.xlsx cannot be read: the reader ended with SIGABRT; {SAVE}"


def test_where_there_is_no_fork_the_file_is_read_here(monkeypatch):
    monkeypatch.setattr(confined, "CAN_FORK", False)
    assert read_confined(lambda: pa.table({"process": [os.getpid()]}), "table.csv")["process"][0].as_py() == os.getpid()
    monkeypatch.undo()
    assert read_confined(lambda: pa.table({"process": [os.getpid()]}), "table.csv")["process"][0].as_py() != os.getpid()


def test_import_and_compare_survive_their_readers(tmp_path, imported, monkeypatch):
    path = tmp_path / "table.xlsx"
    write_xlsx(path, {"Table": [*COVER, *official_rows(TODAY, year="2021/22", codes={"8R"})]})
    monkeypatch.setattr("analysis.counts.official.workbook.Workbook.read_sheet", lambda *_, **__: os.abort())
    for command in ("import", "compare"):
        done = CliRunner().invoke(main, [command, str(path)])
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr == f"Error: table.xlsx cannot be read: the reader ended with SIGABRT; {SAVE}\n"
    assert not imported.exists()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not count a process's data")
@pytest.mark.parametrize("command", ["import", "compare"])
def test_the_commands_limit_is_the_option(command, tmp_path, imported):
    path = tmp_path / "table.xlsx"
    write_xlsx(path, {"Table": [*COVER, *official_rows(TODAY, year="2021/22", codes={"8R"})]})
    command = [sys.executable, "-m", "analysis", command, str(path), "--memory", "0.0001"]
    done = subprocess.run(command, capture_output=True, text=True)  # In a process of its own, without room to reuse.
    assert done.returncode == 2
    assert done.stderr.startswith("Error: table.xlsx takes more than 0.0001 GB of memory to read: ")


@pytest.mark.parametrize("command", ["import", "compare"])
def test_no_command_waits_for_a_pipe_or_a_device(command, tmp_path, imported):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", "/dev/zero"):
        done = CliRunner().invoke(main, [command, str(path)])
        assert done.exit_code == 2
        assert done.stderr.startswith(f"Error: {path} is a pipe, a socket or a device: give a file")


def test_the_digest_is_of_the_bytes_that_were_parsed(tmp_path, imported, monkeypatch):
    path, other = tmp_path / "table.xlsx", tmp_path / "other.xlsx"
    rows = official_rows(TODAY, year="2021/22", codes={"8R"})
    write_xlsx(path, {"Table": [*COVER, *rows]})
    write_xlsx(other, {"Table": [*COVER, *rows, *official_rows(TODAY, year="2021/22", codes={"8L"})[1:]]})
    first = path.read_bytes()
    read = confined.read_confined

    def replace_meanwhile(*arguments, **options):
        path.write_bytes(other.read_bytes())
        return read(*arguments, **options)

    monkeypatch.setattr("analysis.counts.official.arrow_table.read_confined", replace_meanwhile)
    assert import_official(path).offences == 1
    path.write_bytes(first)
    assert import_official(path).status == "already there"


def test_the_rows_of_ragged_sheets_come_back_as_they_are():
    grids = [grid.Grid("a, sheet 'b'", [["x", ""], [], ["é", "1", "2"]]), grid.Grid("c", [["y"]])]
    table = read_confined(lambda: grid._to_arrow(grids), "a")
    assert grid._from_arrow(table) == grids
