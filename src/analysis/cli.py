"""The commands. Each reads its arguments, calls one function and prints what it returns.

Results go to standard output, as text or with `--json` as one JSON object; everything else goes to standard error. Bad
input ends with status 2 and one sentence. Imports stand inside the commands, so that `--help` answers at once.
"""

import sys
from typing import Any

import click

from analysis.cli_claim import claim
from analysis.cli_diff import diff
from analysis.cli_import import fetch, import_file
from analysis.cli_list import list_group
from analysis.errors import InputError
from analysis.printing import echo, print_batch, print_json, print_rows
from analysis.shell import (
    Commands,
    as_json,
    columns_option,
    complete_force,
    complete_study,
    in_formats,
    in_section,
    memory_option,
    sheet_option,
)

SECTIONS = {
    "Ask": ["estimate", "compare", "claim", "diff"],
    "Report": ["report", "batch", "explore", "notebook"],
    "See what there is": ["list", "check"],
    "Take in figures": ["fetch", "import"],
}
ON_A_TERMINAL = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Commands, sections=SECTIONS, context_settings=ON_A_TERMINAL)
@click.version_option(None, "-V", "--version", package_name="charge-rates", message="%(prog)s %(version)s")
def main() -> None:
    """Say whether a police force's charge rate is different, or noise.

    Published counts, honest uncertainty: one rate (estimate), many forces (compare), one force's report (report),
    every report (batch). Rates are proportions in JSON and percentages in text.

    CHARGE_RATES_DATA names another folder of published figures, and CHARGE_RATES_IMPORTED that of imports and downloads
    (else imported/ in a checkout, or charge-rates/imported in the user's folder for data).
    """


for command in (claim, diff, fetch, import_file, list_group):
    main.add_command(command)

study_option = click.option("--study", shell_complete=complete_study, help="A study, e.g. radar-2022/8-71/charged.")

what_to_report, how_it_runs = in_section("What to report"), in_section("How it runs")
output_option = click.option("--output", default="reports", show_default=True, help="The folder that reports go to.")
engine_option = how_it_runs(
    "--engine", type=click.Choice(["warm", "kernel"]), help="How notebooks run (default: warm where it can)."
)
timeout_option = how_it_runs(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one report may take; what takes longer is ended and named.",
)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("count")
@click.argument("recorded")
@click.option("--open", "still_open", metavar="U", help="Crimes still open; the count is then COUNT to COUNT + U.")
@click.option("--national", metavar="RATE", help="A national rate: 0.06, 6% or a range 5.5%..6.5%.")
@click.option("--country", nargs=2, metavar="K N", help="The country's count and crimes, this force included.")
@click.option("--rest", nargs=2, metavar="K N", help="The other forces' count and crimes, without this force.")
@click.option("--confidence", default="0.95", show_default=True, help="Confidence of the intervals: 0.95 or 95%.")
@as_json
def estimate(count: str, recorded: str, as_json: bool, **options: Any) -> None:
    """Estimate one force's rate from bare numbers: COUNT of RECORDED crimes.

    COUNT is a whole number, a range 3..9, a suppressed <5 (0 to 4) or a percentage 7.8% (read back from RECORDED).

    \b
    Example: charge-rates estimate 21 268 --national 5.5%..6.5%
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer import estimate_from_text
    from analysis.presentation.report_tables import estimate_text

    answer = estimate_from_text(count, recorded, **options)
    print_json(answer) if as_json else echo(estimate_text(answer))


@main.command()
@click.argument("file", required=False)
@study_option
@click.option(
    "--force", shell_complete=complete_force, help="Print this force only; it is still compared with all the others."
)
@click.option("--like", metavar="NAMES", help='Mark forces or a group, e.g. "Humberside,Cleveland" or Wales.')
@columns_option
@sheet_option
@memory_option
@click.option("-o", "--output", metavar="OUT", help="Write the forces to OUT too, .csv, .xlsx or .md.")
@in_formats
def compare(
    file: str | None,
    study: str | None,
    force: str | None,
    like: str | None,
    columns: tuple[str, ...],
    sheet: str | None,
    memory: float,
    output: str | None,
    form: str,
) -> None:
    """Compare many forces: those of a FILE, or of a study.

    FILE is .xlsx, .ods or text, - for standard input, with the columns force, charged, recorded and perhaps open, or
    force, outcome, count. What was understood of it is printed first. Forces that are marked with --like are compared
    with all the others like any: a few similar ones are too few to judge by.

    \b
    Example: charge-rates compare --study home-office-2018-19/8R/charged
    Example: charge-rates compare replies.xlsx --columns charged="Number charged" -o compared.xlsx
    Example: charge-rates compare replies.csv --format csv > compared.csv
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer import compare_file, compare_study, find_row
    from analysis.answer.alike import mark_alike
    from analysis.counts.force_groups import find_alike
    from analysis.counts.replies.columns import read_columns
    from analysis.presentation.report_tables import country_text, understood_text
    from analysis.results.compared_forces import ComparedFile, ComparedForces
    from analysis.site.exports import find_writer, write_table

    if (file is None) == (study is None):
        raise InputError("Give either a FILE or --study STUDY to compare, and not both.")
    if output:
        find_writer(output)
    alike = find_alike(like) if like is not None else None
    country = (
        compare_study(study or "")
        if file is None
        else compare_file(file, columns=read_columns(columns), sheet=sheet, memory=memory)
    )
    if isinstance(country, ComparedFile):
        echo(understood_text(country.understood, country.said), err=form != "text")
        if country.ignored_columns:
            echo(f"Columns of {file} that were not used: {', '.join(country.ignored_columns)}.", err=True)
    forces = country.forces if force is None else (find_row(country.forces, force),)
    if alike is not None:
        forces = mark_alike(forces, alike)
    shown = ComparedForces(country.country, forces)
    if output:
        write_table(forces, output)
    print_rows(forces, form, as_json=shown, as_text=lambda: country_text(shown))


