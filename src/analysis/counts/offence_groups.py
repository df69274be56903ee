"""Official groups of offences: which codes of a release belong to one, and how the codes' figures are added up.

A table's own columns say which codes a group has, so that a group is that of its edition; only where a table has no
such group are the codes those that another official table lists. Nothing is added across releases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.counts.names import make_slug
from analysis.counts.release import NO_CRIMES, FigureRow, Release, stated_offence_rows
from analysis.counts.tables import Row, read_table

ADDED_UP = ("count_low", "count_high", "recorded", "open")


@dataclass(frozen=True)
class GroupedCode:
    """One offence code of a group in one release."""

    code: str
    title: str
    retired: bool
    """Whether the code was out of use before the release's first day: its crimes are of earlier years, or none."""
    replaced_by: tuple[str, ...]
    """The codes in its place, where they are known."""


@dataclass(frozen=True)
class OffenceGroup:
    """An official group or subgroup of offences as one release has it; codes in the release's order."""

    id: str
    title: str
    codes: tuple[GroupedCode, ...]
    note: str | None

    @property
    def limits(self) -> list[str]:
        """What a rate of the group cannot show, one sentence each; none of a group of one code but its note."""
        said = (
            f"{self.title} is the sum of {len(self.codes)} offence codes of this release, which do not all end alike: "
            "a force's rate depends on its mix of them too."
        )
        return [*([said] if len(self.codes) > 1 else []), *([f"{self.note}."] if self.note else [])]


def list_groups(release: Release) -> dict[str, OffenceGroup]:
    """Return the groups that a release has offence codes of, by their ids; none where its table has no such columns.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> groups = list_groups(find_release("home-office-2018-19"))
    >>> [one.code for one in groups["rape"].codes]
    ['19C', '19D', '19E', '19F', '19G', '19H']
    >>> [one.code for one in groups["residential-burglary"].codes if one.retired]
    ['28A', '28B', '28C', '28D', '29']
    """
    rows = [row for row in stated_offence_rows(release) if row.get("subgroup")]
    named = [(row, {make_slug(row["group"] or ""), make_slug(row["subgroup"])}) for row in rows]
    retired = {row["code"]: row for row in read_table("retired_codes.csv")}
    groups = {}
    for group in read_table("offence_groups.csv"):
        wanted = {make_slug(title) for title in group["published_as"]}
        own = [row for row, titles in named if titles & wanted]
        codes = own or [row for row in rows if row["code"] in group["codes"]]
        if codes:
            members = tuple(_member(row, retired.get(row["code"]), release) for row in codes)
            groups[group["id"]] = OffenceGroup(group["id"], group["title"], members, group["note"])
    return groups


def _member(row: Mapping[str, str | bool | None], retired: Row | None, release: Release) -> GroupedCode:
    is_over = retired is not None and retired["last_day"] < (release.window_start or "")
    expired = row["expired"] in (True, "yes")
    return GroupedCode(
        code=str(row["code"]),
        title=str(row["title"]),
        retired=is_over or expired,
        replaced_by=retired["replaced_by"] if retired is not None and is_over else (),
    )


def find_group(release: Release, text: str) -> OffenceGroup | None:
    """Return the group that `text` names by its id, or by a title that an official table gives it; None if none does.

    Examples
    --------
    >>> from analysis.counts.releases import find_release
    >>> find_group(find_release("home-office-2018-19"), "domestic-burglary").id
    'residential-burglary'
    """
    wanted = make_slug(text)
    for row in read_table("offence_groups.csv"):
        if wanted in (row["id"], *map(make_slug, row["published_as"])):
            return list_groups(release).get(row["id"])
    return None


def add_rows(rows: Mapping[str, Sequence[FigureRow]]) -> list[FigureRow]:
    """Return the row of each force over several codes: counts added up, ranges from lowest to highest.

    Where one code's count is not known, that of all of them together is not either, and the reason names the code.

    Parameters
    ----------
    rows
        The rows of each code, as a release gives them: the same forces in the same order.

    Examples
    --------
    >>> from analysis.counts.releases import find_outcome, find_release, open_release
    >>> release = find_release("home-office-2018-19")
    >>> charged, figures = find_outcome(release, "charged"), open_release(release)
    >>> added = add_rows({code: figures.study_rows(code, charged, "") for code in ("8R", "8L")})
    >>> [(row["count_low"], row["recorded"]) for row in added if row["force"] == "Gwent"]
    [(349, 6351)]
    """
    return [_add_up(dict(zip(rows, parts, strict=True))) for parts in zip(*rows.values(), strict=True)]


def _add_up(parts: Mapping[str, FigureRow]) -> FigureRow:
    unknown = {code: row["why_unknown"] for code, row in parts.items() if row["why_unknown"] not in (None, NO_CRIMES)}
    known = [row for row in parts.values() if row["why_unknown"] is None]
    sums = {name: _sum(known, name) for name in ADDED_UP} | {"recorded": _sum(parts.values(), "recorded")}
    why = _why_unknown(unknown, len(parts)) or (None if known else NO_CRIMES)
    count = sums["count_low"] if sums["count_low"] == sums["count_high"] else None
    total = f"{count:,} of {sums['recorded']:,}, " if count is not None and sums["recorded"] is not None else ""
    first = next(iter(parts.values()))
    return first | (
        sums
        | {"how_known": f"{total}the sum of {len(parts)} offence codes as published", "why_unknown": None}
        | {"marked": why if any(row["marked"] for row in parts.values()) else None}
        | ({} if why is None else _nothing_but_recorded(sums["recorded"], why))
    )


def _nothing_but_recorded(recorded: int | None, why: str) -> FigureRow:
    return dict.fromkeys((*ADDED_UP, "how_known")) | {"recorded": recorded, "why_unknown": why}


def _why_unknown(unknown: Mapping[str, object], codes: int) -> str | None:
    """Return why the sum is not known: in one reason where it is that of every code, else code by code."""
    if len(unknown) == codes and len(set(unknown.values())) == 1:
        return str(next(iter(unknown.values())))
    return "; ".join(f"code {code}: {why}" for code, why in unknown.items()) or None


def _sum(rows: Iterable[FigureRow], name: str) -> int | None:
    """Return the sum of a column, unknown where one of its numbers is."""
    values = [row[name] for row in rows]
    numbers = [value for value in values if isinstance(value, int)]
    return sum(numbers) if len(numbers) == len(values) else None
