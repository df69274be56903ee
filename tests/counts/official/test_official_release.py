"""What an official table becomes, whole: its year totals, what the release says of itself, what is announced."""

import csv
import hashlib
import json

import pyarrow.parquet as pq
import pytest

from analysis.counts.folder import data_folder
from analysis.counts.importing import find_same, import_official
from analysis.counts.known_gaps import find_gaps
from analysis.counts.official.table import read_official_table
from analysis.counts.studies import read_study
from official_files import SUBCODES, TODAY, as_csv, official_rows, write_xlsx


def listed_in(name):
    """Return the rows of a file of data/."""
    return list(csv.DictReader((data_folder() / name).read_text(encoding="utf-8").splitlines()))


RECORDED = TODAY[-2]
NOT_PROVIDED = "N/A - data not provided"
FORCES = [row["name"] for row in listed_in("forces.csv")]
LICENCE = "Open Government Licence v3.0"
LETTERS = {"Offence Code": "8R", "Offence Description": "Malicious communications"}
FRAUD = {
    "Offence Code": "53D",
    "Offence Description": "Fraud",
    "Offence Group": "Fraud",
    "Offence Subgroup": "Frauds",
    "Offence code expired": "X",
}
ROWS = [
    {"Force Name": "Kent", "Outcome Type": "18", RECORDED: NOT_PROVIDED},
    {RECORDED: "1200"},
    {"Financial Quarter": "2", RECORDED: "-1"},
    {"Outcome Type": "2", RECORDED: "7"},
    {"Outcome Type": "10", RECORDED: "0"},
    {"Force Name": "London, City of", RECORDED: "3"},
    {"Financial Quarter": "2", "Force Name": "City of London", RECORDED: "2"},
    {"Outcome Type": "0", RECORDED: "-4"},
    FRAUD | {RECORDED: "NA"},
    FRAUD | {"Force Name": "Kent", RECORDED: "5"},
]
RATE = (
    "The rate is over crimes recorded in the year, open cases included; it rises as cases close and is a lower bound."
)
DISPOSAL = "An outcome is a police disposal recorded against a crime: not a person, a prosecution or a conviction."
VICTIM = "Outcomes 14 and 16 are the police's classification; they do not say why a victim did not support action."
MANCHESTER = (
    "Greater Manchester supplied almost nothing from July 2019 to March 2020, "
    "and nothing in the published table says so."
)


