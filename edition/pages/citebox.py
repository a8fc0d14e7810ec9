"""The section in which a page tells how to cite it."""

from __future__ import annotations

from html import escape

from edition.citations import csl
from edition.citations.formats import FORMATS, LISTED, LISTED_FORMATS, OWN
from edition.citations.styles import STYLES, of_site
from edition.derived.links import sources_of
from edition.language import east_asian_words, html_spoken
from edition.pages.markup import BESIDE, as_html
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE
from edition.text import day


def box(page: Page, site: Site) -> str:
    """Return the section as Markdown: the citation in each style, and in each format to copy or download.

    The files are those of `edition.exports.bibliographies`, which a reference manager takes in from their links.
    """
    item = csl.cited(page, site)
    is_ours = site.stands_for(page) is None
    what = "this page" if is_ours else "the article" if page.path == ARTICLE else "this source"
    styles = "".join(
        f"<dt>{STYLES[style]}</dt><dd>{east_asian_words(text, item['language'], html_spoken)}</dd>"
        for style, text in of_site(site)[item["id"]].items()
    )
    files = "".join(
        f'<details><summary>{label}</summary><p><a href="{BESIDE}{OWN}.{ending}">Download for a reference manager</a>'
        f"</p><pre>{east_asian_words(escape(make([item]), quote=False), item['language'], html_spoken)}</pre></details>"
        for ending, (label, make) in FORMATS.items()
    )
    number = len(sources_of(page, site))
    listed = "" if not number else f"The source cited on {what}" if number == 1 else f"All {number} sources of {what}"
    if listed:
        linked = ", ".join(f'<a href="{BESIDE}{LISTED}.{ending}">{FORMATS[ending][0]}</a>' for ending in LISTED_FORMATS)
        files += f"<p>{listed}: {linked}</p>"
    first, *later = map(day, site.dates(page))
    revised = f", revised on {later[-1]}" if later else ""
    version = f"<p>First published on {first}{revised}.</p>" if is_ours else ""
    return f"## Cite {what} {{#citation data-search-exclude}}\n\n" + as_html(
        f'<div class="ed-cite"><dl>{styles}</dl>{version}{files}</div>'
    )
