"""What a reader does on a page: points at a force, taps it, goes to it by keyboard, sorts and filters the table."""

import pytest
from playwright.sync_api import expect
from site_fixture import BBC, E8R, RADAR

from analysis.answer import compare_study

GWENT = ["Gwent", "105 of 3,654 crimes, 2.9%", "95% interval 2.4% to 3.5%", "against the rest: higher"]
# The counts are the Home Office's; the interval is that of data/ and tests/reference for Gwent.


def rows_of(study):
    return compare_study(study)["forces"]


def mark(page, force):
    return page.locator(f'svg:visible .mark[data-force="{force}"]')


def card(page):
    return page.locator(".card:visible")


def test_a_point_tells_its_force_count_rate_interval_and_verdicts(visit):
    page = visit(f"{E8R}/index.html")
    mark(page, "Gwent").hover()
    expect(card(page)).to_be_visible()
    for line in [*GWENT, "among forces: not unusual"]:
        assert line in card(page).inner_text()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.mouse.move(0, 0)
    mark(page, "Kent").hover()
    expect(card(page)).to_contain_text("Kent")
    card(page).hover()
    page.mouse.move(0, 0)
    expect(card(page)).to_have_count(0)


def test_a_point_leads_to_its_report(visit):
    page = visit(f"{E8R}/index.html")
    mark(page, "Gwent").click()
    page.wait_for_url("**/gwent.html")


def test_every_force_that_is_drawn_can_be_pointed_at_and_has_its_words(visit):
    page = visit(f"{BBC}/index.html")
    drawn = [row for row in rows_of(BBC) if row["recorded"] and row["count"]["low"] is not None]
    marks = page.locator("svg:visible .mark")
    assert marks.count() == len(drawn) > 25
    labels = marks.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert sorted(label.partition(";")[0] for label in labels) == sorted(row["force"] for row in drawn)
    ranged = next(label for label in labels if label.startswith("Hertfordshire"))
    assert "between 2 and 22 of 23 crimes, 8.7% to 95.7%" in ranged
    assert "depends" in ranged


def test_a_point_lies_where_its_force_is_drawn(visit):
    page = visit(f"{E8R}/index.html")
    centres = """all => all.map((one) => one.getBoundingClientRect()).map(
      (box) => [box.left + box.width / 2, box.top + box.height / 2])"""
    marks = page.locator("svg:visible .mark").evaluate_all(centres)
    points = page.locator('svg:visible use:is([fill="#0072b2"], [fill="#d55e00"])').evaluate_all(centres)
    assert len(marks) == 43  # North Yorkshire is set aside.
    for x, y in marks:
        assert min(abs(x - one) + abs(y - other) for one, other in points) < 1.5


def test_a_keyboard_goes_from_force_to_force_and_opens_a_report(visit):
    page = visit(f"{E8R}/index.html")
    mark(page, "British Transport Police").focus()  # the fewest crimes
    order = sorted(rows_of(E8R), key=lambda row: row["recorded"])
    for row in order[1:4]:
        page.keyboard.press("ArrowRight")
        expect(card(page)).to_contain_text(row["force"])
    page.keyboard.press("End")
    expect(card(page)).to_contain_text(order[-1]["force"])
    page.keyboard.press("ArrowRight")
    expect(card(page)).to_contain_text(order[-1]["force"])
    page.keyboard.press("Home")
    expect(card(page)).to_contain_text(order[0]["force"])
    assert page.locator('svg:visible .mark[tabindex="0"]').count() == 1
    mark(page, "Gwent").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gwent.html")


def test_a_first_tap_tells_and_a_second_leads_on(visit):
    page = visit(f"{E8R}/index.html", width=390, has_touch=True)
    mark(page, "Gwent").tap()
    expect(card(page)).to_contain_text(GWENT[1])
    assert page.url.endswith("/index.html")
    box = card(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    mark(page, "Gwent").tap()
    page.wait_for_url("**/gwent.html")


def names(page):
    return page.locator("tbody tr:visible th").all_inner_texts()


@pytest.mark.parametrize("study", [E8R, BBC])
def test_the_table_sorts_by_numbers_and_the_unknown_comes_last(visit, study):
    page = visit(f"{study}/index.html")
    heading = page.get_by_role("columnheader", name="rate", exact=True)
    rows = rows_of(study)
    known = [row for row in rows if row["recorded"] and row["count"]["low"] is not None]
    unknown = [row["force"] for row in rows if row not in known]
    for sort, sign in (("ascending", 1), ("descending", -1)):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", sort)
        expected = sorted(known, key=lambda row: sign * row["rate"]["low"])
        assert names(page) == [row["force"] for row in expected] + unknown
    page.get_by_role("columnheader", name="force", exact=True).get_by_role("button").press("Enter")
    assert names(page) == sorted(row["force"] for row in rows)
    assert page.locator("th[aria-sort]").count() == 1


def test_9_crimes_come_before_10(visit):
    page = visit(f"{BBC}/index.html")
    page.get_by_role("columnheader", name="recorded", exact=True).get_by_role("button").click()
    cells = [int(text) for text in page.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert cells == sorted(row["recorded"] for row in rows_of(BBC))
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
    assert page.locator("svg:visible .mark:not(.dim)").count() == 1
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
    inexact = [
        row["force"] for row in rows_of(study) if row["count"]["low"] is None or len({*row["count"].values()}) > 1
    ]
    assert names(page) == inexact
    assert words in page.locator("tbody").inner_text()


def test_the_first_page_answers_and_leads_to_a_force_in_every_study(visit):
    page = visit("index.html")
    text = page.locator("main").inner_text()
    assert text.index("Gwent is not shown to differ") < text.index("only a true rate above 11.9%")
    assert "South Wales Argus" in text
    page.get_by_label("Find a force").fill("Gwent")
    links = page.locator("tbody tr:visible a")
    expect(page.locator("output")).to_contain_text("1 of")
    assert links.all_inner_texts() == [
        "7.8%, not distinguishable",
        "42.2%, not distinguishable",
        "2.9%, not unusual",
    ]
    links.first.click()
    page.wait_for_url("**/radar-2022/8-71/charged/gwent.html")
    page.get_by_role("link", name="Gwent in other studies").click()
    page.wait_for_url("**/index.html#gwent")


def test_a_report_folds_its_code_away_and_shows_the_values_it_ran_with(visit):
    page = visit(f"{E8R}/kent.html")
    assert page.locator("code:visible").count() == 0
    main = page.locator("main").inner_text()
    assert main.index("Kent is unusually low among forces") < main.index("What was counted")
    page.locator("summary").first.press("Enter")
    code = page.locator("code:visible").inner_text()
    assert 'force = "Kent"' in code
    assert "Gwent" not in code
