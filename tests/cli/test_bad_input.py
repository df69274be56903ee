"""Everything that a user can get wrong, one line each: what was typed, or stood in a file, and the whole sentence.

All of it goes through the commands: status 2, one sentence on standard error, nothing on standard output, nothing left.
"""

import re

import pytest
from click.testing import CliRunner

from analysis.cli import main

RADAR = "counts/radar-2022.csv"
BBC = "counts/bbc-2016.csv"
CHARGED = "radar-2022/8-71/charged"
VICTIM = "radar-2022/8-71/victim-does-not-support"
BBC_CHARGED = "bbc-2016/8-71/charged"
SUPPORT = '"victim does not support, suspect identified"'
CLEVELAND = '"38 of 433 is 8.8%, not the printed 8.1% (35 would be 8.1%); which of the two is wrong is not known"'
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
    "total.csv": "force,charged,recorded\nKent,5,100\nEssex,2,10\nGwent,1,20\nThe lot,8,130\n",
    "empty.csv": "",
}

# Sentences that several lines have in common, from the value on.
CHECK_BOTH = "check the two numbers"
CONTRADICT = "the percentage and the number contradict each other"
MEND = "correct it, or mark it with the reason"
NOT_A_COUNT = "is not a count: write it like 21, <5, 3..9 or 7.8%"
NOT_A_RATE = "is not a rate: write it like 6%"
BETWEEN = "must be above 0% and below 100%"
BLANK = "or leave it blank where it is unknown"
NOT_WHOLE = "is not a whole number, 0 or more: write it like 268"
TOO_LARGE = "is above 1,000,000,000, more crimes than any country records: check it"
TOO_LONG = "characters long: write a number like 268 or 7.8%"
CODING = "the text is neither UTF-8 nor what Excel on Windows writes: save it as CSV UTF-8"
RELEASES_KNOWN = "there are 15 known names, such as 'radar-2022'"
SAVE_AGAIN = "save the sheet again as CSV"

