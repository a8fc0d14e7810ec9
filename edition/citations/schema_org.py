"""JSON-LD in the vocabulary of schema.org: the site, the page and what the page is about, each a node of its own.

`#subject` behind an address is the thing that the page there describes, such
as a source or an institution.
"""

from __future__ import annotations

import json
from typing import Any

from edition import records
from edition.citations import csl
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import LICENCE, Body, Name, Person
from edition.text import is_paragraph

TYPES = {
    "policy-article": "ScholarlyArticle",
    "report": "Report",
    "newspaper-article": "NewsArticle",
    "news-report": "NewsArticle",
    "web-page": "WebPage",
    "blog-post": "BlogPosting",
    "forum-post": "DiscussionForumPosting",
    "press-release": "WebPage",
    "dictionary": "Book",
    "encyclopedia-article": "CreativeWork",
}
"""Types of sources by those of the records."""
ARTICLES = ("ScholarlyArticle", "Report", "NewsArticle")
"""Those among them that are articles and so have headline and pages."""
BODIES = {"대학": "CollegeOrUniversity", "소학교": "ElementarySchool"}
"""Types of institutions by the last word of a Korean name, which says what bears it."""
FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
"""Media types of files by their endings."""

Node = dict[str, Any]


def node(type_: str, id_: str = "", **values: Any) -> Node:
    """Return a node with those of its properties that have a value."""
    head = {"@type": type_, **({"@id": id_} if id_ else {})}
    return head | {key: value for key, value in values.items() if value}


def ref(id_: str) -> Node:
    """Return a reference to a node."""
    return {"@id": id_}


def subject(page: Page, site: Site) -> str:
    """Return the id of what a page describes."""
    return site.url(page.path) + "#subject"


def others(names: list[Name], title: str, part: str = "") -> list[str]:
    """Return the other forms of the name of a source's part, or of an entry."""
    forms = (name.text for name in names if getattr(name, "of", "") == part)
    return [form for form in dict.fromkeys(forms) if form != title]


