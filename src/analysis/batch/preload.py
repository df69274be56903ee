"""Imported once by the forkserver: what every report needs is loaded, warmed and inherited by each child.

The environment variable `ANALYSIS_PRELOAD` lists modules. The first is the finishing function's; its `warm_up`, if it
has one, is called with the arguments in `ANALYSIS_WARM_UP`, to fill caches (fonts, data, templates). What fails here
is passed over, because the report that needs it says so better.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import sys
from typing import Any

import nbformat

import analysis.batch.engines
import analysis.batch.warm  # noqa: F401 - like the module before it, what each child imports first
from analysis.batch.kernel import start_kernel


def load(name: str) -> None:
    """Import a module as a cell would; one that has something to say is left to the cell that must show it."""
    before, said = set(sys.modules), io.StringIO()
    with contextlib.suppress(Exception), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        importlib.import_module(name)
    if said.getvalue():
        for new in set(sys.modules) - before:
            del sys.modules[new]


gc.disable()  # What is loaded here stays: looking for garbage among it costs a tenth of the time.
shell: Any = start_kernel().shell
nbformat.validate(nbformat.v4.new_notebook())  # The first validation compiles the schema.
names = os.environ.get("ANALYSIS_PRELOAD", "").split()
with shell.builtin_trap:  # Within it there is a `get_ipython`, by which libraries tell where they are loaded.
    for name in names:
        load(name)
with contextlib.suppress(Exception):
    sys.modules[names[0]].warm_up(**json.loads(os.environ["ANALYSIS_WARM_UP"]))
# What lives here lives as long as the children: the garbage collector must not copy it into each of them.
gc.collect()
gc.freeze()
gc.enable()
