"""Write a page's Markdown: its body, and around it what the records say.

The result is ordinary Markdown, so both engines check its links and index its
words. Nothing here is a fact: each comes from a record or from a link.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from edition import records

if TYPE_CHECKING:
    from edition.site import Link, Page, Site

ARTICLE = "article/index.md"
ARCHIVE = "https://web.archive.org/web/*/"


def href(source: str, target: str) -> str:
    """Return the relative address of one page path from another."""
    file, hash_, anchor = target.partition("#")
    return posixpath.relpath(file, posixpath.dirname(source) or ".") + hash_ + anchor


def cite(page: Page, site: Site, ref: str) -> str:
    """Return a citation: `p3` links to paragraph 3, anything else to the source of that id."""
    if re.fullmatch(r"p\d+", ref):
        return f"[¶{ref[1:]}]({href(page.path, f'{ARTICLE}#{ref}')})"
    source = site.source(ref)
    label = source.meta.get("title", ref) if source else ref
    return f"[{label}]({href(page.path, f'sources/{ref}.md')})"


def cites(page: Page, site: Site, refs: list[str]) -> str:
    """Return citations in a row."""
    return ", ".join(cite(page, site, ref) for ref in refs)


def spoken(text: str, language: str) -> str:
    """Return text marked with its language."""
    escaped = text.replace("[", "\\[").replace("]", "\\]")
    return f"[{escaped}]{{lang={language}}}"


def korean(text: str) -> str:
    """Return text marked as Korean if hangul is in it, else as it is."""
    return spoken(text, "ko") if re.search("[가-힣]", text) else text


def korean_words(text: str) -> str:
    """Return text with each run of hangul in it marked as Korean."""
    return re.sub("[가-힣]+(?: [가-힣]+)*", lambda match: spoken(match[0], "ko"), text)


def author(record: dict) -> str:
    """Return a person's name, family name first, in the order and punctuation of its script."""
    if re.search("[가-힣]", record["family"]):
        return korean(record["family"] + record["given"])
    also = f" (once printed as {record['also']})" if "also" in record else ""
    return f"{record['family']}, {record['given']}{also}"


def work(meta: dict) -> str:
    """Return a source's title: one in another script as a whole, a description with its Korean words marked."""
    if meta["work_status"] == "description":
        return korean_words(meta["work"])
    return (
        meta["work"] if meta["work"].isascii() or meta["language"] == "en" else spoken(meta["work"], meta["language"])
    )


def rows(pairs: list[tuple[str, str]]) -> str:
    """Return a definition list, a label once with all its values; pairs without value are left out."""
    values: dict[str, list[str]] = {}
    for label, value in pairs:
        if value:
            values.setdefault(label, []).append(f":   {value}")
    return "\n\n".join("\n".join([label, *each]) for label, each in values.items())


def box(label: str, content: str) -> str:
    """Return Markdown in a labelled box."""
    return f'<div class="ed-facts" role="group" aria-label="{label}" markdown="1">\n\n{content}\n\n</div>'


def facts(pairs: list[tuple[str, str]]) -> str:
    """Return a facts box."""
    return box("Facts", rows(pairs))


def name_rows(page: Page, site: Site, names: list[dict]) -> list[tuple[str, str]]:
    """Return the names as rows, one a system and status, derived forms marked in the label."""
    grouped: dict[str, list[str]] = {}
    for system in records.NAME_SYSTEMS:
        for name in names:
            if name["system"] != system:
                continue
            language = records.LANGUAGES.get(system)
            text = spoken(name["text"], language) if language else name["text"]
            remarks = [name["note"]] if "note" in name else []
            remarks += [cite(page, site, name["source"])] if "source" in name else []
            text += f" ({'; '.join(remarks)})" if remarks else ""
            label = records.NAME_SYSTEMS[system]
            if "of" in name:
                label = f"{records.NAMED_PARTS[name['of']]}: {label}"
            if name["status"] != "confirmed":
                label += f" ({name['status']})"
            grouped.setdefault(label, []).append(text)
    return [(label, ", ".join(texts)) for label, texts in grouped.items()]


