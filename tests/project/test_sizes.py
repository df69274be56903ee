"""What must be read at once stays small: modules, and functions from the first to the last statement."""

import ast
import statistics
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "analysis"
MODULE_LINES = 320
MEDIAN, NINE_OF_TEN, LONGEST = 6, 18, 45


def function_lengths(text):
    """Return {name and line: lines from the first to the last statement after the docstring} of every function."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {f"{node.name}, line {node.lineno}": length(node) for node in functions}


def length(function):
    statements = function.body[ast.get_docstring(function) is not None :]
    return statements[-1].end_lineno - statements[0].lineno + 1 if statements else 0


def lengths_of_package():
    return {
        f"{path.relative_to(PACKAGE)}: {name}": lines
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, lines in function_lengths(path.read_text(encoding="utf-8")).items()
    }


def test_a_length_leaves_out_decorators_arguments_and_the_docstring():
    text = '@f\ndef g(\n    a,\n):\n    """Say.\n\n    More.\n    """\n    b = a\n\n    return b\n'
    assert function_lengths(text) == {"g, line 2": 3}
    assert function_lengths('def g():\n    """Say."""\n') == {"g, line 1": 0}


def test_no_module_is_long():
    lines = {path.relative_to(PACKAGE): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path: number for path, number in lines.items() if number > MODULE_LINES} == {}


def test_most_functions_are_short():
    found = sorted(lengths_of_package().values())
    assert statistics.median(found) <= MEDIAN
    assert sum(lines <= NINE_OF_TEN for lines in found) >= 0.9 * len(found)


def test_no_function_is_long():
    assert {name: lines for name, lines in lengths_of_package().items() if lines > LONGEST} == {}
