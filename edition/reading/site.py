"""The pages below a folder, with what looks records up. What follows from them stands on the floors above."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from edition import records, vocabulary
from edition.reading.frontmatter import SourceError
from edition.reading.pages import Page, read_page, url_path
from edition.records import Body, Change, Name, Outlet, Person, Term
from edition.vocabulary import Vocabulary

Found = TypeVar("Found")


class Site:
    """Pages below a folder `docs`, by path.

    `address` is the public address, ending in a slash, `name` the site's name
    and `summary` what it is in a sentence: they stand in the settings, not in the pages.
    `errors` holds what could not be read, by path; `aside` the paths of pages
    that exist but are left out because something in them is wrong, `derived` what `once` keeps.
    """

    def __init__(
        self,
        docs: Path,
        vocabulary: Vocabulary,
        pages: dict[str, Page],
        errors: dict[str, SourceError],
        aside: set[str],
    ) -> None:
        self.docs, self.vocabulary, self.pages, self.errors, self.aside = docs, vocabulary, pages, errors, aside
        self.address, self.name, self.summary = "", "", ""
        self.derived: dict[Callable, Any] = {}

    @classmethod
    def read(cls, docs: str | Path) -> Site:
        """Read every page below a folder; raises VocabularyError if the vocabularies beside it cannot be used."""
        docs = Path(docs)
        words = vocabulary.read(docs.parent)
        pages, errors = {}, {}
        for file in sorted(docs.rglob("*.md")):
            path = file.relative_to(docs).as_posix()
            try:
                pages[path] = read_page(docs, path, words)
            except SourceError as error:
                errors[path] = error
        return cls(docs, words, pages, errors, set(errors))

    def url(self, path: str) -> str:
        """Return the public address of a page, by its path below `docs`."""
        return self.address + url_path(path)

    def _kept(self, path: str, key: str, otherwise: Any) -> Any:
        """Return what a page's record has under a key, something else if there is no such page or it is not sound."""
        return getattr(self.pages[path].record, key, otherwise) if path in self.pages else otherwise

    @property
    def changes(self) -> list[Change]:
        """Records of the changes to the site, the newest first."""
        return self._kept("about/index.md", "changes", [])

    @property
    def moved(self) -> dict[str, str]:
        """The addresses that were given up, with those that took their place, without slash at either end."""
        return self._kept("about/index.md", "moved", {})

    def changed(self, change: Change) -> list[Page]:
        """Return the pages that a change names, none if it concerns all."""
        paths = (f"{name}.md" for name in change.pages)
        return [self.pages[path] for path in paths if path in self.pages]

    def dates(self, page: Page) -> list[str]:
        """Return the days on which a page was first published and then revised, in order; none without changes."""
        name = page.path.removesuffix(".md")
        return sorted({each.date for each in self.changes if not each.pages or name in each.pages})

    def without(self, paths: set[str]) -> Site:
        """Return the site with some pages set aside."""
        if not paths:
            return self
        kept = {path: page for path, page in self.pages.items() if path not in paths}
        return self.with_pages(kept, self.aside | paths)

    def with_pages(self, pages: dict[str, Page], aside: set[str]) -> Site:
        """Return the site with other pages."""
        return Site(self.docs, self.vocabulary, pages, self.errors, aside)

    def exists(self, path: str) -> bool:
        """Whether a page is there, sound or not."""
        return path in self.pages or path in self.aside

    def source(self, source_id: str) -> Page | None:
        """Return the page of the source of that id."""
        return self.pages.get(f"sources/{source_id}.md")

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        result: dict[str, set[str]] = {}
        for path in {*self.pages, *self.aside}:
            folder, name = posixpath.split(path)
            result.setdefault(folder, set()).add(name.removesuffix(".md"))
        return result

    def ids(self, folder: str) -> set[str]:
        """Return the ids of a section's pages, sound or not."""
        return self._ids.get(folder, set()) - {"index"}

    @cached_property
    def entries(self) -> dict[str, Page]:
        """Entry pages by id."""
        return {page.id: page for page in self.pages.values() if page.is_entry}

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """Outlet records by id."""
        return {outlet.id: outlet for outlet in self._kept(records.SOURCES, "outlets", [])}

    def outlet_names(self, outlet: str) -> list[Name]:
        """Return the names of the outlet of that id, none if there is no such outlet."""
        return self.outlets[outlet].names if outlet in self.outlets else []

    @property
    def persons(self) -> list[Person]:
        """Records of persons who wrote sources or are told of, in order."""
        return self._kept(records.SOURCES, "persons", [])

    @cached_property
    def contributors(self) -> dict[str, Person | Body]:
        """Records of persons and bodies by id."""
        return {each.id: each for each in [*self.persons, *self._kept(records.SOURCES, "bodies", [])]}

    @cached_property
    def terms(self) -> list[Term]:
        """Glossary records in order."""
        return self._kept(records.CONCEPTS, "terms", [])

    def korean(self, term: Term) -> list[str]:
        """Return the Korean forms of a term of the glossary, its own or those in use of the outlet that it names."""
        if term.korean:
            return [term.korean]
        names = self.outlet_names(term.outlet)
        return [name.text for name in names if name.system.startswith("korean") and not name.note]

    @property
    def article_id(self) -> str:
        """The id of the source that is the article itself, empty without an article page."""
        return self._kept(records.ARTICLE, "source", "")

    def overview(self, page: Page) -> Page | None:
        """Return the overview of the section that a page stands in; None for an overview."""
        return None if page.is_index else self.pages.get(f"{page.folder}/index.md")

    def stands_for(self, page: Page) -> Page | None:
        """Return the source that a page stands for: its own, or on the article's page the article; None elsewhere."""
        if page.is_source:
            return page
        return self.source(self.article_id) if page.path == records.ARTICLE else None


def once(function: Callable[[Site], Found]) -> Callable[[Site], Found]:
    """Compute what a function returns of a site once, and keep it as long as the site as it was read."""

    @wraps(function)
    def kept(site: Site) -> Found:
        if function not in site.derived:
            site.derived[function] = function(site)
        return site.derived[function]

    return kept


@lru_cache(maxsize=4)
def read(docs: str) -> Site:
    """Return the site below `docs` as its files have it, read once; `read.cache_clear()` has it read anew."""
    return Site.read(docs)