def table(kind: str, head: list[str], body: list[list[str]]) -> str:
    """Return a Markdown table in a block of class `ed-<kind>`."""
    lines = [head, ["---"] * len(head), *body]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f'<div class="ed-{kind}" markdown="1">\n\n{text}\n\n</div>'


def claims(page: Page, site: Site) -> str:
    """Return the table of the page's claims; each row can be linked by the claim's id."""
    body = [
        [
            cite(page, site, f"p{claim['paragraph']}"),
            records.CLAIM_KINDS[claim["kind"]],
            f"[{claim['text']}]{{#{claim['id']}}}",
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
    """Return the table of what has been reported on the page's forecasts."""
    body = []
    for claim in forecasts(page):
        since = claim["since"]
        evidence = "; ".join(filter(None, [cites(page, site, since["cites"]), f"confidence: {since['confidence']}"]))
        found = f"{since['text']} ({evidence}; as of {since['as_of']})"
        body.append([f"[{claim['text']}](#{claim['id']})", since["state"].capitalize(), found])
    return "### Forecast by forecast {#tracker}\n\n" + table("board", ["Claim", "State", "What was found"], body)


def board(page: Page, site: Site) -> str:
    """Return the board of all forecasts, in the article's order; the states' definitions first."""
    states = rows([(state.capitalize(), meaning) for state, meaning in records.STATES.items()])
    parts = ["## How the forecasts have fared {#board}", box("States", states)]
    tracked = [other for other in site.pages.values() if forecasts(other)]
    for other in sorted(tracked, key=lambda each: each.meta["claims"][0]["paragraph"]):
        body = []
        for claim in forecasts(other):
            since = claim["since"]
            link = f"[{claim['text']}]({href(page.path, other.path)}#{claim['id']})"
            evidence = cites(page, site, since["cites"]) or "none found"
            body.append([link, cite(page, site, f"p{claim['paragraph']}"), since["state"].capitalize(), evidence])
        parts.append(f"### {other.meta['title']} {{#board-{other.id}}}")
        parts.append(table("board", ["Claim", "Paragraph", "State", "Evidence"], body))
    return "\n\n".join(parts)


def tournaments(page: Page, site: Site) -> str:
    """Return the tournament record as a chart and a table."""
    body = []
    for result in page.meta["tournaments"]:
        place = str(result.get("place", "not known")) + (f" of {result['field']}" if "field" in result else "")
        place += " (disputed)" if result["certainty"] == "disputed" else ""
        told = f"{result['event']}; entered as: {result['entered_as']}"
        told += f" ({korean_words(result['note'])})" if "note" in result else ""
        body.append([str(result["year"]), told, place, cites(page, site, result["cites"])])
    head = ["Year", "Tournament", "Place", "Sources"]
    return "\n\n".join(
        ["### Tournament record {#tournaments}", chart(page.meta["tournaments"]), table("results", head, body)]
    )


def chart(results: list[dict]) -> str:
    """Return a chart of places by year as SVG: a dot a tournament, first place on top."""
    placed = [result for result in results if "place" in result]
    years = [result["year"] for result in placed]
    first, last, lowest = min(years), max(years), max(result["place"] for result in placed)
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
    for result in placed:
        spot = (result["year"], result["place"])
        seen[spot] = seen.get(spot, 0) + 1
        kind = "ed-disputed" if result["certainty"] == "disputed" else "ed-certain"
        shift = (seen[spot] - 1) * 11
        marks.append(f'<circle class="{kind}" cx="{x(spot[0]) + shift}" cy="{top + (spot[1] - 1) * step}" r="5"/>')
    told = f"Places by year, {first} to {last}; the table below gives each tournament."
    svg = f'<svg viewBox="0 0 {width} {bottom + 12}" role="img" aria-label="{told}">{"".join(marks)}</svg>'
    return f'<figure class="ed-chart">{svg}<figcaption>{told} A ring marks a disputed result.</figcaption></figure>'


def backlink_items(page: Page, site: Site, links: list[Link]) -> list[str]:
    """Return one Markdown link a page that links here, entries before glossary and the rest."""
    order = [*records.ENTRY_FOLDERS, "concepts", "sources", "about"]
    seen: dict[str, tuple] = {}
    for link in links:
        other = site.pages[link.source]
        target, label = link.source, other.meta["title"]
        if other.folder == "concepts" and link.section:
            term = next((term for term in site.terms if term["id"] == link.section), None)
            if term:
                target, label = f"{link.source}#{term['id']}", f"{label}: {term['term']}"
        seen.setdefault(target, (order.index(other.folder), label, f"[{label}]({href(page.path, target)})"))
    return [text for *_, text in sorted(seen.values())]


def relation(page: Page, site: Site, tie: dict) -> str:
    """Return the other end of a relation with its certainty, note and sources."""
    other = site.entries.get(tie.get("to"))
    end = (
        f"[{other.meta['title']}]({href(page.path, other.path)})"
        if other
        else korean_words(tie.get("name", tie.get("to")))
    )
    remarks = [records.CERTAINTIES[tie["certainty"]], tie.get("note"), cites(page, site, tie["cites"])]
    return f"{end} ({'; '.join(filter(None, remarks))})"


def entry(page: Page, site: Site) -> list[str]:
    """Return facts box and body of a background, institution, project or prospect page."""
    meta = page.meta
    told = cites(page, site, [ref for ref in meta["cites"] if re.fullmatch(r"p\d+", ref)])
    pairs = [("In the article", told if meta.get("in_article", True) else "not named")]
    if "field" in meta:
        pairs.append(
            ("What the article calls it" if meta.get("in_article", True) else "Field", records.FIELDS[meta["field"]])
        )
    if "area" in meta:
        pairs.append(("Area of AI", records.AREAS[meta["area"]]))
    for tie in meta.get("relations", []):
        pairs.append((records.RELATION_KINDS[tie["kind"]], relation(page, site, tie)))
    if page.folder == "projects" and not any(tie["kind"] == "maker" for tie in meta.get("relations", [])):
        pairs.append((records.RELATION_KINDS["maker"], "not known"))
    pairs += name_rows(page, site, meta.get("names", []))
    body = page.body
    if meta.get("claims"):
        body = into_section(body, "In the article", claims(page, site))
    if forecasts(page):
        body = into_section(body, "Since the article", tracker(page, site))
    if meta.get("tournaments"):
        body = into_section(body, "Reported elsewhere", tournaments(page, site))
    return [facts(pairs), body]


def source_facts(page: Page, site: Site, source: Page) -> str:
    """Return the facts box of a source's record, as shown on `page`."""
    meta = source.meta
    authors = "; ".join(author(each) for each in meta.get("authors", []))
    outlet = site.outlets.get(meta.get("outlet", ""), {})
    pairs = [
        ("Author", authors or korean(meta.get("corporate_author", "not named"))),
        ("Title", f"{work(meta)} ({records.WORK_STATUS[meta['work_status']]})"),
        ("Kind", records.SOURCE_TYPES[meta["type"]]),
        ("Published in", outlet.get("title", "")),
        ("Issue", meta.get("issue", "")),
        ("Pages", meta.get("pages", "")),
        ("Publisher", ", ".join(korean_words(meta[key]) for key in ("place", "publisher") if key in meta)),
        ("Date", meta.get("issued", "not known")),
        ("Number", meta.get("number", "")),
        ("Language", records.LANGUAGE_NAMES[meta["language"]]),
        ("Address", address(meta["url"]) if "url" in meta else "none given"),
    ]
    pairs += name_rows(page, site, outlet.get("names", []) + meta.get("names", []))
    return facts(pairs)


def address(url: str) -> str:
    """Return a source's address as a link; North Korean hosts carry a warning and an archive search.

    The warning follows the content rules: such pages may be blocked, watched
    or unlawful to open where the reader is.
    """
    url = quote(url, safe="%:/?#[]@!$&'()*+,;=~")  # Hangul in an address is no text to be read out.
    if is_north_korean(url):
        return (
            f'[{url}]({url}){{rel="noreferrer nofollow"}} '
            "(a North Korean host: it may be blocked, watched or unlawful to open where you are, "
            "in South Korea above all); "
            f'[search the Internet Archive]({ARCHIVE}{url}){{rel="noreferrer"}}'
        )
    return f'[{url}]({url}){{rel="noreferrer"}}; [search the Internet Archive]({ARCHIVE}{url}){{rel="noreferrer"}}'


def is_north_korean(url: str) -> bool:
    """Whether an address lies on a host under North Korea's domain, .kp."""
    match = re.match(r"https?://([^/:?#]+)", url)
    return bool(match) and match[1].lower().endswith(".kp")


def term_korean(term: dict, site: Site) -> list[str]:
    """Return a term's Korean forms, its own or those in use of the outlet that it names."""
    if "korean" in term:
        return [term["korean"]]
    names = site.outlets.get(term.get("outlet", ""), {}).get("names", [])
    return [name["text"] for name in names if name["system"].startswith("korean") and "note" not in name]


def glossary(page: Page, site: Site) -> list[str]:
    """Return the glossary: one heading a term, its definition, sources and Korean."""
    parts = [page.body]
    for term in page.meta["terms"]:
        parts.append(f"## {term['term']} {{#{term['id']}}}")
        parts.append(f"{term['definition']} ({cites(page, site, term['cites'])})")
        if forms := term_korean(term, site):
            note = f" ({korean_words(term['korean_note'])})" if "korean_note" in term else ""
            parts.append(f"Korean: {', '.join(map(korean, forms))}{note}\n{{: .ed-korean }}")
    return parts


def page(page: Page, site: Site, backlinks: bool = False) -> str:
    """Return the whole Markdown of a page; `backlinks` adds what other pages' links tell."""
    meta = page.meta
    lead = f"{meta['description']} {cites(page, site, meta.get('cites', []))}".strip()
    incoming = site.backlinks.get(page.path, []) if backlinks else []
    heading = ""
    if page.is_entry:
        parts = entry(page, site)
        heading = "## Linked from {#linked-from data-search-exclude}"
    elif page.folder == "sources" and not page.is_index:
        parts = [source_facts(page, site, page), page.body]
        heading = "## Cited by {#cited-by data-search-exclude}"
    elif page.path == ARTICLE:
        record = site.source(meta["source"])
        parts = [source_facts(page, site, record)] if record else []
        parts.append(paragraphs(page, site, incoming))
    elif page.folder == "concepts":
        parts = glossary(page, site)
    else:
        parts = [page.body]
    if page.path == "prospects/index.md" and any(map(forecasts, site.pages.values())):
        parts.insert(0, board(page, site))
    if heading and incoming:
        parts.append(heading)
        parts.append("\n".join(f"- {item}" for item in backlink_items(page, site, incoming)))
    return "\n\n".join([f"# {meta['title']}", f"{lead}\n{{: .ed-lead }}", *parts]) + "\n"


def paragraphs(page: Page, site: Site, incoming: list[Link]) -> str:
    """Return the article's body with, under each paragraph, the pages that rest on it."""
    resting: dict[str, list[Link]] = {}
    for link in incoming:
        resting.setdefault(link.anchor, []).append(link)
    parts = re.split(r"(?m)^(?=## )", page.body)
    for number, part in enumerate(parts):
        anchor = re.match(r"## .*\{#(p\d+)\}", part)
        if anchor and resting.get(anchor[1]):
            items = ", ".join(backlink_items(page, site, resting[anchor[1]]))
            told = f"Pages that rest on this paragraph: {items}.\n{{: .ed-resting data-search-exclude }}"
            parts[number] = f"{part.rstrip()}\n\n{told}\n\n"
    return "".join(parts)
