"""The manual: its picture is the computed one, and what it says was tried is."""

import re
import shutil
import subprocess
import sys
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))

from make_manual_page import manual_page
from make_picture import PICTURE, make_picture

from analysis.cli import main
from analysis.results.institution_rates import Institution

ROOT = Path(__file__).parents[2]
README = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
LOCKED = dict(line.split("==") for line in (ROOT / "requirements.txt").read_text().splitlines() if ";" not in line)


def test_the_readme_says_what_its_picture_shows():
    assert make_picture().alt in README


@pytest.mark.skipif(version("matplotlib") != LOCKED["matplotlib"], reason="drawn with the locked matplotlib")
def test_the_picture_is_the_computed_one():
    assert PICTURE.read_text(encoding="utf-8") == make_picture().svg() + "\n"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 110


def test_what_the_code_on_a_page_prints_is_what_the_page_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "your-own-table.md").read_text(encoding="utf-8")
    found = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    assert len(found) == text.count("```python")
    names = {}
    for code, printed in found:
        exec(code, names)
        assert capsys.readouterr().out.split() == printed.split()
    assert (tmp_path / "hospitals.svg").is_file()


def test_the_columns_of_a_comparison_are_explained():
    text = (ROOT / "docs" / "your-own-table.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`.*?) \|", text)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == [field.name for field in fields(Institution)][1:]


def test_the_manual_page_has_every_command_and_option_and_man_reads_it(tmp_path):
    page = manual_page("9.8.7")
    assert '"charge-rates 9.8.7"\n' in page
    assert ".SS charge\\-rates list offences\n" in page
    assert page.count(".SS ") == len(main.commands) - 1 + len(main.commands["list"].commands)
    assert "\\-\\-columns COLUMN=HEADER" in page
    assert "\b" not in page
    (tmp_path / "charge-rates.1").write_text(page, encoding="utf-8")
    if not shutil.which("groff"):
        pytest.skip("this machine has no groff")
    read = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-z", tmp_path / "charge-rates.1"], capture_output=True)
    assert read.stderr == b""


def test_every_page_stands_in_the_contents():
    contents = re.search(r"{toctree}\n.*?\n\n(.*?)\n```", (ROOT / "docs" / "index.md").read_text(), re.DOTALL)[1]
    assert sorted([*contents.split(), "index"]) == sorted(path.stem for path in (ROOT / "docs").glob("*.md"))


def test_what_a_newcomer_looks_for_is_where_the_map_says():
    rows = re.findall(
        r"(?m)^\| .* \| `(\w+)` in `(src/\S+)` \|$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    )
    assert len(rows) == 6
    for name, path in rows:
        assert re.search(rf"(?m)^(def )?{name}\b", (ROOT / path).read_text(encoding="utf-8")), (name, path)
