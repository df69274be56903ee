"""Tables and sentences of the notebook on methods, made from what `analysis.answer.methods` returns.

Nothing is computed here.
"""

from analysis.presentation.formats import (
    count_of,
    listed,
    p_range,
    percent,
    percent_range,
    points,
    whole,
)
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table

ALLOWANCES = {"none": "no allowance", "winsorised": "winsorised", "paule_mandel": "Paule–Mandel"}


def finding(rows: list[dict], spread: dict) -> Prose:
    """Return the answer in two sentences: why Wilson, and why the usual allowance for spread is not used.

    Parameters
    ----------
    rows : list of dict
        What `analysis.answer.methods.coverage` returns.
    spread : dict
        What `analysis.answer.methods.spread` returns.
    """
    wilson, textbook = (_of_method(rows, name)[-1] for name in ("Wilson", "textbook (Wald)"))
    usual = next(row for row in spread["rows"] if row["allowance"] == "winsorised")
    return Prose(
        [
            f"With {whole(wilson['recorded'])} crimes, a 95% interval of Wilson's holds the true rate "
            f"{percent(wilson['mean'])} of the time on average, and {percent(wilson['lowest'])} at the worst rate from "
            f"1% to 20%; the textbook's falls to {percent(textbook['lowest'])}.",
            "An allowance for how forces normally differ must not be too small: the usual one would put "
            f"{percent(usual['accused'])} of ordinary forces beyond limits that promise {percent(spread['nominal'])}.",
        ],
        lead=True,
    )


def _of_method(rows: list[dict], method: str) -> list[dict]:
    return [row for row in rows if row["method"] == method]


def coverage_table(rows: list[dict]) -> Table:
    """Return the coverage of each interval by number of crimes: the numbers of the figure, and what they cost."""
    cells = [
        (
            row["method"],
            whole(row["recorded"]),
            percent(row["mean"]),
            f"{percent(row['lowest'])} at {percent(row['lowest_at'])}",
            percent(row["below_94"], 0),
            f"{100 * row['width']:.2f}",
            percent(row["too_low"]),
            percent(row["too_high"]),
        )
        for row in rows
    ]
    columns = [
        "interval",
        "crimes",
        "mean coverage",
        "lowest",
        "true rates with less than 94%",
        "mean width, points",
        "wholly below the truth",
        "wholly above",
    ]
    return Table(columns, cells)


def coverage_words(rows: list[dict]) -> Prose:
    """Return what the figure shows for and against Wilson's interval."""
    wilson, exact = (_of_method(rows, name)[-1] for name in ("Wilson", "Clopper–Pearson"))
    small = _of_method(rows, "Wilson")[0]
    return Prose(
        [
            f"Clopper–Pearson's never falls below {percent(exact['lowest'])} there, and pays with "
            f"{percent(exact['width'] / wilson['width'] - 1)} more width; it stands beside Wilson's where crimes are "
            f"few. Wilson's price: with {whole(small['recorded'])} crimes it falls to {percent(small['lowest'])} at "
            f"a true rate of {percent(small['lowest_at'])}, and its misses are uneven, wholly above the truth "
            f"{percent(small['too_high'])} of the time and wholly below it {percent(small['too_low'])}."
        ]
    )


def fixed_rate_words(found: dict) -> Prose:
    """Return whether interval, test and funnel agree about a fixed rate."""
    return Prose(
        [
            f"Every count from 0 to {whole(found['recorded'])} beside {whole(found['rates'])} national rates, "
            f"{whole(found['pairs'])} pairs: interval, score test and funnel limit disagree in "
            f"{whole(found['disagree'])} of them."
        ]
    )


def rest_words(found: dict) -> Prose:
    """Return how far funnel and the comparison with the rest are apart, and which forces fall between."""
    largest = max(found["forces"], key=lambda row: row["share"])
    between = [row["force"] for row in found["forces"] if row["between"]]
    return Prose(
        [
            "The common rate contains the force, so its funnel z is smaller than its z against the rest, by the factor "
            f"1/√(1 − n/N) exactly: {largest['factor']:.3f} for {largest['force']}, with {percent(largest['share'])} "
            f"of all crimes. The limit lies between the two z in {len(between)} of {len(found['forces'])} forces"
            f"{': ' + listed(between) if between else ''}. The verdict on one force is that of the comparison with the "
            "rest; the funnel is for looking at all of them."
        ]
    )


