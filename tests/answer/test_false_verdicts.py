"""How often verdicts are false, against exact sizes and simulations made outside the project."""

import pytest

from analysis.answer.false_verdicts import find_test_sizes, simulate_pages
from analysis.presentation import false_verdict_words

# Printed with the calibration of the methods, in per cent: mid-P "higher", mean and worst; score, worst.
PRINTED = {
    5: (1.8, 4.9, 16.8),
    20: (2.2, 4.5, 10.1),
    100: (2.4, 3.6, 7.9),
    268: (2.5, 3.4, 5.4),
    1000: (2.5, 3.1, 3.7),
}


@pytest.fixture(scope="module")
def sizes():
    return find_test_sizes()


def test_sizes_are_those_of_the_calibration(sizes):
    for size in sizes:
        mean, worst, score = PRINTED[size.recorded]
        assert 100 * size.mid_p_mean == pytest.approx(mean, abs=0.1)
        # The worst rate lies between two of those looked at.
        assert worst - 0.3 < 100 * size.mid_p_worst < worst + 0.1
        assert score - 0.6 < 100 * size.score_worst < score + 0.1


def test_pages_of_ordinary_forces():
    # 8,000 pages of 8R: 5.0% outside, 2.5% of pages name one; a force 3 deviations low is found on 71% of pages, by
    # symmetric limits on 29%. Of 50 pages and 43 forces the standard errors are 0.5, 2.2, 6.4 and 6.4 points.
    found = simulate_pages()
    skewed, symmetric = found.limits
    assert skewed.outside == pytest.approx(0.05, abs=0.02)
    assert symmetric.outside < 0.06
    assert skewed.low_found == pytest.approx(0.71, abs=0.20)
    assert symmetric.low_found < skewed.low_found - 0.2
    assert found.named <= 4
    assert simulate_pages(3) == simulate_pages(3)
    # Wilson's interval of 34 and of 15 in 50, by hand from the formula.
    assert (round(50 * skewed.low_found), round(50 * symmetric.low_found)) == (34, 15)
    assert skewed.low_found_interval == pytest.approx((0.5419, 0.7924), abs=5e-5)
    assert symmetric.low_found_interval == pytest.approx((0.1910, 0.4375), abs=5e-5)
    said = repr(false_verdict_words.pages_words(found))
    assert "68% (54% to 79%) of pages by the one and on 30% (19% to 44%) by the other" in said
    assert f"{found.named} of these 50 pages (95% interval 0% to 7%)" in said
    assert len(false_verdict_words.pages_table(found).rows) == 2


def test_words_say_what_the_score_test_promises_and_gives(sizes):
    said = repr(false_verdict_words.sizes_words(sizes))
    assert "With 5 crimes the score test does so up to 16" in said
    assert "breaks it at the worst ones, by less the more crimes: up to 3.1% with 1,000" in said
    assert "not far" not in said
    assert len(false_verdict_words.sizes_table(sizes).rows) == 5
