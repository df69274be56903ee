import numpy as np
import pytest
from numpy.testing import assert_allclose
from reference_tables import column, rows

from analysis.errors import InputError
from analysis.statistics.judgement import judge_forces
from analysis.statistics.mid_p import mid_p_against_rest
from analysis.statistics.open_cases import count_closed, screen_open_cases

OPEN_CASES = rows("v2_open_cases")
STUDIES = sorted({row["study"] for row in OPEN_CASES})
AMONG = {"unusually high": "higher", "unusually low": "lower", "too few to judge": "too few", "takes no part": None}


def study(name):
    table = [row for row in OPEN_CASES if row["study"] == name]
    return table, judge_forces(column(table, "k"), column(table, "k"), column(table, "n"), column(table, "open"))


def numbers(table, name):
    return np.array([row[name] if row[name] != "" else np.nan for row in table])


@pytest.mark.parametrize("name", STUDIES)
def test_numbers_of_both_readings(name):
    table, found = study(name)
    closed, among = found.as_closed, found.as_closed.among
    largest = np.where(found.exact, closed.rest.p, found.p_range.high)
    # Of a screened force the table gives the smallest and the largest p over its counts; one is no normal float.
    assert_allclose(found.p_range.low, numbers(table, "p_rest_never"), rtol=1e-8, atol=1e-300)
    assert_allclose(largest, numbers(table, "p_rest_as_closed"), rtol=1e-8)
    assert_allclose(found.never.holm, numbers(table, "holm_never"), rtol=1e-8)
    assert_allclose(closed.holm, numbers(table, "holm_as_closed"), rtol=1e-8)
    assert_allclose(found.never.among.p, numbers(table, "p_among_never"), atol=1e-9)
    assert_allclose(among.p, numbers(table, "p_among_as_closed"), atol=1e-9)
    assert_allclose(found.never.among.benjamini_hochberg, numbers(table, "bh_never"), atol=1e-9)
    assert_allclose(among.benjamini_hochberg, numbers(table, "bh_as_closed"), atol=1e-9)


@pytest.mark.parametrize("name", STUDIES)
def test_words_of_both_readings(name):
    table, found = study(name)
    for i, row in enumerate(table):
        assert found.screened[i] == (row["screened"] == "yes")
        assert found.rest_verdict[i] == row["verdict_rest"]
        assert found.among_verdict[i] == AMONG.get(row["verdict_among"], row["verdict_among"])
        assert found.named[i] == (row["named_in_headline"] == "yes")
        if not found.screened[i]:
            assert found.never.rest_verdict[i] == row["verdict_never"]
            assert found.as_closed.rest_verdict[i] == row["verdict_as_closed"]


def test_the_screen_needs_all_three():
    # One fifth, three times the share of all and ten cases, each missed by one crime.
    n, u = [100, 100, 99, 45, 10_000], [20, 21, 21, 9, 10]
    assert screen_open_cases(n, u).tolist() == [False, True, True, False, False]
    assert screen_open_cases([100, 1000], [30, 300]).tolist() == [False, False]
    assert screen_open_cases([100, 10_000, 50], [np.nan, 10, 20]).tolist() == [False, False, True]


def test_a_screened_force_takes_no_part():
    k, n, u = np.full(13, 30), np.full(13, 1000), np.full(13, 10)
    k[0], u[0] = 5, 900
    found = judge_forces(k, k, n, u)
    assert (found.never.charged, found.never.recorded) == (360, 12_000)
    assert (found.low[0], found.high[0]) == (5, 905)
    assert np.isnan(found.never.rest.p[0])
    assert np.isnan(found.never.among.p[0])
    assert found.among_verdict[0] is None
    every = mid_p_against_rest(np.arange(5, 906), 1000, 360, 12_000).p
    assert (found.p_range.low[0], found.p_range.high[0]) == (every.min(), every.max())
    assert found.rest_verdict[0] == "depends on the open cases"


def test_a_screened_force_whose_count_is_a_range_too_has_no_more_than_are_recorded():
    # 0 to 10 of 20 with 15 open: of the 5 closed at most 5, and with the open ones at most 20.
    found = judge_forces([0, 3, 4, 5], [10, 3, 4, 5], [20, 30, 30, 300], [15, 0, 0, 3])
    assert (found.screened[0], found.low[0], found.high[0]) == (True, 0, 20)
    assert found.rest_verdict[0] == "depends on the open cases"


