import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.counts.folder import IMPORTED_VARIABLE

sys.path.insert(0, str(Path(__file__).parent))  # official_files, which several folders of tests use.

# What somebody has imported into this checkout must not change what the tests see, and no test may import there.
os.environ[IMPORTED_VARIABLE] = str(Path(os.devnull) / "imported")

# The same examples on every run, and no failure because a machine is busy.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture
def imported(tmp_path, monkeypatch) -> Path:
    """Return the empty folder that imports of this test go to."""
    folder = tmp_path / "imported"
    monkeypatch.setenv(IMPORTED_VARIABLE, str(folder))
    return folder
