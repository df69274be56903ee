"""What is shown of all forces of a study together: passages and tables, made from the answer.

Forces stand in the order of their names, because the order of raw rates is no ranking. Nothing is computed here.
"""

from analysis.presentation import prose, report_tables
from analysis.presentation.country_sentences import (
    finding_sentences,
    funnel_sentences,
    says_how_usual,
    spread_sentences,
)
from analysis.presentation.formats import (
    count_of,
    p_equals,
    p_range,
    p_value,
    percent,
    percent_range,
    whole,
)
from analysis.presentation.prose import Prose
from analysis.presentation.report_tables import Table
from analysis.presentation.verdict_words import among_forces, among_forces_p
from analysis.results.compared_forces import ComparedForce, ShrunkRate
from analysis.results.country_answer import CountryAnswer


def finding(answer: CountryAnswer) -> Prose:
    """Return what may be concluded about the forces, the finding first.

    Parameters
    ----------
    answer : CountryAnswer
        What `analysis.answer.answer_country` returns.

    Examples
    --------
    >>> from analysis.answer import answer_country
    >>> text = repr(finding(answer_country("home-office-2018-19", "8R", "charged")))
    >>> print(text.partition(":")[0])
    **No force is unusual beyond what chance and the usual differences give
    """
    return Prose(finding_sentences(answer), lead=True)


def force_table(answer: CountryAnswer) -> Table:
    """Return all forces in the order of their names: the numbers of the figure, and what was concluded of each.

    Columns that no force has an entry in are left out.
    """
    cells = [_force_cells(row) for row in answer.forces]
    shown = [name for name in cells[0] if any(cell[name] for cell in cells)]
    return Table(shown, [tuple(cell[name] for name in shown) for cell in cells])


def _force_cells(row: ComparedForce) -> dict[str, str]:
    known = row.has_rate
    shrunk = row.shrunk
    return {
        "force": row.force,
        "crimes with the outcome": count_of(*row.count.ends, row.recorded) if row.recorded else "",
        "rate": percent_range(*row.rate.ends) if known else "",
        "95% interval": percent_range(*row.wilson) if known else "",
        "against the rest": _rest_cell(row),
        "after Holm": "" if row.rest.p_holm is None else p_value(row.rest.p_holm),
        "among forces": _among_cell(row),
        "drawn towards the others (empirical Bayes)": "" if shrunk is None else _shrunk_cell(shrunk),
        "what is unknown": row.why_unknown or "",
    }


def _rest_cell(row: ComparedForce) -> str:
    verdict = row.verdict.rest
    if verdict is None:
        return ""
    p = p_range(*row.p_range).removeprefix("p = ").removeprefix("p ")
    return p if verdict == "not distinguishable" else f"{verdict}, {p}"


def _among_cell(row: ComparedForce) -> str:
    return ", ".join(filter(None, (among_forces(row), among_forces_p(row))))


def _shrunk_cell(shrunk: ShrunkRate) -> str:
    if shrunk.low is None:
        return percent(shrunk.mean)
    return f"{percent(shrunk.mean)} ({percent(shrunk.low)} to {percent(shrunk.high)})"


def spread(answer: CountryAnswer) -> Prose:
    """Return how much the forces differ beyond chance, and what a usual force is."""
    return Prose(spread_sentences(answer))


def beside_the_funnel(answer: CountryAnswer) -> Prose:
    """Return how to read the figure, and where it and the comparison with the rest say different things."""
    return Prose(funnel_sentences(answer))


def spread_table(answer: CountryAnswer) -> Table:
    """Return the numbers behind `spread`, with their names."""
    together, own = answer.country, answer.about.own_rates
    rows = [("forces with exact counts", whole(together.forces))]
    if together.forces:
        rows.append(("their crimes with the outcome", count_of(together.count, together.count, together.recorded)))
        rows.append(("their rate together", percent(together.rate, 2)))
    if together.national:
        rows.append(("national rate compared with", percent_range(*together.national.ends, 2)))
    if together.x2 is not None:
        rows.append(("X², sum of squared funnel z", f"{together.x2:.1f} (p {p_equals(together.x2_p)})"))
    if says_how_usual(answer):
        rows += [
            ("φ, X² for each force (about 1 by chance alone)", f"{together.phi:.2f}"),
            ("μ, mean of the forces' own rates", percent(together.mu, 2)),
            ("τ², variance of the forces' own rates (Paule and Mandel)", f"{together.tau2:.3g}"),
        ]
    if own:
        rows.append(("95% of the forces' own rates, μ ± 1.96 τ", percent_range(own.low, own.high, 2)))
    return Table(["what", "value"], rows)


def not_shown(answer: CountryAnswer) -> Prose:
    """Return what the figures cannot show, one bullet each: the study's limits, then those of the methods."""
    sentences = [
        *answer.about.limits,
        "The order of the raw rates is no ranking: with few crimes a rate is high or low by chance. The table is in "
        "the order of names.",
        "A force found by looking for the highest or lowest rate has no p-value of its own; only one that was named "
        "beforehand has.",
        "The figures do not say why forces differ: crimes, recording and the time to close a case differ too.",
    ]
    return Prose(sentences + _shrinkage_limits(answer), bullets=True)


def _shrinkage_limits(answer: CountryAnswer) -> list[str]:
    shrunk = [row.shrunk for row in answer.forces if row.shrunk]
    if not shrunk:
        return []
    if shrunk[0].low is None:
        sentence = (
            "Drawn towards the others, all forces have the common rate, without limits: by their likelihood the counts "
            "show no spread that can be told from chance"
        )
        other = "; the estimate of τ² above is another one, and with counts this small the two need not agree"
        return [f"{sentence}{other if answer.country.tau2 else ''}."]
    return [
        "The limits of the rates drawn towards the others are empirical Bayes: they take the spread between forces as "
        "known, though it is estimated from the same forces, and so are a little too narrow."
    ]


def source_table(answer: CountryAnswer) -> Table:
    """Return where the figures come from."""
    return report_tables.source_table_of(answer.about, answer.about.window)


def made_from(answer: CountryAnswer) -> Prose:
    """Return what the answer was made from: study, digest of its data, version of the package."""
    return prose.made_from_study(answer.about.study, answer.about)
