import numpy as np
import pytest

from analysis.statistics.verdicts import over_readings, over_years, unusual, verdicts


def test_each_comparison_has_its_word():
    words = verdicts([2, -2, 1, 3], [0.01, 0.0, 0.051, np.nan])
    assert words.tolist() == ["higher", "lower", "not distinguishable", None]


@pytest.mark.parametrize(("confidence", "level"), [(0.95, 0.05), (0.99, 0.01), (0.9, 0.1), (0.998, 0.002)])
def test_a_p_at_the_level_itself_is_not_below_it(confidence, level):
    # 1 - 0.95 is above 0.05 in floats, and a p of exactly 1/20 may come out as 0.0499999999999999.
    at = [level, level * (1 - 2e-15), level * (1 - 1e-6)]
    words = verdicts([1, -1, 1], at, confidence=confidence).tolist()
    assert words == ["not distinguishable", "not distinguishable", "higher"]


def test_a_p_at_the_level_but_for_rounding_shows_no_change():
    assert over_years(1, 0.05 * (1 - 1e-14), 0.5) == "no change shown"
    assert over_years(1, 0.5, 0.002 * (1 - 1e-14)) == "no change shown"


def test_unusual_needs_to_be_judged():
    yes, no = np.full(3, True), np.full(3, False)
    assert unusual([1, -1, 1], [0.049, 0.0, 0.05], yes, yes).tolist() == ["higher", "lower", "not unusual"]
    assert unusual([1, -1, 1], [0.049, 0.0, 0.05], no, yes).tolist() == ["too few"] * 3
    assert unusual([1, -1, 1], [0.049, 0.0, 0.05], yes, no).tolist() == [None] * 3


@pytest.mark.parametrize(
    ("never", "as_closed", "word"),
    [
        ("higher", "higher", "higher"),
        ("higher", "lower", "depends on the open cases"),
        ("not unusual", "lower", "depends on the open cases"),
        ("too few", "lower", "too few"),
        ("lower", "too few", "too few"),
        ("lower", None, "depends on the open cases"),
        (None, "higher", None),
        (None, None, None),
    ],
)
def test_a_word_holds_where_both_readings_say_it(never, as_closed, word):
    assert over_readings(np.array([never], object), np.array([as_closed], object)).tolist() == [word]
