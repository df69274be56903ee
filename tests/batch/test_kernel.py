"""The warm engine is a kernel to a cell: whatever asks where it runs, and how, is answered as in Jupyter.

Each notebook is one of those that people reported to kernels and libraries, run by both engines. Expected: a real
kernel's outputs, character by character.
"""

import importlib.util

import pytest
from batch_fixture import run_notebooks, write_notebook

from analysis.batch.engines import notebook_text
from analysis.batch.executor import CallError

NEEDED = {"plotly": "plotly", "altair": "altair", "seaborn": "seaborn", "rich": "rich"}
"""Notebooks of libraries that the project does without; where they are not installed the notebook is left out."""

ALIKE = {
    # albertz/background-zmq-ipython #7
    "agg": ["%matplotlib agg\nimport matplotlib.pyplot as plt; plt.plot([1, 2]); print('drawn')"],
    "unknown gui": ["%gui window"],
    "breakpoint": ["breakpoint()\nx = 1"],
    "gui": ["%gui\nprint('done')"],
    "gui of the loop that runs": ["%gui asyncio\nprint('done')"],
    "rehashx": ["%rehashx\nprint('done')", "%dhist"],
    "inline": ["%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);"],
    "pylab": ["%pylab inline\nplot([1, 2]);"],
    "files": ["%cd /", "%store force", "import os; os.getcwd()"],
    # pandas-dev/pandas #36578 and #32461
    "shell": [
        "import pandas as pd\n"
        "print(pd.io.formats.console.in_ipython_frontend(), type(get_ipython()).__name__, type(get_ipython()))",
        "table = pd.DataFrame([[f * 1000.5 for f in range(30)]] * 3)\nprint(table)",
        "table",
        "table.style.set_uuid('a').format(precision=1).to_html()",
    ],
    "settings": [
        "import gc, sys; gc.get_threshold(), gc.isenabled()",
        "sys.stdout.encoding, sys.stdout.errors, sys.stdout.isatty(), type(sys.stdout), type(sys.stderr)",
        "import shutil, os; assert shutil.get_terminal_size().columns == 80; os.environ.get('COLUMNS')",
        "import multiprocessing as mp\n"
        "mp.current_process(), mp.parent_process(), mp.get_start_method(), mp.Process().name, mp.active_children()",
        "'IPKernelApp' in get_ipython().config, hasattr(get_ipython(), 'kernel')",
        "from ipykernel.kernelapp import IPKernelApp; IPKernelApp.initialized()",
        "import subprocess; subprocess.run(['echo', 'unseen'], stdout=sys.stdout);",
        "import argparse, os; os.path.basename(sys.argv[0]), sys.argv[1], len(sys.argv)",
        "import signal; signal.getsignal(signal.SIGINT) is signal.default_int_handler",
        "sys.stdin.read(), sys.flags.safe_path, sys.flags.hash_randomization",
        "from IPython.core.magic import register_line_magic\nsorted(get_ipython().magics_manager.magics['line'])",
    ],
    # jupyter/nbconvert #904 and #930
    "raw outputs": [
        "import datetime\nclass Figures:\n    def __repr__(self): return 'figures'\n"
        "    def _repr_json_(self): return {'day': datetime.date(2024, 1, 1), 3: 'x'}\nFigures()",
        "class Paper:\n    def __repr__(self): return 'paper'\n    def _repr_pdf_(self): return b'%PDF-1.4'\nPaper()",
        "class Picture:\n    def __repr__(self): return 'picture'\n"
        "    def _repr_png_(self): return b'\\x89PNG\\r\\n\\x1a\\n'\nPicture()",
        "from PIL import Image\nImage.new('RGB', (2, 2), 'red')",
        "noon = {'when': datetime.datetime(2024, 1, 1, 12), None: (1, 2)}\n"
        "display({'text/plain': 'x', 'application/json': noon}, raw=True)",
        "display({'text/plain': 'raw', 'image/png': b'png'}, raw=True)",
    ],
    # nteract/papermill #239 and #329, jupyter/notebook #5261
    "executor": [
        "from concurrent.futures import ProcessPoolExecutor\ndef square(x): return x * x\n"
        "with ProcessPoolExecutor(2) as pool: print(list(pool.map(square, range(4))))"
    ],
    "pool": [
        "from multiprocessing import Pool\ndef square(x): return x * x\n"
        "with Pool(2) as pool: print(pool.map(square, range(4)))"
    ],
    "process": [
        "import multiprocessing as mp\nqueue = mp.Queue()\ndef work(queue): queue.put('done')\n"
        "process = mp.Process(target=work, args=(queue,)); process.start()\n"
        "print(queue.get(timeout=20)); process.join()"
    ],
    "manager": ["import multiprocessing as mp\nwith mp.Manager() as manager: print(manager.list([1, 2]))"],
    # ipython/ipykernel #402, jupyterlab/jupyterlab #9668
    "crash": [
        "import multiprocessing as mp\ndef bad(): 1 / 0\n"
        "p = mp.get_context('fork').Process(target=bad); p.start(); p.join(); p.exitcode"
    ],
    "fork": [
        "import os\nif (pid := os.fork()) == 0:\n    print('from the child', flush=True); os._exit(0)\n"
        "os.waitpid(pid, 0)[1]"
    ],
    "forked pool": [
        "import multiprocessing as mp\ndef noisy(x):\n    print(f'child {x}\\n', end='', flush=True); return x\n"
        "with mp.get_context('fork').Pool(1) as pool: result = pool.map(noisy, range(2))",
        "result",
    ],
    "text": [
        "print('\\udc80x')",
        "print(chr(0), '\\r', '\\x1b[31mred\\x1b[0m')",
        "import sys\ntry: sys.stdout.write(1)\nexcept TypeError as error: print(error)",
    ],
    "await": [
        "import asyncio\nawait asyncio.sleep(0)\n'waited'",
        "task = asyncio.create_task(asyncio.sleep(0, 7))",
        "await task",
    ],
    "pager": [
        "print?",
        "%precision 2\n3.14159",
        "%%capture said\nprint('captured')",
        "said.stdout",
        "%timeit -n1 -r1 -q 1;",
    ],
    "plotly": [
        "import plotly.io as pio, plotly.graph_objects as go\nprint(pio.renderers.default)\n"
        "go.Figure(go.Bar(x=['Gwent'], y=[7.8]))"
    ],
    "altair": [
        "import altair, pandas\n"
        "rates = pandas.DataFrame({'x': ['Gwent'], 'y': [7.8]})\n"
        "chart = altair.Chart(rates).mark_bar().encode(x='x', y='y')\n"
        "altair.renderers.active, sorted(chart._repr_mimebundle_(None, None)), chart.to_json()"
    ],
    "seaborn": ["import seaborn\nseaborn.barplot(x=['Gwent', 'Kent'], y=[7.8, 5]);"],
    "rich": [
        "from rich.console import Console; from rich.table import Table\n"
        "table = Table('force', 'rate'); table.add_row('Gwent', '7.8'); Console().print(table)\nConsole().width"
    ],
    # A module that warns where it is loaded is loaded by the cell.
    "tqdm": ["import tqdm.auto", "from tqdm import tqdm\nfor _ in tqdm(range(2), bar_format='{n_fmt}'): pass"],
}

