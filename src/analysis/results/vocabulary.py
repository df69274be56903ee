"""The words for what is compared: the police's, or those of another field."""

from dataclasses import dataclass

SIBILANTS = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True)
class Vocabulary:
    """The few words that figures and sentences take from the field that they are about.

    Attributes
    ----------
    institution, institutions : str
        What is compared, one and many: "hospital", "hospitals".
    cases : str
        What is counted, many: "admissions".
    outcome : str
        What became of some of them, as it is quoted: "deaths".
    recorded : str
        How cases came to be counted, as it stands with them ("crimes recorded"); empty where nothing need be said.

    Examples
    --------
    >>> words = Vocabulary("hospital", "hospitals", "admissions", "deaths")
    >>> words.one, words.counted
    ('a hospital', 'admissions')
    """

    institution: str = "force"
    institutions: str = "forces"
    cases: str = "crimes"
    outcome: str = "charged"
    recorded: str = ""

    @property
    def one(self) -> str:
        """An institution with its article: "a hospital"."""
        return f"{'an' if self.institution[:1].casefold() in 'aeiou' else 'a'} {self.institution}"

    @property
    def counted(self) -> str:
        """What rates are over: "crimes recorded"."""
        return f"{self.cases} {self.recorded}".rstrip()


POLICE = Vocabulary(recorded="recorded")


def plural(noun: str) -> str:
    """Return a noun in the plural, by the rules that most English nouns follow.

    Examples
    --------
    >>> [plural(noun) for noun in ("hospital", "agency", "parish", "trust")]
    ['hospitals', 'agencies', 'parishes', 'trusts']
    """
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(SIBILANTS) else f"{noun}s"
