"""The links of each page, from its record and from its text, and what the page says where it links.

A link from a record is known from the record: what a claim, a name or a tie
rests on need not be read out of the page that is written from it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from edition import records
from edition.derived import dated, mentions
from edition.derived.sources import opening
from edition.language import html_spoken, korean_words
from edition.reading.pages import Page
from edition.reading.site import Site, once
from edition.records import Name, Relation, SourceName
from edition.text import is_paragraph

STRUCTURE = ["attr_list", "def_list", "md_in_html", "tables", "toc", "pymdownx.bracketspan"]
"""Markdown extensions that decide what is a link, an id or a language mark."""

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Link:
    """A link as the source writes it: `target` is a page path, `anchor` may be empty.

    `section` is the id of the heading above it, `text` what it bears, `said`
    what the page says there, as HTML (see `edition.derived.mentions`).
    """

    source: str
    href: str
    target: str
    anchor: str
    section: str
    text: str = ""
    said: str = ""

    @property
    def is_citation(self) -> bool:
        """Whether it cites a source or a paragraph of the article."""
        if self.target == records.ARTICLE:
            return is_paragraph(self.anchor)
        return self.target.startswith("sources/") and not self.target.endswith("/index.md")


def link_of(path: str, href: str, section: str = "") -> Link:
    """Return what an address on a page leads to."""
    address, _, anchor = href.partition("#")
    file = address.partition("?")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    return Link(path, href, target, anchor, section)


class _Capture(Treeprocessor):
    """Keep the finished element tree of the last conversion."""

    def run(self, root: Element) -> None:
        self.root = root


@lru_cache(maxsize=1)
def _structure_parser() -> tuple[markdown.Markdown, _Capture]:
    md = markdown.Markdown(extensions=STRUCTURE)
    capture = _Capture(md)
    md.treeprocessors.register(capture, "capture", -100)
    return md, capture


def parse(text: str) -> Element:
    """Return the element tree of Markdown text, addresses as the source writes them."""
    md, capture = _structure_parser()
    md.reset()
    capture.root = Element("div")  # An empty text is not converted.
    md.convert(text)
    return capture.root


@once
def trees(site: Site) -> dict[str, Element]:
    """Return the element tree of each page's text; the opening of a source's page is plain text."""
    texts = {path: opening(page.body)[1] if page.is_source else page.body for path, page in site.pages.items()}
    return {path: parse(text) for path, text in texts.items()}


@once
def anchors(site: Site) -> dict[str, set[str]]:
    """Return the ids on each page: of its text, and of claims, terms, persons and bodies in its record."""
    found = {}
    for path, tree in trees(site).items():
        page = site.pages[path]
        known = site.contributors if path == records.SOURCES else ()
        found[path] = {e.get("id") for e in tree.iter() if e.get("id")}
        found[path] |= {*known, *(each.id for each in [*page.claims, *page.terms])}
    return found


@once
def links(site: Site) -> dict[str, list[Link]]:
    """Return the links of each page that do not lead to another host: from its record, then from its text in order."""
    return {path: [*of_record(page, site), *in_text(site)[path]] for path, page in site.pages.items()}


@once
def in_text(site: Site) -> dict[str, list[Link]]:
    """Return the links in each page's body that do not lead to another host, in order."""
    return {path: _of_text(page, site) for path, page in site.pages.items()}


def _of_text(page: Page, site: Site) -> list[Link]:
    """Return the links in a page's body."""
    tree = trees(site)[page.path]
    found, section = {}, ""
    for element in tree.iter():
        if element.tag in HEADINGS:
            section = element.get("id", "")
        href = element.get("href", "") if element.tag == "a" else ""
        if href and "://" not in href and not href.startswith(("mailto:", "//")):
            found[element] = link_of(page.path, href, section)
            found[element].text = " ".join("".join(element.itertext()).split())
    said = mentions.sayings(tree, lambda anchor: anchor in found and _is_mark(found[anchor], site))
    for element, link in found.items():
        link.said = said.get(element, "")
    return list(found.values())


