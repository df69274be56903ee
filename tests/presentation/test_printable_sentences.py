"""What may be printed and what may not: whole sentences for each verdict, whose numbers were worked out by hand."""

from dataclasses import replace

import pytest

from analysis.answer import answer_country, answer_force
from analysis.counts.studies import read_study
from analysis.presentation.printable_facts import ForceFacts, Question, StudyFacts, force_facts, study_facts
from analysis.presentation.printable_limits import NO_OTHER_SOURCE, NO_RANK, NO_REASON
from analysis.presentation.printable_sentences import (
    force_printable,
    printable_of_force,
    printable_of_study,
    study_printable,
)

E8R, BBC = "home-office-2018-19/8R/charged", "bbc-2016/8-71/charged"
RADAR, VICTIM = "radar-2022/8-71/charged", "radar-2022/8-71/victim-does-not-support"
CONVICTED = (
    "That anyone was convicted, or how many people were charged: what is counted is a crime, not a person, a "
    "prosecution or a conviction."
)
ALWAYS = (NO_RANK, NO_REASON, CONVICTED, NO_OTHER_SOURCE)
YEARS_DIFFER = "That the figures are of the same years: the periods of the forces differ."
ASKED = Question("Robbery", "Charged or summonsed", "charged", "2018/19", False, False, None)
# 30 of 1,000 beside 600 of 10,000: 3.0% is half of 6.0%.
AVON = ForceFacts(
    question=ASKED,
    force="Avon",
    count=(30, 30),
    recorded=1000,
    open=0,
    screened=False,
    rate=(0.03, 0.03),
    interval=(0.0211, 0.0425),
    other_rate=(0.06, 0.06),
    ratio=(0.5, 0.35, 0.71),
    compared_with="the other 20 forces",
    verdict="lower",
    among_forces="lower",
    named=False,
    judged=21,
    by_chance=1.05,
    why_unknown=None,
)
COUNTED = "Avon charged {} of the 1,000 crimes of Robbery that it recorded in 2018/19"
WITH_INTERVAL = COUNTED.format("3.0% (95% interval 2.1% to 4.2%)")
TOGETHER = StudyFacts(
    question=ASKED,
    forces=21,
    recorded=11_000,
    rate=630 / 11_000,
    is_whole=True,
    compared_with="the other forces together",
    sides={"Avon": "lower", "Kent": "higher", "Essex": "higher"},
    unusual={"Avon": ("lower", 0.03, False)},
    judged=21,
    by_chance=1.05,
    ranged=0,
)


def of(study, force):
    found = read_study(study)
    return printable_of_force(answer_force(found.release, found.offence, found.outcome, force))


def of_all(study):
    found = read_study(study)
    return printable_of_study(answer_country(found.release, found.offence, found.outcome))


def printable(**changed):
    """What may be printed and what may not, but what no verdict allows."""
    found = force_printable(replace(AVON, **changed))
    assert found.may_not[-4:] == ALWAYS
    return found.may, found.may_not[:-4]


def test_kent_in_the_words_that_a_newspaper_may_take():
    # 113 of 9,216; the other 42 forces 4,760 of 197,500: 0.0122613 / 0.0241013 = 0.509.
    found = of(E8R, "Kent")
    assert found.may == (
        "Kent charged 1.2% of the 9,216 crimes of Malicious Communications that it recorded in 2018/19, half the rate "
        "of the other 42 forces (0.51 times, 0.42 to 0.61).",
        "Kent's rate looks unusually low among forces; about 2 of 41 forces would look unusual by chance alone.",
    )
    assert found.may_not == (
        "That Kent is worse or better than other forces: a rate does not show how well a force works, and about 2 of "
        "41 forces would look unusual by chance alone.",
        "That the rate is final: 368 of the 9,216 crimes were still open when the figures were made.",
        *ALWAYS,
    )


def test_gwent_and_the_figure_quoted_beside_it():
    offence = "intimate image abuse (disclosing private sexual images without consent)"
    quoted = "the national figure printed beside it (“only around six per cent”)"
    assert of(RADAR, "Gwent") == (
        (
            f"Gwent charged 7.8% (95% interval 5.2% to 11.7%) of the 268 crimes of {offence} that it recorded in 2017 "
            f"to 2021, which is not shown to differ from {quoted}.",
            "Whether Gwent's rate is unusual among forces is not known.",
        ),
        (
            f"That Gwent's rate is higher or lower than {quoted}, or the same: chance alone can make such a "
            "difference, and that does not show that there is none.",
            "That Gwent is unusual among forces, or that it is not: that is not known.",
            YEARS_DIFFER,
            *ALWAYS,
        ),
    )


