"""The commands that print what there is: releases, studies, offences, outcomes, forces."""

import click

from analysis.printing import print_table
from analysis.shell import Commands, complete_release, complete_study, in_formats


@click.group(name="list", cls=Commands)
def list_group() -> None:
    """Print what there is: releases, studies, offences, outcomes, forces."""


@list_group.command()
@in_formats
def releases(form: str) -> None:
    """Print the releases: sets of figures that may be compared with each other."""
    from analysis.answer.catalogue import releases_table

    print_table("releases", releases_table(), form=form)


@list_group.command()
@click.argument("word", required=False)
@click.option("--release", shell_complete=complete_release, help="Every study of this release, not only the main ones.")
@in_formats
def studies(word: str | None, release: str | None, form: str) -> None:
    """Print the studies: one question put to one release.

    Without options the reviewed ones, and those of charges in what was imported; with WORD all that have it in id or
    title.
    A series of releases, home-office-2016-17..2021-22/8R/charged or ids joined by commas, is a study of several years.
    It is not listed; report and batch take it.
    """
    from analysis.answer.catalogue import studies_table

    print_table("studies", studies_table(release, word), form=form)


@list_group.command()
@click.argument("word", required=False)
@click.option("--release", shell_complete=complete_release, help="The offences of this release only.")
@in_formats
def offences(word: str | None, release: str | None, form: str) -> None:
    """Print the offences with their codes; with WORD those whose code, title or common name has it.

    \b
    Example: charge-rates list offences stalking
    """  # noqa: D301 - click reads the character, not its name.
    from analysis.answer.catalogue import offences_table

    print_table("offences", offences_table(release, word), form=form)


@list_group.command()
@click.argument("word", required=False)
@in_formats
def outcomes(word: str | None, form: str) -> None:
    """Print the outcomes that a study may ask for; with WORD those whose title or official group has it."""
    from analysis.answer.catalogue import outcomes_table

    print_table("outcomes", outcomes_table(word), form=form)


@list_group.command()
@click.option("--study", required=True, shell_complete=complete_study, help="A study, e.g. radar-2022/8-71/charged.")
@in_formats
def forces(study: str, form: str) -> None:
    """Print the forces of a study, and why one is not reportable."""
    from analysis.answer.catalogue import forces_table

    print_table("forces", forces_table(study), form=form)
