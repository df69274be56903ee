"""Describes data/ as a Frictionless data package, made from its own dictionary, for tools that read such packages."""

import json
from pathlib import Path
from typing import Any

from analysis.counts.digests import write_sums
from analysis.counts.folder import data_folder, list_files
from analysis.counts.tables import Column, describe_columns, read_table

DATAPACKAGE = "datapackage.json"
TITLE = "Outcomes of recorded crimes in England and Wales: the published figures behind charge-rates"
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "whole": {"type": "integer", "constraints": {"minimum": 0}},
    "integer": {"type": "integer"},
    "percent": {"type": "number", "constraints": {"minimum": 0, "maximum": 100}},
    "rate": {"type": "number", "constraints": {"minimum": 0, "maximum": 1}},
    "date": {"type": "date"},
    "flag": {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
    "list": {"type": "list", "delimiter": ";", "itemType": "string"},
}
"""The field of each type of the dictionary."""
TABLES = {".csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}, ".parquet": {"format": "parquet"}}


def write_datapackage() -> Path:
    """Write `datapackage.json` of the data folder anew, and the digests before and after; return its path.

    Run it after a change of a table, its columns or sources: `python -c "from analysis.counts.datapackage import
    write_datapackage; write_datapackage()"`.
    """
    write_sums()
    path = data_folder() / DATAPACKAGE
    path.write_text(datapackage_text(), encoding="utf-8", newline="\n")
    write_sums()
    return path


def datapackage_text() -> str:
    """Return what `datapackage.json` must hold, by the dictionary and the tables as they are.

    Examples
    --------
    >>> package = json.loads(datapackage_text())
    >>> [resource["name"] for resource in package["resources"]][:2]
    ['article_claims', 'breaks']
    """
    tables = [name for name in list_files(data_folder()) if Path(name).suffix in TABLES]
    package = {
        "name": "charge-rates",
        "title": TITLE,
        "description": "README.md is the log of all figures: how they were made, their licences and their errors.",
        "sources": [_source(row) for row in read_table("sources.csv")],
        "resources": [_resource(name) for name in tables],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _source(row: Any) -> dict[str, str]:
    named = {"title": f"{row['publisher']}: {row['title']}", "path": row["address"]}
    return {key: text for key, text in named.items() if text}


def _resource(name: str) -> dict[str, Any]:
    columns = describe_columns(name)
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if keys := [_foreign_key(name, column) for column in columns if _other_table(column)]:
        schema["foreignKeys"] = keys
    return {"name": resource_name(name), "path": name, **TABLES[Path(name).suffix], "schema": schema}


def resource_name(name: str) -> str:
    """Return the name of a table within the package.

    Examples
    --------
    >>> resource_name("counts/home-office-2018-19.parquet")
    'counts/home-office-2018-19'
    """
    return str(Path(name).with_suffix("").as_posix())


def _field(column: Column) -> dict[str, Any]:
    kind = TYPES[column.type]
    constraints = dict(kind.get("constraints", {})) | ({"required": True} if column.required else {})
    if column.known and column.type != "list" and not _other_table(column):
        constraints["enum"] = sorted(column.known)
    unit = {"unit": column.unit} if column.unit else {}
    named = {"name": column.name, **kind, "description": column.meaning, **unit}
    return named | ({"constraints": constraints} if constraints else {})


def _other_table(column: Column) -> str | None:
    """Return the column, `sources.csv:id`, whose values a column takes, where it takes one of them and nothing else."""
    is_one = ".csv:" in column.allowed and "|" not in column.allowed and column.type != "list"
    return column.allowed if is_one else None


def _foreign_key(name: str, column: Column) -> dict[str, Any]:
    table, _, key = column.allowed.partition(":")
    resource = "" if table == name else resource_name(table)
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [key]}}
