"""Brings one file over HTTP, going on where an earlier transfer stopped; whether it is the right one is for others.

What has arrived is kept in a file of its own, so that a break, a kill or a stalled server costs only the rest.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.counts.official.answers import PASSWORD, Answer, BrokenError, HopelessError, ask, shown
from analysis.errors import InputError

if TYPE_CHECKING:
    from tqdm import tqdm

ATTEMPTS = 5
"""How often in a row a transfer may bring nothing new before it is given up."""
SIZE_LIMIT = 500_000_000
BUSY = (408, 425, 429)
"""Answers below 500 that another attempt may not get."""
IN_A_BROWSER = "download it in a browser and run charge-rates import FILE"


@dataclass
class Brought:
    """What a transfer says of the file that it brought.

    Attributes
    ----------
    length
        Bytes that the server says the whole file has; None if it does not.
    is_of_one
        Whether it is of one answer, and not put together from several or from what was there before.
    """

    length: int | None = None
    is_of_one: bool = False


@dataclass(frozen=True)
class Transfer:
    """How files are brought.

    Parameters
    ----------
    timeout
        Seconds without a byte after which a server counts as stalled.
    limit
        Seconds that a whole file may take, all attempts together.
    wait
        Called with the seconds to pause between two attempts.
    quiet
        Whether no progress is shown.
    """

    timeout: float = 30.0
    limit: float = 3600.0
    wait: Callable[[float], None] = time.sleep
    quiet: bool = False

    def run(self, address: str, target: Path, part: Path, expected: int) -> Brought:
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
            If the server refuses, sends more than any official file has, brings nothing new in several attempts, or
            takes longer than the limit.
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
            brought, until = Brought(), time.monotonic() + self.limit
            idle, most = 0, _size(part)
            while True:
                why = self._attempt(address, part, expected, bar, brought, until)
                if why is None:
                    os.replace(part, target)
                    return brought
                # Only what no attempt had brought counts: a server may begin anew each time.
                idle = 0 if _size(part) > most else idle + 1
                most = max(most, _size(part))
                if idle == ATTEMPTS:
                    break
                self.wait(min(2.0**idle, 10.0))
                if time.monotonic() >= until:
                    why = f"it took longer than {self.limit / 60:g} minutes"
                    break
        raise InputError(
            f"the download of {shown(address)} stopped after {_size(part):,} of {expected:,} bytes ({why}): run the "
            "command again, and it goes on from there"
        )

    def _attempt(
        self, address: str, part: Path, expected: int, bar: "tqdm[Any]", brought: Brought, until: float
    ) -> str | None:
        """Ask for what is missing; return None when the file is whole as far as the server says, else what broke."""
        start = _size(part)
        try:
            with ask(address, start, timeout=self.timeout, until=until) as answer:
                brought.length = answer.length
                if answer.status == 416 and start:  # Nothing is missing, or what is there is not a part of it.
                    return None
                if answer.status >= 500 or answer.status in BUSY:
                    return f"the server answers {answer.status}"
                _refuse_no_file(address, answer)
                if answer.start not in (0, start):
                    part.write_bytes(b"")
                    return "the server sends another part than it was asked for"
                brought.is_of_one = answer.start == 0
                _write(answer, part, bar)
        except HopelessError as error:
            raise InputError(f"{shown(address)} cannot be downloaded ({error}): {IN_A_BROWSER}") from None
        except BrokenError as error:
            return str(error)
        # A server that declares too little ends without an error: ask for the rest.
        return None if _size(part) >= expected or _size(part) == start else "the connection ended early"


def _refuse_no_file(address: str, answer: Answer) -> None:
    if answer.status == 407:
        raise HopelessError(PASSWORD)
    if answer.status not in (200, 206):
        raise InputError(
            f"{shown(address)} answers {answer.status}: the publisher may have moved the file; {IN_A_BROWSER}"
        )


def _write(answer: Answer, part: Path, bar: "tqdm[Any]") -> None:
    """Add the pieces of an answer to the file, or begin it anew."""
    with part.open("ab" if answer.start else "wb") as file:
        bar.n = size = answer.start or 0
        for piece in answer.pieces:
            size += file.write(piece)
            bar.update(len(piece))
            if size > SIZE_LIMIT:
                raise HopelessError(f"more than {SIZE_LIMIT:,} bytes are sent, which no official file has")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
