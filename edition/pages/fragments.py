"""The pieces of which pages are put together, in the order of `templates/`: Markdown, from a record or from links."""

from __future__ import annotations

import re
from html import escape

from edition import records
from edition.derived.dated import dated, placing
from edition.derived.links import Link, links, sources_of
from edition.derived.sources import Source
from edition.language import escaped, html_spoken, korean, words
from edition.pages import timeline
from edition.pages.markup import (
    address,
    anchor,
    as_html,
    author,
    box,
    cite,
    cites,
    facts,
    filters,
    href,
    link,
    name_rows,
    rows,
    table,
    tagged,
    work,
)
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE, Claim, Relation, Result, Since
from edition.text import day, is_paragraph, slug, web_address

DISAGREE = "Where sources disagree"
ANCHORS = frozenset("claims tracker tournaments board pages persons citation see-also rests-on changes".split())
"""Ids of headings that fragments are written with."""
SECTIONS = ("institutions", "projects", "prospects")
"""The three doors of the home page."""


def evidence(page: Page, site: Site, since: Since) -> dict[str, str]:
    """Return what was cited on a claim by how it bears on it, as readers see it; what nothing does is left out."""
    return {label: cites(page, site, refs) for key, label in records.EVIDENCE.items() if (refs := getattr(since, key))}


def claims(page: Page, site: Site) -> str:
    """Return the table of the page's claims, empty without; each row can be linked by the claim's id."""
    if not page.claims:
        return ""
    body = [
        [
            cite(page, site, f"p{claim.paragraph}"),
            site.vocabulary.claim_kinds[claim.kind],
            f"[{words(claim.text)}]{{#{claim.id}}}",
        ]
        for claim in page.claims
    ]
    return "### The article’s claims, one by one {#claims}\n\n" + table("claims", ["Paragraph", "Kind", "Claim"], body)


def forecasts(page: Page) -> list[Claim]:
    """Return the page's claims of which the site tracks what has been reported since."""
    return [claim for claim in page.claims if claim.since]


def tracker(page: Page, site: Site) -> str:
    """Return the table of what has been reported on the page's forecasts and the like, empty without."""
    if not forecasts(page):
        return ""
    body = []
    for claim in forecasts(page):
        since = claim.since
        told = [words(since.found), *(f"{label}: {cited}." for label, cited in evidence(page, site, since).items())]
        told.append(f"Looked for: {words(since.looked_for)}")
        state = f"**{since.state.capitalize()}**"
        sure = f"confidence: {since.confidence}; as of {day(since.as_of)}"
        what = f"[{words(claim.text)}](#{claim.id}) ({site.vocabulary.claim_kinds[claim.kind].lower()})"
        body.append([what, f"{state} ({sure})", "<br>".join(told)])
    return "### Claim by claim {#tracker}\n\n" + table("tracker", ["Claim", "State", "What was found"], body)


def board(page: Page, site: Site) -> str:
    """Return the board of all tracked claims in the article's order, the states' definitions first; empty without."""
    vocabulary = site.vocabulary
    states = "\n\n".join(
        f"**{vocabulary.claim_kinds[kind]}**\n\n{rows([(state.capitalize(), told) for state, told in each.items()])}"
        for kind, each in site.vocabulary.states.items()
    )
    tracked = [other for other in site.pages.values() if forecasts(other)]
    if not tracked:
        return ""
    kinds = {kind: site.vocabulary.claim_kinds[kind] for kind in site.vocabulary.states}
    named = {slug(state): state.capitalize() for each in site.vocabulary.states.values() for state in each}
    number = sum(len(forecasts(other)) for other in tracked)
    parts = [
        "## How the forecasts have fared {#board}",
        box("States", states),
        filters("the forecasts", {"kind": ("Kind", kinds), "state": ("State", named)}, number),
    ]
    for other in sorted(tracked, key=lambda each: each.claims[0].paragraph):
        body = []
        for claim in forecasts(other):
            since = claim.since
            named_claim = f"[{words(claim.text)}]({href(page.path, other.path)}#{claim.id})"
            kind = tagged(site.vocabulary.claim_kinds[claim.kind].lower(), kind=claim.kind)
            state = tagged(since.state.capitalize(), state=slug(since.state))
            told = evidence(page, site, since)
            sure = f"{since.confidence.capitalize()}, {day(since.as_of)}"
            what = f"{named_claim} ({kind}, {cite(page, site, 'p' + str(claim.paragraph))})"
            body.append([what, state, *(told.get(key, "none") for key in ("For", "Against")), sure])
        parts.append(f"### {escaped(other.title)} {{#board-{other.id}}}")
        head = ["Claim", "State", "Evidence for", "Evidence against", "Confidence, as of"]
        parts.append(table("board", head, body))
    return "\n\n".join(parts)


