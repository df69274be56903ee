"""The README's numbers, commands and tree, and the lists of versions, held against the project."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.answer import answer_force, compare_study
from analysis.cli import main
from analysis.presentation.formats import p_range, percent, percent_range, whole

ROOT = Path(__file__).parents[2]
README = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split()).replace("> ", "")


def test_the_answer_is_the_computed_one():
    gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    low, high = (percent(limit) for limit in gwent["intervals"]["wilson"])
    reach = gwent["detectable"]
    for text in (
        f"{percent(gwent['rate']['low'])} of {gwent['recorded']} is {gwent['count']['low']} crimes",
        f"anywhere from {low} to {high} (95% interval)",
        f"national figure, {percent_range(*gwent['national'].values())} before rounding",
        f"({p_range(*gwent['tests']['score']['p'])})",
        f"only a true rate above {percent(reach['high'])} or below {percent(reach['low'])}",
        f"own years was below {percent(gwent['break_even']['low'])}",
        gwent["sentence"],
    ):
        assert text in README


def test_the_country_is_the_computed_one():
    rows = compare_study("home-office-2018-19/8R/charged")["forces"]
    differ = sum(row["verdict"]["rest"] in ("higher", "lower") for row in rows)
    gwent = next(row for row in rows if row["force"] == "Gwent")
    assert f"{differ} of {len(rows)} forces differ in that sense" in README
    assert f"Gwent ({whole(gwent['count']['low'])} of {whole(gwent['recorded'])})" in README
    assert (gwent["verdict"]["rest"], gwent["verdict"]["among_forces"]) == ("higher", "not distinguishable")


def test_every_command_of_the_readme_is_one():
    commands = re.findall(r"charge-rates ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"estimate", "compare", "report", "batch"} <= set(commands)
    for command in set(commands):
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0, command
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?m)(?:^|`)make ([a-z]+)(?:`|$)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_tree_is_the_projects():
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    names = [line.split()[0] for line in tree.splitlines() if not line.startswith(" ")]
    assert len(names) > 8
    for name in names:
        assert (ROOT / name).exists(), name
    for module in re.findall(r"\w+\.py", tree):
        assert (ROOT / "src" / "analysis" / module).exists(), module


def locked(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_requirements_are_the_lock_without_hashes():
    without = re.sub(r" *\\$", "", re.sub(r"(?m)^ +--hash.*\n", "", locked("requirements.lock")), flags=re.MULTILINE)
    assert locked("requirements.txt") == without


def test_conda_users_get_the_lock_and_the_project():
    assert "- -r requirements.txt\n      - -e .\n" in locked("environment.yml")
    assert "==" not in locked("environment.yml")


@pytest.mark.parametrize("extra", ["dependencies", "test", "lab", "cluster", "mutants", "build"])
def test_every_dependency_is_locked(extra):
    project = tomllib.loads(locked("pyproject.toml"))["project"]
    wanted = project["dependencies"] if extra == "dependencies" else project["optional-dependencies"][extra]
    names = {re.split("==", line)[0] for line in locked("requirements.txt").splitlines()}
    assert {re.split("[><=]", one)[0] for one in wanted} <= names


def test_the_module_runs_as_a_command():
    result = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout.endswith(f"{version('charge-rates')}\n")
