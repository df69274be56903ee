"""What a notebook shows as text: whole paragraphs and lists, in which nothing of the data is markup."""

from importlib.metadata import version

import pytest

from analysis.answer import answer_force
from analysis.counts.studies import read_study
from analysis.presentation import prose
from analysis.presentation.force_sentences import force_sentences
from analysis.presentation.prose import Prose

GWENT = ("radar-2022", "8/71", "charged", "Gwent")


@pytest.mark.parametrize(
    ("sentences", "options", "markdown"),
    [
        (["One.", "Two."], {}, "One.\n\nTwo."),
        (["One.", "", "Two."], {"lead": True}, "**One.**\n\nTwo."),
        (["One.", "", "Two."], {"bullets": True}, "* One.\n* Two."),
        (["One.", "Two."], {"bullets": True, "lead": True}, "* **One.**\n* Two."),
        ([""], {"lead": True}, ""),
        (["X of 3"], {}, "X of 3"),
        (["a\\b `c` *d* _e_ <f> [g] #h |i| $j$"], {}, r"a\\b \`c\` \*d\* \_e\_ \<f\> \[g\] \#h \|i\| \$j\$"),
    ],
)
def test_markdown(sentences, options, markdown):
    shown = Prose(sentences, **options)
    assert repr(shown) == shown._repr_markdown_() == markdown


def test_the_paragraphs_of_a_force():
    gwent = answer_force(*GWENT)
    first, *others = force_sentences(gwent)
    assert repr(prose.finding(gwent)) == "\n\n".join([f"**{first}**", *others])
    assert repr(prose.known(gwent)) == "How the count is known: printed as 7.8% of 268, which only 21 fits."
    assert repr(prose.turning(gwent)) == (
        "The verdict would be “higher” with 7 more than 21 and “lower” with 14 fewer than 21. Any national rate from "
        "5.04% to 11.54% cannot be told from this count."
    )


def test_the_limits_of_a_force_are_a_list():
    assert repr(prose.limits(answer_force("bbc-2016", "8/71", "charged", "Gloucestershire"))) == (
        "* The offence was new: the figures cover its first nine months, and a case recorded late in 2015 had little "
        "time to be closed.\n"
        "* Records without a published outcome make the count a range; 3 of the 31 forces published no outcomes at "
        "all.\n"
        '* Forces named their outcomes in their own words; "no action" and cautions cannot be split into Home Office '
        "types.\n"
        "* Many forces have few records, so a rate can be known only roughly.\n"
        "* An inspection found that Gloucestershire recorded 81.6% ± 1.88 percentage points (2019) of the crimes "
        "reported to it: what a force does not record is in no rate, so one that records less can show a higher rate "
        "for that alone."
    )


def test_what_a_page_was_made_from():
    digest = read_study("radar-2022/8-71/charged").digest
    assert repr(prose.made_from(answer_force(*GWENT))) == (
        f"Study radar-2022/8-71/charged; data sha256 {digest[:16]}; charge-rates {version('charge-rates')}."
    )
