"""Everything that a user can get wrong, one line each: what was typed, what stood in a file, and what the message says.

All of it goes through the commands: status 2, one sentence on standard error, nothing on standard output, nothing left.
"""

import pytest
from click.testing import CliRunner

from analysis.cli import main

RADAR = "counts/radar-2022.csv"
BBC = "counts/bbc-2016.csv"
CHARGED = "radar-2022/8-71/charged"
VICTIM = "radar-2022/8-71/victim-does-not-support"
BBC_CHARGED = "bbc-2016/8-71/charged"
SUPPORT = '"victim does not support, suspect identified"'
NO_SUSPECT = '"victim does not support, no suspect identified"'
GWENT = "radar-2022,Gwent,2017-01-01,2021-12-31,8/71"
SUSSEX = "radar-2022,Sussex,2016-01-01,2021-12-31,8/71"
KENT = "bbc-2016,Kent,2015-04-13,2015-12-31,8/71"


def gwent(cells: str) -> str:
    return f"{GWENT},{cells}"


FILES = {
    "bad-cell.csv": "force,charged,recorded\nKent,5,100\nEssex,x,10\n",
    "no-column.csv": "force,charged\nKent,5\n",
    "twice.csv": "force,charged,recorded\nKent,5,100\n kent ,2,10\n",
    "above.csv": "force,charged,recorded\nKent,11,10\n",
    "total.csv": "force,charged,recorded\nKent,5,100\nEssex,2,10\nGwent,1,20\nAll,8,130\n",
    "empty.csv": "",
}

