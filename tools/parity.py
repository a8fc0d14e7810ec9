"""Compare, page by page, what MkDocs and Zensical build from the same source.

Prints every difference and exits with 1 if one is not listed, with its reason,
in parity.toml; a listed difference that no longer occurs is told as well.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree, html

from tools.site import ROOT, build, copy_source, pages

EXPORTED = (".bib", ".csv", ".json", ".md", ".ris", ".txt", ".xml")
ENGINES_OWN = ("search_index.json", "search.json", "sitemap.xml")
"""Files that each engine writes in its own way; what they say is compared."""
LISTED = Path(__file__).parent / "parity.toml"


def text(element: html.HtmlElement) -> list[str]:
    """Return the words of an element, block by block, without permalink signs."""
    for link in element.xpath(".//a[@class='headerlink']"):
        link.drop_tree()
    for block in element.xpath(".//p|.//li|.//td|.//th|.//dt|.//dd|.//h1|.//h2|.//h3|.//tr"):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in element.text_content().split("\n"))
    return [line for line in lines if line]


def describe(site: Path, name: str) -> dict[str, list[str]]:
    """Return what is compared of a page: each aspect as a list of lines, addresses relative to the root."""
    file = site / name
    tree = html.document_fromstring(file.read_text("utf-8"))
    main = tree.xpath("//article")[0]
    return {
        "title": tree.xpath("//title/text()"),
        "files loaded": [
            urljoin(f"/{name}", at) for at in tree.xpath("//script/@src | //link[@rel='stylesheet']/@href")
        ],
        "metadata": sorted(
            f"{e.get('name') or e.get('property')}={e.get('content')}"
            for e in tree.xpath("//head/meta[@name or @property]")
            if e.get("name") != "generator"
        )
        + tree.xpath("//link[@rel='canonical']/@href"),
        "JSON-LD": [
            json.dumps(node, ensure_ascii=False, sort_keys=True)
            for script in tree.xpath("//script[@type='application/ld+json']/text()")
            for node in json.loads(script)["@graph"]
        ],
        "heading ids": [f"{h.tag}#{h.get('id')}" for h in main.iter("h1", "h2", "h3", "h4")],
        "ids": sorted(main.xpath(".//@id")),
        "links": [urljoin(f"/{name}", href) for href in main.xpath(".//a[not(@class='headerlink')]/@href")],
        "languages": [f"{e.get('lang')}: {e.text_content()}" for e in main.xpath(".//*[@lang]")],
        "tooltips": [f"{e.text}: {e.get('title')}" for e in main.xpath(".//abbr")],
        "navigation": [
            " ".join(a.text_content().split())
            for a in tree.xpath("//a[ancestor::nav][not(contains(@class, 'headerlink'))]")
        ],
        "main text": text(main),
    }


def exports(site: Path) -> dict[str, list[str]]:
    """Return what is compared of the files that are not pages."""
    sitemap = etree.parse(site / "sitemap.xml")
    overrides = ROOT / "overrides"
    own = {file.relative_to(overrides).as_posix() for file in (overrides / "assets").rglob("*.*")}
    return {
        "sitemap": [" ".join(url.itertext()) for url in sitemap.getroot()],
        "own assets": sorted(f"{name} {(site / name).stat().st_size}" for name in own if (site / name).is_file()),
        "search index": search_index(site),
        "exports": [
            f"{file.relative_to(site).as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}"
            for file in sorted(site.rglob("*"))
            if file.suffix in EXPORTED and file.name not in ENGINES_OWN and not file.is_relative_to(site / "assets")
        ],
        "other files": sorted(
            file.relative_to(site).as_posix()
            for file in site.rglob("*")
            if file.is_file() and file.suffix != ".html" and not file.is_relative_to(site / "assets")
        ),
    }


def search_index(site: Path) -> list[str]:
    """Return what each engine's search index holds: one line a section."""
    mkdocs, zensical = site / "search/search_index.json", site / "search.json"
    items = (
        json.loads(mkdocs.read_text("utf-8"))["docs"]
        if mkdocs.is_file()
        else json.loads(zensical.read_text("utf-8"))["items"]
    )
    return sorted(f"{item['location']} {item['title']}: {' '.join(item['text'].split())}" for item in items)


def differences(left: dict[str, list[str]], right: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the lines that differ by aspect, `-` for MkDocs and `+` for Zensical."""
    result = {}
    for aspect in left:
        if left[aspect] != right[aspect]:
            lines = difflib.unified_diff(left[aspect], right[aspect], lineterm="", n=0)
            result[aspect] = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return result


def compare(mkdocs: Path, zensical: Path) -> dict[tuple[str, str], list[str]]:
    """Return all differences of two built sites, by address and aspect."""
    found: dict[tuple[str, str], list[str]] = {}
    left, right = pages(mkdocs), pages(zensical)
    if left != right:
        found["(site)", "pages"] = [f"- {p}" for p in left if p not in right] + [
            f"+ {p}" for p in right if p not in left
        ]
    for page in sorted(set(left) & set(right)):
        file = f"{page}/index.html" if page else "index.html"
        for aspect, lines in differences(describe(mkdocs, file), describe(zensical, file)).items():
            found[f"/{page}/" if page else "/", aspect] = lines
    for aspect, lines in differences(describe(mkdocs, "404.html"), describe(zensical, "404.html")).items():
        found["/404.html", aspect] = lines
    for aspect, lines in differences(exports(mkdocs), exports(zensical)).items():
        found["(site)", aspect] = lines
    return found


def main() -> int:
    """Build with both engines, print the differences, return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        sites = {engine: build(copy_source(Path(name) / engine), engine) for engine in ("mkdocs", "zensical")}
        found = compare(sites["mkdocs"], sites["zensical"])
        count = len(pages(sites["mkdocs"]))
    listed = tomllib.loads(LISTED.read_text("utf-8")).get("difference", []) if LISTED.is_file() else []
    used: Counter[int] = Counter()
    new = 0
    for (page, aspect), lines in found.items():
        for line in lines:
            match = next(
                (n for n, d in enumerate(listed) if d["aspect"] == aspect and re.fullmatch(d["line"], line)), None
            )
            if match is None:
                print(f"{page} {aspect}: {line}")
                new += 1
            else:
                used[match] += 1
    for number, difference in enumerate(listed):
        if used[number]:
            print(f"listed, {used[number]} times: {difference['aspect']}: {difference['reason']}")
        else:
            print(f"parity.toml lists a difference that does not occur; delete it: {difference}")
            new += 1
    print(f"{count} pages compared; {new} differences without a reason.")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
