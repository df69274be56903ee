"""What is said of all forces together: each sentence follows from the numbers, none can be read as more."""

import re
from importlib.metadata import version

import pytest
from matplotlib.colors import to_hex

from analysis.answer import answer_country, answer_force
from analysis.counts.releases import find_release, list_offences
from analysis.counts.studies import read_study, study_ids
from analysis.presentation import country, country_sentences
from analysis.presentation.country_figures import _around, country_figure
from analysis.presentation.force_sentences import force_sentences
from analysis.presentation.picture import Picture
from analysis.results.compared_forces import BeyondLimits
from made_up import changed

E8R = ("home-office-2018-19", "8R", "charged")
BBC = ("bbc-2016", "8/71", "charged")
RADAR = ("radar-2022", "8/71", "charged")
VICTIM = ("radar-2022", "8/71", "victim-does-not-support")
OFFENCE = "intimate image abuse (disclosing private sexual images without consent)"
TOO_FEW = (
    "Too few to say whether any force is unusual among forces: {}, and it takes at least 11 to tell how much forces "
    "usually differ."
)
CHANCE_ALONE = (
    "That question allows for chance alone and not for the differences that forces usually have, so such a force need "
    "not be an unusual one."
)
SPREAD = (
    "If all {} forces had the same rate, the squared distances of the forces from it, in standard errors, would add up "
    "to about {} by chance alone; they add up to {}."
)
CHARGED = [study for study in study_ids("home-office-2018-19") if study.endswith("/charged")]
CODES = [code.replace("/", "-") for code in list_offences(find_release("home-office-2018-19"))]


def finding(study):
    return country_sentences.finding_sentences(answer_country(*study))


def test_8r_names_nobody_in_its_headline_and_keeps_the_two_questions_apart():
    # 4,886 of 207,911 in 44 forces without the 13 of 1,195 of North Yorkshire.
    assert finding(E8R) == [
        "No force is unusual beyond what chance and the usual differences give: 3 lie outside the 95% limits, about 2 "
        "would by chance alone.",
        "Outside the 95% limits that allow for chance and for the forces' usual differences: Bedfordshire (1.2%, low), "
        "Gloucestershire (4.8%, high) and Kent (1.2%, low).",
        f"Taken one by one, 21 of the 43 forces differ from the other forces together at the 5% level, and 13 still do "
        f"after allowing for 43 comparisons. {CHANCE_ALONE}",
        "43 forces with exact counts recorded 206,716 crimes of Malicious Communications in April 2018 to March 2019; "
        "4,873 of them (2.4%) had the outcome “Charged or summonsed”.",
        "North Yorkshire takes no part in the numbers above: 918 of its 1,195 crimes had no outcome when the figures "
        "were made.",
    ]


def test_8q_names_nobody_in_its_headline():
    # North Yorkshire, which the figures of early 2020 made the lowest, had 173 of its 217 cases open.
    found = country_sentences.finding_sentences(of_2018("8Q"))
    assert found[:2] == [
        "No force is unusual beyond what chance and the usual differences give: 1 lies outside the 95% limits, about 2 "
        "would by chance alone.",
        "Outside the 95% limits that allow for chance and for the forces' usual differences: Staffordshire (6.5%, "
        "low).",
    ]
    assert found[-1] == (
        "North Yorkshire takes no part in the numbers above: 173 of its 217 crimes had no outcome when the figures "
        "were made."
    )


def test_ranges_take_no_part_and_where_only_one_force_is_large_nobody_is_judged():
    assert finding(BBC) == [
        "No force can be called unusual among forces, or usual: too few of the 17 forces have at least 5 crimes "
        "expected to have this outcome to show how much forces differ.",
        f"Taken one by one, 2 of the 17 forces differ from the other forces together at the 5% level, and none still "
        f"does after allowing for 17 comparisons. {CHANCE_ALONE}",
        f"17 forces with exact counts recorded 652 crimes of {OFFENCE} in April to December 2015; 50 of them "
        "(7.7%) had the outcome “Charged or summonsed”.",
        "Of 14 forces the count is known only as a range, drawn as a bar; they take no part in the numbers above.",
        "Whatever their counts are, Greater Manchester (higher) and West Midlands (higher) differ from the other "
        "forces together.",
    ]