# Arguments, and the whole sentence; @ stands for the folder that the command is typed in.
COMMANDS = [
    (["estimate", "x", "268"], f"count 'x' {NOT_A_COUNT}"),
    (["estimate", "-1", "268"], f"count '-1' {NOT_A_COUNT}"),
    (["estimate", "21.5", "268"], f"count '21.5' {NOT_A_COUNT}"),
    (["estimate", "300", "268"], f"count '300' is above the 268 crimes recorded: {CHECK_BOTH}"),
    (["estimate", "21", "0"], f"count '21' is above the 0 crimes recorded: {CHECK_BOTH}"),
    (["estimate", "9..3", "40"], "count '9..3' has no whole number in it: write the lower number first, like 3..9"),
    (["estimate", "7.9%", "268"], f"no whole number of 268 is 7.9%: {CONTRADICT}"),
    (["estimate", "21", "abc"], f"RECORDED 'abc' {NOT_WHOLE}"),
    (["estimate", "21", "-5"], f"RECORDED '-5' {NOT_WHOLE}"),
    (["estimate", "21", "268", "--national", "6"], "rate '6' has no sign: write 6%"),
    (["estimate", "21", "268", "--national", "0"], f"rate '0' {BETWEEN}"),
    (["estimate", "21", "268", "--national", "100%"], f"rate '100%' {BETWEEN}"),
    (["estimate", "21", "268", "--national", "6.5%..5.5%"],
     "rate '6.5%..5.5%' runs from high to low: write 5.5%..6.5%"),
    (["estimate", "21", "268", "--national", "nan"], f"rate 'nan' {NOT_A_RATE}"),
    (["estimate", "21", "268", "--confidence", "95"], "confidence '95' has no sign: write 95%"),
    (["estimate", "21", "268", "--confidence", "0"], f"confidence '0' {BETWEEN}"),
    (["estimate", "21", "268", "--open", "300"], "--open 300: 21 and 300 open crimes are more than the 268 recorded; "
     "check the three numbers"),
    (["estimate", "21", "268", "--open", "x"], f"--open 'x' {NOT_WHOLE}"),
    (["estimate", "21", "268", "--country", "10", "20"],
     "the country's 10 of 20 cannot contain 21 of 268: give the whole country's figures, or the rest's"),
    (["estimate", "21", "268", "--country", "30", "20"],
     "--country 30 20: the count is above the crimes recorded; write K N, count first."),
    (["estimate", "21", "268", "--rest", "5", "3"],
     "--rest 5 3: the count is above the crimes recorded; write K N, count first."),
    (["estimate", "21", "268", "--national", "6%", "--rest", "5", "30"],
     "Give only one of --national, --country and --rest: each is another comparison."),
    (["estimate", "269", "268"], f"count '269' is above the 268 crimes recorded: {CHECK_BOTH}"),
    (["estimate", "3..269", "268"], f"count '3..269' is above the 268 crimes recorded: {CHECK_BOTH}"),
    (["estimate", "100.1%", "2000"], f"no whole number of 2,000 is 100.1%: {CONTRADICT}"),
    (["estimate", "0" * 40 + "1", "268"],
     f"count '00000000000000000000'... is 41 {TOO_LONG}"),
    (["estimate", "21", "268", "--national", "1"], "rate '1' has no sign: write 1%"),
    (["estimate", "21", "268", "--national", "120"], "rate '120' has no sign: write 120%, and it must be below 100%"),
    (["estimate", "21", "268", "--open", "248"], "--open 248: 21 and 248 open crimes are more than the 268 recorded; "
     "check the three numbers"),
    (["estimate", "21", "268", "--national", "5%.."], "rate '5%..' lacks an end: write it like 5.5%..6.5%"),
    (["estimate", "21", "268", "--national", "-6%"], f"rate '-6%' {NOT_A_RATE}"),
    (["estimate", "21", "268", "--confidence", "high"], "confidence 'high' is not a confidence: write it like 95%"),
    (["estimate", "21", "268", "--confidence", "100%"], f"confidence '100%' {BETWEEN}"),
    (["estimate", "21", "268", "--country", "x", "268"], f"--country K 'x' {NOT_WHOLE}"),
    (["estimate", "21", "268", "--rest", "5", "x"], f"--rest N 'x' {NOT_WHOLE}"),
    (["compare"], "Give either a FILE or --study STUDY to compare, and not both."),
    (["compare", "bad-cell.csv", "--study", "bbc-2016/8-71/charged"],
     "Give either a FILE or --study STUDY to compare, and not both."),
    (["compare", "absent.csv"], "the file absent.csv cannot be read: No such file or directory"),
    (["compare", "bad-cell.csv"], f"bad-cell.csv, row 3, column charged: charged 'x' {NOT_A_COUNT}, {BLANK}"),
    (["compare", "no-column.csv"],
     "no-column.csv, row 1: the column 'recorded' is missing; the header has 'force', 'charged' and needs "
     "force, charged, recorded"),
    (["compare", "twice.csv"],
     "twice.csv, row 3, column force: 'kent' stands in row 2 already: keep one row for each force"),
    (["compare", "above.csv"],
     f"above.csv, row 2, column charged: charged '11' is above the 10 crimes recorded: {CHECK_BOTH}"),
    (["compare", "total.csv"],
     "total.csv, row 5: 'The lot' is the sum of the other rows: delete the total, which would count every crime "
     "twice"),
    (["compare", "empty.csv"], "empty.csv is empty: it needs the columns force, charged, recorded"),
    (["compare", "--study", "gwent"],
     "study 'gwent' is not release/offence/outcome: write it like radar-2022/8-71/charged"),
    (["compare", "--study", "radar-2022/8-71/chraged"],
     "there is no outcome 'chraged' in radar-2022; did you mean 'charged'?"),
    (["compare", "--study", "refuge-2023/8-71/charged"],
     "the release 'refuge-2023' is context and no study may use it: 24 forces together; no figure for a single "
     "force is published; its figures are in data/counts/refuge-2023.csv"),
    (["compare", "--study", "bbc-2016/8-71/charged", "--force", "Kemt"],
     "There is no force 'Kemt' here; did you mean 'Kent'?"),
    (["compare", "--study", "home-office-2016-17..2018-19/8R/charged"],
     "'home-office-2016-17..2018-19' is a series of releases, which report and batch take: name one release here"),
    (["list", "forces", "--study", "radar-2022/9/charged"], "there is no offence '9' in radar-2022; known is '8/71'"),
    (["list", "studies", "--release", "rdar"], f"there is no release 'rdar'; {RELEASES_KNOWN}"),
    (["compare", "--study", "home-office-2021-22/8R/charged"],
     "there is no release 'home-office-2021-22' yet: run charge-rates fetch 2021/22; did you mean "
     "'home-office-2018-19' or 'home-office-all-offences-2021-22' or 'home-office-all-offences-2025-26'?"),
    (["compare", "--study", "home-office-2018-19/stalking/charged"],
     "there is no offence 'stalking' in home-office-2018-19; did you mean 8Q (Stalking) or stalking-and-harassment "
     "(Stalking and harassment)?"),
    (["list", "offences", "--release", "rdar"], f"there is no release 'rdar'; {RELEASES_KNOWN}"),
    (["list", "studies", "--release", "press"],
     "the release 'press' is context and no study may use it: not a basis for comparing forces; its figures are "
     "in data/counts/press.csv"),
    (["report", "Gwemt"], "there is no force 'Gwemt'; did you mean 'Gwent'?"),
    (["report", "Gwent", "--study", "bbc-2016/8-71/charged"],
     "Gwent is not among the 31 forces here, such as 'Cambridgeshire'"),
    (["report", "Cleveland", "--study", "radar-2022/8-71/charged"],
     "There is nothing to report (radar-2022/8-71/charged, Cleveland: no charge figure was found in the stories "
     "that were printed)."),
    (["report", "Gwent", "--output", "bad-cell.csv"],
     "@/bad-cell.csv: cannot be written (File exists); choose another --output"),
    (["batch", "--study", "nope"],
     "study 'nope' is not release/offence/outcome: write it like radar-2022/8-71/charged"),
    (["batch", "--force", "Gwemt"], "there is no force 'Gwemt'; did you mean 'Gwent'?"),
    (["report", "Gwent", "--study", "home-office-2016-17..2021-22/8R/charged"],
     "there are no releases 'home-office-2016-17', 'home-office-2017-18', 'home-office-2019-20', "
     "'home-office-2020-21' and 'home-office-2021-22' yet: run charge-rates fetch 2016/17 2017/18 2019/20 "
     "2020/21 2021/22, or name the years that are there, joined by commas"),
    (["report", "Gwent", "--study", "home-office-2018-19..2017-18/8R/charged"],
     "'home-office-2018-19..2017-18' must run from an earlier year to a later one, over at most 30 years"),
    (["report", "Gwent", "--study", "home-office-1988-89..2018-19/8R/charged"],
     "'home-office-1988-89..2018-19' must run from an earlier year to a later one, over at most 30 years"),
    (["report", "Gwent", "--study", "home-office-1989-90..2018-19/8R/charged"],
     "there is no release 'home-office-1989-90'; did you mean 'home-office-2018-19' or "
     "'home-office-all-offences-2019-20'?"),
    (["report", "Gwent", "--study", "2016..2018/8R/charged"],
     "'2016..2018' is not a range of years: write it like home-office-2016-17..2021-22"),
    (["report", "Gwent", "--study", "bbc-2016,home-office-2018-19/8R/charged"],
     "bbc-2016 is of BBC England Data Unit and home-office-2018-19 of Home Office: figures of different "
     "publishers are never put into one series"),
    (["report", "Gwent", "--study", "home-office-2018-19,home-office-2018-19/8R/charged"],
     "home-office-2018-19 and home-office-2018-19 cover some of the same days: keep one of them in the series"),
    (["report", "Gwent", "--study", "home-office-2018-19..2018-19/8R/charged"],
     "the series 'home-office-2018-19..2018-19' is of one release: write home-office-2018-19/8R/charged"),
    (["import", "absent.csv"], "the file absent.csv cannot be read: there is no such file"),
    (["import", "."], "the file . cannot be read: there is no such file"),
    (["import", "bad-cell.csv"],
     "bad-cell.csv: no header was found within 20 rows (a row with 'Force Name' and 'Outcome Type'); a table of "
     "replies needs --release, --offence and --source"),
    (["import", "bad-cell.csv", "--release", "My FOI"],
     "--release 'My FOI' cannot be an id: write small letters, digits and hyphens, like my-foi, and for an edition its "
     "month at the end, like home-office-2018-19@2024-07"),
    (["import", "bad-cell.csv", "--release", "bbc-2016"],
     "the release 'bbc-2016' comes with the project and stays as it is: give another --release ID"),
    (["import", "bad-cell.csv", "--window", "2017"],
     "--source and --window are for a spreadsheet of replies, which needs --offence too"),
    (["import", "bad-cell.csv", "--source", "x"],
     "--source and --window are for a spreadsheet of replies, which needs --offence too"),
    (["import", "bad-cell.csv", "--offence", "8/71", "--year", "2021/22"],
     "--year is for official tables: leave it away, or leave --offence away"),
    (["import", "bad-cell.csv", "--offence", "8/71"], "replies need --release ID and --source TEXT beside --offence"),
    (["compare", "bad-cell.csv", "--sheet", "x"], "bad-cell.csv: a text file has no sheet 'x'; leave --sheet away"),
    (["import", "bad-cell.csv", "--sheet", "x"], "bad-cell.csv: a CSV file has no sheet 'x'; leave --sheet away"),
    (["import", "bad-cell.csv", "--offence", "8/71", "--source", "own requests", "--release", "my-foi"],
     f"bad-cell.csv, row 3, column charged: charged 'x' {NOT_A_COUNT}, {BLANK}"),
    (["fetch", "1984/85"], "there is no table of the year '1984/85'; there are 12 known names, such as '2014/15'"),
    (["fetch", "2021"], "'2021' is not a financial year: write it like 2021/22"),
    (["fetch", "2021/22", "2020/21", "--release", "x"],
     "--accept and --release are for one year: fetch the years one by one"),
    (["fetch", "2021/22", "--accept", "abc"], "--accept 'abc' is not a sha256: it has 64 digits and letters a to f"),
    # Hostile: far too long, far too large, lost in rounding, unusual digits, control characters, paths.
    (["estimate", "1", "9" * 5000], f"RECORDED '99999999999999999999'... is 5,000 {TOO_LONG}"),
    (["estimate", "9" * 5000, "268"], f"count '99999999999999999999'... is 5,000 {TOO_LONG}"),
    (["estimate", "7." + "0" * 5000 + "%", "268"], f"count '7.000000000000000000'... is 5,003 {TOO_LONG}"),
    (["estimate", "21", "268", "--national", "0." + "0" * 5000 + "1"],
     f"rate '0.000000000000000000'... is 5,003 {TOO_LONG}"),
    (["estimate", "21", "268", "--confidence", "0." + "9" * 5000],
     f"confidence '0.999999999999999999'... is 5,002 {TOO_LONG}"),
    (["estimate", "1", "1000000001"], f"RECORDED '1000000001' {TOO_LARGE}"),
    (["estimate", "0..99999999999", "40"], f"count '99999999999' {TOO_LARGE}"),
    (["estimate", "<99999999999", "40"], f"count '99999999999' {TOO_LARGE}"),
    (["estimate", "21", "268", "--rest", "5", "9007199254740993"], f"--rest N '9007199254740993' {TOO_LARGE}"),
    (["estimate", "21", "268", "--open", "99999999999"], f"--open '99999999999' {TOO_LARGE}"),
    (["estimate", "21", "268", "--confidence", "0.99999999999999999"], f"confidence '0.99999999999999999' {BETWEEN}"),
    (["estimate", "21", "268", "--national", "99.99999999999999999999%"], f"rate '99.99999999999999999999%' {BETWEEN}"),
    (["estimate", "21", "268", "--national", "6%", "--confidence", "20%"],
     "at a confidence of 0.2 chance alone tells rates apart with a power of 0.8, not below the 0.8 asked for: "
     "raise the confidence above 0.2"),
    (["estimate", "21", "268", "--national", "6%..7%..8%"],
     "rate '6%..7%..8%' has more than two ends: write it like 5.5%..6.5%"),
    (["estimate", "21", "268", "--national", "6e-2"], f"rate '6e-2' {NOT_A_RATE}"),
    (["estimate", "21", "268", "--national", "inf"], f"rate 'inf' {NOT_A_RATE}"),
    (["estimate", "21", "268", "--national", "1/17"], f"rate '1/17' {NOT_A_RATE}"),
    (["estimate", "21", "268", "--national", "6,5%"], f"rate '6,5%' {NOT_A_RATE}"),
    (["estimate", "21", "268", "--national", "٦%"], f"rate '٦%' {NOT_A_RATE}"),
    (["estimate", "²1", "268"], f"count '²1' {NOT_A_COUNT}"),
    (["estimate", "2_1", "268"], f"count '2_1' {NOT_A_COUNT}"),
    (["estimate", "0x15", "268"], f"count '0x15' {NOT_A_COUNT}"),
    (["estimate", "", "268"], f"count '' {NOT_A_COUNT}"),
    (["estimate", "1,23", "268"], f"count '1,23' {NOT_A_COUNT}"),
    (["estimate", ">5", "268"], f"count '>5' {NOT_A_COUNT}"),
    (["estimate", "<0", "268"], "count '<0' has no whole number in it: write 0 if there was none"),
    (["estimate", "120%", "268"], f"no whole number of 268 is 120%: {CONTRADICT}"),
    (["estimate", "7.8%", "0"], f"no whole number of 0 is 7.8%: {CONTRADICT}"),
    (["estimate", "21\n", "268\n22"], f"RECORDED '268\\n22' {NOT_WHOLE}"),
    (["estimate", "21", "\x1b[31m268"], f"RECORDED '\\x1b[31m268' {NOT_WHOLE}"),
    (["compare", "."], "the file . cannot be read: Is a directory"),
    (["compare", "bad-cell.csv/x"], "the file bad-cell.csv/x cannot be read: Not a directory"),
    (["compare", "/dev/zero"], "/dev/zero is a pipe, a socket or a device: give a file, or - to read standard input"),
    (["compare", "--study", "../../etc/passwd"], f"there is no release '..'; {RELEASES_KNOWN}"),
    (["compare", "--study", "radar-2022+bbc-2016/8-71/charged"],
     "there is no release 'radar-2022+bbc-2016'; did you mean 'radar-2022'?"),
    (["compare", "--study", "radar-2022/8-71/charged\0"],
     "there is no outcome 'charged\\x00' in radar-2022; did you mean 'charged'?"),
    (["compare", "--study", "/" * 10_000],
     f"study '{'/' * 393} ... {'/' * 124}' is not release/offence/outcome: write it like radar-2022/8-71/charged"),
    (["compare", "--study", "bbc-2016/8-71/charged", "--force", "<script>"],
     "There is no force '<script>' here; there are 31 known names, such as 'Cambridgeshire'"),
    (["report", ""], "there is no force ''; there are 44 known names, such as 'Avon and Somerset'"),
    (["report", "Gwent'; DROP TABLE forces;--"],
     "there is no force \"Gwent'; DROP TABLE forces;--\"; did you mean 'Gwent'?"),
]  # fmt: skip

