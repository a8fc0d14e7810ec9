"""Write a page's Markdown: its body, and around it what the records and the links of other pages say.

The result is ordinary Markdown, so both engines check its links and index its
words. Nothing here is a fact: each comes from a record or from a link.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from edition import records
from edition.derived.dated import dated, placing
from edition.derived.links import Link, backlinks, links, sources_of
from edition.derived.sources import date_of, opening
from edition.language import east_asian_words, escaped, html_spoken, korean, words
from edition.pages import citebox, indexes, picture, tables, timeline
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
    name_rows,
    rows,
    table,
    tagged,
    work,
)
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE
from edition.text import day, slug, web_address

DISAGREE = "Where sources disagree"
ASK = (
    '<form class="ed-ask" action="." data-search-exclude><label for="ask">Look up a name or a topic</label>'
    '<input id="ask" name="q" type="search" required><button>Search</button></form>'
)
"""The search form of the home page; it opens the search dialog with the query."""
SECTIONS = ("institutions", "projects", "prospects")
"""The three doors of the home page."""
ANCHORS = frozenset("claims tracker tournaments board picture pages persons citation see-also rests-on changes".split())
"""Ids of headings that pages are written with."""


def evidence(page: Page, site: Site, since: dict) -> dict[str, str]:
    """Return what was cited on a claim by how it bears on it, as readers see it; what nothing does is left out."""
    return {label: cites(page, site, since[key]) for key, label in records.EVIDENCE.items() if since[key]}


def claims(page: Page, site: Site) -> str:
    """Return the table of the page's claims; each row can be linked by the claim's id."""
    body = [
        [
            cite(page, site, f"p{claim['paragraph']}"),
            site.vocabulary.claim_kinds[claim["kind"]],
            f"[{words(claim['text'])}]{{#{claim['id']}}}",
        ]
        for claim in page.meta["claims"]
    ]
    return "### The article’s claims, one by one {#claims}\n\n" + table("claims", ["Paragraph", "Kind", "Claim"], body)


def into_section(body: str, title: str, addition: str) -> str:
    """Return the body with the addition at the end of the section (level 2) of that title, if it has one."""
    parts = re.split(r"(?m)^(?=## )", body)
    for number, part in enumerate(parts):
        if part.partition("\n")[0].strip() == f"## {title}":
            parts[number] = f"{part.rstrip()}\n\n{addition}\n\n"
    return "".join(parts)


def forecasts(page: Page) -> list[dict]:
    """Return the page's claims of which the site tracks what has been reported since."""
    return [claim for claim in page.meta.get("claims", []) if "since" in claim]


def tracker(page: Page, site: Site) -> str:
    """Return the table of what has been reported on the page's forecasts, concerns and recommendations."""
    body = []
    for claim in forecasts(page):
        since = claim["since"]
        told = [words(since["found"]), *(f"{label}: {cited}." for label, cited in evidence(page, site, since).items())]
        told.append(f"Looked for: {words(since['looked_for'])}")
        state = f"**{since['state'].capitalize()}**"
        sure = f"confidence: {since['confidence']}; as of {day(since['as_of'])}"
        what = f"[{words(claim['text'])}](#{claim['id']}) ({site.vocabulary.claim_kinds[claim['kind']].lower()})"
        body.append([what, f"{state} ({sure})", "<br>".join(told)])
    return "### Claim by claim {#tracker}\n\n" + table("tracker", ["Claim", "State", "What was found"], body)


def board(page: Page, site: Site) -> str:
    """Return the board of all tracked claims, in the article's order; the states' definitions first, by kind."""
    vocabulary = site.vocabulary
    states = "\n\n".join(
        f"**{vocabulary.claim_kinds[kind]}**\n\n{rows([(state.capitalize(), told) for state, told in each.items()])}"
        for kind, each in site.vocabulary.states.items()
    )
    tracked = [other for other in site.pages.values() if forecasts(other)]
    kinds = {kind: site.vocabulary.claim_kinds[kind] for kind in site.vocabulary.states}
    named = {slug(state): state.capitalize() for each in site.vocabulary.states.values() for state in each}
    number = sum(len(forecasts(other)) for other in tracked)
    parts = [
        "## How the forecasts have fared {#board}",
        box("States", states),
        filters("the forecasts", {"kind": ("Kind", kinds), "state": ("State", named)}, number),
    ]
    for other in sorted(tracked, key=lambda each: each.meta["claims"][0]["paragraph"]):
        body = []
        for claim in forecasts(other):
            since = claim["since"]
            link = f"[{words(claim['text'])}]({href(page.path, other.path)}#{claim['id']})"
            kind = tagged(site.vocabulary.claim_kinds[claim["kind"]].lower(), kind=claim["kind"])
            state = tagged(since["state"].capitalize(), state=slug(since["state"]))
            told = evidence(page, site, since)
            sure = f"{since['confidence'].capitalize()}, {day(since['as_of'])}"
            what = f"{link} ({kind}, {cite(page, site, 'p' + str(claim['paragraph']))})"
            body.append([what, state, *(told.get(key, "none") for key in ("For", "Against")), sure])
        parts.append(f"### {escaped(other.meta['title'])} {{#board-{other.id}}}")
        head = ["Claim", "State", "Evidence for", "Evidence against", "Confidence, as of"]
        parts.append(table("board", head, body))
    return "\n\n".join(parts)


