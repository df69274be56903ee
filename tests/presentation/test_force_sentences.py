"""The sentences of a force: each must follow from the answer's numbers, and none may say more than they do."""

import re
from dataclasses import replace

import pytest

from analysis.answer import answer_force, estimate
from analysis.counts.studies import list_studies, read_study
from analysis.presentation.count_sentences import known_sentence, turning_sentence
from analysis.presentation.force_sentences import force_sentences, question_sentence
from analysis.presentation.sentences import compared_with, estimate_sentence
from made_up import changed

RADAR, VICTIM = "radar-2022/8-71/charged", "radar-2022/8-71/victim-does-not-support"
BBC, E8R = "bbc-2016/8-71/charged", "home-office-2018-19/8R/charged"
OFFENCE = "intimate image abuse (disclosing private sexual images without consent)"
LATER = (
    "as the edition of July 2024 shows, most forces’ open cases, of all offences together, ended in a charge more "
    "often than their closed ones had"
)
WINDOW_OF_ALL = "The national figure covers the same window, but some of the forces in it gave shorter ones."


def answer_of(study, force):
    found = read_study(study)
    return answer_force(found.release, found.offence, found.outcome, force)


def sentences(study, force):
    return force_sentences(answer_of(study, force))


def test_gwent_and_the_quoted_figure():
    assert sentences(RADAR, "Gwent") == [
        "Gwent is not shown to differ from the national figure quoted beside it.",
        f"Gwent recorded 268 crimes of {OFFENCE} in 2017 to 2021; 21 of them (7.8%, 95% interval 5.2% to 11.7%) had "
        "the outcome “Charged or summonsed”.",
        "The quoted figure (“only around six per cent”) can stand for 5.5% to 7.0% and lies inside that interval.",
        "The windows differ: 2017 to 2021 here, April 2015 to December 2021 in the national figure.",
        "A sensitivity, not a verdict: the national rate over the force's own years, 2017 to 2021, is not published; "
        "if the rate never rose and 2015 was as the 2016 release shows, it lay between 3.2% and 6.9%, and if 2019 to "
        "July 2022 were as Refuge printed too, between 3.5% and 6.8%; allowing for chance only, Gwent would stand "
        "above it where it was below 5.0%, and cannot stand below it.",
        "With 268 crimes only a true rate above 11.9% or below 2.1% would be told from the quoted range at least 80 "
        "times out of 100, so this is not evidence that they are the same.",
    ]


def test_where_interval_and_verdict_disagree_the_verdicts_own_limits_are_said():
    # At 90% Wilson's interval begins above 5.5%, the mid-P one, from 5.450%, holds 5.5% to 7.0%: p is 0.108 at 5.5%.
    gwent = answer_force("radar-2022", "8/71", "charged", "Gwent", confidence=0.9)
    _, counted, quoted, *_ = force_sentences(gwent)
    assert "(7.84%, 90% interval 5.54% to 10.98%)" in counted
    assert quoted == (
        "The quoted figure (“only around six per cent”) can stand for 5.5% to 7.0%; that interval and the test that "
        "decides disagree at the edge: by the test, national rates of 5.45% to 10.90% are not told from the "
        "count."
    )
    assert "national rates of 5.45% to 10.90% are not told from it" in estimate_sentence(gwent)


def test_which_figure_is_right_decides_of_hertfordshire():
    assert sentences(RADAR, "Hertfordshire") == [
        "Whether Hertfordshire differs from the national figure quoted beside it depends on which of the possible "
        "figures is right.",
        f"Hertfordshire recorded 372 crimes of {OFFENCE} in April 2015 to December 2021; 31 of them (8.3%, 95% "
        "interval 5.9% to 11.6%) had the outcome “Charged or summonsed”.",
        "The quoted figure (“only around six per cent”) can stand for 5.5% to 7.0%, and whether that lies inside the "
        "interval depends on which of the possible figures is right.",
        WINDOW_OF_ALL,
    ]


