"""Names and titles that are markup, script or formulas stay text, in pages and in the table for spreadsheets."""

import csv
import io
import json
import shutil

import pytest
from site_fixture import BBC

from analysis.counts.digests import write_sums
from analysis.counts.folder import DATA_VARIABLE, data_folder
from analysis.site.pages import address
from analysis.site.reports import run_reports
from analysis.site.takeaway import _cell

NAMES = {
    "Durham": '=HYPERLINK("http://x.invalid")<img src=x onerror=alert(1)>',
    "Kent": "</script><script>alert(2)</script> $x$ & **Kent**",
    "Essex": "\"' onfocus=alert(3) autofocus x='",
}
TITLE = '+title </title><svg onload="alert(4)"> `code` [a](javascript:alert(5))'


def rewrite(path, change):
    with open(path, newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(row) for row in table)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The folder of a batch whose data have such names."""
    folder = tmp_path_factory.mktemp("hostile")
    data, output = folder / "data", folder / "reports"
    shutil.copytree(data_folder(), data)
    rewrite(data / "forces.csv", lambda row: row | {"name": NAMES.get(row["name"], row["name"])})
    rewrite(data / "counts/bbc-2016.csv", lambda row: row | {"force": NAMES.get(row["force"], row["force"])})
    rewrite(data / "crime_recording.csv", lambda row: row | {"force": NAMES.get(row["force"], row["force"])})
    rewrite(data / "studies.csv", lambda row: row | {"title": TITLE, "note": TITLE} if row["id"] == BBC else row)
    write_sums(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(data))
        result = run_reports([BBC], list(NAMES.values()), output, quiet=True)
    assert result.failed == {}
    return output


@pytest.mark.parametrize("page", ["index.html", f"{BBC}/index.html", *(f"{BBC}/{f.lower()}.html" for f in NAMES)])
def test_they_stay_text_in_a_page(visit, hostile, page):
    opened = visit(page, folder=hostile)
    assert opened.said == []
    assert opened.locator("img, script[src], [onerror], [onfocus], [onload], a[href^=javascript]").count() == 0
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1200
    shown = opened.evaluate("document.documentElement.textContent")
    names = [NAMES[f] for f in NAMES if page.endswith((f"{f.lower()}.html", "index.html"))]
    for name in names:
        assert name in shown


def test_they_stay_text_beside_a_point(visit, hostile):
    opened = visit(f"{BBC}/index.html", folder=hostile)
    marks = opened.locator(".marks .mark")
    for place, name in enumerate(marks.evaluate_all("all => all.map(one => one.dataset.force)")):
        if name in NAMES.values():
            marks.nth(place).hover()
            assert opened.locator(".card strong").inner_text() == name
            assert opened.locator(".card img, .card script").count() == 0
    assert opened.said == []


def test_a_spreadsheet_takes_none_for_a_formula(hostile):
    rows = list(csv.DictReader(io.StringIO((hostile / "summary.csv").read_text(encoding="utf-8"))))
    forces = {row["force"] for row in rows}
    assert f"'{NAMES['Durham']}" in forces
    assert NAMES["Kent"] in forces
    for row in rows:
        for column, cell in row.items():
            if not cell[:1].isdigit():
                assert cell[:1] not in set("=+-@\t\r\n"), (column, cell)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1"])
def test_a_formula_is_quoted(text):
    assert _cell(text) == f"'{text}"


def test_numbers_and_plain_names_are_left_alone():
    assert [_cell(value) for value in ("Dyfed-Powys", -1.5, 7, None)] == ["Dyfed-Powys", "-1.5", "7", ""]


def test_names_stay_whole_in_the_numbers(hostile):
    assert json.loads((hostile / BBC / "kent.json").read_text(encoding="utf-8"))["force"] == NAMES["Kent"]


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "http://a b", 'https://a"onclick="x'])
def test_only_a_web_address_becomes_a_link(text):
    assert "<a" not in address(text)
