from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def write_csv(tmp_path) -> Callable[[str | bytes], Path]:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "replies.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
