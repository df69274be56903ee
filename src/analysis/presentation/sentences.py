"""The sentences of a report, made from the numbers of an answer and from nothing else.

Every function takes the dictionaries that `analysis.answer` returns and gives text. No number is computed here. A
sentence never says "no difference": what was not told apart is called not distinguishable, with what it would take.
"""

from analysis.presentation.formats import (
    count_of,
    crimes,
    forces,
    p_equals,
    p_range,
    part_of,
    percent,
    percent_range,
    points,
    times,
    whole,
    window,
    z_score,
)

EXPECTED_NEEDED = 5
"""With fewer crimes than this expected to have the outcome, or not to have it, normal limits are too rough."""

SIDES = {"higher": "higher than", "lower": "lower than"}


def estimate_sentence(answer: dict) -> str:
    """Return the one sentence that a reader can quote about a count of crimes, without names.

    Parameters
    ----------
    answer : dict
        What `analysis.answer.estimate` returns.

    Examples
    --------
    >>> from analysis.answer import estimate
    >>> print(estimate(21, 21, 268)["sentence"])
    21 of 268 is 7.8% (95% interval 5.2% to 11.7%).
    """
    if answer["recorded"] == 0:
        return "No crimes were recorded, so there is no rate."
    if answer["count"]["low"] is None:
        return "The count is not known, so there is no rate."
    parts = [_sentence_start(rate_phrase(answer))]
    if "national" in answer:
        parts.append(_beside_national(answer))
    elif "rest" in answer:
        parts.append(_beside_rest(answer))
    return "; ".join(parts) + "."


def _sentence_start(text: str) -> str:
    return text[0].upper() + text[1:]


def compared_with(about: dict) -> str:
    """Return what a force is compared with, in words: "the other 43 forces".

    Examples
    --------
    >>> compared_with({"against": "rest", "other_forces": 43})
    'the other 43 forces'
    """
    if about["against"] == "rest":
        count = about["other_forces"]
        return f"the other {count} forces" if count != 1 else "the one other force"
    if about["national_is_rate"]:
        return "the national figure as quoted"
    return f"the rest of {about['national_area']}"


def rate_phrase(answer: dict) -> str:
    """Return the count, the rate and its interval: "21 of 268 is 7.8% (95% interval 5.2% to 11.7%)"."""
    count = count_of(answer["count"]["low"], answer["count"]["high"], answer["recorded"])
    rate = percent_range(answer["rate"]["low"], answer["rate"]["high"])
    return f"{count} is {rate} ({interval_phrase(answer)})"


def interval_phrase(answer: dict) -> str:
    """Return the interval with its confidence: "95% interval 5.2% to 11.7%"."""
    low, high = answer["intervals"]["wilson"]
    return f"{100 * answer['confidence']:g}% interval {percent(low)} to {percent(high)}"


def tests_phrase(answer: dict) -> str:
    """Return the p-values of the answer's test: "p between 0.094 and 0.375"."""
    return p_range(*answer["tests"]["score"]["p"])


def _beside_national(answer: dict) -> str:
    national = percent_range(answer["national"]["low"], answer["national"]["high"])
    verdict, tests = answer["verdict"], tests_phrase(answer)
    if verdict in SIDES:
        return f"that is {SIDES[verdict]} a national rate of {national} ({tests})"
    if verdict == "depends":
        return (
            f"whether it differs from a national rate of {national} depends on which of the possible figures is "
            f"right ({tests})"
        )
    return (
        f"that is not distinguishable from a national rate of {national} ({tests}), which does not show that the two "
        "are the same"
    )


def _beside_rest(answer: dict) -> str:
    rest, verdict, tests = answer["rest"], answer["verdict"], tests_phrase(answer)
    if verdict is None:
        return "there are no other crimes to compare it with"
    other = count_of(rest["count"]["low"], rest["count"]["high"], rest["recorded"])
    beside = f"the rest, {other} ({percent_range(rest['rate']['low'], rest['rate']['high'])}; {tests})"
    if verdict in SIDES:
        return f"that is {SIDES[verdict]} {beside}"
    if verdict == "depends":
        return f"whether it differs from {beside}, depends on which of the possible figures is right"
    return f"that is not distinguishable from {beside}, which does not show that the two are the same"


