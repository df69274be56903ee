"""What is said of the crimes that had no outcome on the day of the figures."""

from analysis.presentation.formats import part_of, percent, whole
from analysis.presentation.sentences import sentence_start
from analysis.results.force_answer import ForceAnswer

OPEN_LATER = {
    "home-office-2018-19": "as the edition of July 2024 shows, most forces’ open cases, of all offences together, "
    "ended in a charge more often than their closed ones had"
}
"""How the cases that were open on the day of a release ended; of other releases it is not known.

Of 143,661 open crimes of 2018/19, North Yorkshire's aside, 19.6% were charged in the end; of the closed 8.8% had been.
By force the quartiles of the ratio are 1.7, 2.3 and 3.1 (`oocd-dashboard`, editions of early 2020 and July 2024)."""


def still_open(answer: ForceAnswer) -> list[str]:
    """Return what a force's open cases mean for its rate, in one sentence; none where no case is open."""
    number = answer.open
    if not number:
        return []
    crime = "crime" if answer.recorded == 1 else "crimes"
    were, are = ("was", "is") if number == 1 else ("were", "are")
    them = {1: "it", 2: "both of them"}.get(number, "all of them")
    start = f"{part_of(number, answer.recorded)} {crime} {were} still open on the day of the source"
    if answer.row.screened:
        low, high = map(whole, answer.count.ends)
        end = (
            f", and the range holds every way they can end: {low} where none of them came to have the outcome, {high} "
            "where all did"
        )
    else:
        end = (
            f" and {are} counted as without the outcome; if {them} came to have it, the rate would be "
            f"{percent(answer.about.rate_if_open)}"
        )
    return [sentence_start(f"{start}{end}{_open_later(answer)}.")]


def _open_later(answer: ForceAnswer) -> str:
    """Return how the open cases of the release ended, where that is known."""
    later = OPEN_LATER.get(answer.study.partition("/")[0]) if answer.about.outcome_id == "charged" else None
    return f"; {later}" if later else ""
