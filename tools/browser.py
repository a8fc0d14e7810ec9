"""Find or get a browser for the tests and for what measures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without windows: it takes a third of the time."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

# Containers run as root and without a GPU; the rest keeps the browser from calling its maker's hosts.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed() -> str | None:
    """Return the path of an installed Chromium or Chrome."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (str(MAC) if MAC.exists() else None)


def downloaded() -> str | None:
    """Return the path of Playwright's own Chromium, if it has been downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(*command: str) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


@lru_cache(maxsize=1)
def executable() -> str:
    """Return the path of a browser, installing one where that is possible.

    Tried in order: an installed Chromium or Chrome, Debian's package,
    Playwright's own download. Raises RuntimeError, saying in one line what to
    install, if none of them works.
    """
    if path := installed() or downloaded():
        return path
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Debian's chromium for the browser tests ...", file=sys.stderr)
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _run("apt-get", "update")
        if any(_run("apt-get", "install", "--yes", package) for package in (SHELL, "chromium")) and (
            path := installed()
        ):
            return path
    print("Downloading Playwright's Chromium for the browser tests ...", file=sys.stderr)
    if _run(sys.executable, "-m", "playwright", "install", "chromium") and (path := downloaded()):
        return path
    raise RuntimeError("No browser for the tests: install Chromium or Google Chrome, then run `make test` again.")
