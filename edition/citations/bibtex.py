"""BibTeX, in the fields of BibLaTeX, which has days and uncertain dates (`1998?`, as in EDTF)."""

from __future__ import annotations

import re
from typing import NamedTuple

from edition.citations import csl
from edition.citations.csl import Item

LABEL = "BibTeX"


class Type(NamedTuple):
    """A type of entry; `container` is the field for what an item appeared in."""

    name: str
    container: str


TYPES = {
    "report": Type("report", "series"),
    "article-newspaper": Type("article", "journaltitle"),
    "webpage": Type("online", "organization"),
    "book": Type("book", "series"),
    "entry-encyclopedia": Type("inreference", "booktitle"),
}
"""Types of entries by those of CSL."""

LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "fr": "french",
    "id": "indonesian",
    "ja": "japanese",
    "ko": "korean",
    "ru": "russian",
    "zh": "chinese",
}
"""Languages as the package babel names them."""

LATEX = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "--": "-{}-",
    **{sign: "\\" + sign for sign in "{}&%$#_"},
}
"""Signs that mean something in LaTeX, as they are written for themselves."""


def latex(text: str) -> str:
    """Return text for LaTeX."""
    return re.sub(r"[\\^~{}&%$#_]|--", lambda sign: LATEX[sign[0]], text)


def entry(item: Item) -> str:
    """Return an item as an entry, its title and bodies in second braces, which keep their letters."""
    type_ = TYPES[item["type"]]
    authors = [
        f"{{{latex(name)}}}" if "literal" in each else latex(name)
        for each, name in zip(item.get("author", []), csl.names(item), strict=True)
    ]
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{latex(item['title'])}}}",
        type_.container: latex(csl.container(item)),
        "publisher": latex(item.get("publisher", "")),
        "location": latex(item.get("publisher-place", "")),
        "issue": latex(item.get("issue", "")),
        "pages": item.get("page", "").replace("-", "--"),
        "number": latex(item.get("number", item.get("collection-number", ""))),
        "date": "-".join(csl.date_parts(item)) + ("?" if csl.is_uncertain(item) else ""),
        "urldate": "-".join(csl.date_parts(item, "accessed")),
        "langid": LANGUAGES[item["language"]],
        "url": item.get("URL", ""),
        "note": latex(item.get("note", "")),
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@{type_.name}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def text(items: list[Item]) -> str:
    """Return items as a file."""
    return "\n".join(map(entry, items))
