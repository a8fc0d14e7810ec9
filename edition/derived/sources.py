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

from edition import records
from edition.derived import citekeys
from edition.reading.site import Site, once, read
from edition.text import day, named

NAME = re.compile(r"(?P<outlet>.+?)(?:-(?:undated|(?P<date>\d{4}(?:-\d\d){0,2})))?(?:-(?P<letter>[b-z]))?")
DEFAULTS = {
    key: field.default
    for key, field in records.SourceRecord.model_fields.items()
    if not field.is_required() and field.default is not None
}


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
    index = site.pages.get(records.SOURCES)
    found = [page for page in site.pages.values() if page.is_source]
    told = {page.id: {**page.record, "says": opening(page.body)[0]} for page in found}
    metas = meant(told, index.meta if index else {}, site.vocabulary.language)
    pages = {path: replace(page, meta=metas[page.id]) if page.is_source else page for path, page in site.pages.items()}
    labels = {f"p{number}": f"¶{number}" for number in site.vocabulary.numbers}
    labels |= {id_: metas.get(id_, {}).get("title", id_) for id_ in site.ids("sources")}
    pages = {path: citekeys.with_links(page, labels) for path, page in pages.items()}
    return site.with_pages(pages, site.aside)


def load(docs: str) -> Site:
    """Return the site below `docs`, which has to be sound, with completed records."""
    return completed(read(docs))


def configured(config: Mapping) -> Site:
    """Return the site that an engine's settings describe, with the address and the name that they give it."""
    site = load(str(Path(config["docs_dir"]).absolute()))
    site.address, site.name, site.summary = config["site_url"], config["site_name"], config["site_description"]
    return site


def meant(sources: Mapping[str, dict], index: dict, language: str) -> dict[str, dict]:
    """Return the records of sources by id with all that follows from them, as other modules read them.

    `sources` are sound records by id, each with what the source `says` (see
    `opening`), `index` is the record of the overview of sources, which has the
    outlets, persons and bodies, `language` that of outlets which name none.
    """
    outlets, contributors = (
        {each["id"]: each for key in keys for each in index.get(key, [])}
        for keys in (("outlets",), ("persons", "bodies"))
    )
    found = {}
    for id_, record in sources.items():
        outlet, date = parts(id_)
        meta = {**DEFAULTS, **record, "description": record["says"]}
        meta["work"] = record.get("work") or record["described"]
        known = "translated" if meta["is_translated"] else "printed"
        meta["work_status"] = "description" if "described" in record else known
        if "outlet" not in meta and outlet in outlets:
            meta["outlet"] = outlet
        if "issued" not in meta and "inferred" not in meta and date:
            meta["issued"] = date
        published_in = outlets.get(meta.get("outlet"), {})
        meta["container"] = published_in.get("title", "")
        meta.setdefault("language", published_in.get("language", language))
        meta["authors"] = [contributors[each] for each in record.get("authors", []) if each in contributors]
        meta["seen"] = seen(meta, outlets)
        found[id_] = meta
    for id_, label in labels(found).items():
        found[id_]["title"] = label
    return found


def seen(meta: dict, outlets: Mapping[str, dict]) -> dict[str, str]:
    """Return how a text was seen elsewhere than where it appeared, and the name of where; nothing if it was not."""
    for way, outlet in meta.get("via", {}).items():
        return {"way": records.VIA[way], "at": outlets.get(outlet, {}).get("title", outlet)}
    return {}


def date_of(meta: dict) -> str:
    """Return a source's date as readers see it, an inferred one in brackets, empty if it has none."""
    if "inferred" in meta:
        return f"[{day(meta['inferred'])}?]"
    return day(meta["issued"]) if "issued" in meta else ""


def labels(sources: Mapping[str, dict]) -> dict[str, str]:
    """Return the label by which each source is cited: outlet and date, and a letter where these would be alike."""
    alike: dict[tuple[str, str], list[str]] = {}
    for id_, meta in sorted(sources.items()):
        who = meta["container"] or meta.get("publisher") or next(map(named, meta["authors"]), "unknown")
        who += f" via {meta['seen']['at']}" if meta["seen"] else ""
        alike.setdefault((who, date_of(meta)), []).append(id_)
    found = {}
    for (who, date), ids in alike.items():
        for number, id_ in enumerate(ids):
            letter = chr(ord("a") + number) if len(ids) > 1 else ""
            when = f"{date}{letter}" if date else f"undated{'-' if letter else ''}{letter}"
            found[id_] = sources[id_].get("label") or f"{who}, {when}"
    return found
