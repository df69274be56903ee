"""The commands. Each reads its arguments, calls one function and prints what it returns.

Results go to standard output, as text or with `--json` as one JSON object; everything else goes to standard error. Bad
input ends with status 2 and one sentence. Imports stand inside the commands, so that `--help` answers at once.
"""

import json
import sys

import click

from analysis.errors import InputError


class _Commands(click.Group):
    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except InputError as error:
            refusal = click.ClickException(str(error))
            refusal.exit_code = 2
            raise refusal from error
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            context.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="charge-rates", message="%(prog)s %(version)s")
def main() -> None:
    """Say whether a police force's charge rate is different, or noise.

    Published counts, honest uncertainty: one rate (estimate), many forces (compare), one force's report (report),
    every report (batch). Rates are proportions in JSON and percentages in text.
    """


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
study_option = click.option("--study", help="A study, e.g. radar-2022/8-71/charged.")


def print_json(result: dict) -> None:
    """Print a result as one JSON object; what is unknown, undefined or infinite is null in it."""
    click.echo(json.dumps(result, indent=2, ensure_ascii=False, allow_nan=False))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("count")
@click.argument("recorded")
@click.option("--open", "still_open", metavar="U", help="Crimes still open; the count is then COUNT to COUNT + U.")
@click.option("--national", metavar="RATE", help="A national rate: 0.06, 6% or a range 5.5%..6.5%.")
@click.option("--country", nargs=2, metavar="K N", help="The country's count and crimes, this force included.")
@click.option("--rest", nargs=2, metavar="K N", help="The other forces' count and crimes, without this force.")
@click.option("--confidence", default="0.95", show_default=True, help="Confidence of the intervals: 0.95 or 95%.")
@as_json
def estimate(count, recorded, still_open, national, country, rest, confidence, as_json):
    """Estimate one force's rate from bare numbers: COUNT of RECORDED crimes.

    COUNT is a whole number, a range 3..9, a suppressed <5 (0 to 4) or a percentage 7.8% (read back from RECORDED).

    \b
    Example: charge-rates estimate 21 268 --national 5.5%..6.5%
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer import estimate_from_text
    from analysis.presentation.report_tables import estimate_text

    answer = estimate_from_text(
        count,
        recorded,
        still_open=still_open,
        national=national,
        country=country,
        rest=rest,
        confidence=confidence,
    )
    print_json(answer) if as_json else click.echo(estimate_text(answer))


@main.command()
@click.argument("file", required=False)
@study_option
@click.option("--force", help="Print this force only; it is still compared with all the others.")
@as_json
def compare(file, study, force, as_json):
    """Compare many forces: a FILE with the columns force, charged, recorded, or a study.

    \b
    Example: charge-rates compare --study home-office-2018-19/8R/charged
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer import compare_file, compare_study, find_row
    from analysis.presentation.report_tables import country_text

    if (file is None) == (study is None):
        raise InputError("Give either a FILE or --study STUDY to compare, and not both.")
    country = compare_file(file) if file else compare_study(study)
    if ignored := country.get("ignored_columns"):
        click.echo(f"Columns of {file} that were not used: {', '.join(ignored)}.", err=True)
    forces = country["forces"] if force is None else [find_row(country["forces"], force)]
    shown = {"country": country["country"], "forces": forces}
    print_json(shown) if as_json else click.echo(country_text(shown))


@main.group(name="list")
def list_group() -> None:
    """Print what there is: releases, studies, forces."""


@list_group.command()
@as_json
def releases(as_json):
    """Print the releases: sets of figures that may be compared with each other."""
    from analysis.answer.catalogue import releases_table

    _print_table("releases", releases_table(), as_json)


@list_group.command()
@click.option("--release", help="Every study of this release, not only the reviewed ones.")
@as_json
def studies(release, as_json):
    """Print the studies: one question put to one release.

    A series of releases, home-office-2016-17..2021-22/8R/charged or ids joined by commas, is a study of several years.
    It is not listed; report and batch take it.
    """
    from analysis.answer.catalogue import studies_table

    _print_table("studies", studies_table(release), as_json)


@list_group.command()
@click.option("--study", required=True, help="A study, e.g. radar-2022/8-71/charged.")
@as_json
def forces(study, as_json):
    """Print the forces of a study, and why one is not reportable."""
    from analysis.answer.catalogue import forces_table

    _print_table("forces", forces_table(study), as_json)


def _print_table(name: str, rows: list[dict], as_json: bool) -> None:
    from analysis.presentation.report_tables import columns_text

    print_json({name: rows}) if as_json else click.echo(columns_text(rows))