def relation(page: Page, site: Site, tie: Relation) -> str:
    """Return the other end of a relation with its certainty, note and sources."""
    other = site.entries.get(tie.to)
    end = link(page, other) if other else words(tie.name or tie.to)
    remarks = [records.CERTAINTIES[tie.certainty], words(tie.note), cites(page, site, tie.cites)]
    return f"{end} ({'; '.join(filter(None, remarks))})"


def glossary(page: Page, site: Site) -> list[str]:
    """Return the glossary: one heading a term, its definition, sources and Korean."""
    parts = []
    for term in page.terms:
        parts.append(f"## {words(term.term)} {{#{term.id}}}")
        parts.append(f"{words(term.definition)} ({cites(page, site, term.cites)})")
        if forms := site.korean(term):
            note = f" ({words(term.korean_note)})" if term.korean_note else ""
            parts.append(f"Korean: {', '.join(map(korean, forms))}{note}\n{{: .ed-korean }}")
    return parts


def tournaments(page: Page, site: Site) -> str:
    """Return the tournament record as a chart and a table, empty without."""
    if not page.tournaments:
        return ""
    body = []
    for result in page.tournaments:
        place = placing(result) + (" (disputed)" if result.disputed else "")
        told = words(f"{result.event}; entered as: {result.entered_as}")
        told += f" ({words(result.note)})" if result.note else ""
        body.append([result.date[:4], told, place, cites(page, site, result.cites)])
    head = ["Year", "Tournament", "Place", "Sources"]
    return "\n\n".join(["### Tournament record {#tournaments}", chart(page.tournaments), table("results", head, body)])


def chart(results: list[Result]) -> str:
    """Return a chart of places by year as SVG: a dot a tournament, first place on top."""
    placed = [(int(result.date[:4]), result) for result in results if result.place]
    years = [year for year, _ in placed]
    first, last, lowest = min(years), max(years), max(result.place for _, result in placed)
    width, left, top, step = 640, 44, 24, 26

    def x(year: int) -> int:
        return left + round((year - first) * (width - left - 24) / max(last - first, 1))

    marks = [
        f'<text x="4" y="{top + (place - 1) * step + 4}">{place}.</text>'
        f'<path d="M{left - 14} {top + (place - 1) * step}H{width - 8}"/>'
        for place in range(1, lowest + 1)
    ]
    bottom = top + lowest * step
    marks += [f'<text x="{x(year)}" y="{bottom + 4}" text-anchor="middle">{year}</text>' for year in sorted(set(years))]
    seen: dict[tuple[int, int], int] = {}
    for year, result in placed:
        spot = (year, result.place)
        seen[spot] = seen.get(spot, 0) + 1
        kind = "ed-disputed" if result.disputed else "ed-certain"
        shift = (seen[spot] - 1) * 11
        marks.append(f'<circle class="{kind}" cx="{x(year) + shift}" cy="{top + (spot[1] - 1) * step}" r="5"/>')
    told = f"Places by year, {first} to {last}; the table below gives each tournament."
    svg = f'<svg viewBox="0 0 {width} {bottom + 12}" role="img" aria-label="{told}">{"".join(marks)}</svg>'
    return f'<figure class="ed-chart">{svg}<figcaption>{told} A ring marks a disputed result.</figcaption></figure>'


def names(page: Page, site: Site) -> list[str]:
    """Return an entry's names: those that most readers look for, then the others folded."""
    known = page.names
    systems = site.vocabulary.name_systems
    main = [name for name in known if systems[name.system].main]
    others = [name for name in known if not systems[name.system].main]
    parts = [rows(name_rows(page, site, main))] if main else []
    if others:
        title = f"{len(others)} more spelling{'s' if len(others) > 1 else ''} and forms"
        listed = rows(name_rows(page, site, others))
        parts.append(f'<details markdown="1">\n<summary>{title}</summary>\n\n{listed}\n\n</details>')
    return parts