FAILING = {
    "a closed stream": ["import sys; sys.stdout.close()\nprint('x')"],
    # It works in a script and fails in Jupyter, where a loop runs.
    "asyncio.run": ["import asyncio\nasync def main(): return 3\nasyncio.run(main())"],
    "input": ["input('name?')"],
    "getpass": ["import getpass; getpass.getpass()"],
    "half a character shown": ["display({'text/plain': '\\ud800'}, raw=True)"],
    "no JSON": [
        "class Bad:\n    def __repr__(self): return 'bad'\n    def _repr_json_(self): return {'x': Bad()}\nBad()"
    ],
    "exit in a task": ["import asyncio\nasync def fail(): raise ValueError('late')\nawait fail()"],
}

SENDING = {"a closed stream", "half a character shown", "no JSON"}
"""What fails where text or a message is sent: the traceback ends in the sending, which is not the kernel's."""

UNSUPPORTED = {
    "widget": "import comm; comm.create_comm(target_name='jupyter.widget')",
    "a window's event loop": "get_ipython().kernel.eventloop = print",
    "half a character": "print('\\ud800')",
}

installed = {name for name, module in NEEDED.items() if importlib.util.find_spec(module)}


def write_all(folder, cells):
    """Write {name: cells} as notebooks; return {name: (path, no parameters)}."""
    folder.mkdir()
    notebooks = {}
    for number, (name, lines) in enumerate(cells.items()):
        notebooks[name] = (write_notebook(folder / f"{number}.ipynb", "force: str = 'Gwent'", *lines), {})
    return notebooks


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Every notebook that can run here, run by both engines."""
    folder = tmp_path_factory.mktemp("kernels")
    there = {name: cells for name, cells in ALIKE.items() if name in installed or name not in NEEDED}
    notebooks = write_all(folder / "notebooks", there | FAILING)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        patch.setenv("COLUMNS", "200")
        return {engine: run_notebooks(engine, notebooks, folder) for engine in ("warm", "kernel")}


@pytest.mark.parametrize("name", ALIKE)
def test_a_cell_sees_a_kernel(both, name):
    if name not in both["warm"]:
        pytest.skip(f"{name} is not installed; it is no part of the project")
    warm, kernel = both["warm"][name], both["kernel"][name]
    assert not isinstance(warm, CallError), warm.detail
    for ours, theirs in zip(warm.cells, kernel.cells, strict=True):
        assert ours == theirs, ours.source
    assert notebook_text(warm).encode() == notebook_text(kernel).encode()


@pytest.mark.parametrize("name", FAILING)
def test_a_cell_fails_as_in_a_kernel(both, name):
    warm, kernel = both["warm"][name], both["kernel"][name]
    assert warm.summary == kernel.summary
    if name not in SENDING:
        assert warm.detail == kernel.detail


def test_an_output_that_no_notebook_can_hold_fails(tmp_path):
    cells = {"bytes": ["display({'image/png': bytearray(b'x')}, raw=True)"], "set": ["display({'a/b': {1}}, raw=True)"]}
    notebooks = write_all(tmp_path / "notebooks", cells)
    warm, kernel = (run_notebooks(engine, notebooks, tmp_path) for engine in ("warm", "kernel"))
    for name in cells:
        assert warm[name].summary == f"{kernel[name].summary} (cell 2)"
        assert warm[name].summary.startswith("NotebookValidationError: ")


def test_a_cell_that_asks_for_the_kernel_s_sockets_is_told_where_they_are(tmp_path):
    notebooks = write_all(tmp_path / "notebooks", {"sockets": ["%connect_info"]})
    [output] = run_notebooks("warm", notebooks, tmp_path)["sockets"].cells[1].outputs
    assert "a connection needs a real kernel; run it with --engine kernel" in output.text


def test_what_the_warm_engine_lacks_names_the_other(tmp_path):
    notebooks = write_all(tmp_path / "notebooks", {name: [cell] for name, cell in UNSUPPORTED.items()})
    for name, error in run_notebooks("warm", notebooks, tmp_path).items():
        assert isinstance(error, CallError), name
        assert "needs a real kernel; run it with --engine kernel" in error.summary
