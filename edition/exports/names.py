"""What search knows beside the text of the pages: names of entries, sources and terms, and subjects of entries.

`assets/javascripts/search-worker.js` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from edition.reading.site import Site
from edition.records import Name

NAME, SUBJECT = 1, 2
"""Kinds of words: a name, and one by which readers look for an entry, as is its field."""

Row = tuple[str, str, int, str]
"""Address below the site's root, words, kind, language."""


def rows(site: Site) -> Iterator[Row]:
    """Yield the words by which each page is found, page by page."""
    for page in site.pages.values():
        yield from named(site, page.url, [name for name in page.names if getattr(name, "of", "title") == "title"])
        field = getattr(page.record, "field", "").replace("-", " ")
        for word in [*page.subjects, *filter(None, [field])]:
            yield page.url, word, SUBJECT, "en"
        for term in page.terms:
            address = f"{page.url}#{term.id}"
            yield address, term.term, NAME, "en"
            if term.korean:
                yield address, term.korean, NAME, "ko"
            yield from named(site, address, site.outlet_names(term.outlet))


def named(site: Site, address: str, names: list[Name]) -> Iterator[Row]:
    """Yield names on record, each in the language of its system."""
    return ((address, name.text, NAME, site.vocabulary.language_of(name.system) or "en") for name in names)


def text(site: Site) -> str:
    """Return the rows as a file, one a line, their words as HTML."""
    lines = (
        json.dumps([address, escape(words, quote=False), kind, language], ensure_ascii=False)
        for address, words, kind, language in rows(site)
    )
    return "[\n" + ",\n".join(lines) + "\n]\n"


def files(site: Site) -> dict[str, str]:
    """Return the text of the file by its path."""
    return {"names.json": text(site)}
