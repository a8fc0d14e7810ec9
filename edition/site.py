"""The site's source as data: pages with their records, and the links between them.

Everything that needs more than one page (backlinks, citations, checks) is
derived here, once for the whole site, and kept until the source is read anew.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import markdown
import yaml
from markdown.treeprocessors import Treeprocessor

from edition import compose, frontmatter, mentions, persons, picture, records, sources, timeline
from edition.citations import csl, styles
from edition.frontmatter import SourceError

STRUCTURE = ["attr_list", "def_list", "md_in_html", "tables", "toc", "pymdownx.bracketspan"]
"""Markdown extensions that decide what is a link, an id or a language mark."""

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def url_path(path: str) -> str:
    """Return the address of a page below the site's root, by its path below `docs`."""
    return re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/")


@dataclass
class Link:
    """A link as the source writes it: `target` is a page path, `anchor` may be empty.

    `section` is the id of the heading above it, `text` what it bears, `said`
    what the page says there, as HTML (see `edition.mentions`).
    """

    source: str
    href: str
    target: str
    anchor: str
    section: str
    text: str = ""
    said: str = ""

    @property
    def is_citation(self) -> bool:
        """Whether it cites a source or a paragraph of the article."""
        if self.target == records.ARTICLE:
            return bool(re.fullmatch(r"p\d+", self.anchor))
        return self.target.startswith("sources/") and not self.target.endswith("/index.md")


