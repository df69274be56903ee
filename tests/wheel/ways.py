"""Every way in, once: what one types, whether a test types it too, and the table of them in docs/ways-in.md.

Run as a program it writes that table.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
PAGE = ROOT / "docs" / "ways-in.md"
BEGIN, END = "<!-- The table of tests/wheel/ways.py, which writes it. -->\n\n", "\n<!-- The table ends. -->\n"


@dataclass(frozen=True)
class Way:
    """One way in: its name, who tried it or why nobody did, and the lines that one types.

    A `place` is where a test types them: in an `empty` folder, in a `clone`, in an `environment` that has the libraries
    and pip, or as the `cells` of a notebook there. What the last line prints has `shows` in it. `text` is what to do
    where no test does it.
    """

    name: str
    tried: str
    typed: tuple[str, ...] = ()
    place: str | None = None
    shows: str = "21 of 268 is 7.8%"
    text: str = ""

    def row(self):
        """Return the way's row of the table."""
        typed = ", then ".join(f"`{line}`" for line in self.typed)
        return f"| {self.name} | {typed}{self.text} | {self.tried} |\n"


ESTIMATE = "charge-rates estimate 21 268"
WAYS = (
    Way("uv, nothing installed", "by a test", (f"uvx --from git+ADDRESS {ESTIMATE}",), "empty"),
    Way(
        "uv, for one script",
        "by a test, with the code of [a table of your own](your-own-table.md)",
        ("uv run --with git+ADDRESS script.py",),
        "empty",
        "H: 31 of 215 operations",
    ),
    Way("uv, kept", "by a test", ("uv tool install git+ADDRESS", ESTIMATE), "empty"),
    Way("pipx", "by a test", ("pipx install git+ADDRESS", ESTIMATE), "empty"),
    Way(
        "pip",
        "by a test, in an environment that has the libraries",
        ("pip install git+ADDRESS", ESTIMATE),
        "environment",
    ),
    Way(
        "a wheel",
        "every command by tests, in an environment that was empty",
        text="`uv build --wheel` in a clone, then `pip install dist/*.whl`",
    ),
    Way("uv, in a clone", "by a test", (f"uv run {ESTIMATE}",), "clone"),
    Way("uv, the tests, in a clone", "by a test", ("uv run --extra test pytest tests/own_table",), "clone", " passed"),
    Way("make, in a clone", "its environment by CI, in a fresh clone", text="`make reports`"),
    Way(
        "conda, in a clone",
        "its pip part by CI; conda itself was not tried: it is no package of the lock",
        text="`conda env create --file environment.yml`",
    ),
    Way(
        "Colab, in two cells",
        "by a test, in IPython, with the libraries there; Colab itself was not tried: it needs an account",
        ("%pip install git+ADDRESS", "!charge-rates notebook 02"),
        "cells",
        "my-02-force.ipynb",
    ),
    Way(
        "Binder",
        "its pip part as conda's; Binder itself was not tried: it needs a public address",
        text="open the repository there (`environment.yml`)",
    ),
    Way(
        "Codespaces, VS Code",
        "not tried: it needs Docker",
        text="open the repository in its container (`.devcontainer`)",
    ),
    Way("Windows", "not tried: there was no such machine", text="the lines above with uv, pip or pipx"),
)


def table():
    """Return the table of the ways, as the page has it."""
    return "| way | what to type | tried |\n|---|---|---|\n" + "".join(way.row() for way in WAYS)


def run(command, folder, **variables):
    """Run a command in a folder, with an environment that says nothing of ours."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("CHARGE_RATES", "PYTHON"))}
    return subprocess.run([*map(str, command)], cwd=folder, env=environment | variables, capture_output=True, text=True)


if __name__ == "__main__":
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{table()}{END}{rest.split(END)[1]}", encoding="utf-8")
