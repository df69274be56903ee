"""The picture of strips on its pages, in a real browser: for a phone and for a desk, nothing on top of a word."""

import re

import pytest
from site_fixture import BBC, E8R, RADAR

PLACES = [f"{E8R}/index.html", f"{E8R}/gwent.html", f"{BBC}/index.html", f"{RADAR}/gwent.html"]
WORDS = """() => [...document.querySelectorAll('.marks .group, .strip .mark, .strip > span, .strip.axis text')]
  .filter((one) => one.textContent).flatMap((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [...range.getClientRects()].map(({ left, top, right, bottom }) =>
      ({ text: one.textContent, left, top: top + 3, right, bottom: bottom - 3 }));
  })"""
# Three pixels less above and below: the room between lines is the font's, not the letters'.
MARKS = """() => [...document.querySelectorAll('.strip:not(.axis) svg :is(line, rect, circle, path)')].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return { text: one.getAttribute('class'), left, top, right, bottom };
})"""


def overlapping(boxes, others):
    return [
        (one["text"], other["text"])
        for place, one in enumerate(boxes)
        for other in (others[place + 1 :] if others is boxes else others)
        if one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    ]


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", PLACES)
def test_no_word_lies_on_another_or_is_struck_through(visit, path, width):
    page = visit(path, width=width)
    words, marks = page.evaluate(WORDS), page.evaluate(MARKS)
    assert len(words) > 20
    assert len(marks) > 10
    assert overlapping(words, words) == []
    assert overlapping(words, marks) == []
    assert all(word["left"] >= 0 and word["right"] <= width for word in words)


@pytest.mark.parametrize("path", PLACES)
def test_it_is_the_same_picture_on_a_phone_and_a_desk(visit, path):
    phone, desk = (visit(path, width=width).locator(".marks .strip").all_inner_texts() for width in (390, 1440))
    assert phone == desk


def test_a_row_of_a_short_name_is_24_pixels_high(visit):
    page = visit(f"{E8R}/index.html", width=390)
    heights = page.locator("#gwent, #kent").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights == [24, 24]


def luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["edge", "common", "interval", "dot"])
def test_marks_and_the_edges_of_the_band_stand_out_from_the_paper(visit, scheme, kind):
    # WCAG 2.1, 1.4.11: at least 3 to 1.
    page = visit(f"{E8R}/index.html", color_scheme=scheme)
    paint = "fill" if kind == "dot" else "stroke"
    colour = page.locator(f"#kent .{kind}").first.evaluate(f"one => getComputedStyle(one).{paint}")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    light, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_too_few_are_hollow(visit):
    page = visit(f"{E8R}/index.html")
    hollow, full = (
        page.locator(f".strip.{group} circle").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
        for group in ("few", "usual")
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert set(hollow) == {paper}
    assert len(hollow) == 2
    assert paper not in full


def test_colours_that_a_reader_forces_leave_every_mark(visit):
    page = visit(f"{E8R}/index.html", forced_colors="active", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for kind in ("edge", "common", "interval"):
        assert page.locator(f"#gwent .{kind}").first.evaluate("one => getComputedStyle(one).stroke") != paper
    assert page.locator("#gwent .dot").evaluate("one => getComputedStyle(one).fill") != paper
