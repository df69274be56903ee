"""One offence code of a group, as pages list it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListedCode:
    """An offence code whose figures are part of a group's.

    Attributes
    ----------
    code, title : str
        As published.
    retired : bool
        Whether it was out of use before the figures' first day.
    replaced_by : tuple of str
        The codes in its place, where they are known.
    """

    code: str
    title: str
    retired: bool
    replaced_by: tuple[str, ...]
