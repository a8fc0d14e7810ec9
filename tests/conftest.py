"""The built site, served under a sub-path, and a browser: made once a run."""

import pytest
from playwright.sync_api import sync_playwright

from tests import browser as browsers
from tests.site import copy_source, run_engine, serve


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, built by MkDocs for a sub-path."""
    folder = copy_source(tmp_path_factory.mktemp("source") / "site")
    result = run_engine("mkdocs", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


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
