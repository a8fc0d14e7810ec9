"""Measure a phone's first view with Lighthouse: this site against stock Material in turn; `make lighthouse`.

Needs npm, which fetches Lighthouse on demand. Prints the median of five runs a page and fails above the bounds, which
are in the messages.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import browser
from tools.site import serve
from tools.transfer import PAGES, built

LIGHTHOUSE = "lighthouse@12.8.2"
"""The last release that runs on Node 20."""
RUNS = 5
LCP, BLOCKED, BLOCKED_ON_TIMELINE = 0.65, 0, 100
METRICS = {"lcp": "largest-contentful-paint", "blocked": "total-blocking-time", "shift": "cumulative-layout-shift"}
CATEGORIES = ("accessibility", "best-practices", "seo")


def run(address: str) -> dict[str, float]:
    """Return the metrics of one run in milliseconds (`shift` without unit) and scores from 0 to 100.

    Where Lighthouse does not run, it ends with the reason.
    """
    flags = " ".join(["--headless=new", *browser.ARGUMENTS])
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(('performance', *CATEGORIES))}"]
    environment = {**os.environ, "CHROME_PATH": browser.executable()}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    try:
        report = json.loads(result.stdout)
    except ValueError:
        sys.exit(f"Lighthouse did not run: {(result.stderr or result.stdout).strip()[-500:]}")
    if error := report.get("runtimeError"):
        sys.exit(f"Lighthouse did not run: {error['message']}")
    found = {name: report["audits"][audit]["numericValue"] for name, audit in METRICS.items()}
    for name in CATEGORIES:
        category = report["categories"][name]
        found[name] = round(100 * (category["score"] or 0))
        for each in category["auditRefs"]:
            audit = report["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"    {address}: {name}: {audit['id']}: {audit['title']}")
    return found


def measured(addresses: dict[str, str]) -> dict[str, dict[str, float]]:
    """Return the median of each metric of some addresses by name, run in turn."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in addresses}
    for _ in range(RUNS):
        for name, address in addresses.items():
            runs[name].append(run(address))
    return {
        name: {each: statistics.median(one[each] for one in found) for each in found[0]} for name, found in runs.items()
    }


def faults(name: str, ours: dict[str, float], stock: dict[str, float]) -> list[str]:
    """Return what of a page is above the bounds, each a line."""
    found = []
    is_timeline = name == "timeline"
    if not is_timeline and ours["lcp"] > LCP * stock["lcp"]:
        found.append(f"{name}: largest contentful paint {ours['lcp'] / stock['lcp']:.2f} of stock; at most {LCP}")
    if ours["blocked"] > BLOCKED and not is_timeline:
        found.append(f"{name}: blocked for {ours['blocked']:.0f} ms; at most {BLOCKED}")
    if is_timeline and ours["blocked"] >= BLOCKED_ON_TIMELINE:
        found.append(f"{name}: blocked for {ours['blocked']:.0f} ms; below {BLOCKED_ON_TIMELINE}")
    if ours["shift"] > 0:
        found.append(f"{name}: shifts by {ours['shift']:.3f}; 0 is right")
    return found + [f"{name}: {each} {ours[each]:.0f}; 100 is right" for each in CATEGORIES if ours[each] < 100]


def main() -> int:
    """Measure the pages of both sites and print the comparison; return the exit status."""
    if not shutil.which("npx"):
        print("npx is missing: install Node 20 or later with npm.")
        return 1
    found = []
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(built("ours", Path(folder))) as ours,
        serve(built("stock", Path(folder))) as stock,
    ):
        for name, path in PAGES.items():
            median = measured({"ours": ours + path, "stock": stock + path})
            for site, each in median.items():
                scores = ", ".join(f"{category} {each[category]:.0f}" for category in CATEGORIES)
                print(
                    f"{name}, {site}: largest contentful paint {each['lcp'] / 1000:.2f} s, blocked "
                    f"{each['blocked']:.0f} ms, shift {each['shift']:.3f}; {scores}"
                )
            print(f"{name}: largest contentful paint {median['ours']['lcp'] / median['stock']['lcp']:.2f} of stock")
            found += faults(name, median["ours"], median["stock"])
    print("\n".join(found) or "Within all bounds.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
