"""Imported once by the forkserver: what every report needs is loaded, warmed and inherited by each child.

The environment variable `ANALYSIS_PRELOAD` lists modules. The first is the finishing function's; its `warm_up`, if it
has one, is called with the arguments in `ANALYSIS_WARM_UP`, to fill caches (fonts, data, templates). What fails here
is passed over, because the report that needs it says so better.
"""

import contextlib
import gc
import importlib
import json
import os
import sys

import nbformat

import analysis.batch.engines  # noqa: F401 - it is what each child imports first
from analysis.batch.warm import start_shell

gc.disable()  # What is loaded here stays: looking for garbage among it costs a tenth of the time.
start_shell()
nbformat.validate(nbformat.v4.new_notebook())  # The first validation compiles the schema.
names = os.environ.get("ANALYSIS_PRELOAD", "").split()
for name in names:
    with contextlib.suppress(Exception):
        importlib.import_module(name)
with contextlib.suppress(Exception):
    sys.modules[names[0]].warm_up(**json.loads(os.environ["ANALYSIS_WARM_UP"]))
# What lives here lives as long as the children: the garbage collector must not copy it into each of them. A child lives
# for a moment, so it looks for garbage seldom.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
gc.enable()
