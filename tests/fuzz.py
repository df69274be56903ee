"""A bounded fuzz run, led by coverage: whatever a reader is given, it reads it or refuses it with one sentence.

Run by `make fuzz`, on Linux, where atheris has wheels; tests/counts/test_fuzz.py asks a little of it in `make test`.
Each reader is fuzzed in a process of its own, from small valid inputs and a fixed seed.
"""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["analysis"]):
    from analysis.counts.notation import read_confidence, read_count, read_rate, read_whole
    from analysis.counts.official.home_office import validate_official_table
    from analysis.counts.official.table import read_official_table
    from analysis.counts.replies.rows import read_replies
    from analysis.counts.replies.spreadsheet import read_force_table
    from analysis.errors import InputError

from official_files import COVER, SUBCODES, TODAY, official_rows, write_ods, write_xlsx

REPLIES = b"force,charged,recorded,open,window,outcome 14,outcome 16\nGwent,7.8%,268,3,2017..2021,<5,12\nKent,,40,,,,\n"


def attempt(read: Callable, *arguments):
    """Return what is read; None if it is refused, which must be in one sentence."""
    try:
        return read(*arguments)
    except InputError as error:
        refusal = str(error)
    assert refusal.isprintable()
    assert len(refusal.split()) > 3
    return None


def fuzz_numbers(content: bytes, folder: Path) -> None:
    """Read the arguments of `estimate`: a count, crimes recorded, a rate, a confidence."""
    text, _, rest = content.decode("utf-8", "replace").partition("\n")
    recorded = attempt(read_whole, rest)
    if recorded is not None and (count := attempt(read_count, text, recorded)):
        assert 0 <= count.low <= count.high <= recorded
    if rate := attempt(read_rate, text):
        assert 0 < rate[0] <= rate[1] < 1
    if confidence := attempt(read_confidence, text):
        assert 0 < confidence < 1


def fuzz_spreadsheet(content: bytes, folder: Path) -> None:
    """Read the file of `compare`."""
    path = folder / "replies.csv"
    path.write_bytes(content)
    if table := attempt(read_force_table, path):
        known = table.forces.dropna(subset=["count_low"])
        assert ((known["count_low"] >= 0) & (known["count_high"] <= known["recorded"])).all()


def fuzz_replies(content: bytes, folder: Path) -> None:
    """Read the file of `import` with an offence."""
    path = folder / "replies.csv"
    path.write_bytes(content)
    if table := attempt(read_replies, path):
        for reply in table.replies:
            assert reply.count_low is None or 0 <= reply.count_low <= reply.count_high <= reply.recorded


def fuzz_table(content: bytes, folder: Path) -> None:
    """Read an official table as CSV."""
    path = folder / "table.csv"
    path.write_bytes(content)
    if table := attempt(read_official_table, path):
        attempt(validate_official_table, table)


def fuzz_workbook(content: bytes, folder: Path) -> None:
    """Read an official table as a workbook: its bytes where they begin like one, else the sheet in a whole archive."""
    for suffix, part, whole in ((".xlsx", "xl/worksheets/sheet1.xml", XLSX), (".ods", "content.xml", ODS)):
        path = folder / f"table{suffix}"
        path.write_bytes(content if content.startswith(b"PK") else replace_part(whole, part, content))
        if table := attempt(read_official_table, path):
            attempt(validate_official_table, table)


def replace_part(whole: bytes, part: str, content: bytes) -> bytes:
    """Return an archive with other content in one of its parts."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return changed.getvalue()


def read_part(whole: bytes, part: str) -> bytes:
    """Return one part of an archive."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return archive.read(part)


def workbook(write: Callable, header: list[str]) -> bytes:
    """Return a small official workbook."""
    content = io.BytesIO()
    write(content, {"Cover": COVER, "Table": official_rows(header, codes={"8R"})[:12]})
    return content.getvalue()


XLSX, ODS = workbook(write_xlsx, TODAY), workbook(write_ods, SUBCODES)
ROWS = official_rows(TODAY, codes={"8R"})[:12]
TABLE = "\n".join(",".join("" if cell is None else f'"{cell}"' for cell in row) for row in ROWS).encode()
SEEDS: dict[Callable, list[bytes]] = {
    fuzz_numbers: [b"21\n268", b"<5\n40", b"3..9\n12", b"7.8%\n268", b"5.5%..6.5%\n1,000", b"0.95\n0"],
    fuzz_spreadsheet: [REPLIES, REPLIES.replace(b",", b";"), REPLIES.decode().encode("utf-16")],
    fuzz_replies: [REPLIES, REPLIES.replace(b"2017..2021", b"2021/22")],
    fuzz_table: [TABLE],
    fuzz_workbook: [XLSX, ODS, read_part(XLSX, "xl/worksheets/sheet2.xml"), read_part(ODS, "content.xml")],
}
READERS = {fuzz.__name__.removeprefix("fuzz_"): fuzz for fuzz in SEEDS}


def fuzz_one(name: str, seconds: str) -> None:
    """Fuzz one reader; the process ends with it, with another status than 0 if something was found."""
    fuzz = READERS[name]
    with TemporaryDirectory() as made:
        folder, corpus = Path(made), Path(made) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(SEEDS[fuzz]):
            (corpus / f"{number}").write_bytes(seed)
        options = [f"-max_total_time={seconds}", "-seed=1", "-max_len=20000", "-timeout=20", "-print_final_stats=1"]
        atheris.Setup([name, *options, f"-artifact_prefix={name}-", str(corpus)], lambda data: fuzz(data, folder))
        atheris.Fuzz()


def main(seconds: str) -> int:
    """Fuzz every reader for some seconds and print how many inputs each was given; 1 if one of them failed."""
    failed = False
    for name in READERS:
        command = [sys.executable, __file__, name, seconds]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        given = re.search(r"number_of_executed_units: +(\d+)", done.stderr)
        print(
            f"{name}: {int(given[1]) if given else 0:,} inputs,", "nothing found" if done.returncode == 0 else "FAILED"
        )
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n")
        failed |= done.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else fuzz_one(*sys.argv[1:]))
