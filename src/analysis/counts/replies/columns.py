"""Names the columns of a spreadsheet of replies: where its header stands and what each holds, whatever it is called."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.counts.folder import data_folder, file_state
from analysis.counts.names import make_slug, offer_names
from analysis.counts.release import STILL_OPEN
from analysis.counts.replies.grid import HEADER_WITHIN, Grid
from analysis.counts.tables import read_table
from analysis.errors import InputError

FORCE, CHARGED, RECORDED, OPEN, WINDOW, OUTCOME, COUNT = (
    "force",
    "charged",
    "recorded",
    "open",
    "window",
    "outcome",
    "count",
)
COLUMNS = (FORCE, CHARGED, RECORDED)
LONG = (FORCE, OUTCOME, COUNT)
WITH_ALTERNATE_OFFENCE = ("1a", "2a", "3a")
"""Types for a charge or caution for another offence than was recorded; in replies they stand beside 1, 2, 3 and add."""
ALIASES = {
    FORCE: "force|police-force|force-name|police-force-name|name-of-force|police-force-area|force-area|police-area"
    "|police-service|police|constabulary|area|pfa|reported-by",
    CHARGED: "charged|charged-summonsed|charged-or-summonsed|charged-and-summonsed|charge-summons|charge-or-summons"
    "|charged-summons|charge-summonsed|charges|charge|number-charged|total-charged|charged-or-summoned",
    RECORDED: "recorded|total-offences-recorded|offences-recorded|crimes-recorded|recorded-crimes|recorded-offences"
    "|number-recorded|total-recorded|number-of-offences-recorded|number-of-crimes-recorded|total-crimes-recorded"
    "|number-of-offences|number-of-crimes|total-offences|total-crimes|offences|crimes|all-offences|all-crimes"
    "|total-recorded-crimes|total-recorded-offences",
    OPEN: "open|still-open|open-cases|ongoing|ongoing-cases|still-ongoing|under-investigation"
    "|still-under-investigation|not-yet-assigned|not-yet-assigned-an-outcome|no-outcome-yet|awaiting-outcome"
    "|outcome-not-yet-assigned",
    WINDOW: "window|period|time-period",
    OUTCOME: "outcome|outcome-type|outcome-code|outcome-description|outcome-group|disposal|result",
    COUNT: "count|number|number-of-outcomes|outcomes|total-outcomes",
}
KEYS = {alias: key for key, aliases in ALIASES.items() for alias in aliases.split("|")}
WHOLE = ("total", "all", "all-outcomes", "grand-total")
"""What the outcome of a row that counts all of a force's crimes may be called."""
TYPE = re.compile(r"(?:outcome |type |outcome type )?(\d{1,2}) ?(a?)(?:[ :.–—-]+\D.*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """The header of a table.

    `used` gives the place of each column by its key: those of `ALIASES`, `type:14` of an outcome type and `outcome:ID`
    of a group; `names` what it is called there; `row` the header's place, 0 the first row, and
    `width` its cells.
    """

    row: int
    width: int
    used: dict[str, int]
    names: dict[str, str]
    ignored: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether each row holds one outcome of a force."""
        return all(key in self.used for key in LONG) and CHARGED not in self.used

    @property
    def types(self) -> list[str]:
        """The keys of outcomes, by type and by group."""
        return [key for key in self.used if key.partition(":")[1]]


def find_columns(grid: Grid, given: Mapping[str, str] | None = None) -> Columns:
    """Return the columns of a table.

    Parameters
    ----------
    grid
        Its cells.
    given
        What somebody calls the columns here, by the key: `{"charged": "Charged/Summonsed"}`.

    Raises
    ------
    InputError
        If no row within the first 20 is a header, or a column is missing, or there twice.

    Examples
    --------
    >>> rows = [["Replies"], ["Police force", "Charged/Summonsed", "Offences recorded"]]
    >>> found = find_columns(Grid("replies.csv", rows))
    >>> found.row, found.used
    (1, {'force': 0, 'charged': 1, 'recorded': 2})
    """
    wanted = {make_slug(header): key for key, header in (given or {}).items()}
    row = _find_header(grid.rows[:HEADER_WITHIN], wanted)
    place = f"{grid.name}, row {row + 1}"
    header = [" ".join(cell.split()) for cell in grid.rows[row]]
    for slug, key in wanted.items():
        if slug not in map(make_slug, header):
            raise InputError(
                f"{place}: there is no column {slug!r} for --columns {key}=...; {offer_names(slug, header)}"
            )
    used = _place(header, [_key(cell, wanted) for cell in header], place)
    _refuse_missing(used, header, place)
    _refuse_parts(used, header, place)
    ignored = tuple(cell for at, cell in enumerate(header) if cell and at not in used.values())
    return Columns(row, len(header), used, {key: header[at] for key, at in used.items()}, ignored)


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row of cells is a header: it names the force and something that is counted.

    Examples
    --------
    >>> is_header(["Police force", "Total offences recorded"]), is_header(["Gwent Police", "268"])
    (True, False)
    """
    keys = {_key(cell, {}) for cell in cells} - {None}
    return FORCE in keys and len(keys) > 1


def read_columns(pairs: Sequence[str]) -> dict[str, str]:
    """Return what a file calls its columns, as somebody types it, by what they hold.

    Raises
    ------
    InputError
        If there is no `=` between the two, or no such column.

    Examples
    --------
    >>> read_columns(["charged=Charged/Summonsed"])
    {'charged': 'Charged/Summonsed'}
    """
    for pair in pairs:
        if not all(part.strip() for part in pair.partition("=")):
            raise InputError(f'--columns {pair!r} is not COLUMN=HEADER: write it like charged="Charged/Summonsed"')
    return {read_key(key.strip()): header.strip() for key, _, header in (pair.partition("=") for pair in pairs)}


def read_key(text: str) -> str:
    """Return the key of a column as somebody types it: `charged`, `outcome 14`.

    Raises
    ------
    InputError
        If there is no such column.

    Examples
    --------
    >>> read_key("Outcome 14")
    'type:14'
    """
    key = KEYS.get(make_slug(text)) or read_outcome(text)
    if key is None:
        raise InputError(f"--columns {text}=...: there is no such column; {offer_names(text, ALIASES)}")
    return key


def read_outcome(text: str) -> str | None:
    """Return the key of the outcome that a header or a cell names, by its type or its words; None if it names none.

    Examples
    --------
    >>> [read_outcome(text) for text in ("1 - Charged/Summonsed", "outcome 14", "2A", "Not yet assigned", "2017")]
    ['charged', 'type:14', 'type:2a', 'open', None]
    """
    typed = " ".join(text.split())
    if match := TYPE.fullmatch(typed):
        kind = match[1].lstrip("0") or STILL_OPEN
        return _outcomes().get(f"type {kind}{match[2].lower()}")
    slug = make_slug(typed)
    if KEYS.get(slug) in (CHARGED, OPEN, RECORDED):
        return KEYS[slug]
    return RECORDED if slug in WHOLE else _outcomes().get(_in_words(typed))


def name_key(key: str) -> str:
    """Return what messages call a column, by its key.

    Examples
    --------
    >>> name_key("type:14"), name_key("outcome:no-suspect-identified")
    ('outcome 14', 'no-suspect-identified')
    """
    return key.replace("type:", "outcome ").removeprefix("outcome:")


def _find_header(rows: Sequence[Sequence[str]], wanted: Mapping[str, str]) -> int:
    """Return the place of the first row that names the force and a count, else one of the three, else a cell."""
    named = [{_key(cell, wanted) for cell in cells} - {None} for cells in rows]
    for is_one in (
        lambda place: FORCE in named[place] and len(named[place]) > 1,
        lambda place: named[place] & {*COLUMNS, COUNT},
        lambda place: any(cell.strip() for cell in rows[place]),
    ):
        if (found := next(filter(is_one, range(len(rows))), None)) is not None:
            return found
    return 0


def _key(cell: str, wanted: Mapping[str, str]) -> str | None:
    if len(cell) > 200 or not cell.strip():
        return None
    slug = make_slug(cell)
    if slug in wanted:
        return wanted[slug]
    key = KEYS.get(slug) or read_outcome(cell)
    return None if key in wanted.values() or slug in WHOLE else key


def _outcomes() -> dict[str, str]:
    """Return the key of each outcome by `type 14` and by every official wording of it in small letters."""
    folder = data_folder()
    return _keys_of_outcomes(*(file_state(folder / name) for name in ("outcome_types.csv", "outcomes.csv")))


@lru_cache(maxsize=4)
def _keys_of_outcomes(*_states: tuple[int, ...]) -> dict[str, str]:
    special = {"1": CHARGED, STILL_OPEN: OPEN}
    keys = {f"type {kind}": f"type:{kind}" for kind in WITH_ALTERNATE_OFFENCE}
    for row in read_table("outcome_types.csv"):
        key = special.get(row["type"], f"type:{row['type']}")
        keys[f"type {row['type']}"] = keys[_in_words(row["label"])] = key
    for row in read_table("outcomes.csv"):
        key = next((special[kind] for kind in row["types"] if kind in special), f"outcome:{row['id']}")
        for words in (row["id"], row["title"], row["label"], row["official_group"]):
            keys.setdefault(_in_words(words), key)
    return keys


def _in_words(text: str) -> str:
    return make_slug(text).replace("-", " ")


def _place(header: list[str], keys: list[str | None], place: str) -> dict[str, int]:
    """Return the place of each key; of several columns that a key may be, the one that is called exactly so."""
    used: dict[str, int] = {}
    for at, key in enumerate(keys):
        if key is None:
            continue
        earlier = used.setdefault(key, at)
        if earlier == at:
            continue
        folded = [header[one].casefold() for one in (earlier, at)]
        if folded[0] == folded[1]:
            raise InputError(f"{place}: the column {folded[0]!r} is there twice: keep one")
        if key in ALIASES and key != CHARGED and key in folded:
            used[key] = earlier if folded[0] == key else at
        elif key not in (OUTCOME, WINDOW):
            raise InputError(
                f"{place}: the columns {header[earlier]!r} and {header[at]!r} say the same: keep one, or choose with "
                f"--columns {name_key(key).replace(' ', '-')}=HEADER"
            )
    return used


def _refuse_missing(used: dict[str, int], header: list[str], place: str) -> None:
    if all(key in used for key in LONG) and CHARGED not in used:
        return
    for key in COLUMNS:
        if key not in used:
            named = [cell.casefold() for cell in header if cell] or ["nothing"]
            raise InputError(
                f"{place}: the column {key!r} is missing; the header has {', '.join(map(repr, named))} and needs "
                f"{', '.join(COLUMNS)}"
            )


def _refuse_parts(used: dict[str, int], header: list[str], place: str) -> None:
    for row in read_table("outcomes.csv"):
        whole = f"outcome:{row['id']}"
        part = next((kind for kind in row["types"] if f"type:{kind}" in used), None)
        if whole in used and part:
            raise InputError(f"{place}: outcome {part} is a part of {row['id']!r}: keep one of the two columns")
