"""Tables and sentences of the notebook on methods, made from what `analysis.answer.methods` returns.

Nothing is computed here.
"""

from analysis.presentation.formats import count_of, listed, p_range, percent, percent_range, whole
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.results.method_checks import (
    Coverage,
    FixedRateAgreement,
    MadeFrom,
    OpenCases,
    Ranges,
    RestAgreement,
    SecondOpinion,
)
from analysis.results.spread_checks import Spread


def finding(rows: list[Coverage], spread: Spread) -> Prose:
    """Return the answer in two sentences: why Wilson, and why the usual allowance for spread is not used."""
    wilson, textbook = (_of_method(rows, name)[-1] for name in ("Wilson", "textbook (Wald)"))
    return Prose(
        [
            f"With {whole(wilson.recorded)} crimes, a 95% interval of Wilson's holds the true rate "
            f"{percent(wilson.mean)} of the time on average, and {percent(wilson.lowest)} at the worst rate from "
            f"1% to 20%; the textbook's falls to {percent(textbook.lowest)}.",
            "An allowance for how forces normally differ must not be too small: the usual one would put "
            f"{percent(spread.winsorised.accused)} of ordinary forces beyond limits that promise "
            f"{percent(spread.nominal)}.",
        ],
        lead=True,
    )


def _of_method(rows: list[Coverage], method: str) -> list[Coverage]:
    return [row for row in rows if row.method == method]


