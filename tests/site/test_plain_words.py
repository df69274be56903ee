"""Before "How this is known" a page speaks plain English: words of statistics stand after it, or in the glossary."""

import re
from html import unescape

import pytest
from site_fixture import PAGES

NOT_BEFORE = re.compile(
    r"p-values?\b|\bp\s*[=<]|\bp (?:between|below|from)\b|\bHolm\b|\bz\b|\badjusted\b|empirical Bayes|Counted were"
    r"|outside what forces usually differ by",
    re.IGNORECASE,
)
ENDS = re.compile(r'<h2 id="(?:known|words)">')
UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]+>", re.DOTALL)


def plain_part(page):
    """The text that is read before the proof, with the glossary left out."""
    return unescape(UNSEEN.sub(" ", ENDS.split(page)[0]))


@pytest.mark.parametrize("kind", PAGES)
def test_no_word_of_statistics_stands_before_how_it_is_known(site, kind):
    text = plain_part((site / PAGES[kind]).read_text(encoding="utf-8"))
    assert len(text) > 500
    found = [text[max(0, match.start() - 60) : match.end() + 20] for match in NOT_BEFORE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "higher (p = 0.043)",
        "(p below 0.0001)",
        "p between 0.108 and 0.578",
        "13 still do (Holm).",
        "the adjusted z",
        "by empirical Bayes",
        "Counted were 5 crimes",
        "Kent lies outside what forces usually differ by",
    ],
)
def test_each_of_these_words_is_found(text):
    assert NOT_BEFORE.search(plain_part(f"<head>{text}</head><p>{text}</p>"))
    assert not NOT_BEFORE.search(plain_part(f'<p>A rate.</p><h2 id="known">How this is known</h2><p>{text}</p>'))


def test_ordinary_words_are_not():
    assert not NOT_BEFORE.search(
        "In April 2018 to March 2019 Kent charged 1.2% of crimes; a p. m. map, Gloucestershire."
    )
