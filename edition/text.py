"""Dates, names and addresses in the words and letters that every format shares."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(date: str) -> str:
    """Return an ISO date, cut to month or year where no more is known, as readers write it: 7 November 2019."""
    if not date:
        return ""
    year, *rest = date.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)


def slug(text: str) -> str:
    """Return text as it stands in an address: small letters, digits and hyphens."""
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def web_address(url: str) -> str:
    """Return an address in ASCII: Hangul in it is no text to be read out."""
    return quote(url, safe="%:/?#[]@!$&'()*+,;=~")


def href(source: str, target: str) -> str:
    """Return the relative address of one page path from another; a query or an anchor may follow the target."""
    file, rest = re.fullmatch(r"([^?#]*)(.*)", target).groups()
    if file == source and rest:
        return rest
    return posixpath.relpath(file, posixpath.dirname(source) or ".") + rest


def is_paragraph(ref: str) -> bool:
    """Return whether a citation is of a paragraph of the article (`p3`), no source."""
    return bool(re.fullmatch(r"p\d+", ref))
