"""The floor of a batch: the same answers, figures and HTML text in two processes, without running a notebook."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat

from analysis.answer import answer_force, other_forces, outcomes, p_value_curve
from analysis.counts.studies import read_study
from analysis.presentation import figures, prose, tables
from analysis.site.pages import cells_of, render
from analysis.site.reports import FORCE_NOTEBOOK, json_text

STUDY = ("home-office-2018-19", "8R", "charged")
SHOWN_AS = {"Table": "text/html _repr_html_", "Prose": "text/markdown _repr_markdown_", "Picture": "image/svg+xml svg"}


def write_report(force: str, slug: str, folder: str) -> None:
    """Write one force's page and JSON, equal to those of the batch but for the parameters in its folded code."""
    answer = answer_force(*STUDY, force, confidence=0.95)
    curve = p_value_curve(answer)
    made = [prose.finding(answer), prose.known(answer), tables.source_table(answer)]
    made += [figures.interval_figure(answer, other_forces(answer)), tables.rate_table(answer)]
    made += [tables.comparison_table(answer), figures.p_value_figure(answer, curve), tables.curve_table(curve)]
    made += [prose.turning(answer), tables.outcomes_table(outcomes(answer))]
    made += [prose.limits(answer), prose.made_from(answer)]
    notebook = nbformat.read(FORCE_NOTEBOOK, 4)
    for cell, one in zip([cell for cell in notebook.cells if cell.cell_type == "code"][1:], made, strict=True):
        mime, method = SHOWN_AS[type(one).__name__].split()
        cell.outputs = [{"data": {mime: getattr(one, method)(), "text/plain": repr(one)}}]
    names = {"slug": slug, "up": "../../../", "version": answer.about.version}
    Path(folder, f"{slug}.html").write_text(render("force.html", answer=answer, cells=cells_of(notebook)[1:], **names))
    Path(folder, f"{slug}.json").write_text(json_text(answer))


if __name__ == "__main__":
    rows = read_study("/".join(STUDY)).forces
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(write_report, rows["force"], rows["slug"], [sys.argv[1]] * len(rows)))
