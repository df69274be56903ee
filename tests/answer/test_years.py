"""A force over years: the series, the trend, what the open cases can make of it, the breaks, the notebook."""

import csv
import json
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import papermill
import pytest
from scipy.stats import chi2

from analysis.answer.years import answer_years
from analysis.counts.importing import import_replies
from analysis.counts.series import find_breaks, find_series
from analysis.errors import InputError
from analysis.presentation import years as presentation
from analysis.presentation.years_figure import years_figure
from analysis.results.windows import Window
from official_years import FLEISS, SERIES

SHARE = "Gwent's share of crimes with the outcome “Charged or summonsed”"
LOWER_BOUNDS = (
    "Recent years are lower bounds, apart from corrections: more of their cases are open, and rates rise as they close."
)
BROKEN = (
    "The series is broken by “outcome 22, compulsory” (2021-04-01) and “threats added” (2021-06-29): the years on both "
    "sides do not count the same."
)
TRENDS = [
    *("whose rate", "years", "p of the slope", "so far", "if open cases end as the closed", "verdict"),
    "Cochran–Armitage p, beside it",
]
SLOPE = "The slope in a logistic model that allows for scatter between years has, over"
CLOSED = "the verdict is the same if the open cases end as the closed ones did"
SAME = "shows no change over the years, which does not show that it stayed the same"
CHANGES = "changes, but in no one direction"
FEW = "only a very steady change can be shown."
NONE_OPEN = "and none were still open."
REFERENCE = Path(__file__).parents[1] / "reference"
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05-years.ipynb"


def ask(series=SERIES, force="Gwent", **options):
    return answer_years(series, "8R", "charged", force, **options)


def test_the_trend_is_the_published_one(fleiss):
    answer = ask()
    assert [(year.count.low, year.recorded) for year in answer.years] == FLEISS
    trend = answer.trend
    assert trend.z**2 == pytest.approx(8.2249, abs=5e-5)
    assert trend.z < 0
    assert trend.p == pytest.approx(0.004132, abs=5e-7)
    # Newton's steps by hand: slope -0.6316, scale 1.0137, t -2.7458 on 2 degrees of freedom. Cochran-Armitage's p does
    # not allow for the scatter between years, and decides nothing.
    assert (trend.test.slope, trend.test.scale, trend.test.t, trend.test.p) == pytest.approx(
        (-0.63161345, 1.01369534, -2.74579266, 0.11098779), rel=1e-6
    )
    assert (trend.years, trend.so_far, trend.as_closed, trend.verdict) == (4, *["no change shown"] * 3)
    assert answer.trend_others.verdict == "no change shown"
    assert repr(presentation.finding(answer)).split("\n\n") == [
        f"**{SHARE} {SAME}.**",
        f"With 4 years {FEW}",
        f"In April 2019 to March 2020 it was 83 of 86 (96.5%, 95% interval 90.2% to 98.8%), {NONE_OPEN}",
        f"In April 2022 to March 2023 it was 70 of 82 (85.4%, 95% interval 76.1% to 91.4%), {NONE_OPEN}",
        f"The same share of the other forces together {SAME}.",
        "Gwent's trend is not shown to differ from the others'.",
        LOWER_BOUNDS,
        BROKEN,
    ]
    assert repr(presentation.trend_tests(answer)).split("\n\n") == [
        f"{SLOPE} 4 years, p = 0.111; {CLOSED}.",
        "The slope of the other forces together has p = 1.000.",
        "The difference of the two has p = 0.112, a change that all forces share set aside.",
    ]


def test_ids_joined_by_commas_are_the_same_series_in_any_order(fleiss):
    names = ",".join(f"home-office-{year}" for year in ("2022-23", "2020-21", "2019-20", "2021-22"))
    assert ask(names).trend == ask().trend