COMMANDS = [
    # arguments, what the one sentence must say
    (["estimate", "x", "268"], "count 'x' is not a count"),
    (["estimate", "-1", "268"], "count '-1' is not a count"),
    (["estimate", "21.5", "268"], "count '21.5' is not a count"),
    (["estimate", "300", "268"], "count '300' is above the 268 crimes recorded"),
    (["estimate", "21", "0"], "count '21' is above the 0 crimes recorded"),
    (["estimate", "9..3", "40"], "write the lower number first"),
    (["estimate", "7.9%", "268"], "no whole number of 268 is 7.9%"),
    (["estimate", "21", "abc"], "RECORDED 'abc' is not a whole number"),
    (["estimate", "21", "-5"], "RECORDED '-5' is not a whole number"),
    (["estimate", "21"], "Missing argument 'RECORDED'"),
    (["estimate", "21", "268", "--nonsense"], "--nonsense"),
    (["estimate", "21", "268", "--national", "6"], "write 6%"),
    (["estimate", "21", "268", "--national", "0"], "must be above 0% and below 100%"),
    (["estimate", "21", "268", "--national", "100%"], "must be above 0% and below 100%"),
    (["estimate", "21", "268", "--national", "6.5%..5.5%"], "write 5.5%..6.5%"),
    (["estimate", "21", "268", "--national", "nan"], "rate 'nan' is not a rate"),
    (["estimate", "21", "268", "--confidence", "95"], "write 95%"),
    (["estimate", "21", "268", "--confidence", "0"], "confidence '0'"),
    (["estimate", "21", "268", "--open", "300"], "21 and 300 open crimes are more than 268 recorded"),
    (["estimate", "21", "268", "--open", "x"], "--open 'x' is not a whole number"),
    (["estimate", "21", "268", "--country", "10", "20"], "cannot contain"),
    (["estimate", "21", "268", "--country", "30", "20"], "write K N, count first"),
    (["estimate", "21", "268", "--rest", "5", "3"], "write K N, count first"),
    (["estimate", "21", "268", "--national", "6%", "--rest", "5", "30"], "only one of --national"),
    (["compare"], "either a FILE or --study"),
    (["compare", "bad-cell.csv", "--study", "bbc-2016/8-71/charged"], "either a FILE or --study"),
    (["compare", "absent.csv"], "absent.csv cannot be read"),
    (["compare", "bad-cell.csv"], "bad-cell.csv, row 3, column charged: charged 'x' is not a count"),
    (["compare", "no-column.csv"], "the column 'recorded' is missing"),
    (["compare", "twice.csv"], "row 3"),
    (["compare", "above.csv"], "row 2"),
    (["compare", "total.csv"], "All"),
    (["compare", "empty.csv"], "empty.csv"),
    (["compare", "--study", "gwent"], "is not release/offence/outcome"),
    (["compare", "--study", "radar-2022/8-71/chraged"], "did you mean 'charged'?"),
    (["compare", "--study", "refuge-2023/8-71/charged"], "is context and no study may use it"),
    (["compare", "--study", "bbc-2016/8-71/charged", "--force", "Kemt"], "did you mean Kent"),
    (["list", "forces"], "Missing option '--study'"),
    (["list", "forces", "--study", "radar-2022/9/charged"], "there is no offence '9' in radar-2022"),
    (["list", "studies", "--release", "rdar"], "there is no release 'rdar'"),
    (["report", "Gwemt"], "did you mean 'Gwent'"),
    (["report", "Gwent", "--study", "bbc-2016/8-71/charged"], "Gwent is not among the 31 forces"),
    (["report", "Cleveland", "--study", "radar-2022/8-71/charged"], "no charge figure was found"),
    (["report", "Gwent", "--output", "bad-cell.csv"], "bad-cell.csv"),
    (["report", "Gwent", "--engine", "fast"], "'fast' is not one of"),
    (["batch", "--study", "nope"], "is not release/offence/outcome"),
    (["batch", "--force", "Gwemt"], "did you mean 'Gwent'"),
    (["batch", "--workers", "0"], "--workers"),
    (["batch", "--timeout", "-1"], "--timeout"),
    # Hostile: far too long, far too large, lost in rounding, unusual digits, control characters, paths.
    (["estimate", "1", "9" * 5000], "RECORDED '99999999999999999999'... is 5,000 characters long"),
    (["estimate", "9" * 5000, "268"], "count '99999999999999999999'... is 5,000 characters long"),
    (["estimate", "7." + "0" * 5000 + "%", "268"], "is 5,003 characters long"),
    (["estimate", "21", "268", "--national", "0." + "0" * 5000 + "1"], "rate '0.000000000000000000'... is 5,003"),
    (["estimate", "21", "268", "--confidence", "0." + "9" * 5000], "confidence '0.999999999999999999'... is 5,002"),
    (["estimate", "1", "1000000001"], "RECORDED '1000000001' is above 1,000,000,000, more crimes than any country"),
    (["estimate", "0..99999999999", "40"], "count '99999999999' is above 1,000,000,000"),
    (["estimate", "<99999999999", "40"], "count '99999999999' is above 1,000,000,000"),
    (
        ["estimate", "21", "268", "--rest", "5", "9007199254740993"],
        "--rest N '9007199254740993' is above",
    ),
    (["estimate", "21", "268", "--open", "99999999999"], "--open '99999999999' is above 1,000,000,000"),
    (["estimate", "21", "268", "--confidence", "0.99999999999999999"], "must be above 0% and below 100%"),
    (["estimate", "21", "268", "--national", "99.99999999999999999999%"], "must be above 0% and below 100%"),
    (["estimate", "21", "268", "--national", "6%", "--confidence", "20%"], "confidence is 0.2, so chance alone tells"),
    (["estimate", "21", "268", "--national", "6%..7%..8%"], "has more than two ends"),
    (["estimate", "21", "268", "--national", "6e-2"], "rate '6e-2' is not a rate"),
    (["estimate", "21", "268", "--national", "inf"], "rate 'inf' is not a rate"),
    (["estimate", "21", "268", "--national", "1/17"], "rate '1/17' is not a rate"),
    (["estimate", "21", "268", "--national", "6,5%"], "rate '6,5%' is not a rate: write it like 6%"),
    (["estimate", "21", "268", "--national", "٦%"], "rate '٦%' is not a rate"),
    (["estimate", "²1", "268"], "count '²1' is not a count"),
    (["estimate", "2_1", "268"], "count '2_1' is not a count"),
    (["estimate", "0x15", "268"], "count '0x15' is not a count"),
    (["estimate", "", "268"], "count '' is not a count"),
    (["estimate", "1,23", "268"], "count '1,23' is not a count"),
    (["estimate", ">5", "268"], "count '>5' is not a count"),
    (["estimate", "<0", "268"], "has no whole number in it"),
    (["estimate", "120%", "268"], "no whole number of 268 is 120%"),
    (["estimate", "7.8%", "0"], "no whole number of 0 is 7.8%"),
    (["estimate", "21\n", "268\n22"], "RECORDED '268\\n22' is not a whole number"),
    (["estimate", "21", "\x1b[31m268"], "RECORDED '\\x1b[31m268' is not a whole number"),
    (["compare", "."], "the file . cannot be read"),
    (["compare", "bad-cell.csv/x"], "bad-cell.csv/x cannot be read"),
    (["compare", "/dev/zero"], "zero is larger than 50 MB"),
    (["compare", "--study", "../../etc/passwd"], "there is no release '..'"),
    (["compare", "--study", "radar-2022+bbc-2016/8-71/charged"], "there is no release 'radar-2022+bbc-2016'"),
    (["compare", "--study", "radar-2022/8-71/charged\0"], "there is no outcome 'charged\\x00'"),
    (["compare", "--study", "/" * 10_000], "is not release/offence/outcome"),
    (["compare", "--study", "bbc-2016/8-71/charged", "--force", "<script>"], "There is no force '<script>' here"),
    (["report", ""], "there is no force ''"),
    (["report", "Gwent'; DROP TABLE forces;--"], "there is no force"),
]

