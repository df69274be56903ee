"""Imports go only down the house: three layers that do not know each other, joined above them; no circle, no twin."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "analysis"
COMMANDS = {"cli_claim", "cli_diff", "cli_import", "cli_list"}
# Room: the other rooms that it may import. Arrows go down only; nobody imports the commands but what runs them.
MAY_IMPORT = {
    "errors": set(),
    "counts": {"errors"},
    "statistics": {"errors"},
    "results": {"errors"},
    "presentation": {"errors", "results"},
    "batch": {"errors"},
    "answer": {"errors", "counts", "statistics", "presentation", "results"},
    "site": {"errors", "counts", "presentation", "results", "answer", "batch"},
    "own_table": {"errors", "counts", "answer", "presentation", "results"},
    "picker": {"errors", "counts"},
    "shell": {"errors", "counts"},
    "printing": {"counts", "presentation", "results", "site"},
    "cli_list": {"shell", "printing", "answer"},
    "cli_import": {"shell", "printing", "counts", "answer"},
    "cli_diff": {"errors", "shell", "printing", "counts", "answer", "presentation", "results", "site"},
    "cli_claim": {"shell", "printing", "answer", "presentation"},
    "cli": {"errors", "shell", "printing", "counts", "answer", "presentation", "results", "site", *COMMANDS},
    "__main__": {"cli"},
}
# Room: what it may import from outside, beside the standard library.
FROM_OUTSIDE = {
    "statistics": {"numpy", "scipy", "statsmodels"},
    "counts": {"pandas", "pyarrow", "numpy", "fastexcel", "platformdirs", "pooch", "requests", "tqdm"},
    "presentation": {"matplotlib", "numpy"},
    "answer": {"numpy", "pandas", "scipy", "statsmodels"},
    "own_table": {"pandas", "matplotlib"},
    "picker": {"ipywidgets"},
    "cli": {"click"},
    "cli_claim": {"click"},
    "cli_diff": {"click"},
    "cli_import": {"click"},
    "cli_list": {"click"},
    "results": set(),
    "errors": set(),
}
# Modules of different rooms that may have one name, and why.
TWINS = {
    "rows": "each kind of release reads its own rows of a study",
    **dict.fromkeys(
        ("country", "years", "article", "stories", "methods", "mix"), "a question's answer, and how it is shown"
    ),
}
FILES_ARE_READ_IN = {"counts", "batch", "site"}
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
NOTEBOOKS_MAY_IMPORT = {"answer", "presentation", "results"}


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


def arrows(texts):
    """Return {module: the modules that it imports}, of {dotted name: source}, imports for types only included."""
    return {
        name: {longest for target in imports(ast.parse(text)) if (longest := known(target, texts)) not in (None, name)}
        for name, text in texts.items()
    }


def known(target, texts):
    """Return the module that an import's target is, or is taken from; None for those of others."""
    parts = target.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in texts), None)


def circles(graph):
    """Return the modules that reach themselves, sorted."""

    def reached(start):
        found, waiting = set(), [start]
        while waiting:
            new = graph[waiting.pop()] - found
            found |= new
            waiting += new
        return found

    return sorted(name for name in graph if name in reached(name))


def twins(names):
    """Return {stem: modules} of the stems that stand in more than one folder without leave."""
    places = {}
    for name in names:
        places.setdefault(name.split(".")[-1], []).append(name)
    return {stem: found for stem, found in places.items() if len(found) > 1 and stem not in TWINS}


def texts_of_package():
    """Return {dotted name: source} of every module, a package under its own name."""
    names = {path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in modules()}
    return {name.removesuffix(".__init__"): path.read_text(encoding="utf-8") for path, name in names.items()}


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


def test_no_room_is_forgotten_and_their_arrows_go_down_only():
    assert {part_of(path) for path in modules()} == set(MAY_IMPORT)
    assert not circles(MAY_IMPORT)


def test_no_module_reaches_itself():
    assert not circles(arrows(texts_of_package()))


def test_a_circle_is_found_whatever_its_length_and_whoever_only_needs_types():
    assert circles(
        arrows({"a": "import b", "b": "from c import x", "c": "if TYPE_CHECKING:\n    import a", "d": "import a"})
    ) == ["a", "b", "c"]


def test_modules_of_different_folders_have_different_names():
    packages = {".".join(path.relative_to(PACKAGE.parent).parent.parts) for path in modules()}
    assert not twins(texts_of_package().keys() - packages)


def test_a_twin_is_found_unless_the_house_allows_it():
    found = twins(
        ["analysis.counts.tables", "analysis.site.tables", "analysis.answer.years", "analysis.presentation.years"]
    )
    assert found == {"tables": ["analysis.counts.tables", "analysis.site.tables"]}


@pytest.mark.parametrize("part", sorted(set(MAY_IMPORT) - FILES_ARE_READ_IN))
def test_only_counts_batch_and_site_touch_files(part):
    for path in modules():
        if part_of(path) != part:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
        assert not names & READS_AND_WRITES
        _, others = named_in(path.read_text(encoding="utf-8"))
        assert not others & {"pathlib", "shutil", "csv", "tempfile", "urllib", "socket"}


def levels_compared(text: str) -> list[str]:
    """Return the comparisons of a text by which something is held against a level of significance."""
    compared = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Compare)]
    named = [(one, {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}) for one in compared]
    return [ast.unparse(one) for one, names in named if any(name.lower().startswith("alpha") for name in names)]


def test_a_p_is_held_against_a_level_in_one_place():
    """Rounding would decide a p that is the level itself, one way here and another there."""
    found = {path.stem: texts for path in modules() if (texts := levels_compared(path.read_text(encoding="utf-8")))}
    assert found == {"verdicts": ["np.asarray(p, float) < alpha * (1 - ROUNDING)"]}


def test_a_p_held_against_a_level_is_found():
    assert levels_compared("a = found.p < ALPHA_95\nb = 3 < k") == ["found.p < ALPHA_95"]


@pytest.mark.parametrize("name", ["cli", *sorted(COMMANDS)])
def test_imports_of_the_commands_stand_inside_them(name):
    tree = ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
    at_the_top = {name for node in tree.body for name in imports(ast.Module([node], []))
                  if isinstance(node, ast.Import | ast.ImportFrom)}  # fmt: skip
    ours = {name for name in at_the_top if name.startswith("analysis.")}
    light = tuple(f"analysis.{room}." for room in ("errors", "printing", "shell", *sorted(COMMANDS)))
    assert all(name.startswith(light) for name in ours)
    assert {name.partition(".")[0] for name in at_the_top - ours} - sys.stdlib_module_names == {"click"}


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


@pytest.mark.parametrize(
    "asked",
    [
        "import analysis.statistics.proportions, analysis.statistics.rest, analysis.statistics.power",
        "from analysis.cli import main; main(['estimate', '21', '268', '--national', '6%'], standalone_mode=False)",
    ],
    ids=["intervals", "the command estimate"],
)
def test_one_rate_is_had_without_what_takes_long_to_import(asked):
    code = (
        f"import sys; {asked}; heavy = 'scipy.stats', 'scipy.optimize', 'pandas', 'matplotlib', 'statsmodels'; "
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"
