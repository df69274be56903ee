"""Downloads from a real server that serves, breaks, stalls, lies about the length and serves another file."""

import hashlib
import io
import json
import threading
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from tqdm import tqdm

from analysis.cli import main
from analysis.counts.digests import hash_file
from analysis.counts.folder import IMPORTED_VARIABLE
from analysis.counts.locked import locked
from analysis.counts.official.answers import CHUNK, Answer, HopelessError
from analysis.counts.official.fetching import DOWNLOADS, default_id, fetch_years, find_file
from analysis.counts.official.transfer import ATTEMPTS, Transfer, _write
from analysis.counts.studies import read_study
from analysis.errors import InputError
from official_files import COVER, TODAY, official_rows, write_xlsx

ONE_YEAR = "--accept and --release are for one year: fetch the years one by one"
FILENAME = "prc-outcomes-open-data-mar2022-tables-240725.xlsx"


ANEW = ("no ranges", "half anew", "a piece anew")
"""Answers that begin at the beginning whatever was asked for."""


class Server(ThreadingHTTPServer):
    """Serves `content`; `script` holds how each request in turn is answered, the last for all that follow."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.script, self.ranges, self.encodings = b"", ["serve"], [], []
        self.released = threading.Event()

    def handle_error(self, request, address):
        """Say nothing of clients that went away."""


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_CONNECT(self):
        self.do_GET()

    def do_GET(self):
        server = self.server
        how = server.script.pop(0) if len(server.script) > 1 else server.script[0]
        asked = self.headers.get("Range")
        server.ranges.append(asked)
        server.encodings.append(self.headers.get("Accept-Encoding"))
        if how.startswith("to "):
            self.send_response(302)
            self.send_header("Location", how.removeprefix("to "))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if how.isdigit():
            self.send_response(int(how))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and how not in ANEW else 0
        if start and start >= len(server.content):
            self.send_error(416)
            return
        body = server.content[start:]
        sent = body[: len(body) // 2] if how in ("break", "stall", "too short") else body
        sent = {"silence": b"", "half anew": body[: len(body) // 2], "a piece anew": body[:CHUNK]}.get(how, sent)
        declared = {"too long": len(body) + 100, "too short": len(sent)}.get(how, len(body))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(declared))
        if how in ("br", "gzip"):
            self.send_header("Content-Encoding", how)
        if start and how != "no Content-Range":
            first = start - 7 if how == "another part" else start
            self.send_header("Content-Range", f"bytes {first}-{len(server.content) - 1}/{len(server.content)}")
        if how == "a byte at a time, headers":
            self.drip(b"X-Slow: " + b"a" * 1000)
        self.end_headers()
        if how == "a byte at a time":
            self.drip(body)
            return
        self.wfile.write(sent)
        if how in ("stall", "silence"):
            self.wfile.flush()
            server.released.wait()
        self.close_connection = True

    def drip(self, content):
        """Send a byte at a time, each soon enough for who waits for the next."""
        self.flush_headers()
        for byte in content:
            if self.server.released.wait(0.05):
                return
            self.wfile.write(bytes([byte]))


@pytest.fixture
def server():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("official") / FILENAME
    write_xlsx(path, {"Outcomes open data 2021_22": [*COVER, *official_rows(TODAY, year="2021/22", codes={"8R"})]})
    return path


@pytest.fixture
def listed(data, imported, server, workbook):
    """List the server's file as that of 2021/22, and return the folder of downloads."""
    server.content = workbook.read_bytes()
    listed, size = find_file("2021/22"), len(server.content)
    data.replace("official_files.csv", listed["sha256"], hash_file(workbook), renew=False)
    data.replace("official_files.csv", f"{FILENAME},{listed['bytes']}", f"{FILENAME},{size}", renew=False)
    data.replace("official_files.csv", listed["address"], f"http://127.0.0.1:{server.server_port}/{FILENAME}")
    return imported / DOWNLOADS


@pytest.fixture
def transfer():
    return Transfer(timeout=0.5, wait=lambda seconds: None, quiet=True)


def address(server):
    return f"http://127.0.0.1:{server.server_port}/{FILENAME}"


def stopped(server, arrived, why):
    """Return the sentence of a download that is given up."""
    return (
        f"the download of {address(server)} stopped after {arrived:,} of {len(server.content):,} bytes ({why}): run "
        "the command again, and it goes on from there"
    )


