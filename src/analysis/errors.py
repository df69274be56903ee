"""The one kind of error that a user can put right."""

from collections.abc import Sequence

LONGEST, ITS_START = 600, 400
"""Characters of a message that quotes something endless, and those of them that come before what is left out."""

MOST_FAULTS = 40
"""Faults of one file that are said one by one."""


class InputError(ValueError):
    r"""Something given to the project cannot be used.

    The message is one sentence that names the value, the place it stands in and what to do. The command line prints
    it and ends with status 2; a notebook shows it without the traceback that led to it.

    What it quotes may be endless or no text at all, so it is cut in its middle, and letters that a terminal would not
    print become question marks.

    Examples
    --------
    >>> len(str(InputError(f"table.csv, row 2: the force {'X' * 10_000!r} is unknown")))
    600
    >>> InputError("write \x1b[2J5%")
    InputError('write ?[2J5%')
    """

    def __init__(self, message: str):
        message = "".join(letter if letter.isprintable() else "?" for letter in message)
        if len(message) > LONGEST:
            left_out = " ... "
            message = message[:ITS_START] + left_out + message[ITS_START + len(left_out) - LONGEST :]
        super().__init__(message)
        self.lines = [message]
        """What is printed, line by line."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows for this error: the sentence alone."""
        return self.lines


class FileError(InputError):
    """Everything in one file that cannot be used: a single fault is said as any other, several one below the other.

    Examples
    --------
    >>> str(FileError("replies.csv", ["row 2: the name is missing"]))
    'replies.csv, row 2: the name is missing'
    >>> FileError("replies.csv", ["row 2: no name", "row 3: no number"]).lines
    ['replies.csv: 2 things cannot be used:', '  row 2: no name', '  row 3: no number']
    """

    def __init__(self, place: str, faults: Sequence[str]):
        several = len(faults) > 1
        first = f"{place}, {faults[0]}"
        super().__init__(f"{first} (and {len(faults) - 1:,} more faults)" if several else first)
        shown = [f"  {InputError(fault)}" for fault in faults[:MOST_FAULTS]]
        if len(faults) > MOST_FAULTS:
            shown.append(f"  and {len(faults) - MOST_FAULTS:,} more")
        if several:
            self.lines = [f"{place}: {len(faults):,} things cannot be used:", *shown]


def first_line(error: BaseException) -> str:
    r"""Return what somebody else's error says, in one line that can stand within a sentence.

    Examples
    --------
    >>> first_line(ValueError("cut off.\nNear byte 7.")), first_line(EOFError())
    ('cut off', 'EOFError')
    """
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
