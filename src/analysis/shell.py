"""How the commands meet a shell: their help in groups, the names that it completes, and how a refusal ends.

Imports what knows the names only when a shell asks for them, so that `--help` answers at once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial, wraps
from typing import Any, TypeVar

import click

from analysis.errors import InputError

NO_SECTION = "Options"

FORMATS = ("text", "json", "csv", "md")

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
columns_option = click.option(
    "--columns",
    multiple=True,
    metavar="COLUMN=HEADER",
    help='What FILE calls a column, e.g. charged="Charged/Summonsed"; may be repeated.',
)
sheet_option = click.option(
    "--sheet", help="The sheet of a workbook, by name or, for replies, number (default: the only one with a table)."
)
memory_option = click.option(
    "--memory",
    type=click.FloatRange(min=0, min_open=True),
    default=2.0,
    show_default=True,
    metavar="GB",
    help="Memory that reading FILE may take; what takes more is ended and named.",
)


class _Refusal(click.ClickException):
    exit_code = 2


class SectionOption(click.Option):
    """An option that the help shows under the heading of its section.

    Parameters
    ----------
    section : str
        The heading.
    """

    def __init__(self, *args: Any, section: str = NO_SECTION, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.section = section


class SectionCommand(click.Command):
    """A command whose help shows its options in sections, in the order in which they are first met."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those without a section last."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)):
                sections.setdefault(getattr(parameter, "section", NO_SECTION), []).append(record)
        for section in sorted(sections, key=lambda name: name == NO_SECTION):
            with formatter.section(section):
                formatter.write_dl(sections[section])


class Commands(click.Group):
    """Commands that are listed in sections with their whole first sentence; bad input ends them with status 2.

    Parameters
    ----------
    sections : dict of str to list of str, optional
        The names of the commands under each heading; default: all under one.
    """

    command_class = SectionCommand

    def __init__(self, *args: Any, sections: dict[str, Sequence[str]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sections = sections

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings."""
        for section, names in (self.sections or {"Commands": list(self.commands)}).items():
            with formatter.section(section):
                formatter.write_dl([(name, first_sentence(self.commands[name].help or "")) for name in names])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a user can put right is one sentence and status 2."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise _Refusal("\n".join(error.lines)) from error
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(130)


def first_sentence(text: str) -> str:
    r"""Return the first paragraph of a help text in one line, up to its first full stop.

    Examples
    --------
    >>> first_sentence("Compare many forces: a FILE with\nthree columns, or a study. And more.\n\nExample: ...")
    'Compare many forces: a FILE with three columns, or a study'
    """
    return " ".join(text.split("\n\n")[0].split()).partition(". ")[0].rstrip(".")


F = TypeVar("F", bound=Callable[..., Any])


def in_section(section: str) -> Callable[..., Callable[[F], F]]:
    """Return what declares options, as `click.option` does, that the help shows under a heading."""
    return partial(click.option, cls=SectionOption, section=section)


def in_formats(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that prints rows with the options `--format` and `--json`; it takes `form`, one of `FORMATS`."""

    @click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], help="How the rows are printed.")
    @as_json
    @wraps(command)
    def in_one_format(*arguments: Any, form: str, as_json: bool, **options: Any) -> None:
        command(*arguments, form="json" if as_json else form, **options)

    return in_one_format


Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def _completer(list_names: Callable[[str], Iterable[str]]) -> Completer:
    """Return what a shell asks for names; where the figures cannot be read, there are none to offer."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        try:
            return [name for name in list_names(incomplete) if name.casefold().startswith(incomplete.casefold())]
        except InputError:
            return []

    return complete


def _forces(_: str) -> list[str]:
    from analysis.counts.forces import list_forces

    return [force.slug for force in list_forces()]


def _releases(_: str) -> list[str]:
    from analysis.counts.releases import list_releases

    return [release.id for release in list_releases()]


def _studies(incomplete: str) -> list[str]:
    """Return the reviewed studies, or all of the release that is already typed."""
    from analysis.counts.studies import list_studies, study_ids

    release, slash, _ = incomplete.partition("/")
    return study_ids(release) if slash else [study.id for study in list_studies()]


def _offences(_: str) -> list[str]:
    from analysis.counts.releases import list_questions, list_releases

    return sorted({offence for release in list_releases() for offence in list_questions(release)})


complete_force = _completer(_forces)
complete_release = _completer(_releases)
complete_study = _completer(_studies)
complete_offence = _completer(_offences)
