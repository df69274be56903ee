"""An official table as an Arrow table and back: the form in which the process that reads it hands it over."""

import json

import numpy as np
import pyarrow as pa

from analysis.counts.confined import MEMORY, read_confined
from analysis.counts.official.table import OfficialTable, read_official_table
from analysis.counts.official.text_columns import Column
from analysis.counts.whole_file import WholeFile

ABOUT = b"about"
NUMBERS = "numbers"


def read_confined_table(file: WholeFile, *, sheet: str | None = None, memory: float = MEMORY) -> OfficialTable:
    """Return an official table as `read_official_table` does, read in a process of its own.

    Parameters
    ----------
    file
        The file's bytes.
    sheet
        As of `read_official_table`.
    memory
        Gigabytes that reading may take.

    Raises
    ------
    InputError
        As `read_official_table` and `analysis.counts.confined.read_confined` do.
    """
    return from_arrow(read_confined(lambda: to_arrow(read_official_table(file, sheet=sheet)), file.name, memory=memory))


def to_arrow(table: OfficialTable) -> pa.Table:
    """Return an official table as Arrow: each column a dictionary, the rows' numbers, and in the metadata the rest.

    Examples
    --------
    >>> table = OfficialTable("table.csv", {"force_name": Column(np.array([0, 0]), ["Gwent"])}, np.array([2, 3]))
    >>> to_arrow(table).to_pydict()
    {'force_name': ['Gwent', 'Gwent'], 'numbers': [2, 3]}
    >>> from_arrow(to_arrow(table)).fail(1, "force_name", "it is unknown")
    InputError('table.csv, row 3, column force_name: it is unknown')
    """
    columns: dict[str, pa.Array] = {
        name: pa.DictionaryArray.from_arrays(column.codes, pa.array(column.values, pa.string()))
        for name, column in table.columns.items()
    }
    about = json.dumps({"place": table.place, "notes": table.notes})
    return pa.table(columns | {NUMBERS: pa.array(table.numbers)}).replace_schema_metadata({ABOUT: about})


def from_arrow(table: pa.Table) -> OfficialTable:
    """Return the official table that `to_arrow` made a table of."""
    about = json.loads(table.schema.metadata[ABOUT])
    arrays = {name: table[name].combine_chunks() for name in table.column_names}
    numbers: np.ndarray = arrays.pop(NUMBERS).to_numpy()
    columns = {name: Column(array.indices.to_numpy(), array.dictionary.to_pylist()) for name, array in arrays.items()}
    return OfficialTable(about["place"], columns, numbers, tuple(about["notes"]))
