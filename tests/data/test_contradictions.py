"""What `check` finds, whole: every sentence with its place for one changed figure, and nothing else."""

import csv

import pyarrow.parquet as pq
import pytest

from analysis.counts.check import Finding, check_data
from analysis.counts.folder import data_folder
from analysis.counts.printed.cross_checks import check_national, check_overlaps, check_printed_pairs, check_windows
from analysis.counts.releases import find_release, list_releases

RADAR, BBC, PRESS, REFUGE = (f"counts/{name}.csv" for name in ("radar-2022", "bbc-2016", "press", "refuge-2023"))
PRINTED = (RADAR, BBC, PRESS, REFUGE)
NATIONAL, TOTALS = "national_rates.csv", "control_totals.csv"
KENT = "bbc-2016,Kent,2015-04-13,2015-12-31,8/71"
COUNTRY = "England and Wales 8/71"
ALLOWS = "is not what the printed percentage allows"
OTHERS = "is not what the other figures give"
APART = "the percentage and the number contradict each other"
MARK = "correct it, or mark it with the reason"


def test_every_marked_error_is_told_and_nothing_else():
    expected = set()
    for name in PRINTED:
        with (data_folder() / name).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if row["reason"]:
                    force = row["force"].replace(";", " and ")
                    expected.add(Finding("marked", f"data/{name}, row {number}", f"{force}: {row['reason']}"))
    name = "counts/home-office-2018-19.parquet"
    for row in pq.read_table(data_folder() / name).to_pylist():
        if row["count"] < 0:
            text = (
                f"{row['force']}, {row['offence']}: {row['count']} of type {row['outcome_type']} after the published "
                "corrections; the pair is shown as unknown and takes part in nothing"
            )
            expected.add(Finding("marked", f"data/{name}", text))
    found = check_data()
    # 12 pairs of force and code, and 16 printed figures; see data/README.md.
    assert len(found) == len(expected) == 28
    assert set(found) == expected


TAMPERED = [
    (
        (RADAR, 'suspect identified",260,37.8', 'suspect identified",261,37.8'),
        [(f"data/{RADAR}, row 7, column count", f"261 of 688 is not the printed 37.8%: {MARK}")],
    ),
    (
        (RADAR, ",10044,35.6", ",10054,35.6"),
        [
            (f"data/{TOTALS}, row 3", f"{COUNTRY} outcome 16 must be 10,044 (printed) but the figures give 10,054"),
            (f"data/{RADAR}, row 39, column count", f"10,054 of 28,201 is not the printed 35.6%: {MARK}"),
            (f"data/{NATIONAL}, row 3", "11,761 is not the sum of the printed national counts"),
            (f"data/{RADAR}, row 53", f"the correction 10,044 {OTHERS}: 10,054 of 28,201"),
            (f"data/{RADAR}, row 54", f"the correction 10,044 {OTHERS}: 10,054 of 28,201"),
        ],
    ),
    (
        (RADAR, ",28201,", ",28101,"),
        [
            (f"data/{TOTALS}, row 2", f"{COUNTRY} recorded must be 28,201 (printed) but the figures give 28,101"),
            (f"data/{RADAR}, row 39, column count", f"10,044 of 28,101 is not the printed 35.6%: {MARK}"),
            (f"data/{NATIONAL}, row 3", "28,201 recorded, but data/counts/radar-2022.csv prints 28,101"),
        ],
    ),
    (
        (RADAR, "charged or summonsed,,7.8,,yes", "charged or summonsed,,7.5,,yes"),
        [
            (
                f"data/{TOTALS}, row 6",
                "Gwent 8/71 outcome 1 must be 21 (derived outside the project from the printed percentage and the "
                "recorded count) but the figures give 20",
            )
        ],
    ),
    (
        (RADAR, ",1720,1720,", ",1730,1730,"),
        [
            (
                f"data/{TOTALS}, row 32",
                "West Midlands 8/71 recorded must be 1,720 (2,575 - 855) but the figures give 1,730",
            ),
            (f"data/{RADAR}, row 37", f"the printed 2,575 {OTHERS}: 2,585 of 2,585"),
        ],
    ),
    (
        (PRESS, ",49,18.6", ",49,18.7"),
        [
            (
                f"data/{PRESS}, row 68, column percent",
                f"no whole number of 264 is 18.7%: the percentage and the number contradict each other; {MARK}",
            )
        ],
    ),
    (
        # Kent prints the reports of children and of adults: which of the two the 5% is of must be said.
        (PRESS, ",,5,1582,", ",,5,,"),
        [
            (
                f"data/{PRESS}, row 46, column percent",
                "5% of an unknown number gives no count: write the number in percent_of",
            )
        ],
    ),
    (
        (BBC, f"{KENT},recorded,,all records,43", f"{KENT},recorded,,all records,44"),
        [
            (
                f"data/{BBC}, row 61, column count",
                f"the outcomes of Kent add up to 43, less than the 44 recorded: {MARK}",
            )
        ],
    ),
    (
        (BBC, ",1160,", ",1161,"),
        [(f"data/{BBC}, row 159", f"the printed 1,161 {OTHERS}: 1,160 of 1,160")],
    ),
    (
        # Another outcome has the label, so that it is counted with neither.
        (BBC, "no action (reason not always given; HO code not derivable),,61,984", "no reason,,61,984"),
        [(f"data/{BBC}, row 158", f"the printed 61% {OTHERS}: 0 of 1,160")],
    ),
    (
        (TOTALS, ",31,bbc", ",30,bbc"),
        [(f"data/{TOTALS}, row 39", "8/71 forces must be 30 (printed) but the figures give 31")],
    ),
    (
        (TOTALS, ",176,", ",175,"),
        [
            (
                f"data/{TOTALS}, row 38",
                "8/71 outcome unpublished must be 175 (1,160 less the 984 records with an outcome) but the "
                "figures give 176",
            )
        ],
    ),
]


