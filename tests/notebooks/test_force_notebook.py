"""The force notebook with other parameters than its own: nbval runs only those that are stored in it."""

import json
from pathlib import Path

import papermill
import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02-force.ipynb"
OTHERS = [
    {"release": "radar-2022", "offence": "8/71", "outcome": "charged", "force": "Cleveland"},
    {"release": "bbc-2016", "offence": "8/71", "outcome": "charged", "force": "Hertfordshire"},
    {
        "release": "home-office-2018-19",
        "offence": "8R",
        "outcome": "victim-does-not-support",
        "force": "City of London",
    },
]
REFUSED = [
    ({"force": "Gwemt"}, "did you mean 'Gwent'"),
    ({"release": "radar"}, "there is no release 'radar'"),
    ({"outcome": "charge"}, "did you mean 'charged'"),
    ({"offence": "8R"}, "there is no offence '8R' in radar-2022"),
    ({"confidence": 95}, "confidence"),
]


def run(parameters, folder):
    return papermill.execute_notebook(
        NOTEBOOK, folder / "out.ipynb", parameters, cwd=folder, progress_bar=False, kernel_name="python3"
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("parameters", OTHERS, ids=lambda parameters: parameters["force"])
def test_other_forces_run_from_any_folder(parameters, tmp_path):
    notebook = run(parameters, tmp_path)
    text = json.dumps(notebook.cells)
    assert parameters["force"] in text
    assert "error" not in {output["output_type"] for cell in notebook.cells for output in cell.get("outputs", [])}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("parameters", "says"), REFUSED, ids=lambda value: str(value))
def test_a_parameter_that_makes_no_sense_stops_with_one_sentence(parameters, says, tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as stopped:
        run(parameters, tmp_path)
    assert says in stopped.value.evalue
    assert stopped.value.exec_count <= 3
    assert len(stopped.value.traceback) == 1


def test_committed_notebooks_are_executed_in_order_and_clean():
    for path in NOTEBOOK.parent.glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1)), path.name
        assert "papermill" not in notebook["metadata"], path.name
        assert not any(output["output_type"] in ("stream", "error") for cell in code for output in cell["outputs"])
