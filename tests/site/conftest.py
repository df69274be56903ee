"""A real browser, and a small batch's site to open in it; both are made once."""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path

import pytest
from site_fixture import BBC, E8R, RADAR, VICTIM, YEARS

from analysis.counts.folder import IMPORTED_VARIABLE
from analysis.site.reports import run_reports
from official_years import import_fleiss

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def chromium() -> str:
    """Return the path of the browser; without one, say how to get it, and let nothing pass on CI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    reason = "no Chromium to open pages in; on Debian or Ubuntu: apt-get install chromium"
    if os.environ.get("CI"):
        pytest.fail(reason)
    return pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The folder of a batch: two studies whole, with their country reports, chosen forces of two others, and years."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    output = shared / "reports"
    with open(shared / "reports.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "done").exists():
            run_reports([RADAR, VICTIM], [], output, explorer=False, quiet=True)
            forces = ["Gwent", "Kent", "Gloucestershire"]
            assert run_reports([E8R, BBC], forces, output, explorer=False, quiet=True).status == 0
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(IMPORTED_VARIABLE, str(shared / "imported"))
                import_fleiss(shared)
                assert run_reports([YEARS], [], output, quiet=True).status == 0
            (output / "done").touch()
    return output


@pytest.fixture
def visit(browser, site):
    """A function that opens a page of the site in a fresh context and returns it."""
    with contextlib.ExitStack() as contexts:

        def visit(path: str, *, width: int = 1200, height: int = 900, folder: Path = site, **options):
            context = browser.new_context(viewport={"width": width, "height": height}, **options)
            contexts.callback(context.close)
            page = context.new_page()
            # A first page waits while others make reports; it loads in less than a second.
            page.set_default_timeout(30_000)
            page.said, page.asked_for = [], []
            page.on("console", lambda message: page.said.append(message.text))
            page.on("pageerror", lambda error: page.said.append(str(error)))
            page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
            page.on("request", lambda request: page.asked_for.append(request.url))
            page.goto(path if path.startswith("http") else (folder / path).as_uri())
            return page

        yield visit
