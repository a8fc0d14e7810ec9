"""What the templates show of a page and do not find in a record: values derived from other pages or counted."""

from __future__ import annotations

import re
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

from edition import records
from edition.citations import csl
from edition.citations.formats import FORMATS, LISTED, LISTED_FORMATS, OWN
from edition.citations.styles import STYLES, of_site
from edition.derived import links, tables
from edition.derived.dated import Dated, by_page, dated
from edition.derived.links import Link, backlinks, sources_of
from edition.derived.sources import opening
from edition.language import east_asian_words, html_spoken
from edition.pages import chart, indexes, makers, notes, timeline
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE, Claim, Name, Since
from edition.text import is_paragraph, slug

DISAGREE = "Where sources disagree"
FORMS = 2
"""How many forms of a name are shown at once of each way to write it."""
LATEST = 8
"""How many of the newest statements home shows."""


class Place(NamedTuple):
    """A place that links to a page: its address and label, and what is said there, as HTML."""

    target: str
    label: str
    said: list[Markup]

    @property
    def sentence(self) -> Markup:
        """The first full sentence, else the first piece of a facts box; empty where nothing is said."""
        return next((each for each in self.said if each.endswith((".", "”"))), self.said[0] if self.said else Markup())


class Values:
    """What the templates can show of a page; empty where it has nothing of the kind."""

    def __init__(self, page: Page, site: Site, derived: bool) -> None:
        self.page, self.site, self.derived = page, site, derived

    # Text and citations

    @property
    def text(self) -> str:
        """What the file has below its record; of a source what follows the opening."""
        return opening(self.page.body)[1] if self.page.is_source else self.page.body

    @cached_property
    def sections(self) -> dict[str, str]:
        """The sections of an entry by their headings, these included."""
        parts = re.split(r"(?m)^(?=## )", self.page.body)
        return {part.partition("\n")[0].removeprefix("## ").strip(): part.strip() for part in parts if part.strip()}

    def section(self, title: str) -> str:
        """Return a section of an entry with its heading."""
        return self.sections.get(title, "")

    @property
    def after_lead(self) -> str:
        """The text of an entry after its lead."""
        return self.page.body.strip().removeprefix(self.page.lead).strip()

    @property
    def own_paragraphs(self) -> list[str]:
        """The paragraphs of the article in which it names the entry, those of its claims and of the section on it."""
        told = "".join(self.section(title) for title in ("In the article", "What the article says"))
        found = {int(number) for number in re.findall(r"index\.md#p(\d+)\)", told)}
        return [f"p{number}" for number in sorted(found | {claim.paragraph for claim in self.page.claims})]

    def label(self, ref: str) -> str:
        """Return the label of a citation: `p3` is paragraph 3, anything else the id of a source."""
        source = self.site.source(ref)
        return f"¶{ref[1:]}" if is_paragraph(ref) else source.title if source else ref

    def cited(self, ref: str) -> str:
        """Return where a citation leads."""
        return f"{ARTICLE}#{ref}" if is_paragraph(ref) else f"sources/{ref}.md"

    @cached_property
    def citation(self) -> dict[str, Any] | None:
        """How to cite the page, None before it was published."""
        if not self.site.dates(self.page):
            return None
        item = csl.cited(self.page, self.site)
        is_ours = self.site.stands_for(self.page) is None
        first, *later = self.site.dates(self.page)

        def marked(html: str) -> Markup:
            return Markup(east_asian_words(html, item["language"], html_spoken))

        return {
            "what": "this page" if is_ours else "the article" if self.page.path == ARTICLE else "this source",
            "styles": [(STYLES[style], marked(told)) for style, told in of_site(self.site)[item["id"]].items()],
            "formats": [
                (ending, label, marked(escape(make([item]), quote=False))) for ending, (label, make) in FORMATS.items()
            ],
            "published": first if is_ours else "",
            "revised": later[-1] if later else "",
            "number": len(sources_of(self.page, self.site)),
            "lists": [(ending, FORMATS[ending][0]) for ending in LISTED_FORMATS],
            "own": OWN,
            "listed": LISTED,
        }

    # Names, claims, statements

    def forms(self, names: list[Name]) -> list[tuple[str, list[Name]]]:
        """Return names by their labels, one a system and status, in the order of the systems."""
        grouped: dict[str, list[Name]] = {}
        for system in self.site.vocabulary.name_systems:
            for name in names:
                if name.system == system:
                    grouped.setdefault(links.label(name, self.site), []).append(name)
        return list(grouped.items())

    @cached_property
    def main_names(self) -> list[tuple[str, list[Name]]]:
        """The names that most readers look for, the first forms of each kind: the facts are to fit on a phone."""
        systems = self.site.vocabulary.name_systems
        main = self.forms([name for name in self.page.names if systems[name.system].main])
        return [(label, forms[:FORMS]) for label, forms in main]

    @property
    def other_names(self) -> list[tuple[str, list[Name]]]:
        """The other names."""
        shown = [name for _, forms in self.main_names for name in forms]
        return self.forms([name for name in self.page.names if name not in shown])

    def tracked(self, page: Page) -> list[Claim]:
        """Return the claims of a page of which the site tracks what has been reported since."""
        return [claim for claim in page.claims if claim.since]

    def evidence(self, since: Since) -> list[tuple[str, list[str]]]:
        """Return what was cited on a claim, by how it bears on it; what nothing does is left out."""
        return [(label, refs) for key, label in records.EVIDENCE.items() if (refs := getattr(since, key))]

    @property
    def board(self) -> list[Page]:
        """The pages with tracked claims, in the article's order."""
        found = [page for page in self.site.pages.values() if self.tracked(page)]
        return sorted(found, key=lambda page: page.claims[0].paragraph)

    @property
    def board_keys(self) -> list[indexes.Key]:
        """The keys by which the board is filtered."""
        states, kinds = self.site.vocabulary.states, self.site.vocabulary.claim_kinds
        named = {slug(state): state.capitalize() for each in states.values() for state in each}
        return [
            indexes.Key("kind", "Kind", {kind: kinds[kind] for kind in states}),
            indexes.Key("state", "State", named),
        ]

    def kind(self, claim: Claim) -> indexes.Value:
        """Return the kind of a claim as a value to filter by."""
        return indexes.Value("kind", claim.kind, self.site.vocabulary.claim_kinds[claim.kind])

    def state(self, since: Since) -> indexes.Value:
        """Return the state of a tracked claim as a value to filter by."""
        return indexes.Value("state", slug(since.state), since.state.capitalize())

    @property
    def tally(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """How many tracked claims there are of each kind, and how many of them are in which state."""
        tracked = [claim for page in self.site.pages.values() for claim in self.tracked(page)]
        found = []
        for kind, states in self.site.vocabulary.states.items():
            own = [claim.since.state for claim in tracked if claim.kind == kind]
            if own:
                found.append((kind, len(own), [(state, own.count(state)) for state in states if state in own]))
        return found

    @property
    def statements(self) -> list[Dated]:
        """The dated statements of the site."""
        return dated(self.site)

    @property
    def latest(self) -> list[timeline.Row]:
        """The newest statements that are not the article's, no page more than twice."""
        found, pages = [], []
        for row in timeline.rows(self.site):
            if row.told.voice != "article" and pages.count(row.told.pages[0]) < 2:
                found.append(row)
                pages.append(row.told.pages[0])
        return found[:LATEST]

    @cached_property
    def years(self) -> dict[str, Any] | None:
        """The span of the dated statements of the page and their number, None if it has none."""
        years = [each.date[:4] for each in by_page(self.site).get(self.page.path, [])]
        span = " to ".join(dict.fromkeys((years[0], years[-1]))) if years else ""
        return {"span": span, "number": len(years)} if years else None

    # Other pages

    @cached_property
    def incoming(self) -> list[Link]:
        """The links to the page, none where nothing drawn from other pages is shown."""
        return backlinks(self.site).get(self.page.path, []) if self.derived else []

    @cached_property
    def linking(self) -> list[Place]:
        """The places that link here."""
        return self.places(self.incoming)

    def places(self, incoming: list[Link]) -> list[Place]:
        """Return the places of links, entries before glossary and the rest, each once."""
        order = [*records.ENTRY_FOLDERS, "concepts", "sources", "about"]
        found: dict[str, tuple[int, Place]] = {}
        for link in incoming:
            target, label = self.place_of(link)
            rank = order.index(self.site.pages[link.source].folder)
            _, place = found.setdefault(target, (rank, Place(target, label, [])))
            if link.said and link.said not in place.said and link.said != label:
                place.said.append(Markup(link.said))
        return [place for _, place in sorted(found.values(), key=lambda each: (each[0], each[1].label))]

    def place_of(self, link: Link) -> tuple[str, str]:
        """Return target and label of the place that a link stands in: the page, in the glossary the term."""
        other = self.site.pages[link.source]
        for term in other.terms:
            if term.id == link.section:
                return f"{link.source}#{term.id}", f"{other.title}: {term.term}"
        return link.source, other.title

    @property
    def paragraphs(self) -> list[tuple[str, list[Place]]]:
        """The article's body in its sections, each with the places that rest on it."""
        found = []
        for part in re.split(r"(?m)^(?=## )", self.page.body):
            heading = re.match(r"## .*\{#(p\d+)\}", part)
            resting = [link for link in self.incoming if heading and link.anchor == heading[1]]
            found.append((part.strip(), self.places(resting)))
        return found

    @property
    def has_notes(self) -> bool:
        """Whether citations are shown as numbers."""
        return notes.has_notes(self.page)

    @cached_property
    def rests_on(self) -> dict[str, Any] | None:
        """The paragraphs and sources that the page cites, None if it cites nothing."""
        page, site = self.page, self.site
        cited = {link.anchor for link in links.links(site)[page.path] if link.is_citation and link.target == ARTICLE}
        if page.path == records.TIMELINE:
            cited |= {ref for each in dated(site) for ref in each.cites if is_paragraph(ref)}
        numbers = sorted(int(anchor[1:]) for anchor in cited) if page.path != ARTICLE else []
        article = site.source(site.article_id) if numbers else None
        sources = [source for source in sources_of(page, site) if source is not article]
        return {"numbers": numbers, "article": article, "sources": sources} if numbers or sources else None

    @cached_property
    def index(self) -> list[indexes.Row]:
        """The section's pages as rows of a table."""
        return indexes.index(self.page, self.site)

    def keys(self, rows: list[indexes.Row]) -> list[indexes.Key]:
        """Return the keys by which the section's pages are filtered."""
        if self.page.folder == "sources":
            return indexes.keys(rows, voice="Cited by")
        return indexes.keys(rows, kind="With a claim of kind")

    @property
    def contributors(self) -> list:
        """Persons and bodies on record, each with the pages of what they wrote and that tell of them."""
        return list(indexes.contributors(self.site))

    def number_in(self, section: str) -> int:
        """Return how many pages a section has beside its overview."""
        return sum(page.folder == section for page in self.site.pages.values()) - 1

    # Figures

    @property
    def makers(self) -> tuple[list[str], list[list[makers.Row]]]:
        """The groups of fields, and who makes what in them."""
        return makers.rows(self.site)

    @property
    def chart(self) -> dict[str, Any] | None:
        """The chart of the page's tournaments."""
        return chart.chart(self.page.tournaments)

    @cached_property
    def timeline(self) -> dict[str, Any]:
        """The overview of the timeline, its filters and its periods with their statements."""
        return timeline.timeline(self.site)

    def key(self, path: str) -> str:
        """Return the value by which statements of a page are filtered."""
        return timeline.key(self.site, path)

    # Data

    @property
    def version(self) -> str:
        """The version of the data."""
        return tables.version(self.site)

    def number_of(self, table: tables.Table) -> int:
        """Return the number of a table's rows."""
        return len(list(table.rows(self.site)))

    def words(self, column: tables.Column) -> list[tuple[str, str]]:
        """Return all that may stand in a column, with a label where it says more."""
        told = column.words(self.site).items()
        return [(value, label.rstrip(".") if slug(label) != slug(value) else "") for value, label in told]