@main.command()
@click.argument("force")
@study_option
@click.option("--output", default="reports", show_default=True, help="The folder that reports go to.")
@click.option("--engine", type=click.Choice(["warm", "kernel"]), help="How notebooks run (default: warm where it can).")
@as_json
def report(force, study, output, engine, as_json):
    """Make one FORCE's report in STUDY, or in every default study that has it.

    A study of several years, e.g. home-office-2016-17..2021-22/8R/charged, sets them side by side.

    \b
    Example: charge-rates report Gwent
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.site.reports import run_reports

    _finish_batch(
        run_reports([study] if study else [], [force], output, engine=engine, quiet=True), output, as_json=as_json
    )


@main.command()
@click.option("--study", "studies", multiple=True, help="A study; may be repeated. Default: the default studies.")
@click.option("--force", "forces", multiple=True, help="Only this force; may be repeated.")
@click.option("--workers", type=click.IntRange(1), help="Reports made at a time (default: one per core).")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, tcp://host:port, to hand the work to.")
@click.option("--output", default="reports", show_default=True, help="The folder that reports go to.")
@click.option("--engine", type=click.Choice(["warm", "kernel"]), help="How notebooks run (default: warm where it can).")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="Seconds that one report may take.")
@click.option("--rerun", is_flag=True, help="Make every report anew, also those that are up to date.")
@click.option("--quiet", is_flag=True, help="No progress, only what failed.")
@as_json
def batch(as_json, **options):
    """Make all reports and the site that shows them.

    A study of several years, e.g. home-office-2016-17..2021-22/8R/charged, sets them side by side.

    \b
    Example: charge-rates batch --study home-office-2018-19/8R/charged --workers 2
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.site.reports import run_reports

    _finish_batch(run_reports(**options), options["output"], as_json=as_json)


def _finish_batch(result, output: str, *, as_json: bool) -> None:
    """Print the reports, or what became of each as JSON, and end with the batch's exit status."""
    if as_json:
        print_json(result_as_dict(result))
    else:
        reports = [stem for stem in sorted(result.made + result.unchanged) if stem.count("/") > 2]
        pages = [stem for stem in reports if not stem.endswith("/index")]
        click.echo("\n".join(f"{output}/{stem}.html" for stem in pages))
    sys.exit(result.status)


def result_as_dict(result) -> dict:
    """Return a batch's result as plain values, without its duration."""
    return {
        "made": sorted(result.made),
        "unchanged": sorted(result.unchanged),
        "failed": dict(sorted(result.failed.items())),
        "not_reportable": dict(sorted(result.not_reportable.items())),
    }


@main.command("import")
@click.argument("file")
@click.option("--release", metavar="ID", help="Id of the release (default: that of the table's year).")
@click.option("--replace", is_flag=True, help="Put the file in the place of an imported release with that id.")
@click.option("--year", metavar="YEAR", help="The financial year to take, where the table holds several.")
@click.option("--sheet", help="The sheet to take, where a workbook holds several tables.")
@click.option("--offence", metavar="CODE", help="FILE holds replies about this offence, e.g. 8/71.")
@click.option("--source", help="Who asked whom for the replies, and when.")
@click.option("--window", help="The window of all replies, e.g. 2017..2021.")
@as_json
def import_file(file, as_json, **options):
    """Make a release of FILE: an official outcomes table, or a spreadsheet of replies.

    An official table is .xlsx, .ods, .csv or .csv.gz as published. Replies are a CSV file with the columns force,
    charged and recorded, and need --release, --offence and --source.

    \b
    Example: charge-rates import prc-outcomes-open-data-mar2022-tables-240725.xlsx
    Example: charge-rates import replies.csv --release my-foi --offence 8/71 --source "own requests, May 2026"
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.counts.importing import import_from_command

    _print_import(import_from_command(file, **options), as_json=as_json)


@main.command()
@click.argument("years", nargs=-1, required=True, metavar="YEAR...")
@click.option("--release", metavar="ID", help="Id of the release, for one year (default: that of the year).")
@click.option("--replace", is_flag=True, help="Put the table in the place of an imported release with that id.")
@click.option("--accept", metavar="SHA256", help="Take the new edition with this digest, for one year.")
@click.option("--quiet", is_flag=True, help="No progress.")
@as_json
def fetch(years, quiet, as_json, **options):
    """Download the official outcomes tables of some financial YEARs, check their digests and import them.

    \b
    Example: charge-rates fetch 2020/21 2021/22
    """  # noqa: D301 - click reads the character, not its name.
    from dataclasses import asdict

    from analysis.counts.official.fetching import fetch_years
    from analysis.counts.official.transfer import Transfer

    result = fetch_years(list(years), transfer=Transfer(quiet=quiet), **options)
    if as_json:
        print_json(asdict(result))
    else:
        for one in result.imported.values():
            _print_import(one, as_json=False)
    for year, why in result.failed.items():
        click.echo(f"Error: {year}: {why}", err=True)
    sys.exit(1 if result.failed else 0)


def _print_import(result, *, as_json: bool) -> None:
    """Print what became of an import; what its readers must know goes to standard error."""
    from dataclasses import asdict

    from analysis.presentation.formats import forces as forces_phrase

    if as_json:
        print_json(asdict(result))
        return
    for sentence in result.announced:
        click.echo(sentence, err=True)
    offences = f"{result.offences} offence{'' if result.offences == 1 else 's'}"
    click.echo(f"{result.release}: {result.status}, {offences}, {forces_phrase(result.forces)}")


@main.command()
@as_json
def check(as_json):
    """Check digests, schema and totals, and list the errors of the sources that are marked."""
    from analysis.answer.catalogue import check_table
    from analysis.presentation.report_tables import columns_text

    found = check_table()
    print_json(found) if as_json else click.echo(columns_text(found["findings"]) + "\n" + found["summary"])
    sys.exit(0 if found["passed"] else 1)


if __name__ == "__main__":
    main()