@pytest.mark.parametrize(("change", "expected"), TAMPERED, ids=[change[2] for change, _ in TAMPERED])
def test_a_changed_figure_contradicts_these_and_no_others(data, change, expected):
    data.replace(*change)
    found = [(one.kind, one.place, one.text) for one in check_data() if one.kind != "marked"]
    assert found == [("contradiction", place, text) for place, text in expected]


# A row for Cleveland, whose two outcomes are 241 to 244 of 433: 206, and 38 corrected to 35..38.
CLEVELAND = (
    "radar-2022,{force},2015-04-01,2021-12-31,8/71,{measure},{types},both,{count},{percent},{percent_of},{at_least},"
    "{low},{high},{reason},check,crimes recorded in period,disclose+threats,{source},\n"
)
OVERLAPS = [
    ({"count": 240}, f"the printed 240 {OTHERS}: 241 to 244 of 433"),
    ({"count": 241}, None),
    ({"count": 244}, None),
    ({"count": 245}, f"the printed 245 {OTHERS}: 241 to 244 of 433"),
    ({"count": 240, "at_least": "yes"}, None),
    ({"count": 244, "at_least": "yes"}, None),
    (
        {"count": 245, "at_least": "yes"},
        f"the printed at least 245 {OTHERS}: 241 to 244 of 433",
    ),
    ({"low": 200, "high": 240}, f"the correction 200 to 240 {OTHERS}: 241 to 244 of 433"),
    ({"low": 200, "high": 241}, None),
    ({"low": 244, "high": 300}, None),
    ({"low": 245, "high": 245}, f"the correction 245 {OTHERS}: 241 to 244 of 433"),
    # 241 of 433 is 55.66%, 244 of 433 is 56.351%.
    ({"percent": 55.6}, f"the printed 55.6% {OTHERS}: 241 to 244 of 433"),
    ({"percent": 55.7}, None),
    ({"percent": 56.4}, None),
    ({"percent": 56.5}, f"the printed 56.5% {OTHERS}: 241 to 244 of 433"),
    ({"percent": 55.6, "at_least": "yes"}, None),
    (
        {"percent": 56.5, "at_least": "yes"},
        f"the printed at least 56.5% {OTHERS}: 241 to 244 of 433",
    ),
    # 241 of 1,000 is 24.1%, and a bound itself still rounds to the percentage.
    ({"percent": 24, "percent_of": 1000}, None),
    (
        {"percent": "24.0", "percent_of": 1000},
        f"the printed 24.0% {OTHERS}: 241 to 244 of 433",
    ),
    (
        {"percent": "24.4", "percent_of": 2000},
        f"the printed 24.4% {OTHERS}: 241 to 244 of 433",
    ),
    ({"percent": "12.1", "percent_of": 2000}, None),
    ({"types": "14", "count": 34}, f"the printed 34 {OTHERS}: 35 to 38 of 433"),
    ({"types": "16", "count": 206}, None),
    ({"types": "16", "count": 205}, f"the printed 205 {OTHERS}: 206 of 433"),
    ({"measure": "recorded", "types": "", "count": 433}, None),
    (
        {"measure": "recorded", "types": "", "count": 434},
        f"the printed 434 {OTHERS}: 433 of 433",
    ),
    # With Gwent's 113 of 268.
    ({"force": "Cleveland;Gwent", "count": 357}, None),
    (
        {"force": "Cleveland;Gwent", "count": 358},
        f"the printed 358 {OTHERS}: 354 to 357 of 701",
    ),
]


