"""What a quoted charge rate is, what it is not, and the sentence that would have been right."""

from analysis.presentation.formats import listed, percent, whole, window
from analysis.presentation.report_tables import Table
from analysis.results.quoted_rates import (
    CHARGES_OVER_CRIMES,
    COHORT,
    OF_OUTCOMES,
    WITH_AN_OUTCOME,
    CandidateRate,
    QuotedRate,
)

MEANINGS = {
    COHORT: "the share of the crimes recorded in {window} that had been charged when the figures were made",
    WITH_AN_OUTCOME: "the share of the crimes recorded in {window} that had been charged, among those with an outcome",
    CHARGES_OVER_CRIMES: (
        "the number of charges made in {window}, whenever the crime was recorded, over that of crimes recorded in it"
    ),
    OF_OUTCOMES: "the share of charges among all outcomes given in {window}",
}
SHARES = (COHORT, WITH_AN_OUTCOME)
RIGHT = {
    COHORT: (
        "Of {of} crimes of {offence} that {who} recorded in {window}, {count} ({rate}) had been charged or summonsed."
    ),
    WITH_AN_OUTCOME: (
        "Of {of} crimes of {offence} that {who} recorded in {window}, {count} ({rate}) had been charged or summonsed; "
        "crimes that had no outcome yet are left out."
    ),
    CHARGES_OVER_CRIMES: (
        "In {window}, {who} recorded {of} crimes of {offence} and charged or summonsed {count}, whenever they were "
        "recorded: a ratio of {rate}, which is not a share of those crimes."
    ),
    OF_OUTCOMES: (
        "Of {of} outcomes that {who} gave to crimes of {offence} in {window}, {count} ({rate}) were a charge or "
        "summons; crimes that had no outcome yet are left out."
    ),
}


def quoted_sentences(found: QuotedRate) -> list[str]:
    """Return what the quoted rate is and is not, what could not be tested, and what would have been right to say.

    Examples
    --------
    >>> from analysis.results.windows import FigureWindow
    >>> rates = (CandidateRate(COHORT, 244, 2697, True), CandidateRate(OF_OUTCOMES, None, None, None))
    >>> year = FigureWindow("2018-04-01", "2019-03-31")
    >>> found = QuotedRate("9%", 0.085, 0.095, "r", "8L", "Harassment", "Gwent", 1, (), year, rates)
    >>> for sentence in quoted_sentences(found):
    ...     print(sentence)
    9% is the share of the crimes recorded in April 2018 to March 2019 that had been charged when the figures were made.
    Whether it is the share of charges among all outcomes given in April 2018 to March 2019 cannot be tested: r does not hold what was closed in the year.
    Right would have been: Of 2,697 crimes of harassment that Gwent recorded in April 2018 to March 2019, 244 (9.0%) had been charged or summonsed.
    """  # noqa: E501 - the sentences as they are printed.
    fitting, others, untested = (_meanings(found, fits) for fits in (True, False, None))
    none = "none of the rates that can be tested"
    sentences = [f"{found.quoted} is {'; it is also '.join(fitting) if fitting else none}."]
    sentences += [f"It is not {'; nor '.join(others)}."] if others and fitting else []
    why = f"{found.release} does not hold {_not_held(found)}"
    sentences += [f"Whether it is {', or '.join(untested)} cannot be tested: {why}."] if untested else []
    sentences += [f"Not known, and not counted, are {listed(list(found.left_out))}."] if found.left_out else []
    return sentences + [f"Right would have been: {_right(found, one)}" for one in _to_say(found)]


def quoted_table(found: QuotedRate) -> Table:
    """Return the rates side by side, and whether the quoted one is each."""
    words = {True: "yes", False: "no", None: "not tested"}
    rows = [(one.kind, _numbers(one), percent(one.rate), words[one.fits]) for one in found.candidates]
    return Table(["which rate", "numbers", "rate", f"is it {found.quoted}?"], rows)


def _numbers(one: CandidateRate) -> str:
    if one.count is None or one.of is None:
        return "not held" if one.count is None else f"{whole(one.count)} of a number that is not held"
    return f"{whole(one.count)} {'and' if one.kind == CHARGES_OVER_CRIMES else 'of'} {whole(one.of)}"


def _not_held(found: QuotedRate) -> str:
    crimes_only = any(one.count is not None and one.of is None for one in found.candidates)
    return "how many crimes were recorded" if crimes_only else "what was closed in the year"


def _meanings(found: QuotedRate, fits: bool | None) -> list[str]:
    period = window(found.window.start, found.window.end)
    return [MEANINGS[kind].format(window=period) for kind in found.kinds(fits)]


def _to_say(found: QuotedRate) -> list[CandidateRate]:
    """Return the rates that a sentence should give: those that fit, else the share of crimes, which stands first."""
    fitting = [one for one in found.candidates if one.fits]
    return fitting or [one for one in found.candidates if one.kind in SHARES and one.rate is not None][:1]


def _right(found: QuotedRate, one: CandidateRate) -> str:
    return RIGHT[one.kind].format(
        of=whole(one.of),
        count=whole(one.count),
        rate=percent(one.rate),
        offence=f"{found.offence_title[0].lower()}{found.offence_title[1:]}",
        who=found.force or f"{found.forces} forces",
        window=window(found.window.start, found.window.end),
    )