def test_against_a_quoted_figure_and_against_a_published_count():
    windows = (
        "The windows differ between the forces and from the national figure, so a difference may be one of years; no "
        "ranking is drawn."
    )
    assert finding(RADAR) == [
        TOO_FEW.format("4 forces with crimes and exact counts"),
        "Taken one by one, 1 of the 4 forces differs from the national figure as quoted (“only around six per cent”) "
        f"at the 5% level. {CHANCE_ALONE}",
        f"4 forces with exact counts recorded 2,386 crimes of {OFFENCE} in April 2015 to December 2021; 117 of "
        "them (4.9%) had the outcome “Charged or summonsed”.",
        "Of 5 forces there is no rate to show; the table says why.",
        windows,
    ]
    assert finding(VICTIM) == [
        TOO_FEW.format("8 forces with crimes and exact counts"),
        "Taken one by one, 4 of the 8 forces differ from the rest of England and Wales (38 forces) at the 5% level, "
        f"and 3 still do after allowing for 8 comparisons. {CHANCE_ALONE}",
        f"8 forces with exact counts recorded 6,471 crimes of {OFFENCE} in April 2015 to December 2021; 2,692 of "
        "them (41.6%) had the outcome “Victim does not support action”.",
        "Of 1 force the count is known only as a range, drawn as a bar; it takes no part in the numbers above.",
        "Whatever its count is, Cleveland (higher) differs from the rest of England and Wales (38 forces).",
        windows,
    ]


def of_2018(code):
    return answer_country("home-office-2018-19", code, "charged")


def test_one_force_or_none_say_nothing_of_forces():
    assert country_sentences.finding_sentences(of_2018("28A")) == [
        TOO_FEW.format("1 force with a crime and an exact count"),
        "1 force with an exact count recorded 5 crimes of Burglary in a dwelling in April 2018 to March 2019; "
        "none of them (0.0%) had the outcome “Charged or summonsed”.",
        "Of 43 forces there is no rate to show; the table says why.",
    ]
    nothing = "no force is known to have recorded a crime of Attempted distraction burglary in a dwelling."
    assert country_sentences.finding_sentences(of_2018("28D")) == [
        f"Too few to say anything: {nothing}",
        "Of 44 forces there is no rate to show; the table says why.",
    ]
    assert repr(country.spread(of_2018("28D"))) == f"Too few to say anything: {nothing}"
    assert country.spread_table(of_2018("28D")).rows == [("forces with exact counts", "0")]
    assert repr(country.beside_the_funnel(of_2018("28D"))) == (
        "No funnel is drawn: the forces, or their crimes with the outcome, are too few for it."
    )


def test_where_all_or_none_had_the_outcome_forces_cannot_be_told_apart():
    answer = of_2018("15")
    few = (
        "Too few to tell the forces apart: {} of the 19 crimes of Concealing an infant death close to birth in 12 "
        "forces had the outcome “Charged or summonsed”."
    )
    counted = (
        "12 forces with exact counts recorded 19 crimes of Concealing an infant death close to birth in April "
        "2018 to March 2019; "
        "{} of them ({}) had the outcome “Charged or summonsed”."
    )
    unknown = "Of 32 forces there is no rate to show; the table says why."
    assert country_sentences.finding_sentences(answer) == [few.format("none"), counted.format("none", "0.0%"), unknown]
    answer = changed(answer, country={"count": 19, "rate": 1.0})
    assert country_sentences.finding_sentences(answer) == [few.format("all"), counted.format("all", "100.0%"), unknown]