@dataclass
class Page:
    """A Markdown file below `docs/`: `path` is relative to it, `meta` its record as parsed.

    Once a source's record is known to be sound, `meta` also has what follows
    from it (see `edition.sources`); `record` stays as the file has it.
    """

    path: str
    text: str
    meta: dict
    body: str
    body_line: int
    lines: dict[tuple, int] = field(default_factory=dict)
    keys: dict[tuple, list[str]] = field(default_factory=dict)
    record: dict = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The page's name in its section, by which records refer to it."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

    @property
    def url(self) -> str:
        """The address below the site's root."""
        return url_path(self.path)

    @property
    def folder(self) -> str:
        """The section, empty for the home page."""
        return posixpath.dirname(self.path)

    @property
    def is_index(self) -> bool:
        """Whether the page is its section's overview."""
        return self.id == "index"

    @property
    def is_entry(self) -> bool:
        """Whether the page states what the article says."""
        return self.folder in records.ENTRY_FOLDERS and not self.is_index

    @property
    def is_source(self) -> bool:
        """Whether the page is that of a source."""
        return self.folder == "sources" and not self.is_index

    @property
    def is_overview(self) -> bool:
        """Whether the page points to others without stating anything of its own."""
        return self.is_index and self.folder != "concepts"

    def line(self, path: tuple) -> int:
        """Return the line of a key, or of the nearest key around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _index_nodes(node: yaml.Node, path: tuple, page: Page) -> None:
    """Record the line of every key and item, and the keys of every mapping, in order."""
    if isinstance(node, yaml.MappingNode):
        seen = page.keys.setdefault(path, [])
        for key_node, value in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 2
            seen.append(key)
            page.lines[(*path, key)] = line
            _index_nodes(value, (*path, key), page)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            page.lines[(*path, number)] = item.start_mark.line + 2
            _index_nodes(item, (*path, number), page)


def read_page(docs: Path, path: str) -> Page:
    """Read one page. Raises SourceError for a file that is not a sound record and body (see `edition.frontmatter`)."""
    parts = frontmatter.split((docs / path).read_bytes())
    page = Page(path, parts.text, parts.meta, parts.body, parts.body_line, record=parts.meta)
    _index_nodes(parts.node, (), page)
    return page


class _Capture(Treeprocessor):
    """Keep the finished element tree of the last conversion."""

    def run(self, root: Element) -> None:
        self.root = root


@lru_cache(maxsize=1)
def _structure_parser() -> tuple[markdown.Markdown, _Capture]:
    md = markdown.Markdown(extensions=STRUCTURE)
    capture = _Capture(md)
    md.treeprocessors.register(capture, "capture", -100)
    return md, capture


def parse(text: str) -> Element:
    """Return the element tree of Markdown text, addresses as the source writes them."""
    md, capture = _structure_parser()
    md.reset()
    md.convert(text)
    return capture.root


class Site:
    """Pages below a folder `docs`, by path.

    `address` is the public address, ending in a slash, and `name` the site's
    name: both stand in the settings, not in the pages (see `configured`).
    `errors` holds what could not be read, by path; `aside` the paths of pages
    that exist but are left out because something in them is wrong.
    """

    def __init__(self, docs: Path, pages: dict[str, Page], errors: dict[str, SourceError], aside: set[str]):
        self.docs, self.pages, self.errors, self.aside = docs, pages, errors, aside
        self.address, self.name = "", ""

    @classmethod
    def read(cls, docs: str | Path) -> Site:
        """Read every page below a folder."""
        docs = Path(docs)
        pages, errors = {}, {}
        for file in sorted(docs.rglob("*.md")):
            path = file.relative_to(docs).as_posix()
            try:
                pages[path] = read_page(docs, path)
            except SourceError as error:
                errors[path] = error
        return cls(docs, pages, errors, set(errors))

    def url(self, path: str) -> str:
        """Return the public address of a page, by its path below `docs`."""
        return self.address + url_path(path)

    def _kept(self, path: str, key: str, otherwise: Any) -> Any:
        """Return what a page's record has under a key, something else if it has none or there is no such page."""
        return self.pages[path].meta.get(key, otherwise) if path in self.pages else otherwise

    @property
    def changes(self) -> list[dict]:
        """Records of the changes to the site, the newest first."""
        return self._kept("about/index.md", "changes", [])

    @property
    def moved(self) -> dict[str, str]:
        """The addresses that were given up, with those that took their place, without slash at either end."""
        return self._kept("about/index.md", "moved", {})

    def changed(self, change: dict) -> list[Page]:
        """Return the pages that a change names, none if it concerns all."""
        paths = (f"{name}.md" for name in change.get("pages", []))
        return [self.pages[path] for path in paths if path in self.pages]

    def dates(self, page: Page) -> list[str]:
        """Return the days on which a page was first published and then revised, in order; none without changes."""
        name = page.path.removesuffix(".md")
        return sorted({each["date"] for each in self.changes if not each.get("pages") or name in each["pages"]})

    def without(self, paths: set[str]) -> Site:
        """Return the site with some pages set aside."""
        if not paths:
            return self
        kept = {path: page for path, page in self.pages.items() if path not in paths}
        return Site(self.docs, kept, self.errors, self.aside | paths)

    @cached_property
    def completed(self) -> Site:
        """The site with the records of its sources, which have to be sound, completed by what follows."""
        index = self.pages.get(sources.INDEX)
        found = [page for page in self.pages.values() if page.is_source]
        records_ = {page.id: {**page.record, "says": sources.opening(page.body)[0]} for page in found}
        metas = sources.completed(records_, index.meta if index else {})
        pages = {
            path: replace(page, meta=metas[page.id]) if page.is_source else page for path, page in self.pages.items()
        }
        return Site(self.docs, pages, self.errors, self.aside)

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
    def outlets(self) -> dict[str, dict]:
        """Outlet records by id."""
        return {outlet["id"]: outlet for outlet in self._kept(sources.INDEX, "outlets", [])}

    @property
    def persons(self) -> list[dict]:
        """Records of persons who wrote sources or are told of, in order."""
        return self._kept(sources.INDEX, "persons", [])

    @cached_property
    def known_persons(self) -> persons.Known:
        """The persons as the text may name them."""
        return persons.Known(self.persons)

    @cached_property
    def contributors(self) -> set[str]:
        """The ids of persons and bodies."""
        return {each["id"] for key in ("persons", "bodies") for each in self._kept(sources.INDEX, key, [])}

    @cached_property
    def terms(self) -> list[dict]:
        """Glossary records in order."""
        return self._kept("concepts/index.md", "terms", [])

    def korean(self, term: dict) -> list[str]:
        """Return the Korean forms of a term of the glossary, its own or those in use of the outlet that it names."""
        if "korean" in term:
            return [term["korean"]]
        names = self.outlets.get(term.get("outlet", ""), {}).get("names", [])
        return [name["text"] for name in names if name["system"].startswith("korean") and "note" not in name]

    @cached_property
    def trees(self) -> dict[str, Element]:
        """The element tree of each page as composed from record and body, without backlinks."""
        return {path: parse(compose.page(page, self)) for path, page in self.pages.items()}

    @cached_property
    def anchors(self) -> dict[str, set[str]]:
        """The ids on each page."""
        return {path: {e.get("id") for e in tree.iter() if e.get("id")} for path, tree in self.trees.items()}

    @cached_property
    def links(self) -> dict[str, list[Link]]:
        """The links of each page that do not lead to another host, in order."""
        result = {}
        for path, tree in self.trees.items():
            found, section = {}, ""
            for element in tree.iter():
                if element.tag in HEADINGS:
                    section = element.get("id", "")
                href = element.get("href", "") if element.tag == "a" else ""
                if href and "://" not in href and not href.startswith(("mailto:", "//")):
                    found[element] = link_of(path, href, section)
                    found[element].text = " ".join("".join(element.itertext()).split())
            said = mentions.sayings(tree, lambda anchor, found=found: anchor in found and self._is_mark(anchor, found))
            for element, link in found.items():
                link.said = said.get(element, "")
            result[path] = list(found.values())
        return result

    def _is_mark(self, anchor: Element, links: dict[Element, Link]) -> bool:
        """Whether a link is a mark of citation, no word of its sentence: it bears a paragraph's sign or a label."""
        link = links[anchor]
        if not link.is_citation:
            return False
        source = self.pages.get(link.target)
        label = "¶" if link.anchor or source is None else source.meta["title"]
        return link.text.startswith(label)

    @property
    def article_id(self) -> str:
        """The id of the source that is the article itself, empty without an article page."""
        article = self.pages.get(records.ARTICLE)
        return article.meta["source"] if article else ""

    def overview(self, page: Page) -> Page | None:
        """Return the overview of the section that a page stands in; None for an overview."""
        return None if page.is_index else self.pages.get(f"{page.folder}/index.md")

    def stands_for(self, page: Page) -> Page | None:
        """Return the source that a page stands for: its own, or on the article's page the article; None elsewhere."""
        if page.is_source:
            return page
        return self.source(self.article_id) if page.path == records.ARTICLE else None

    @cached_property
    def ties(self) -> list[picture.Tie]:
        """Who makes what, from the records of the projects."""
        return picture.ties(self)

    @cached_property
    def references(self) -> dict[str, csl.Item]:
        """Every source as CSL-JSON by its id."""
        return {page.id: csl.source(page) for page in self.pages.values() if page.is_source}

    @cached_property
    def citations(self) -> dict[str, dict[str, str]]:
        """Every source and every page as cited: id → style → HTML."""
        ours = [csl.own(page, self) for page in self.pages.values()]
        return styles.formatted([*self.references.values(), *ours])

    @property
    def timeline_sources(self) -> set[str]:
        """The paths of the sources on which the timeline rests."""
        paths = {f"sources/{ref}.md" for each in self.dated for ref in each.cites}
        paths |= {path for each in self.dated for path in each.pages if path.startswith("sources/")}
        return paths & set(self.pages)

    @cached_property
    def dated(self) -> list[timeline.Dated]:
        """Every dated statement, in order."""
        return timeline.dated(self)

    @cached_property
    def backlinks(self) -> dict[str, list[Link]]:
        """Links to each page from others that state something, by target path.

        Overviews list everything, so a link from one says nothing.
        """
        result: dict[str, list[Link]] = {}
        for path, links in self.links.items():
            if not self.pages[path].is_overview:
                for link in links:
                    if link.target != path:
                        result.setdefault(link.target, []).append(link)
        return result


def link_of(path: str, href: str, section: str = "") -> Link:
    """Return what an address on a page leads to."""
    address, _, anchor = href.partition("#")
    file = address.partition("?")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    return Link(path, href, target, anchor, section)


@lru_cache(maxsize=4)
def read(docs: str) -> Site:
    """Return the site below `docs` as its files have it, read once; `read.cache_clear()` has it read anew."""
    return Site.read(docs)


def load(docs: str) -> Site:
    """Return the site below `docs`, which has to be sound, with completed records."""
    return read(docs).completed


def configured(config: Mapping) -> Site:
    """Return the site that an engine's settings describe, with the address and the name that they give it."""
    site = load(str(Path(config["docs_dir"]).absolute()))
    site.address, site.name = config["site_url"], config["site_name"]
    return site