def coverage_table(rows: list[Coverage]) -> Table:
    """Return the coverage of each interval by number of crimes: the numbers of the figure, and what they cost."""
    cells = [
        (
            row.method,
            whole(row.recorded),
            percent(row.mean),
            f"{percent(row.lowest)} at {percent(row.lowest_at)}",
            percent(row.below_94, 0),
            f"{100 * row.width:.2f}",
            percent(row.too_low),
            percent(row.too_high),
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


def coverage_words(rows: list[Coverage]) -> Prose:
    """Return what the figure shows for and against Wilson's interval."""
    wilson, exact = (_of_method(rows, name)[-1] for name in ("Wilson", "Clopper–Pearson"))
    small = _of_method(rows, "Wilson")[0]
    return Prose(
        [
            f"Clopper–Pearson's never falls below {percent(exact.lowest)} there, and pays with "
            f"{percent(exact.width / wilson.width - 1)} more width; it stands beside Wilson's where crimes are "
            f"few. Wilson's price: with {whole(small.recorded)} crimes it falls to {percent(small.lowest)} at "
            f"a true rate of {percent(small.lowest_at)}, and its misses are uneven, wholly above the truth "
            f"{percent(small.too_high)} of the time and wholly below it {percent(small.too_low)}."
        ]
    )


def fixed_rate_words(found: FixedRateAgreement) -> Prose:
    """Return whether interval, test and funnel agree about a fixed rate."""
    return Prose(
        [
            f"Every count from 0 to {whole(found.recorded)} beside {whole(found.rates)} national rates, "
            f"{whole(found.pairs)} pairs: interval, score test and funnel limit disagree in "
            f"{whole(found.disagree)} of them."
        ]
    )


def rest_words(found: RestAgreement) -> Prose:
    """Return how far funnel and the comparison with the rest are apart, and which forces fall between."""
    largest = max(found.forces, key=lambda row: row.share)
    between = [row.force for row in found.forces if row.between]
    return Prose(
        [
            "The common rate contains the force, so its funnel z is smaller than its z against the rest, by the factor "
            f"1/√(1 − n/N) exactly: {largest.factor:.3f} for {largest.force}, with {percent(largest.share)} "
            f"of all crimes. The limit lies between the two z in {len(between)} of {len(found.forces)} forces"
            f"{': ' + listed(between) if between else ''}. The verdict on one force is that of the comparison with the "
            "rest; the funnel is for looking at all of them."
        ]
    )


def rest_table(found: RestAgreement) -> Table:
    """Return both z of the forces near the limit: the numbers of the figure."""
    rows = [
        (
            row.force,
            whole(row.recorded),
            percent(row.share),
            f"{row.factor:.4f}",
            f"{row.funnel_z:.3f}",
            f"{row.rest_z:.3f}",
            "yes" if row.between else "no",
        )
        for row in found.near
    ]
    columns = ["force", "crimes", "share of all", "1/√(1 − n/N)", "funnel z", "z against the rest", "limit between"]
    return Table(columns, rows)


def ranges_table(found: Ranges) -> Table:
    """Return the forces whose count is a range: the numbers of the figure, with the p-values over the range."""
    rows = [
        (
            row.force,
            count_of(row.low, row.high, row.recorded),
            percent_range(*row.rate),
            percent_range(*row.interval),
            p_range(*row.p),
            row.verdict,
            row.why_unknown or "some outcomes not published",
        )
        for row in found.forces
    ]
    return Table(["force", "charged", "possible rates", "95% interval", "p against the rest", "verdict", "why"], rows)


def ranges_words(found: Ranges) -> Prose:
    """Return what ranges do to verdicts, and which ones survive them."""
    rows = found.forces
    kept = [f"{row.force} ({row.verdict})" for row in rows if row.verdict != "depends"]
    return Prose(
        [
            f"Of {len(rows)} forces with a range {len(rows) - len(kept)} get no verdict: it depends on outcomes that "
            f"were not published. A range need not be fatal: {listed(kept)} keep one verdict over every possible count."
            f" None of the {len(rows)} takes part in the rate of the {found.exact} forces with exact counts."
        ]
    )


def open_table(rows: list[OpenCases]) -> Table:
    """Return each force with open cases: the verdict so far, and over all that the open cases could become."""
    cells = [
        (
            row.force,
            count_of(row.count, row.count, row.recorded),
            whole(row.still_open),
            percent_range(row.rate, row.rate_if_open),
            p_range(*row.p),
            row.so_far,
            p_range(*row.p_if_open),
            row.if_open,
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


def open_words(rows: list[OpenCases]) -> Prose:
    """Return how many verdicts the open cases could turn."""
    turned = [row for row in rows if row.so_far != row.if_open]
    lost = [row.force for row in turned if row.so_far != "not distinguishable"]
    also = f" Among them is {listed(lost)}, so far told from the rest." if lost else ""
    return Prose(
        [
            f"Carried through, the open cases would take the verdict from {len(turned)} of {len(rows)} forces.{also}",
            "That is the extreme case, all of one force's open cases charged and none of the others'. So reports print "
            "the verdict on the counts so far, and beside it how many cases are open and what they could make of the "
            "rate; the command estimate carries them through where it is asked to, with --open.",
        ]
    )


def second_opinion_table(rows: list[SecondOpinion]) -> Table:
    """Return numbers of the reports beside those of statsmodels, to six significant digits."""
    return Table(
        ["number", "call in statsmodels", "here", "statsmodels"],
        [(row.what, row.call, f"{row.ours:.6g}", f"{row.theirs:.6g}") for row in rows],
    )


def limits() -> Prose:
    """Return what this page does not show, one bullet each."""
    return Prose(
        [
            "Coverage and power are those of crimes that end independently of each other. Several crimes of one "
            "offender, or a change of practice, make the real uncertainty larger.",
            "The shares of ordinary forces accused are those of very many forces with normally distributed rates. With "
            "few forces the spread itself is uncertain, and one force that stands out widens Paule and Mandel's "
            "limits, which then accuse fewer than they promise.",
            "The limits say which rates are unusual. Why a rate is what it is, none of these figures says.",
        ],
        bullets=True,
    )


def made_from(found: MadeFrom) -> Prose:
    """Return what the page was made from: digests of the studies, version of the package."""
    studies = [f"study {study}, data sha256 {digest[:16]}" for study, digest in found.digests.items()]
    return Prose([f"{'; '.join(studies)}; charge-rates {found.version}.".replace("study", "Study", 1)])