@pytest.mark.parametrize(
    ("exact", "says"),
    [
        (10, "Too few to say whether any force is unusual among forces: 10 forces with crimes and exact counts,"),
        (11, "Too few to tell the forces apart: none of the 19 crimes of"),
    ],
)
def test_eleven_forces_are_enough_but_not_where_none_had_the_outcome(exact, says):
    answer = of_2018("15")
    assert country_sentences.finding_sentences(changed(answer, country={"forces": exact}))[0].startswith(says)


def test_no_force_differs_is_no_sameness():
    assert country_sentences.finding_sentences(of_2018("4.9"))[1] == (
        "Taken one by one, none of the 6 forces differs from the other forces together at the 5% level, which does not "
        "show that their rates are the same."
    )


def test_one_charge_of_four_crimes_tells_no_force_from_the_rest():
    # The force with the one charge: 1 of 1 in 1 of 4, so a mid-P of 2 * 0.25 / 2.
    assert country_sentences.finding_sentences(of_2018("14"))[1] == (
        "Taken one by one, none of the 4 forces differs from the other forces together at the 5% level, which does not "
        "show that their rates are the same."
    )


def test_an_outcome_that_most_have_is_judged_by_the_crimes_without_it():
    # 12 forces have 5 crimes without the outcome to expect while open cases count as without it, none where they are
    # left out (52 of 478), and it takes 10 others.
    assert country_sentences.finding_sentences(of_2018("4.4")) == [
        "No force can be called unusual among forces, or usual: by the closed cases alone too few of the 41 forces "
        "have at least 5 crimes expected not to have this outcome to show how much forces differ.",
        f"Taken one by one, 2 of the 41 forces differ from the other forces together at the 5% level, and 2 still do "
        f"after allowing for 41 comparisons. {CHANCE_ALONE}",
        "41 forces with exact counts recorded 584 crimes of Causing death by dangerous driving in April 2018 to March "
        "2019; 426 of them (72.9%) had the outcome “Charged or summonsed”.",
        "Humberside takes no part in the numbers above: 12 of its 17 crimes had no outcome when the figures were made.",
        "Of 2 forces there is no rate to show; the table says why.",
    ]
    assert country_sentences.spread_sentences(of_2018("4.4")) == [
        SPREAD.format(41, 40, "114.8 (p below 0.0001)"),
        "With chance taken out, a usual force has a rate above 38.9%: so it would be for 95 of 100 forces like these, "
        "around a mean of 72.6%.",
        "These numbers are rough: in 29 of the 41 forces fewer than 5 crimes without the outcome would be expected.",
    ]


def test_no_force_differs_and_nothing_spreads():
    answer = of_2018("22A")
    assert country_sentences.finding_sentences(answer)[:2] == [
        "No force can be called unusual among forces, or usual: too few of the 42 forces have at least 5 crimes "
        "expected to have this outcome to show how much forces differ.",
        "Taken one by one, none of the 42 forces differs from the other forces together at the 5% level, which does "
        "not show that their rates are the same.",
    ]
    assert country_sentences.spread_sentences(answer) == [
        SPREAD.format(42, 41, "40.5 (p = 0.491)"),
        "The data show no spread between forces that can be told from chance.",
        "These numbers are rough: in all 42 forces fewer than 5 such crimes would be expected.",
    ]
    shrunk = (
        "Drawn towards the others, all forces have the common rate, without limits: by their likelihood the counts "
    )
    assert repr(country.not_shown(answer)).endswith(f"\n* {shrunk}show no spread that can be told from chance.")
    positive = changed(answer, country={"tau2": 0.001})
    assert repr(country.not_shown(positive)).endswith(
        f"\n* {shrunk}show no spread that can be told from chance; the estimate of τ² above is another one, and with "
        "counts this small the two need not agree."
    )


def made_up(**about):
    """Code 8R with made-up forces that lie outside the limits, that the headline may name, or that the open decide."""
    return changed(answer_country(*E8R), about=about)


