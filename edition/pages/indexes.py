"""A section's pages as rows of a table, with the values by which they can be filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from edition import records
from edition.derived import persons
from edition.derived.links import backlinks
from edition.derived.ties import ties
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import Body, Person
from edition.text import slug


class Value(NamedTuple):
    """A value by which a row is filtered under a key, with the label that readers see."""

    key: str
    value: str
    label: str


class Key(NamedTuple):
    """A key by which rows are filtered, its label, and the labels of all values that occur."""

    name: str
    label: str
    values: dict[str, str]


Row = dict[str, Any]
LABELS = {
    "field": "Field",
    "maker": "Maker",
    "part": "Part",
    "year": "Year",
    "outlet": "Outlet",
    "entry": "Told on",
    "kind": "Kind",
    "language": "Language",
    "voice": "Named by",
}
"""Keys of filters in their order, with the labels that readers see."""


def keys(rows: list[Row], **labels: str) -> list[Key]:
    """Return the keys under which the values of rows differ, by label, years backwards; `labels` overrule `LABELS`."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        for each in row.values():
            for value in each if isinstance(each, list) else [each]:
                value = value.get("value") if isinstance(value, dict) else value
                if isinstance(value, Value):
                    found.setdefault(value.key, {})[value.value] = value.label
    labels = LABELS | labels
    return [
        Key(name, label, dict(sorted(found[name].items(), key=lambda item: item[1], reverse=name == "year")))
        for name, label in labels.items()
        if len(found.get(name, ())) > 1
    ]


def first_korean(page: Page) -> records.Name | None:
    """Return the first Korean form of an entry's name, None if it has none."""
    return next((name for name in page.names if name.system.startswith("korean")), None)


def voice(page: Page) -> Value:
    """Return who names an entry."""
    return Value("voice", "article", "the article") if page.record.in_article else OTHERS


OTHERS = Value("voice", "reporting", "other sources")


def field(site: Site, page: Page) -> Value:
    """Return the field of a project."""
    return Value("field", page.record.field, site.vocabulary.fields[page.record.field])


def project(page: Page, site: Site) -> Row:
    """Return a project with field and makers."""
    makers = []
    for tie in ties(site):
        if tie.project == page.id:
            known = site.entries.get(tie.maker)
            label = known.title if known else tie.maker or "not known"
            remark = tie.certainty if tie.certainty in ("disputed", "inferred") else ""
            value = Value("maker", slug(label) if tie.maker else "unknown", label)
            makers.append({"value": value, "page": known, "remark": remark})
    return {"field": field(site, page), "makers": makers, "korean": first_korean(page), "voice": voice(page)}


def institution(page: Page, site: Site) -> Row:
    """Return an institution with the fields of its projects."""
    made = [site.entries[tie.project] for tie in ties(site) if tie.maker == page.id]
    fields = list(dict.fromkeys(field(site, each) for each in made)) or [Value("field", "none", "no project found")]
    return {"fields": fields, "korean": first_korean(page), "voice": voice(page)}


def claims(page: Page, site: Site) -> Row:
    """Return a page of background or prospects with the number of its claims of each kind, as the value's label."""
    told = [claim.kind for claim in page.claims]
    kinds = [Value("kind", kind, label) for kind, label in site.vocabulary.claim_kinds.items() if kind in told]
    numbers = [(value, told.count(value.value)) for value in kinds]
    part = getattr(page.record, "part", "")
    return {"part": part and Value("part", part, part.capitalize()), "values": kinds, "kinds": numbers}


def source(page: Page, site: Site) -> Row:
    """Return a source with its year, outlet, kind and language, and who cites it."""
    record = page.record
    cited = Value("voice", "site", "this site")
    if page.id == site.article_id:
        cited = Value("voice", "self", "the article itself")
    if record.reference_of_article:
        cited = Value("voice", "article", "the article")
    year = (record.issued or record.inferred)[:4]
    places = {link.source for link in backlinks(site).get(page.path, [])}
    entries = [site.pages[path] for path in sorted(places) if site.pages[path].is_entry]
    return {
        "year": Value("year", year or "undated", year or "Undated"),
        "outlet": record.container and Value("outlet", slug(record.container), record.container),
        "entries": [Value("entry", entry.id, entry.title) for entry in entries],
        "kind": Value("kind", record.type, records.SOURCE_TYPES[record.type]),
        "language": Value("language", record.language, site.vocabulary.languages[record.language]),
        "voice": cited,
    }


KINDS: dict[str, Callable[[Page, Site], Row]] = {
    "background": claims,
    "institutions": institution,
    "projects": project,
    "prospects": claims,
    "sources": source,
}


def rank(site: Site) -> Callable[[Page], tuple]:
    """Return the order of a section: what the article names first, then by the article's course, then by title."""

    def key(page: Page) -> tuple:
        record = page.record
        named = record.reference_of_article if page.is_source else record.in_article
        paragraph = page.claims[0].paragraph if page.claims and not page.names else 0
        return (page.id != site.article_id, not named, getattr(record, "part", "") == "theme", paragraph, page.title)

    return key


def index(page: Page, site: Site) -> list[Row]:
    """Return a section's pages as rows, none where it has none."""
    if page.folder not in KINDS:
        return []
    pages = [other for other in site.pages.values() if other.folder == page.folder and not other.is_index]
    return [{"page": other, **KINDS[page.folder](other, site)} for other in sorted(pages, key=rank(site))]


def contributors(site: Site) -> Iterator[tuple[Person | Body, list[Page]]]:
    """Yield persons and bodies on record, each with the pages of what they wrote and that tell of them."""
    wrote: dict[str, list[Page]] = {}
    for other in site.pages.values():
        for author in other.record.authors if other.is_source else ():
            wrote.setdefault(author, []).append(other)
    told = [other for other in site.pages.values() if other.is_entry or other.folder == "concepts"]
    for each in site.contributors.values():
        places = wrote.get(each.id, [])
        if isinstance(each, Person):
            places = places + [other for other in told if any(form in other.text for form in persons.forms(each))]
        yield each, places