def test_a_screened_force_whose_every_count_agrees_has_its_word():
    k, n, u = np.full(13, 30), np.full(13, 1000), np.full(13, 10)
    k[0], u[0] = 600, 390
    assert judge_forces(k, k, n, u).rest_verdict[0] == "higher"


def test_a_count_that_is_a_range_is_compared_with_the_exact_forces():
    k, n = np.full(13, 30), np.full(13, 1000)
    high = k.copy()
    high[0] = 60
    found = judge_forces(k, high, n)
    assert (found.rest_verdict[0], found.among_verdict[0]) == ("depends", None)
    assert found.never.recorded == 12_000
    assert found.as_closed is found.never


def test_without_open_numbers_there_is_one_reading():
    k, n = np.arange(30, 43), np.full(13, 1000)
    found = judge_forces(k, k, n)
    assert not found.screened.any()
    assert found.rest_verdict.tolist() == found.never.rest_verdict.tolist()
    assert found.among_verdict.tolist() == found.never.among.verdict.tolist()


def test_a_force_whose_open_number_is_unknown_keeps_the_counts_so_far():
    k, n, u = np.arange(30.0, 43), np.full(13, 1000.0), np.full(13, 50.0)
    k[0], u[0] = 90, np.nan
    found = judge_forces(k, k, n, u)
    assert found.rest_verdict[0] == "higher"
    assert found.as_closed.rest_verdict[0] is None
    assert found.among_verdict[0] == found.never.among.verdict[0] == "higher"


def test_unknown_stays_unknown():
    found = judge_forces([np.nan, 3, 0], [np.nan, 3, 0], [10, 20, 0], [0, 1, 0])
    assert found.rest_verdict.tolist() == [None, None, None]
    assert np.isnan(found.p_range.low).all()
    assert judge_forces([], [], []).rest_verdict.size == 0


def test_more_charged_and_open_than_recorded_is_refused():
    with pytest.raises(InputError, match="5 of 10 are charged and 6 open"):
        judge_forces([5], [5], [10], [6])
    assert count_closed(4, 10, 6) == 4


def test_many_studies_at_once_are_as_each_alone():
    # Of unequal length, so that the shorter are filled up with forces of which nothing is known.
    alone = [study(name) for name in STUDIES]
    alone[0] = alone[0][0][:30], judge_forces(*(column(alone[0][0], name)[:30] for name in ("k", "k", "n", "open")))
    most = max(len(table) for table, _ in alone)
    k, n, u = (
        np.array(
            [
                np.pad(column(table, name).astype(float), (0, most - len(table)), constant_values=np.nan)
                for table, _ in alone
            ]
        )
        for name in ("k", "n", "open")
    )
    found = judge_forces(k, k, n, u)
    for page, (table, each) in enumerate(alone):
        here = page, slice(len(table))
        assert (found.rest_verdict[here] == each.rest_verdict).all()
        assert (found.among_verdict[here] == each.among_verdict).all()
        assert (found.named[here] == each.named).all()
        assert_allclose(found.p_range.high[here], each.p_range.high, rtol=1e-12)
        for reading, own in ((found.never, each.never), (found.as_closed, each.as_closed)):
            assert (reading.charged[page], reading.recorded[page]) == (own.charged, own.recorded)
            assert_allclose(reading.holm[here], own.holm, rtol=1e-12)
            assert_allclose(reading.among.p[here], own.among.p, atol=1e-10)
            assert_allclose(reading.among.benjamini_hochberg[here], own.among.benjamini_hochberg, atol=1e-10)


def test_a_study_without_open_cases_has_one_reading_among_others_too():
    k, n = [[3, 9, 5, 8]] * 2, [[40, 60, 50, 70]] * 2
    found = judge_forces(k, k, n, [[0, 0, 0, np.nan], [4, 0, 0, np.nan]])
    assert found.never.recorded.tolist() == [220, 220]
    # The second loses four open cases and the force whose open cases are unknown.
    assert found.as_closed.recorded.tolist() == [220, 146]


def test_a_force_that_only_the_counts_so_far_can_judge_is_too_few():
    # Of 12 forces three give no number of open cases, so by the closed cases nine remain and nobody can be judged.
    counts, still_open = np.arange(100, 112), [np.nan] * 3 + [20.0] * 9
    found = judge_forces(counts, counts, np.full(12, 2000), still_open)
    assert found.never.among.judged.all()
    assert found.among_verdict.tolist() == ["not unusual"] * 3 + ["too few"] * 9
    assert not found.named.any()
