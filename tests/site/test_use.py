"""What a reader does on a page: points at a force, taps it, goes to it by keyboard, sorts and filters the table.

A study's page has two pictures to point at: the strips, and the funnel that is folded beneath them.
"""

import re

import pytest
from playwright.sync_api import expect
from site_fixture import BBC, E8R, RADAR, VICTIM

from analysis.answer import compare_study
from analysis.presentation.strip_words import HEADINGS, group_of

GWENT = ["Gwent", "105 of 3,654 crimes, 2.9%", "95% interval 2.4% to 3.5%", "against the rest: higher"]
# The counts are the Home Office's; the interval is that of data/ and tests/reference for Gwent.


def rows_of(study):
    return compare_study(study).forces


STRIPS, FUNNEL = ".marks", "svg[role=group]"
PICTURES = pytest.mark.parametrize("picture", [STRIPS, FUNNEL])


def unfold(page):
    page.get_by_text("Why small forces scatter", exact=True).click()


def mark(page, force, picture=STRIPS):
    return page.locator(f'{picture}:visible .mark[data-force="{force}"]')


def card(page):
    return page.locator(".card:visible")


@PICTURES
def test_a_point_tells_its_force_count_rate_interval_and_verdicts(visit, picture):
    page = visit(f"{E8R}/index.html")
    unfold(page)
    mark(page, "Gwent", picture).hover()
    expect(card(page)).to_be_visible()
    for line in [*GWENT, "among forces: not unusual"]:
        assert line in card(page).inner_text()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.mouse.move(0, 0)
    mark(page, "Kent", picture).hover()
    expect(card(page)).to_contain_text("Kent")
    card(page).hover()
    page.mouse.move(0, 0)
    expect(card(page)).to_have_count(0)


@PICTURES
def test_a_point_leads_to_its_report(visit, picture):
    page = visit(f"{E8R}/index.html")
    unfold(page)
    mark(page, "Gwent", picture).click()
    page.wait_for_url("**/gwent.html")


def test_on_a_report_each_other_force_leads_to_its_row_of_the_study(visit):
    page = visit(f"{E8R}/gwent.html")
    marks = page.locator(".marks .mark")
    assert marks.count() == 44
    assert marks.first.inner_text() == "Gwent"
    mark(page, "Dyfed-Powys").click()
    page.wait_for_url("**/index.html#dyfed-powys")
    assert page.locator("li:target").inner_text().startswith("Dyfed-Powys")


def test_every_force_that_is_drawn_can_be_pointed_at_and_has_its_words(visit):
    page = visit(f"{BBC}/index.html")
    unfold(page)
    drawn = [row for row in rows_of(BBC) if row.has_rate]
    marks = page.locator("svg:visible .mark")
    assert marks.count() == len(drawn) > 25
    labels = marks.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    told = page.locator(".marks .mark").evaluate_all("all => all.map(one => one.dataset.lines.replaceAll('\\n', '; '))")
    assert sorted(told) == sorted(labels)
    assert sorted(label.partition(";")[0] for label in labels) == sorted(row.force for row in drawn)
    ranged = next(label for label in labels if label.startswith("Hertfordshire"))
    assert "between 2 and 22 of 23 crimes, 8.7% to 95.7%" in ranged
    assert "depends" in ranged


def test_a_point_lies_where_its_force_is_drawn(visit):
    page = visit(f"{E8R}/index.html")
    unfold(page)
    centres = """all => all.map((one) => one.getBoundingClientRect()).map(
      (box) => [box.left + box.width / 2, box.top + box.height / 2])"""
    marks = page.locator("svg:visible .mark").evaluate_all(centres)
    points = page.locator('svg:visible use:is([fill="#0072b2"], [fill="#d55e00"])').evaluate_all(centres)
    assert len(marks) == 43  # North Yorkshire is set aside.
    for x, y in marks:
        assert min(abs(x - one) + abs(y - other) for one, other in points) < 1.5


def group_and_name(row):
    return list(HEADINGS).index(group_of(row.verdict.among_forces)), row.force


@pytest.mark.parametrize(
    ("picture", "first", "key"),
    [
        (STRIPS, "Bedfordshire", group_and_name),  # the first of the unusual
        (FUNNEL, "British Transport Police", lambda row: row.recorded),  # the fewest crimes
    ],
)
def test_a_keyboard_goes_from_force_to_force_and_opens_a_report(visit, picture, first, key):
    page = visit(f"{E8R}/index.html")
    unfold(page)
    page.mouse.move(0, 0)  # A page that scrolls to its last row brings others under a resting pointer.
    mark(page, first, picture).focus()
    order = sorted(rows_of(E8R), key=key)
    for row in order[1:4]:
        page.keyboard.press("ArrowRight")
        expect(card(page)).to_contain_text(row.force)
    page.keyboard.press("End")
    expect(card(page)).to_contain_text(order[-1].force)
    page.keyboard.press("ArrowRight")
    expect(card(page)).to_contain_text(order[-1].force)
    page.keyboard.press("Home")
    expect(card(page)).to_contain_text(order[0].force)
    assert page.locator(f'{picture}:visible .mark[tabindex="0"]').count() == 1
    mark(page, "Gwent", picture).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gwent.html")


