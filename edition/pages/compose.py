"""Write a page's Markdown from the template of its kind (`templates/`), which has the order of what is shown.

The result is ordinary Markdown, so both engines check its links and index its
words. Nothing here is a fact: each comes from a record or from a link.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from edition import records
from edition.derived.dated import dated
from edition.derived.links import Link, backlinks
from edition.derived.sources import opening
from edition.language import east_asian_words, escaped, korean, words
from edition.pages import citebox, fragments, indexes, picture, tables, timeline
from edition.pages.markup import cites
from edition.reading.pages import Page
from edition.reading.site import Site

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return what renders the templates: a name that no part has is an error."""
    # Markdown is written, in which values are escaped by what makes them (`edition.language`).
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # In Markdown `{#` begins the id of a heading.
        comment_start_string="{##",
        comment_end_string="##}",
    )


@lru_cache(maxsize=1)
def anchors() -> frozenset[str]:
    """Return the ids of headings that pages are written with, in templates or fragments."""
    written = "\n".join(file.read_text("utf-8") for file in TEMPLATES.glob("*.md"))
    return fragments.ANCHORS | frozenset(re.findall(r"\{#([\w-]+)", written))


class Part:
    """What the templates can show of a page; empty where a page has nothing of the kind."""

    def __init__(self, page: Page, site: Site, derived: bool) -> None:
        self.page, self.site, self.derived = page, site, derived

    @cached_property
    def incoming(self) -> list[Link]:
        """The links to the page, none where nothing drawn from other pages is shown."""
        return backlinks(self.site).get(self.page.path, []) if self.derived else []

    def title(self) -> str:
        """Return the page's name."""
        return escaped(self.page.title)

    def lead(self) -> str:
        """Return what the page is about, with what that rests on; of a source also how far it was read."""
        page = self.page
        if page.is_source:
            told = east_asian_words(escaped(page.description), page.record.language)
            return f"{told} {records.READ[page.record.read]}"
        return f"{words(page.description)} {cites(page, self.site, page.cites)}".strip()

    def text(self) -> str:
        """Return what the file has below its record; of a source what follows the opening."""
        return opening(self.page.body)[1] if self.page.is_source else self.page.body

    @cached_property
    def sections(self) -> dict[str, str]:
        """The sections of an entry by their headings, these included."""
        parts = re.split(r"(?m)^(?=## )", self.page.body)
        return {part.partition("\n")[0].removeprefix("## ").strip(): part.strip() for part in parts if part.strip()}

    def has(self, title: str) -> bool:
        """Whether an entry has a section."""
        return title in self.sections

    def section(self, title: str) -> str:
        """Return a section of an entry with its heading."""
        return self.sections.get(title, "")

    def note(self) -> str:
        """Return what else a reader should know of a source."""
        return east_asian_words(escaped(self.page.record.note), self.page.record.language)

    def source_facts(self) -> str:
        """Return the facts box of the source that the page stands for."""
        source = self.site.stands_for(self.page)
        return fragments.source_facts(self.page, self.site, source) if source else ""

    def examples(self) -> str:
        """Return searches to try, each a link."""
        return ", ".join(f"[{korean(query)}](?q={quote(query)})" for query in self.site.vocabulary.examples)

    def doors(self) -> str:
        """Return the sections in which most readers begin, with the number of their pages."""
        return "\n\n".join(filter(None, (fragments.counted(self.site, section) for section in fragments.SECTIONS)))

    def article_dates(self) -> str:
        """Return the dated statements of the article as a table."""
        return timeline.rows_of(self.page, self.site, [each for each in dated(self.site) if each.voice == "article"])

    def number_of_dates(self) -> int:
        """Return how many dated statements the site has."""
        return len(dated(self.site))

    def number_of_forecasts(self) -> int:
        """Return how many claims the site tracks."""
        return sum(len(fragments.forecasts(other)) for other in self.site.pages.values())

    def cite_box(self) -> str:
        """Return how to cite the page, empty before it was published."""
        return citebox.box(self.page, self.site) if self.site.dates(self.page) else ""

    def timeline(self) -> str:
        """Return the overview, the filter and the periods with their statements."""
        return "\n\n".join(timeline.timeline(self.page, self.site))

    def tables(self) -> str:
        """Return what each column of the data means."""
        return "\n\n".join(tables.tables(self.site))

    def index(self) -> str:
        """Return the section's pages as a table."""
        return "\n\n".join(indexes.index(self.page, self.site))

    def glossary(self) -> str:
        """Return the terms."""
        return "\n\n".join(fragments.glossary(self.page, self.site))

    def contributors(self) -> str:
        """Return persons and bodies on record under their heading."""
        return indexes.contributors(self.page, self.site)

    def caution(self) -> str:
        """Return what a reader should be careful about."""
        return fragments.caution(self.page)

    def facts(self) -> str:
        """Return the facts box of an entry."""
        return fragments.entry_facts(self.page, self.site)

    def claims(self) -> str:
        """Return the table of the article's claims."""
        return fragments.claims(self.page, self.site)

    def tracker(self) -> str:
        """Return what has been reported on the claims since."""
        return fragments.tracker(self.page, self.site)

    def tournaments(self) -> str:
        """Return the tournament record."""
        return fragments.tournaments(self.page, self.site)

    def board(self) -> str:
        """Return all tracked claims of the site."""
        return fragments.board(self.page, self.site)

    def tally(self) -> str:
        """Return how many tracked claims are in which state."""
        return fragments.tally(self.site)

    def changes(self) -> str:
        """Return the changes to the site."""
        return fragments.changes(self.page, self.site)

    def own_picture(self) -> str:
        """Return an entry's part of the picture of makers, projects and fields."""
        return picture.own(self.page, self.site)

    def whole_picture(self) -> str:
        """Return the picture of the whole site."""
        return picture.whole(self.page, self.site)

    def paragraphs(self) -> str:
        """Return the article's paragraphs, each with the pages that rest on it."""
        return fragments.paragraphs(self.page, self.site, self.incoming)

    def see_also(self) -> str:
        """Return the entries and terms that link here."""
        return fragments.see_also(self.page, self.site, self.incoming)

    def cited_by(self) -> str:
        """Return the pages that cite the source, each with what it says there."""
        return fragments.cited_by(self.page, self.site, self.incoming)

    def rests_on(self) -> str:
        """Return the paragraphs and sources that the page cites."""
        return fragments.rests_on(self.page, self.site)


PATHS = {"BOARD": records.BOARD, "PROJECTS": picture.INDEX, "SOURCES": records.SOURCES}
"""Overviews that show more than the table of their pages."""


def page(page: Page, site: Site, derived: bool = False) -> str:
    """Return the whole Markdown of a page.

    `derived` adds what is drawn from other pages or repeats this one for
    readers: pictures, what links here, the list of what the page rests on.
    """
    template = environment().get_template(f"{records.kind(page.path)}.md")
    text = template.render(page=page, part=Part(page, site, derived), derived=derived, paths=PATHS)
    return re.sub(r"\n\s*\n(?:\s*\n)*", "\n\n", text).strip() + "\n"