def test_a_rate_beyond_a_quoted_figure_and_one_that_depends_on_which_figure_is_right():
    quoted = "the national figure printed beside it (“only around six per cent”)"
    assert of(RADAR, "Lancashire").may[0].endswith(f"in 2018 to 2021, a lower rate than {quoted}.")
    depends = of(RADAR, "Hertfordshire")
    assert depends.may[0].endswith("in April 2015 to December 2021.")
    claim = f"Hertfordshire's rate is higher or lower than {quoted}"
    assert depends.may[1] == f"Whether {claim} depends on which of the possible figures is right."
    assert depends.may_not[0] == f"That {claim}: that depends on which of the possible figures is right."


def test_a_range_that_is_sure_of_its_side_and_one_that_is_not():
    # Cleveland: 241 to 244 of 433; Hertfordshire: 2 to 22 of 23.
    sure = of(VICTIM, "Cleveland")
    assert sure.may[0].startswith("In Cleveland between 55.7% and 56.4% of the 433 crimes of intimate image abuse")
    assert sure.may[0].endswith(
        "had the outcome “Victim does not support action”, a higher rate than the rest of England and Wales (38 "
        "forces, 1.23 to 1.47 times); the exact number was not published."
    )
    assert sure.may_not[2:] == (
        "One rate for Cleveland: outcomes that were not published leave it anywhere between 55.7% and 56.4%.",
        YEARS_DIFFER,
        NO_RANK,
        NO_REASON,
        "That victims “withdrew” or “dropped” a case: the outcome is the police's classification of why an "
        "investigation ended.",
        NO_OTHER_SOURCE,
    )
    unsure = of(BBC, "Hertfordshire")
    assert unsure.may[0].startswith("Hertfordshire charged between 8.7% and 95.7% (95% interval 2.4% to 99.2%) of the")
    assert unsure.may[1] == (
        "Whether Hertfordshire's rate is higher or lower than the other 17 forces depends on outcomes that were not "
        "published."
    )


def test_a_force_with_very_many_open_cases_has_a_count_so_far():
    found = of(E8R, "North Yorkshire")
    assert found.may[:2] == (
        "North Yorkshire had charged 13 of the 1,195 crimes of Malicious Communications that it recorded in 2018/19 "
        "when the figures were made; 918 of them had no outcome yet.",
        "Whether North Yorkshire's rate is higher or lower than the other 43 forces depends on how the open cases end.",
    )
    assert "One rate for North Yorkshire: open cases leave it anywhere between 1.1% and 77.9%." in found.may_not


def test_a_rate_that_is_not_known():
    assert of(RADAR, "Cleveland") == (
        ("The rate of Cleveland is not known: no charge figure was found in the stories that were printed.",),
        ("Any rate of Cleveland: none can be had from these figures.",),
    )
    assert of("home-office-2018-19/28A/charged", "Gwent").may == (
        "The rate of Gwent is not known: no crimes recorded.",
    )


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        ((0.5, 0.35, 0.71), "half the rate of the other 20 forces (0.50 times, 0.35 to 0.71)"),
        ((0.54, 0.35, 0.71), "about half the rate of the other 20 forces (0.54 times, 0.35 to 0.71)"),
        ((0.56, 0.35, 0.71), "a lower rate than the other 20 forces (0.56 times, 0.35 to 0.71)"),
        ((0.8, 0.645, 0.997), "a lower rate than the other 20 forces (0.800 times, 0.645 to 0.997)"),
        ((None, 0.35, 0.71), "a lower rate than the other 20 forces (0.35 to 0.71 times)"),
    ],
)
def test_a_ratio_has_a_word_only_where_the_word_is_true(ratio, words):
    assert printable(ratio=ratio)[0][0] == f"{COUNTED.format('3.0%')}, {words}."


@pytest.mark.parametrize(
    ("ratio", "words"),
    [((2.05, 1.5, 2.8), "twice the rate of"), ((1.85, 1.5, 2.8), "about twice the rate of"), ((3, 2, 4), "a higher")],
)
def test_a_higher_rate(ratio, words):
    assert f", {words}" in printable(ratio=ratio, verdict="higher", among_forces="higher")[0][0]