@PICTURES
def test_a_first_tap_tells_and_a_second_leads_on(visit, picture):
    page = visit(f"{E8R}/index.html", width=390, has_touch=True)
    unfold(page)
    mark(page, "Gwent", picture).tap()
    expect(card(page)).to_contain_text(GWENT[1])
    assert page.url.endswith("/index.html")
    box = card(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    mark(page, "Gwent", picture).tap()
    page.wait_for_url("**/gwent.html")


def names(page):
    return page.locator("tbody tr:visible th").all_inner_texts()


@pytest.mark.parametrize("study", [E8R, BBC])
def test_the_table_sorts_by_numbers_and_the_unknown_comes_last(visit, study):
    page = visit(f"{study}/index.html")
    heading = page.get_by_role("columnheader", name="rate", exact=True)
    rows = rows_of(study)
    known = [row for row in rows if row.has_rate]
    unknown = [row.force for row in rows if row not in known]
    for sort, sign in (("ascending", 1), ("descending", -1)):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", sort)
        expected = sorted(known, key=lambda row: sign * row.rate.low)
        assert names(page) == [row.force for row in expected] + unknown
    page.get_by_role("columnheader", name="force", exact=True).get_by_role("button").press("Enter")
    assert names(page) == sorted(row.force for row in rows)
    assert page.locator("th[aria-sort]").count() == 1


def test_9_crimes_come_before_10(visit):
    page = visit(f"{BBC}/index.html")
    page.get_by_role("columnheader", name="recorded", exact=True).get_by_role("button").click()
    cells = [int(text) for text in page.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert cells == sorted(row.recorded for row in rows_of(BBC))
    assert cells[0] < 10 < cells[-1]


def test_where_windows_differ_no_ranking_is_offered(visit):
    page = visit(f"{RADAR}/index.html")
    assert page.locator("thead button").all_inner_texts() == ["force", "recorded"]
    assert "would read as a ranking" in page.locator("main").inner_text()


def test_the_table_filters_by_name_and_by_finding(visit):
    page = visit(f"{E8R}/index.html")
    page.get_by_label("Find a force").fill("gwe")
    assert names(page) == ["Gwent"]
    expect(page.locator("output")).to_have_text("1 of 44 forces")
    assert page.locator(".marks .mark:not(.dim)").all_inner_texts() == ["Gwent"]
    page.get_by_label("Find a force").fill("")
    page.get_by_label("Show").select_option("unusual among forces")
    assert names(page) == ["Bedfordshire", "Gloucestershire", "Kent"]
    page.get_by_label("Show").select_option("different when taken alone")
    expect(page.locator("output")).to_have_text("21 of 44 forces")
    page.get_by_label("Find a force").fill("no such force")
    expect(page.locator("output")).to_have_text("0 of 44 forces")


@pytest.mark.parametrize(
    ("study", "words"),
    [(BBC, "the count is known only as a range"), (RADAR, "no charge figure was found in the stories")],
)
def test_forces_that_are_not_known_exactly_are_found_and_say_why(visit, study, words):
    page = visit(f"{study}/index.html")
    page.get_by_label("Show").select_option("not known exactly")
    inexact = [row.force for row in rows_of(study) if not row.count.is_exact]
    assert names(page) == inexact
    assert words in page.locator("tbody").inner_text()


def test_the_first_page_answers_and_leads_to_a_force_and_its_studies(visit):
    page = visit("index.html")
    text = page.locator("main").text_content()
    assert text.index("Gwent is not shown to differ") < text.index("only a true rate above 11.9%")
    assert "South Wales Argus" in text
    # Four of the nine forces' figures were printed whole (facts page of the study); each stands on Gwent's picture.
    assert page.locator(".answer .strip.asked .mark").inner_text() == "Gwent"
    assert page.locator(".answer .strip:not(.axis)").count() == 9
    assert page.locator(".studies section .dots").count() == page.locator(".studies section").count()
    page.get_by_label("Find a force").fill("Gwent")
    expect(page.locator("output")).to_have_text(re.compile(r"1 of \d+ forces"))
    page.get_by_role("link", name="Gwent", exact=True).click()
    page.wait_for_url("**/forces/gwent.html")
    for study in (RADAR, VICTIM, E8R):
        assert page.locator(f'main li a[href="../{study}/gwent.html"]').count() == 1
    page.locator(f'main li a[href="../{RADAR}/gwent.html"]').click()
    page.wait_for_url("**/radar-2022/8-71/charged/gwent.html")
    page.get_by_role("link", name="Gwent in other studies").click()
    page.wait_for_url("**/forces/gwent.html")


def test_the_form_of_the_first_page_leads_to_the_answer(visit):
    page = visit("index.html")
    page.get_by_label("Police force").select_option("Kent")
    page.get_by_label("Offence").select_option(value="8R")
    page.locator("select[name=year]").select_option("2018/19")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/explore.html#kent/8R/charged/2018-19")
    # The Home Office's counts, as in tests/reference.
    expect(page.locator("#answer")).to_have_attribute("data-verdict", "lower")


def test_a_force_is_found_as_people_write_it(visit):
    page = visit("index.html")
    page.get_by_label("Find a force").fill("Gwent Police")
    expect(page.locator("output")).to_have_text(re.compile(r"1 of \d+ forces"))
    assert page.locator("#all-forces li:visible a").all_inner_texts() == ["Gwent"]


def test_a_profile_leads_from_an_offence_to_all_forces(visit):
    page = visit("forces/gwent.html")
    page.get_by_role("link", name=re.compile("^Malicious Communications; 105 of 3,654, 2.9%")).click()
    page.wait_for_url("**/explore.html#gwent/8R/charged/2018-19")
    expect(page.locator("#answer")).to_have_attribute("data-count", "105")


def test_a_report_folds_its_code_away_and_shows_the_values_it_ran_with(visit):
    page = visit(f"{E8R}/kent.html")
    assert page.locator("code:visible").count() == 0
    main = page.locator("main").inner_text()
    assert main.index("Kent is unusually low among forces") < main.index("What was counted")
    page.locator("summary").first.press("Enter")
    code = page.locator("code:visible").inner_text()
    assert 'force = "Kent"' in code
    assert "Gwent" not in code
