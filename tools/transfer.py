"""Measure what a first view transfers: this site against stock Material and against the bare text; `make transfer`.

All three are built from the same text, served on this machine and opened in one run. Prints requests and bytes by type,
at load (what is asked for before the load event) and when idle (what is asked for after it, by nobody); each answer is
counted as it is sent, compressed with gzip. Fails above the bounds, which are in the messages.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tools import browser
from tools.benchmark import stock
from tools.site import build, copy_source, serve

PAGES = {
    "home": "",
    "entry": "projects/unbyol/",
    "prospect": "prospects/weapons/",
    "timeline": "timeline/",
}
"""A page of each kind that is measured: the prospect is of middling length, the timeline the longest page of all."""
BARE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head><body>{{ page.content }}</body></html>
"""
ENDS = {".css": "styles", ".js": "scripts", ".json": "data", ".svg": "pictures", ".png": "pictures", "/": "page"}
REST, REQUESTS, IDLE, SHARE = 14_000, 5, 16_000, 0.16


class View(NamedTuple):
    """What a first view asks for: requests and bytes by type, at load and when idle."""

    requests: Counter[str]
    bytes: Counter[str]
    idle_requests: Counter[str]
    idle_bytes: Counter[str]

    def rest(self) -> tuple[int, int]:
        """Return requests and bytes at load of everything but the page."""
        return self.requests.total() - self.requests["page"], self.bytes.total() - self.bytes["page"]

    def unasked(self) -> int:
        """Return all bytes that come unasked: stock Material fetches its index now before, now after the load event."""
        return self.bytes.total() + self.idle_bytes.total()


def kind(url: str) -> str:
    """Return the type of a request by the end of its address."""
    return next((label for end, label in ENDS.items() if url.partition("?")[0].endswith(end)), "other")


def bare(folder: Path) -> Path:
    """Turn the pages into plain Markdown files under a theme without style or script."""
    stock(folder, "theme: {name: null, custom_dir: bare}\nplugins: []\n")
    (folder / "bare").mkdir()
    (folder / "bare/main.html").write_text(BARE, "utf-8")
    return folder


def built(name: str, folder: Path) -> Path:
    """Build `ours`, `stock` or `bare` in a folder; return the site."""
    source = copy_source(folder / name)
    return build({"ours": lambda each: each, "stock": stock, "bare": bare}[name](source))


def first_view(chromium: Browser, address: str) -> View:
    """Open a page as a new reader, without touching it, until nothing more is asked for."""
    view = View(Counter(), Counter(), Counter(), Counter())
    page = chromium.new_context().new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="load")
    loaded = len(answers)
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(done => requestIdleCallback(done))")
    page.wait_for_load_state("networkidle")
    # The sign in the tab, which a browser without windows does not fetch.
    if sign := page.evaluate("document.querySelector('link[rel=icon]')?.href"):
        answers.insert(loaded, page.request.get(sign))
        loaded += 1
    for number, answer in enumerate(answers):
        requests, sizes = view[:2] if number < loaded else view[2:]
        body = answer.body()
        requests[kind(answer.url)] += 1
        sizes[kind(answer.url)] += len(body if answer.url.endswith(".png") else gzip.compress(body, 6))
    page.context.close()
    return view


def told(name: str, view: View) -> str:
    """Return what a view asks for as a line."""
    parts = [f"{label} {view.bytes[label]:,} B in {view.requests[label]}" for label in view.bytes]
    idle = [f"{label} {view.idle_bytes[label]:,} B in {view.idle_requests[label]}" for label in view.idle_bytes]
    return (
        f"{name:>6}: {view.requests.total()} requests, {view.bytes.total():,} B at load ({'; '.join(parts)})"
        f"{'; when idle ' + '; '.join(idle) if idle else '; nothing when idle'}"
    )


def faults(views: dict[str, dict[str, View]]) -> list[str]:
    """Return what is above the bounds, each a line."""
    found = []
    for name, by_site in views.items():
        ours = by_site["ours"]
        requests, size = ours.rest()
        if requests > REQUESTS or size > REST:
            limit = f"at most {REST:,} B and {REQUESTS} requests"
            found.append(f"{name}: beside the page {size:,} B in {requests} requests at load; {limit}")
        if ours.idle_requests.total() > 1 or ours.idle_bytes.total() > IDLE:
            idle = f"{ours.idle_bytes.total():,} B in {ours.idle_requests.total()} requests"
            found.append(f"{name}: {idle} when idle; at most one of {IDLE:,} B")
    share = views["entry"]["ours"].unasked() / views["entry"]["stock"].unasked()
    print(f"An entry, with what comes when idle: {share:.3f} of stock Material (at most {SHARE}).")
    if share > SHARE:
        found.append(f"entry: {share:.3f} of stock Material's bytes; at most {SHARE}")
    return found


def main() -> int:
    """Build the three sites, open the pages in each, print the comparison; return the exit status."""
    views: dict[str, dict[str, View]] = {name: {} for name in PAGES}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        for site in ("ours", "stock", "bare"):
            with serve(built(site, Path(folder))) as address:
                for name, path in PAGES.items():
                    views[name][site] = first_view(chromium, address + path)
        chromium.close()
    for name, by_site in views.items():
        print(f"{name}, /{PAGES[name]}")
        for site, view in by_site.items():
            print(told(site, view))
    found = faults(views)
    print("\n".join(found) or "Within all bounds.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
