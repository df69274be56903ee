"""What moved between two publications, in words and as a table."""

from analysis.presentation.formats import count_of
from analysis.presentation.report_tables import columns_text
from analysis.results.differences import Differences, Figure, Move

NOT_THERE = "not there"
NO_VERDICT = "no verdict"
UNDERSTOOD = {"releases": "two releases", "reports": "two folders of reports"}
VERDICT_TITLES = {"verdict": "against the rest", "verdict_among_forces": "among forces"}


def differences_text(found: Differences) -> str:
    """Return what moved as text: what was understood, what must be known, and a row for every figure that moved.

    Examples
    --------
    >>> print(differences_text(Differences("reports", "a", "b", (), 44, (), ("bbc-2016/8-71/charged",), ())))
    Understood as two folders of reports: a, then b.
    0 of 44 figures moved, and the verdicts of 0 of them.
    Only in b: bbc-2016/8-71/charged
    """
    lines = [f"Understood as {UNDERSTOOD[found.understood]}: {found.old}, then {found.new}.", *found.notes]
    lines.append(moved_summary(found))
    for name, only in ((found.old, found.only_old), (found.new, found.only_new)):
        lines += [f"Only in {name}: {', '.join(only)}"] if only else []
    table = ["", columns_text([_row(move) for move in found.moves])] if found.moves else []
    return "\n".join(lines + table)


def moved_summary(found: Differences) -> str:
    """Return in one sentence how many figures and verdicts moved.

    Examples
    --------
    >>> moved_summary(Differences("reports", "a", "b", (), 44, (), (), ()))
    '0 of 44 figures moved, and the verdicts of 0 of them.'
    """
    turned = sum(move.turned for move in found.moves)
    return f"{len(found.moves):,} of {found.compared:,} figures moved, and the verdicts of {turned:,} of them."


def move_sentence(move: Move) -> str:
    """Return what moved for one force in one sentence.

    Examples
    --------
    >>> from analysis.results.differences import FigureKey
    >>> old = Figure(105, 105, 3654, 0, "higher", None)
    >>> new = Figure(110, 110, 3654, 0, "not distinguishable", None)
    >>> move_sentence(Move(FigureKey("", "8R", "charged", "Gwent"), old, new))
    'Gwent: 105 of 3,654, now 110 of 3,654; against the rest: higher, now not distinguishable.'
    """
    parts = [f"{move.key.force}: {_then_now(_count(move.old), _count(move.new))}"]
    parts += [f"{title}: {text}" for title, text in _verdicts(move).items() if text]
    return "; ".join(parts) + "."


def _row(move: Move) -> dict[str, str]:
    names = {name: part for name, part in move.key._asdict().items() if part}
    return names | {"old": _count(move.old), "new": _count(move.new)} | _verdicts(move)


def _verdicts(move: Move) -> dict[str, str]:
    """Return how each verdict moved; empty where it did not."""
    return {
        title: _then_now(_verdict(move.old, name), _verdict(move.new, name)) if name in move.what else ""
        for name, title in VERDICT_TITLES.items()
    }


def _verdict(figure: Figure | None, name: str) -> str:
    return getattr(figure, name, None) or NO_VERDICT


def _then_now(old: str, new: str) -> str:
    return f"{old}, now {new}" if old != new else old


def _count(figure: Figure | None) -> str:
    if figure is None:
        return NOT_THERE
    still_open = f" ({figure.open:,} open)" if figure.open else ""
    return count_of(figure.count_low, figure.count_high, figure.recorded) + still_open
