"""How often verdicts are false, in words and tables of the notebook on methods. Nothing is computed here."""

from analysis.presentation.formats import percent, whole
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.results.verdict_checks import LimitsTried, SimulatedPages, SizeOfTests


def sizes_table(rows: list[SizeOfTests]) -> Table:
    """Return how often each test calls an ordinary force higher, one number of crimes a row."""
    cells = [
        (
            whole(row.recorded),
            *(percent(one) for one in (row.mid_p_mean, row.mid_p_worst, row.score_mean, row.score_worst)),
        )
        for row in rows
    ]
    return Table(["crimes", "mid-P, mean", "mid-P, worst", "score, mean", "score, worst"], cells)


def sizes_words(rows: list[SizeOfTests]) -> Prose:
    """Return why mid-P decides, and not the score test."""
    fewest, most = rows[0], rows[-1]
    return Prose(
        [
            "A test at 5% promises to call an ordinary force higher 2.5% of the time at most. With "
            f"{whole(fewest.recorded)} crimes the score test does so up to {percent(fewest.score_worst)} of the time, "
            f"the mid-P test up to {percent(fewest.mid_p_worst)}. Mid-P keeps the promise on average over these rates, "
            f"and breaks it at the worst ones, by less the more crimes: up to {percent(most.mid_p_worst)} with "
            f"{whole(most.recorded)}. It breaks it far less than the score test, so it decides every verdict, and the "
            "score test stands beside it."
        ]
    )


def pages_table(found: SimulatedPages) -> Table:
    """Return what either kind of limits does on simulated pages."""
    rows = [(one.name, percent(one.outside, 0), _low_found(one)) for one in found.limits]
    return Table(["95% limits", "ordinary forces outside", "pages on which a force 3 deviations low is found"], rows)


def _low_found(limits: LimitsTried) -> str:
    return f"{percent(limits.low_found, 0)} ({_between(limits.low_found_interval)})"


def _between(interval: tuple[float, float]) -> str:
    low, high = (percent(end, 0) for end in interval)
    return f"{low} to {high}"


def pages_words(found: SimulatedPages) -> Prose:
    """Return what the limits among forces promise, and what a headline does."""
    skewed, symmetric = found.limits
    return Prose(
        [
            f"{found.pages} pages of {found.forces} ordinary forces, with the sizes and the spread of {found.study}: "
            f"{percent(skewed.outside, 0)} of them lie outside the 95% limits of the beta-binomial fitted to the "
            f"others, and {percent(symmetric.outside, 0)} outside symmetric ones. A force three standard deviations "
            f"low is found on {_low_found(skewed)} of pages by the one and on {_low_found(symmetric)} by the other, "
            f"with the 95% intervals that {found.pages} pages give: rates near zero are not symmetric, and symmetric "
            "limits miss a low force more often.",
            f"A headline would name an ordinary force on {found.named} of these {found.pages} pages (95% interval "
            f"{_between(found.named_interval)}). In larger simulations, with forces' own rates beta-binomial or "
            "logit-normal, that is 2.4% to 5.0% of pages, up to 9% where few forces are large, and more where the "
            "forces' rates have heavier tails.",
        ]
    )
