"""What the tests of the batch share: notebooks written from their cells, a finishing function, a batch as a script.

`python batch_fixture.py OUTPUT NOTEBOOK NUMBER '{"option": value}'` runs a batch of NUMBER jobs and ends with its
status, so that a drill can kill it.
"""

import json
import sys
from pathlib import Path

from analysis.batch import Job, run_batch
from analysis.errors import InputError

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def write_notebook(path, *cells):
    """Write a notebook of code cells, the first tagged `parameters`."""
    import nbformat

    notebook = nbformat.v4.new_notebook(metadata=METADATA)
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, path)
    return str(path)


def make_jobs(notebook, number, inputs="data", **parameters):
    """Return jobs f0, f1, ... whose parameter `n` is their number."""
    return [
        Job("r/o/c", f"Force {n}", str(notebook), {"n": n, **parameters}, f"r/o/c/f{n}", inputs) for n in range(number)
    ]


def finish(notebook, job):
    """Return a page with every output's text, and the parameters; a job without notebook makes one page."""
    if notebook is None:
        return {".html": f"<p>{job.parameters['text']}</p>\n"}
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = [output.get("text") or output["data"]["text/plain"] for output in outputs]
    return {".html": f"<p>{job.name}: {texts}</p>\n", ".json": json.dumps(job.parameters) + "\n"}


def broken_finish(notebook, job):
    """Fail for one job."""
    if job.parameters["n"] == 1:
        raise ValueError("no page for this one")
    return {".html": "<p></p>\n"}


FINISH = "batch_fixture:finish"


def tree(output):
    """Return {path: bytes} of all files of a batch, its manifest and logs aside."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(Path(output).rglob("*"))
        if path.is_file() and path.name != "manifest.json" and "logs" not in path.parts
    }


def main(output, notebook, number, options):
    """Run a batch and return its exit status as the command line does."""
    try:
        jobs = make_jobs(notebook, int(number))
        result = run_batch(jobs, output, **{"finish": FINISH, "workers": 2, "quiet": True, **json.loads(options)})
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return result.status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