def hopeless(server, why):
    """Return the sentence of a download that no repetition can bring."""
    return f"{address(server)} cannot be downloaded ({why}): download it in a browser and run charge-rates import FILE"


def half(server):
    """Return what is kept of half the file: whole pieces."""
    return len(server.content) // 2 // CHUNK * CHUNK


def gwent():
    row = read_study("home-office-2021-22/8R/charged").row("Gwent")
    return row["count_low"], row["recorded"]


@pytest.mark.parametrize(
    ("script", "ranges"),
    [
        (["serve"], 1),
        (["break", "serve"], 2),
        (["break", "break", "break", "serve"], 4),
        (["stall", "serve"], 2),
        (["503", "serve"], 2),
        (["too short", "serve"], 2),
        (["too long", "serve"], 2),
        (["break", "no ranges"], 2),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_a_file_arrives_whatever_breaks_on_the_way(listed, server, transfer, script, ranges):
    server.script = list(script)
    result = fetch_years(["2021/22"], transfer=transfer)
    assert result.failed == {}
    assert result.imported["2021/22"].status == "imported"
    assert "none of the editions" not in " ".join(result.imported["2021/22"].announced)
    assert gwent() == (105, 3654)
    assert (listed / FILENAME).read_bytes() == server.content
    assert [path.name for path in listed.iterdir()] == [FILENAME]
    assert len(server.ranges) == ranges
    if script[0] == "break":
        assert server.ranges[1] == f"bytes={half(server)}-"


def test_a_download_that_is_given_up_goes_on_with_the_next_command(listed, server, transfer):
    server.script = ["break", "503"]
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    arrived = half(server)
    assert failed == stopped(server, arrived, "the server answers 503")
    assert (listed / f"{FILENAME}.part").stat().st_size == arrived
    server.script, server.ranges = ["serve"], []
    assert fetch_years(["2021-22"], transfer=transfer).failed == {}
    assert server.ranges == [f"bytes={arrived}-"]
    assert gwent() == (105, 3654)


def test_a_server_that_stalls_is_given_up(listed, server):
    server.script = ["silence"]
    hasty = Transfer(timeout=0.2, wait=lambda seconds: None, quiet=True)
    failed = fetch_years(["2021/22"], transfer=hasty).failed["2021/22"]
    assert failed == stopped(server, 0, "the server stopped sending")
    assert len(server.ranges) == ATTEMPTS


def test_a_server_that_begins_anew_each_time_is_given_up(listed, server, transfer):
    server.script = ["half anew", "a piece anew"] * 20
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    assert failed == stopped(server, (listed / f"{FILENAME}.part").stat().st_size, "the connection broke")
    assert len(server.ranges) <= ATTEMPTS + 1


def test_a_fetched_year_is_not_fetched_again(listed, server, transfer):
    fetch_years(["2021/22"], transfer=transfer)
    again = fetch_years(["2021/22"], transfer=transfer)
    assert again.imported["2021/22"].status == "already there"
    assert fetch_years(["2021/22"], transfer=transfer, replace=True).imported["2021/22"].status == "replaced"
    assert len(server.ranges) == 1


def test_a_new_edition_is_named_and_can_be_accepted(listed, server, transfer, tmp_path):
    changed = tmp_path / "changed.xlsx"
    rows = official_rows(TODAY, year="2021/22", codes={"8R", "8Q"})
    write_xlsx(changed, {"Outcomes open data 2021_22": [*COVER, *rows]})
    server.content, digest = changed.read_bytes(), hash_file(changed)
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    assert failed == (
        f"the file at {address(server)} has {len(server.content):,} bytes and sha256 {digest}, not "
        f"{find_file('2021/22')['sha256']}: the publisher has issued a new edition; to accept it, run charge-rates "
        f"fetch 2021/22 --accept {digest}"
    )
    assert not list(listed.iterdir())
    accepted = fetch_years(["2021/22"], accept=digest, transfer=transfer).imported["2021/22"]
    assert accepted.offences == 2
    assert "is none of the editions" in " ".join(accepted.announced)


def test_the_beginning_of_an_earlier_edition_is_thrown_away(listed, server, transfer):
    listed.mkdir(parents=True)
    (listed / f"{FILENAME}.part").write_bytes(b"another edition")
    assert fetch_years(["2021/22"], transfer=transfer).failed == {}
    assert server.ranges == ["bytes=15-", None]


def test_a_file_that_is_cut_off_is_no_new_edition(listed, server, transfer):
    server.content = server.content[:2000]
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    assert failed == (
        f"the file at {address(server)} has 2,000 bytes and sha256 {hashlib.sha256(server.content).hexdigest()}, not "
        f"{find_file('2021/22')['sha256']}, and is no whole workbook: it was cut off or changed on the way; run the "
        "command again later"
    )


def test_an_endless_file_is_stopped(listed, server, transfer, monkeypatch):
    monkeypatch.setattr("analysis.counts.official.transfer.SIZE_LIMIT", 1000)
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == hopeless(
        server, "more than 1,000 bytes are sent, which no official file has"
    )


def test_a_file_that_moved(listed, server, transfer):
    server.script = ["404"]
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    assert failed == (
        f"{address(server)} answers 404: the publisher may have moved the file; download it in a browser and run "
        "charge-rates import FILE"
    )


def test_no_server_at_all(listed, server, transfer, data):
    data.replace("official_files.csv", f"127.0.0.1:{server.server_port}", "127.0.0.1:1")
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    assert failed == stopped(server, 0, "no connection").replace(f":{server.server_port}/", ":1/")


def test_a_folder_that_cannot_be_written(data, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(IMPORTED_VARIABLE, str(tmp_path / "file"))
    assert fetch_years(["2021/22"]).failed["2021/22"] == (
        f"the folder {tmp_path / 'file' / DOWNLOADS} cannot be written (Not a directory): set CHARGE_RATES_IMPORTED to "
        "another one"
    )


def test_a_year_that_fails_leaves_the_others_alone(listed, server, transfer, data):
    data.replace("official_files.csv", find_file("2020/21")["address"], "http://127.0.0.1:1/none.xlsx")
    result = fetch_years(["2020/21", "2021/22"], transfer=transfer)
    assert set(result.imported) == {"2021/22"}
    assert set(result.failed) == {"2020/21"}


@pytest.mark.parametrize(
    ("years", "options", "message"),
    [
        (["1984/85"], {}, "there is no table of the year '1984/85'; there are 12 known names, such as '2014/15'"),
        (["2021"], {}, "'2021' is not a financial year: write it like 2021/22"),
        (["2021/22", "2020/21"], {"release": "x"}, ONE_YEAR),
        (["2021/22", "2020/21"], {"accept": "0" * 64}, ONE_YEAR),
        (["2021/22"], {"accept": "abc"}, "--accept 'abc' is not a sha256: it has 64 digits and letters a to f"),
    ],
)
def test_what_is_refused_before_anything_is_downloaded(imported, years, options, message):
    with pytest.raises(InputError) as error:
        fetch_years(years, **options)
    assert str(error.value) == message
    assert not imported.exists()


def test_the_command_ends_with_status_1_where_a_year_failed(listed, server):
    done = CliRunner().invoke(main, ["fetch", "2021/22", "--quiet"])
    assert (done.exit_code, done.stdout) == (0, "home-office-2021-22: imported, 1 offence, 44 forces\n")
    server.script = ["404"]
    (listed / FILENAME).unlink()
    done = CliRunner().invoke(main, ["fetch", "2021/22", "--quiet", "--replace", "--json"])
    assert done.exit_code == 1
    assert "Error: 2021/22: " in done.stderr
    assert "404" in json.loads(done.stdout)["failed"]["2021/22"]


def test_the_pauses_between_attempts_grow(listed, server):
    server.script, pauses = ["503"], []
    assert fetch_years(["2021/22"], transfer=Transfer(wait=pauses.append, quiet=True)).failed
    assert pauses == [2, 4, 8, 10]
    server.script, pauses[:] = ["503", "break", "503", "503", "break", "serve"], []
    assert not fetch_years(["2021/22"], transfer=Transfer(wait=pauses.append, quiet=True)).failed
    # What brings something new begins the count anew.
    assert pauses == [2, 1, 2, 4, 1]


@pytest.mark.parametrize(
    ("status", "tried", "why"),
    [
        ("204", 1, "moved"),
        ("403", 1, "moved"),
        ("416", 1, "moved"),
        ("499", 1, "moved"),
        ("429", ATTEMPTS, "the server answers 429"),
        ("500", ATTEMPTS, "the server answers 500"),
    ],
)
def test_a_status_that_is_no_file(listed, server, transfer, status, tried, why):
    server.script = [status]
    moved = (
        f"{address(server)} answers {status}: the publisher may have moved the file; download it in a browser and run "
        "charge-rates import FILE"
    )
    said = moved if why == "moved" else stopped(server, 0, why)
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == said
    assert len(server.ranges) == tried


def test_progress_is_that_of_the_whole_file(tmp_path, monkeypatch):
    content, part = bytes(range(256)) * 100, tmp_path / "table.part"
    whole = len(content)
    for start, limit in ((0, whole), (CHUNK, whole), (CHUNK, whole - 1)):
        part.write_bytes(content[:start])
        monkeypatch.setattr("analysis.counts.official.transfer.SIZE_LIMIT", limit)
        with (
            tqdm(total=whole, file=io.StringIO()) as bar,
            nullcontext() if limit == whole else pytest.raises(HopelessError, match=f"more than {limit:,} bytes"),
        ):
            _write(Answer(206 if start else 200, start, whole, iter([content[start:]])), part, bar)
        assert bar.n == whole
        assert part.read_bytes() == content


def test_the_bytes_are_asked_for_as_they_are(listed, server, transfer):
    # A server that packs them on the way would make a range of other bytes.
    fetch_years(["2021/22"], transfer=transfer)
    assert server.encodings == ["identity"]


def test_an_edition_is_part_of_the_id_where_the_year_comes_with_the_project():
    assert default_id(find_file("2021/22")) == "home-office-2021-22"
    assert default_id(find_file("2018/19")) == "home-office-2018-19-240724"


@pytest.mark.parametrize(
    ("where", "tried", "why"),
    [
        (f"/{FILENAME}", 31, "it is redirected without end"),
        ("ftp://127.0.0.1/table.xlsx", 1, "a redirect or the proxy names no web address"),
        ("http://[half/table.xlsx", 1, "a redirect or the proxy names no web address"),
        ("http://a..b/table.xlsx", 1, "a redirect or the proxy names no web address"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_not_tried_again(listed, server, transfer, where, tried, why):
    server.script = [f"to {where}"]
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == hopeless(server, why)
    assert len(server.ranges) == tried


def test_a_server_that_speaks_no_https_is_not_tried_again(listed, server, data):
    data.replace("official_files.csv", address(server), address(server).replace("http:", "https:"))
    pauses = []
    failed = fetch_years(["2021/22"], transfer=Transfer(timeout=2, wait=pauses.append, quiet=True)).failed["2021/22"]
    assert failed == (
        f"{address(server).replace('http:', 'https:')} cannot be downloaded (its certificate is not trusted, or it "
        "speaks no https): download it in a browser and run charge-rates import FILE"
    )
    assert pauses == []


def test_a_byte_that_was_changed_on_the_way_is_no_new_edition(listed, server, transfer):
    server.content = bytes([*server.content[:200], server.content[200] ^ 1, *server.content[201:]])
    digest = hashlib.sha256(server.content).hexdigest()
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == (
        f"the file at {address(server)} has {len(server.content):,} bytes and sha256 {digest}, not "
        f"{find_file('2021/22')['sha256']}, but the length of the listed one: it was changed on the way; run the "
        "command again later, or download it in a browser and run charge-rates import FILE"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_one_sentence(listed, server, transfer):
    listed.mkdir(parents=True)
    (listed / f"{FILENAME}.part").symlink_to("/dev/full")
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == (
        f"the folder {listed} cannot be written (No space left on device): set CHARGE_RATES_IMPORTED to another one"
    )


def test_a_secure_connection_that_ended_early_is_tried_again(listed, server, transfer, monkeypatch):
    def end_early(*_, **__):
        raise requests.exceptions.SSLError("[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol")

    monkeypatch.setattr(requests, "get", end_early)
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == stopped(server, 0, "no connection")


def test_https_does_not_go_down_to_http(listed, server, transfer, data, monkeypatch):
    data.replace("official_files.csv", address(server), "https://publisher.example/table.xlsx")
    get = requests.get
    monkeypatch.setattr(requests, "get", lambda _, **options: get(address(server), **options))
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == (
        "https://publisher.example/table.xlsx cannot be downloaded (it is redirected to an address without https): "
        "download it in a browser and run charge-rates import FILE"
    )
    assert not list(listed.iterdir())


def test_of_two_downloads_of_one_file_the_second_is_refused(listed, server, transfer):
    listed.mkdir(parents=True)
    part = listed / f"{FILENAME}.part"
    with locked(part, wait=False):
        assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == (
            f"another process is downloading {FILENAME}: wait until it has ended, then run the command again"
        )
        assert server.ranges == []
    assert fetch_years(["2021/22"], transfer=transfer).failed == {}


@pytest.mark.parametrize("how", ["a byte at a time", "a byte at a time, headers"])
def test_a_whole_transfer_has_a_limit(listed, server, how):
    server.script = [how]
    failed = fetch_years(["2021/22"], transfer=Transfer(timeout=5, limit=0.6, wait=lambda _: None, quiet=True)).failed
    assert failed["2021/22"] == stopped(server, 0, "it took longer than 0.01 minutes")


@pytest.mark.parametrize("how", ["another part", "no Content-Range"])
def test_another_part_than_was_asked_for_is_not_added(listed, server, transfer, how):
    server.script = ["break", how, "serve"]
    assert fetch_years(["2021/22"], transfer=transfer).failed == {}
    assert server.ranges == [None, f"bytes={half(server)}-", None]


@pytest.mark.parametrize("change", [lambda content: content[:-30_000], lambda content: content + content[-30_000:]])
def test_a_file_of_two_editions_is_asked_for_once_more(listed, server, transfer, change):
    listed.mkdir(parents=True)
    (listed / f"{FILENAME}.part").write_bytes(change(server.content)[::-1])
    assert fetch_years(["2021/22"], transfer=transfer).failed == {}
    assert server.ranges[-1] is None


def test_a_changed_byte_of_another_length_is_no_new_edition(listed, server, transfer, tmp_path):
    longer = tmp_path / "longer.xlsx"
    write_xlsx(longer, {"Outcomes": [*COVER, *official_rows(TODAY, year="2021/22", codes={"8R", "8Q"})]})
    content = bytearray(longer.read_bytes())
    content[len(content) // 2] ^= 1
    server.content = bytes(content)
    failed = fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    assert failed.endswith(
        "and is no whole workbook: it was cut off or changed on the way; run the command again later"
    )


@pytest.mark.parametrize(
    ("how", "why"), [("br", "it is sent in a coding that was not asked for"), ("gzip", "its coding is broken")]
)
def test_a_coding_that_cannot_be_taken_off(listed, server, transfer, how, why):
    server.script = [how]
    assert fetch_years(["2021/22"], transfer=transfer).failed["2021/22"] == hopeless(server, why)
    assert len(server.ranges) == 1


@pytest.mark.parametrize(
    ("proxy", "why"),
    [
        ("http://me:secret@127.0.0.1:{port}", "the proxy asks for a password"),
        ("http://me:secret@127.0.0.1:1", "the proxy refuses"),
        ("http://me:secret@", "a redirect or the proxy names no web address"),
        ("socks5://me:secret@127.0.0.1:1", "a redirect or the proxy names no web address"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_refuses_is_not_asked_again(listed, server, data, monkeypatch, proxy, why, scheme):
    data.replace("official_files.csv", address(server), f"{scheme}://me:secret@publisher.example/table.xlsx")
    monkeypatch.setenv(f"{scheme}_proxy", proxy.format(port=server.server_port))
    server.script, pauses = ["407"], []
    failed = fetch_years(["2021/22"], transfer=Transfer(timeout=2, wait=pauses.append, quiet=True)).failed["2021/22"]
    assert failed == (
        f"{scheme}://publisher.example/table.xlsx cannot be downloaded ({why}): download it in a browser and run "
        "charge-rates import FILE"
    )
    assert pauses == []


def test_no_password_of_an_address_is_printed(listed, server, transfer, data):
    data.replace("official_files.csv", "http://127.0.0.1", "http://me:secret@127.0.0.1")
    for script in ["404", "503", "to ftp://me:secret@127.0.0.1/x"]:
        server.script = [script]
        assert "secret" not in fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
    server.script, server.content = ["serve"], b"another"
    assert "secret" not in fetch_years(["2021/22"], transfer=transfer).failed["2021/22"]
