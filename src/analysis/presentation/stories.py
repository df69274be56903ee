"""The other stories of the article's release in words and tables, made from what `analysis.answer.stories` returns."""

from analysis.presentation.formats import listed, whole, window
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table


def finding(stories: dict) -> Prose:
    """Return how many printed pairs of the other stories agree, which contradict what, and which windows do not fit."""
    wrong = [pair for pair in stories["pairs"] if pair["verdict"].startswith("contradicts")]
    marked = [row for row in stories["windows"] if row["reason"]]
    names = [f"{_pair_name(pair)} in {pair['source']} ({pair['verdict']})" for pair in wrong]
    return Prose(
        [
            f"Of {len(stories['pairs'])} figures in the other stories that can be held against others, "
            f"{len(stories['pairs']) - len(wrong)} contradict nothing; {len(wrong)} do: {'; '.join(names)}.",
            f"The window, or the number printed for it, does not match in {len(marked)} of {len(stories['windows'])} "
            f"forces: {listed([row['force'] for row in marked])}.",
        ]
    )


def _pair_name(pair: dict) -> str:
    kinds = f"outcome{'s' if len(pair['types']) > 1 else ''} {' and '.join(pair['types'])}"
    return f"{pair['area']}, {kinds if pair['types'] else 'crimes recorded'}"


def pairs_table(stories: dict) -> Table:
    """Return every printed pair of the other stories: those that contradict something first."""
    pairs = sorted(stories["pairs"], key=lambda pair: not pair["verdict"].startswith("contradicts"))
    rows = [
        (_pair_name(pair), pair["source"], _printed(pair), _allowed(pair), _expected(pair), pair["verdict"])
        for pair in pairs
    ]
    columns = ["figure", "story", "printed", "whole numbers it allows", "counts printed elsewhere", "verdict"]
    return Table(columns, rows)


def _printed(pair: dict) -> str:
    floor = "at least " if pair["at_least"] else ""
    count = whole(pair["count"]) if pair["count"] is not None else ""
    share = f"{pair['percent']}% of {whole(pair['recorded'])}" if pair["percent"] else ""
    return floor + ", ".join(text for text in (count, share) if text)


def _allowed(pair: dict) -> str:
    if pair["percent"] is None:
        return "—"
    if pair["fits"] is None:
        return "none"
    low, high = pair["fits"]
    return whole(low) if low == high else f"{whole(low)} to {whole(high)}"


def _expected(pair: dict) -> str:
    return "none" if pair["expected"] is None else whole(pair["expected"])


def windows_table(stories: dict) -> Table:
    """Return the window of every force in the other stories, with what does not match it."""
    rows = [
        (
            row["force"],
            row["source"],
            window(row["start"], row["end"]),
            f"{row['years']:.1f}",
            whole(row["recorded"]),
            row["reason"] or "nothing found against it",
        )
        for row in stories["windows"]
    ]
    return Table(
        ["force", "story", "window of the data", "years", "crimes recorded, as printed", "what does not match"], rows
    )
