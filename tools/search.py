"""Measure search: this site's own against Material's worker, on the same pages; `make search`.

Prints for both, in one run: the time until the first answer, the median and
95th percentile from query to answer, how often the right page comes first,
and bytes of scripts and files as gzip. Queries are asked
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
STOCK = """async (base, worker) => {
  const index = await (await fetch(new URL("search/search_index.json", base))).json();
  const stock = new Worker(new URL(worker, base));
  const send = (type, data) => new Promise((done, fail) => {
    stock.onmessage = event => done(event.data);
    stock.onerror = event => fail(new Error(event.message));
    setTimeout(() => fail(new Error(`no answer to ${data}`)), 20000);
    stock.postMessage({ type, data });
  });
  await send(0, { ...index, options: { suggest: false } });
  const best = group => group.reduce((a, b) => b.score > a.score ? b : a).location;
  return async query => (await send(2, query)).data.items.map(best);
}"""
"""Sets Material's worker up, and returns how it is asked: a query to the addresses found."""
OWN = """async base => {
  const { Index } = await import(new URL("assets/javascripts/search/index.js", base));
  const get = async path => (await fetch(new URL(`search/${path}.json`, base))).json();
  const names = await get("names"), index = new Index(names);
  for (const section of Object.keys(names.sections)) index.addText(await get(`text/${section}`));
  return async query => index.search(query).map(({ place }) => place.url);
}"""
"""The same for the site's own search."""
ASK = """async ({ base, worker, queries }) => {
  const start = performance.now();
  const ask = await (worker ? STOCK : OWN)(base, worker);
  await ask("Nunpit");
  const result = { ready: performance.now() - start, typed: [], whole: [], answers: [] };
  for (const query of queries) {
    const letters = [...query];
    for (let end = 1; end <= letters.length; end++) {
      const asked = performance.now();
      await ask(letters.slice(0, end).join(""));
      result.typed.push(performance.now() - asked);
    }
  }
  for (const query of queries) {
    const asked = performance.now();
    result.answers.push(await ask(query));
    result.whole.push(performance.now() - asked);
  }
  return result;
}""".replace("STOCK", f"({STOCK})").replace("OWN", f"({OWN})")


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


def measure(page: Page, address: str, worker: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Ask all queries, of a worker below the address or of the site's own search; return milliseconds and answers."""
    queries = [row["query"] for row in rows]
    page.goto(address + "robots.txt")  # Nothing there searches.
    return page.evaluate(ASK, {"base": address, "worker": worker, "queries": queries})


def size(*files: Path) -> int:
    """Return the bytes of files, each compressed with gzip."""
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)


def main() -> None:
    """Measure both workers on the built site and print the comparison."""
    site = ROOT / "site"
    lists = {name: listed(name) for name in ("own", "independent")}
    rows = [row for rows in lists.values() for row in rows]
    (stock,) = (site / "assets/javascripts/workers").glob("search.*.js")
    workers = {"stock": stock.relative_to(site).as_posix(), "own": ""}
    with serve(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        results = {name: measure(chromium.new_page(), address, worker, rows) for name, worker in workers.items()}
        chromium.close()
    for name, result in results.items():
        print(f"{name}: first answer after {result['ready']:.0f} ms")
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
    scripts = site / "assets/javascripts"
    ours = size(scripts / "search.js", *(scripts / "search").glob("*.js"))
    texts = size(*(site / "search/text").iterdir())
    print(f"scripts: {ours:,} bytes of our own, {size(stock):,} of the stock worker")
    print(f"names {size(site / 'search/names.json'):,} bytes, text {texts:,}, stock's index", end=" ")
    print(f"{size(site / 'search/search_index.json'):,}")


if __name__ == "__main__":
    main()
