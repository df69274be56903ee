"""What must hold of every answer: its sentence agrees with its numbers, and its fields keep their types."""

import json
import math
import re
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answer import answer_force, estimate
from analysis.answer.comparisons import compare_forces
from analysis.counts.studies import read_study, study_ids
from analysis.presentation.count_sentences import turning_sentence
from analysis.presentation.force_sentences import force_sentences
from analysis.presentation.report_tables import force_rows
from analysis.results.compared_forces import Verdicts
from analysis.results.json_form import as_json

NEVER = re.compile(
    r"no difference|the same as|identical|equal to|withdrew|dropped|\bNone\b(?! of)|\bnan\b|\binf\b|--|\s\s|\.\."
)
PERCENT = r"(?:(?:below|above) )?([\d.]+)%"
VERDICTS = {
    "higher": r"; that is higher than ",
    "lower": r"; that is lower than ",
    "depends": r"; whether it differs from .* depends on which of the possible figures is right",
    "not distinguishable": r"; that is not distinguishable from .*, which does not show that the two are the same\.$",
}
rates = st.floats(0.001, 0.999)


@st.composite
def counts(draw, most=3000, exact=False):
    recorded = draw(st.integers(1, most))
    low = draw(st.integers(0, recorded))
    return low, low if exact else draw(st.integers(low, recorded)), recorded


@st.composite
def comparisons(draw):
    """The arguments of one estimate with something to compare with."""
    low, high, recorded = draw(counts())
    kind = draw(st.sampled_from(["national", "rest", "country"]))
    if kind == "national":
        return (low, high, recorded), {"national": tuple(sorted([draw(rates), draw(rates)]))}
    rest_recorded = draw(st.integers(0, 50_000))
    rest = draw(st.integers(0, rest_recorded))
    if kind == "rest":
        return (low, high, recorded), {"rest": (rest, rest_recorded)}
    return (low, high, recorded), {"country": (rest + high, rest_recorded + recorded + high - low)}


def same(one, other):
    """Whether two numbers are the same but for rounding, or both unknown."""
    return one == other if None in (one, other) else math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def printed_as(text, rate):
    """Whether a percentage is the rate rounded to the decimals that it is printed with."""
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return abs(Fraction(text) - 100 * Fraction(rate)) <= half + Fraction(1, 10**9)


