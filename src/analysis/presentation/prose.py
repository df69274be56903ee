"""Sentences that a notebook shows as text, and keeps as text in its stored output."""

from collections.abc import Iterable

from analysis.presentation.count_sentences import known_sentence, turning_sentence
from analysis.presentation.force_sentences import force_sentences
from analysis.presentation.recording_words import recording_sentences
from analysis.results.about_study import AboutStudy
from analysis.results.force_answer import ForceAnswer


class Prose:
    """Paragraphs or a list, shown as Markdown.

    Parameters
    ----------
    sentences : iterable of str
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

    def __init__(self, sentences: Iterable[str], *, bullets: bool = False, lead: bool = False):
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


def finding(answer: ForceAnswer) -> Prose:
    """Return what may be concluded about the force, the finding first."""
    return Prose(force_sentences(answer), lead=True)


def known(answer: ForceAnswer) -> Prose:
    """Return how the count is known, and what in it is not."""
    return Prose([known_sentence(answer)])


def turning(answer: ForceAnswer) -> Prose:
    """Return what it would take to turn the verdict."""
    return Prose([turning_sentence(answer)])


def limits(answer: ForceAnswer) -> Prose:
    """Return the limits of the figures, one bullet each."""
    about = answer.about
    return Prose([*about.limits, *recording_sentences(about.force, about.recorded_shares)], bullets=True)


def made_from(answer: ForceAnswer) -> Prose:
    """Return what the answer was made from: study, digest of its data, version of the package."""
    return made_from_study(answer.study, answer.about)


def made_from_study(study: str, about: AboutStudy) -> Prose:
    """Return what numbers of a study were made from."""
    return Prose([f"Study {study}; data sha256 {about.digest[:16]}; charge-rates {about.version}."])
