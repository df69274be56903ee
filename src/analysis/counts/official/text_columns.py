"""A column of text with each value once: what a large table is kept and compared as."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Column:
    """A column of text: `values`, each once and trimmed, and in `codes` the place of each row's value among them."""

    codes: np.ndarray
    values: list[str]

    def where(self, bad: set[str]) -> int | None:
        """Return the first row whose value is one of `bad`, or None."""
        flags = np.array([value in bad for value in self.values], dtype=bool)
        if not flags.any():
            return None
        rows = np.flatnonzero(flags[self.codes])
        return int(rows[0]) if rows.size else None

    def __getitem__(self, row: int) -> str:
        return self.values[int(self.codes[row])]

    def take(self, rows: np.ndarray) -> "Column":
        """Return the column of some rows, with the values that occur in them."""
        used, codes = np.unique(self.codes[rows], return_inverse=True)
        return Column(codes.astype(np.int32), [self.values[code] for code in used])


def rename_values(column: Column, names: list[str]) -> Column:
    """Return a column whose values have other names, those with the same name as one, sorted.

    Examples
    --------
    >>> rename_values(Column(np.array([0, 1, 2]), ["b", "B", "a"]), ["b", "b", "a"]).codes.tolist()
    [1, 1, 0]
    """
    values = sorted(set(names))
    return Column(np.array([values.index(name) for name in names], dtype=np.int64)[column.codes], values)
