"""A page for every force: all that the studies of a batch and their official tables say of it."""

from importlib.metadata import version
from typing import Any

from markupsafe import Markup

from analysis.answer.profile import profile_force
from analysis.batch.jobs import Job
from analysis.counts.forces import Force, list_forces
from analysis.counts.releases import find_release
from analysis.presentation import mix, years
from analysis.presentation.formats import window
from analysis.presentation.profile_words import (
    by_verdict,
    letter,
    line,
    official_sentences,
    question_sentences,
    strip,
)
from analysis.results.force_profile import ForceProfile, JudgedRate, OfficialYear
from analysis.results.offence_mix import MixOfForce
from analysis.results.year_series import ForceOverYears
from analysis.site.explorer_page import year_name
from analysis.site.pages import prose_html, render

Links = dict[str, list[str]]
"""The reports that are there: {study: slugs}."""


def reported_forces(reports: Links) -> list[Force]:
    """Return the forces that have a report, by name.

    Examples
    --------
    >>> [force.name for force in reported_forces({"bbc-2016/8-71/charged": ["country", "kent"]})]
    ['Kent']
    """
    slugs = {slug for found in reports.values() for slug in found}
    return [force for force in sorted(list_forces(), key=lambda force: force.name) if force.slug in slugs]


def number_of_reports(force: Force, reports: Links) -> int:
    """Return how many reports of a force there are.

    Examples
    --------
    >>> number_of_reports(reported_forces({"a": ["kent"]})[0], {"a": ["kent"], "b": ["kent", "gwent"]})
    2
    """
    return sum(force.slug in slugs for slugs in reports.values())


def force_pages(job: Job) -> dict[str, str]:
    """Return the page of every force that has a report, by what follows the folder's name in its path.

    All are made in one go: the studies and tables that they share are read once.
    """
    reports, releases = job.parameters["studies"], job.parameters["releases"]
    return {
        f"/{force.slug}.html": _page(profile_force(force.name, list(reports), releases), reports)
        for force in reported_forces(reports)
    }


def _page(profile: ForceProfile, reports: Links) -> str:
    return render(
        "profile.html",
        profile=profile,
        mixes=[_mix(answer, profile, reports) for answer in profile.mixes],
        lines=[_study(rate, profile, reports) for rate in profile.rates],
        years=[_over_years(answer, profile) for answer in profile.over_years],
        official=[_official(year, profile) for year in profile.official],
        questions=[question_sentences(question, profile.force) for question in profile.questions],
        letter=letter(profile),
        up="../",
        version=version("charge-rates"),
    )


def _report(study: str, profile: ForceProfile, reports: Links) -> str | None:
    """Return the address of a force's report in a study; None where it was not made."""
    return f"../{study}/{profile.slug}.html" if profile.slug in reports.get(study, []) else None


def _study(rate: JudgedRate, profile: ForceProfile, reports: Links) -> dict[str, Any]:
    drawn = strip(rate, profile.force)
    picture = Markup(drawn.html()) if rate.rate else ""  # Escaped where it is made.
    return {"line": line(rate), "href": _report(rate.study, profile, reports), "strip": picture}


def _mix(answer: MixOfForce, profile: ForceProfile, reports: Links) -> dict[str, Any]:
    days = answer.about.window
    study = f"{answer.release}/all/{answer.outcome}"
    return {
        "period": window(days.start, days.end),
        "text": prose_html(mix.finding(answer)),
        "href": _report(study, profile, reports),
    }


def _over_years(answer: ForceOverYears, profile: ForceProfile) -> dict[str, str | Markup]:
    study = f"{answer.series}/{answer.offence.replace('/', '-')}/{answer.outcome}"
    return {
        "title": answer.about.title,
        "text": prose_html(years.plain_finding(answer)),
        "href": f"../{study}/{profile.slug}.html",
    }


def _official(year: OfficialYear, profile: ForceProfile) -> dict[str, Any]:
    release = find_release(year.release)
    name = year_name(release)
    return {
        "release": year.release,
        "title": year.title,
        "outcome": year.rates[0].outcome if year.rates else "",
        "period": window(release.window_start, release.window_end),
        "sentences": official_sentences(profile.force, year),
        "groups": [(heading, [_row(rate, profile, name) for rate in rates]) for heading, rates in by_verdict(year)],
    }


def _row(rate: JudgedRate, profile: ForceProfile, year: str) -> dict[str, Any]:
    """Return an offence of an official table: its strip, which leads to the explorer's answer, and its numbers."""
    shown, href = line(rate), _question(rate, profile, year)
    lines = [rate.offence, f"{shown.counted}, {shown.rate}", f"95% interval {shown.interval}", shown.verdict]
    named = {profile.force: rate.offence}
    drawn = strip(rate, profile.force).html(
        links={profile.force: href}, labels=named, lines={profile.force: lines}, ids={profile.force: _anchor(rate)}
    )
    return {"line": shown, "title": rate.offence, "strip": Markup(drawn), "href": href}  # Escaped where it is made.


def _anchor(rate: JudgedRate) -> str:
    return rate.study.replace("/", "_")


def _question(rate: JudgedRate, profile: ForceProfile, year: str) -> str:
    """Return the address at which the explorer answers a rate's question."""
    _, offence, outcome = rate.study.split("/")
    return f"../explore.html#{profile.slug}/{offence}/{outcome}/{year}"
