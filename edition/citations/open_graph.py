"""Open Graph, for links shared elsewhere: always of the page itself. https://ogp.me"""

from __future__ import annotations

from edition.reading.pages import Page
from edition.reading.site import Site

IMAGE = "assets/images/social.png"


def properties(page: Page, site: Site) -> list[tuple[str, str]]:
    """Return names and contents of the properties, the day of its revision included where the page is an article."""
    is_article = page.is_entry or site.stands_for(page) is not None
    dates = site.dates(page)
    return [
        ("og:type", "article" if is_article else "website"),
        ("og:site_name", site.name),
        ("og:title", page.title),
        ("og:description", page.description),
        ("og:url", site.url(page.path)),
        *([("article:published_time", dates[0]), ("article:modified_time", dates[-1])] if is_article else []),
        ("og:image", site.address + IMAGE),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", f"{site.name}. {site.summary}"),
    ]


CARD = ("twitter:card", "summary_large_image")
"""The one name beside the properties: how the link is shown."""
