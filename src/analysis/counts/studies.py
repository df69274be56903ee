"""Studies: one question put to one release, with one row per force and everything a reader must know beside it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from analysis.counts import releases
from analysis.counts.forces import find_force, list_forces
from analysis.counts.national_rates import NationalCount, NationalRate, read_national
from analysis.counts.offence_groups import GroupedCode, list_groups
from analysis.counts.release import ALL_OFFENCES, CRIMES_WITH_AN_OUTCOME, Outcome, Release, Source, code_in_path
from analysis.counts.releases import list_releases
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
    window_start: str | None
    window_end: str | None
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
        return {str(column): _plain(value) for column, value in row.items()}

    def reportable(self, force: str) -> str | None:
        """Return None if a report can be written of the force, else the reason why not."""
        why: str | None = self.row(force)["why_unknown"]
        return why

    def reportable_forces(self) -> list[str]:
        """Return the official names of the forces that a report can be written of."""
        return list(self.forces.loc[self.forces["why_unknown"].isna(), "force"])

    @property
    def is_of_outcomes(self) -> bool:
        """Whether rates are over the crimes with any outcome, open ones left out, and not over all crimes recorded."""
        return releases.find_release(self.release).basis == CRIMES_WITH_AN_OUTCOME

    @property
    def codes(self) -> tuple[GroupedCode, ...]:
        """The offence codes that are added up, where the study is of a group of offences; else none."""
        group = list_groups(releases.find_release(self.release)).get(self.offence)
        return group.codes if group else ()

    @property
    def is_mix(self) -> bool:
        """Whether all offences are counted together and each of them is known, so that mixes can be compared."""
        release = releases.find_release(self.release)
        return self.offence == ALL_OFFENCES and releases.open_release(release).every_offence

    @property
    def digest(self) -> str:
        """The sha256 of all that the study says, so that a changed figure elsewhere leaves it alone."""
        said = {name: value for name, value in vars(self).items() if name not in ("forces", "national", "sources")}
        said["national"] = asdict(self.national) if self.national else None
        if self.codes:
            said["codes"] = [asdict(code) for code in self.codes]
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
    national = read_national(entry.id, entry.against)
    used = {*forces["source"], *([national.source] if national else [])}
    return Study(
        id=entry.id,
        release=release.id,
        release_title=release.title,
        publisher=release.publisher,
        definition=release.definition,
        national_note=release.national_note,
        offence=offence,
        offence_title=releases.offence_title(release, offence),
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
        limits=tuple(releases.list_limits(release, outcome, offence)),
    )


def make_study_id(release: str, offence: str, outcome: str) -> str:
    """Return the id of the study that puts `outcome` of `offence` to `release`, after checking all three.

    Examples
    --------
    >>> make_study_id("home-office-2018-19", "1/4.1/4.10/4.2", "charged")
    'home-office-2018-19/1-4.1-4.10-4.2/charged'
    """
    found = releases.find_release(release)
    code = code_in_path(releases.find_offence(found, offence))
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
    """Return the ids of every study that can be put to a release: all its offences and groups times all its outcomes.

    Where every offence is counted, the studies of all of them together come last.

    Examples
    --------
    >>> study_ids("bbc-2016")
    ['bbc-2016/8-71/charged']
    >>> len(study_ids("home-office-2018-19"))
    1793
    """
    found = releases.find_release(release)
    codes = [code_in_path(code) for code in releases.list_questions(found)]
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
    return _frame(releases.open_release(found).force_outcomes(code, force), OUTCOME_COLUMNS)


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
    study_id = f"{release.id}/{code_in_path(offence)}/{outcome.id}"
    for row in read_table("studies.csv"):
        if row["id"] == study_id:
            return _reviewed(row)
    title = f"{releases.offence_title(release, offence)}: {outcome.label.lower()}, {release.title}"
    windows = f"{release.window_start} to {release.window_end}" if release.window_start else "not stated"
    against = release.against or "rest"
    return StudyEntry(study_id, release.id, offence, outcome.id, title, against, False, windows, None, None)


def _reviewed(row: Row) -> StudyEntry:
    release, offence, outcome = _parse_id(row["id"])
    return StudyEntry(release=release.id, offence=offence, outcome=outcome.id, **row.values)


def _read_rows(release: Release, offence: str, outcome: Outcome, missing: str) -> pd.DataFrame:
    rows = releases.open_release(release).study_rows(offence, outcome, missing)
    slugs = {force.name: force.slug for force in list_forces()}
    return _frame([{**row, "slug": slugs[str(row["force"])]} for row in rows], COLUMNS)


def _frame(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a table whose numbers are nullable whole numbers and whose texts are None where unknown."""
    rows = list(rows)
    series = {}
    for column in columns:
        values = [row[column] for row in rows]
        flags = all(isinstance(value, bool) for value in values)
        kind = "bool" if flags and values else object
        is_number = column in NUMBERS and kind is object
        series[column] = pd.Series(pd.array(values, dtype="Int64")) if is_number else pd.Series(values, dtype=kind)
    return pd.DataFrame(series, columns=list(columns))


def _plain(value: Any) -> Any:
    return None if value is pd.NA or value is None else value if isinstance(value, str) else int(value)
