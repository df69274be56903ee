"""The country notebook with other parameters than its own: nbval runs only those that are stored in it."""

import json
from pathlib import Path

import papermill
import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "03-country.ipynb"
OTHERS = [
    ("bbc-2016", "8/71", "charged", "No force can be called unusual among forces"),
    ("radar-2022", "8/71", "victim-does-not-support", "Too few to say whether any force is unusual"),
    ("home-office-2018-19", "20", "charged", "Too few to say anything"),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("release", "offence", "outcome", "says"), OTHERS)
def test_other_studies_run_from_any_folder(release, offence, outcome, says, tmp_path):
    parameters = {"release": release, "offence": offence, "outcome": outcome}
    notebook = papermill.execute_notebook(
        NOTEBOOK, tmp_path / "out.ipynb", parameters, cwd=tmp_path, progress_bar=False, kernel_name="python3"
    )
    assert says in json.dumps(notebook.cells)


@pytest.mark.filterwarnings("ignore")
def test_an_unknown_outcome_stops_with_one_sentence(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as stopped:
        papermill.execute_notebook(
            NOTEBOOK, tmp_path / "out.ipynb", {"outcome": "charge"}, progress_bar=False, kernel_name="python3"
        )
    assert "did you mean 'charged'" in stopped.value.evalue
    assert len(stopped.value.traceback) == 1
