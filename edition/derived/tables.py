"""The data of the site as tables: what each column is.

`TABLES` is the one definition. The files (`edition.exports.data`) and the
explanation on their page (`edition.pages.tables`) are made from it; the rows
come from the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from edition import records
from edition.derived import dated
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.text import named, web_address

FOLDER = "data"

ID = "[a-z0-9]+(-[a-z0-9]+)*"
DAY = r"^\d{4}(-\d{2}){0,2}$"


@dataclass(frozen=True)
class Type:
    """A type of column: its name for readers, in a data package and in JSON Schema; what parts a list in a cell."""

    label: str
    field: dict
    schema: dict
    separator: str = ""


TYPES = {
    "text": Type("text", {"type": "string"}, {"type": "string", "minLength": 1}),
    "texts": Type(
        "list of texts",
        {"type": "string"},
        {"type": "array", "items": {"type": "string", "minLength": 1}},
        "; ",
    ),
    "id": Type(
        "id",
        {"type": "string", "constraints": {"pattern": f"^{ID}$"}},
        {"type": "string", "pattern": f"^{ID}$"},
    ),
    "ids": Type(
        "list of ids",
        {"type": "string", "constraints": {"pattern": f"^{ID}( {ID})*$"}},
        {"type": "array", "items": {"type": "string", "pattern": f"^{ID}$"}},
        " ",
    ),
    # No type of date: it may stop at the month or the year.
    "date": Type("date", {"type": "string", "constraints": {"pattern": DAY}}, {"type": "string", "pattern": DAY}),
    "address": Type("address", {"type": "string", "format": "uri"}, {"type": "string", "format": "uri"}),
    "number": Type(
        "whole number", {"type": "integer", "constraints": {"minimum": 1}}, {"type": "integer", "minimum": 1}
    ),
    "truth": Type("true or false", {"type": "boolean"}, {"type": "boolean"}),
}

Value = str | int | bool | list[str] | None
Get = Callable[["Site", "Page", dict], Value]
"""How a value is got from the page that a row comes from and the row's record."""


@dataclass(frozen=True)
class Column:
    """A column: `get` is left out where the record has the value under that name.

    `values` are all that may stand in it, with a label or an empty one;
    `joins` is the table whose key stands in it. `required` columns are never empty.
    """

    name: str
    type: str
    meaning: str
    get: Get | None = None
    values: dict[str, str] = field(default_factory=dict)
    joins: str = ""
    required: bool = False

    @property
    def always(self) -> bool:
        """Whether every row has it in JSON, where a list is there though empty."""
        return self.required or bool(TYPES[self.type].separator)


@dataclass(frozen=True)
class Table:
    """A table: `rows` yields page and record of each row, in the order of the files; `key` may be empty."""

    name: str
    title: str
    meaning: str
    rows: Callable[[Site], Iterator[tuple[Page, dict]]]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


def choices(model: type[records.Record], key: str) -> dict[str, str]:
    """Return what a key of a record may hold, for vocabularies that have no labels."""
    return dict.fromkeys(get_args(model.model_fields[key].annotation), "")


def parts(key: str) -> Callable[[Site], Iterator[tuple[Page, dict]]]:
    """Return the rows of a table that has one for each record in a list of the entries' records."""
    return lambda site: ((page, record) for page in site.entries.values() for record in page.meta.get(key, []))


def pages(of: Callable[[Page], bool]) -> Callable[[Site], Iterator[tuple[Page, dict]]]:
    """Return the rows of a table that has one for each page of a kind."""
    return lambda site: ((page, page.meta) for page in site.pages.values() if of(page))


def terms(site: Site) -> Iterator[tuple[Page, dict]]:
    """Yield the glossary's terms."""
    return ((site.pages["concepts/index.md"], term) for term in site.terms)


def statements(site: Site) -> Iterator[tuple[Page, dict]]:
    """Yield the statements of the timeline, each from the page whose record has it."""
    return ((site.pages[each.pages[0]], vars(each)) for each in dated.dated(site))


def truth(key: str) -> Get:
    """Return how a value is got that is false where the record does not have it."""
    return lambda site, page, record: record.get(key, False)


def since(key: str) -> Get:
    """Return how a value of the record of what came since is got."""
    return lambda site, page, claim: claim.get("since", {}).get(key)


def revised(site: Site, page: Page, record: dict) -> str | None:
    """Return the day of a page's last revision, if it was revised."""
    _, *later = site.dates(page) or [""]
    return later[-1] if later else None


def page_id(site: Site, page: Page, record: dict) -> str:
    """Return the name of the row's page in its address."""
    return page.id


def page_address(site: Site, page: Page, record: dict) -> str:
    """Return the public address of the row's page."""
    return site.url(page.path)


