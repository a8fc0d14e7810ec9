"""Python-Markdown extension: replace a page's body by the Markdown composed from record and body.

MkDocs tells which file is being rendered through its `relpath` treeprocessor,
Zensical through a preprocessor named `rendering_context`.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from edition import records
from edition.derived.sources import configured
from edition.pages import compose, head
from edition.pages.markup import url
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import Term
from edition.text import href


def rendering(md: Markdown) -> tuple[Site, Page, dict] | None:
    """Return the site, the page being rendered and the record that templates will read; None outside both engines."""
    if "relpath" in md.treeprocessors:
        relpath = md.treeprocessors["relpath"]
        config, path, meta = relpath.config, relpath.file.src_uri, relpath.file.page.meta
    elif "rendering_context" in md.preprocessors:
        context = md.preprocessors["rendering_context"]
        config, path, meta = context.config, context.page.path, context.page.meta
    else:
        return None
    site = configured(config)
    return site, site.pages[path], meta


def handed_in(page: Page, site: Site) -> dict[str, str | dict[str, str]]:
    """Return what templates read of a page beside its front matter; both engines keep texts and mappings of them.

    `file` is its path below `docs`, `revised` the day of its last revision,
    `section` what it stands in, by `title` and `url` of the overview; overviews have none.
    """
    overview = site.overview(page)
    return {
        "title": page.title,
        "description": page.description,
        "kind": page.kind,
        "head": head.html(page, site),
        "file": page.path,
        "revised": site.dates(page)[-1],
        **({"section": {"title": overview.title, "url": overview.url}} if overview else {}),
    }


class ComposePage(Preprocessor):
    """Runs first: what it writes goes through every other extension like an author's text."""

    def run(self, lines: list[str]) -> list[str]:
        where = rendering(self.md)
        if where is None:
            return lines
        site, page, meta = where
        meta.update(handed_in(page, site))
        # Zensical takes addresses in HTML for those of files, as in Markdown.
        address = href if "rendering_context" in self.md.preprocessors else url
        text = compose.page(page, site, derived=True, address=address)
        if page.path != records.CONCEPTS:
            text += "\n" + tooltips(site.terms)
        return text.split("\n")


def tooltips(terms: list[Term]) -> str:
    """Return the abbreviation definitions that give every form of every term its tooltip."""
    return "\n".join(f"*[{form}]: {term.definition}" for term in terms for form in term.forms)


class MarkTerms(Treeprocessor):
    """Keeps the tooltip of a term where it stands first on the page, and makes it a stop for the keyboard.

    Every further mark would only add noise for the eye and stops for the
    keyboard. Headings and links stay without.
    """

    def run(self, root: Element) -> None:
        self.seen: set[str] = set()
        self.walk(root, False)

    def walk(self, element: Element, plain: bool) -> None:
        """Mark terms below an element; `plain` tells that none may be marked there."""
        plain = plain or element.tag in ("a", "h1", "h2", "h3", "summary")
        for child in list(element):
            if child.tag != "abbr":
                self.walk(child, plain)
            elif plain or child.get("title") in self.seen:
                self.unwrap(element, child)
            else:
                self.seen.add(child.get("title"))
                child.set("tabindex", "0")

    @staticmethod
    def unwrap(parent: Element, child: Element) -> None:
        """Put an element's text in its place."""
        text = (child.text or "") + (child.tail or "")
        before = list(parent).index(child)
        if before:
            parent[before - 1].tail = (parent[before - 1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        parent.remove(child)


class DressTables(Treeprocessor):
    """Gives tables their class, and each value the head of its column, which it bears where rows are stacked.

    What stands in the first column names its row.
    """

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            table.set("class", "ed-table")
            titles = ["".join(each.itertext()).strip() for each in table.iter("th")]
            for row in table.iter("tr"):
                for title, cell in list(zip(titles, row.findall("td"), strict=False))[1:]:
                    cell.set("data-head", title)


class EditionExtension(Extension):
    """Registers the processors."""

    def extendMarkdown(self, md: Markdown) -> None:
        """The first above every stock preprocessor (the highest is 30), the others below `abbr` (7)."""
        md.preprocessors.register(ComposePage(md), "edition", 1000)
        md.treeprocessors.register(MarkTerms(md), "edition-terms", 6)
        md.treeprocessors.register(DressTables(md), "edition-tables", 4)


def makeExtension(**kwargs) -> EditionExtension:
    """Entry point by which Python-Markdown finds the extension."""
    return EditionExtension(**kwargs)
