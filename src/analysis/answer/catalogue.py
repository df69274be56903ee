"""What there is: the releases, studies and forces, and what is known to be wrong with the figures, as plain rows."""

from analysis.counts.check import check_data
from analysis.counts.studies import list_releases, list_studies, read_study, study_ids


def releases_table() -> list[dict]:
    """Return one row for every release.

    Examples
    --------
    >>> [row["release"] for row in releases_table() if row["kind"] == "study"]
    ['bbc-2016', 'home-office-2018-19', 'radar-2022']
    """
    rows = [
        {
            "release": release.id,
            "kind": release.kind,
            "window_start": release.window_start,
            "window_end": release.window_end,
            "title": release.title,
        }
        for release in list_releases()
    ]
    return sorted(rows, key=lambda row: row["release"])


def studies_table(release: str | None = None) -> list[dict]:
    """Return one row for every reviewed study, or for every study of a release.

    Raises
    ------
    InputError
        If the release is not known.

    Examples
    --------
    >>> [row["study"] for row in studies_table() if row["default"]][0]
    'radar-2022/8-71/charged'
    """
    reviewed = {entry.id: entry for entry in list_studies()}
    if release is None:
        return [_study_row(entry.id, entry) for entry in reviewed.values()]
    return [_study_row(study, reviewed.get(study)) for study in study_ids(release)]


def _study_row(study: str, entry) -> dict:
    return {
        "study": study,
        "default": bool(entry and entry.default),
        "against": entry.against if entry else "rest",
        "title": entry.title if entry else None,
    }


def forces_table(study: str) -> list[dict]:
    """Return one row for every force of a study, with the reason where it cannot be reported.

    Raises
    ------
    InputError
        If the study is not known.

    Examples
    --------
    >>> [row["force"] for row in forces_table("radar-2022/8-71/charged") if row["reportable"]]
    ['Gwent', 'Hertfordshire', 'Lancashire', 'South Yorkshire']
    """
    found = read_study(study)
    return [
        {
            "force": row.force,
            "slug": row.slug,
            "reportable": found.reportable(row.force) is None,
            "why_not": found.reportable(row.force),
        }
        for row in found.forces.itertuples()
    ]


def check_table() -> dict:
    """Return what the check of all figures found: the marked errors of the sources, and anything that is not marked.

    Returns
    -------
    dict
        `findings` (rows of kind, place, text), `passed` (nothing unmarked was found) and `summary`.
    """
    findings = [{"kind": found.kind, "place": found.place, "text": found.text} for found in check_data()]
    unmarked = sum(row["kind"] != "marked" for row in findings)
    return {
        "findings": findings,
        "passed": unmarked == 0,
        "summary": f"{len(findings) - unmarked} errors of the sources are marked; {unmarked} unmarked were found.",
    }
