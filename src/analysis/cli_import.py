"""The commands that take in figures; what holds for the others in `cli` holds for them."""

import sys
from typing import Any

import click

from analysis.printing import print_fetched, print_import
from analysis.shell import (
    SectionCommand,
    as_json,
    columns_option,
    complete_offence,
    in_section,
    memory_option,
    sheet_option,
)

official, replies = in_section("Where FILE is an official table"), in_section("Where FILE holds replies")


@click.command("import", cls=SectionCommand)
@click.argument("file")
@click.option("--release", metavar="ID", help="Id of the release (default: that of the table's year).")
@click.option("--replace", is_flag=True, help="Put the file in the place of an imported release with that id.")
@sheet_option
@official("--year", metavar="YEAR", help="The financial year to take, where the table holds several.")
@replies(
    "--offence",
    metavar="CODE",
    shell_complete=complete_offence,
    help="FILE holds replies about this offence, e.g. 8/71 or all.",
)
@replies("--source", help="Who asked whom for the replies, and when.")
@replies("--window", help="The window of all replies, e.g. 2017..2021.")
@columns_option
@memory_option
@as_json
def import_file(file: str, as_json: bool, **options: Any) -> None:
    """Make a release of FILE: an official outcomes table, or a spreadsheet of replies.

    An official table is .xlsx, .ods, .csv or .csv.gz as published. Replies are .xlsx, .ods or text with the columns
    force, charged, recorded or force, outcome, count, and need --release, --offence and --source. Releases are kept
    in the folder that the variable CHARGE_RATES_IMPORTED names, else in imported/ of a checkout, else in the user's
    folder for data.

    \b
    Example: charge-rates import prc-outcomes-open-data-mar2022-tables-240725.xlsx
    Example: charge-rates import replies.csv --release my-foi --offence 8/71 --source "own requests, May 2026"
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer.screening import announce_screening
    from analysis.counts.importing import import_from_command

    print_import(announce_screening(import_from_command(file, **options)), as_json=as_json)


@click.command(cls=SectionCommand)
@click.argument("years", nargs=-1, required=True, metavar="YEAR...")
@click.option("--release", metavar="ID", help="Id of the release, for one year (default: that of the year).")
@click.option("--replace", is_flag=True, help="Put the table in the place of an imported release with that id.")
@click.option("--accept", metavar="SHA256", help="Take the new edition with this digest, for one year.")
@click.option("--quiet", is_flag=True, help="No progress.")
@as_json
def fetch(years: tuple[str, ...], quiet: bool, as_json: bool, **options: Any) -> None:
    """Download the official outcomes tables of some financial YEARs, check their digests and import them.

    Downloads and releases are kept where `import` keeps its own. One that takes longer than an hour is ended; the same
    command goes on from there.

    \b
    Example: charge-rates fetch 2020/21 2021/22
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer.screening import screen_fetched
    from analysis.counts.official.fetching import fetch_years
    from analysis.counts.official.transfer import Transfer

    result = screen_fetched(fetch_years(list(years), transfer=Transfer(quiet=quiet), **options))
    print_fetched(result, as_json=as_json)
    sys.exit(1 if result.failed else 0)