def test_lancashire_is_lower_than_the_quoted_figure():
    assert sentences(RADAR, "Lancashire") == [
        "Taken alone, Lancashire's rate is lower than the national figure quoted beside it.",
        f"Lancashire recorded 995 crimes of {OFFENCE} in 2018 to 2021; 22 of them (2.2%, 95% interval 1.5% to 3.3%) "
        "had the outcome “Charged or summonsed”.",
        "The quoted figure (“only around six per cent”) can stand for 5.5% to 7.0% and lies wholly above that "
        "interval.",
        "The windows differ: 2018 to 2021 here, April 2015 to December 2021 in the national figure.",
        "A sensitivity, not a verdict: the national rate over the force's own years, 2018 to 2021, is not published; "
        "if the rate never rose and 2015 was as the 2016 release shows, it lay between 0.8% and 6.9%, and if 2019 to "
        "July 2022 were as Refuge printed too, between 3.5% and 6.6%; allowing for chance only, Lancashire would stand "
        "above it where it was below 1.4% or below it where it was above 3.3%, which is all of the second range.",
    ]


def test_a_force_of_other_years_without_a_sensitivity_is_told_what_its_own_years_would_change():
    answer = changed(answer_of(RADAR, "Gwent"), sensitivity=None)
    assert force_sentences(answer)[3] == (
        "The windows differ: 2017 to 2021 here, April 2015 to December 2021 in the national figure; if the national "
        "rate over Gwent's own window was below 5.0%, the force would, allowing for chance only, stand above it, and "
        "that rate is not published."
    )


def test_a_figure_below_the_whole_interval_is_said_to_be_there():
    above = {"verdict": "higher", "intervals": {"wilson": (0.08, 0.12)}}
    found = force_sentences(changed(answer_of(RADAR, "Lancashire"), **above))
    assert found[0] == "Taken alone, Lancashire's rate is higher than the national figure quoted beside it."
    assert found[2] == (
        "The quoted figure (“only around six per cent”) can stand for 5.5% to 7.0% and lies wholly below that interval."
    )


def test_where_the_windows_agree_nothing_is_said_of_them():
    same = force_sentences(changed(answer_of(RADAR, "Lancashire"), about={"windows_differ": False}))
    assert same == sentences(RADAR, "Lancashire")[:3]


def test_what_another_national_rate_would_mean_is_said_where_a_verdict_can_turn():
    depends = force_sentences(changed(answer_of(RADAR, "Gwent"), verdict="depends"))
    assert depends[3] == sentences(RADAR, "Gwent")[3]
    nowhere = force_sentences(changed(answer_of(RADAR, "Gwent"), break_even={"low": None, "high": None}))
    assert nowhere[3] == "The windows differ: 2017 to 2021 here, April 2015 to December 2021 in the national figure."


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (None, 0.111, "With 268 crimes only a true rate above 11.1% would be told"),
        (0.021, None, "With 268 crimes only a true rate below 2.1% would be told"),
        (None, None, "With 268 crimes no true rate would be told"),
    ],
)
def test_what_could_be_told_apart(low, high, told):
    answer = changed(answer_of(RADAR, "Gwent"), detectable={"low": low, "high": high})
    assert force_sentences(answer)[-1] == (
        f"{told} from the quoted range at least 80 times out of 100, so this is not evidence that they are the same."
    )


def test_an_unknown_rate_is_said_to_be_unknown_and_nothing_else():
    answer = answer_of(RADAR, "Cleveland")
    why = "no charge figure was found in the stories that were printed"
    assert force_sentences(answer) == [f"Cleveland has no known rate: {why}."]
    assert answer.sentence == "The count is not known, so there is no rate."
    assert known_sentence(answer) == f"Why it is not known: {why}."
    assert turning_sentence(answer) == "There is no verdict to turn."


def test_a_force_without_crimes_has_no_rate():
    answer = answer_of("home-office-2018-19/28A/charged", "Gwent")
    assert force_sentences(answer) == ["Gwent has no known rate: no crimes recorded."]
    assert answer.sentence == "No crimes were recorded, so there is no rate."


