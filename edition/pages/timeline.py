"""The timeline: what its overview shows, by what it is filtered, into which periods it is parted."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any, NamedTuple

from edition.derived.dated import Dated, dated
from edition.pages.indexes import Key
from edition.reading.site import Site


class Period(NamedTuple):
    """A period: its decade; that of the article ends on the article's day."""

    id: str
    title: str


def key(site: Site, path: str) -> str:
    """Return the value by which statements of a page are filtered."""
    page = site.pages[path]
    return page.folder if page.is_index else page.id


def period(each: Dated, article: str) -> Period:
    """Return the period of a statement; `article` is the day of the article."""
    decade = f"{each.date[:3]}0s"
    if decade != f"{article[:3]}0s":
        return Period(decade, decade)
    if each.date > article:
        return Period("since", "Since the article")
    return Period(decade, f"{decade}, up to the article")


def strip(statements: list[Dated]) -> dict[str, Any]:
    """Return the overview: the number of statements a year, and the decades, each with whether it has any."""
    counts = Counter(int(each.date[:4]) for each in statements)
    start, last = min(counts) // 10 * 10, max(counts)
    return {
        "bars": sorted(counts.items()),
        "start": start,
        "first": min(counts),
        "last": last,
        "most": max(counts.values()),
        "densest": max(counts, key=counts.get),
        "decades": [(each, any(each <= year < each + 10 for year in counts)) for each in range(start, last + 1, 10)],
        "share": f"{1000 / (last - start + 1):.2f}",
    }


def timeline(site: Site) -> dict[str, Any]:
    """Return the overview, the filters and the periods with their statements."""
    statements = dated(site)
    source = site.source(site.article_id)
    issued = source.record.issued if source else ""
    entries = {key(site, path): site.pages[path].title for each in statements for path in each.pages}
    used = {each.voice for each in statements}
    keys = [
        Key("voice", "Voice", {voice: label for voice, label in site.vocabulary.voices.items() if voice in used}),
        Key("page", "Page", dict(sorted(entries.items(), key=lambda item: item[1]))),
    ]
    if any(each.disputed for each in statements):
        keys.append(Key("standing", "Standing", {"disputed": "Disputed"}))
    grouped = groupby(statements, lambda each: period(each, issued))
    return {"strip": strip(statements), "filters": keys, "periods": [(each, list(group)) for each, group in grouped]}
