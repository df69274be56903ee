"""The sentence about one count of crimes, and the phrases that other sentences share with it.

Every function takes the dictionaries that `analysis.answer` returns and gives text. No number is computed here. A
sentence never says "no difference": what was not told apart is called not distinguishable, with what it would take.
"""

from analysis.presentation.formats import (
    confidence_percent,
    count_of,
    decimals_apart,
    p_range,
    percent,
    percent_outwards,
    percent_range,
    whole,
)

SIDES = {"higher": "higher than", "lower": "lower than"}
DEPENDS_ON_OPEN = "depends on the open cases"


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
    parts = [sentence_start(rate_phrase(answer))]
    if "national" in answer:
        parts.append(_beside_national(answer))
    elif "rest" in answer:
        parts.append(_beside_rest(answer))
    return "; ".join(parts) + "."


def sentence_start(text: str) -> str:
    """Return text with a capital first letter."""
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
    rate = percent_range(answer["rate"]["low"], answer["rate"]["high"], decimals_of(answer))
    return f"{count} is {rate} ({interval_phrase(answer)})"


def decimals_of(answer: dict) -> int:
    """Return the decimals that tell the rate and the ends of its interval from what they are compared with."""
    beside = answer.get("national") or answer.get("rest", {}).get("rate") or {}
    return decimals_apart([*answer["rate"].values(), *answer["intervals"]["wilson"]], list(beside.values()))


def interval_phrase(answer: dict) -> str:
    """Return the interval with its confidence: "95% interval 5.2% to 11.7%"."""
    low, high = (percent(limit, decimals_of(answer)) for limit in answer["intervals"]["wilson"])
    return f"{confidence_percent(answer['confidence'])} interval {low} to {high}"


def tests_phrase(answer: dict) -> str:
    """Return the p-values of the test that decides the verdict: "p between 0.108 and 0.374"."""
    return p_range(*answer["tests"]["mid_p"]["p"], level_of(answer))


def level_of(answer: dict) -> float:
    """Return the p-value at which the answer's verdict changes."""
    return 1 - answer["confidence"]


def _verdicts_limits(answer: dict) -> str:
    """Return the verdict's own limits where they and the interval on show disagree; nothing where they agree."""
    national, even = answer["national"], answer["break_even"]
    if even["low"] is None or answer["verdict"] == "depends":
        return ""
    low, high = answer["intervals"]["wilson"]
    apart = low > national["high"] or high < national["low"]
    if apart == (answer["verdict"] in SIDES):
        return ""
    return f"; by the test that decides, national rates of {percent_outwards(*even.values())} are not told from it"


def _beside_national(answer: dict) -> str:
    national = percent_range(answer["national"]["low"], answer["national"]["high"], decimals_of(answer))
    verdict, tests = answer["verdict"], tests_phrase(answer) + _verdicts_limits(answer)
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
    rate = percent_range(rest["rate"]["low"], rest["rate"]["high"], decimals_of(answer))
    beside = f"the rest, {other} ({rate}; {tests})"
    if verdict in SIDES:
        return f"that is {SIDES[verdict]} {beside}"
    if verdict == "depends":
        return f"whether it differs from {beside}, depends on which of the possible figures is right"
    return f"that is not distinguishable from {beside}, which does not show that the two are the same"


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


def rate_words(outcome: str, *, of_outcomes: bool) -> str:
    """Return what the rates of a figure or table are of.

    Parameters
    ----------
    outcome : str
        The label of the outcome.
    of_outcomes : bool
        Whether the rates are over the crimes with any outcome, and not over all crimes recorded.

    Examples
    --------
    >>> rate_words("Charged or summonsed", of_outcomes=False)
    'recorded crimes with the outcome “Charged or summonsed”'
    """
    share = share_words(outcome, of_outcomes=of_outcomes)
    return share if of_outcomes else f"recorded {share}"


def share_words(outcome: str, *, of_outcomes: bool) -> str:
    """Return what a force's rate is a share of, within a sentence; the parameters are those of `rate_words`."""
    among = " among those with any outcome" if of_outcomes else ""
    return f"crimes with the outcome “{outcome}”{among}"


def counted_words(*, of_outcomes: bool) -> str:
    """Return what rates are over: "crimes recorded", or "crimes with any outcome"."""
    return "crimes with any outcome" if of_outcomes else "crimes recorded"


def number_by_chance(number: float) -> str:
    """Return how many of the forces that can be judged lie outside the 95% limits by chance.

    Examples
    --------
    >>> number_by_chance(2.05), number_by_chance(0.6)
    ('about 2', 'fewer than one')
    """
    return "fewer than one" if number < 1 else f"about {number:.0f}"