def rest_table(found: dict) -> Table:
    """Return both z of the forces near the limit: the numbers of the figure."""
    rows = [
        (
            row["force"],
            whole(row["recorded"]),
            percent(row["share"]),
            f"{row['factor']:.4f}",
            f"{row['funnel_z']:.3f}",
            f"{row['rest_z']:.3f}",
            "yes" if row["between"] else "no",
        )
        for row in found["near"]
    ]
    columns = ["force", "crimes", "share of all", "1/√(1 − n/N)", "funnel z", "z against the rest", "limit between"]
    return Table(columns, rows)


def ranges_table(found: dict) -> Table:
    """Return the forces whose count is a range: the numbers of the figure, with the p-values over the range."""
    rows = [
        (
            row["force"],
            count_of(row["count"]["low"], row["count"]["high"], row["recorded"]),
            percent_range(row["rate"]["low"], row["rate"]["high"]),
            percent_range(*row["wilson"]),
            p_range(*row["p_range"]),
            row["verdict"]["rest"],
            row["why_unknown"] or "some outcomes not published",
        )
        for row in found["forces"]
    ]
    return Table(["force", "charged", "possible rates", "95% interval", "p against the rest", "verdict", "why"], rows)


def ranges_words(found: dict) -> Prose:
    """Return what ranges do to verdicts, and which ones survive them."""
    rows = found["forces"]
    kept = [f"{row['force']} ({row['verdict']['rest']})" for row in rows if row["verdict"]["rest"] != "depends"]
    return Prose(
        [
            f"Of {len(rows)} forces with a range {len(rows) - len(kept)} get no verdict: it depends on outcomes that "
            f"were not published. A range need not be fatal: {listed(kept)} keep one verdict over every possible count."
            f" None of the {len(rows)} takes part in the rate of the {found['exact']} forces with exact counts."
        ]
    )


def open_table(rows: list[dict]) -> Table:
    """Return each force with open cases: the verdict so far, and over all that the open cases could become."""
    cells = [
        (
            row["force"],
            count_of(row["count"], row["count"], row["recorded"]),
            whole(row["open"]),
            percent_range(row["rate"], row["rate_if_open"]),
            p_range(*row["p"]),
            row["so_far"],
            p_range(*row["p_if_open"]),
            row["if_open"],
        )
        for row in rows
    ]
    columns = [
        "force",
        "charged so far",
        "open",
        "rate so far to all open charged",
        "p so far",
        "verdict so far",
        "p with the open cases",
        "verdict with them",
    ]
    return Table(columns, cells)


def open_words(rows: list[dict]) -> Prose:
    """Return how many verdicts the open cases could turn."""
    turned = [row for row in rows if row["so_far"] != row["if_open"]]
    lost = [row["force"] for row in turned if row["so_far"] != "not distinguishable"]
    also = f" Among them is {listed(lost)}, so far told from the rest." if lost else ""
    return Prose(
        [
            f"Carried through, the open cases would take the verdict from {len(turned)} of {len(rows)} forces.{also}",
            "That is the extreme case, all of one force's open cases charged and none of the others'. So reports print "
            "the verdict on the counts so far, and beside it how many cases are open and what they could make of the "
            "rate; the command estimate carries them through where it is asked to, with --open.",
        ]
    )


def accused_table(spread: dict) -> Table:
    """Return the share of ordinary forces accused, over the true spread: numbers of the figure."""
    curve = spread["curve"]
    rows = [
        (f"{100 * curve['sd'][place]:.2f}", *(percent(curve[name][place]) for name in ALLOWANCES))
        for place in range(0, len(curve["sd"]), 10)
    ]
    return Table(["true spread, points", *ALLOWANCES.values()], rows)