def test_figures_that_contradict_each_other_are_unknown_and_said_once():
    why = "after the published corrections -2 of type 0 remain, so the figures cannot all be right (published: 2 of 0)"
    answer = answer_of("home-office-2018-19/37.1/charged", "Cambridgeshire")
    assert force_sentences(answer) == [f"Cambridgeshire has no known rate: {why}."]
    assert known_sentence(answer) == f"Why it is not known: {why}."


def test_a_range_of_counts_beside_a_published_count():
    # 11,761 of 28,201 without the force's own 241 to 244 of 433.
    assert sentences(VICTIM, "Cleveland") == [
        "Taken alone, Cleveland's rate is higher than that of the rest of England and Wales (38 forces).",
        f"Cleveland recorded 433 crimes of {OFFENCE} in April 2015 to December 2021; between 241 and 244 of them "
        "(55.7% to 56.4%, 95% interval 50.9% to 60.9%) had the outcome “Victim does not support action”.",
        "In the rest of England and Wales (38 forces) it was between 11,517 and 11,520 of 27,768 (41.5%).",
        "Only 8 forces have an exact count of such crimes, too few to say how much forces normally differ, so whether "
        "Cleveland is unusual among forces is not known.",
        WINDOW_OF_ALL,
    ]


def test_gwent_beside_a_published_count():
    # 11,761 of 28,201 without the force's own 113 of 268.
    assert sentences(VICTIM, "Gwent") == [
        "Gwent is not shown to differ from the rest of England and Wales (38 forces).",
        f"Gwent recorded 268 crimes of {OFFENCE} in 2017 to 2021; 113 of them (42.2%, 95% interval 36.4% to 48.1%) had "
        "the outcome “Victim does not support action”.",
        "In the rest of England and Wales (38 forces) it was 11,648 of 27,933 (41.7%).",
        "Only 8 forces have an exact count of such crimes, too few to say how much forces normally differ, so whether "
        "Gwent is unusual among forces is not known.",
        "The windows differ: 2017 to 2021 here, April 2015 to December 2021 in the national figure.",
        "The difference may lie anywhere between −5.3 and +6.5 percentage points (95% interval), so this is not "
        "evidence that the rates are the same.",
    ]
    answer = changed(answer_of(VICTIM, "Gwent"), verdict="depends", confidence=0.9)
    assert force_sentences(answer)[:2] == [
        "Whether Gwent differs from the rest of England and Wales (38 forces) depends on which of the possible figures "
        "is right.",
        f"Gwent recorded 268 crimes of {OFFENCE} in 2017 to 2021; 113 of them (42.2%, 90% interval 36.4% to 48.1%) had "
        "the outcome “Victim does not support action”.",
    ]
    assert "(90% interval)" in force_sentences(changed(answer, verdict="not distinguishable"))[-1]


@pytest.mark.parametrize(
    ("exact", "says"),
    [
        (10, "Only 10 forces have an exact count of such crimes, too few to say how much forces normally differ, so"),
        (1, "Only 1 force has an exact count of such crimes, too few to say how much forces normally differ, so"),
        (0, "No force has an exact count of such crimes, so"),
    ],
)
def test_how_few_forces_are_too_few(exact, says):
    few = changed(answer_of(BBC, "Derbyshire"), about={"forces_exact": exact})
    assert force_sentences(few)[0] == f"{says} whether Derbyshire is unusual among forces is not known."
    enough = changed(few, about={"forces_exact": 11})
    assert force_sentences(enough)[0].startswith("Derbyshire's count is not known exactly")


def test_gwent_among_all_forces():
    # The others: 4,886 of 207,911 without 13 of North Yorkshire's 1,195 and Gwent's own 105 of 3,654; (105 + 115) /
    # 3,654 = 6.0%. The p among the forces is that of statistics worked out without this package: 0.69.
    assert sentences(E8R, "Gwent") == [
        "Gwent is not unusual among forces, given how much the 43 forces with exact counts normally differ.",
        "Gwent recorded 3,654 crimes of Malicious Communications in April 2018 to March 2019; 105 of them (2.9%, 95% "
        "interval 2.4% to 3.5%) had the outcome “Charged or summonsed”.",
        "Compared with the other 42 forces together (4,768 of 203,062, 2.3%) its rate is higher; but 21 of "
        "the 43 forces with exact counts differ from the rest in this sense, which allows for chance alone, so such a "
        "difference by itself is no sign of an unusual force.",
        "115 of the 3,654 crimes were still open on the day of the source and are counted as without the outcome; if "
        f"all of them came to have it, the rate would be 6.0%; {LATER}.",
    ]


