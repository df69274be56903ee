"""The picture of strips: its groups and their order from the verdicts, what is drawn of each force, and its words."""

import csv
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from analysis.answer.rates_of_forces import force_rates
from analysis.presentation.strip_shapes import scale_of
from analysis.presentation.strip_words import FIRST, group_of, headings
from analysis.presentation.strips import Strips
from analysis.results.force_rates import ForceRate, ForceRates

REFERENCE = Path(__file__).parents[1] / "reference" / "v2_open_cases.csv"
RADAR, VICTIM, BBC = ("radar-2022/8-71/charged", "radar-2022/8-71/victim-does-not-support", "bbc-2016/8-71/charged")
TRENDS = ("rises", "falls", "changes, but in no one direction", "no change shown", None)
STALKING = "home-office-2018-19/8Q/charged"
WORDS = {"unusually high": "higher", "unusually low": "lower", "too few to judge": "too few", "takes no part": None}


def reference():
    """Return {study: {force: verdict among forces}} as computed outside the code."""
    studies = {}
    with open(REFERENCE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["study"].startswith("home-office-2018-19/"):
                word = row["verdict_among"]
                studies.setdefault(row["study"], {})[row["force"]] = WORDS.get(word, word)
    return studies


def row(force, at=0.1, verdict="not unusual", **changes):
    values = {"rate": (at, at), "interval": (0.9 * at, min(1.0, 1.1 * at)), "why_unknown": None} | changes
    return ForceRate(force=force, verdict=verdict, **values)


def rates(*rows, asked="forces", common=(0.1, 0.1), usual=(0.05, 0.2)):
    return ForceRates("A study", asked, rows, common, usual)


class Rows(HTMLParser):
    """The rows of a picture's HTML: name, classes, attributes of the name, and the places of each kind of mark."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.open = [], []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.open.append(tag)
        if tag == "li":
            self.rows.append({"classes": found["class"].split(), "id": found.get("id"), "marks": {}, "text": ""})
        elif "li" in self.open and "class" in found:
            self.rows[-1]["marks"].setdefault(found["class"], []).append(found)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "li" in self.open:
            self.rows[-1]["text"] += data


def rows_of(strips, **options):
    return {found["marks"]["mark"][0]["data-force"]: found for found in Rows(strips.html(**options)).rows}


@pytest.mark.parametrize("study", reference())
def test_forces_stand_in_the_group_of_their_verdict_in_the_order_of_their_names(study):
    strips, verdicts = Strips(force_rates(study)), reference()[study]
    assert [group.name for group in strips.groups] == [
        name for name in ("unusual", "usual", "few", "unsaid") if name in {group_of(word) for word in verdicts.values()}
    ]
    for group in strips.groups:
        expected = sorted(force for force, verdict in verdicts.items() if group_of(verdict) == group.name)
        assert [one.force for one in group.rows] == expected
    assert sum(len(group.rows) for group in strips.groups) == len(verdicts) == 44


def test_all_are_named_and_the_force_of_a_page_leads_and_stands_in_no_other_group():
    strips = Strips(force_rates(STALKING), first="Gwent")
    assert [one.force for one in strips.groups[0].rows] == ["Gwent"]
    assert strips.groups[0].heading == f"{FIRST}: not unusual"
    names = list(rows_of(strips))
    assert len(names) == len(set(names)) == 44
    assert names[0] == "Gwent"
    assert rows_of(strips)["Gwent"]["classes"] == ["strip", "usual", "asked"]
    assert [list(rows_of(Strips(force_rates(STALKING), first="Gwent", alone=True))), names[:1]] == [["Gwent"]] * 2


def test_a_force_alone_keeps_the_scale_of_all():
    both = [Strips(force_rates(STALKING), first="Kent", alone=alone) for alone in (True, False)]
    assert both[0].scale == both[1].scale
    assert rows_of(both[0])["Kent"]["marks"] == rows_of(both[1])["Kent"]["marks"]


def test_a_force_with_too_many_open_cases_is_a_bar_that_goes_on_beyond_the_picture():
    # Published: 13 of 217 charged and 173 still open, so 13/217 = 6.0% to 186/217 = 85.7%.
    found = rows_of(Strips(force_rates(STALKING)))["North Yorkshire"]
    assert found["text"] == "North Yorkshire6.0% to 85.7%"
    assert found["classes"] == ["strip", "unsaid"]
    (bar,) = found["marks"]["range"]
    scale = scale_of(force_rates(STALKING))
    assert (bar["x1"], bar["x2"]) == (f"{100 * 13 / 217 / scale:.2f}%", "100.00%")
    assert "dot" not in found["marks"]
    assert len(found["marks"]["beyond"]) == 1


def test_dot_and_interval_stand_at_their_rates():
    strips = Strips(rates(row("Ayton", 0.1), row("Beeton", 0.4, interval=(0.3, 0.5))))
    assert strips.scale == pytest.approx(0.52)  # 4% more than the highest limit, 0.5
    marks = rows_of(strips)["Ayton"]["marks"]
    assert marks["dot"][0]["cx"] == "19.23%"  # 0.1 / 0.52
    assert (marks["interval"][0]["x1"], marks["interval"][0]["x2"]) == ("17.31%", "21.15%")
    assert (marks["usual"][0]["x"], marks["usual"][0]["width"]) == ("9.62%", "28.85%")
    assert [edge["x1"] for edge in marks["edge"]] == ["9.62%", "38.46%"]
    assert marks["common"][0]["x1"] == "19.23%"


def test_too_few_are_hollow_and_do_not_flatten_the_rest():
    strips = Strips(rates(row("Ayton", 0.1), row("Beeton", 0.9, "too few", interval=(0.2, 0.99))))
    assert strips.scale == pytest.approx(1.04 * 0.2)
    assert rows_of(strips)["Beeton"]["classes"] == ["strip", "few"]
    assert "dot" not in rows_of(strips)["Beeton"]["marks"]
    assert "hollow" in strips.reading
    assert "An arrow" in strips.reading
    assert 'stroke="#0072b2" stroke-width="2"' in Strips(rates(row("Beeton", 0.1, "too few"))).svg()


def test_where_none_can_be_judged_all_have_room():
    assert scale_of(rates(row("A", 0.4, "too few"), row("B", 0.8, None, rate=(0.1, 0.9)))) == pytest.approx(0.4576)
    assert scale_of(rates(row("B", verdict=None, rate=(0.1, 0.6), interval=(0.05, 0.7)))) == pytest.approx(0.728)
    assert scale_of(rates(row("C", verdict=None, rate=None, interval=None), common=None, usual=None)) == pytest.approx(
        0.0104
    )


def test_a_rate_that_is_not_known_is_said_so_with_the_reason():
    unknown = row("Ayton", rate=None, verdict=None, interval=None, why_unknown="no figures were published")
    found = rows_of(Strips(rates(unknown)))["Ayton"]
    assert found["text"] == "Aytonnot known"
    assert set(found["marks"]) == {"mark", "usual", "edge", "common"}
    assert found["marks"]["mark"][0]["data-lines"] == "Ayton\nno figures were published"


def test_a_study_against_a_printed_figure_is_grouped_by_that_and_shades_it():
    found = force_rates(RADAR)
    assert (found.asked, found.common, found.usual) == ("national", (0.055, 0.07), None)
    strips = Strips(found, first="Gwent")
    assert [(group.heading, [one.force for one in group.rows]) for group in strips.groups[:3]] == [
        ("This force: not distinguishable from the national figure", ["Gwent"]),
        ("Different from the national figure", ["Lancashire"]),
        ("Not distinguishable from it (by name, not a ranking)", ["South Yorkshire"]),
    ]
    band = rows_of(strips)["Gwent"]["marks"]["usual"][0]
    assert (band["x"], band["width"]) == (f"{5.5 / strips.scale:.2f}%", f"{1.5 / strips.scale:.2f}%")
    assert "Shaded: the national figure as quoted, 5.5% to 7.0%." in strips.reading
    assert "common" not in rows_of(strips)["Gwent"]["marks"]


def test_a_study_against_a_published_count_has_its_rate_as_a_line():
    strips = Strips(force_rates(VICTIM))  # 11,761 of 28,201 is 41.7%.
    marks = rows_of(strips)["Gwent"]["marks"]
    assert marks["common"][0]["x1"] == f"{100 * 11761 / 28201 / strips.scale:.2f}%"
    assert "usual" not in marks
    assert "the upright line is the national rate as published, 41.7%." in strips.reading


def test_printed_counts_of_few_crimes_have_hollow_dots_and_bars():
    strips = Strips(force_rates(BBC))
    assert [(group.name, len(group.rows)) for group in strips.groups] == [("few", 17), ("unsaid", 14)]
    assert "How much forces usually differ cannot be shown" in strips.reading
    assert "A bar stands for" in strips.reading


def test_where_no_force_can_be_unusual_the_verdicts_are_those_against_the_rest():
    few = rates(row("Ayton", verdict="higher"), row("Beeton", verdict="depends"), asked="rest", usual=None)
    assert [group.heading for group in Strips(few).groups] == list(headings(few).values())[::2]
    own = {word: Strips(rates(row("Ayton", verdict=word), asked="rest"), first="Ayton").groups[0].heading
           for word in ("higher", "not distinguishable", "depends", "depends on the open cases", None)}  # fmt: skip
    assert own == {
        "higher": "This force: higher than the other forces together",
        "not distinguishable": "This force: not distinguishable from the other forces together",
        "depends": "This force: depends on figures that were not published",
        "depends on the open cases": "This force: depends on the open cases",
        None: "This force: cannot be said",
    }


def test_names_links_lines_and_ids_are_escaped():
    name = '<img src=x onerror="alert(1)">&\'Ayton'
    strips = Strips(rates(row(name)), first=name)
    given = {name: name}
    for html in (strips.html(), strips.html(links=given, ids=given, labels=given, lines={name: [name, "x"]})):
        (found,) = Rows(html).rows
        assert found["marks"]["mark"][0]["data-force"] == name
        assert found["text"].startswith(name)
        assert "<img" not in html
    drawn = ElementTree.fromstring(strips.svg())
    assert name in [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]


def test_a_name_leads_where_it_is_told_to_and_carries_what_is_shown_beside_it():
    found = rows_of(Strips(rates(row("Ayton"))), links={"Ayton": "a.html"}, ids={"Ayton": "ayton"},
                    lines={"Ayton": ["Ayton", "10 of 100"]}, labels={"Ayton": "Robbery"})["Ayton"]  # fmt: skip
    (mark,) = found["marks"]["mark"]
    assert (mark["href"], mark["aria-label"], found["id"]) == ("a.html", "Ayton; 10 of 100", "ayton")
    assert found["text"] == "Robbery10.0%"


def test_the_picture_to_take_away_holds_the_same_rows():
    strips = Strips(force_rates(STALKING))
    drawn = ElementTree.fromstring(strips.svg())
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == force_rates(STALKING).title
    for found in Rows(strips.html()).rows:
        force = found["marks"]["mark"][0]["data-force"]
        assert texts[texts.index(force) + 1] == found["text"].removeprefix(force)
    heights = [float(one) for one in re.findall(r'<text x="0" y="(\d+)"', strips.svg())]
    assert all(below - above >= 19 for above, below in pairwise(heights))


def test_the_words_beside_the_picture_name_who_stands_out_and_count_the_rest():
    said = repr(Strips(force_rates(STALKING)))
    assert "Outside the 95% limits (chance alone puts about 1 in 20 there): Staffordshire 6.5% (5.1% to 8.4%)" in said
    assert "Not unusual (by name, not a ranking): 41 forces" in said


def test_a_study_of_several_years_shows_the_newest_and_is_grouped_by_the_trend():
    strips = Strips(
        rates(
            *(row(name, verdict=word) for name, word in zip("ABCDE", TRENDS, strict=True)),
            asked="years", common=None, usual=None,
        ),
        first="E",
    )  # fmt: skip
    assert [(group.heading, [one.force for one in group.rows]) for group in strips.groups] == [
        ("This force: cannot be said", ["E"]),
        ("The rate changes over the years", ["A", "B", "C"]),
        ("No change shown (by name, not a ranking)", ["D"]),
    ]
    assert "both of the newest year" in strips.reading
    assert Strips(strips.rates, first="B").groups[0].heading == "This force: falls"


@pytest.mark.parametrize("code", ["20", "14", "4.9", "8R"])
def test_whatever_is_known_every_force_has_its_row(code):
    # No crimes at all, verdicts against the rest only (twice), verdicts among forces.
    strips = Strips(force_rates(f"home-office-2018-19/{code}/charged"))
    assert len(rows_of(strips)) == 44
    assert not re.search(r"nan|inf%|None", strips.html() + strips.svg())
    assert (strips.rates.asked, bool(strips.rates.usual)) == {
        "20": ("forces", False),
        "14": ("rest", False),
        "4.9": ("rest", False),
        "8R": ("forces", True),
    }[code]


def test_one_line_of_a_card_has_a_dot_for_every_exact_rate_and_those_that_stand_out_on_top():
    ranged = row("Range", verdict=None, rate=(0.05, 0.1))
    hollow, high, usual = row("Few", 0.15, "too few"), row("High", 0.25, "higher"), row("Usual", 0.1)
    html = Strips(rates(hollow, high, ranged, usual)).dots_html()
    drawn = re.findall(r'<g class="(\w+)">(.*?)</g>', html)
    assert [(group, dots.count("<circle"), dots.count("<line")) for group, dots in drawn] == [
        ("unsaid", 0, 0),
        ("few", 1, 0),
        ("usual", 1, 0),
        ("unusual", 1, 0),
    ]
    assert 'role="img"' in html
    assert "High 25.0%" in html


def test_a_long_title_of_a_picture_to_take_away_is_wrapped_and_its_source_stands_below():
    title = " ".join(f"word{number}" for number in range(30))
    drawing = ElementTree.fromstring(
        Strips(ForceRates(title, "forces", (row("Kent"),), None, None)).svg_file("Source: x.")
    )
    texts = {text.text: text for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
    lines = [text for text in texts if "word" in text]
    assert " ".join(lines) == title
    assert all(len(line) <= 76 for line in lines)
    assert float(texts["Source: x."].get("y")) > float(texts["Kent"].get("y"))
    assert "Kent 10.0%" in drawing.find("{http://www.w3.org/2000/svg}title").text