def question_sentence(answer: dict) -> str:
    """Return the question that a printed rate beside a printed national figure puts to a reader.

    Parameters
    ----------
    answer : dict
        What `analysis.answer.answer_force` returns of a study that is compared with a published rate.
    """
    about = answer["about"]
    return (
        f"A newspaper printed that in {about['force']} {percent_range(*answer['rate'].values())} of "
        f"{crimes(answer['recorded'])} of {about['offence']} had the outcome “{about['outcome']}”, beside "
        f"“{about['national_printed']}” nationally. Is {about['force']} different, or is that noise?"
    )


def force_sentences(answer: dict) -> list[str]:
    """Return the sentences that open a force's page: the finding first, then what limits it.

    Where a study compares many forces, the first sentence says whether the force is unusual among them, and only then
    whether it differs from the rest.

    Parameters
    ----------
    answer : dict
        What `analysis.answer.answer_force` returns.

    Returns
    -------
    list of str
        Whole sentences, in the order in which they are read.
    """
    about = answer["about"]
    if answer["count"]["low"] is None:
        return [f"{about['force']} has no known rate: {answer['why_unknown']}."]
    sentences = [_counted(answer)]
    if about["against"] == "published":
        sentences = [_published_finding(answer), *sentences, *_against_published(answer)]
    else:
        sentences = _among_forces(answer) + sentences + _against_rest(answer)
    return [*sentences, *_still_open(answer), *_power(answer)]


def _published_finding(answer: dict) -> str:
    about, verdict = answer["about"], answer["verdict"]
    other = "the national figure quoted beside it" if "national" in answer else compared_with(about)
    if verdict in SIDES:
        that = "" if "national" in answer else "that of "
        return f"Taken alone, {about['force']}'s rate is {SIDES[verdict]} {that}{other}."
    if verdict == "depends":
        return f"Whether {about['force']} differs from {other} depends on which of the possible figures is right."
    return f"{about['force']} is not shown to differ from {other}."


def _counted(answer: dict) -> str:
    about = answer["about"]
    rate = percent_range(answer["rate"]["low"], answer["rate"]["high"])
    found = how_many(answer["count"]["low"], answer["count"]["high"], answer["recorded"])
    return (
        f"{about['force']} recorded {crimes(answer['recorded'])} of {about['offence']} in "
        f"{window(**answer['window'])}; {found} ({rate}, {interval_phrase(answer)}) had the outcome "
        f"“{about['outcome']}”."
    )


def how_many(low: int, high: int, recorded: int) -> str:
    """Return how many of the crimes just named had the outcome.

    Examples
    --------
    >>> how_many(21, 21, 268), how_many(2, 22, 23), how_many(0, 0, 50), how_many(50, 50, 50)
    ('21 of them', 'between 2 and 22 of them', 'none of them', 'all of them')
    >>> how_many(1, 1, 1), how_many(0, 0, 1), how_many(0, 1, 1)
    ('that one', 'none', 'between 0 and 1')
    """
    if low < high:
        number = f"between {whole(low)} and {whole(high)}"
    elif low == 0:
        number = "none"
    elif recorded == 1:
        return "that one"
    else:
        number = "all" if low == recorded else whole(low)
    return number if recorded == 1 else f"{number} of them"


def _against_published(answer: dict) -> list[str]:
    if "national" in answer:
        return _against_published_range(answer) + _windows_differ(answer)
    return _against_published_count(answer) + _windows_differ(answer)


def _against_published_range(answer: dict) -> list[str]:
    about = answer["about"]
    quoted = (
        f"The quoted figure (“{about['national_printed']}”) can stand for "
        f"{percent_range(answer['national']['low'], answer['national']['high'])}"
    )
    place = {
        "higher": " and lies wholly below that interval",
        "lower": " and lies wholly above that interval",
        "not distinguishable": " and lies inside that interval",
        "depends": ", and whether that lies inside the interval depends on which of the possible figures is right",
    }[answer["verdict"]]
    return [f"{quoted}{place} ({tests_phrase(answer)})."]