def test_an_unusual_force_is_called_so():
    answer = answer_of(E8R, "Gloucestershire")
    usual = "even given how much the 43 forces with exact counts normally differ"
    chance = "Of 41 ordinary forces about 2 lie outside the 95% limits by chance."
    assert force_sentences(answer)[0] == (
        f"Gloucestershire is unusually high among forces, {usual}: outside the 95% limits. {chance}"
    )
    assert sentences(E8R, "Kent")[0] == (
        f"Kent is unusually low among forces, {usual}: outside the 95% limits. {chance}"
    )
    far = among(answer, "lower", p=0.0013, outside="99.8")
    assert force_sentences(far)[0] == (
        f"Gloucestershire is unusually low among forces, {usual}: outside the 99.8% limits. {chance}"
    )


def among(answer, verdict, **found):
    """The answer with another verdict among the forces."""
    return changed(answer, row={"verdict": {"among_forces": verdict}, "among_forces": found})


@pytest.mark.parametrize(
    ("judged", "by_chance", "says"),
    [
        (42, 2.1, "Of 42 ordinary forces about 2 lie outside the 95% limits by chance."),
        (28, 1.4, "Of 28 ordinary forces about 1 lies outside the 95% limits by chance."),
        (19, 0.95, "Of 19 ordinary forces fewer than one lies outside the 95% limits by chance."),
    ],
)
def test_how_many_ordinary_forces_lie_outside_the_limits(judged, by_chance, says):
    answer = changed(answer_of(E8R, "Kent"), about={"forces_judged": judged, "outside_by_chance": by_chance})
    assert force_sentences(answer)[0].endswith(f"outside the 95% limits. {says}")


def test_a_force_whose_place_among_forces_hangs_on_the_open_cases():
    answer = among(answer_of(E8R, "Gwent"), "depends on the open cases")
    assert force_sentences(answer)[0] == (
        "Whether Gwent is unusual among forces depends on how its open cases and theirs end."
    )


def test_a_force_that_differs_from_the_rest_by_one_reading_of_the_open_cases_only():
    # Hypergeometric terms in 40 digits: 58 of 3,131 has 0.0543, 58 of the 3,103 closed has 0.0384.
    found = sentences(E8R, "Nottinghamshire")
    assert found[0].startswith("Nottinghamshire is not unusual among forces")
    assert found[2] == (
        "Whether it differs from the other 42 forces together (4,815 of 203,585, 2.37%) depends on how the "
        "open cases end; 21 of the 43 forces with exact counts differ from the rest in this sense."
    )


def test_of_a_force_with_too_many_open_cases_nothing_is_said_but_that():
    # 13 charged and 918 open of 1,195, so 13 to 931: 1.1% to 77.9%.
    found = sentences(E8R, "North Yorkshire")
    assert found[:2] == [
        "Whether North Yorkshire is unusual among forces cannot be said; 918 of its 1,195 crimes had no outcome when "
        "the figures were made.",
        "North Yorkshire recorded 1,195 crimes of Malicious Communications in April 2018 to March 2019; between 13 and "
        "931 of them (1.1% to 77.9%, 95% interval 0.6% to 80.2%) had the outcome “Charged or summonsed”.",
    ]
    assert "depends on how the open cases end" in found[2]
    assert found[3] == (
        "918 of the 1,195 crimes were still open on the day of the source, and the range holds every way they can end: "
        f"13 where none of them came to have the outcome, 931 where all did; {LATER}."
    )


