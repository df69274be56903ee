"""The sentences of a force: each must follow from the answer's numbers, and none may say more than they do."""

import re

import pytest

from analysis.answer import answer_force, estimate
from analysis.counts.studies import list_studies, read_study
from analysis.presentation.sentences import force_sentences, known_sentence, turning_sentence


def sentences(study, force):
    found = read_study(study)
    return force_sentences(answer_force(found.release, found.offence, found.outcome, force))


def test_gwent_and_the_quoted_figure():
    assert sentences("radar-2022/8-71/charged", "Gwent") == [
        "Gwent is not shown to differ from the national figure quoted beside it.",
        "Gwent recorded 268 crimes of intimate image abuse (disclosing private sexual images without consent) in 2017 "
        "to 2021; 21 of them (7.8%, 95% interval 5.2% to 11.7%) had the outcome “Charged or summonsed”.",
        "The quoted figure (only around six per cent) can stand for 5.5% to 6.5% and lies inside that interval (p "
        "between 0.093 and 0.375).",
        "The windows differ: 2017 to 2021 here, April 2015 to December 2021 in the national figure; if the national "
        "rate over Gwent's own window was below 5.2%, the force would stand above it, and if it was above 11.7%, below "
        "it, and that rate is not published.",
        "With 268 crimes only a true rate above 11.1% or below 2.1% could be told from the quoted range with 80% power,"
        " so this is not evidence that they are the same.",
    ]


def test_unusual_among_forces_comes_before_different_from_the_rest():
    first, _, rest, still_open = sentences("home-office-2018-19/8R/charged", "Gwent")
    assert first.startswith("Gwent is not unusual among forces")
    assert "its rate is higher; but 24 of 44 forces differ from the rest in this sense" in rest
    assert still_open.startswith("115 of the 3,654 crimes were still open")
    assert "6.0%" in still_open  # (105 + 115) / 3654


def test_one_crime_does_not_make_an_unusual_force():
    first, *others = sentences("bbc-2016/8-71/charged", "Durham")
    assert "has too few crimes to be called unusual" in first
    # Hypergeometric by hand: 50 of 652 are charged, so the chance that Durham's one is among them is 50/652 = 0.077.
    assert any("Fisher's exact test does not tell it from them (p = 0.077)" in sentence for sentence in others)


def test_a_range_of_counts_is_said_to_be_one():
    first, counted, rest = sentences("bbc-2016/8-71/charged", "Hertfordshire")
    assert "count is not known exactly" in first
    assert "between 2 and 22 of them" in counted
    assert "depends on the outcomes that were not published" in rest


def test_published_count_subtracts_and_says_what_it_cannot():
    found = sentences("radar-2022/8-71/victim-does-not-support", "Cleveland")
    assert found[0].startswith("Taken alone, Cleveland's rate is higher than the rest of England and Wales")
    assert any("only 8 forces with an exact count" in sentence for sentence in found)
    assert any("same window" in sentence for sentence in found)


def test_an_error_in_the_source_is_said():
    answer = answer_force("radar-2022", "8/71", "victim-does-not-support", "Cleveland")
    assert "38 of 433 is 8.8%, not the printed 8.1%" in known_sentence(answer)


def test_what_would_turn_the_verdict():
    answer = answer_force("radar-2022", "8/71", "charged", "Gwent")
    assert turning_sentence(answer).startswith("Counted from 21: 5 more would make it higher and 14 fewer")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"low": 30, "high": 30, "recorded": 268, "national": (0.06, 0.06)}, "that is higher than a national rate"),
        ({"low": 5, "high": 5, "recorded": 268, "national": (0.06, 0.06)}, "that is lower than a national rate"),
        ({"low": 20, "high": 40, "recorded": 268, "national": (0.06, 0.06)}, "whether it differs"),
        ({"low": 30, "high": 30, "recorded": 268, "rest": (100, 5000)}, "that is higher than the rest, 100 of 5,000"),
        ({"low": 5, "high": 5, "recorded": 268, "rest": (0, 0)}, "there are no other crimes"),
        ({"low": 0, "high": 0, "recorded": 0}, "No crimes were recorded"),
    ],
)
def test_estimate_sentences(arguments, says):
    assert says in estimate(**arguments)["sentence"]


@pytest.mark.parametrize("study", [entry.id for entry in list_studies() if entry.default])
def test_no_page_claims_sameness_or_difference_alone(study):
    for force in read_study(study).reportable_forces():
        text = " ".join(sentences(study, force))
        assert not re.search(r"no difference|the same as|withdrew|dropped|None|nan\b", text), text
        if "differ from the rest" in text:
            assert "among forces" in text
