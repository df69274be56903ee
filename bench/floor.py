"""The floor of a batch: the same answers, figures and HTML text in two processes, without any notebook."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

from analysis.answer import answer_force, other_forces, outcomes, p_value_curve
from analysis.batch.pages import cells_of, render
from analysis.batch.reports import FORCE_NOTEBOOK, json_text
from analysis.counts.studies import read_study
from analysis.presentation import figures, prose, tables

STUDY = ("home-office-2018-19", "8R", "charged")


def write_report(force: str, slug: str, folder: str) -> None:
    answer = answer_force(*STUDY, force, confidence=0.95)
    curve = p_value_curve(answer)
    shown = [prose.finding(answer), prose.known(answer), tables.source_table(answer)]
    shown += [figures.interval_figure(answer, other_forces(answer)), tables.rate_table(answer)]
    shown += [tables.comparison_table(answer), figures.p_value_figure(answer, curve), tables.curve_table(curve)]
    shown += [
        prose.turning(answer),
        tables.outcomes_table(outcomes(answer)),
        prose.limits(answer),
        prose.made_from(answer),
    ]
    notebook = json.loads(FORCE_NOTEBOOK.read_text(encoding="utf-8"))
    for cell, one in zip([cell for cell in notebook["cells"] if cell["cell_type"] == "code"][1:], shown, strict=True):
        html, markdown = (getattr(one, name, lambda: None)() for name in ("_repr_html_", "_repr_markdown_"))
        bundle = one._repr_mimebundle_() if isinstance(one, figures.Picture) else {"text/html": html} if html else None
        cell["outputs"] = [{"data": bundle or {"text/markdown": markdown}}]
    cells = [cell | {"source": "".join(cell["source"])} for cell in notebook["cells"]]
    values = {"slug": slug, "up": "../../../", "version": version("charge-rates")}
    page = render("force.html", answer=answer, cells=cells_of({"cells": cells})[1:], **values)
    Path(folder, f"{slug}.html").write_text(page, encoding="utf-8")
    Path(folder, f"{slug}.json").write_text(json_text(answer), encoding="utf-8")


if __name__ == "__main__":
    rows = read_study("/".join(STUDY)).forces
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(write_report, rows["force"], rows["slug"], [sys.argv[1]] * len(rows)))
