"""The built site, served under a sub-path, and a browser: made once a run."""

import re

import pytest
from playwright.sync_api import sync_playwright

from edition.derived.sources import configured
from tools import browser as browsers
from tools.site import ADDRESS, ROOT, copy_source, run_engine, serve


def pytest_configure(config):
    """Find or install the browser once, before the workers start: two at a time would bar each other's way."""
    if not hasattr(config, "workerinput"):
        try:
            browsers.executable()
        except RuntimeError as error:
            pytest.exit(str(error), returncode=1)


@pytest.fixture(scope="session")
def edition():
    """The site's records, with the address and the name of the built site."""
    return configured({"docs_dir": ROOT / "docs", "site_url": ADDRESS, "site_name": "AI in North Korea"})


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the site, built by MkDocs for a sub-path, and what the build printed."""
    folder = copy_source(tmp_path_factory.mktemp("source") / "site")
    result = run_engine("mkdocs", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site", result.stderr


@pytest.fixture(scope="session")
def site(built):
    """The folder of the site, built by MkDocs for a sub-path."""
    return built[0]


@pytest.fixture(scope="session")
def address(site):
    """The address at which the site is served, ending in a slash."""
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
def visit(browser, address):
    """Return a function that opens a page as a new reader and tells what went wrong in it."""
    contexts = []

    def open_page(path, *, at=address, width=1440, scheme="light", scripts=True, **options):
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
