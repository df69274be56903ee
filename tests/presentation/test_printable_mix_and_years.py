"""What may be printed of a force's offence mix and of its years: each verdict, on published figures."""

from dataclasses import replace

import pytest

from analysis.answer.mix import answer_mix
from analysis.answer.years import answer_years
from analysis.presentation.printable_limits import NO_OTHER_SOURCE, NO_RANK, NO_REASON
from analysis.presentation.printable_mix import printable_of_mix
from analysis.presentation.printable_years import NO_TWO_YEARS, printable_of_years

ALL_YEARS = "home-office-all-offences-2014-15..2025-26"
WORSE = "a rate does not show how well a force works"
DEPENDS = "depends on the open cases"


@pytest.fixture(scope="module")
def gwent_mix():
    return answer_mix("home-office-2018-19", "charged", "Gwent")


@pytest.fixture(scope="module")
def gwent_years():
    return answer_years(ALL_YEARS, "all", "charged", "Gwent")


def test_the_mix_of_gwent(gwent_mix):
    # The tables count 4,752 of 58,479 (8.13%), 1,952 open.
    found = printable_of_mix(gwent_mix)
    assert found.may[0].startswith("In Gwent, 8.1% of the 58,479 crimes recorded in 2018/19 had led to a charge or")
    assert found.may[0].endswith("the ratio is 1.00 (0.98 to 1.03).")
    assert "That Gwent stands out among forces: they normally differ by as much." in found.may_not
    assert (
        "That the rate is final: 1,952 of the 58,479 crimes were still open when the figures were made."
        in found.may_not
    )
    assert (found.may_not[-4], found.may_not[-3], found.may_not[-1]) == (NO_RANK, NO_REASON, NO_OTHER_SOURCE)


@pytest.mark.parametrize(
    ("verdict", "among", "quote", "claim"),
    [
        ("lower", "lower", ", less than the 8.1%", f"That Gwent is worse or better than other forces: {WORSE}."),
        ("higher", "not unusual", ", more than the 8.1%", f"{WORSE}, and forces normally differ by as much."),
        (DEPENDS, "too few", "; whether that differs from the 8.1%", "that depends on how the open cases end."),
        ("not distinguishable", None, ", which is not shown to differ from the 8.1%", "chance alone can make such"),
    ],
)
def test_each_verdict_on_a_mix(gwent_mix, verdict, among, quote, claim):
    mix = replace(gwent_mix.mix, verdict=verdict, among=replace(gwent_mix.mix.among, verdict=among))
    found = printable_of_mix(replace(gwent_mix, mix=mix))
    assert quote in found.may[0]
    assert claim in found.may_not[0]


def test_a_force_without_a_mix(gwent_mix):
    found = printable_of_mix(replace(gwent_mix, mix=None))
    assert found.may[0].endswith("differs from what its mix of offences gives cannot be said.")


def test_the_years_of_gwent(gwent_years):
    found = printable_of_years(gwent_years)
    assert found.may[0].endswith(
        "had led to a charge or summons when the figures were made; over the 12 years the share falls."
    )
    assert found.may[1] == (
        "Gwent's trend from 2014/15 to 2025/26 is not shown to differ from that of the other forces together."
    )
    assert found.may_not[0].startswith(f"That Gwent got worse or better over the years: {WORSE}, and its trend")
    assert NO_TWO_YEARS in found.may_not
    assert (found.may_not[-4], found.may_not[-3], found.may_not[-1]) == (NO_RANK, NO_REASON, NO_OTHER_SOURCE)


@pytest.mark.parametrize(
    ("trend", "quote", "claim"),
    [
        ({"verdict": "no change shown"}, "no change is shown, which does not show", "a change that is not shown may"),
        ({"verdict": DEPENDS}, "depends on how the open cases end.", "that depends on how the open cases end."),
        ({"verdict": "changes, but in no one direction"}, "but in no one direction.", "it changes, but in no one"),
        ({"why_none": "2 of at least 4 years"}, "no trend can be told: 2 of at", "no trend can be told, 2 of at"),
    ],
)
def test_each_verdict_on_years(gwent_years, trend, quote, claim):
    found = printable_of_years(replace(gwent_years, trend=replace(gwent_years.trend, **trend)))
    assert quote in found.may[0]
    assert claim in found.may_not[0]


def test_no_sentence_on_a_mix_or_years_says_worse_as_a_finding_or_speaks_of_statistics(gwent_mix, gwent_years):
    for found in (printable_of_mix(gwent_mix), printable_of_years(gwent_years)):
        assert not [one for one in found.may if "worse" in one or " p " in one or "(p" in one]
        assert all(one.endswith(".") and ":" in one for one in found.may_not)
