"""Studies: one question put to one release, with one row per force and everything a reader must know beside it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from analysis.counts import releases
from analysis.counts.forces import find_force, list_forces
from analysis.counts.official import rows as official
from analysis.counts.printed import rows as published
from analysis.counts.releases import Outcome, Release, Source, list_releases
from analysis.counts.replies import rows as replies
from analysis.counts.series import is_series
from analysis.counts.tables import Row, read_table
from analysis.errors import InputError

__all__ = [
    "NationalCount",
    "NationalRate",
    "Study",
    "StudyEntry",
    "list_releases",
    "list_studies",
    "make_study_id",
    "outcomes_of",
    "read_study",
    "split_study_id",
    "study_ids",
]

NUMBERS = ("count_low", "count_high", "recorded", "open")
COLUMNS = ("force", "slug", *NUMBERS, "window_start", "window_end", "how_known", "why_unknown", "marked", "source")
OUTCOME_COLUMNS = ("outcome_type", "label", "count_low", "count_high", "recorded", "open", "how_known")


@dataclass(frozen=True)
class StudyEntry:
    """A reviewed study: a row of studies.csv."""

    id: str
    release: str
    offence: str
    outcome: str
    title: str
    against: str
    default: bool
    windows: str
    missing: str | None
    note: str | None


@dataclass(frozen=True)
class NationalRate:
    """A published national rate, as the range of proportions that the print allows."""

    low: float
    high: float
    printed: str
    area: str
    includes_force: bool
    window_start: str
    window_end: str
    source: str


@dataclass(frozen=True)
class NationalCount:
    """Published national counts; where they include the force, it must be subtracted before comparing."""

    count: int
    recorded: int
    printed: str
    at_least: bool
    area: str
    includes_force: bool
    window_start: str
    window_end: str
    source: str


@dataclass(frozen=True, eq=False)
class Study:
    """One question put to one release.

    `forces` has one row per force, sorted by name: force, slug, count_low, count_high, recorded, open (nullable whole
    numbers), window_start, window_end, how_known, why_unknown, marked (the error marked in its figures), source.
    """

    id: str
    release: str
    release_title: str
    publisher: str
    definition: str
    national_note: str
    offence: str
    offence_title: str
    outcome: str
    outcome_title: str
    outcome_label: str
    against: str
    title: str
    default: bool
    note: str | None
    windows: str
    windows_differ: bool
    window_start: str
    window_end: str
    open_counted: bool
    forces: pd.DataFrame
    national: NationalRate | NationalCount | None
    sources: tuple[Source, ...]
    limits: tuple[str, ...]

    def find(self, force: str) -> str:
        """Return the official name of a force of this study, by name, slug or alias.

        Raises
        ------
        InputError
            If the study has no such force; near names are offered.
        """
        return find_force(force, among=list(self.forces["force"])).name

    def row(self, force: str) -> dict[str, Any]:
        """Return the row of a force as a dictionary, None where a value is unknown."""
        row = self.forces.loc[self.forces["force"] == self.find(force)].iloc[0].to_dict()
        return {column: _plain(value) for column, value in row.items()}

    def reportable(self, force: str) -> str | None:
        """Return None if a report can be written of the force, else the reason why not."""
        return self.row(force)["why_unknown"]

    def reportable_forces(self) -> list[str]:
        """Return the official names of the forces that a report can be written of."""
        return list(self.forces.loc[self.forces["why_unknown"].isna(), "force"])

    @property
    def digest(self) -> str:
        """The sha256 of all that the study says, so that a changed figure elsewhere leaves it alone."""
        said = {name: value for name, value in vars(self).items() if name not in ("forces", "national", "sources")}
        said["national"] = asdict(self.national) if self.national else None
        said["sources"] = [asdict(source) for source in self.sources]
        text = json.dumps(said, sort_keys=True) + self.forces.to_csv(index=False, lineterminator="\n")
        return hashlib.sha256(text.encode()).hexdigest()


def read_study(study_id: str) -> Study:
    """Return the study with the id `release/offence/outcome`.

    Parameters
    ----------
    study_id
        Such as `radar-2022/8-71/charged`; the offence code may also be written as published (`8/71`).

    Raises
    ------
    InputError
        If release, offence or outcome is unknown (near names are offered), the release is context, the data differ
        from their digests, or figures contradict each other without being marked.

    Examples
    --------
    >>> study = read_study("radar-2022/8-71/charged")
    >>> gwent = study.row("Gwent")
    >>> gwent["count_low"], gwent["count_high"], gwent["recorded"], study.national.low
    (21, 21, 268, 0.055)
    """
    release, offence, outcome = _parse_id(study_id)
    entry = _entry(release, offence, outcome)
    forces = _read_rows(release, offence, outcome, entry.missing or "")
    national = _read_national(entry)
    used = {*forces["source"], *([national.source] if national else [])}
    return Study(
        id=entry.id,
        release=release.id,
        release_title=release.title,
        publisher=release.publisher,
        definition=release.definition,
        national_note=release.national_note,
        offence=offence,
        offence_title=releases.list_offences(release)[offence],
        outcome=outcome.id,
        outcome_title=outcome.title,
        outcome_label=outcome.label,
        against=entry.against,
        title=entry.title,
        default=entry.default,
        note=entry.note,
        windows=entry.windows,
        windows_differ=release.windows_differ,
        window_start=release.window_start,
        window_end=release.window_end,
        open_counted=release.open_counted,
        forces=forces,
        national=national,
        sources=tuple(releases.read_sources(used)),
        limits=tuple(releases.list_limits(release, outcome)),
    )


def make_study_id(release: str, offence: str, outcome: str) -> str:
    """Return the id of the study that puts `outcome` of `offence` to `release`, after checking all three.

    Examples
    --------
    >>> make_study_id("home-office-2018-19", "1/4.1/4.10/4.2", "charged")
    'home-office-2018-19/1-4.1-4.10-4.2/charged'
    """
    found = releases.find_release(release)
    code = releases.code_in_path(releases.find_offence(found, offence))
    return f"{found.id}/{code}/{releases.find_outcome(found, outcome).id}"


def list_studies() -> list[StudyEntry]:
    """Return the reviewed studies, in the order of studies.csv.

    Examples
    --------
    >>> [entry.id for entry in list_studies() if entry.default][2:]
    ['bbc-2016/8-71/charged', 'home-office-2018-19/8R/charged']
    """
    return [_reviewed(row) for row in read_table("studies.csv")]


def study_ids(release: str) -> list[str]:
    """Return the ids of every study that can be put to a release: all its offences times all its outcomes.

    Examples
    --------
    >>> study_ids("bbc-2016")
    ['bbc-2016/8-71/charged']
    >>> len(study_ids("home-office-2018-19"))
    1441
    """
    found = releases.find_release(release)
    codes = [releases.code_in_path(code) for code in releases.list_offences(found)]
    return [f"{found.id}/{code}/{outcome.id}" for code in codes for outcome in releases.list_outcomes(found)]


def outcomes_of(release: str, offence: str, force: str) -> pd.DataFrame:
    """Return all published outcomes of a force side by side.

    Returns
    -------
    pandas.DataFrame
        Columns outcome_type (`14;16` where the source merges types, `unpublished`, `other`), label, count_low,
        count_high, recorded (nullable whole numbers), open (whether these cases are still open), how_known.

    Raises
    ------
    InputError
        If release, offence or force is unknown.

    Examples
    --------
    >>> outcomes_of("radar-2022", "8/71", "Gwent")[["outcome_type", "count_low"]].to_numpy().tolist()
    [['1', 21], ['14', 12], ['16', 101]]
    """
    found = releases.find_release(release)
    code = releases.find_offence(found, offence)
    if found.is_replies:
        return _frame(_in_order(replies.reply_outcomes(found, force)), OUTCOME_COLUMNS)
    list_rows = _official_outcomes if found.is_official else _printed_outcomes
    return _frame(list_rows(found, code, force), OUTCOME_COLUMNS)


def split_study_id(study_id: str) -> tuple[str, str, str]:
    """Return the three parts of a study's id, none of them empty or checked.

    Examples
    --------
    >>> split_study_id("radar-2022/8/71/charged")
    ('radar-2022', '8/71', 'charged')
    """
    name, _, rest = study_id.strip().partition("/")
    code, _, outcome = rest.rpartition("/")
    if not (name and code and outcome):
        raise InputError(f"study {study_id!r} is not release/offence/outcome: write it like radar-2022/8-71/charged")
    return name, code, outcome


def _parse_id(study_id: str) -> tuple[Release, str, Outcome]:
    name, code, outcome = split_study_id(study_id)
    if is_series(name):
        raise InputError(f"{name!r} is a series of releases, which report and batch take: name one release here")
    release = releases.find_release(name)
    return release, releases.find_offence(release, code), releases.find_outcome(release, outcome)


def _entry(release: Release, offence: str, outcome: Outcome) -> StudyEntry:
    study_id = f"{release.id}/{releases.code_in_path(offence)}/{outcome.id}"
    for row in read_table("studies.csv"):
        if row["id"] == study_id:
            return _reviewed(row)
    title = f"{releases.list_offences(release)[offence]}: {outcome.label.lower()}, {release.title}"
    windows = f"{release.window_start} to {release.window_end}" if release.window_start else "not stated"
    against = release.against or "rest"
    return StudyEntry(study_id, release.id, offence, outcome.id, title, against, False, windows, None, None)


def _reviewed(row: Row) -> StudyEntry:
    release, offence, outcome = _parse_id(row["id"])
    return StudyEntry(release=release.id, offence=offence, outcome=outcome.id, **row.values)


def _read_rows(release: Release, offence: str, outcome: Outcome, missing: str) -> pd.DataFrame:
    if release.is_official:
        rows = official.official_rows(release, offence, outcome)
    elif release.is_replies:
        rows = replies.reply_rows(release, outcome)
    else:
        rows = published.printed_rows(release, offence, outcome, missing)
    slugs = {force.name: force.slug for force in list_forces()}
    return _frame([{**row, "slug": slugs[row["force"]]} for row in rows], COLUMNS)


def _read_national(entry: StudyEntry) -> NationalRate | NationalCount | None:
    if entry.against != "published":
        return None
    rows = [row for row in read_table("national_rates.csv") if row["study"] == entry.id]
    if len(rows) != 1:
        raise InputError(f"data/national_rates.csv must have one row for the study {entry.id!r}, not {len(rows)}")
    row = rows[0]
    shared = ("printed", "area", "includes_force", "window_start", "window_end", "source")
    about = {column: row[column] for column in shared}
    if row["rate_low"] is not None:
        return NationalRate(low=row["rate_low"], high=row["rate_high"], **about)
    return NationalCount(count=row["count"], recorded=row["recorded"], at_least=row["at_least"], **about)


def _printed_outcomes(release: Release, offence: str, force: str) -> list[dict[str, Any]]:
    by_force = published.read_figures(release, offence)
    figures = by_force[find_force(force, among=by_force).name]
    rows = [
        {
            "outcome_type": ";".join(figure.types),
            "label": figure.label,
            "count_low": figure.count.low,
            "count_high": figure.count.high,
            "recorded": figures.recorded,
            "open": figure.types == (official.STILL_OPEN,),
            "how_known": figure.count.how_known,
        }
        for figure in figures.outcomes
    ]
    return _in_order(rows)


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: _type_order(row["outcome_type"]))


def _official_outcomes(release: Release, offence: str, force: str) -> list[dict[str, Any]]:
    by_type = official.read_official(release, offence).get(find_force(force).name, {})
    unknown = official.negative_types(by_type) or None in by_type.values()
    recorded = None if None in by_type.values() else sum(by_type.values())
    labels = {row["type"]: row["label"] for row in read_table("outcome_types.csv")}
    return [
        {
            "outcome_type": kind,
            "label": labels[kind],
            "count_low": None if unknown else count,
            "count_high": None if unknown else count,
            "recorded": recorded,
            "open": kind == official.STILL_OPEN,
            "how_known": official.NOT_PROVIDED if count is None else f"published as {count:,}",
        }
        for kind, count in sorted(by_type.items(), key=lambda item: int(item[0]))
    ]


def _type_order(kind: str) -> tuple[int, str]:
    first = kind.partition(";")[0]
    return int(first) if first.isdigit() else 1000, kind


def _frame(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a table whose numbers are nullable whole numbers and whose texts are None where unknown."""
    rows = list(rows)
    series = {}
    for column in columns:
        values = [row[column] for row in rows]
        flags = all(isinstance(value, bool) for value in values)
        kind = "bool" if flags and values else "Int64" if column in NUMBERS else object
        series[column] = pd.Series(pd.array(values, dtype=kind) if kind == "Int64" else values, dtype=kind)
    return pd.DataFrame(series, columns=list(columns))


def _plain(value: Any) -> Any:
    return None if value is pd.NA or value is None else value if isinstance(value, str) else int(value)
