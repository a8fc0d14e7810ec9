"""Dublin Core, of what a reader of the page cites.

Zotero takes the kind of item from DC.type, in its own words for kinds, and
what an item appeared in from DC.source. EDTF writes an uncertain date with a
question mark: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

from edition.citations import csl
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import LICENCE

SCHEMAS = {"DC": "http://purl.org/dc/elements/1.1/", "DCTERMS": "http://purl.org/dc/terms/"}
"""The vocabularies by their prefixes."""
TYPES = {
    "policy-article": "report",
    "report": "report",
    "newspaper-article": "newspaperArticle",
    "news-report": "newspaperArticle",
    "web-page": "webpage",
    "blog-post": "blogPost",
    "forum-post": "forumPost",
    "press-release": "webpage",
    "dictionary": "book",
    "encyclopedia-article": "encyclopediaArticle",
}
"""Zotero's types of items by those of the records."""


def tags(page: Page, site: Site) -> list[tuple[str, str]]:
    """Return names and contents of the tags, some of them empty."""
    item, source = csl.cited(page, site), site.stands_for(page)
    container = csl.container(item)
    publisher = item.get("publisher") or container
    date = "-".join(csl.date_parts(item)) + ("?" if csl.is_uncertain(item) else "")
    first, last = (date, "") if source else (site.dates(page)[0], date)
    return [
        ("DC.title", item["title"]),
        *(("DC.creator", name) for name in csl.names(item)),
        ("DC.publisher", publisher),
        ("DC.source", container or publisher),
        ("DC.type", TYPES[source.record.type] if source else "webpage"),
        ("DC.language", item["language"]),
        ("DC.identifier", item.get("URL", "")),
        ("DCTERMS.issued", first),
        ("DCTERMS.modified", last),
        ("DCTERMS.license", "" if source else LICENCE["path"]),
    ]
