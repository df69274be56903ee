"""What a release made of a spreadsheet of replies says of itself: windows, limits, what was not used."""

from typing import Any

from analysis.counts.offence_codes import is_code_or_name
from analysis.counts.release import code_in_path
from analysis.counts.replies.rows import ReplyTable
from analysis.counts.tables import read_table
from analysis.errors import InputError

Windows = set[tuple[str | None, str | None]]
"""First and last day that the figures of some reply cover, None where it does not say."""


def describe_replies(
    release: str, filename: str, request: dict[str, Any], table: ReplyTable, *, counts: str
) -> dict[str, Any]:
    """Return what the release of a table of replies says of itself.

    Parameters
    ----------
    release, filename
        Its id, and the name of the spreadsheet.
    request
        What was asked for: `offence`, `source`, `file` (sha256).
    table
        The replies.
    counts
        Name of the file of counts.

    Raises
    ------
    InputError
        If the offence cannot be a code, or the source says nothing.
    """
    offence, source = request["offence"].strip(), request["source"].strip()
    if not is_code_or_name(offence):
        raise InputError(
            f"--offence {offence!r} is not an offence code: write it as published, like 8/71 or 8R, or a name such as "
            "all or domestic-abuse"
        )
    if not source:
        raise InputError("--source is empty: say who asked whom, and when")
    windows = {(reply.window_start, reply.window_end) for reply in table.replies}
    return {
        "release": _describe_release(release, request, table, windows, counts=counts),
        "source": _describe_source(release, filename, request),
        "offences": [{"code": offence, "title": _offence_title(offence), "group": "", "subgroup": "", "expired": "no"}],
        "limits": [{"outcome": None, "sentence": sentence} for sentence in _limits(table, windows)],
        "forces": table.forces,
        "request": request,
        "announced": _announce(table),
    }


def _describe_release(
    release: str, request: dict[str, Any], table: ReplyTable, windows: Windows, *, counts: str
) -> dict[str, Any]:
    source, known = request["source"].strip(), _all_known(windows)
    return {
        "id": release,
        "publisher": source,
        "title": f"Replies: {source}",
        "kind": "study",
        "counts": counts,
        "definition": f"Crimes of {request['offence'].strip()} and their outcomes, as the forces replied",
        "basis": "crimes recorded in period",
        "window_start": min((start for start, _ in windows if start), default=None) if known else None,
        "window_end": max((end for _, end in windows if end), default=None) if known else None,
        "windows_differ": len(windows) > 1,
        "against": "rest",
        "outcomes": table.outcomes,
        "outcomes_complete": False,
        "open_counted": all(reply.open is not None for reply in table.replies),
        "forces_asked": None,
        "forces_covered": len(table.forces),
        "national_note": f"The {len(table.forces)} forces of the spreadsheet",
        "source": release,
    }


def _describe_source(release: str, filename: str, request: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": release,
        "publisher": request["source"].strip(),
        "title": f"Spreadsheet {filename}",
        "reference": filename,
        "address": "not published",
        "licence": "that of its author",
        "retrieved": None,
        "sha256": request["file"],
    }


def _all_known(windows: Windows) -> bool:
    """Return whether every reply says which period its figures cover."""
    return None not in {start for start, _ in windows}


def _offence_title(code: str) -> str:
    rows = read_table("offences.csv")
    return next((row["title"] for row in rows if code_in_path(row["code"]) == code_in_path(code)), f"offence {code}")


def _limits(table: ReplyTable, windows: Windows) -> list[str]:
    sentences = ["The figures are replies gathered in a spreadsheet; how each force counted is not checked here."]
    if not _all_known(windows):
        sentences.append("The spreadsheet does not say which period the figures of every force cover.")
    if len(windows) > 1:
        sentences.append("The windows differ between forces, so their rates differ for that reason too.")
    if any(reply.open is None for reply in table.replies):
        sentences.append("How many cases were still open when the forces replied is not known for every force.")
    return sentences


def _announce(table: ReplyTable) -> list[str]:
    if not table.ignored:
        return []
    return [f"Columns that were not used: {', '.join(table.ignored)}."]
