"""Read expected values that were computed outside this project's code."""

import csv
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "reference"


def rows(name, **where):
    """Return a table's rows as dictionaries, numbers as numbers, those that have the given values."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        table = [{column: _number(cell) for column, cell in row.items()} for row in csv.DictReader(file)]
    return [row for row in table if all(row[column] == value for column, value in where.items())]


def column(table, name):
    """Return one column of rows as an array."""
    return np.array([row[name] for row in table])


def quantities(name):
    """Return a table of quantity and value as a dictionary."""
    return {row["quantity"]: row["value"] for row in rows(name)}


def _number(cell):
    for kind in (int, float):
        try:
            return kind(cell)
        except (TypeError, ValueError):
            continue
    return cell