HEADER = "force,charged,recorded\n"
SHEETS = [
    ("", "replies.csv is empty: it needs the columns force, charged, recorded"),
    ("\n\n", "replies.csv is empty"),
    (HEADER, "there is no row under the header"),
    (HEADER + ",,\n", "there is no row under the header"),
    ("name,charged,recorded\nA,1,2", "row 1: the column 'force' is missing; the header has 'name', 'charged'"),
    ("force,charged\nA,1", "row 1: the column 'recorded' is missing"),
    ("force,charged,recorded,Charged\nA,1,2,1", "row 1: the column 'charged' is there twice: keep one"),
    (HEADER + "A,1,2\nB,-1,5", "row 3, column charged: charged '-1' is not a count: write it like 21, <5, 3..9"),
    (HEADER + "A,x,5", "row 2, column charged: charged 'x' is not a count"),
    (HEADER + "A,6,5", "row 2, column charged: charged '6' is above the 5 crimes recorded"),
    (HEADER + "A,7.8%,260", "row 2, column charged: no whole number of 260 is 7.8%"),
    (HEADER + "A,1,many", "row 2, column recorded: recorded 'many' is not a whole number, 0 or more"),
    (HEADER + "A,1,<5", "row 2, column recorded: recorded '<5' is not a whole number"),
    (HEADER + "A,1,26.8", "row 2, column recorded: recorded '26.8' is not a whole number"),
    (HEADER + "A,x,", "row 2, column charged: charged 'x' is not a count"),
    (HEADER + "A,1,0", "row 2, column charged: charged '1' is above the 0 crimes recorded"),
    (HEADER + "A,1,5\n\n,2,6", "row 4, column force: the name is missing"),
    (HEADER + "A,1,5\n a ,2,6", "row 3, column force: 'a' stands in row 2 already"),
    (HEADER + "A,1,5\nB,2,6\nAll,3,11", "row 4: 'All' is the sum of the other rows: delete the total"),
    (HEADER + "A,<5,50\nB,20,60\nAll,22,110", "row 4: 'All' is the sum of the other rows"),
    (HEADER + "A,1,5\nB,2", "row 3: the row has only 2 of its cells: the file may have been cut off"),
    (HEADER + "A,1,1,234", "row 2: there are cells beyond the header: write 1234, or put 1,234 in quotation marks"),
    (HEADER + '"A,1,5', "cannot be read as CSV"),
    (b"force,charged,recorded\nCaf\xe9,1,5\n", "row 2: the text is not UTF-8: save the sheet as CSV UTF-8"),
    (b"PK\x03\x04...", "replies.csv is a workbook: save the sheet as CSV"),
    (b"force,charged,recorded\nA\0,1,5", "is not a text file"),
    (
        HEADER + "A,1," + "9" * 5000,
        "recorded: recorded '99999999999999999999'... is 5,000 characters",
    ),
    (HEADER + "A,1,99999999999", "row 2, column recorded: recorded '99999999999' is above 1,000,000,000"),
    (HEADER + "A,,\nB,0..2000000000,", "row 3, column charged: charged '2000000000' is above 1,000,000,000"),
    (HEADER + "\x1b[31mA,1,5", "row 2, column force: '\\x1b[31mA' holds a character that does not print"),
    (HEADER + "tnewG\u202e,1,5", "row 2, column force: 'tnewG\\u202e' holds a character that does not print"),
    (HEADER + "A,=1+1,5", "row 2, column charged: charged '=1+1' is not a count"),
    (HEADER + "A,#REF!,5", "row 2, column charged: charged '#REF!' is not a count"),
    (HEADER + "A,1e1,50", "row 2, column charged: charged '1e1' is not a count"),
    (HEADER + "A,NaN,50", "row 2, column charged: charged 'NaN' is not a count"),
    (HEADER + "A,-,50", "row 2, column charged: charged '-' is not a count"),
    (HEADER + "A,1,5\nB,n/a,7", "row 3, column charged: charged 'n/a' is not a count"),
    (HEADER + '"A" x,1,5', "cannot be read as CSV"),
    (HEADER + "A," * 200_000, "row 2: there are cells beyond the header"),
    (HEADER + "x" * 200_000 + ",1,5", "cannot be read as CSV (field larger than field limit"),
    (b"\xff\xfef\0o", "is not UTF-8"),
    (b"\x1f\x8b\x08\0\0\0", "the text is not UTF-8"),
    (b"%PDF-1.7\n1 0 obj\n", "row 1: the column 'force' is missing; the header has '%pdf-1.7'"),
    (b"<html><table><tr><td>force", "row 1: the column 'force' is missing"),
]

