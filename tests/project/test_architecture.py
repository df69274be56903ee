"""Imports go only the way that the design says: three layers that do not know each other, joined above them."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "analysis"
JOINTS = {"answer", "article", "stories", "methods", "second_opinion", "years"}

# Part of the package: the other parts that it may import.
MAY_IMPORT = {
    "errors": set(),
    "counts": {"errors"},
    "statistics": {"errors"},
    "presentation": {"errors"},
    "answer": {"errors", "counts", "statistics", "presentation"},
    "article": {"errors", "counts", "statistics", "answer"},
    "stories": {"counts", "article"},
    "methods": {"counts", "statistics", "answer"},
    "second_opinion": {"answer"},
    "years": {"errors", "counts", "statistics", "answer"},
    "catalogue": {"counts"},
    "batch": {"errors", "counts", "presentation", "answer", "years"},
    "cli": {"errors", "counts", "answer", "catalogue", "presentation", "batch"},
}
# Part: what it may import from outside, beside the standard library.
FROM_OUTSIDE = {
    "statistics": {"numpy", "scipy"},
    "counts": {"pandas", "pyarrow", "numpy", "fastexcel", "pooch", "requests", "tqdm"},
    "presentation": {"matplotlib", "numpy"},
    "answer": {"numpy", "pandas"},
    "article": set(),
    "stories": set(),
    "methods": {"numpy", "scipy"},
    "second_opinion": {"numpy", "statsmodels"},
    "years": {"numpy"},
    "catalogue": set(),
    "cli": {"click"},
    "errors": set(),
}
FILES_ARE_READ_IN = {"counts", "batch"}
READS_AND_WRITES = {
    "open",
    "read_csv",
    "read_parquet",
    "to_csv",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
}
NOTEBOOKS_MAY_IMPORT = JOINTS | {"presentation"}


def part_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules():
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE or path.stem != "__init__"]


def imports(tree):
    """Every module that is named by an import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import hides where it goes"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named_in(text):
    names = [name.split(".") for name in imports(ast.parse(text))]
    return {name[1] for name in names if name[0] == "analysis" and name[1:]}, {
        name[0] for name in names if name[0] != "analysis"
    }


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_layer_may(path):
    part = part_of(path)
    ours, others = named_in(path.read_text(encoding="utf-8"))
    assert ours <= MAY_IMPORT[part] | {part}
    if part in FROM_OUTSIDE:
        assert others - sys.stdlib_module_names <= FROM_OUTSIDE[part]


def test_no_part_is_forgotten_and_none_goes_in_a_circle():
    assert {part_of(path) for path in modules()} == set(MAY_IMPORT)
    below = dict.fromkeys(MAY_IMPORT, 0)
    for _ in MAY_IMPORT:
        below = {part: 1 + max((below[other] for other in MAY_IMPORT[part]), default=0) for part in MAY_IMPORT}
    assert max(below.values()) < len(MAY_IMPORT)


@pytest.mark.parametrize("part", sorted(set(MAY_IMPORT) - FILES_ARE_READ_IN))
def test_only_counts_and_batch_touch_files(part):
    for path in modules():
        if part_of(path) != part:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
        assert not names & READS_AND_WRITES
        _, others = named_in(path.read_text(encoding="utf-8"))
        assert not others & {"pathlib", "shutil", "csv", "tempfile", "urllib", "socket"}


def test_imports_of_the_commands_stand_inside_them():
    tree = ast.parse((PACKAGE / "cli.py").read_text(encoding="utf-8"))
    at_the_top = {name for node in tree.body for name in imports(ast.Module([node], []))
                  if isinstance(node, ast.Import | ast.ImportFrom)}  # fmt: skip
    assert at_the_top <= {"json", "sys", "click", "analysis.errors.InputError"}


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_call_the_joints_and_define_nothing(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        ours, others = named_in("".join(cell["source"]))
        assert ours <= NOTEBOOKS_MAY_IMPORT
        assert not others
        banned = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.ListComp, ast.GeneratorExp)
        assert not [node for node in ast.walk(tree) if isinstance(node, banned)]


def test_intervals_are_had_without_what_takes_long_to_import():
    code = (
        "import sys; import analysis.statistics.proportions, analysis.statistics.rest, analysis.statistics.power; "
        "print([name for name in ('scipy.stats', 'pandas', 'matplotlib', 'statsmodels') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
