"""Highwire tags, which Google Scholar and Zotero read: of what a reader of the page cites.

A report bears its number as one, since Zotero drops the ISBN of a report.
Bodies stand in Dublin Core alone: Zotero cuts a name without comma into given
and family here. An inferred date has no place here.
"""

from __future__ import annotations

from edition.citations import csl
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE


def tags(page: Page, site: Site) -> list[tuple[str, str]]:
    """Return names and contents of the tags, some of them empty; only entries and what stands for a source have any."""
    if not (page.is_entry or site.stands_for(page)):
        return []
    item = csl.cited(page, site)
    publisher = item.get("publisher") or csl.container(item)
    number = item.get("number", "")
    is_report = item["type"] == "report"
    first, last = csl.pages(item)
    return [
        ("citation_title", item["title"]),
        *(
            ("citation_author", name)
            for author, name in zip(item.get("author", []), csl.names(item), strict=True)
            if "family" in author
        ),
        ("citation_publication_date", "" if csl.is_uncertain(item) else "/".join(csl.date_parts(item))),
        ("citation_publisher", publisher),
        ("citation_technical_report_institution", publisher if is_report else ""),
        ("citation_technical_report_number", (number or csl.issue(item)) if is_report else ""),
        ("citation_isbn", number if item["type"] == "book" else ""),
        ("citation_issue", "" if is_report else csl.issue(item)),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_language", item["language"]),
        ("citation_public_url", item.get("URL", "")),
        ("citation_abstract_html_url", site.url(page.path) if page.path == ARTICLE else ""),
    ]
