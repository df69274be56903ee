"""The wheel, built and installed where there is no checkout: every command works there, from another folder."""

import json
import os
import shutil
import sys
from importlib.metadata import version

import pytest
from ways import ROOT, UV, run

from analysis.cli import main

pytestmark = pytest.mark.wheel
REPLIES = "force,charged,recorded\nGwent,21,268\nKent,<5,40\nEssex,9,120\n"
STUDY = "radar-2022/8-71/charged"
# What each command is asked here. `fetch` is asked for a year that is not listed: it says so without the network.
ASKED = {
    "estimate": (["21", "268", "--national", "5.5%..6.5%"], 0),
    "compare": (["replies.csv"], 0),
    "list": (["forces", "--study", STUDY], 0),
    "diff": (["home-office-all-offences-2023-24", "home-office-all-offences-2024-25"], 0),
    "claim": (["8.9%", "--offence", "8L", "--year", "2018/19"], 0),
    "import": (["replies.csv", "--release", "my-foi", "--offence", "8/71", "--source", "own requests"], 0),
    "fetch": (["1066/67"], 2),
    "check": ([], 0),
    "report": (["Gwent", "--study", "my-foi/8-71/charged"], 0),
    "batch": (["--study", STUDY, "--quiet"], 0),
    "notebook": (["02", "reports/mine.ipynb"], 0),
    "explore": (["--release", "home-office-2018-19", "--output", "reports"], 0),
}
# What a shadowed module would be run from: the name of one of ours, of the standard library, of a library.
SHADOWS = ("analysis", "random", "csv", "signal", "numpy")


def installed(command, **variables):
    """Run an installer's command, which must succeed."""
    done = run([UV, *command], ROOT, **variables)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel of this checkout, built with the locked builder."""
    folder = tmp_path_factory.mktemp("dist")
    installed(["build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", folder])
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """Return a function that runs a command of the wheel in a folder of its own, and that folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    installed(["venv", "--python", sys.executable, folder / "venv"])
    variables = {"VIRTUAL_ENV": str(folder / "venv"), "UV_COMPILE_BYTECODE": "1"}
    installed(["pip", "install", "--constraint", ROOT / "requirements.lock", wheel], **variables)
    work = folder / "work"
    work.mkdir()
    (work / "replies.csv").write_text(REPLIES)

    def command(*arguments, **variables):
        home = {"HOME": str(folder / "home"), "XDG_DATA_HOME": str(folder / "home")}
        return run([folder / "venv" / "bin" / "charge-rates", *arguments], work, **home | variables)

    command.folder, command.work = folder, work
    return command


def test_no_command_is_forgotten():
    assert set(ASKED) == set(main.commands)


def test_the_wheel_holds_the_figures_and_the_notebooks_once(elsewhere):
    packages = next(elsewhere.folder.glob("venv/lib/python*/site-packages"))
    for folder, besides in (("data", set()), ("notebooks", {".ipynb_checkpoints"})):
        here = {path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()}
        there = packages / "analysis" / folder
        assert {path for path in here if not besides & {*path.parts}} == {
            path.relative_to(there) for path in there.rglob("*") if path.is_file()
        }
    assert (packages / "analysis" / "py.typed").is_file()
    assert not (packages / "data").exists()


def test_the_wheel_brings_the_manual_page_with_the_text_of_every_command(elsewhere):
    place = elsewhere.folder / "venv" / "share" / "man" / "man1" / "charge-rates.1"
    page = place.read_text(encoding="utf-8").replace("\\-", "-")
    assert page.startswith(f'.TH CHARGE-RATES 1 "" "charge-rates {version("charge-rates")}"\n')
    commands = main.commands | {f"list {name}": command for name, command in main.commands["list"].commands.items()}
    del commands["list"]
    for name, command in commands.items():
        about = page.split(f"\n.SS charge-rates {name}\n")[1].split("\n.SS ")[0]
        assert all(line.strip(" \b") in about for line in command.help.splitlines()), name
    if shutil.which("man"):
        path = f"{elsewhere.folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
        found = run(["env", "-u", "MANPATH", "man", "-w", "charge-rates"], elsewhere.work, PATH=path)
        assert found.stdout == f"{place}\n", found.stderr


def test_every_command_works(elsewhere):
    for command, (arguments, status) in ASKED.items():
        done = elsewhere(command, *arguments)
        assert done.returncode == status, (command, done.stderr)
        assert "Traceback" not in done.stderr
    made = json.loads((elsewhere.work / "reports" / "my-foi/8-71/charged/gwent.json").read_text())
    assert (made["count"], made["recorded"]) == ({"low": 21, "high": 21}, 268)
    assert {path.name for path in elsewhere.work.iterdir()} == {"replies.csv", "reports"}
    assert (elsewhere.folder / "home" / "charge-rates" / "imported" / "my-foi" / "release.json").is_file()


def test_the_answer_is_that_of_the_checkout(elsewhere):
    command = ["compare", "--study", "home-office-2018-19/8R/charged", "--json"]
    here = run([sys.executable, "-m", "analysis.cli", *command], ROOT)
    assert json.loads(elsewhere(*command).stdout) == json.loads(here.stdout)


def test_real_kernels_work_too(elsewhere):
    done = elsewhere("report", "Gwent", "--study", STUDY, "--engine", "kernel", "--output", "kernels")
    assert (done.returncode, done.stdout) == (0, f"kernels/{STUDY}/gwent.html\n")


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_modules_of_the_working_folder_are_neither_needed_nor_run(elsewhere, engine):
    for name in SHADOWS:
        (elsewhere.work / f"{name}.py").write_text(f"open('{name}-was-run', 'w')\n")
    try:
        study = "bbc-2016/8-71/charged"
        done = elsewhere("report", "Kent", "--study", study, "--engine", engine, "--output", f"shadowed-{engine}")
        assert (done.returncode, done.stderr) == (0, "")
        assert not list(elsewhere.work.rglob("*-was-run"))
    finally:
        for name in SHADOWS:
            (elsewhere.work / f"{name}.py").unlink()


def test_the_package_is_imported_under_a_name_that_no_module_of_the_working_folder_has(elsewhere):
    (elsewhere.work / "analysis.py").write_text("raise SystemExit('the wrong one')\n")
    make = "{'force': ['A', 'B'], 'charged': [1, 2], 'recorded': 9}"
    code = (
        f"import pandas, charge_rates; frame = pandas.DataFrame({make})\n"
        "print(charge_rates.compare(frame).sentence('A'))"
    )
    try:
        done = run([elsewhere.folder / "venv" / "bin" / "python", "-c", code], elsewhere.work)
        assert (done.stdout[:15], done.stderr) == ("A: 1 of 9 crime", "")
    finally:
        (elsewhere.work / "analysis.py").unlink()


def test_the_folder_of_imports_can_be_named(elsewhere, tmp_path):
    arguments, _ = ASKED["import"]
    assert elsewhere("import", *arguments, CHARGE_RATES_IMPORTED=str(tmp_path / "here")).returncode == 0
    assert (tmp_path / "here" / "my-foi" / "release.json").is_file()
