"""Where figures lie: beside the code in a checkout; from a wheel, in the package and in the user's folder for data."""

import sys
from pathlib import Path

import pytest

from analysis.counts import folder
from analysis.counts.folder import DATA_VARIABLE, IMPORTED_VARIABLE, data_folder, imported_folder, shipped_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def unnamed(monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    monkeypatch.delenv(IMPORTED_VARIABLE, raising=False)


def test_a_checkout_has_everything_beside_the_code():
    assert (data_folder(), imported_folder()) == (ROOT / "data", ROOT / "imported")
    assert shipped_folder("notebooks") == ROOT / "notebooks"


def test_an_installed_package_has_its_figures_inside(monkeypatch, tmp_path):
    monkeypatch.setattr(folder, "PACKAGE", tmp_path / "analysis")
    monkeypatch.setattr(folder, "CHECKOUT", tmp_path.parent)
    (tmp_path / "analysis" / "data").mkdir(parents=True)
    assert data_folder() == tmp_path / "analysis" / "data"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder for data is the platform's own")
def test_imports_without_a_checkout_go_to_the_users_folder_for_data(monkeypatch, tmp_path):
    monkeypatch.setattr(folder, "CHECKOUT", tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert imported_folder() == tmp_path / "share" / "charge-rates" / "imported"


def test_a_folder_of_imports_that_is_named_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv(IMPORTED_VARIABLE, str(tmp_path))
    assert imported_folder() == tmp_path
    monkeypatch.delenv(IMPORTED_VARIABLE)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert (data_folder(), imported_folder()) == (tmp_path, ROOT / "imported")
