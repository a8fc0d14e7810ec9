"""The timeline: what its overview shows, by what it is filtered, into which years it is parted, the newest first."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any, NamedTuple

from edition.derived.dated import Dated, dated
from edition.pages.indexes import Key
from edition.reading.site import Site, once


class Row(NamedTuple):
    """A statement with the id of its row and the values by which it is filtered."""

    id: str
    told: Dated
    year: str
    fields: list[str]


def key(site: Site, path: str) -> str:
    """Return the value by which statements of a page are filtered."""
    page = site.pages[path]
    return page.folder if page.is_index else page.id


@once
def rows(site: Site) -> list[Row]:
    """Return the statements, the newest first; an id is made of page and date, and a number from the second on."""
    found, seen = [], Counter()
    for each in dated(site):
        name = f"{key(site, each.pages[0])}-{each.date}"
        seen[name] += 1
        fields = {getattr(site.pages[path].record, "field", "") for path in each.pages} - {""}
        id_ = name if seen[name] == 1 else f"{name}-{seen[name]}"
        found.append(Row(id_, each, each.date[:4], sorted(fields)))
    return found[::-1]


def strip(found: list[Row], first_year: int) -> dict[str, Any]:
    """Return the overview: the years from the first that stands by itself, each with the number of its statements."""
    counts = Counter(int(row.year) for row in found if int(row.year) >= first_year)
    most = max(counts.values())
    return {
        "bars": sorted(counts.items()),
        "first": min(counts),
        "last": max(counts),
        "most": most,
        "densest": max(counts, key=counts.get),
        "before": first_year if any(int(row.year) < first_year for row in found) else "",
    }


def timeline(site: Site) -> dict[str, Any]:
    """Return the overview, the filters and the years with their statements."""
    found = rows(site)
    words = site.vocabulary
    entries = {key(site, path): site.pages[path].title for row in found for path in row.told.pages}
    voices, fields = {row.told.voice for row in found}, {field for row in found for field in row.fields}
    keys = [
        Key("year", "Year", {row.year: row.year for row in found}),
        Key("page", "Page", dict(sorted(entries.items(), key=lambda item: item[1]))),
        Key("voice", "Voice", {voice: label for voice, label in words.voices.items() if voice in voices}),
        Key("field", "Field", {field: label for field, label in words.fields.items() if field in fields}),
    ]
    if any(row.told.disputed for row in found):
        keys.append(Key("standing", "Standing", {"disputed": "Disputed"}))
    early = f"Before {words.first_year}"
    grouped = groupby(found, lambda row: row.year if int(row.year) >= words.first_year else early)
    years = [(title, list(each)) for title, each in grouped]
    return {"strip": strip(found, words.first_year), "filters": keys, "years": years}