NOBODY = "No force is unusual beyond what chance and the usual differences give"
KENT = "Kent (1.2%, low)"


@pytest.mark.parametrize(
    ("about", "first"),
    [
        ({"outside": []}, f"{NOBODY}: none lies outside the 95% limits, about 2 would by chance alone."),
        (
            {"outside": [], "outside_by_chance": 0.95},
            f"{NOBODY}: none lies outside the 95% limits, fewer than one would by chance alone.",
        ),
        (
            {"outside": ["Kent"], "outside_by_chance": 1.0},
            f"{NOBODY}: 1 lies outside the 95% limits, about 1 would by chance alone.",
        ),
        ({"named": ["Kent"]}, f"1 of the 41 forces that can be judged is unusual among forces: {KENT}."),
        (
            {"named": ["Gloucestershire", "Kent"]},
            f"2 of the 41 forces that can be judged are unusual among forces: Gloucestershire (4.8%, high) and {KENT}.",
        ),
    ],
)
def test_a_headline_names_whom_it_may_and_else_says_how_many_chance_brings(about, first):
    assert country_sentences.finding_sentences(made_up(**about))[0] == first


@pytest.mark.parametrize(
    ("about", "second"),
    [
        ({"named": ["Bedfordshire", "Gloucestershire"]}, f"usual differences: {KENT}."),
        ({"outside": ["Kent"], "named": ["Kent"]}, "Taken one by one"),
        ({"outside": []}, "Taken one by one"),
        (
            {"outside": [], "open_decides": ["Kent"]},
            "Whether Kent is unusual depends on how the open cases end.",
        ),
        (
            {"outside": [], "open_decides": ["Essex", "Kent"]},
            "Whether Essex and Kent are unusual depends on how the open cases end.",
        ),
    ],
)
def test_who_lies_outside_without_being_named_comes_second(about, second):
    assert second in country_sentences.finding_sentences(made_up(**about))[1]


def test_more_than_half_with_few_crimes_make_the_spread_rough():
    assert len(country_sentences.spread_sentences(made_up(few_expected=["Kent"] * 21))) == 2
    assert len(country_sentences.spread_sentences(made_up(few_expected=["Kent"] * 22))) == 3


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (0.0, 0.309, "below 30.9%"),
        (0.0, 1.0, "anywhere from 0% to 100%"),
        (0.011, 0.041, "between 1.1% and 4.1%"),
        (0.355, 1.0, "above 35.5%"),
    ],
)
def test_what_a_usual_force_has(low, high, says):
    answer = changed(answer_country(*E8R), about={"own_rates": {"low": low, "high": high}})
    assert country_sentences.spread_sentences(answer)[:2] == [
        SPREAD.format(43, 42, "426.9 (p below 0.0001)"),
        f"With chance taken out, a usual force has a rate {says}: so it would be for 95 of 100 forces like these, "
        "around a mean of 2.6%.",
    ]


def test_the_numbers_behind_the_spread():
    # Without North Yorkshire; 2.62% +- 1.96 * 0.740%.
    assert country.spread_table(answer_country(*E8R)).rows == [
        ("forces with exact counts", "43"),
        ("their crimes with the outcome", "4,873 of 206,716"),
        ("their rate together", "2.36%"),
        ("X², sum of squared funnel z", "426.9 (p below 0.0001)"),
        ("φ, X² for each force (about 1 by chance alone)", "9.93"),
        ("μ, mean of the forces' own rates", "2.62%"),
        ("τ², variance of the forces' own rates (Paule and Mandel)", "5.47e-05"),
        ("95% of the forces' own rates, μ ± 1.96 τ", "1.17% to 4.07%"),
    ]
    assert country.spread_table(answer_country(*RADAR)).rows == [
        ("forces with exact counts", "4"),
        ("their crimes with the outcome", "117 of 2,386"),
        ("their rate together", "4.90%"),
        ("national rate compared with", "5.50% to 7.00%"),
    ]
    assert country.spread_table(answer_country(*VICTIM)).rows[3:] == [
        ("national rate compared with", "41.70%"),
        ("X², sum of squared funnel z", "64.9 (p below 0.0001)"),
    ]
    assert country.spread_table(answer_country(*E8R)).columns == ["what", "value"]


