import os
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.counts import confined
from analysis.counts.digests import write_sums
from analysis.counts.folder import DATA_VARIABLE, IMPORTED_VARIABLE, data_folder

sys.path.insert(0, str(Path(__file__).parent))  # official_files, which several folders of tests use.

from official_years import import_fleiss, import_year

# Programs of `make fuzz` and `make mutants`, which need libraries that the tests do without.
collect_ignore = ["fuzz.py", "mutants.py"]

# What somebody has imported into this checkout must not change what the tests see, and no test may import there.
os.environ[IMPORTED_VARIABLE] = str(Path(os.devnull) / "imported")

# The same examples on every run, and no failure because a machine is busy.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("few", parent=settings.get_profile("repeatable"), max_examples=15)
settings.load_profile("repeatable")


def forget():
    """Empty every memory of the package."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "analysis":
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()


def pytest_sessionstart():
    """Begin without what an earlier session in this process cached: `make mutants` forks each from the first."""
    forget()
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        confined.CAN_FORK = False  # What a child reaches would not be noted.


def pytest_collection_modifyitems(items):
    """Mark what needs a browser: `make test-all` runs it, `make test` does not."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_runtest_setup():
    """Let every test reach the functions that it needs, where `make mutants` asks which they are."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        forget()


class DataCopy:
    """A copy of data/ that the package reads instead of the committed one."""

    def __init__(self, folder: Path):
        self.folder = folder

    def replace(self, name: str, old: str, new: str, *, renew: bool = True) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new).encode(), renew=renew)

    def write(self, name: str, content: bytes, *, renew: bool = True) -> None:
        (self.folder / name).write_bytes(content)
        if renew:
            write_sums(self.folder)


@pytest.fixture
def data(tmp_path, monkeypatch) -> DataCopy:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return DataCopy(folder)


@pytest.fixture
def imported(tmp_path, monkeypatch) -> Path:
    """Return the empty folder that imports of this test go to."""
    folder = tmp_path / "imported"
    monkeypatch.setenv(IMPORTED_VARIABLE, str(folder))
    return folder


@pytest.fixture
def write_year(tmp_path, imported):
    """A function that imports a made-up year, as `official_years.import_year` does, for this test alone."""
    return partial(import_year, tmp_path)


@pytest.fixture
def fleiss(tmp_path, imported):
    """The published example of a trend, imported as four years."""
    import_fleiss(tmp_path)