# File, what is replaced, by what, the study asked for, what the message says.
TABLES = [
    (RADAR, gwent("recorded"), "bbc-2016" + gwent("recorded")[10:], CHARGED,
     "data/counts/radar-2022.csv, row 2, column release: 'bbc-2016' in the file of 'radar-2022': releases are never"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("Gwent", "Gwnt"), CHARGED,
     "row 2, column force: 'Gwnt' is not known here; did you mean 'Gwent'?"),
    (RADAR, gwent('outcome,14,"'), gwent('outcome,19,"'), CHARGED, "row 4, column outcome_type: '19' is not known"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,-268"), CHARGED,
     "row 2, column count: '-268' is not a whole number, 0 or more"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,26.8"), CHARGED,
     "row 2, column count: '26.8' is not a whole number, 0 or more"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,"), CHARGED,
     "row 2, column count: neither a count nor a percentage is printed"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,260"), CHARGED,
     "row 4, column percent: no whole number of 260 is 4.5%"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},689,37.8", VICTIM,
     "row 7, column count: 689 of 688 is not the printed 37.8%: correct it, or mark it with the reason"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},689,", VICTIM,
     "row 7, column count: 689 is above the 688 crimes recorded by Sussex"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},262,37.8", VICTIM,
     "row 7, column count: 262 of 688 is not the printed 37.8%"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},680,", VICTIM,
     "row 6, column count: the outcomes of Sussex add up to 698, not to the 688 recorded"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("2017-01-01", "2017-13-01"), CHARGED,
     "row 2, column window_start: '2017-13-01' is not a date such as 2018-04-01"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("2017-01-01", "2016-01-01"), CHARGED,
     "row 3, column window_start: '2017-01-01' beside '2016-01-01' for the same force"),
    (RADAR, gwent('outcome,14,"'), gwent('outcome,16,"'), CHARGED,
     "row 4, column measure: the same figure of Gwent stands in data/counts/radar-2022.csv, row 3 already"),
    (RADAR, gwent("recorded,,recorded"), gwent("records,,recorded"), CHARGED,
     "row 2, column measure: 'records' is not known here; did you mean 'recorded'?"),
    (RADAR, gwent("recorded,,recorded"), gwent("recorded,1,recorded"), CHARGED,
     "row 2, column outcome_type: an outcome needs its type, and recorded has none"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,35,,", VICTIM, "column reason: a correction needs corrected_low"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,,,", VICTIM, "row 21, column count: 38 of 433 is not the printed 8.1%"),
    (RADAR, "37.7,,,,,,figure", "137.7,,,,,,figure", CHARGED, "row 3, column percent: '137.7' is not a percentage"),
    (RADAR, "release,force,", "release,police_force,", CHARGED,
     "row 1: the column 'police_force' is unknown; did you mean 'force'?"),
    (RADAR, "release,force,", "force,release,", CHARGED, "row 1: the columns are force, release"),
    (RADAR, "recorded,,recorded,268,", "recorded,,recorded,268,,", CHARGED, "row 2: there are 21 cells for 20 columns"),
    (RADAR, "south-wales-argus-2022,years only", "argus,years only", CHARGED, "column source: 'argus' is not known"),
    (BBC, f"{KENT},outcome,1,charge/summons,5", f"{KENT},outcome,1,charge/summons,6", BBC_CHARGED,
     "the outcomes of Kent add up to 44, not to the 43 recorded"),
    (BBC, f"{KENT},outcome,1,charge/summons,5", f"{KENT},outcome,1,charge/summons,4", BBC_CHARGED,
     "the outcomes of Kent add up to 42, not to the 43 recorded"),
    (BBC, f"{KENT},recorded", f"{KENT.replace('Kent', 'Kent;Essex')},recorded", BBC_CHARGED,
     "Kent and Essex is not one force, so the row cannot be a figure"),
    (BBC, f"{KENT},recorded,,all records,43", f"{KENT},outcome,5,all records,43", BBC_CHARGED,
     "Kent has outcomes but no row of crimes recorded"),
    ("releases.csv", "bbc-2016,BBC", "bbc-2015,BBC", BBC_CHARGED, "there is no release 'bbc-2016'; did you mean"),
    ("national_rates.csv", "charged,radar-2022/8-71/charged,", "charged,,", CHARGED,
     "must have one row for the study 'radar-2022/8-71/charged', not 0"),
    ("national_rates.csv", "0.055,0.065", "5.5,6.5", CHARGED, "column rate_low: '5.5' is not a proportion from 0 to 1"),
    ("studies.csv", "summonsed, freedom-of-information replies to December 2021\",published,yes",
     "summonsed, freedom-of-information replies to December 2021\",published,maybe", CHARGED,
     "column default: 'maybe' is not yes or no"),
    ("sources.csv", ",Refuge,", ", Refuge,", CHARGED, "column publisher: ' Refuge' is not text without spaces"),
    ("dictionary.csv", "sources.csv,sha256,text,,no,,", "sources.csv,sha256,word,,no,,", CHARGED,
     "does not describe a column"),
]  # fmt: skip


