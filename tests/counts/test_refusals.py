"""Everything the loader refuses, one line each: what is changed in a copy of data/, and what the message says."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.counts.check import check_data
from analysis.counts.folder import DATA_VARIABLE, data_folder, list_files
from analysis.counts.forces import find_force
from analysis.counts.releases import find_release
from analysis.counts.studies import make_study_id, outcomes_of, read_study, study_ids
from analysis.errors import InputError

RADAR = "counts/radar-2022.csv"
BBC = "counts/bbc-2016.csv"
PARQUET = "counts/home-office-2018-19.parquet"
CHARGED = "radar-2022/8-71/charged"
VICTIM = "radar-2022/8-71/victim-does-not-support"
BBC_CHARGED = "bbc-2016/8-71/charged"
MALICIOUS = "home-office-2018-19/8R/charged"
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
        ({"count": lambda column: column.cast(pa.float64())}, "the columns are release (string)"),
        ({"count": None}, "the columns are release (string)"),
        ({"force": _swap("Gwent", "Gwnt")}, "column force: 'Gwnt' is not known here; did you mean 'Gwent'?"),
        ({"outcome_type": _swap("14", "19")}, "column outcome_type: '19' is not known here"),
        ({"offence": _swap("8R", "8Ř")}, "column offence: '8Ř' is not known here"),
        ({"release": _swap("home-office-2018-19", "bbc-2016")}, "column release: 'bbc-2016' is not known here"),
    ],
)  # fmt: skip
def test_a_changed_official_table_is_refused(data, changed, message):
    data.write(PARQUET, _parquet(**changed))
    with pytest.raises(InputError) as error:
        read_study(MALICIOUS)
    assert message in str(error.value)
    assert str(error.value).startswith("data/counts/home-office-2018-19.parquet")


def test_a_cut_official_table_is_refused(data):
    data.write(PARQUET, (data.folder / PARQUET).read_bytes()[:-100])
    with pytest.raises(InputError, match="is not a whole Parquet file"):
        read_study(MALICIOUS)


ASKED = [
    (lambda: read_study("radar-2022"), "study 'radar-2022' is not release/offence/outcome: write it like"),
    (lambda: read_study("radar-2023/8-71/charged"), "there is no release 'radar-2023'; did you mean 'radar-2022'?"),
    (lambda: read_study("radar-2022/8-72/charged"), "there is no offence '8-72' in radar-2022"),
    (lambda: read_study("home-office-2018-19/8r/charged"), "there is no offence '8r' in home-office-2018-19; did"),
    (lambda: read_study("radar-2022/8-71/charge"), "there is no outcome 'charge' in radar-2022; did you mean"),
    (lambda: read_study("bbc-2016/8-71/victim-does-not-support"), "there is no outcome 'victim-does-not-support'"),
    (lambda: read_study("refuge-2023/8-71/charged"), "the release 'refuge-2023' is context and no study may use it"),
    (lambda: read_study("press/8-71/charged"), "the release 'press' is context and no study may use it"),
    (lambda: make_study_id("press", "8/71", "charged"), "is context"),
    (lambda: read_study("radar-2022+bbc-2016/8-71/charged"), "there is no release 'radar-2022+bbc-2016'"),
    (lambda: read_study(CHARGED).row("Gwnt"), "there is no force 'Gwnt'; did you mean 'Gwent'?"),
    (lambda: read_study(CHARGED).row("Kent"), "Kent is not among the 9 forces here; did you mean 'Gwent'?"),
    (lambda: outcomes_of("bbc-2016", "8/71", "Gwent"), "Gwent is not among the 31 forces here"),
    (lambda: find_force(""), "there is no force ''"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "message"), ASKED, ids=[message[:60] for _, message in ASKED])
def test_what_cannot_be_asked_for(ask, message):
    with pytest.raises(InputError) as error:
        ask()
    assert message in str(error.value)


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
    assert len(set(ids)) == len(ids) == 131 * 11


@pytest.mark.parametrize("name", list_files(data_folder()))
def test_a_file_that_differs_names_both_digests(data, name):
    listed = dict(reversed(line.split()) for line in (data.folder / "SHA256SUMS").read_text().splitlines())[name]
    content = (data.folder / name).read_bytes()
    data.write(name, content[:-1] + bytes([content[-1] ^ 1]), renew=False)
    texts = [finding.text for finding in check_data() if finding.kind == "damage"]
    assert any(f"data/{name} has sha256" in text and f"lists {listed}" in text for text in texts)


def test_a_missing_file_an_unlisted_one_and_a_broken_list(data):
    (data.folder / "stray.csv").write_text("force\n")
    (data.folder / "limits.csv").unlink()
    texts = [finding.text for finding in check_data()]
    assert any("data/stray.csv is not listed in data/SHA256SUMS" in text for text in texts)
    assert any("limits.csv is missing: restore it" in text for text in texts)
    with pytest.raises(InputError, match=r"limits\.csv is missing"):
        read_study(CHARGED)
    (data.folder / "SHA256SUMS").write_text("abc forces.csv\n")
    with pytest.raises(InputError, match=r"SHA256SUMS, line 1: 'abc forces\.csv' is not a digest"):
        read_study(CHARGED)


def test_no_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "none"))
    with pytest.raises(InputError, match=r"there is no folder of figures at .*set CHARGE_RATES_DATA"):
        find_release("radar-2022")


def _official(data, offence: str, force: str, kind: str, change: int) -> None:
    table = pq.read_table(data.folder / PARQUET).to_pydict()
    cells = zip(table["offence"], table["force"], table["outcome_type"], strict=True)
    position = list(cells).index((offence, force, kind))
    data.write(PARQUET, _parquet(count=lambda column: pa.array(
        [count + change * (row == position) for row, count in enumerate(column.to_pylist())], pa.int32())))  # fmt: skip


# A figure changed together with its digest, and with its sum where it has one: what `check` says.
TAMPERED = [
    ([(RADAR, "recorded,,recorded,268,", "recorded,,recorded,269,")], "no whole number of 269 is 37.7%"),
    ([(RADAR, "charged or summonsed,,7.8,,yes", "charged or summonsed,,7.5,,yes")], "Gwent 8/71 outcome 1 must be 21"),
    ([(RADAR, "charged or summonsed,,5.7", "charged or summonsed,,5.9")], "South Yorkshire 8/71 outcome 1 must be 43"),
    ([(RADAR, "charged or summonsed,,6,", "charged or summonsed,,7,")], "is not what the printed percentage allows"),
    ([(RADAR, ",28201,", ",28101,")], "England and Wales 8/71 recorded must be 28,201"),
    ([(RADAR, ",10044,35.6", ",10054,35.6")], "11,761 is not the sum of the printed national counts"),
    ([(RADAR, ",370,,", ",371,,")], "Staffordshire 8/71 outcome 16 must be 370"),
    ([(RADAR, ",71,,,,,,,check", ",72,,,,,,,check")], "the printed 72 is not what the other figures give: 71 of 2,575"),
    ([(RADAR, "or not)\",,40.4,", "or not)\",,40.6,")], "the printed at least 40.6% is not what the other figures"),
    ([(RADAR, "or not)\",,41.7,", "or not)\",,42.7,")], "the printed at least 42.7% is not what the other figures"),
    ([(RADAR, ",95,,,,,,,subset", ",395,,,,,,,subset")], "372 recorded, but the shorter windows inside add up to 465"),
    ([(RADAR, ",1720,1720,", ",1730,1730,")], "West Midlands 8/71 recorded must be 1,720"),
    ([("national_rates.csv", ",11761,28201,", ",11762,28201,")], "11,762 is not the sum of the printed national"),
    ([("national_rates.csv", ",11761,28201,", ",11761,28202,")], "28,202 recorded, but the counts file prints 28201"),
    ([("national_rates.csv", "0.055,0.065", "0.055,0.06")], "0.055 to 0.06 is not what the printed percentage allows"),
    ([(BBC, f"{KENT},recorded,,all records,43", f"{KENT},recorded,,all records,44"),
      (BBC, f"{KENT},outcome,1,charge/summons,5", f"{KENT},outcome,1,charge/summons,6")],
     "Kent 8/71 outcome 1 must be 5"),
    ([(BBC, ",1160,", ",1161,")], "the printed 1,161 is not what the other figures give: 1,160 of 1,160"),
    ([(BBC, "caution,,7,984", "caution,,9,984")], "the printed 9% is not what the other figures give"),
    ([("counts/press.csv", ",289,", ",290,")], "290 recorded, but the shorter windows inside add up to 289"),
    ([("counts/press.csv", ",49,18.6", ",49,18.7")], "no whole number of 264 is 18.7%"),
    ([("counts/refuge-2023.csv", ",13860,", ",13861,")], "13,860 recorded, but the counts file prints 13861"),
    ([("control_totals.csv", ",5269059,", ",5269058,")], "recorded must be 5,269,058"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), TAMPERED, ids=[message[:60] for _, message in TAMPERED])
def test_a_figure_changed_with_its_digest_is_found(data, changes, message):
    for name, old, new in changes:
        data.replace(name, old, new)
    findings = check_data()
    assert any(message in finding.text for finding in findings if finding.kind != "marked"), findings


@pytest.mark.parametrize(
    ("offence", "force", "kind", "message"),
    [
        ("8R", "Gwent", "1", "Gwent 8R outcome 1 must be 105"),
        ("8R", "Kent", "16", "Kent 8R recorded must be"),
        ("8L", "Gwent", "18", "Gwent 8L recorded must be 2,697"),
        ("37.1", "Cambridgeshire", "0", "recorded must be 5,269,059"),
    ],
)
def test_an_official_figure_changed_with_its_digest_is_found(data, offence, force, kind, message):
    _official(data, offence, force, kind, 1)
    assert any(message in finding.text for finding in check_data() if finding.kind == "contradiction")


def test_a_figure_moved_between_types_is_found(data):
    # The crimes recorded stay the same, so only the sums by outcome type can show it.
    _official(data, "46", "Kent", "18", -1)
    _official_copy = pq.read_table(data.folder / PARQUET).to_pydict()
    cells = list(zip(_official_copy["offence"], _official_copy["force"], _official_copy["outcome_type"], strict=True))
    counts = _official_copy["count"]
    counts[cells.index(("46", "Kent", "16"))] += 1
    data.write(PARQUET, _parquet(count=lambda column: pa.array(counts, pa.int32())))
    texts = [finding.text for finding in check_data() if finding.kind == "contradiction"]
    assert len(texts) == 2
    assert all("outcome 1" in text for text in texts)


def test_ambiguous_codes_and_repeated_names_are_found(data):
    data.replace("offences.csv", "home-office-2018-19,8R,", "home-office-2018-19,4-3,x,,,no\nhome-office-2018-19,4/3,x,,,no\nhome-office-2018-19,8R,")  # fmt: skip # noqa: E501
    data.replace("forces.csv", "Kent,kent,", "Kent,kent,Gwent police")
    texts = [finding.text for finding in check_data()]
    assert "column code: '4-3' stands there 2 times" in texts
    assert "column name: 'gwent-police' stands there 2 times" in texts
    assert read_study("home-office-2018-19/4-3/charged").offence == "4-3"


def test_a_code_in_a_path_that_could_be_two_codes_is_refused(data):
    offences = "".join(f"home-office-2018-19,{code},x,,,no\n" for code in ("4/3-1", "4-3/1"))
    data.write("offences.csv", (data.folder / "offences.csv").read_bytes() + offences.encode())
    with pytest.raises(InputError, match=r"offence '4-3-1' could be 4/3-1 or 4-3/1: write the code as published"):
        read_study("home-office-2018-19/4-3-1/charged")
    assert read_study("home-office-2018-19/4/3-1/charged").offence == "4/3-1"