def test_without_limits_of_a_ratio_the_rate_has_its_own():
    assert printable(ratio=(0.0, None, None))[0][0] == f"{WITH_INTERVAL}, a lower rate than the other 20 forces."


UNUSUAL_OR_NOT = "That Avon is unusual among forces, or that it is not: that {}."
WORSE = "That Avon is worse or better than other forces: a rate does not show how well a force works{}."
GIVEN = "given how forces normally differ"


@pytest.mark.parametrize(
    ("changed", "may", "may_not"),
    [
        (
            {"named": True},
            f"Avon's rate is unusually low among forces, even {GIVEN} and how many were looked at.",
            [WORSE.format("")],
        ),
        (
            {"among_forces": "higher"},
            "Avon's rate looks unusually high among forces; about 1 of 21 forces would look unusual by chance alone.",
            [WORSE.format(", and about 1 of 21 forces would look unusual by chance alone")],
        ),
        (
            {"among_forces": "not unusual"},
            f"Avon's rate is not unusual among forces, {GIVEN}.",
            [WORSE.format(", and forces normally differ by as much")],
        ),
        (
            {"among_forces": "too few"},
            "Whether Avon's rate is unusual among forces cannot be said from crimes so few, or so alike.",
            [WORSE.format(""), UNUSUAL_OR_NOT.format("cannot be said from crimes so few, or so alike")],
        ),
        (
            {"among_forces": "depends on the open cases"},
            "Whether Avon's rate is unusual among forces depends on how the open cases end.",
            [WORSE.format(""), UNUSUAL_OR_NOT.format("depends on how the open cases end")],
        ),
        (
            {"among_forces": None},
            "Whether Avon's rate is unusual among forces is not known.",
            [WORSE.format(""), UNUSUAL_OR_NOT.format("is not known")],
        ),
    ],
)
def test_each_verdict_among_forces(changed, may, may_not):
    found = printable(**changed)
    assert found[0][1:] == (may,)
    assert found[1] == tuple(may_not)


HIGHER_OR_LOWER = "Avon's rate is higher or lower than the other 20 forces"
STANDS_OUT = "That Avon stands out among forces: they normally differ by as much."


@pytest.mark.parametrize(
    ("verdict", "quote", "depends", "claim"),
    [
        (
            "not distinguishable",
            ", which is not shown to differ from that of the other 20 forces (6.0%).",
            [],
            [
                f"That {HIGHER_OR_LOWER}, or the same: chance alone can make such a difference, and that does not show "
                "that there is none."
            ],
        ),
        (
            "depends",
            ".",
            [f"Whether {HIGHER_OR_LOWER} depends on outcomes that were not published."],
            [f"That {HIGHER_OR_LOWER}: that depends on outcomes that were not published."],
        ),
        (
            "depends on the open cases",
            ".",
            [f"Whether {HIGHER_OR_LOWER} depends on how the open cases end."],
            [f"That {HIGHER_OR_LOWER}: that depends on how the open cases end."],
        ),
        (None, ".", [], []),
    ],
)
def test_each_verdict_against_the_others(verdict, quote, depends, claim):
    may, may_not = printable(verdict=verdict, among_forces="not unusual")
    assert may[:-1] == (WITH_INTERVAL + quote, *depends)
    assert may_not == (*claim, STANDS_OUT)


def test_open_cases_make_no_rate_final():
    one = printable(open=1)[1]
    assert one[1] == "That the rate is final: 1 of the 1,000 crimes was still open when the figures were made."
    assert printable(open=None)[1] == printable(open=0)[1]


def test_another_outcome_and_crimes_with_any_outcome():
    other = replace(ASKED, outcome="Caution", outcome_id="out-of-court-formal")
    found = force_printable(replace(AVON, question=other))
    assert found.may[0].startswith(
        "In Avon 3.0% of the 1,000 crimes of Robbery recorded in 2018/19 had the outcome “Ca"
    )
    assert found.may_not[-2] == (
        "How many people this is: what is counted is a crime, not a person, a prosecution or a conviction."
    )
    closed = force_printable(replace(AVON, question=replace(ASKED, is_of_outcomes=True)))
    assert " that it recorded in 2018/19 that had any outcome, half the rate" in closed.may[0]


