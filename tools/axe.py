"""Check every page of the sitemap with axe-core in both schemes; `make axe`.

The tests check one page of each kind; this takes minutes and checks them all.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tools import browser
from tools.site import build, copy_source, pages, serve

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
"""All rules of axe for WCAG 2.0 to 2.2, A and AA, and best practices; none is switched off."""

SCHEMES = ("light", "dark")
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the scheme."""
SIZES = ["target-size", "scrollable-region-focusable", "meta-viewport", "region", "landmark-unique"]
"""The rules whose answer depends on the width, since a phone shows a drawer and stacked tables."""


def findings(page: Page, rules: list[str] | None = None) -> list[tuple[str, str]]:
    """Return what axe finds on an open page, by all rules or by some: rule and the beginning of the element."""
    asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    result = Axe().run(page, options={"runOnly": asked, "resultTypes": ["violations"]})
    return [(rule["id"], node["html"][:200]) for rule in result.response["violations"] for node in rule["nodes"]]


def main() -> int:
    """Build the site, print every finding on any page, return the exit status."""
    found = checked = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = build(copy_source(Path(name) / "source"))
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        with serve(site) as address:
            for scheme in SCHEMES:
                page = chromium.new_context(color_scheme=scheme, reduced_motion="reduce").new_page()
                for path in [*pages(site), "no/such/page"]:
                    page.goto(f"{address}{path}/" if path else address)
                    checked += 1
                    for rule, element in findings(page):
                        print(f"/{path} {scheme}: {rule}: {element}")
                        found += 1
        chromium.close()
    print(f"{checked} pages checked in {' and '.join(SCHEMES)}, {found} findings.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
