"""The data of the site as tables: what each column is.

`TABLES` names the tables and their columns. What a column that a record has under
the same name is, its type, meaning and values, comes from the field of the record
(`edition.records`). The files (`edition.exports.data`) and the explanation on their page
(`edition.pages.tables`) are made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, get_args, get_origin, get_type_hints

from edition import records
from edition.derived import dated
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import (
    Address,
    Claim,
    Event,
    Id,
    Labels,
    Name,
    PastDay,
    Record,
    Relation,
    Result,
    Since,
    SourceRecord,
    Term,
    Text,
)
from edition.text import web_address
from edition.vocabulary import Of, Vocabulary

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
Get = Callable[[Site, Page, Any], Value]
"""How a value is got from the page that a row comes from and the row's record."""
Rows = Iterator[tuple[Page, Any]]
"""Page and record of each row, in the order of the files."""


@dataclass(frozen=True)
class Column:
    """A column: `get` is left out where the record has the value under that name.

    `values` are all that may stand in it, with a label or an empty one, or how they are
    got from the vocabularies; `joins` is the table whose key stands in it. `required` columns are never empty.
    """

    name: str
    type: str
    meaning: str
    get: Get | None = None
    values: dict[str, str] | Callable[[Vocabulary], dict[str, str]] = field(default_factory=dict)
    joins: str = ""
    required: bool = False

    def words(self, site: Site) -> dict[str, str]:
        """Return all that may stand in it, with a label or an empty one; nothing if that is open."""
        return self.values(site.vocabulary) if callable(self.values) else self.values

    @property
    def always(self) -> bool:
        """Whether every row has it in JSON, where a list is there though empty."""
        return self.required or bool(TYPES[self.type].separator)


@dataclass(frozen=True)
class Table:
    """A table: `rows` yields page and record of each row; `key`, the columns that tell rows apart, may be empty."""

    name: str
    title: str
    meaning: str
    rows: Callable[[Site], Rows]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


TYPE_OF = {Text: "text", Id: "id", PastDay: "date", Address: "address", int: "number", bool: "truth"}
"""Types of columns by those of fields; a list has the same in the plural."""


def words_of(marks: tuple, choices: tuple[str, ...]) -> dict[str, str] | Callable[[Vocabulary], dict[str, str]]:
    """Return the values of a field that is marked with a vocabulary or with labels, or is one of some choices."""
    for mark in marks:
        if isinstance(mark, Labels):
            return mark.labels
        if isinstance(mark, Of):
            return lambda words: {key: getattr(each, "label", each) for key, each in getattr(words, mark.name).items()}
    return dict.fromkeys(choices, "")


def column(model: type[Record], key: str, **more: Any) -> Column:
    """Return the column of a field of a record: its type, meaning and values are those of the field."""
    told = model.model_fields[key]
    hint = get_type_hints(model, include_extras=True)[key]
    plural, marks = "", ()
    while hint not in TYPE_OF:
        if get_origin(hint) is list:
            plural = "s"
        elif hasattr(hint, "__metadata__"):
            marks = hint.__metadata__
        elif get_origin(hint) is Literal or hint is str:
            break
        hint = next(each for each in get_args(hint) if each is not type(None))
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    # A field that is true or false is one of the two in every row.
    more = {"required": told.is_required() or hint is bool, "values": words_of(marks, choices), **more}
    return Column(key, TYPE_OF.get(hint, "text") + plural, told.description, **more)


def columns(model: type[Record], keys: str, **more: Any) -> tuple[Column, ...]:
    """Return the columns of some fields of a record, by their names with spaces between."""
    return tuple(column(model, key, **more) for key in keys.split())


def parts(key: str) -> Callable[[Site], Rows]:
    """Return the rows of a table that has one for each record in a list of the entries' records."""
    return lambda site: ((page, record) for page in site.entries.values() for record in getattr(page, key))


def pages(of: Callable[[Page], bool]) -> Callable[[Site], Rows]:
    """Return the rows of a table that has one for each page of a kind."""
    return lambda site: ((page, page.record) for page in site.pages.values() if of(page))


def terms(site: Site) -> Rows:
    """Yield the glossary's terms."""
    return ((site.pages["concepts/index.md"], term) for term in site.terms)


def statements(site: Site) -> Rows:
    """Yield the statements of the timeline, each from the page whose record has it."""
    return ((site.pages[each.pages[0]], each) for each in dated.dated(site))


def since(site: Site, page: Page, claim: Claim, key: str) -> Value:
    """Return a value of the record of what came since a claim, None for a claim that is not tracked."""
    return getattr(claim.since, key, None)


def revised(site: Site, page: Page, record: Any) -> str | None:
    """Return the day of a page's last revision, if it was revised."""
    _, *later = site.dates(page) or [""]
    return later[-1] if later else None


def page_id(site: Site, page: Page, record: Any) -> str:
    """Return the name of the row's page in its address."""
    return page.id


def page_address(site: Site, page: Page, record: Any) -> str:
    """Return the public address of the row's page."""
    return site.url(page.path)


def languages(words: Vocabulary) -> dict[str, str]:
    """Return the language tags of the ways to write a name."""
    return {each.language: "" for each in words.name_systems.values() if each.language}


