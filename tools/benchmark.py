"""Measure the build of this site against stock Material, with today's pages and with ten times the entries.

Prints seconds and ratios, measured in one run on one machine; `make benchmark`.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import yaml

from edition.records import CONCEPTS, ENTRY_FOLDERS
from tools.site import copy_source, run_engine

COPIES = 9
LOOKS = "theme: {name: material, font: false}\nplugins: [search]\n"
STOCK = """\
site_name: Stock
markdown_extensions: [abbr, attr_list, def_list, md_in_html, pymdownx.bracketspan, tables, {toc: {permalink: true}}]
"""


def seconds(folder: Path) -> float:
    """Return the time of the faster of two builds; raise RuntimeError if one fails."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        result = run_engine("mkdocs", folder)
        times.append(time.perf_counter() - start)
        if result.returncode:
            raise RuntimeError(result.stdout + result.stderr)
    return min(times)


def stock(folder: Path, looks: str = LOOKS) -> Path:
    """Turn the pages as built into plain Markdown files under stock Material: the same pages without our engine.

    `looks` are the settings of theme and plugins.
    """
    from edition.derived.sources import load
    from edition.pages import compose

    docs = folder / "docs"
    site = load(str(docs))
    texts = {path: compose.page(page, site, derived=True) for path, page in site.pages.items()}
    for path, text in texts.items():
        (docs / path).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(STOCK + looks, "utf-8")
    shutil.rmtree(folder / "overrides")
    return folder


def multiplied(folder: Path) -> Path:
    """Copy every entry under other names, ids and titles, nine times."""
    docs = folder / "docs"
    pages = [path for folder in ENTRY_FOLDERS for path in (docs / folder).glob("*.md") if path.name != "index.md"]
    ids = {path.stem for path in pages}
    for number in range(2, COPIES + 2):
        for path in pages:
            text = copied(path.read_text("utf-8"), ids, number)
            (path.parent / f"{path.stem}-copy{number}.md").write_text(text, "utf-8")
    # What the glossary dates of an entry it dates of the copies, too.
    glossary = docs / CONCEPTS
    told = re.sub(
        r"(?m)^( +also: \[)(.*)(\])$",
        lambda m: m[1] + ", ".join([m[2], *(f"{m[2].split(', ')[0]}-copy{n}" for n in range(2, COPIES + 2))]) + m[3],
        glossary.read_text("utf-8"),
    )
    glossary.write_text(told, "utf-8")
    return folder


def copied(text: str, ids: set[str], number: int) -> str:
    """Return a page's text with its names, claims and references turned into those of copy `number`."""
    _, front, body = text.split("---\n", 2)
    record = yaml.safe_load(front)
    record["title"] += f" copy {number}"
    for claim in record.get("claims", []):
        claim["id"] += f"-copy{number}"
    for name in record.get("names", []):
        name["text"] += f" {number}"
        if "shared_with" in name:
            name["shared_with"] += f"-copy{number}"
    for tie in record.get("relations", []):
        if "to" in tie:
            tie["to"] += f"-copy{number}"
    for event in record.get("events", []):
        event["also"] = [f"{other}-copy{number}" for other in event.get("also", [])]
    body = re.sub(r"([\w-]+)\.md", lambda m: f"{m[1]}-copy{number}.md" if m[1] in ids else m[0], body)
    return f"---\n{yaml.safe_dump(record, sort_keys=False, allow_unicode=True)}---\n{body}"


def main() -> int:
    """Build four sites, print their times and ratios; return 1 if a ratio is above its bound."""
    status = 0
    with tempfile.TemporaryDirectory() as name:
        for what, bound, grown in (("today", 1.5, lambda folder: folder), ("ten times the entries", 1.6, multiplied)):
            ours = grown(copy_source(Path(name) / f"ours, {what}"))
            plain = stock(grown(copy_source(Path(name) / f"stock, {what}")))
            number = len(list((ours / "docs").rglob("*.md")))
            own, theirs = seconds(ours), seconds(plain)
            print(f"{what}, {number} pages: {own:.2f} s, {1000 * own / number:.1f} ms a page", end="; ")
            print(f"stock Material {theirs:.2f} s; ratio {own / theirs:.2f} (at most {bound})")
            status |= own / theirs > bound
    return status


if __name__ == "__main__":
    sys.exit(main())
