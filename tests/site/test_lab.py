"""A notebook opened in JupyterLab in the browser: another force typed in, all cells run, no error."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import expect

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02-force.ipynb"
pytestmark = pytest.mark.skipif(
    find_spec("jupyterlab") is None,
    reason="JupyterLab is in environment.yml and `make lab` alone: it slows the start of every other process",
)


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab, served to this machine alone from a folder with a copy of the notebook."""
    shutil.copy(NOTEBOOK, tmp_path)
    settings = tmp_path / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # Cells out of sight stay in the page.
    folders = {f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {"IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": tmp_path,
        "IdentityProvider.token": "",
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with subprocess.Popen(command, env=os.environ | folders, stderr=subprocess.PIPE, text=True) as server:
        try:
            said = []
            while f"http://127.0.0.1:{port}/lab" not in "".join(said[-1:]):
                said.append(server.stderr.readline())
                assert server.poll() is None, "".join(said)
            drain = threading.Thread(target=server.stderr.read)
            drain.start()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)
        drain.join()


def test_an_analyst_changes_the_force_and_runs_all(visit, lab, tmp_path):
    page = visit(f"{lab}/lab/tree/{NOTEBOOK.name}")
    page.set_default_timeout(120_000)
    page.get_by_text('"Gwent"', exact=True).first.dblclick()
    page.keyboard.type("Lancashire")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cells = sum(cell["cell_type"] == "code" for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"])
    finding = page.locator(".jp-OutputArea-output", has_text="Lancashire's rate is lower than the national figure")
    expect(finding).to_be_visible(timeout=120_000)
    expect(page.locator(".jp-InputPrompt", has_text=f"[{cells}]:")).to_be_attached(timeout=120_000)
    with page.expect_response(lambda response: response.request.method == "PUT" and "contents" in response.url):
        page.keyboard.press("Control+s")
    saved = json.loads((tmp_path / NOTEBOOK.name).read_text(encoding="utf-8"))
    code = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, cells + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    assert any("22 of 995" in str(output["data"]["text/plain"]) for output in outputs)