def add_cleveland(data, cells):
    """Add the row, with these cells, to the copy of the figures."""
    empty = dict.fromkeys(("count", "percent", "percent_of", "at_least", "low", "high"), "")
    about = {
        "force": "Cleveland",
        "measure": "outcome",
        "types": "14;16",
        "source": "hartlepool-mail-2022",
        "reason": "x" if "low" in cells else "",
    }
    if "low" in cells:
        about["count"] = 1  # Whatever was printed, the correction takes its place.
    content = (data.folder / RADAR).read_bytes() + CLEVELAND.format(**empty | about | cells).encode()
    data.write(RADAR, content)


@pytest.mark.parametrize(("cells", "text"), OVERLAPS, ids=[str(cells) for cells, _ in OVERLAPS])
def test_a_row_that_overlaps_figures(data, cells, text):
    add_cleveland(data, cells)
    found = list(check_overlaps(find_release("radar-2022"), "8/71"))
    assert found == ([(f"data/{RADAR}, row 55", text)] if text else [])


@pytest.mark.parametrize(
    ("unpublished", "recorded", "text"),
    [
        (27, 32, None),
        (28, 32, "the outcomes of this tally do not add up to its 32 recorded"),
        (26, 32, "the outcomes of this tally do not add up to its 32 recorded"),
        (18, 23, None),
        (17, 22, "22 is below the figure that was chosen instead"),
    ],
)
def test_another_tally_of_the_same_force(data, unpublished, recorded, text):
    data.replace(BBC, "no outcome published (blank),27,", f"no outcome published (blank),{unpublished},")
    data.replace(BBC, ",all records,32,", f",all records,{recorded},")
    found = list(check_overlaps(find_release("bbc-2016"), "8/71"))
    assert found == ([(f"data/{BBC}, row 48", text)] if text else [])


# West Mercia prints four financial years, 36 + 89 + 93 + 71 = 289, and the 289.
MERCIA = "press,West Mercia,{},8/71,recorded,,incidents reported,{}"
YEARS = [("2015-04-01,2016-03-31", 36), ("2016-04-01,2017-03-31", 89), ("2017-04-01,2018-03-31", 93)]
WINDOWS = [
    ((1, None, 88), "288"),
    ((1, None, 90), "290"),
    ((1, "2016-04-02,2017-03-31", 88), None),  # A day is missing, so that the rest may lie there.
    ((1, "2016-04-02,2017-03-31", 90), "290"),
    ((1, "2016-04-01,2017-04-01", 90), None),  # A day is in two of them, so that crimes may be counted twice.
    ((0, "2015-04-02,2016-03-31", 35), None),
    ((0, "2015-04-02,2016-03-31", 37), "290"),
    ((0, "2015-03-31,2016-03-31", 90), None),  # It begins before the whole.
]


@pytest.mark.parametrize(("change", "total"), WINDOWS, ids=[str(change) for change, _ in WINDOWS])
def test_windows_inside_a_window(data, change, total):
    place, window, count = change
    old_window, old_count = YEARS[place]
    data.replace(PRESS, MERCIA.format(old_window, old_count), MERCIA.format(window or old_window, count))
    press = next(release for release in list_releases() if release.id == "press")
    text = f"289 recorded, but the shorter windows inside add up to {total}"
    assert list(check_windows(press)) == ([(f"data/{PRESS}, row 10", text)] if total else [])