def allowance_table(spread: dict) -> Table:
    """Return what each allowance finds in the study, and what it would do to ordinary forces."""
    rows = [
        (
            row["allowance"],
            f"{row['tau2']:.2e}" if row["tau2"] else "0",
            f"{100 * row['sd']:.2f}",
            f"{row['outside_95']} of {spread['forces']}",
            f"{row['outside_998']} of {spread['forces']}",
            percent(row["accused"]),
        )
        for row in spread["rows"]
    ]
    columns = [
        "allowance",
        "variance between forces",
        "standard deviation, points",
        "beyond the 95% limits",
        "beyond the 99.8% limits",
        "ordinary forces beyond 99.8%, in the long run",
    ]
    return Table(columns, rows)


def spread_words(spread: dict) -> Prose:
    """Return why the usual allowance is too small."""
    usual, used = (
        next(row for row in spread["rows"] if row["allowance"] == name) for name in ("winsorised", "Paule–Mandel")
    )
    return Prose(
        [
            "The usual estimate first pulls the z of the outer tenth of forces on each side in to the next, so that "
            "true outliers do not count as spread. But ordinary forces have outer tenths too: of the mean square of a "
            f"normal spread {percent(spread['kept'], 0)} is left. With forces of these sizes and a true variance of "
            f"{used['tau2']:.2e} it would find {spread['long_run_tau2']:.2e} in the long run; in these data it finds "
            f"{usual['tau2']:.2e}. Limits that are too narrow accuse: {percent(usual['accused'])} of ordinary forces "
            f"in place of {percent(spread['nominal'])}."
        ]
    )


def power_table(found: dict) -> Table:
    """Return which true rates can be told from the national one, by number of crimes: numbers of the figure."""
    rows = [
        (whole(row["recorded"]), *(percent(row[end]) if row[end] is not None else "none" for end in ("high", "low")))
        for row in found["rows"]
    ]
    return Table(["crimes recorded", "shown as higher from", "shown as lower to"], rows)


def needed_table(rows: list[dict]) -> Table:
    """Return how many crimes a difference of a given size needs before it shows."""
    cells = [
        (
            percent(row["rate"], 0),
            points(row["difference"]),
            whole(row["recorded"]) if row["recorded"] else "more",
            whole(row["forces"]),
        )
        for row in rows
    ]
    columns = ["true rate", "difference, points", "crimes needed", "forces of the 2022 release with as many"]
    return Table(columns, cells)


def power_words(found: dict, needed: list[dict]) -> Prose:
    """Return what a force's number of crimes can and cannot show."""
    row = next(row for row in found["rows"] if row["recorded"] == found["gwent"])
    least = min(needed, key=lambda need: abs(need["difference"]))
    return Prose(
        [
            f"With {whole(row['recorded'])} crimes, as in Gwent, a force whose true rate is {percent(row['high'])} is "
            f"told from {percent(found['national'], 0)} with a chance of {percent(found['power'], 0)}; one between "
            f"{percent(row['low'])} and that is missed more than {percent(1 - found['power'], 0)} of the time. A true "
            f"rate of {percent(least['rate'], 0)} needs {whole(least['recorded'])} crimes, which {least['forces']} of "
            f"the {found['forces']} forces of the 2022 release recorded. So “not distinguishable” can mean that there "
            "were few crimes, and never that the rates are the same."
        ]
    )


def second_opinion_table(rows: list[dict]) -> Table:
    """Return numbers of the reports beside those of statsmodels, to six significant digits."""
    return Table(
        ["number", "call in statsmodels", "here", "statsmodels"],
        [(row["what"], row["call"], f"{row['ours']:.6g}", f"{row['theirs']:.6g}") for row in rows],
    )


def limits() -> Prose:
    """Return what this page does not show, one bullet each."""
    return Prose(
        [
            "Coverage and power are those of crimes that end independently of each other. Several crimes of one "
            "offender, or a change of practice, make the real uncertainty larger.",
            "The shares of ordinary forces accused are those of very many forces with normally distributed rates. With "
            "few forces the spread itself is uncertain, and limits by any method accuse rather more than they promise.",
            "The limits say which rates are unusual. Why a rate is what it is, none of these figures says.",
        ],
        bullets=True,
    )


def made_from(found: dict) -> Prose:
    """Return what the page was made from: digests of the studies, version of the package."""
    studies = [f"study {study}, data sha256 {digest[:16]}" for study, digest in found["studies"].items()]
    return Prose([f"{'; '.join(studies)}; charge-rates {found['version']}.".replace("study", "Study", 1)])
