"""What `check` says of files, names and codes that cannot be used, whole, and of imported releases."""

import pytest

from analysis.counts.check import Finding, check_data
from analysis.counts.importing import import_official, import_replies
from official_files import TODAY, write_xlsx

SUSSEX = "Sussex,2016-01-01,2021-12-31,8/71,recorded"
YEAR = "home-office-2018-19"


def unmarked():
    return [(one.kind, one.place, one.text) for one in check_data() if one.kind != "marked"]


def sums(data, name):
    """Return the digest that SHA256SUMS lists for a file."""
    lines = (data.folder / "SHA256SUMS").read_text().splitlines()
    return dict(reversed(line.split("  ")) for line in lines)[name]


def test_a_file_that_is_not_listed_and_one_that_is_not_described(data):
    (data.folder / "stray.csv").write_text("force\n")
    described = "the file and its description in data/dictionary.csv must both be there"
    assert unmarked() == [
        (
            "damage",
            "data/stray.csv",
            "data/stray.csv is not listed in data/SHA256SUMS: remove it, or list it with write_sums()",
        ),
        ("damage", "data/stray.csv", described),
        (
            "damage",
            "data",
            "data/stray.csv is not listed in data/SHA256SUMS: remove it, or list it with write_sums()",
        ),
    ]
    data.write("stray.csv", b"force\n")
    assert unmarked() == [
        ("damage", "data/stray.csv", described),
        (
            "damage",
            "data",
            "data/dictionary.csv does not describe data/stray.csv: add a row for each of its columns",
        ),
    ]


def test_a_file_of_another_kind_needs_no_description(data):
    data.write("stray.txt", b"force\n")
    assert unmarked() == []


def test_a_file_that_differs(data):
    listed = sums(data, "README.md")
    text = (data.folder / "README.md").read_bytes() + b"\n"
    data.write("README.md", text)
    now = sums(data, "README.md")
    data.replace("SHA256SUMS", now, listed, renew=False)
    assert unmarked() == [
        (
            "damage",
            "data/README.md",
            f"data/README.md has sha256 {now} but data/SHA256SUMS lists {listed}: restore the file, or review the "
            "change and renew the list with write_sums()",
        )
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("releases.csv", "id"),
        ("outcomes.csv", "id"),
        ("outcome_types.csv", "type"),
        ("forces.csv", "name"),
        ("studies.csv", "id"),
        ("national_rates.csv", "id"),
        ("sources.csv", "id"),
        ("article_claims.csv", "id"),
        ("law.csv", "in_force"),
    ],
)
def test_a_key_that_stands_twice(data, name, key):
    lines = (data.folder / name).read_bytes().splitlines(keepends=True)
    data.write(name, b"".join([*lines, lines[-1]]))
    value = lines[-1].decode().split(",")[0]
    assert ("damage", f"data/{name}", f"column {key}: {value!r} stands there 2 times") in unmarked()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("forces.csv", "Kent,kent,", "Kent,kentish,"), ("data/forces.csv", "the slug of Kent must be 'kent'")),
        (
            ("forces.csv", "Kent,kent,", "Kent,kent,Gwent police;Gwent  Police"),
            ("data/forces.csv", "column name: 'gwent-police' stands there 3 times"),
        ),
        (
            ("outcomes.csv", "charged,1,", "charged,1;19,"),
            ("data/outcomes.csv, row 2, column types", "'19' is not known here; did you mean '9' or '1'?"),
        ),
        (
            ("outcomes.csv", "out-of-court-informal,7;8,", "out-of-court-informal,7,"),
            ("data/outcomes.csv", "its types and the outcomes of data/outcome_types.csv must say the same"),
        ),
        (
            ("offences.csv", f"{YEAR},8R,", "radar-2022,8R,"),
            (f"data/counts/{YEAR}.parquet", f"the offence '8R' is not listed for {YEAR} in data/offences.csv"),
        ),
        (
            ("offences.csv", f"{YEAR},8R,", f"{YEAR},8RR,"),
            (f"data/counts/{YEAR}.parquet, row 36438, column offence", "'8R' is not known here; did you mean '8RR'?"),
        ),
        (
            ("offences.csv", "bbc-2016,8/71,", "bbc-2016,8/72,"),
            ("data/counts/bbc-2016.csv", "the offence '8/71' is not listed for bbc-2016 in data/offences.csv"),
        ),
        (
            ("offences.csv", "home-office-2018-19,8R,", f"{YEAR},8-R,x,,,no\n{YEAR},8/R,x,,,no\n{YEAR},8R,"),
            ("data/offences.csv", "column code: '8-R' stands there 2 times"),
        ),
    ],
    ids=lambda value: value[2][:40].replace("\n", " ") if len(value) == 3 else "",
)
def test_names_and_codes_that_are_not_one(data, change, finding):
    data.replace(*change)
    assert unmarked() == [("damage", *finding)]


def test_imported_replies_that_were_changed(imported, tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text("force,charged,recorded\nGwent,21,268\n")
    import_replies(path, release="my-foi", offence="8/71", source="own requests")
    assert unmarked() == []
    with (imported / "my-foi" / "replies.csv").open("a") as file:
        file.write("\n")
    assert unmarked() == [
        (
            "damage",
            "data",
            "imported/my-foi/replies.csv is not the file that was imported: import it again with --replace",
        )
    ]


def test_marks_of_an_imported_year(imported, tmp_path):
    rows = [("Gwent", 1, 5), ("Gwent", 0, -2), ("Kent", 1, "N/A - data not provided")]
    cells = [
        ["2021/22", 1, force, "8R", "Malicious communications", "Group", "Subgroup", None, kind, "x", "x", count, 0]
        for force, kind, count in rows
    ]
    path = tmp_path / "table.xlsx"
    write_xlsx(path, {"Outcomes open data": [TODAY, *cells]})
    import_official(path)
    place = "imported/home-office-2021-22/counts.parquet"
    assert [finding for finding in check_data() if finding.place.startswith("imported")] == [
        Finding(
            "marked",
            place,
            "Gwent, 8R: -2 of type 0 after the published corrections; the pair is shown as unknown and takes part in "
            "nothing",
        ),
        Finding("marked", place, "Kent, 8R: the force did not provide its figures of type 1"),
    ]


def test_a_release_that_was_damaged(imported):
    (imported / "my-foi").mkdir(parents=True)
    (imported / "my-foi" / "release.json").write_text("{}")
    said = "imported/my-foi/release.json is damaged: import the file again with --replace, or remove the folder"
    assert unmarked() == [("damage", "data", said)]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            ("studies.csv", "bbc-2016/8-71/charged", "bbc-2016/8-72/charged"),
            ("contradiction", "data", "there is no offence '8-72' in bbc-2016; known is '8/71'"),
        ),
        (
            ("counts/radar-2022.csv", f"radar-2022,{SUSSEX}", f"press,{SUSSEX}"),
            (
                "damage",
                "data/counts/radar-2022.csv, row 6, column release",
                "'press' in the file of 'radar-2022': releases are never mixed, so move the row",
            ),
        ),
    ],
    ids=["a study of an unknown offence", "a row of another release"],
)
def test_what_stops_one_check_is_a_finding_of_it(data, change, finding):
    data.replace(*change)
    assert finding in unmarked()
