"""What a shell sees of the commands: help in groups, whole sentences, completed names, no colour codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import SECTIONS, main
from analysis.counts.folder import DATA_VARIABLE


def completed(words, *, shell="bash", **variables):
    """Return what a shell is offered for the last word of a line, as that shell asks for it."""
    line = " ".join(words)
    asks = {"_CHARGE_RATES_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        asks["COMP_CWORD"] = words[-1]
    code = "from analysis.cli import main; main(prog_name='charge-rates')"
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | asks | variables, capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["charge-rates", "est"], ["estimate"]),
        (["charge-rates", "report", "Gl"], ["gloucestershire"]),
        (["charge-rates", "report", "south"], ["south-wales", "south-yorkshire"]),
        (["charge-rates", "batch", "--study", "radar"], None),
        (["charge-rates", "compare", "--study", "home-office-2018-19/8R/ch"], ["home-office-2018-19/8R/charged"]),
        (["charge-rates", "list", "studies", "--release", "bbc"], ["bbc-2016"]),
        (["charge-rates", "import", "--offence", "8/7"], ["8/71"]),
    ],
    ids=lambda words: words[-1] if isinstance(words, list) else None,
)
def test_names_are_completed(words, offered):
    lines = completed(words).splitlines()
    names = [line.removeprefix("plain,") for line in lines]
    if offered is None:
        assert "radar-2022/8-71/charged" in names
        assert all(name.startswith("radar-2022/") for name in names)
    else:
        assert names == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_understood(shell):
    assert "gloucestershire" in completed(["charge-rates", "report", "glouc"], shell=shell)


def test_where_the_figures_cannot_be_read_nothing_is_offered(tmp_path):
    assert completed(["charge-rates", "report", "gl"], **{DATA_VARIABLE: str(tmp_path / "none")}).strip() == ""


def test_every_command_stands_once_in_a_section():
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(main.commands)


def test_help_has_whole_sentences_in_sections():
    text = CliRunner().invoke(main, ["--help"], terminal_width=200).output
    assert all(f"\n{section}:\n" in text for section in SECTIONS)
    assert "..." not in text.replace("[ARGS]...", "")
    assert "Make one FORCE's report in STUDY, or in every default study that has it\n" in text
    assert "..." not in CliRunner().invoke(main, ["list", "--help"]).output.replace("[ARGS]...", "")


def test_options_stand_in_sections_and_the_rest_last():
    lines = CliRunner().invoke(main, ["batch", "--help"]).output.splitlines()
    assert [line for line in lines if line.endswith(":") and not line.startswith(" ")] == [
        "What to report:",
        "How it runs:",
        "Options:",
    ]
    text = CliRunner().invoke(main, ["import", "--help"]).output
    assert text.index("\n  --year") < text.index("\n  --offence CODE") < text.index("\n  --replace")


def test_the_version_has_a_short_name():
    runner = CliRunner()
    assert runner.invoke(main, ["-V"]).output == runner.invoke(main, ["--version"]).output != ""


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}])
def test_no_colour_is_ever_printed(variables):
    for arguments in (["estimate", "21", "268"], ["list", "releases"], ["--help"], ["estimate", "x", "268"]):
        command = [sys.executable, "-m", "analysis", *arguments]
        run = subprocess.run(command, env=os.environ | variables, capture_output=True)
        assert b"\x1b" not in run.stdout + run.stderr


def test_a_batch_ends_with_the_address_of_its_first_page(tmp_path):
    command = ["batch", "--study", "radar-2022/8-71/charged", "--force", "Gwent", "--output", str(tmp_path / "a b")]
    command = [sys.executable, "-m", "analysis", *command]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    assert said[-1] == f"All pages: {(tmp_path / 'a b' / 'index.html').as_uri()}"
    assert Path(tmp_path / "a b" / "index.html").is_file()
    quiet = subprocess.run([*command, "--quiet"], capture_output=True, text=True, check=True)
    assert quiet.stderr == ""