def disagreements(page: Page) -> list[str]:
    """Return what the sources disagree about: the headings and bold openings of that section."""
    section = re.search(rf"(?ms)^## {DISAGREE}\n(.*?)(?=^## |\Z)", page.body)
    found = re.findall(r"(?m)^(?:- )?\*\*(.+?)\.\*\*|^### (.+?)\s*$", section[1]) if section else []
    return [bold or heading for bold, heading in found]


def caution(page: Page) -> str:
    """Return what a reader should be careful about, empty if nothing is disputed."""
    topics = disagreements(page)
    if not topics:
        return ""
    told = f"Sources disagree on this page: {'; '.join(topics)}. [Both sides](#where-sources-disagree)"
    return f'<div class="ed-caution" role="note" aria-label="Caution" markdown="1">\n\n{told}\n\n</div>'


def entry_facts(page: Page, site: Site) -> str:
    """Return the facts box of an entry's record."""
    record = page.record
    named = record.in_article
    told = cites(page, site, [ref for ref in page.cites if is_paragraph(ref)])
    pairs = [("In the article", told if named else "not named")]
    if isinstance(record, records.ProjectRecord):
        doubt = " (disputed)" if record.field_disputed else ""
        pairs.append(("What the article calls it" if named else "Field", site.vocabulary.fields[record.field] + doubt))
        if record.area:
            pairs.append(("Area", site.vocabulary.areas[record.area]))
    for tie in page.relations:
        pairs.append((records.RELATION_KINDS[tie.kind], relation(page, site, tie)))
    if page.folder == "projects" and not any(tie.kind == "maker" for tie in page.relations):
        pairs.append((records.RELATION_KINDS["maker"], "not known"))
    if dates := timeline.own_dates(page, site):
        pairs.append(("Dates", dates))
    return box("Facts", "\n\n".join([rows(pairs), *names(page, site)]))


def source_facts(page: Page, site: Site, source: Page) -> str:
    """Return the facts box of a source's record, as shown on `page`."""
    record: Source = source.record
    authors = "; ".join(map(author, record.by))
    date = escaped(record.when) + (" (inferred)" if record.inferred else "")
    pairs = [
        ("Author", authors or "not named"),
        ("Title", f"{work(record)} ({records.WORK_STATUS[record.work_status]})"),
        ("Kind", records.SOURCE_TYPES[record.type]),
        ("Published in", words(record.container)),
        ("Seen", f"{record.seen.way} {record.seen.at}" if record.seen else ""),
        ("Issue", escaped(record.issue)),
        ("Pages", escaped(record.pages)),
        ("Publisher", ", ".join(map(words, filter(None, (record.place, record.publisher))))),
        ("Date", date or "not known"),
        ("Number", escaped(record.number)),
        ("Language", site.vocabulary.languages[record.language]),
        ("In the article", "among its references" if record.reference_of_article else ""),
        ("Address", address(record.url, site) if record.url else "none given"),
        ("Looked up", day(record.accessed)),
        ("Archived copy", address(record.archived, site) if record.archived else ""),
    ]
    pairs += name_rows(page, site, site.outlet_names(record.outlet) + record.names)
    return facts(pairs)


def place_of(link: Link, site: Site) -> tuple[str, str]:
    """Return target and label of the place that a link stands in: the page, in the glossary the term."""
    other = site.pages[link.source]
    if other.folder == "concepts":
        for term in site.terms:
            if term.id == link.section:
                return f"{link.source}#{term.id}", f"{other.title}: {term.term}"
    return link.source, other.title


def linking(site: Site, links: list[Link]) -> dict[str, tuple[str, list[str]]]:
    """Return the places that link here, entries before glossary and the rest: target, label, what is said there."""
    order = [*records.ENTRY_FOLDERS, "concepts", "sources", "about"]
    found: dict[str, tuple] = {}
    for each in links:
        target, label = place_of(each, site)
        *_, said = found.setdefault(target, (order.index(site.pages[each.source].folder), label, []))
        if each.said and each.said not in said and each.said != label:
            said.append(each.said)
    ranked = sorted(found.items(), key=lambda item: item[1][:2])
    return {target: (label, said) for target, (_, label, said) in ranked}