def _against_published_count(answer: dict) -> list[str]:
    about, rest = answer["about"], answer["rest"]
    other = count_of(rest["count"]["low"], rest["count"]["high"], rest["recorded"])
    rate = percent_range(rest["rate"]["low"], rest["rate"]["high"])
    return [f"In {compared_with(about)} it was {other} ({rate}; {tests_phrase(answer)}).", _spread_unknown(about)]


def _spread_unknown(about: dict) -> str:
    number = about["forces_exact"]
    few = f"Only {forces(number)} {'has' if number == 1 else 'have'}" if number else "No force has"
    too_few = ", too few to say how much forces normally differ" if number else ""
    return (
        f"{few} an exact count of such crimes{too_few}, so whether {about['force']} is unusual among forces is not "
        "known."
    )


def _windows_differ(answer: dict) -> list[str]:
    about = answer["about"]
    if not about["windows_differ"]:
        return []
    if answer["window"] == about["national_window"]:
        return ["The national figure covers the same window, but some of the forces in it gave shorter ones."]
    sentence = (
        f"The windows differ: {window(**answer['window'])} here, {window(**about['national_window'])} in the national "
        "figure"
    )
    break_even = answer.get("break_even")
    if break_even and break_even["low"] is not None and answer["verdict"] in ("not distinguishable", "depends"):
        sentence += (
            f"; if the national rate over {about['force']}'s own window was below {percent(break_even['low'])}, the "
            f"force would stand above it, and if it was above {percent(break_even['high'])}, below it, and that rate "
            "is not published"
        )
    return [sentence + "."]


def _among_forces(answer: dict) -> list[str]:
    about, row = answer["about"], answer["compare"]
    if row["adjusted"] is None:
        if about["forces_exact"] < about["forces_needed"]:
            return [_spread_unknown(about)]
        if row["count"]["low"] == row["count"]["high"]:
            word = "None" if row["count"]["low"] == 0 else "All"
            return [f"{word} of the forces' crimes had this outcome, so no force is unusual among them."]
        return [
            f"{about['force']}'s count is not known exactly, so whether it is unusual among forces cannot be said; "
            "it is shown as a range."
        ]
    z, outside = row["adjusted"]["z"], row["adjusted"]["outside"]
    usual = f"given how much the {about['forces_exact']} forces with exact counts normally differ"
    if outside is None:
        return [f"{about['force']} is not unusual among forces, {usual} (adjusted z {z_score(z)})."]
    side = "high" if z > 0 else "low"
    if about["expected"] < EXPECTED_NEEDED:
        return [
            f"{about['force']} has too few crimes to be called unusual among forces: its rate lies outside the "
            f"{outside}% limits, but fewer than {EXPECTED_NEEDED} of its crimes (about {about['expected']:.1f}) would "
            f"be expected {to_have(about)} this outcome, and with so few the limits are too rough."
        ]
    return [
        f"{about['force']} is unusually {side} among forces, even {usual}: outside the {outside}% limits "
        f"(adjusted z {z_score(z)})."
    ]


def to_have(about: dict) -> str:
    """Return what fewer crimes are expected to do: "to have" the outcome, or "not to have" it."""
    return "to have" if about["rarer"] == "with" else "not to have"


def _against_rest(answer: dict) -> list[str]:
    about, verdict, rest = answer["about"], answer["verdict"], answer["rest"]
    if verdict is None:
        return ["There are no other forces with exact counts to compare it with."]
    other = (
        f"{compared_with(about)} together "
        f"({count_of(rest['count']['low'], rest['count']['high'], rest['recorded'])}, "
        f"{percent_range(rest['rate']['low'], rest['rate']['high'])}; {tests_phrase(answer)})"
    )
    if verdict in SIDES:
        finding = f"Compared with {other} its rate is {verdict}"
    elif verdict == "depends":
        finding = f"Whether it differs from {other} depends on the outcomes that were not published"
    else:
        finding = f"It is not distinguishable from {other}"
    return [f"{finding}; {_how_many_differ(answer)}.", *_exact_test_disagrees(answer)]


