"""The page that answers any force, offence, outcome and year: all verdicts of some releases, packed into one file."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.answer.explorer import AnsweredStudy, answer_release, explored_groups, limits_of_few, open_explored
from analysis.answer.mix import find_mixes
from analysis.counts.forces import Force, list_forces
from analysis.counts.release import ALL_OFFENCES, Release, code_in_path
from analysis.counts.releases import (
    find_release,
    list_offences,
    list_outcomes,
    offence_title,
    open_release,
    read_sources,
)
from analysis.counts.studies import make_study_id, read_study
from analysis.errors import InputError
from analysis.presentation.explorer_words import explorer_words, mix_fields
from analysis.presentation.formats import percent, whole, window
from analysis.presentation.strip_shapes import LEAST_SCALE, MARGIN
from analysis.presentation.strips import empty_row
from analysis.site.packing import pack_count, pack_index, pack_rate
from analysis.site.pages import render

AMONG = [None, "higher", "lower", "not unusual", "too few", "depends on the open cases"]
REST = [None, "higher", "lower", "not distinguishable", "depends", "depends on the open cases"]
REST_WORDS = 8
"""Places for the words against the rest in the one character that holds both words."""
FEW = 300
"""Crimes recorded up to which a count's limits are looked up in one table for all years."""


def explorer_page(releases: Sequence[str], *, beside_reports: bool = False) -> str:
    """Return the page that answers every question of some official releases, data and script included.

    Parameters
    ----------
    releases : list of str
        Ids of official releases, each of another year.
    beside_reports : bool
        Whether the other pages of a batch lie beside it, to which it then leads.

    Raises
    ------
    InputError
        If a release is not known, not an official table, or of the same year as another.

    Examples
    --------
    >>> page = explorer_page(["home-office-2018-19"])
    >>> page.count('class="year"'), len(page) < 1_500_000
    (1, True)
    """
    found = [find_release(name) for name in dict.fromkeys(releases)]
    _refuse_same_year(found)
    for release in found:
        open_explored(release)
    titles = {code: title for release in found for code, title in _titles(release).items()}
    forces, years = list_forces(), [_year(release, titles) for release in found]
    outcomes = list_outcomes(found[0])
    words = explorer_words() | {
        "outcomes": [{"id": one.id, "label": one.label, "title": one.title} for one in outcomes],
        "open": "not-yet-assigned",
        "among": AMONG,
        "rest": REST,
        "scale": {"least": LEAST_SCALE, "margin": MARGIN},
        "small": {"most": FEW, "limits": _pack_small()},
        "offences": {code_in_path(code): _offence(code, title) for code, title in titles.items()},
        "forces": [{"name": one.name, "slug": one.slug, "names": _names(one)} for one in forces],
    }
    return render(
        "explore.html",
        years=years,
        words=_inline(words),
        row=Markup(empty_row()),
        outcomes=outcomes,
        forces=forces,
        offences=sorted(titles.items(), key=lambda item: item[1]),
        coverage=_coverage(years),
        beside_reports=beside_reports,
        up="",
        version=version("charge-rates"),
    )


def questions_to_ask(releases: Sequence[str], force: str) -> dict[str, Any] | None:
    """Return what a form offers that leads to the explorer's answers; None where there is no official release.

    Parameters
    ----------
    releases : list of str
        Ids of official releases, the earliest first.
    force : str
        The force that is chosen at first.

    Examples
    --------
    >>> asked = questions_to_ask(["home-office-2018-19"], "Gwent")
    >>> len(asked["forces"]), asked["offences"][0]["path"], asked["years"]
    (44, 'all', ['2018-19'])
    """
    found = [find_release(name) for name in releases]
    if not found:
        return None
    titles = {code: title for release in found for code, title in _titles(release).items()}
    codes = [ALL_OFFENCES, *sorted(titles.keys() - {ALL_OFFENCES}, key=lambda code: (titles[code], code))]
    return {
        "force": force,
        "forces": list_forces(),
        "offences": [{"path": code_in_path(code), "code": code, "title": titles[code]} for code in codes],
        "outcomes": list_outcomes(found[-1]),
        "years": list(map(year_name, found)),
    }


def write_explorer(releases: Sequence[str], output: str | Path) -> Path:
    """Write the explorer of some official releases as `explore.html` below `output`, and return its path."""
    page = explorer_page(releases)
    path = Path(output) / "explore.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    aside.write_text(page, encoding="utf-8")
    aside.replace(path)
    return path


def _refuse_same_year(releases: Sequence[Release]) -> None:
    """Refuse two official tables of one year, which an address could not tell apart."""
    first: dict[str, str] = {}
    for release in releases:
        if not open_release(release).every_offence:
            continue
        year = year_name(release)
        if first.setdefault(year, release.id) != release.id:
            raise InputError(f"{first[year]} and {release.id} are both of {year}: name one of them only")


