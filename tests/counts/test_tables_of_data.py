"""Cells, names, ids and digests: what each may be, to the limit, and what is said of what it may not."""

import hashlib

import pytest

from analysis.counts.digests import data_digest, file_digest, hash_file, read_sums
from analysis.counts.folder import list_files
from analysis.counts.forces import find_force, list_forces
from analysis.counts.imported import is_id, list_imported
from analysis.counts.names import make_slug, offer_names
from analysis.counts.releases import code_in_path, find_offence, find_outcome, find_release, list_limits, read_sources
from analysis.counts.tables import WANTED, Column, check_cell, describe_columns, read_table, split_place
from analysis.errors import InputError

CELLS = [
    ("text", "a b", "a b"),
    ("text", "a\nb", "a\nb"),
    ("whole", "0", 0),
    ("whole", "28201", 28201),
    ("integer", "-4", -4),
    ("percent", "7.8", "7.8"),
    ("percent", "0", "0"),
    ("percent", "99.95", "99.95"),
    ("percent", "100", "100"),
    ("percent", "100.0", "100.0"),
    ("rate", "0", 0.0),
    ("rate", "0.055", 0.055),
    ("rate", "1", 1.0),
    ("date", "2020-02-29", "2020-02-29"),
    ("flag", "yes", True),
    ("flag", "no", False),
    ("list", "14;16", ("14", "16")),
    ("list", "Kent", ("Kent",)),
]
NO_CELLS = [
    ("text", " a"),
    ("text", "a "),
    ("whole", "-1"),
    ("whole", "1.0"),
    ("whole", "٣"),
    ("integer", "--1"),
    ("integer", "1e3"),
    ("percent", "100.1"),
    ("percent", "101"),
    ("percent", "7."),
    ("percent", "-1"),
    ("percent", "7.8%"),
    ("rate", "-0.001"),
    ("rate", "1.001"),
    ("rate", "nan"),
    ("rate", "x"),
    ("date", "2021-02-29"),
    ("date", "29 February 2020"),
    ("flag", "Yes"),
    ("flag", ""),
    ("list", " a;b"),
]


def column(kind, *known, required=True, meaning="what it means"):
    return Column("a_column", kind, required, frozenset(known), meaning)


def refusal(function, *arguments, **options):
    with pytest.raises(InputError) as error:
        function(*arguments, **options)
    return str(error.value)


@pytest.mark.parametrize(("kind", "text", "value"), CELLS)
def test_a_cell_of_each_type(kind, text, value):
    found = check_cell(column(kind), text, "row 2")
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("kind", "text"), [cell for cell in NO_CELLS if cell[1]])
def test_a_cell_that_is_not_of_its_type(kind, text):
    assert refusal(check_cell, column(kind), text, "row 2") == f"row 2, column a_column: {text!r} is not {WANTED[kind]}"


def test_a_cell_that_is_empty():
    assert check_cell(column("whole", required=False), "", "row 2") is None
    assert check_cell(column("list", required=False), "", "row 2") == ()
    needed = "row 2, column a_column: the cell is empty, but"
    assert refusal(check_cell, column("whole"), "", "row 2") == f"{needed} what it means is needed"
    assert refusal(check_cell, column("list", meaning=""), "", "row 2") == f"{needed} a value is needed"


def test_a_cell_that_must_be_one_of_some():
    assert check_cell(column("list", "14", "16"), "16;14", "row 2") == ("16", "14")
    assert refusal(check_cell, column("list", "14", "16"), "14;1", "row 2") == (
        "row 2, column a_column: '1' is not known here; did you mean '16' or '14'?"
    )
    assert refusal(check_cell, column("text", "rest", "published"), "x", "row 2") == (
        "row 2, column a_column: 'x' is not known here; known are 'published' and 'rest'"
    )


def test_a_table_is_described_and_read_row_by_row():
    name, slug, aliases = describe_columns("forces.csv")
    assert (name.name, name.type, name.required, name.known) == ("name", "text", True, frozenset())
    assert (slug.name, slug.required) == ("slug", True)
    assert (aliases.name, aliases.type, aliases.required) == ("aliases", "list", False)
    against = next(column for column in describe_columns("releases.csv") if column.name == "against")
    assert (against.known, against.required) == (frozenset({"rest", "published"}), False)
    assert [row.place for row in read_table("forces.csv")] == [f"data/forces.csv, row {n}" for n in range(2, 46)]
    assert str(read_table("forces.csv")[3].fail("slug", "no")) == "data/forces.csv, row 5, column slug: no"
    assert refusal(describe_columns, "stray.csv") == (
        "data/dictionary.csv does not describe data/stray.csv: add a row for each of its columns"
    )


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("data/a.csv: b: c", ("data/a.csv", "b: c")),
        ("data/counts/a.csv, row 12: b", ("data/counts/a.csv, row 12", "b")),
        ("data/a.csv, row 12, column b_c: d\ne", ("data/a.csv, row 12, column b_c", "d?e")),
        ("imported/my-foi/replies.csv, column b: c", ("imported/my-foi/replies.csv, column b", "c")),
        ("other/a.csv, row 12: b", ("data", "other/a.csv, row 12: b")),
        ("data/a.csv is missing", ("data", "data/a.csv is missing")),
    ],
)
def test_the_place_that_a_message_names(message, parts):
    assert split_place(InputError(message)) == parts


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gwent", "gwent"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("London, City of", "london-city-of"),
        ("  A--B  9 ", "a-b-9"),
        ("Dyfed-Powys", "dyfed-powys"),
    ],
)
def test_slugs(name, slug):
    assert make_slug(name) == slug