def bullets(items: list[str]) -> str:
    """Return a list in HTML."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def listed(heading: str, id_: str, items: list[str]) -> str:
    """Return a list of items in HTML under a heading, empty without items."""
    return f"## {heading} {{#{id_} data-search-exclude}}\n\n{as_html(bullets(items))}" if items else ""


def see_also(page: Page, site: Site, links: list[Link]) -> str:
    """Return the entries and terms that link here, each with the sentence in which it does."""
    items = [
        anchor(page, target, label) + (f": {prose(said)}" if said else "")
        for target, (label, said) in linking(site, links).items()
    ]
    return listed("See also", "see-also", items)


def prose(said: list[str]) -> str:
    """Return the first full sentence, else the first piece of a facts box."""
    return next((each for each in said if each.endswith((".", "”"))), said[0])


def cited_by(page: Page, site: Site, links: list[Link]) -> str:
    """Return the pages that cite this source, each with what it says there."""
    items = [anchor(page, target, label) + bullets(said) for target, (label, said) in linking(site, links).items()]
    return listed("Cited by", "cited-by", items)


def reference(page: Page, site: Site, source: Page) -> str:
    """Return a source as an entry of a bibliography, in HTML; its address is there for paper."""
    url = source.record.url
    told = f"{anchor(page, source.path, source.title)}. {work(source.record, html_spoken)}."
    return told + (f' <span class="ed-paper">{escape(web_address(url))}</span>' if url else "")


def rests_on(page: Page, site: Site) -> str:
    """Return the paragraphs and sources that the page cites."""
    cited = {link.anchor for link in links(site)[page.path] if link.is_citation and link.target == ARTICLE}
    if page.path == records.TIMELINE:
        cited |= {ref for each in dated(site) for ref in each.cites if is_paragraph(ref)}
    numbers = sorted(int(anchor[1:]) for anchor in cited)
    article = site.source(site.article_id) if numbers and page.path != ARTICLE else None
    items = [reference(page, site, source) for source in sources_of(page, site) if source is not article]
    if numbers and page.path != ARTICLE:
        told = ", ".join(anchor(page, f"{ARTICLE}#p{number}", f"¶{number}") for number in numbers)
        items.insert(0, f"{told} of the article: {reference(page, site, article)}" if article else told)
    if page.is_overview and page.path != ARTICLE and items:
        # On screen the links suffice; a list as long as the page is for paper.
        return as_html(f'<div class="ed-paper"><p><strong>Sources cited</strong></p>{bullets(items)}</div>')
    return listed("Rests on", "rests-on", items)


def counted(site: Site, section: str) -> str:
    """Return a section as a door: title, number of pages, what they are."""
    index = site.pages.get(f"{section}/index.md")
    if index is None:
        return ""
    number = sum(page.folder == section for page in site.pages.values()) - 1
    return f"- [{escaped(index.title)}]({index.path}) {number} pages\n\n    {words(index.description)}"


def tally(site: Site) -> str:
    """Return how many of the tracked claims are in which state, a kind a line, each state a link to the board."""
    tracked = [claim for other in site.pages.values() for claim in forecasts(other)]
    lines = []
    for kind, states in site.vocabulary.states.items():
        found = [claim.since.state for claim in tracked if claim.kind == kind]
        counts = ", ".join(
            f"[{state}]({records.BOARD}?kind={kind}&state={slug(state)}#board) {found.count(state)}"
            for state in states
            if state in found
        )
        if found:
            lines.append(f"- {len(found)} {site.vocabulary.claim_kinds[kind].lower()}s: {counts}")
    return "\n".join(lines)


def changes(page: Page, site: Site) -> str:
    """Return the table of changes; the feed has the same."""
    body = []
    for change in site.changes:
        changed = ", ".join(link(page, other) for other in site.changed(change))
        body.append([day(change.date), changed or "all", words(change.text)])
    return "## Changes {#changes}\n\n" + table("changes", ["Date", "Pages", "What and why"], body)


def paragraphs(page: Page, site: Site, incoming: list[Link]) -> str:
    """Return the article's body with, under each paragraph, the pages that rest on it."""
    resting: dict[str, list[Link]] = {}
    for each in incoming:
        resting.setdefault(each.anchor, []).append(each)
    parts = re.split(r"(?m)^(?=## )", page.body)
    for number, part in enumerate(parts):
        heading = re.match(r"## .*\{#(p\d+)\}", part)
        if heading and resting.get(heading[1]):
            resting_on = linking(site, resting[heading[1]])
            items = ", ".join(f"[{label}]({href(page.path, target)})" for target, (label, _) in resting_on.items())
            told = f"Pages that rest on this paragraph: {items}.\n{{: .ed-resting data-search-exclude }}"
            parts[number] = f"{part.rstrip()}\n\n{told}\n\n"
    return "".join(parts)
