"""Every kind of page in a real browser: it loads quietly and asks for nothing, for every reader, on every width."""

import re
import threading
from functools import partial
from html import unescape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from site_fixture import ALL_PAGES, E8R, PAGES

from analysis.answer.article import check_article

KINDS = pytest.mark.parametrize("kind", ALL_PAGES)
KINDS_WITH_A_FIGURE = pytest.mark.parametrize("kind", PAGES)
SHORT = ("explorer", "words", "about")
"""Kinds of page that may be printed on one sheet."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}


@KINDS
def test_it_loads_quietly_and_asks_for_nothing(visit, site, kind):
    page = visit(ALL_PAGES[kind])
    assert page.said == []
    assert page.asked_for == [page.url, "data:,"][: len(page.asked_for)]
    assert (site / ALL_PAGES[kind]).stat().st_size < 1_000_000
    assert page.locator("h1").count() == 1
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1


@KINDS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, kind, scheme):
    page = visit(ALL_PAGES[kind], color_scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:150] for node in one["nodes"]][:3]) for one in found] == []


@KINDS
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_scrolls_it_in_one_direction(visit, kind, width):
    page = visit(ALL_PAGES[kind], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@KINDS_WITH_A_FIGURE
def test_without_scripts_nothing_is_lost(visit, kind):
    page = visit(ALL_PAGES[kind], java_script_enabled=False)
    assert page.said == []
    assert page.locator("main").inner_text().count("\n") > 20
    folded = page.locator("details table").count()
    assert page.locator("table:visible").count() == page.locator("table").count() - folded
    assert page.locator("tbody tr:visible, main li:visible").count() > 0
    assert page.locator("svg:visible").count() > 0
    assert page.locator("input:visible, select:visible, button:visible").count() == 0


@KINDS
def test_it_prints_on_a4(visit, kind):
    page = visit(ALL_PAGES[kind], width=670, color_scheme="dark")  # A4 less its margins, in CSS pixels
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 670
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(32, 39, 45)"
    assert page.locator("details:not(.known):visible, input:visible, nav:visible").count() == 0
    assert page.locator(".known > :not(summary):visible").count() == page.locator(".known > :not(summary)").count()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) >= (1 if kind in SHORT else 2)


@KINDS_WITH_A_FIGURE
def test_figures_are_drawn_as_text_and_named_by_what_they_show(visit, kind):
    page = visit(ALL_PAGES[kind])
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    for figure in page.locator("svg:visible:not([aria-hidden], .strip svg)").all():
        assert re.search(r"\d", figure.get_attribute("aria-label"))
        assert "outcome" in figure.text_content() or "p-value" in figure.text_content()
    assert page.locator("th:not([scope])").count() == 0


def test_letters_of_a_figure_are_light_in_the_dark(visit):
    page = visit(PAGES["force among forces"], color_scheme="dark")
    fills = page.locator("svg text").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    assert len(fills) > 20
    for fill in fills:
        assert sum(int(part) for part in re.findall(r"\d+", fill)) > 300, fill


def test_every_colour_of_a_figure_has_one_in_the_dark(site):
    sheet = files("analysis.site").joinpath("templates/style.css").read_text()
    drawn = set()
    for path in site.rglob("*.html"):
        drawn |= set(re.findall(r'(?:fill|stroke)="(#\w+)"', path.read_text()))
    assert len(drawn) > 6
    for colour in drawn:
        assert f'[fill="{colour}"]' in sheet, colour
        assert f'[stroke="{colour}"]' in sheet, colour


def test_motion_is_left_out_where_it_is_not_wanted(visit):
    moves = [
        visit("index.html", reduced_motion=wish).evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        for wish in ("no-preference", "reduce")
    ]
    assert moves == ["smooth", "auto"]


def test_a_web_server_is_asked_for_the_page_alone(visit, site):
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = visit(f"http://127.0.0.1:{server.server_port}/{E8R}/index.html")
        page.get_by_role("link", name="Gwent", exact=True).click()
        page.wait_for_url("**/gwent.html")
        assert page.said == []
        assert asked == [f"/{E8R}/index.html", f"/{E8R}/gwent.html"]
    finally:
        server.shutdown()
        server.server_close()


QUESTION = re.compile(r"[a-z-]+/[\w.-]+/[a-z-]+/\d{4}-\d\d")
"""What the explorer is asked by its address: force, offence, outcome, year."""


class _Page(HTMLParser):
    """The links of a page and the ids that a link may lead to."""

    def __init__(self, path: Path):
        super().__init__()
        self.links, self.ids, self.sources = [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids |= {found["id"]} if "id" in found else set()
        self.links += [found["href"]] if tag == "a" and "href" in found else []
        self.sources += [found["src"]] if "src" in found else []


def test_every_link_leads_somewhere(site):
    pages = {path: _Page(path) for path in site.rglob("*.html")}
    assert len(pages) > 20
    for path, page in pages.items():
        assert all(source.startswith("data:") for source in page.sources)
        assert len(page.links) > 5
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (path, link)
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path, link)
            if target.name == "explore.html" and parts.path and parts.fragment:
                assert QUESTION.fullmatch(parts.fragment), (path, link)
                continue
            assert not parts.fragment or parts.fragment in pages[target].ids, (path, link)


def test_the_fact_check_holds_every_claim_and_its_verdict(site):
    page = unescape((site / "fact-check.html").read_text(encoding="utf-8"))
    claims = check_article().claims
    assert len(claims) == 13
    for claim in claims:
        assert f'<th scope="row">{claim.claim}</th>' in page
    assert page.count("does not follow</td>") == sum(claim.verdict == "does not follow" for claim in claims)
    assert "../data/" not in page


def test_the_claims_stand_below_each_other_on_a_phone_and_say_what_each_cell_is(visit):
    page = visit("fact-check.html", width=390)
    table = page.locator("table").first
    assert table.evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
    cells = table.locator("tbody tr").first.locator("td").evaluate_all("all => all.map(one => one.dataset.label)")
    assert cells == ["printed", "figure behind it", "how it was checked", "source", "verdict"]