def refused(*arguments):
    """Run a command that cannot be used, and return its one sentence."""
    result = CliRunner().invoke(main, list(arguments), prog_name="charge-rates")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    *usage, sentence = result.stderr.splitlines()
    assert sentence.startswith("Error: ")
    assert not any(line.startswith(("Error: ", "Traceback")) for line in usage)
    assert len(sentence) < 600 or len(max(arguments, key=len)) > 600
    return sentence


def shortened(value):
    return str(value)[:60]


@pytest.mark.parametrize(("arguments", "says"), COMMANDS, ids=shortened)
def test_a_command_that_cannot_be_used(arguments, says, tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    assert says in refused(*arguments)
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)


@pytest.mark.parametrize(("content", "says"), SHEETS, ids=shortened)
def test_a_spreadsheet_that_cannot_be_used(content, says, tmp_path):
    path = tmp_path / "replies.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    sentence = refused("compare", str(path))
    assert sentence.startswith("Error: replies.csv")
    assert says in sentence


@pytest.mark.parametrize(("name", "old", "new", "study", "says"), TABLES, ids=shortened)
def test_a_table_of_figures_that_cannot_be_used(data, name, old, new, study, says):
    data.replace(name, old, new)
    assert says in refused("list", "forces", "--study", study)


def test_the_table_is_long_enough():
    assert len(COMMANDS) + len(SHEETS) + len(TABLES) > 150