PAGE_ID = Column("id", "id", "The page’s name in its address", page_id, required=True)
ENTRY = Column("entry", "id", "The entry", page_id, joins="entries", required=True)
CITES = Column("cites", "ids", "What it rests on: paragraphs of the article, `p1` to `p13`, and ids of sources")
VOICE = Column("voice", "text", "Whose word it is", values=records.VOICES, required=True)
DISPUTED = Column("disputed", "truth", "Whether other sources contradict it", truth("disputed"), required=True)
NOTE = Column("note", "text", "A remark")

TABLES = (
    Table(
        "entries",
        "Entries",
        "The pages on background, institutions, projects and prospects.",
        pages(lambda page: page.is_entry),
        (
            PAGE_ID,
            Column(
                "section",
                "text",
                "The section it stands in",
                lambda site, page, record: page.folder,
                dict.fromkeys(records.ENTRY_FOLDERS, ""),
                required=True,
            ),
            Column("title", "text", "The name that the page bears", required=True),
            Column("address", "address", "Where the page is", page_address, required=True),
            Column("description", "text", "What it is, in one sentence or two", required=True),
            Column(
                "in_article",
                "truth",
                "Whether the article names it",
                lambda site, page, record: record.get("in_article", True),
                required=True,
            ),
            Column("field", "text", "What a project does", values=records.FIELDS),
            Column("field_disputed", "truth", "Whether sources disagree on it", truth("field_disputed"), required=True),
            Column("area", "text", "The area of AI under which the article puts a project", values=records.AREAS),
            Column(
                "part",
                "text",
                "Whether it is a prospect of the article or a theme that runs through it",
                values=choices(records.ProspectRecord, "part"),
            ),
            Column(
                "first_published",
                "date",
                "When the page was first published",
                lambda site, page, record: next(iter(site.dates(page)), None),
            ),
            Column("revised", "date", "When it was last revised, empty if it was not", revised),
            CITES,
        ),
        ("id",),
    ),
    Table(
        "names",
        "Names",
        "Every written form of an entry’s name.",
        parts("names"),
        (
            ENTRY,
            Column("text", "text", "The form", required=True),
            Column("system", "text", "How it is written", values=records.NAME_SYSTEMS, required=True),
            Column(
                "language",
                "text",
                "Its language tag (BCP 47), empty for forms in Latin script",
                lambda site, page, name: records.LANGUAGES.get(name["system"]),
                dict.fromkeys(records.LANGUAGES.values(), ""),
            ),
            Column(
                "status",
                "text",
                "How sure it is: seen in a source, seen but only probably of this bearer, or worked out from another",
                values=choices(records.Name, "status"),
                required=True,
            ),
            Column("source", "id", "A source that has the form", joins="sources"),
            Column("shared_with", "id", "Another entry that goes by the same form", joins="entries"),
            NOTE,
        ),
        ("entry", "text"),
    ),
    Table(
        "relations",
        "Relations",
        "Ties of an entry to another body, such as the maker of a project.",
        parts("relations"),
        (
            ENTRY,
            Column("kind", "text", "What the other body is to it", values=records.RELATION_KINDS, required=True),
            Column("to", "id", "The other body, if it has an entry", joins="entries"),
            Column("name", "text", "The other body’s name, if it has none"),
            Column("certainty", "text", "How sure the tie is", values=records.CERTAINTIES, required=True),
            NOTE,
            CITES,
        ),
    ),
    Table(
        "claims",
        "Claims",
        "The claims of the article, one a row, and what has been reported on its forecasts since.",
        parts("claims"),
        (
            Column("id", "id", "The claim’s anchor on its page", required=True),
            ENTRY,
            Column("kind", "text", "What kind of claim it is", values=records.CLAIM_KINDS, required=True),
            Column("paragraph", "number", "The article’s paragraph", required=True),
            Column("date", "date", "When what it tells of happened, where the article says so"),
            Column("text", "text", "The claim in our words", required=True),
            Column(
                "state",
                "text",
                "How a forecast, concern or recommendation has fared",
                since("state"),
                {state: told for states in records.STATES.values() for state, told in states.items()},
            ),
            Column("as_of", "date", "The day up to which this was looked for", since("as_of")),
            Column("looked_for", "text", "What was looked for, and when", since("looked_for")),
            Column("found", "text", "What was found", since("found")),
            Column(
                "confidence",
                "text",
                "How sure that is",
                since("confidence"),
                choices(records.Since, "confidence"),
            ),
            Column("supports", "ids", "Sources that speak for it", since("supports")),
            Column("contradicts", "ids", "Sources that speak against it", since("contradicts")),
            Column("context", "ids", "Sources that bear on it without speaking for or against", since("context")),
        ),
        ("id",),
    ),
    Table(
        "timeline",
        "Timeline",
        "Every dated statement of the site, in order.",
        statements,
        (
            Column("date", "date", "The day, or the first day of a span", required=True),
            Column("until", "date", "The last day of a span"),
            Column(
                "dated",
                "text",
                "Whether the day is that of the event or only of the report",
                values=choices(records.Event, "dated"),
                required=True,
            ),
            VOICE,
            DISPUTED,
            Column("text", "text", "The statement", required=True),
            Column(
                "entries",
                "ids",
                "Ids of the entries that tell it, none if only the glossary or a source does",
                lambda site, page, record: [
                    site.pages[path].id for path in record["pages"] if site.pages[path].is_entry
                ],
            ),
            Column("address", "address", "Where the page is whose record has it", page_address, required=True),
            CITES,
        ),
    ),
    Table(
        "tournaments",
        "Tournaments",
        "Tournaments of Go programs.",
        parts("tournaments"),
        (
            ENTRY,
            Column("date", "date", "When it was", required=True),
            Column("event", "text", "The tournament", required=True),
            Column("entered_as", "text", "The name under which the program was entered", required=True),
            Column("place", "number", "Its place, empty if not known"),
            Column(
                "entrants",
                "number",
                "How many took part, empty if not known",
                lambda site, page, result: result.get("field"),
            ),
            VOICE,
            DISPUTED,
            NOTE,
            CITES,
        ),
    ),
    Table(
        "terms",
        "Terms",
        "The glossary.",
        terms,
        (
            Column("id", "id", "The term’s anchor in the glossary", required=True),
            Column("term", "text", "The term", required=True),
            Column("korean", "texts", "Its Korean forms", lambda site, page, term: site.korean(term)),
            Column("korean_note", "text", "A remark on the Korean"),
            Column("forms", "texts", "Words by which other pages mean it"),
            Column("definition", "text", "What it means here", required=True),
            CITES,
        ),
        ("id",),
    ),
    Table(
        "sources",
        "Sources",
        "The bibliography: the article, its references and every other source.",
        pages(lambda page: page.is_source),
        (
            PAGE_ID,
            Column("label", "text", "How the site cites it", lambda site, page, record: record["title"], required=True),
            Column("address", "address", "Where its page on this site is", page_address, required=True),
            Column("type", "text", "What it is", values=records.SOURCE_TYPES, required=True),
            Column(
                "authors",
                "texts",
                "Persons, each with family name, comma, given name, and bodies",
                lambda site, page, record: list(map(named, record["authors"])),
            ),
            Column("work", "text", "Its title", required=True),
            Column("work_status", "text", "What the title is", values=records.WORK_STATUS, required=True),
            Column("english", "text", "Our rendering of a title in another language"),
            Column(
                "outlet",
                "text",
                "The paper, site or series in which it appeared",
                lambda site, page, record: record["container"],
            ),
            Column(
                "via",
                "text",
                "Where it was seen, if elsewhere than where it appeared",
                lambda site, page, record: " ".join(record["seen"].values()),
            ),
            Column("issue", "text", "Issue"),
            Column("pages", "text", "Pages"),
            Column("publisher", "text", "Publisher"),
            Column("place", "text", "Place of publication"),
            Column("issued", "date", "When it appeared, empty if not known"),
            Column("inferred", "date", "When it apparently appeared, worked out from the text"),
            Column("number", "text", "A number printed in it, such as an ISBN"),
            Column("language", "text", "Its language", values=records.LANGUAGE_NAMES, required=True),
            Column(
                "url",
                "address",
                "Where it is or was; an address that ends in .kp before its path is a North Korean host",
                lambda site, page, record: web_address(record["url"]) if "url" in record else None,
            ),
            Column(
                "reference_of_article",
                "truth",
                "Whether the article lists it",
                required=True,
            ),
            Column("says", "text", "What it says that matters here", required=True),
            Column("read", "text", "How far it was read", values=records.READ, required=True),
        ),
        ("id",),
    ),
)
"""Every table with every column: the only place that says what they are."""


def rows(table: Table, site: Site) -> list[dict[str, Value]]:
    """Return a table's rows, a value a column in its order; what is empty is None, an empty list a list."""

    def value(column: Column, page: Page, record: dict) -> Value:
        found = column.get(site, page, record) if column.get else record.get(column.name)
        if TYPES[column.type].separator:
            return list(found or [])
        return None if found == "" else found

    return [{column.name: value(column, *row) for column in table.columns} for row in table.rows(site)]


def version(site: Site) -> str:
    """Return the version of the data: the day of the newest change to the site, empty without changes."""
    return max((change["date"] for change in site.changes), default="")