def relation(page: Page, site: Site, tie: dict) -> str:
    """Return the other end of a relation with its certainty, note and sources."""
    other = site.entries.get(tie.get("to"))
    end = (
        f"[{escaped(other.meta['title'])}]({href(page.path, other.path)})"
        if other
        else words(tie.get("name", tie.get("to")))
    )
    remarks = [records.CERTAINTIES[tie["certainty"]], words(tie.get("note", "")), cites(page, site, tie["cites"])]
    return f"{end} ({'; '.join(filter(None, remarks))})"


def glossary(page: Page, site: Site) -> list[str]:
    """Return the glossary: one heading a term, its definition, sources and Korean."""
    parts = [page.body]
    for term in page.meta["terms"]:
        parts.append(f"## {words(term['term'])} {{#{term['id']}}}")
        parts.append(f"{words(term['definition'])} ({cites(page, site, term['cites'])})")
        if forms := site.korean(term):
            note = f" ({words(term['korean_note'])})" if "korean_note" in term else ""
            parts.append(f"Korean: {', '.join(map(korean, forms))}{note}\n{{: .ed-korean }}")
    return parts


def tournaments(page: Page, site: Site) -> str:
    """Return the tournament record as a chart and a table."""
    body = []
    for result in page.meta["tournaments"]:
        place = placing(result) + (" (disputed)" if result.get("disputed") else "")
        told = words(f"{result['event']}; entered as: {result['entered_as']}")
        told += f" ({words(result['note'])})" if "note" in result else ""
        body.append([result["date"][:4], told, place, cites(page, site, result["cites"])])
    head = ["Year", "Tournament", "Place", "Sources"]
    return "\n\n".join(
        ["### Tournament record {#tournaments}", chart(page.meta["tournaments"]), table("results", head, body)]
    )


def chart(results: list[dict]) -> str:
    """Return a chart of places by year as SVG: a dot a tournament, first place on top."""
    placed = [(int(result["date"][:4]), result) for result in results if "place" in result]
    years = [year for year, _ in placed]
    first, last, lowest = min(years), max(years), max(result["place"] for _, result in placed)
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
        spot = (year, result["place"])
        seen[spot] = seen.get(spot, 0) + 1
        kind = "ed-disputed" if result.get("disputed") else "ed-certain"
        shift = (seen[spot] - 1) * 11
        marks.append(f'<circle class="{kind}" cx="{x(year) + shift}" cy="{top + (spot[1] - 1) * step}" r="5"/>')
    told = f"Places by year, {first} to {last}; the table below gives each tournament."
    svg = f'<svg viewBox="0 0 {width} {bottom + 12}" role="img" aria-label="{told}">{"".join(marks)}</svg>'
    return f'<figure class="ed-chart">{svg}<figcaption>{told} A ring marks a disputed result.</figcaption></figure>'


def names(page: Page, site: Site) -> list[str]:
    """Return an entry's names: those that most readers look for, then the others folded."""
    known = page.meta.get("names", [])
    systems = site.vocabulary.name_systems
    main = [name for name in known if systems[name["system"]].main]
    others = [name for name in known if not systems[name["system"]].main]
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


def entry(page: Page, site: Site, derived: bool) -> list[str]:
    """Return caution, facts box, picture and body of a background, institution, project or prospect page."""
    meta = page.meta
    named = meta.get("in_article", True)
    told = cites(page, site, [ref for ref in meta["cites"] if re.fullmatch(r"p\d+", ref)])
    pairs = [("In the article", told if named else "not named")]
    if "field" in meta:
        doubt = " (disputed)" if meta.get("field_disputed") else ""
        pairs.append(("What the article calls it" if named else "Field", site.vocabulary.fields[meta["field"]] + doubt))
    if "area" in meta:
        pairs.append(("Area", site.vocabulary.areas[meta["area"]]))
    for tie in meta.get("relations", []):
        pairs.append((records.RELATION_KINDS[tie["kind"]], relation(page, site, tie)))
    if page.folder == "projects" and not any(tie["kind"] == "maker" for tie in meta.get("relations", [])):
        pairs.append((records.RELATION_KINDS["maker"], "not known"))
    if dates := timeline.own_dates(page, site):
        pairs.append(("Dates", dates))
    body = page.body
    if meta.get("claims"):
        body = into_section(body, "In the article", claims(page, site))
    if forecasts(page):
        body = into_section(body, "Since the article", tracker(page, site))
    if meta.get("tournaments"):
        body = into_section(body, "Reported elsewhere", tournaments(page, site))
    parts = [caution(page), box("Facts", "\n\n".join([rows(pairs), *names(page, site)]))]
    return list(filter(None, [*parts, picture.own(page, site) if derived else "", body]))