# Beside what is just refused, what is just allowed.
JUST_ALLOWED = [
    ["estimate", "268", "268"],
    ["estimate", "3..268", "268"],
    ["estimate", "9..9", "40"],
    ["estimate", "<1", "40"],
    ["estimate", "<99", "40"],
    ["estimate", "7.8%", "268"],
    ["estimate", "100.0%", "2000"],
    ["estimate", "0%", "0"],
    ["estimate", "1", "1000000000"],
    ["estimate", "0" * 39 + "1", "268"],
    ["estimate", "21", "268", "--open", "247"],
    ["estimate", "21", "268", "--national", "0.999"],
    ["estimate", "21", "268", "--national", "0.1%..99.9%"],
    ["estimate", "21", "268", "--national", "6%..6%"],
    ["estimate", "21", "268", "--confidence", "99.9%"],
    ["estimate", "21", "268", "--rest", "5", "5"],
]

# What click itself refuses, in words that differ between its versions.
MISTYPED = [
    (["estimate", "21"], "Missing argument 'RECORDED'"),
    (["estimate", "21", "268", "--nonsense"], "--nonsense"),
    (["list", "forces"], "Missing option '--study'"),
    (["report", "Gwent", "--engine", "fast"], "'fast' is not one of"),
    (["batch", "--workers", "0"], "--workers"),
    (["batch", "--timeout", "-1"], "--timeout"),
]  # fmt: skip

