"""The door for Python: any institutions of a data frame, compared as `compare FILE` compares forces."""

import os
import subprocess
import sys

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import analysis
import charge_rates
from analysis import InputError, Vocabulary, compare
from analysis.answer import compare_file, compare_study
from analysis.counts.studies import read_study

# Deaths after heart operations on babies in 12 hospitals: Spiegelhalter, Thomas, Best and Gilks, BUGS Examples Volume 1
# (1996), "Surgical: institutional ranking".
HEARTS = pd.DataFrame(
    {
        "hospital": list("ABCDEFGHIJKL"),
        "operations": [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360],
        "deaths": [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24],
    }
)
COLUMNS = {"force": "hospital", "charged": "deaths", "recorded": "operations"}
POLICE_WORDS = ("force", "crime", "police", "charge")


def hearts(**changes):
    return compare(HEARTS.assign(**changes), **COLUMNS)


def texts(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_the_numbers_are_those_of_the_same_file(tmp_path):
    HEARTS.rename(columns={"hospital": "force", "operations": "recorded", "deaths": "charged"}).to_csv(
        tmp_path / "hearts.csv", index=False
    )
    rows = compare_file(str(tmp_path / "hearts.csv")).forces
    table = hearts().table
    assert table.index.tolist() == [row.force for row in rows]
    assert table.index.name == "hospital"
    assert table[["rate_low", "wilson_low", "wilson_high", "rest_p_low", "among_p"]].to_numpy().tolist() == [
        [row.rate.low, *row.wilson, row.p_range[0], row.among_forces.p] for row in rows
    ]
    assert list(zip(table["verdict_rest"], table["verdict_among"], strict=True)) == [
        (row.verdict.rest, row.verdict.among_forces) for row in rows
    ]


def test_forces_get_the_verdicts_of_their_study():
    published = read_study("home-office-2018-19/8R/charged").forces
    published = published[published["count_low"].notna() & (published["recorded"] > 0)]
    frame = published.rename(columns={"count_low": "charged"})[["force", "charged", "recorded", "open"]]
    found = compare(frame, open="open")
    verdicts = {
        row.force: (row.verdict.rest, row.verdict.among_forces)
        for row in compare_study("home-office-2018-19/8R/charged").forces
    }
    assert {one.name: (one.verdict_rest, one.verdict_among) for one in found.institutions} == {
        name: verdicts[name] for name in frame["force"]
    }
    assert (found.together.count, found.together.different) == (4873, 21)


def test_together_is_the_sum_of_the_exact_counts():
    together = hearts(deaths=[None, *HEARTS["deaths"][1:]]).together
    assert (together.institutions, together.count, together.recorded) == (11, 208, 2814 - 47)


def test_the_table_is_a_copy_with_a_type_for_each_column():
    found = hearts()
    table = found.table
    table.loc["A", "recorded"] = 1
    assert found.table.loc["A", "recorded"] == 47
    assert {"count_low": "Int64", "rate_low": "Float64", "verdict_rest": "string", "is_named": "boolean"}.items() <= {
        name: str(kind) for name, kind in found.table.dtypes.items()
    }.items()
    with pytest.raises(AttributeError):
        found.words = None


def test_sentences_are_in_the_words_of_the_columns():
    found = hearts()
    assert found.sentence("h") == (
        "H: 31 of 215 operations had the outcome “deaths”, 14.4% (95% interval 10.3% to 19.7%). It lies high among "
        "hospitals (outside the 95% limits, p = 0.041); with chance over all 11 that can be judged allowed for, it is "
        "not shown to be unusual. Compared with the other hospitals together its rate is higher (p = 0.00021); 6 of "
        "the 12 hospitals differ in this sense, which allows for chance alone."
    )
    few = "The operations are too few, or too alike, to judge whether it is unusual among hospitals."
    assert few in found.sentence("A")


def test_a_name_that_is_not_there_is_offered_a_near_one():
    found = compare(HEARTS.assign(hospital=[f"Ward {name}" for name in "ABCDEFGHIJKL"]), **COLUMNS)
    with pytest.raises(InputError, match="there is no hospital 'Wart B' here; did you mean 'Ward B'"):
        found.sentence("Wart B")


@pytest.mark.parametrize("rows", [12, 4])
def test_the_figure_has_no_word_of_the_police(rows):
    found = compare(HEARTS.head(rows), **COLUMNS)
    figure = found.figure()
    assert isinstance(figure, Figure)
    shown = " ".join([*texts(figure), repr(found.picture())]).casefold()
    assert "operations with the outcome “deaths”" in shown
    assert not [word for word in POLICE_WORDS if word in shown]
    assert figure.get_figwidth() > 4 or rows == 4


def test_words_can_be_replaced():
    words = Vocabulary("court", "courts", "trials", "acquitted", "held")
    found = compare(HEARTS, **COLUMNS, words=words)
    shown = texts(found.figure())
    assert "held trials with the outcome “acquitted”" in shown
    assert "trials held (logarithmic scale)" in shown
    assert "unusual among courts" in shown
    assert "of 215 trials held had the outcome “acquitted”" in found.sentence("H")


def test_columns_called_by_their_defaults_are_the_polices():
    frame = HEARTS.rename(columns={"hospital": "force", "operations": "recorded", "deaths": "charged"})
    assert "31 of 215 crimes recorded had the outcome “charged”" in compare(frame).sentence("H")


def test_a_count_of_which_nothing_is_known_does_not_flatten_the_figure():
    figure = hearts(deaths=[*HEARTS["deaths"][:11], None]).figure()
    assert figure.axes[0].get_ylim()[1] < 30


def test_where_nothing_is_known_there_is_nothing_to_draw():
    with pytest.raises(InputError, match="no hospital has a known rate, so there is nothing to draw"):
        hearts(operations=None).figure()


def test_the_package_has_one_compare_under_both_its_names():
    assert charge_rates.compare is analysis.compare is compare
    assert charge_rates.__all__ == analysis.__all__
    assert all(hasattr(analysis, name) for name in analysis.__all__)
    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'compared'"):
        _ = analysis.compared


def python(code, folder, **variables):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | variables, capture_output=True, text=True
    )


def test_a_file_called_analysis_does_not_lie_in_the_way(tmp_path):
    (tmp_path / "analysis.py").write_text("raise SystemExit('the wrong one')")
    assert python("from analysis import compare", tmp_path).stderr == "the wrong one\n"
    run = python("from charge_rates import compare; print(compare.__module__)", tmp_path)
    assert (run.stdout, run.stderr) == ("analysis.own_table\n", "")


def test_another_module_of_that_name_that_is_loaded_already_is_named(tmp_path):
    (tmp_path / "analysis.py").write_text("")
    run = python("import analysis; from charge_rates import compare", tmp_path)
    assert "ImportError: another module called analysis is loaded already" in run.stderr


def test_the_package_is_imported_without_what_it_offers():
    code = (
        "import sys; import analysis, charge_rates; "
        "print([name for name in ('pandas', 'numpy', 'matplotlib', 'scipy') if name in sys.modules])"
    )
    assert python(code, ".").stdout == "[]\n"
