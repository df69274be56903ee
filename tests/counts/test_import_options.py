"""The options of an import: which exclude each other, and that each one reaches what it is for."""

import pytest

from analysis.counts.imported import read_imported
from analysis.counts.importing import import_from_command
from analysis.errors import InputError
from official_files import TODAY, as_csv, write_xlsx

NONE = dict.fromkeys(("release", "year", "sheet", "offence", "source", "window")) | {"replace": False}
REPLIES = {"release": "my-foi", "offence": "8/71", "source": "own requests"}


def run(path, **options):
    return import_from_command(str(path), **NONE | options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": "x"}, "--source and --window are for a spreadsheet of replies, which needs --offence too"),
        ({"window": "2020"}, "--source and --window are for a spreadsheet of replies, which needs --offence too"),
        (
            REPLIES | {"year": "2021/22"},
            "--year is for official tables: leave it away, or leave --offence away",
        ),
        (REPLIES | {"sheet": "Table"}, "replies.csv: a text file has no sheet 'Table'; leave --sheet away"),
        (REPLIES | {"release": None}, "replies need --release ID and --source TEXT beside --offence"),
        (REPLIES | {"source": None}, "replies need --release ID and --source TEXT beside --offence"),
    ],
)
def test_options_that_exclude_each_other(write_csv, imported, options, message):
    with pytest.raises(InputError) as error:
        run(write_csv("force,charged,recorded\nGwent,21,268\n"), **options)
    assert str(error.value) == message
    assert not imported.exists()


def test_options_of_replies(write_csv, imported):
    path = write_csv("force,charged,recorded\nGwent,21,268\n")
    made = run(path, **REPLIES, window="2020")
    assert (made.release, made.status, made.offences, made.forces, made.announced) == ("my-foi", "imported", 1, 1, ())
    assert [row["name"] for row in made.understood] == ["Gwent"]
    assert read_imported("my-foi")["release"]["window_end"] == "2020-12-31"
    with pytest.raises(InputError) as error:
        run(path, **REPLIES, window="2021")
    assert str(error.value) == (
        "the release 'my-foi' was imported from another file already: give another --release ID, or --replace to put "
        "this file in its place"
    )
    assert run(path, **REPLIES, window="2021", replace=True).status == "replaced"
    request = read_imported("my-foi")["request"]
    assert (request["offence"], request["source"], request["window"]) == ("8/71", "own requests", "2021")


def test_options_of_official_tables(tmp_path, imported):
    path = tmp_path / "table.xlsx"
    rows = [line.split(",") for line in as_csv({}, {"Financial Year": "2022/23"}, whole=True).decode().splitlines()]
    write_xlsx(path, {"First": rows, "Second": [TODAY, *(row for row in rows if row[0] == "2021/22")]})
    made = run(path, release="one", year="2022/23", sheet="First")
    assert (made.release, made.status, made.offences, made.forces) == ("one", "imported", 1, 1)
    assert read_imported("one")["release"]["window_start"] == "2022-04-01"
    request = {name: read_imported("one")["request"][name] for name in ("kind", "year", "sheet")}
    assert request == {"kind": "official", "year": "2022/23", "sheet": "First"}
    assert run(path, release="one", year="2022/23", sheet="First").status == "already there"
    assert run(path, release="one", year="2022/23", sheet="First", replace=True).status == "replaced"
    # Without an id the release that was made of the same file in the same way is found under any.
    assert run(path, year="2022/23", sheet="First").release == "one"
    assert run(path, sheet="Second").release == "home-office-2021-22"


@pytest.mark.parametrize("options", [{"release": "a"}, REPLIES], ids=["official", "replies"])
def test_a_file_that_is_not_there(tmp_path, imported, options):
    with pytest.raises(InputError) as error:
        run(tmp_path / "missing.csv", **options)
    assert str(error.value).startswith(f"the file {tmp_path / 'missing.csv'} cannot be read")