HEADER = "force,charged,recorded\n"
# The content of replies.csv, and the sentence after the name of the file.
SHEETS = [
    ("", " is empty: it needs the columns force, charged, recorded"),
    ("\n\n", " is empty: it needs the columns force, charged, recorded"),
    (HEADER, ": there is no row under the header: write one row for each force"),
    (HEADER + ",,\n", ": there is no row under the header: write one row for each force"),
    ("name,charged,recorded\nA,1,2",
     ", row 1: the column 'force' is missing; the header has 'name', 'charged', 'recorded' and needs force, "
     "charged, recorded"),
    ("force,charged\nA,1",
     ", row 1: the column 'recorded' is missing; the header has 'force', 'charged' and needs force, charged, "
     "recorded"),
    ("force,charged,recorded,Charged\nA,1,2,1", ", row 1: the column 'charged' is there twice: keep one"),
    (HEADER + "A,1,2\nB,-1,5", f", row 3, column charged: charged '-1' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,x,5", f", row 2, column charged: charged 'x' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,6,5", f", row 2, column charged: charged '6' is above the 5 crimes recorded: {CHECK_BOTH}"),
    (HEADER + "A,7.8%,260", f", row 2, column charged: no whole number of 260 is 7.8%: {CONTRADICT}"),
    (HEADER + "A,1,many", f", row 2, column recorded: recorded 'many' {NOT_WHOLE}, {BLANK}"),
    (HEADER + "A,1,<5", f", row 2, column recorded: recorded '<5' {NOT_WHOLE}, {BLANK}"),
    (HEADER + "A,1,26.8", f", row 2, column recorded: recorded '26.8' {NOT_WHOLE}, {BLANK}"),
    (HEADER + "A,x,", f", row 2, column charged: charged 'x' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,1,0", f", row 2, column charged: charged '1' is above the 0 crimes recorded: {CHECK_BOTH}"),
    (HEADER + "A,1,5\n\n,2,6", ", row 4, column force: the name is missing: write it, or delete the row"),
    (HEADER + "A,1,5\n a ,2,6", ", row 3, column force: 'a' stands in row 2 already: keep one row for each force"),
    (HEADER + "A,1,5\nB,2,6\nBoth,3,11",
     ", row 4: 'Both' is the sum of the other rows: delete the total, which would count every crime twice"),
    (HEADER + "A,<5,50\nB,20,60\nBoth,22,110",
     ", row 4: 'Both' is the sum of the other rows: delete the total, which would count every crime twice"),
    (HEADER + "A,1,5\nB,2,6\nAll,3,12",
     ", row 4: 'All' is called a total, and its 12 crimes are not those of the other rows (3 of 11): correct it, or "
     "delete the row"),
    (HEADER + "A,1,5\nB,2",
     ", row 3: the row has only 2 of its 3 cells: write the others, or save the file again if it was cut off"),
    (HEADER + "A,1,1,234", ", row 2: '234' stands beyond the header: write 1234, or put 1,234 in quotation marks"),
    (HEADER + '"A,1,5', f", row 2: it cannot be read as CSV (unexpected end of data): {SAVE_AGAIN}"),
    (b"force,charged,recorded\nCaf\x81,1,5\n", f": {CODING}"),
    (b"PK\x03\x04...", " is a workbook: give it the suffix .xlsx or .ods, or save the sheet as CSV"),
    (b"force,charged,recorded\nA\0,1,5", " is not a text file: save the sheet as CSV and give that file"),
    (HEADER + "A,1," + "9" * 5000, f", row 2, column recorded: recorded '99999999999999999999'... is 5,000 {TOO_LONG}"),
    (HEADER + "A,1,99999999999", f", row 2, column recorded: recorded '99999999999' {TOO_LARGE}"),
    (HEADER + "A,,\nB,0..2000000000,", f", row 3, column charged: charged '2000000000' {TOO_LARGE}"),
    (HEADER + "\x1b[31mA,1,5",
     ", row 2, column force: '\\x1b[31mA' holds a character that does not print: type it again"),
    (HEADER + "tnewG\u202e,1,5",
     ", row 2, column force: 'tnewG\\u202e' holds a character that does not print: type it again"),
    (HEADER + "A,=1+1,5", f", row 2, column charged: charged '=1+1' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,#REF!,5", f", row 2, column charged: charged '#REF!' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,1e1,50", f", row 2, column charged: charged '1e1' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,NaN,50", f", row 2, column charged: charged 'NaN' {NOT_A_COUNT}, {BLANK}"),
    (HEADER + "A,1-Apr,50",
     ", row 2, column charged: charged '1-Apr' is a date, which spreadsheet programs make of 1-4: write 1..4"),
    (HEADER + "A,2026-04-01,50",
     ", row 2, column charged: charged '2026-04-01' is a date, which spreadsheet programs make of 1-4: write 1..4"),
    (HEADER + '"A" x,1,5', f", row 2: it cannot be read as CSV (',' expected after '\"'): {SAVE_AGAIN}"),
    (HEADER + "A," * 200_000, ", row 2: 'A' stands beyond the header: write 1234, or put 1,234 in quotation marks"),
    (HEADER + "x" * 200_000 + ",1,5",
     f", row 2: it cannot be read as CSV (field larger than field limit (131072)): {SAVE_AGAIN}"),
    (b"\xff\xfef\0o", f": {CODING}"),
    (b"\x1f\x8b\x08\0\0\0", " is not a text file: save the sheet as CSV and give that file"),
    (b"%PDF-1.7\n1 0 obj\n",
     ", row 1: the column 'force' is missing; the header has '%pdf-1.7' and needs force, charged, recorded"),
    (b"<html><table><tr><td>force",
     ", row 1: the column 'force' is missing; the header has '<html><table><tr><td>force' and needs force, "
     "charged, recorded"),
    ("x" * 131_073 + ",charged,recorded\n",
     f", row 1: it cannot be read as CSV (field larger than field limit (131072)): {SAVE_AGAIN}"),
    (HEADER + "A,1,1000000001", f", row 2, column recorded: recorded '1000000001' {TOO_LARGE}"),
    (HEADER + "A,0..1000000001,", f", row 2, column charged: charged '1000000001' {TOO_LARGE}"),
    (HEADER + "A," + "0" * 41 + ",5", f", row 2, column charged: charged '00000000000000000000'... is 41 {TOO_LONG}"),
    (HEADER + 'A,1,5\nB,1,5\n"C,1,5\nD,1,5\n',
     f", row 4: it cannot be read as CSV (unexpected end of data): {SAVE_AGAIN}"),
    (HEADER + "A,2..6,5", f", row 2, column charged: charged '2..6' is above the 5 crimes recorded: {CHECK_BOTH}"),
    (HEADER + "A,4..2,5",
     ", row 2, column charged: charged '4..2' has no whole number in it: write the lower number first, like 3..9"),
    (HEADER + "A,<0,5", ", row 2, column charged: charged '<0' has no whole number in it: write 0 if there was none"),
    ("force;charged;recorded\nA;1;2;x",
     ", row 2: 'x' stands beyond the header: write 1234, or put 1,234 in quotation marks"),
]  # fmt: skip

