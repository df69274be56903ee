"""Sentences that a notebook shows as text, and keeps as text in its stored output."""

from analysis.presentation.count_sentences import known_sentence, turning_sentence
from analysis.presentation.force_sentences import force_sentences
from analysis.presentation.recording_words import recording_sentences
from analysis.results.recorded_shares import RecordedShare


class Prose:
    """Paragraphs or a list, shown as Markdown.

    Parameters
    ----------
    sentences : list of str
        Text made from computed numbers.
    bullets : bool
        Show one bullet a sentence instead of paragraphs.
    lead : bool
        Show the first sentence in bold, as the finding.

    Examples
    --------
    >>> Prose(["Gwent is not shown to differ.", "The windows differ."], lead=True)
    **Gwent is not shown to differ.**
    <BLANKLINE>
    The windows differ.
    """

    def __init__(self, sentences: list[str], *, bullets: bool = False, lead: bool = False):
        texts = [_plain(sentence) for sentence in sentences if sentence]
        if lead and texts:
            texts[0] = f"**{texts[0]}**"
        self.markdown = "\n".join(f"* {text}" for text in texts) if bullets else "\n\n".join(texts)

    def __repr__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown


def _plain(text: str) -> str:
    """Return text in which nothing is markup: names and notes come from data."""
    for mark in "\\`*_<>[]#|$":
        text = text.replace(mark, f"\\{mark}")
    return text


def finding(answer: dict) -> Prose:
    """Return what may be concluded about the force, the finding first."""
    return Prose(force_sentences(answer), lead=True)


def known(answer: dict) -> Prose:
    """Return how the count is known, and what in it is not."""
    return Prose([known_sentence(answer)])


def turning(answer: dict) -> Prose:
    """Return what it would take to turn the verdict."""
    return Prose([turning_sentence(answer)])


def limits(answer: dict) -> Prose:
    """Return the limits of the figures, one bullet each."""
    about = answer["about"]
    found = [RecordedShare(**one) for one in about["recorded_shares"]]
    return Prose([*about["limits"], *recording_sentences(about["force"], found)], bullets=True)


def made_from(answer: dict) -> Prose:
    """Return what the answer was made from: study, digest of its data, version of the package."""
    about = answer["about"]
    return Prose([f"Study {answer['study']}; data sha256 {about['digest'][:16]}; charge-rates {about['version']}."])
