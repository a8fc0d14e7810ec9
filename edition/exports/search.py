"""What search finds: names and headings of all pages in one file, their text in a file a section.

Names come from the records, headings and text from the pages as they were
built, so that what is found stands there, at the address that is told.
`overrides/assets/javascripts/search/` reads them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import Body, Name, Person
from edition.text import slug

NAME, SUBJECT = 1, 2
"""Kinds of words: a name, and one by which readers look for a page, as is its field."""

Words = list[tuple[str, int, str]]
"""Words, kind, language."""

HEADINGS = ("h1", "h2", "h3")
BLOCKS = frozenset(
    "p li tr dt dd div dl ul ol table details summary section figure figcaption blockquote pre".split()
).union(HEADINGS)
"""Elements before and after which the words of another begin."""
CELLS = frozenset(["td", "th"])
EMPTY = frozenset("area br col hr img input link meta source wbr".split())
"""Elements without an end."""
ASIDE = frozenset(["button", "form", "nav", "script", "style", "svg"])
CLASSES_ASIDE = frozenset(["headerlink", "ed-note", "ed-above", "ed-paper", "ed-resting", "ed-examples"])
"""What is no part of the text: signs, notes, forms."""
DERIVED = "ed-derived"
"""The heading of a section that is drawn from other pages, which search finds there. (Zensical takes the attribute off
by which Material would be told.)"""
FACTS = "ed-facts"
"""The facts box: its words are found, but it cannot be read as a sentence."""
REPEATED = ("rests-on", "citation", "cited-by", "see-also")
"""Sections that say of a page what others say of it."""


@dataclass
class Section:
    """A heading with the blocks of text below it, up to the next; `facts` are the words of a facts box."""

    id: str
    level: int
    hidden: bool
    title: str = ""
    blocks: list[str] = field(default_factory=lambda: [""])
    facts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The blocks, each on a line."""
        return "\n".join(" ".join(block.split()) for block in self.blocks if block.strip())


class Reader(HTMLParser):
    """Parts the article of a page into sections; one whose heading has the class `DERIVED` is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self.open: list[tuple[str, str]] = []  # Elements within the article, each with what its text counts as.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if not self.open and tag != "article":
            return
        told = dict(attrs)
        classes = set((told.get("class") or "").split())
        counts_as = self.open[-1][1] if self.open else "text"
        if tag in HEADINGS:
            self.sections.append(Section(told.get("id") or "", int(tag[1]), DERIVED in classes))
            counts_as = "title"
        elif tag in ASIDE or classes & CLASSES_ASIDE:
            counts_as = ""
        elif FACTS in classes and counts_as:
            counts_as = "facts"
        elif tag == "dt" and counts_as == "facts":
            counts_as = ""
        if tag not in EMPTY:
            self.open.append((tag, counts_as))
        self.part(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of that name, with those left open in it."""
        names = [name for name, _ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
            self.part(tag)

    def part(self, tag: str) -> None:
        """Keep the words before and after an element apart."""
        if self.sections and tag in BLOCKS:
            self.sections[-1].blocks.append("")
        elif self.sections and (tag in CELLS or tag in EMPTY):
            self.sections[-1].blocks[-1] += " "

    def handle_data(self, data: str) -> None:
        """Take text in."""
        counts_as = self.open[-1][1] if self.open else ""
        if not counts_as or not self.sections:
            return
        section = self.sections[-1]
        if counts_as == "title":
            section.title += data
        elif counts_as == "facts":
            section.facts.append(data)
        else:
            section.blocks[-1] += data


def sections(html: str) -> list[Section]:
    """Return the sections of a page; those below a hidden heading are hidden with it."""
    reader = Reader()
    reader.feed(html)
    below = 0
    for section in reader.sections:
        section.title = " ".join(section.title.split())
        if below and section.level > below:
            section.hidden = True
        else:
            below = section.level if section.hidden else 0
    return reader.sections


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, each once, without addresses."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", re.sub(r"https?://\S+", " ", text.lower()))))


def named(site: Site, names: list[Name]) -> Words:
    """Return names on record, each in the language of its system."""
    return [(name.text, NAME, site.vocabulary.language_of(name.system) or "en") for name in names]