SHEETS_JUST_ALLOWED = [
    HEADER + "A,5,5",
    HEADER + "A,0..5,5",
    HEADER + "A,1,1000000000",
    HEADER + "A,0..1000000000,",
    HEADER + "A," + "0" * 40 + ",5",
    HEADER + "A,1,2,, ",
    HEADER + "A,1,5\nB,1,5",
    HEADER + "A,1,5\nB,2,6\nAll,3,11",
    HEADER + "A,<5,50\nB,20,60\nAll,22,110",
    HEADER + "A,1,5\nB,2,6\nBoth,3,12",
    HEADER + "Gwent,0,10\nKent,0,10\nEssex,0,20",
    HEADER + "A,-,50\nB,n/a,7",
    HEADER + "x" * 131_072 + ",1,5",
]

# File, what is replaced, by what, the study asked for, and the whole sentence; @ stands for the file.
TABLES = [
    (RADAR, gwent("recorded"), "bbc-2016" + gwent("recorded")[10:], CHARGED,
     "@, row 2, column release: 'bbc-2016' in the file of 'radar-2022': releases are never mixed, so move the "
     "row"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("Gwent", "Gwnt"), CHARGED,
     "@, row 2, column force: 'Gwnt' is not known here; did you mean 'Gwent'?"),
    (RADAR, gwent('outcome,14,"'), gwent('outcome,19,"'), CHARGED,
     "@, row 4, column outcome_type: '19' is not known here; did you mean '9' or '1'?"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,-268"), CHARGED,
     "@, row 2, column count: '-268' is not a whole number, 0 or more"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,26.8"), CHARGED,
     "@, row 2, column count: '26.8' is not a whole number, 0 or more"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,"), CHARGED,
     "@, row 2, column count: neither a count nor a percentage is printed: write one of them, or delete the row"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("recorded,,recorded,260"), CHARGED,
     f"@, row 4, column percent: no whole number of 260 is 4.5%: {CONTRADICT}; {MEND}"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},689,37.8", VICTIM,
     f"@, row 7, column count: 689 of 688 is not the printed 37.8%: {MEND}"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},689,", VICTIM,
     f"@, row 7, column count: 689 is above the 688 crimes recorded by Sussex: {MEND}"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},262,37.8", VICTIM,
     f"@, row 7, column count: 262 of 688 is not the printed 37.8%: {MEND}"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},680,", VICTIM,
     f"@, row 6, column count: the outcomes of Sussex add up to 698, more than the 688 recorded: {MEND}"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("2017-01-01", "2017-13-01"), CHARGED,
     "@, row 2, column window_start: '2017-13-01' is not a date such as 2018-04-01"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("2017-01-01", "2016-01-01"), CHARGED,
     "@, row 3, column window_start: '2017-01-01' here and '2016-01-01' in @, row 2: write the same in all rows "
     "of Gwent"),
    (RADAR, gwent('outcome,14,"'), gwent('outcome,16,"'), CHARGED,
     "@, row 4, column measure: the same figure of Gwent stands in @, row 3 already: keep one"),
    (RADAR, gwent("recorded,,recorded"), gwent("records,,recorded"), CHARGED,
     "@, row 2, column measure: 'records' is not known here; did you mean 'recorded'?"),
    (RADAR, gwent("recorded,,recorded"), gwent("recorded,1,recorded"), CHARGED,
     "@, row 2, column outcome_type: an outcome needs its type, and recorded has none"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,35,,", VICTIM,
     "@, row 21, column reason: a correction needs corrected_low, corrected_high and the reason"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,,,", VICTIM,
     f"@, row 21, column count: 38 of 433 is not the printed 8.1%: {MEND}"),
    (RADAR, "37.7,,,,,,figure", "137.7,,,,,,figure", CHARGED,
     "@, row 3, column percent: '137.7' is not a percentage from 0 to 100, without the sign"),
    (RADAR, "release,force,", "release,police_force,", CHARGED,
     "@, row 1: the column 'police_force' is unknown; did you mean 'force'?"),
    (RADAR, "release,force,", "force,release,", CHARGED,
     "@, row 1: the columns are force, release, window_start, window_end, offence, measure, outcome_type, "
     "label, count, percent, percent_of, at_least, corrected_low, corrected_high, reason, role, basis, scope, "
     "source, note but must be release, force, window_start, window_end, offence, measure, outcome_type, label, "
     "count, percent, percent_of, at_least, corrected_low, corrected_high, reason, role, basis, scope, source, "
     "note"),
    (RADAR, "recorded,,recorded,268,", "recorded,,recorded,268,,", CHARGED,
     "@, row 2: there are 21 cells for 20 columns: write one for each, and text with a comma in quotation marks"),
    (RADAR, "south-wales-argus-2022,years only", "argus,years only", CHARGED,
     "@, row 2, column source: 'argus' is not known here; did you mean 'south-wales-argus-2022'?"),
    (BBC, f"{KENT},outcome,1,charge/summons,5", f"{KENT},outcome,1,charge/summons,6", BBC_CHARGED,
     f"@, row 61, column count: the outcomes of Kent add up to 44, more than the 43 recorded: {MEND}"),
    (BBC, f"{KENT},outcome,1,charge/summons,5", f"{KENT},outcome,1,charge/summons,4", BBC_CHARGED,
     f"@, row 61, column count: the outcomes of Kent add up to 42, less than the 43 recorded: {MEND}"),
    (BBC, f"{KENT},recorded", f"{KENT.replace('Kent', 'Kent;Essex')},recorded", BBC_CHARGED,
     "@, row 61, column force: Kent and Essex is not one force: write one, or another role"),
    (BBC, f"{KENT},recorded,,all records,43", f"{KENT},outcome,5,all records,43", BBC_CHARGED,
     "@, row 61, column measure: Kent has outcomes but no row of crimes recorded: add it"),
    ("releases.csv", "bbc-2016,BBC", "bbc-2015,BBC", BBC_CHARGED,
     "there is no release 'bbc-2016'; did you mean 'bbc-2015'?"),
    ("national_rates.csv", "charged,radar-2022/8-71/charged,", "charged,,", CHARGED,
     "@ must have one row for the study 'radar-2022/8-71/charged', not 0"),
    ("national_rates.csv", "0.055,0.07", "5.5,6.5", CHARGED,
     "@, row 2, column rate_low: '5.5' is not a proportion from 0 to 1"),
    ("studies.csv", "summonsed, freedom-of-information replies to December 2021\",published,yes",
     "summonsed, freedom-of-information replies to December 2021\",published,maybe", CHARGED,
     "@, row 2, column default: 'maybe' is not yes or no"),
    ("sources.csv", ",Refuge,", ", Refuge,", CHARGED,
     "@, row ROW, column publisher: ' Refuge' is not text without spaces around it"),
    ("dictionary.csv", "sources.csv,sha256,text,,no,,", "sources.csv,sha256,word,,no,,", CHARGED,
     "@, row ROW: 'sources.csv,sha256,word,,no,,digest of the file that was read, where there is one' does not "
     "describe a column: write 7 cells, the type one of text, whole, integer, percent, rate, date, flag, list"),
    (RADAR, gwent("recorded,,recorded,268,"), gwent("recorded,,recorded,,37.8"), CHARGED,
     "@, row 2, column percent: 37.8% of an unknown number gives no count: write the number in percent_of"),
    (RADAR, gwent("recorded,,recorded,268"), gwent(",,recorded,268"), CHARGED,
     "@, row 2, column measure: the cell is empty, but crimes recorded, or recorded crimes with one outcome is needed"),
    (RADAR, gwent("recorded,,recorded,268"), gwent("outcome,,recorded,268"), CHARGED,
     "@, row 2, column outcome_type: an outcome needs its type, and recorded has none"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("2017-01-01", "2017-1-1"), CHARGED,
     "@, row 2, column window_start: '2017-1-1' is not a date such as 2018-04-01"),
    (RADAR, gwent("recorded"), gwent("recorded").replace("2017-01-01", ""), CHARGED,
     "@, row 3, column window_start: '2017-01-01' here and None in @, row 2: write the same in all rows of Gwent"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},259,37.8", VICTIM,
     f"@, row 7, column count: 259 of 688 is not the printed 37.8%: {MEND}"),
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},671,", VICTIM,
     f"@, row 6, column count: the outcomes of Sussex add up to 689, more than the 688 recorded: {MEND}"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,,38,", VICTIM,
     "@, row 21, column reason: a correction needs corrected_low, corrected_high and the reason"),
    (RADAR, f"38,8.1,,,35,38,{CLEVELAND}", "38,8.1,,,35,38,", VICTIM,
     "@, row 21, column reason: a correction needs corrected_low, corrected_high and the reason"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,36,35,", VICTIM,
     "@, row 21, column corrected_low: 36 is above the corrected_high 35: write the lower number first"),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,35,434,", VICTIM,
     f"@, row 21, column count: 434 is above the 433 crimes recorded by Cleveland: {MEND}"),
    (RADAR, "37.7,,,,,,figure", "100.1,,,,,,figure", CHARGED,
     "@, row 3, column percent: '100.1' is not a percentage from 0 to 100, without the sign"),
    (RADAR, "28201,,,yes,,,,total", "28201,,,yes,,,,figure", CHARGED,
     "@, row 38, column force: England and Wales is not one force: write one, or another role"),
    ("national_rates.csv", "radar-2022/8-71/victim-does-not-support,", "radar-2022/8-71/charged,", CHARGED,
     "@ must have one row for the study 'radar-2022/8-71/charged', not 2"),
    ("national_rates.csv", "0.055,0.07", "0.055,1.01", CHARGED,
     "@, row 2, column rate_high: '1.01' is not a proportion from 0 to 1"),
    ("dictionary.csv", "file,column,type", "file,column,kind", CHARGED,
     "@, row 1: the columns must be file, column, type, unit, required, allowed, meaning"),
]  # fmt: skip

