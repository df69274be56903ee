"""The examples of the docstrings, one test a function: `make mutants` has to know which functions each test reaches.

`make test` runs the same examples where they stand.
"""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import analysis

KERNEL = "analysis.batch.preload"
"""The module whose import makes its process a notebook's kernel."""


def examples() -> list[doctest.DocTest]:
    """Return the examples of every function and class, those of changed copies of a function left out."""
    names = [module.name for module in walk_packages(analysis.__path__, "analysis.")]
    modules = [import_module(name) for name in names if name != KERNEL]
    tests = [test for module in modules for test in doctest.DocTestFinder().find(module)]
    return [test for test in tests if test.examples and "__mutmut_" not in test.name]


@pytest.mark.parametrize("test", examples(), ids=lambda test: test.name)
def test_example(test):
    assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
