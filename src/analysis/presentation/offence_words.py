"""How the offence of a study is named: one code, or a group of offences with all its codes."""

from collections.abc import Sequence

from analysis.presentation.formats import listed
from analysis.results.listed_codes import ListedCode


def offence_rows(title: str, code: str, codes: Sequence[ListedCode]) -> list[tuple[str, str]]:
    """Return the rows of a table of sources that say which offence it is; of a group, which codes are added up.

    Parameters
    ----------
    title, code
        The offence's title, and its code as published; in place of the code the id of a group.
    codes
        The codes of a group; none of a single offence.

    Examples
    --------
    >>> offence_rows("Stalking", "8Q", [])
    [('offence', 'Stalking (code 8Q)')]
    >>> old = ListedCode("28B", "Attempted burglary in a dwelling", True, ("28F",))
    >>> offence_rows("Residential burglary", "residential-burglary", [old])[1][1]
    '28B Attempted burglary in a dwelling (no longer recorded, replaced by 28F)'
    """
    if not codes:
        return [("offence", f"{title} (code {code})")]
    many = f"{len(codes)} offence codes" if len(codes) > 1 else "1 offence code"
    return [
        ("offence", f"{title}, an official group of {many}"),
        ("codes added up", "; ".join(map(_code_words, codes))),
    ]


def _code_words(one: ListedCode) -> str:
    if not one.retired:
        return f"{one.code} {one.title}"
    replaced = f", replaced by {listed(list(one.replaced_by))}" if one.replaced_by else ""
    return f"{one.code} {one.title} (no longer recorded{replaced})"
