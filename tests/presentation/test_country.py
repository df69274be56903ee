"""What is said of all forces together: each sentence follows from the numbers, none can be read as more."""

import re

import pytest

from analysis.answer import answer_country, answer_force
from analysis.counts.studies import read_study, study_ids
from analysis.presentation import country
from analysis.presentation.country_figures import _around, country_figure
from analysis.presentation.picture import Picture
from analysis.presentation.sentences import force_sentences

E8R = ("home-office-2018-19", "8R", "charged")
BBC = ("bbc-2016", "8/71", "charged")
RADAR = ("radar-2022", "8/71", "charged")
VICTIM = ("radar-2022", "8/71", "victim-does-not-support")
CODES = [study.split("/")[1] for study in study_ids("home-office-2018-19") if study.endswith("/charged")]


def finding(study):
    return country.finding_sentences(answer_country(*study))


def test_8r_leads_with_what_is_unusual_and_keeps_the_two_questions_apart():
    assert finding(E8R) == [
        "1 of 44 forces is unusual among forces: Gloucestershire (4.8%, high) lies outside what forces usually differ "
        "by.",
        "Outside means outside the 95% limits that allow for chance and for the usual spread. If all were usual, about "
        "2 of the 42 forces with crimes enough to judge would still lie there, so this number alone is no more than "
        "chance brings; none lies outside the stricter 99.8% limits.",
        "Taken one by one, 24 of 44 forces differ from the other forces together at the 5% level, and 13 still do "
        "after allowing for 44 comparisons (Holm). That question allows for chance alone and not for the differences "
        "that forces usually have, so such a force need not be an unusual one.",
        "Counted were 207,911 crimes of Malicious Communications, April 2018 to March 2019, in 44 forces with exact "
        "counts; 4,886 of them (2.4%) had the outcome “Charged or summonsed”.",
    ]


def test_ranges_take_no_part_and_small_forces_are_not_called_unusual():
    text = finding(BBC)
    assert text[0].startswith("No force can be called unusual among forces: 16 of 17 have too few crimes")
    assert text[1].startswith("Durham lies outside")
    assert "too rough to call it unusual" in text[1]
    assert "3 of 17 forces differ" in text[2]
    assert "2 of the 3 had fewer than 5" in text[2]
    assert "Of 14 forces the count is known only as a range, drawn as a bar; they take no part" in text[4]
    assert "Derbyshire (higher), Greater Manchester (higher) and West Midlands (higher)" in text[5]


@pytest.mark.parametrize(("study", "exact"), [(RADAR, 4), (VICTIM, 8)])
def test_with_few_forces_less_is_said_and_the_windows_differ(study, exact):
    text = finding(study)
    assert text[0].startswith(f"Too few to say whether any force is unusual among forces: {exact} forces")
    assert "no ranking is drawn" in text[-1]
    answer = answer_country(*study)
    assert "usual" not in repr(country.spread_table(answer))
    assert "adjusted z" not in country.force_table(answer).columns


def test_against_a_range_there_is_no_funnel_and_against_a_count_only_limits_of_chance():
    assert repr(country_figure(answer_country(*RADAR))).startswith("Rates with 95% intervals: Gwent 7.8%")
    drawn = country_figure(answer_country(*VICTIM))
    labels = drawn.figure.legends[0].get_texts()
    assert not any("usual spread" in label.get_text() for label in labels)
    assert "windows differ" in drawn.figure.axes[0].get_title(loc="left")


@pytest.mark.parametrize("study", [E8R, BBC])
def test_the_country_and_its_forces_name_the_same_forces_unusual(study):
    answer = answer_country(*study)
    exact = [row["force"] for row in answer["forces"] if country.is_exact(row)]
    said = [force for force in exact if "is unusually" in force_sentences(answer_force(*study, force))[0]]
    assert said == answer["about"]["different"]["usual"]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code):
    answer = answer_country("home-office-2018-19", code, "charged")
    together = answer["country"]
    enough = together["forces"] >= 10 and together["count"] > 0
    first = repr(country.finding(answer))
    assert first.startswith("**Too few") is not enough
    spread = repr(country.spread(answer))
    assert ("With chance taken out" in spread) == bool(together["tau2"])
    assert ("no spread between forces that can be told" in spread) == (enough and together["tau2"] == 0)
    for words in (first, spread, repr(country.not_shown(answer)), repr(country.beside_the_funnel(answer))):
        assert not re.search(r"\bnan\b|None[^ ]|not known%|no difference|\b0 (still|of them)\b", words)
    table = country.force_table(answer)
    names = [row[0] for row in table.rows]
    assert names == sorted(names)
    assert len(names) == 44
    assert country.spread_table(answer).rows
    drawn = country_figure(answer)
    assert isinstance(drawn, Picture) == bool(together["forces"])


def test_114_of_131_codes_have_enough_to_say_something():
    # Counted in the figures themselves: at least ten forces with crimes, none of them unknown, and one charge.
    enough = 0
    for code in CODES:
        forces = read_study(f"home-office-2018-19/{code.replace('/', '-')}/charged").forces
        known = forces[(forces["recorded"] > 0) & forces["count_low"].notna()]
        enough += len(known) >= 10 and known["count_low"].sum() > 0
    assert (enough, len(CODES)) == (114, 131)


@pytest.mark.parametrize("study", [E8R, BBC, VICTIM, ("home-office-2018-19", "802", "charged")])
def test_names_cover_no_other_name_and_no_other_force(study):
    answer = answer_country(*study)
    axes = country_figure(answer).figure.axes[0]
    names = {text.get_text(): text.get_window_extent() for text in axes.texts}
    assert set(answer["about"]["different"]["usual"]) <= set(names)
    rows = [row for row in answer["forces"] if country.is_drawn(row)]
    for name, box in names.items():
        assert not box.count_overlaps([other for force, other in names.items() if force != name])
        assert not box.count_overlaps([_around(axes, row).padded(5) for row in rows if row["force"] != name])


def test_the_table_has_the_numbers_that_the_funnel_draws():
    answer = answer_country(*E8R)
    cells = {row[0]: row for row in country.force_table(answer).rows}
    assert cells["Gwent"] == (
        "Gwent",
        "105 of 3,654",
        "2.9%",
        "2.4% to 3.5%",
        "higher, 0.035",
        "0.806",
        "0.35",
        "2.8% (2.4% to 3.4%)",
    )
    assert cells["Gloucestershire"][6] == "2.50, outside 95%"
    axes = country_figure(answer).figure.axes[0]
    drawn = {tuple(point) for line in axes.lines[:2] for point in line.get_xydata()}
    assert drawn == {(row["recorded"], 100 * row["rate"]["low"]) for row in answer["forces"]}


def test_a_force_between_the_two_comparisons_is_explained():
    # West Midlands: funnel z 1.956, against the rest 1.995.
    assert "West Midlands differs from the rest, yet lies within" in repr(
        country.beside_the_funnel(answer_country(*E8R))
    )


def test_the_figure_is_the_same_bytes_each_time():
    answer = answer_country(*E8R)
    assert country_figure(answer).png() == country_figure(answer).png()
