"""Everything the loader refuses, one line each: what is changed in a copy of data/, and the whole sentence for it."""

import hashlib
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.counts.check import check_data
from analysis.counts.folder import DATA_VARIABLE, data_folder, list_files
from analysis.counts.forces import find_force
from analysis.counts.releases import find_release, list_offences
from analysis.counts.studies import make_study_id, outcomes_of, read_study, study_ids
from analysis.errors import InputError

RADAR = "counts/radar-2022.csv"
BBC = "counts/bbc-2016.csv"
GROUPS = 31
"""Official groups and subgroups of offences in the table of 2018/19, each once where both have the same codes."""
PARQUET = "counts/home-office-2018-19.parquet"
CHARGED = "radar-2022/8-71/charged"
VICTIM = "radar-2022/8-71/victim-does-not-support"
BBC_CHARGED = "bbc-2016/8-71/charged"
MALICIOUS = "home-office-2018-19/8R/charged"
KEYS = "release (string), offence (string), force (string), outcome_type (string)"
KENT = "bbc-2016,Kent,2015-04-13,2015-12-31,8/71"


def _parquet(**changed) -> bytes:
    table = pq.read_table(data_folder() / PARQUET)
    for column, values in changed.items():
        if values is None:
            table = table.drop_columns(column)
        else:
            position = table.schema.get_field_index(column)
            table = table.set_column(position, column, values(table[column]))
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _swap(old: str, new: str):
    return lambda column: pa.array([new if value == old else value for value in column.to_pylist()], pa.string())


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"count": lambda column: column.cast(pa.float64())},
         f": the columns are {KEYS}, count (double) but must be {KEYS}, count (int32)"),
        ({"count": None}, f": the columns are {KEYS} but must be {KEYS}, count (int32)"),
        ({"force": _swap("Gwent", "Gwnt")}, ", row 44, column force: 'Gwnt' is not known here; did you mean 'Gwent'?"),
        ({"outcome_type": _swap("14", "19")},
         ", row 139, column outcome_type: '19' is not known here; did you mean '9' or '1'?"),
        ({"offence": _swap("8R", "8Ř")},
         ", row 36438, column offence: '8Ř' is not known here; there are 133 known names, such as '1/4.1/4.10/4.2'"),
        ({"release": _swap("home-office-2018-19", "bbc-2016")},
         ", row 1, column release: 'bbc-2016' is not known here; known is 'home-office-2018-19'"),
    ],
)  # fmt: skip
def test_a_changed_official_table_is_refused(data, changed, message):
    data.write(PARQUET, _parquet(**changed))
    with pytest.raises(InputError) as error:
        read_study(MALICIOUS)
    assert str(error.value) == f"data/{PARQUET}{message}"


def test_a_cut_official_table_is_refused(data):
    data.write(PARQUET, (data.folder / PARQUET).read_bytes()[:-100])
    # What is wrong with it is said in the words of the library that reads it.
    with pytest.raises(InputError) as error:
        read_study(MALICIOUS)
    assert str(error.value).startswith(f"data/{PARQUET} is not a whole Parquet file (")
    assert str(error.value).endswith("): restore it")


CONTEXT = (
    "the release 'press' is context and no study may use it: not a basis for comparing forces; its figures are in "
    "data/counts/press.csv"
)
ASKED = [
    (lambda: read_study("radar-2022"),
     "study 'radar-2022' is not release/offence/outcome: write it like radar-2022/8-71/charged"),
    (lambda: read_study("radar-2023/8-71/charged"), "there is no release 'radar-2023'; did you mean 'radar-2022'?"),
    (lambda: read_study("radar-2022/8-72/charged"), "there is no offence '8-72' in radar-2022; known is '8/71'"),
    (lambda: read_study("home-office-2018-19/8r/charged"),
     "there is no offence '8r' in home-office-2018-19; did you mean '8R'?"),
    (lambda: read_study("radar-2022/8-71/charge"),
     "there is no outcome 'charge' in radar-2022; did you mean 'charged'?"),
    (lambda: read_study("bbc-2016/8-71/victim-does-not-support"),
     "there is no outcome 'victim-does-not-support' in bbc-2016; known is 'charged'"),
    (lambda: read_study("refuge-2023/8-71/charged"),
     "the release 'refuge-2023' is context and no study may use it: 24 forces together; no figure for a single force "
     "is published; its figures are in data/counts/refuge-2023.csv"),
    (lambda: read_study("press/8-71/charged"), CONTEXT),
    (lambda: make_study_id("press", "8/71", "charged"), CONTEXT),
    (lambda: read_study("radar-2022+bbc-2016/8-71/charged"),
     "there is no release 'radar-2022+bbc-2016'; did you mean 'radar-2022'?"),
    (lambda: read_study("radar-2022..2023/8-71/charged"),
     "'radar-2022..2023' is a series of releases, which report and batch take: name one release here"),
    (lambda: read_study(CHARGED).row("Gwnt"), "there is no force 'Gwnt'; did you mean 'Gwent'?"),
    (lambda: read_study(CHARGED).row("Kent"), "Kent is not among the 9 forces here, such as 'Cleveland'"),
    (lambda: outcomes_of("bbc-2016", "8/71", "Gwent"),
     "Gwent is not among the 31 forces here, such as 'Cambridgeshire'"),
    (lambda: find_force(""), "there is no force ''; there are 44 known names, such as 'Avon and Somerset'"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "message"), ASKED, ids=[message[:60] for _, message in ASKED])
