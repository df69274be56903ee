"""The warm engine and real kernels give the same notebook, cell by cell; no state passes from one to the next."""

import json
from concurrent.futures import as_completed
from pathlib import Path

import pytest
from batch_fixture import write_notebook

from analysis.batch import Job
from analysis.batch.engines import execute, notebook_text
from analysis.batch.executor import CallError
from analysis.batch.workers import Children, imported_modules

COMMITTED = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

SHOWN = (
    "force: str = 'Gwent'  # name",
    "print('out'); import sys; print('error', file=sys.stderr); print('out again'); print('now', flush=True)",
    "import os, subprocess; subprocess.run(['echo', 'subprocess']);",
    "!echo shell",
    "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2], 'b': ['x', None]})\ntable",
    "from IPython.display import HTML, Markdown, clear_output, display\n"
    "display(table); print('between'); display(Markdown(f'**{force}**')); display(HTML('<i>i</i>')); 1 + 1",
    "import matplotlib.pyplot as plt; fig, axes = plt.subplots(); axes.plot([1, 2]); axes.set_title(force); print('x')",
    "figure, axes = plt.subplots(); axes.plot([3, 2, 3]); plt.close(figure)\nfigure",
    "plt.plot([1, 2]); plt.show(); plt.plot([2, 1]); print('end')",
    "from matplotlib.figure import Figure\nfigure = Figure(figsize=(2, 1)); figure.add_subplot().plot([1, 3])\nfigure",
    "handle = display('one', display_id='k'); print('after one')",
    "handle.update('two')",
    "print('gone'); clear_output(); print('stays'); clear_output(wait=True); print('stays too')",
    "_, __, In[2], sorted(Out)",
    "import logging, warnings; warnings.warn('careful'); logging.warning('logged')",
    "1;",
    "%who_ls str",
    "class Shown:\n    def _repr_html_(self): return '<b>shown</b>'\n    def __repr__(self): return 'shown'\nShown()",
    "float('nan'), {'a': 1}, __name__, sys.modules['__main__'].__name__, '' in sys.path, os.path.basename(os.getcwd())",
    "plt.rcParams['figure.dpi'], plt.isinteractive(), plt.get_backend(), plt.get_fignums()",
    "sorted({'set', 'of', 'words'}), list({'set', 'of', 'words'})",
    "",
    "import pickle; pickle.loads(pickle.dumps(Shown()))",
)

FAILING = {
    "division": ("def divide(x):\n    return 1 / x", "divide(0)"),
    "missing column": ("import pandas as pd", "pd.DataFrame({'a': [1]})['zz']"),
    "syntax": ("x = 1", "x ="),
    "exit": ("x = 1", "raise SystemExit(3)"),
    "repr": ("class Bad:\n    def __repr__(self): raise ValueError('bad repr')", "Bad()"),
}

UNSUPPORTED = {
    "top-level await": "import asyncio\nawait asyncio.sleep(0)",
    "input()": "input('name?')",
    "getpass": "import getpass; getpass.getpass()",
    "widget": "import comm; comm.create_comm(target_name='jupyter.widget')",
}

STATE = """\
import os, random, sys, warnings
import matplotlib as mpl, numpy as np, pandas as pd
def state():
    settings = {key: str(value) for key, value in mpl.rcParams.items()}
    return [settings, pd.get_option('display.precision'), pd.get_option('display.max_rows'), os.getcwd(),
            dict(os.environ), sorted(globals()), sys.path, len(warnings.filters), hasattr(np, 'changed'),
            sys.getrecursionlimit(), os.umask(0o022)]
import json; print(json.dumps(state()))
"""
CHANGE = """\
pd.set_option('display.precision', 1); pd.set_option('display.max_rows', 3); mpl.rcParams['font.size'] = 33
os.chdir('/'); os.environ['CHANGED'] = 'yes'; sys.path.insert(0, '/changed'); warnings.simplefilter('ignore')
random.seed(1); np.random.seed(1); np.changed = True; changed = True; sys.setrecursionlimit(5000); os.umask(0o077)
"""