OF_METHODS = (
    "\n* The order of the raw rates is no ranking: with few crimes a rate is high or low by chance. The table is in "
    "the order of names."
    "\n* A force found by looking for the highest or lowest rate has no p-value of its own; only one that was named "
    "beforehand has."
    "\n* The figures do not say why forces differ: crimes, recording and the time to close a case differ too."
)


def test_what_is_not_shown_of_the_forces():
    assert repr(country.not_shown(answer_country(*E8R))) == (
        "* The rate is over crimes recorded in the year, open cases included; it rises as cases close and is a lower "
        "bound.\n"
        "* The figures are of the edition of early 2020 and were revised later.\n"
        "* An outcome is a police disposal recorded against a crime: not a person, a prosecution or a conviction."
        f"{OF_METHODS}\n"
        "* The limits of the rates drawn towards the others are empirical Bayes: they take the spread between forces "
        "as known, though it is estimated from the same forces, and so are a little too narrow."
    )
    assert repr(country.not_shown(answer_country(*RADAR))).endswith(OF_METHODS)


def test_where_the_figures_of_all_forces_come_from():
    table = country.source_table(answer_country(*BBC))
    assert table.columns == ["what", "what it says"]
    assert table.rows == [
        ("release", "Freedom-of-information replies for April to December 2015, record by record"),
        ("offence", f"{OFFENCE} (code 8/71)"),
        ("window", "April to December 2015"),
        (
            "definition",
            "Records of disclosing private sexual photographs or films (Home Office code 8/71) from the law's first "
            "day, with the outcome given in the reply",
        ),
        (
            "source",
            "BBC England Data Unit: Freedom-of-information replies on the offence, April to December 2015, record by "
            "record (sheet1). https://github.com/BBC-Data-Unit/revenge-porn (no licence stated in what was read; "
            "figures quoted as facts)",
        ),
    ]


def test_what_the_page_of_all_forces_was_made_from():
    digest = read_study("bbc-2016/8-71/charged").digest
    assert repr(country.made_from(answer_country(*BBC))) == (
        f"Study bbc-2016/8-71/charged; data sha256 {digest[:16]}; charge-rates {version('charge-rates')}."
    )


@pytest.mark.parametrize(("study", "exact"), [(RADAR, 4), (VICTIM, 8)])
def test_with_few_forces_less_is_said_and_the_windows_differ(study, exact):
    text = finding(study)
    assert text[0].startswith(f"Too few to say whether any force is unusual among forces: {exact} forces")
    assert "no ranking is drawn" in text[-1]
    answer = answer_country(*study)
    assert "usual" not in repr(country.spread_table(answer))
    assert "among forces" not in country.force_table(answer).columns


def test_against_a_range_there_is_no_funnel_and_against_a_count_only_limits_of_chance():
    assert repr(country_figure(answer_country(*RADAR))).startswith("Rates with 95% intervals: Gwent 7.8%")
    drawn = country_figure(answer_country(*VICTIM))
    labels = drawn.figure.legends[0].get_texts()
    assert not any("usual spread" in label.get_text() for label in labels)
    assert "windows differ" in drawn.figure.axes[0].get_title(loc="left")


def test_the_bands_of_the_funnel_have_edges_that_can_be_seen():
    bands = country_figure(answer_country(*E8R)).figure.axes[0].collections[-2:]
    # #6b7780 on white is 4.6 to 1, of which WCAG 2.1 (1.4.11) asks 3.
    assert [to_hex(band.get_edgecolor()[0]) for band in bands] == ["#6b7780"] * 2