def test_what_cannot_be_asked_for(ask, message):
    with pytest.raises(InputError) as error:
        ask()
    assert str(error.value) == message


@pytest.mark.parametrize(
    "text", ["Gwent", "gwent", " GWENT ", "Gwent Police"],
)  # fmt: skip
def test_a_force_by_any_of_its_names(text):
    assert read_study(CHARGED).find(text) == "Gwent"


def test_city_of_london_and_ampersands():
    assert find_force("London, City of").name == find_force("city-of-london").name == "City of London"
    assert find_force("Devon & Cornwall").name == "Devon and Cornwall"


def test_slashes_in_codes_are_written_both_ways():
    study = read_study("home-office-2018-19/1/4.1/4.10/4.2/charged")
    assert study.id == "home-office-2018-19/1-4.1-4.10-4.2/charged"
    assert study.offence == "1/4.1/4.10/4.2"
    ids = study_ids("home-office-2018-19")
    release = find_release("home-office-2018-19")
    codes = set(pq.read_table(data_folder() / PARQUET)["offence"].to_pylist())
    assert codes < set(list_offences(release))
    assert len(set(ids)) == len(ids) == (len(list_offences(release)) + GROUPS + 1) * len(release.outcomes)


@pytest.mark.parametrize("name", list_files(data_folder()))
def test_a_file_that_differs_names_both_digests(data, name):
    listed = dict(reversed(line.split()) for line in (data.folder / "SHA256SUMS").read_text().splitlines())[name]
    content = (data.folder / name).read_bytes()
    changed = content[:-1] + bytes([content[-1] ^ 1])
    data.write(name, changed, renew=False)
    assert next(finding.text for finding in check_data() if finding.kind == "damage") == (
        f"data/{name} has sha256 {hashlib.sha256(changed).hexdigest()} but data/SHA256SUMS lists {listed}: restore the "
        "file, or review the change and renew the list with write_sums()"
    )


def test_a_missing_file_an_unlisted_one_and_a_broken_list(data):
    (data.folder / "stray.csv").write_text("force\n")
    (data.folder / "limits.csv").unlink()
    texts = [finding.text for finding in check_data()]
    missing = f"the file {data.folder / 'limits.csv'} is missing: restore it from the project's repository"
    unlisted = "data/stray.csv is not listed in data/SHA256SUMS: remove it, or list it with write_sums()"
    assert {missing, unlisted} <= set(texts)
    with pytest.raises(InputError) as error:
        read_study(CHARGED)
    assert str(error.value) == missing
    (data.folder / "SHA256SUMS").write_text("abc forces.csv\n")
    with pytest.raises(InputError) as error:
        read_study(CHARGED)
    assert str(error.value) == (
        "data/SHA256SUMS, line 1: 'abc forces.csv' is not a digest, two spaces and a path: restore it"
    )


def test_a_table_that_is_not_described(data):
    described = (data.folder / "dictionary.csv").read_text(encoding="utf-8")
    data.write("dictionary.csv", "".join(
        line for line in described.splitlines(keepends=True) if not line.startswith("limits.csv,")
    ).encode())  # fmt: skip
    message = "data/dictionary.csv does not describe data/limits.csv: add a row for each of its columns"
    with pytest.raises(InputError) as error:
        read_study(CHARGED)
    assert str(error.value) == message
    about_both = "the file and its description in data/dictionary.csv must both be there"
    assert {(finding.place, finding.text) for finding in check_data()} == {
        ("data", message),
        ("data/limits.csv", about_both),
    }


@pytest.mark.parametrize("damage", [b"\xff", b'"', b'"x"y'], ids=["bytes", "open quotation mark", "text after one"])
def test_a_table_that_is_no_csv(data, damage):
    data.write("limits.csv", (data.folder / "limits.csv").read_bytes() + damage)
    # What is wrong with it is said in the words of Python.
    with pytest.raises(InputError) as error:
        read_study(CHARGED)
    assert str(error.value).startswith("data/limits.csv cannot be read as CSV in UTF-8 (")
    assert str(error.value).endswith("): save it again as that")