def _how_many_differ(answer: dict) -> str:
    """Return how many forces differ from the rest, without which no such difference is to be read."""
    different, exact = answer["about"]["forces_different"], answer["about"]["forces_exact"]
    many = (
        f"{part_of(different, exact)} force{'' if exact == 1 else 's'} with exact counts "
        f"differ{'s' if different < 2 else ''} from the rest in this sense"
    )
    if answer["verdict"] not in SIDES:
        return many
    return f"but {many}, which allows for chance alone, so such a difference by itself is no sign of an unusual force"


def _exact_test_disagrees(answer: dict) -> list[str]:
    exact = answer["tests"]["fisher"]["p"]
    if answer["verdict"] not in SIDES or exact is None or exact < 1 - answer["confidence"]:
        return []
    return [
        f"Fisher's exact test does not tell it from them (p {p_equals(exact)}): the counts are too small for the "
        "score test to be relied on."
    ]


def _still_open(answer: dict) -> list[str]:
    number = answer["open"]
    if not number:
        return []
    crime = "crime" if answer["recorded"] == 1 else "crimes"
    were, are = ("was", "is") if number == 1 else ("were", "are")
    them = {1: "it", 2: "both of them"}.get(number, "all of them")
    return [
        _sentence_start(
            f"{part_of(number, answer['recorded'])} {crime} {were} still open on the day of the source and {are} "
            f"counted as without the outcome; if {them} came to have it, the rate would be "
            f"{percent(answer['about']['rate_if_open'])}."
        )
    ]


def _power(answer: dict) -> list[str]:
    if answer["verdict"] != "not distinguishable":
        return []
    reach = answer.get("detectable")
    if reach is None:
        difference = answer["difference"]
        return [
            f"The difference may lie anywhere between {points(difference['low'])} and {points(difference['high'])} "
            f"percentage points ({100 * answer['confidence']:g}% interval), so this is not evidence that the rates are "
            "the same."
        ]
    limits = [
        f"{side} {percent(rate)}"
        for side, rate in (("above", reach["high"]), ("below", reach["low"]))
        if rate is not None
    ]
    told = f"only a true rate {' or '.join(limits)}" if limits else "no true rate"
    return [
        f"With {crimes(answer['recorded'])} {told} would be told from the quoted range at least "
        f"{times(reach['power'])}, so this is not evidence that they are the same."
    ]


def turning_sentence(answer: dict) -> str:
    """Return what it would take to turn the verdict: a higher or lower count, or another national rate."""
    if answer["verdict"] is None:
        return "There is no verdict to turn."
    turn = answer.get("charges_to_turn")
    if turn is None:
        return "The verdict follows from the counts of the force and of the others; no national rate is assumed."
    low, high = answer["break_even"]["low"], answer["break_even"]["high"]
    if low is None:
        rates = "Whatever the national rate, at least one of the possible counts could be told from it."
    else:
        rates = f"Any national rate from {percent(low, 2)} to {percent(high, 2)} cannot be told from this count."
    return " ".join([*_other_counts(answer["count"]["low"], turn), rates])


def _other_counts(low: int, turn: dict) -> list[str]:
    """Return how many more, or fewer, than the lowest count give another verdict; nothing where no number does."""
    parts = []
    if turn["higher"]:
        parts.append(f"“higher” with {whole(turn['higher'])} more than {whole(low)}")
    if turn["lower"]:
        parts.append(f"“lower” with {whole(turn['lower'])} fewer than {whole(low)}")
    return [f"The verdict would be {' and '.join(parts)}."] if parts else []


def known_sentence(answer: dict) -> str:
    """Return how the count is known, and what in it is not."""
    about, why = answer["about"], answer["why_unknown"]
    parts = []
    if about["how_known"]:
        parts.append(f"How the count is known: {about['how_known']}.")
    if why:
        parts.append(f"Why it is not known{'' if answer['count']['low'] is None else ' exactly'}: {why}.")
    if about["marked"] and about["marked"] != why:
        parts.append(f"An error in the source: {about['marked']}.")
    return " ".join(parts)
