"""Asks a server for a file and says in a few words what went wrong, without a password of the address or a proxy.

The answer is received in a thread of its own: requests limits the time between two bytes only, so that a server that
sends one a second would hold the command for ever.
"""

import queue
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests

CHUNK = 1 << 13
"""Bytes received at a time, and the most that a break costs."""
CODINGS = ("", "identity", "gzip", "deflate")
"""Codings that are taken off what arrives."""
RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")
PASSWORD = "the proxy asks for a password"
NO_ADDRESS = "a redirect or the proxy names no web address"


class BrokenError(Exception):
    """The transfer broke in a way that another attempt may escape."""


class HopelessError(Exception):
    """No repetition can succeed."""


@dataclass(frozen=True)
class Answer:
    """What a server says of a file before it sends it, and the pieces that follow.

    Attributes
    ----------
    status
        The number, e.g. 206 for a part of the file.
    start
        Where the part begins; 0 for the whole file, None where a part does not say so.
    length
        Bytes of the whole file, None if the server does not say.
    pieces
        The bytes, as they arrive. Raises BrokenError and HopelessError.
    """

    status: int
    start: int | None
    length: int | None
    pieces: Iterator[bytes]


@contextmanager
def ask(address: str, start: int, *, timeout: float, until: float) -> Iterator[Answer]:
    """Ask for a file from its byte `start` on.

    Parameters
    ----------
    address
        An http or https address.
    start
        What is there already, in bytes.
    timeout
        Seconds without a byte after which a server counts as stalled.
    until
        The moment, of `time.monotonic`, at which the whole transfer is ended.

    Raises
    ------
    BrokenError
        If nothing arrives, or not in time.
    HopelessError
        If the server, a proxy or a redirect refuses what is asked.
    """
    heard: queue.SimpleQueue[requests.Response | bytes | Exception | None] = queue.SimpleQueue()
    is_left = threading.Event()
    threading.Thread(target=_listen, args=(address, start, timeout, heard, is_left), daemon=True).start()
    try:
        response: Any = _next(heard, until)
        yield _answer(address, response, _pieces(heard, until))
    finally:
        is_left.set()


def _listen(
    address: str,
    start: int,
    timeout: float,
    heard: "queue.SimpleQueue[requests.Response | bytes | Exception | None]",
    is_left: threading.Event,
) -> None:
    """Put the response into the queue, then what arrives, then None or the error that ended it."""
    import requests

    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    try:
        with requests.get(address, headers=headers, stream=True, timeout=timeout) as response:
            heard.put(response)
            for chunk in response.iter_content(CHUNK):
                if is_left.is_set():
                    return
                heard.put(chunk)
        heard.put(None)
    except Exception as error:
        heard.put(error)


def _next(heard: "queue.SimpleQueue[requests.Response | bytes | Exception | None]", until: float) -> object:
    left = until - time.monotonic()
    try:
        piece = heard.get(timeout=max(0.0, left)) if left > 0 else heard.get_nowait()
    except queue.Empty:
        piece = None
    if time.monotonic() >= until:
        raise BrokenError("it took too long")
    if isinstance(piece, Exception):
        raise _understood(piece) from None
    return piece


def _pieces(heard: "queue.SimpleQueue[requests.Response | bytes | Exception | None]", until: float) -> Iterator[bytes]:
    while isinstance(piece := _next(heard, until), bytes):
        yield piece


def _answer(address: str, response: "requests.Response", pieces: Iterator[bytes]) -> Answer:
    hops = [*response.history, response]
    if address.startswith("https:") and not all(hop.url.startswith("https:") for hop in hops):
        raise HopelessError("it is redirected to an address without https")
    coding = response.headers.get("Content-Encoding", "").lower()
    if coding not in CODINGS or (response.status_code == 206 and coding not in CODINGS[:2]):
        raise HopelessError("it is sent in a coding that was not asked for")
    if response.status_code == 200:
        length = response.headers.get("Content-Length", "") if coding in CODINGS[:2] else ""
        return Answer(response.status_code, 0, int(length) if length.isdigit() else None, pieces)
    part = RANGE.fullmatch(response.headers.get("Content-Range", ""))
    start, length = part.groups() if part else (None, "")
    return Answer(
        response.status_code, int(start) if start else None, int(length) if length.isdigit() else None, pieces
    )


def _understood(error: Exception) -> BrokenError | HopelessError:
    """Return what an error of requests means for whoever waits for the file."""
    import requests

    if (why := _hopeless(error)) is not None:
        return HopelessError(why)
    if isinstance(error, (requests.Timeout, TimeoutError)) or "timed out" in str(error):
        return BrokenError("the server stopped sending")
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return BrokenError("the connection broke")
    return BrokenError("no connection")


def _hopeless(error: Exception) -> str | None:
    """Return why no repetition can succeed, None where one may."""
    from requests import exceptions

    said = str(error)
    if "EOF" in said:  # The connection ended while it was made: another may not.
        return None
    if isinstance(error, exceptions.ProxyError) and " 407 " in said:
        return PASSWORD
    kinds: dict[Any, str | None] = {
        exceptions.SSLError: "its certificate is not trusted, or it speaks no https",
        exceptions.ProxyError: "the proxy refuses",
        exceptions.TooManyRedirects: "it is redirected without end",
        exceptions.ContentDecodingError: "its coding is broken",
        (exceptions.InvalidSchema, exceptions.InvalidURL, exceptions.MissingSchema): NO_ADDRESS,
        (exceptions.RequestException, OSError): None,
        Exception: NO_ADDRESS,
    }
    return next(why for kind, why in kinds.items() if isinstance(error, kind))


def shown(address: str) -> str:
    """Return an address as it may be printed: without a name and a password.

    Examples
    --------
    >>> shown("https://me:secret@publisher.example/table.xlsx")
    'https://publisher.example/table.xlsx'
    """
    return re.sub(r"//.*@", "//", address)
