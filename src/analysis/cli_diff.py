"""The command that sets two publications side by side; what holds for the others in `cli` holds for it."""

import click

from analysis.errors import InputError
from analysis.printing import echo, print_json
from analysis.shell import SectionCommand, as_json, complete_offence


@click.command(cls=SectionCommand)
@click.argument("old")
@click.argument("new")
@click.option(
    "--offence",
    "offences",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_offence,
    help="Of two releases: look at this offence, with verdicts; may be repeated.",
)
@click.option("--outcome", metavar="ID", help="Of two releases: the outcome to look at (default: charged).")
@click.option("--atom", metavar="FILE", help="Write what moved as an Atom feed too; needs --updated.")
@click.option("--updated", metavar="DAY", help="The day that the feed states, as 2026-03-31.")
@as_json
def diff(
    old: str,
    new: str,
    offences: tuple[str, ...],
    outcome: str | None,
    atom: str | None,
    updated: str | None,
    as_json: bool,
) -> None:
    """Say what moved from OLD to NEW: counts and verdicts of two releases, or of two folders of reports.

    Releases are two years, or two editions of a year, of one publisher and one basis; others are refused. Folders are
    those that `batch` made. A name of both kinds is a release: write ./NAME for the folder.

    \b
    Example: charge-rates diff home-office-all-offences-2023-24 home-office-all-offences-2024-25
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.presentation.difference_words import differences_text
    from analysis.site.feeds import read_day, write_feed
    from analysis.site.published import find_differences

    if (atom is None) != (updated is None):
        raise InputError("--atom FILE and --updated DAY go together: a feed states a day, which no clock gives")
    day = read_day(updated) if updated is not None else None
    found = find_differences(old, new, offences, outcome)
    if atom is not None and day is not None:
        write_feed(found, day, atom)
    print_json(found.as_json()) if as_json else echo(differences_text(found))
