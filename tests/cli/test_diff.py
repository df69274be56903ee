"""`diff`: two releases or two folders of reports, as text, JSON and a feed, and what it refuses."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.counts.importing import import_official
from official_files import TODAY, write_xlsx
from official_years import import_year

HEADER = (
    "study,force,outcome,count_low,count_high,recorded,open,rate_low,rate_high,wilson_low,wilson_high,against,p_low,"
    "p_high,verdict,verdict_among_forces,why_unknown,source,window_start,window_end\n"
)
ATOM = "{http://www.w3.org/2005/Atom}"


def row(force, count, verdict, study="home-office-2018-19/8R/charged"):
    return f"{study},{force},charged,{count},{count},3654,0,,,,,rest,,,{verdict},not unusual,,s,,\n"


@pytest.fixture
def folders(tmp_path):
    """Two folders of reports: Gwent's count and verdict moved, Kent's did not, Essex and its verdict are new."""
    rows = {
        "old": [row("Kent", 9, "lower"), row("Gwent", 105, "higher"), row("Kent", 1, "", "bbc-2016/8-71/charged")],
        "new": [row("Essex", 5, ""), row("Gwent", 110, "not distinguishable"), row("Kent", 9, "lower")],
    }
    for name, lines in rows.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "summary.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return str(tmp_path / "old"), str(tmp_path / "new")


def diff(*arguments):
    return CliRunner().invoke(main, ["diff", *arguments])


def test_two_folders_of_reports(folders):
    result = diff(*folders)
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "Understood as two folders of reports" in text
    assert "2 of 3 figures moved, and the verdicts of 2 of them." in text
    assert "105 of 3,654 110 of 3,654 higher, now not distinguishable" in text
    assert f"Only in {folders[0]}: bbc-2016/8-71/charged" in text


def test_json_has_what_moved_part_by_part(folders):
    found = json.loads(diff(*folders, "--json").stdout)
    essex, gwent = found["moves"]
    assert (essex["force"], essex["old"], essex["new"]["count_low"]) == ("Essex", None, 5)
    assert (gwent["release"], gwent["offence"], gwent["outcome"]) == ("home-office-2018-19", "8R", "charged")
    assert gwent["what"] == ["count_low", "count_high", "verdict"]
    assert (gwent["old"]["verdict"], gwent["new"]["verdict"]) == ("higher", "not distinguishable")


def test_a_feed_is_the_same_bytes_on_every_run(folders, tmp_path):
    paths = [tmp_path / "a.xml", tmp_path / "b.xml"]
    for path in paths:
        assert diff(*folders, "--atom", str(path), "--updated", "2026-03-31").exit_code == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    feed = ElementTree.parse(paths[0]).getroot()
    # RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have.
    for element in (feed, feed.find(f"{ATOM}entry")):
        assert all(element.find(ATOM + name).text for name in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert "Gwent: 105 of 3,654, now 110 of 3,654" in feed.find(f"{ATOM}entry/{ATOM}content").text


def test_two_editions_of_a_year(tmp_path, imported):
    import_year(tmp_path, 2019, 5, 100)
    rows = [["2019/20", quarter, "Gwent", "8R", "T", "G", "S", None, kind, "O", "Outcomes", part * (quarter == 1), 0]
            for quarter in range(1, 5) for kind, part in ((1, 8), (18, 92))]  # fmt: skip
    write_xlsx(tmp_path / "later.xlsx", {"Outcomes open data": [TODAY, *rows]})
    import_official(tmp_path / "later.xlsx", release="home-office-2019-20@2024-07")
    text = " ".join(diff("home-office-2019-20", "home-office-2019-20@2024-07").stdout.split())
    assert "a move is one between editions" in text
    assert "their count went from 5 to 8 (+60.0%)" in text
    assert "8R charged Gwent 5 of 100 8 of 100" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["OLD", "bbc-2016"], "is a folder of reports and bbc-2016 is not: give two folders or two releases"),
        (["OLD", "NEW", "--offence", "8R"], "--offence and --outcome are for two releases"),
        (["OLD", "NEW", "--atom", "feed.xml"], "--atom FILE and --updated DAY go together"),
        (["OLD", "NEW", "--atom", "feed.xml", "--updated", "today"], "--updated 'today' is not a day"),
        (["bbc-2016", "nowhere"], "there is no release 'nowhere'"),
    ],
)
def test_what_cannot_be_used_is_refused(folders, arguments, message):
    names = dict(zip(("OLD", "NEW"), folders, strict=True))
    result = diff(*(names.get(one, one) for one in arguments))
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("damage", [("8R/charged", "8R"), ("105", "many"), ("study", "name")])
def test_a_damaged_summary_is_named(folders, tmp_path, damage):
    path = tmp_path / "old" / "summary.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(*damage), encoding="utf-8")
    result = diff(*folders)
    assert result.exit_code == 2
    assert "summary.csv" in result.stderr
