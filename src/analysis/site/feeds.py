"""Writes what moved as an Atom feed (RFC 4287); the day that it states is given, never taken from a clock."""

from datetime import date
from itertools import groupby
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from analysis.errors import InputError
from analysis.presentation.difference_words import move_sentence, moved_summary
from analysis.results.differences import Differences, Move
from analysis.site.whole_output import write_output

ATOM = "http://www.w3.org/2005/Atom"


def read_day(text: str) -> date:
    """Return the day that a text writes.

    Raises
    ------
    InputError
        If it is none.

    Examples
    --------
    >>> read_day("2026-03-31")
    datetime.date(2026, 3, 31)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--updated {text!r} is not a day: write it like 2026-03-31") from None


def write_feed(found: Differences, updated: date, path: str | Path) -> None:
    """Write what moved to a file, one entry a question; one that is there is replaced.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    write_output(make_feed(found, updated), path, option="--atom FILE")


def make_feed(found: Differences, updated: date) -> bytes:
    """Return what moved as an Atom feed; the same moves and day give the same bytes.

    Examples
    --------
    >>> feed = make_feed(Differences("reports", "a", "b", (), 0, (), (), ()), date(2026, 3, 31))
    >>> b"<updated>2026-03-31T00:00:00Z</updated>" in feed
    True
    """
    feed = Element("feed", xmlns=ATOM)
    _describe(feed, "Charge rates: what moved", found.understood, updated)
    SubElement(SubElement(feed, "author"), "name").text = "charge-rates"
    SubElement(feed, "subtitle").text = moved_summary(found)
    for question, moves in groupby(found.moves, key=lambda move: move.key[:3]):
        _add_entry(feed, "/".join(part for part in question if part), list(moves), updated)
    indent(feed)
    text: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_entry(feed: Element, question: str, moves: list[Move], updated: date) -> None:
    entry = SubElement(feed, "entry")
    sentences = [move_sentence(move) for move in moves]
    _describe(entry, question, "\n".join([question, *sentences]), updated)
    SubElement(entry, "content", type="text").text = "\n".join(sentences)


def _describe(element: Element, title: str, content: str, updated: date) -> None:
    """Give a feed or an entry what every one must have; its id follows from what it says and the day."""
    SubElement(element, "id").text = uuid5(NAMESPACE_URL, f"{title}\n{content}\n{updated}").urn
    SubElement(element, "title").text = title
    SubElement(element, "updated").text = f"{updated}T00:00:00Z"
