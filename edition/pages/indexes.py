"""A section's pages as a table that can be sorted and filtered, its columns by kind."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from edition import records
from edition.derived import persons
from edition.derived.ties import ties
from edition.language import escaped, html_spoken, korean_words, spoken, words
from edition.pages.markup import anchor, as_html, author, filters, link, table, tagged, work
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.text import slug


class Values:
    """The values that occur in a table, by the key under which its rows are filtered."""

    def __init__(self, **labels: str) -> None:
        self.labels = labels
        self.found: dict[str, dict[str, str]] = {key: {} for key in labels}

    def tag(self, key: str, label: str, value: str = "", shown: str = "") -> str:
        """Note a value; return its label (or what is `shown` for it) so that its row is found by it."""
        value = value or slug(label)
        self.found[key][value] = label
        return tagged(shown or label, **{key: value})

    def form(self, rows: int) -> str:
        """Return the filters, empty if every row has the same values."""
        keys = {
            key: (self.labels[key], dict(sorted(values.items(), key=lambda item: item[1])))
            for key, values in self.found.items()
            if len(values) > 1
        }
        return filters("the pages", keys, rows) if keys else ""


Rows = tuple[list[str], list[list[str]], Values]
"""Head and body of a table with the values that occur in it."""


def first_korean(page: Page) -> str:
    """Return the first Korean form of an entry's name, with its status unless confirmed."""
    for name in page.names:
        if name.system.startswith("korean"):
            status = "" if name.status == "confirmed" else f" ({name.status})"
            return spoken(name.text, "ko") + status
    return "not known"


def voice(page: Page, values: Values) -> str:
    """Return who names an entry."""
    label, value = ("the article", "article") if page.record.in_article else ("other sources", "reporting")
    return values.tag("voice", label, value, f"named by {label}")


def projects(page: Page, site: Site, pages: list[Page]) -> Rows:
    """Return the projects with field and makers."""
    values = Values(field="Field", maker="Maker", voice="Named by")
    body = []
    for other in pages:
        makers = []
        for tie in ties(site):
            if tie.project != other.id:
                continue
            known = site.entries.get(tie.maker)
            label = known.title if known else tie.maker or "not known"
            shown = link(page, known) if known else label
            remark = f" ({tie.certainty})" if tie.certainty in ("disputed", "inferred") else ""
            makers.append(values.tag("maker", label, "" if tie.maker else "unknown", shown) + remark)
        field = values.tag("field", site.vocabulary.fields[other.record.field], other.record.field)
        field += " (disputed)" if other.record.field_disputed else ""
        body.append([link(page, other), first_korean(other), field, "; ".join(makers), voice(other, values)])
    return ["Project", "Korean", "Field", "Maker", "In the article"], body, values


def institutions(page: Page, site: Site, pages: list[Page]) -> Rows:
    """Return the institutions with the fields of their projects."""
    values = Values(field="Field", voice="Named by")
    body = []
    for other in pages:
        made = [tie.project for tie in ties(site) if tie.maker == other.id]
        named = {site.entries[id_].record.field: None for id_ in made if id_}
        fields = [values.tag("field", site.vocabulary.fields[field], field) for field in named]
        told = ", ".join(fields) or values.tag("field", "no project found", "none")
        body.append([link(page, other), first_korean(other), told, voice(other, values), words(other.description)])
    return ["Institution", "Korean", "Fields of its projects", "In the article", "In brief"], body, values