def test_one_crime_makes_no_unusual_force_and_no_different_one():
    # Hypergeometric by hand: 50 of 652 are charged, so the chance that Durham's one is among them is 50/652 = 0.077,
    # and its mid-P is twice half of that. Lancashire and the Metropolitan Police are the 2 that differ.
    assert sentences(BBC, "Durham") == [
        "Durham has too few crimes to be judged among forces: fewer than 5 of them (about 0.1) would be expected to "
        "have this outcome.",
        f"Durham recorded 1 crime of {OFFENCE} in April to December 2015; that one (100.0%, 95% interval 20.7% to "
        "100.0%) had the outcome “Charged or summonsed”.",
        "It is not distinguishable from the other 16 forces together (49 of 651, 7.5%); 2 of the 17 forces "
        "with exact counts differ from the rest in this sense.",
        "With so few crimes this is not evidence that the rates are the same.",
    ]


def test_where_only_one_force_has_crimes_enough_it_cannot_be_judged_either():
    # 273 * 50 / 652 = 20.9 expected, and of no other force 5.
    found = sentences(BBC, "Metropolitan Police")
    assert found[0] == (
        "The other forces have too few crimes to show how forces differ, so whether Metropolitan Police is unusual "
        "among forces cannot be said."
    )
    assert found[2].startswith("Compared with the other 16 forces together (37 of 379, 9.8%) its rate is")


def test_a_force_that_only_all_cases_can_judge_is_not_said_to_lack_other_forces():
    # The counts so far judge South Yorkshire here, the closed cases alone do not.
    answer = answer_of("home-office-2018-19/10B/no-suspect-identified", "South Yorkshire")
    assert answer.row.among_forces.judged
    assert force_sentences(answer)[0] == (
        "Among the closed cases alone there are too few crimes to judge by, so whether South Yorkshire is unusual "
        "among forces cannot be said."
    )


def test_few_expected_without_an_outcome_that_most_have():
    answer = changed(answer_of("home-office-2018-19/4.4/charged", "Gwent"), about={"expected_crimes": 4.84})
    assert answer.row.verdict.among_forces == "too few"
    assert force_sentences(answer)[0] == (
        "Gwent has too few crimes to be judged among forces: fewer than 5 of them (about 4.8) would be expected not to "
        "have this outcome."
    )


@pytest.mark.parametrize(
    ("why", "judged", "says"),
    [
        ("others' rates", False, "Almost every other force had this outcome in all of its crimes or in none, which "
         "shows no rates to set it beside, so whether South Yorkshire is unusual among forces cannot be said."),
        ("others' rates", True, "Among the closed cases alone almost every other force had this outcome in all of its "
         "crimes or in none, which shows no rates to set it beside, so whether South Yorkshire is unusual among forces "
         "cannot be said."),
        # 5 expected and more: that its own crimes are too few would be wrong.
        ("others' crimes", False, "The other forces have too few crimes to show how forces differ, so whether South "
         "Yorkshire is unusual among forces cannot be said."),
    ],
)  # fmt: skip
def test_the_reason_why_a_force_is_not_judged_is_the_one_that_holds(why, judged, says):
    answer = answer_of("home-office-2018-19/10B/no-suspect-identified", "South Yorkshire")
    row = replace(answer.row, among_forces=replace(answer.row.among_forces, judged=judged))
    assert force_sentences(changed(answer, row=row, about={"why_not_judged": why}))[0] == says


@pytest.mark.parametrize(
    ("expected", "says"), [(0.04, "about 0.04"), (0.06, "about 0.1"), (4.94, "about 4.9"), (4.96, "about 4.96")]
)
def test_how_few_are_expected_is_said_neither_as_none_nor_as_enough(expected, says):
    answer = changed(answer_of(BBC, "Durham"), about={"expected_crimes": expected})
    assert f"fewer than 5 of them ({says}) would be expected to have" in force_sentences(answer)[0]


OTHERS = "the other 17 forces together (50 of 652, 7.7%)"
TWO = "2 of the 17 forces with exact counts differ from the rest in this sense"