def test_no_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "none"))
    with pytest.raises(InputError) as error:
        find_release("radar-2022")
    assert str(error.value) == (
        f"there is no folder of figures at {tmp_path / 'none'}: set CHARGE_RATES_DATA to the project's data folder"
    )


def _official(data, offence: str, force: str, kind: str, change: int) -> None:
    table = pq.read_table(data.folder / PARQUET).to_pydict()
    cells = zip(table["offence"], table["force"], table["outcome_type"], strict=True)
    position = list(cells).index((offence, force, kind))
    data.write(PARQUET, _parquet(count=lambda column: pa.array(
        [count + change * (row == position) for row, count in enumerate(column.to_pylist())], pa.int32())))  # fmt: skip


CONTRADICT = "the percentage and the number contradict each other; correct it, or mark it with the reason"
PUBLISHED = "(published total of the edition)"
ADDED_UP = "(added up from the publisher's table by other code)"
DERIVED = "(derived outside the project from the printed percentage and the recorded count)"
NOT_ALLOWED = "is not what the printed percentage allows"
# A figure changed together with its digest, and with its sum where it has one: what `check` says, place and text.
# @ stands for the first file that is changed.
TAMPERED = [
    ([(RADAR, "recorded,,recorded,268,", "recorded,,recorded,269,")],
     f"@, row 3, column percent: no whole number of 269 is 37.7%: {CONTRADICT}"),
    ([(RADAR, "charged or summonsed,,7.8,,yes", "charged or summonsed,,7.5,,yes")],
     f"data/control_totals.csv, row 6: Gwent 8/71 outcome 1 must be 21 {DERIVED} but the figures give 20"),
    ([(RADAR, "charged or summonsed,,5.7", "charged or summonsed,,5.9")],
     f"data/control_totals.csv, row 10: South Yorkshire 8/71 outcome 1 must be 43 {DERIVED} but the figures give 44"),
    ([(RADAR, "charged or summonsed,,6,", "charged or summonsed,,7,")],
     f"data/national_rates.csv, row 2: 0.055 to 0.07 {NOT_ALLOWED}: @ prints 7%"),
    ([(RADAR, "charged or summonsed,,6,", "charged or summonsed,1692,,")],
     f"data/national_rates.csv, row 2: 0.055 to 0.07 {NOT_ALLOWED}: @ prints nothing"),
    ([(RADAR, ",28201,", ",28101,")],
     "data/control_totals.csv, row 2: England and Wales 8/71 recorded must be 28,201 (printed) but the figures give "
     "28,101"),
    ([(RADAR, ",28201,", ",28101,")], "data/national_rates.csv, row 3: 28,201 recorded, but @ prints 28,101"),
    ([(RADAR, ",10044,35.6", ",10054,35.6")],
     "data/national_rates.csv, row 3: 11,761 is not the sum of the printed national counts"),
    ([(RADAR, ",370,,", ",371,,")],
     "data/control_totals.csv, row 30: Staffordshire 8/71 outcome 16 must be 370 (printed) but the figures give 371"),
    ([(RADAR, ",71,,,,,,,check", ",72,,,,,,,check")],
     "@, row 50: the printed 72 is not what the other figures give: 71 of 2,575"),
    ([(RADAR, "or not)\",,40.4,", "or not)\",,40.6,")],
     "@, row 43: the printed at least 40.6% is not what the other figures give: 278 of 688"),
    ([(RADAR, "or not)\",,41.7,", "or not)\",,42.7,")],
     "@, row 51: the printed at least 42.7% is not what the other figures give: 11,761 of 28,201"),
    ([(RADAR, ",95,,,,,,,subset", ",395,,,,,,,subset")],
     "@, row 9: 372 recorded, but the shorter windows inside add up to 465"),
    ([(RADAR, ",1720,1720,", ",1730,1730,")],
     "data/control_totals.csv, row 32: West Midlands 8/71 recorded must be 1,720 (2,575 - 855) but the figures give "
     "1,730"),
    ([("national_rates.csv", ",11761,28201,", ",11762,28201,")],
     "@, row 3: 11,762 is not the sum of the printed national counts"),
    ([("national_rates.csv", ",11761,28201,", ",11761,28202,")],
     f"@, row 3: 28,202 recorded, but data/{RADAR} prints 28,201"),
    ([("national_rates.csv", "0.055,0.07", "0.055,0.06")],
     f"@, row 2: 0.055 to 0.06 {NOT_ALLOWED}: data/{RADAR} prints 6%"),
    ([(BBC, f"{KENT},recorded,,all records,43", f"{KENT},recorded,,all records,44"),
      (BBC, f"{KENT},outcome,1,charge/summons,5", f"{KENT},outcome,1,charge/summons,6")],
     "data/control_totals.csv, row 89: Kent 8/71 outcome 1 must be 5 (tallied from the records) but the figures "
     "give 6"),
    ([(BBC, ",1160,", ",1161,")],
     "@, row 159: the printed 1,161 is not what the other figures give: 1,160 of 1,160"),
    ([(BBC, "caution,,7,984", "caution,,9,984")],
     "@, row 156: the printed 9% is not what the other figures give: 70 of 1,160"),
    ([("counts/press.csv", ",289,", ",290,")],
     "@, row 10: 290 recorded, but the shorter windows inside add up to 289"),
    ([("counts/press.csv", ",49,18.6", ",49,18.7")],
     f"@, row 68, column percent: no whole number of 264 is 18.7%: {CONTRADICT}"),
    ([("counts/refuge-2023.csv", ",13860,", ",13861,")],
     "data/national_rates.csv, row 5: 13,860 recorded, but @ prints 13,861"),
    ([("control_totals.csv", ",5269059,", ",5269058,")],
     "@, row 164: recorded must be 5,269,058 (published total of the edition) but the figures give 5,269,059"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), TAMPERED, ids=[message[:60] for _, message in TAMPERED])
