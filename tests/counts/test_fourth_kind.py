"""A fourth kind of release is one folder and one line: it is listed, compared and reported as the three are."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

PACKAGE = Path(analysis.__file__).parent
KIND = Path(__file__).parents[1] / "reference/fourth_kind/in_memory.py"
ROW = (
    "three-forces,Three forces,Three forces in memory,study,in memory,Crimes,crimes recorded in period,2020-01-01,"
    "2020-12-31,no,rest,charged,no,yes,3,3,Three forces,bbc-data-unit\n"
)
STUDY = "three-forces/8-71/charged"
IMPORT = "from analysis.counts.in_memory.in_memory import InMemoryRelease\n"


@pytest.fixture
def run(tmp_path, data):
    """A function that runs a command of a copy of the package, which has the folder and the line."""
    package = tmp_path / "src/analysis"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parents[1] / "notebooks", package / "notebooks")
    (package / "counts/in_memory").mkdir()
    shutil.copy(KIND, package / "counts/in_memory")
    releases = package / "counts/releases.py"
    text = releases.read_text(encoding="utf-8").replace(
        "    PrintedRelease,\n", "    PrintedRelease, InMemoryRelease,\n"
    )
    releases.write_text(text.replace("from analysis.counts.names", IMPORT + "from analysis.counts.names"))
    data.write("releases.csv", (data.folder / "releases.csv").read_bytes() + ROW.encode())

    def call(*arguments):
        command = [sys.executable, "-c", "from analysis.cli import main; main()", *arguments]
        environment = os.environ | {"PYTHONPATH": str(package.parent)}
        return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)

    return call


def test_a_fourth_kind_of_release_is_one_folder_and_one_line(run, tmp_path):
    assert "Three forces in memory" in run("list", "releases").stdout
    assert STUDY in run("list", "studies", "--release", "three-forces").stdout
    compared = json.loads(run("compare", "--study", STUDY, "--json").stdout)
    # 55 of 250 by hand.
    assert (compared["country"]["count"], compared["country"]["recorded"]) == (55, 250)
    assert [force["force"] for force in compared["forces"]] == ["Essex", "Gwent", "Kent"]
    made = run("report", "Gwent", "--study", STUDY, "--output", str(tmp_path / "reports"))
    assert made.returncode == 0, made.stderr
    report = json.loads((tmp_path / "reports" / STUDY / "gwent.json").read_text(encoding="utf-8"))
    assert (report["count"], report["recorded"]) == ({"low": 5, "high": 5}, 50)
    assert run("check").returncode == 0
