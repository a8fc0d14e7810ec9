"""CSL-JSON: each source and each page of the site as an item, and what reads items.

An item's keys are the variables of the Citation Style Language, 1.0.2:
https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from edition.derived.sources import Source
from edition.reading.pages import Page
from edition.reading.site import Site, once
from edition.records import Body, Person
from edition.text import web_address

LABEL = "CSL-JSON"
"""What readers see as the name of the format."""

TYPES = {
    "policy-article": "report",
    "report": "report",
    "newspaper-article": "article-newspaper",
    "news-report": "article-newspaper",
    **dict.fromkeys(("web-page", "blog-post", "forum-post", "press-release"), "webpage"),
    "dictionary": "book",
    "encyclopedia-article": "entry-encyclopedia",
}
"""Types of CSL by those of the records."""

Item = dict[str, Any]
"""A source or a page: values by variable."""


def title(source: Source) -> str:
    """Return the title under which a source is cited: its own where known, a description in brackets."""
    own = [name.text for name in source.names if name.of == "title" and name.system == "korean"]
    return own[0] if own else f"[{source.work}]" if source.described else source.work


def author(record: Person | Body) -> dict[str, str]:
    """Return a person or a body on record as an author of an item."""
    if isinstance(record, Body):
        return {"literal": record.name}
    return {"family": record.family, **({"given": record.given} if record.given else {})}


def source(page: Page) -> Item:
    """Return a source as an item; its id is the page's name.

    A date that was inferred is uncertain (`circa`).
    """
    record: Source = page.record
    kind = TYPES[record.type]
    in_series = kind in ("report", "book")
    item = {
        "id": page.id,
        "type": kind,
        "title": title(record),
        "author": list(map(author, record.by)),
        "collection-title" if in_series else "container-title": record.container,
        "publisher": record.publisher,
        "publisher-place": record.place,
        "collection-number" if in_series else "issue": record.issue,
        "page": record.pages.replace("–", "-"),
        "number": record.number,
        "issued": date(record.issued) or date(record.inferred, is_inferred=True),
        "accessed": date(record.accessed),
        "language": record.language,
        "URL": web_address(record.url),
        "source": record.seen and record.seen.at,
        "note": " ".join(remarks(record)),
    }
    return {key: value for key, value in item.items() if value}


def remarks(source: Source) -> Iterator[str]:
    """Yield what a reader of a source's citation needs to know and formats have no field for, each a sentence."""
    if title(source) not in (source.work, f"[{source.work}]"):
        yield f"In English: {source.work}."
    if source.english:
        yield f"In English (our rendering): {source.english}."
    if source.seen:
        yield f"Text {source.seen.way} {source.seen.at}."
    if source.inferred:
        yield f"Date inferred: {source.when}."


@once
def references(site: Site) -> dict[str, Item]:
    """Return every source as an item by its id."""
    return {page.id: source(page) for page in site.pages.values() if page.is_source}


def own(page: Page, site: Site) -> Item:
    """Return a page of this site as an item: a web page of the date of its last revision."""
    return {
        "id": page.path.removesuffix(".md").removesuffix("/index").replace("/", "-"),
        "type": "webpage",
        "title": page.title,
        "container-title": site.name,
        "issued": date(site.dates(page)[-1]),
        "language": "en",
        "URL": site.url(page.path),
    }


def cited(page: Page, site: Site) -> Item:
    """Return what a reader of a page cites: the source that the page stands for, else the page."""
    source = site.stands_for(page)
    return references(site)[source.id] if source else own(page, site)


def date(text: str, is_inferred: bool = False) -> dict | None:
    """Return an ISO date, cut to year or month where no more is known, as an item has it, None for no date."""
    if not text:
        return None
    return {"date-parts": [[int(part) for part in text.split("-")]], **({"circa": True} if is_inferred else {})}


def date_parts(item: Item, key: str = "issued") -> list[str]:
    """Return year, month and day of one of an item's dates, as far as they are known."""
    return [f"{part:02}" for part in item.get(key, {}).get("date-parts", [[]])[0]]


def is_uncertain(item: Item) -> bool:
    """Whether an item's date was inferred."""
    return "circa" in item.get("issued", {})


def names(item: Item) -> list[str]:
    """Return an item's authors, each with family name, comma, given name, or as a body's name."""
    return [each.get("literal") or ", ".join(each.values()) for each in item.get("author", [])]


def container(item: Item) -> str:
    """Return what an item appeared in, empty if nothing is named."""
    return item.get("container-title", item.get("collection-title", ""))


def issue(item: Item) -> str:
    """Return an item's issue, or its number in a series, empty if it has none."""
    return item.get("issue", item.get("collection-number", ""))


def pages(item: Item) -> tuple[str, str]:
    """Return an item's first and last page, either empty if it is not known."""
    first, _, last = item.get("page", "").partition("-")
    return first, last


def text(items: list[Item]) -> str:
    """Return items as a file."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