@pytest.mark.parametrize(
    ("force", "counted", "beside"),
    [
        (
            "Derbyshire",
            "26 crimes, between 5 and 11 of them (19.2% to 42.3%, 95% interval 8.5% to 61.1%)",
            f"Whether it differs from {OTHERS} depends on the outcomes that were not published; {TWO}.",
        ),
        (
            "Hertfordshire",
            "23 crimes, between 2 and 22 of them (8.7% to 95.7%, 95% interval 2.4% to 99.2%)",
            f"Whether it differs from {OTHERS} depends on the outcomes that were not published; {TWO}.",
        ),
        (
            "Humberside",
            "30 crimes, between 2 and 5 of them (6.7% to 16.7%, 95% interval 1.8% to 33.6%)",
            f"It is not distinguishable from {OTHERS}; {TWO}.",
        ),
    ],
)
def test_a_range_of_counts_is_said_to_be_one(force, counted, beside):
    number, found = counted.split(", ", 1)
    assert sentences(BBC, force)[:3] == [
        f"{force}'s count is not known exactly, so whether it is unusual among forces cannot be said; it is shown as a "
        "range.",
        f"{force} recorded {number} of {OFFENCE} in April to December 2015; {found} had the outcome “Charged or "
        "summonsed”.",
        beside,
    ]


def test_none_charged_and_two_still_open():
    assert sentences(BBC, "Cumbria") == [
        "Cumbria has too few crimes to be judged among forces: fewer than 5 of them (about 0.5) would be expected to "
        "have this outcome.",
        f"Cumbria recorded 6 crimes of {OFFENCE} in April to December 2015; none of them (0.0%, 95% interval 0.0% to "
        "39.0%) had the outcome “Charged or summonsed”.",
        f"It is not distinguishable from the other 16 forces together (50 of 646, 7.7%); {TWO}.",
        "2 of the 6 crimes were still open on the day of the source and are counted as without the outcome; if both of "
        "them came to have it, the rate would be 33.3%.",
        "The difference may lie anywhere between −10.1 and +31.3 percentage points (95% interval), so this is not "
        "evidence that the rates are the same.",
    ]


@pytest.mark.parametrize(
    ("still_open", "recorded", "says"),
    [
        (
            1,
            43,
            "1 of the 43 crimes was still open on the day of the source and is counted as without the outcome; if it",
        ),
        (1, 1, "The only crime was still open on the day of the source and is counted as without the outcome; if it"),
        (
            2,
            2,
            "Both crimes were still open on the day of the source and are counted as without the outcome; if both of "
            "them",
        ),
        (
            3,
            3,
            "All 3 crimes were still open on the day of the source and are counted as without the outcome; if all of "
            "them",
        ),
    ],
)
def test_crimes_that_are_still_open(still_open, recorded, says):
    answer = changed(answer_of(BBC, "Cumbria"), open=still_open, recorded=recorded)
    assert force_sentences(answer)[3] == (f"{says} came to have it, the rate would be 33.3%.")


@pytest.mark.parametrize("still_open", [0, None])
def test_no_open_crimes_need_no_words(still_open):
    whole = sentences(BBC, "Cumbria")
    assert force_sentences(changed(answer_of(BBC, "Cumbria"), open=still_open)) == [*whole[:3], whole[4]]


@pytest.mark.parametrize(
    ("different", "exact", "says"),
    [
        (0, 17, "none of the 17 forces with exact counts differs"),
        (1, 17, "1 of the 17 forces with exact counts differs"),
        (2, 2, "both forces with exact counts differ"),
        (17, 17, "all 17 forces with exact counts differ"),
        (0, 1, "none of the 1 force with exact counts differs"),
    ],
)
def test_how_many_forces_differ(different, exact, says):
    about = {"forces_different": different, "forces_exact": exact, "forces_needed": 0}
    assert force_sentences(changed(answer_of(BBC, "Cumbria"), about=about))[2] == (
        f"It is not distinguishable from the other 16 forces together (50 of 646, 7.7%); {says} from the "
        "rest in this sense."
    )


