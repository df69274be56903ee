"""What a release made of an official table says of itself: its window, limits, where it comes from."""

from typing import Any

from analysis.counts.forces import list_forces
from analysis.counts.known_gaps import find_gaps
from analysis.counts.official.announcements import find_listed
from analysis.counts.official.coverage import name_period
from analysis.counts.official.home_office import OfficialFigures
from analysis.counts.tables import read_table

PUBLISHER = "Home Office"
LICENCE = "Open Government Licence v3.0"
PAGE = "home-office-open-data"
"""The source that lists the official files."""
LIMITS = (
    (
        None,
        "The rate is over crimes recorded in the year, open cases included; it rises as cases close and is a lower "
        "bound.",
    ),
    (None, "An outcome is a police disposal recorded against a crime: not a person, a prosecution or a conviction."),
    (
        "victim-does-not-support",
        "Outcomes 14 and 16 are the police's classification; they do not say why a victim did not support action.",
    ),
)


def describe_official(
    name: str, filename: str, request: dict[str, Any], figures: OfficialFigures, *, counts: str
) -> dict[str, Any]:
    """Return what the release of an official table says of itself.

    Parameters
    ----------
    name, filename
        Its id, and the name of the table's file.
    request
        What was asked for: `year`, `sheet`, `file` (sha256).
    figures
        What the table holds.
    counts
        Name of the file of counts.
    """
    title = _title(figures)
    return {
        "release": _describe_release(name, title, figures, counts=counts),
        "source": _describe_source(name, title, filename, request["file"]),
        "offences": figures.offences,
        "limits": _limits(figures),
        "forces": figures.force.values,
        "request": request,
    }


def _title(figures: OfficialFigures) -> str:
    part = name_period(figures.year, figures.quarters)
    what = f"Police recorded crime {'subcodes, ' if figures.is_subcodes else ''}outcomes open data"
    return f"{what}, {f'{part} only' if part else f'year ending March {int(figures.year[:4]) + 1}'}"


def _describe_release(name: str, title: str, figures: OfficialFigures, *, counts: str) -> dict[str, Any]:
    start, end = figures.window
    period = name_period(figures.year, figures.quarters) or "the year"
    known, covered = len({force.name for force in list_forces()}), len(figures.force.values)
    return {
        "id": name,
        "publisher": PUBLISHER,
        "title": title,
        "kind": "study",
        "counts": counts,
        "definition": (
            f"Crimes recorded in {period} by offence code, and the outcome each had when this edition was made; "
            "open cases count as recorded"
        ),
        "basis": "crimes recorded in period",
        "window_start": start,
        "window_end": end,
        "windows_differ": False,
        "against": "rest",
        "outcomes": [row["id"] for row in read_table("outcomes.csv")],
        "outcomes_complete": True,
        "open_counted": True,
        "forces_asked": known,
        "forces_covered": covered,
        "national_note": f"{covered} of the {known} forces of England and Wales, British Transport Police among them",
        "source": name,
    }


def _describe_source(name: str, title: str, filename: str, sha256: str) -> dict[str, Any]:
    listed = find_listed(sha256)
    page = next(row for row in read_table("sources.csv") if row["id"] == PAGE)
    edition = f"file {filename}" + ("" if listed else ", an edition that is not in the list of published files")
    return {
        "id": name,
        "publisher": PUBLISHER,
        "title": f"{title}, {edition}",
        "reference": filename,
        "address": listed["address"] if listed else page["address"],
        "licence": LICENCE,
        "retrieved": None,
        "sha256": sha256,
    }


def _limits(figures: OfficialFigures) -> list[dict[str, str | None]]:
    gaps = find_gaps(*figures.window, figures.force.values)
    return [
        *({"outcome": outcome, "sentence": sentence} for outcome, sentence in LIMITS),
        *({"outcome": None, "sentence": sentence} for sentence in figures.lacks),
        *({"outcome": None, "sentence": gap["sentence"]} for gap in gaps),
    ]
