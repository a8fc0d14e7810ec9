"""Measure what the first view of an entry page transfers: this site against stock Material on the same content.

Both are built and served on this machine and opened in one run; prints
requests and bytes by type, each answer compressed with gzip as hosts send
it; `make transfer`.
"""

from __future__ import annotations

import gzip
import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools import browser
from tools.benchmark import stock
from tools.site import copy_source, run_engine, serve

PAGE = "projects/unbyol/"
COMPRESSED_ALREADY = (".png", ".gz")


def kind(url: str) -> str:
    """Return the type of a request by the end of its address."""
    name = url.partition("?")[0]
    types = {".css": "styles", ".js": "scripts", ".json": "search index", ".png": "pictures", ".svg": "pictures"}
    return next((label for end, label in types.items() if name.endswith(end)), "page")


def first_view(chromium: Browser, site: Path) -> tuple[Counter[str], Counter[str]]:
    """Return requests and bytes by type of a first view, until nothing more is asked for."""
    requests: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    with serve(site) as address:
        page = chromium.new_context().new_page()
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address + PAGE, wait_until="networkidle")
        for answer in answers:
            body = answer.body()
            requests[kind(answer.url)] += 1
            sizes[kind(answer.url)] += len(body if answer.url.endswith(COMPRESSED_ALREADY) else gzip.compress(body, 6))
    return requests, sizes


def main() -> None:
    """Build both sites, open the page in each and print the comparison."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        views = []
        for folder in (copy_source(Path(name) / "ours"), stock(copy_source(Path(name) / "stock"))):
            result = run_engine("mkdocs", folder)
            if result.returncode:
                raise RuntimeError(result.stdout + result.stderr)
            views.append(first_view(chromium, folder / "site"))
        chromium.close()
    (requests, sizes), (stock_requests, stock_sizes) = views
    print(f"First view of {PAGE}, this site and stock Material with `font: false`:")
    for label in sorted({*sizes, *stock_sizes}):
        print(
            f"{label:>14}: {requests[label]} and {stock_requests[label]} requests, "
            f"{sizes[label]:,} and {stock_sizes[label]:,} bytes"
        )
    ours, theirs = sizes.total(), stock_sizes.total()
    print(
        f"{'all':>14}: {requests.total()} and {stock_requests.total()} requests, {ours:,} and {theirs:,} bytes; "
        f"ratio {ours / theirs:.3f} (at most 1)"
    )


if __name__ == "__main__":
    main()
