"""What the record of a source leaves unsaid because it follows: outlet and date, label, authors, defaults.

The name of a source's file is its outlet's id and its date, as far as that is
known, and a letter from the second of its kind on:
`gazette-2026-01-27.md`, `gazette-2026-01-27-b.md`, `encyclopedia-undated.md`. Keys of
the record overrule it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from edition import records
from edition.derived import citekeys
from edition.reading.pages import Page
from edition.reading.site import Site, once, read
from edition.records import Body, Person

NAME = re.compile(r"(?P<outlet>.+?)(?:-(?:undated|(?P<date>\d{4}(?:-\d\d){0,2})))?(?:-(?P<letter>[b-z]))?")


class Seen(NamedTuple):
    """How a text was seen elsewhere than where it appeared, and the name of where."""

    way: str
    at: str


class Source(records.SourceRecord):
    """The record of a source with all that follows from it.

    `title` is the label by which it is cited, `container` the title of its outlet, empty if it has
    none, `seen` None if it was seen where it appeared, and `by` the records of its authors.
    """

    title: str = ""
    container: str
    seen: Seen | None
    by: list[Person | Body]


def parts(id_: str) -> tuple[str, str]:
    """Return what a file is named after: the id of an outlet, and a date, which may be empty."""
    found = NAME.fullmatch(id_)
    return found["outlet"], found["date"] or ""


def opening(body: str) -> tuple[str, str]:
    """Return what a source says, which is the first paragraph of its page, and the rest of the page."""
    first, _, rest = body.partition("\n\n")
    return " ".join(first.split()), rest.strip()


@once
def completed(site: Site) -> Site:
    """Return the site with the records of its sources, which have to be sound, completed and keys in prose as links."""
    meant = {page.id: source(page, site) for page in site.pages.values() if page.is_source}
    for id_, label in labels(meant).items():
        meant[id_].title = label
    pages = {
        path: replace(page, record=meant[page.id], description=opening(page.body)[0]) if page.is_source else page
        for path, page in site.pages.items()
    }
    shown = {f"p{number}": f"¶{number}" for number in site.vocabulary.numbers}
    shown |= {id_: meant[id_].title if id_ in meant else id_ for id_ in site.ids("sources")}
    return site.with_pages({path: citekeys.with_links(page, shown) for path, page in pages.items()}, site.aside)


def load(docs: str) -> Site:
    """Return the site below `docs`, which has to be sound, with completed records."""
    return completed(read(docs))


def configured(config: Mapping) -> Site:
    """Return the site that an engine's settings describe, with the address and the name that they give it."""
    site = load(str(Path(config["docs_dir"]).absolute()))
    site.address, site.name, site.summary = config["site_url"], config["site_name"], config["site_description"]
    return site


def source(page: Page, site: Site) -> Source:
    """Return the record of a source with all that follows from it but its label, which depends on the others."""
    record: records.SourceRecord = page.record
    named_after, date = parts(page.id)
    outlet = record.outlet or (named_after if named_after in site.outlets else "")
    published_in = site.outlets.get(outlet)
    told: dict[str, Any] = {
        **dict(record),
        "work": record.work or record.described,
        "outlet": outlet,
        "issued": record.issued or ("" if record.inferred else date),
        "language": record.language or (published_in and published_in.language) or site.vocabulary.language,
        "container": published_in.title if published_in else "",
        "seen": seen(record, site),
        "by": [site.contributors[each] for each in record.authors if each in site.contributors],
    }
    return Source.model_construct(record.model_fields_set, **told)


def seen(record: records.SourceRecord, site: Site) -> Seen | None:
    """Return how a text was seen elsewhere than where it appeared, None if it was not."""
    for way, told in records.VIA.items():
        if outlet := getattr(record.via, way, ""):
            return Seen(told, site.outlets[outlet].title if outlet in site.outlets else outlet)
    return None


def labels(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the label by which each source is cited: outlet and date, and a letter where these would be alike."""
    alike: dict[tuple[str, str], list[str]] = {}
    for id_, source in sorted(sources.items()):
        who = source.container or source.publisher or next((each.listed for each in source.by), "unknown")
        who += f" via {source.seen.at}" if source.seen else ""
        alike.setdefault((who, source.when), []).append(id_)
    found = {}
    for (who, date), ids in alike.items():
        for number, id_ in enumerate(ids):
            letter = chr(ord("a") + number) if len(ids) > 1 else ""
            when = f"{date}{letter}" if date else f"undated{'-' if letter else ''}{letter}"
            found[id_] = sources[id_].label or f"{who}, {when}"
    return found
