"""The article's claims and the other stories: what printed figures allow, worked out outside the project."""

import pytest

from analysis.answer import article
from analysis.answer.article import check_article, count_verdicts
from analysis.answer.stories import check_stories
from analysis.counts.tables import Row, read_table
from analysis.presentation import article as words
from analysis.presentation import stories as story_words
from analysis.results.claims import PrintedRise
from made_up import changed


@pytest.fixture(scope="module")
def checked():
    return check_article()


@pytest.fixture(scope="module")
def claims(checked):
    return {claim.id: claim for claim in checked.claims}


@pytest.fixture(scope="module")
def stories():
    return check_stories()


# The numbers: 37.7%, 4.5% and 7.8% of 268 allow one whole number each (reference/reconstruct.csv); 101 + 12 = 113,
# and 113/268 = 42.16%; 5.5% and 6.5% of 28,201 are 1,551.1 and 1,833.1; 186 of 1,826 days lie after 28 June 2021.
@pytest.mark.parametrize(
    ("claim", "verdict", "found"),
    [
        ("recorded", "holds", {"recorded": 268, "counts": (101, 12, 21)}),
        ("unsupported_suspect_known", "holds", {"low": 101, "high": 101, "recorded": 268}),
        ("unsupported_no_suspect", "holds", {"low": 12, "high": 12, "recorded": 268}),
        ("unsupported_all", "holds with a caveat", {"low": 113, "high": 113, "recorded": 268}),
        ("charged_gwent", "holds", {"low": 21, "high": 21, "recorded": 268}),
        (
            "charged_national",
            "cannot be checked from published figures",
            {"low": 1552, "high": 1833, "recorded": 28_201},
        ),
        ("comparison", "does not follow", {"verdict": "not distinguishable"}),
        (
            "reports_up",
            "cannot be checked from published figures",
            {"forces": 38, "printed": (PrintedRise("Hertfordshire", 70, 95), PrintedRise("Lancashire", 199, 366))},
        ),
        ("maximum_sentence", "holds", {"most_years": 2}),
        ("threats_included", "holds with a caveat", {"in_force": "2021-06-29", "share": pytest.approx(186 / 1826)}),
        ("partners", "cannot be checked from published figures", {}),
        ("true_prevalence", "cannot be checked from published figures", {}),
        ("anonymity", "cannot be checked from published figures", {}),
    ],
)
def test_verdict_and_the_figure_behind_it(claims, claim, verdict, found):
    assert claims[claim].verdict == verdict
    assert {name: getattr(claims[claim].found, name) for name in found} == found


def test_the_comparison(claims):
    # reference/v2_midp_one_sample.csv and v2_midp_interval.csv: p at 5.5% and 7.0%, and the break-even rate.
    found = claims["comparison"].found
    assert (found.p_low, found.p_high) == pytest.approx((0.10801550393855347, 0.578), abs=0.0005)
    assert found.break_even_low == pytest.approx(0.050473270100848844)


def test_every_claim_that_cannot_be_checked_says_what_it_needs(claims):
    assert all(claim.needed for claim in claims.values() if claim.verdict.startswith(("cannot", "does not")))


def test_verdicts_are_counted(checked):
    assert list(count_verdicts(checked).values()) == [5, 2, 1, 5]


@pytest.mark.parametrize(
    ("claim", "change", "verdict"),
    [
        ("recorded", {"number": 269}, "does not follow"),
        ("unsupported_suspect_known", {"percent": "37.6"}, "does not follow"),
        ("unsupported_suspect_known", {"percent": "37.3"}, "does not follow"),
        ("unsupported_suspect_known", {"fraction": "1/3"}, "does not follow"),
        ("unsupported_suspect_known", {"fraction": "3/8"}, "does not follow"),
        ("unsupported_all", {"percent": "43"}, "does not follow"),
        ("charged_gwent", {"percent": "7.9"}, "does not follow"),
        ("maximum_sentence", {"number": 3}, "does not follow"),
        ("maximum_sentence", {"window_end": "2024-05-31"}, "does not follow"),
        ("threats_included", {"window_start": "2021-07-01"}, "holds"),
        ("threats_included", {"window_end": "2020-12-31"}, "does not follow"),
    ],
)
def test_another_claim_gets_another_verdict(claim, change, verdict):
    row = next(row for row in read_table("article_claims.csv") if row["id"] == claim)
    changed = Row(row.place, row.values | change)
    assert article.CHECKS[row["check"]](changed)[0] == verdict


