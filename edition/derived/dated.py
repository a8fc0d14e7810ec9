"""Every dated statement of the site, gathered from the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edition.reading.pages import Page
from edition.reading.site import Site, once
from edition.records import Result


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
    """Return every dated statement of the site: events, the article's dated claims, tournaments."""
    return sorted(statement for page in site.pages.values() for statement in _of(page, site))


@once
def by_page(site: Site) -> dict[str, list[Dated]]:
    """Return the dated statements that each page tells, by path."""
    found: dict[str, list[Dated]] = {}
    for statement in dated(site):
        for path in statement.pages:
            found.setdefault(path, []).append(statement)
    return found


def _of(page: Page, site: Site) -> Iterator[Dated]:
    """Yield the dated statements of a page's record."""
    for event in page.events:
        paths = (page.path, *(site.entries[other].path for other in event.also if other in site.entries))
        told = (event.dated, event.voice, event.disputed, tuple(event.cites))
        yield Dated(event.date, event.until, event.text, paths, *told)
    for claim in page.claims:
        if claim.date:
            told = ("event", "article", False, (f"p{claim.paragraph}",))
            yield Dated(claim.date, "", claim.text, (page.path,), *told)
    for result in page.tournaments:
        text = (
            f"{site.vocabulary.tournament}: {result.event}; entered as: {result.entered_as}; place: {placing(result)}"
        )
        text += f" ({result.note})." if result.note else "."
        yield Dated(result.date, "", text, (page.path,), "event", result.voice, result.disputed, tuple(result.cites))


def placing(result: Result) -> str:
    """Return the place in a tournament and, where known, the number of entrants."""
    return (str(result.place) if result.place else "not known") + (f" of {result.field}" if result.field else "")


def told(result: Result) -> str:
    """Return a tournament in words: when, what, entered as what, which place."""
    note = f" ({result.note})" if result.note else ""
    disputed = " (disputed)" if result.disputed else ""
    entered = f"{result.event}; entered as: {result.entered_as}{note}"
    return f"{result.date[:4]} – {entered} – {placing(result)}{disputed}"


@once
def sources(site: Site) -> set[str]:
    """Return the paths of the sources on which dated statements rest."""
    paths = {f"sources/{ref}.md" for each in dated(site) for ref in each.cites}
    return paths & set(site.pages)
