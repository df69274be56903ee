"""A force's profile: the rows of its studies, which offences stand out, and what would settle what is open."""

import pytest
from scipy.stats import binom

from analysis.answer import compare_study, find_row
from analysis.answer.profile import profile_force
from analysis.presentation.profile_words import letter, official_sentences, question_sentences
from analysis.statistics.power import told_apart

RELEASE = "home-office-2018-19"
STUDIES = ["radar-2022/8-71/charged", "bbc-2016/8-71/charged", f"{RELEASE}/8R/charged"]


@pytest.fixture(scope="module")
def profile():
    return profile_force("gwent", STUDIES, [RELEASE])


def test_a_study_that_does_not_know_the_force_is_left_out(profile):
    assert [rate.study for rate in profile.rates] == [STUDIES[0], STUDIES[2]]
    assert [mix.force for mix in profile.mixes] == ["Gwent"]


def test_every_offence_has_the_verdict_of_its_own_study(profile):
    (year,) = profile.official
    assert len(year.rates) > 50
    for rate in year.rates[::11]:
        row = find_row(compare_study(rate.study).forces, "Gwent")
        assert (rate.low, rate.recorded, rate.among) == (row.count.low, row.recorded, row.verdict.among_forces)
        assert rate.interval == pytest.approx(row.wilson)
        assert row.among_forces.judged


def test_what_stands_out_is_what_holm_leaves_however_the_open_cases_end():
    (year,) = profile_force("Kent", [], [RELEASE]).official
    smallest = [
        find_row(compare_study(rate.study).forces, "Kent").among_forces.p
        for rate in year.rates
        if rate.study in year.stand_out
    ]
    assert year.stand_out
    assert all(p < 0.05 / (len(year.rates) - len(year.stand_out) + 1) for p in smallest)
    assert year.outside == sum(rate.among in ("higher", "lower") for rate in year.rates) > len(year.stand_out)
    assert f"looked at {len(year.rates)} offences" in official_sentences("Kent", year)[0]


def test_a_force_whose_open_cases_are_too_many_has_no_judged_offence_of_all_together():
    aside = profile_force("North Yorkshire", [], [RELEASE])
    assert aside.mixes[0].mix is None
    assert aside.official[0].stand_out == ()


def test_the_crimes_needed_are_those_whose_power_is_four_in_five(profile):
    (question,) = [one for one in profile.questions if one.rate.study == STUDIES[0]]
    twice = question.differences[-1]
    assert (twice.times, twice.rate) == (2.0, pytest.approx(0.14))
    assert question.a_year == pytest.approx(268 / 5, rel=1e-3)  # 268 crimes in 2017 to 2021
    powers = []
    for crimes in (twice.crimes - 1, twice.crimes):
        _, above = told_apart(crimes, 0.055, 0.07)
        powers.append(binom.sf(above - 1, crimes, 0.14))
    assert powers[0] < 0.8 <= powers[1]
    assert twice.years == pytest.approx(twice.crimes / question.a_year)


def test_official_figures_are_not_asked_for(profile):
    assert {one.rate.study for one in profile.questions} == {STUDIES[0]}
    assert letter(profile_force("Gwent", STUDIES[2:], [RELEASE])) == []
    assert any("(code 8/71)" in paragraph for paragraph in letter(profile))
    assert "about 54 such crimes a year" in question_sentences(profile.questions[0], "Gwent")[1]


def test_a_force_without_figures_says_why():
    (rate,) = profile_force("Cleveland", STUDIES[:1], []).rates
    assert (rate.low, rate.rate) == (None, None)
    assert rate.why_unknown