def script(page: Page, site: Site) -> str:
    """Return a page's nodes as the text of a script, in which no string can end it (`<` is written as `\\u003c`)."""
    document = {"@context": "https://schema.org", "@graph": graph(page, site)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def graph(page: Page, site: Site) -> list[Node]:
    """Return the nodes of a page: the site, the page, the article where the page rests on it, the page's topic."""
    website = node("WebSite", site.address + "#site", name=site.name, url=site.address, license=LICENCE["path"])
    own, about = webpage(page, site), topic(page, site)
    article, cited = site.source(site.article_id), cited_sources(page, site)
    is_on_article = article and not about and (page.is_entry or not page.folder)
    if about:
        own["mainEntity"] = ref(about["@id"])
    if is_on_article:
        own["about"] = ref(subject(article, site))
    if cited:
        own["citation"] = [
            ref(subject(article, site)) if source is article else reference(source, site) for source in cited
        ]
    found = [website, own]
    found += [reference(article, site)] if is_on_article or article in cited else []
    return found + ([about] if about else [])


def cited_sources(page: Page, site: Site) -> list[Page]:
    """Return the sources that a page's record cites, first the article, which stands for each of its paragraphs."""
    ids = [site.article_id if is_paragraph(each) else each for each in page.cites]
    found = filter(None, map(site.source, dict.fromkeys(ids)))
    return sorted(found, key=lambda source: source.id != site.article_id)


def webpage(page: Page, site: Site) -> Node:
    """Return the node of a page itself."""
    _, model = records.expected(page.path)
    type_ = "AboutPage" if model is records.AboutRecord else "WebPage"
    dates = site.dates(page)
    return node(
        "CollectionPage" if issubclass(model, records.SectionRecord) else type_,
        site.url(page.path),
        url=site.url(page.path),
        name=page.title,
        description=page.description,
        inLanguage="en",
        isPartOf=ref(site.address + "#site"),
        publisher=node("Organization", name=site.name),
        datePublished=dates[0],
        dateModified=dates[-1],
        license=LICENCE["path"],
        breadcrumb=breadcrumb(page, site),
    )


def breadcrumb(page: Page, site: Site) -> Node | None:
    """Return the way from the home page to a page, None for the home page."""
    if not page.folder:
        return None
    way = [(site.name, site.address)]
    if section := site.overview(page):
        way.append((section.title, site.url(section.path)))
    way.append((page.title, site.url(page.path)))
    items = [
        node("ListItem", position=place, name=name, item=ref(address)) for place, (name, address) in enumerate(way, 1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def reference(source: Page, site: Site) -> Node:
    """Return the node of a source that another page refers to."""
    item = csl.references(site)[source.id]
    return node(TYPES[source.record.type], subject(source, site), name=item["title"], url=item.get("URL"))


def topic(page: Page, site: Site) -> Node | None:
    """Return the node of what a page is about, None for pages that have no topic of their own."""
    if source := site.stands_for(page):
        return work(source, site)
    _, model = records.expected(page.path)
    return TOPICS[model](page, site) if model in TOPICS else None


def work(source: Page, site: Site) -> Node:
    """Return the node of a source."""
    record, item = source.record, csl.references(site)[source.id]
    type_, title, container = TYPES[record.type], item["title"], csl.container(item)
    is_article = type_ in ARTICLES
    is_translated = record.work != title and not record.described
    rendering = record.english or (record.work if is_translated else "")
    names, publisher = record.names, record.publisher
    return node(
        type_,
        subject(source, site),
        name=title,
        headline=title if is_article else "",
        alternateName=[*filter(None, [rendering]), *others(names, title, "title")],
        author=list(map(contributor, record.by)),
        publisher=publisher
        and node("Organization", name=publisher, alternateName=others(names, publisher, "publisher")),
        isPartOf=container and node("CreativeWorkSeries", name=container),
        datePublished=record.issued,
        inLanguage=record.language,
        identifier=record.number,
        reportNumber=record.issue if type_ == "Report" else "",
        pagination=record.pages if is_article else "",
        url=item.get("URL"),
    )


def contributor(record: Person | Body) -> Node:
    """Return the node of a person or a body on record."""
    forms = [*filter(None, [record.native]), *record.known_as]
    if isinstance(record, Body):
        return node("Organization", name=record.name, alternateName=forms)
    family, given = record.family, record.given
    return node("Person", name=f"{given} {family}".strip(), givenName=given, familyName=family, alternateName=forms)


def described(type_: str, page: Page, site: Site, **values: Any) -> Node:
    """Return the node of what a page describes under its own title."""
    names = others(page.names, page.title)
    told = {"name": page.title, "alternateName": names, "description": page.description, **values}
    return node(type_, subject(page, site), **told)


def institution(page: Page, site: Site) -> Node:
    """Return the node of an institution."""
    names = (name.text for name in page.names)
    types = (type_ for name in names for word, type_ in BODIES.items() if name.endswith(word))
    return described(next(types, "Organization"), page, site)


def program(page: Page, site: Site) -> Node:
    """Return the node of a program.

    It has only a maker whom sources name outright and none disputes: a machine would take a disputed one for a fact.
    """
    makers = []
    for tie in page.relations:
        if tie.kind == "maker" and tie.certainty in records.SAID:
            body = site.entries.get(tie.to)
            makers.append(
                node(
                    "Organization",
                    subject(body, site) if body else "",
                    name=body.title if body else tie.name,
                )
            )
    field = page.record.field.replace("-", " ").capitalize()
    return described("SoftwareApplication", page, site, applicationCategory=field, creator=makers)


def glossary(page: Page, site: Site) -> Node:
    """Return the node of the glossary with its terms."""
    terms = []
    for term in page.terms:
        # A Korean form with a note is not quite the term.
        korean = "" if term.korean_note else term.korean
        names = site.outlet_names(term.outlet)
        terms.append(
            node(
                "DefinedTerm",
                name=term.term,
                alternateName=korean or others(names, term.term),
                description=term.definition,
                url=f"{site.url(page.path)}#{term.id}",
            )
        )
    return node("DefinedTermSet", subject(page, site), name=page.title, inLanguage="en", hasDefinedTerm=terms)


def dataset(page: Page, site: Site) -> Node:
    """Return the node of the data with their files."""
    files = [
        node(
            "DataDownload",
            name=file.title,
            description=file.text,
            encodingFormat=FORMATS[file.path.rpartition(".")[2]],
            contentUrl=site.address + file.path,
        )
        for file in page.record.files
    ]
    return described(
        "Dataset",
        page,
        site,
        name=f"{site.name}: {page.title}",
        url=site.url(page.path),
        license=LICENCE["path"],
        isAccessibleForFree=True,
        creator=node("Organization", name=site.name),
        distribution=files,
    )


TOPICS = {
    records.InstitutionRecord: institution,
    records.ProjectRecord: program,
    records.ConceptsRecord: glossary,
    records.DataRecord: dataset,
}
"""How the node of what a page is about is made, by the kind of its record."""