def run_all(engine, notebooks, scratch):
    """Return {name: notebook or CallError} of notebooks run by an engine, two at a time."""
    modules = tuple(dict.fromkeys(name for path in notebooks.values() for name in imported_modules(path)))
    executor = Children(engine, 120, None, ("analysis", *modules)).executor(2)
    with executor:
        futures = {}
        for name, (path, parameters) in notebooks.items():
            job = Job("s", name, path, parameters, name, "")
            futures[executor.submit(execute, job, engine, scratch)] = name
        return {futures[future]: future.exception() or future.result() for future in as_completed(futures)}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Every notebook of this module, and the committed ones, run by both engines."""
    folder = tmp_path_factory.mktemp("notebooks")
    notebooks = {"shown": (write_notebook(folder / "shown.ipynb", *SHOWN), {"force": "Dyfed-Powys"})}
    for name, cells in FAILING.items():
        notebooks[name] = (write_notebook(folder / f"{name}.ipynb", *cells), {})
    notebooks |= {path.name: (str(path), {}) for path in COMMITTED}
    with pytest.MonkeyPatch.context() as patch:
        # A kernel under pytest does not record what subprocesses print.
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        return {engine: run_all(engine, notebooks, folder) for engine in ("warm", "kernel")}


@pytest.mark.parametrize("name", ["shown", *(path.name for path in COMMITTED)])
def test_engines_agree_cell_by_cell(both, name):
    warm, kernel = both["warm"][name], both["kernel"][name]
    assert not isinstance(warm, CallError), warm.detail
    for ours, theirs in zip(warm.cells, kernel.cells, strict=True):
        assert ours == theirs, ours.source
    assert notebook_text(warm) == notebook_text(kernel)
    if name == "shown":
        assert (
            sum("image/png" in output.get("data", {}) for cell in warm.cells for output in cell.get("outputs", [])) == 5
        )


@pytest.mark.parametrize("name", FAILING)
def test_engines_fail_alike(both, name):
    warm, kernel = both["warm"][name], both["kernel"][name]
    assert (warm.summary, warm.detail) == (kernel.summary, kernel.detail)
    assert "cell 2" in warm.summary


def test_what_subprocesses_print_keeps_its_place(tmp_path):
    cell = "import os, subprocess\nprint('1')\nsubprocess.run(['echo', '2'])\nprint('3')\nos.write(1, b'4\\n');"
    notebook = write_notebook(tmp_path / "printing.ipynb", "x = 1", cell)
    result = run_all("warm", {"printing": (notebook, {})}, tmp_path)["printing"]
    assert [output.text for output in result.cells[1].outputs] == ["1\n2\n3\n4\n"]


def test_a_finished_notebook_says_nothing_of_the_run(both):
    text = notebook_text(both["kernel"]["shown"])
    for word in ('papermill"', "duration", "start_time", "ipykernel_", "/tmp/"):
        assert word not in text
    cells = json.loads(text)["cells"]
    assert [cell["id"] for cell in cells] == [f"cell-{number}" for number in range(1, len(cells) + 1)]


def test_what_the_warm_engine_lacks_names_the_other(tmp_path):
    notebooks = {
        name: (write_notebook(tmp_path / f"{number}.ipynb", "x = 1", cell), {})
        for number, (name, cell) in enumerate(UNSUPPORTED.items())
    }
    for name, error in run_all("warm", notebooks, tmp_path).items():
        assert isinstance(error, CallError), name
        assert "needs a real kernel; run it with --engine kernel" in error.summary


def test_a_notebook_in_another_language_names_the_other_engine(tmp_path):
    path = Path(write_notebook(tmp_path / "r.ipynb", "x = 1"))
    path.write_text(path.read_text().replace('"name": "python"', '"name": "R"'))
    error = run_all("warm", {"r": (str(path), {})}, tmp_path)["r"]
    assert error.summary == "UnsupportedError: a notebook in R needs a real kernel; run it with --engine kernel"


def test_state_does_not_leak(tmp_path):
    changing = write_notebook(tmp_path / "changing.ipynb", "x = 1", STATE, CHANGE)
    looking = write_notebook(tmp_path / "looking.ipynb", "x = 1", STATE, "np.random.random(), random.random()")
    executor = Children("warm", 60, None, tuple(imported_modules(looking))).executor(1)
    with executor:
        runs = [
            executor.submit(execute, Job("s", path, path, {}, path, ""), "warm", tmp_path).result()
            for path in (looking, changing, looking)
        ]
    before, after = (json.loads(run.cells[1].outputs[0].text) for run in (runs[0], runs[2]))
    assert before == after
    # Each notebook draws random numbers of its own.
    assert runs[0].cells[2].outputs[0].data != runs[2].cells[2].outputs[0].data
