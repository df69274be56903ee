"""How well a force records what is reported to it, as its inspections found: a limit of every rate."""

from collections.abc import Sequence

from analysis.presentation.formats import listed
from analysis.results.recorded_shares import RecordedShare


def recording_sentences(force: str, found: Sequence[RecordedShare]) -> list[str]:
    """Return what is known of a force's recording and what it does to a rate, one sentence or none.

    Parameters
    ----------
    force
        Official name.
    found
        What each inspection found; none where it is not known.

    Examples
    --------
    >>> print(*recording_sentences("Gwent", [RecordedShare("2018", "90.5", "1.64", False)]))
    An inspection found that Gwent recorded 90.5% ± 1.64 percentage points (2018) of the crimes reported to it: what a force does not record is in no rate, so one that records less can show a higher rate for that alone.
    """  # noqa: E501 - the sentence as it is printed.
    if not found:
        return []
    who = "An inspection" if len(found) == 1 else "Inspections"
    shares = listed([_share(one) for one in found])
    return [
        f"{who} found that {force} recorded {shares} of the crimes reported to it: what a force does not "
        "record is in no rate, so one that records less can show a higher rate for that alone."
    ]


def _share(one: RecordedShare) -> str:
    margin = f" ± {one.margin} percentage points" if one.margin else ""
    return f"{'about ' if one.rounded else ''}{one.percent}%{margin} ({one.inspection})"