def test_open_cases_of_a_year_stand_beside_it(write_year):
    for start, (charged, recorded) in enumerate(FLEISS[:3], start=2019):
        write_year(start, charged, recorded)
    write_year(2022, 70, 82, still_open=12)
    answer = ask()
    assert (answer.trend.so_far, answer.trend.as_closed) == ("no change shown", "no change shown")
    last = answer.years[-1]
    assert (last.open, last.open_share, last.rate_if_open) == (12, 12 / 82, 1)
    text = repr(presentation.finding(answer)).split("\n\n")
    assert text[3] == (
        "In April 2022 to March 2023 it was 70 of 82 (85.4%, 95% interval 76.1% to 91.4%), and 14.6% were still open."
    )
    table = presentation.year_table(answer)
    assert table.columns == [
        *("year", "crimes with the outcome", "rate", "95% interval", "still open", "rate if all open cases had it"),
        *("the other forces", "release"),
    ]
    assert table.rows == [
        ("2019/20", "83 of 86", "96.5%", "90.2% to 98.8%", "0 (0.0%)", "96.5%", "50.0%", "home-office-2019-20"),
        ("2020/21", "90 of 93", "96.8%", "90.9% to 98.9%", "0 (0.0%)", "96.8%", "50.0%", "home-office-2020-21"),
        ("2021/22", "129 of 136", "94.9%", "89.8% to 97.5%", "0 (0.0%)", "94.9%", "50.0%", "home-office-2021-22"),
        ("2022/23", "70 of 82", "85.4%", "76.1% to 91.4%", "12 (14.6%)", "100.0%", "50.0%", "home-office-2022-23"),
    ]
    assert presentation.trend_table(answer).columns == TRENDS
    assert presentation.trend_table(answer).rows == [
        ("Gwent", "4", "0.111", *["no change shown"] * 3, "0.004"),
        ("the other forces", "4", "1.000", *["no change shown"] * 3, "1.000"),
    ]
    assert ">to " not in years_figure(answer).svg()  # All 82 of 82 is drawn: the axis ends there.
    assert repr(years_figure(answer)) == (
        "Gwent, “Charged or summonsed”: 2019/20 96.5%, 2020/21 96.8%, 2021/22 94.9% and 2022/23 85.4%, each with its "
        "interval; the pale bar above is what the open cases could add. Marked: outcome 22, compulsory on 2021-04-01 "
        "and threats added on 2021-06-29."
    )


def test_a_share_that_rises_beside_others_without_enough_years(write_year):
    for place, start in enumerate((2019, 2020, 2021, 2022)):
        write_year(start, 20 + 10 * place, 100, kent=None if start == 2020 else (500, 1000))
    answer = ask()
    text = repr(presentation.finding(answer)).split("\n\n")
    # Newton's steps by hand: t 4.6024 on 2 degrees of freedom. Cochran-Armitage: 50 / sqrt(0.35 * 0.65 * 500) = 4.69.
    assert text[0] == f"**{SHARE} rises over the years.**"
    assert repr(presentation.trend_tests(answer)) == f"{SLOPE} 4 years, p = 0.044; {CLOSED}."
    assert text[3] == LOWER_BOUNDS
    assert answer.trend.z == pytest.approx(4.6881, abs=1e-4)
    assert presentation.trend_table(answer).rows == [
        ("Gwent", "4", "0.044", "rises", "rises", "rises", "below 0.0001"),
        ("the other forces", "3", "3 of at least 4 years have exact counts", "—", "—", "—", "not known"),
    ]
    kent = ask(force="Kent")
    assert presentation.year_table(kent).rows[1] == (
        *("2020/21", "the table has no figures of this force", "not known", "not known", "not known", "not known"),
        *("30.0%", "home-office-2020-21"),
    )
    assert presentation.year_table(answer).rows[1][6] == "not known"
    assert repr(presentation.finding(kent)).split("\n\n")[:4] == [
        "**No trend can be told for Kent: 3 of at least 4 years have exact counts.**",
        "In April 2019 to March 2020 it was 500 of 1,000 (50.0%, 95% interval 46.9% to 53.1%), and none were still "
        "open.",
        "In April 2022 to March 2023 it was 500 of 1,000 (50.0%, 95% interval 46.9% to 53.1%), and none were still "
        "open.",
        LOWER_BOUNDS,
    ]


