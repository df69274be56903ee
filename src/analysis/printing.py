"""What the commands print: tables, JSON, what became of imports and batches. Everything is made elsewhere."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from analysis.results import json_form

if TYPE_CHECKING:
    from analysis.counts.importing import Imported
    from analysis.counts.official.fetching import Fetched
    from analysis.site.reports import BatchResult

LARGEST_SET_OUT = 5_000_000
"""Characters of JSON beyond which it is one line: setting it out costs several times as much as answering."""


def echo(text: str, *, err: bool = False) -> None:
    """Print text; what would move a terminal's cursor or colour it, as text from files may, becomes a question mark."""
    click.echo("\n".join(map(_clean, text.split("\n"))), err=err)


def _clean(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(letter if letter.isprintable() else "?" for letter in line)


def print_json(result: object) -> None:
    """Print a result as one JSON object; what is unknown, undefined or infinite is null in it.

    It is set out in lines of two blanks more for each level, unless it is larger than anybody reads.
    """
    value = json_form.as_json(result)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    echo(text if len(text) > LARGEST_SET_OUT else json.dumps(value, indent=2, ensure_ascii=False))


def print_table(name: str, rows: Sequence[object], *, form: str) -> None:
    """Print rows as columns of text, as JSON under their name, or as a file holds them."""
    from analysis.presentation.report_tables import columns_text

    print_rows(rows, form, as_json={name: rows}, as_text=lambda: columns_text(json_form.as_json(rows)))


def print_rows(rows: Sequence[object], form: str, *, as_json: object, as_text: Callable[[], str]) -> None:
    """Print rows in a format: the object for JSON, the text, or else what a file of that format holds."""
    from analysis.site.exports import table_text

    if form == "json":
        print_json(as_json)
    else:
        echo(as_text() if form == "text" else table_text(rows, f".{form}"))


def print_batch(result: "BatchResult", output: str, *, as_json: bool) -> None:
    """Print the reports' pages, or what became of each as JSON."""
    if as_json:
        print_json(result_as_dict(result))
        return
    reports = [stem for stem in sorted(result.made + result.unchanged) if stem.count("/") > 2]
    echo("\n".join(f"{output}/{stem}.html" for stem in reports if not _is_of_study(*stem.rsplit("/", 1))))


def _is_of_study(study: str, name: str) -> bool:
    """Return whether a study's page is called so, or the files that are taken away from there."""
    from analysis.site.notebooks import files_name

    return name in ("index", files_name(study))


def result_as_dict(result: "BatchResult") -> dict[str, Any]:
    """Return a batch's result as plain values, without its duration."""
    return {
        "made": sorted(result.made),
        "unchanged": sorted(result.unchanged),
        "failed": dict(sorted(result.failed.items())),
        "not_reportable": dict(sorted(result.not_reportable.items())),
    }


def print_import(result: "Imported", *, as_json: bool) -> None:
    """Print what became of an import; what its readers must know goes to standard error."""
    from dataclasses import asdict

    from analysis.presentation.formats import forces as forces_phrase
    from analysis.presentation.report_tables import understood_text

    if result.understood:
        echo(understood_text(result.understood, result.said), err=True)
    if as_json:
        print_json({key: value for key, value in asdict(result).items() if key not in ("understood", "said")})
        return
    for sentence in result.announced:
        echo(sentence, err=True)
    offences = f"{result.offences} offence{'' if result.offences == 1 else 's'}"
    echo(f"{result.release}: {result.status}, {offences}, {forces_phrase(result.forces)}")


def print_fetched(result: "Fetched", *, as_json: bool) -> None:
    """Print what became of each year that was fetched; what failed goes to standard error."""
    from dataclasses import asdict

    if as_json:
        print_json(asdict(result))
    else:
        for one in result.imported.values():
            print_import(one, as_json=False)
    for year, why in result.failed.items():
        echo(f"Error: {year}: {why}", err=True)
