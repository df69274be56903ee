"""The results are the same bytes wherever a command runs.

Whatever the language, the time zone, the folder and the home, and from a checkout that can only be read.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.counts.folder import IMPORTED_VARIABLE

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ("estimate", "21", "268", "--national", "5.5%..6.5%"),
    ("compare", "replies.csv"),
    ("report", "Gwent", "--study", "radar-2022/8-71/charged"),
)
REPLIES = "force;charged;recorded\nYnys Môn;1,021;12,000\nGwent;7.8%;268\nKent;<5;40\n"
AWKWARD = "naïve Größe, o'clock & 100%"
NO_HOME = {
    "HOME": "/dev/null/home",
    **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "IPYTHONDIR", "MPLCONFIGDIR")),
}


def results(folder, **surroundings):
    """Return what the commands print, and each file that they leave in `folder`, in these surroundings."""
    folder.mkdir(parents=True)
    (folder / "replies.csv").write_text(REPLIES, encoding="utf-8")
    environment = {name: value for name, value in (os.environ | surroundings).items() if value is not None}
    environment.pop("PYTEST_CURRENT_TEST", None)
    printed = []
    for command in COMMANDS:
        run = subprocess.run(
            [sys.executable, "-m", "analysis.cli", *command], cwd=folder, env=environment, capture_output=True
        )
        assert run.returncode == 0, run.stderr.decode()
        printed.append(run.stdout)
    return printed, contents(folder / "reports", besides=("manifest.json", "logs"))


def contents(folder, besides=()):
    """Return {path: bytes} of all files below `folder`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not {*besides} & {*path.parts})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """Return the results in plain surroundings."""
    printed, files = results(tmp_path_factory.mktemp("here") / "work", LC_ALL="C.UTF-8", TZ="UTC")
    assert all(printed)
    assert {f"radar-2022/8-71/charged/gwent.{suffix}" for suffix in ("html", "ipynb", "json")} <= set(files)
    return printed, files


@pytest.fixture(scope="module")
def comma_decimals(tmp_path_factory):
    """Return the variables of a language that writes 7,8 for 7.8, made here from the system's descriptions."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/de_DE").exists():
        pytest.skip("this machine has no localedef with de_DE, whose decimals have a comma")
    subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8"], check=True)
    variables = {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    code = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.str(7.8))"
    shown = subprocess.run([sys.executable, "-c", code], env=os.environ | variables, capture_output=True, check=True)
    assert shown.stdout == b"7,8\n"
    return variables


def test_a_language_with_comma_decimals(here, comma_decimals, tmp_path):
    assert results(tmp_path / "work", **comma_decimals) == here


def test_no_language_no_home_the_earliest_time_zone_and_an_awkward_folder(here, tmp_path):
    assert results(tmp_path / AWKWARD, **NO_HOME, LC_ALL="C", LANG=None, TZ="Pacific/Kiritimati") == here


def test_a_checkout_that_can_only_be_read_at_an_awkward_path(here, tmp_path):
    checkout = tmp_path / AWKWARD / "checkout"
    for name in ("src", "data", "notebooks"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.lock", checkout)
    before = contents(checkout)
    for path in [checkout, *checkout.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    variables = {"PYTHONPATH": str(checkout / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        assert results(tmp_path / "work", **variables, **{IMPORTED_VARIABLE: None}) == here
    finally:
        for path in [checkout, *checkout.rglob("*")]:
            path.chmod(0o755)
    # Who runs as root can write in spite of the modes: nothing may have been.
    assert contents(checkout) == before