def changed(answer, trend=(), trend_others=()):
    """The answer with some of its parts made up."""
    made_up = {
        "trend": replace(answer.trend, **dict(trend)),
        "trend_others": replace(answer.trend_others, **dict(trend_others)),
    }
    return replace(answer, **made_up)


def test_open_cases_that_are_not_known_are_not_spoken_of(fleiss):
    depends = "depends on the open cases"
    answer = changed(ask(), trend={"open_known": False}, trend_others={"verdict": depends})
    unknown = [replace(year, open=None, open_share=None, rate_if_open=None) for year in answer.years]
    answer = replace(answer, years=unknown, confidence=0.9)
    text = repr(presentation.finding(answer)).split("\n\n")
    assert text[0] == f"**{SHARE} {SAME}.**"
    assert repr(presentation.trend_tests(answer)).startswith(f"{SLOPE} 4 years, p = 0.111.\n")
    assert text[2] == "In April 2019 to March 2020 it was 83 of 86 (96.5%, 90% interval 90.2% to 98.8%)."
    assert text[4] == f"The same share of the other forces together {SAME}; {depends}."
    assert presentation.trend_table(answer).rows[0][4] == "—"
    assert presentation.year_table(answer).columns[3] == "90% interval"
    assert presentation.year_table(answer).rows[0][4:6] == ("not known", "not known")
    no_share = replace(unknown[0], open=1200)
    assert presentation.year_table(replace(answer, years=[no_share])).rows[0][4] == "1,200"


def test_open_cases_that_could_turn_the_verdict_make_it_depend(write_year):
    counts = [(120, 1872, 0), (147, 2687, 0), (68, 918, 176), (40, 896, 0), (162, 2731, 48)]
    for start, (charged, recorded, still_open) in enumerate(counts, start=2019):
        write_year(start, charged, recorded, still_open)
    answer = ask("home-office-2019-20..2023-24")
    # Newton's steps by hand: p 0.773 so far and 0.893 of the closed cases, whose scatter is more than chance.
    trend = answer.trend
    assert (trend.so_far, trend.as_closed, trend.verdict) == ("no change shown", CHANGES, "depends on the open cases")
    assert repr(presentation.finding(answer)).split("\n\n")[0] == (
        f"**Whether {SHARE} changes over the years depends on the open cases: by the counts so far it {SAME}; "
        "if the open cases end as the closed ones did, it changes over the years, but in no one "
        "direction.**"
    )
    assert repr(presentation.trend_tests(answer)).startswith(f"{SLOPE} 5 years, p = 0.773.\n")


def test_a_rate_that_falls_and_rises_again_changes_in_no_one_direction(tmp_path, imported):
    for year, charged in (("2018", 100), ("2019", 20), ("2020", 20), ("2021", 110)):
        path = tmp_path / f"v{year}.csv"
        path.write_text(f"force,charged,recorded,open\nGwent,{charged},1000,0\nKent,60,1000,0\nEssex,62,1000,0\n")
        import_replies(path, release=f"v{year}", offence="8/71", source="own requests", window=year)
    answer = answer_years("v2018,v2019,v2020,v2021", "8/71", "charged", "Gwent")
    # X2 around one common rate: 62.5 of 1,000, squares of 37.5, 42.5, 42.5 and 47.5 over 58.594 together 124.3, on 3.
    assert (answer.trend.verdict, answer.trend_others.verdict) == (CHANGES, "no change shown")
    assert answer.trend.common_p == pytest.approx(chi2.sf(124.2667, 3), rel=1e-4)
    said = repr(presentation.finding(answer)).split("\n\n")[0]
    assert "changes over the years, but in no one direction" in said
    assert "The years differ by more than chance, p below 0.0001." in repr(presentation.trend_tests(answer))


