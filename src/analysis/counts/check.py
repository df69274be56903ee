"""Everything that can be held against everything else in data/, for the command `check`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from analysis.counts import releases
from analysis.counts.digests import read_sums, verify_file
from analysis.counts.findings import Contradiction, Finding, findings_of
from analysis.counts.folder import data_folder, list_files
from analysis.counts.forces import force_key, list_forces
from analysis.counts.names import make_slug
from analysis.counts.release import Release, TotalKey, code_in_path
from analysis.counts.releases import list_releases
from analysis.counts.studies import read_study
from analysis.counts.tables import read_table
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


def check_data() -> list[Finding]:
    """Return what is wrong with the figures, and the errors of the sources that are marked in them.

    Digests, the dictionary, every table and study, sums, printed percentages, overlapping figures, national rates
    and the control totals. The data are sound if every finding is `marked`.

    Examples
    --------
    >>> {finding.kind for finding in check_data()}
    {'marked'}
    """
    findings = [*findings_of("damage", _check_files)]
    for name in _tables():
        findings += findings_of("damage", partial(_read_only, read_table, name))
    findings = findings or [*findings_of("damage", _check_names)]
    if not findings:
        findings += findings_of("damage", _check_imported)
        findings += findings_of("contradiction", _check_control_totals)
        for release in list_releases():
            findings += releases.open_release(release).check()
        for row in read_table("studies.csv"):
            findings += findings_of("contradiction", partial(_read_only, read_study, row["id"]))
    return list(dict.fromkeys(findings))


def _read_only(read: Callable[[Any], object], what: Any) -> tuple[()]:
    read(what)
    return ()


def _tables() -> list[str]:
    return [name for name in list_files(data_folder()) if name.endswith(".csv")]


def _check_files() -> Iterator[Contradiction]:
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


def _check_control_totals() -> Iterator[Contradiction]:
    """Yield the rows of control_totals.csv that the figures do not give.

    The totals are published headlines, or were added up outside this project, so that a figure changed together with
    its sum and digest is still found.
    """
    totals: dict[str, Mapping[TotalKey, int]] = {}
    for row in read_table("control_totals.csv"):
        if row["release"] not in totals:
            release = releases.find_release(row["release"])
            totals[release.id] = releases.open_release(release).totals()
        kind = row["outcome_type"] or ""
        found = totals[row["release"]][row["offence"] or "", row["force"] or "", row["measure"], kind]
        if found != row["value"]:
            what = " ".join(part for part in (row["force"], row["offence"], row["measure"], kind) if part)
            yield row.place, f"{what} must be {row['value']:,} ({row['note']}) but the figures give {found:,}"


def _check_imported() -> Iterator[Contradiction]:
    for sentence in releases.list_damaged():
        place, _, text = sentence.partition(" ")
        yield place, text


def _check_names() -> Iterator[Contradiction]:
    for name, key in KEYS.items():
        values = [row[key] for row in read_table(name)]
        yield from _repeated(f"data/{name}", key, values)
    keys = [force_key(name) for force in list_forces() for name in (force.name, *force.aliases)]
    yield from _repeated("data/forces.csv", "name", keys)
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
            [code_in_path(code) for code in codes],
        )
        yield from _unknown_offences(release, set(codes))


def _unknown_offences(release: Release, listed: set[str]) -> Iterator[Contradiction]:
    for code in sorted(releases.open_release(release).codes() - listed):
        yield release.place, f"the offence {code!r} is not listed for {release.id} in data/offences.csv"


def _repeated(place: str, column: str, values: Iterable[str]) -> Iterator[Contradiction]:
    for value, times in Counter(values).items():
        if times > 1:
            yield place, f"column {column}: {value!r} stands there {times} times"