def words_of(page: Page, site: Site) -> Words:
    """Return the words by which a page is found beside those it has."""
    names = [name for name in page.names if getattr(name, "of", "title") == "title"]
    by = [name for author in authors(page) for name in (author.native or author.listed, *author.known_as)]
    own = [getattr(page.record, "subtitle", ""), *by]
    subjects = [*page.subjects, getattr(page.record, "field", "").replace("-", " ")]
    return [
        *named(site, names),
        *((name, NAME, language_of(name)) for name in own if name),
        *((subject, SUBJECT, language_of(subject)) for subject in subjects if subject),
    ]


def authors(page: Page) -> list[Person | Body]:
    """Return who wrote a source; none for other pages."""
    return getattr(page.record, "by", [])


def language_of(text: str) -> str:
    """Return the language of a subject."""
    return "ko" if re.search("[가-힣]", text) else "en"


def words_by_heading(page: Page, site: Site) -> dict[str, Words]:
    """Return the same for the terms of the glossary, by the id of their heading."""
    found: dict[str, Words] = {}
    for term in page.terms:
        own: Words = [(term.term, NAME, "en"), *([(term.korean, NAME, "ko")] if term.korean else [])]
        found[term.id] = own + named(site, site.outlet_names(term.outlet))
    return found


def short(words: Words) -> list[list]:
    """Return words as they stand in the file: English goes without saying."""
    return [[text, kind] if language == "en" else [text, kind, language] for text, kind, language in words]


def files(site: Site, target: Path) -> dict[str, str]:
    """Return the text of the files by path, from the pages that were built below a folder.

    `names.json` has the `sections` of the site with their titles, in order, and the `pages`, each with address, title,
    words, date of the last revision (sources have it in their title) and the headings below it, each with id, title and
    words; an id that follows from the title is empty, and what is empty at the end of a list is left out.
    `text/SECTION.json` has by address the text of the page's lead, of each of these headings, and last the words that
    stand in its facts and tables alone.
    """
    parts = {path: sections(built(page, target)) for path, page in site.pages.items()}
    said = {word for each in parts.values() for part in each if not part.hidden for word in words(part.text)}
    pages, texts = [], {}
    for path, page in site.pages.items():
        shown = [part for part in parts[path] if not part.hidden]
        by_heading = words_by_heading(page, site)
        headings = [
            trimmed([part.id if part.id != slug(part.title) else "", part.title, short(by_heading.get(part.id, []))])
            for part in shown[1:]
        ]
        date = "" if page.is_source else site.dates(page)[-1]
        pages.append(trimmed([page.url, page.title, short(words_of(page, site)), date, headings]))
        own = [part.text for part in shown]
        if page.is_source:
            by = ", ".join(author.listed for author in authors(page))
            own[0] = "\n".join(filter(None, [own[0], page.record.work, page.record.english, by]))
        texts.setdefault(page.folder or "home", {})[page.url] = [*own, rest(parts[path], {*words(" ".join(own))}, said)]
    overviews = {folder: site.pages.get(f"{folder}/index.md") for folder in texts}
    titles = {folder: overview.title if overview else "" for folder, overview in overviews.items()}
    told = {"names": {"sections": titles, "pages": pages}} | {f"text/{name}": each for name, each in texts.items()}
    return {f"search/{name}.json": as_json(each) for name, each in told.items()}


def built(page: Page, target: Path) -> str:
    """Return a page as it was built below a folder."""
    return (target / page.url / "index.html").read_text("utf-8")


def trimmed(values: list) -> list:
    """Return a list without what is empty at its end."""
    while not values[-1]:
        values = values[:-1]
    return values


def rest(parts: list[Section], own: set[str], said: set[str]) -> str:
    """Return the words of a page's facts that its own text has not, and those of its tables that no page's has."""
    facts = words(" ".join(text for part in parts for text in part.facts))
    tables = words(" ".join(part.text for part in parts if part.hidden and part.id not in REPEATED))
    return " ".join([*(word for word in facts if word not in own), *(word for word in tables if word not in said)])


def as_json(value: dict) -> str:
    """Return a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
