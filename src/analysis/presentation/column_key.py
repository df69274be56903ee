"""What each column of a table of forces holds: its name in a CSV, its heading for people, its kind and its meaning."""

from typing import Literal, NamedTuple

Kind = Literal["text", "count", "share", "p", "day"]
UNITS: dict[Kind, str] = {
    "text": "text",
    "count": "crimes",
    "share": "a proportion, 0 to 1",
    "p": "a probability, 0 to 1",
    "day": "a day, as 2019-03-31",
}


class Column(NamedTuple):
    """A column's name in a CSV, its heading in a workbook, what kind its cells are of, and what they mean."""

    name: str
    heading: str
    kind: Kind
    meaning: str


COLUMNS = (
    Column("study", "Study", "text", "The question: release, offence code and outcome"),
    Column("force", "Police force", "text", "The force's name"),
    Column("gss_code", "Area code", "text", "The code of the force's area in official statistics"),
    Column("outcome", "Outcome", "text", "The outcome whose share is given, as study ids name it"),
    Column("count_low", "Crimes with the outcome, lowest", "count", "The fewest crimes that can have had the outcome"),
    Column(
        "count_high",
        "Crimes with the outcome, highest",
        "count",
        "The most crimes that can have had it; the same number where the count is known",
    ),
    Column("recorded", "Crimes recorded", "count", "All crimes that the rate is a share of"),
    Column("open", "Crimes still open", "count", "Those of them that had no outcome on the day of the source"),
    Column("rate_low", "Rate, lowest", "share", "The lowest count by the crimes recorded"),
    Column("rate_high", "Rate, highest", "share", "The highest count by the crimes recorded"),
    Column("wilson_low", "95% interval, from", "share", "The lower limit of Wilson's 95% interval of the lowest rate"),
    Column("wilson_high", "95% interval, to", "share", "The upper limit of Wilson's 95% interval of the highest rate"),
    Column(
        "against",
        "Compared with",
        "text",
        "“rest”: the other forces with exact counts together; “published”: a national figure that was published",
    ),
    Column("p_low", "p against these, smallest", "p", "The smallest p of the mid-P test over the possible counts"),
    Column("p_high", "p against these, largest", "p", "The largest p of that test over the possible counts"),
    Column("verdict", "Verdict against these", "text", "The force taken alone, which allows for chance only"),
    Column(
        "verdict_among_forces",
        "Verdict among forces",
        "text",
        "Whether the force is unusual given how forces normally differ, which allows for more than chance",
    ),
    Column("why_unknown", "Why it is not known", "text", "Why there is no count, or none that is exact"),
    Column("source", "Source", "text", "The id of the source of the force's figures"),
    Column("window_start", "First day", "day", "The first day of the period"),
    Column("window_end", "Last day", "day", "The last day of the period"),
)
"""The columns of summary.csv and of every study's own table, in their order."""


def column_names() -> list[str]:
    """Return the names of the columns in their order.

    Examples
    --------
    >>> column_names()[:3], len(column_names())
    (['study', 'force', 'gss_code'], 21)
    """
    return [column.name for column in COLUMNS]


def key_rows() -> list[dict[str, str]]:
    """Return the key to the columns, one row a column: column, heading, unit, meaning.

    Examples
    --------
    >>> key_rows()[6]
    {'column': 'recorded', 'heading': 'Crimes recorded', 'unit': 'crimes', 'meaning': 'All crimes that the rate is a \
share of'}
    """
    return [
        {"column": one.name, "heading": one.heading, "unit": UNITS[one.kind], "meaning": one.meaning} for one in COLUMNS
    ]
