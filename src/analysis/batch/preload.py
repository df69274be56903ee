"""Imported once by the forkserver: what every notebook needs is loaded, warmed and inherited by each child.

The environment variable `ANALYSIS_PRELOAD` lists further modules. A module that cannot be imported is passed over
here, because the notebook that needs it says so better.
"""

import contextlib
import gc
import importlib
import os

import analysis.batch.engines  # noqa: F401 - it is what each child imports first
from analysis.batch.warm import start_shell

start_shell()
for name in os.environ.get("ANALYSIS_PRELOAD", "").split():
    with contextlib.suppress(Exception):
        importlib.import_module(name)
gc.collect()
gc.freeze()