def _titles(release: Release) -> dict[str, str]:
    """Return the title of each code and group that can be asked for, that of all offences together last."""
    groups = {group.id: group.title for group in explored_groups(release)}
    return list_offences(release) | groups | {ALL_OFFENCES: offence_title(release, ALL_OFFENCES)}


def _names(force: Force) -> list[str]:
    return [force.name, force.slug.replace("-", " "), *force.aliases]


def _coverage(years: Sequence[Mapping[str, Any]]) -> str:
    names = [year["year"] for year in years]
    return f"{', '.join(names)}: police recorded crimes of England and Wales and what became of them."


def _inline(value: object) -> Markup:
    """Return JSON as it may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _offence(code: str, title: str) -> dict[str, Any]:
    return {"code": code, "title": title, "lower": title[0].lower() + title[1:], "names": [title, code]}


def _year(release: Release, shown: Mapping[str, str]) -> dict[str, Any]:
    """Return a release as the page holds it: its packed data, and every offence's total for readers without scripts.

    An offence is described here only where its title is not the one that the page shows, which is another year's.
    """
    titles = _titles(release)
    reasons: dict[str, int] = {}
    offences, totals = [], []
    for code, studies in groupby(answer_release(release), key=lambda study: study.offence):
        pages = list(studies)
        own = {} if titles[code] == shown[code] else _offence(code, titles[code])
        offences.append({"path": code_in_path(code), **own, "data": _pack_offence(pages, reasons)})
        totals.append({"code": code, "title": titles[code], "text": _total(pages[0])})
    sources = read_sources({release.source} if release.source else set())
    data = {
        "year": year_name(release),
        "release": release.id,
        "window": window(release.window_start, release.window_end),
        "source": "; ".join(f"{one.publisher}: {one.title} ({one.licence})" for one in sources),
        "forces": list(range(len(list_forces()))),
        "reasons": list(reasons),
        "offences": offences,
        "mixes": [_mixes(release, outcome.id) for outcome in list_outcomes(release)],
    }
    return {"year": data["year"], "totals": totals, "data": _inline(data)}


def _mixes(release: Release, outcome: str) -> list[list[str] | None]:
    """Return what is said of each force's own mix of offences; None for a force that has no answer."""
    mixes = find_mixes(read_study(make_study_id(release.id, ALL_OFFENCES, outcome)))
    return [mix_fields(mixes[one.name]) if one.name in mixes else None for one in list_forces()]


def year_name(release: Release) -> str:
    """Return the financial year of a release as an address names it: `2018-19`."""
    return f"{(release.window_start or '')[:4]}-{(release.window_end or '')[2:4]}"


def _total(study: AnsweredStudy) -> str:
    if not study.compared:
        return "no crimes recorded"
    return f"{whole(study.count)} of {whole(study.compared)} charged ({percent(study.count / study.compared)})"


def _pack_offence(pages: list[AnsweredStudy], reasons: dict[str, int]) -> str:
    together = "".join(_pack_together(page, pages[0]) for page in pages)
    forces = range(len(pages[0].low))
    return together + "".join(_pack_force(pages, force, reasons) for force in forces)


def _pack_together(page: AnsweredStudy, first: AnsweredStudy) -> str:
    """Return what all forces show together; crimes that are as many as for the first outcome are packed as 0."""
    compared = 0 if page is not first and page.compared == first.compared else page.compared + 1
    usual = pack_index(0) if page.usual is None else pack_index(1) + "".join(map(pack_rate, page.usual))
    return pack_count(page.count) + pack_count(compared) + usual


def _pack_force(pages: list[AnsweredStudy], force: int, reasons: dict[str, int]) -> str:
    first = pages[0]
    if why := first.why_unknown[force]:
        return pack_count(1 + reasons.setdefault(why, len(reasons)))
    recorded, still_open = int(first.recorded[force]), first.open[force]
    head = pack_count(0) + pack_count(recorded) + pack_count(int(still_open) + 1 if still_open >= 0 else 0)
    texts, none_packed = [head, pack_index(int(first.screened[force]))], recorded <= FEW
    for page in pages:
        low, high = int(page.low[force]), int(page.high[force])
        words = AMONG.index(page.among[force]) * REST_WORDS + REST.index(page.rest[force])
        texts += [pack_count(low), pack_index(words)]
        if high == 0:
            texts += [] if none_packed else [pack_rate(page.wilson_high[force])]
            none_packed = True
        elif recorded > FEW:
            texts += [pack_rate(page.wilson_low[force])] if low else []
            texts += [pack_rate(page.wilson_high[force])] if high < recorded else []
    return "".join(texts)


def _pack_small() -> str:
    """Return the limits of every count of at most `FEW` crimes, which all years look up: those of 1 of 1 first.

    Of each number of crimes n come the lower limits of 1 to n, then the upper limits of 0 to n - 1; that of none is 0
    below, that of all is 1 above.
    """
    texts = []
    for recorded in range(1, FEW + 1):
        low, high = limits_of_few(recorded)
        texts += [pack_rate(limit) for limit in (*low[1:], *high[:-1])]
    return "".join(texts)
