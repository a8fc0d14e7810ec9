"""The files in which reference managers take in what a page cites, and the whole bibliography."""

from __future__ import annotations

from edition.citations import csl
from edition.citations.formats import FORMATS, LISTED, LISTED_FORMATS, OWN
from edition.derived.links import sources_of
from edition.reading.site import Site

FILES = {f"data/references.{ending}": make for ending, (_, make) in FORMATS.items()}
"""The bibliography in each format, a source an entry, by path: how it is made of all sources."""


def files(site: Site) -> dict[str, str]:
    """Return the text of the files by path: the whole bibliography, and beside each page its own and its sources."""
    found = {path: make(list(csl.references(site).values())) for path, make in FILES.items()}
    for page in site.pages.values():
        items = [csl.references(site)[source.id] for source in sources_of(page, site)]
        for ending, (_, make) in FORMATS.items():
            found[f"{page.url}{OWN}.{ending}"] = make([csl.cited(page, site)])
            if items and ending in LISTED_FORMATS:
                found[f"{page.url}{LISTED}.{ending}"] = make(items)
    return found
