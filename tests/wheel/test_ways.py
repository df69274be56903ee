"""Each way in of docs/ways-in.md: what the page says to type is typed, where nothing of ours is installed."""

import re
import sys

import pytest
from ways import BEGIN, END, PAGE, ROOT, UV, WAYS, run, table

BLOCKS = re.findall(
    r"```python\n(.*?)```\n\n```text\n(.*?)```", (PAGE.parent / "your-own-table.md").read_text(), re.DOTALL
)


def test_the_page_has_the_table():
    assert BEGIN + table() + END in PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """Return a clone of this repository, as it was committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    folder = tmp_path_factory.mktemp("ways") / "clone"
    typed(["git", "clone", "--quiet", ROOT.as_uri(), folder], ROOT)
    return folder


@pytest.fixture(scope="module")
def libraries(tmp_path_factory):
    """Return the programs of an environment with pip and the locked libraries, without the package."""
    folder = tmp_path_factory.mktemp("libraries")
    typed([UV, "venv", "--seed", "--python", sys.executable, folder], ROOT)
    install = [UV, "pip", "install", "--constraint", "requirements.txt", "--requirement", "pyproject.toml"]
    typed(install, ROOT, VIRTUAL_ENV=str(folder))
    return folder / "bin"


@pytest.fixture
def shell(tmp_path):
    """Return a function that types a line in a folder, and the folder where it finds uv and pipx and puts programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("uv", "uvx", "pipx"):
        (programs / name).symlink_to(UV.with_name(name))
    variables = {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin", "UV_PYTHON": sys.executable}
    variables |= {"UV_CONSTRAINT": str(ROOT / "requirements.txt"), "PIPX_DEFAULT_PYTHON": sys.executable}
    variables |= {name: str(tmp_path / "tools") for name in ("UV_TOOL_DIR", "PIPX_HOME")}
    variables |= {name: str(programs) for name in ("UV_TOOL_BIN_DIR", "PIPX_BIN_DIR")}

    def shell(line, folder, first=programs):
        return typed(["sh", "-c", line], folder, **variables | {"PATH": f"{first}:{variables['PATH']}"})

    return shell


def typed(command, folder, **variables):
    """Return what a command prints, which must succeed."""
    done = run(command, folder, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ways(*places):
    return pytest.mark.parametrize("way", [way for way in WAYS if way.place in places], ids=lambda way: way.name)


def lines(way, clone):
    return [line.replace("ADDRESS", clone.as_uri()) for line in way.typed]


@pytest.mark.wheel
@ways("empty")
def test_in_an_empty_folder(way, clone, shell, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    if "script.py" in way.typed[0]:
        (work / "script.py").write_text("".join(code for code, _ in BLOCKS), encoding="utf-8")
    printed = [shell(line, work) for line in lines(way, clone)][-1]
    assert way.shows in printed
    if "script.py" in way.typed[0]:
        assert printed.split() == " ".join(text for _, text in BLOCKS).split()


@pytest.mark.wheel
@ways("clone")
def test_in_a_clone_that_stays_as_it_was(way, clone, shell):
    assert way.shows in [shell(line, clone) for line in lines(way, clone)][-1]
    assert typed(["git", "status", "--porcelain"], clone) == ""


@pytest.mark.wheel
@ways("environment", "cells")
def test_where_the_libraries_are(way, clone, shell, tmp_path, libraries):
    typing = lines(way, clone)
    if way.place == "cells":
        (tmp_path / "cells.ipy").write_text("\n".join(typing))
        typing = ["ipython cells.ipy"]
    printed = [shell(line, tmp_path, libraries) for line in typing][-1]
    assert way.shows in printed
    typed([UV, "pip", "uninstall", "--python", libraries / "python", "charge-rates"], ROOT)
