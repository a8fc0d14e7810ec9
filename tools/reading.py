"""Measure how the entries read: what stands before the first answer, leads, sentences, shorthand, acronyms.

    python -m tools.reading [part of a path ...]

Prints a line a page and the medians, then what is out of the bounds of
`tools/reading.toml`. Exits with 1 if anything is.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from edition.derived.sources import load
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.text import is_paragraph

SETTINGS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
BOUNDS = SETTINGS["bounds"]
CITATION = re.compile(r"\s*\[(?:\\.|[^\]\\])*\]\((?:[^)]*sources/[\w-]+\.md|[^)]*#p\d+)\)[,;]?")
"""A citation as a page that is read has it: a link to a source or a paragraph."""
ACRONYM = re.compile(r"\b(?!(?:19|20)\d\d)(?=[A-Z0-9]*[A-Z][A-Z0-9]*[A-Z0-9])[A-Z][A-Z0-9]{1,6}\b")


def plain(text: str) -> str:
    """Return Markdown as a reader reads it, without citations, marks, headings and tables."""
    text = re.sub(r"(?m)^(?:#|\||\{:).*$", "", CITATION.sub("", text))
    text = re.sub(r"\[((?:\\.|[^\]\\])*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", text)
    return re.sub(r"[*_`]|<[^>]*>", "", text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a block without a stop is one."""
    blocks = re.split(r"\n\s*\n|\n(?=[-*] )", plain(text))
    return [each for block in blocks for each in re.split(r"(?<=[.!?”])\s+(?=[A-Z“])", " ".join(block.split())) if each]


@dataclass
class Reading:
    """What was measured of a page, in words, numbers or shares; `faults` are what is out of bounds."""

    path: str
    before: int
    lead: int
    long: float
    cited: float
    faults: list[str]


def before_others(page: Page, site: Site) -> int:
    """Return how many words stand before the first fact that another source than the article has; 0 in the lead."""

    def others(text: str) -> bool:
        return any(ref not in (site.article_id,) for ref in re.findall(r"sources/([\w-]+)\.md", text))

    if any(not is_paragraph(ref) and ref != site.article_id for ref in page.cites) or not others(page.body):
        return 0
    read = ""
    for block in re.split(r"\n\s*\n", page.body):
        if others(block):
            break
        read += " " + plain(block)
    return len(read.split())


def faults(page: Page) -> Iterator[str]:
    """Yield shorthand that is gone and acronyms without their long form."""
    text = plain(page.body)
    told = [text, *(event.text for event in page.events), *(claim.text for claim in page.claims)]
    told += [fact.text for fact in page.facts]
    for pattern in SETTINGS["gone"]:
        for each in told:
            if found := re.search(pattern, each):
                yield f"has {found[0]!r}: …{each[max(0, found.start() - 30) : found.end() + 20].strip()}…"
    for short in sorted({*ACRONYM.findall(text)} - {*SETTINGS["known"]}):
        if not re.search(rf"\({short}\b|\b{short} \(", text) and short not in {name.text for name in page.names}:
            yield f"has {short} without its long form"


def measured(page: Page, site: Site) -> Reading:
    """Return what is measured of a page."""
    lead, all_words = len(plain(page.lead).split()), len(page.body.split())
    told = sentences(page.body)
    long = [each for each in told if len(each.split()) > BOUNDS["sentence"]]
    share = len(long) / max(len(told), 1)
    found = Reading(page.path, before_others(page, site), lead, share, 0, list(faults(page)))
    found.cited = sum(len(each.split()) for each in CITATION.findall(page.body)) / max(all_words, 1)
    least, most = BOUNDS["lead"]
    if not least <= lead <= most:
        found.faults.append(f"has a lead of {lead} words; {least} to {most}")
    if found.before:
        found.faults.append(f"has {found.before} words before the first fact of another source than the article")
    if share > BOUNDS["long_sentences"]:
        found.faults.append(
            f"has {len(long)} of {len(told)} sentences over {BOUNDS['sentence']} words: {long[0][:60]}…"
        )
    return found


def main(parts: list[str]) -> int:
    """Print what is measured of the entries whose paths have one of the parts, of all without; return the status."""
    site = load("docs")
    found = [
        measured(page, site) for page in site.entries.values() if not parts or any(part in page.path for part in parts)
    ]
    print(f"{'page':58} before  lead  long  citations")
    for each in found:
        print(f"{each.path:58} {each.before:6} {each.lead:5} {each.long:5.0%} {each.cited:10.0%}")
    if found:
        middle = (median(getattr(each, key) for each in found) for key in ("before", "lead", "long", "cited"))
        print("{:58} {:6.0f} {:5.0f} {:5.0%} {:10.0%}".format("median", *middle))
    for each in found:
        for fault in each.faults:
            print(f"docs/{each.path}: {fault}")
    return 1 if any(each.faults for each in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