def test_the_only_force_has_nothing_to_be_compared_with():
    answer = answer_of("home-office-2018-19/28A/charged", "Humberside")
    assert force_sentences(answer)[0].startswith("Only 1 force has an exact count")
    assert force_sentences(answer)[2] == "There are no other forces with exact counts to compare it with."
    assert answer.sentence == (
        "0 of 5 is 0.0% (95% interval 0.0% to 43.4%); there are no other crimes to compare it with."
    )
    assert turning_sentence(answer) == "There is no verdict to turn."


def test_where_all_or_no_crimes_had_the_outcome_forces_cannot_be_told_apart():
    answer = answer_of("home-office-2018-19/15/charged", "Cambridgeshire")
    assert force_sentences(answer)[:2] == [
        "None of the forces' crimes had this outcome, so forces cannot be told apart by it.",
        "Cambridgeshire recorded 1 crime of Concealing an infant death close to birth in April 2018 to March 2019; "
        "none (0.0%, 95% interval 0.0% to 79.3%) had the outcome “Charged or summonsed”.",
    ]
    assert force_sentences(changed(answer, about={"less_frequent": "without"}))[0] == (
        "All of the forces' crimes had this outcome, so forces cannot be told apart by it."
    )


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"against": "rest", "other_forces": 43}, "the other 43 forces"),
        ({"against": "rest", "other_forces": 1}, "the one other force"),
        ({"against": "published", "national_is_rate": True}, "the national figure as quoted"),
        (
            {"against": "published", "national_is_rate": False, "national_area": "England and Wales"},
            "the rest of England and Wales",
        ),
    ],
)
def test_what_a_force_is_compared_with(about, words):
    assert compared_with(changed(answer_of(E8R, "Gwent").about, **about)) == words


def test_the_question_that_the_newspaper_raised():
    assert question_sentence(answer_of(RADAR, "Gwent")) == (
        f"A newspaper printed that in Gwent 7.8% of 268 crimes of {OFFENCE} had the outcome “Charged or summonsed”, "
        "beside “only around six per cent” nationally. Is Gwent different, or is that noise?"
    )


@pytest.mark.parametrize(
    ("study", "force", "says"),
    [
        (RADAR, "Gwent", "How the count is known: printed as 7.8% of 268, which only 21 fits."),
        (E8R, "Gwent", "How the count is known: 105 of 3,654, as published."),
        (BBC, "Derbyshire", "How the count is known: 5 of 26 records, 6 of which have no published outcome."),
        (
            BBC,
            "Cambridgeshire",
            "How the count is known: 0 of 19 records, 19 of which have no published outcome. Why it is not known "
            "exactly: published no outcomes.",
        ),
        (
            VICTIM,
            "Cleveland",
            "How the count is known: outcome 16 printed as 206 of 433; outcome 14 printed as 38 and 8.1%, corrected to "
            "35 to 38. An error in the source: 38 of 433 is 8.8%, not the printed 8.1% (35 would be 8.1%); which of "
            "the two is wrong is not known.",
        ),
    ],
)
def test_how_a_count_is_known(study, force, says):
    assert known_sentence(answer_of(study, force)) == says


MORE, FEWER = "“higher” with 5 more than 21", "“lower” with 1,400 fewer than 21"
RATES = "Any national rate from 5.04% to 11.54% cannot be told from this count."


@pytest.mark.parametrize(
    ("turn", "even", "says"),
    [
        ({"higher": 5, "lower": 1400}, {}, f"The verdict would be {MORE} and {FEWER}. {RATES}"),
        ({"higher": 5, "lower": None}, {}, f"The verdict would be {MORE}. {RATES}"),
        ({"higher": 0, "lower": 1400}, {}, f"The verdict would be {FEWER}. {RATES}"),
        ({"higher": None, "lower": None}, {}, RATES),
        (
            {"higher": None, "lower": None},
            {"low": None, "high": None},
            "Whatever the national rate, at least one of the possible counts could be told from it.",
        ),
    ],
)
def test_what_would_turn_the_verdict(turn, even, says):
    assert turning_sentence(changed(answer_of(RADAR, "Gwent"), charges_to_turn=turn, break_even=even)) == says


