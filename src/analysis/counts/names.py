"""Names as people type them: slugs, and near names to offer when one is unknown."""

import difflib
import re
from collections.abc import Callable, Iterable

NO_SLUG = re.compile(r"[^a-z0-9]+")
"""What a slug joins by one hyphen."""


def make_slug(text: str) -> str:
    """Return a name in the form used in paths: lower case, words joined by hyphens.

    Examples
    --------
    >>> make_slug("Devon & Cornwall")
    'devon-and-cornwall'
    """
    return NO_SLUG.sub("-", text.lower().replace("&", " and ")).strip("-")


def offer_names(text: str, names: Iterable[str], *, key: Callable[[str], str] = str.casefold) -> str:
    """Return what to say after an unknown name: the nearest known ones, or all where they are few.

    Parameters
    ----------
    text
        What was typed.
    names
        The known names.
    key
        What of a name is compared.

    Examples
    --------
    >>> offer_names("Gwnt", ["Gwent", "Kent", "Dorset", "Essex", "Surrey", "Sussex", "Suffolk", "Norfolk"])
    "did you mean 'Gwent'?"
    >>> offer_names("x", ["rest", "published"])
    "known are 'rest' and 'published'"
    """
    known = list(dict.fromkeys(names))
    folded = {key(name): name for name in known}
    typed = key(text)
    near = difflib.get_close_matches(typed, folded, n=3, cutoff=0.6)
    near = near or [name for name in folded if name in typed or (typed and typed in name)][:3]
    if near:
        return f"did you mean {' or '.join(repr(folded[name]) for name in near)}?"
    if len(known) <= 6:
        *most, last = map(repr, known)
        return f"known are {', '.join(most)} and {last}" if most else f"known is {last}"
    return f"there are {len(known)} known names, such as {known[0]!r}"
