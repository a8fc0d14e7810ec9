"""Which sources a page cites, and the files in which reference managers take them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from edition.citations import bibtex, csl, ris
from edition.citations.csl import Item
from edition.records import ARTICLE
from edition.sources import INDEX

if TYPE_CHECKING:
    from edition.site import Page, Site

FORMATS: dict[str, tuple[str, Callable[[list[Item]], str]]] = {
    "bib": (bibtex.LABEL, bibtex.text),
    "ris": (ris.LABEL, ris.text),
    "json": (csl.LABEL, csl.text),
}
"""Formats by the ending of their files, with the label that readers see: how a file is made of items."""
FILES = {f"data/references.{ending}": make for ending, (_, make) in FORMATS.items()}
"""The bibliography in each format, a source an entry, by path: how it is made of all sources."""
OWN, LISTED = "citation", "cited"
"""Names of the files beside a page: what a reader of it cites, and the sources that it cites itself."""
LISTED_FORMATS = ("bib", "ris")
"""Formats of the latter: those that reference managers take in."""


def sources_of(page: Page, site: Site) -> list[Page]:
    """Return the sources that a page cites, in the order of their labels; those of the overview of sources are all."""
    cited = {link.target for link in site.links[page.path] if link.is_citation}
    if page.path == INDEX:
        cited |= {f"sources/{id_}.md" for id_ in site.references}
    elif page.folder == "timeline":
        cited |= site.timeline_sources
    if ARTICLE in cited:
        cited.add(f"sources/{site.article_id}.md")
    found = (site.pages[path] for path in cited - {ARTICLE, page.path} if path in site.pages)
    return sorted(found, key=lambda source: source.meta["title"].casefold())


def files(site: Site) -> dict[str, str]:
    """Return the text of the files by path: the whole bibliography, and beside each page its own and its sources."""
    found = {path: make(list(site.references.values())) for path, make in FILES.items()}
    for page in site.pages.values():
        items = [site.references[source.id] for source in sources_of(page, site)]
        for ending, (_, make) in FORMATS.items():
            found[f"{page.url}{OWN}.{ending}"] = make([csl.cited(page, site)])
            if items and ending in LISTED_FORMATS:
                found[f"{page.url}{LISTED}.{ending}"] = make(items)
    return found
