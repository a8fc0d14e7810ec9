"""The metadata in the head of a page, as HTML: what each vocabulary says of it."""

from __future__ import annotations

from html import escape

from edition.citations import dublin_core, highwire, open_graph, schema_org
from edition.reading.pages import Page
from edition.reading.site import Site


def element(name: str, /, **attributes: str) -> str:
    """Return an element without content."""
    told = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>"


def tags(pairs: list[tuple[str, str]], key: str = "name") -> list[str]:
    """Return names with their contents, leaving out those without; `key` is the attribute that holds the name."""
    return [element("meta", **{key: name}, content=content) for name, content in pairs if content]


def html(page: Page, site: Site) -> str:
    """Return what stands in the head of a page for others than browsers."""
    return "\n".join(
        [
            *tags([("description", page.description)]),
            element("link", rel="canonical", href=site.url(page.path)),
            *tags(highwire.tags(page, site)),
            *(element("link", rel=f"schema.{name}", href=url) for name, url in dublin_core.SCHEMAS.items()),
            *tags(dublin_core.tags(page, site)),
            f'<script type="application/ld+json">{schema_org.script(page, site)}</script>',
            *tags(open_graph.properties(page, site), "property"),
            *tags([open_graph.CARD]),
        ]
    )
