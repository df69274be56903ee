"""The command that says which charge rate somebody quoted; what holds for the others in `cli` holds for it."""

import click

from analysis.printing import echo, print_json
from analysis.shell import SectionCommand, as_json, complete_force, complete_offence, complete_release


@click.command(cls=SectionCommand)
@click.argument("rate")
@click.option(
    "--offence",
    required=True,
    metavar="CODE",
    shell_complete=complete_offence,
    help="The offence, e.g. 8L, rape or all.",
)
@click.option("--year", required=True, metavar="YEAR", help="The financial year, e.g. 2018/19.")
@click.option("--force", shell_complete=complete_force, help="The force (default: all forces together).")
@click.option(
    "--release",
    metavar="ID",
    shell_complete=complete_release,
    help="The official table (default: that of the year).",
)
@as_json
def claim(rate: str, offence: str, year: str, force: str | None, release: str | None, as_json: bool) -> None:
    """Say which of three charge rates RATE is, what it is not, and what would have been right to say.

    A charge rate is quoted of the crimes recorded in a year, as the charges made in a year over the crimes recorded in
    it, or as the charges among all outcomes given in a year. The last two need a table that was imported.

    \b
    Example: charge-rates claim 8.9% --offence 8L --year 2018/19
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer.quoted import check_quoted
    from analysis.presentation.quoted_words import quoted_sentences, quoted_table

    found = check_quoted(rate, offence, year, force=force, release=release)
    sentences = quoted_sentences(found)
    print_json(found.as_json(sentences)) if as_json else echo("\n".join([repr(quoted_table(found)), "", *sentences]))
