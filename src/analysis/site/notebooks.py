"""Where the notebooks are that reports are made from, how to copy one, and what the files of a study are called."""

from pathlib import Path

from analysis.counts.folder import shipped_folder
from analysis.counts.names import offer_names
from analysis.errors import InputError
from analysis.site.whole_output import write_output

NOTEBOOKS = shipped_folder("notebooks")
FORCE_NOTEBOOK = NOTEBOOKS / "02-force.ipynb"
COUNTRY_NOTEBOOK = NOTEBOOKS / "03-country.ipynb"
YEARS_NOTEBOOK = NOTEBOOKS / "05-years.ipynb"
MIX_NOTEBOOK = NOTEBOOKS / "06-mix.ipynb"
READINGS = {"fact-check": "01-article.ipynb", "methods": "04-methods.ipynb", "years": "05-years.ipynb"}
"""The notebooks that are pages of their own, as they were committed, by the stems of the pages."""
QUESTION = "radar-2022/8-71/charged"
"""The study of the newspaper's comparison, which the first page answers where its report is there."""
COUNTRY = "country"
"""Stem of the report on all forces of a study together."""
SUFFIX = ".ipynb"
PICKED = (FORCE_NOTEBOOK, COUNTRY_NOTEBOOK)
"""The notebooks whose parameters can be chosen from lists."""
PICKER = "from analysis.picker import pick_parameters\n\npick_parameters(globals())"
AFTER_PICKER = """\
Run the cells down to the lists and choose. Then click this text and run what is below it (in JupyterLab: *Run*, then
*Run Selected Cell and All Below*). Running the cell with the parameters sets them back to what is written there."""


def files_name(study: str) -> str:
    """Return the stem of the files that a reader takes away from a study's page.

    Examples
    --------
    >>> files_name("bbc-2016/8-71/charged")
    'bbc-2016-8-71-charged'
    """
    return study.replace("/", "-")


def copy_notebook(name: str, copy: str | None = None, *, picker: bool = False) -> Path:
    """Copy a notebook to work on, so that the one that reports are made from stays as it is; return the copy's path.

    Parameters
    ----------
    name
        Its number or name: `02`, `force` or `02-force`.
    copy
        The file to make; `my-02-force.ipynb` in the current folder if not given. One that is there is never replaced.
    picker
        Put a cell below the parameters in which they are chosen from lists, with ipywidgets.

    Raises
    ------
    InputError
        If there is no such notebook, it has no parameters to choose from lists, or the file is there already, has
        another suffix or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> copy_notebook("02", tempfile.mkdtemp() + "/kent.ipynb").name
    'kent.ipynb'
    """
    original = _find_notebook(name)
    target = Path(copy or f"my-{original.name}")
    if target.suffix != SUFFIX:
        raise InputError(f"{target}: the copy of a notebook must end in {SUFFIX}")
    if target.exists():
        raise InputError(f"{target} is there already, and is not replaced: give the copy another name")
    content = _with_picker(original) if picker else original.read_bytes()
    write_output(content, target, option="name")
    return target


def _with_picker(original: Path) -> bytes:
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell

    if original not in PICKED:
        could = " and ".join(path.stem for path in PICKED)
        raise InputError(f"{original.stem} has no parameters to choose from lists: --picker is for {could}")
    notebook = nbformat.read(original, as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    below = notebook.cells.index(parameters) + 1
    notebook.cells[below:below] = [
        new_code_cell(PICKER, id="picker"),
        new_markdown_cell(AFTER_PICKER, id="after-picker"),
    ]
    return f"{nbformat.writes(notebook)}\n".encode()


def _find_notebook(name: str) -> Path:
    known = {path.stem: path for path in sorted(NOTEBOOKS.glob(f"*{SUFFIX}"))}
    wanted = name.casefold().removesuffix(SUFFIX)
    found = [path for stem, path in known.items() if wanted in (stem, *stem.split("-", 1))]
    if not found:
        raise InputError(f"there is no notebook {name!r}; {offer_names(name, known)}")
    return found[0]
