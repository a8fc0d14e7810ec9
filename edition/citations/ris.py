"""RIS, by the specification of Reference Manager (2011).

It has no word for an uncertain date; the note of an item says it.
"""

from __future__ import annotations

from edition.citations import csl
from edition.citations.csl import Item

LABEL = "RIS"
TYPES = {
    "report": "RPRT",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "book": "BOOK",
    "entry-encyclopedia": "ENCYC",
}
"""Types of references by those of CSL."""


def date(item: Item, key: str = "issued") -> str:
    """Return one of an item's dates as year, month, day and an empty remark, parted by slashes; empty for no date."""
    parts = csl.date_parts(item, key)
    return "/".join([*parts, "", "", ""][:3]) + "/" if parts else ""


def reference(item: Item) -> str:
    """Return an item as a reference."""
    first, last = csl.pages(item)
    fields = [
        ("TY", TYPES[item["type"]]),
        ("ID", item["id"]),
        *(("AU", name) for name in csl.names(item)),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("T3", item.get("collection-title")),
        ("PB", item.get("publisher")),
        ("CY", item.get("publisher-place")),
        ("IS", csl.issue(item)),
        ("SP", first),
        ("EP", last),
        ("SN" if item["type"] == "book" else "M1", item.get("number")),
        ("PY", "".join(csl.date_parts(item)[:1])),
        ("DA", date(item)),
        ("LA", item.get("language")),
        ("UR", item.get("URL")),
        ("Y2", date(item, "accessed")),
        ("DP", item.get("source")),
        ("N1", item.get("note")),
    ]
    lines = [f"{tag}  - {value}\n" for tag, value in fields if value]
    return "".join(lines) + "ER  - \n"


def text(items: list[Item]) -> str:
    """Return items as a file."""
    return "\n".join(map(reference, items))
