"""What bounds the national rate over a force's own years, against the tables that its bounds were computed from."""

import csv
from fractions import Fraction
from pathlib import Path

from analysis.counts.tables import read_table

REFERENCE = Path(__file__).parents[1] / "reference"


def reference(name):
    with (REFERENCE / f"v2_window_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_paths():
    ours = [(row["path"], row["crimes"]) for row in read_table("window_paths.csv")]
    assert ours == [(row["path"], int(row["crimes"])) for row in reference("paths")]
    starts = [row["start"] for row in read_table("window_paths.csv")[:8]]
    assert starts == ["2015-04-01", *(f"{year}-01-01" for year in range(2016, 2023))]


def test_figures():
    ours = {row["id"]: row for row in read_table("window_figures.csv")}
    theirs = {row["id"]: row for row in reference("figures")}
    for name, id_ in (("bbc-2016", "bbc2016"), ("refuge-2023", "refuge"), ("radar-2022", "radar_charged")):
        assert ours[name]["rate_low"] == float(theirs[id_]["low"])
        assert ours[name]["rate_high"] == float(theirs[id_]["high"]) or name == "radar-2022"
    # "Around six per cent" may be rounded down: up to 7.0%.
    assert ours["radar-2022"]["rate_high"] == 0.07
    for name, id_ in (("bbc-2019-2018-19", "bbc2019_201819"), ("bbc-2019-2015-16", "bbc2019_201516")):
        assert Fraction(ours[name]["count"], ours[name]["recorded"]) == Fraction(theirs[id_]["low"])


def test_sets_of_assumptions():
    for ours, theirs in zip(read_table("window_assumptions.csv"), reference("assumptions"), strict=True):
        assert ours["never_rose"] == (theirs["rate_never_rises"] == "yes")
        assert float(ours["within_percent"]) == 100 * float(theirs["within"])
        named = [figure.partition("-")[0] for figure in ours["figures"] or []]
        assert ("refuge" in named) == (theirs["jan2019_jul2022_low"] != "")
        assert (theirs["apr2018_mar2019"] != "") == ("bbc-2019-2018-19" in (ours["figures"] or []))
        early = {"": None, "0.097": "bbc-2016"}.get(theirs["apr_dec_2015_low"], "bbc-2019-2015-16")
        assert early is None or early in ours["figures"]
