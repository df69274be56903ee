"""What may be printed of no study and no force, whatever its verdict: ranks, reasons, convictions, other sources."""

from analysis.presentation.printable_facts import Question

NO_RANK = "A rank, a league table, a best or a worst force: with few crimes a rate is high or low by chance."
NO_REASON = (
    "Why rates differ: the figures do not say; the crimes, how they are recorded and the time it takes to close a case "
    "differ too."
)
NO_OTHER_SOURCE = (
    "A change or a gap found by setting this beside another source, offence or study: they count other crimes in other "
    "ways."
)
NOT_PEOPLE = {
    "charged": (
        "That anyone was convicted, or how many people were charged: what is counted is a crime, not a person, a "
        "prosecution or a conviction."
    ),
    "victim-does-not-support": (
        "That victims “withdrew” or “dropped” a case: the outcome is the police's classification of why an "
        "investigation ended."
    ),
}
NOT_PEOPLE_ELSE = "How many people this is: what is counted is a crime, not a person, a prosecution or a conviction."


def never_printable(question: Question) -> list[str]:
    """Return what no verdict allows, each claim with the reason.

    Examples
    --------
    >>> asked = Question("Robbery", "Charged or summonsed", "charged", "2018/19", False, False, None)
    >>> len(never_printable(asked)), never_printable(asked)[0]
    (4, 'A rank, a league table, a best or a worst force: with few crimes a rate is high or low by chance.')
    """
    years = ["That the figures are of the same years: the periods of the forces differ."]
    people = NOT_PEOPLE.get(question.outcome_id, NOT_PEOPLE_ELSE)
    return [*(years if question.windows_differ else []), NO_RANK, NO_REASON, people, NO_OTHER_SOURCE]
