"""The sentences of a report, made from the numbers of an answer and from nothing else.

Every function takes the dictionaries that `analysis.answer` returns and gives text. No number is computed here. A
sentence never says "no difference": what was not told apart is called not distinguishable, with what it would take.
"""

from analysis.presentation.formats import (
    count_of,
    crimes,
    listed,
    p_equals,
    p_range,
    percent,
    percent_range,
    points,
    whole,
    window,
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
    if not answer["recorded"]:
        return "No crimes were recorded, so there is no rate."
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
        return f"whether it differs from {beside} depends on which of the possible figures is right"
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
    if answer["why_unknown"] and answer["count"]["low"] is None:
        return [f"{about['force']}: the rate is not known, because {answer['why_unknown']}."]
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
        return f"Taken alone, {about['force']}'s rate is {SIDES[verdict]} {other}."
    if verdict == "depends":
        return f"Whether {about['force']} differs from {other} depends on which of the possible figures is right."
    return f"{about['force']} is not shown to differ from {other}."


def _counted(answer: dict) -> str:
    about = answer["about"]
    low, high = answer["count"]["low"], answer["count"]["high"]
    found = whole(low) if low == high else f"between {whole(low)} and {whole(high)}"
    rate = percent_range(answer["rate"]["low"], answer["rate"]["high"])
    return (
        f"{about['force']} recorded {crimes(answer['recorded'])} of {about['offence']} in "
        f"{window(**answer['window'])}; {found} of them ({rate}, {interval_phrase(answer)}) had the outcome "
        f"“{about['outcome']}”."
    )


def _against_published(answer: dict) -> list[str]:
    if "national" in answer:
        return _against_published_range(answer) + _windows_differ(answer)
    return _against_published_count(answer) + _windows_differ(answer)


def _against_published_range(answer: dict) -> list[str]:
    about = answer["about"]
    quoted = (
        f"The quoted figure ({about['national_printed']}) can stand for "
        f"{percent_range(answer['national']['low'], answer['national']['high'])}"
    )
    place = {
        "higher": "lies wholly below that interval",
        "lower": "lies wholly above that interval",
        "not distinguishable": "lies inside that interval",
        "depends": "lies partly inside that interval, or the count decides",
    }[answer["verdict"]]
    return [f"{quoted} and {place} ({tests_phrase(answer)})."]


def _against_published_count(answer: dict) -> list[str]:
    about, rest = answer["about"], answer["rest"]
    other = count_of(rest["count"]["low"], rest["count"]["high"], rest["recorded"])
    rate = percent_range(rest["rate"]["low"], rest["rate"]["high"])
    return [f"In {compared_with(about)} it was {other} ({rate}; {tests_phrase(answer)}).", _spread_unknown(about)]


def _spread_unknown(about: dict) -> str:
    return (
        f"Figures were found for only {about['forces_exact']} forces with an exact count, too few to say how much "
        f"forces normally differ, so whether {about['force']} is unusual among forces is not known."
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
        return [f"{about['force']} is not unusual among forces, {usual} (adjusted z {z:.2f})."]
    side = "high" if z > 0 else "low"
    if about["expected"] < EXPECTED_NEEDED:
        return [
            f"{about['force']} has too few crimes to be called unusual among forces: of its {whole(answer['recorded'])}"
            f" about {about['expected']:.1f} would be expected {about['rarer']} this outcome, and the limits, though "
            f"its rate lies outside the {outside}% ones, are good only from {EXPECTED_NEEDED} on."
        ]
    return [
        f"{about['force']} is unusually {side} among forces, even {usual}: outside the {outside}% limits "
        f"(adjusted z {z:.2f})."
    ]


def _against_rest(answer: dict) -> list[str]:
    about, verdict, rest = answer["about"], answer["verdict"], answer["rest"]
    if verdict is None:
        return ["There are no other forces with exact counts to compare it with."]
    other = (
        f"{compared_with(about)} together "
        f"({count_of(rest['count']['low'], rest['count']['high'], rest['recorded'])}, "
        f"{percent_range(rest['rate']['low'], rest['rate']['high'])}; {tests_phrase(answer)})"
    )
    many = f"{about['forces_different']} of {about['forces_exact']} forces differ from the rest in this sense"
    if verdict in SIDES:
        finding = f"Compared with {other} its rate is {verdict}; but {many}"
    elif verdict == "depends":
        finding = f"Whether it differs from {other} depends on the outcomes that were not published; {many}"
    else:
        finding = f"It is not distinguishable from {other}; {many}"
    if verdict in SIDES:
        finding += ", so such a difference alone is no sign of an unusual force"
    return [finding + ".", *_exact_test_disagrees(answer)]


def _exact_test_disagrees(answer: dict) -> list[str]:
    exact = answer["tests"]["fisher"]["p"]
    if answer["verdict"] not in SIDES or exact is None or exact < 1 - answer["confidence"]:
        return []
    return [
        f"Fisher's exact test does not tell it from them (p {p_equals(exact)}): the counts are too small for the "
        "score test to be relied on."
    ]


def _still_open(answer: dict) -> list[str]:
    about = answer["about"]
    if not answer["open"]:
        return []
    return [
        f"{whole(answer['open'])} of the {whole(answer['recorded'])} crimes were still open on the day of the source "
        f"and count as not yet so; were all of them to end so, the rate would be {percent(about['rate_if_open'])}."
    ]


def _power(answer: dict) -> list[str]:
    if answer["verdict"] != "not distinguishable":
        return []
    reach = answer.get("detectable")
    if reach is None:
        difference = answer["difference"]
        return [
            f"The difference lies between {points(difference['low'])} and {points(difference['high'])} percentage "
            "points, so this is not evidence that the rates are the same."
        ]
    limits = [
        f"{side} {percent(rate)}"
        for side, rate in (("above", reach["high"]), ("below", reach["low"]))
        if rate is not None
    ]
    told = f"only a true rate {' or '.join(limits)}" if limits else "no true rate"
    return [
        f"With {crimes(answer['recorded'])} {told} could be told from the quoted range with "
        f"{percent(reach['power'], 0)} power, so this is not evidence that they are the same."
    ]


def turning_sentence(answer: dict) -> str:
    """Return what it would take to turn the verdict: more or fewer charges, or another national rate."""
    turn = answer.get("charges_to_turn")
    if turn is None:
        return "The verdict follows from the counts of the force and of the others; no national rate is assumed."
    parts = [
        f"{whole(number)} {word} would make it {verdict}"
        for verdict, word, number in (("higher", "more", turn["higher"]), ("lower", "fewer", turn["lower"]))
        if number
    ]
    text = f"Counted from {whole(answer['count']['low'])}: {listed(parts)}. " if parts else ""
    low, high = answer["break_even"]["low"], answer["break_even"]["high"]
    if low is None:
        return text + "No national rate makes every possible count indistinguishable from it."
    return text + f"Any national rate from {percent(low, 2)} to {percent(high, 2)} cannot be told from this count."


def known_sentence(answer: dict) -> str:
    """Return how the count is known, and what in it is not."""
    about = answer["about"]
    parts = [f"The count is {about['how_known']}." if about["how_known"] else ""]
    if answer["why_unknown"]:
        parts.append(f"What is unknown: {answer['why_unknown']}.")
    if about["marked"]:
        parts.append(f"An error in the source: {about['marked']}.")
    return " ".join(part for part in parts if part)