def source_facts(page: Page, site: Site, source: Page) -> str:
    """Return the facts box of a source's record, as shown on `page`."""
    meta = source.meta
    authors = "; ".join(map(author, meta["authors"]))
    outlet = site.outlets.get(meta.get("outlet", ""), {})
    date = escaped(date_of(meta)) + (" (inferred)" if "inferred" in meta else "")
    pairs = [
        ("Author", authors or "not named"),
        ("Title", f"{work(meta)} ({records.WORK_STATUS[meta['work_status']]})"),
        ("Kind", records.SOURCE_TYPES[meta["type"]]),
        ("Published in", words(meta["container"])),
        ("Seen", f"{meta['seen']['way']} {meta['seen']['at']}" if meta["seen"] else ""),
        ("Issue", escaped(meta.get("issue", ""))),
        ("Pages", escaped(meta.get("pages", ""))),
        ("Publisher", ", ".join(words(meta[key]) for key in ("place", "publisher") if key in meta)),
        ("Date", date or "not known"),
        ("Number", escaped(meta.get("number", ""))),
        ("Language", site.vocabulary.languages[meta["language"]]),
        ("In the article", "among its references" if meta["reference_of_article"] else ""),
        ("Address", address(meta["url"], site) if "url" in meta else "none given"),
        ("Looked up", day(meta["accessed"]) if "accessed" in meta else ""),
        ("Archived copy", address(meta["archived"], site) if "archived" in meta else ""),
    ]
    pairs += name_rows(page, site, outlet.get("names", []) + meta.get("names", []))
    return facts(pairs)


def place_of(link: Link, site: Site) -> tuple[str, str]:
    """Return target and label of the place that a link stands in: the page, in the glossary the term."""
    other = site.pages[link.source]
    if other.folder == "concepts":
        for term in site.terms:
            if term["id"] == link.section:
                return f"{link.source}#{term['id']}", f"{other.meta['title']}: {term['term']}"
    return link.source, other.meta["title"]


def linking(site: Site, links: list[Link]) -> dict[str, tuple[str, list[str]]]:
    """Return the places that link here, entries before glossary and the rest: target, label, what is said there."""
    order = [*records.ENTRY_FOLDERS, "concepts", "sources", "about"]
    found: dict[str, tuple] = {}
    for link in links:
        target, label = place_of(link, site)
        *_, said = found.setdefault(target, (order.index(site.pages[link.source].folder), label, []))
        if link.said and link.said not in said and link.said != label:
            said.append(link.said)
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
    meta = source.meta
    told = f"{anchor(page, source.path, meta['title'])}. {work(meta, html_spoken)}."
    return told + (f' <span class="ed-paper">{escape(web_address(meta["url"]))}</span>' if "url" in meta else "")


def rests_on(page: Page, site: Site) -> str:
    """Return the paragraphs and sources that the page cites."""
    cited = {link.anchor for link in links(site)[page.path] if link.is_citation and link.target == ARTICLE}
    if page.path == records.TIMELINE:
        cited |= {ref for each in dated(site) for ref in each.cites if re.fullmatch(r"p\d+", ref)}
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
    return f"- [{escaped(index.meta['title'])}]({index.path}) {number} pages\n\n    {words(index.meta['description'])}"