def test_gwents_verdict_turns_with_seven_more():
    assert turning_sentence(answer_of(RADAR, "Gwent")) == (
        f"The verdict would be “higher” with 7 more than 21 and “lower” with 14 fewer than 21. {RATES}"
    )
    assert turning_sentence(answer_of(E8R, "Gwent")) == (
        "The verdict follows from the counts of the force and of the others; no national rate is assumed."
    )


SAME = ", which does not show that the two are the same."
RIGHT = "depends on which of the possible figures is right"


# The intervals and p-values by hand: Wilson's formula, and sums of binomial and hypergeometric terms in 40 digits.
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"low": 0, "high": 0, "recorded": 0}, "No crimes were recorded, so there is no rate."),
        ({"low": None, "high": None, "recorded": 9}, "The count is not known, so there is no rate."),
        ({"low": None, "high": None, "recorded": None}, "The count is not known, so there is no rate."),
        ({"low": 21, "high": 21, "recorded": 268}, "21 of 268 is 7.8% (95% interval 5.2% to 11.7%)."),
        (
            {"low": 21, "high": 21, "recorded": 268, "confidence": 0.9},
            "21 of 268 is 7.8% (90% interval 5.5% to 11.0%).",
        ),
        (
            {"low": 21, "high": 21, "recorded": 268, "national": (0.06, 0.06)},
            "21 of 268 is 7.8% (95% interval 5.2% to 11.7%); that is not distinguishable from a national rate of 6.0% "
            f"(p = 0.215){SAME}",
        ),
        (
            {"low": 30, "high": 30, "recorded": 268, "national": (0.06, 0.06)},
            "30 of 268 is 11.2% (95% interval 8.0% to 15.5%); that is higher than a national rate of 6.0% (p = 0.001).",
        ),
        (
            {"low": 5, "high": 5, "recorded": 268, "national": (0.06, 0.06)},
            "5 of 268 is 1.9% (95% interval 0.8% to 4.3%); that is lower than a national rate of 6.0% (p = 0.001).",
        ),
        (
            {"low": 20, "high": 40, "recorded": 268, "national": (0.06, 0.06)},
            "Between 20 and 40 of 268 is 7.5% to 14.9% (95% interval 4.9% to 19.7%); whether it differs from a "
            f"national rate of 6.0% {RIGHT} (p from below 0.0001 to 0.316).",
        ),
        (
            {"low": 21, "high": 21, "recorded": 268, "rest": (1692 - 21, 28201 - 268)},
            "21 of 268 is 7.8% (95% interval 5.2% to 11.7%); that is not distinguishable from the rest, 1,671 of "
            f"27,933 (6.0%; p = 0.213){SAME}",
        ),
        (
            {"low": 30, "high": 30, "recorded": 268, "rest": (100, 5000)},
            "30 of 268 is 11.2% (95% interval 8.0% to 15.5%); that is higher than the rest, 100 of 5,000 (2.0%; p "
            "below 0.0001).",
        ),
        (
            {"low": 2, "high": 20, "recorded": 268, "rest": (100, 5000)},
            "Between 2 and 20 of 268 is 0.7% to 7.5% (95% interval 0.2% to 11.2%); whether it differs from the rest, "
            f"100 of 5,000 (2.0%; p from below 0.0001 to 0.929), {RIGHT}.",
        ),
        (
            {"low": 5, "high": 5, "recorded": 268, "rest": (0, 0)},
            "5 of 268 is 1.9% (95% interval 0.8% to 4.3%); there are no other crimes to compare it with.",
        ),
    ],
)
def test_estimate_sentences(arguments, says):
    answer = estimate(**arguments)
    assert answer.sentence == estimate_sentence(answer) == says


@pytest.mark.parametrize("study", [entry.id for entry in list_studies() if entry.default])
def test_no_page_claims_sameness_or_difference_alone(study):
    for force in read_study(study).reportable_forces():
        text = " ".join(sentences(study, force))
        assert not re.search(r"no difference|the same as|withdrew|dropped|None|nan\b", text), text
        if "differ from the rest" in text:
            assert "among forces" in text
