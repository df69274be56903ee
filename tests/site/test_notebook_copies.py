"""A notebook is copied to work on; the one that reports are made from stays as it is."""

import nbformat
import papermill
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.site.notebooks import COUNTRY_NOTEBOOK, FORCE_NOTEBOOK


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
        (["04", "--picker"], "04-methods has no parameters to choose from lists: --picker is for 02-force and "
         "03-country"),
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


@pytest.mark.parametrize("original", [FORCE_NOTEBOOK, COUNTRY_NOTEBOOK], ids=lambda path: path.stem)
def test_a_copy_with_lists_has_two_cells_more(original, tmp_path):
    before = original.read_bytes()
    assert run(original.stem, str(tmp_path / "copy.ipynb"), "--picker").exit_code == 0
    cells = nbformat.read(tmp_path / "copy.ipynb", as_version=4).cells
    parameters, picker, after = cells[1:4]
    assert parameters.metadata.tags == ["parameters"]
    assert picker.source == "from analysis.picker import pick_parameters\n\npick_parameters(globals())"
    assert "Run Selected Cell and All Below" in after.source
    assert cells[:2] + cells[4:] == nbformat.read(original, as_version=4).cells
    assert original.read_bytes() == before


def test_a_copy_with_lists_says_what_the_notebook_says(tmp_path):
    copy = tmp_path / "copy.ipynb"
    run("03", str(copy), "--picker")
    given = {"release": "radar-2022", "offence": "8/71", "outcome": "charged"}
    papermill.execute_notebook(copy, tmp_path / "lists.ipynb", given, progress_bar=False)
    papermill.execute_notebook(COUNTRY_NOTEBOOK, tmp_path / "plain.ipynb", given, progress_bar=False)
    lists, plain = (shown(tmp_path / name) for name in ("lists.ipynb", "plain.ipynb"))
    assert "application/vnd.jupyter.widget-view+json" in lists.pop("picker")[0].data
    assert lists == plain


def shown(path):
    """Return {id of a cell: its outputs} of every cell that has some, without the numbers of the runs."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.get("outputs")]
    for cell in cells:
        for output in cell.outputs:
            output.pop("execution_count", None)
    return {cell.id: cell.outputs for cell in cells}
