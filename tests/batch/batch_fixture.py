"""What the tests of the batch share: notebooks written from their cells, a finishing function, a batch as a script.

`python batch_fixture.py OUTPUT NOTEBOOK NUMBER '{"option": value}'` runs a batch of NUMBER jobs and ends with its
status, so that a drill can kill it.
"""

import json
import sys
from concurrent.futures import as_completed
from pathlib import Path

from analysis.batch import Job, Running, Work, run_batch
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


def folder_finish(notebook, job):
    """Return two pages of a folder that is named by the job's stem."""
    return {f"/{name}.html": f"<p>{name}</p>\n" for name in ("gwent", "kent")}


def broken_finish(notebook, job):
    """Fail for one job."""
    if job.parameters["n"] == 1:
        raise ValueError("no page for this one")
    return {".html": "<p></p>\n"}


FINISH = "batch_fixture:finish"


def run(jobs, output, **options):
    """Run a batch; what of the options says how it runs goes there, the rest says what it makes."""
    how = {name: options.pop(name) for name in list(options) if name in Running.__dataclass_fields__}
    return run_batch(Work(jobs, **{"finish": FINISH, **options}), output, Running(**{"quiet": True, **how}))


def run_notebooks(engine, notebooks, scratch):
    """Return {name: notebook or CallError} of {name: (path, parameters)} run by an engine, two at a time."""
    from analysis.batch.engines import execute
    from analysis.batch.workers import Children, imported_modules

    modules = dict.fromkeys(name for path, _ in notebooks.values() for name in imported_modules(path))
    with Children(engine, 120, None, ("analysis.errors", *modules)).executor(2) as executor:
        futures = {}
        for name, (path, parameters) in notebooks.items():
            futures[executor.submit(execute, Job("s", name, path, parameters, name, ""), engine, scratch)] = name
        return {futures[future]: future.exception() or future.result() for future in as_completed(futures)}


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
        result = run(jobs, output, **{"workers": 2, **json.loads(options)})
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return result.status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
