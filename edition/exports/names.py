"""What search knows beside the text of the pages: names of entries, sources and terms, and subjects of entries.

`assets/javascripts/search-worker.js` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from edition.reading.site import Site
from edition.records import LANGUAGES

NAME, SUBJECT = 1, 2
"""Kinds of words: a name, and one by which readers look for an entry, as is its field."""

Row = tuple[str, str, int, str]
"""Address below the site's root, words, kind, language."""


def rows(site: Site) -> Iterator[Row]:
    """Yield the words by which each page is found, page by page."""
    for page in site.pages.values():
        meta = page.meta
        yield from named(page.url, [name for name in meta.get("names", []) if name.get("of", "title") == "title"])
        field = [meta["field"].replace("-", " ")] if "field" in meta else []
        for word in [*meta.get("subjects", []), *field]:
            yield page.url, word, SUBJECT, "en"
        for term in meta.get("terms", []):
            address = f"{page.url}#{term['id']}"
            yield address, term["term"], NAME, "en"
            if "korean" in term:
                yield address, term["korean"], NAME, "ko"
            yield from named(address, site.outlets.get(term.get("outlet"), {}).get("names", []))


def named(address: str, names: list[dict]) -> Iterator[Row]:
    """Yield names on record, each in the language of its system."""
    return ((address, name["text"], NAME, LANGUAGES.get(name["system"], "en")) for name in names)


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
