"""The README's numbers, commands and tree, and the lists of versions, held against the project."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from analysis.answer import answer_force, compare_study
from analysis.cli import main
from analysis.presentation.formats import p_range, percent, percent_down, percent_range, times, whole

ROOT = Path(__file__).parents[2]
README = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split()).replace("> ", "")


def test_the_answer_is_the_computed_one():
    gwent = answer_force("radar-2022", "8/71", "charged", "Gwent")
    low, high = (percent(limit) for limit in gwent.intervals.wilson)
    reach = gwent.comparison.detectable
    for text in (
        f"{percent(gwent.rate.low)} of {gwent.recorded} is {gwent.count.low} crimes",
        f"anywhere from {low} to {high} (95% interval)",
        f"national figure, {percent_range(*gwent.comparison.national.ends)} before rounding",
        f"({p_range(*gwent.comparison.tests.mid_p.p)})",
        f"only a true rate above {percent(reach.high)} or below {percent(reach.low)} would be told from the "
        f"quoted range at least {times(reach.power)}",
        f"own years was below {percent_down(gwent.comparison.break_even.low, 1)}",
        gwent.sentence,
    ):
        assert text in README


def test_the_country_is_the_computed_one():
    found = compare_study("home-office-2018-19/8R/charged").forces
    rows = [row for row in found if row.verdict.among_forces]
    differ = sum(row.verdict.rest in ("higher", "lower") for row in rows)
    gwent = next(row for row in rows if row.force == "Gwent")
    assert f"{differ} of {len(rows)} forces differ in that sense" in README
    assert f"Gwent ({whole(gwent.count.low)} of {whole(gwent.recorded)})" in README
    assert (gwent.verdict.rest, gwent.verdict.among_forces) == ("higher", "not unusual")


OPTIONS_OF_OTHERS = {"--allow", "--follow", "--upgrade", "--scheduler", "--nthreads", "--nworkers", "--array", "--wrap"}
OPTIONS_OF_OTHERS |= {"--constraint", "--extra", "--file", "--from", "--host", "--wheel", "--with"}
MANUAL = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "notebooks/README.md", "data/README.md", *MANUAL)


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def targets():
    return set(re.findall(r"(?m)^([a-z-]+):.*## ", text_of("Makefile")))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_is_one(name):
    commands = set(re.findall(r"charge-rates ([a-z]+)", text_of(name)))
    assert commands or name in MANUAL
    for command in commands:
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0, command
    assert set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", text_of(name))) <= targets()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_stands_in_the_readme(command):
    assert re.search(rf"(?:charge-rates |`){command}\b", text_of("README.md"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_option_that_is_named_is_one(name):
    options = {option for command in every_command(main) for one in command.params for option in one.opts}
    ours = {found[0] for option in options if (found := re.match("--[a-z]+", option))} | {"--help"}
    named = set(re.findall(r"(?<![\w-])--[a-z]+", text_of(name))) - OPTIONS_OF_OTHERS
    assert named <= ours


def every_command(command):
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from every_command(one)


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_every_link_to_a_file_leads_to_one(name):
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text_of(name)):
        assert (ROOT / name).parent.joinpath(link).exists(), link


def test_the_tree_is_the_projects():
    tree = text_of("CONTRIBUTING.md").split("```text\n")[1].split("```")[0]
    names = [line.split()[0] for line in tree.splitlines() if not line.startswith(" ")]
    for name in names:
        assert (ROOT / name).exists(), name
    for module in re.findall(r"\w+\.py\b", tree):
        assert any((ROOT / folder / module).exists() for folder in ("", "src", "src/analysis")), module
    ignored = {line.strip("/") for line in text_of(".gitignore").splitlines()}
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name not in ignored}
    assert {name for name in here if not re.search(rf"\b{re.escape(name)}\b", tree)} == set()
    modules = {path.stem for path in (ROOT / "src" / "analysis").iterdir() if not path.name.startswith("_")} - {
        "errors"
    }
    assert {module for module in modules if not re.search(rf"\b{module}\b", tree)} == set()
    listed = re.search(r"(?m)^Makefile(( .*\n)+)", tree)[1]
    assert set(re.findall(r"[a-z-]+", listed)) == targets() - {"help"}


def test_every_notebook_is_explained():
    listed = re.findall(r"(?m)^\| \[`([^`]+\.ipynb)`\]", text_of("notebooks/README.md"))
    assert listed == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_version_is_one_in_the_package_the_citation_and_the_changelog():
    released = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    citation = yaml.safe_load(text_of("CITATION.cff"))
    assert citation["version"] == released == version("charge-rates")
    assert re.findall(r"(?m)^## (.+)$", text_of("CHANGELOG.md"))[0] == released


def test_the_citation_has_what_its_format_demands():
    citation = yaml.safe_load(text_of("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    assert citation["license"] == project["license"]
    assert citation["repository-code"] == project["urls"]["Repository"]
    assert sorted(citation["keywords"]) == project["keywords"]
    assert all(citation[key] for key in ("message", "title", "authors"))
    assert all(author["name"] for author in citation["authors"])


def versions_of(name):
    """Return {package: versions} of a list, without hashes and the conditions of each."""
    versions = {}
    for package, number in re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", text_of(name)):
        versions.setdefault(package, set()).add(number)
    return versions


def test_requirements_are_those_of_a_user_in_the_versions_of_the_lock():
    locked, wanted = versions_of("requirements.lock"), versions_of("requirements.txt")
    assert "--hash" not in text_of("requirements.txt")
    assert all(numbers <= locked[package] for package, numbers in wanted.items())
    assert {"papermill", "jupyterlab"} <= wanted.keys()
    assert not {"pytest", "playwright", "mypy", "sphinx", "mutmut"} & wanted.keys()


def test_conda_users_get_the_lock_and_the_project():
    assert "- -r requirements.txt\n      - -e .\n" in text_of("environment.yml")
    assert "==" not in text_of("environment.yml")


@pytest.mark.parametrize("extra", ["dependencies", "test", "lab", "cluster", "mutants", "docs", "build"])
def test_every_dependency_is_text_of(extra):
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = project["dependencies"] if extra == "dependencies" else project["optional-dependencies"][extra]
    assert {re.split("[><=]", one)[0] for one in wanted} <= versions_of("requirements.lock").keys()


@pytest.mark.parametrize("library", ["pandas", "matplotlib"])
def test_the_oldest_libraries_are_those_that_are_allowed(library):
    (wanted,) = [one for one in tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"] if library in one]
    assert wanted.replace(">=", " ") in text_of("docs/how-it-is-tested.md")


@pytest.mark.parametrize("module", ["analysis", "analysis.cli"])
def test_the_module_runs_as_a_command(module):
    result = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.endswith(f"{version('charge-rates')}\n")
