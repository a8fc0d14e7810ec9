"""Every dated statement of the site, gathered from the records."""

from __future__ import annotations

from dataclasses import dataclass

from edition.reading.site import Site, once


@dataclass(frozen=True, order=True)
class Dated:
    """A dated statement. `date` and `until` are ISO dates, `until` may be empty; `dated` tells what they count.

    `pages` are the paths of the pages that tell it, first the one whose record has it.
    """

    date: str
    until: str
    text: str
    pages: tuple[str, ...]
    dated: str
    voice: str
    disputed: bool
    cites: tuple[str, ...]


@once
def dated(site: Site) -> list[Dated]:
    """Return every dated statement of the site: events, the article's dated claims, tournaments, references."""
    found = []

    def add(text: str, pages: list[str], told: dict, until: str = "", dated: str = "event") -> None:
        voice, disputed, cites = told["voice"], told.get("disputed", False), tuple(told["cites"])
        found.append(Dated(told["date"], until, text, tuple(pages), dated, voice, disputed, cites))

    for page in site.pages.values():
        meta, path = page.meta, page.path
        for event in meta.get("events", []):
            others = [site.entries[other].path for other in event.get("also", []) if other in site.entries]
            add(event["text"], [path, *others], event, event.get("until", ""), event["dated"])
        for claim in meta.get("claims", []):
            if "date" in claim:
                told = {"date": claim["date"], "voice": "article", "cites": [f"p{claim['paragraph']}"]}
                add(claim["text"], [path], told)
        for result in meta.get("tournaments", []):
            text = f"Go tournament: {result['event']}; entered as: {result['entered_as']}; place: {placing(result)}"
            text += f" ({result['note']})." if "note" in result else "."
            add(text, [path], result)
        own = page.id == site.article_id
        if "issued" in meta and (own or meta.get("reference_of_article")):
            told = "The article" if own else "A text that the article cites"
            date = {"date": meta["issued"], "voice": "article", "cites": []}
            add(f"{told} is published: {meta['work']}.", [path], date)
    return sorted(found)


def placing(result: dict) -> str:
    """Return the place in a tournament and, where known, the number of entrants."""
    return str(result.get("place", "not known")) + (f" of {result['field']}" if "field" in result else "")


def told(result: dict) -> str:
    """Return a tournament in words: when, what, entered as what, which place."""
    note = f" ({result['note']})" if "note" in result else ""
    disputed = " (disputed)" if result.get("disputed") else ""
    entered = f"{result['event']}; entered as: {result['entered_as']}{note}"
    return f"{result['date'][:4]} – {entered} – {placing(result)}{disputed}"


@once
def sources(site: Site) -> set[str]:
    """Return the paths of the sources on which dated statements rest."""
    paths = {f"sources/{ref}.md" for each in dated(site) for ref in each.cites}
    paths |= {path for each in dated(site) for path in each.pages if path.startswith("sources/")}
    return paths & set(site.pages)