@main.command()
@click.argument("force", shell_complete=complete_force)
@study_option
@output_option
@engine_option
@timeout_option
@as_json
def report(force: str, study: str | None, output: str, as_json: bool, **options: Any) -> None:
    """Make one FORCE's report in STUDY, or in every default study that has it.

    A study of several years, e.g. home-office-2016-17..2021-22/8R/charged, sets them side by side.

    \b
    Example: charge-rates report Gwent
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.site.reports import run_reports

    result = run_reports([study] if study else [], [force], output, explorer=False, quiet=True, **options)
    print_batch(result, output, as_json=as_json)
    sys.exit(result.status)


@main.command()
@what_to_report(
    "--study",
    "studies",
    multiple=True,
    shell_complete=complete_study,
    help="A study; may be repeated. Default: the default studies.",
)
@what_to_report(
    "--force", "forces", multiple=True, shell_complete=complete_force, help="Only this force; may be repeated."
)
@how_it_runs("--workers", type=click.IntRange(1), help="Reports made at a time (default: one per core).")
@how_it_runs(
    "--cluster", metavar="ADDRESS", help="A Dask scheduler, tcp:// or tls://; an open one runs all it is sent."
)
@output_option
@click.option("--base-url", metavar="ADDRESS", help="Where the folder will be on the web: pages then name their own.")
@engine_option
@timeout_option
@how_it_runs("--rerun", is_flag=True, help="Make every report anew, also those that are up to date.")
@click.option("--quiet", is_flag=True, help="No progress, only what failed.")
@as_json
def batch(output: str, as_json: bool, **options: Any) -> None:
    """Make all reports and the site that shows them.

    A study of several years, e.g. home-office-2016-17..2021-22/8R/charged, sets them side by side.

    \b
    Example: charge-rates batch --study home-office-2018-19/8R/charged --workers 2
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.site.reports import first_page, run_reports

    result = run_reports(output=output, **options)
    print_batch(result, output, as_json=as_json)
    if not options["quiet"] and (address := first_page(output)):
        echo(f"All pages: {address}", err=True)
    sys.exit(result.status)


@main.command()
@click.option(
    "--release", "releases", multiple=True, required=True, metavar="ID", help="An official release, once a year."
)
@click.option("--output", default="reports", show_default=True, help="The folder that the page goes to.")
def explore(releases: tuple[str, ...], output: str) -> None:
    """Make one page that answers any force, offence and outcome of official releases: explore.html.

    It opens from the folder, without a network, and needs no other file.

    \b
    Example: charge-rates explore --release home-office-2018-19
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.site.explorer_page import write_explorer

    click.echo(write_explorer(releases, output))


@main.command()
@click.argument("name", metavar="NOTEBOOK")
@click.argument("copy", metavar="[COPY]", required=False)
@click.option("--picker", is_flag=True, help="In 02 and 03: choose the parameters from lists, with ipywidgets.")
def notebook(name: str, copy: str | None, picker: bool) -> None:
    """Copy a NOTEBOOK to work on: reports are made from the original, which a change would make anew.

    NOTEBOOK is its number or name, 02 or force; COPY is my-02-force.ipynb in the current folder if not given.

    \b
    Example: charge-rates notebook 02 kent.ipynb
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.site.notebooks import copy_notebook

    click.echo(copy_notebook(name, copy, picker=picker))


@main.command()
@as_json
def check(as_json: bool) -> None:
    """Check digests, schema and totals, and list the errors of the sources that are marked."""
    from analysis.answer.catalogue import check_table
    from analysis.presentation.check_words import check_text

    found = check_table()
    print_json(found) if as_json else echo(check_text(found))
    sys.exit(0 if found.passed else 1)


if __name__ == "__main__":
    main()
