import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.counts.digests import write_sums
from analysis.counts.folder import DATA_VARIABLE, data_folder


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
def write_csv(tmp_path) -> Callable[[str | bytes], Path]:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "replies.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
