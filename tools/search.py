"""Measure search: this site's worker against the stock one it loads, on the same index; `make search`.

Prints for both, in one run: the time until the first answer, the median and
95th percentile from query to answer, how often the right page comes first,
bytes of worker and index as gzip, and the worker's heap. Queries are asked
letter by letter, as a reader types them, since each letter asks anew; then
each as a whole; of these, those that both answer are compared apart.
"""

from __future__ import annotations

import gzip
import statistics
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

from edition.derived.sources import load
from tools import browser
from tools.site import ROOT, serve

QUERIES = ROOT / "tests/queries"
WORKER = """async (base, own) => {
  const index = await (await fetch(new URL("search/search_index.json", base))).json();
  const worker = new Worker(new URL(own ? "assets/javascripts/search-worker.js" : "search/stock.js", base));
  const ask = (type, data) => new Promise((done, fail) => {
    worker.onmessage = event => done(event.data);
    worker.onerror = event => fail(new Error(event.message));
    setTimeout(() => fail(new Error(`no answer to ${data}`)), 20000);
    worker.postMessage({ type, data });
  });
  return { ask, setup: () => ask(0, { ...index, options: { suggest: false } }) };
}"""
"""Makes a worker, the site's own or the stock one, and returns how to set it up and to ask it."""
ASK = """async ({ base, own, queries }) => {
  const { ask, setup } = window.kept = await (WORKER)(base, own);
  const start = performance.now();
  await setup();
  await ask(2, "Nunpit");
  const ready = performance.now() - start;
  const result = { ready, typed: [], whole: [], answers: [] };
  for (const query of queries) {
    const letters = [...query];
    for (let end = 1; end <= letters.length; end++) {
      const asked = performance.now();
      await ask(2, letters.slice(0, end).join(""));
      result.typed.push(performance.now() - asked);
    }
  }
  for (const query of queries) {
    const asked = performance.now();
    const { items } = (await ask(2, query)).data;
    result.whole.push(performance.now() - asked);
    result.answers.push(items.map(group => group.reduce((a, b) => b.score > a.score ? b : a).location));
  }
  return result;
}""".replace("WORKER", WORKER)
HEAP = """async () => (await performance.measureUserAgentSpecificMemory()).breakdown
  .filter(part => part.attribution.some(each => each.scope === "DedicatedWorkerGlobalScope"))
  .reduce((sum, part) => sum + part.bytes, 0)"""
AT_ONCE = "--enable-blink-features=ForceEagerMeasureMemory"
"""Measures memory when asked, not at the next collection of garbage."""


def listed(name: str) -> list[dict[str, Any]]:
    """Return the queries of one list: `kind`, `query`, and `find`, the addresses that may come first.

    The lists keep the addresses with which they were written; what has moved since is sought where it went.
    """
    moved = load(str(ROOT / "docs")).moved
    rows = yaml.safe_load((QUERIES / f"{name}.yml").read_text("utf-8"))
    for row in rows:
        row["find"] = [f"{moved[place.rstrip('/')]}/" if place.rstrip("/") in moved else place for place in row["find"]]
    return rows


def right(found: list[str], wanted: list[str], among: int = 1) -> bool:
    """Tell whether one of the wanted addresses is among the first found, or nothing where nothing is wanted.

    An address without a section stands for its whole page.
    """
    if not wanted:
        return not found
    return any(each == place or each.split("#")[0] == place for each in found[:among] for place in wanted)


def measure(page: Page, address: str, own: bool, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Ask a worker all queries; return its times in milliseconds, its answers, and its heap in bytes."""
    queries = [row["query"] for row in rows]
    page.goto(address + "names.json")  # A page without a search of its own.
    result = page.evaluate(ASK, {"base": address, "own": own, "queries": queries})
    result["heap"] = page.evaluate(HEAP)
    return result


def size(*files: Path) -> int:
    """Return the bytes of files, each compressed with gzip."""
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)


def main() -> None:
    """Measure both workers on the built site and print the comparison."""
    site = ROOT / "site"
    lists = {name: listed(name) for name in ("own", "independent")}
    rows = [row for rows in lists.values() for row in rows]
    with serve(site, isolated=True) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=[*browser.ARGUMENTS, AT_ONCE])
        results = {
            "stock": measure(chromium.new_page(), address, False, rows),
            "own": measure(chromium.new_page(), address, True, rows),
        }
        chromium.close()
    index, names = site / "search/search_index.json", site / "names.json"
    (stock,) = (site / "assets/javascripts/workers").glob("search.*.js")
    ours = site / "assets/javascripts/search-worker.js"
    for name, result in results.items():
        print(f"{name}: first answer after {result['ready']:.0f} ms; heap {result['heap'] / 1e6:.1f} MB")
        for way in ("typed", "whole"):
            times = sorted(result[way])
            late = times[int(len(times) * 0.95)]
            print(f"    {way}: {statistics.median(times):.2f} ms (median), {late:.2f} ms (95th percentile)")
        start = 0
        for label, rows in lists.items():
            answers = list(zip(rows, result["answers"][start : start + len(rows)], strict=True))
            start += len(rows)
            first, third = (sum(right(found, row["find"], among) for row, found in answers) for among in (1, 3))
            print(f"    {label}.yml: right page first for {first} of {len(rows)}, among the first three for {third}")
    for result in results.values():
        # Where stock finds nothing it is quick to say so.
        answered = zip(result["whole"], *(each["answers"] for each in results.values()), strict=True)
        result["answered by both"] = [time for time, *answers in answered if all(answers)]
    for way, bound in (("typed", " (at most 1.5)"), ("whole", ""), ("answered by both", "")):
        own_median, stock_median = (statistics.median(results[name][way]) for name in ("own", "stock"))
        print(f"median of own to stock, {way}: {own_median / stock_median:.2f}{bound}")
    print(f"worker: {size(ours):,} bytes of our own (below 4,000) beside {size(stock):,} of the stock worker")
    print(f"index: {size(index, names) / size(index):.3f} of stock, {size(index, names):,} bytes (at most 1.25)")


if __name__ == "__main__":
    main()
