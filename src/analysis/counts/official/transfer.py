"""Brings one file over HTTP, going on where an earlier transfer stopped; whether it is the right one is for others.

What has arrived is kept in a file of its own, so that a break, a kill or a stalled server costs only the rest.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Never

from analysis.errors import InputError

if TYPE_CHECKING:
    from requests import Response
    from tqdm import tqdm

ATTEMPTS = 5
"""How often in a row a transfer may bring nothing new before it is given up."""
CHUNK = 1 << 13
"""Bytes read at a time, and the most that a break costs."""
SIZE_LIMIT = 500_000_000


@dataclass(frozen=True)
class Transfer:
    """How files are brought.

    Parameters
    ----------
    timeout
        Seconds without a byte after which a server counts as stalled.
    wait
        Called with the seconds to pause between two attempts.
    quiet
        Whether no progress is shown.
    """

    timeout: float = 30.0
    wait: Callable[[float], None] = time.sleep
    quiet: bool = False

    def run(self, address: str, target: Path, part: Path, expected: int) -> None:
        """Bring the file at `address` to `target`.

        Parameters
        ----------
        address
            An http or https address.
        target
            Where the whole file goes, on the file system of `part`.
        part
            Where it is kept until it is whole, and what an earlier transfer left.
        expected
            Bytes that it should have.

        Raises
        ------
        InputError
            If the server refuses, sends more than any official file has, or brings nothing new in several attempts.
        """
        from tqdm import tqdm

        with tqdm(
            total=expected,
            initial=_size(part),
            unit="B",
            unit_scale=True,
            desc=part.stem,
            file=sys.stderr,
            disable=self.quiet or None,
            leave=False,
        ) as bar:
            idle, most = 0, _size(part)
            while True:
                why = self._attempt(address, part, expected, bar)
                if why is None:
                    os.replace(part, target)
                    return
                # Only what no attempt had brought counts: a server may begin anew each time.
                idle = 0 if _size(part) > most else idle + 1
                most = max(most, _size(part))
                if idle == ATTEMPTS:
                    break
                self.wait(min(2.0**idle, 10.0))
        raise InputError(
            f"the download of {address} stopped after {_size(part):,} of {expected:,} bytes ({why}): run the command "
            "again, and it goes on from there"
        )

    def _attempt(self, address: str, part: Path, expected: int, bar: "tqdm[Never]") -> str | None:
        """Ask for what is missing; return None when the file is whole as far as the server says, else what broke."""
        import requests

        start = _size(part)
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        try:
            with requests.get(address, headers=headers, stream=True, timeout=self.timeout) as response:
                if response.status_code == 416:  # Nothing is missing, or what is there is not a part of it.
                    return None
                if address.startswith("https:") and not response.url.startswith("https:"):
                    raise InputError(
                        f"{address} is redirected to an address without https: download it in a browser and run "
                        "charge-rates import FILE"
                    )
                if response.status_code >= 500:
                    return f"the server answers {response.status_code}"
                if response.status_code not in (200, 206):
                    raise InputError(
                        f"{address} answers {response.status_code}: the publisher may have moved the file; download it "
                        "in a browser and run charge-rates import FILE"
                    )
                self._write(response, part, start if response.status_code == 206 else 0, bar)
        except (requests.RequestException, TimeoutError) as error:
            if (why := _hopeless(error)) is not None:
                raise InputError(
                    f"{address} cannot be downloaded ({why}): download it in a browser and run charge-rates import FILE"
                ) from None
            return _reason(error)
        # A server that declares too little ends without an error: ask for the rest.
        return None if _size(part) >= expected or _size(part) == start else "the connection ended early"

    @staticmethod
    def _write(response: "Response", part: Path, start: int, bar: "tqdm[Never]") -> None:
        with part.open("ab" if start else "wb") as file:
            bar.n = start
            for chunk in response.iter_content(CHUNK):
                start += file.write(chunk)
                bar.update(len(chunk))
                if start > SIZE_LIMIT:
                    raise InputError(
                        f"{response.url} sends more than {SIZE_LIMIT:,} bytes, which no official file has: download it "
                        "in a browser and run charge-rates import FILE"
                    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _hopeless(error: Exception) -> str | None:
    """Return why no repetition can succeed, None where one may."""
    from requests import exceptions

    if "EOF" in str(error):  # The connection ended while it was made: another may not.
        return None
    kinds: dict[type[Exception] | tuple[type[Exception], ...], str] = {
        exceptions.SSLError: "its certificate is not trusted, or it speaks no https",
        exceptions.ProxyError: "the proxy refuses",
        exceptions.TooManyRedirects: "it is redirected without end",
        exceptions.ContentDecodingError: "its coding is broken",
        (
            exceptions.InvalidSchema,
            exceptions.InvalidURL,
            exceptions.MissingSchema,
        ): "it is redirected to no web address",
    }
    return next((why for kind, why in kinds.items() if isinstance(error, kind)), None)


def _reason(error: Exception) -> str:
    import requests

    if isinstance(error, (requests.Timeout, TimeoutError)) or "timed out" in str(error):
        return "the server stopped sending"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke"
    return "no connection"
