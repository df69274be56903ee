"""Every public function says what it takes and what it returns."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "analysis"


def without_annotation(text):
    """Return what is not annotated in every function without a leading underscore: methods and nested ones too."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [
        f"{function.name}, line {function.lineno}: {name}"
        for function in functions
        if not function.name.startswith("_")
        for name in bare(function)
    ]


def bare(function):
    """Return the names of a function's arguments without annotation, and "return" where that has none."""
    takes = function.args
    variable = [one for one in (takes.vararg, takes.kwarg) if one is not None]
    names = [one.arg for one in [*takes.posonlyargs, *takes.args, *takes.kwonlyargs, *variable] if not one.annotation]
    return [*(name for name in names if name not in ("self", "cls")), *([] if function.returns else ["return"])]


def test_every_public_function_is_annotated_whole():
    found = {
        str(path.relative_to(PACKAGE)): missing
        for path in sorted(PACKAGE.rglob("*.py"))
        if (missing := without_annotation(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_what_is_not_annotated_is_found_wherever_it_stands():
    text = (
        "class A:\n    def b(self, c, /, *d, e: int = 1, **f) -> None:\n        async def g():\n            pass\n"
        "def _h(i): pass\n@command\ndef j(k: int): pass"
    )
    assert without_annotation(text) == [
        "j, line 7: return",
        "b, line 2: c",
        "b, line 2: d",
        "b, line 2: f",
        "g, line 3: return",
    ]