@pytest.mark.parametrize(
    ("change", "place", "text"),
    [
        ((NATIONAL, ",11761,28201,", ",11762,28201,"), 3, "11,762 is not the sum of the printed national counts"),
        ((NATIONAL, ",11761,28201,", ",11761,28202,"), 3, f"28,202 recorded, but data/{RADAR} prints 28,201"),
        ((NATIONAL, "0.055,0.065", "0.055,0.06"), 2, f"0.055 to 0.06 {ALLOWS}: data/{RADAR} prints 6%"),
        ((NATIONAL, "0.105,0.115", "0.1,0.115"), 4, f"0.1 to 0.115 {ALLOWS}: data/{BBC} prints 11%"),
        ((NATIONAL, "0.035,0.045", "0.03,0.045"), 5, f"0.03 to 0.045 {ALLOWS}: data/{REFUGE} prints 4%"),
        ((REFUGE, ",13860,", ",13861,"), 5, f"13,860 recorded, but data/{REFUGE} prints 13,861"),
        ((REFUGE, "recorded,13860,", "recorded,,"), 5, f"13,860 recorded, but data/{REFUGE} prints nothing"),
        ((RADAR, ",,6,,,,", ",,,,,,"), 2, f"0.055 to 0.065 {ALLOWS}: data/{RADAR} prints nothing"),
        ((RADAR, ",,6,,,,", ",,5,,,,"), 2, f"0.055 to 0.065 {ALLOWS}: data/{RADAR} prints 5%"),
    ],
)
def test_national_rates(data, change, place, text):
    data.replace(*change)
    printed = [release for release in list_releases() if not release.is_official]
    found = [one for release in printed for one in check_national(release)]
    assert found == [(f"data/{NATIONAL}, row {place}", text)]


def test_another_tally_is_no_part_of_a_window(data):
    data.replace(RADAR, ",95,,,,,,,subset", ",395,,,,,,,alternative")
    assert list(check_windows(find_release("radar-2022"))) == []


def test_a_check_row_of_a_release_that_has_an_outcome_for_every_record(data):
    row = "bbc-2016,Kent;Essex,2015-04-13,2015-12-31,8/71,outcome,1,both,{},,,,,,,check,unknown,disclose"
    for count, found in ((8, []), (9, [(f"data/{BBC}, row 160", f"the printed 9 {OTHERS}: 8 of 73")])):
        content = (data.folder / BBC).read_text(encoding="utf-8").split("bbc-2016,Kent;Essex")[0]
        data.write(BBC, f"{content}{row.format(count)},bbc-data-unit,\n".encode())
        assert list(check_overlaps(find_release("bbc-2016"), "8/71")) == found


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        # 242 of 433 is 55.89%, whichever paper printed the 433.
        ({"count": 242, "percent": 55.9}, None, None),
        ({"count": 242, "percent": 56.1}, "count", f"242 of 433 is not the printed 56.1%: {MARK}"),
        ({"count": 242, "percent": 24.2, "percent_of": 1000}, None, None),
        # No whole number of 433 is 55.75%, but more than that is.
        ({"percent": 55.75, "at_least": "yes"}, None, None),
        ({"percent": 55.75}, "percent", f"no whole number of 433 is 55.75%: {APART}; {MARK}"),
        ({"count": 242, "percent": 56.1, "at_least": "yes"}, "count", f"242 of 433 is not the printed 56.1%: {MARK}"),
        ({"count": 242, "percent": 55.8, "low": 241, "high": 242}, None, None),
    ],
)
def test_a_count_beside_its_percentage(data, cells, column, text):
    add_cleveland(data, cells | {"source": "inkl-2022"})
    place = f"data/{RADAR}, row 55, column {column}"
    assert list(check_printed_pairs(find_release("radar-2022"))) == ([(place, text)] if text else [])


def test_a_percentage_is_of_the_crimes_that_the_same_paper_prints(data):
    row = ",49,18.6,,,,,,context,unknown,unknown,"
    data.replace(PRESS, f"{row}swindon-advertiser-2022", f"{row}inkl-2022")
    press = next(release for release in list_releases() if release.id == "press")
    assert list(check_printed_pairs(press)) == [
        (
            f"data/{PRESS}, row 68, column percent",
            "18.6% of an unknown number gives no count: write the number in percent_of",
        )
    ]
