"""Citations in prose by key, as in Pandoc: `[@doe-2021]`, `[@doe-2021, 2]`, `[@p3]`, `[@p3; @doe-2021, 2]`.

The key of a source is its id, that of a paragraph of the article `p` and its
number. What follows a comma is the place in the source; a semicolon parts
citations in one bracket. A key before a round bracket is the text of an
ordinary link and stays as it is, as do code and addresses.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from edition import records
from edition.language import escaped
from edition.reading.pages import Page
from edition.text import href, is_paragraph

TOKEN = re.compile(
    # Code, what a backslash escapes, ordinary links, addresses and elements: no key is read in them.
    r"(?ms)^[ ]*(?P<fence>```+|~~~+)[^`\n]*\n(?:.*?^[ ]*(?P=fence)|.*)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ ]*\n).)*?(?<!`)(?P=ticks)(?!`)"
    r"|\\\[@?|\\."
    r"|\[@[^\[\]]*\]\([^)]*\)"
    r"|\]\([^)]*\)"
    r"|<[a-zA-Z/!][^>]*>"
    # A bracket that opens with a key, one that is never closed, and a key without bracket.
    r"|\[(?P<cited>@(?:(?!\n[ ]*\n)[^\[\]])*)\]"
    r"|\[@(?P<open>[\w-]*)"
    r"|(?<![\w@./])@(?P<bare>[\w-]+)"
)
ITEM = re.compile(r"@(?P<key>[^\s,;@]+)(?:,(?P<space>\s*)(?P<place>[^\s;@](?:[^;@]*[^\s;@])?))?")
GAP = re.compile(r";(\s*)")


def _items(text: str) -> list[tuple[str, re.Match]] | None:
    """Return the citations in a bracket, each with the space before it; None if it is none of the known forms."""
    first, *others = GAP.split(text)
    pairs = [("", first), *zip(others[::2], others[1::2], strict=True)]
    items = [(space or " ", ITEM.fullmatch(each)) for space, each in pairs]
    return items if all(item for _, item in items) else None


def _link(item: re.Match, path: str, labels: Mapping[str, str]) -> str:
    """Return a citation as a link from a page, its label followed by the place in the source."""
    key, place = item["key"], f",{item['space'] or ' '}{item['place']}" if item["place"] else ""
    target = f"{records.ARTICLE}#{key}" if is_paragraph(key) else f"sources/{key}.md"
    return f"[{escaped(labels[key])}{place}]({href(path, target)})"


def linked(body: str, path: str, labels: Mapping[str, str]) -> str:
    """Return a body with its keys replaced by links relative to the page's path, line for line.

    `labels` are those of paragraphs and sources by key. A bracket with a key that is not
    known stays as it is.
    """

    def link(token: re.Match) -> str:
        items = _items(token["cited"]) if token["cited"] else None
        if items is None or any(item["key"] not in labels for _, item in items):
            return token[0]
        return "".join(f",{space}{_link(item, path, labels)}" for space, item in items).removeprefix(", ")

    return TOKEN.sub(link, body)


def with_links(page: Page, labels: Mapping[str, str]) -> Page:
    """Return a page whose body and text have links in place of keys, on the same lines."""
    if "[@" not in page.body:
        return page
    body = linked(page.body, page.path, labels)
    before, _, after = page.text.rpartition(page.body)
    return replace(page, text=before + body + after, body=body)


def slips(body: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the keys in a body: the line, the first being 0, and a message.

    A key that is not known is told with the nearest one that is.
    """
    for token in TOKEN.finditer(body):
        line, shown = body.count("\n", 0, token.start()), " ".join(token[0].split())
        if token["cited"]:
            items = _items(token["cited"])
            if items is None:
                right = "write [@doe-2021], [@doe-2021, 2] or [@p3; @doe-2021]"
                yield line, f"has {shown!r}, which is no citation; {right}"
            for _, item in items or ():
                key = item["key"]
                if key not in known:
                    at = line + re.split(rf"@{re.escape(key)}(?=[\s,;]|$)", token["cited"])[0].count("\n")
                    yield at, f"cites {key!r}, which is no paragraph or source{nearest(key, known)}"
        elif token["open"] is not None:
            yield line, f"has {shown!r} without its closing bracket; write {shown}]"
        elif token["bare"] in known:
            yield line, f"has {shown!r} outside brackets of its own; write [{shown}]"


def nearest(key: str, known: Collection[str]) -> str:
    """Return the known key that is nearest to one that is not, as the end of a message; empty if none is near."""
    close = difflib.get_close_matches(key, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
