"""Everything that can be held against everything else in data/, for the command `check`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from analysis.counts import releases
from analysis.counts.digests import read_sums, verify_file
from analysis.counts.folder import data_folder, list_files
from analysis.counts.forces import list_forces
from analysis.counts.names import make_slug
from analysis.counts.official import rows as official
from analysis.counts.printed import cross_checks
from analysis.counts.printed import rows as published
from analysis.counts.releases import Release, list_releases
from analysis.counts.studies import read_study
from analysis.counts.tables import read_table, split_place
from analysis.errors import InputError

KEYS = {
    "releases.csv": "id",
    "outcomes.csv": "id",
    "outcome_types.csv": "type",
    "forces.csv": "name",
    "studies.csv": "id",
    "national_rates.csv": "id",
    "sources.csv": "id",
    "article_claims.csv": "id",
    "law.csv": "in_force",
}


@dataclass(frozen=True, order=True)
class Finding:
    """Something that `check` reports.

    `kind` is `marked` (an error in a source, kept as printed and corrected beside it: no fault of the data),
    `contradiction` (figures that disagree and are not marked) or `damage` (a file, column or cell that cannot be used).
    """

    kind: Literal["marked", "contradiction", "damage"]
    place: str
    text: str


def check_data() -> list[Finding]:
    """Return what is wrong with the figures, and the errors of the sources that are marked in them.

    Digests, the dictionary, every table and study, sums, printed percentages, overlapping figures, national rates
    and the control totals. The data are sound if every finding is `marked`.

    Examples
    --------
    >>> {finding.kind for finding in check_data()}
    {'marked'}
    """
    findings = [*_findings("damage", _check_files)]
    for name in _tables():
        findings += _findings("damage", lambda name=name: _read_only(read_table, name))
    findings = findings or [*_findings("damage", _check_names)]
    if not findings:
        findings += _findings("contradiction", cross_checks.check_control_totals)
        for release in list_releases():
            findings += _check_release(release)
        for row in read_table("studies.csv"):
            findings += _findings("contradiction", lambda row=row: _read_only(read_study, row["id"]))
    return list(dict.fromkeys(findings))


def _check_release(release: Release) -> Iterator[Finding]:
    if release.is_official:
        yield from _findings("marked", lambda: _marked_pairs(release))
        return
    if release.is_replies:
        yield from _findings("damage", lambda: _read_only(releases.counts_file, release))
        return
    marked = [*_findings("marked", lambda: _marked_rows(release))]
    yield from marked
    if any(finding.kind == "damage" for finding in marked):
        return
    yield from _findings("contradiction", lambda: cross_checks.check_printed_pairs(release))
    yield from _findings("contradiction", lambda: cross_checks.check_windows(release))
    yield from _findings("contradiction", lambda: cross_checks.check_national(release))
    for offence in releases.list_offences(release):
        yield from _findings("contradiction", lambda offence=offence: cross_checks.check_overlaps(release, offence))


def _findings(kind: str, check: Callable[[], Iterable[cross_checks.Contradiction]]) -> Iterator[Finding]:
    """Yield what a check yields as findings of `kind`; what stops it is a finding too."""
    try:
        for place, text in check():
            yield Finding(kind, place, text)
    except InputError as error:
        place, text = split_place(error)
        yield Finding("contradiction" if kind == "contradiction" else "damage", place, text)


def _read_only(read: Callable[[Any], object], what: Any) -> tuple[()]:
    read(what)
    return ()


def _tables() -> list[str]:
    return [name for name in list_files(data_folder()) if name.endswith(".csv")]


def _check_files() -> Iterator[cross_checks.Contradiction]:
    folder = data_folder()
    present, listed = set(list_files(folder)), set(read_sums(folder))
    described = {row["file"] for row in read_table("dictionary.csv")}
    for name in sorted(present | listed):
        try:
            verify_file(folder, name)
        except InputError as error:
            yield f"data/{name}", str(error)
    for name in sorted(described ^ {name for name in present if name.endswith((".csv", ".parquet"))}):
        yield f"data/{name}", "the file and its description in data/dictionary.csv must both be there"


def _check_names() -> Iterator[cross_checks.Contradiction]:
    for name, key in KEYS.items():
        values = [row[key] for row in read_table(name)]
        yield from _repeated(f"data/{name}", key, values)
    slugs = [make_slug(name) for force in list_forces() for name in (force.name, *force.aliases)]
    yield from _repeated("data/forces.csv", "name", slugs)
    for force in list_forces():
        if force.slug != make_slug(force.name):
            yield "data/forces.csv", f"the slug of {force.name} must be {make_slug(force.name)!r}"
    types = {kind: row["id"] for row in read_table("outcomes.csv") for kind in row["types"]}
    if types != {row["type"]: row["outcome"] for row in read_table("outcome_types.csv")}:
        yield "data/outcomes.csv", "its types and the outcomes of data/outcome_types.csv must say the same"
    for release in list_releases():
        codes = releases.list_offences(release)
        yield from _repeated(
            release.place if release.imported else "data/offences.csv",
            "code",
            [releases.code_in_path(code) for code in codes],
        )
        yield from _unknown_offences(release, set(codes))


def _unknown_offences(release: Release, codes: set[str]) -> Iterator[cross_checks.Contradiction]:
    if release.is_replies:
        return
    if release.is_official:
        used = set(official.read_all_official(release)["offence"].unique().to_pylist())
    else:
        used = {row["offence"] for row in published.read_counts(release)}
    for code in sorted(used - codes):
        yield release.place, f"the offence {code!r} is not listed for {release.id} in data/offences.csv"


def _repeated(place: str, column: str, values: Iterable[str]) -> Iterator[cross_checks.Contradiction]:
    for value, times in Counter(values).items():
        if times > 1:
            yield place, f"column {column}: {value!r} stands there {times} times"


def _marked_rows(release: Release) -> Iterator[cross_checks.Contradiction]:
    for row in published.read_counts(release):
        if row["reason"]:
            yield row.place, f"{' and '.join(row['force'])}: {row['reason']}"


def _marked_pairs(release: Release) -> Iterator[cross_checks.Contradiction]:
    columns = official.read_all_official(release).to_pydict()
    for offence, force, kind, count in zip(
        columns["offence"], columns["force"], columns["outcome_type"], columns["count"], strict=True
    ):
        if count is None:
            yield release.place, f"{force}, {offence}: the force did not provide its figures of type {kind}"
        elif count < 0:
            yield (
                release.place,
                f"{force}, {offence}: {count} of type {kind} after the published corrections; the pair is shown as "
                "unknown and takes part in nothing",
            )
