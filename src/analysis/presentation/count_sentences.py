"""How a force's count is known, and what other counts or national rates would say."""

from analysis.presentation.formats import percent_outwards, whole
from analysis.results.estimated_rate import BesideNational, ChargesToTurn, EstimatedRate
from analysis.results.force_answer import ForceAnswer


def turning_sentence(answer: EstimatedRate) -> str:
    """Return what it would take to turn the verdict: a higher or lower count, or another national rate."""
    if answer.verdict is None:
        return "There is no verdict to turn."
    if not isinstance(answer.comparison, BesideNational):
        return "The verdict follows from the counts of the force and of the others; no national rate is assumed."
    low, high = answer.comparison.break_even.ends
    if low is None:
        rates = "Whatever the national rate, at least one of the possible counts could be told from it."
    else:
        rates = f"Any national rate from {percent_outwards(low, high)} cannot be told from this count."
    return " ".join([*_other_counts(answer.count.low, answer.comparison.charges_to_turn), rates])


def _other_counts(low: int | None, turn: ChargesToTurn) -> list[str]:
    """Return how many more, or fewer, than the lowest count give another verdict; nothing where no number does."""
    parts = []
    if turn.higher:
        parts.append(f"“higher” with {whole(turn.higher)} more than {whole(low)}")
    if turn.lower:
        parts.append(f"“lower” with {whole(turn.lower)} fewer than {whole(low)}")
    return [f"The verdict would be {' and '.join(parts)}."] if parts else []


def known_sentence(answer: ForceAnswer) -> str:
    """Return how the count is known, and what in it is not."""
    about, why = answer.about, answer.why_unknown
    parts = []
    if about.how_known:
        parts.append(f"How the count is known: {about.how_known}.")
    if why:
        parts.append(f"Why it is not known{'' if answer.count.low is None else ' exactly'}: {why}.")
    if about.marked_error and about.marked_error != why:
        parts.append(f"An error in the source: {about.marked_error}.")
    return " ".join(parts)
