"""What the package `analysis` offers, under a name that no file of yours has: `from charge_rates import compare`.

Python looks into the current folder first, so `from analysis import compare` takes a file `analysis.py` of yours for
the package. This module takes the package that lies beside it, whatever the current folder holds; the names are the
same objects.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis import Comparison, InputError, Vocabulary, compare

__all__ = ["Comparison", "InputError", "Vocabulary", "compare"]

PACKAGE = Path(__file__).with_name("analysis") / "__init__.py"


def _load_package() -> ModuleType:
    """Return the package beside this file, under the name by which its own modules import each other."""
    loaded = sys.modules.get("analysis")
    if loaded is None:
        spec = spec_from_file_location("analysis", PACKAGE, submodule_search_locations=[str(PACKAGE.parent)])
        assert spec is not None
        assert spec.loader is not None
        loaded = sys.modules["analysis"] = module_from_spec(spec)
        spec.loader.exec_module(loaded)
    if loaded.__file__ is None or not PACKAGE.samefile(loaded.__file__):
        raise ImportError(
            f"another module called analysis is loaded already, {loaded.__file__}: rename that file, or import "
            "charge_rates before it"
        )
    return loaded


def __getattr__(name: str) -> object:
    """Return what the package offers by name (PEP 562)."""
    return getattr(_load_package(), name)