SEVEN = ["Gwent", "Kent", "Dorset", "Essex", "Surrey", "Sussex", "Suffolk"]


@pytest.mark.parametrize(
    ("typed", "names", "offer"),
    [
        ("gwemt", SEVEN, "did you mean 'Gwent'?"),
        ("susex", SEVEN, "did you mean 'Sussex' or 'Essex'?"),
        ("Gwent Constabulary", SEVEN, "did you mean 'Gwent'?"),
        ("rey", SEVEN, "did you mean 'Surrey'?"),
        ("x1", SEVEN, "there are 7 known names, such as 'Gwent'"),
        ("", SEVEN, "there are 7 known names, such as 'Gwent'"),
        ("x1", SEVEN[:6], "known are 'Gwent', 'Kent', 'Dorset', 'Essex', 'Surrey' and 'Sussex'"),
        ("x1", ["Gwent", "Gwent"], "known is 'Gwent'"),
    ],
)
def test_names_that_are_offered(typed, names, offer):
    assert offer_names(typed, names) == offer


def test_a_force_by_its_names():
    assert len(list_forces()) == 44
    for text in ("City of London", "city-of-london", "LONDON, CITY OF"):
        assert find_force(text).name == "City of London"
    assert find_force("kent", among=["Kent"]).slug == "kent"
    assert refusal(find_force, "Gwemt") == "there is no force 'Gwemt'; did you mean 'Gwent'?"
    assert refusal(find_force, "Gwent", among=["Kent"]) == ("Gwent is not among the forces here; did you mean 'Kent'?")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a", True),
        ("my-foi-2", True),
        ("2016-17", True),
        ("a" * 80, True),
        ("a" * 81, False),
        ("", False),
        ("-a", False),
        ("a-", False),
        ("a--b", False),
        ("A", False),
        ("a_b", False),
        ("../a", False),
        ("é", False),
        ("a\n", False),
    ],
)
def test_what_can_be_an_id(text, valid):
    assert is_id(text) is valid


def test_folders_that_are_releases(imported):
    for name in ("b-2", "a-1", ".aside-1", "Other", "empty"):
        (imported / name).mkdir(parents=True)
        if name != "empty":
            (imported / name / "release.json").write_text("{}")
    assert list_imported() == ["a-1", "b-2"]


def test_digests_are_those_of_the_bytes(data):
    listed = (data.folder / "SHA256SUMS").read_bytes()
    assert data_digest() == hashlib.sha256(listed).hexdigest()
    path = data.folder / "forces.csv"
    assert hash_file(path) == file_digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_sums(data.folder)["forces.csv"] == file_digest(path)
    assert list(read_sums(data.folder)) == list_files(data.folder)
    data.write("forces.csv", path.read_bytes() + b"\n")
    assert file_digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert data_digest() != hashlib.sha256(listed).hexdigest()


def test_hidden_files_are_not_listed(tmp_path):
    for name in ("b.csv", "a/c.csv", ".hidden", "a/.git/x", "SHA256SUMS", "a/SHA256SUMS"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert list_files(tmp_path) == ["a/c.csv", "b.csv"]


def test_what_a_release_knows():
    release = find_release("home-office-2018-19")
    assert (release.place, release.is_official, release.is_replies) == (
        "data/counts/home-office-2018-19.parquet",
        True,
        False,
    )
    assert find_offence(release, "1-4.1-4.10-4.2") == find_offence(release, "1/4.1/4.10/4.2") == "1/4.1/4.10/4.2"
    assert code_in_path("1/4.1/4.10/4.2") == "1-4.1-4.10-4.2"
    charged = find_outcome(release, "charged")
    assert (charged.types, charged.label) == (("1",), "Charged or summonsed")
    victim = find_outcome(release, "victim-does-not-support")
    assert set(list_limits(release, charged)) < set(list_limits(release, victim))
    assert [source.id for source in read_sources({"home-office-2018-19", "bbc-data-unit"})] == [
        row["id"] for row in read_table("sources.csv") if row["id"] in ("home-office-2018-19", "bbc-data-unit")
    ]
