"""The specimen and the real site, each built once a run and served under a sub-path, and a browser.

What the engine does is tested on the specimen, a small edition of an article
that was made up (`sample/`), so that no entry added to the site breaks a test.
`test_real.py` alone looks at the real site.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from edition.derived.sources import configured
from tests.built import REPOSITORY
from tools import browser as browsers
from tools.site import ADDRESS, SAMPLE, copy_source, copy_specimen, run_engine, serve

NAME = "Translation in Freedonia"
"""The specimen's name in its settings."""


def pytest_configure(config):
    """Find or install the browser once, before the workers start: two at a time would bar each other's way."""
    if not hasattr(config, "workerinput"):
        try:
            browsers.executable()
        except RuntimeError as error:
            pytest.exit(str(error), returncode=1)


def once(factory, name: str, copy: Callable[[Path], Path], **environment: str) -> tuple[Path, str]:
    """Build a site in the folder that all workers of a run share, unless one did; return folder and output."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, told = shared / name, shared / f"{name}.txt"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(folder, ignore_errors=True)  # What a build that failed left behind.
            result = run_engine("mkdocs", copy(folder), **environment)
            assert result.returncode == 0, result.stdout + result.stderr
            told.write_text(result.stderr, "utf-8")
    return folder / "site", told.read_text("utf-8")


@pytest.fixture(scope="session")
def specimen(tmp_path_factory):
    """The folder of the specimen, built by MkDocs for a sub-path: most tests look at this one."""
    return once(tmp_path_factory, "specimen", copy_specimen, REPOSITORY_URL=REPOSITORY)[0]


@pytest.fixture(scope="session")
def specimen_address(specimen):
    """The address at which the specimen is served, ending in a slash."""
    with serve(specimen) as url:
        yield url


@pytest.fixture(scope="session")
def edition():
    """The specimen's records, with the address and the name of the built site."""
    return configured({"docs_dir": SAMPLE / "docs", "site_url": ADDRESS, "site_name": NAME, "site_description": ""})


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the real site, built by MkDocs for a sub-path, and what the build printed."""
    return once(tmp_path_factory, "real", copy_source)


@pytest.fixture(scope="session")
def site(built):
    """The folder of the real site."""
    return built[0]


@pytest.fixture(scope="session")
def address(site):
    """The address at which the real site is served, ending in a slash."""
    with serve(site) as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    """A running Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browsers.executable(), args=browsers.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, specimen_address):
    """Return a function that opens a page as a new reader and tells what went wrong in it."""
    contexts = []

    def open_page(path, *, at=specimen_address, width=1440, scheme="light", scripts=True, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        origin = re.match(r"\w+://[^/]+", at)[0]
        page.faults = []
        page.on(
            "console",
            lambda message: page.faults.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                page.faults.append(f"left the site: {request.url}") if not request.url.startswith(origin) else None
            ),
        )
        page.goto(at + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


ANSWER = """query => new Promise((done, fail) => {
  const field = document.querySelector(".ed-search input"), found = document.querySelector(".ed-found");
  setTimeout(() => fail(new Error(`no answer to ${JSON.stringify(query)}`)), 20000);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    setTimeout(() => done([...found.querySelectorAll("[role=option]")].map(link => link.href)));
  }).observe(found.querySelector("[role=status]"), { childList: true });
  field.value = query;
  field.dispatchEvent(new Event("input"));
})"""
"""Puts a query into the field as an input method does, without keys; returns the address of each result."""


@pytest.fixture
def dialog(visit, specimen_address):
    """Return a function that opens search on a page; `page.ask` puts a query and returns the addresses found."""

    def open_dialog(at=specimen_address, **options):
        page = visit("about/", at=at, **options)
        page.keyboard.press("/")
        page.locator(".ed-found:not([aria-busy])").wait_for(state="attached")
        page.ask = lambda query: [
            re.sub(r"[?][^#]*", "", found.removeprefix(at)) for found in page.evaluate(ANSWER, query)
        ]
        return page

    return open_dialog
