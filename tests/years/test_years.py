"""A force over years: the series, the trend, what the open cases can make of it, the breaks, the notebook."""

import json
from pathlib import Path

import papermill
import pytest

from analysis.counts.importing import import_replies
from analysis.counts.series import find_breaks, find_series
from analysis.errors import InputError
from analysis.presentation import years as presentation
from analysis.years import answer_years
from official_years import FLEISS, SERIES

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05-years.ipynb"


def ask(series=SERIES, force="Gwent", **options):
    return answer_years(series, "8R", "charged", force, **options)


def test_the_trend_is_the_published_one(fleiss):
    answer = ask()
    assert [(year["count"]["low"], year["recorded"]) for year in answer["years"]] == FLEISS
    trend = answer["trend"]
    assert trend["z"] ** 2 == pytest.approx(8.2249, abs=5e-5)
    assert trend["z"] < 0
    assert trend["p"] == pytest.approx(0.004132, abs=5e-7)
    assert (trend["years"], trend["so_far"], trend["verdict"]) == (4, "falls", "falls")
    assert answer["trend_others"]["verdict"] == "no trend shown"
    assert "falls over the years" in repr(presentation.finding(answer))
    assert "(Cochran–Armitage test over 4 years, p = 0.004, and the open cases cannot" in repr(
        presentation.finding(answer)
    )


def test_ids_joined_by_commas_are_the_same_series_in_any_order(fleiss):
    names = ",".join(f"home-office-{year}" for year in ("2022-23", "2020-21", "2019-20", "2021-22"))
    assert ask(names)["trend"] == ask()["trend"]


def test_open_cases_that_could_turn_the_trend_make_it_depend(write_year):
    for start, (charged, recorded) in enumerate(FLEISS[:3], start=2019):
        write_year(start, charged, recorded)
    write_year(2022, 70, 82, still_open=12)
    answer = ask()
    # 82 of 82 in the last year would be no fall.
    assert (answer["trend"]["so_far"], answer["trend"]["verdict"]) == ("falls", "depends")
    last = answer["years"][-1]
    assert (last["open"], last["open_share"], last["rate_if_open"]) == (12, 12 / 82, 1)
    text = repr(presentation.finding(answer))
    assert "depends on the cases still open" in text
    assert "Recent years are lower bounds" in text


def test_fewer_than_four_years_are_no_trend(write_year):
    for start in (2019, 2020, 2021):
        write_year(start, 20, 100)
    answer = ask("home-office-2019-20..2021-22")
    assert answer["trend"]["why_none"] == "3 of at least 4 years have exact counts"
    assert answer["trend"]["verdict"] is None


def test_fewer_than_ten_with_the_outcome_are_no_trend(write_year):
    for start in (2019, 2020, 2021, 2022):
        write_year(start, 2, 100)
    assert ask()["trend"]["why_none"] == "there are 8 crimes with the outcome, of at least 10"


def test_a_year_without_figures_is_unknown_and_takes_no_part(fleiss):
    answer = ask(force="Essex")
    assert {year["why_unknown"] for year in answer["years"]} == {"the table has no figures of this force"}
    assert answer["trend"]["why_none"] == "0 of at least 4 years have exact counts"
    figure = presentation.years_figure(answer)
    assert "not known" in repr(figure)
    assert figure.svg().count(">not known<") == 4
    assert "the table has no figures of this force" in repr(presentation.year_table(answer))


def test_open_cases_that_reach_far_leave_the_rates_readable(write_year):
    for start, still_open in ((2019, 0), (2020, 10), (2021, 100), (2022, 500)):
        write_year(start, 20, 1000, still_open, kent=(20, 1000))
    svg = presentation.years_figure(ask()).svg()
    assert ">to 52.0%<" in svg
    assert ">to 12.0%<" in svg
    assert svg.count(">to ") == 2  # 3.0% is drawn.
    assert ">40<" not in svg  # No mark of the axis so far up.


def test_a_limit_of_some_years_names_them(write_year):
    write_year(2019, 20, 100)
    limits = ask("home-office-2018-19..2019-20")["about"]["limits"]
    assert "home-office-2018-19: The figures are of the edition of early 2020 and were revised later." in limits
    assert any(one.startswith("An outcome is a police disposal") for one in limits)


def test_breaks_are_named_and_drawn(fleiss):
    answer = ask()
    assert [one["label"] for one in answer["breaks"]] == ["outcome 22, compulsory", "threats added"]
    assert "threats added (2021-06-29)" in repr(presentation.finding(answer))
    assert "threats added on 2021-06-29" in repr(presentation.years_figure(answer))
    assert "2021-04-01" in repr(presentation.breaks_table(answer))
    assert "threats added" in presentation.years_figure(answer).svg()
    labels = [row["label"] for row in find_breaks("8/71", "2015-04-13", "2025-03-31")]
    assert labels == ["outcome 22, voluntary", "outcome 22, compulsory", "threats added", "new offence"]
    assert "threats added" not in [row["label"] for row in find_breaks("28E", "2015-04-13", "2025-03-31")]


def test_known_gaps_of_the_force_are_said(fleiss):
    assert "July 2019 to March 2020" in repr(presentation.finding(ask(force="Greater Manchester")))
    assert ask()["gaps"] == []


def test_a_code_that_changes_its_name_is_said(fleiss, write_year):
    write_year(2023, 20, 100, title="Sending letters")
    text = repr(presentation.finding(ask("home-office-2019-20..2023-24")))
    assert "called differently in different years: malicious communications and sending letters" in text


REFUSED = [
    ("radar-2022,bbc-2016", "figures of different publishers are never put into one series"),
    ("home-office-2018-19,home-office-2018-19", "cover some of the same days"),
    ("home-office-2016-17..2018-19", "run charge-rates fetch 2016/17"),
    ("home-office-2019-20..2018-19", "must run from an earlier year to a later one"),
    ("home-office-1918-19..2018-19", "over at most 30 years"),
    ("home-office-2016..2018", "is not a range of years: write it like home-office-2016-17..2021-22"),
    ("home-office-2018-20..2021-22", "is not a range of years"),
    ("home-office", "there is no release 'home-office'"),
    ("press", "is context and no study may use it"),
]


@pytest.mark.parametrize(("series", "message"), REFUSED, ids=[series for series, _ in REFUSED])
def test_series_that_cannot_be_made(series, message):
    with pytest.raises(InputError, match=message):
        find_series(series)


def test_replies_without_a_window_are_no_part_of_a_series(tmp_path, imported):
    path = tmp_path / "replies.csv"
    path.write_text("force,charged,recorded\nGwent,21,268\n")
    import_replies(path, release="my-foi", offence="8/71", source="own requests")
    with pytest.raises(InputError) as error:
        find_series("my-foi")
    assert str(error.value) == "the release 'my-foi' does not say which period it covers: a series needs that"


def run(folder, **parameters):
    return papermill.execute_notebook(
        NOTEBOOK, folder / "out.ipynb", parameters, cwd=folder, progress_bar=False, kernel_name="python3"
    )


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_on_imported_years(fleiss, tmp_path):
    text = json.dumps(run(tmp_path, releases=SERIES).cells, ensure_ascii=False)
    assert "falls over the years" in text
    assert "home-office-2022-23" in text


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_stops_with_one_sentence(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as stopped:
        run(tmp_path, releases="radar-2022,bbc-2016")
    assert "different publishers" in stopped.value.evalue
    assert len(stopped.value.traceback) == 1