@pytest.mark.parametrize(("name", "differs"), [("falling", True), ("rising", False)])
def test_a_trend_beside_the_others(write_year, name, differs):
    # Beside the others by R's quasi-binomial model, a level for each year and a slope for each group.
    with (REFERENCE / "v2_quasi_trend.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["name"] == name)
    counts = [[int(count) for count in row[column].split(";")] for column in ("k", "n", "rest_k", "rest_n")]
    for start, (charged, recorded, *kent) in enumerate(zip(*counts, strict=True), start=2019):
        write_year(start, charged, recorded, kent=kent)
    answer = ask(f"home-office-2019-20..{2018 + len(counts[0])}-{(19 + len(counts[0])) % 100}")
    assert (answer.trend.verdict, answer.beside_others.differs) == (row["verdict"], differs)
    assert answer.trend.test.p == pytest.approx(float(row["p"]), rel=1e-6)
    assert answer.beside_others.test.p == pytest.approx(float(row["rest_p"]), rel=1e-6)
    said = "differs from" if differs else "is not shown to differ from"
    assert f"Gwent's trend {said} the others'." in repr(presentation.finding(answer))
    assert "The difference of the two has p " in repr(presentation.trend_tests(answer))


def test_a_force_without_a_trend_says_nothing_of_the_others(fleiss):
    answer = changed(ask(), trend={"why_none": "there are 8 crimes with the outcome, of at least 10"})
    text = repr(presentation.finding(answer)).split("\n\n")
    assert text[0] == "**No trend can be told for Gwent: there are 8 crimes with the outcome, of at least 10.**"
    assert text[3] == LOWER_BOUNDS


def test_one_year_is_shown_once_and_knows_no_break():
    answer = ask("home-office-2018-19")
    assert repr(presentation.finding(answer)).split("\n\n") == [
        "**No trend can be told for Gwent: 1 of at least 4 years has an exact count.**",
        "In April 2018 to March 2019 it was 105 of 3,654 (2.9%, 95% interval 2.4% to 3.5%), and 3.1% were still open.",
        LOWER_BOUNDS,
    ]
    assert repr(presentation.breaks_table(answer)) == "No break of this series is known in April 2018 to March 2019."
    assert presentation.trend_table(answer).rows == [
        (name, "1", "1 of at least 4 years has an exact count", "—", "—", "—", "not known")
        for name in ("Gwent", "the other forces")
    ]
    assert repr(years_figure(answer)) == (
        "Gwent, “Charged or summonsed”: 2018/19 2.9%, each with its interval; the pale bar above is what the open "
        "cases could add."
    )
    table = presentation.source_table(answer)
    assert table.columns == ["what", "what it says"]
    assert table.rows == [
        ("offence", "Malicious Communications (code 8R)"),
        ("publisher", "Home Office"),
        (
            "source",
            "Police recorded crime and outcomes open data: outcomes, year ending March 2019, edition of early 2020, as "
            "CSV by a third party. https://www.gov.uk/government/statistical-data-sets/"
            "police-recorded-crime-and-outcomes-open-data-tables (Open Government Licence v3.0)",
        ),
    ]
    assert repr(presentation.made_from(answer)) == (
        f"Study home-office-2018-19/8R/charged; data sha256 {answer.about.digest[:16]}; charge-rates "
        f"{version('charge-rates')}."
    )
    assert repr(presentation.not_shown(answer)).split("\n") == [
        "* The rate is over crimes recorded in the year, open cases included; it rises as cases close and is a lower "
        "bound.",
        "* The figures are of the edition of early 2020 and were revised later.",
        "* An outcome is a police disposal recorded against a crime: not a person, a prosecution or a conviction.",
        f"* {LOWER_BOUNDS}",
        "* A trend is one of the recorded crimes and their outcomes: recording, the mix of cases and the time to close "
        "them change too, and the test does not know why.",
        "* The years may be of editions made at different times, so an earlier year may have had less time to mature "
        "than its age says.",
        "* The figures of the years are set side by side and never added up.",
    ]


def test_fewer_than_four_years_are_no_trend(write_year):
    for start in (2019, 2020, 2021):
        write_year(start, 20, 100)
    answer = ask("home-office-2019-20..2021-22")
    assert answer.trend.why_none == "3 of at least 4 years have exact counts"
    assert answer.trend.verdict is None


def test_fewer_than_ten_with_the_outcome_are_no_trend(write_year):
    for start in (2019, 2020, 2021, 2022):
        write_year(start, 2, 100)
    assert ask().trend.why_none == "there are 8 crimes with the outcome, of at least 10"


def test_a_year_without_figures_is_unknown_and_takes_no_part(fleiss):
    answer = ask(force="Essex")
    assert {year.why_unknown for year in answer.years} == {"the table has no figures of this force"}
    assert answer.trend.why_none == "0 of at least 4 years have exact counts"
    figure = years_figure(answer)
    assert "not known" in repr(figure)
    assert figure.svg().count(">not known<") == 4
    assert "the table has no figures of this force" in repr(presentation.year_table(answer))


def test_open_cases_that_reach_far_leave_the_rates_readable(write_year):
    for start, still_open in ((2019, 0), (2020, 10), (2021, 100), (2022, 500)):
        write_year(start, 20, 1000, still_open, kent=(20, 1000))
    svg = years_figure(ask()).svg()
    assert ">to 52.0%<" in svg
    assert ">to 12.0%<" in svg
    assert svg.count(">to ") == 2  # 3.0% is drawn.
    assert ">40<" not in svg  # No mark of the axis so far up.


def test_the_axis_ends_at_twice_the_highest_interval_where_open_cases_reach_further(write_year):
    for start, still_open in ((2019, 0), (2020, 10), (2021, 100), (2022, 500)):
        write_year(start, 20, 1000, still_open, kent=(20, 1000))
    # Wilson's upper limit of 20 of 1,000 is 3.07%; three tenths above it stand the names of two breaks.
    axes = years_figure(ask()).figure.axes[0]
    assert axes.get_ylim()[1] == pytest.approx(2 * 3.0690 * 1.3, abs=0.001)


def test_what_is_drawn_is_what_was_counted(write_year):
    for start, (charged, still_open) in enumerate(((20, 0), (40, 10), (60, 20), (80, 0)), start=2019):
        write_year(start, charged, 1000, still_open, kent=(30, 500))
    axes = years_figure(ask()).figure.axes[0]
    drawn = [line.get_xydata().tolist() for line in axes.lines]
    middles = [(year + 3 / 12 + year + 1 + 2 / 12 + 30 / 365) / 2 for year in (2019, 2020, 2021, 2022)]
    own, others = drawn[:4], drawn[4]
    assert own == [[pytest.approx([place, rate])] for place, rate in zip(middles, (2, 4, 6, 8), strict=True)]
    assert others == [pytest.approx([place, 6]) for place in middles]
    bars = [[tuple(point) for point in path.vertices] for lines in axes.collections for path in lines.get_paths()]
    # What the open cases could add, and Wilson's limits of 80 of 1,000.
    assert any(bar == [pytest.approx((middles[1], 4)), pytest.approx((middles[1], 5))] for bar in bars)
    assert any(bar == [pytest.approx((middles[2], 6)), pytest.approx((middles[2], 8))] for bar in bars)
    limits = [pytest.approx((middles[3], limit), abs=0.001) for limit in (6.4748, 9.8466)]
    assert any(bar == limits for bar in bars)


def test_the_names_of_years():
    names = {("2018-04-01", "2019-03-31"): "2018/19", ("2015-04-13", "2015-12-31"): "2015"}
    for (start, end), name in names.items():
        assert presentation.short_year(Window(start, end)) == name


def test_a_break_stands_at_its_day_and_an_earlier_one_higher(fleiss):
    axes = years_figure(ask()).figure.axes[0]
    names = {text.get_text(): text.xy for text in axes.texts}
    # Wilson's upper limit of 90 of 93 is the highest: 98.9%.
    assert names["outcome 22, compulsory"] == pytest.approx((2021 + 3 / 12, 1.22 * 98.897), abs=0.001)
    assert names["threats added"] == pytest.approx((2021 + 5 / 12 + 28 / 365, 1.12 * 98.897), abs=0.001)
    assert axes.get_ylim() == pytest.approx((0, 1.3 * 98.897), abs=0.001)


@pytest.mark.parametrize(("years", "inches"), [(6, 5), (7, 8)])
def test_a_long_series_is_drawn_wider(fleiss, years, inches):
    answer = ask()
    answer = replace(answer, years=(answer.years * 2)[:years])
    assert years_figure(answer).figure.get_size_inches()[0] == inches


def test_a_limit_of_some_years_names_them(write_year):
    write_year(2019, 20, 100)
    limits = ask("home-office-2018-19..2019-20").about.limits
    assert "home-office-2018-19: The figures are of the edition of early 2020 and were revised later." in limits
    assert any(one.startswith("An outcome is a police disposal") for one in limits)


def test_breaks_are_named_and_drawn(fleiss):
    answer = ask()
    assert [one.label for one in answer.breaks] == ["outcome 22, compulsory", "threats added"]
    assert presentation.breaks_sentences(answer) == [BROKEN]
    assert presentation.breaks_table(answer).columns == ["from", "what", "what it does"]
    assert presentation.breaks_table(answer).rows == [
        ("2021-04-01", "outcome 22, compulsory", "From April 2021 forces must record outcome 22."),
        (
            "2021-06-29",
            "threats added",
            "From 29 June 2021 threats to disclose private sexual images are part of intimate image abuse, so the "
            "years before count a narrower offence.",
        ),
    ]
    assert "threats added" in years_figure(answer).svg()
    labels = [row["label"] for row in find_breaks("8/71", "2015-04-13", "2025-03-31")]
    assert labels == ["outcome 22, voluntary", "outcome 22, compulsory", "threats added", "new offence"]
    assert "threats added" not in [row["label"] for row in find_breaks("28E", "2015-04-13", "2025-03-31")]


def test_known_gaps_of_the_force_are_said(fleiss):
    assert repr(presentation.finding(ask(force="Greater Manchester"))).split("\n\n")[3] == (
        "Greater Manchester supplied almost nothing from July 2019 to March 2020, and nothing in the published table "
        "says so."
    )
    assert ask().gaps == ()


def test_a_code_that_changes_its_name_is_said(fleiss, write_year):
    write_year(2023, 20, 100, title="Sending letters")
    answer = ask("home-office-2019-20..2023-24")
    called = "The code is called differently in different years: malicious communications and sending letters."
    assert repr(presentation.finding(answer)).endswith(f"\n\n{called}")
    answer = replace(answer, about=replace(answer.about, offence_titles=("Sending letters", "SENDING LETTERS")))
    assert presentation.title_sentences(answer) == []


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
    assert "shows no change over the years" in text
    assert "home-office-2022-23" in text


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_stops_with_one_sentence(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as stopped:
        run(tmp_path, releases="radar-2022,bbc-2016")
    assert "different publishers" in stopped.value.evalue
    assert len(stopped.value.traceback) == 1


def test_twelve_years_of_rates_over_outcomes_are_not_called_lower_bounds():
    answer = answer_years("home-office-all-offences-2014-15..2025-26", "all", "charged", "Gwent")
    said = repr(presentation.finding(answer)).split("\n\n")
    assert LOWER_BOUNDS not in said
    assert (
        "Crimes that are still open are in neither number; the latest years have most of them, and as they are closed "
        "a rate may rise or fall." in said
    )
    assert "among those with any outcome falls over the years" in said[0]


def test_the_share_of_crimes_that_are_still_open_falls_as_they_are_closed():
    answer = answer_years("home-office-2018-19", "8R", "not-yet-assigned", "Gwent")
    for prose in (presentation.finding(answer), presentation.not_shown(answer)):
        assert "Recent years are upper bounds, apart from corrections" in str(prose)
        assert "lower bounds" not in str(prose)


def test_a_confidence_is_printed_with_all_its_digits():
    answer = answer_years("home-office-2018-19", "8R", "charged", "Gwent", confidence=0.9999999)
    assert "99.99999% interval" in str(presentation.finding(answer))
    assert "99.99999% interval" in presentation.year_table(answer).columns