def test_the_comparison_holds_only_for_a_higher_rate_and_the_same_window(monkeypatch):
    row = next(row for row in read_table("article_claims.csv") if row["check"] == "comparison")
    answer = article.answer_force("radar-2022", "8/71", "charged", "Gwent")
    higher = changed(answer, verdict="higher")
    monkeypatch.setattr(article, "answer_force", lambda *_: higher)
    assert article.CHECKS["comparison"](row)[0] == "holds with a caveat"
    monkeypatch.setattr(article, "answer_force", lambda *_: changed(higher, window=answer.about.national_window))
    assert article.CHECKS["comparison"](row)[0] == "holds"


def test_what_contradicts_what_in_the_other_stories(stories):
    # 38 of 433 is 8.8%; 667 of 2,575 is 25.9%; 855 + 2,575 = 3,430; 10,044 of 28,201 is 35.6%.
    wrong = {
        (pair.area, pair.source, pair.percent): (pair.expected, pair.fits, pair.verdict)
        for pair in stories.pairs
        if pair.contradicts
    }
    assert wrong == {
        ("Cleveland", "Hartlepool Mail", "8.1"): (38, (35, 35), "contradicts itself"),
        ("West Midlands", "Express & Star", "38.8"): (667, (998, 1000), "contradicts itself"),
        ("Staffordshire and West Midlands", "Express & Star", None): (3430, None, "contradicts itself"),
        ("England and Wales", "Lancashire Telegraph", "35"): (10_044, (9730, 10_011), "contradicts the other copies"),
        ("England and Wales", "Sussex Express", "30"): (10_044, (8320, 8601), "contradicts the other copies"),
    }


def test_a_floor_that_is_the_share_rounded_down_agrees(stories):
    assert [pair.source for pair in stories.pairs if pair.verdict == "agrees, rounded down"] == ["NationalWorld"]


def test_every_contradiction_is_marked_and_every_mark_is_shown(stories):
    shown = {row.reason for row in (*stories.pairs, *stories.windows)} - {None}
    marked = {row["reason"] for row in read_table("counts/radar-2022.csv")} - {None}
    assert shown == marked
    # The sum of the two forces is marked where it was printed for one of them.
    unmarked = [pair.area for pair in stories.pairs if pair.contradicts and not pair.reason]
    assert unmarked == ["Staffordshire and West Midlands"]


def test_windows_that_do_not_match(stories):
    marked = {row.force: round(row.years, 1) for row in stories.windows if row.reason}
    assert marked == {
        "Sussex": 6.0,
        "South Yorkshire": 4.0,
        "Northumbria": 6.8,
        "Lancashire": 4.0,
        "West Midlands": 6.8,
    }


def test_the_paragraph_says_what_a_careful_analyst_would_write(checked):
    text = repr(words.paragraph(checked))
    for part in (
        "at least 21",
        "7.8%",
        "5.2% to 11.7%",
        "do not show",
        "Nor do they show",
        "113",
        "42.2%",
        "41.7%",
        "5.04%",
    ):
        assert part in text
    assert "no difference" not in text
    assert "dropped" not in text


def test_tables_have_a_row_for_every_claim_and_pair(checked, stories):
    assert [row[-1] for row in words.claims_table(checked).rows] == [claim.verdict for claim in checked.claims]
    assert len(story_words.pairs_table(stories).rows) == len(stories.pairs)
    assert story_words.pairs_table(stories).rows[0][-1] == "contradicts itself"
    assert len(story_words.windows_table(stories).rows) == 8
