"""What programs read of the site: its changes, its pages as Markdown, how it is searched, and where pages went."""

from __future__ import annotations

import re
from html import escape

from edition import records
from edition.derived.links import link_of
from edition.pages import compose
from edition.reading.pages import Page
from edition.reading.site import Site

ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>{name}: changes</title>
  <id>{address}feed.xml</id>
  <link rel="self" type="application/atom+xml" href="{address}feed.xml"/>
  <link rel="alternate" type="text/html" href="{address}about/#changes"/>
  <author><name>{name}</name></author>
  <updated>{updated}</updated>
{entries}</feed>
"""
ENTRY = """\
  <entry>
    <title>{title}</title>
    <id>{address}about/#change-{number}</id>
    <link rel="alternate" type="text/html" href="{link}"/>
    <updated>{date}T00:00:00Z</updated>
    <summary>{summary}</summary>
  </entry>
"""
OPENSEARCH = """\
<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{short}</ShortName>
  <Description>{description}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Url type="text/html" template="{address}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
MOVED = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={url}">
</head>
<body><p>This page has moved to <a href="{url}">{url}</a>.</p></body>
</html>
"""


OURS = {
    r"(?s)<(figure|form)\b.*?</\1>\n*": "",
    r"(?s)<ul class=\"ed-files\">.*?</ul>\n*": "",
    r"(?m)^(</?(div|details)[^>]*>)+\n\n?|</?(span|details)[^>]*>": "",
    r"<summary>(.*?)</summary>": r"\1: ",
    r"(?m)^\{:[^}]*\}\n": "",
    r"(?<!\\)\[((?:\\.|[^\]\\])+)\]\{[^}]*\}": r"\1",
    r"(?<=[)\w.”])[ ]?\{:?[ ]?[#.\w][^{}\n]*\}": "",
}
"""What only our engine reads, as patterns in the order of their use, with what stands there instead."""


def atom(site: Site) -> str:
    """Return the changes as an Atom feed (RFC 4287); a change keeps its number when later ones come."""
    entries = []
    for number, change in zip(range(len(site.changes), 0, -1), site.changes, strict=True):
        pages = site.changed(change)
        titles = ", ".join(page.title for page in pages) or "all pages"
        entry = {
            "title": f"{titles[0].upper()}{titles[1:]}",
            "link": site.url(pages[0].path) if pages else site.address,
            "summary": change.text,
        }
        fixed = {"address": site.address, "number": number, "date": change.date}
        entries.append(ENTRY.format(**{key: escape(str(value)) for key, value in {**entry, **fixed}.items()}))
    updated = f"{max((change.date for change in site.changes), default='')}T00:00:00Z"
    return ATOM.format(name=escape(site.name), address=escape(site.address), updated=updated, entries="".join(entries))


def markdown(page: Page, site: Site) -> str:
    """Return a page as plain Markdown: without what only our engine reads, with addresses of the other copies."""
    text = compose.page(page, site)
    for pattern, plain in OURS.items():
        text = re.sub(pattern, plain, text)

    def absolute(match: re.Match) -> str:
        link = link_of(page.path, match[1])
        anchor = f"#{link.anchor}" if link.anchor else ""
        return f"]({copy(link.target, site)}{anchor})" if link.target in site.pages else match[0]

    text = re.sub(r"\]\(((?!https?:)[^)\s]*)\)", absolute, text)
    return f"{text.rstrip()}\n\nFrom {site.url(page.path)}\n"


def copy(path: str, site: Site) -> str:
    """Return the address of a page's Markdown: that of the page, with `index.md` behind it."""
    return f"{site.url(path)}index.md"


def llms(site: Site) -> str:
    """Return the list of all pages for language models (https://llmstxt.org), the summary right below the title."""
    home = site.pages["index.md"]
    parts = [f"# {site.name}\n> {home.description}", "Each page is there as Markdown, at the addresses below."]
    for folder in records.KINDS:
        pages = [page for page in site.pages.values() if page.folder == folder and folder]
        if pages:
            index = site.pages[f"{folder}/index.md"]
            pages.sort(key=lambda page: (not page.is_index, page.path))
            # Readers of the format take the first square bracket for the end of the title.
            titles = [re.sub(r"[\[\]]", "", page.title) for page in pages]
            lines = [
                f"- [{title}]({copy(page.path, site)}): {page.description}"
                for title, page in zip(titles, pages, strict=True)
            ]
            parts.append(f"## {index.title}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def files(site: Site) -> dict[str, str]:
    """Return the files by path."""
    home = site.pages["index.md"]
    found = {
        "feed.xml": atom(site),
        "llms.txt": llms(site),
        "opensearch.xml": OPENSEARCH.format(
            short=escape(site.name[:16]), description=escape(home.description), address=escape(site.address)
        ),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site.address}sitemap.xml\n",
    }
    for page in site.pages.values():
        found[f"{page.url}index.md"] = markdown(page, site)
    for old, new in site.moved.items():
        found[f"{old}/index.html"] = MOVED.format(url=escape(f"{site.address}{new}/"))
    return found
