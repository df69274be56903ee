"""Studies of several years: one question put to each release of a series. Nothing is added across the releases."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import pandas as pd

from analysis.counts.folder import file_state
from analysis.counts.forces import find_force
from analysis.counts.known_gaps import find_gaps
from analysis.counts.release import Release, counts_file
from analysis.counts.series import find_breaks, find_series, is_series, series_id
from analysis.counts.studies import Study, make_study_id, read_study, split_study_id
from analysis.counts.tables import Row
from analysis.errors import InputError

LONGEST_ID = 200
"""Letters of a series' id; it names a folder, and file systems take 255."""


@dataclass(frozen=True, eq=False)
class SeriesStudy:
    """One question put to several releases of one publisher.

    `series` is its one name, however it was asked for; `studies` has one study a year, the earliest first. `forces` has
    one row per force of any year, sorted by name: force, slug, why_unknown (None if it is a force of every year and at
    least one of them has its figures).
    """

    series: str
    offence: str
    outcome: str
    studies: tuple[Study, ...]
    forces: pd.DataFrame

    @property
    def id(self) -> str:
        """The id `series/offence/outcome`, as of a study."""
        return f"{self.series}/{self.studies[-1].id.partition('/')[2]}"

    @property
    def title(self) -> str:
        """What is asked, of which publisher and years."""
        last = self.studies[-1]
        years = f"{self.window['start'][:4]} to {self.window['end'][:4]}"
        return f"{last.offence_title}: {last.outcome_label.lower()} over the years, {last.publisher} {years}"

    @property
    def window(self) -> dict[str, str]:
        """First and last day, as ISO dates."""
        return {"start": self.studies[0].window_start or "", "end": self.studies[-1].window_end or ""}

    def reportable_forces(self) -> list[str]:
        """Return the official names of the forces that a report can be written of."""
        return list(self.forces.loc[self.forces["why_unknown"].isna(), "force"])

    @property
    def not_reportable(self) -> dict[str, str]:
        """The forces that no report can be written of, each with the reason."""
        without = self.forces[self.forces["why_unknown"].notna()]
        return dict(zip(without["force"], without["why_unknown"], strict=True))

    @property
    def breaks(self) -> list[Row]:
        """What breaks the series, the earliest first; of a group of offences also where its codes change."""
        codes = {one.code for study in self.studies for one in study.codes}
        known = find_breaks(self.offence, self.window["start"], self.window["end"], codes=codes)
        return sorted([*known, *self._changes_of_codes()], key=lambda row: str(row["date"]))

    def _changes_of_codes(self) -> Iterator[Row]:
        """Yield where a year's group has other codes than the year before."""
        for earlier, later in pairwise(self.studies):
            old, new = ([one.code for one in study.codes] for study in (earlier, later))
            added, gone = ([code for code in codes if code not in others] for codes, others in ((new, old), (old, new)))
            parts = [f"holds {', '.join(added)} too"] if added else []
            parts += [f"no longer holds {', '.join(gone)}"] if gone else []
            if parts:
                day = later.window_start
                sentence = f"From {day} the group {' and '.join(parts)}, so the years before count other offences."
                yield Row("", {"date": day, "label": "codes of the group", "sentence": sentence})

    def gaps(self, *forces: str) -> list[Row]:
        """Return the known gaps of these forces within the series."""
        return find_gaps(self.window["start"], self.window["end"], forces)

    def find(self, force: str) -> str:
        """Return the official name of a force of any year, by name, slug or alias.

        Raises
        ------
        InputError
            If no year has such a force; near names are offered.
        """
        return find_force(force, among=list(self.forces["force"])).name

    @cached_property
    def _digests(self) -> list[str]:
        return [study.digest for study in self.studies]

    @property
    def digest(self) -> str:
        """The sha256 of all that the years' studies say, and of the breaks and gaps of the series."""
        rows = [*self.breaks, *self.gaps(*self.forces["force"])]
        said = self._digests + [vars(row) for row in rows]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def make_series_study(releases: str, offence: str, outcome: str) -> SeriesStudy:
    """Return the study that puts `outcome` of `offence` to each release of a series.

    Parameters
    ----------
    releases
        The series, as `find_series` takes it; one release may stand alone.
    offence, outcome
        As of every study.

    Raises
    ------
    InputError
        If the series cannot be made, or a year does not know the offence or the outcome.

    Examples
    --------
    >>> study = make_series_study("home-office-2018-19", "8R", "charged")
    >>> study.id, len(study.forces), study.breaks
    ('home-office-2018-19/8R/charged', 44, [])
    """
    found = find_series(releases)
    return _read(tuple(found), tuple(file_state(counts_file(release)) for release in found), offence, outcome)


def read_any_study(study_id: str) -> Study | SeriesStudy:
    """Return the study of one release or of several, by its id.

    Parameters
    ----------
    study_id
        As `read_study` takes it, or with a series in the place of the release:
        `home-office-2016-17..2021-22/8R/charged`.

    Raises
    ------
    InputError
        As `read_study` and `make_series_study`, and if a series is of one release only or too long to name a folder.

    Examples
    --------
    >>> read_any_study("home-office-2018-19/8R/charged").id
    'home-office-2018-19/8R/charged'
    """
    series, offence, outcome = split_study_id(study_id)
    if not is_series(series):
        return read_study(study_id)
    study = make_series_study(series, offence, outcome)
    if len(study.studies) == 1:
        raise InputError(f"the series {series!r} is of one release: write {study.studies[0].id}")
    if len(study.series) > LONGEST_ID:
        raise InputError(
            f"the series {series!r} is too long to name a folder ({len(study.series)} letters, of at most "
            f"{LONGEST_ID}): ask for fewer years"
        )
    return study


@lru_cache(maxsize=4)
def _read(releases: tuple[Release, ...], states: tuple[object, ...], offence: str, outcome: str) -> SeriesStudy:
    studies = tuple(read_study(make_study_id(release.id, offence, outcome)) for release in releases)
    forces = pd.DataFrame(_forces(studies), columns=["force", "slug", "why_unknown"], dtype=object)
    return SeriesStudy(series_id(list(releases)), studies[0].offence, studies[0].outcome, studies, forces)


def _forces(studies: tuple[Study, ...]) -> Iterator[tuple[str, str, str | None]]:
    years = [{str(row["force"]): row for row in study.forces.to_dict("records")} for study in studies]
    for name in sorted({name for year in years for name in year}):
        missing = [study.release for study, year in zip(studies, years, strict=True) if name not in year]
        rows = [year[name] for year in years if name in year]
        reasons = dict.fromkeys(row["why_unknown"] for row in rows)
        why = f"not a force of {', '.join(missing)}" if missing else None if None in reasons else "; ".join(reasons)
        yield name, rows[0]["slug"], why