@pytest.mark.parametrize("study", [E8R, BBC])
def test_the_country_and_its_forces_name_the_same_forces_unusual(study):
    answer = answer_country(*study)
    exact = [row.force for row in answer.forces if row.is_exact]
    said = [force for force in exact if "is unusually" in force_sentences(answer_force(*study, force))[0]]
    assert tuple(said) == answer.about.outside


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code):
    answer = answer_country("home-office-2018-19", code, "charged")
    together = answer.country
    enough = together.forces >= 10 and together.count > 0
    first = repr(country.finding(answer))
    assert first.startswith("**Too few") is not enough
    spread = repr(country.spread(answer))
    assert ("With chance taken out" in spread) == bool(together.tau2)
    assert ("no spread between forces that can be told" in spread) == (enough and together.tau2 == 0)
    for words in (first, spread, repr(country.not_shown(answer)), repr(country.beside_the_funnel(answer))):
        assert not re.search(r"\bnan\b|None[^ ]|not known%|no difference|\b0 (still|of them)\b", words)
    table = country.force_table(answer)
    names = [row[0] for row in table.rows]
    assert names == sorted(names)
    assert len(names) == 44
    assert country.spread_table(answer).rows
    drawn = country_figure(answer)
    assert isinstance(drawn, Picture) == bool(together.forces)


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
    assert set(answer.about.outside) <= set(names)
    # A force whose open cases leave its count wide open has no point in the figure.
    rows = [row for row in answer.forces if row.has_rate and not row.screened]
    for name, box in names.items():
        assert not box.count_overlaps([other for force, other in names.items() if force != name])
        assert not box.count_overlaps([_around(axes, row).padded(5) for row in rows if row.force != name])


def test_the_table_names_what_is_known_and_what_is_not():
    radar, victim, bbc = (country.force_table(answer_country(*study)) for study in (RADAR, VICTIM, BBC))
    why = "no charge figure was found in the stories that were printed"
    plain = ["force", "crimes with the outcome", "rate", "95% interval", "against the rest"]
    assert radar.columns == [*plain, "what is unknown"]
    assert radar.rows == [
        ("Cleveland", "an unknown number of 433", "", "", "", why),
        ("Gwent", "21 of 268", "7.8%", "5.2% to 11.7%", "between 0.108 and 0.578", ""),
        ("Hertfordshire", "31 of 372", "8.3%", "5.9% to 11.6%", "depends, between 0.024 and 0.315", ""),
        ("Lancashire", "22 of 995", "2.2%", "1.5% to 3.3%", "lower, below 0.0001", ""),
        ("Northumbria", "an unknown number of 822", "", "", "", why),
        ("South Yorkshire", "43 of 751", "5.7%", "4.3% to 7.6%", "between 0.166 and 0.770", ""),
        ("Staffordshire", "an unknown number of 855", "", "", "", why),
        ("Sussex", "an unknown number of 688", "", "", "", why),
        ("West Midlands", "an unknown number of 1,720", "", "", "", why),
    ]
    assert victim.columns == [*plain, "after Holm"]
    assert victim.rows[:2] == [
        ("Cleveland", "between 241 and 244 of 433", "55.7% to 56.4%", "50.9% to 60.9%", "higher, below 0.0001", ""),
        ("Gwent", "113 of 268", "42.2%", "36.4% to 48.1%", "0.876", "0.972"),
    ]
    towards = "drawn towards the others (empirical Bayes)"
    assert bbc.columns == [*plain, "after Holm", "among forces", towards, "what is unknown"]
    cells = {row[0]: row[1:] for row in bbc.rows}
    few = "too few crimes to judge"
    depends = "depends, from below 0.0001 to 0.787"
    assert [cells[force] for force in ("Cambridgeshire", "Cheshire", "Durham")] == [
        ("between 0 and 19 of 19", "0.0% to 100.0%", "0.0% to 100.0%", depends, "", "", "", "published no outcomes"),
        ("3 of 28", "10.7%", "3.7% to 27.2%", "0.525", "1.000", few, "9.6% (4.7% to 15.9%)", ""),
        ("1 of 1", "100.0%", "20.7% to 100.0%", "0.077", "1.000", few, "10.3% (4.6% to 18.0%)", ""),
    ]
    # With no spread to be told from chance, the common rate: 7 of 14.
    # Kent's one crime is open, so that of its closed ones there is none to compare: 0 of 1 has 0.5 by itself.
    open_case = "depends on the open cases, 0.500"
    vehicles = {row[0]: row[1:] for row in country.force_table(of_2018("37.1")).rows}
    assert vehicles["Kent"] == ("0 of 1", "0.0%", "0.0% to 79.3%", open_case, "1.000", few, "50.0%", "")
    assert vehicles["Gwent"] == ("",) * 7 + ("no crimes recorded",)