@pytest.fixture
def write(tmp_path):
    def write(*rows, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(as_csv(*rows, whole=True))
        return path

    return write


def unlisted(path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return (
        f"The file (sha256 {digest}) is none of the editions that data/official_files.csv lists: the publisher may "
        "have issued a new one, or it is not the file as published."
    )


def about(imported, release):
    return json.loads((imported / release / "release.json").read_text(encoding="utf-8"))


def test_the_years_totals_are_added_up_and_sorted(write, imported):
    import_official(write(*ROWS))
    path = imported / "home-office-2021-22" / "counts.parquet"
    assert [tuple(row.values()) for row in pq.read_table(path).to_pylist()] == [
        ("home-office-2021-22", "53D", "Kent", "1", 5),
        ("home-office-2021-22", "8R", "City of London", "1", 5),
        ("home-office-2021-22", "8R", "Gwent", "0", -4),
        ("home-office-2021-22", "8R", "Gwent", "1", 1199),
        ("home-office-2021-22", "8R", "Gwent", "2", 7),
        ("home-office-2021-22", "8R", "Kent", "18", None),
    ]
    file = pq.ParquetFile(path).metadata
    assert (file.num_row_groups, file.row_group(0).column(0).compression) == (1, "ZSTD")


def test_a_table_whose_totals_are_all_zero_is_a_year_without_crimes(write, imported):
    import_official(write({RECORDED: "1"}, {"Financial Quarter": "2", RECORDED: "-1"}))
    table = pq.read_table(imported / "home-office-2021-22" / "counts.parquet")
    assert (table.num_rows, table.column_names) == (0, ["release", "offence", "force", "outcome_type", "count"])
    row = read_study("home-office-2021-22/8R/charged").row("Gwent")
    assert (row["recorded"], row["count_low"], row["why_unknown"]) == (0, None, "no crimes recorded")


def without_control(sentences):
    """The sentences but the one on the control totals: a table made for a test has other totals than its year."""
    return [one for one in sentences if " crimes charged, " not in one]


def test_what_the_release_says_of_itself(write, imported):
    path = write(*ROWS)
    result = import_official(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    announced = [
        unlisted(path),
        "The table has no figures of Avon and Somerset, Bedfordshire, British Transport Police, Cambridgeshire, "
        "Cheshire, Cleveland, Cumbria, Derbyshire and 33 more: shown as unknown, never as no crimes.",
        "Kent did not provide all figures: the offences concerned are shown as unknown.",
        "Of the 131 codes of 2018/19 the table has not 1/4.1/4.10/4.2, 104, 105A, 105B, 106, 10A, 10B, 10C and 121 "
        "more.",
        "After the published corrections 1 pair of force and code keeps a negative total; shown as unknown, taking "
        "part in nothing: Gwent 8R.",
        "The table gives 1,209 crimes charged, prc-outcomes-open-data-mar2022-tables-240725.xlsx has 17,504 "
        "(+1347.8%): 3 of 3 forces differ, most of all Kent (5 and 12,479), Gwent (1,199 and 4,007) and City of London "
        "(5 and 1,018).",
    ]
    title = "Police recorded crime outcomes open data, year ending March 2022"
    assert about(imported, "home-office-2021-22") == {
        "release": {
            "id": "home-office-2021-22",
            "publisher": "Home Office",
            "title": title,
            "kind": "study",
            "counts": "counts.parquet",
            "definition": "Crimes recorded in the year by offence code, and the outcome each had when this edition was "
            "made; open cases count as recorded",
            "basis": "crimes recorded in period",
            "window_start": "2021-04-01",
            "window_end": "2022-03-31",
            "windows_differ": False,
            "against": "rest",
            "outcomes": [row["id"] for row in listed_in("outcomes.csv")],
            "outcomes_complete": True,
            "open_counted": True,
            "forces_asked": 44,
            "forces_covered": 3,
            "national_note": "3 of the 44 forces of England and Wales, British Transport Police among them",
            "source": "home-office-2021-22",
        },
        "source": {
            "id": "home-office-2021-22",
            "publisher": "Home Office",
            "title": f"{title}, file table.csv, an edition that is not in the list of published files",
            "reference": "table.csv",
            "address": "https://www.gov.uk/government/statistical-data-sets/"
            "police-recorded-crime-and-outcomes-open-data-tables",
            "licence": LICENCE,
            "retrieved": None,
            "sha256": digest,
        },
        "offences": [
            {"code": "53D", "title": "Fraud", "group": "Fraud", "subgroup": "Frauds", "expired": "yes"},
            {
                "code": "8R",
                "title": "Malicious communications",
                "group": "Group",
                "subgroup": "Subgroup",
                "expired": "no",
            },
        ],
        "limits": [
            {"outcome": None, "sentence": RATE},
            {"outcome": None, "sentence": DISPOSAL},
            {"outcome": "victim-does-not-support", "sentence": VICTIM},
        ],
        "forces": ["City of London", "Gwent", "Kent"],
        "request": {"kind": "official", "file": digest, "year": None, "sheet": None},
        "announced": announced,
        "sha256": hashlib.sha256((imported / "home-office-2021-22" / "counts.parquet").read_bytes()).hexdigest(),
        "closed_sha256": hashlib.sha256((imported / "home-office-2021-22" / "closed.parquet").read_bytes()).hexdigest(),
    }
    assert (result.offences, result.forces, list(result.announced)) == (2, 3, announced)


def test_a_listed_file_has_its_own_address_and_its_own_year(data, write, imported):
    path = write(*[{"Force Name": name} for name in FORCES])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    listed = "7536a78f8cb8416e14246cb2811253f0c3844d5d1a3fb511c4b37b4991144dbc"
    data.replace("official_files.csv", listed, digest)
    import_official(path, release="listed")
    source = about(imported, "listed")["source"]
    assert source["title"] == "Police recorded crime outcomes open data, year ending March 2022, file table.csv"
    assert source["address"] == (
        "https://assets.publishing.service.gov.uk/media/6890c52123e00ee4ad463ebf/"
        "prc-outcomes-open-data-mar2022-tables-240725.xlsx"
    )
    codes = "Of the 131 codes of 2018/19 the table has not"
    assert [one for one in without_control(about(imported, "listed")["announced"]) if codes not in one] == []
    data.replace("official_files.csv", "2021/22,prc", "1921/22,prc")
    again = import_official(path, release="listed", replace=True)
    assert [one for one in without_control(again.announced) if codes not in one] == [
        "The file is listed as that of 1921/22."
    ]
    assert find_same("listed", digest) == import_official(path, release="listed")
    assert find_same("listed", "0" * 64) is None


def test_the_file_that_a_built_in_release_was_made_of_is_no_unlisted_edition(data, write, imported):
    path = write(*[{"Force Name": name} for name in FORCES])
    made_of = next(row["sha256"] for row in listed_in("sources.csv") if row["id"] == "home-office-2018-19")
    data.replace("sources.csv", made_of, hashlib.sha256(path.read_bytes()).hexdigest())
    said = import_official(path).announced
    assert [sentence[:17] for sentence in without_control(said)] == ["Of the 131 codes "]


@pytest.mark.parametrize(
    ("missing", "names"),
    [
        (1, "Avon and Somerset"),
        (2, "Avon and Somerset and Bedfordshire"),
        (3, "Avon and Somerset, Bedfordshire and British Transport Police"),
        (
            9,
            "Avon and Somerset, Bedfordshire, British Transport Police, Cambridgeshire, Cheshire, City of London, "
            "Cleveland, Cumbria and Derbyshire",
        ),
        (
            10,
            "Avon and Somerset, Bedfordshire, British Transport Police, Cambridgeshire, Cheshire, City of London, "
            "Cleveland, Cumbria and 2 more",
        ),
    ],
)
def test_forces_that_are_missing_are_named(write, imported, missing, names):
    said = import_official(write(*[{"Force Name": name} for name in FORCES[missing:]])).announced
    assert said[1] == f"The table has no figures of {names}: shown as unknown, never as no crimes."


def test_codes_that_are_new_and_pairs_that_are_negative(write, imported):
    new = {"Offence Code": "999Z", "Offence Description": "New"}
    rows = [new | {"Force Name": name} for name in FORCES]
    rows += [new | {"Force Name": name, "Outcome Type": "0", RECORDED: "-1"} for name in ("Kent", "Essex")]
    path = write(*rows)
    assert without_control(import_official(path).announced) == [
        unlisted(path),
        "The table has codes that 2018/19 had not: 999Z.",
        "After the published corrections 2 pairs of force and code keep a negative total; shown as unknown, taking "
        "part in nothing: Essex 999Z and Kent 999Z.",
    ]


@pytest.mark.parametrize(
    ("charged", "verdict"),
    [("447472", "447,515 crimes with the outcome charged: published were 447,514 (Table 3.1; 44 forces)"),
     ("447471", "447,514 crimes with the outcome charged: as published")],
)  # fmt: skip
def test_a_published_total_is_held_against_the_table(write, imported, charged, verdict):
    rows = [{"Financial Year": "2025/26", "Force Name": name, RECORDED: "1"} for name in FORCES[1:]]
    rows += [{"Financial Year": "2025/26", "Force Name": FORCES[0], RECORDED: charged}]
    rows += [{"Financial Year": "2025/26", "Force Name": FORCES[0], "Outcome Type": "18", RECORDED: "9"}]
    assert import_official(write(*rows)).announced[-1] == f"The table gives {verdict}."


def test_a_published_total_of_which_the_table_has_nothing(write, imported):
    said = import_official(write({"Financial Year": "2025/26", "Outcome Type": "18"})).announced
    assert said[-1] == (
        "The table gives 0 crimes with the outcome charged: published were 447,514 (Table 3.1; 44 forces)."
    )


def test_a_known_gap_is_announced_and_a_limit(write, imported):
    rows = [{"Financial Year": "2019/20", "Force Name": name} for name in FORCES]
    assert MANCHESTER in import_official(write(*rows)).announced
    assert about(imported, "home-office-2019-20")["limits"][-1] == {"outcome": None, "sentence": MANCHESTER}


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        ("2018-04-01", "2019-06-30", False),
        ("2018-04-01", "2019-07-01", True),
        ("2020-03-31", "2021-03-31", True),
        ("2020-04-01", "2021-03-31", False),
    ],
)
def test_a_gap_lies_in_a_window_from_its_first_day_to_its_last(start, end, inside):
    assert [gap["sentence"] for gap in find_gaps(start, end, ["Kent", "Greater Manchester"])] == [MANCHESTER] * inside
    assert find_gaps(start, end, ["Kent"]) == []


def test_subcodes_have_their_own_titles_and_the_codes_title_as_group(tmp_path, imported):
    path = tmp_path / "subcodes.xlsx"
    # As published, such a table tells no group of an offence.
    header = [name for name in SUBCODES if name not in ("Offence Group", "Offence Subgroup", "Offence Code Expired")]
    write_xlsx(path, {"Table": official_rows(header, year="2021/22", codes={"8R"})})
    assert read_official_table(path).is_subcodes
    result = import_official(path)
    kept = about(imported, result.release)
    assert result.release == "home-office-subcodes-2021-22"
    assert kept["release"]["title"] == ("Police recorded crime subcodes, outcomes open data, year ending March 2022")
    assert kept["offences"] == [
        {
            "code": "8/71",
            "title": "A part of it",
            "group": "Malicious Communications",
            "subgroup": "",
            "expired": "no",
        }
    ]
    # Codes and totals of the main table are not those of subcodes.
    lack = (
        "The table has no row of the outcome types 7 and 22: if a filter took them away, the crimes recorded are too "
        "few and the rates too high."
    )
    assert list(result.announced) == [unlisted(path), lack]