PAGE_ID = Column("id", "id", "The page’s name in its address", page_id, required=True)
ENTRY = Column("entry", "id", "The entry", page_id, joins="entries", required=True)

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
            *columns(records.TitledRecord, "title"),
            Column("address", "address", "Where the page is", page_address, required=True),
            Column(
                "description",
                "text",
                "What it is, in a sentence",
                lambda site, page, record: page.description,
                required=True,
            ),
            *columns(records.EntryRecord, "subtitle"),
            *columns(records.EntryRecord, "in_article"),
            *columns(records.ProjectRecord, "field", required=False),
            column(
                records.ProjectRecord,
                "field_disputed",
                get=lambda site, page, record: getattr(record, "field_disputed", False),
            ),
            *columns(records.ProjectRecord, "area"),
            *columns(records.ProspectRecord, "part", required=False),
            Column(
                "first_published",
                "date",
                "When the page was first published",
                lambda site, page, record: next(iter(site.dates(page)), None),
            ),
            Column("revised", "date", "When it was last revised, empty if it was not", revised),
            column(Event, "cites", get=lambda site, page, record: page.cites, required=False),
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
            *columns(Name, "text system"),
            Column(
                "language",
                "text",
                "Its language tag (BCP 47), empty for forms in Latin script",
                lambda site, page, name: site.vocabulary.language_of(name.system),
                languages,
            ),
            *columns(Name, "status"),
            *columns(Name, "source", joins="sources"),
            *columns(Name, "shared_with", joins="entries"),
            *columns(Name, "note"),
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
            *columns(Relation, "kind"),
            *columns(Relation, "to", joins="entries"),
            *columns(Relation, "name certainty note"),
            *columns(Relation, "cites", required=False),
        ),
    ),
    Table(
        "claims",
        "Claims",
        "The claims of the article, one a row, and what has been reported on its forecasts since.",
        parts("claims"),
        (
            *columns(Claim, "id"),
            ENTRY,
            *columns(Claim, "kind paragraph date text"),
            *(
                column(Since, key, get=partial(since, key=key), required=False)
                for key in "state as_of looked_for found confidence supports contradicts context".split()
            ),
        ),
        ("id",),
    ),
    Table(
        "timeline",
        "Timeline",
        "Every dated statement of the site, in order.",
        statements,
        (
            *columns(Event, "date until dated voice disputed text"),
            Column(
                "entries",
                "ids",
                "Ids of the entries that tell it, none if only the glossary or a source does",
                lambda site, page, each: [site.pages[path].id for path in each.pages if site.pages[path].is_entry],
            ),
            Column("address", "address", "Where the page is whose record has it", page_address, required=True),
            *columns(Event, "cites", required=False),
        ),
    ),
    Table(
        "tournaments",
        "Tournaments",
        "Tournaments that projects entered.",
        parts("tournaments"),
        (
            ENTRY,
            *columns(Result, "date event entered_as place"),
            Column(
                "entrants", "number", Result.model_fields["field"].description, lambda site, page, result: result.field
            ),
            *columns(Result, "voice disputed note"),
            *columns(Result, "cites", required=False),
        ),
    ),
    Table(
        "terms",
        "Terms",
        "The glossary.",
        terms,
        (
            *columns(Term, "id term"),
            Column("korean", "texts", "Its Korean forms", lambda site, page, term: site.korean(term)),
            *columns(Term, "korean_note"),
            *columns(Term, "forms", required=False),
            *columns(Term, "definition"),
            *columns(Term, "cites", required=False),
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
            Column("label", "text", "How the site cites it", lambda site, page, source: source.title, required=True),
            Column("address", "address", "Where its page on this site is", page_address, required=True),
            *columns(SourceRecord, "type", required=True),
            Column(
                "authors",
                "texts",
                "Persons, each with family name, comma, given name, and bodies",
                lambda site, page, source: [each.listed for each in source.by],
            ),
            *columns(SourceRecord, "work", required=True),
            Column(
                "work_status",
                "text",
                "What the title is",
                lambda site, page, source: source.work_status,
                records.WORK_STATUS,
                required=True,
            ),
            *columns(SourceRecord, "english"),
            Column(
                "outlet",
                "text",
                "The paper, site or series in which it appeared",
                lambda site, page, source: source.container,
            ),
            Column(
                "via",
                "text",
                "Where it was seen, if elsewhere than where it appeared",
                lambda site, page, source: " ".join(source.seen or ()),
            ),
            *columns(SourceRecord, "issue pages publisher place issued inferred number"),
            *columns(SourceRecord, "language", required=True),
            Column(
                "url",
                "address",
                "Where it is or was; its page says of which hosts to beware",
                lambda site, page, source: web_address(source.url),
            ),
            *columns(SourceRecord, "reference_of_article"),
            Column(
                "says",
                "text",
                "What it says that matters here",
                lambda site, page, source: page.description,
                required=True,
            ),
            *columns(SourceRecord, "read", required=True),
        ),
        ("id",),
    ),
)
"""Every table with every column."""


def rows(table: Table, site: Site) -> list[dict[str, Value]]:
    """Return a table's rows, a value a column in its order; what is empty is None, an empty list a list."""

    def value(column: Column, page: Page, record: Any) -> Value:
        found = column.get(site, page, record) if column.get else getattr(record, column.name, None)
        if TYPES[column.type].separator:
            return list(found or [])
        return None if found == "" else found

    return [{column.name: value(column, *row) for column in table.columns} for row in table.rows(site)]


def version(site: Site) -> str:
    """Return the version of the data: the day of the newest change to the site, empty without changes."""
    return max((change.date for change in site.changes), default="")
