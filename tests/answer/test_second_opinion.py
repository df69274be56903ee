"""statsmodels gives the numbers of the reports, where its calls are given the right arguments."""

import pytest

from analysis.answer.second_opinion import second_opinion


@pytest.mark.parametrize("row", second_opinion(), ids=lambda row: row["what"].replace("–", "-"))
def test_statsmodels_agrees(row):
    # Its random effects stop at 1e-5 of their equation, and its ratio interval at 1e-8: everything else is exact.
    loose = "combine_effects" in row["call"] or '"ratio"' in row["call"]
    assert row["ours"] == pytest.approx(row["theirs"], rel=1e-6 if loose else 1e-12)
