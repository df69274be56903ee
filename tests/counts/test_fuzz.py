"""Whatever is thrown at the readers, they return what they promise or refuse it with one sentence."""

import os
import random
import string

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings, target
from hypothesis import strategies as st

from analysis.cli import main
from analysis.counts.check import check_data
from analysis.counts.names import make_slug
from analysis.counts.notation import read_confidence, read_count, read_rate, read_whole
from analysis.counts.replies.spreadsheet import read_force_table
from analysis.counts.replies.totals import CALLED_TOTALS
from analysis.counts.studies import outcomes_of, read_study
from analysis.errors import InputError

numbers = st.text("0123456789.,%<>- e٣²\t", max_size=12)
anything = st.one_of(numbers, st.text(max_size=60))
cells = st.one_of(numbers, st.sampled_from(["force", "charged", "recorded", "Gwent", "<5", "7.8%", '"', ""]), st.text())
keeping_files = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def attempt(read, *arguments):
    """Return what is read, or None and the one sentence that refuses it."""
    try:
        return read(*arguments), None
    except InputError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert len(refusal) < 500
    return None, refusal


@given(anything, st.integers(0, 10**9))
@example("." * 40, 5)
def test_counts(text, recorded):
    found, refusal = attempt(read_count, text, recorded)
    assert refusal or 0 <= found.low <= found.high <= recorded


@given(anything)
def test_whole_numbers_rates_and_confidences(text):
    for read in (read_whole, read_rate, read_confidence):
        found, refusal = attempt(read, text)
        if refusal is None:
            low, high = found if isinstance(found, tuple) else (found, found)
            assert low <= high
            assert read is read_whole or 0 < low <= high < 1


@settings(max_examples=200)
@given(numbers, numbers, st.sampled_from(["--national", "--open", "--confidence", "--rest", "--country"]), anything)
def test_estimate_answers_or_refuses(count, recorded, option, value):
    values = [value, "100"] if option in ("--rest", "--country") else [value]
    result = CliRunner().invoke(main, ["estimate", "--json", option, *values, "--", count, recorded])
    assert result.exit_code in (0, 2), result.output
    assert (result.exit_code == 2) == ("Error: " in result.stderr)


@st.composite
def spreadsheets(draw):
    """Text that is nearly a spreadsheet: right columns in some order, cells of all kinds, now and then a cut."""
    separator = draw(st.sampled_from(",;\t"))
    header = draw(st.permutations(["force", "charged", "recorded", "note"]))
    rows = draw(st.lists(st.lists(cells, min_size=3, max_size=5), max_size=6))
    text = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(separator.join(row) for row in [header, *rows])
    content = text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])), "surrogatepass")
    return content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content


@keeping_files
@given(content=st.one_of(spreadsheets(), st.binary(max_size=300)))
def test_spreadsheets(content, write_csv):
    table, refusal = attempt(read_force_table, write_csv(content))
    if refusal:
        assert refusal.startswith("replies.csv")
        return
    known = table.forces.dropna(subset=["count_low"])
    target(float(len(known)), label="rows with a count")
    assert ((known["count_low"] >= 0) & (known["count_high"] <= known["recorded"])).all()
    assert all(name.strip() and name.isprintable() for name in table.forces["force"])


names = st.text(string.ascii_letters + " &'-áŵ;,\t\"", min_size=1, max_size=12).filter(
    lambda name: make_slug(name) not in CALLED_TOTALS
)
counted = st.integers(0, 10**6).flatmap(lambda recorded: st.tuples(st.integers(0, recorded), st.just(recorded)))


@keeping_files
@given(
    rows=st.lists(st.tuples(names, counted), min_size=1, max_size=8, unique_by=lambda row: row[0].casefold()),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    thousands=st.booleans(),
)
def test_what_is_written_is_read_again(rows, separator, encoding, thousands, write_csv):
    names = [" ".join(name.split()) for name, _ in rows]
    form = "{:,}" if thousands else "{}"
    quoted = [
        [f'"{cell}"' for cell in (name.replace('"', '""'), form.format(count), form.format(recorded))]
        for name, (count, recorded) in zip(names, (row[1] for row in rows), strict=True)
    ]
    lines = [["force", "charged", "recorded"], *quoted]
    path = write_csv("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    folded = [name.casefold() for name in names]
    found, refusal = attempt(read_force_table, path)
    if "" in folded or len(set(folded)) < len(folded):
        assert "the name is missing" in refusal or "stands in row" in refusal
        return
    if refusal:
        assert "is the sum of the other rows" in refusal
        return
    table = found.forces
    assert list(table["force"]) == names
    for found, (_, (count, recorded)) in zip(table.itertuples(), rows, strict=True):
        assert found.recorded == recorded
        if recorded:
            assert (found.count_low, found.count_high) == (count, count)


@pytest.mark.parametrize("name", ["counts/radar-2022.csv", "counts/home-office-2018-19.parquet", "studies.csv"])
def test_a_damaged_table_is_read_or_refused_and_never_crashes(data, name):
    """Bytes are changed, cut out or doubled and the digest renewed, as if somebody had meant it."""
    rng = random.Random(20)
    original = (data.folder / name).read_bytes()
    for turn in range(40):
        content, start = bytearray(original), rng.randrange(len(original))
        length = rng.choice([1, 1, 1, 30])
        content[start : start + length] = rng.choice(
            [b"", b"9", b",", b"\n", b'"', b"\0", b"\xff", content[start:][:60]]
        )
        data.write(name, bytes(content))
        os.utime(data.folder / name, ns=(turn, turn))
        for read in (
            lambda: read_study("radar-2022/8-71/charged").digest,
            lambda: read_study("home-office-2018-19/8R/charged").digest,
            lambda: outcomes_of("radar-2022", "8/71", "Gwent"),
        ):
            attempt(read)
        if turn < 4:
            assert all(finding.text for finding in check_data())