def test_8r_as_a_whole():
    # 4,873 of 206,716 are 2.36%.
    assert of_all(E8R) == (
        (
            "In 43 forces together, 2.4% of the 206,716 crimes of Malicious Communications recorded in 2018/19 had led "
            "to a charge or summons when the figures were made.",
            "No force stands out: 3 look unusual, and about 2 of 41 forces would by chance alone.",
        ),
        (
            "That Bedfordshire, Gloucestershire and Kent are worse or better than the others: a rate does not show how "
            "well a force works, and about 2 of 41 forces would look unusual by chance alone.",
            "That a force stands out because its rate differs from the other forces together: 21 of the 43 do, and "
            "forces normally differ.",
            "One rate for the force whose count is known only as a range.",
            *ALWAYS,
        ),
    )


def test_studies_against_published_figures_and_one_with_too_few():
    others = "the rest of England and Wales (38 forces)"
    assert of_all(VICTIM).may == (
        f"Taken alone, South Yorkshire and Staffordshire have higher rates than {others}.",
        f"Taken alone, Northumbria and West Midlands have lower rates than {others}.",
    )
    quoted = "the national figure as quoted (“only around six per cent”)"
    assert of_all(RADAR).may == (f"Taken alone, Lancashire has a lower rate than {quoted}.",)
    nobody = study_printable(replace(TOGETHER, is_whole=False, sides={}, judged=0, compared_with=quoted))
    assert nobody.may == (f"No force is shown to differ from {quoted}.",)
    few = of_all(BBC)
    assert few.may[1] == "Whether any force is unusual among forces is not known: there are too few crimes or forces."
    assert few.may_not[:2] == (
        "That any force is unusual among forces, or that none is: that is not known.",
        "One rate for the 14 forces whose counts are known only as a range.",
    )


@pytest.mark.parametrize(
    ("unusual", "may", "may_not"),
    [
        (
            {"Avon": ("lower", 0.03, True), "Kent": ("higher", 0.12, True)},
            f"Avon (unusually low, 3.0%) and Kent (unusually high, 12.0%) have unusual rates, even {GIVEN} and how "
            "many were looked at.",
            "That Avon and Kent are worse or better than the others: a rate does not show how well a force works.",
        ),
        (
            {"Avon": ("lower", 0.03, True)},
            f"Avon (unusually low, 3.0%) has an unusual rate, even {GIVEN} and how many were looked at.",
            "That Avon is worse or better than the others: a rate does not show how well a force works.",
        ),
        (
            {"Avon": ("lower", 0.03, False)},
            "No force stands out: 1 looks unusual, and about 1 of 21 forces would by chance alone.",
            "That Avon is worse or better than the others: a rate does not show how well a force works, and about 1 of "
            "21 forces would look unusual by chance alone.",
        ),
        (
            {},
            "No force stands out: none looks unusual, and about 1 of 21 forces would by chance alone.",
            "That any force is worse or better than the others: a rate does not show how well a force works.",
        ),
    ],
)
def test_who_stands_out(unusual, may, may_not):
    found = study_printable(replace(TOGETHER, unusual=unusual))
    assert found.may[1:] == (may,)
    assert found.may_not[0] == may_not


def test_nothing_is_said_of_all_together_without_crimes_or_of_differences_that_nobody_shows():
    assert study_printable(replace(TOGETHER, rate=None)).may == study_printable(TOGETHER).may[1:]
    assert not [one for one in study_printable(replace(TOGETHER, sides={})).may_not if "differs from" in one]


def test_the_facts_are_those_of_the_answer():
    answer = answer_force("home-office-2018-19", "8R", "charged", "Gwent")
    facts = force_facts(answer)
    assert (facts.count, facts.recorded, facts.open, facts.judged) == ((105, 105), 3654, 115, 41)
    assert (facts.verdict, facts.among_forces, facts.named) == ("higher", "not unusual", False)
    together = study_facts(answer_country("home-office-2018-19", "8R", "charged"))
    assert (together.forces, together.recorded, together.judged, together.ranged) == (43, 206_716, 41, 1)
    assert list(together.unusual) == ["Bedfordshire", "Gloucestershire", "Kent"]


def test_no_sentence_says_worse_as_a_finding_or_speaks_of_statistics():
    for study in (E8R, BBC, RADAR, VICTIM):
        names = [row["force"] for row in read_study(study).forces.to_dict("records")]
        for found in (of_all(study), *(of(study, name) for name in names)):
            assert not [one for one in found.may if "worse" in one or " p " in one or "(p" in one]
            assert all(one.endswith(".") and ":" in one for one in found.may_not if not one.startswith("One rate for"))