def claims(page: Page, site: Site, pages: list[Page]) -> Rows:
    """Return background or prospects with the kinds of their claims."""
    values = Values(part="Part", kind="With a claim of kind")
    parts = ["Part"] if any(isinstance(other.record, records.ProspectRecord) for other in pages) else []
    body = []
    for other in pages:
        kinds: dict[str, int] = {}
        for claim in other.claims:
            kinds[claim.kind] = kinds.get(claim.kind, 0) + 1
        told = [
            values.tag(
                "kind", site.vocabulary.claim_kinds[kind], kind, f"{site.vocabulary.claim_kinds[kind]}: {kinds[kind]}"
            )
            for kind in site.vocabulary.claim_kinds
            if kind in kinds
        ]
        part = [values.tag("part", other.record.part.capitalize())] if parts else []
        body.append([link(page, other), *part, words(other.description), ", ".join(told)])
    return ["Page", *parts, "In brief", "Claims of the article"], body, values


def sources(page: Page, site: Site, pages: list[Page]) -> Rows:
    """Return the sources with their work, kind, language and date."""
    values = Values(kind="Kind", language="Language", voice="Cited by")
    body = []
    for other in pages:
        record = other.record
        kind = values.tag("kind", records.SOURCE_TYPES[record.type], record.type)
        language = values.tag("language", site.vocabulary.languages[record.language], record.language)
        own = other.id == site.article_id
        label, value = ("the article itself", "self") if own else ("this site", "site")
        if record.reference_of_article:
            label, value = "the article", "article"
        date = record.when
        issued = tagged(escaped(date), sort=record.issued or record.inferred) if date else "not known"
        cited = values.tag("voice", label, value, "the article itself" if own else f"cited by {label}")
        body.append([link(page, other), work(record), issued, kind, language, cited])
    return ["Source", "Work", "Date", "Kind", "Language", "Cited by"], body, values


KINDS: dict[str, Callable[[Page, Site, list[Page]], Rows]] = {
    "background": claims,
    "institutions": institutions,
    "projects": projects,
    "prospects": claims,
    "sources": sources,
}


def rank(site: Site) -> Callable[[Page], tuple]:
    """Return the order of a section: what the article names first, then by the article's course, then by title."""

    def key(page: Page) -> tuple:
        record = page.record
        named = record.reference_of_article if page.is_source else record.in_article
        paragraph = page.claims[0].paragraph if page.claims and not page.names else 0
        return (page.id != site.article_id, not named, getattr(record, "part", "") == "theme", paragraph, page.title)

    return key


def index(page: Page, site: Site) -> list[str]:
    """Return heading, filters and table of a section's pages, nothing where it has none."""
    pages = [other for other in site.pages.values() if other.folder == page.folder and not other.is_index]
    if page.folder not in KINDS or not pages:
        return []
    head, body, values = KINDS[page.folder](page, site, sorted(pages, key=rank(site)))
    heading = f"## All {len(pages)} pages {{#pages data-search-exclude}}"
    return [heading, *filter(None, [values.form(len(pages))]), table("index", head, body)]


def contributors(page: Page, site: Site) -> str:
    """Return persons and bodies on record: each with other forms of the name, and what they wrote or are told of in."""
    if not site.persons:
        return ""
    wrote: dict[str, list[Page]] = {}
    for other in site.pages.values():
        for author_ in other.record.authors if other.is_source else ():
            wrote.setdefault(author_, []).append(other)
    told = [other for other in site.pages.values() if other.is_entry or other.folder == "concepts"]
    body = []
    for each in [*site.persons, *page.record.bodies]:
        places = wrote.get(each.id, [])
        if isinstance(each, records.Person):
            places = places + [other for other in told if any(form in other.text for form in persons.forms(each))]
        links = ", ".join(anchor(page, other.path, other.title) for other in places)
        note = korean_words(escape(getattr(each, "note", ""), quote=False), html_spoken)
        name = author(each, html_spoken) + (f"; {note}" if note else "")
        body.append(f'<tr><td id="{each.id}">{name}</td><td>{links}</td></tr>')
    head = '<tr><th scope="col">Person or body</th><th scope="col">Wrote or is told of in</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"
    title = "## Persons and bodies {#persons data-search-exclude}"
    return f"{title}\n\n" + as_html(f'<div class="ed-index">{table}</div>')