def test_a_figure_changed_with_its_digest_is_found(data, changes, message):
    for name, old, new in changes:
        data.replace(name, old, new)
    said = [f"{finding.place}: {finding.text}" for finding in check_data() if finding.kind == "contradiction"]
    assert message.replace("@", f"data/{changes[0][0]}") in said


@pytest.mark.parametrize(
    ("offence", "force", "kind", "message"),
    [
        ("8R", "Gwent", "1", f"row 178: Gwent 8R outcome 1 must be 105 {PUBLISHED} but the figures give 106"),
        ("8R", "Kent", "16", f"row 540: Kent 8R recorded must be 9,216 {ADDED_UP} but the figures give 9,217"),
        ("8L", "Gwent", "18", f"row 173: Gwent 8L recorded must be 2,697 {PUBLISHED} but the figures give 2,698"),
        (
            "37.1",
            "Cambridgeshire",
            "0",
            f"row 164: recorded must be 5,269,059 {PUBLISHED} but the figures give 5,269,060",
        ),
    ],
)
def test_an_official_figure_changed_with_its_digest_is_found(data, offence, force, kind, message):
    _official(data, offence, force, kind, 1)
    said = [f"{finding.place}: {finding.text}" for finding in check_data() if finding.kind == "contradiction"]
    assert f"data/control_totals.csv, {message}" in said


def test_a_figure_moved_between_types_is_found(data):
    # The crimes recorded stay the same, so only the sums by outcome type can show it.
    _official(data, "46", "Kent", "18", -1)
    _official_copy = pq.read_table(data.folder / PARQUET).to_pydict()
    cells = list(zip(_official_copy["offence"], _official_copy["force"], _official_copy["outcome_type"], strict=True))
    counts = _official_copy["count"]
    counts[cells.index(("46", "Kent", "16"))] += 1
    data.write(PARQUET, _parquet(count=lambda column: pa.array(counts, pa.int32())))
    assert [finding.text for finding in check_data() if finding.kind == "contradiction"] == [
        f"outcome 16 must be 976,374 {ADDED_UP} but the figures give 976,375",
        f"outcome 18 must be 2,395,712 {ADDED_UP} but the figures give 2,395,711",
    ]


def test_ambiguous_codes_and_repeated_names_are_found(data):
    data.replace("offences.csv", "home-office-2018-19,8R,", "home-office-2018-19,4-3,x,,,no\nhome-office-2018-19,4/3,x,,,no\nhome-office-2018-19,8R,")  # fmt: skip # noqa: E501
    data.replace("forces.csv", "Kent,kent,", "Kent,kent,Gwent police")
    texts = [finding.text for finding in check_data()]
    assert "column code: '4-3' stands there 2 times" in texts
    assert "column name: 'gwent' stands there 2 times" in texts
    assert read_study("home-office-2018-19/4-3/charged").offence == "4-3"


def test_a_code_in_a_path_that_could_be_two_codes_is_refused(data):
    offences = "".join(f"home-office-2018-19,{code},x,,,no\n" for code in ("4/3-1", "4-3/1"))
    data.write("offences.csv", (data.folder / "offences.csv").read_bytes() + offences.encode())
    with pytest.raises(InputError) as error:
        read_study("home-office-2018-19/4-3-1/charged")
    assert str(error.value) == "offence '4-3-1' could be 4/3-1 or 4-3/1: write the code as published"
    assert read_study("home-office-2018-19/4/3-1/charged").offence == "4/3-1"