def test_the_table_has_the_numbers_that_the_funnel_draws():
    answer = answer_country(*E8R)
    cells = {row[0]: row for row in country.force_table(answer).rows}
    assert cells["Gwent"] == (
        "Gwent",
        "105 of 3,654",
        "2.9%",
        "2.4% to 3.5%",
        "higher, 0.043",
        "0.993",
        "not unusual, p = 0.688",
        "2.8% (2.4% to 3.4%)",
    )
    assert cells["Gloucestershire"][6] == "unusually high, p = 0.031, outside 95%"
    assert cells["City of London"][6].startswith("too few crimes to judge, p = ")
    assert cells["North Yorkshire"][4:] == (
        "depends on the open cases, from below 0.0001 to 0.998",
        "",
        "cannot be said: too many open cases",
        "",
    )
    axes = country_figure(answer).figure.axes[0]
    drawn = {tuple(point) for line in axes.lines[:2] for point in line.get_xydata()}
    exact = [row for row in answer.forces if row.force != "North Yorkshire"]
    assert drawn == {(row.recorded, 100 * row.rate.low) for row in exact}


READ = "Forces whose name finds no place in the figure stand in the table, like all others."


@pytest.mark.parametrize(
    ("study", "inside", "says"),
    [
        (E8R, ["West Midlands"], "West Midlands differs from the rest, yet lies within"),
        (E8R, ["Wiltshire", "West Midlands"], "Wiltshire and West Midlands differ from the rest, yet lie within"),
        (E8R, [], None),
        (VICTIM, ["West Midlands"], None),
    ],
)
def test_a_force_between_the_two_comparisons_is_explained(study, inside, says):
    answer = answer_country(*study)
    rows = [changed(row, funnel=BeyondLimits(1.956, None)) if row.force in inside else row for row in answer.forces]
    answer = changed(answer, forces=tuple(rows), about={"different_from_rest": tuple(inside)})
    why = " the 95% limits of chance alone: those are around a common rate that contains the force itself."
    assert repr(country.beside_the_funnel(answer)) == READ + (f"\n\n{says}{why}" if says else "")


def test_beside_the_real_funnels():
    assert repr(country.beside_the_funnel(answer_country(*E8R))) == READ
    # Funnel z of 0 of 40 at 50 of 652, by hand: -1.82; of 13 of 273: -1.80.
    assert "\n\nLancashire and Metropolitan Police differ from the rest, yet lie within" in repr(
        country.beside_the_funnel(answer_country(*BBC))
    )
    assert repr(country.beside_the_funnel(answer_country(*VICTIM))) == READ
    assert repr(country.beside_the_funnel(answer_country(*RADAR))) == (
        "No funnel is drawn: the national figure is a range, so there is no one rate to draw it around."
    )


def test_the_figure_is_the_same_bytes_each_time():
    answer = answer_country(*E8R)
    assert country_figure(answer).png() == country_figure(answer).png()
