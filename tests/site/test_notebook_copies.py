"""A notebook is copied to work on; the one that reports are made from stays as it is."""

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.site.notebooks import FORCE_NOTEBOOK


def run(*arguments):
    return CliRunner().invoke(main, ["notebook", *arguments])


@pytest.mark.parametrize("name", ["02", "force", "02-force", "02-force.ipynb", "Force"])
def test_a_copy_is_made_and_named(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(name).stdout == "my-02-force.ipynb\n"
    assert (tmp_path / "my-02-force.ipynb").read_bytes() == FORCE_NOTEBOOK.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["07"], "there is no notebook '07'; known are '01-article', '02-force', '03-country', '04-methods', "
         "'05-years' and '06-mix'"),
        (["02", "there.ipynb"], "there.ipynb is there already, and is not replaced: give the copy another name"),
        (["02", "copy.txt"], "copy.txt: the copy of a notebook must end in .ipynb"),
        (["02", "nowhere/copy.ipynb"], "nowhere/copy.ipynb: cannot be written (No such file or directory); choose "
         "another name"),
    ],
)  # fmt: skip
def test_what_cannot_be_copied_is_said(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.ipynb").write_text("mine")
    ran = run(*arguments)
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {says}\n")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]