def home(page: Page, site: Site) -> list[str]:
    """Return the thesis, search, doors, picture, how the forecasts have fared and the article's own dates."""
    examples = ", ".join(f"[{korean(query)}](?q={quote(query)})" for query in site.vocabulary.examples)
    tracked = [claim for other in site.pages.values() for claim in forecasts(other)]
    tally = []
    for kind, states in site.vocabulary.states.items():
        found = [claim["since"]["state"] for claim in tracked if claim["kind"] == kind]
        counts = ", ".join(
            f"[{state}](prospects/index.md?kind={kind}&state={slug(state)}#board) {found.count(state)}"
            for state in states
            if state in found
        )
        if found:
            tally.append(f"- {len(found)} {site.vocabulary.claim_kinds[kind].lower()}s: {counts}")
    dates = [each for each in dated(site) if each.voice == "article"]
    doors = "\n\n".join(filter(None, (counted(site, section) for section in SECTIONS)))
    return [
        page.body,
        ASK,
        *([f"Try {examples}.\n{{: .ed-examples data-search-exclude }}"] if examples else []),
        f'<div class="ed-doors" markdown="1">\n\n{doors}\n\n</div>',
        "## Who makes what {#picture data-search-exclude}",
        picture.whole(page, site),
        "## How the forecasts have fared {#forecasts data-search-exclude}",
        "What has been reported since the article on its forecasts, concerns and recommendations:",
        "\n".join(tally),
        f"[All {len(tracked)}](prospects/index.md#board)",
        "## The article’s dates {#dates data-search-exclude}",
        timeline.rows_of(page, site, dates),
        f"[All {len(dated(site))} dated statements](timeline/index.md)",
    ]


def changes(page: Page, site: Site) -> str:
    """Return the table of changes; the feed has the same."""
    body = []
    for change in site.changes:
        links = ", ".join(
            f"[{escaped(other.meta['title'])}]({href(page.path, other.path)})" for other in site.changed(change)
        )
        body.append([day(change["date"]), links or "all", words(change["text"])])
    return "## Changes {#changes}\n\n" + table("changes", ["Date", "Pages", "What and why"], body)


def page(page: Page, site: Site, derived: bool = False) -> str:
    """Return the whole Markdown of a page.

    `derived` adds what is drawn from other pages or repeats this one for
    readers: pictures, what links here, the list of what the page rests on.
    """
    meta = page.meta
    lead = f"{words(meta['description'])} {cites(page, site, meta.get('cites', []))}".strip()
    if page.is_source:
        told = east_asian_words(escaped(meta["description"]), meta["language"])
        lead = f"{told} {records.READ[meta['read']]}"
    incoming = backlinks(site).get(page.path, []) if derived else []
    parts, after = [page.body], []
    if page.is_entry:
        parts = entry(page, site, derived)
        after = [see_also(page, site, incoming)]
    elif page.is_source:
        note = east_asian_words(escaped(meta.get("note", "")), meta["language"])
        parts = [source_facts(page, site, page), note, opening(page.body)[1]]
        after = [cited_by(page, site, incoming)]
    elif page.path == ARTICLE:
        record = site.source(meta["source"])
        parts = [source_facts(page, site, record)] if record else []
        parts.append(paragraphs(page, site, incoming))
    elif page.folder == "concepts":
        parts = glossary(page, site)
    elif page.folder == "about":
        parts.append(changes(page, site))
    elif page.path == records.TIMELINE:
        parts += timeline.timeline(page, site) if derived else []
    elif page.folder == "data":
        parts += tables.tables(site)
    elif page.is_index and page.folder:
        if page.path == picture.INDEX:
            parts += ["## Who makes what {#picture data-search-exclude}", picture.whole(page, site)]
        parts += indexes.index(page, site)
        if page.path == records.SOURCES and derived and site.persons:
            parts += ["## Persons and bodies {#persons data-search-exclude}", indexes.contributors(page, site)]
        if page.path == records.BOARD and any(map(forecasts, site.pages.values())):
            parts.append(board(page, site))
    elif not page.folder:
        parts = home(page, site) if derived else parts
    if derived and page.folder:
        after.append(rests_on(page, site))
    if derived and site.dates(page):
        after.append(citebox.box(page, site))
    parts = [f"# {escaped(meta['title'])}", f"{lead}\n{{: .ed-lead }}", *parts, *after]
    return "\n\n".join(filter(None, parts)) + "\n"


def paragraphs(page: Page, site: Site, incoming: list[Link]) -> str:
    """Return the article's body with, under each paragraph, the pages that rest on it."""
    resting: dict[str, list[Link]] = {}
    for link in incoming:
        resting.setdefault(link.anchor, []).append(link)
    parts = re.split(r"(?m)^(?=## )", page.body)
    for number, part in enumerate(parts):
        heading = re.match(r"## .*\{#(p\d+)\}", part)
        if heading and resting.get(heading[1]):
            resting_on = linking(site, resting[heading[1]])
            items = ", ".join(f"[{label}]({href(page.path, target)})" for target, (label, _) in resting_on.items())
            told = f"Pages that rest on this paragraph: {items}.\n{{: .ed-resting data-search-exclude }}"
            parts[number] = f"{part.rstrip()}\n\n{told}\n\n"
    return "".join(parts)
