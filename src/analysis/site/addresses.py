"""What a page says of itself where it is known at which address it will stand: its canonical address and its card."""

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from analysis.batch.jobs import Job
from analysis.errors import InputError
from analysis.site.notebooks import QUESTION, files_name

FEED = "changes.atom"
"""Where, beside the first page, the feed of what moved between two publications is to be put."""
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LEAD = re.compile(r'<p class="lead"><strong>(.*?)</strong>|<div class="lead">\s*<p><strong>(.*?)</strong>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def read_base(text: str) -> str:
    """Return the address of a site as given, with a stroke at its end.

    Raises
    ------
    InputError
        If it is not an address of a page on the web, or has a query or a fragment.

    Examples
    --------
    >>> read_base("https://example.org/charge-rates")
    'https://example.org/charge-rates/'
    """
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s\"'<>?#]", text):
        raise InputError(f"--base-url {text!r} is not an address: write it like https://example.org/charge-rates/")
    return text.rstrip("/") + "/"


def with_addresses(jobs: Iterable[Job], base: str | None) -> list[Job]:
    """Return jobs that know the address of the site that they are made for; without one, as they are."""
    return [replace(job, site=base) for job in jobs] if base else list(jobs)


def page_address(job: Job, suffix: str = ".html") -> str | None:
    """Return the address of a job's file; None where the site has none.

    Examples
    --------
    >>> page_address(Job("", "first page", None, {}, "index", "", "https://example.org/"))
    'https://example.org/index.html'
    """
    return job.site + quote(f"{job.stem}{suffix}") if job.site else None


def cited_at(citation: str, job: Job) -> str:
    """Return a citation with the address of the page that it stands on, where that is known."""
    address = page_address(job)
    return f"{citation} {address}" if address else citation


def describe_page(page: str, job: Job, suffix: str) -> str:
    """Return a page that names its address and its card, with the picture of its study where it is of one.

    Parameters
    ----------
    page : str
        The whole page.
    job : Job
        What made it, with the address of the site.
    suffix : str
        What follows the job's stem in the path of the page.
    """
    title, before = TITLE.search(page), '<link rel="icon"'
    address = page_address(job, suffix)
    if address is None or title is None:
        return page
    tags = [Markup('<link rel="canonical" href="{}">').format(address)]
    card = {"type": "article", "url": address, "title": html.unescape(title[1])} | _told(page) | _picture(job)
    tags += [Markup('<meta property="og:{}" content="{}">').format(name, text) for name, text in card.items()]
    if job.stem == "index":
        tags.append(
            Markup('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">').format(
                "What moved since the last publication", FEED
            )
        )
    return page.replace(before, "\n".join([*tags, before]), 1)


def _told(page: str) -> dict[str, str]:
    """Return the sentence that leads a page, where it has one."""
    lead = LEAD.search(page)
    return {"description": html.unescape(TAG.sub("", lead[1] or lead[2]))} if lead else {}


def _picture(job: Job) -> dict[str, str]:
    """Return the address of the picture of a page's study, else of the article's; none where nothing is drawn."""
    from analysis.answer import compare_study  # Reads the figures, which a batch with nothing to do does without.
    from analysis.counts.series import is_series

    study = job.study or (QUESTION if QUESTION in job.parameters.get("studies", ()) else "")
    if not study or is_series(study) or not any(row.has_rate for row in compare_study(study).forces):
        return {}
    return {"image": f"{job.site}{quote(f'{study}/{files_name(study)}.png')}"}