def _is_mark(link: Link, site: Site) -> bool:
    """Whether a link is a mark of citation, no word of its sentence: it bears a paragraph's sign or a label."""
    if not link.is_citation:
        return False
    source = site.pages.get(link.target)
    return link.text.startswith("¶" if link.anchor or source is None else source.title)


def of_record(page: Page, site: Site) -> Iterator[Link]:
    """Yield the links of a page's record, each with what the record says there."""

    def cites(refs: list[str], said: str, section: str = "") -> Iterator[Link]:
        for ref in refs:
            target, anchor = (records.ARTICLE, ref) if is_paragraph(ref) else (f"sources/{ref}.md", "")
            yield Link(page.path, ref, target, anchor, section, ref, korean_words(escape(said, False), html_spoken))

    for fact in page.facts:
        yield from cites(fact.cites, f"{records.FACTS[fact.kind]}: {fact.text}")
    for tie in page.relations:
        other = site.entries.get(tie.to)
        said = told(tie, other.title if other else tie.name)
        yield from cites(tie.cites, said)
        if other:
            yield Link(page.path, tie.to, other.path, "", "", other.title, escape(said, False))
    names = page.names
    if page.is_source:
        names = site.outlet_names(page.record.outlet) + names
    for name in names:
        note = f" ({name.note})" if name.note else ""
        yield from cites([name.source] if name.source else [], f"{label(name, site)}: {name.text}{note}")
    for claim in page.claims:
        kind = site.vocabulary.claim_kinds[claim.kind]
        yield from cites([f"p{claim.paragraph}"], f"{kind} – {claim.text}")
        for key in records.EVIDENCE if claim.since else ():
            yield from cites(getattr(claim.since, key), f"{kind}, {claim.since.state}: {claim.text}")
    for result in page.tournaments:
        yield from cites(result.cites, dated.told(result))
    for term in page.terms:
        yield from cites(term.cites, term.definition, term.id)
    if page.path == records.BOARD:
        for other in site.entries.values():
            for claim in other.claims:
                if claim.since:
                    told_by = [*claim.since.supports, *claim.since.contradicts]
                    yield from cites([f"p{claim.paragraph}", *told_by], "")


def told(tie: Relation, end: str) -> str:
    """Return a relation in words: what the other end is, with its certainty and a note."""
    remarks = "; ".join(filter(None, [tie.standing, tie.note]))
    return f"{records.RELATION_KINDS[tie.kind]}: {end}" + (f" ({remarks})" if remarks else "")


def label(name: Name, site: Site) -> str:
    """Return how a name is written, with the part of a source that it names and its status unless confirmed."""
    label = site.vocabulary.label(name.system)
    if isinstance(name, SourceName):
        label = f"{records.NAMED_PARTS[name.of]}: {label}"
    return label if name.status == "confirmed" else f"{label} ({name.status})"


@once
def backlinks(site: Site) -> dict[str, list[Link]]:
    """Return links to each page from others that state something, by target path.

    Overviews list everything, so a link from one says nothing.
    """
    result: dict[str, list[Link]] = {}
    for path, found in links(site).items():
        if not site.pages[path].is_overview:
            for link in found:
                if link.target != path:
                    result.setdefault(link.target, []).append(link)
    return result


def sources_of(page: Page, site: Site) -> list[Page]:
    """Return the sources that a page cites, in the order of their labels; those of the overview of sources are all."""
    cited = {link.target for link in links(site)[page.path] if link.is_citation}
    if page.path == records.SOURCES:
        cited |= {other.path for other in site.pages.values() if other.is_source}
    elif page.path == records.TIMELINE:
        cited |= dated.sources(site)
    if records.ARTICLE in cited:
        cited.add(f"sources/{site.article_id}.md")
    found = (site.pages[path] for path in cited - {records.ARTICLE, page.path} if path in site.pages)
    return sorted(found, key=lambda source: source.title.casefold())