@given(comparisons(), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_sentence_agrees_with_its_numbers(case, confidence):
    count, other = case
    answer = estimate(*count, **other, confidence=confidence)
    sentence, verdict = answer.sentence, answer.verdict
    assert not NEVER.search(sentence), sentence
    if verdict is None:
        assert sentence.endswith("; there are no other crimes to compare it with.")
        return
    assert [word for word, pattern in VERDICTS.items() if re.search(pattern, sentence)] == [verdict]
    interval = re.search(rf"\({100 * confidence:g}% interval {PERCENT} to {PERCENT}\)", sentence)
    for text, limit in zip(interval.groups(), answer.intervals.wilson, strict=True):
        assert printed_as(text, limit)
    own = re.search(rf" is {PERCENT}(?: to {PERCENT})? \(", sentence)
    assert printed_as(own[1], answer.rate.low)
    assert printed_as(own[2] or own[1], answer.rate.high)
    # What is called different is so for every possible p, and what is not, for none.
    smallest, largest = answer.comparison.tests.mid_p.p
    if verdict in ("higher", "lower"):
        assert largest < 1 - confidence
    if verdict == "not distinguishable":
        assert smallest >= 1 - confidence


@given(comparisons())
def test_fields_keep_their_types_and_survive_json(case):
    count, other = case
    answer = estimate(*count, **other)
    assert json.loads(json.dumps(as_json(answer), allow_nan=False)) == as_json(answer)
    low, high = answer.count.low, answer.count.high
    assert all(type(value) is int for value in (low, high, answer.recorded))
    parts = as_json(answer)
    for part in filter(None, map(parts.get, ("rate", "national", "break_even", "difference"))):
        assert all(value is None or type(value) is float for value in part.values())
    assert all(value is None or type(value) is int for value in parts.get("charges_to_turn", {}).values())
    assert (answer.comparison.tests.score.z is None) or low == high


@given(counts(most=400), rates, st.data())
def test_open_crimes_are_a_range_of_counts(count, rate, data):
    low, high, recorded = count
    still_open = data.draw(st.integers(0, recorded - high))
    carried = estimate(low, high, recorded, still_open=still_open, national=(rate, rate))
    plain = estimate(low, high + still_open, recorded, national=(rate, rate))
    assert carried == replace(plain, open=still_open)


@given(counts(), st.sampled_from([0.8, 0.95, 0.99]))
def test_what_turns_the_verdict_turns_it(count, confidence):
    low, high, recorded = count
    answer = estimate(low, high, recorded, national=(0.055, 0.065), confidence=confidence)
    for word, step in (("higher", 1), ("lower", -1)):
        turn = getattr(answer.comparison.charges_to_turn, word)
        if turn is not None:
            there = low + step * turn
            assert estimate(there, there, recorded, national=(0.055, 0.065), confidence=confidence).verdict == word
        if turn:
            before = low + step * (turn - 1)
            assert estimate(before, before, recorded, national=(0.055, 0.065), confidence=confidence).verdict != word
    assert not NEVER.search(turning_sentence(answer))


@st.composite
def tables(draw):
    rows = draw(
        st.lists(st.one_of(counts(most=300), st.just((None, None, None)), st.just((None, None, 0))), max_size=14)
    )
    return pd.DataFrame(
        {
            "force": [f"force {place}" for place in range(len(rows))],
            **{
                column: pd.array([row[place] for row in rows], dtype="Int64")
                for place, column in enumerate(("count_low", "count_high", "recorded"))
            },
            "open": pd.array([None] * len(rows), dtype="Int64"),
            "why_unknown": [None] * len(rows),
        }
    )


@given(tables(), st.sampled_from([0.8, 0.95]))
def test_many_forces_say_of_each_what_one_alone_says(table, confidence):
    rows = compare_forces(table, confidence=confidence).forces
    exact = [row for row in rows if row.recorded and row.count.low == row.count.high]
    for row in rows:
        if not row.recorded or row.count.low is None:
            assert row.verdict == Verdicts(None, None)
            continue
        others = [other for other in exact if other is not row]
        rest = sum(other.count.low for other in others), sum(other.recorded for other in others)
        alone = estimate(row.count.low, row.count.high, row.recorded, rest=rest, confidence=confidence)
        assert row.verdict.rest == alone.verdict
        assert all(map(same, row.p_range, alone.comparison.tests.mid_p.p))
        assert row.wilson == alone.intervals.wilson
        assert (row.funnel is None) or row in exact


@given(tables())
def test_the_order_of_the_rows_decides_nothing(table):
    forward, backward = compare_forces(table), compare_forces(table.iloc[::-1].reset_index(drop=True))
    assert all(map(same, *(as_json(found.country).values() for found in (forward, backward))))
    for one, other in zip(forward.forces, reversed(backward.forces), strict=True):
        assert one.force == other.force
        assert one.verdict == other.verdict
        assert same(one.rest.p_holm, other.rest.p_holm)


def mirrored(table):
    """The same crimes, counted by not having the outcome."""
    other = table.copy()
    other["count_low"], other["count_high"] = (table["recorded"] - table[end] for end in ("count_high", "count_low"))
    return other


@given(tables())
def test_counting_the_other_crimes_mirrors_every_verdict(table):
    turned = {"higher": "lower", "lower": "higher"}
    one, other = compare_forces(table), compare_forces(mirrored(table))
    for row, mirror in zip(one.forces, other.forces, strict=True):
        assert as_json(mirror.verdict) == {name: turned.get(word, word) for name, word in as_json(row.verdict).items()}
        if None not in row.wilson:
            assert row.wilson == pytest.approx([1 - limit for limit in reversed(mirror.wilson)])
    few = [
        [row["among forces"] == "too few crimes to judge" for row in force_rows(country.forces)]
        for country in (one, other)
    ]
    assert few[0] == few[1]


@pytest.mark.parametrize("study", study_ids("home-office-2018-19")[5::120])
def test_every_page_agrees_with_its_numbers(study):
    found = read_study(study)
    for force in found.reportable_forces()[::5]:
        answer = answer_force(found.release, found.offence, found.outcome, force)
        text = " ".join(force_sentences(answer))
        assert not NEVER.search(text), text
        row = answer.row
        side = {"higher": "high", "lower": "low"}.get(row.verdict.among_forces)
        assert (" is unusually " in text) == (side is not None)
        assert side is None or f" is unusually {side} among forces" in text
        assert (" is not unusual among forces" in text) == (row.verdict.among_forces == "not unusual")
        verdict = row.verdict.rest
        if verdict in ("higher", "lower"):
            assert f"its rate is {verdict}; " in text
        assert ("not distinguishable from the other" in text) == (verdict == "not distinguishable")
        assert ("depends on how the open cases end" in text) == (verdict == "depends on the open cases")
        assert same(row.rest.p, answer.comparison.tests.score.p[0])