TABLES_JUST_ALLOWED = [
    (RADAR, f"{SUSSEX},outcome,16,{SUPPORT},260,37.8", f"{SUSSEX},outcome,16,{SUPPORT},670,", VICTIM),
    (RADAR, "38,8.1,,,35,38,", "38,8.1,,,35,35,", VICTIM),
    ("national_rates.csv", "0.055,0.07", "0,1", CHARGED),
]


def refused(*arguments):
    """Run a command that cannot be used, and return its one sentence."""
    result = CliRunner().invoke(main, list(arguments), prog_name="charge-rates")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    *usage, sentence = result.stderr.splitlines()
    assert sentence.startswith("Error: ")
    assert not any(line.startswith(("Error: ", "Traceback")) for line in usage)
    assert len(sentence) < 600 or len(max(arguments, key=len)) > 600
    return sentence.removeprefix("Error: ")


def shortened(value):
    return re.sub(r"[^ -~]|\\", "", str(value))[:60]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder that the command is typed in, with some files that it may name."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("arguments", "says"), COMMANDS, ids=shortened)
def test_a_command_that_cannot_be_used(arguments, says, folder):
    assert refused(*arguments) == re.sub(r"(?<!\w)@", str(folder.resolve()), says)
    assert {path.name for path in folder.iterdir()} == set(FILES)


