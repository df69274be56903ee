"""Writes the manual page of the command, `man ./charge-rates.1`, from the help of its commands."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from analysis.cli import main
from analysis.shell import first_sentence

NAME = "charge-rates"
ONE_LINE = 1000


def manual_page(version: str) -> str:
    """Return the page of a version, in the language of man(7): roff, not the width of a terminal, breaks its lines."""
    context = click.Context(main, info_name=NAME, terminal_width=ONE_LINE)
    lines = [f'.TH {NAME.upper()} 1 "" "{NAME} {version}"', ".SH NAME", f"{NAME} \\- {_plain(_about(main))}"]
    lines += [".SH SYNOPSIS", f".B {NAME}", "COMMAND [OPTIONS] [ARGUMENTS]", ".SH DESCRIPTION", *_paragraphs(main)]
    lines.append(".SH COMMANDS")
    for command, inner in _commands(main, context):
        lines += [f".SS {_plain(inner.command_path)}", _plain(command.get_usage(inner).removeprefix("Usage: "))]
        lines += [*_paragraphs(command), *_options(command, inner)]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield every command that does something, with its context, those of a group after each other."""
    for name, command in sorted(group.commands.items()):
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)
        else:
            yield command, inner


def _about(command: click.Command) -> str:
    return first_sentence(command.help or "")


def _paragraphs(command: click.Command) -> list[str]:
    """Return the help of a command, each paragraph filled but those that click keeps as they are."""
    lines: list[str] = []
    for paragraph in (command.help or "").split("\n\n"):
        kept = paragraph.lstrip().startswith("\b")
        text = [_plain(line.strip()) for line in paragraph.splitlines() if line.strip(" \b")]
        lines += [".PP", *([".nf", *text, ".fi"] if kept else text)]
    return lines


def _options(command: click.Command, context: click.Context) -> list[str]:
    records = [one.get_help_record(context) for one in command.get_params(context) if isinstance(one, click.Option)]
    return [line for name, text in filter(None, records) for line in (".TP", f".B {_plain(name)}", _plain(text))]


def _plain(text: str) -> str:
    """Return text that roff takes as it is: its own marks escaped, a hyphen the one that is typed."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(manual_page(version(NAME)), encoding="utf-8")
