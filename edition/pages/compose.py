"""Write a page's Markdown from the template of its kind (`templates/`), which has the order of what is shown.

The result is ordinary Markdown, so both engines check its links and index its
words; long lists and figures are HTML in it, since parsing them as Markdown would take most of a build.
Nothing here is a fact: each comes from a record or from a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from edition import records
from edition.derived import dated, tables
from edition.language import east_asian_words, escaped, html_spoken, korean, korean_words, words
from edition.pages import markup, notes
from edition.pages.values import Values
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.text import day, href, is_paragraph, slug, web_address

TEMPLATES = Path(__file__).parent / "templates"
FILTERS = {
    # A record's text in Markdown, where it means nothing but itself; `plain` where no mark of language can stand.
    "md": words,
    "plain": escaped,
    "korean": korean,
    "east_asian": lambda text, language: east_asian_words(escaped(text), language),
    "author": markup.author,
    "work": markup.work,
    # The same in HTML, which is otherwise escaped by Jinja.
    "html": lambda text: Markup(korean_words(escape(text, quote=False), html_spoken)),
    "html_author": lambda record: Markup(markup.author(record, html_spoken)),
    "html_work": lambda record: Markup(markup.work(record, html_spoken)),
    # Addresses from the page: of a file in Markdown, of what is built from it in HTML.
    "href": pass_context(lambda context, target: href(context["page"].path, target)),
    "url": pass_context(lambda context, target: context["address"](context["page"].path, target)),
    "name": pass_context(lambda context, name: markup.name(name, context["site"].vocabulary)),
    "day": day,
    "placing": dated.placing,
    "quoted": quote,
    "slug": slug,
    "web_address": web_address,
}
GLOBALS = {
    "PLACE_OF_NOTES": notes.PLACE,
    "certainties": records.CERTAINTIES,
    "fact_kinds": records.FACTS,
    "read": records.READ,
    "relation_kinds": records.RELATION_KINDS,
    "source_types": records.SOURCE_TYPES,
    "work_status": records.WORK_STATUS,
    "tables": tables.TABLES,
    "types": tables.TYPES,
    "paths": {
        "ARTICLE": records.ARTICLE,
        "BOARD": records.BOARD,
        "PROJECTS": records.PROJECTS,
        "SOURCES": records.SOURCES,
        "TIMELINE": records.TIMELINE,
    },
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return what renders the templates: a name that nothing has is an error."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        # In Markdown values are escaped by filters.
        autoescape=lambda name: (name or "").endswith(".html"),
        # Files are not looked at again for each page: whoever reads the site anew clears this cache.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        # In Markdown `{#` begins the id of a heading.
        comment_start_string="{##",
        comment_end_string="##}",
    )
    found.filters |= FILTERS
    found.tests["paragraph"] = is_paragraph
    found.globals |= GLOBALS
    return found


@lru_cache(maxsize=1)
def anchors() -> frozenset[str]:
    """Return the ids of headings that templates write."""
    written = "\n".join(file.read_text("utf-8") for file in TEMPLATES.iterdir())
    return frozenset(re.findall(r"\{#([\w-]+)", written))


def page(page: Page, site: Site, derived: bool = False, address: Callable[[str, str], str] = markup.url) -> str:
    """Return the whole Markdown of a page.

    `derived` adds what is drawn from other pages or repeats this one for
    readers: what links here, the list of what the page rests on.
    `address` makes the addresses in HTML, of two paths: MkDocs leaves them as they are.
    """
    template = environment().get_template(f"{page.kind}.md")
    values = {"page": page, "site": site, "view": Values(page, site, derived), "derived": derived, "address": address}
    text = template.render(values, claim_kinds=site.vocabulary.claim_kinds)
    if notes.PLACE in text:
        sources = [site.source(id_) for id_ in notes.order(text)]
        lists = environment().get_template("lists.html").make_module(values)
        labels = {source.id: source.title for source in sources}
        text = notes.numbered(text, {id_: number for number, id_ in enumerate(labels, 1)}, labels)
        text = text.replace(notes.PLACE, lists.notes(sources, values["view"].rests_on))
    return re.sub(r"\n\s*\n(?:\s*\n)*", "\n\n", text).strip() + "\n"