@pytest.mark.parametrize(("arguments", "says"), MISTYPED, ids=shortened)
def test_a_command_that_is_not_one(arguments, says, folder):
    assert says in refused(*arguments)
    assert {path.name for path in folder.iterdir()} == set(FILES)


@pytest.mark.parametrize("arguments", JUST_ALLOWED, ids=shortened)
def test_a_command_that_can_just_be_used(arguments):
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(("content", "says"), SHEETS, ids=shortened)
def test_a_spreadsheet_that_cannot_be_used(content, says, tmp_path):
    path = tmp_path / "replies.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert refused("compare", str(path)) == "replies.csv" + says


@pytest.mark.parametrize("content", SHEETS_JUST_ALLOWED, ids=shortened)
def test_a_spreadsheet_that_can_just_be_used(content, tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text(content)
    result = CliRunner().invoke(main, ["compare", str(path)])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(("name", "old", "new", "study", "says"), TABLES, ids=shortened)
def test_a_table_of_figures_that_cannot_be_used(data, name, old, new, study, says):
    before, _, _ = (data.folder / name).read_text(encoding="utf-8").partition(old)
    data.replace(name, old, new)
    says = says.replace("@", f"data/{name}").replace("ROW", str(1 + before.count("\n")))  # Where others join them.
    assert refused("list", "forces", "--study", study) == says


@pytest.mark.parametrize(("name", "old", "new", "study"), TABLES_JUST_ALLOWED, ids=shortened)
def test_a_table_of_figures_that_can_just_be_used(data, name, old, new, study):
    data.replace(name, old, new)
    result = CliRunner().invoke(main, ["list", "forces", "--study", study])
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_table_is_long_enough():
    assert len(COMMANDS) + len(MISTYPED) + len(SHEETS) + len(TABLES) > 200
